"""The parts of one form: the lines of its head, its blocks of indicator rows under their heads, its foot."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from kpi.lazyre import later
from kpi.model import Half
from kpi.readers import labels
from kpi.readers.bareheads import PLAIN, bare_header, rows_above
from kpi.readers.columns import Header, header_of, levels_by_half, mirrored, split_header
from kpi.readers.doubled import doubled_columns, undoubled, undoubled_head
from kpi.readers.grid import GLUED, GridCell
from kpi.readers.heads import heads_at, one_row, subheads_at
from kpi.readers.learnt import Learnt
from kpi.readers.levelnames import levels_as_names
from kpi.readers.levelwords import in_full, spelled_out
from kpi.readers.lines import Line
from kpi.readers.match import kind_of
from kpi.readers.moved import unmoved
from kpi.readers.othersheets import own_lines
from kpi.readers.ownlevels import is_own
from kpi.readers.rows import ends, heads_list, is_row
from kpi.readers.standing import are_rows, may_rejoin, may_stand, resumes, stands
from kpi.readers.treerows import grown
from kpi.readers.vocabulary import vocabulary
from kpi.readers.yearcolumns import of_own_year

_BETWEEN = 2  # lines between two pages of a table
_CELL = 12  # characters
_FEW = 3  # cells of a row
_COUNTED = 4  # columns
_LEFT = 2  # heads of a project
_LISTED = later("合计|总计|小计|[①-⑳]|…")


@dataclass(slots=True, eq=False)
class RowBlock:
    """Rows under one row of heads. `hint`: the half that the words around it name."""

    header: Header
    lines: list[Line] = field(default_factory=list)
    hint: Half | None = None
    doubled: frozenset[int] = frozenset()  # columns that repeat the merged cell left of them
    learnt: Learnt = field(default_factory=Learnt)


@dataclass(slots=True, eq=False)
class Parts:
    """A form taken apart."""

    head: list[Line] = field(default_factory=list)
    blocks: list[RowBlock] = field(default_factory=list)
    foot: list[Line] = field(default_factory=list)
    doubtful: list[Line] = field(default_factory=list)  # of the foot, where rows might stand
    repeated: frozenset[str] = frozenset()  # cells that stand several times, and so label no section
    listing: bool = False  # inside a list of another kind, below the rows

    @property
    def glued(self) -> bool:
        """Whether the rows have been made of text without separators."""
        return all(line.grid == GLUED for block in self.blocks for line in block.lines)


def take_apart(lines: Sequence[Line]) -> Parts:
    """Sort the lines of a form."""
    lines, others = own_lines(spelled_out(lines))
    parts, at, inside = Parts(repeated=_repeated(lines)), 0, False
    while at < len(lines):
        line = lines[at]
        cells, width = heads_at(lines, at)
        if width:
            _drop_own_label(parts, cells)
            before, cells = split_header(Line(cells, line.grid, line.packed))
            told = levels_by_half(cells)
            cells = told if line.packed or told is not cells else _unmoved(cells, lines, at + width)
            if before:
                parts.head.append(Line(before, line.grid, True))
            subheads, more = subheads_at(lines, at + width)
            if not line.packed:
                cells, subheads = one_row(cells, subheads)
                cells = (*_projects_above(parts, cells, line), *cells)
            doubled = doubled_columns(cells, subheads) if not line.packed else frozenset()
            cells = tuple(c for c in cells if c.column not in doubled)
            subheads = tuple(c for c in subheads if c.column not in doubled)
            header = of_own_year(header_of(cells, subheads, line.packed), parts.head)
            parts.blocks.append(RowBlock(header, hint=_hint(header, parts), doubled=doubled))
            parts.head += parts.foot  # between two blocks stand the goals of the second
            parts.foot, inside = [], True
            at += width + more
            at += at < len(lines) and _counts(lines[at])
            continue
        inside = _sort(parts, lines, at, inside)
        at += 1
    parts.foot += others
    for block in parts.blocks:
        if block.header is PLAIN:
            block.header, rows = bare_header(block.lines, _may_tell(parts))
            block.lines = list(rows)
        rows = in_full(_once(block.lines, block.header.again), *_level_columns(block.header))
        block.lines = grown(unmoved(rows, block.header), block.header)
        block.header = levels_as_names(mirrored(block.header, block.lines), block.lines)
    return parts


def _once(lines: list[Line], again: int) -> list[Line]:
    """The rows without the first levels that the right half says again."""
    if again < 0:
        return lines
    kept = (line if line.packed else replace(line, cells=tuple(_blank(c, again) for c in line.cells)) for line in lines)
    return list(kept)


def _blank(cell: GridCell, column: int) -> GridCell:
    return cell._replace(text="") if cell.column == column and labels.level_of(cell.text) else cell


def _level_columns(header: Header) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Where first and second levels stand; () where the form has no head for them."""
    name = next((role.column for role in header.left if role.kind == "name"), -1)
    ones = (header.one,) if header.one >= 0 else ()
    twos = (header.anchor,) if header.one < header.anchor < name else ()
    if header.right and header.split != header.right[0].column:
        twos = (*twos, header.split)
    return ones, twos


