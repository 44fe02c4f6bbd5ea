"""The points of one row: pure arithmetic on a target, an actual value and a weight.

Quantitative: met → full, else weight × actual ÷ target; less is better: weight × target ÷ actual, or the linear
formula. What is answered in words is for `wordscores`.
"""

from datetime import date
from decimal import Decimal

from kpi.progress.answer import achieved
from kpi.progress.milestone import state_of
from kpi.progress.nature import nature_of
from kpi.progress.once import Once, once_of
from kpi.progress.points import HUNDRED, cents
from kpi.progress.reading import Aim, aim_of, asks, is_blank, is_timed
from kpi.progress.rowscore import Method, Row, RowScore, done_late, in_full, left_open
from kpi.progress.scheme import Formula, Scheme
from kpi.progress.words import begun
from kpi.progress.wordscores import by_deadline, by_degree, in_words, is_measured, kept_time, undone
from kpi.values import parse

_ZERO, _ONE = Decimal(0), Decimal(1)


def score_row(row: Row, scheme: Scheme, *, year: int | None = None, project: str = "") -> RowScore:
    """The points of a row. `year` dates what has no year of its own."""
    indicator, target, actual, weight, stated = row
    if is_blank(target):
        return left_open(weight, "没有填目标值")
    if is_blank(actual) or actual is None:
        return _blank(target, weight, stated)
    value, named = parse(target, year=year), asks(indicator, project)
    if value.kind == "date":
        if begun(actual, indicator.name, scheme.words) and parse(actual, year=year).kind != "date":
            return in_full(weight, "deadline")
        return by_deadline(value, actual, weight, scheme, year)
    once = once_of(value, indicator, named, scheme.words, year)
    if once is not None and (made := _done_once(once, row, scheme, year)):
        return made
    aim = aim_of(value, indicator, named)
    if aim is None:
        return by_degree(target, actual, weight, stated, scheme)
    nature = nature_of(indicator, value, aim, named, scheme.words).kind
    bounded = named.bounded and nature == "level"
    found = achieved(actual, aim, named, scheme.words, bounded=bounded, over=True)
    if found.figure is None and value.dimension == "time" and is_timed(indicator) and kept_time(actual, scheme):
        return in_full(weight)
    if found.figure is not None:
        return _counted(aim, found.figure, weight, scheme)
    return in_words(aim, found, row, scheme, measured=is_measured(nature, value, named))


def _done_once(once: Once, row: Row, scheme: Scheme, year: int | None) -> RowScore | None:
    """What is done once, by the same reading as at mid-year; None where a figure is all that is told, or nothing that
    can be read."""
    weight = row.weight
    told = once.report(row.actual or "", scheme.words, year)
    state, when = state_of(told, date.max, over=True)
    counted = told.figure is not None and (not told.length or once.aim.lower is None)
    if state in ("unlike", None) or (counted and once.due is None):
        return None
    due = once.due or (date(year, 12, 31) if year else date.max)
    if state == "late" or (when is not None and when > due):
        return done_late(weight)
    if state == "undone":
        return undone(row.actual or "", weight)
    stated = row.stated
    if once.due is not None and when is None and stated is not None and 0 <= stated <= weight:
        return RowScore("graded", cents(stated), cents(stated), cents(stated))  # in time or late, nobody tells
    return in_full(weight)


def _blank(target: str, weight: Decimal, stated: Decimal | None) -> RowScore:
    """No actual value: of a qualitative target the stated points are a judgement all the same."""
    made = left_open(weight, "没有填完成值")._replace(blank=True)
    if stated is None or not 0 <= stated <= weight or parse(target).kind in ("quantity", "date", "compound"):
        return made
    return made._replace(method="graded", score=cents(stated), low=cents(stated), high=cents(stated))


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
