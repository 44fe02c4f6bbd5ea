"""Cells merged over several rows of indicators: the sign, the value, the unit or the standard is that of each of them.

A merged weight is that of all rows together, and stays with the first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kpi.readers.columns import Header
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line
from kpi.readers.roles import Role

_SHARED = frozenset(("sign", "nature", "value", "unit", "standard"))


def carried(lines: Iterable[Line], header: Header) -> Iterator[Line]:
    """The lines; those that a merged cell reaches down to have it, too, where they name an indicator of their own."""
    names = _names(header)
    below: dict[int, tuple[int, GridCell]] = {}  # by column: how many more rows, and the cell
    grid = None
    for line in lines:
        if line.packed or line.grid is None or line.grid != grid:
            below, grid = {}, line.grid
        if line.packed or line.grid is None:
            yield line
            continue
        missing = ((column, cell) for column, (_, cell) in below.items() if not _stands(line, column))
        more = [cell for column, cell in missing if _named(line, names[column])]
        below = {column: (left - 1, cell) for column, (left, cell) in below.items() if left > 1}
        below |= {c.column: (c.rowspan - 1, c) for c in line.filled if c.rowspan > 1 and c.column in names}
        yield replace(line, cells=tuple(sorted((*line.cells, *more), key=lambda c: c.column))) if more else line


def _names(header: Header) -> dict[int, range]:
    """For each column that may be shared the columns of the name of its half."""
    return {
        role.column: _width(half) for half in (header.left, header.right) for role in half if role.kind in _SHARED
    }


def _width(half: tuple[Role, ...]) -> range:
    name = next((k for k, role in enumerate(half) if role.kind == "name"), 0)
    return range(half[name].column, max(half[min(name + 1, len(half) - 1)].column, half[name].column + 1))


def _named(line: Line, name: range) -> bool:
    return any(c.column in name for c in line.filled)


def _stands(line: Line, column: int) -> bool:
    """Whether the row has a cell of its own in a column, be it blank."""
    return any(c.column <= column < c.column + c.colspan for c in line.cells)
