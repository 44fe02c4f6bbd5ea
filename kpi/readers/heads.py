"""Where the heads of an indicator block stand: in a row of their own, one a line, or in two rows."""

from collections.abc import Sequence

from kpi.readers import labels
from kpi.readers.columns import is_header
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line

_MOST = 40  # heads of one block


def heads_at(lines: Sequence[Line], at: int) -> tuple[tuple[GridCell, ...], int]:
    """The heads that begin at a line, and how many lines they take: one row, or one cell a line."""
    line = lines[at]
    if is_header(line):
        return line.cells, 1
    if not _lone(line):
        return (), 0
    kind = labels.head_of(line.cells[0].text)
    if kind not in ("level1", "level2", "name") and not labels.is_block_label(line.cells[0].text):
        return (), 0
    cells: list[GridCell] = []
    for other in lines[at : at + _MOST]:
        level = labels.level_of(other.cells[0].text) if _lone(other) else None
        if not _lone(other) or (level and level.sure):
            break
        if kind in ("level2", "name") and not labels.head_of(other.cells[0].text):
            break  # without 一级指标 nothing but known heads
        cells.append(other.cells[0]._replace(column=len(cells)))
    heads = Line(tuple(cells), None, True)
    return (heads.cells, len(cells)) if cells and is_header(heads) else ((), 0)


def subheads_at(lines: Sequence[Line], at: int) -> tuple[GridCell, ...]:
    """A second row of heads, under those that span several columns."""
    if at >= len(lines):
        return ()
    filled = lines[at].filled
    heads = [labels.head_of(c.text) for c in filled]
    if len(filled) > 1 and all(heads) and not any(labels.level_of(c.text) for c in filled):
        return filled
    return ()


def _lone(line: Line) -> bool:
    return line.packed and len(line.cells) == 1
