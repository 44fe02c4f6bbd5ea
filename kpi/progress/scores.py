"""The points of one row: pure arithmetic on a target, an actual value and a weight.

Quantitative: met → full, else weight × actual ÷ target; less is better: weight × target ÷ actual, or the linear
formula. Qualitative and late dates are for people: the points that the form states are only held against their band.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from kpi.model import Indicator
from kpi.progress.actualvalue import Actual
from kpi.progress.answer import achieved
from kpi.progress.bands import band_of, inside
from kpi.progress.milestone import done_on, state_of
from kpi.progress.nature import nature_of
from kpi.progress.once import Once, once_of
from kpi.progress.points import HUNDRED, cents
from kpi.progress.reading import Aim, aim_of, asks, is_blank, is_timed, shown, without_sign
from kpi.progress.scheme import Band, Formula, Scheme
from kpi.progress.words import begun, grade_reached, of_nothing, said
from kpi.values import Value, parse
from kpi.values.normal import squeezed

Method = Literal["full", "proportional", "inverse", "linear", "zero", "graded", "deadline", "unscored"]
_ZERO, _ONE = Decimal(0), Decimal(1)
_NOT_AT_ALL = re.compile("[未没尚无否]|暂停|停工")  # how an answer begins
_LATE = "晚于期限完成，扣多少分由评价人定"


class RowScore(NamedTuple):
    """`score`: None where only a person can tell; it then lies between `low` and `high`.

    `met`: whether the target is met. `over`: more than an "=" or a range asks for. `far`: so far above the target that
    it needs an explanation. `band`: the degree that a qualitative actual value claims; `outside`: the stated score does
    not lie in it. `fair`: other scores that a fair reading of the target gives. `wrong`: the actual value
    is of another kind than the target. `why`: one clause for a row that cannot be scored.
    """

    method: Method
    score: Decimal | None
    low: Decimal
    high: Decimal
    met: bool | None = None
    achievement: Decimal | None = None
    over: bool = False
    far: bool = False
    band: Band | None = None
    outside: bool = False
    late: bool = False
    fair: tuple[Decimal, ...] = ()
    wrong: bool = False
    blank: bool = False
    why: str = ""


class Row(NamedTuple):
    """What a form says of one indicator: target, actual value as printed, the points it may get and those stated."""

    indicator: Indicator
    target: str
    actual: str | None
    weight: Decimal
    stated: Decimal | None = None


def score_row(row: Row, scheme: Scheme, *, year: int | None = None, project: str = "") -> RowScore:
    """The points of a row. `year` dates what has no year of its own."""
    indicator, target, actual, weight, stated = row
    if is_blank(target):
        return _open(weight, "没有填目标值")
    if is_blank(actual) or actual is None:
        return _blank(target, weight, stated)
    value, named = parse(target, year=year), asks(indicator, project)
    if value.kind == "date":
        if begun(actual, indicator.name, scheme.words) and parse(actual, year=year).kind != "date":
            return RowScore("deadline", cents(weight), cents(weight), cents(weight), met=True)
        return _deadline(value, actual, weight, scheme, year)
    once = once_of(value, indicator, named, scheme.words, year)
    if once is not None and (made := _done_once(once, row, scheme, year)):
        return made
    aim = aim_of(value, indicator, named)
    if aim is None:
        return _graded(target, actual, weight, stated, scheme)
    bounded = named.bounded and nature_of(indicator, value, aim, named, scheme.words).kind == "level"
    found = achieved(actual, aim, named, scheme.words, bounded=bounded, over=True)
    if found.figure is None and value.dimension == "time" and is_timed(indicator) and _kept_time(actual, scheme):
        return RowScore("full", cents(weight), cents(weight), cents(weight), met=True)
    if found.figure is None:
        return _unread(found, target, actual, weight)
    return _counted(aim, found.figure, weight, scheme)


def _done_once(once: Once, row: Row, scheme: Scheme, year: int | None) -> RowScore | None:
    """What is done once, by the same reading as at mid-year; None where a figure is all that is told, or nothing that
    can be read."""
    weight, full = row.weight, cents(row.weight)
    told = once.report(row.actual or "", scheme.words, year)
    state, when = state_of(told, date.max, over=True)
    counted = told.figure is not None and (not told.length or once.aim.lower is None)
    if state in ("unlike", None) or (counted and once.due is None):
        return None
    due = once.due or (date(year, 12, 31) if year else date.max)
    if state == "late" or (when is not None and when > due):
        return RowScore("deadline", None, _ZERO, weight, met=False, late=True, why=_LATE)
    if state == "undone":
        return _undone(row.actual or "", weight)
    stated = row.stated
    if once.due is not None and when is None and stated is not None and 0 <= stated <= weight:
        return RowScore("graded", cents(stated), cents(stated), cents(stated))  # in time or late, nobody tells
    return RowScore("full", full, full, full, met=True)


def _undone(actual: str, weight: Decimal) -> RowScore:
    """Not done when the year is over: nothing for what was not done at all; what a part is worth people say."""
    if _NOT_AT_ALL.match(squeezed(actual)):
        nought = cents(_ZERO)
        return RowScore("deadline", nought, nought, nought, met=False)
    return _open(weight, "没有全部完成，得多少分由评价人定")._replace(met=False)


def _open(weight: Decimal, why: str) -> RowScore:
    return RowScore("unscored", None, _ZERO, weight, why=why)


def _blank(target: str, weight: Decimal, stated: Decimal | None) -> RowScore:
    """No actual value: of a qualitative target the stated points are a judgement all the same."""
    made = _open(weight, "没有填完成值")._replace(blank=True)
    if stated is None or not 0 <= stated <= weight or parse(target).kind in ("quantity", "date", "compound"):
        return made
    return made._replace(method="graded", score=cents(stated), low=cents(stated), high=cents(stated))


def _unread(found: Actual, target: str, actual: str, weight: Decimal) -> RowScore:
    if squeezed(target) == squeezed(actual) or without_sign(target) == without_sign(actual):
        return RowScore("full", cents(weight), cents(weight), cents(weight), met=True)
    return _open(weight, found.problem)._replace(wrong=found.wrong)


def _counted(aim: Aim, actual: Decimal, weight: Decimal, scheme: Scheme) -> RowScore:
    made = _by_aim(aim, actual, weight, scheme)
    if aim.value.approximate and not made.met:  # 约50人: how near is near enough, nobody says
        return made._replace(met=None, fair=(cents(weight),))
    if not aim.doubtful:
        return made
    other = aim._replace(reverse=not aim.reverse, doubtful=False)
    if aim.lower is None or aim.upper is None:
        other = other._replace(lower=aim.upper, upper=aim.lower)
    twin = _by_aim(other, actual, weight, scheme)
    if twin.met and not made.met:  # nobody can be asked why the target is missed
        made = made._replace(met=None)
    return made._replace(fair=tuple(s for s in (twin.score,) if s is not None and s != made.score))


def _by_aim(aim: Aim, actual: Decimal, weight: Decimal, scheme: Scheme) -> RowScore:
    short = aim.lower is not None and (actual < aim.lower or (aim.strict and actual == aim.lower))
    beyond = aim.upper is not None and (actual > aim.upper or (aim.strict and actual == aim.upper))
    if short and aim.reverse and aim.upper is not None:
        short = False  # less than an "=" or a range of something that should be little
    if beyond and not aim.reverse:
        beyond = False
    over = aim.upper is not None and aim.lower is not None and actual > aim.upper and not beyond
    goal = aim.lower if short or not aim.reverse else aim.upper
    goal = goal if goal is not None else aim.upper
    achievement = None if goal is None or not goal else actual * HUNDRED / goal
    if short or beyond:
        points, method = _lost(goal or _ZERO, actual, weight, bool(beyond), scheme.reverse)
        return RowScore(method, points, points, points, met=False, achievement=achievement)
    top = aim.upper if over and aim.upper else goal
    far = not aim.reverse and top is not None and top > 0 and actual * HUNDRED > scheme.far_above * top
    full = cents(weight)
    return RowScore("full", full, full, full, met=True, achievement=achievement, over=over, far=far)


def _lost(goal: Decimal, actual: Decimal, weight: Decimal, cap: bool, formula: Formula) -> tuple[Decimal, Method]:
    """The points of a target that is not met. A target of nought (or less) is met or worth nothing."""
    if goal <= 0:
        return cents(_ZERO), "zero"
    if not cap:
        return cents(_kept(weight * actual / goal, weight)), "proportional"
    if formula == "linear":
        return cents(_kept(weight * (_ONE - (actual - goal) / goal), weight)), "linear"
    return cents(_kept(weight * goal / actual, weight)), "inverse"


def _kept(points: Decimal, weight: Decimal) -> Decimal:
    return min(max(points, _ZERO), weight)


def _deadline(target: Value, actual: str, weight: Decimal, scheme: Scheme, year: int | None) -> RowScore:
    """In time → full; how much a late one is worth is for people to say."""
    full = RowScore("deadline", cents(weight), cents(weight), cents(weight), met=True)
    text = squeezed(actual)
    if text == squeezed(target.text) or _kept_time(actual, scheme):
        return full
    done = parse(actual, year=year)
    answer = said(actual, scheme.words) if done.kind != "date" else None
    if answer in ("undone", "partly"):
        return _undone(actual, weight)
    if answer == "late":
        return RowScore("deadline", None, _ZERO, weight, met=False, late=True, why=_LATE)
    if answer == "done" and year and (day := done_on(actual, scheme.words, year)):
        done = parse(day.isoformat())  # 7月3日已上报
    if done.kind != "date":
        return _open(weight, f"目标是完成时间，完成值“{shown(actual)}”不是时间")._replace(wrong=done.kind == "quantity")
    wanted, was = target.date, done.date
    if not wanted or not was or not wanted.end or not was.end or _open_year(wanted.end) != _open_year(was.end):
        return _open(weight, f"完成时间“{shown(actual)}”与目标“{shown(target.text)}”无法比较先后")
    if was.end <= wanted.end:
        return full
    if was.start and was.start <= wanted.end:
        return _open(weight, f"完成时间“{shown(actual)}”看不出在期限之前还是之后")
    return RowScore("deadline", None, _ZERO, weight, met=False, late=True, why=_LATE)


def _kept_time(actual: str, scheme: Scheme) -> bool:
    """按时完成: in words alone that the time was kept."""
    text = squeezed(actual)
    return text.startswith(scheme.kept) and not any(c.isdigit() for c in text)


def _open_year(day: str) -> bool:
    return day.startswith("--")


def _graded(target: str, actual: str, weight: Decimal, stated: Decimal | None, scheme: Scheme) -> RowScore:
    """A qualitative target: the stated points count where they lie in the band that the actual value claims."""
    none = of_nothing(actual, target, scheme.words)
    if none is not None and any(c.isdigit() for c in actual):  # 无 against 0起, 1起: as 0起 against 无
        points = cents(weight if none else _ZERO)
        return RowScore("full" if none else "zero", points, points, points, met=none)
    if grade_reached(actual, target, scheme.levels) is False:
        return _below(weight, stated)
    band = band_of(target, actual, scheme)
    low, high = (band.low, band.high) if band else (_ZERO, HUNDRED)
    edges = (cents(weight * low / HUNDRED), cents(weight * high / HUNDRED))
    met = None if band is None else band is scheme.bands[-1]
    if stated is None:
        return RowScore("graded", None, *edges, met=met, band=band, why="定性指标要由评价人打分")
    if band and not inside(stated, band, weight, scheme):
        return RowScore("graded", None, *edges, met=met, band=band, outside=True, why="自评得分不在档内")
    if stated > weight or stated < 0:
        return RowScore("graded", None, *edges, met=met, band=band, why="自评得分不在 0 到分值之间")
    return RowScore("graded", cents(stated), cents(stated), cents(stated), met=met, band=band)


def _below(weight: Decimal, stated: Decimal | None) -> RowScore:
    """A grade under the one asked for is not met: people say what it costs, but it does cost something."""
    if stated is not None and 0 <= stated < weight:
        return RowScore("graded", cents(stated), cents(stated), cents(stated), met=False)
    return RowScore("graded", None, _ZERO, weight, met=False, why="完成的等次低于目标的等次，扣多少分由评价人定")
