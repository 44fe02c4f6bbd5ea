"""Cells of a sheet's XML painted: the number of another style in their tags, cells and rows added where there are none.
All other text stays as it is."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from kpi.fixes.edits import Span, spliced
from kpi.packages.cells import CellTag, cell_tags
from kpi.readers.formats.sheet import column_of
from kpi.readers.formats.sheettags import ATTRIBUTE, tags_of

_NAME = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_STYLE = re.compile(r'(\ss=)"[^"]*"')


class Address(NamedTuple):
    """A cell by its 1-based row and 0-based column: cells in the order of a sheet."""

    row: int
    column: int


class _Row(NamedTuple):
    """A row in the text: its number, its tag, where the tag ends."""

    number: int
    start: int
    end: int
    attributes: dict[str, str]
    closed: bool


def address(name: str) -> Address | None:
    found = _NAME.fullmatch(name)
    return Address(int(found[2]), column_of(found[1])) if found and column_of(found[1]) >= 0 else None


def painted(text: str, wanted: Mapping[str, Callable[[int], int]]) -> str:
    """The sheet with other styles for the named cells: each is asked for by the number of the one that it has."""
    known: dict[str, CellTag] = {}
    for name, cell in cell_tags(text):
        known.setdefault(name, cell)
    spans = [_restyled(text, known[name], wanted[name]) for name in wanted if name in known]
    missing = sorted((at, name) for name in wanted if name not in known and (at := address(name)) is not None)
    if missing:
        after = [(at, cell) for name, cell in known.items() if (at := address(name)) is not None]
        spans += _added(text, missing, wanted, sorted(after, key=lambda one: one[0]))
    return spliced(text, sorted(spans))


def _restyled(text: str, cell: CellTag, style: Callable[[int], int]) -> Span:
    end = text.index(">", cell.start)
    tag = text[cell.start : end]
    now = cell.attributes.get("s", "0")
    new = f's="{style(int(now) if now.isdecimal() else 0)}"'
    if "s" in cell.attributes:
        tag = _STYLE.sub(lambda found: f" {new}", tag, count=1)
    elif tag.endswith("/"):
        tag = f"{tag[:-1].rstrip()} {new}/"
    else:
        tag = f"{tag} {new}"
    return Span(cell.start, end, tag)


def _added(
    text: str, missing: list[tuple[Address, str]], wanted: Mapping[str, Callable[[int], int]],
    after: list[tuple[Address, CellTag]],
) -> Iterator[Span]:  # fmt: skip
    """Cells that the sheet does not hold: behind their neighbour to the left, in a row of their own where needed."""
    t = tags_of(text).prefix
    rows = {row.number: row for row in _rows(text)}
    numbers = sorted(rows)
    columns = list(_columns(text))
    parts: dict[tuple[int, int], list[tuple[int, str]]] = {}
    for at, name in missing:
        row = rows.get(at.row)
        given = _given(row, at.column, columns)
        made = f'<{t}c r="{name}" s="{wanted[name](given)}"/>'
        if row is None or row.closed:
            where = (row.start, row.end) if row else _place(text, rows, numbers, at.row, t)
            parts.setdefault(where, []).append((at.row, made))
            continue
        before = bisect_left(after, at, key=lambda one: one[0]) - 1
        left = after[before] if before >= 0 and after[before][0].row == at.row else None
        end = left[1].end if left else row.end
        parts.setdefault((end, end), []).append((0, made))
    for (start, end), some in parts.items():
        yield Span(start, end, "".join(_in_rows(text, rows, some, t)))


def _in_rows(text: str, rows: Mapping[int, _Row], some: list[tuple[int, str]], t: str) -> Iterator[str]:
    """The new cells of one spot; those with a row number in a row that is opened for them."""
    for number in dict.fromkeys(number for number, _ in some):
        cells = "".join(cell for at, cell in some if at == number)
        if not number:
            yield cells
            continue
        row = rows.get(number)
        tag = text[row.start : row.end].rstrip("/> ").rstrip() if row else f'<{t}row r="{number}"'
        yield f"{tag}>{cells}</{t}row>"


def _place(text: str, rows: Mapping[int, _Row], numbers: list[int], number: int, t: str) -> tuple[int, int]:
    """Where a row that is not there belongs."""
    at = bisect_left(numbers, number)
    if at < len(numbers):
        return (rows[numbers[at]].start,) * 2
    end = text.find(f"</{t}sheetData>")
    return (end, end) if end >= 0 else (len(text), len(text))


def _rows(text: str) -> Iterator[_Row]:
    t = re.escape(tags_of(text).prefix)
    number = 0
    for found in re.finditer(rf"<{t}row(?=[\s/>])([^>]*)>", text):
        stated = dict(ATTRIBUTE.findall(found[1]))
        number = int(stated.get("r", number + 1))
        yield _Row(number, found.start(), found.end(), stated, found[1].endswith("/"))


def _columns(text: str) -> Iterator[tuple[int, int, int]]:
    """First and last 0-based column with a style of their own."""
    head = text[: max(text.find("sheetData"), 0)]
    for found in tags_of(text).column.finditer(head):
        stated = dict(ATTRIBUTE.findall(found[1]))
        if stated.get("style", "").isdecimal():
            yield int(stated["min"]) - 1, int(stated["max"]) - 1, int(stated["style"])


def _given(row: _Row | None, column: int, columns: list[tuple[int, int, int]]) -> int:
    """The style of a cell that is not there: its row's, else its column's."""
    if row and row.attributes.get("customFormat") in ("1", "true") and row.attributes.get("s", "").isdecimal():
        return int(row.attributes["s"])
    return next((style for first, last, style in columns if first <= column <= last), 0)
