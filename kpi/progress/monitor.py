"""One project at mid-year: its indicators, its money, and whether the two go together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from kpi.model import Indicator, TargetTable
from kpi.progress.actuals import ActualRow
from kpi.progress.answer import achieved
from kpi.progress.calendar import Span
from kpi.progress.deadline import Target, deadlines
from kpi.progress.figures import day, rounded
from kpi.progress.judge import Case, Progress, judge
from kpi.progress.matching import Matched, Near
from kpi.progress.nature import misnamed
from kpi.progress.plan import unread
from kpi.progress.points import points_of
from kpi.progress.reading import asks, is_blank, shown
from kpi.progress.settings import Settings
from kpi.progress.spending import Execution, execution_of, rate_of
from kpi.progress.verdict import Light, grey
from kpi.progress.words import outlook_of

_ORDER: tuple[Light, ...] = ("red", "yellow", "green")
_MOST_APART = 2  # a list that names no project and fits by less than one half may be another project's


class Spans(NamedTuple):
    """The days of the annual half, and of the whole 实施期."""

    annual: Span
    period: Span


class Earlier(NamedTuple):
    """An actual value of an earlier check."""

    text: str
    when: date


class Fallen(NamedTuple):
    """A cumulative figure that is less than at an earlier check."""

    progress: Progress
    earlier: Earlier


class SpentBefore(NamedTuple):
    """What had been spent at an earlier check, 元."""

    amount: Decimal
    when: date


@dataclass(frozen=True, slots=True)
class ProjectProgress:
    """One form at a day. `gap`: mean achievement of what accumulates less the execution rate, in points; `wide`: it is
    over the limit of the profile before it is rounded; `mean`: that mean.
    `has_reason`: the actuals have a column for reasons. `early`: within the first days, when rates tell little.

    `light`: the worst of the indicators'; that of the money is the execution's. `unwatched`: why no conclusion can be
    drawn, a clause: nothing is told of any indicator, or the day is none of the form's year (`misdated`; all figures
    are there, with a share of time of nought or of one). `remarks`: what the sheets say and could not be used.
    `spent_before`: more than is spent now, though it was told earlier.
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
    unwatched: str = ""
    misdated: bool = False
    wide: bool = False
    remarks: tuple[str, ...] = ()
    spent_before: SpentBefore | None = None

    @property
    def unanswered(self) -> tuple[Progress, ...]:
        return tuple(one for one in self.indicators if one.missing)

    @property
    def missing(self) -> tuple[Progress, ...]:
        """The indicators without an answer that should have one: what is not due yet need not be told of."""
        return tuple(one for one in self.unanswered if not one.ahead)


def monitor(
    table: TargetTable, matched: Matched, as_of: date, *,
    year: int, spans: Spans, settings: Settings, has_reason: bool, earlier: Mapping[int, Earlier] | None = None,
    source: str | None = None,
) -> ProjectProgress:  # fmt: skip
    """What the actuals say of one form at `as_of`. `earlier`: of a previous check, by the number of the indicator."""
    cases = _cases(table, matched, year, spans, settings)
    indicators = tuple(judge(case, as_of, settings) for case in cases)
    span, early = spans.annual, settings.early(spans.annual, as_of)
    execution = execution_of(table, matched, span, as_of, settings)
    misdated = _misdated(cases, as_of, year)
    untold = _untold(indicators, matched, own=source is None)
    mean, rate = mean_achievement(indicators), rate_of(execution)
    gap = None if mean is None or rate is None else (mean - rate) * 100
    return ProjectProgress(
        table, as_of, span, execution, None if mean is None else rounded(mean * 100),
        None if gap is None else rounded(gap),
        "grey" if untold else worst([one.light for one in indicators]),
        indicators, matched.lost, matched.near, tuple(_fallen(indicators, earlier or {}, settings)), has_reason, early,
        settings, source, earlier is not None, misdated or untold, bool(misdated),
        gap is not None and abs(gap) > settings.gap_over, tuple(_remarks(indicators, matched, as_of, settings)),
    )  # fmt: skip


def _cases(table: TargetTable, matched: Matched, year: int, spans: Spans, settings: Settings) -> list[Case]:
    rows = [(number, one, *_target(one, spans)) for number, one in enumerate(table.indicators) if one.filled]
    due = deadlines([Target(one, text, span) for _, one, text, span in rows], year, settings.words)
    return [
        Case(number, one, text, span, matched.rows.get(number), year, table.project, due.get(at))
        for at, (number, one, text, span) in enumerate(rows)
    ]


def _target(one: Indicator, spans: Spans) -> tuple[str, Span]:
    """The year's target, else that of the whole term; each with its days."""
    if one.annual and one.annual.text.strip():
        return one.annual.text, spans.annual
    if one.period and one.period.text.strip():
        return one.period.text, spans.period
    return "", spans.annual


