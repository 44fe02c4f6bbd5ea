"""Forms as they come out of copied pages: a cell a line, rows filled up with bars, blanks or nothing between cells."""

from collections.abc import Iterator

from tests.forms.paper import Grid, Paper, spans


def _rows(grid: Grid) -> Iterator[list[str]]:
    """The cells of each row, merged ones once, where they begin."""
    rows: list[list[str]] = [[] for _ in grid]
    for r, _, words, _, _ in spans(grid):
        rows[r].append(words)
    yield from rows


def filled_up(paper: Paper, broken: bool = False) -> str:
    """A row a line, filled up with bars to the width of the table; `broken`: a cell of two words ends its line."""
    lines = []
    for part in paper:
        if isinstance(part, str):
            lines.append(part)
            continue
        width = len(part[0]) + 1
        for row in _rows(part):
            cells = [f"{word} |" for word in row]
            text = " ".join(f"{c}\n" if broken and _breaks(c) else c for c in cells).replace("\n ", "\n")
            bars = "|" * (width - len(row))
            lines.append(f"{text}{'' if text.endswith(chr(10)) else ' '}{bars}".rstrip(" "))
    return "\n".join(lines) + "\n"


def _breaks(cell: str) -> bool:
    return "资金(" in cell or cell.startswith(("年度指标值", "实际完成值", "产出指标(", "总体目标"))


def celled(paper: Paper) -> str:
    """Every cell a line with a bar, the rest of the row's bars on a line of their own."""
    lines = []
    for part in paper:
        if isinstance(part, str):
            lines.append(part)
            continue
        width = len(part[0]) + 3
        for row in _rows(part):
            lines += ["|", *(f"{word} |" for word in row), "|" * (width - len(row) - 1)]
    return "\n".join(lines) + "\n"


def cell_a_line(paper: Paper) -> str:
    return "\n".join(c for part in paper for c in _cells(part)) + "\n"


def apart(paper: Paper) -> str:
    """Every cell a line, blank lines between; an empty cell is a further blank line."""
    return "\n\n".join(c for part in paper for c in _cells(part)) + "\n"


def _cells(part) -> list[str]:
    return [part] if isinstance(part, str) else [word for row in _rows(part) for word in row]


def blanks(paper: Paper) -> str:
    """A row a line, blanks between its cells."""
    return _joined(paper, " ")


def rolled(paper: Paper) -> str:
    """All on one line, blanks between."""
    return " ".join(blanks(paper).split()) + "\n"


def rows_glued(paper: Paper) -> str:
    """A row a line, nothing between its cells."""
    return _joined(paper, "")


def glued(paper: Paper) -> str:
    """Nothing between anything."""
    return rows_glued(paper).replace("\n", "") + "\n"


def _joined(paper: Paper, mark: str) -> str:
    lines = []
    for part in paper:
        lines += [part] if isinstance(part, str) else [mark.join(w for w in row if w) for row in _rows(part)]
    return "\n".join(lines) + "\n"


COPIES = {
    one.__name__: one for one in (filled_up, celled, cell_a_line, apart, blanks, rolled, rows_glued, glued)
} | {"broken": lambda paper: filled_up(paper, broken=True)}
