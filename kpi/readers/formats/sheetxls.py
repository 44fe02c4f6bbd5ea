"""The sheets of an .xls, record by record: cells as shown, merges, hidden rows and columns."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from struct import error, pack, unpack, unpack_from

from kpi.readers.errors import MOST_CELLS, ReadError
from kpi.readers.formats.compound import stream
from kpi.readers.formats.numbers import shown, shown_text
from kpi.readers.formats.runs import leave_out
from kpi.readers.formats.sheet import LOCKED, MOST_MERGES, TOO_MANY, TOO_MERGED, Cells, Range, Ranges, Sheet, Span
from kpi.readers.formats.sniff import broken
from kpi.readers.formats.xlsbook import Book, Locked, book, records

_NUMBER, _RK, _SHARED, _LABEL, _RICH, _TRUTH = 0x203, 0x27E, 0xFD, 0x204, 0xD6, 0x205
_MANY, _FORMULA, _STRING, _ROW, _COLUMN, _MERGED = 0xBD, 0x06, 0x207, 0x208, 0x7D, 0xE5
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def sheets(data: bytes, path: str) -> Iterator[Sheet]:
    """The sheets of a workbook, in its order. Raises ReadError."""
    try:
        content = stream(data, "Workbook", "Book")
        if content is None:
            raise ReadError(path, broken(".xls"))
        workbook, left = book(content), MOST_CELLS
        for at, name, hidden in workbook.sheets:
            read = _Reading(workbook, path, left).sheet(at, name, hidden)
            left -= sum(len(cells) for _, cells in read.rows)
            yield read
    except Locked as locked:
        raise ReadError(path, LOCKED) from locked
    except (error, IndexError, ValueError) as damage:
        raise ReadError(path, broken(".xls")) from damage


@dataclass(slots=True)
class _Reading:
    """One sheet being read."""

    book: Book
    path: str
    left: int  # cells that may still come
    cells: dict[int, Cells] = field(default_factory=dict)
    merges: list[Span] = field(default_factory=list)
    hidden_rows: list[Range] = field(default_factory=list)
    hidden_columns: list[Range] = field(default_factory=list)
    uncounted: list[tuple[int, int, str]] = field(default_factory=list)
    gone: dict[str, None] = field(default_factory=dict)  # what is struck out, each text once
    awaited: tuple[int, int, int] | None = None  # row, column and style of a formula whose text comes next

    def sheet(self, at: int, name: str, hidden: bool) -> Sheet:
        for kind, data in records(self.book.stream, at):
            self._take(kind, data)
        rows = sorted(self.cells.items())
        lines, columns = Ranges(self.hidden_rows), Ranges(self.hidden_columns)
        return Sheet(name, rows, self.merges, lines, columns, hidden, self.uncounted, tuple(self.gone))

    def _take(self, kind: int, data: bytes) -> None:
        if kind in (_NUMBER, _RK, _SHARED, _LABEL, _RICH, _TRUTH, _FORMULA):
            row, column, style = unpack_from("<HHH", data)
            self._cell(kind, data, row, column, style)
        elif kind == _MANY:
            row, first = unpack_from("<HH", data)
            for n, at in enumerate(range(4, len(data) - 7, 6)):
                style, raw = unpack_from("<HI", data, at)
                self._number(row, first + n, style, _unpacked(raw))
        elif kind == _STRING and self.awaited:
            row, column, style = self.awaited
            self._put(row, column, self._text(data, 0, style))
            self.awaited = None
        else:
            self._around(kind, data)

    def _around(self, kind: int, data: bytes) -> None:
        """Hidden rows and columns, merged cells."""
        if kind == _ROW and unpack_from("<H", data, 12)[0] & 0x20:
            (row,) = unpack_from("<H", data)
            self.hidden_rows.append((row, row))
        elif kind == _COLUMN and unpack_from("<H", data, 8)[0] & 1:
            self.hidden_columns.append(unpack_from("<HH", data))
        elif kind == _MERGED:
            if len(self.merges) > MOST_MERGES:
                raise ReadError(self.path, TOO_MERGED)
            for at in range(2, len(data) - 7, 8):
                top, bottom, left, right = unpack_from("<HHHH", data, at)
                self.merges.append((top, left, bottom, right))

    def _cell(self, kind: int, data: bytes, row: int, column: int, style: int) -> None:
        if kind == _NUMBER:
            self._number(row, column, style, unpack_from("<d", data, 6)[0])
        elif kind == _RK:
            self._number(row, column, style, _unpacked(unpack_from("<I", data, 6)[0]))
        elif kind == _SHARED:
            (number,) = unpack_from("<I", data, 6)
            text = shown_text(self.book.texts[number], self.book.code(style))
            leave_out(self.book.runs.get(number, ""), self.gone)
            self._put(row, column, text if number in self.book.runs else self._kept(text, style))
        elif kind in (_LABEL, _RICH):
            self._put(row, column, self._text(data, 6, style))
        elif kind == _TRUTH:
            self._put(row, column, self._kept(_truth(data[6], data[7]), style))
        else:
            self._formula(data, row, column, style)

    def _formula(self, data: bytes, row: int, column: int, style: int) -> None:
        result, flags = data[6:14], unpack_from("<H", data, 14)[0]
        if result[6:] == b"\xff\xff":
            self.awaited = (row, column, style) if result[0] == 0 else None
            if result[0] in (1, 2):
                self._put(row, column, _truth(result[2], result[0] - 1))
        elif flags & 2 and not any(result):  # to be counted on opening, by a program that has not counted it
            self.uncounted.append((row, column, "=…"))
            self._put(row, column, "=…")
        else:
            self._number(row, column, style, unpack("<d", result)[0])

    def _number(self, row: int, column: int, style: int, value: float) -> None:
        self._put(row, column, self._kept(shown(value, self.book.code(style), self.book.epoch), style))

    def _text(self, data: bytes, at: int, style: int) -> str:
        (count,) = unpack_from("<H", data, at)
        return self._kept(shown_text(self.book.text(data, at + 2, count), self.book.code(style)), style)

    def _kept(self, text: str, style: int) -> str:
        """The text of a cell, unless its style strikes it out."""
        if not self.book.strikes(style):
            return text
        leave_out(text, self.gone)
        return ""

    def _put(self, row: int, column: int, text: str) -> None:
        if text:
            self.left -= 1
            if self.left < 0:
                raise ReadError(self.path, TOO_MANY)
            self.cells.setdefault(row, {})[column] = text


def _truth(value: int, wrong: int) -> str:
    return _ERRORS.get(value, "#N/A") if wrong else "TRUE" if value else "FALSE"


def _unpacked(raw: int) -> float:
    """A number in its short form: half of a binary float or a whole number; a hundredth of it if so marked."""
    if raw & 2:
        value = float(raw >> 2 if raw < 1 << 31 else (raw >> 2) - (1 << 30))
    else:
        value = float(unpack("<d", pack("<II", 0, raw & 0xFFFFFFFC))[0])
    return value / 100 if raw & 1 else value
