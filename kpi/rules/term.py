"""How long a project runs and when: the one place that reads a form's year, term and period from what it prints."""

import re
from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR, date, timedelta
from decimal import Decimal
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from kpi.lazyre import later
from kpi.model import TargetTable
from kpi.rules.text import to_step
from kpi.values import Value, find_values, parse

_READ = 200  # a term longer than this is prose; its beginning tells
_ANY_YEAR = 2023  # open dates ("1月-12月") have the same length in every year but a leap one
_YEAR = re.compile(r"(?<!\d)20\d{2}(?=(?:\d{4})?(?!\d))")
_OPEN = later(r"起(?![止至到—~～-])|以来|长期|至今|持续|开始|延续|经常|常年|永久|每年|逐年")
_TERM = re.compile(r"(?<![\d—~～至-])(\d{1,2}|[一二两三四五六七八九十])(个?年|个月)(?!\d|度?[一二三四]季度)")
_TERM_IN_MONTHS = re.compile(r"(?:(\d{1,2})年(?:零|又)?)?(\d{1,2})个月|\A(\d{1,2})月\Z")
_COMPACT = re.compile(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])(?=[-—–~～至到]+20\d{2}(?:0[1-9]|1[0-2])(?!\d))")
_COMPACT_END = later(r"(?<=[-—–~～至到])(20\d{2})(0[1-9]|1[0-2])(?!\d)")
_FIRST_MONTH = re.compile(r"(?<!\d)(20\d{2})[年./-](0?[1-9]|1[0-2])月?(?:1[日号]|0?1[日号])?(?:起|开始)")
_LONGEST = 19  # "24年" is a year
_CHINESE = {word: n for n, word in enumerate("零一二三四五六七八九十")} | {"两": 2}
_SPAN = later(r"20\d\d年?\s*[-—–－~～至到]+\s*20\d\d(?!\d)")
_PLAN = later("规划|纲要|远景")
_WHOLE_YEAR = ("年度", "本年度", "一个年度", "1个年度", "当年", "本年")
_YEAR_COLUMN = re.compile(r"(?:[^\d(（]{2,6}[(（])?(20\d\d)(?!\d)")
_NEXT_YEAR = re.compile("下一?年|次年|后年")
_NUMBER = re.compile(r"[(\[〔【（]\s*20\d{2}\s*年?[)\]〕】）]")
_EMPTY_BOX = re.compile("[□☐○]")
_BOX = later("[□☐○√✓✔☑■●]")
_TICKED_AFTER = later("[√✓✔☑■●]+([^□☐○√✓✔☑■●]*)")
_TICKED_BEFORE = later("([^□☐○√✓✔☑■●]*)□?[√✓✔☑■●]")
_DAYS_A_MONTH = Decimal("30.4375")
_DAYS = {"天": 1, "自然日": 1, "周": 7}
_MONTHS = {"年": Decimal(12), "月": Decimal(1), "季": Decimal(3), "季度": Decimal(3), "学年": Decimal(12)}


class Term(NamedTuple):
    """What a text says of a project's time. `months`: its length, None where it does not tell; `start` and `end`: its
    first and last day where the text (or the form's year) gives them; `open_ended`: it begins and does not stop;
    `told`: the length itself is written (1年（2027.03-2028.02）)."""

    text: str = ""
    start: date | None = None
    end: date | None = None
    months: Decimal | None = None
    open_ended: bool = False
    told: bool = False

    @property
    def years(self) -> Decimal | None:
        """The budget years that it touches: September to next August are two. Its length where that is written, or
        where it has no dates."""
        if self.months is not None and self.start and self.end and not self.told:
            return Decimal(self.end.year - self.start.year + 1)
        return None if self.months is None else self.months / 12


NO_TERM = Term()


class Window(NamedTuple):
    """The days on which what a form promises may happen; None where a side is open. `told`: words for a message;
    `year_end`: the last day of its year where no term tells the end, None where the work goes on for ever."""

    start: date | None
    end: date | None
    told: str
    year_end: date | None = None


