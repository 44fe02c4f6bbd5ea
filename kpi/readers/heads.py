"""Where the heads of an indicator block stand: in a row of their own, one a line, or in two rows."""

from collections.abc import Sequence

from kpi.readers import headwords, labels
from kpi.readers.columns import GRADES, is_header, kinds_of
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line

_MOST = 40  # heads of one block
_TWO = 2  # heads alone are no row of heads
_STRANGE = 4  # cells that are no heads that the lists know


def heads_at(lines: Sequence[Line], at: int) -> tuple[tuple[GridCell, ...], int]:
    """The heads that begin at a line, and how many lines they take: one row, or one cell a line."""
    line = lines[at]
    if is_header(line):
        return line.cells, 1
    if not _lone(line):
        return _over_lines(lines, at)
    kind = labels.head_of(line.cells[0].text)
    if kind not in ("number", "level1", "level2", "name") and not labels.is_block_label(line.cells[0].text):
        return (), 0
    cells: list[GridCell] = []
    level = False
    for other in lines[at : at + _MOST]:
        level = _lone(other) and (labels.is_level(other.cells[0].text) or _is_named(other.cells[0].text))
        if level or not _lone(other):
            break
        if kind in ("number", "level2", "name") and kinds_of((*cells, other.cells[0]))[-1] is None:
            break  # without 一级指标 nothing but known heads
        cells.append(other.cells[0]._replace(column=len(cells)))
        if len(cells) > _STRANGE and _rows_begun(cells):
            break
    if not level:  # nothing that is sure to be no head: what stands behind the last known one is none
        known = [i for i, kind in enumerate(kinds_of(cells)) if kind]
        cells = cells[: known[-1] + 1] if known else []
    heads = Line(tuple(cells), None, True)
    return (heads.cells, len(cells)) if cells and is_header(heads) else ((), 0)


def _rows_begun(cells: Sequence[GridCell]) -> bool:
    """Whether heads of a name and a value have been followed by several cells that head nothing."""
    kinds = kinds_of(cells)
    if any(kinds[-_STRANGE:]) or not {"name", "value"} <= set(kinds):
        return False
    return not any(headwords.grade_of(cell.text) for cell in cells[-_STRANGE:])


def _is_named(text: str) -> bool:
    """指标3:清淤长度: a numbered name is no head."""
    slot = labels.SLOT.match(text)
    return slot is not None and slot.end() < len(text)


def _over_lines(lines: Sequence[Line], at: int) -> tuple[tuple[GridCell, ...], int]:
    """Heads whose cells broke the row of heads into several lines, none of which is one by itself."""
    if not lines[at].filled:
        return (), 0  # a thousand blank rows are walked over once
    if at + 1 < len(lines) and not lines[at].packed and lines[at].grid == lines[at + 1].grid is not None:
        below = lines[at + 1].filled
        placed = bool(below) and lines[at].filled[:1] != () and lines[at].filled[0].column < below[0].column
        if placed and len(below) > _TWO and _only_heads(lines[at]) and is_header(lines[at + 1]):
            heads, rest = one_row(lines[at].filled, below)
            if not rest:
                return (heads, 2) if len(heads) > len(below) else ((), 0)
    cells: list[GridCell] = []
    end = at
    while end < len(lines) and len(cells) <= _MOST and _only_heads(lines[end]):
        cells += lines[end].filled
        end += 1
    while end > at and not lines[end - 1].filled:
        end -= 1
    heads = tuple(c._replace(column=k) for k, c in enumerate(cells))
    return (heads, end - at) if end - at > 1 and is_header(Line(heads, None, True)) else ((), 0)


def one_row(
    cells: tuple[GridCell, ...], below: tuple[GridCell, ...]
) -> tuple[tuple[GridCell, ...], tuple[GridCell, ...]]:
    """指标名称 | 指标值 | 备注 over 一级指标 | 二级指标 | 三级指标 | 年度指标值: the second row is that of
    the heads, with what stands over none of them. Two rows as they are where the second is none by itself."""
    halves = {labels.half_in(c.text) for c in cells} - {None}
    if len(halves) > 1:
        below = tuple(_of_half(c, cells) for c in below)
    if len(below) <= _TWO or not is_header(Line(below, None, packed=False)):
        return cells, below
    columns = [c.column for c in below]
    rest = [c for c in cells if not any(c.column <= at < c.column + c.colspan for at in columns)]
    edge = min(columns)
    behind = [c for c in rest if c.column > edge and not any(c.column < at for at in columns)]
    before = [c for c in rest if c.column < edge]
    return (*before, *below, *behind), ()


def _of_half(cell: GridCell, above: Sequence[GridCell]) -> GridCell:
    """指标值 below 中期绩效指标 is 中期指标值."""
    over = max((c for c in above if c.column <= cell.column), key=lambda c: c.column, default=None)
    half = labels.half_in(over.text) if over else None
    if half is None or labels.head_of(cell.text) != "value" or labels.half_in(cell.text):
        return cell
    return cell._replace(text=("中期" if half == "period" else "年度") + cell.text)


def _only_heads(line: Line) -> bool:
    for cell in line.filled:
        level = labels.level_of(cell.text)
        if (level and level.sure) or not (labels.head_of(cell.text) or labels.is_block_label(cell.text)):
            return False
    return True


def subheads_at(lines: Sequence[Line], at: int) -> tuple[tuple[GridCell, ...], int]:
    """A second row of heads, under those that span several columns, and how many lines it takes: a third row
    (前年 | 上年 under 近两年指标值) stands in place of those above it."""
    found = _subheads(lines, at)
    below = _subheads(lines, at + 1) if found and not lines[at].packed else ()
    if not below or lines[at + 1].packed:
        return found, int(bool(found))
    taken = {c.column for c in below}
    return tuple(sorted((*below, *(c for c in found if c.column not in taken)), key=lambda c: c.column)), 2


def _subheads(lines: Sequence[Line], at: int) -> tuple[GridCell, ...]:
    if at >= len(lines):
        return ()
    filled = lines[at].filled
    heads = headwords.subheads([c.text for c in filled])
    if len(filled) >= GRADES and all(headwords.grade_of(c.text) for c in filled):
        return filled
    if len(filled) > 1 and all(heads) and not any(labels.level_of(c.text) for c in filled):
        return filled
    return ()


def _lone(line: Line) -> bool:
    return line.packed and len(line.cells) == 1
