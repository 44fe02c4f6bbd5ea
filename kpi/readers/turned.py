"""Forms that lie on their side: the heads stand one below the other, each indicator is a column."""

from collections.abc import Iterator, Sequence

from kpi.readers import labels
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line

_LEVELS = ("level1", "level2")
_MOST_COLUMNS = 200
_LEAST_ROWS = 3


def upright(lines: Sequence[Line]) -> list[Line]:
    """The lines, with every block that lies on its side turned: one line of heads, then one an indicator."""
    made: list[Line] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _lies(lines[end]):
            end += 1
        while at < end and labels.head_of(_head(lines[at]).text) not in (*_LEVELS, "name"):
            made.append(lines[at])  # 年度目标 may head a column, too
            at += 1
        block = lines[at:end]
        if len(block) >= _LEAST_ROWS and _is_block(block):
            made += _turned(block)
        else:
            made += block
        made += lines[end : end + 1]
        at = end + 1
    return made


def _lies(line: Line) -> bool:
    """A head, then cells that are no heads."""
    if line.packed and len(line.cells) < 2:
        return False
    headed = False
    for cell in line.filled:
        if labels.is_block_label(cell.text):
            continue
        if (labels.head_of(cell.text) is not None) == headed:
            return False  # the first is none, or another one is
        headed = True
    return headed


def _is_block(block: Sequence[Line]) -> bool:
    kinds = {labels.head_of(_head(line).text) for line in block}
    return "value" in kinds and bool(kinds & {"name", "level2"}) and len(kinds & {"name", "level1", "level2"}) > 1


def _head(line: Line) -> GridCell:
    return next(c for c in line.filled if not labels.is_block_label(c.text))


def _turned(block: Sequence[Line]) -> Iterator[Line]:
    first = block[0]
    heads = tuple(_head(line)._replace(column=k) for k, line in enumerate(block))
    yield Line(heads, first.grid, packed=False)
    columns = [_by_column(line) for line in block]
    for column in sorted({c for row in columns for c in row})[:_MOST_COLUMNS]:
        cells = []
        for k, (row, head) in enumerate(zip(columns, heads, strict=True)):
            cell = row.get(column) or (_left_of(row, column) if labels.head_of(head.text) in _LEVELS else None)
            place = cell.location if cell else head.location
            cells.append(GridCell(cell.text if cell else "", k, place))
        yield Line(tuple(cells), first.grid, packed=False)


def _by_column(line: Line) -> dict[int, GridCell]:
    """The cells right of the head; one that spans several columns stands in each."""
    head = _head(line)
    cells = [c for c in line.cells if c.column > head.column and (c.text or not line.packed)]
    return {c.column + i: c for c in cells if c.text for i in range(min(c.colspan, _MOST_COLUMNS))}


def _left_of(row: dict[int, GridCell], column: int) -> GridCell | None:
    """A level holds for the columns right of it, too: merged cells arrive once."""
    before = [c for c in row if c <= column]
    return row[max(before)] if before else None
