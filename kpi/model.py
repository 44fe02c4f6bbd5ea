"""What was read: documents, target forms, indicators and where each came from. Plain frozen data.

Money is Decimal in 元, whatever unit the form prints. None means that the form has no such field; "" that it has the
field and left it empty. Text is the document's own.
"""

import copyreg
from collections.abc import Iterator, Mapping
from decimal import Decimal
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

Half = Literal["period", "annual"]
HALVES: tuple[Half, Half] = ("period", "annual")
FormKind = Literal["target", "self-evaluation", "monitoring", "department"]

LEVEL1 = ("成本指标", "产出指标", "效益指标", "满意度指标")
LEVEL2 = (
    "数量指标", "质量指标", "时效指标", "成本指标", "经济成本指标", "社会成本指标", "生态环境成本指标",
    "经济效益", "社会效益", "生态效益", "可持续影响", "服务对象满意度",
)  # fmt: skip
MONEY_LEVELS = ("成本指标", "经济成本指标")
BURDEN_LEVELS = ("社会成本指标", "生态环境成本指标")  # not paid from the project's money
COST_LEVELS = (*MONEY_LEVELS, *BURDEN_LEVELS)
OWN_LEVEL = "*"  # any second level that is none of these
EFFECT_LEVELS = ("经济效益", "社会效益", "生态效益", "可持续影响", "效益指标")  # the last: not told which effects

#: Of `Indicator.columns`: what the form's own column of units says, where the value has another unit itself.
UNIT_COLUMN = "计量单位"

_NONE: Mapping[str, Any] = MappingProxyType({})


def _unchangeable(items: dict[object, object]) -> MappingProxyType[object, object]:
    return MappingProxyType(items)


# What was read can be pickled and copied, its mappings too.
copyreg.pickle(MappingProxyType, lambda mapping: (_unchangeable, (dict(mapping),)))


class Location(NamedTuple):
    """A place in a file. Text: line, column (1-based). Excel: sheet, cell. Word, HTML: table, row, column. PDF: page,
    bbox."""

    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None
    table: int | None = None
    row: int | None = None
    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None

    def after(self, characters: int) -> "Location":
        """The place so many characters further on in its line; itself where lines are not counted."""
        if self.line is None or self.column is None:
            return self
        return self._replace(column=self.column + characters)


_NOWHERE = Location()


class Entry(NamedTuple):
    """One half of an indicator: its value text with sign and unit joined, its name as printed on that side, its cells.

    `cells` holds the places of "name", "value", "sign" and "unit" where each has a cell of its own; of an actual value
    that of the "score", too.
    """

    text: str
    name: str
    location: Location
    cells: Mapping[str, Location] = _NONE

    def place(self, part: str) -> Location:
        """Where a part of it stands; where it stands itself, if the part has no cell of its own."""
        return self.cells.get(part, self.location)

    @property
    def places(self) -> tuple[Location, ...]:
        """All cells of its value."""
        return (self.location, *(place for part, place in self.cells.items() if part != "name"))


class Indicator(NamedTuple):
    """A pair of cells (实施期 and 年度) under one name. `name` is the uncut one of the two."""

    level1: str
    level2: str
    name: str
    period: Entry | None = None
    annual: Entry | None = None
    parent: str | None = None
    columns: Mapping[str, str] = _NONE
    weight: str | None = None  # as printed: None where the form has no weight column, "" where the cell is blank
    polarity: str | None = None  # as printed: 正向 / 反向 …
    actual: Entry | None = None
    score: str | None = None
    reason: str | None = None
    expected_year_end: str | None = None
    outlook: str | None = None

    def entry(self, half: Half) -> Entry | None:
        return self.period if half == "period" else self.annual

    def entries(self) -> Iterator[tuple[Half, Entry]]:
        if self.period:
            yield "period", self.period
        if self.annual:
            yield "annual", self.annual

    @property
    def location(self) -> Location:
        """Where the row stands: the first half's value cell."""
        return next((entry.location for _, entry in self.entries()), Location())

    @property
    def valued(self) -> bool:
        """Whether either half has a value."""
        return any(entry.text for _, entry in self.entries())

    @property
    def filled(self) -> bool:
        return any(entry.text.strip() or entry.name.strip() for _, entry in self.entries())


class Funding(NamedTuple):
    """The money of one half, in 元. `sources` in printed order; None where the amount is blank."""

    total: Decimal | None
    sources: Mapping[str, Decimal | None] = _NONE
    location: Location = _NOWHERE
    text: str = ""  # the total as printed

    @property
    def printed(self) -> bool:
        """Whether a figure stands there, though it may tell no total: nobody says its unit."""
        return any(character.isdigit() for character in self.text)


