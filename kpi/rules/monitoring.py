"""From a ruleset and forms to what `kpi.progress` asks for (figures, words, the days of the term), and its results."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from kpi.model import Document, TargetTable
from kpi.progress.actuals import ActualRow, Actuals, MoneyRow
from kpi.progress.calendar import Span, year_span
from kpi.progress.keys import project_key
from kpi.progress.matching import Matched, match
from kpi.progress.monitor import ProjectProgress, Spans, SpentBefore, monitor
from kpi.progress.namesakes import one_unit
from kpi.progress.nature import KINDS, Kind
from kpi.progress.previous import Check, Looked, latest, lost, strayed
from kpi.progress.settings import Settings, Words
from kpi.rules.contexts import profile_of
from kpi.rules.ruleset import Ruleset
from kpi.rules.term import term_of

_FIELDS = (
    "level", "keeping", "upkeep", "upkeep_endings", "upkeep_units", "upkeep_works", "adding", "progress", "timely",
    "average", "roll", "roll_hired", "roll_before", "roll_after", "roll_units", "pending", "remaining", "apart",
    "planned", "naught", "happened", "done", "partly", "undone", "unbegun", "late", "sure", "maybe", "hopeless",
    "finished", "whole", "starting", "begun",
)  # fmt: skip


def settings_of(table: TargetTable, ruleset: Ruleset) -> Settings:
    """What the form's profile and the word lists of the ruleset say of monitoring."""
    figures: Mapping[str, Any] = ruleset.profile_data[profile_of(table, ruleset)]
    bands, outlook = figures["monitor_bands"], figures["monitor_outlook"]
    return Settings(
        bands=(_number(bands["yellow"]), _number(bands["green"]), _number(bands["blue"])),
        certain_from=_number(outlook["确定能"]),
        possible_from=_number(outlook["有可能"]),
        gap_over=_number(figures["monitor_gap"]),
        soft_days=int(figures["monitor_first_days"]),
        low_target_from=_number(figures["monitor_low_target"]),
        near_from=int(figures["monitor_near_names"]),
        lines={int(month): _number(line) for month, line in figures.get("execution_lines", {}).items()},
        seasons={name: tuple(months) for name, months in figures["monitor_seasons"].items()},
        grades=tuple(figures["monitor_grades"]),
        natures={kind: ruleset.words[f"monitor-nature-{kind}"] for kind in KINDS},
        words=spoken(ruleset),
    )


def spoken(ruleset: Ruleset) -> Words:
    """What people write into actual values, by the word lists of the ruleset."""
    return Words(**{name: ruleset.words[f"monitor-{name.replace('_', '-')}"] for name in _FIELDS})


def _number(value: object) -> Decimal:
    return Decimal(str(value))


def year_of(table: TargetTable, as_of: date) -> int:
    return table.year if table.year is not None else as_of.year


def spans_of(table: TargetTable, as_of: date) -> Spans:
    """The form's own term: whole for targets of the 实施期, cut to the form's year for annual ones."""
    year = year_of(table, as_of)
    term, whole = term_of(table), year_span(year)
    start, end = term.start, term.end
    annual = whole.within(start, end)
    if start is None or end is None or start > end:
        return Spans(annual, annual if start or end else whole)
    return Spans(annual, Span(start, end))


@dataclass(frozen=True)
class Watched:
    """Every form at a day. `stray`: lines of the actuals that belong to no form, each with the reason; `notes`: what of
    earlier checks belongs to none, a sentence each; `history`: the same forms at the days of the earlier checks, as
    they would be judged by the rules of today."""

    projects: tuple[ProjectProgress, ...]
    stray: tuple[tuple[ActualRow | MoneyRow, str], ...] = ()
    notes: tuple[str, ...] = ()
    history: tuple[tuple[date, tuple[ProjectProgress, ...]], ...] = ()

    @cached_property
    def by_table(self) -> Mapping[int, ProjectProgress]:
        """By the identity of the form's table, as the engine asks for it."""
        return {id(one.table): one for one in self.projects}


def watch(
    documents: Sequence[Document], ruleset: Ruleset, actuals: Actuals, as_of: date, *,
    earlier: Sequence[Check] = (),
) -> Watched:  # fmt: skip
    """What the actuals say of every form of the documents. `earlier`: what previous checks saw, in their order."""
    forms = [
        _Form(document.path, table, settings_of(table, ruleset)) for document in documents for table in document.tables
    ]
    tables, near = [form.table for form in forms], forms[0].settings.near_from if forms else 100
    looked = [Looked(check, match(tables, check.actuals, near_from=near)) for check in earlier]
    today = Looked(Check(as_of, actuals), match(tables, actuals, near_from=near))
    history = tuple((one.check.when, tuple(_besides(list(_at(one, forms))))) for one in looked)
    told = [
        replace(
            one, remarks=(*one.remarks, *lost(looked, number)),
            spent_before=_spent_before(one, [(when, then[number]) for when, then in history]),
        )
        for number, one in enumerate(_at(today, forms, looked))
    ]  # fmt: skip
    return Watched(tuple(_besides(told)), today.matching.stray, tuple(strayed(looked)), history)


def _spent_before(
    now: ProjectProgress, earlier: Sequence[tuple[date, ProjectProgress]]
) -> SpentBefore | None:
    """What was spent at the latest earlier check that tells it, where it is more than now."""
    amounts = [SpentBefore(then.execution.spent, when) for when, then in earlier if then.execution.spent is not None]
    spent = now.execution.spent
    return amounts[-1] if spent is not None and amounts and amounts[-1].amount > spent else None


class _Form(NamedTuple):
    path: str
    table: TargetTable
    settings: Settings


def _at(looked: Looked, forms: Sequence[_Form], earlier: Sequence[Looked] = ()) -> Iterator[ProjectProgress]:
    """The forms at the day of one check. `earlier`: those that it is compared with."""
    (as_of, actuals), matching = looked
    for number, (form, matched) in enumerate(zip(forms, matching.forms, strict=True)):
        table = form.table
        yield monitor(
            table, matched, as_of, year=year_of(table, as_of), spans=spans_of(table, as_of), settings=form.settings,
            has_reason="reason" in actuals.columns, earlier=latest(earlier, number) if earlier else None,
            source=None if actuals.path == form.path else actuals.path,
        )  # fmt: skip


def _besides(projects: Sequence[ProjectProgress]) -> Iterator[ProjectProgress]:
    """A form of a project of which another form is told (a target form beside its 监控表) is not one left out; another
    unit's project of the same name is."""
    told: dict[str, list[TargetTable]] = {}
    for one in projects:
        if not one.unwatched and (key := project_key(one.table.project)):
            told.setdefault(key, []).append(one.table)
    for one in projects:
        besides = told.get(project_key(one.table.project), ())
        same = any(one_unit(one.table, other) for other in besides)
        yield replace(one, unwatched="") if one.unwatched and not one.misdated and same else one


def natures(table: TargetTable, ruleset: Ruleset) -> Mapping[int, Kind]:
    """What each indicator of a form is, by its number, before anything is known of its achievement."""
    as_of = date(year_of(table, date.today()), 1, 1)
    made = monitor(
        table, Matched({}), as_of, year=as_of.year, spans=spans_of(table, as_of),
        settings=settings_of(table, ruleset), has_reason=False,
    )  # fmt: skip
    return {one.case.number: one.nature for one in made.indicators}
