"""The sheets of an .ods: cells hold their text as shown, merges and hidden rows stand beside them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kpi.readers.errors import MOST_CELLS, ReadError
from kpi.readers.formats.runs import leave_out
from kpi.readers.formats.sheet import (
    LOCKED,
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
    cleaned,
)  # fmt: skip
from kpi.readers.formats.sheetparts import Parts, attribute, local

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTENT = "content.xml"
_TAGS = ("table", "table-row", "table-column", "style")
_HIDDEN = ("collapse", "filter")
_Strikes = Mapping[tuple[str, str], bool]  # by the family and the name of each style that says so or not
_ASIDE = ("annotation", "frame", "custom-shape", "ruby-text", "tracked-changes")


@dataclass(slots=True)
class _Open:
    """A table whose end has not come."""

    name: str
    hidden: bool
    strikes: _Strikes
    row: int = 0
    column: int = 0
    rows: list[tuple[int, Cells]] = field(default_factory=list)
    merges: list[Span] = field(default_factory=list)
    hidden_rows: list[Range] = field(default_factory=list)
    hidden_columns: list[Range] = field(default_factory=list)
    uncounted: list[tuple[int, int, str]] = field(default_factory=list)
    gone: dict[str, None] = field(default_factory=dict)  # what is struck out, each text once
    struck_columns: set[int] = field(default_factory=set)  # where no style of a row or a cell says otherwise

    def closed(self) -> Sheet:
        rows, columns = Ranges(self.hidden_rows), Ranges(self.hidden_columns)
        return Sheet(self.name, self.rows, self.merges, rows, columns, self.hidden, self.uncounted, tuple(self.gone))

    def struck(self, row: "_Element", cell: "_Element", column: int) -> bool:
        """Whether the style of a cell strikes it out."""
        style = attribute(cell, "style-name") or attribute(row, "default-cell-style-name")
        if style:
            return self.strikes.get(("table-cell", style), False)
        return column in self.struck_columns


def sheets(parts: Parts) -> Iterator[Sheet]:
    """The sheets of a spreadsheet, in order. Raises ReadError."""
    if _CONTENT not in parts:
        raise parts.damaged
    if "META-INF/manifest.xml" in parts and b"encryption-data" in b"".join(parts.chunks("META-INF/manifest.xml")):
        raise ReadError(parts.path, LOCKED)
    hidden_styles: set[str] = set()
    strikes: dict[tuple[str, str], bool] = {}
    table: _Open | None = None
    left = MOST_CELLS
    for event, element in parts.elements(_CONTENT, *_TAGS, starts=True):
        name = local(element)
        if name == "style" and event == "end":
            hidden_styles |= _hidden_style(element)
            strikes |= _striking_style(element)
        elif name == "table" and event == "start" and table is None:
            hidden = attribute(element, "style-name") in hidden_styles
            table = _Open(attribute(element, "name") or "", hidden, strikes)
        elif table is None or event == "start":
            continue
        elif name == "table":
            yield table.closed()
            table = None
        elif name == "table-column":
            _column(table, element)
        elif name == "table-row":
            left -= _row(table, element, left, parts.path)
            if left < 0:
                raise ReadError(parts.path, TOO_MANY)


def _hidden_style(element: "_Element") -> set[str]:
    hidden = any(attribute(e, "display") == "false" for e in element.iter("{*}table-properties"))
    return {attribute(element, "name") or ""} if hidden else set()


def _striking_style(element: "_Element") -> dict[tuple[str, str], bool]:
    lines = [line for e in element.iter("{*}text-properties") if (line := attribute(e, "text-line-through-style"))]
    named = attribute(element, "family") or "", attribute(element, "name") or ""
    return {named: lines[0] != "none"} if lines else {}


def _count(element: "_Element", name: str, most: int) -> int:
    """A number of repetitions or spanned cells; what is none is one."""
    text = attribute(element, name) or ""
    return max(min(int(text), most), 1) if text.isdecimal() and len(text) < 10 else 1


def _column(table: _Open, element: "_Element") -> None:
    count = _count(element, "number-columns-repeated", MOST_COLUMNS)
    if attribute(element, "visibility") in _HIDDEN:
        table.hidden_columns.append((table.column, table.column + count - 1))
    style = attribute(element, "default-cell-style-name") or ""
    if table.column < MOST_COLUMNS and table.strikes.get(("table-cell", style)):
        table.struck_columns.update(range(table.column, table.column + count))
    table.column += count


def _row(table: _Open, element: "_Element", left: int, path: str) -> int:
    """Add a row, as often as it is repeated; returns how many filled cells that were."""
    count = min(_count(element, "number-rows-repeated", MOST_ROWS), MOST_ROWS - table.row)
    if attribute(element, "visibility") in _HIDDEN and count > 0:
        table.hidden_rows.append((table.row, table.row + count - 1))
    cells: Cells = _cells(table, element, left, path) if count > 0 else {}
    total = len(cells) * count
    if cells and total <= left:
        table.rows += [(table.row + n, cells) for n in range(count)]
    table.row += count
    return total


def _cells(table: _Open, row: "_Element", left: int, path: str) -> Cells:
    cells: Cells = {}
    column = 0
    for element in row:
        if local(element) not in ("table-cell", "covered-table-cell"):
            continue
        count = min(_count(element, "number-columns-repeated", MOST_COLUMNS), MOST_COLUMNS - column)
        text = _text(table, element, column, struck=table.struck(row, element, column))
        if text and len(cells) <= left:
            cells |= {column + n: text for n in range(count)}
        high, wide = (_count(element, f"number-{what}-spanned", MOST_ROWS) for what in ("rows", "columns"))
        if high > 1 or wide > 1:
            if len(table.merges) == MOST_MERGES:
                raise ReadError(path, TOO_MERGED)
            table.merges.append((table.row, column, table.row + high - 1, column + wide - 1))
        column += count
    return cells


def _text(table: _Open, element: "_Element", column: int, *, struck: bool) -> str:
    """What a cell says, without what is struck out."""
    lines = [list(_pieces(p, table.strikes, struck)) for p in element if local(p) == "p"]
    text, gone = (cleaned("\n".join(_joined(line, kept) for line in lines)) for kept in (False, True))
    leave_out(gone, table.gone)
    if text or gone:
        return text
    value = next((v for n in ("string-value", "date-value", "time-value", "value") if (v := attribute(element, n))), "")
    formula = attribute(element, "formula")
    if formula and not value and attribute(element, "value-type") is None:
        text = cleaned("=" + formula.partition("=")[2])
        table.uncounted.append((table.row, column, text))
        return text
    if struck:
        leave_out(cleaned(value), table.gone)
        return ""
    return cleaned(value)


def _joined(pieces: list[tuple[str, bool]], struck: bool) -> str:
    return "".join(text for text, out in pieces if out is struck)


def _pieces(node: "_Element", strikes: _Strikes, struck: bool) -> Iterator[tuple[str, bool]]:
    """The letters of a paragraph or of a part of it, and whether they are struck out."""
    family = "paragraph" if local(node) == "p" else "text"
    struck = strikes.get((family, attribute(node, "style-name") or ""), struck)
    yield node.text or "", struck
    for inner in node:
        name = local(inner) if isinstance(inner.tag, str) else ""
        if name == "s":
            yield " " * _count(inner, "c", 100), struck
        elif name in ("tab", "line-break"):
            yield "\t" if name == "tab" else "\n", struck
        elif name and name not in _ASIDE:
            yield from _pieces(inner, strikes, struck)
        yield inner.tail or "", struck
