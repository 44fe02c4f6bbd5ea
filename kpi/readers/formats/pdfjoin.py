"""Pages put one after the other: tables that go on over several of them, with one numbering of their columns."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kpi.model import Location
from kpi.readers.formats.pdfcuts import join_cut
from kpi.readers.formats.pdfmargins import drop_margins
from kpi.readers.formats.pdfpages import Cell, Page, Table, squeezed
from kpi.readers.formats.pdftext import TextLine
from kpi.readers.grid import GridCell, Row

_MOST_HEADS = 6  # rows that a table repeats on each page
_SAME = 4.0  # points: widths no further apart are alike
_ALIKE = 3.0  # points between the edges of one column on two pages


@dataclass(slots=True)
class _Part:
    """A table as it stands on one page."""

    page: Page
    table: Table


@dataclass(slots=True)
class _Chain:
    """A table that may go on over several pages. `last`: the number of the last of them."""

    parts: list[_Part]
    last: int


def joined(pages: Sequence[Page]) -> list[Row]:
    """The rows of all pages in reading order."""
    drop_margins(pages)
    return list(_rows(_chains(pages)))


def _chains(pages: Sequence[Page]) -> list[_Chain | tuple[Page, TextLine]]:
    closes = not any(_leaves_open(page) for page in pages)
    found: list[_Chain | tuple[Page, TextLine]] = []
    for page in pages:
        for index, piece in enumerate(page.pieces):
            if isinstance(piece, TextLine):
                found.append((page, piece))
                continue
            part = _Part(page, piece)
            last = found[-1] if found else None
            if index == 0 and isinstance(last, _Chain) and _goes_on(last, part):
                _continue(last, part, closes)
            else:
                found.append(_Chain([part], page.number))
    return found


def _leaves_open(page: Page) -> bool:
    """Whether the last row of a page has no line below it: this file shows where it cuts rows (browsers do)."""
    last = page.pieces[-1] if page.pieces else None
    if not isinstance(last, Table) or not last.ruled:
        return False
    deep = [cell for row in last.rows for cell in row if cell.deep]
    return not any(c.closed_below for c in deep) and any(c.closed_above for c in last.rows[0])


def _goes_on(chain: _Chain, part: _Part) -> bool:
    """Whether a table goes on with the first of the next page: it is as wide."""
    before = chain.parts[-1]
    a, b = before.table.box, part.table.box
    if part.page.number != chain.last + 1 or before.table.ruled != part.table.ruled:
        return False
    return abs((a.x1 - a.x0) - (b.x1 - b.x0)) <= _SAME


def _continue(chain: _Chain, part: _Part, closes: bool) -> None:
    """Add the next page of a table. `closes`: whether the file draws a line also where it cuts a row."""
    table = part.table
    table.rows = table.rows[_repeated_heads(chain, table) :]
    chain.last = part.page.number
    if table.rows and table.ruled:
        shift = chain.parts[-1].table.box.x0 - table.box.x0
        framed = any(cell.closed_above for cell in chain.parts[0].table.rows[0])
        join_cut(chain.parts[-1].table, table, shift, framed, closes)
    if any(table.rows):
        chain.parts.append(part)


def _repeated_heads(chain: _Chain, table: Table) -> int:
    """How many rows at the top only repeat those that the table began with."""
    first = [squeezed(row) for row in chain.parts[0].table.rows[:_MOST_HEADS]]
    count = 0
    for texts, row in zip(first, table.rows, strict=False):
        if not any(texts) or texts != squeezed(row):
            break
        count += 1
    return count


def _rows(found: Sequence[_Chain | tuple[Page, TextLine]]) -> Iterator[Row]:
    number = 0
    for piece in found:
        if isinstance(piece, _Chain):
            yield from _chain_rows(piece, number)
            number += 1
        else:
            page, line = piece
            place = Location(page=page.number, bbox=page.place(line.box))
            yield Row((GridCell(line.text, 0, place),), None, place)


def _chain_rows(chain: _Chain, number: int) -> Iterator[Row]:
    edges = _edges(chain)
    for part in chain.parts:
        left = part.table.box.x0
        for row in part.table.rows:
            if not row:
                continue
            cells = tuple(_cell(part, cell, edges, left) for cell in row)
            box = row[0].box
            for cell in row[1:]:
                box = box.around(cell.box)
            yield Row(cells, number, Location(page=part.page.number, bbox=part.page.place(box)))


def _edges(chain: _Chain) -> list[float]:
    """The left edges of all columns that the table has on any page, from its own left edge."""
    places = sorted(
        edge - p.table.box.x0 for p in chain.parts for row in p.table.rows for c in row for edge in (c.box.x0, c.box.x1)
    )
    edges: list[float] = []
    for place in places:
        if not edges or place - edges[-1] > _ALIKE:
            edges.append(place)
    return edges


def _cell(part: _Part, cell: Cell, edges: Sequence[float], left: float) -> GridCell:
    first = _nearest(edges, cell.box.x0 - left)
    last = max(_nearest(edges, cell.box.x1 - left), first + 1)
    place = Location(page=part.page.number, bbox=part.page.place(cell.box))
    return GridCell(cell.text, first, place, last - first, cell.rowspan)


def _nearest(edges: Sequence[float], place: float) -> int:
    at = bisect_left(edges, place)
    return min((i for i in (at - 1, at) if 0 <= i < len(edges)), key=lambda i: abs(edges[i] - place))
