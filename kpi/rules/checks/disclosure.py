"""A disclosure as the rules on budgets see it: its year, the totals of its tables, its sentences by paragraph."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from kpi.model import Budget, Document, Location, Statement, TargetTable
from kpi.rules.statements import Interval, amounts, around, plain

_YEAR = re.compile(r"(20\d\d)年")
_SPLIT = "·"
_NO_BUDGET = Budget()


class Total(NamedTuple):
    """A total of a table, or of one of its columns or sides. `half`: half a unit of its last digit."""

    table: str
    column: str
    value: Decimal
    half: Decimal

    @property
    def name(self) -> str:
        return f"{f'《{self.table}》' if self.table else '预算表'}的{self.column or '合计'}"

    @property
    def range(self) -> Interval:
        return around(self.value, self.half)


class Sentence(NamedTuple):
    """A statement, how it reads in plain characters, and the sentences before it in the same paragraph."""

    statement: Statement
    text: str
    before: tuple[str, ...]


def budget_of(document: Document) -> Budget:
    return document.budget or _NO_BUDGET


def half_of(budget: Budget, table: str, rounding: Decimal) -> Decimal:
    """How exact a table's figures are: as it prints them, or `rounding` where the file does not tell."""
    return budget.rounding.get(table, rounding)


def totals(budget: Budget, rounding: Decimal) -> tuple[Total, ...]:
    found = []
    for key, value in budget.totals.items():
        table, _, column = key.partition(_SPLIT)
        found.append(Total(table, column, value, half_of(budget, table, rounding)))
    return tuple(found)


def year_of(document: Document) -> int | None:
    """The year that the document is about, where its tables (or else its forms, or else its text) agree on one."""
    titled = [year for key in budget_of(document).totals for year in _YEAR.findall(key.partition(_SPLIT)[0])]
    told = {int(year) for year in titled} or {table.year for table in document.tables if table.year}
    if told:
        return next(iter(told)) if len(told) == 1 else None
    opening = Counter(int(year) for one in document.narrative for year in _YEAR.findall(one.text[:12]))
    return opening.most_common(1)[0][0] if opening else None


def sentences(document: Document) -> Iterator[Sentence]:
    """The sentences that state a figure; those of one paragraph follow each other."""
    paragraph: object = None
    before: tuple[str, ...] = ()
    for statement in document.narrative:
        place = _paragraph(statement.location)
        if place is None or place != paragraph:
            before = ()
        text = plain(statement.text)
        yield Sentence(statement, text, before)
        paragraph, before = place, (*before[-2:], text)


def _paragraph(place: Location) -> object:
    """Sentences of one paragraph share all of their place but the column."""
    known = (place.line, place.sheet, place.cell, place.table, place.row, place.page, place.bbox)
    return known if any(part is not None for part in known) else None


def targets(document: Document) -> tuple[TargetTable, ...]:
    """The forms of projects: what a project table of the same document lists."""
    return tuple(table for table in document.tables if table.form == "target")


@lru_cache(maxsize=256)
def _named(names: frozenset[str], between: frozenset[str]) -> re.Pattern[str]:
    some = "|".join(sorted(map(re.escape, names), key=len, reverse=True)) or r"(?!)"
    gap = "|".join(sorted(map(re.escape, between), key=len, reverse=True)) or r"(?!)"
    filler = rf'{gap}|20\d\d年?|[:,"“”]|\((?!\d)[^()]{{0,12}}\)'
    return re.compile(rf"({some})(?:{filler}){{0,8}}(?=\d[\d,.]{{0,24}}(?:亿|万)?元)")


def named_amounts(text: str, names: Iterable[str], between: frozenset[str]) -> Iterator[tuple[str, int]]:
    """Names with their amount behind them and nothing but such words between: (name, number of the amount)."""
    at = {figure.start: n for n, figure in enumerate(amounts(text))}
    held = frozenset(name for name in names if name in text)
    for found in _named(held, between).finditer(text) if held else ():
        if found.end() in at:
            yield found[1], at[found.end()]


def spans(some: Iterable[Total]) -> tuple[Interval, ...]:
    return tuple(dict.fromkeys(total.range for total in some))
