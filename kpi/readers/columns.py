"""The heads of an indicator block: which column is what, where the second half begins."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from kpi.lazyre import later
from kpi.model import Half
from kpi.readers import headwords, labels
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line
from kpi.readers.roles import (
    CORE,
    Role,
    behind,
    completed,
    graded,
    head_over,
    inserted,
    may_head,
    regrouped,
    turned,
    with_subheads,
)

_HEADER = "header"  # what a line remembers
_CORES = frozenset(CORE)
_LEVEL_HEAD, _NAME_HEAD = "二级指标", "三级指标"
_OF_TARGETS = frozenset(("sign", "nature", "weight", "score", "actual"))
_MANY = 4  # kinds of heads in a row
_TWO = 2
GRADES = 3  # 优、良、差 at least
_MARKS = later("[评扣加计赋]分|评价|得分")  # standards of marks are no values
_FIGURE = later(r"\d{1,3}")  # full marks in place of a head


class Header(NamedTuple):
    """The heads of an indicator block. `left` and `right` begin with the name; `right` is () where there is one half.

    `project`: the heads left of the levels in a table of one project a row. `named`: the names are the second levels.
    """

    left: tuple[Role, ...]
    right: tuple[Role, ...] = ()
    project: tuple[Role, ...] = ()
    anchor: int = 0  # column of the 二级 head
    split: int = 1 << 30  # column where the right half begins
    half: Half | None = None
    one: int = -1  # column of the 一级 head
    named: bool = False
    moved: tuple[tuple[int, int], ...] = ()  # columns in front of the levels, and where they count as standing
    again: int = -1  # column of the right half's own 一级 head, whose cells say what the left half's do

    def has(self, kind: str) -> bool:
        return any(role.kind == kind for role in (*self.left, *self.right))

    @property
    def bare(self) -> bool:
        """Whether these are no heads of the file, but what its rows would have."""
        return self.left != () and not any(role.text for role in self.left) and not self.project

    @property
    def counts(self) -> bool:
        """Whether each row has its number, or the name of its goal, in front of its levels."""
        return self.left[:1] != () and self.left[0].kind == "number" and self.left[0].column < self.anchor

    @property
    def width(self) -> int:
        return len(self.left)


def is_header(line: Line) -> bool:
    """Whether the line heads an indicator block: two of 一级, 二级, 三级; or a name, a value and what targets have."""
    if len(line.filled) < 2:
        return False
    known = line.memo.get(_HEADER)
    if known is None:
        known = line.memo[_HEADER] = _is_header(line)
    return known


def _is_header(line: Line) -> bool:
    kinds = kinds_of(line.filled)
    heads = {kind for kind in kinds if kind}
    if not heads:
        return False
    if len(heads & _CORES) > 1:
        return True
    own = sum(not (kind or labels.is_block_label(c.text)) for kind, c in zip(kinds, line.filled, strict=True))
    if not {"name", "value"} <= heads or own > (len(heads) >= _MANY):  # 是否核心指标 amid many that are known
        return False
    told = [c.text for kind, c in zip(kinds, line.filled, strict=True) if kind in ("name", "value")]
    of_targets = all("指标" in text or "目标" in text for text in map(labels.squeeze, told))  # 指标名称 | 指标值
    return bool(heads & _OF_TARGETS) or of_targets or any("三级" in labels.squeeze(c.text) for c in line.filled)


def kinds_of(cells: Sequence[GridCell]) -> list[str | None]:
    return headwords.heads_in([c.text for c in cells])


def split_header(line: Line) -> tuple[tuple[GridCell, ...], tuple[GridCell, ...]]:
    """The cells before the heads, and the heads: a row may hold the end of the form's head, too."""
    cells = line.filled
    core = [i for i, c in enumerate(cells) if labels.head_of(c.text) in CORE]
    start = core[0] if core else 0
    project = [i for i in range(start) if labels.row_head_of(cells[i].text)]
    floor = project[0] if len(project) > 1 else 0
    while start > floor and _heads(cells[start - 1], bool(project)):
        start -= 1
    return cells[:start], cells[start:]


def _heads(cell: GridCell, project: bool) -> bool:
    text = cell.text
    return bool(
        labels.head_of(text)
        or labels.is_block_label(text)
        or labels.level_of(text)
        or (project and labels.row_head_of(text))
    )


def _role(cell: GridCell, kind: str | None) -> Role:
    kind = kind or ("score" if _FIGURE.fullmatch(labels.squeeze(cell.text)) else "other")
    return Role(
        kind, re.sub(r"\s+", "", cell.text), cell.column, labels.half_in(cell.text) if kind == "value" else None
    )


