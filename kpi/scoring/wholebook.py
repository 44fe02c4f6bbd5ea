"""Every sheet of a workbook that came back, with all that is hidden in it: people hide what they have finished.

What a cell holds may not be what it shows: a number under a format of its own, or what is struck out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from html import unescape
from itertools import groupby
from math import isfinite
from typing import NamedTuple

from kpi.packages.cells import SheetCell, sheet_cells, sheet_text
from kpi.readers import ReadError, Row, source_of
from kpi.readers.formats import sheetods, sheetxls, sheetxml
from kpi.readers.formats.sheet import NOTES_SHEET, Ranges, Sheet
from kpi.readers.formats.sheetgrid import rows
from kpi.readers.formats.sheetparts import Parts
from kpi.readers.formats.sniff import real_kind
from kpi.readers.formats.xlsxbook import Book, book

_DIGITS = 15  # of a number, as spreadsheets count them


@dataclass
class WholeSheet:
    """`rows`: hidden ones, too. `cells`: what they hold, by their names; None where a file shows texts alone."""

    name: str
    rows: tuple[Row, ...]
    _file: "_File | None" = None

    @cached_property
    def cells(self) -> Mapping[str, "Held"] | None:
        return None if self._file is None else self._file.held(self.name)


class Held(NamedTuple):
    """`number`: None for a text, a truth, an error; `text`: what stands there whatever becomes of it."""

    number: Decimal | None
    text: str
    struck: bool


def whole_sheets(data: bytes, path: str) -> tuple[WholeSheet, ...]:
    """Raises ReadError; a file that is no spreadsheet comes with what its reader sees."""
    kind = real_kind(data)
    file = _File(data, path) if kind == "xlsx" else None
    try:
        found = [sheet for sheet in _sheets(data, path, kind) if sheet.name != NOTES_SHEET]
    except ReadError:
        if kind != "xls":
            raise
        found = []  # older ones that only another program can read
    if not found:
        by_sheet = groupby(source_of(data, path).rows, key=lambda row: row.location.sheet or "")
        return tuple(WholeSheet(name, tuple(some)) for name, some in by_sheet)
    shown = (replace(one, hidden=False, hidden_rows=Ranges(), hidden_columns=Ranges()) for one in found)
    return tuple(WholeSheet(one.name, tuple(rows(one, number)[0]), file) for number, one in enumerate(shown))


def _sheets(data: bytes, path: str, kind: str) -> Iterator[Sheet]:
    if kind == "xlsx":
        yield from sheetxml.sheets(Parts(data, path, ".xlsx"))
    elif kind == "ods":
        yield from sheetods.sheets(Parts(data, path, ".ods"))
    elif kind == "xls":
        yield from sheetxls.sheets(data, path)


@dataclass
class _File:
    """An .xlsx to look into."""

    data: bytes
    path: str

    @cached_property
    def _parts(self) -> Parts:
        return Parts(self.data, self.path, ".xlsx")

    @cached_property
    def _book(self) -> Book:
        return book(self._parts)

    def held(self, name: str) -> Mapping[str, Held]:
        part = next(sheet.part for sheet in self._book.sheets if sheet.name == name)
        return {cell: _held(one, self._book) for cell, one in sheet_cells(sheet_text(self._parts, part))}


def _held(cell: SheetCell, workbook: Book) -> Held:
    raw, style = cell.raw.strip(), cell.attributes.get("s", "0")
    struck = cell.mixed or (style.isdecimal() and int(style) in workbook.struck_styles)
    if cell.kind == "s":
        shared = int(raw)
        gone = workbook.mixed.get(shared, "")
        return Held(None, workbook.texts[shared] or gone, struck or bool(gone))
    if cell.kind != "n":
        return Held(None, unescape(raw) or ("……" if cell.mixed else ""), struck)
    number = _float(raw)
    return Held(None if number is None else Decimal(f"{number:.{_DIGITS}g}"), raw, struck)


def _float(raw: str) -> float | None:
    try:
        number = float(raw)
    except ValueError:
        return None
    return number if isfinite(number) else None
