"""Tables of one project after the other whose first levels stand side by side, each with a column of names and one of
values: their rows are told one below the other, each under its level."""

from collections.abc import Sequence
from typing import NamedTuple

from kpi.readers import labels
from kpi.readers.columns import kinds_of
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line

_LEAST = 2  # levels side by side
_ABOVE = 3  # rows of heads
_HEADS = ("一级指标", "三级指标", "指标值")


class _Pair(NamedTuple):
    """A level, and the columns of its names and values."""

    level: GridCell
    name: int
    value: int


def by_levels(lines: Sequence[Line]) -> list[Line]:
    """All lines; rows of such tables as rows of level, name and value, the cells of a project before its first."""
    made: list[Line] = []
    at = 0
    while at < len(lines):
        pairs = _pairs(lines, at)
        if not pairs:
            made.append(lines[at])
            at += 1
            continue
        edge = min(pair.name for pair in pairs)
        heads = _project_heads(lines, at, edge)
        while made and made[-1].grid == lines[at].grid and _is_of_head(made[-1], heads, pairs):
            made.pop()
        titles = (pairs[0].level._replace(text=text, column=edge + k) for k, text in enumerate(_HEADS))
        made.append(Line((*heads, *titles), lines[at].grid, packed=False))
        end = at + 1
        while end < len(lines) and lines[end].grid == lines[at].grid and not lines[end].packed:
            end += 1
        made += _rows(lines[at + 1 : end], pairs, {c.column for c in heads})
        at = end
    return made


def _pairs(lines: Sequence[Line], at: int) -> list[_Pair]:
    """The levels over a row of 三级指标 | 指标值 | 三级指标 | 指标值; [] where it is none."""
    line, above = lines[at], lines[at - 1] if at else None
    if line.packed or line.grid is None or above is None or above.grid != line.grid or len(line.filled) < 2 * _LEAST:
        return []
    kinds = kinds_of(line.filled)
    if kinds != ["name", "value"] * (len(kinds) // 2) or len(kinds) % 2:
        return []
    found: list[_Pair] = []
    for name, value in zip(line.filled[::2], line.filled[1::2], strict=True):
        level = next((c for c in above.filled if c.column <= name.column < c.column + max(c.colspan, 1)), None)
        if level is None or not labels.is_level(level.text):
            return []
        found.append(_Pair(level, name.column, value.column))
    if len({pair.level.column for pair in found}) < len(found):
        return []
    costs = [pair for pair in found if _is_cost(pair.level.text)]  # behind the outputs, whose second level they may be
    return [*(pair for pair in found[:2] if pair not in costs), *costs, *(p for p in found[2:] if p not in costs)]


def _is_cost(text: str) -> bool:
    level = labels.level_of(text)
    return level is not None and level.two == "成本指标"


def _project_heads(lines: Sequence[Line], at: int, edge: int) -> tuple[GridCell, ...]:
    """What the rows of heads say of the columns left of the first level, the money's unit with its column."""
    found: dict[int, GridCell] = {}
    units: list[tuple[int, int, str]] = []
    for line in reversed(lines[max(at - _ABOVE + 1, 0) : at + 1]):
        if line.packed or line.grid != lines[at].grid:
            break
        for cell in line.filled:
            if cell.column < edge and (unit := labels.money_unit(cell.text)):
                units.append((cell.column, cell.column + max(cell.colspan, 1), unit))
            if cell.column < edge and labels.row_head_of(cell.text):
                found.setdefault(cell.column, cell)
    for column, cell in found.items():
        unit = next((said for a, b, said in units if a <= column < b), None)
        if unit and labels.row_head_of(cell.text) == "amount" and not labels.money_unit(cell.text):
            found[column] = cell._replace(text=f"{cell.text}({unit})")
    return tuple(found[column] for column in sorted(found))


def _is_of_head(line: Line, heads: Sequence[GridCell], pairs: Sequence[_Pair]) -> bool:
    """Whether a row above is one of the heads that have been put into one."""
    own = {c.location for c in heads} | {pair.level.location for pair in pairs}
    return not line.packed and any(c.location in own for c in line.filled)


def _rows(lines: Sequence[Line], pairs: Sequence[_Pair], columns: set[int]) -> list[Line]:
    made: list[Line] = []
    edge = min(pair.name for pair in pairs)
    for group in _groups(lines, columns):
        first = tuple(c for c in group[0].filled if c.column in columns)
        rows: list[tuple[GridCell, ...]] = []
        for pair in pairs:
            for line in group:
                cells = {c.column: c for c in line.filled}
                places = ((1, pair.name), (2, pair.value))
                told = [cells[column]._replace(column=edge + k) for k, column in places if column in cells]
                if told:
                    rows.append((pair.level._replace(column=edge, location=told[0].location), *told))
        rows = rows or [()]
        made += [Line((*(first if k == 0 else ()), *row), group[0].grid, packed=False) for k, row in enumerate(rows)]
    return made


def _groups(lines: Sequence[Line], columns: set[int]) -> list[list[Line]]:
    """The rows of each project: a new one begins where a cell stands left of the levels."""
    groups: list[list[Line]] = []
    for line in lines:
        if not line.filled:
            continue
        if not groups or any(c.column in columns for c in line.filled):
            groups.append([])
        groups[-1].append(line)
    return groups
