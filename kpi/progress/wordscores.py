"""The points of rows that are answered in words or by a day: deadlines, degrees, what was not done. Much of it is for
people: the points that the form states are only held against what the answer claims."""

import re
from decimal import Decimal

from kpi.names import NameReading
from kpi.progress.actualvalue import Actual
from kpi.progress.bands import band_of, inside
from kpi.progress.milestone import done_on
from kpi.progress.nature import Kind
from kpi.progress.points import HUNDRED, cents
from kpi.progress.reading import Aim, is_timed, shown, without_sign
from kpi.progress.rowscore import Row, RowScore, done_late, in_full, left_open
from kpi.progress.scheme import Scheme
from kpi.progress.words import grade_reached, of_nothing, said, short_of, unbegun
from kpi.values import Value, parse
from kpi.values.normal import squeezed

_ZERO = Decimal(0)
_STANDING, _MEASURED = ("ratio", "score"), ("rate", "satisfaction", "score")  # dimensions; what names ask for
_NOT_AT_ALL = re.compile("[未没尚无否]|暂停|停工")  # how an answer begins


def is_measured(nature: Kind, value: Value, named: NameReading) -> bool:
    """Whether a figure is had by measuring: that nothing was done tells nothing of a rate; of 300亩 it tells 0."""
    return nature == "level" and (value.dimension in _STANDING or named.asks in _MEASURED)


def in_words(aim: Aim, found: Actual, row: Row, scheme: Scheme, *, measured: bool) -> RowScore:
    """No figure is told of a target that is one: nothing was done, too little was, or it cannot be read. Of a cap that
    was not reached nobody knows what is meant."""
    actual, weight = row.actual or "", row.weight
    least = aim.lower is not None and not aim.reverse
    if least and not measured and unbegun(actual, scheme.words):
        nought = cents(_ZERO)
        why = f"“{shown(actual)}”，一点也没有做，不得分"
        return RowScore("zero", nought, nought, nought, met=False, achievement=_ZERO, why=why)
    made = _unread(found, row.target, actual, weight)
    if made.wrong and (least or is_timed(row.indicator)) and short_of(actual, scheme.words):
        return made._replace(met=False, why=f"“{shown(actual)}”没有写做到了多少")
    return made


def _unread(found: Actual, target: str, actual: str, weight: Decimal) -> RowScore:
    if squeezed(target) == squeezed(actual) or without_sign(target) == without_sign(actual):
        return in_full(weight)
    return left_open(weight, found.problem)._replace(wrong=found.wrong)


def by_deadline(target: Value, actual: str, weight: Decimal, scheme: Scheme, year: int | None) -> RowScore:
    """In time → full; how much a late one is worth is for people to say."""
    full = in_full(weight, "deadline")
    text = squeezed(actual)
    if text == squeezed(target.text) or kept_time(actual, scheme):
        return full
    done = parse(actual, year=year)
    answer = said(actual, scheme.words) if done.kind != "date" else None
    if answer in ("undone", "partly"):
        return undone(actual, weight)
    if answer == "late":
        return done_late(weight)
    if answer == "done" and year and (day := done_on(actual, scheme.words, year)):
        done = parse(day.isoformat())  # 7月3日已上报
    if done.kind != "date":
        why = f"目标是完成时间，完成值“{shown(actual)}”不是时间"
        return left_open(weight, why)._replace(wrong=done.kind == "quantity")
    wanted, was = target.date, done.date
    if not wanted or not was or not wanted.end or not was.end or _open_year(wanted.end) != _open_year(was.end):
        return left_open(weight, f"完成时间“{shown(actual)}”与目标“{shown(target.text)}”无法比较先后")
    if was.end <= wanted.end:
        return full
    if was.start and was.start <= wanted.end:
        return left_open(weight, f"完成时间“{shown(actual)}”看不出在期限之前还是之后")
    return done_late(weight)


def kept_time(actual: str, scheme: Scheme) -> bool:
    """按时完成: in words alone that the time was kept."""
    text = squeezed(actual)
    return text.startswith(scheme.kept) and not any(c.isdigit() for c in text)


def _open_year(day: str) -> bool:
    return day.startswith("--")


def by_degree(target: str, actual: str, weight: Decimal, stated: Decimal | None, scheme: Scheme) -> RowScore:
    """A qualitative target: the stated points count where they lie in the band that the actual value claims."""
    none = of_nothing(actual, target, scheme.words)
    if none is not None:  # 无 against 无, 0起, 1起: as 0起 against 无
        points = cents(weight if none else _ZERO)
        return RowScore("full" if none else "zero", points, points, points, met=none)
    if squeezed(actual) in scheme.words.pending:  # 暂无数据: of what nobody knows there is no degree
        return left_open(weight, f"完成值“{shown(actual)}”没有说做得怎样")._replace(wrong=True)
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


def undone(actual: str, weight: Decimal) -> RowScore:
    """Not done when the year is over: nothing for what was not done at all; what a part is worth people say."""
    if _NOT_AT_ALL.match(squeezed(actual)):
        nought = cents(_ZERO)
        return RowScore("deadline", nought, nought, nought, met=False)
    return left_open(weight, "没有全部完成，得多少分由评价人定")._replace(met=False)
