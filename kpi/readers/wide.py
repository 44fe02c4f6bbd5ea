"""Tables of one project a row whose columns are levels: each cell holds names and values together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kpi.model import Entry, Funding, Indicator, Location, TargetTable
from kpi.readers import labels, money
from kpi.readers.grid import GridCell
from kpi.readers.items import split_items
from kpi.readers.labels import Level
from kpi.readers.lines import Line
from kpi.readers.profile import cost_parent

_LEAST = 2  # level columns


@dataclass(slots=True)
class _Columns:
    """What stands in which column."""

    levels: dict[int, Level] = field(default_factory=dict)
    heads: dict[int, str] = field(default_factory=dict)  # project, unit, amount, goal
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
            unit = next((labels.money_unit(c.text) for c in line.filled if labels.closes(c.text)), None) or unit
        heads = _columns(line, above, unit)
        above = line
        if heads:
            if rest and rest[-1] is heads.above:
                rest.pop()
            columns = heads
        elif columns and last and _goes_on(line, last, columns):
            last = _whole(last, line)
            tables[-1:] = [replace(one, title=tables[-1].title, year=year) for one in [_project(last, columns)] if one]
        elif columns and not line.packed and (made := _project(line, columns)):
            tables.append(replace(made, title=title.text if title else "", year=year))
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
    found = _Columns(levels, money_unit=unit or "元")
    for cell in line.filled:
        if cell.column not in levels:
            _head(cell, found)
    firsts = {column for column, level in found.levels.items() if level.rank == 1}
    if len(firsts) < len(found.levels):  # 产出指标 | 数量指标 are the levels of one row
        found.levels = {column: level for column, level in found.levels.items() if column not in firsts}
    if len({(v.one, v.two) for v in found.levels.values()}) < _LEAST:
        return None
    if "project" not in found.heads.values() and above is not None and above.grid == line.grid is not None:
        found.above = above
        taken = {*found.levels, *found.heads}
        for cell in above.filled:
            if cell.column not in taken:
                _head(cell, found)
    return found if "project" in found.heads.values() else None


def _head(cell: GridCell, found: _Columns) -> None:
    head = labels.row_head_of(cell.text)
    if head:
        found.heads.setdefault(cell.column, head)
        if head == "amount":
            found.money_unit = labels.money_unit(cell.text) or found.money_unit


def _project(line: Line, columns: _Columns) -> TargetTable | None:
    cells = {c.column: c for c in line.filled}
    by_head = {head: cells[c] for c, head in columns.heads.items() if c in cells}
    project = by_head.get("project")
    parent = cost_parent([level.two for level in columns.levels.values()])
    indicators = [i for column, level in columns.levels.items() for i in _indicators(cells.get(column), level, parent)]
    if project is None or not indicators or labels.matches("stop", labels.bare(project.text)):
        return None
    places: dict[str, Location] = {"project": project.location}
    funding, amount, goal = None, by_head.get("amount"), by_head.get("goal")
    if amount and money.is_amount(amount.text):
        funding = Funding(money.amount(amount.text, columns.money_unit), {}, amount.location, amount.text)
        places["funding.annual.total"] = amount.location
    if goal:
        places["goals.annual"] = goal.location
    return TargetTable(
        project=project.text,
        unit=by_head["unit"].text if "unit" in by_head else None,
        money_unit=columns.money_unit,
        annual_funding=funding,
        annual_goal=goal.text if goal else None,
        indicators=tuple(indicators),
        locations=places,
        explain=("每行一个项目，各级指标是列，名称和指标值写在同一格",),
    )


def _indicators(cell: GridCell | None, level: Level, cost: str) -> Iterator[Indicator]:
    if cell is None:
        return
    one, two = labels.canonical(level, cost if level.two == "成本指标" else level.one)
    two = two or labels.second_alone(one)
    for name, value, _ in split_items(cell.text):
        yield Indicator(one or "产出指标", two, name, annual=Entry(value, name, cell.location))
