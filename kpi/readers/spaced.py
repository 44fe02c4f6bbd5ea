"""A self-evaluation that a copy has put on one line, its heads out of order: blanks are all that stands between the
cells of its numbered rows (指标2:处方书写合格率 ≥85% 88.60% 3 3)."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kpi.lazyre import later
from kpi.readers import labels
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line

_SLOT = later(r"指标\d{1,2}[:：、.．]")
_POINTS = later(r"\d{1,3}(?:\.\d{1,2})?")
_LEAST = 5  # rows with points and a score
_MOST = 20_000  # characters of such a line
_CELLS = 5  # of a row: name, value, result, points, score


def spaced(lines: Sequence[Line]) -> list[Line]:
    """The lines with each cell of such a text on a line of its own; [] where the file has no such text."""
    made: list[Line] = []
    found = False
    for line in lines:
        cells = [part for cell in line.filled for part in _parts(cell)]
        if line.grid is None and _is_run(cells):
            found = True
            made += [Line((cell._replace(column=0),), None, packed=True) for cell in cells]
        else:
            made.append(replace(line, packed=True) if line.grid is None else line)
    return made if found else []


def _parts(cell: GridCell) -> list[GridCell]:
    if len(cell.text) > _MOST:
        return [cell]
    return [cell._replace(text=text) for text in cell.text.split()]


def _is_run(cells: Sequence[GridCell]) -> bool:
    """Whether rows with the cells of a self-evaluation stand in the text: 指标1:name, value, result, points, score."""
    starts = [at for at, cell in enumerate(cells) if _SLOT.match(cell.text)]
    rows = [cells[a:b] for a, b in pairwise([*starts, len(cells)])]
    whole = [row for row in rows if len(row) >= _CELLS and all(_POINTS.fullmatch(c.text) for c in row[3:_CELLS])]
    heads = {labels.head_of(cell.text) for cell in cells}
    return len(whole) >= _LEAST and 2 * len(whole) > len(rows) and {"actual", "score"} <= heads
