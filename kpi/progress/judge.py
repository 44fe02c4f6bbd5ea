"""One indicator at mid-year: what the plan asks for by now, what was achieved, and the light that follows."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from kpi.model import Indicator
from kpi.progress.actuals import ActualRow
from kpi.progress.answer import achieved, figure_of
from kpi.progress.calendar import Span
from kpi.progress.figures import rounded, workable
from kpi.progress.lights import Read, cap, cumulative, level
from kpi.progress.milestone import Report, due_of, judge_milestone
from kpi.progress.nature import Kind, Nature, nature_of, stated
from kpi.progress.plan import plan_of
from kpi.progress.reading import (
    Aim,
    above,
    aim_of,
    asks,
    goal_of,
    is_blank,
    is_timed,
    reverse_of,
    shown,
)
from kpi.progress.settings import Settings
from kpi.progress.verdict import Light, Verdict, grey
from kpi.progress.words import Said, against_target, outlook_of, said
from kpi.values import Value, parse
from kpi.values.normal import squeezed

Gap = Literal["", "blank", "absent"]


class Case(NamedTuple):
    """One indicator with its line of the actuals. `span`: the days of its target's half; `year`: of the form; `due`:
    the day by which another row of the form says that its work is finished."""

    number: int
    indicator: Indicator
    target: str
    span: Span
    row: ActualRow | None
    year: int
    project: str = ""
    due: date | None = None


class Progress(NamedTuple):
    """What is known of one indicator. `missing`: no line tells of it, or its cell is blank; `goal` and `figure`: the
    figures compared, in the target's base unit; `floor`: reaching more than asked for is no fault.

    `incomparable`: an actual value is there and cannot be held against the target; `message` says why.
    """

    case: Case
    nature: Kind
    why: str
    verdict: Verdict
    light: Light
    outlook: str | None
    stated_outlook: str | None
    needs_reason: bool
    missing: Gap
    goal: Decimal | None
    figure: Decimal | None
    floor: bool
    message: str
    aim: Aim | None = None

    @property
    def incomparable(self) -> bool:
        return self.verdict.problem and not self.missing

    @property
    def above(self) -> bool:
        """Whether it lies beyond the upper end of what the target allows."""
        return self.aim is not None and self.figure is not None and above(self.aim, self.figure)

    @property
    def ahead(self) -> bool:
        """Whether the day that it is due is still to come."""
        return self.verdict.pending


def _missing(row: ActualRow | None, settings: Settings) -> Gap:
    if row is None:
        return "absent"
    return "blank" if is_blank(row.text) or squeezed(row.text) in settings.words.pending else ""


class Compared(NamedTuple):
    """The target as an aim and the actual value as a figure in its unit, where there are such."""

    aim: Aim | None
    figure: Decimal | None
    missing: Gap


def judge(case: Case, as_of: date, settings: Settings) -> Progress:
    value = parse(case.target, year=case.year)
    named = asks(case.indicator, case.project)
    plain, due = due_of(value, case.span)
    aim = aim_of(plain, case.indicator, named)
    nature = _nature(case, nature_of(case.indicator, plain, aim, named, settings.words), aim, settings)
    missing = _missing(case.row, settings)
    text = case.row.text if case.row and not missing else ""
    figure: Decimal | None = None
    if nature.kind == "milestone":
        done = figure_of(text, plain, named, settings.words).figure if aim and text else None
        length = aim is not None and aim.value.dimension == "time"
        goal = goal_of(aim) if aim else None
        told_of = Report(text, done, goal, case.year, settings.words, length, case.indicator.name)
        verdict = judge_milestone(told_of, due or case.span.end, as_of)
        figure = done
    elif missing:
        verdict = grey(_MISSING[missing], problem=False)
    elif nature.kind == "qualitative" or aim is None:
        verdict = _qualitative(text, value, settings)
    else:
        timed = case._replace(due=due or case.due)
        figure, verdict = _measured(timed, aim, nature.kind, text, as_of=as_of, settings=settings)
    read = Compared(aim, figure, missing)
    return _finished(case, nature, verdict, read, as_of=as_of, settings=settings)


def _measured(
    case: Case, aim: Aim, kind: Kind, text: str, *, as_of: date, settings: Settings
) -> tuple[Decimal | None, Verdict]:
    """The figure that an answer tells of a target that is one, and the light; grey where it tells none that can be."""
    target, named = aim.value, asks(case.indicator, case.project)
    bounded, over = named.bounded and kind == "level", as_of >= case.span.end
    actual = achieved(text, aim, named, settings.words, bounded=bounded, over=over)
    if actual.never:
        return None, grey(f"{actual.problem}，请核对")
    figure = actual.figure
    if figure is None and target.dimension == "time":
        answer = said(text, settings.words)
        if answer and (answer in ("undone", "partly") or is_timed(case.indicator)):
            return None, _in_words(answer, target)
        if parse(text).kind == "date":
            return None, grey(f"目标“{target.text}”是时长，“{shown(text)}”是日期，不能直接比较，请写用了多长时间")
    if figure is None or not workable(figure) or not workable(aim.lower) or not workable(aim.upper):
        why = actual.problem or "数太大"
        told = "不能比较" if f"“{shown(case.target)}”" in why else f"不能与目标值“{shown(case.target)}”比较"
        return figure, grey(f"{why}，{told}，请核对")
    return figure, _figures(case, aim, kind, figure, as_of=as_of, settings=settings)


def _in_words(answer: Said, target: Value) -> Verdict:
    """A length of time answered in words: what goes on still is judged when it is over."""
    if answer in ("undone", "partly"):
        return grey(f"目标“{target.text}”还在进行，完成后再比较", problem=False)._replace(pending=True)
    light, words = _ANSWERS[answer]
    return Verdict(light, message=f"目标“{target.text}”{words}")


_ANSWERS: dict[Said, tuple[Light, str]] = {
    "done": ("green", "已达成"), "late": ("yellow", "达成但晚了"),
    "partly": ("yellow", "部分达成"), "undone": ("red", "没有达成"),
}  # fmt: skip
_MISSING = {"absent": "完成情况里没有这个指标", "blank": "没有填写完成情况", "": ""}


def _nature(case: Case, read: Nature, aim: Aim | None, settings: Settings) -> Nature:
    """As the sheet says, else as read; a limit that grows is a cap, whatever it is called."""
    kind = stated(case.row.nature or "", settings.natures) if case.row else None
    if kind is None:
        return read
    if kind == "cumulative" and aim is not None and aim.lower is None:
        kind = "cap"
    if aim is None and kind in ("cumulative", "level", "cap"):
        return read
    same = kind == read.kind
    return read if same else Nature(kind, f"清单里注明是“{case.row.nature if case.row else ''}”")


def _figures(case: Case, aim: Aim, kind: Kind, figure: Decimal, *, as_of: date, settings: Settings) -> Verdict:
    if kind == "level":
        less = reverse_of(case.indicator, asks(case.indicator, case.project))
        return level(aim, Fraction(figure), positive=less is False)
    schedule = (case.row.schedule or "") if case.row else ""
    due = case.due if kind == "cumulative" else None
    plan = plan_of(schedule, case.span, due, as_of, settings.seasons)
    read = Read(aim, Fraction(figure), plan.share, plan.words, plan.overdue)
    return cap(read, settings) if kind == "cap" else cumulative(read, settings)


def _qualitative(text: str, target: Value, settings: Settings) -> Verdict:
    if target.kind == "empty":
        return grey("没有目标值，无从比较", problem=False)
    if target.kind == "malformed":
        return grey(f"目标值“{target.text}”读不懂，无从比较", problem=False)
    answer = against_target(text, target.text, settings)
    if answer is None:
        what = "时间要求" if target.kind == "date" else "文字"
        return grey(f"目标值“{target.text}”是{what}，看不出“{shown(text)}”是否达成，请写达成、部分达成或未达成")
    light, words = _ANSWERS[answer]
    return Verdict(light, message=f"目标“{target.text}”{words}")


def _finished(
    case: Case, nature: Nature, verdict: Verdict, read: Compared, *, as_of: date, settings: Settings
) -> Progress:
    aim = read.aim
    light, message = verdict.light, verdict.message
    if light == "red" and settings.early(case.span, as_of):
        light, message = "yellow", f"{message}（开始不满{settings.soft_days}天，红灯按黄灯提示）"
    outlook = _outlook(verdict.likely, settings)
    stated_by = outlook_of(case.row.outlook, settings.words) if case.row else None
    needs = light in ("red", "yellow") or (stated_by is not None and stated_by != "确定能")
    goal = None if aim is None else goal_of(aim)
    floor = aim is not None and aim.lower is not None and not aim.equal and nature.kind != "cap"
    return Progress(
        case, nature.kind, nature.reason, verdict, light, outlook, stated_by, needs, read.missing, goal,
        read.figure, floor, message, aim,
    )  # fmt: skip


def _outlook(likely: Fraction | None, settings: Settings) -> str | None:
    if likely is None:
        return None
    near = rounded(likely)
    if near >= settings.certain_from:
        return "确定能"
    return "有可能" if near >= settings.possible_from else "完全不可能"
