"""The sheets of an .ods: cells hold their text as shown, merges and hidden rows stand beside them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kpi.readers.errors import MOST_CELLS, ReadError
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
_ASIDE = ("annotation", "frame", "custom-shape", "ruby-text", "tracked-changes")


@dataclass(slots=True)
class _Open:
    """A table whose end has not come."""

    name: str
    hidden: bool
    row: int = 0
    column: int = 0
    rows: list[tuple[int, Cells]] = field(default_factory=list)
    merges: list[Span] = field(default_factory=list)
    hidden_rows: list[Range] = field(default_factory=list)
    hidden_columns: list[Range] = field(default_factory=list)
    uncounted: list[tuple[int, int, str]] = field(default_factory=list)

    def closed(self) -> Sheet:
        rows, columns = Ranges(self.hidden_rows), Ranges(self.hidden_columns)
        return Sheet(self.name, self.rows, self.merges, rows, columns, self.hidden, self.uncounted)


def sheets(parts: Parts) -> Iterator[Sheet]:
    """The sheets of a spreadsheet, in order. Raises ReadError."""
    if _CONTENT not in parts:
        raise parts.damaged
    if "META-INF/manifest.xml" in parts and b"encryption-data" in b"".join(parts.chunks("META-INF/manifest.xml")):
        raise ReadError(parts.path, LOCKED)
    hidden_styles: set[str] = set()
    table: _Open | None = None
    left = MOST_CELLS
    for event, element in parts.elements(_CONTENT, *_TAGS, starts=True):
        name = local(element)
        if name == "style" and event == "end":
            hidden_styles |= _hidden_style(element)
        elif name == "table" and event == "start" and table is None:
            table = _Open(attribute(element, "name") or "", attribute(element, "style-name") in hidden_styles)
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


def _count(element: "_Element", name: str, most: int) -> int:
    """A number of repetitions or spanned cells; what is none is one."""
    text = attribute(element, name) or ""
    return max(min(int(text), most), 1) if text.isdecimal() and len(text) < 10 else 1


def _column(table: _Open, element: "_Element") -> None:
    count = _count(element, "number-columns-repeated", MOST_COLUMNS)
    if attribute(element, "visibility") in _HIDDEN:
        table.hidden_columns.append((table.column, table.column + count - 1))
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
        text = _text(table, element, column)
        if text and len(cells) <= left:
            cells |= {column + n: text for n in range(count)}
        high, wide = (_count(element, f"number-{what}-spanned", MOST_ROWS) for what in ("rows", "columns"))
        if high > 1 or wide > 1:
            if len(table.merges) == MOST_MERGES:
                raise ReadError(path, TOO_MERGED)
            table.merges.append((table.row, column, table.row + high - 1, column + wide - 1))
        column += count
    return cells


def _text(table: _Open, element: "_Element", column: int) -> str:
    lines = ["".join(_pieces(p)) for p in element if local(p) == "p"]
    text = cleaned("\n".join(lines))
    if text:
        return text
    value = next((v for n in ("string-value", "date-value", "time-value", "value") if (v := attribute(element, n))), "")
    formula = attribute(element, "formula")
    if formula and not value and attribute(element, "value-type") is None:
        text = cleaned("=" + formula.partition("=")[2])
        table.uncounted.append((table.row, column, text))
        return text
    return cleaned(value)


def _pieces(paragraph: "_Element") -> Iterator[str]:
    yield paragraph.text or ""
    for node in paragraph:
        name = local(node) if isinstance(node.tag, str) else ""
        if name == "s":
            yield " " * _count(node, "c", 100)
        elif name in ("tab", "line-break"):
            yield "\t" if name == "tab" else "\n"
        elif name and name not in _ASIDE:
            yield from _pieces(node)
        yield node.tail or ""
