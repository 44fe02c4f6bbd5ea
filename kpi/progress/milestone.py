"""What is done once and by a day: done in time, done late, not yet due, or overdue. The as-of day counts as over."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from kpi.progress.calendar import Span
from kpi.progress.figures import day, percent
from kpi.progress.reading import shown, without
from kpi.progress.settings import Words
from kpi.progress.verdict import SURE, Light, Verdict, grey
from kpi.progress.words import begun, said
from kpi.values import Value, find_values, parse
from kpi.values.normal import squeezed

_MAY_BE_DATED = re.compile("[月日号]|季度|年底|年末")
_CLAUSE = re.compile(r"[，,；;。()（）]")
_WHOLE = Decimal(100)
_LONGEST = 100  # characters of a target that are searched for a day


def due_of(value: Value, span: Span) -> tuple[Value, date | None]:
    """The target without its deadline, and the deadline: of a date, or of a figure that names one (1项，9月底前)."""
    if value.kind == "date":
        return value, _day(value.date.end if value.date else None)
    figures = [part for part in value.parts if part.kind == "quantity"]
    if value.kind == "compound" and len(figures) == 1 and len(value.parts) == 2:
        value = figures[0]._replace(text=value.text)
    if value.kind != "quantity" or not _MAY_BE_DATED.search(value.text[:_LONGEST]):
        return value, None
    dates = [one.text for _, _, one in find_values(value.text[:_LONGEST]) if one.kind == "date"]
    spans = [parse(text, year=span.end.year).date for text in dates]
    days = [end for one in spans if one and (end := _day(one.end))]
    return value, days[0] if len(days) == 1 else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text and not text.startswith("--") else None


class Report(NamedTuple):
    """What is told of a milestone. `text` "" where nothing is; `figure` and `goal`: of a one-off count, or (`length`)
    of a length of time, which may be told while it goes on; `name`: of the indicator."""

    text: str
    figure: Decimal | None
    goal: Decimal | None
    year: int | None
    words: Words
    length: bool = False
    name: str = ""


def judge_milestone(told: Report, due: date, as_of: date) -> Verdict:
    over = due <= as_of
    text, figure, goal = told.text, told.figure, told.goal
    reached = percent(Fraction(figure), Fraction(goal)) if figure is not None and goal and not told.length else None
    state, when = state_of(told, as_of, over=over)
    if state == "done" and when is not None and when > as_of:
        return grey(f"“{shown(text)}”说已经完成，{day(when)}却在监控日之后，请核对日期，或写明是预计完成")
    if state == "unlike":
        wanted = "目标是完成时间" if goal is None else "目标是要做完的事"
        return grey(f"{wanted}，“{shown(text)}”看不出是否完成，请写完成日期，或写已完成、未完成")
    if state == "done":
        late = when is not None and when > due
        light: Light = "yellow" if late else "green"
        on = f"{day(when)}" if when else "已"
        said_of = f"期限{day(due)}，{on}完成{'，晚于期限' if late else ''}"
        return Verdict(light, achievement=reached, likely=None if late else SURE, message=said_of)
    if state == "late":
        return Verdict("yellow", achievement=reached, message=f"期限{day(due)}，逾期完成")
    if not over:
        behind = when is not None and when > due
        more = f"，预计{day(when)}完成，晚于期限" if behind and when else "，还没有到期"
        unclear = f"；“{shown(text)}”看不出是否已经完成" if text and state is None else ""
        said_of = f"期限{day(due)}{more}{unclear}"
        return Verdict("yellow" if behind else "green", achievement=reached, message=said_of, pending=True)
    if state is None:
        why = f"，看不出“{shown(text)}”是否完成，请写明完成日期或是否完成" if text else "，没有填写完成情况"
        return grey(f"期限{day(due)}已到{why}", problem=bool(text))
    return Verdict("red", achievement=reached, message=f"期限{day(due)}已到，还没有完成（{shown(text)}）")


def state_of(told: Report, as_of: date, *, over: bool) -> tuple[str | None, date | None]:
    """done, late, undone, unlike (a figure that is no answer) or None (cannot be told), with the day of completion,
    done or planned."""
    text, figure, goal = told.text, told.figure, told.goal
    if not text:
        return None, None
    if figure is not None and goal is not None and told.length:
        return ("late" if figure > goal else "done" if over else None), None
    if figure is not None and goal is not None:
        return ("done" if figure >= goal else "undone"), None
    if (day_to_come := _planned(told)) is not None:
        return ("undone", day_to_come) if day_to_come > as_of else (None, None)
    value = parse(text, year=told.year)
    if value.kind == "date":
        return _dated(value, as_of)
    if value.kind == "quantity":
        return _figure(value), None
    answer = "done" if begun(text, told.name, told.words) else said(text, told.words)
    if answer == "late" and not _finished_late(text, told.words):
        to_come = _named_day(text, told.year)  # 推迟到9月30日, 逾期10天，仍在办理
        return "undone", to_come if to_come and to_come > as_of else None
    if answer != "done":
        return ("undone" if answer == "partly" else answer), None
    return "done", done_on(text, told.words, told.year)


def done_on(text: str, words: Words, year: int | None) -> date | None:
    """The day that a clause names which says that something is done (5月20日已完成，资料在整理)."""
    days = (_named_day(one, year) for one in _CLAUSE.split(text[:_LONGEST]) if said(one, words) == "done")
    return next((one for one in days if one is not None), None)


def _finished_late(text: str, words: Words) -> bool:
    """逾期完成, 晚于期限5天验收: late, but done."""
    return said(without(squeezed(text), words.late), words) == "done"


def _planned(told: Report) -> date | None:
    """The day by which an answer of one clause says that it will be done (预计8月20日完成)."""
    text = without(squeezed(told.text), told.words.remaining)
    if text == squeezed(told.text) or _CLAUSE.search(text):
        return None
    value = parse(text, year=told.year)
    span = value.date if value.kind == "date" else None
    return _day(span.end) if span else _named_day(text, told.year)


def _figure(value: Value) -> str:
    """How much of it is done (80%, 100%); any other figure is no answer: 101%, 3个."""
    share = value.point if value.dimension == "ratio" else None
    if share is None or not 0 <= share <= _WHOLE:
        return "unlike"
    return "done" if share == _WHOLE else "undone"


def _dated(value: Value, as_of: date) -> tuple[str | None, date | None]:
    """A day that is over is one of completion, a later one a plan; a month counts as over once it has begun."""
    first, last = (_day(end) for end in (value.date.start, value.date.end)) if value.date else (None, None)
    when = first or last
    if when is None:
        return None, None
    return ("done" if when <= as_of else "undone"), (when if when <= as_of else last or when)


def _named_day(text: str, year: int | None) -> date | None:
    """The one day that a clause in words names (5月20日已完成): its beginning, where it is a month."""
    told = [one.text for _, _, one in find_values(text[:_LONGEST]) if one.kind == "date"]
    spans = [parse(one, year=year).date for one in told]
    days = [_day(one.start) or _day(one.end) for one in spans if one]
    return days[0] if len(days) == 1 else None
