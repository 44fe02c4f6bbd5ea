"""The column of the signs, in a form that has one beside that of the figures."""

from collections import Counter
from collections.abc import Iterator
from itertools import takewhile

from kpi.fixes.cells import Cells
from kpi.model import Entry, Half, TargetTable
from kpi.readers import labels
from kpi.values.normal import MARKS

_HEADS = ("sign", "nature")  # forms head a column of signs 指标性质, too


def sign_column(table: TargetTable, half: Half, value: int, cells: Cells) -> int | None:
    """The column of the signs that go with the figures of the cell with the number `value`; None where signs stand
    before the figures themselves. Told by the other rows, and by the heads where no row has a sign."""
    entries = [entry for row in table.indicators for side, entry in row.entries() if side == half]
    known = Counter(_columns(entries, value, cells))
    if known:
        return known.most_common(1)[0][0]
    if any(row.polarity for row in table.indicators) or any(entry.text.startswith(tuple(MARKS)) for entry in entries):
        return None
    row, first = cells.row_of(value)
    blank = (cell.column for cell in row.cells[: value - first] if not cell.text)
    return next((column for column in blank if _headed(column, value, cells)), None)


def _columns(entries: list[Entry], value: int, cells: Cells) -> Iterator[int]:
    """Where the rows whose figures stand in the same column have their signs."""
    grid = cells.row_of(value)[0].grid
    for entry in entries:
        sign, figure = (cells.at(entry.cells[kind]) if kind in entry.cells else None for kind in ("sign", "value"))
        if sign is None or figure is None or sign[0] == figure[0]:
            continue
        same = cells.all[figure[0]].column == cells.all[value].column and cells.row_of(figure[0])[0].grid == grid
        if same:
            yield cells.all[sign[0]].column


def _headed(column: int, value: int, cells: Cells) -> bool:
    """Whether the heads above call a column one of signs."""
    own = cells.row_of(value)[0]
    above = takewhile(lambda row: row is not own, cells.source.rows)
    over = (cell for row in above if row.grid == own.grid for cell in row.cells if cell.column == column)
    return any(labels.head_of(cell.text) in _HEADS for cell in over)
