"""Which tree of levels a form shows: 成本 under 产出 and 可持续影响 (2015), or 成本 as a level of its own (2021).

The one place that decides it. `cost_is_first` says where 成本指标 stands before the rows are read; `profile_of` names
the tree of a form that has been read.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from kpi.model import COST_LEVELS, LEVEL1, LEVEL2, TargetTable
from kpi.readers import labels
from kpi.readers.blocks import Parts, RowBlock
from kpi.readers.labels import Level
from kpi.readers.lines import Line

LEGACY, NATIONAL = "legacy-2015", "national"
FIRST_YEAR = 2021  # of the tree in which 成本 is a level of its own
_AFTERWARDS = ("self-evaluation", "monitoring")
_COST, _LASTING = "成本指标", "可持续影响"
_FRONT = 5  # cells of a row that may be levels
_DIGIT = re.compile(r"\d")


def profile_of(table: TargetTable) -> str:
    """The tree of a form: by the levels that it shows; where it shows none that are known, by its year.

    The forms of self-evaluations (财预〔2020〕10号) and of monitoring (财预〔2019〕136号) have 成本 under 产出: one
    that shows nothing of it lacks it. A target form of the tree of 2021 may do without.
    """
    shown = {(i.level1, i.level2) for i in table.indicators}
    twos = {two for _, two in shown}
    if any(one == _COST and two in COST_LEVELS for one, two in shown) or twos & set(COST_LEVELS[1:]):
        return NATIONAL
    told = table.form in _AFTERWARDS and any(one in LEVEL1 and two in LEVEL2 for one, two in shown)
    if told or twos & {_COST, _LASTING}:
        return LEGACY
    return LEGACY if table.year is not None and table.year < FIRST_YEAR else NATIONAL


def cost_parent(twos: Sequence[str]) -> str:
    """The first level of 成本指标 where the form names none: `twos` are its second levels in order."""
    own = any(two in COST_LEVELS[1:] for two in twos)
    return _COST if own or (_LASTING not in twos and twos[:1] == [_COST]) else "产出指标"


def cost_is_first(parts: Parts) -> bool:
    """Whether 成本指标 is a first level: by its second levels, its points, or the column in which it stands."""
    return any(_in_block(block) for block in parts.blocks)


def _in_block(block: RowBlock) -> bool:
    rows = [[(labels.level_of(c.text), c.text) for c in line.filled[:_FRONT]] for line in block.lines]
    levels = [level for row in rows for level, _ in row if level]
    if any(level.two in COST_LEVELS[1:] for level in levels):
        return True
    if any(level.two == _COST for level in levels):
        pairs = (pair for row in rows for pair in pairwise(level for level, _ in row))
        return (
            _has_points(rows)
            or (not block.header.right and any(_own_second(a, b) for a, b in pairs))
            or _in_first_column(block.lines, block.header.one)
        )
    return False


def _has_points(rows: Iterable[Sequence[tuple[Level | None, str]]]) -> bool:
    """成本指标(20分), while no second level has points."""
    scored = {level.two or level.one for row in rows for level, text in row if level and _DIGIT.search(text)}
    return _COST in scored and not scored & {"数量指标", "质量指标", "时效指标"}


def _own_second(a: Level | None, b: Level | None) -> bool:
    return bool(a and b and a.two == _COST and b.sure and b.rank != 1)


def _in_first_column(lines: Sequence[Line], column: int) -> bool:
    """成本指标 below 一级指标, while no second level stands there: rows may have left merged cells out."""
    cells = (c for line in lines if not line.packed for c in line.filled[:_FRONT] if c.column == column)
    below = [level for c in cells if (level := labels.level_of(c.text))]
    return any(level.two == _COST for level in below) and not any(level.rank == 2 for level in below)
