"""Rows whose value stands in the cell of the name, behind a sign, and whose own cell is blank: 合格率≥95% | (blank)."""

import re

from kpi.model import Entry, Indicator, TargetTable

_LONGEST = 120  # characters of a name with its value
_SIGN = "<>=≤≥≦≧＜＞＝"
#: What a template asks for (≥**%) has no figure, and a figure without a sign may be part of the name (11月底前完成).
_TOLD = re.compile(
    rf"(?P<name>[^\d{_SIGN}][^{_SIGN}]*?[^\s{_SIGN}(（:：])\s*[:：]?\s*"
    rf"(?P<value>(?:[{_SIGN}]{{1,2}}|不低于|不少于|不超过|不高于|不大于|不小于)\s*\d[\d.,]*[^\d{_SIGN}()（）,，;；。、]{{0,10}})"
)


def with_told_names(table: TargetTable) -> TargetTable:
    """The form with such names and values told apart; a row with a value anywhere stays as it is."""
    if not any(_is_blank(row) for row in table.indicators):
        return table
    rows = (_apart(row) if _is_blank(row) else row for row in table.indicators)
    return table._replace(indicators=tuple(rows))


def _is_blank(row: Indicator) -> bool:
    return not row.valued and len(row.name) <= _LONGEST and _TOLD.fullmatch(row.name) is not None


def _apart(row: Indicator) -> Indicator:
    period, annual = (_entry(entry) if entry else None for entry in (row.period, row.annual))
    name = next((e.name for e in (period, annual) if e and e.text), row.name)
    return row._replace(name=name, period=period, annual=annual)


def _entry(entry: Entry) -> Entry:
    """The place of both is the cell of the name, as far as the form tells it."""
    told = _TOLD.fullmatch(entry.name) if len(entry.name) <= _LONGEST else None
    if not told:
        return entry
    where = entry.cells.get("name", entry.location)
    place = where.after(told.start("value"))
    return Entry(told["value"], told["name"].rstrip(), place, {**entry.cells, "name": where, "value": place})
