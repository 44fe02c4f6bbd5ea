"""Pages put one after the other, without running heads and page numbers; tables and rows that a page cuts, joined."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from kpi.model import Location
from kpi.readers import labels
from kpi.readers.formats.pdfpages import Cell, Page, Table
from kpi.readers.formats.pdftext import ITEM, TextLine, first_width
from kpi.readers.grid import GridCell, Row

_NUMBER = re.compile(
    r"[-—–·.\s第]*(?P<number>[\dIVXivx]{1,4}|[一二三四五六七八九十]{1,4})[-—–·.\s页]*([/／共，,]\s*共?\s*\d{1,4}\s*页?)?"
)
_MARGIN = 0.12  # of the height: page numbers and running heads stand no further in
_FOOT = 0.92  # of the height: what every page repeats below is no sign-off
_MOST_HEADS = 6  # rows that a table repeats on each page
_OFTEN = 0.4  # of the pages that a running head stands on
_WORDS = 4  # characters of a running head
_WORD = 6  # characters of a single line that may go on below a closed line; less is a label that fills its cell
_NARROW = 2.5  # characters to a line, at the least, for a full line to mean anything
_SAME = 4.0  # points: widths and edges no further apart are alike
_ALIKE = 3.0  # points between the edges of one column on two pages
_MOST_TOPS = 4  # lines at the top of a page that may be running heads


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
    _drop_margins(pages)
    return list(_rows(_chains(pages)))


def _drop_margins(pages: Sequence[Page]) -> None:
    """Leave out page numbers, and lines that every page repeats at the same place."""
    _drop_numbers(pages)
    repeated = _repeated(pages)
    for page in pages:
        again = list(takewhile(lambda line: _mark(line) in repeated, _tops(page)))
        if again and repeated[_mark(again[0])] is not page and not _opens_alike(repeated[_mark(again[0])], page):
            _drop(page, again)
        feet = [p for p in page.pieces[-2:] if isinstance(p, TextLine) and p.box.y0 > _FOOT * page.height]
        _drop(page, [p for p in feet if ("foot", *_mark(p)) in repeated])


def _drop(page: Page, lines: Sequence[TextLine]) -> None:
    page.pieces = [p for p in page.pieces if not any(p is line for line in lines)]


def _drop_numbers(pages: Sequence[Page]) -> None:
    """Leave out page numbers: decorated ones, and bare figures that count the pages."""
    found = [(page, line, int(n) - page.number if n.isdecimal() else None) for page, line, n in _numbers(pages)]
    shifts = Counter(shift for _, _, shift in found if shift is not None)
    for page, line, shift in found:
        bare = line.text.strip().isdecimal()
        if not bare or (shift is not None and (shifts[shift] > 1 or (len(pages) == 1 and shift == 0))):
            _drop(page, [line])


def _numbers(pages: Sequence[Page]) -> Iterator[tuple[Page, TextLine, str]]:
    """The outermost lines of each page that may be its number."""
    for page in pages:
        edge = _MARGIN * page.height
        for line in {id(p): p for p in (*page.pieces[:1], *page.pieces[-1:])}.values():
            if not isinstance(line, TextLine) or len(line.text) > 20 or edge < line.box.y0 < page.height - edge:
                continue
            match = _NUMBER.fullmatch(line.text.strip())
            if match:
                yield page, line, match["number"]


def _tops(page: Page) -> list[TextLine]:
    """The lines above everything else on a page."""
    tops: list[TextLine] = []
    for piece in page.pieces[:_MOST_TOPS]:
        if not isinstance(piece, TextLine):
            break
        tops.append(piece)
    return tops


def _mark(line: TextLine) -> tuple[object, ...]:
    return re.sub(r"\d+", "0", re.sub(r"\s", "", line.text)), round(line.base / _SAME)


def _repeated(pages: Sequence[Page]) -> dict[tuple[object, ...], Page]:
    """Lines that stand at the top (or the foot) of most pages, with the first page that has them."""
    seen: Counter[tuple[object, ...]] = Counter()
    first: dict[tuple[object, ...], Page] = {}
    for page in pages:
        marks = [_mark(line) for line in _tops(page)]
        marks += [("foot", *_mark(p)) for p in page.pieces[-2:] if isinstance(p, TextLine)]
        for mark in set(marks):
            seen[mark] += 1
            first.setdefault(mark, page)
    fewest = max(2, _OFTEN * len(pages))
    return {mark: first[mark] for mark, times in seen.items() if times >= fewest and len(str(mark[-2])) >= _WORDS}


def _opens_alike(first: Page, page: Page) -> bool:
    """Whether a page begins as the first with that line does: the same lines and a table that begins alike, so that
    the line is the title of another form rather than a running head."""
    a, b = _tops(first), _tops(page)
    if [_mark(x)[0] for x in a] != [_mark(x)[0] for x in b]:
        return False
    tables = [next((p for p in pg.pieces if isinstance(p, Table)), None) for pg in (first, page)]
    openings = [_texts(t.rows[0])[:1] if t and t.rows else [] for t in tables]
    return bool(openings[0]) and openings[0] == openings[1]


def _texts(row: Sequence[Cell]) -> list[str]:
    return [re.sub(r"\s", "", cell.text) for cell in row]


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
        _join_cut(chain.parts[-1].table, table, shift, framed, closes)
    if any(table.rows):
        chain.parts.append(part)


def _repeated_heads(chain: _Chain, table: Table) -> int:
    """How many rows at the top only repeat those that the table began with."""
    first = [_texts(row) for row in chain.parts[0].table.rows[:_MOST_HEADS]]
    count = 0
    for texts, row in zip(first, table.rows, strict=False):
        if not any(texts) or texts != _texts(row):
            break
        count += 1
    return count


def _join_cut(above: Table, below: Table, shift: float, framed: bool, closes: bool) -> None:
    """Join what the page break cut: a whole row, or a label beside several rows. `framed`: the table has lines at its
    ends; `closes`: the file draws them also where it cuts a row."""
    lower = [cell for row in above.rows for cell in row if cell.deep]
    upper = below.rows[0]
    pairs = [(a, b) for b in upper if (a := next((c for c in lower if _over(c, b, shift)), None))]
    cut = [(a, b) for a, b in pairs if framed and _is_cut(a, b)]
    if len(pairs) == len(upper):
        goes_on = len(cut) == len(pairs) or ((closes or not framed) and _text_goes_on(pairs))
        cut = pairs if goes_on else cut
    for a, b in cut:
        _take(a, b)
        upper.remove(b)
    if not upper:
        below.rows = below.rows[1:]


def _is_cut(a: Cell, b: Cell) -> bool:
    """Whether no line stands between two cells, on either page."""
    return not a.closed_below and not b.closed_above


def _over(a: Cell, b: Cell, shift: float) -> bool:
    return abs(a.box.x0 - b.box.x0 - shift) < _SAME and abs(a.box.x1 - b.box.x1 - shift) < _SAME


def _take(a: Cell, b: Cell) -> None:
    """Add what the next page holds of a cell."""
    a.lines = [*a.lines, *b.lines]
    a.rowspan += b.rowspan - 1
    a.deep, a.closed_below = b.deep, b.closed_below


def _text_goes_on(pairs: Sequence[tuple[Cell, Cell]]) -> bool:
    """Whether a row below closed lines is the rest of the one above: its texts go on from full lines, and a cell right
    of them was done above, or each had several lines, or brackets or a label that began above end below."""
    filled = [(a, b) for a, b in pairs if b.lines]
    if not filled or not all(a.lines and _is_full(a, b) and not _opens(b.text) for a, b in filled):
        return False
    first = min(b.box.x0 for _, b in filled)
    done = any(a.lines and not b.lines and b.box.x0 > first for a, b in pairs)
    done = done and all(len(a.lines) > 1 or len(a.text) >= _WORD for a, _ in filled)
    several = all(len(a.lines) > 1 and not labels.is_known(b.text) for a, b in filled)
    figure = len(filled) == 1 and filled[0][0].text[-1].isdigit() and filled[0][1].text[0].isdigit()
    return done or several or figure or any(_parted(a.text, b.text) for a, b in filled)


def _parted(a: str, b: str) -> bool:
    if labels.is_known(a + b) and not labels.is_known(a) and not labels.is_known(b):
        return True
    return any(a.count(mark) > a.count(end) and end in b for mark, end in ("()", "（）", "《》", "“”", "【】"))


def _opens(text: str) -> bool:
    """Whether a text begins something of its own: the label of a level, an item of a list."""
    level = labels.level_of(text)
    return bool(ITEM.match(text) or (level and level.sure))


def _is_full(a: Cell, b: Cell) -> bool:
    """Whether the last line of a cell had no room for what stands first in the other; in a column of two or three
    characters every line is full, which says nothing."""
    last = a.lines[-1]
    left = min(line.box.x0 for line in a.lines) - a.box.x0
    room = a.box.x1 - last.box.x1 - max(left, 2.0)
    return room < first_width(b.lines[0]) + 0.6 * last.size and a.box.x1 - a.box.x0 - 2 * left > _NARROW * last.size


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
