"""Checks of a form at mid-year: what is behind, what contradicts itself, what lacks a reason."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from kpi.model import Half, Location
from kpi.progress.actualvalue import actual_of
from kpi.progress.estimates import about
from kpi.progress.figures import day, told
from kpi.progress.reading import asks, is_blank
from kpi.rules.context import ProgressContext
from kpi.rules.finding import Evidence, Hit, NotApplicable
from kpi.rules.registry import Params, WordList, check
from kpi.rules.text import number, yuan
from kpi.values import parse
from kpi.values.normal import squeezed

if TYPE_CHECKING:  # what was achieved brings the readers along, which a mere check has loaded or does without
    from kpi.progress.judge import Progress
    from kpi.progress.monitor import ProjectProgress
    from kpi.progress.spending import Execution

_STATES = {
    "cumulative": "落后于计划", "level": "没有达到目标水平", "cap": "超过上限",
    "milestone": "没有按期完成", "qualitative": "没有完全达成",
}  # fmt: skip
_OVERSPENT = "执行数超过预算数，先核对执行数和预算数"
_OPPOSITE = ({"确定能", "完全不可能"},)


def _hit(ctx: ProgressContext, one: Progress, facts: dict[str, str], case: str | None = None) -> Hit:
    """A hit on one indicator: its target and its actual value are the evidence."""
    indicator, row = one.case.indicator, one.case.row
    half: Half = "annual" if indicator.annual and indicator.annual.text.strip() else "period"
    entry = indicator.annual if half == "annual" else indicator.period
    quotes = [Evidence(f"{indicator.name}：{entry.text}", entry.location)] if entry else []
    if row is not None:
        quotes.append(Evidence(f"完成情况：{row.text or '（空）'}", row.location, _source(ctx)))
    return Hit(facts, case, tuple(quotes), half=half, indicator=indicator)


def _source(ctx: ProgressContext) -> str | None:
    project: ProjectProgress = ctx.progress
    return project.source


def _money(ctx: ProgressContext, facts: dict[str, str], case: str | None = None) -> Hit:
    """A hit on the money of the project: where the form prints it, and the lines that tell what was spent."""
    table, money = ctx.form.table, ctx.progress.execution
    funding = table.annual_funding or table.period_funding
    place = table.execution.location if table.execution else funding.location if funding else table.location
    printed = table.execution.budget if table.execution else funding.total if funding else None
    text = f"目标表的预算：{number(printed or Decimal(0))} 元" if money.doubt else money.message
    quotes = [Evidence(text, place if place != Location() else table.location)]
    quotes += [
        Evidence(f"{row.name}：{row.text}", row.location, _source(ctx))
        for row in money.rows if row.location != Location()
    ]  # fmt: skip
    return Hit(facts, case, tuple(quotes), table=table)


@check(
    "off-plan", scope="monitoring", facts="state told rate spent budget", cases="yellow overspent over-adjusted",
    figures="monitor_bands monitor_first_days monitor_seasons",
)  # fmt: skip
def off_plan(ctx: ProgressContext, params: Params) -> Iterator[Hit]:
    """Indicators with a red or a yellow light, and a budget that is overspent."""
    money: Execution = ctx.progress.execution
    if money.over:
        facts = {
            "rate": told(money.rate), "state": "超出预算", "told": money.message,
            "spent": number(money.spent or Decimal(0)),
            "budget": number(money.adjusted or money.budget or Decimal(0)),
        }  # fmt: skip
        yield _money(ctx, facts, "over-adjusted" if money.adjusted else "overspent")
    for one in ctx.progress.indicators:
        if one.light in ("red", "yellow"):
            facts = {"state": _state(one), "told": one.message}
            yield _hit(ctx, one, facts, "yellow" if one.light == "yellow" else None)


def _state(one: Progress) -> str:
    """How it is off the plan: a limit is passed, or reached and would be passed, a floor is not reached; a day to come
    cannot have been missed."""
    if one.nature == "level" and one.above:
        return "超过目标水平"
    if one.nature == "cap" and not one.above:
        return "将要超过上限" if one.verdict.light == "yellow" else "没有控制在上限以下"
    if one.nature == "milestone" and one.ahead:
        return "预计不能按期完成"
    return _STATES[one.nature]


@check(
    "execution-behind", scope="monitoring", facts="rate wanted", cases="line",
    figures="monitor_bands monitor_first_days execution_lines",
)  # fmt: skip
def execution_behind(ctx: ProgressContext, params: Params) -> Iterator[Hit | NotApplicable]:
    """The budget is spent more slowly than the time goes, or than the line of the profile."""
    project: ProjectProgress = ctx.progress
    money = project.execution
    if money.rate is None:
        yield NotApplicable(money.message)
    elif money.over:
        yield NotApplicable(_OVERSPENT)
    elif project.early:
        yield NotApplicable(f"项目开始不满 {project.settings.soft_days} 天")
    elif money.light in ("red", "yellow"):
        facts = {"rate": told(money.rate), "wanted": told(money.expected)}
        yield _money(ctx, facts, "line" if money.line else None)


@check("execution-gap", scope="monitoring", facts="rate mean gap limit", cases="work-behind", figures="monitor_gap")
def execution_gap(ctx: ProgressContext, params: Params) -> Iterator[Hit | NotApplicable]:
    """Work and money do not go together."""
    project: ProjectProgress = ctx.progress
    if project.gap is None or project.mean is None:
        why = project.execution.message if project.execution.rate is None else "没有能按累计计算的指标"
        yield NotApplicable(why)
    elif project.execution.over:
        yield NotApplicable(_OVERSPENT)
    elif project.wide:
        facts = {
            "rate": told(project.execution.rate), "mean": told(project.mean),
            "gap": _over(abs(project.gap), project.settings.gap_over),
            "limit": told(project.settings.gap_over),
        }  # fmt: skip
        yield _money(ctx, facts, "work-behind" if project.gap < 0 else None)


def _over(gap: Decimal, limit: Decimal) -> str:
    """A gap that is wider than the limit; rounding alone may bring it down to that."""
    return f"{told(gap)} 多" if gap == limit else told(gap)


@check("outlook-contradicts", scope="monitoring", facts="said why", figures="monitor_outlook")
def outlook_contradicts(ctx: ProgressContext, params: Params) -> Iterator[Hit]:
    """What the form expects of the year cannot be, by its own figures."""
    for one in ctx.progress.indicators:
        for why in _contradictions(one, early=ctx.progress.early):
            yield _hit(ctx, one, {"said": one.stated_outlook or "", "why": why})
            break


def _contradictions(one: Progress, *, early: bool) -> Iterator[str]:
    said, likely = one.stated_outlook, one.outlook
    if not early and {said, likely} in _OPPOSITE:
        coming = about(one.verdict.forecast, one.aim.value, sure=True, beside=one.goal) if one.aim else ""
        sure = f"按现在的进度推算全年{coming}，是“{likely}”" if one.verdict.forecast is not None else "现在已经达到目标"
        yield f"可能性写“{said}”，但{sure}"
    expected = _expected(one)
    if expected is None or one.goal is None:
        return
    text = one.case.row.expected_year_end if one.case.row else ""
    if said == "确定能" and _short(one, expected):
        word = "高于上限" if one.nature == "cap" else "达不到目标"
        yield f"可能性写“确定能”，而全年预计完成“{text}”{word}“{one.case.target}”"
    if one.nature in ("cumulative", "cap") and one.figure is not None and expected < one.figure:
        yield f"全年预计完成“{text}”比已经完成的“{one.case.row.text if one.case.row else ''}”还少"


def _expected(one: Progress) -> Decimal | None:
    """全年预计完成 as a figure in the target's unit."""
    case = one.case
    text = case.row.expected_year_end if case.row else None
    if not text or is_blank(text):
        return None
    named = asks(case.indicator, case.project)
    return actual_of(text, parse(case.target, year=case.year), named).figure


