"""Amounts, shares and counts in a sentence of a disclosure, each with how exact it is.

A printed figure stands for every number that rounds to it: half a unit of its last digit either way. Whatever is
computed from figures carries that along as an interval, so that a sum of rounded parts is no error.
"""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from kpi.rules.text import number

_AMOUNT = re.compile(r"(?<![\d.\-])(\d[\d,]{0,19}(?:\.\d{1,6})?)\s{0,2}(亿|万)?元")
_SCALE = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
_LONGEST = 8_000  # characters of one sentence that are looked at


class Interval(NamedTuple):
    """All numbers that a figure may stand for."""

    low: Decimal
    high: Decimal

    def meets(self, other: "Interval") -> bool:
        return self.low <= other.high and other.low <= self.high

    def plus(self, other: "Interval") -> "Interval":
        return Interval(self.low + other.low, self.high + other.high)

    def minus(self, other: "Interval") -> "Interval":
        return Interval(self.low - other.high, self.high - other.low)

    def share(self, whole: "Interval") -> "Interval | None":
        """In percent; None where the whole may be nothing."""
        if whole.low <= 0:
            return None
        return Interval(self.low * 100 / whole.high, self.high * 100 / whole.low)


class Figure(NamedTuple):
    """An amount of money as a text states it, in 元. `half`: half a unit of its last digit."""

    value: Decimal
    half: Decimal
    text: str
    start: int
    end: int

    @property
    def range(self) -> Interval:
        return around(self.value, self.half)


def around(value: Decimal, half: Decimal) -> Interval:
    return Interval(value - half, value + half)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The sentence as the patterns read it: half-width, no white space; of bounded length."""
    return "".join(unicodedata.normalize("NFKC", text[:_LONGEST]).split())


@lru_cache(maxsize=4096)
def amounts(text: str) -> tuple[Figure, ...]:
    """The amounts of a plain sentence, in their order."""
    return tuple(_amounts(text))


def _amounts(text: str) -> Iterator[Figure]:
    for found in _AMOUNT.finditer(text):
        digits, scale = found[1].replace(",", ""), _SCALE[found[2] or ""]
        yield Figure(Decimal(digits) * scale, last_digit(digits) * scale / 2, found[0], found.start(), found.end())


def last_digit(digits: str) -> Decimal:
    """One unit of the last digit of a printed number: "12.50" → 0.01."""
    return Decimal(1).scaleb(-len(digits.partition(".")[2]))


def wan(value: Decimal) -> str:
    """Money as disclosures state it: 6,100.91万元; small sums in 元."""
    if abs(value) < 100:
        return f"{number(value.quantize(Decimal('0.01')))}元"
    shown = (value / 10_000).quantize(Decimal("0.01"))
    return f"{shown:,}万元" if shown * 10_000 == value else f"{number(value / 10_000)}万元"


def percent(value: Decimal, digits: int = 2) -> str:
    return f"{value.quantize(Decimal(1).scaleb(-digits))}%"
