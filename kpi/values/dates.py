"""Deadlines and periods: from the words of the grammar to ISO dates, "--12-31" where the year is open."""

import calendar
import re
from dataclasses import replace
from typing import Any, NamedTuple

from lark import Token

from kpi.values import numerals
from kpi.values.interval import Rejected
from kpi.values.value import DateSpan, Value

Node = Any  # a token or a Moment
Day = tuple[int | None, int, int]  # year or None, month, day
_NUMBERS = re.compile(r"\d+|[零一二三四五六七八九十]+")
_ENDS = ("前", "之前", "以前", "前期", "止", "为止", "截止", "前夕")
_STARTS = ("起", "开始", "以后", "之后", "后", "以来")
_UNTIL = ("截", "不", "最", "早", "至", "到")
#: Festivals that stand on the same day every year.
_FIXED = {
    "元旦": (1, 1), "三八": (3, 8), "妇女节": (3, 8), "植树节": (3, 12), "五一": (5, 1), "劳动节": (5, 1),
    "五四": (5, 4), "护士节": (5, 12), "六一": (6, 1), "儿童节": (6, 1), "七一": (7, 1), "建党节": (7, 1),
    "八一": (8, 1), "建军节": (8, 1), "教师节": (9, 10), "十一": (10, 1), "国庆": (10, 1),
}  # fmt: skip


class Moment(NamedTuple):
    """A stretch of days; `named` where the calendar does not tell."""

    start: Day | None
    end: Day | None
    named: str | None = None


def _ints(text: str) -> list[int]:
    return [int(numerals.number(part)) for part in _NUMBERS.findall(text)]


def last_day(year: int | None, month: int) -> int:
    return calendar.monthrange(year or 2024, month)[1]


def _day(year: int | None, month: int, day: int, offset: int) -> Day:
    if not (1 <= month <= 12 and 1 <= day <= last_day(year, month)):
        raise Rejected("no-such-date", offset, f"没有 {month} 月 {day} 日这一天；这里应是存在的日期")
    return year, month, day


def _months(first: int, last: int) -> Moment:
    return Moment((None, first, 1), (None, last, last_day(None, last)))


def _full(token: Token) -> Moment:
    digits = re.findall(r"\d+", token)
    if len(digits[0]) > 4:
        digits = [token[:4], token[4:6], token[6:8]] if len(digits[0]) == 8 else [token[:4], token[4:6]]
    year, month = int(digits[0]), int(digits[1])
    if len(digits) == 3:
        day = _day(year, month, int(digits[2]), token.start_pos or 0)
        return Moment(day, day)
    return Moment((year, month, 1), (year, month, last_day(year, month)))


def _quarter(text: str) -> Moment:
    found = _ints(text.upper().replace("Q", ""))
    return _months(found[0] * 3 - 2, found[-1] * 3)


def _year_word(text: str) -> Moment:
    days = {"底": (12, 31), "末": (12, 31), "中": (6, 30)}
    if text[-1] in days:
        month, day = days[text[-1]]
        return Moment((None, month, day), (None, month, day))
    return _months(1, 1) if text[-1] == "初" else _months(1, 12)


def _phase(whole: Moment, phase: str) -> Moment:
    """Of a month: 底, 中旬; of a quarter or year: 末, 初."""
    if whole.start is None or whole.end is None:
        return whole
    year, month, _ = whole.end
    last = (year, month, last_day(year, month))
    if phase[-1] in "底末":
        return Moment(last, last)
    first, days = (whole.start[0], whole.start[1]), {"上旬": (1, 10), "初": (1, 10), "中旬": (11, 20), "中": (11, 20)}
    begin, end = days.get(phase.lstrip("月"), (21, 31))
    return Moment((*first, begin), (*first, min(end, last_day(*first))))


def _month_day(token: Token) -> Moment:
    month, day = _ints(token)
    found = _day(None, month, day, token.start_pos or 0)
    return Moment(found, found)


def _word(token: Token) -> Moment:
    text = str(token)
    if token.type == "MONTH":
        return _months(*(_ints(text) * 2))
    if token.type == "MONTHS":
        return _months(*_ints(text))
    if token.type == "QUARTER":
        return _quarter(text)
    if token.type == "HALF":
        return _months(1, 6) if text == "上半年" else _months(7, 12)
    if token.type == "MONTH_DAY":
        return _month_day(token)
    return Moment(None, None, text) if token.type == "NAMED" else _year_word(text)


def loose(children: list[Any]) -> Moment:
    """A time within an open year."""
    first = children[0] if isinstance(children[0], Moment) else _word(children[0])
    return _phase(first, str(children[1])) if len(children) > 1 else first


