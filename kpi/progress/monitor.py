"""One project at mid-year: its indicators, its money, and whether the two go together."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from kpi.model import Indicator, TargetTable
from kpi.progress.actuals import ActualRow
from kpi.progress.calendar import Span, last_of_month
from kpi.progress.figures import percent, rounded, told, workable
from kpi.progress.judge import Case, Progress, judge
from kpi.progress.matching import Matched, Near, project_key, squashed
from kpi.progress.reading import actual_of, asks
from kpi.progress.settings import Settings
from kpi.progress.verdict import Light
from kpi.readers import money
from kpi.values import parse

_WEIGHT = re.compile(r"\s*(\d{1,3}(?:\.\d{1,4})?)\s*(?:分|%|％)?\s*")
_ORDER: tuple[Light, ...] = ("red", "yellow", "green")
Key = tuple[str, str, str]


class Spans(NamedTuple):
    """The days of the annual half, and of the whole 实施期."""

    annual: Span
    period: Span


class Execution(NamedTuple):
    """How the budget is spent, in 元. `rate`, `expected`: shares of 100; `line`: the month whose line holds."""

    budget: Decimal | None
    spent: Decimal | None
    rate: Decimal | None
    expected: Decimal | None
    light: Light
    message: str
    line: int | None = None
    over: bool = False  # more was spent than the budget holds, as far as the file tells


class Earlier(NamedTuple):
    """An actual value of an earlier check."""

    text: str
    when: date


class Fallen(NamedTuple):
    """A cumulative figure that is less than at an earlier check."""

    progress: Progress
    earlier: Earlier


@dataclass(frozen=True, slots=True)
class ProjectProgress:
    """One form at a day. `gap`: mean achievement of what accumulates less the execution rate, in points; `mean`: that
    mean. `has_reason`: the actuals have a column for reasons. `early`: within the first days, when rates tell little.
    """

    table: TargetTable
    as_of: date
    span: Span
    execution: Execution
    mean: Decimal | None
    gap: Decimal | None
    light: Light
    indicators: tuple[Progress, ...]
    lost: tuple[tuple[ActualRow, str], ...]
    near: tuple[Near, ...]
    fallen: tuple[Fallen, ...]
    has_reason: bool
    early: bool
    settings: Settings
    source: str | None = None  # path of the actuals, where they stand in another file than the form
    compared: bool = False  # an earlier check was given

    @property
    def missing(self) -> tuple[Progress, ...]:
        return tuple(one for one in self.indicators if one.missing)


def monitor(
    table: TargetTable, matched: Matched, as_of: date, *,
    year: int, spans: Spans, settings: Settings, has_reason: bool, earlier: Mapping[Key, Earlier] | None = None,
    source: str | None = None,
) -> ProjectProgress:  # fmt: skip
    """What the actuals say of one form at `as_of`."""
    cases = [
        Case(number, one, *_target(one, spans), matched.rows.get(number), year, table.project)
        for number, one in enumerate(table.indicators)
        if one.filled
    ]
    indicators = tuple(judge(case, as_of, settings) for case in cases)
    span, early = spans.annual, 0 < spans.annual.elapsed(as_of) <= settings.soft_days
    execution = execution_of(table, matched, span, as_of, settings)
    mean, rate = mean_achievement(indicators), _rate(execution)
    gap = rounded((mean - rate) * 100) if mean is not None and rate is not None else None
    return ProjectProgress(
        table, as_of, span, execution, None if mean is None else rounded(mean * 100), gap, worst(indicators),
        indicators, matched.lost, matched.near, tuple(_fallen(indicators, table, earlier or {})), has_reason, early,
        settings, source, earlier is not None,
    )  # fmt: skip


def _target(one: Indicator, spans: Spans) -> tuple[str, Span]:
    """The year's target, else that of the whole term; each with its days."""
    if one.annual and one.annual.text.strip():
        return one.annual.text, spans.annual
    if one.period and one.period.text.strip():
        return one.period.text, spans.period
    return "", spans.annual


def worst(indicators: Sequence[Progress]) -> Light:
    """Red, then yellow, then green (blue ranks with it); grey only where all are."""
    lights: set[Light] = {"green" if one.light == "blue" else one.light for one in indicators}
    return next((light for light in _ORDER if light in lights), "grey")