def header_of(cells: Sequence[GridCell], below: Sequence[GridCell] = (), packed: bool = False) -> Header:
    """The columns of a block from its row of heads and, where there is one, the row of sub-heads `below`."""
    told = list(zip(cells, kinds_of(cells), strict=True))
    half = next((labels.half_in(c.text) for c, kind in told if kind is None and labels.is_block_label(c.text)), None)
    cells = [c for c, kind in told if _is_head(c, kind)]
    if kinds_of(cells).count("name") > 1:  # 2.具体指标: above 指标名称
        cells = [c for c in cells if not _is_title(c)]
    grades = [c for c in cells if headwords.grade_of(c.text)]
    if len(grades) >= GRADES and not below:
        cells, below = [c for c in cells if c not in grades], grades
    kinds = kinds_of(cells)
    first = next((i for i, kind in enumerate(kinds) if kind in CORE), 0)
    before = [] if not first else list(cells[:first])
    project = tuple(r for c in before if (r := _project_role(c)))
    tail = [_role(c, kind) for c, kind in zip(cells[first:], kinds[first:], strict=True)]
    if len(project) < 2:
        project, tail = (), turned([_role(c, kind) for c, kind in zip(before, kinds, strict=False)], tail)
    tail, moved = (tail, ()) if packed or project else behind(tail)
    tail, below = completed(tail, below)
    if below and all(map(headwords.grade_of, (c.text for c in below))):
        tail = graded(tail, below)
    elif below:
        kinds = headwords.subheads([c.text for c in below])
        roles = [_role(c, kind) for c, kind in zip(below, kinds, strict=True)]
        placed = not packed and all(r.kind in CORE or may_head(head_over(tail, r.column)) for r in roles)
        tail = with_subheads(tail, cells[first:], roles) if placed else inserted(tail, roles)
    elif packed:
        tail = regrouped(tail)
    tail = _with_halves(tail)
    ones = [r.column for r in tail if r.kind == "level1"]
    one = ones[0] if ones else -1
    lead = one if one >= 0 else tail[0].column if tail else 0
    anchor = next((r.column for r in tail if r.kind == "level2"), lead)
    left, right = _halves([r for r in tail if r.kind != "level1"])
    split = right[0].column if right else 1 << 30
    again = ones[1] if right and len(ones) == _TWO and ones[1] == split - 1 else -1
    return Header(_body(left), _body(right), project, anchor, split, half, one, moved=moved, again=again)


def levels_by_half(cells: tuple[GridCell, ...]) -> tuple[GridCell, ...]:
    """长期绩效指标 | 指标内容 | 指标值 | 年度绩效指标 | 指标内容 | 指标值: the name of each half heads its levels."""
    at = [k for k, c in enumerate(cells) if labels.is_block_label(c.text) and labels.half_in(c.text)]
    if len(at) != 2 or at[0] or labels.half_in(cells[at[0]].text) == labels.half_in(cells[at[1]].text):
        return cells
    sides = [[c.text for c in cells[: at[1]]], [c.text for c in cells[at[1] :]]]
    if any(len(side) < len(_CORES) or {"name", "value"} - {*headwords.heads_in(side[1:])} for side in sides):
        return cells
    told = dict.fromkeys(at, _LEVEL_HEAD) | {k + 1: _NAME_HEAD for k in at}
    return tuple(c._replace(text=told.get(k, c.text)) for k, c in enumerate(cells))


def mirrored(header: Header, lines: Sequence[Line]) -> Header:
    """A second half that only the rows show: most of them have their 二级 label twice, the heads once."""
    if header.right or header.project or any(r.half for r in header.left):
        return header
    gaps = [gap for line in lines if not line.packed and (gap := _label_gap(line))]
    if len(gaps) < 3 or 2 * len(gaps) < sum(not line.packed for line in lines):
        return header
    step = max(set(gaps), key=gaps.count)
    right = tuple(r._replace(column=r.column + step) for r in header.left)
    return header._replace(right=right, split=header.anchor + step)


def _label_gap(line: Line) -> int:
    """How far right of a 二级 label the same label stands again, with more than a name between."""
    seen: list[tuple[str, int]] = []
    for cell in line.filled:
        level = labels.level_of(cell.text)
        if level and level.sure and level.rank != 1:
            seen.append((level.two, cell.column))
    if len(seen) == 2 and seen[0][0] == seen[1][0] and seen[1][1] - seen[0][1] > 2:
        return seen[1][1] - seen[0][1]
    return 0


def _is_head(cell: GridCell, kind: str | None) -> bool:
    return not _slid(cell) and (kind in ("level2", "name", "value") or not labels.is_block_label(cell.text))


def _is_title(cell: GridCell) -> bool:
    return cell.text.rstrip().endswith((":", "：")) and labels.head_of(cell.text) == "name"


def _slid(cell: GridCell) -> bool:
    level = labels.level_of(cell.text)
    return bool(level and labels.head_of(cell.text) is None)


def _project_role(cell: GridCell) -> Role | None:
    kind = labels.row_head_of(cell.text)
    return Role("owner" if kind == "unit" else kind, cell.text, cell.column) if kind else None


def _with_halves(tail: list[Role]) -> list[Role]:
    """The columns of values with the halves that their heads tell together."""
    values = [r for r in tail if r.kind == "value"]
    told = dict(zip((r.column for r in values), headwords.halves_of_values([r.text for r in values]), strict=True))
    return [r._replace(half=r.half or told[r.column]) if r.kind == "value" else r for r in tail]


def _halves(roles: list[Role]) -> tuple[list[Role], list[Role]]:
    for kind in ("level2", "name"):
        at = [i for i, r in enumerate(roles) if r.kind == kind]
        if len(at) == 2 and any(r.kind == "value" for r in roles[: at[1]]):
            return roles[: at[1]], roles[at[1] :]
    return roles, []


def _body(roles: Sequence[Role]) -> tuple[Role, ...]:
    """The heads from the name on; a block that names no name or value column has them all the same."""
    body = [r for r in roles if r.kind != "level2"]
    if not any(r.kind == "value" for r in body):  # 绩效标准 heads the values where nothing else does
        at = next((i for i, r in enumerate(body) if r.kind == "standard" and not _MARKS.search(r.text)), None)
        body = [r._replace(kind="value") if i == at else r for i, r in enumerate(body)]
    if body and not any(r.kind == "name" for r in body):
        body.insert(0, Role("name", "", body[0].column - 1))
    return tuple(body)
