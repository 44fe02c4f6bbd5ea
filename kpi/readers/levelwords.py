"""Levels of the old tree in short: 投入, 产出, 质量目标 are levels where the form has others of that kind."""

from collections.abc import Sequence
from dataclasses import replace

from kpi.readers import labels
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line

_GOAL, _COST, _SATISFACTION, _RESPONDENTS = "目标", "成本", "满意度", "服务对象"
_FIRST = frozenset(("产出", "效益", "满意度"))
_SECOND = frozenset(("数量", "质量", "时效", "成本", "经济效益", "社会效益", "生态效益", "可持续影响"))
_FULL = {word: f"{word}指标" for word in (*_FIRST, *_SECOND, "服务对象满意度")}
_ONE = {**{word: f"{word}指标" for word in (*_FIRST, "成本")}, "满意": "满意度指标"}
_TWO = {
    **{word: f"{word}指标" for word in (*_SECOND, "经济成本", "社会成本", "生态环境成本", "服务对象满意度")},
    **dict.fromkeys((_SATISFACTION, _RESPONDENTS), "服务对象满意度指标"),
}
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


def in_full(lines: Sequence[Line], ones: Sequence[int] = (), twos: Sequence[int] = ()) -> list[Line]:
    """The rows of a block with such levels in full, where it has 数量目标 or the like, too; short words under the heads
    of first and second levels (`ones`, `twos`: columns) in any case: 经济成本, 服务对象, 满意."""
    lines = [line if line.packed else replace(line, cells=_headed(line.cells, ones, twos)) for line in lines]
    if not any(_is_goal(c) for line in lines for c in line.filled):
        return list(lines)
    return [replace(line, cells=tuple(map(_full, line.cells))) for line in lines]


def _headed(cells: Sequence[GridCell], ones: Sequence[int], twos: Sequence[int]) -> tuple[GridCell, ...]:
    """A row with what stands under the heads of levels in full. 成本 is a first level in front of a second one only,
    and 满意度 may be a second level of the form's own where it has first ones."""
    second = any(c.column in twos and (labels.bare(c.text) in _TWO or labels.level_of(c.text)) for c in cells)
    first = {word: full for word, full in _ONE.items() if second or word != _COST}
    under = {word: full for word, full in _TWO.items() if not ones or word != _SATISFACTION}
    told: list[GridCell] = []
    for cell in cells:
        words = first if cell.column in ones else under if cell.column in twos else {}
        full = words.get(labels.bare(cell.text)) if words else None
        if cell.text == _RESPONDENTS and told and labels.is_level(told[-1].text, 1) and _SATISFACTION in told[-1].text:
            full = _TWO[_RESPONDENTS]  # wherever it stands
        told.append(cell._replace(text=full) if full else cell)
    return tuple(told)


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
