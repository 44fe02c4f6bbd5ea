"""A form on paper: paragraphs and grids, in reading order. In a grid "<" continues the cell at its left, "^" the one
above."""

from collections.abc import Iterator, Sequence

Grid = list[list[str]]
Paper = list[str | Grid]
MERGED = ("<", "^")


def spans(grid: Sequence[Sequence[str]]) -> Iterator[tuple[int, int, str, int, int]]:
    """Each cell as (row, column, text, height, width), merged ones once."""
    for r, row in enumerate(grid):
        for c, text in enumerate(row):
            if text in MERGED:
                continue
            width = height = 1
            while c + width < len(row) and row[c + width] == "<":
                width += 1
            while r + height < len(grid) and c < len(grid[r + height]) and grid[r + height][c] == "^":
                height += 1
            yield r, c, text, height, width


def line(width: int, *cells: str) -> list[str]:
    """A row of `width` columns: the cells, evenly spread, each as wide as the room allows."""
    starts = [k * width // len(cells) for k in range(len(cells))]
    row = ["<"] * width
    for k, (start, text) in enumerate(zip(starts, cells, strict=True)):
        row[max(start, k)] = text
    return row


def labelled(width: int, *cells: str) -> list[str]:
    """A row of label and text in turn; labels take one column each, texts the rest."""
    count = len(cells) // 2
    row = ["<"] * width
    for k in range(count):
        start = k * width // count
        row[start], row[start + 1] = cells[2 * k], cells[2 * k + 1]
    return row


def merged(column: Sequence[str]) -> list[str]:
    """A column with equal neighbours merged."""
    return ["^" if k and text == column[k - 1] else text for k, text in enumerate(column)]


def filled(grid: Grid, continued: bool = True) -> Grid:
    """The grid with merged cells repeated in every cell that they cover (or, not `continued`, blank there)."""
    made = [["" for _ in row] for row in grid]
    for r, c, text, height, width in spans(grid):
        for down in range(height):
            for right in range(width):
                made[r + down][c + right] = text if continued or not (down or right) else ""
    return made
