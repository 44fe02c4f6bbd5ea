"""Rows whose name and value stand in one cell, and whose other cell is blank: 合格率≥95%, 完成时间2027年10月底前."""

import re

from kpi.model import Entry, Indicator, TargetTable
from kpi.values.normal import MARKS

_LONGEST = 120  # characters of a name with its value
_UNIT = rf"[^\d{MARKS}()（）,，;；。、]{{0,10}}"
#: What a template asks for (≥**%) has no figure, and a figure without a sign may be part of the name (11月底前完成).
_TOLD = re.compile(
    rf"(?P<name>[^\d{MARKS}][^{MARKS}]*?[^\s{MARKS}(（:：])\s*[:：]?\s*"
    rf"(?P<value>(?:[{MARKS}]{{1,2}}|不低于|不少于|不超过|不高于|不大于|不小于)\s*\d[\d.,]*{_UNIT})"
)
#: A day, or a figure that the name leads on to, behind a name that plainly ends there.
_DATED = re.compile(
    r"(?P<name>\D{2,40}(?:时间|时限|日期|期限|节点))\s*[:：(（]?\s*"
    r"(?P<value>(?:20\d\d年)?\d{1,2}月(?:\d{1,2}[日号])?(?:[上中下]旬)?[底末初]?(?:之?前|以前|内)?)[)）]?"
)
_LED_ON = re.compile(rf"(?P<name>\D{{2,40}}(?:率|度|比例|占比))(?:达到|达|为)\s*(?P<value>\d[\d.]*\s*[%％]{_UNIT})")


def with_told_names(table: TargetTable) -> TargetTable:
    """The form with such names and values told apart; a row that has both stays as it is."""
    if all(row.name and row.valued for row in table.indicators):
        return table
    return table._replace(indicators=tuple(map(_apart, table.indicators)))


def _told(text: str) -> re.Match[str] | None:
    if len(text) > _LONGEST:
        return None
    return _TOLD.fullmatch(text) or _DATED.fullmatch(text) or _LED_ON.fullmatch(text)


def _apart(row: Indicator) -> Indicator:
    whole = row.name if not row.valued else "" if row.name else next((e.text for _, e in row.entries() if e.text), "")
    if not whole or not _told(whole):
        return row
    period, annual = (_entry(entry) if entry else None for entry in (row.period, row.annual))
    name = next((e.name for e in (period, annual) if e and e.text and e.name), row.name)
    return row._replace(name=name, period=period, annual=annual)


def _entry(entry: Entry) -> Entry:
    """The place of both is the cell that holds them, as far as the form tells it."""
    whole = entry.name if not entry.text else "" if entry.name else entry.text
    told = _told(whole) if whole else None
    if not told:
        return entry
    where = entry.cells.get("value" if entry.text else "name", entry.location)
    place = where.after(told.start("value"))
    return Entry(told["value"], told["name"].rstrip(), place, {**entry.cells, "name": where, "value": place})
