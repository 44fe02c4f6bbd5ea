"""The heads of an indicator block: which column is what, where the second half begins."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kpi.lazyre import later
from kpi.model import Half
from kpi.readers import headwords, labels
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line

_CORE = ("level1", "level2", "name")
_CORES = frozenset(_CORE)
_OF_TARGETS = frozenset(("sign", "nature", "weight", "score", "actual"))
_MANY = 4  # kinds of heads in a row
GRADES = 3  # 优、良、差 at least
_MARKS = later("[评扣加计赋]分|评价|得分")  # standards of marks are no values
_FIGURE = later(r"\d{1,3}")  # full marks in place of a head


@dataclass(frozen=True, slots=True)
class Role:
    """A column: what it holds, its head as printed, where it stands, and its half where the head names one."""

    kind: str
    text: str
    column: int
    half: Half | None = None


@dataclass(frozen=True, slots=True)
class Header:
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
    core = [i for i, c in enumerate(cells) if labels.head_of(c.text) in _CORE]
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
    half = next((labels.half_in(c.text) for c in cells if labels.is_block_label(c.text)), None)
    cells = [c for c, kind in zip(cells, kinds_of(cells), strict=True) if _is_head(c, kind)]
    grades = [c for c in cells if headwords.grade_of(c.text)]
    if len(grades) >= GRADES and not below:
        cells, below = [c for c in cells if c not in grades], grades
    kinds = kinds_of(cells)
    first = next((i for i, kind in enumerate(kinds) if kind in _CORE), 0)
    before = [] if not first else list(cells[:first])
    project = tuple(r for c in before if (r := _project_role(c)))
    tail = [_role(c, kind) for c, kind in zip(cells[first:], kinds[first:], strict=True)]
    if len(project) < 2:
        project, tail = (), _turned([_role(c, kind) for c, kind in zip(before, kinds, strict=False)], tail)
    tail, moved = (tail, ()) if packed or project else _behind(tail)
    tail, below = _completed(tail, below)
    if below and all(map(headwords.grade_of, (c.text for c in below))):
        tail = _graded(tail, below)
    elif below:
        roles = [_role(c, labels.head_of(c.text)) for c in below]
        placed = not packed and all(r.kind in _CORE or _may_head(_over(tail, r.column)) for r in roles)
        tail = _with_subheads(tail, cells[first:], roles) if placed else _inserted(tail, roles)
    elif packed:
        tail = _regrouped(tail)
    anchor = next((r.column for r in tail if r.kind == "level2"), tail[0].column if tail else 0)
    left, right = _halves([r for r in tail if r.kind != "level1"])
    split = right[0].column if right else 1 << 30
    one = next((r.column for r in tail if r.kind == "level1"), -1)
    return Header(_body(left), _body(right), project, anchor, split, half, one, moved=moved)


def mirrored(header: Header, lines: Sequence[Line]) -> Header:
    """A second half that only the rows show: most of them have their 二级 label twice, the heads once."""
    if header.right or header.project or any(r.half for r in header.left):
        return header
    gaps = [gap for line in lines if not line.packed and (gap := _label_gap(line))]
    if len(gaps) < 3 or 2 * len(gaps) < sum(not line.packed for line in lines):
        return header
    step = max(set(gaps), key=gaps.count)
    right = tuple(replace(r, column=r.column + step) for r in header.left)
    return replace(header, right=right, split=header.anchor + step)


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
    return not _slid(cell) and (kind == "name" or not labels.is_block_label(cell.text))


def _graded(tail: list[Role], grades: Sequence[GridCell]) -> list[Role]:
    """优、良、中、差 under 绩效标准: what is wanted for each grade stands in columns of its own."""
    kept = [r for r in tail if r.kind != "standard"]
    at = next((r.column for r in tail if r.kind == "standard"), kept[-1].column + 1 if kept else 0)
    placed = all(c.column >= at for c in grades)
    return kept + [
        Role("standard", re.sub(r"\s+", "", c.text), c.column if placed else at + k) for k, c in enumerate(grades)
    ]


def _slid(cell: GridCell) -> bool:
    level = labels.level_of(cell.text)
    return bool(level and labels.head_of(cell.text) is None)


def _project_role(cell: GridCell) -> Role | None:
    kind = labels.row_head_of(cell.text)
    return Role("owner" if kind == "unit" else kind, cell.text, cell.column) if kind else None


def _turned(before: list[Role], tail: list[Role]) -> list[Role]:
    """Heads that stand before 一级指标 belong behind it (a two-line head that was read in the wrong order)."""
    if any(r.kind == "value" for r in tail):
        before = [r for r in before if r.kind != "value"]
    numbers = [r for r in before if r.kind == "number"]
    return numbers + tail + [r for r in before if r.kind not in ("other", "number", *_CORE)]


def _behind(tail: list[Role]) -> tuple[list[Role], tuple[tuple[int, int], ...]]:
    """指标类型 | 指标方向 in front of 一级指标: they count as standing behind everything else."""
    first = min((r.column for r in tail if r.kind in _CORE), default=0)
    early = [r for r in tail if r.column < first and r.kind not in ("number", *_CORE)]
    if any(r.kind != "nature" for r in early):  # other heads stand there by mistake only
        return tail, ()
    last = max((r.column for r in tail), default=0)
    places = {r.column: last + 1 + k for k, r in enumerate(early)}
    told = [replace(r, column=places[r.column]) if r in early else r for r in tail]
    return sorted(told, key=lambda r: r.column), tuple(places.items())


def _over(tail: Sequence[Role], column: int) -> Role | None:
    """The head over a column."""
    return max((r for r in tail if r.column <= column), key=lambda r: r.column, default=None)


def _may_head(role: Role | None) -> bool:
    """A sub-head never stands below a level or a name."""
    return role is not None and role.kind not in _CORE


def _unspanned(roles: list[Role]) -> list[Role]:
    """近两年指标值 in front of 预期当年实现值, 前年, 上年: it spans the last two, which stand where it does."""
    at = next((i for i, r in enumerate(roles) if r.kind == "last" and r.text.startswith("近")), len(roles))
    under = [r for r in roles[at + 1 :] if r.kind == "last"]
    if not under:
        return roles
    told = [*roles[:at], *under, *(r for r in roles[at + 1 :] if r not in under)]
    return [replace(r, column=roles[0].column + k) for k, r in enumerate(told)]


def _regrouped(roles: list[Role]) -> list[Role]:
    roles = _unspanned(roles)
    order = headwords.regrouped([r.kind for r in roles], [r.half is not None for r in roles])
    return [replace(roles[i], column=k) for k, i in enumerate(order)] if order != list(range(len(roles))) else roles


def _with_subheads(tail: list[Role], cells: Sequence[GridCell], below: list[Role]) -> list[Role]:
    """Sub-heads take the place of the head that spans them."""
    columns = [r.column for r in below]
    spans = {c.column: c.colspan for c in cells}
    kept = [
        r
        for r in tail
        if r.column not in columns and not any(r.column <= c < r.column + spans.get(r.column, 1) for c in columns)
    ]
    halves = [labels.half_in(over.text) if (over := _over(tail, r.column)) else None for r in below]
    below = [replace(r, half=r.half or half) for r, half in zip(below, halves, strict=True)]
    return sorted(kept + below, key=lambda r: r.column)


def _completed(tail: list[Role], below: Sequence[GridCell]) -> tuple[list[Role], Sequence[GridCell]]:
    """年度 and 实际 above 指标值 and 完成值: heads that broke in two where they stand, and what is left of the second
    line."""
    whole, rest = list(tail), list(below)
    for at, role in enumerate(tail):
        kind = labels.head_of(role.text + rest[0].text) if rest and role.kind == "other" else None
        if kind:
            text = role.text + rest.pop(0).text
            whole[at] = Role(kind, text, role.column, labels.half_in(text) if kind == "value" else None)
    return (whole, rest) if len(rest) < len(below) else (tail, below)


def _inserted(tail: list[Role], below: list[Role]) -> list[Role]:
    """Sub-heads whose place the file does not give: parts of a value stand where its head does, others last."""
    kinds = {r.kind for r in below}
    parts = [r for r in below if r.kind in headwords.PARTS]
    kept = [r for r in tail if r.kind not in kinds or r.kind in _CORE or (r.kind == "value" and "value" not in kinds)]
    value_at = next((i for i, r in enumerate(tail) if r.kind == "value"), len(tail))
    at = sum(r in kept for r in tail[:value_at])  # of the heads before it some have gone
    if "value" not in kinds:
        value = [r for r in kept if r.kind == "value"]
        signs = [r for r in parts if r.kind in ("sign", "nature")]
        parts = [*signs, *value[:1], *(r for r in parts if r not in signs)]
        kept = [r for r in kept if r not in value[:1]]
    roles = [*kept[:at], *parts, *kept[at:], *(r for r in below if r.kind not in headwords.PARTS)]
    return [replace(r, column=tail[0].column + k) for k, r in enumerate(roles)]


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
        body = [replace(r, kind="value") if i == at else r for i, r in enumerate(body)]
    if body and not any(r.kind == "name" for r in body):
        body.insert(0, Role("name", "", body[0].column - 1))
    return tuple(body)