def _misdated(cases: Sequence[Case], as_of: date, year: int) -> str:
    """Why nothing can be concluded at a day of another year; a term that begins later or is over is no such thing."""
    if as_of.year == year or any(case.span.start <= as_of <= case.span.end for case in cases):
        return ""
    over = f"；{year}年已经过完的，监控日写{year}年12月31日" if as_of.year > year else ""
    return f"监控日{day(as_of)}不在{year}年度内，不能下结论，请核对监控日和表中的年度{over}"


def withheld(one: ProjectProgress) -> ProjectProgress:
    """A form as people are shown it: at a day of another year nothing is concluded, whatever the figures come to."""
    if not one.misdated:
        return one
    why = one.unwatched
    rows = tuple(
        row._replace(
            verdict=grey(why, problem=False), light="grey", outlook=None, needs_reason=False, figure=None, message=why
        )
        for row in one.indicators
    )
    money = one.execution._replace(rate=None, expected=None, light="grey", message=why, over=False, doubt="")
    return replace(one, indicators=rows, execution=money, mean=None, gap=None, light="grey", fallen=())


def _untold(indicators: Sequence[Progress], matched: Matched, *, own: bool) -> str:
    """Why nothing is known of any indicator. `own`: the form itself should tell."""
    if not indicators or not all(one.missing for one in indicators):
        return ""
    if matched.unsure:
        return matched.unsure
    if matched.apart:
        return f"完成情况里的 {matched.lines} 行没有一行对得上这个项目的指标，是不是拿错了文件"
    if matched.lines:
        return "完成情况一项也没有填"
    near = f"，名称相近的有“{matched.alike}”，是同一个项目的请改成一样" if matched.alike else ""
    return "表中没有完成情况" if own else f"完成情况里没有这个项目{near}"


def worst(lights: Sequence[Light]) -> Light:
    """Red, then yellow, then green (blue ranks with it); grey only where all are."""
    some: set[Light] = {"green" if one == "blue" else one for one in lights}
    return next((light for light in _ORDER if light in some), "grey")


def _remarks(indicators: Sequence[Progress], matched: Matched, as_of: date, settings: Settings) -> Iterator[str]:
    """What the sheet says and could not be used, a sentence each."""
    count, fitting = len(indicators), len(matched.rows)
    if 0 < fitting * _MOST_APART < min(matched.lines, count) and not matched.named:
        yield f"完成情况没有写项目名称，{matched.lines} 行里只有 {fitting} 行对得上，请核对是不是这个项目的"
    for one in indicators:
        row = one.case.row
        if row is None:
            continue
        name = one.case.indicator.name
        if said := unread(row.schedule or "", one.case.span, as_of, settings.seasons):
            yield f"“{name}”的{said}"
        if said := _unknown(row.outlook or "", settings):
            yield f"“{name}”的{said}"
        if said := misnamed(row.nature or "", one.nature, settings.natures):
            yield f"“{name}”的{said}"


def _unknown(outlook: str, settings: Settings) -> str:
    """What to say of a cell 完成目标可能性 that could not be followed; "" where it could, or is blank."""
    if is_blank(outlook) or outlook_of(outlook, settings.words):
        return ""
    return f"完成目标可能性“{shown(outlook)}”不认识，没有用上；请写确定能、有可能或完全不可能"


def mean_achievement(indicators: Sequence[Progress]) -> Fraction | None:
    """The weighted mean of what accumulates, each at one at most; plain where not every row has a weight."""
    rows = [
        (one, min(Fraction(1), Fraction(one.figure) / Fraction(one.goal)))
        for one in indicators
        if one.nature == "cumulative" and one.figure is not None and one.goal and one.verdict.achievement is not None
    ]
    weights = [_weight(one.case) for one, _ in rows]
    if not rows:
        return None
    known = [weight for weight in weights if weight is not None]
    if len(known) < len(rows) or not sum(known):
        known = [Fraction(1)] * len(rows)
    return sum((w * share for w, (_, share) in zip(known, rows, strict=True)), Fraction(0)) / sum(known)


def _weight(case: Case) -> Fraction | None:
    """As the form has it, else as the list does."""
    weight = points_of(case.indicator.weight or (case.row.weight if case.row else None))
    return None if weight is None or weight < 0 else Fraction(weight)


def _fallen(
    indicators: Sequence[Progress], earlier: Mapping[int, Earlier], settings: Settings
) -> list[Fallen]:
    """What accumulates and is less than it was, both read alike."""
    found = []
    for one in indicators:
        before = earlier.get(one.case.number)
        if one.nature not in ("cumulative", "cap") or one.figure is None or one.aim is None or before is None:
            continue
        named = asks(one.case.indicator, one.case.project)
        was = achieved(before.text, one.aim, named, settings.words, bounded=False, over=False).figure
        if was is not None and one.figure < was:
            found.append(Fallen(one, before))
    return found

