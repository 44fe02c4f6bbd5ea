"""Merged cells that a file repeats in every cell that they cover, and rows that a copy has once for each half: said
once."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kpi.model import Indicator
from kpi.readers import labels, money
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line


def doubled_columns(heads: Sequence[GridCell], below: Sequence[GridCell]) -> frozenset[int]:
    """The columns whose head, in both rows of heads, is that of the column left of them."""
    found = {b.column for a, b in pairwise(heads) if _again(a, b)}
    if found and below:
        own = {c.column for c in below}
        again = {b.column for a, b in pairwise(below) if _again(a, b)}
        found = {c for c in found if c not in own or c in again}
    return frozenset(found)


def _again(a: GridCell, b: GridCell) -> bool:
    return a.text == b.text and b.column == a.column + max(a.colspan, 1)


def undoubled(line: Line, columns: frozenset[int]) -> Line:
    """A row without its second copies in those columns."""
    if not columns or line.packed:
        return line
    by_column = {c.column: c.text for c in line.cells}
    kept = tuple(c for c in line.cells if c.column not in columns or by_column.get(c.column - 1) != c.text)
    return replace(line, cells=kept) if len(kept) < len(line.cells) else line


def undoubled_head(line: Line, above: Line | None = None) -> Line:
    """A row of the form's head without copies; amounts may stand side by side and be equal, and so may the goals of
    both halves, where the row above says that two goals begin there."""
    if line.packed or len(line.filled) < 2:
        return line
    goals = {c.column for c in above.filled if labels.goal_of(c.text)} if above else set()
    twice = {b.column for a, b in pairwise(line.cells) if a.text and a.text == b.text and not _may_repeat(b.text)}
    drop = twice - goals
    return replace(line, cells=tuple(c for c in line.cells if c.column not in drop)) if drop else line


def _may_repeat(text: str) -> bool:
    return money.is_amount(text) or labels.matches("blank", text)


def said_once(rows: Sequence[Indicator]) -> list[Indicator]:
    """The rows without those that say the one before them again, in a copy with a cell a line: there the row of one
    half stands behind that of the other, 送检气瓶数量 | 350 | 数量指标 | 送检气瓶数量 | 350."""
    return [row for k, row in enumerate(rows) if not (k and _repeats(row, rows[k - 1]))]


def _repeats(row: Indicator, before: Indicator) -> bool:
    same = (row.level2, row.name) == (before.level2, before.name) and row.period is None and before.period is None
    if not same or row.annual is None or before.annual is None or not row.annual.text:
        return False
    return row.annual.text == before.annual.text and _a_line_each(row) and _a_line_each(before)


def _a_line_each(row: Indicator) -> bool:
    """Whether the name and the value of a row stand on lines of their own."""
    cells = row.annual.cells if row.annual else {}
    return "name" in cells and "value" in cells and cells["name"].line != cells["value"].line
