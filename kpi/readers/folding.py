"""Cells that come one a line become rows: by the number of columns, and where a level label begins a new one."""

from collections.abc import Iterable, Iterator, Sequence

from kpi.readers import labels
from kpi.readers.columns import Header
from kpi.readers.grid import GridCell
from kpi.readers.labels import Level
from kpi.readers.lines import Line


def fold(lines: Iterable[Line], header: Header) -> Iterator[Line]:
    """Cells that come one a line, gathered into rows by the number of columns and the level labels."""
    row: list[GridCell] = []
    half = 0  # cells of the current half after its last label
    for line in lines:
        cells = line.cells
        if not line.packed or len(line.filled) > 1:
            if row:
                yield Line(tuple(row), None, True)
            row, half = (list(cells), _payload(cells)) if line.packed else ([], 0)
            if not line.packed:
                yield line
            continue
        label = labels.level_of(cells[0].text)
        if label and label.sure and not _opens_right(row, label, half, header):
            if row and half:
                yield Line(tuple(row), None, True)
                row = []
            half = 0
        elif label and label.sure:
            half = 0
        else:
            if half >= header.width and row:
                yield Line(tuple(row), None, True)
                row, half = [], 0
            half += 1
        row.append(GridCell(cells[0].text, len(row), cells[0].location))
    if row:
        yield Line(tuple(row), None, True)


def _payload(cells: Sequence[GridCell]) -> int:
    return sum(1 for c in cells if not ((level := labels.level_of(c.text)) and level.sure))


def _opens_right(row: Sequence[GridCell], label: Level, half: int, header: Header) -> bool:
    """The same 二级 label again after the first half of a row: the second half begins."""
    twos = [level for c in row if (level := labels.level_of(c.text)) and level.sure and level.rank != 1]
    return bool(header.right) and len(twos) == 1 and twos[0].two == label.two and 0 < half <= header.width
