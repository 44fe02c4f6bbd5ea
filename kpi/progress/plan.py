"""How much of the work should be done by the day, and by which plan: the one that the sheet tells, or the time that is
over; all of it once the form's own deadline is."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from kpi.progress.calendar import Span, planned
from kpi.progress.figures import day, percent, told

_SHOWN = 20  # characters of a plan that cannot be read
_ALL = Fraction(1)


class Plan(NamedTuple):
    """`share`: of the work; `words`: by which plan, a clause; `overdue`: the day by which it is due is over."""

    share: Fraction
    words: str
    overdue: bool = False


def plan_of(
    schedule: str, span: Span, due: date | None, as_of: date, seasons: Mapping[str, Sequence[int]]
) -> Plan:
    """`schedule`: the cell 进度安排; `due`: the day by which the form says that the work is finished."""
    plain = schedule.strip()
    share = planned(plain, span, as_of, seasons) if plain else None
    if share is not None:
        return Plan(share, f"按进度安排应完成{_percent(share)}")
    unread = f"（进度安排“{plain[:_SHOWN]}”没有读懂）" if plain else ""
    if due is not None and span.start < due <= as_of:  # how it goes before that day, the form does not say
        return Plan(_ALL, f"期限{day(due)}已到{unread}", overdue=True)
    share = span.share(as_of)
    return Plan(share, f"时间进度{_percent(share)}{unread}")


def unread(schedule: str, span: Span, as_of: date, seasons: Mapping[str, Sequence[int]]) -> str:
    """What to say of a plan that cannot be read; "" where it can be, or where there is none."""
    plain = schedule.strip()
    if not plain or planned(plain, span, as_of, seasons) is not None:
        return ""
    how = "请写各季度（或各半年、各月）末应完成的百分数，最后一个是 100，如“30/50/80/100”"
    return f"进度安排“{plain[:_SHOWN]}”没有读懂，没有用上；{how}，或写“采暖季”“6月至10月”"


def _percent(share: Fraction) -> str:
    return f"{told(percent(share, _ALL))}%"
