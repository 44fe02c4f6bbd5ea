"""One page of a PDF taken in: its tables with their cells' text, and the text between them, from the top down."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from kpi.readers.formats.pdffold import BROKEN
from kpi.readers.formats.pdfglyphs import Glyph, Raw, Run, placed, raw_glyphs, writing
from kpi.readers.formats.pdflines import Grid, grids
from kpi.readers.formats.pdfpaths import Drawing, drawing
from kpi.readers.formats.pdfplain import Columned, blocks, chunked
from kpi.readers.formats.pdfspace import SAME, Box, Matrix, box_of, shown, upright
from kpi.readers.formats.pdftext import Gaps, TextLine, cell_text, gaps_of, lines_of, text_line

_TEXT_ENDS = 0.8  # of the width of a page, or further right
_OUTLINES = 300  # curves: text drawn as outlines has thousands
_STAMP = 30  # characters: no more than a page number and a stamp upon a scanned page
_SCAN = 0.4  # of the page that the image of a scanned page covers


@dataclass(slots=True)
class Cell:
    """A cell of a table on one page, in the page's upright space."""

    box: Box
    lines: list[TextLine]
    rowspan: int = 1
    closed_above: bool = True
    closed_below: bool = True
    deep: bool = False  # reaches the lower edge of its table
    after: str = ""  # text that the next page adds

    @property
    def text(self) -> str:
        return cell_text(self.lines, self.box.x0, self.box.x1)


@dataclass(slots=True)
class Table:
    """A table on one page. `rows`: the cells that begin in each."""

    box: Box
    rows: list[list[Cell]]
    ruled: bool = True


@dataclass(slots=True)
class Page:
    """A page as pieces in reading order. `back`: from upright space to the page as it is seen."""

    number: int
    height: float
    back: Matrix = SAME
    pieces: list[Table | TextLine] = field(default_factory=list)
    broken: int = 0  # characters that stand for none
    glyphs: int = 0
    scanned: bool = False  # an image of a page, or a page whose text is drawn

    def place(self, box: Box) -> tuple[float, float, float, float]:
        """A box as it is told to users: from the page's top left, in points, to a tenth."""
        x0, y0, x1, y1 = (round(v, 1) + 0.0 for v in box_of(self.back, box))
        return x0, y0, x1, y1


def squeezed(row: Sequence[Cell]) -> list[str]:
    """The texts of a row without white space: what rows compare by."""
    return [re.sub(r"\s", "", cell.text) for cell in row]


def read_page(page: Any, number: int) -> Page:  # noqa: ANN401 - a pdfium page
    """An open page, of that 1-based number. Raises TooMuch."""
    raw, runs = raw_glyphs(page.raw)
    seen, turn, width, height = _upright(page, raw, runs)
    matrix = seen.then(turn)
    drawn = drawing(page.raw, matrix)
    for run in runs:
        run.clip = box_of(matrix, run.clip) if run.clip else None
    found = Page(number, height, turn.inverse(), glyphs=len(raw))
    found.scanned = _is_scanned(drawn, len(raw), width * height)
    found.broken = sum(g.text == BROKEN for g in raw)
    level, turned = placed(raw, runs, matrix)
    found.pieces = _pieces([*level, *turned], runs, drawn, width)
    return found


