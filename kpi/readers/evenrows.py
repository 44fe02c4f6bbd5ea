"""Cells that come one a line, as many behind every level as rows of all columns take: each row fills its columns."""

from collections.abc import Iterator, Sequence

from kpi.readers import labels
from kpi.readers.columns import Header
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line
from kpi.readers.match import FIGURES, kind_of

_WIDE = 3  # columns: of two, a name and a value, their looks tell
_LEAST = 4  # rows
_PAIR = 2
_ASIDE = ("standard", "note", "explanation", "reason")  # columns that a form may leave blank
_FIGURES = 0.6  # of the values


def even_rows(lines: Sequence[Line], header: Header) -> list[Line]:
    """The rows; [] where a level has cells over, a name looks like a value, or most values like none."""
    wide = header.width >= _WIDE and header.left[0].kind == "name" and not (header.bare or header.right)
    if not wide or not all(line.packed and len(line.cells) == 1 for line in lines):
        return []
    runs = list(_runs([line.cells[0] for line in lines]))
    if pairs := _pairs(runs, header):
        return pairs
    if any(len(cells) % header.width or not all(cell.text for cell in cells) for _, cells in runs):
        return []
    rows = [row for found, cells in runs for row in _rows(found, cells, header.width)]
    at = next((k for k, role in enumerate(header.left) if role.kind == "value"), 0)
    names, values = ([kind_of(body[k].text) for _, body in rows] for k in (0, at))
    if not at or len(rows) < _LEAST or not all(kind in ("words", "unit") for kind in names):
        return []
    if sum(kind in FIGURES for kind in values) < _FIGURES * len(rows):
        return []
    return [_line(cells) for found, body in rows for cells in _with_levels(found, body)]


def _pairs(runs: Sequence[tuple[list[GridCell], list[GridCell]]], header: Header) -> list[Line]:
    """Names and values alone, where the last of three columns (绩效标准) is blank throughout and has no cell: under
    every level an even number of cells, which whole rows do not make up. The last run may break off."""
    *whole, (_, last) = runs or [([], [])]
    kinds = [role.kind for role in header.left]
    told = header.width == _WIDE and kinds[:_PAIR] == ["name", "value"] and kinds[-1] in _ASIDE
    odd = any(len(cells) % header.width for _, cells in whole)
    if not (told and odd) or any(len(cells) % _PAIR for _, cells in whole) or not all(found for found, _ in runs):
        return []
    rows = [row for found, cells in [*whole, (runs[-1][0], last[: len(last) // _PAIR * _PAIR])]
            for row in _rows(found, cells, _PAIR)]  # fmt: skip
    named = all(kind_of(body[0].text) in ("words", "unit") for _, body in rows)
    if len(rows) < _LEAST or not named:
        return []
    return [_line(cells) for found, body in rows for cells in _with_levels(found, body)]


def _line(cells: Sequence[GridCell]) -> Line:
    return Line(tuple(c._replace(column=k) for k, c in enumerate(cells)), None, True)


def _with_levels(found: Sequence[GridCell], body: Sequence[GridCell]) -> Iterator[list[GridCell]]:
    """A row with its levels; second levels before its own have been left blank, each on a line of its own."""
    own: list[GridCell] = []
    for cell in found:
        if own and labels.is_level(own[-1].text, 2):
            yield own
            own = []
        own.append(cell)
    yield [*own, *body]


def _runs(cells: Sequence[GridCell]) -> Iterator[tuple[list[GridCell], list[GridCell]]]:
    """The levels, and the cells behind them up to the next."""
    found: list[GridCell] = []
    body: list[GridCell] = []
    for cell in cells:
        if labels.is_level(cell.text) or labels.is_block_label(cell.text):
            if body:
                yield found, body
                found, body = [], []
            found.append(cell)
        else:
            body.append(cell)
    if body:
        yield found, body


def _rows(
    found: Sequence[GridCell], cells: Sequence[GridCell], width: int
) -> Iterator[tuple[Sequence[GridCell], Sequence[GridCell]]]:
    for k in range(0, len(cells), width):
        yield (found if not k else ()), cells[k : k + width]
