"""The heads of the columns in their order: sub-heads in their places, and heads that stand where they do not belong."""

from collections.abc import Sequence
from typing import NamedTuple

from kpi.model import Half
from kpi.readers import headwords, labels
from kpi.readers.grid import GridCell

CORE = ("level1", "level2", "name")


class Role(NamedTuple):
    """A column: what it holds, its head as printed, where it stands, and its half where the head names one."""

    kind: str
    text: str
    column: int
    half: Half | None = None


def graded(tail: list[Role], grades: Sequence[GridCell]) -> list[Role]:
    """优、良、中、差 under 绩效标准: what is wanted for each grade stands in columns of its own."""
    over = [r for r in tail if r.kind == "other" and grades and r.column == grades[0].column]  # whatever they call it
    tail = [r for r in tail if r not in over]
    last = max((c.column for c in grades), default=0)
    if grades and all(r.column < grades[0].column or r.column > last for r in tail):  # 优 良 中 差, and then 确定依据
        told = [Role("standard", headwords.unspanned(c.text), c.column) for c in grades]
        spans = [r for r in tail if r.kind == "standard" and r.column < grades[0].column]
        if not spans:
            return sorted((*tail, *told), key=lambda role: role.column)
    kept = [r for r in tail if r.kind != "standard"]
    at = next((r.column for r in tail if r.kind == "standard"), kept[-1].column + 1 if kept else 0)
    placed = all(c.column >= at for c in grades)
    return kept + [
        Role("standard", headwords.unspanned(c.text), c.column if placed else at + k) for k, c in enumerate(grades)
    ]


def turned(before: list[Role], tail: list[Role]) -> list[Role]:
    """Heads that stand before 一级指标 belong behind it (a two-line head that was read in the wrong order)."""
    if any(r.kind == "value" for r in tail):
        before = [r for r in before if r.kind != "value"]
    numbers = [r for r in before if r.kind == "number"]
    return numbers + tail + [r for r in before if r.kind not in ("other", "number", *CORE)]


def behind(tail: list[Role]) -> tuple[list[Role], tuple[tuple[int, int], ...]]:
    """指标类型 | 指标方向 in front of 一级指标: they count as standing behind everything else."""
    first = min((r.column for r in tail if r.kind in CORE), default=0)
    early = [r for r in tail if r.column < first and r.kind not in ("number", *CORE)]
    if any(r.kind != "nature" for r in early):  # other heads stand there by mistake only
        return tail, ()
    last = max((r.column for r in tail), default=0)
    places = {r.column: last + 1 + k for k, r in enumerate(early)}
    told = [r._replace(column=places[r.column]) if r in early else r for r in tail]
    return sorted(told, key=lambda r: r.column), tuple(places.items())


def head_over(tail: Sequence[Role], column: int) -> Role | None:
    """The head over a column."""
    return max((r for r in tail if r.column <= column), key=lambda r: r.column, default=None)


def may_head(role: Role | None) -> bool:
    """A sub-head never stands below a level or a name."""
    return role is not None and role.kind not in CORE


def _unspanned(roles: list[Role]) -> list[Role]:
    """近两年指标值 in front of 预期当年实现值, 前年, 上年: it spans the last two, which stand where it does."""
    at = next((i for i, r in enumerate(roles) if r.kind == "last" and r.text.startswith("近")), len(roles))
    under = [r for r in roles[at + 1 :] if r.kind == "last"]
    if not under:
        return roles
    told = [*roles[:at], *under, *(r for r in roles[at + 1 :] if r not in under)]
    return [r._replace(column=roles[0].column + k) for k, r in enumerate(told)]


def _unheaded(roles: list[Role]) -> list[Role]:
    """指标值 in front of 前年, 上年, 预计当年实现: it spans them all, and heads no column of its own."""
    kinds = [r.kind for r in roles]
    at = kinds.index("value") if kinds.count("value") > 1 else len(roles)
    behind = kinds[at + 1 :]
    spans = behind[:1] == ["last"] and "value" in behind and set(behind[: behind.index("value")]) == {"last"}
    told = [r for k, r in enumerate(roles) if k != at] if spans else roles
    return [r._replace(column=roles[0].column + k) for k, r in enumerate(told)] if spans else roles


def regrouped(roles: list[Role]) -> list[Role]:
    roles = _unheaded(_unspanned(roles))
    order = headwords.regrouped([r.kind for r in roles], [r.half is not None for r in roles])
    return [roles[i]._replace(column=k) for k, i in enumerate(order)] if order != list(range(len(roles))) else roles


def with_subheads(tail: list[Role], cells: Sequence[GridCell], below: list[Role]) -> list[Role]:
    """Sub-heads take the place of the head that spans them."""
    columns = [r.column for r in below]
    spans = {c.column: c.colspan for c in cells}
    kept = [
        r
        for r in tail
        if r.column not in columns and not any(r.column <= c < r.column + spans.get(r.column, 1) for c in columns)
    ]
    halves = [labels.half_in(over.text) if (over := head_over(tail, r.column)) else None for r in below]
    below = [r._replace(half=r.half or half) for r, half in zip(below, halves, strict=True)]
    return sorted(kept + below, key=lambda r: r.column)


def completed(tail: list[Role], below: Sequence[GridCell]) -> tuple[list[Role], Sequence[GridCell]]:
    """年度 and 实际 above 指标值 and 完成值: heads that broke in two where they stand, and what is left of the second
    line."""
    whole, rest = list(tail), list(below)
    for at, role in enumerate(tail):
        kind = labels.head_of(role.text + rest[0].text) if rest and role.kind == "other" else None
        if kind:
            text = role.text + rest.pop(0).text
            whole[at] = Role(kind, text, role.column, labels.half_in(text) if kind == "value" else None)
    return (whole, rest) if len(rest) < len(below) else (tail, below)


def inserted(tail: list[Role], below: list[Role]) -> list[Role]:
    """Sub-heads whose place the file does not give: parts of a value stand where its head does, others last."""
    kinds = {r.kind for r in below}
    parts = [r for r in below if r.kind in headwords.PARTS]
    kept = [r for r in tail if r.kind not in kinds or r.kind in CORE or (r.kind == "value" and "value" not in kinds)]
    value_at = next((i for i, r in enumerate(tail) if r.kind == "value"), len(tail))
    at = sum(r in kept for r in tail[:value_at])  # of the heads before it some have gone
    if "value" not in kinds:
        value = [r for r in kept if r.kind == "value"]
        signs = [r for r in parts if r.kind in ("sign", "nature")]
        parts = [*signs, *value[:1], *(r for r in parts if r not in signs)]
        kept = [r for r in kept if r not in value[:1]]
    roles = [*kept[:at], *parts, *kept[at:], *(r for r in below if r.kind not in headwords.PARTS)]
    return [r._replace(column=tail[0].column + k) for k, r in enumerate(roles)]
