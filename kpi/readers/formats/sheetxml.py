"""The cells of an .xlsx sheet, straight from its XML.

A sheet's rows are scanned as text, row by row: programs write cells in one form only, and building a tree of a
million of them costs more than all the rest. What departs from that form (comments, sections of raw characters,
another encoding) is first rewritten to it by an XML parser. Memory is for the filled cells alone, wherever they stand.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from itertools import islice, product
from string import ascii_uppercase
from typing import TypeVar

from kpi.readers.errors import MOST_CELLS, ReadError
from kpi.readers.formats.numbers import GENERAL, shown, shown_text
from kpi.readers.formats.runs import leave_out, struck
from kpi.readers.formats.sheet import (
    MOST_COLUMNS,
    MOST_MERGES,
    MOST_ROWS,
    TOO_MANY,
    TOO_MERGED,
    Cells,
    Range,
    Ranges,
    Sheet,
    Span,
    column_of,
)  # fmt: skip
from kpi.readers.formats.sheetparts import PADDED, Parts
from kpi.readers.formats.sheettags import Tags, Unusual, attributes, rewritten, tags, tags_of, texts, written
from kpi.readers.formats.xlsxbook import Book, SheetPart, book, told

_LONGEST_ROW = 16 << 20  # characters of a row, and of what stands before the first
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?")
_REF = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")
_NAMES = ("".join(name) for width in (1, 2, 3) for name in product(ascii_uppercase, repeat=width))
_COLUMNS = {name: number for number, name in enumerate(islice(_NAMES, MOST_COLUMNS))}
_TRUE = ("1", "true")
T = TypeVar("T")


class Made(dict[str, T]):
    """A table that makes its entries when they are first asked for."""

    def __init__(self, make: Callable[[str], T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: str) -> T:
        made = self[key] = self._make(key)
        return made


def sheets(parts: Parts) -> Iterator[Sheet]:
    """The sheets of a workbook, in its order. Raises ReadError."""
    workbook = book(parts)
    left = MOST_CELLS
    for sheet in workbook.sheets:
        try:
            read = _Scan(parts, workbook, left).sheet(sheet, texts(parts, sheet.part))
        except (Unusual, UnicodeDecodeError):
            read = _Scan(parts, workbook, left).sheet(sheet, rewritten(parts, sheet.part), again=True)
        left -= sum(len(cells) for _, cells in read.rows)
        yield read


@dataclass(slots=True)
class _Scan:
    """One sheet being read."""

    parts: Parts
    book: Book
    left: int  # cells that may still come
    tags: Tags = field(default_factory=lambda: tags(""))
    opening: str = "<row"
    rows: list[tuple[int, Cells]] = field(default_factory=list)
    hidden: list[Range] = field(default_factory=list)
    uncounted: list[tuple[int, int, str]] = field(default_factory=list)
    gone: dict[str, None] = field(default_factory=dict)  # what is struck out, each text once
    at: int = -1  # row being read
    kinds: Made[Callable[[str], str]] = field(init=False)  # by the attributes of a cell
    shown: Made[str] = field(init=False)  # by the attributes and what stands behind them up to the end of the value

    def __post_init__(self) -> None:
        self.kinds = Made(self._kind)
        self.shown = Made(self._shown)

    def sheet(self, part: SheetPart, pieces: Iterable[str], again: bool = False) -> Sheet:
        try:
            head, tail = self._body(pieces)
            columns = Ranges(self._hidden_columns(head))
            if "='" in tail and not again:
                raise Unusual
        except (ValueError, IndexError) as error:  # a number that is none, a shared text that does not exist
            raise self.parts.damaged from error
        except Unusual as error:
            if again:
                raise self.parts.damaged from error
            raise
        merges = list(self._merges(tail))
        rows = Ranges(self.hidden)
        return Sheet(part.name, self.rows, merges, rows, columns, part.hidden, self.uncounted, tuple(self.gone))

    def _body(self, pieces: Iterable[str]) -> tuple[str, str]:
        """Read all rows; returns what stands before and after them."""
        head, rest, begun, ended = "", "", False, False
        for text in pieces:
            rest += text
            if not begun:
                begun, head, rest = self._begin(rest)
            if begun and not ended:
                ended, rest = self._rows(rest)
            if not ended and len(rest) > _LONGEST_ROW:
                raise ReadError(self.parts.path, PADDED)
        if not ended or f"</{self.tags.prefix}worksheet>" not in rest:
            raise Unusual
        return head, rest

    def _begin(self, text: str) -> tuple[bool, str, str]:
        """The head of a sheet and what follows it."""
        self.tags = tags_of(text)
        self.opening = f"<{self.tags.prefix}row"
        opening = f"<{self.tags.prefix}sheetData"
        at = text.find(opening)
        end = text.find(">", at) if at >= 0 else -1
        if end < 0:
            return False, "", text
        bare = text[end - 1] == "/"  # a sheet without rows
        return True, text[:at], (f"</{self.tags.prefix}sheetData>" if bare else "") + text[end + 1 :]

    def _rows(self, text: str) -> tuple[bool, str]:
        """Read the whole rows of a piece; returns whether they are over, and what is left."""
        over = text.find(f"</{self.tags.prefix}sheetData>")
        close = f"</{self.tags.prefix}row>"
        until = over if over >= 0 else text.rfind(close) + len(close) if close in text else 0
        pieces = text[:until].split(close)
        if not self._bare_rows(text[:until], pieces):
            for piece in pieces:
                self._row(piece)
        empty = text.rfind(self.opening, until) if over < 0 else -1
        if empty > until:  # rows without cells, which are not closed
            self._row(text[until:empty])
            until = empty
        return over >= 0, text[until:]

    def _bare_rows(self, text: str, pieces: Sequence[str]) -> bool:
        """Read rows that are numbered and seen and whose cells hold bare values, as nearly all do: they are counted
        together. False, and nothing is read, where anything else stands among them."""
        cells, rows, search = text.count(f"</{self.tags.prefix}c>"), len(pieces) - 1, self.tags.row.search
        tags_expected = 4 * cells + 2 * rows + text.count("/>")
        if text.count("<") != tags_expected or text.count(self.opening) != rows or "<" in pieces[-1]:
            return False
        read: list[tuple[int, Cells]] = []
        plain, shown = self.tags.plain.findall, self.shown
        for piece in pieces[:-1]:
            tag = search(piece)
            number, rest = tag.groups() if tag else ("", "")
            if not tag or not number or "hidden" in rest or "'" in rest:
                return False
            found = plain(piece, tag.end())
            cells -= len(found)
            try:
                held = {_COLUMNS[name]: text for name, held in found if (text := shown[held])}
            except KeyError as error:  # no sheet has such a column
                raise self.parts.damaged from error
            read.append((int(number) - 1, held))
        if cells:
            return False
        for self.at, row in read:
            self._take(row)
        return True

    def _row(self, piece: str) -> None:
        """One row, with the empty ones before it."""
        found, body = self.tags.row.search(piece), 0
        while found:
            number, rest = found.groups()
            body = found.end()
            self.at = self._at(number, rest) if not number or "hidden" in rest or "'" in rest else int(number) - 1
            found = self.tags.row.search(piece, body) if piece.find(self.opening, body) >= 0 else None
            if found and not rest.endswith("/"):
                raise Unusual
        self._take(dict(self._mixed(piece, body)) if piece.find("<", body) >= 0 else {})

    def _take(self, cells: Cells) -> None:
        """Keep the cells of the row that is being read."""
        if not cells:
            return
        if not 0 <= self.at < MOST_ROWS:
            raise ValueError("no sheet has such a row")
        self.left -= len(cells)
        if self.left < 0:
            raise ReadError(self.parts.path, TOO_MANY)
        self.rows.append((self.at, cells))

    def _at(self, number: str | None, rest: str) -> int:
        """The row that a tag opens, with or without its number."""
        stated = attributes(rest)
        number = number or stated.get("r")
        row = int(number) - 1 if number else self.at + 1
        if stated.get("hidden") in _TRUE:
            self._hide(row)
        return row

    def _hide(self, row: int) -> None:
        if self.hidden and self.hidden[-1][1] == row - 1:
            self.hidden[-1] = self.hidden[-1][0], row
        else:
            self.hidden.append((row, row))

    def _mixed(self, piece: str, start: int) -> Iterator[tuple[int, str]]:
        """The filled cells of a row in which formulas and texts within the sheet may stand among the values."""
        column, seen = -1, 0
        for name, rest, inner in self.tags.cell.findall(piece, start):
            seen += 1
            column = self._column(name, rest, column)
            if inner and (text := self._special(column, rest, inner)):
                yield column, text
        # counted in the fast way first, which takes <color, <charset for cells
        opened = piece.count(f"<{self.tags.prefix}c", start)
        if opened != seen and sum(1 for _ in self.tags.opening.finditer(piece, start)) != seen:
            raise Unusual

    def _column(self, name: str, rest: str, before: int) -> int:
        """The column that a cell names first, or later, or the one after the last."""
        stated = name or re.sub(r"\d+$", "", attributes(rest).get("r", ""))
        found = column_of(stated) if stated else before + 1
        if not 0 <= found < MOST_COLUMNS:
            raise ValueError("no sheet has such a column")
        return found

    def _special(self, column: int, rest: str, inner: str) -> str:
        found, formula = self.tags.value.search(inner), self.tags.formula.search(inner)
        raw = found.group(1) if found else ""
        empty = found is None or (not raw and attributes(rest).get("t") != "str")  # a text may be empty, a number not
        if formula and (empty or (self.book.uncounted and raw == "0")):
            self.uncounted.append((self.at, column, told("=" + unescape(formula.group(1) or "…"))))
            return self.uncounted[-1][2]
        if found is None:
            raw, own = written(self.tags, inner)
            leave_out(struck(own), self.gone)
        return self.kinds[rest](raw) if raw else ""

    def _shown(self, held: str) -> str:
        rest, _, value = held.partition(">")
        return self.kinds[rest](value.partition(">")[2])

    def _kind(self, rest: str) -> Callable[[str], str]:
        """How cells with these attributes show what they hold."""
        stated, formats = attributes(rest), self.book.formats
        style = int(stated.get("s", "0"))
        code = formats[style] if style < len(formats) else GENERAL
        kind = stated.get("t", "n")
        show = {"n": self._number, "s": self._shared, "b": _truth, "d": _day}.get(kind, _written)
        if style in self.book.struck_styles:
            return lambda raw: self._struck(show(raw, code), raw if kind == "s" else "")
        return lambda raw: show(raw, code)

    def _struck(self, text: str, shared: str) -> str:
        """What a cell says whose style strikes it out: nothing, unless its runs have formats of their own."""
        if shared and int(shared) in self.book.runs:
            return text
        leave_out(text, self.gone)
        return ""

    def _number(self, raw: str, code: str) -> str:
        text = raw.strip()
        return shown(float(text), code, self.book.epoch) if _NUMBER.fullmatch(text) else _written(raw, code)

    def _shared(self, raw: str, code: str) -> str:
        if not raw.isascii() or not raw.strip().isdecimal():
            raise ValueError("not the number of a shared text")
        leave_out(self.book.mixed.get(int(raw), ""), self.gone)
        return shown_text(self.book.texts[int(raw)], code)

    def _merges(self, tail: str) -> Iterator[Span]:
        refs = self.tags.merge.findall(tail)
        if len(refs) > MOST_MERGES:
            raise ReadError(self.parts.path, TOO_MERGED)
        for ref in refs:
            if found := _REF.fullmatch(ref):
                left, top, right, bottom = found.groups()
                yield int(top) - 1, column_of(left), min(int(bottom), MOST_ROWS) - 1, column_of(right)

    def _hidden_columns(self, head: str) -> Iterator[Range]:
        for tag in self.tags.column.findall(head):
            stated = attributes(tag)
            if stated.get("hidden") in _TRUE:
                yield int(stated["min"]) - 1, min(int(stated["max"]), MOST_COLUMNS) - 1


def _written(raw: str, code: str) -> str:
    """Texts of formulas, texts within the sheet, errors such as #REF!."""
    return shown_text(told(unescape(raw)), code)


def _truth(raw: str, code: str) -> str:
    return "TRUE" if raw.strip() in _TRUE else "FALSE"


def _day(raw: str, code: str) -> str:
    return told(raw).partition("T00:00:00")[0]
