"""From rulings to tables: which lines belong together, where the rows and columns are, which cells are merged."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from kpi.readers.formats.pdfpaths import Drawing, Ruling
from kpi.readers.formats.pdfspace import Box

NEAR = 3.0  # points: lines no further apart are one, ends no further from a line touch it
_SHORTEST = 5.0  # points; what is shorter when joined up is no ruling
MOST_RULINGS = 6000  # of one page, joined up
MOST_FIELDS = 60_000  # of one table: rows times columns
_FEWEST_DOWN = 3  # lines down that make a table without lines across
_FEWEST_LINES = 3
_PAGE = 300.0  # points: a single cell so high is the frame of a page
_FEWEST_BOXES = 4  # filled areas that make a table without lines


_Lines = tuple[list[Ruling], list[Ruling]]  # across and down


@dataclass(slots=True)
class Area:
    """A cell of a table: first and last row and column (inclusive), and whether a line closes it above and below."""

    box: Box
    top: int
    bottom: int
    left: int
    right: int
    closed_above: bool = True
    closed_below: bool = True


@dataclass(slots=True)
class Grid:
    """A table: its columns' and rows' edges, its cells, and for each field the number of its cell."""

    xs: list[float]
    ys: list[float]
    areas: list[Area] = field(default_factory=list)
    fields: list[list[int]] = field(default_factory=list)

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def at(self, x: float, y: float) -> int | None:
        """The number of the cell at a point."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= row < len(self.fields) and 0 <= column < len(self.fields[row]):
            return self.fields[row][column]
        return None


def grids(drawn: Drawing) -> list[Grid]:
    """The tables of a page."""
    across, down = _joined(drawn.across), _joined(drawn.down)
    if len(across) < 2 and len(down) < 2 and len(drawn.boxes) >= _FEWEST_BOXES:
        across, down = _edges(drawn.boxes)
    if len(across) + len(down) > MOST_RULINGS:
        across, down = _longest(across), _longest(down)
    found = (_grid(a, d) for a, d in _with_untied(_together(across, down)))
    made = [grid for grid in found if grid]
    return [g for g in made if len(g.areas) > 1 or not _frames(g, made)]


def _with_untied(groups: list[_Lines]) -> list[_Lines]:
    """Lines down that no line across ties to a table join the one as high as they are: the outer edge of a label that a
    page break cuts. Where there is none, several alike are a table: a page that lies within a single row."""
    tied = [g for g in groups if g[0]]
    loose = [down for across, down in groups if not across]
    spans = [(min(r.start for r in d), max(r.end for r in d)) for _, d in tied if d]
    alone: list[Ruling] = []
    for ruling in (r for down in loose for r in down):
        high = [g for g, span in zip([g for g in tied if g[1]], spans, strict=True) if _as_high(ruling, span)]
        (high[0][1] if high else alone).append(ruling)
    alike = bool(alone) and all(_as_high(r, (alone[0].start, alone[0].end)) for r in alone)
    return [*tied, ([], alone)] if alike and len(alone) >= _FEWEST_DOWN else tied


def _as_high(ruling: Ruling, span: tuple[float, float]) -> bool:
    return abs(ruling.start - span[0]) <= 2 * NEAR and abs(ruling.end - span[1]) <= 2 * NEAR


