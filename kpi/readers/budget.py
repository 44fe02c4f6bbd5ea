"""The budget tables of a disclosure: its projects, its functions and the totals, in 元.

Of a table's total row the columns that other tables and the text speak of are kept as well ("title·项目支出").
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from kpi.lazyre import later
from kpi.model import Budget, BudgetLine, Location
from kpi.readers import labels, money
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line

_TITLE = later(r".{0,40}(预算|收支|支出|收入|经费|资金).{0,30}表(\(.{1,20}\))?")
_UNIT = later(r"单位:(?:人民币)?(万?元|亿元)")
_UNIT_ALONE = later(r"(?:金额)?单位:(?:人民币)?(?:万?元|亿元)")
_OWNER = later(r"^(?:单位|部门|填报单位|编制单位)(?:名称)?:(.{2,60})$")
_PROJECT = later(r"(二级|支出)?项目(支出)?名称")
_CODE_HEAD = later(r"(功能分类)?科目(编码|代码)")
_NAME_HEAD = later(r"(功能分类)?科目名称|功能分类科目")
_AMOUNT_HEAD = later(r"合计|总计|金额|(年初)?预算数|本年预算|预算金额|预算安排数?|资金总额|\d{4}年(预算数|合计)")
_PART_HEAD = later(  # columns whose sums are held against other tables
    r"基本支出|项目支出|人员经费|公用经费|上年结转(安排)?|一般公共预算(财政)?(拨款)?|政府性基金(预算)?(财政)?(拨款)?"
    r"|国有资本经营预算(财政)?(拨款)?|财政专户管理资金|单位资金"
)
_TOTAL = later(r"(部门|单位|本表)?(合计|总计)")
_SIDE_TOTAL = later(r"(收入|支出|本年收入|本年支出)(总计|合计)|上年(财政拨款)?结转(结余)?")
_ECONOMIC = later("经济(科目|分类)")
_HEADING = later(r"第?[一二三四五六七八九十]{1,3}(、|部分)|\([一二三四五六七八九十]{1,3}\)")  # of the text behind
_CODE = later(r"\d{3}|\d{5}|\d{7}")
_NUMBERS = later(r"[\d\s.*]+|[一二三四五六七八九十栏次]+")  # the row that numbers the columns
_LEAST_SHOWN = Decimal("0.01")  # of the table's unit, where a table of 万元 happens to print whole numbers only
_NOTES = 4  # cells of a row above a table: title, owner, date, unit
_MOST = 20_000  # rows


@dataclass(slots=True, eq=False)
class _Table:
    """The table being read."""

    title: str = ""
    unit: str = "元"
    owner: str = ""
    kind: str = ""  # "project" or "function"
    name: int = -1
    code: int = -1
    amount: int = -1
    parts: dict[int, str] = field(default_factory=dict)  # further columns by their heads
    first: dict[str, Decimal] = field(default_factory=dict)  # those of the first row, which may be the total
    finest: Decimal | None = None  # the smallest step that a figure of the table shows, in 元
    rows: list[BudgetLine] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class _Found:
    projects: list[BudgetLine] = field(default_factory=list)
    functions: list[BudgetLine] = field(default_factory=list)
    totals: dict[str, Decimal] = field(default_factory=dict)
    rounding: dict[str, Decimal] = field(default_factory=dict)
    places: dict[str, Location] = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)  # titles of several tables: whose total is it?

    def total(self, table: _Table, figure: Decimal, place: Location, parts: Mapping[str, Decimal]) -> None:
        """The total of a table and of its columns."""
        self.add(table.title, table.title, figure, place)
        for head, part in parts.items():
            self.add(table.title, f"{table.title}·{head}", part, place)

    def add(self, title: str, key: str, figure: Decimal, place: Location) -> None:
        if self.totals.setdefault(key, figure) != figure:
            self.doubtful.add(title)
        self.places.setdefault(key, place)

    def made(self) -> Budget:
        sure = {key: figure for key, figure in self.totals.items() if key.partition("·")[0] not in self.doubtful}
        places = {key: place for key, place in self.places.items() if key in sure}
        return Budget(tuple(self.projects), sure, tuple(self.functions), self.rounding, places)


def read_budget(lines: Iterable[Line]) -> Budget | None:
    """The budget tables among lines that belong to no form; None where there is none."""
    found, table = _Found(), _Table()
    for line in lines:
        if _is_note(line):
            for cell in line.filled:
                table = _note(cell.text, table, found)
        elif line.filled and not _heads(line, table, found):
            _row(line.cells, table, found)
    _close(table, found)
    if not (found.projects or found.functions or found.totals):
        return None
    return found.made()


def _is_note(line: Line) -> bool:
    """Text between tables; in a sheet, a row with a title or with owner and unit (单位名称：…, 单位：万元)."""
    texts = [labels.squeeze(cell.text) for cell in line.filled]
    if len(texts) == 1:
        return line.packed or bool(_TITLE.fullmatch(texts[0]) or _OWNER.match(texts[0]) or _UNIT.match(texts[0]))
    return len(texts) <= _NOTES and any(_UNIT_ALONE.fullmatch(text) for text in texts)


def _note(text: str, table: _Table, found: _Found) -> _Table:
    """A line of text between tables: a title opens a new one, others say unit and owner."""
    label = labels.squeeze(text)
    if not label:
        return table
    if _TITLE.fullmatch(label) and not label[-1].isdigit():
        _close(table, found)
        return _Table(title=re.sub(r"\s+", "", text), owner=table.owner)
    unit, owner = _UNIT.search(label), _OWNER.match(label)
    if unit:
        table.unit = unit.group(1)
    elif owner:
        table.owner = owner.group(1)
    return table


def _heads(line: Line, table: _Table, found: _Found) -> bool:
    """A row of heads tells which columns hold what."""
    heads = {c.column: labels.bare(c.text) for c in line.filled}
    name = next((c for c, text in heads.items() if _PROJECT.fullmatch(text)), None)
    kind = "project"
    if name is None:
        name = next((c for c, text in heads.items() if _NAME_HEAD.fullmatch(text)), None)
        kind = "function"
    amount = _amount_column(heads)
    if name is None or amount is None or amount < name:
        if table.kind and not table.rows and len(heads) > 1 and not line.packed:  # the second row of the heads
            table.parts |= _part_heads(heads, table.amount)
        return False
    if table.kind:
        _close(table, found)
    table.kind, table.name, table.amount = kind, name, amount
    table.parts = _part_heads(heads, amount)
    table.code = next((c for c, text in heads.items() if _CODE_HEAD.fullmatch(text)), -1)
    unit = next((u for text in heads.values() if (u := labels.money_unit(text))), None)
    table.unit = unit or table.unit
    return True


def _amount_column(heads: Mapping[int, str]) -> int | None:
    """The first column of amounts; of columns of several years the one of the last."""
    found = [column for column, text in heads.items() if _AMOUNT_HEAD.fullmatch(_without_unit(text))]
    years = {column: heads[column][:4] for column in found if heads[column][:4].isdecimal()}
    if found and found[0] in years:
        return max(years, key=lambda column: (years[column], -column))
    return found[0] if found else None


def _part_heads(heads: Mapping[int, str], amount: int) -> dict[int, str]:
    return {column: text for column, text in heads.items() if column > amount and _PART_HEAD.fullmatch(text)}


def _without_unit(text: str) -> str:
    return re.sub(r"\((单位:)?(万|亿)?元\)$", "", text)


def _row(cells: Sequence[GridCell], table: _Table, found: _Found) -> None:
    _side_totals(cells, table, found)
    if not table.kind or len(table.rows) >= _MOST:
        return
    by_column = {c.column: c for c in cells}
    name, amount = by_column.get(table.name), by_column.get(table.amount)
    code = by_column.get(table.code) if table.code >= 0 else None
    label = labels.squeeze(name.text) if name else ""
    if code and _TOTAL.fullmatch(labels.squeeze(code.text)):
        name, label = code, labels.squeeze(code.text)
    figure = _figure(amount, table)
    if name is None or not label or _NUMBERS.fullmatch(label) or (figure is None and _HEADING.match(label)):
        return
    if _TOTAL.fullmatch(label):
        if figure is not None and table.title:
            found.total(table, figure, name.location, _parts(by_column, table))
        return
    text = code.text.strip() if code and code.text.strip() else None
    if table.kind == "function" and not (text and _CODE.fullmatch(text)):
        return
    name_text = re.sub(r"\s+", "", name.text)
    if not table.rows:
        table.first = _parts(by_column, table)
    table.rows.append(BudgetLine(name_text, figure, name.location, text, table.title))


def _figure(cell: GridCell | None, table: _Table) -> Decimal | None:
    """The amount in a cell; how fine it is printed is noted."""
    if cell is None or not money.is_amount(cell.text):
        return None
    figure = money.amount(cell.text, table.unit)
    if figure:
        step = _step(figure, table.unit)
        table.finest = step if table.finest is None else min(step, table.finest)
    return figure


def _step(figure: Decimal, unit: str) -> Decimal:
    """One unit of the last digit printed: "12.50" in 万元 is exact to 100 元."""
    exponent = figure.as_tuple().exponent
    places = min(int(exponent), 0) if isinstance(exponent, int) else 0
    return Decimal(1).scaleb(places) * money.scale(unit)


def _parts(by_column: Mapping[int, GridCell], table: _Table) -> dict[str, Decimal]:
    found = ((head, _figure(by_column.get(column), table)) for column, head in table.parts.items())
    return {head: figure for head, figure in found if figure is not None}


def _side_totals(cells: Sequence[GridCell], table: _Table, found: _Found) -> None:
    """收入总计, 支出总计 and what is carried over, of a table of two sides."""
    for cell, after in pairwise(cells):
        label = labels.squeeze(cell.text)
        if table.title and _SIDE_TOTAL.fullmatch(label):
            figure = _figure(after, table)
            if figure is not None:
                found.add(table.title, f"{table.title}·{label}", figure, cell.location)


def _close(table: _Table, found: _Found) -> None:
    """The rows of a table that ends: a row that sums up all below it is its total."""
    rows = table.rows
    if table.finest is not None:
        found.rounding[table.title] = min(table.finest / 2, found.rounding.get(table.title, table.finest))
    if table.kind == "project" and rows:
        if _sums_up(rows, table) and rows[0].amount is not None:
            found.total(table, rows[0].amount, rows[0].location, table.first)
            rows = rows[1:]
        found.projects += rows
    elif table.kind == "function" and "支出" in table.title and not _ECONOMIC.search(table.title):
        found.functions += rows
    table.rows, table.kind, table.finest = [], "", None


def _sums_up(rows: Sequence[BudgetLine], table: _Table) -> bool:
    first, rest = rows[0].amount, [row.amount for row in rows[1:] if row.amount is not None]
    if rows[0].name == table.owner:
        return True
    if first is None or len(rest) < 2:
        return False
    half = (table.finest or _LEAST_SHOWN * money.scale(table.unit)) / 2
    return abs(first - sum(rest)) <= half * (len(rest) + 1)
