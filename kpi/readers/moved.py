"""Rows of a text that leave merged cells out: their columns are counted from the first cell that is there."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kpi.readers import labels
from kpi.readers.columns import Header
from kpi.readers.lines import Line
from kpi.readers.match import kind_of


def unmoved(lines: Sequence[Line], header: Header) -> list[Line]:
    """The rows of a block under their heads again: 定量 stands below 指标值类型, whatever is missing left of it."""
    lines = [_unlabelled(line, header) for line in lines]
    nature = [role.column for role in header.left if role.kind == "nature"]
    if len(nature) != 1 or header.right or header.project:
        return list(lines)
    return list(_unmoved(lines, nature[0]))


def _unlabelled(line: Line, header: Header) -> Line:
    """绩效指标 | 产出指标 | 数量指标 under 一级指标 | 二级指标: a merged cell left of the heads moves the first row."""
    if line.packed or header.one < 0 or header.project or len(line.filled) <= len(header.left):
        return line
    first, second, *_ = line.filled
    beside = first.column == header.one and second.column == header.one + 1 and first.location.line is not None
    if not beside or not labels.is_block_label(first.text) or not labels.is_level(second.text, 1):
        return line
    return replace(line, cells=tuple(c._replace(column=c.column - 1) for c in line.cells if c is not first))


def _unmoved(lines: Sequence[Line], column: int) -> Iterator[Line]:
    for line in lines:
        found = [c.column for c in line.filled if kind_of(c.text) == "nature"]
        step = column - found[0] if len(found) == 1 else 0
        loose = not line.packed and bool(line.filled) and line.filled[0].location.line is not None
        if step > 0 and loose:  # sheets and documents tell which cells are merged
            yield replace(line, cells=tuple(c._replace(column=c.column + step) for c in line.cells))
        else:
            yield line
