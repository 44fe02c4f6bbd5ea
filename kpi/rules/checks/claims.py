"""What the text of a disclosure says of its tables and forms: sums by their name, how many projects, how much in all.

A sum is held wrong where no figure of the tables is the one stated, and the one of that name is near. Where it is far
off the sentence speaks of something else: another office, another fund, another year.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from kpi.model import Document, TargetTable
from kpi.rules.checks.closing import Gap, projects_of
from kpi.rules.checks.disclosure import Sentence, Total, budget_of, half_of, named_amounts, sentences, targets, totals
from kpi.rules.finding import Evidence
from kpi.rules.registry import Params
from kpi.rules.statements import Figure, amounts
from kpi.rules.text import holds, pattern

_LEAST_NAME = 4  # characters of a function's name that is looked for in a text
_LEAD = 16  # characters before a name that may say whose it is


class Claim(Params):
    """Words of the text, and the columns (or words of titles) of the tables that they speak of."""

    said: tuple[str, ...]
    columns: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


class Told(NamedTuple):
    """How a rule reads sums in a text. `between`: what may stand between a name and its amount; `past`: words of other
    years; `projects`, `forms`: how a text counts projects under target management and published forms; `others`: kinds
    of project that have no row in a project table; `scopes`: words of a part of the money (财政拨款), which only tables
    with such a title tell."""

    claims: tuple[Claim, ...]
    between: frozenset[str]
    past: frozenset[str]
    projects: frozenset[str]
    forms: frozenset[str]
    others: frozenset[str]
    scopes: frozenset[str]
    rounding: Decimal
    near: Decimal


class Count(NamedTuple):
    """So many (projects, or published forms), and the amount said with it."""

    number: int
    of: str
    amount: Figure | None
    sentence: Sentence


def claimed(document: Document, told: Told, year: int | None) -> Iterator[Gap]:
    """At most one gap a sentence: sums by name, then counts with their amount."""
    known = _read(_Known(told, totals(budget_of(document), told.rounding), _functions(document, told), year), document)
    for sentence in sentences(document):
        named = _by_name(sentence, known) or _by_function(sentence, known)
        gap = named or _counted(document, sentence, told, known.totals)
        if gap:
            yield gap


def _functions(document: Document, told: Told) -> tuple[Total, ...]:
    budget = budget_of(document)
    return tuple(
        Total(row.table, row.name, row.amount, half_of(budget, row.table, told.rounding))
        for row in budget.functions
        if row.amount is not None and len(row.name) >= _LEAST_NAME
    )


class _Known(NamedTuple):
    """The figures of the tables: totals, and functions with their names for columns."""

    told: Told
    totals: tuple[Total, ...]
    functions: tuple[Total, ...]
    year: int | None


def _read(known: _Known, document: Document) -> _Known:
    """A text that speaks of a part of the money, without any table of it read, is held to the grand totals only."""
    scopes = pattern(known.told.scopes)
    tables = {total.table for total in (*known.totals, *known.functions)}
    if any(map(scopes.search, tables)) or not any(scopes.search(one.text) for one in sentences(document)):
        return known
    grand = tuple(claim for claim in known.told.claims if any(column.endswith("总计") for column in claim.columns))
    return known._replace(told=known.told._replace(claims=grand), functions=())


def _by_name(sentence: Sentence, known: _Known) -> Gap | None:
    for claim in known.told.claims:
        if not any(word in sentence.text for word in claim.said):
            continue
        mine = [
            t for t in known.totals if t.column in claim.columns or (not t.column and _titled(t.table, claim.titles))
        ]
        for name, n in named_amounts(sentence.text, claim.said, known.told.between):
            gap = _off(sentence, name, n, mine, known)
            if gap:
                return gap
    return None


def _titled(title: str, words: Sequence[str]) -> bool:
    return any(word in title for word in words)


def _by_function(sentence: Sentence, known: _Known) -> Gap | None:
    names = {total.column for total in known.functions if total.column in sentence.text}
    for name, n in named_amounts(sentence.text, names, known.told.between) if names else ():
        gap = _off(sentence, name, n, [total for total in known.functions if total.column == name], known)
        if gap:
            return gap
    return None


def _off(sentence: Sentence, name: str, n: int, mine: Sequence[Total], known: _Known) -> Gap | None:
    """The nth amount against the figures of its name; None where any figure of the tables is the one stated."""
    figure, told = amounts(sentence.text)[n], known.told
    scope = pattern(told.scopes).findall("".join((*sentence.before[-1:], sentence.text[: figure.start])))
    mine = [total for total in mine if not scope or _titled(total.table, scope)]
    if not mine or any(figure.range.meets(total.range) for total in (*known.totals, *known.functions)):
        return None
    before = sentence.text[: figure.start][-_LEAD - len(name) :]
    years = {int(one) for one in re.findall(r"20\d\d(?=年)", before)}
    lead = before.rpartition(name)[0]
    if lead.endswith(("其他", "其它")) or holds(told.past, before) or (known.year and years - {known.year}):
        return None
    nearest = min(mine, key=lambda total: abs(total.value - figure.value))
    if abs(nearest.value - figure.value) > told.near * abs(nearest.value):
        return None
    return Gap("claimed-sum", nearest.table, name, figure.value, nearest.value, nearest.name, (_quote(sentence),))


def _quote(sentence: Sentence) -> Evidence:
    return Evidence(sentence.statement.text, sentence.statement.location)


@lru_cache(maxsize=16)
def _count_of(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern(words).pattern})(?:共|共计|为|有|数量|总数|合计)?(\d{{1,4}})个")


def counts(document: Document, told: Told) -> Iterator[Count]:
    """What the text says of how many projects have targets and how many forms are published."""
    for sentence in sentences(document):
        yield from _counts(sentence, told)


def _counts(sentence: Sentence, told: Told) -> Iterator[Count]:
    for of, words in (("projects", told.projects), ("forms", told.forms)):
        found = _count_of(words).search(sentence.text)
        if found:
            after = (figure for figure in amounts(sentence.text) if figure.start >= found.end())
            yield Count(int(found[1]), of, next(after, None), sentence)


def _counted(document: Document, sentence: Sentence, told: Told, known: Sequence[Total]) -> Gap | None:
    """Counts against forms and rows, and the money said with them against the sums of either."""
    forms = targets(document)
    whole = not document.unread and not any(table.cut for table in document.tables)
    for count in _counts(sentence, told):
        listed = budget_of(document).projects
        rows = {len(listed), len({row.name for row in listed}), len(projects_of(listed, told.rounding))}
        said, many = Decimal(count.number), Decimal(len(forms))
        wrong = said != many and (count.of == "forms" or said not in rows)
        if whole and many and wrong and abs(said - many) <= max(Decimal(1), told.near * said):
            return Gap(
                "claimed-count", "", "绩效目标" if count.of == "forms" else "项目", said, many, "", (_quote(sentence),)
            )
        if whole and count.of == "projects" and said not in {*rows, many} and _same_money(document, count, told):
            number, table = Decimal(len(projects_of(listed, told.rounding))), listed[0].table or "项目支出预算表"
            return Gap("claimed-rows", table, "项目", said, number, "", (_quote(sentence),))
        gap = _money(document, count, told, known, forms) if not _others(sentence, told) else None
        if gap:
            return gap
    return None


def _same_money(document: Document, count: Count, told: Told) -> bool:
    """The money said with the count is that of the one project table: the count is of its rows."""
    listed = budget_of(document).projects
    if count.amount is None or len({row.table for row in listed}) != 1:
        return False
    rows = projects_of(listed, told.rounding)
    summed = sum((row.amount for row in rows if row.amount is not None), Decimal(0))
    return abs(summed - count.amount.value) <= count.amount.half + told.rounding


def _others(sentence: Sentence, told: Told) -> bool:
    return holds(told.others, sentence.text)


def _money(
    document: Document, count: Count, told: Told, known: Sequence[Total], forms: tuple[TargetTable, ...]
) -> Gap | None:
    """The money of all projects: any sum of a project table, of its rows or of the forms."""
    budget, figure = budget_of(document), count.amount
    tables = [total for total in known if "项目" in total.table or "项目" in total.column]
    asked = [money for form in forms if (money := funding_of(form)) is not None]
    summed = [row.amount for row in budget.projects if row.amount is not None]
    sums = [*(total.value for total in tables), sum(asked, Decimal(0)), sum(summed, Decimal(0))]
    if figure is None or not tables:
        return None
    reach = figure.half + told.rounding * (max(len(asked), len(summed)) + 1)
    if any(abs(value - figure.value) <= reach for value in sums):
        return None
    if any(figure.range.meets(total.range) for total in known):
        return None
    nearest = min(tables, key=lambda total: (abs(total.value - figure.value), "项目" not in total.table))
    if abs(nearest.value - figure.value) > told.near * abs(nearest.value):
        return None
    quote = (_quote(count.sentence),)
    return Gap("claimed-sum", nearest.table, "项目金额", figure.value, nearest.value, nearest.name, quote)


def funding_of(form: TargetTable) -> Decimal | None:
    """This year's money of a form; that of the whole project where it asks for no other."""
    for half in (form.annual_funding, form.period_funding):
        if half and half.total is not None:
            return half.total
    return None
