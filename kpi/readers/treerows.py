"""Rows of a tree, as budget platforms print it: each level stands in a row of its own, above the rows that it heads."""

from collections.abc import Sequence
from dataclasses import replace

from kpi.readers import labels
from kpi.readers.columns import Header
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line

_LEAST = 2  # levels in rows of their own


def grown(lines: Sequence[Line], header: Header) -> list[Line]:
    """The rows with the levels that stand above them; where rows have levels of their own, just as they are."""
    if header.right or header.anchor <= 0 or not 0 <= header.one < header.anchor:
        return list(lines)
    alone = [_alone(line, header) for line in lines]
    if sum(cell is not None for cell in alone) < _LEAST or any(_has_own(line, header) for line in lines):
        return list(lines)
    made: list[Line] = []
    levels: dict[int, GridCell] = {}
    for at, (line, cell) in enumerate(zip(lines, alone, strict=True)):
        if cell is None:
            made.append(_with(line, levels))
            if any(c.column >= header.left[0].column for c in line.filled):
                levels = {}
            continue
        if cell.column == header.one:
            levels = {}
        levels[cell.column] = cell
        if not _heads(alone, lines, at, header):  # a level that the form leaves blank
            made.append(_with(replace(line, cells=tuple(c for c in line.cells if c is not cell)), levels))
            levels.pop(cell.column)
    return made


def _alone(line: Line, header: Header) -> GridCell | None:
    """The level that is all that a row holds, in the column of its rank."""
    if line.packed or len(line.filled) != 1:
        return None
    cell = line.filled[0]
    return cell if cell.column in (header.one, header.anchor) and labels.level_of(cell.text) else None


def _has_own(line: Line, header: Header) -> bool:
    """Whether a row with a name has a level in front of it."""
    named = any(c.column >= header.left[0].column for c in line.filled) if header.left else False
    levels = (c for c in line.filled if c.column in (header.one, header.anchor))
    return line.packed or (named and any(labels.is_level(c.text) for c in levels))


def _heads(alone: Sequence[GridCell | None], lines: Sequence[Line], at: int, header: Header) -> bool:
    """Whether a row with a name, or for a first level a second one, stands right below."""
    below = next((k for k in range(at + 1, len(lines)) if lines[k].filled), None)
    if below is None:
        return False
    cell, under = alone[at], alone[below]
    if under is not None:
        return cell is not None and cell.column == header.one and under.column == header.anchor
    return any(c.column >= header.left[0].column for c in lines[below].filled)


def _with(line: Line, levels: dict[int, GridCell]) -> Line:
    """A row with levels in their columns, where it has none."""
    if not levels or line.packed:
        return line
    kept = [c for c in line.cells if c.column not in levels or c.text]
    taken = {c.column for c in kept}
    more = [cell for column, cell in levels.items() if column not in taken]
    return replace(line, cells=tuple(sorted((*kept, *more), key=lambda c: c.column)))
