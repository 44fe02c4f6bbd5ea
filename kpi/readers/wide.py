"""Tables of one project a row whose columns are levels: each cell holds names and values together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from kpi.model import Entry, Funding, Indicator, Location, TargetTable
from kpi.readers import labels, money
from kpi.readers.grid import GridCell
from kpi.readers.items import split_items
from kpi.readers.labels import Level
from kpi.readers.lines import Line
from kpi.readers.profile import cost_parent

_LEAST = 2  # level columns
_MONEY = ("amount", "whole")


@dataclass(slots=True, eq=False)
class _Columns:
    """What stands in which column."""

    levels: dict[int, Level] = field(default_factory=dict)
    heads: dict[int, str] = field(default_factory=dict)  # project, unit, amount, whole, goal
    names: dict[int, str] = field(default_factory=dict)  # of the levels, as printed
    units: dict[int, str] = field(default_factory=dict)  # of money, where a head names one
    money_unit: str = "元"
    above: Line | None = None  # the first of two rows of heads


def read_wide(lines: Sequence[Line], year: int | None) -> tuple[list[TargetTable], list[Line]]:
    """The projects of such tables, and the lines that belong to none."""
    tables: list[TargetTable] = []
    rest: list[Line] = []
    columns: _Columns | None = None
    title: GridCell | None = None
    unit: str | None = None
    last: Line | None = None  # the row of the project read last
    above: Line | None = None  # the row above
    for line in lines:
        if line.packed or len({c.text for c in line.filled}) == 1:
            title = next((c for c in line.filled if labels.is_title(c.text)), title)
            short = (c.text for c in line.filled if len(c.text) < labels.LINE)
            unit = next((said for text in short if (said := labels.unit_said(text))), unit)
        heads = _columns(line, above, unit)
        above = line
        if heads:
            if rest and rest[-1] is heads.above:
                rest.pop()
            columns = heads
        elif columns and last and _goes_on(line, last, columns):
            last = _whole(last, line)
            tables[-1:] = [one._replace(title=tables[-1].title, year=year) for one in [_project(last, columns)] if one]
        elif columns and not line.packed and (made := _project(line, columns)):
            tables.append(made._replace(title=title.text if title else "", year=year))
            last = line
        else:
            columns, last = (None if columns and line.packed else columns), None
            rest.append(line)
    return (tables, rest) if tables else ([], list(lines))


def _goes_on(line: Line, last: Line, columns: _Columns) -> bool:
    """Whether a row without a project is the rest of the row above, which a page break has cut."""
    own = [c for c, head in columns.heads.items() if head == "project"]
    filled = {c.column for c in line.filled}
    return line.grid == last.grid is not None and bool(filled & set(columns.levels)) and not filled & set(own)


def _whole(last: Line, line: Line) -> Line:
    """Both parts as one row."""
    more = {c.column: c.text for c in line.filled}
    return replace(last, cells=tuple(c._replace(text=c.text + more.pop(c.column, "")) for c in last.cells))


def _columns(line: Line, above: Line | None, unit: str | None) -> _Columns | None:
    """The columns of a row of heads: levels, and what stands left of them, here or in the row above."""
    if line.packed or len(line.filled) < _LEAST + 1:
        return None
    told = ((cell.column, labels.level_of(cell.text)) for cell in line.filled)
    levels = {column: level for column, level in told if level and (level.sure or level.two)}
    if len(levels) < _LEAST or any(labels.head_of(c.text) == "name" for c in line.filled):
        return None
    found = _Columns(levels, names={c.column: c.text for c in line.filled}, money_unit=unit or "元")
    for cell in line.filled:
        if cell.column not in levels:
            _head(cell, found)
    found.levels = {column: levels[column] for column in levels if not _spans(column, levels)}
    if len({(v.one, v.two) for v in found.levels.values()}) < _LEAST:
        return None
    if "project" not in found.heads.values() and above is not None and above.grid == line.grid is not None:
        found.above = above
        taken = {*found.levels, *found.heads}
        for cell in above.filled:
            if cell.column not in taken:
                _head(cell, found)
    return found if "project" in found.heads.values() else None


def _spans(column: int, levels: dict[int, Level]) -> bool:
    """Whether 产出指标 stands left of its own second level, 数量指标: both are the levels of one row."""
    behind = next((levels[c] for c in sorted(levels) if c > column), None)
    return levels[column].rank == 1 and behind is not None and behind.rank != 1 and behind.one == levels[column].one


def _head(cell: GridCell, found: _Columns) -> None:
    head = labels.row_head_of(cell.text)
    if head:
        found.heads.setdefault(cell.column, head)
        if head in _MONEY and (unit := labels.money_unit(cell.text)):
            found.units[cell.column] = unit


def _project(line: Line, columns: _Columns) -> TargetTable | None:
    cells = {c.column: c for c in line.filled}
    by_head: dict[str, GridCell] = {}
    for column, head in columns.heads.items():
        if column in cells:
            by_head.setdefault(head, cells[column])
    project = by_head.get("project")
    parent = cost_parent([level.two for level in columns.levels.values()])
    indicators = [
        one
        for column, level in columns.levels.items()
        for one in _indicators(cells.get(column), level, parent, columns.names[column])
    ]
    if project is None or not indicators or labels.matches("stop", labels.bare(project.text)):
        return None
    places: dict[str, Location] = {"project": project.location}
    goal = by_head.get("goal")
    amount, whole = (_funding(by_head.get(head), columns) for head in _MONEY)
    if amount is None:  # the only money that the list names
        amount, whole = whole, None
    for half, money_of in (("annual", amount), ("period", whole)):
        if money_of:
            places[f"funding.{half}.total"] = money_of.location
    if goal:
        places["goals.annual"] = goal.location
    return TargetTable(
        project=project.text,
        unit=by_head["unit"].text if "unit" in by_head else None,
        money_unit=_unit(by_head.get("amount") or by_head.get("whole"), columns),
        period_funding=whole,
        annual_funding=amount,
        annual_goal=goal.text if goal else None,
        indicators=tuple(indicators),
        locations=places,
        explain=("每行一个项目，各级指标是列，名称和指标值写在同一格",),
    )


def _unit(cell: GridCell | None, columns: _Columns) -> str:
    return columns.money_unit if cell is None else columns.units.get(cell.column, columns.money_unit)


def _funding(cell: GridCell | None, columns: _Columns) -> Funding | None:
    if cell is None or not money.is_amount(cell.text):
        return None
    return Funding(money.amount(cell.text, _unit(cell, columns)), {}, cell.location, cell.text)


def _indicators(cell: GridCell | None, level: Level, cost: str, head: str) -> Iterator[Indicator]:
    if cell is None:
        return
    one, two = labels.canonical(level, cost if level.two == "成本指标" else level.one)
    two = two or labels.second_alone(one)
    for label, part in _by_level(cell.text):
        second = labels.canonical(label, cost if label.two == "成本指标" else label.one)[1] if label else two
        for own, value, _ in split_items(part):
            name = own or labels.bare(head)  # the column says what the figure is of
            yield Indicator(one or "产出指标", second, name, annual=Entry(value, name, cell.location))


def _by_level(text: str) -> Iterator[tuple[Level | None, str]]:
    """The parts of a cell by the second levels that it names: 数量指标:送戏下乡场次:≥180场;质量指标:…"""
    marks = [m for m in _levels().finditer(text) if (level := labels.level_of(m["label"])) and level.rank != 1]
    start: int = 0
    level = None
    for mark in marks:
        if text[start : mark.start()].strip(" ;；。\n"):
            yield level, text[start : mark.start()]
        start, level = mark.end(), labels.level_of(mark["label"])
    if text[start:].strip():
        yield level, text[start:]


@cache
def _levels() -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=[;；。\n]))\s*(?:\d{{1,2}}[.、．])?(?P<label>{labels.level_stems()}(?:指标)?)[:：]")
