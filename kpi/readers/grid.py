"""What a format reader delivers: a file as a sequence of rows of cells, each with its place. No meaning yet."""

from typing import NamedTuple

from kpi.model import Location, Unread

GLUED = -2  # the `grid` of rows that have been made of text without separators
NAME_COLUMN = 2  # of such rows: 一级, 二级, 三级, then the other heads
ADRIFT = 1 << 20  # the column of words that belong to no cell of such a row


class GridCell(NamedTuple):
    """A cell as it stands: merged cells arrive once, with their spans. `column` is the 0-based grid column."""

    text: str
    column: int
    location: Location
    colspan: int = 1
    rowspan: int = 1


class Row(NamedTuple):
    """One row of a grid, or (with `grid` None) one line of running text between grids as a single cell."""

    cells: tuple[GridCell, ...]
    grid: int | None
    location: Location


class Source(NamedTuple):
    """A file as rows in reading order. `reader` names the format ("text", "docx"); `notes`: what it could not read;
    `struck`: what is struck out in it, and so not read."""

    path: str
    reader: str
    rows: tuple[Row, ...]
    encoding: str | None = None
    notes: tuple[Unread, ...] = ()
    struck: tuple[str, ...] = ()