@lru_cache(maxsize=4096)
def read_term(text: str, year: int | None = None) -> Term:
    """ "1年", "三年", "36个月", "2026年1月-12月", "2024—2026年", "上半年", "2024年起", "长期", "一次性项目(1年结束)".

    `year` puts stretches without one ("1月-12月", "上半年") into a year.
    """
    plain = _spelled(_NUMBER.sub("", "".join(text[:_READ].split())))
    if not plain:
        return NO_TERM
    length = _stated_length(plain)
    if length is not None:
        return _of_length(text, plain, length)
    start, end = _dates(plain, year)
    if start and end and start < end:
        dated = year is not None or _YEAR.search(plain) or not start.year == end.year == _ANY_YEAR
        months = _months_between(start, end)
        return Term(text, start, end, months) if dated else Term(text, months=months)
    if _OPEN.search(plain):
        return Term(text, start, None, None, open_ended=True)
    if end and start is None and end.year != year:
        return Term(text, None, end)  # 至2027年底: who knows since when
    return _named_years(text, plain, year)


def _spelled(plain: str) -> str:
    """202001-202012 with its months told: 2020年01月-2020年12月."""
    if not _COMPACT.search(plain):
        return plain
    return _COMPACT_END.sub(r"\1年\2月", _COMPACT.sub(r"\1年\2月", plain))


def _dates(plain: str, year: int | None) -> tuple[date | None, date | None]:
    span = parse(plain, year=year or _ANY_YEAR).date
    return (_day(span.start), _day(span.end)) if span else (None, None)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text and not text.startswith("--") else None


def _months_between(start: date, end: date) -> Decimal:
    return Decimal(max(1, round(((end - start).days + 1) / _DAYS_A_MONTH)))


def _stated_length(plain: str) -> Decimal | None:
    """The months of 3年, 18个月, 1年6个月, 半年; 3年以上 has no end."""
    if plain.startswith("半年"):
        return Decimal(6)
    if found := _TERM_IN_MONTHS.search(plain):
        whole, months, alone = (Decimal(group or 0) for group in found.groups())
        return whole * 12 + months + alone or None
    found = _TERM.search(plain)
    if not found or plain[found.end() :].startswith(("以上", "及以上")):
        return None
    count = _CHINESE[found[1]] if found[1] in _CHINESE else int(found[1])
    if count > _LONGEST and "年" in found[2]:
        return None
    return Decimal(count * (12 if "年" in found[2] else 1)) or None


