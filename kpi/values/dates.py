"""Deadlines and periods: from the words of the grammar to ISO dates, "--12-31" where the year is open."""

import calendar
import re
from typing import Any, NamedTuple

from lark import Token

from kpi.lazyre import later
from kpi.values import numerals
from kpi.values.festivals import festival
from kpi.values.interval import Rejected
from kpi.values.normal import normalise
from kpi.values.value import DateSpan, Value

Node = Any  # a token or a Moment
Day = tuple[int | None, int, int]  # year or None, month, day
_NUMBERS = re.compile(r"\d+|[零一二三四五六七八九十]+")
_ENDS = ("前", "之前", "以前", "前期", "止", "为止", "截止", "前夕")
_STARTS = ("起", "开始", "以后", "之后", "后", "以来")
_UNTIL = ("截", "不", "最", "早", "至", "到")
_UNTIL_WORD = later(r"(?:截至|截止到?|不[晚迟]于|最[迟晚]|早于|[至到≤<])\Z")
#: Around a festival, or as long as it lasts: more days than the calendar tells.
_AROUND = ("期间", "间", "前后")


class Moment(NamedTuple):
    """A stretch of days; `named` is a festival, with its day where the year is known, or words without a day."""

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
    digits = re.findall(r"\d+", token.partition(" ")[0])  # a sheet writes the hour behind a day
    if len(digits[0]) > 4:
        digits = [token[:4], token[4:6], token[6:8]] if len(digits[0]) == 8 else [token[:4], token[4:6]]
    year, month = int(digits[0]), int(digits[1])
    if len(digits) == 3:
        day = _day(year, month, int(digits[2]), token.start_pos or 0)
        return Moment(day, day)
    return Moment((year, month, 1), (year, month, last_day(year, month)))


def _quarter(text: str) -> Moment:
    found = _ints(text.upper().replace("Q", "").replace("两", "二"))
    return _months(1 if text[0] == "前" else found[0] * 3 - 2, found[-1] * 3)


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
    if first.type == "MONTH_END":
        return _phase(_months(*(_ints(first) * 2)), "底")
    if first.type == "PLAN":
        return _plan(children)
    year = _year(first)
    if len(children) == 1:
        return _in_year(_months(1, 12), year)
    second = children[1]
    if isinstance(second, Token) and second.type == "PHASE":
        return _in_year(_year_word(str(second)), year)
    inner = second if isinstance(second, Moment) else _word(second)
    return _named(inner.named, year) if inner.named else _in_year(inner, year)


def _named(name: str, year: int) -> Moment:
    day = festival(name, year)
    return Moment((year, *day), (year, *day), name) if day else Moment(None, None, f"{year}年{name}")


def _plan(children: list[Any]) -> Moment:
    """十四五期间: the five years of a plan; 十四五末: its last day."""
    number = int(numerals.chinese(re.sub("[^一二三四五六七八九十]", "", children[0])[:-1]))
    first = 2021 + (number - 14) * 5
    end = (first + 4, 12, 31)
    return Moment(end, end) if len(children) > 1 and children[1] in ("末", "底") else Moment((first, 1, 1), end)


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
    if last.named and first.start and first.start[0]:
        last = _named(last.named.removeprefix(f"{first.start[0]}年"), first.start[0])
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
        if word.type == "MARK" and word in _AROUND and found.named and found.start:
            return Moment(None, None, f"{found.start[0]}年{found.named}{word}")
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
    """Put open dates into `year`; a festival gets its day and keeps its name."""
    date = value.date
    if value.parts:
        value = value._replace(parts=tuple(resolve(part, year) for part in value.parts))
    if date is None:
        return value
    if date.named:
        return value if date.start or date.end else _on_its_day(value, date.named, year)
    return value._replace(date=DateSpan(_put(date.start, year), _put(date.end, year)))


def _on_its_day(value: Value, name: str, year: int) -> Value:
    """春节前 in a year. Which side of the day is meant is told by the words around the name."""
    moment = _named(name, year)
    day = _iso(moment.end)
    if day is None:
        return value
    before, _, after = normalise(value.text).text.partition(name)
    if after.startswith(_AROUND):
        return value
    start = None if after.startswith(_ENDS) or _UNTIL_WORD.search(before) else day
    end = None if after.startswith(_STARTS) or before.endswith(("自", "从")) else day
    return value._replace(date=DateSpan(start, end, name))


def _put(end: str | None, year: int) -> str | None:
    if end and end.startswith("--"):
        end = f"{year:04d}{end[1:]}"
        if end.endswith("-02-29") and not calendar.isleap(year):
            end = end[:-2] + "28"
    return end
