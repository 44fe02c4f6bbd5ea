"""Rows of a text that leave merged cells out: their columns are counted from the first cell that is there."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kpi.readers import labels
from kpi.readers.columns import Header
from kpi.readers.lines import Line
from kpi.readers.match import kind_of


def unmoved(lines: Sequence[Line], header: Header) -> list[Line]:
    """The rows of a block under their heads again: 定量 stands below 指标值类型, whatever is missing left of it."""
    lines = list(_unlabelled(lines, header))
    nature = [role.column for role in header.left if role.kind == "nature"]
    if len(nature) != 1 or header.right or header.project:
        return list(lines)
    return list(_unmoved(lines, nature[0]))


def _unlabelled(lines: Sequence[Line], header: Header) -> Iterator[Line]:
    """绩效指标 | 产出指标 | 数量指标 under 一级指标 | 二级指标: a merged cell left of the heads moves the first row
    and those below that leave a blank for it."""
    name = next((role.column for role in header.left if role.kind == "name"), -1)
    moved = False
    for line in lines:
        labelled = _is_labelled(line, header)
        moved = moved or labelled
        if labelled or (moved and _leaves_blank(line, header, name)):
            yield replace(line, cells=tuple(c._replace(column=c.column - 1) for c in line.cells[1:]))
        else:
            yield line


def _is_labelled(line: Line, header: Header) -> bool:
    if line.packed or header.one < 0 or header.project or len(line.filled) <= max(len(header.left), 1):
        return False
    first, second, *_ = line.filled
    beside = line.cells[0] is first and first.column == header.one and second.column == header.one + 1
    loose = first.location.line is not None  # sheets and documents tell which cells are merged
    return beside and loose and labels.is_block_label(first.text) and labels.is_level(second.text, 1)


def _leaves_blank(line: Line, header: Header, name: int) -> bool:
    """Whether the first cell is blank and what stands in the column of names is no name."""
    texts = {c.column: c.text for c in line.cells}
    if line.packed or texts.get(header.one) != "" or name <= header.one:
        return False
    there, behind = texts.get(name, ""), texts.get(name + 1, "")
    return bool(behind) and (not there or labels.is_level(there, 2))


def _unmoved(lines: Sequence[Line], column: int) -> Iterator[Line]:
    for line in lines:
        found = [c.column for c in line.filled if kind_of(c.text) == "nature"]
        step = column - found[0] if len(found) == 1 else 0
        loose = not line.packed and bool(line.filled) and line.filled[0].location.line is not None
        if step > 0 and loose:  # sheets and documents tell which cells are merged
            yield replace(line, cells=tuple(c._replace(column=c.column + step) for c in line.cells))
        else:
            yield line