def _drop_own_label(parts: Parts, heads: Sequence[GridCell]) -> None:
    """年度绩效目标 right above (80分)一级指标, 年度绩效目标完成情况 right above 一级指标: the label of the rows, of no
    goal."""
    filled = [] if parts.blocks else [at for at, line in enumerate(parts.head) if line.filled]
    pointed = bool(heads) and labels.opens_with_points(heads[0].text)
    if filled and labels.is_points("".join(c.text for c in parts.head[filled[-1]].filled)):  # in a line of their own
        filled, pointed = filled[:-1], True
    above = parts.head[filled[-1]] if filled else None
    text = "".join(c.text for c in above.filled) if above and above.packed else ""
    told = labels.goal_of(text) if "总体" not in text else None  # 年度总体目标 is always a goal's
    if told == "other" or (told and pointed):
        del parts.head[filled[-1] :]


def _projects_above(parts: Parts, cells: tuple[GridCell, ...], line: Line) -> tuple[GridCell, ...]:
    """项目名称 | 项目单位 | 预算数 in the row above, left of the heads: each row begins with its project."""
    above = parts.head[-1] if parts.head and not parts.blocks else None
    if above is None or above.packed or above.grid is None or above.grid != line.grid or not cells:
        return ()
    edge = min(c.column for c in cells)
    found = tuple(c for c in above.filled if c.column < edge and labels.row_head_of(c.text))
    placed = {c.column for c in found}
    valued = sum(c.column - 1 in placed and c.column not in placed for c in above.filled)
    # 项目名称 | 校舍维修 | 主管部门 | 教育局: each with its value behind it, and no heads
    kinds = {labels.row_head_of(c.text) for c in found}
    if len(found) < _LEFT or valued >= len(found) or "project" not in kinds:
        return ()
    parts.head.pop()
    return found


def _counts(line: Line) -> bool:
    """1 | 2 | 3 … below the heads: the numbers of the columns."""
    texts = [c.text for c in line.filled]
    return len(texts) >= _COUNTED and texts == [str(k) for k in range(1, len(texts) + 1)]


def _may_tell(parts: Parts) -> bool:
    """Whether a form may tell what came of its targets: its title, where it has one, speaks of more than targets."""
    titles = [labels.squeeze(c.text) for line in parts.head for c in line.filled[:1] if labels.is_title(c.text)]
    told = [vocabulary()["kinds"][kind] for kind in ("self-evaluation", "monitoring")]
    return not titles or any(kind.search(title) for title in titles for kind in told)


