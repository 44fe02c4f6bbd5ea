"""The two halves of a form held side by side: which row of one answers which of the other, and how values differ."""

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal, NamedTuple

from kpi.model import HALVES, Funding, Half, Indicator, TargetTable
from kpi.names import read_name
from kpi.rules.checks.rows import blank, names_nothing
from kpi.rules.context import FormContext
from kpi.rules.finding import Evidence
from kpi.rules.term import span_of, term_of
from kpi.rules.text import core, squash
from kpi.values import Value, comparable, find_values, parse, same

Difference = Literal["values", "wording"]
_ALIKE = 0.6
_READ = 400  # longer names and values are compared by their beginning
_TWICE = 2  # the money of a told year so many times over is that of several years
_GRADE = 2  # a value of so few characters in words is a grade
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_POINT = re.compile(r"(?<=\d)[.．](?=\d)")
_FLOORS = frozenset({">=", ">"})
_CAPS = frozenset({"<=", "<"})


class Side(NamedTuple):
    """One half of one row: its own name and value text, and the row that it stands in."""

    half: Half
    row: Indicator
    name: str
    text: str

    @property
    def key(self) -> tuple[str, str]:
        return core(self.name), said(self.text)

    def quote(self) -> Evidence:
        """Its value cell; its name where that is blank."""
        entry = self.row.period if self.half == "period" else self.row.annual
        return Evidence(self.text or self.name, entry.location if entry else self.row.location)

    def quote_name(self) -> Evidence:
        entry = self.row.period if self.half == "period" else self.row.annual
        place = entry.cells.get("name", entry.location) if entry else self.row.location
        return Evidence(self.name, place)


class Aligned(NamedTuple):
    """`pairs`: rows that both halves have; `alone`: rows of one half."""

    pairs: tuple[tuple[Side, Side], ...]
    alone: tuple[Side, ...]


def unlike_spans(table: TargetTable) -> str | None:
    """Why the halves of a form need not agree: it has one only, or they are not about the same year. None: they are."""
    money = [funding.total if funding else None for funding in (table.period_funding, table.annual_funding)]
    printed = [_printed(funding) for funding in (table.period_funding, table.annual_funding)]
    if money == [None, None] and None not in printed:
        money = printed  # 42.00 and 15.00, of whatever unit
    length = term_of(table)
    if length.open_ended or (length.years is not None and length.years > 1):
        return "项目期不止一年，两侧本来就可以不同"
    period, annual = money
    if period is not None and annual is not None and period != annual:
        told = length.months is not None and max(period, annual) < _TWICE * min(period, annual)
        return None if told else "两侧资金不同，不是同一年的目标"
    if length.months is None and None in money:
        return "表中没有写明项目期"
    return None


def _printed(funding: Funding | None) -> Decimal | None:
    """The amount as it stands, without a unit that is told nowhere."""
    text = funding.text.replace(",", "").strip() if funding else ""
    return Decimal(text) if re.fullmatch(r"\d+(?:\.\d+)?", text) else None


def align(form: FormContext) -> Aligned:
    """Rows are paired within a second level: those that stand side by side first, then those of like names."""
    pairs: list[tuple[Side, Side]] = []
    alone: list[Side] = []
    for level in dict.fromkeys(row.level2 for row in form.table.indicators):
        rows = [row for row in form.table.indicators if row.level2 == level]
        left, right = _beside(rows, pairs)
        _by_name(left, right, pairs)
        _by_value(left, right, pairs)
        alone += [*left, *right]
    return Aligned(tuple(pairs), tuple(alone))


def _beside(rows: Sequence[Indicator], pairs: list[tuple[Side, Side]]) -> tuple[list[Side], list[Side]]:
    left: list[Side] = []
    right: list[Side] = []
    for row in rows:
        sides = [side for half in HALVES if (side := _side(row, half))]
        if len(sides) == 2 and alike(sides[0].name, sides[1].name):
            pairs.append((sides[0], sides[1]))
        else:
            left += [side for side in sides if side.half == "period"]
            right += [side for side in sides if side.half == "annual"]
    return left, right


def _side(row: Indicator, half: Half) -> Side | None:
    """What a half of a row states; None where it states nothing. A name that only the other side prints is shared."""
    entry = row.entry(half)
    if entry is None or (names_nothing(entry.name) and blank(entry.text, read_name(row.name, row.level2))):
        return None
    return Side(half, row, (entry.name or row.name).strip()[:_READ], entry.text.strip()[:_READ])


def _by_name(left: list[Side], right: list[Side], pairs: list[tuple[Side, Side]]) -> None:
    for one in tuple(left):
        near = [other for other in right if alike(one.name, other.name)]
        if near:
            other = max(near, key=lambda side: (core(side.name) == core(one.name), side.text == one.text))
            left.remove(one)
            right.remove(other)
            pairs.append((one, other))


