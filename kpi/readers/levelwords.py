"""Levels of the old tree in short: 投入, 产出, 质量目标 are levels where the form has others of that kind."""

from collections.abc import Sequence
from dataclasses import replace

from kpi.readers import labels
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line

_GOAL = "目标"
_SHORT = 3  # characters of a first level in short


def in_full(lines: Sequence[Line]) -> list[Line]:
    """The rows of a block with such levels in full, where it has 数量目标 or the like, too."""
    if not any(_is_goal(c) for line in lines for c in line.filled):
        return list(lines)
    return [replace(line, cells=tuple(map(_full, line.cells))) for line in lines]


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
