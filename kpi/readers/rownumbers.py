"""The numbers of the rows of a sheet, copied along with its cells: 7 | 项目名称 | …, 8 | 指标类型 | …"""

from collections.abc import Sequence

from kpi.readers.grid import Row

_LEAST = 6  # rows


def without_numbers(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows of a text without such a column: every row of it is numbered, titles and heads too, one by one."""
    grid = [row for row in rows if row.grid is not None and len(row.cells) > 1]
    if len(grid) < _LEAST or not grid[0].cells[0].text.isdecimal():
        return rows
    numbers = [row.cells[0].text for row in grid]
    if any(not number.isdecimal() or len(number) > _LEAST for number in numbers):
        return rows
    first = int(numbers[0])
    if [int(number) for number in numbers] != list(range(first, first + len(numbers))):
        return rows
    own = {id(row) for row in grid}
    return [
        row._replace(cells=tuple(c._replace(column=c.column - 1) for c in row.cells[1:])) if id(row) in own else row
        for row in rows
    ]