def _by_value(left: list[Side], right: list[Side], pairs: list[tuple[Side, Side]]) -> None:
    """What still stands side by side under two names, with one value, is one row under two names."""
    for one in tuple(left):
        other = next((side for side in right if side.row is one.row and difference(one, side, None) is None), None)
        if other:
            left.remove(one)
            right.remove(other)
            pairs.append((one, other))


@lru_cache(maxsize=4096)
def alike(one: str, other: str) -> bool:
    """Equal, cut short, or mostly the same characters in the same order."""
    a, b = core(one), core(other)
    if not a or not b or a.startswith(b) or b.startswith(a):
        return True
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= _ALIKE


def swapped(pair: tuple[Side, Side], aligned: Aligned) -> bool:
    """Rows that share a name may stand in another order: the same name and value is found on both sides."""
    level = pair[0].row.level2
    sides = [side for both in aligned.pairs for side in both if side.row.level2 == level]
    held = {half: Counter(side.key for side in sides if side.half == half) for half in HALVES}
    return all(held["annual" if side.half == "period" else "period"][side.key] for side in pair)


def said(text: str) -> str:
    """A value for comparing: squashed, but 1.2万 is not 12万."""
    return squash(_POINT.sub("点", text))


def difference(one: Side, other: Side, year: int | None) -> Difference | None:
    """How two values differ: in what they ask for, or only in how it is said; None where they are the same, where one
    is the other cut short, and where a blank, a damaged value or two units are some other rule's to tell."""
    if said(one.text) == said(other.text):
        return None
    a, b = parse(one.text, year=year), parse(other.text, year=year)
    if {a.kind, b.kind} & {"empty", "malformed"} or same(a, b):
        return None
    if a.kind == b.kind == "quantity":
        return _figures(a, b)
    if cut_short(one.text, other.text):
        return None
    if {a.kind, b.kind} <= {"date", "quantity"}:
        return _times(a, b, year)
    return _words(a, b)


def cut_short(one: str, other: str) -> bool:
    """One text is the beginning of the other: forms cut what is too long for their cells."""
    short, long = sorted((squash(one), squash(other)), key=len)
    return bool(short) and long.startswith(short)


def _figures(a: Value, b: Value) -> Difference | None:
    """Unlike units are UNI007's and a unit left out UNI002's to tell; a sign left out is only a wording here."""
    if a.unit and b.unit and not comparable(a, b):
        return None
    if (a.unit is None) != (b.unit is None) and _DIGITS.findall(a.text) == _DIGITS.findall(b.text):
        return None
    if _numbers(a) != _numbers(b):
        return "values"
    signs = {a.comparator, b.comparator}
    return "values" if signs & _FLOORS and signs & _CAPS else "wording"


def strictness(one: Side, other: Side) -> bool:
    """≤2小时 beside <2小时: one bound with and without its end, which VAL009 tells."""
    a, b = parse(one.text), parse(other.text)
    strict = {a.comparator, b.comparator} in ({"<", "<="}, {">", ">="})
    return a.kind == b.kind == "quantity" and strict and a.unit == b.unit and _numbers(a) == _numbers(b)


def _numbers(value: Value) -> frozenset[Decimal]:
    return frozenset(bound.value for bound in (value.lower, value.upper) if bound)


def _times(a: Value, b: Value, year: int | None) -> Difference:
    """Dates by their last day; days that cannot be told, and a year beside twelve months, are a matter of wording."""
    if any(value.kind == "quantity" and value.dimension != "time" for value in (a, b)):
        return "values"
    ends = [span[1] if (span := span_of(value.text, year)) else None for value in (a, b)]
    return "wording" if None in ends or ends[0] == ends[1] else "values"


def _words(a: Value, b: Value) -> Difference:
    """A figure against words that do not hold it, or two grades, are two targets; prose is worded in two ways."""
    if (a.kind == "quantity") != (b.kind == "quantity"):
        figure, prose = (a, b) if a.kind == "quantity" else (b, a)
        return "wording" if _holds(prose.text, figure) else "values"
    short = all(value.kind == "qualitative" and len(squash(value.text)) <= _GRADE for value in (a, b))
    return "values" if short else "wording"


def _holds(prose: str, figure: Value) -> bool:
    if figure.unit == "%" and figure.figure == 100 and ("全" in prose or "均" in prose or "应" in prose):
        return True
    return any(value.figure == figure.figure for _, _, value in find_values(prose[:_READ]))


def names_differ(one: Side, other: Side) -> bool:
    a, b = core(one.name), core(other.name)
    return bool(a and b) and not (a.startswith(b) or b.startswith(a))
