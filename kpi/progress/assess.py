"""Target forms and what was achieved, brought together form by form, each evaluated. What fits nothing is listed."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from kpi import readers
from kpi.model import Document, Indicator, Location, TargetTable, dated
from kpi.progress.actuals import ActualRow, Actuals, MoneyRow, of_indicator, read_actuals
from kpi.progress.evaluate import evaluate
from kpi.progress.evaluation import Evaluation, is_evaluated, partly_read
from kpi.progress.filled import filled
from kpi.progress.keys import project_key
from kpi.progress.matching import Matched, match
from kpi.progress.reading import is_blank, text_of
from kpi.progress.scheme import Scheme
from kpi.progress.sheet import is_list

SchemeOf = Callable[[TargetTable], Scheme]
NOT_THERE = "自评表里没有这个指标"
NOT_DECLARED = "申报的目标表里没有这个指标"
NO_TARGETS = "没有找到这个项目申报时的目标表"
NO_ACTUALS = "没有找到这个项目的自评或完成情况"
NO_FITTING = "完成情况没有一行对得上这个项目的指标，是不是拿错了文件"
NOTHING_FILLED = "完成情况一项也没有填"
_OTHER_PROJECT = "自评表写的是“{}”，按指标才对上，请核对是不是拿错了文件"
_OTHER_YEAR = "自评表是 {} 年的，申报的目标表是 {} 年的，请核对是不是拿错了文件"
_HALF = 2  # one form and one self-evaluation are of one project where so large a part of the indicators pairs


class Unmatched(NamedTuple):
    """What fits nothing: a row of the actuals, an indicator, or (without a name) a whole project; and why.
    `homeless`: a row whose project is none of the forms'."""

    project: str
    level2: str
    name: str
    why: str
    location: Location = Location()
    homeless: bool = False


@dataclass(frozen=True, slots=True)
class Assessed:
    """The self-evaluations: `documents` hold their forms; `results` by the identity of the form. `near`: what is alike
    only, and a whole form (no name of an indicator) that may be another project's or year's; people settle it. `rows`
    and `near` stand in the file `actual_in`, where that is another one."""

    documents: tuple[Document, ...]
    results: Mapping[int, Evaluation]
    rows: tuple[Unmatched, ...] = ()
    indicators: tuple[Unmatched, ...] = ()
    near: tuple[Unmatched, ...] = ()
    actual_in: str | None = None

    def of(self, document: Document) -> Iterator[Evaluation]:
        """Those of a document, in the order of its forms."""
        return (self.results[id(table)] for table in document.tables if id(table) in self.results)


def brought_together(
    targets: Sequence[Document], path: str, scheme_of: SchemeOf, year: int | None = None
) -> Assessed:
    """The target forms with what a file tells of them: forms of its own, or a sheet. Raises ReadError."""
    data = readers.file_bytes(path)
    documents = [one for one in readers.read_all(path, data) if isinstance(one, Document)]
    forms = [dated(one, year) for one in documents if any(is_evaluated(table) for table in one.tables)]
    whole = [table for one in forms for table in one.tables if is_whole(table)]
    if whole and not is_list(path, whole, data):
        return replace(against_targets(targets, forms, scheme_of), actual_in=path)
    return from_sheet(targets, read_actuals(path, data), scheme_of)


def is_whole(table: TargetTable) -> bool:
    """Whether a form states targets of its own, which a bare list of actual values does not."""
    return any(text_of(one).strip() for one in table.indicators)


def of_own(
    documents: Sequence[Document], scheme_of: SchemeOf, *, copies: Collection[int] = frozenset()
) -> Assessed:
    """Self-evaluations that stand for themselves. `copies`: the identities of forms that are there before, word for
    word."""
    results = {
        id(table): evaluate(table, scheme_of(table), unread=partly_read(document, table))
        for document in documents for table in document.tables if is_evaluated(table) and id(table) not in copies
    }  # fmt: skip
    silent = [
        Unmatched(table.project, "", "", NO_ACTUALS, table.location)
        for document in documents for table in document.tables if id(table) not in results and id(table) not in copies
    ]  # fmt: skip
    return Assessed(tuple(documents), results, indicators=tuple(silent))


def against_targets(targets: Sequence[Document], evaluated: Sequence[Document], scheme_of: SchemeOf) -> Assessed:
    """Self-evaluations of one set of files held against the target forms of another."""
    declared = [(document, table) for document in targets for table in document.tables]
    homes = {id(table): one for one in evaluated for table in one.tables if is_evaluated(table)}
    forms = [table for one in evaluated for table in one.tables if id(table) in homes]
    partner = _partners(forms, [table for _, table in declared])
    results: dict[int, Evaluation] = {}
    rows: list[Unmatched] = []
    indicators: list[Unmatched] = []
    near: list[Unmatched] = []
    for table in forms:
        number, unread = partner.get(id(table)), partly_read(homes[id(table)], table)
        if number is None:
            rows.append(Unmatched(table.project, "", "", NO_TARGETS, table.location))
            results[id(table)] = evaluate(table, scheme_of(table), unread=unread)
            continue
        document, form = declared[number]
        pairs, matched = paired(table, form)
        made = evaluate(
            table, scheme_of(table), declared=form, pairs=pairs, near=matched.near, declared_in=document.path,
            unread=unread,
        )  # fmt: skip
        results[id(table)] = made
        rows += [Unmatched(form.project, row.level2, row.name, NOT_DECLARED, row.location) for row, _ in matched.lost]
        indicators += [Unmatched(form.project, one.level2, one.name, NOT_THERE, one.location) for one in made.missing]
        near += [Unmatched(form.project, "", "", why, table.location) for why in _unlike(table, form)]
        near += [_near(form, form.indicators[one.indicator], one.row) for one in matched.near]
    used = set(partner.values())
    silent = [table for number, (_, table) in enumerate(declared) if number not in used]
    indicators += [Unmatched(table.project, "", "", NO_ACTUALS, table.location) for table in silent]
    return Assessed(tuple(evaluated), results, tuple(rows), tuple(indicators), tuple(near))


