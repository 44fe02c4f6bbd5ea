"""How much of the time is over, and how much of the work the plan asks for by then."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate
from typing import NamedTuple

from kpi.values import parse

_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,4})?")
_LISTED = re.compile(r"\d[\d.]*%?(?:[/、,;|\s→\-]+\d[\d.]*%?)+")
_PARTS = (2, 4, 12)  # halves, quarters and months of the calendar year
_LONGEST = 200


class Span(NamedTuple):
    """The days over which a target is to be reached, both included."""

    start: date
    end: date

    def elapsed(self, as_of: date) -> int:
        """Days that are over, the as-of day included; none before the start, all after the end."""
        return max(0, min((as_of - self.start).days + 1, self.days))

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def share(self, as_of: date) -> Fraction:
        return Fraction(self.elapsed(as_of), self.days)

    def within(self, start: date | None, end: date | None) -> "Span":
        """The part between two days; the whole where nothing is left of it."""
        first, last = max(self.start, start or self.start), min(self.end, end or self.end)
        return Span(first, last) if first <= last else self


def year_span(year: int) -> Span:
    return Span(date(year, 1, 1), date(year, 12, 31))


def last_of_month(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def planned(text: str, span: Span, as_of: date, seasons: Mapping[str, Sequence[int]]) -> Fraction | None:
    """The share of the year's work that a plan (进度安排) asks for by the day; None where it cannot be read.

    "30/50/80/100": what is to be reached by the end of each quarter (half-year, month) of the calendar year, or of each
    month of a shorter span; all of it at the end. A season (采暖季), a stretch of months or dates: even progress within
    it.
    """
    plain = unicodedata.normalize("NFKC", text[:_LONGEST]).strip()
    if not plain:
        return None
    if _LISTED.fullmatch(plain):
        return _by_points(plain, span, as_of)
    months = next((seasons[name] for name in sorted(seasons, key=len, reverse=True) if name in plain), None)
    if months:
        days = [d for d in _days(span) if d.month in months]
        return Fraction(sum(d <= as_of for d in days), len(days)) if days else None
    stretch = parse(plain, year=span.end.year).date
    if stretch and stretch.start and stretch.end and stretch.start < stretch.end:
        return span.within(date.fromisoformat(stretch.start), date.fromisoformat(stretch.end)).share(as_of)
    return None


def _days(span: Span) -> list[date]:
    return [span.start + timedelta(days=n) for n in range(min(span.days, 366 * 10))]


def _by_points(text: str, span: Span, as_of: date) -> Fraction | None:
    points = _points([Fraction(found) for found in _NUMBER.findall(text)])
    stretches = _stretches(span, len(points)) if points else []
    before = Fraction(0)
    for point, stretch in zip(points or (), stretches, strict=False):
        if as_of <= stretch.end:
            return before + (point - before) * stretch.share(as_of)
        before = point
    return before if stretches else None


def _points(shares: list[Fraction]) -> list[Fraction] | None:
    """Cumulative shares of one; parts that add up to the whole are added up first. None where they fall, or do not come
    to the whole: a number was left out."""
    whole = Fraction(1) if max(shares) <= 1 else Fraction(100)
    if shares[-1] < whole and sum(shares) == whole:
        shares = list(accumulate(shares))
    if sorted(shares) != shares or shares[-1] != whole:
        return None
    return [share / whole for share in shares]


def _stretches(span: Span, parts: int) -> list[Span]:
    """The halves, quarters or months of the calendar year, else the months or quarters of a shorter span; [] where
    there are not so many: nobody knows which of four quarters three numbers mean."""
    if parts in _PARTS:
        return _cut(year_span(span.end.year), 12 // parts)
    return next((cut for months in (1, 3) if len(cut := _cut(span, months)) == parts), [])


def _cut(span: Span, months: int) -> list[Span]:
    """The span cut at the ends of so many calendar months."""
    made: list[Span] = []
    begun = span.start
    while begun <= span.end and len(made) < _PARTS[-1]:
        last = last_of_month(begun.year, -(-begun.month // months) * months)
        made.append(Span(begun, min(last, span.end)))
        begun = made[-1].end + timedelta(days=1)
    return made