def _short(one: Progress, expected: Decimal) -> bool:
    aim = one.aim
    if aim is None:
        return False
    if aim.lower is not None and one.nature != "cap":
        return expected < aim.lower or (aim.strict and expected == aim.lower)
    return aim.upper is not None and (expected > aim.upper or (aim.strict and expected == aim.upper))


class ReasonMissing(Params):
    """`nothing`: words in the column for reasons that give none."""

    nothing: WordList


@check("monitoring-reason-missing", scope="monitoring", params=ReasonMissing, facts="why")
def reason_missing(ctx: ProgressContext, params: ReasonMissing) -> Iterator[Hit | NotApplicable]:
    """A red or yellow light, or a year's end that is not sure, and no reason beside it."""
    if not ctx.progress.has_reason:
        yield NotApplicable("完成情况里没有“偏差原因”一栏")
        return
    nothing = ctx.form.words[params.nothing]
    for one in ctx.progress.indicators:
        row = one.case.row
        if not one.needs_reason or row is None or row.reason is None:
            continue
        if is_blank(row.reason) or squeezed(row.reason or "") in nothing:
            lights = {"red": "亮红灯", "yellow": "亮黄灯"}
            why = lights.get(one.light) or f"完成目标可能性写“{one.stated_outlook}”"
            yield _hit(ctx, one, {"why": why})


@check("actual-incomparable", scope="monitoring", facts="told actual", cases="money")
def actual_incomparable(ctx: ProgressContext, params: Params) -> Iterator[Hit]:
    """What was written as actual value cannot be held against the target, or as spent against the budget."""
    if doubt := ctx.progress.execution.doubt:
        yield _money(ctx, {"told": doubt, "actual": ""}, "money")
    for one in ctx.progress.indicators:
        if one.incomparable and one.case.row is not None:
            yield _hit(ctx, one, {"told": one.message, "actual": one.case.row.text})


@check("actual-decreased", scope="monitoring", facts="now before when", cases="money")
def actual_decreased(ctx: ProgressContext, params: Params) -> Iterator[Hit | NotApplicable]:
    """What accumulates is less than at an earlier check."""
    project: ProjectProgress = ctx.progress
    if not project.compared:
        yield NotApplicable("没有给出前几次的监控结果")
    if (was := project.spent_before) is not None:
        spent = project.execution.spent or Decimal(0)
        yield _money(ctx, {"now": yuan(spent), "before": yuan(was.amount), "when": day(was.when)}, "money")
    for fallen in project.fallen:
        one, before = fallen.progress, fallen.earlier
        facts = {"now": one.case.row.text if one.case.row else "", "before": before.text, "when": day(before.when)}
        yield _hit(ctx, one, facts)


@check("target-low", scope="monitoring", facts="reached limit", figures="monitor_low_target")
def target_low(ctx: ProgressContext, params: Params) -> Iterator[Hit]:
    """Far more than the whole year's target is done already."""
    limit = ctx.progress.settings.low_target_from
    for one in ctx.progress.indicators:
        reached = one.verdict.achievement
        if reached is None or not one.floor or one.nature not in ("cumulative", "level"):
            continue
        if reached >= limit:
            yield _hit(ctx, one, {"reached": told(reached), "limit": told(limit)})