def _unlike(table: TargetTable, form: TargetTable) -> Iterator[str]:
    """What speaks against a self-evaluation being that of the target form it was held against."""
    name, declared = project_key(table.project), project_key(form.project)
    if name not in declared and declared not in name:
        yield _OTHER_PROJECT.format(table.project.strip())
    if table.year and form.year and table.year != form.year:
        yield _OTHER_YEAR.format(table.year, form.year)


def _near(form: TargetTable, one: Indicator, row: ActualRow) -> Unmatched:
    why = f"名称与“{row.name}”相近，请核对是不是同一个指标"
    return Unmatched(form.project, one.level2, one.name, why, row.location)


def _partners(forms: Sequence[TargetTable], declared: Sequence[TargetTable]) -> dict[int, int]:
    """The number of the target form of each self-evaluation: by the project's name, in order where several share it;
    where there is one of each, by their indicators."""
    waiting: dict[str, list[int]] = {}
    for number, table in enumerate(declared):
        waiting.setdefault(project_key(table.project), []).append(number)
    found: dict[int, int] = {}
    for table in forms:
        numbers = waiting.get(project_key(table.project))
        if numbers:
            found[id(table)] = numbers.pop(0)
    if not found and len(forms) == len(declared) == 1:
        pairs, _ = paired(forms[0], declared[0])
        if len(pairs) * _HALF >= max(1, sum(one.filled for one in declared[0].indicators)):
            found[id(forms[0])] = 0
    return found


def paired(table: TargetTable, form: TargetTable) -> tuple[dict[int, Indicator], Matched]:
    """The indicators of the target form by the number of their rows in the self-evaluation."""
    rows = {number: of_indicator(one, form.project) for number, one in enumerate(table.indicators) if one.filled}
    matched = match([form], Actuals("", tuple(rows.values()))).forms[0]
    number_of = {id(row): number for number, row in rows.items()}
    return {number_of[id(row)]: form.indicators[at] for at, row in matched.rows.items()}, matched


def from_sheet(targets: Sequence[Document], actuals: Actuals, scheme_of: SchemeOf) -> Assessed:
    """Target forms filled from a sheet of actual values, weights, scores and reasons."""
    tables = [table for document in targets for table in document.tables]
    matching = match(tables, actuals)
    told = {id(table): matched for table, matched in zip(tables, matching.forms, strict=True)}
    home = {id(table): document for document in targets for table in document.tables}
    made = {id(table): filled(table, told[id(table)], actuals.columns, scheme_of(table)) for table in tables}
    documents = tuple(
        document._replace(tables=tuple(made[id(table)].table for table in document.tables)) for document in targets
    )
    results: dict[int, Evaluation] = {}
    indicators: list[Unmatched] = []
    rows: list[Unmatched] = []
    near: list[Unmatched] = []
    for table in tables:
        matched, one = told[id(table)], made[id(table)]
        if one.told:
            made_of = evaluate(one.table, scheme_of(table), unread=partly_read(home[id(table)], table))
            results[id(one.table)] = replace(made_of, actual_in=actuals.path, weights_from=one.weights_from)
        indicators += _unfilled(table, matched, told=one.told)
        rows += [_lost(row, why) for row, why in (*matched.lost, *one.lost)]
        near += [_near(table, table.indicators[like.indicator], like.row) for like in matched.near]
    rows += [_lost(row, why)._replace(homeless=True) for row, why in matching.stray]
    return Assessed(documents, results, tuple(rows), tuple(indicators), tuple(near), actuals.path)


def _unfilled(table: TargetTable, matched: Matched, *, told: bool) -> Iterator[Unmatched]:
    """The project of which nothing is told, else its indicators without an actual value."""
    if not told:
        why = NO_FITTING if matched.apart else NOTHING_FILLED if matched.lines else matched.unsure or NO_ACTUALS
        yield Unmatched(table.project, "", "", why, table.location)
        return
    for number, one in enumerate(table.indicators):
        row = matched.rows.get(number)
        blank = is_blank(row.text) if row else one.actual is None or is_blank(one.actual.text)
        if one.filled and blank:
            yield Unmatched(table.project, one.level2, one.name, "没有填完成值", one.location)


def _lost(row: ActualRow | MoneyRow, why: str) -> Unmatched:
    if isinstance(row, MoneyRow):
        return Unmatched(row.project, "", f"{row.name} {row.text}", why, row.location)
    return Unmatched(row.project, row.level2, row.name, why, row.location)
