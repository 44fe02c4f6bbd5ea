"""What happens to forms on their way: merged cells repeated or taken apart, labels slid, left out, names cut."""

from collections.abc import Callable
from random import Random

from tests.forms.paper import MERGED, Grid, Paper, spans

LEVELS1 = ("成本指标", "产出指标", "效益指标", "满意度指标")


def on_grids(paper: Paper, change: Callable[[Grid], Grid]) -> Paper:
    return [part if isinstance(part, str) else change([list(row) for row in part]) for part in paper]


def taken_apart(paper: Paper, random: Random, share: float = 0.5) -> Paper:
    """Some merged cells that span rows become one cell and blank ones below it; others are repeated in each row."""

    def change(grid: Grid) -> Grid:
        for r, c, text, height, width in list(spans(grid)):
            if height > 1 and random.random() < share:
                words = text if random.random() < share else ""
                for down in range(1, height):
                    grid[r + down][c] = words
                    assert width == 1 or grid[r + down][c + 1] in MERGED
        return grid

    return on_grids(paper, change)


def repeated(paper: Paper) -> Paper:
    """Every merged cell repeated in each cell that it covers, as some converters write them."""

    def change(grid: Grid) -> Grid:
        for r, c, text, height, width in list(spans(grid)):
            for down in range(height):
                for right in range(width):
                    grid[r + down][c + right] = text
        return grid

    return on_grids(paper, change)


def slid(paper: Paper, random: Random) -> Paper:
    """A first level that stands in the middle of its rows, or one row below them."""

    def change(grid: Grid) -> Grid:
        column = next((row.index("一级指标") for row in grid if "一级指标" in row), None)
        if column is None:
            return grid
        groups = [(r, height) for r, c, text, height, _ in spans(grid) if c == column and text in LEVELS1]
        for r, height in groups:
            label = grid[r][column]
            for down in range(height):
                grid[r + down][column] = ""
            grid[r + random.randrange(height)][column] = label
        return grid

    return on_grids(paper, change)


def one_sided(paper: Paper, random: Random, share: float = 0.4) -> Paper:
    """In two halves: second levels missing on one side, names cut on the right."""

    def change(grid: Grid) -> Grid:
        heads = next((row for row in grid if row.count("二级指标") == 2), None)
        if heads is None:
            return grid
        twos = [c for c, text in enumerate(heads) if text == "二级指标"]
        for row in grid[grid.index(heads) + 1 :]:
            if row[twos[0]] not in MERGED and row[twos[0]] == row[twos[1]] and random.random() < share:
                row[random.choice(twos)] = ""
            name = row[twos[1] + 1]
            if len(name) > 4 and random.random() < share:
                row[twos[1] + 1] = name[: random.randint(3, len(name))]
        return grid

    return on_grids(paper, change)
