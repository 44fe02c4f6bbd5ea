"""Forms of two columns, 指标类型 and 指标名称, that print the second level in place of a name: 数量指标 | 5公里."""

from collections.abc import Sequence

from kpi.lazyre import later
from kpi.readers import labels
from kpi.readers.columns import Header
from kpi.readers.grid import GridCell
from kpi.readers.kinds import Half
from kpi.readers.labels import Level
from kpi.readers.lines import Line
from kpi.readers.match import kind_of

_FIGURES = ("value", "number", "sign", "points")
_NAMES = ("words", "slot", "unit")
_DESCRIBED = later("指标(?:描述|内容)(?:说明)?")


def levels_as_names(header: Header, lines: Sequence[Line]) -> Header:
    """The heads with the second levels in the column of names, where most rows show that they stand there."""
    name = header.left[0] if header.left else None
    if name is None or name.kind != "name" or not name.text or header.right or header.project:
        return header
    if header.anchor not in (header.one, name.column) or not 0 <= header.anchor <= name.column:
        return header  # second levels have a column of their own
    rows = [row for line in lines if not line.packed and (row := _taken(line, header))]
    levels = {level.two for level, _ in rows if level}
    valued = sum(bool(level) and _is_valued([kind_of(c.text) for c in behind], behind) for level, behind in rows)
    named = sum(not level or _is_named([kind_of(c.text) for c in behind[:2]]) for level, behind in rows)
    return header._replace(named=True, anchor=name.column) if valued > named and len(levels) > 1 else header


def with_described_name(kinds: Half, aside: dict[str, GridCell], header: Header) -> tuple[Half, dict[str, GridCell]]:
    """数量指标 | ≥3100具 | 全年火化遗体数量, under 指标名称, 指标值 and 指标描述: the words say what is counted."""
    name, value = kinds.get("name"), kinds.get("value")
    told = next(((head, cell) for head, cell in aside.items() if _DESCRIBED.fullmatch(labels.squeeze(head))), None)
    if not header.named or told is None or name is None or value is None or not labels.is_level(name.text):
        return kinds, aside
    head, cell = told
    if kind_of(cell.text) not in _NAMES or cell.text == value.text:
        return kinds, aside
    return {**kinds, "name": cell}, {other: c for other, c in aside.items() if other != head}


def _taken(line: Line, header: Header) -> tuple[Level | None, Sequence[GridCell]] | None:
    """The second level of a row that has no cell more than there are heads, and what stands behind it; None for the
    level where a name stands in its place."""
    for k, cell in enumerate(line.filled[:3]):
        level = labels.level_of(cell.text)
        if level and level.rank != 1:
            behind = line.filled[k + 1 :]
            return (level, behind) if cell.column <= header.left[0].column and len(behind) < header.width else None
    return (None, ()) if len(line.filled) > 1 else None


def _is_valued(kinds: Sequence[str], behind: Sequence[GridCell]) -> bool:
    """Whether a value stands right behind the level: 375万平方米; 年度预算220万元 with words behind it."""
    if not kinds or kinds[0] in _FIGURES:
        return bool(kinds)
    return labels.has_figure(behind[0].text) and bool(kinds[1:]) and kinds[1] not in _FIGURES


def _is_named(kinds: Sequence[str]) -> bool:
    """Whether a name and its value stand behind the level."""
    return len(kinds) > 1 and kinds[0] in _NAMES and kinds[1] in _FIGURES
