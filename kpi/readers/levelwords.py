"""Levels of the old tree in short: 投入, 产出, 质量目标 are levels where the form has others of that kind."""

from collections.abc import Sequence
from dataclasses import replace

from kpi.readers import labels
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line

_GOAL, _SATISFACTION = "目标", "满意度"
_FIRST = frozenset(("产出", "效益", "满意度"))
_SECOND = frozenset(("数量", "质量", "时效", "成本", "经济效益", "社会效益", "生态效益", "可持续影响"))
_FULL = {word: f"{word}指标" for word in (*_FIRST, *_SECOND, "服务对象满意度")}
_LEAST, _KINDS = 4, 2  # such cells, and kinds of either rank
_SHORT = 3  # characters of a first level in short


def spelled_out(lines: Sequence[Line]) -> list[Line]:
    """A form whose levels are 产出, 数量, 社会效益 …, none of them with 指标 behind it: its levels in full."""
    short = [c for line in lines for c in line.filled if _FULL.get(labels.bare(c.text))]
    if len(short) < _LEAST or any(labels.is_level(c.text) for line in lines for c in line.filled if c not in short):
        return list(lines)
    told = {labels.bare(c.text) for c in short}
    if len(told & _FIRST) < _KINDS or len(told & _SECOND) < _KINDS:
        return list(lines)
    return [replace(line, cells=tuple(map(_spelled, line.cells))) for line in lines]


def _spelled(cell: GridCell) -> GridCell:
    full = _FULL.get(labels.bare(cell.text))
    return cell._replace(text=full) if full else cell


def in_full(lines: Sequence[Line], columns: Sequence[int] = ()) -> list[Line]:
    """The rows of a block with such levels in full, where it has 数量目标 or the like, too; 满意度 under the heads of
    the levels (`columns`, of a block of two halves) in any case."""
    if columns:
        lines = [replace(line, cells=tuple(_satisfied(c, columns) for c in line.cells)) for line in lines]
    if not any(_is_goal(c) for line in lines for c in line.filled):
        return list(lines)
    return [replace(line, cells=tuple(map(_full, line.cells))) for line in lines]


def _satisfied(cell: GridCell, columns: Sequence[int]) -> GridCell:
    alone = cell.column in columns and labels.bare(cell.text) == _SATISFACTION
    return cell._replace(text="服务对象满意度指标") if alone else cell


def _is_goal(cell: GridCell) -> bool:
    level = labels.level_of(cell.text)
    return bool(level and level.sure) and labels.bare(cell.text).endswith(_GOAL)


def _full(cell: GridCell) -> GridCell:
    level = labels.level_of(cell.text)
    if level is None or level.sure:
        return cell
    label = labels.bare(cell.text)
    short = level.rank == 1 and len(label) <= _SHORT
    return cell._replace(text=label.removesuffix(_GOAL) + "指标") if short or label.endswith(_GOAL) else cell