def _upright(page: Any, raw: list[Raw], runs: list[Run]) -> tuple[Matrix, Matrix, float, float]:  # noqa: ANN401
    """From the page's space to the page as seen, from there to the page upright, and the upright width and height."""
    box = Box(*page.get_bbox())
    turns = (page.get_rotation() // 90) % 4
    width, height = box.x1 - box.x0, box.y1 - box.y0
    if turns % 2:
        width, height = height, width
    way = (writing(raw, runs) - turns) % 4
    turn = upright(width, height, way)
    return (shown(box, turns), turn, height, width) if way % 2 else (shown(box, turns), turn, width, height)


def _is_scanned(drawn: Drawing, glyphs: int, area: float) -> bool:
    if not glyphs:
        return bool(drawn.images) or drawn.curves > _OUTLINES
    largest = max(((b.x1 - b.x0) * (b.y1 - b.y0) for b in drawn.images), default=0.0)
    return glyphs <= _STAMP and largest > _SCAN * area


def _pieces(glyphs: list[Glyph], runs: list[Run], drawn: Drawing, width: float) -> list[Table | TextLine]:
    tables, gaps = grids(drawn), gaps_of(glyphs)
    inside: list[list[list[Glyph]]] = [[[] for _ in grid.areas] for grid in tables]
    loose: list[Glyph] = []
    spot: tuple[int, int] | None = None
    last: Glyph | None = None
    for glyph in glyphs:
        spot = _spot(tables, glyph, runs[glyph.run], last, spot)
        (inside[spot[0]][spot[1]] if spot else loose).append(glyph)
        last = glyph
    made: list[Table | TextLine] = [_table(grid, texts, gaps) for grid, texts in zip(tables, inside, strict=True)]
    for piece in _between(loose, [t.box for t in tables], width, gaps):
        made.append(_columned(piece) if isinstance(piece, Columned) else piece)
    return sorted(made, key=lambda p: (p.box.y0, p.box.x0))


def _spot(
    tables: Sequence[Grid], glyph: Glyph, run: Run, last: Glyph | None, spot: tuple[int, int] | None
) -> tuple[int, int] | None:
    """The table and cell that a character belongs to."""
    x, y = (glyph.x0 + glyph.x1) / 2, glyph.middle
    if spot and not run.clip:
        box = tables[spot[0]].areas[spot[1]].box
        if box.x0 <= x < box.x1 and box.y0 <= y < box.y1 and (last is None or last.x1 <= box.x1):
            return spot
    if run.clip:  # what a cell is too small to show still belongs to it
        x = min(max(x, run.clip.x0 + 1), run.clip.x1 - 1)
        y = min(max(y, run.clip.y0 + 1), run.clip.y1 - 1)
    if last and spot and _runs_over(tables[spot[0]].areas[spot[1]].box, glyph, last):
        return spot
    return next(((i, n) for i, grid in enumerate(tables) if (n := grid.at(x, y)) is not None), None)


def _runs_over(box: Box, glyph: Glyph, last: Glyph) -> bool:
    """Whether a line of text runs over the edge of its cell: the edge cuts a character, or has cut one before."""
    if glyph.run != last.run or abs(glyph.base - last.base) > 0.1 * glyph.size:
        return False
    if not -0.3 * glyph.size < glyph.x0 - last.x1 < 0.3 * glyph.size:
        return False
    slack = 0.15 * glyph.size
    cut = glyph.x0 + slack < box.x1 < glyph.x1 - slack
    return cut or last.x1 - slack > box.x1


def _table(grid: Grid, texts: list[list[Glyph]], gaps: Gaps) -> Table:
    rows: list[list[Cell]] = [[] for _ in range(len(grid.ys) - 1)]
    for area, glyphs in zip(grid.areas, texts, strict=True):
        lines = [text_line(line, gaps) for line in lines_of(glyphs)]
        cell = Cell(area.box, lines, area.bottom - area.top + 1, area.closed_above, area.closed_below)
        cell.deep = area.bottom == len(rows) - 1
        rows[area.top].append(cell)
    return Table(grid.box, [sorted(row, key=lambda c: c.box.x0) for row in rows])


def _between(loose: list[Glyph], boxes: list[Box], width: float, gaps: Gaps) -> list[Columned | TextLine]:
    """The text outside the tables, apart for each stretch between two of them."""
    cuts = sorted(box.y0 for box in boxes)
    stretches: dict[int, list[Glyph]] = {}
    for glyph in loose:
        stretches.setdefault(sum(cut < glyph.middle for cut in cuts), []).append(glyph)
    right = max([_TEXT_ENDS * width, *(glyph.x1 for glyph in loose), *(box.x1 for box in boxes)])
    return [piece for _, glyphs in sorted(stretches.items()) for piece in blocks(chunked(glyphs, gaps), right)]


def _columned(found: Columned) -> Table:
    rows = []
    for cells in found.rows:
        row = []
        for first, last, lines in cells:
            tops, ends = [line.box.y0 for line in lines], [line.box.y1 for line in lines]
            row.append(Cell(Box(found.edges[first], min(tops), found.edges[last + 1], max(ends)), lines))
        rows.append(row)
    return Table(found.box, rows, ruled=False)