def execution_of(table: TargetTable, matched: Matched, span: Span, as_of: date, settings: Settings) -> Execution:
    """The rate of execution against the time share, or against the lines that the profile draws."""
    spent, budget = _amount(table, matched, "spent"), _budget(table, matched)
    share = span.share(as_of)
    expected = rounded(share * 100)
    if spent is None or not budget or not workable(spent) or not workable(budget):
        why = "没有写已执行的金额" if spent is None else "没有预算数" if budget is None else "预算数为零"
        why = "金额大得不像真的" if spent is not None and budget else why
        return Execution(budget, spent, None, expected, "grey", f"{why}，不能算执行率")
    rate = percent(Fraction(spent), Fraction(budget))
    if spent > max(budget, _adjusted(table, matched) or budget):
        return Execution(budget, spent, rate, expected, "red", f"执行率{told(rate)}%，执行数超过了预算数", over=True)
    if settings.lines:
        return _by_lines(budget, spent, rate or Decimal(0), span=span, as_of=as_of, settings=settings)
    progress = percent(Fraction(spent), Fraction(budget) * share)
    light = _band(progress, settings)
    raised = "，超过年初预算数，没有超过调整后的预算数" if spent > budget else ""
    message = f"执行率{told(rate)}%，时间进度{told(expected)}%{raised}"
    return Execution(budget, spent, rate, expected, _soft(light, span, as_of, settings), message)


def _by_lines(
    budget: Decimal, spent: Decimal, rate: Decimal, *, span: Span, as_of: date, settings: Settings
) -> Execution:
    """Between two lines the last one passed holds; before the first there is none to fall short of."""
    passed = [month for month in settings.lines if last_of_month(span.end.year, month) <= as_of]
    if not passed:
        return Execution(budget, spent, rate, None, "green", f"执行率{told(rate)}%，还没有到第一条进度线")
    month = max(passed)
    line = settings.lines[month]
    light: Light = "green" if rate >= line else "red"
    message = f"执行率{told(rate)}%，{month}月底的进度线是{told(line)}%"
    return Execution(budget, spent, rate, line, _soft(light, span, as_of, settings), message, month)


def _band(progress: Decimal | None, settings: Settings) -> Light:
    if progress is None:
        return "green"
    low, middle, high = settings.bands
    return "red" if progress < low else "yellow" if progress < middle else "blue" if progress >= high else "green"


def _soft(light: Light, span: Span, as_of: date, settings: Settings) -> Light:
    return "yellow" if light == "red" and 0 < span.elapsed(as_of) <= settings.soft_days else light


def _budget(table: TargetTable, matched: Matched) -> Decimal | None:
    """年初预算数 as the actuals give it, else the form's."""
    told_of = _amount(table, matched, "budget")
    if told_of is not None:
        return told_of
    if table.execution and table.execution.budget is not None:
        return table.execution.budget
    totals = [funding.total for funding in (table.annual_funding, table.period_funding) if funding]
    return next((total for total in totals if total is not None), None)


def _adjusted(table: TargetTable, matched: Matched) -> Decimal | None:
    """调整后预算数, where money was added in the course of the year."""
    told_of = _amount(table, matched, "adjusted")
    return told_of if told_of is not None else table.execution.adjusted if table.execution else None


def _amount(table: TargetTable, matched: Matched, kind: str) -> Decimal | None:
    row = next((row for key, row in matched.money.items() if key == kind), None)
    if row is None or row.text.lstrip().startswith("-"):
        return None
    return money.amount(row.text, table.money_unit)


def _rate(execution: Execution) -> Fraction | None:
    if execution.rate is None or execution.spent is None or not execution.budget:
        return None
    return Fraction(execution.spent) / Fraction(execution.budget)


def mean_achievement(indicators: Sequence[Progress]) -> Fraction | None:
    """The weighted mean of what accumulates, each at one at most; plain where not every row has a weight."""
    rows = [
        (one, min(Fraction(1), Fraction(one.figure) / Fraction(one.goal)))
        for one in indicators
        if one.nature == "cumulative" and one.figure is not None and one.goal and one.verdict.achievement is not None
    ]
    weights = [_weight(one.case.indicator) for one, _ in rows]
    if not rows:
        return None
    known = [weight for weight in weights if weight is not None]
    if len(known) < len(rows) or not sum(known):
        known = [Fraction(1)] * len(rows)
    return sum((w * share for w, (_, share) in zip(known, rows, strict=True)), Fraction(0)) / sum(known)


def _weight(one: Indicator) -> Fraction | None:
    found = _WEIGHT.fullmatch(one.weight or "")
    return Fraction(found[1]) if found else None


def _fallen(indicators: Sequence[Progress], table: TargetTable, earlier: Mapping[Key, Earlier]) -> list[Fallen]:
    """What accumulates and is less than it was."""
    found = []
    for one in indicators:
        indicator = one.case.indicator
        before = earlier.get((project_key(table.project), indicator.level2, squashed(indicator.name)))
        if one.nature not in ("cumulative", "cap") or one.figure is None or before is None:
            continue
        was = actual_of(before.text, parse(one.case.target, year=one.case.year), asks(indicator, table.project)).figure
        if was is not None and one.figure < was:
            found.append(Fallen(one, before))
    return found

