"""Rows of a text that leave merged cells out: their columns are counted from the first cell that is there."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kpi.readers.columns import Header
from kpi.readers.lines import Line
from kpi.readers.match import kind_of


def unmoved(lines: Sequence[Line], header: Header) -> list[Line]:
    """The rows of a block under their heads again: 定量 stands below 指标值类型, whatever is missing left of it."""
    nature = [role.column for role in header.left if role.kind == "nature"]
    if len(nature) != 1 or header.right or header.project:
        return list(lines)
    return list(_unmoved(lines, nature[0]))


def _unmoved(lines: Sequence[Line], column: int) -> Iterator[Line]:
    for line in lines:
        found = [c.column for c in line.filled if kind_of(c.text) == "nature"]
        step = column - found[0] if len(found) == 1 else 0
        loose = not line.packed and bool(line.filled) and line.filled[0].location.line is not None
        if step > 0 and loose:  # sheets and documents tell which cells are merged
            yield replace(line, cells=tuple(c._replace(column=c.column + step) for c in line.cells))
        else:
            yield line