def _longest(rulings: list[Ruling]) -> list[Ruling]:
    return sorted(rulings, key=lambda r: r.start - r.end)[: MOST_RULINGS // 2]


def _edges(boxes: Iterable[Box]) -> tuple[list[Ruling], list[Ruling]]:
    boxes = list(boxes)
    across = [Ruling(y, b.x0, b.x1) for b in boxes for y in (b.y0, b.y1)]
    down = [Ruling(x, b.y0, b.y1) for b in boxes for x in (b.x0, b.x1)]
    return _joined(across), _joined(down)


def _joined(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Lines drawn in pieces or twice, each once; what stays too short is left out."""
    found: list[Ruling] = []
    group: list[Ruling] = []
    for ruling in sorted(rulings):
        if group and ruling.at - group[0].at > NEAR / 2:
            found += _pieces(group)
            group = []
        group.append(ruling)
    return found + _pieces(group)


def _pieces(group: list[Ruling]) -> list[Ruling]:
    """The stretches that lines at one place cover."""
    found: list[Ruling] = []
    spots: list[float] = []
    start = end = 0.0
    for ruling in sorted(group, key=lambda r: r.start):
        if spots and ruling.start <= end + NEAR:
            end = max(end, ruling.end)
        else:
            if spots and end - start >= _SHORTEST:
                found.append(Ruling(median(spots), start, end))
            spots, start, end = [], ruling.start, ruling.end
        spots.append(ruling.at)
    if spots and end - start >= _SHORTEST:
        found.append(Ruling(median(spots), start, end))
    return found


def _together(across: list[Ruling], down: list[Ruling]) -> list[_Lines]:
    """Lines that touch, directly or through others."""
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    down = sorted(down)
    places = [r.at for r in down]
    for i, line in enumerate(across):
        first, last = bisect_left(places, line.start - NEAR), bisect_right(places, line.end + NEAR)
        for k in range(first, last):
            if down[k].start - NEAR <= line.at <= down[k].end + NEAR:
                parent[root(i)] = root(len(across) + k)
    groups: dict[int, _Lines] = {}
    for i, line in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(line)
    for k, line in enumerate(down):
        groups.setdefault(root(len(across) + k), ([], []))[1].append(line)
    return list(groups.values())


def _frames(grid: Grid, others: Sequence[Grid]) -> bool:
    """Whether a single cell only frames the page: another table is inside, or it is as large as a page of text."""
    box = grid.box
    rest = [o.box for o in others if o is not grid]
    inside = any(box.x0 <= o.x0 and o.x1 <= box.x1 and box.y0 <= o.y0 <= box.y1 for o in rest)
    return inside or box.y1 - box.y0 > _PAGE


def _grid(across: list[Ruling], down: list[Ruling]) -> Grid | None:
    xs = _places(down, across)
    ys = _places(across, down)
    if len(xs) < 2 or len(ys) < 2 or len(across) + len(down) < _FEWEST_LINES:
        return None
    if (len(xs) - 1) * (len(ys) - 1) > MOST_FIELDS:
        return None
    grid = Grid(xs, ys)
    _merge(grid, _Walls(_cover(down, xs, ys), _cover(across, ys, xs)))
    return grid


def _places(rulings: Iterable[Ruling], crossing: Sequence[Ruling]) -> list[float]:
    """The edges of columns (or rows): where lines stand, and the outer ends of the lines that cross them."""
    groups: list[list[float]] = []
    for at in sorted(r.at for r in rulings):
        if groups and at - groups[-1][0] <= NEAR:
            groups[-1].append(at)
        else:
            groups.append([at])
    places = [sum(g) / len(g) for g in groups]
    starts = [r.start for r in crossing if not places or r.start < places[0] - 2 * NEAR]
    ends = [r.end for r in crossing if not places or r.end > places[-1] + 2 * NEAR]
    if len(starts) > 1:
        places.insert(0, min(starts))
    if len(ends) > 1:
        places.append(max(ends))
    return places


def _cover(rulings: Iterable[Ruling], places: Sequence[float], bands: Sequence[float]) -> list[list[bool]]:
    """For each place and each band that crosses it: whether a line runs along most of the band."""
    lengths = [[0.0] * (len(bands) - 1) for _ in places]
    for ruling in rulings:
        k = min(range(len(places)), key=lambda i: abs(places[i] - ruling.at))
        first = max(bisect_right(bands, ruling.start) - 1, 0)
        for i in range(first, len(bands) - 1):
            if bands[i] >= ruling.end:
                break
            lengths[k][i] += max(min(ruling.end, bands[i + 1]) - max(ruling.start, bands[i]), 0.0)
    return [[2 * n >= bands[i + 1] - bands[i] for i, n in enumerate(row)] for row in lengths]


@dataclass(slots=True)
class _Walls:
    """Where lines run: `down[i][row]` at the i-th edge of the columns, `across[i][column]` at that of the rows."""

    down: list[list[bool]]
    across: list[list[bool]]


def _merge(grid: Grid, walls: _Walls) -> None:
    """Make the cells: fields without a line between them are one, as far as that gives rectangles."""
    rows, columns = len(grid.ys) - 1, len(grid.xs) - 1
    grid.fields = [[-1] * columns for _ in range(rows)]
    for top in range(rows):
        for left in range(columns):
            if grid.fields[top][left] < 0:
                _claim(grid, top, left, walls)


def _claim(grid: Grid, top: int, left: int, walls: _Walls) -> None:
    """The cell whose first field is given: as wide as no wall stops it, as deep as its whole width goes on."""
    rows, columns = len(grid.ys) - 1, len(grid.xs) - 1
    right, bottom = left, top
    while right + 1 < columns and not walls.down[right + 1][top] and grid.fields[top][right + 1] < 0:
        right += 1
    across = range(left, right + 1)
    while bottom + 1 < rows and _goes_on(grid, bottom + 1, across, walls):
        bottom += 1
    number = len(grid.areas)
    for row in range(top, bottom + 1):
        grid.fields[row][left : right + 1] = [number] * len(across)
    box = Box(grid.xs[left], grid.ys[top], grid.xs[right + 1], grid.ys[bottom + 1])
    above, below = (2 * sum(walls.across[i][c] for c in across) >= len(across) for i in (top, bottom + 1))
    grid.areas.append(Area(box, top, bottom, left, right, above, below))


def _goes_on(grid: Grid, row: int, across: range, walls: _Walls) -> bool:
    """Whether a cell of that width goes on into a row."""
    if any(walls.across[row][c] or grid.fields[row][c] >= 0 for c in across):
        return False
    return not any(walls.down[c][row] for c in across[1:])
