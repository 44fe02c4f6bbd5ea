"""What every written workbook needs: safe texts, names of sheets, looks, heights of rows. Imports xlsxwriter."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from kpi.reports.lightlooks import FILLS, INKS
from kpi.reports.office import CREATED, PRODUCER, cell_text, looks_like_formula
from kpi.reports.width import shorten, shorten_middle, width

_MOST_TEXT = 2000  # columns; a cell takes 32,767 characters, but nobody reads them
_BARRED = re.compile(r"[\[\]:*?/\\']+")
_NAME_COLUMNS = 24
_LINE, _PAD, _TALLEST = 13.0, 5.0, 400.0  # points
_QUOTED = "’"  # looks of texts that a program could take for formulas: they stay texts when somebody edits the cell
_LYING, _ASIDE, _ABOVE = (842.0, 595.0), 72.0, 86.4  # points: A4, the margins at both sides, above and below
_UNIT, _BESIDE, _PLAIN = 5.25, 3.75, 15.0  # points: a unit of width, what a column has more, a row left as it is
_FEW = 0.15  # of a page
_SAFE = 0.96  # of a page's size: programs measure columns and rows a little unlike
_DENSE, _JOINT = 1.05, 0.75  # columns of text in a unit of width; won where a merged cell has no line between
_BASE: Mapping[str, Any] = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "text_wrap": True, "border": 1}
_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "text": {},
    "center": {"align": "center"},
    "number": {"align": "center", "num_format": "General"},
    "share": {"align": "center", "num_format": "0%"},
    "head": {"bold": True, "align": "center", "bg_color": "#E7EDF5"},
    "upright": {"bold": True, "align": "center", "bg_color": "#E7EDF5", "rotation": 270, "font_size": 9},
    "label": {"bold": True, "bg_color": "#F3F5F8"},
    "strong": {"bold": True, "align": "center"},
    "fill": {"bg_color": "#FFF6C8", "align": "center", "locked": False},  # matters where the sheet is protected
    "fill-text": {"bg_color": "#FFF6C8", "locked": False},
    "warn": {"font_color": "#9C3D00"},
    "warn-center": {"font_color": "#9C3D00", "align": "center"},
    "link": {"font_color": "#1F4E9E", "underline": 1, "align": "center"},
    "title": {"bold": True, "font_size": 16, "align": "center", "border": 0},
    "under": {"align": "center", "border": 0},
    "note": {"border": 0, "font_color": "#555555", "font_size": 9},
    "section": {"bold": True, "border": 0, "font_size": 11},
    "said": {"bold": True, "border": 0, "font_size": 11},
    "plain": {"border": 0},
    **{
        f"light-{light}": {"bold": True, "align": "center", "bg_color": f"#{FILLS[light]}", "font_color": f"#{ink}"}
        for light, ink in INKS.items()
    },
}
GRADES: Mapping[str, str] = {"error": "light-red", "warning": "light-yellow", "info": "light-grey"}  # of findings


@dataclass(frozen=True)
class Book:
    """A workbook in the making."""

    workbook: Workbook
    looks: Mapping[str, Format]
    buffer: BytesIO

    def sheet(self, name: str, widths: Iterable[float], *, landscape: bool = True) -> "Page":
        made = self.workbook.add_worksheet(name)
        columns = tuple(widths)
        for number, size in enumerate(columns):
            made.set_column(number, number, size)
        made.set_paper(9)  # A4
        if landscape:
            made.set_landscape()
        made.fit_to_pages(1, 0)
        made.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        made.center_horizontally()
        made.set_footer("&C第 &P 页，共 &N 页")
        made.hide_gridlines(2)
        return Page(made, self.looks, columns, landscape)

    def bytes(self) -> bytes:
        self.workbook.close()
        return self.buffer.getvalue()


def new_book(title: str) -> Book:
    buffer = BytesIO()
    workbook = Workbook(buffer, {"in_memory": True})
    workbook.set_properties({"title": title, "author": PRODUCER, "created": CREATED})
    looks = {key: workbook.add_format({**_BASE, **look}) for key, look in _LOOKS.items()}
    quoted = {f"{k}{_QUOTED}": workbook.add_format({**_BASE, **v, "quote_prefix": True}) for k, v in _LOOKS.items()}
    return Book(workbook, looks | quoted, buffer)


@dataclass(frozen=True)
class Page:
    """A sheet with its columns; texts are written so that none becomes a formula."""

    sheet: Worksheet
    looks: Mapping[str, Format]
    widths: tuple[float, ...]
    landscape: bool = True
    heights: dict[int, float] = field(default_factory=dict)  # points, of the rows that were made high enough

    def put(
        self, row: int, column: int, value: object, look: str = "text", to: int | None = None
    ) -> None:
        """A text, a number or nothing; over the columns up to `to`."""
        if to is not None and to > column:
            self.sheet.merge_range(row, column, row, to, "", self.looks[look])
        if value is None or value == "":
            self.sheet.write_blank(row, column, None, self.looks[look])
        elif isinstance(value, str):
            text = safe(value)
            kept = f"{look}{_QUOTED}" if looks_like_formula(text) else look
            self.sheet.write_string(row, column, text, self.looks[kept])
        else:
            self.sheet.write_number(row, column, value, self.looks[look])

    def down(self, row: int, last: int, column: int, text: str, look: str) -> None:
        """A text over the rows up to `last`."""
        self.sheet.merge_range(row, column, last, column, safe(text), self.looks[look])

    def go(self, row: int, column: int, sheet: str) -> None:
        """What leads to another sheet: a word of its own, for LibreOffice breaks no line of a text that leads away."""
        self.sheet.write_url(row, column, f"internal:{reference(sheet, 'A1')}", self.looks["link"], "打开")

    def formula(
        self, row: int, column: int, formula: str, value: object, *, look: str = "number", to: int | None = None
    ) -> None:
        """A formula with the result that the program has counted."""
        if to is not None and to > column:
            self.sheet.merge_range(row, column, row, to, "", self.looks[look])
        result = safe(value) if isinstance(value, str) else value
        self.sheet.write_formula(row, column, formula, self.looks[look], result)

    def lines(self, row: int, title: str, texts: Iterable[str], to: int, look: str = "text") -> int:
        """A heading with texts below it, each over the columns up to `to`; returns the row after them."""
        self.put(row, 0, title, "section", to)
        for text in texts:
            row += 1
            self.put(row, 0, text, look, to)
            self.height(row, [(text, 0, to)])
        return row + 1

    def height(self, row: int, cells: Iterable[tuple[str, int, int]]) -> None:
        """High enough for every (text, first column, last column)."""
        lines = max((self._lines(text, first, last) for text, first, last in cells), default=1)
        self.heights[row] = min(_TALLEST, max(18.0, lines * _LINE + _PAD))
        self.sheet.set_row(row, self.heights[row])

    def fit(self, rows: int | None = None) -> None:
        """Of a sheet that is complete: no page for a few last rows, rather a slightly smaller print. `rows`: how many
        are printed, None for all."""
        printed = range(max(self.heights, default=0) + 1 if rows is None else rows)
        pages = sum(map(self._high, printed)) / self._room()
        if pages > 1 and pages % 1 < _FEW:
            self.sheet.fit_to_pages(1, int(pages))

    def keep(self, blocks: Sequence[tuple[int, int]]) -> None:
        """No page ends inside these rows (first, last) where a page can hold them, and none below their heading."""
        room, breaks, filled = self._room() * _SAFE, [], 0.0
        whole = {first: sum(map(self._high, range(first, last + 1))) for first, last in blocks}
        needs = {row: need if need <= room else self._high(row) + self._high(row + 1) for row, need in whole.items()}
        for row in range(max((last for _, last in blocks), default=-1) + 1):
            if filled and filled + needs.get(row, self._high(row)) > room:
                breaks += [row] if row in needs else []
                filled = 0.0
            filled += self._high(row)
        self.sheet.set_h_pagebreaks(breaks)

    def _room(self) -> float:
        """Points of rows on a page whose columns fit it."""
        across = sum(size * _UNIT + _BESIDE for size in self.widths)
        wide, high = _LYING if self.landscape else _LYING[::-1]
        return (high - _ABOVE) / min(1.0, (wide - _ASIDE) / across)

    def _high(self, row: int) -> float:
        return self.heights.get(row, _PLAIN)

    def _lines(self, text: str, first: int, last: int) -> int:
        room = max(2, int(sum(self.widths[first : last + 1]) * _DENSE + (last - first) * _JOINT) - 1)
        return sum(max(1, -(-width(part) // room)) for part in text.split("\n"))


def safe(text: str) -> str:
    """No controls, not too long. Line breaks stay."""
    plain = "\n".join(cell_text(part) for part in text.split("\n"))
    return shorten(plain, _MOST_TEXT) if len(plain) > _MOST_TEXT else plain


def sheet_name(number: int, name: str) -> str:
    """"012 合同工", allowed as the name of a sheet and unlike all others; names of like projects differ at the end."""
    return f"{number:03} {_BARRED.sub('', shorten_middle(cell_text(name), _NAME_COLUMNS))}".strip()


def reference(sheet: str, cell: str) -> str:
    """A cell of another sheet."""
    return f"{quote_sheetname(sheet)}!{cell}"


def literal(text: str) -> str:
    """A text inside a formula, which takes 255 characters."""
    cut = shorten(text, 250).replace('"', '""')
    return f'"{cut}"'
