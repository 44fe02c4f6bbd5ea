"""A table of a page: its cells as they come, then on a grid by their spans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kpi.readers.errors import WIDEST


@dataclass(slots=True)
class Cell:
    """A cell with its text and inner tables in order."""

    colspan: int
    rowspan: int  # 0: to the end of the table
    items: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A table while it is read; `size` counts its cells, `inside` tells whether one of them is still open."""

    rows: list[list[Cell]] = field(default_factory=list)
    size: int = 0
    inside: bool = False


Item = str | Table


def span(text: str | None, least: int) -> int:
    """A span as written in the page, within bounds."""
    digits = (text or "").strip()
    if not digits.isdecimal():
        return 1
    return WIDEST if len(digits) > 6 else max(least, min(int(digits), WIDEST))


def placed(table: Table) -> Iterator[list[tuple[int, int, Cell]]]:
    """The cells of each row with the column that they begin in and their height."""
    taken: dict[int, int] = {}  # how many rows a column is still covered from above
    for index, row in enumerate(table.rows):
        left = len(table.rows) - index
        column, found = 0, []
        below: dict[int, int] = {}
        for cell in row:
            while taken.get(column, 0) > 0:
                column += 1
            height = left if cell.rowspan == 0 else min(cell.rowspan, left)
            found.append((column, height, cell))
            if height > 1:
                below.update(dict.fromkeys(range(column, column + cell.colspan), height))
            column += cell.colspan
        taken = {at: rows - 1 for at, rows in taken.items() if rows > 1}
        taken.update({at: height - 1 for at, height in below.items()})
        yield found
