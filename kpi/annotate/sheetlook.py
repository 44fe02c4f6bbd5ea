"""What of a sheet can be seen: cells that others are merged into, rows and columns that are hidden."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kpi.fixes.sheetcells import Address, address
from kpi.model import Location
from kpi.readers.formats.sheet import letters
from kpi.readers.formats.sheettags import ATTRIBUTE, tags_of

_REF = re.compile(r"([A-Z]{1,3}\d{1,7}):([A-Z]{1,3}\d{1,7})")
_YES = ("1", "true")
_FARTHEST = 2000  # rows or columns to look for one that shows


class Look(NamedTuple):
    """`merges`: the upper left cell with the lower right one; `rows` (1-based) and `columns` (0-based, as spans) are
    hidden."""

    merges: tuple[tuple[Address, Address], ...]
    rows: frozenset[int]
    columns: tuple[tuple[int, int], ...]


def look_of(text: str) -> Look:
    tags, start = tags_of(text), text.find("sheetData")
    spans = []
    for found in tags.column.finditer(text[:start]):
        stated = dict(ATTRIBUTE.findall(found[1]))
        if stated.get("hidden") in _YES:
            spans.append((int(stated.get("min", 0)) - 1, int(stated.get("max", 0)) - 1))
    rows = set()
    for at, found in enumerate(tags.row.finditer(text), 1):
        if dict(ATTRIBUTE.findall(found[2])).get("hidden") in _YES:
            rows.add(int(found[1] or dict(ATTRIBUTE.findall(found[2])).get("r", at)))
    return Look(tuple(_merges(tags.merge.findall(text))), frozenset(rows), tuple(spans))


def first_cell(looks: Mapping[str, Look], place: Location) -> Location:
    """The place itself, or the upper left cell of those that cover it: nothing shows at the others."""
    at = address(place.cell or "")
    if at is None or place.sheet is None or place.sheet not in looks:
        return place
    for first, last in looks[place.sheet].merges:
        if first.row <= at.row <= last.row and first.column <= at.column <= last.column:
            return place._replace(cell=_name(first))
    return place


def seen_cell(looks: Mapping[str, Look], place: Location) -> str:
    """The cell, or where its row or column is hidden the nearest one that can be seen: there a link leads to."""
    at = address(place.cell or "")
    if at is None or place.sheet is None or place.sheet not in looks:
        return place.cell or ""
    look = looks[place.sheet]
    row = next((one for one in _around(at.row, 1) if one not in look.rows), at.row)
    columns = (one for one in _around(at.column, 0) if not any(a <= one <= b for a, b in look.columns))
    return _name(Address(row=row, column=next(columns, at.column)))


def _around(at: int, least: int) -> Iterable[int]:
    """The number, then its neighbours, the nearest first and of two the earlier."""
    return (one for far in range(_FARTHEST) for one in dict.fromkeys((at - far, at + far)) if one >= least)


def _merges(refs: Iterable[str]) -> Iterable[tuple[Address, Address]]:
    for ref in refs:
        pair = _REF.fullmatch(ref)
        first, last = (address(pair[1]), address(pair[2])) if pair else (None, None)
        if first and last:
            yield first, last


def _name(at: Address) -> str:
    return f"{letters(at.column)}{at.row}"