class Execution(NamedTuple):
    """The row of a form that tells how its budget was spent. Money in 元; points, rate and score as printed.

    `budget`: 年初预算数; `adjusted`: 全年 or 调整后预算数; `forecast`: 全年预计执行数. None: no such column, or blank.
    """

    budget: Decimal | None = None
    adjusted: Decimal | None = None
    spent: Decimal | None = None
    forecast: Decimal | None = None
    rate: str | None = None
    points: str | None = None
    score: str | None = None
    location: Location = _NOWHERE
    places: Mapping[str, Location] = MappingProxyType({})


class Stated(NamedTuple):
    """What a self-evaluation prints below its rows: full marks, the sum of the scores and the grade, as printed; the
    reason for all that was not achieved, where it has a row for that ("": a blank one). `location`: of the sum, else
    of the full marks; `full_location`, `grade_location`: of these, where they are known."""

    full: str | None = None
    score: str | None = None
    grade: str | None = None
    location: Location = _NOWHERE
    reason: str | None = None
    full_location: Location = _NOWHERE
    grade_location: Location = _NOWHERE


_PERIOD, _ANNUAL = attrgetter("period"), attrgetter("annual")  # asked at every row


class TargetTable(NamedTuple):
    """One target form of one project."""

    title: str = ""
    year: int | None = None
    project: str = ""
    department: str | None = None
    unit: str | None = None
    attribute: str | None = None
    term: str | None = None
    money_unit: str = "元"
    period_funding: Funding | None = None
    annual_funding: Funding | None = None
    profile: str = "national"  # the tree that the form shows: "legacy-2015" where 成本 stands under 产出
    form: FormKind = "target"
    sections: Mapping[str, str] = _NONE
    period_goal: str | None = None
    annual_goal: str | None = None
    sign_off: Mapping[str, str] = _NONE
    indicators: tuple[Indicator, ...] = ()
    locations: Mapping[str, Location] = _NONE
    cut: bool = False  # the file ends inside the indicator rows: what is missing may stand on the next page
    torn: bool = False  # … and inside its last row, not behind it
    explain: tuple[str, ...] = ()  # why each column was taken for what, one plain sentence each
    execution: Execution | None = None
    stated: Stated | None = None
    shares: Mapping[str, str] = _NONE  # points printed beside the first levels: 产出指标(40分)
    begun: bool = False  # the file begins inside the indicator rows: what is missing may stand before them
    patchy: bool = False  # only rows that are certain were read: what is missing may stand anywhere

    def funding(self, half: Half) -> Funding | None:
        return self.period_funding if half == "period" else self.annual_funding

    def goal(self, half: Half) -> str | None:
        return self.period_goal if half == "period" else self.annual_goal

    @property
    def halves(self) -> tuple[Half, ...]:
        """The halves that the form has, filled or not."""
        has = {"period": any(map(_PERIOD, self.indicators)), "annual": any(map(_ANNUAL, self.indicators))}
        return tuple(half for half in HALVES if has[half])

    @property
    def torn_row(self) -> Indicator | None:
        """The row inside which the file ends: what it lacks may stand behind the end."""
        return self.indicators[-1] if self.torn and self.indicators else None

    @property
    def location(self) -> Location:
        return self.locations.get("project") or self.locations.get("title") or Location()


class Unread(NamedTuple):
    """Something that looks like a target and could not be read; `reason` is one Chinese sentence. `blank`: a template
    that nobody filled in, in which there is nothing to be read."""

    text: str
    location: Location
    reason: str
    project: str | None = None
    level2: str | None = None
    blank: bool = False


class BudgetLine(NamedTuple):
    """One row of a budget table: a project or a function (支出功能科目), its amount in 元 (None: blank)."""

    name: str
    amount: Decimal | None
    location: Location
    code: str | None = None
    table: str = ""  # the title of its table


class Budget(NamedTuple):
    """The budget tables of a disclosure.

    `totals`: by the title of the table, in 元; of one of its columns or sides by "title·column"; `places`: where
    they stand. `rounding`: half a unit of the finest figure that a table prints, in 元, by its title.
    """

    projects: tuple[BudgetLine, ...] = ()
    totals: Mapping[str, Decimal] = _NONE
    functions: tuple[BudgetLine, ...] = ()
    rounding: Mapping[str, Decimal] = _NONE
    places: Mapping[str, Location] = _NONE


class Statement(NamedTuple):
    """A sentence of the narrative that states an amount, a count or a share."""

    text: str
    location: Location


class Document(NamedTuple):
    """Everything read from one file."""

    path: str
    reader: str
    tables: tuple[TargetTable, ...] = ()
    encoding: str | None = None
    unread: tuple[Unread, ...] = ()
    budget: Budget | None = None
    narrative: tuple[Statement, ...] = ()
    explain: tuple[str, ...] = ()  # what was taken for a form and what was not, one plain sentence each
    printed: Mapping[str, str] = _NONE  # texts that the file prints otherwise: with readings


def dated(document: Document, year: int | None) -> Document:
    """The document with `year` in the forms that print none."""
    if year is None or all(table.year is not None for table in document.tables):
        return document
    tables = tuple(table if table.year is not None else table._replace(year=year) for table in document.tables)
    return document._replace(tables=tables)
