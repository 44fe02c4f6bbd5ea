"""The blocks of a form become its indicators: both halves paired, pages joined, strays put aside."""

from kpi.lazyre import later
from kpi.model import Half, Indicator, Unread
from kpi.readers import labels
from kpi.readers.blocks import Parts, RowBlock
from kpi.readers.breaks import continued
from kpi.readers.carried import carried
from kpi.readers.fields import Head
from kpi.readers.folding import fold
from kpi.readers.grid import GridCell
from kpi.readers.lone import lone_values
from kpi.readers.pairs import LOST, Block, merge
from kpi.readers.rows import Body, read_row
from kpi.readers.stray import is_stray, of_half, overflow
from kpi.readers.wordsigns import with_signs
from kpi.values.normal import MARKS

_PAIR = 2  # a heading and the row below it
_SIGNED = later(rf"[{MARKS}]{{1,2}}\s*\d")


def block_rows(parts: Parts, head: Head, cost_first: bool) -> tuple[list[Indicator], list[Unread]]:
    read: list[tuple[Block, RowBlock]] = []
    for rows in parts.blocks:
        halves: tuple[Half, ...] = _sides(rows) if rows.header.right else (rows.hint or "annual",)
        if read and not _restarts(read[-1][1], rows, head):
            block = read[-1][0]
        else:
            halves = halves if len(parts.blocks) > 1 or len(halves) > 1 else ("annual",)
            block = Block(halves, cost_first)
            read.append((block, rows))
        _fill(block, rows, head)
    blocks = [block for block, _ in read]
    unread = [u for block in blocks for u in block.unread]
    if len(blocks) == 2 and all(len(b.halves) == 1 for b in blocks):
        return merge(of_half(blocks[0].indicators, "period"), of_half(blocks[1].indicators, "annual")), unread
    return [i for block in blocks for i in block.indicators], unread


def _sides(rows: RowBlock) -> tuple[Half, Half]:
    """What the left and the right half are: where their heads say so, the year may stand on the left."""
    left, right = (
        next((r.half for r in side if r.kind == "value"), None) for side in (rows.header.left, rows.header.right)
    )
    return ("annual", "period") if (left, right) == ("annual", "period") else ("period", "annual")


def _restarts(before: RowBlock, rows: RowBlock, head: Head) -> bool:
    """Whether a block is the other half rather than the same one after a page break."""
    if rows.hint and before.hint and rows.hint != before.hint:
        return True
    if head.counted and (len(head.goals) == 1 or (rows.hint and rows.hint == before.hint)):
        return False  # rows of one goal after those of another
    if rows.hint and rows.hint != before.hint:
        return True
    first, second = (_first_level(b) for b in (before, rows))
    return first == second and (head.two_goals or len(head.funding) == 2 or rows.hint is not None)


def _first_level(rows: RowBlock) -> str:
    found = (labels.level_of(c.text) for line in rows.lines for c in line.filled[:3])
    return next((v.two for v in found if v and v.rank != 1 and v.sure), "")


def _drop_heading(indicators: list[Indicator]) -> None:
    """(一)数量指标 above its rows, in a table without columns for levels: what it heads follows."""
    if len(indicators) < _PAIR:
        return
    heading, row = indicators[-_PAIR:]
    blank = not heading.name and not heading.valued
    if blank and row.name and (heading.level1, heading.level2) == (row.level1, row.level2):
        del indicators[-_PAIR]


def _figure_as_name(body: Body) -> list[GridCell]:
    """≥12个 | ≥12个 without columns: the name is lost, and nobody can tell which row the figures belong to; [] for any
    other row, and for one that opens a level, whose name was left blank in its own place."""
    if body.one or body.two or body.custom:
        return []
    sides = [body.left, *([body.right] if body.right else [])]
    names = [side["name"].text for side in sides if "name" in side and side["name"].text]
    if not names or not all(_SIGNED.match(name) for name in names):
        return []
    return [cell for side in sides for cell in side.values() if cell.text]


def _fill(block: Block, rows: RowBlock, head: Head) -> None:
    split = rows.header.split
    grid: int | None = None if block.indicators else -1  # a block that goes on stands on a new page
    lines = list(fold(carried(rows.lines, rows.header), rows.header))
    header = with_signs(lone_values(rows.header, lines), lines)
    for line in lines:
        body = read_row(line, header, split)
        if body is None:
            continue
        broken = grid not in (line.grid, -1) and bool(block.indicators)
        grid = line.grid
        if broken and (whole := continued(block.indicators[-1], body)):
            block.indicators[-1] = whole
            continue
        if is_stray(block, body, rows.header, head):
            overflow(block, body)
            continue
        split = body.right_place.column if body.right_place else split
        if line.packed and (misplaced := _figure_as_name(body)):
            text = " ".join(cell.text for cell in misplaced)
            block.unread.append(Unread(text, misplaced[0].location, LOST, level2=block.two))
            continue
        block.add(body)
        if rows.header.one < 0 and rows.header.anchor == rows.header.left[0].column:
            _drop_heading(block.indicators)