def _unmoved(heads: tuple[GridCell, ...], lines: Sequence[Line], at: int) -> tuple[GridCell, ...]:
    """The heads where the rows below count their columns from: 绩效指标 left of them is a merged cell, and rows that
    leave merged cells out begin with their own first one."""
    first = lines[at].filled[:1] if at < len(lines) else ()
    if len(heads) < 2 or not first or not labels.is_block_label(heads[0].text) or labels.is_block_label(first[0].text):
        return heads
    step = heads[1].column - heads[0].column if first[0].column == heads[0].column else 0
    return (heads[0], *(c._replace(column=c.column - step) for c in heads[1:])) if step else heads


def _sort(parts: Parts, lines: Sequence[Line], at: int, inside: bool) -> bool:
    """Put one line where it belongs; returns whether it stands among the indicators."""
    line = _without_page(lines[at])
    if not inside and is_row(line):
        if not parts.blocks:
            parts.blocks.append(RowBlock(PLAIN, rows_above(parts.head)))
        elif may_rejoin(parts.foot, parts.blocks[-1].lines, parts.blocks[-1].learnt, line):
            parts.blocks[-1].lines += [undoubled(one, parts.blocks[-1].doubled) for one in parts.foot]
            _sure_again(parts)
            parts.foot.clear()
        elif not parts.blocks[-1].lines and all(len(one.filled) == 1 for one in parts.foot if one.filled):
            parts.foot = [one for one in parts.foot if one.filled and len(one.filled[0].text) > _CELL]  # rest of a head
        inside = True
    elif not inside and _resumes(parts, line):
        parts.foot.clear()  # 续表
        inside = True
    elif not inside and _may_resume(parts, line) and resumes(lines, at, parts.blocks[-1].header):
        _resume(parts)
        inside = True
    elif inside and (_ends(parts, lines, at) or _leaves_grid(parts.blocks[-1], line)):
        block = parts.blocks[-1]
        stays = stands(lines, at, block.header) or is_own(line, block.lines, block.learnt, block.header)
        inside = stays and not heads_list(lines, at)
    listed = heads_list(lines, at) or (parts.listing and _is_listed(line))
    parts.listing = listed and not inside and bool(parts.blocks)
    if parts.listing:
        return False
    if not inside:
        part = parts.foot if parts.blocks else parts.head
        part.append(undoubled_head(line, part[-1] if part else None))
        if parts.blocks and may_stand(line, parts.blocks[-1].header):
            parts.doubtful.append(part[-1])
        return False
    half = next((labels.half_in(c.text) for c in line.filled[:1] if labels.is_block_label(c.text)), None)
    if half and parts.blocks[-1].lines and half != parts.blocks[-1].hint:
        parts.blocks.append(RowBlock(parts.blocks[-1].header, hint=half, doubled=parts.blocks[-1].doubled))
    elif half and not parts.blocks[-1].lines:
        parts.blocks[-1].hint = half
    parts.blocks[-1].lines.append(undoubled(line, parts.blocks[-1].doubled))
    return True


def _is_listed(line: Line) -> bool:
    """1 | 青禾学校 | 2600 | 20, 合计 | … below the heads of a list, or nothing."""
    if not line.filled:
        return True
    first = labels.squeeze(line.filled[0].text)
    counted = kind_of(first) == "number" or not first.isalnum() or _LISTED.match(first) is not None
    return len(line.filled) > 1 and counted


def _ends(parts: Parts, lines: Sequence[Line], at: int) -> bool:
    line = lines[at]
    told = line.packed and len(line.cells) == 1 and line.cells[0].text in parts.repeated
    return heads_list(lines, at) or (ends(line) and not told)