def _year(token: Token) -> int:
    text = str(token).rstrip("份度年")
    if text.isdigit():
        return int(text) + (2000 if len(text) == 2 else 0)
    return int(numerals.chinese(text))


def _in_year(moment: Moment, year: int | None) -> Moment:
    def put(day: Day | None) -> Day | None:
        return (year, day[1], min(day[2], last_day(year, day[1]))) if day and day[0] is None else day

    return Moment(put(moment.start), put(moment.end), moment.named)


def firm(children: list[Any]) -> Moment:
    """A time that names its year or its day."""
    first = children[0]
    if first.type == "FULL_DATE":
        return _full(first)
    if first.type == "MONTH_DAY":
        return _month_day(first)
    year = _year(first)
    if len(children) == 1:
        return _in_year(_months(1, 12), year)
    second = children[1]
    if isinstance(second, Token) and second.type == "PHASE":
        return _in_year(_year_word(str(second)), year)
    inner = second if isinstance(second, Moment) else _word(second)
    if inner.named:
        fixed = _FIXED.get(inner.named) or _FIXED.get(inner.named.removesuffix("节"))
        if fixed:
            return Moment((year, *fixed), (year, *fixed))
        return Moment(None, None, f"{year}年{inner.named}")
    return _in_year(inner, year)


def _whole(child: Node) -> Moment:
    return child if isinstance(child, Moment) else loose([child])


def span(first: Node, last: Node) -> Moment:
    """From one time to another; either may lend the other its year."""
    first = _whole(first)
    if isinstance(last, Token) and last.type == "DAY":
        if first.start is None:
            raise Rejected("prose", last.start_pos or 0)
        month, number = [first.start[1], *_ints(last)][-2:]
        day = _day(first.start[0], month, number, last.start_pos or 0)
        return Moment(first.start, day)
    last = _whole(last)
    if first.start is None or last.end is None:
        return Moment(first.start, last.end, f"{first.named or ''}至{last.named or ''}")
    if last.end[0] is None:
        last = _in_year(last, first.start[0])
    if first.start[0] is None and last.end and last.end[0]:
        first = _in_year(first, last.end[0])
    if first.start and last.end and first.start[0] and last.end[0] and first.start > last.end:
        raise Rejected("reversed-range", 0, "起止时间颠倒；后一个日期应晚于前一个")
    return Moment(first.start, last.end)


def period(children: list[Any]) -> Moment:
    """The whole date: a stretch, cut to its end by 前 or ≤, to its start by 起 or ≥."""
    found = next((child for child in children if isinstance(child, Moment)), None)
    if found is None:
        plain = next((child for child in children if child.type not in ("DUE", "MARK")), None)
        if plain is None or plain.type in ("REPEATED", "RELATIVE"):
            return Moment(None, None, str(plain or children[0]))
        found = _word(plain)
    for word in children:
        if not isinstance(word, Token):
            continue
        if word.type in ("LE", "LT") or (word.type == "MARK" and word in _ENDS):
            found = found._replace(start=None)
        elif word.type in ("GE", "GT") or (word.type == "MARK" and word in _STARTS):
            found = found._replace(end=None)
        elif word.type == "DUE" and word[0] in _UNTIL:
            found = found._replace(start=None)
        elif word.type == "DUE" and word[0] in "自从由" and found.start == found.end:
            found = found._replace(end=None)
    return found


def _iso(day: Day | None) -> str | None:
    if day is None:
        return None
    year, month, number = day
    return f"{year:04d}-{month:02d}-{number:02d}" if year else f"--{month:02d}-{number:02d}"


def date_span(moment: Moment) -> DateSpan:
    return DateSpan(_iso(moment.start), _iso(moment.end), moment.named)


def resolve(value: Value, year: int) -> Value:
    """Put open dates into `year`; a fixed festival gets its day."""
    date = value.date
    if value.parts:
        value = replace(value, parts=tuple(resolve(part, year) for part in value.parts))
    if date is None:
        return value
    if date.named:
        fixed = _FIXED.get(date.named) or _FIXED.get(date.named.removesuffix("节"))
        if not fixed:
            return value
        day = _iso((year, *fixed))
        return replace(value, date=DateSpan(None if "前" in value.text else day, day, date.named))
    return replace(value, date=DateSpan(_put(date.start, year), _put(date.end, year)))


def _put(end: str | None, year: int) -> str | None:
    if end and end.startswith("--"):
        end = f"{year}{end[1:]}"
    if end and end.endswith("-02-29") and not calendar.isleap(int(end[:4])):
        return end[:-2] + "28"
    return end