def _of_length(text: str, plain: str, months: Decimal) -> Term:
    """A length, with days where the text has a range of that length (1年(2027.03-2028.02)), names as many years
    (五年(2024-2028年)) or a first one, with or without its month (2024年起三年, 2027年7月起1年)."""
    for start, end in _ranges(plain):
        if _months_between(start, end) == months:
            return Term(text, start, end, months, told=True)
    if found := _FIRST_MONTH.search(plain):
        start = date(int(found[1]), int(found[2]), 1)
        return Term(text, start, _after(start, int(months)) - timedelta(days=1), months, told=True)
    named = sorted({int(found) for found in _YEAR.findall(plain)})
    spans = len(named) > 1 and (named[-1] - named[0] + 1) * 12 == months
    begins = len(named) == 1 and months % 12 == 0 and ("起" in plain or "开始" in plain)
    if not spans and not begins:
        return Term(text, months=months)
    return Term(text, date(named[0], 1, 1), date(named[0] + int(months // 12) - 1, 12, 31), months)


def _ranges(plain: str) -> Iterator[tuple[date, date]]:
    """The stretches from day to day that a text tells."""
    bracketed = (parse(found) for found in re.findall(r"[(（\[【]([^()（）]+)[)）\]】]", plain))
    for value in (*(value for _, _, value in find_values(plain)), *bracketed):
        start, end = (_day(value.date.start), _day(value.date.end)) if value.date else (None, None)
        if start and end and start < end:
            yield start, end


def _after(start: date, months: int) -> date:
    """The first day of the month so many months later."""
    years, month = divmod(start.month - 1 + months, 12)
    return date(start.year + years, month + 1, 1)


def _named_years(text: str, plain: str, year: int | None) -> Term:
    """The years that a text names besides a date: first to last; one is that calendar year."""
    named = sorted({int(found) for found in _YEAR.findall(plain)})
    if not named and (plain in _WHOLE_YEAR or "当年" in plain):
        if year is None:
            return Term(text, months=Decimal(12))
        named = [year]
    if not named:
        return Term(text)
    return Term(text, date(named[0], 1, 1), date(named[-1], 12, 31), Decimal(12 * (named[-1] - named[0] + 1)))


@lru_cache(maxsize=1024)
def chosen(text: str) -> str:
    """What is ticked of printed options ("新增项目□ 延续项目√", "□一次性 ☑经常性"); the text where there are none."""
    plain = "".join(text[:_READ].split())
    if not _EMPTY_BOX.search(plain):
        return text
    before = _BOX.match(plain) is not None
    return "、".join(found for found in (_TICKED_AFTER if before else _TICKED_BEFORE).findall(plain) if found)


def term_of(table: TargetTable) -> Term:
    """The term as the form states it, else as its attribute does ("一次性项目(1年结束)")."""
    read = [read_term(chosen(text), table.year) for text in (table.term, table.attribute) if text and text.strip()]
    telling = (term for term in read if term.months is not None or term.open_ended)
    return next(telling, next(iter(read), NO_TERM))


def years(table: TargetTable) -> Decimal | None:
    """How many budget years the project runs; None where the form does not tell."""
    return term_of(table).years


def one_year(table: TargetTable) -> bool:
    length = years(table)
    return length is not None and length <= 1


def later_years(table: TargetTable) -> tuple[str, ...]:
    """The heads of the columns of targets for years after the form's. Where it has such columns, its goals and its
    money may be those of all the years."""
    heads = dict.fromkeys(head for row in table.indicators for head in row.columns)
    return tuple(head for head in heads if "实际" not in head and _is_later(head, table.year or 0))


def _is_later(head: str, year: int) -> bool:
    """2027年指标值, 指标值(2027年) and 下年度指标值, in a form of 2026."""
    told = _YEAR_COLUMN.match(head)
    return int(told[1]) > year if told else _NEXT_YEAR.match(head) is not None


def window(table: TargetTable) -> Window | None:
    """The form's year, widened by its term and by the years that its title and project name; None without a year.

    Of a term without dates (3年) this year may be the first or the last. Where the form tells no term, its end is
    open: work goes on in the year after the money.
    """
    term = term_of(table)
    known = [day.year for day in (term.start, term.end) if day]
    if table.year is None and not known:
        return None
    named = [*known, *([table.year] if table.year else []), *named_years(table.project), *named_years(table.title)]
    first, last = min(named), max(named)
    if term.months is not None and not (term.start and term.end):
        more = ceil(term.months / 12) - 1
        first, last = max(MINYEAR, first - more), min(MAXYEAR, last + more)
    began_before = read_term(table.term or "", table.year).open_ended and not term.start  # not for 延续项目 alone
    start = None if began_before else date(first, 1, 1)
    end = None if term.months is None else date(last, 12, 31)
    if term.end and end and term.end.year == last:
        end = term.end  # 2022年3月-2023年11月
    untold = end is None and not term.open_ended and not began_before
    return Window(start, end, _told(table, first, last), date(last, 12, 31) if untold else None)


def _told(table: TargetTable, first: int, last: int) -> str:
    if table.term and table.term.strip() and table.year:
        return f"{table.year}年度、项目期{table.term.strip()}"
    return f"{first}年度" if first == last else f"{first}—{last}年"


@lru_cache(maxsize=4096)
def named_years(text: str) -> tuple[int, ...]:
    """The years that a name speaks of, those of document numbers and of what a plan is for (2021—2035年) aside."""
    plain = _NUMBER.sub("", text[:_READ])
    plain = _SPAN.sub("", plain) if _PLAN.search(plain) else plain  # 国土空间规划（2021—2035年）编制
    return tuple(int(found) for found in _YEAR.findall(plain))


def duration(value: Value) -> Decimal | None:
    """The months that a value of time states: 1年, 12个月, 365天; None for other values and for ranges."""
    if value.kind != "quantity" or value.dimension != "time" or value.figure is None:
        return None
    if value.unit in _DAYS:
        return _whole_months(value.figure * _DAYS[value.unit])
    factor = _MONTHS.get(value.unit or "")
    return value.figure * factor if factor else None


def _whole_months(days: Decimal) -> Decimal:
    """365 and 366 days are a year; others to the tenth of a month."""
    return Decimal(12) if days in (365, 366) else to_step(days / _DAYS_A_MONTH, "0.1")


@lru_cache(maxsize=2048)
def times_in(text: str) -> tuple[Value, ...]:
    """Dates and durations within running text."""
    return tuple(value for _, _, value in find_values(text) if value.kind == "date" or _timed(value))


def _timed(value: Value) -> bool:
    return value.kind == "quantity" and "time" in (value.dimension or "")


@lru_cache(maxsize=4096)
def span_of(text: str, year: int | None) -> tuple[date | None, date | None] | None:
    """First and last day of a value that is a date, put into `year` where it names none; None for other values."""
    value = parse(text, year=year)
    if value.kind != "date" or value.date is None:
        return None
    return _day(value.date.start), _day(value.date.end)
