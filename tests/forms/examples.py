"""The examples in every format, made from the texts in examples/: `python -m tests.forms.examples`."""

from collections.abc import Callable, Iterator
from pathlib import Path

from tests.forms.embedded import registered
from tests.forms.paper import Grid, Paper
from tests.forms.writers import page, pdf, small_docx, xlsx

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def whole_pdf(paper: Paper) -> bytes:
    """With its letters in it, so that every reader shows them."""
    return pdf(paper, font=registered(text_of(paper)))


def text_of(paper: Paper) -> str:
    lines = (part if isinstance(part, str) else "".join(map("".join, part)) for part in paper)
    return "".join(sorted(set("".join(lines)) - {"\n"}))


FORMATS: dict[str, Callable[..., bytes]] = {"docx": small_docx, "xlsx": xlsx, "html": page, "pdf": whole_pdf}


def texts() -> list[Path]:
    return sorted(EXAMPLES.glob("*.txt"))


def paper_of(text: str) -> Paper:
    """The text as an office program would show it: lines of cells as tables, blank cells of a form merged."""
    paper: Paper = []
    before = False  # whether the line above was one of cells
    for line in text.splitlines():
        cells = _cells(line)
        if cells is None:
            paper += [line.strip()] if line.strip() else []
        elif paper and isinstance(paper[-1], list) and before:
            paper[-1].append(cells)
        else:
            paper.append([cells])
        before = cells is not None
    return [_merged(_even(part)) if isinstance(part, list) else part for part in paper]


def _cells(line: str) -> list[str] | None:
    if line.startswith("|"):
        return [cell.strip() for cell in line.strip().strip("|").split("|")]
    return [cell.strip() for cell in line.split("\t")] if "\t" in line else None


def _even(grid: Grid) -> Grid:
    width = max(map(len, grid))
    return [row + [""] * (width - len(row)) for row in grid]


def _merged(grid: Grid) -> Grid:
    """Blank cells of a form as parts of merged ones: left of the rows with the label above, in its head with the cell
    at their left; a blank second level of the right half with the one above."""
    if not any("二级指标" in row for row in grid):
        return grid
    levels: list[int] = []
    for r, row in enumerate(grid):
        if "二级指标" in row:
            first = row.index("二级指标")
            levels = [*range(first + 1), *(c for c in range(first + 1, len(row)) if row[c] == "二级指标")]
            continue
        inside = bool(levels) and any(row[: levels[-1] + 1]) and not row[0].endswith("目标")
        levels = levels if inside else []
        for c in range(len(row)):
            if row[c] == "" and r and (c in levels if inside else not any(row[:c])):
                row[c] = "^" if _continues(grid, r, c) else ""
            elif row[c] == "" and not inside and c:
                row[c] = "<"
    return grid


def _continues(grid: Grid, r: int, c: int) -> bool:
    """Whether the cell above may grow: it is one column wide, and so are those that it has taken in."""
    return grid[r - 1][c] != "<" and (c + 1 == len(grid[r]) or grid[r - 1][c + 1] != "<")


def made() -> Iterator[tuple[str, bytes]]:
    """The name of each file and its bytes."""
    for path in texts():
        paper = paper_of(path.read_text(encoding="utf-8"))
        for suffix, write in FORMATS.items():
            yield f"{path.stem}.{suffix}", write(paper)


def main() -> None:
    folder = EXAMPLES / "formats"
    folder.mkdir(exist_ok=True)
    for name, data in made():
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    main()