def _repeated(lines: Sequence[Line]) -> frozenset[str]:
    """年度工作计划 in the column of what values rest on: the label of a section stands once in a form, and not between
    levels where a head tells of such a column."""
    alone = [line.cells[0].text for line in lines if line.packed and len(line.cells) == 1]
    named = {text for text in alone if labels.field_of(text) == "section"}
    if not named:
        return frozenset()
    levels = [k for k, text in enumerate(alone) if (level := labels.level_of(text)) and level.sure]
    based = any(labels.head_of(text) == "standard" for text in alone[: levels[0]]) if levels else False
    inside = alone[levels[0] : levels[-1]] if based else []
    texts = Counter([*alone, *inside])
    return frozenset(text for text in named if texts[text] > 1)


def _may_resume(parts: Parts, line: Line) -> bool:
    """Whether a line stands near the last row, and both in the same manner."""
    if not parts.blocks or not line.filled:
        return False
    block = parts.blocks[-1]
    near = bool(block.lines) and len(_last_filled(parts.foot)) <= _BETWEEN
    return near and (block.lines[-1].packed, block.lines[-1].grid is None) == (line.packed, line.grid is None)


def _resume(parts: Parts) -> None:
    """What was taken for the foot stands between rows: rows, or what is told to be unread."""
    between = [one for one in parts.foot if one.filled]
    _sure_again(parts)
    if are_rows(between):
        parts.blocks[-1].lines += [undoubled(one, parts.blocks[-1].doubled) for one in between]
    else:
        parts.doubtful += between
    parts.foot.clear()


def _sure_again(parts: Parts) -> None:
    """The lines of the foot are doubtful no longer; among those that are, they are the last."""
    taken = {id(one) for one in parts.foot}
    while parts.doubtful and id(parts.doubtful[-1]) in taken:
        parts.doubtful.pop()


def _last_filled(lines: Sequence[Line]) -> list[Line]:
    """The last lines that hold text: one more than may stand between two pages, no matter how many there are."""
    return list(islice((one for one in reversed(lines) if one.filled), _BETWEEN + 1))


def _leaves_grid(block: RowBlock, line: Line) -> bool:
    """Running text after rows of a grid: the table is over."""
    if line.grid is not None or not block.lines or block.lines[-1].grid is None:
        return False
    broken = block.lines[-1].packed and len(line.filled) == 1 and len(line.filled[0].text) <= _CELL
    return not broken  # where every line is a cell, one that has lost its mark is a cell, too


def _without_page(line: Line) -> Line:
    """A row without words of the page (扫一扫…, 附件:) that stand on the line below its open end."""
    if len(line.filled) < _FEW:
        return line
    first, last = line.filled[0].location.line, line.filled[-1].location.line
    below = first is not None and last is not None and first < last
    return replace(line, cells=line.cells[:-1]) if below and labels.matches("furniture", line.cells[-1].text) else line


def _resumes(parts: Parts, line: Line) -> bool:
    """A row under the same heads behind a word or two between pages (续表), its levels blank: a name and a value in
    their columns."""
    if not parts.blocks or not line.filled:
        return False
    block, between = parts.blocks[-1], _last_filled(parts.foot)
    if line.packed or line.grid is None or not block.lines or block.lines[-1].packed or len(between) > _BETWEEN:
        return False
    if any(one.grid is not None or len(one.filled) > 1 or len(one.filled[0].text) > _CELL for one in between):
        return False
    if ends(line) or any(ends(one) for one in between):
        return False
    places = {role.column: role.kind for role in (*block.header.left, *block.header.right)}
    kinds = [places.get(cell.column) for cell in line.filled]
    return None not in kinds and {"name", "value"} <= set(kinds)


def _hint(header: Header, parts: Parts) -> Half | None:
    values = {r.half for r in header.left if r.kind == "value"}
    own = header.half or (values.pop() if len(values) == 1 else None)
    between = [c.text for line in (parts.foot if parts.blocks else parts.head[-1:]) for c in line.filled]
    titled = next((half for text in reversed(between) if (half := labels.half_title(text))), None)
    if own or titled or not parts.blocks:
        return own or titled
    return next((h for t in reversed(between) if len(t) < 30 and labels.goal_of(t) and (h := labels.half_in(t))), None)
