"""What was achieved, row by row, from whatever file tells it: a form with its own actual columns, the JSON of
`kpi extract`, or a plain sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal, NamedTuple

from kpi import readers
from kpi.model import Document, Indicator, Location, TargetTable
from kpi.progress.figures import told
from kpi.readers import ReadError, Source
from kpi.readers.formats.sniff import kind_of

MoneyKind = Literal["spent", "budget", "adjusted", "forecast"]
MONEY_NAMES: dict[MoneyKind, str] = {
    "spent": "预算执行数", "budget": "年初预算数", "adjusted": "调整预算数", "forecast": "全年预计执行数",
}  # fmt: skip
_LIGHT, _RECKONED = "灯", ("○", "（推算）", "（已达到）")
_NOTHING = "没有找到完成情况。可以用填好“实际完成值”一列的绩效表，或者表头有“三级指标”和“实际完成值”的清单。"


class ActualRow(NamedTuple):
    """One line of what was achieved. `text` "" is a blank cell; None of the other fields: the file has no such column.

    `level2`: canonical, "" where the file does not tell; so are `project` and `unit` (实施单位). `form`: that in
    which it stands.
    """

    project: str
    level2: str
    name: str
    text: str
    expected_year_end: str | None = None
    outlook: str | None = None
    reason: str | None = None
    score: str | None = None
    nature: str | None = None
    schedule: str | None = None
    weight: str | None = None
    location: Location = Location()
    unit: str = ""
    form: TargetTable | None = None


class MoneyRow(NamedTuple):
    """Money of a project as printed: a bare figure is in the unit of the project's form. `unit`, `form`: as a row has
    them."""

    project: str
    kind: MoneyKind
    text: str
    location: Location = Location()
    unit: str = ""
    form: TargetTable | None = None

    @property
    def name(self) -> str:
        return MONEY_NAMES[self.kind]


@dataclass(frozen=True, slots=True)
class Actuals:
    """All that a file tells. `columns`: the fields of ActualRow that the file has a column for; `notes`: rows that
    could not be used, a sentence each."""

    path: str
    rows: tuple[ActualRow, ...] = ()
    money: tuple[MoneyRow, ...] = ()
    columns: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        return not self.rows and not self.money


def read_actuals(path: str | Path, data: bytes | None = None) -> Actuals:
    """What the file tells of achievement; `data`: its bytes where they are at hand.

    Raises ReadError, whose text is one Chinese sentence, also where the file tells nothing of the kind.
    """
    name = str(path)
    data = readers.file_bytes(name) if data is None else data
    if _of_several(name, data):
        found = of_documents(_documents(readers.read_all(name, data)), name)
    else:
        source: Source = readers.source_of(data, name)
        found = _sheet(source) or of_documents((readers.document_of(source),), name)
    if found.empty:
        raise ReadError(name, _NOTHING)
    return found


def listed(path: str | Path, data: bytes) -> Actuals | None:
    """The rows of a plain sheet; None for forms, JSON and archives. Raises ReadError."""
    name = str(path)
    return None if _of_several(name, data) else _sheet(readers.source_of(data, name))


def _of_several(name: str, data: bytes) -> bool:
    return kind_of(data, ".csv" if name == "-" else Path(name).suffix.lower(), name) in ("json", "archive")


def _sheet(source: Source) -> Actuals | None:
    from kpi.progress.sheet import plain_sheet  # noqa: PLC0415 - it builds on this module

    return plain_sheet(source)


def _documents(outcomes: Sequence[Document | ReadError]) -> Iterator[Document]:
    for one in outcomes:
        if isinstance(one, ReadError):
            raise one
        yield one


def of_documents(documents: Iterator[Document] | Sequence[Document], path: str) -> Actuals:
    """What forms tell in columns of their own."""
    tables = [table for document in documents for table in document.tables]
    rows = tuple(row for table in tables for row in of_table(table))
    money = tuple(one for table in tables for one in money_of(table))
    return Actuals(path, rows, money, columns_of(tables))


def of_table(table: TargetTable) -> Iterator[ActualRow]:
    """The rows of one form; none where it has no column for what was achieved."""
    if not any(_tells(indicator) for indicator in table.indicators):
        return
    for one in table.indicators:
        if one.filled:
            yield of_indicator(one, table.project)._replace(unit=table.unit or "", form=table)


def of_indicator(one: Indicator, project: str) -> ActualRow:
    place = one.actual.location if one.actual else one.location
    nature, schedule, guessed = _written(one)
    outlook = "" if guessed else one.outlook
    return ActualRow(
        project, one.level2, one.name, one.actual.text if one.actual else "", one.expected_year_end, outlook,
        one.reason, one.score, nature, schedule, one.weight, place,
    )  # fmt: skip


def _written(one: Indicator) -> tuple[str | None, str | None, bool]:
    """What only a sheet with lights, as a report writes it, tells: 累计（30/50/80/100） is the nature and the schedule,
    ○ and 有可能（推算） chances that were reckoned and that nobody has stated. In other forms 性质 is another thing."""
    if _LIGHT not in one.columns:
        return None, None, False
    nature, _, schedule = (one.polarity or "").partition("（")
    return nature, schedule.removesuffix("）"), (one.outlook or "").endswith(_RECKONED)


def _tells(one: Indicator) -> bool:
    return one.actual is not None or bool(one.expected_year_end)


def columns_of(tables: Sequence[TargetTable]) -> frozenset[str]:
    """The columns that the forms have, filled or not."""
    names = ("expected_year_end", "outlook", "reason", "score")
    indicators = [indicator for table in tables for indicator in table.indicators]
    found = {name for name in names if any(getattr(one, name) is not None for one in indicators)}
    return frozenset(found | ({"text"} if any(one.actual is not None for one in indicators) else set()))


def money_of(table: TargetTable) -> Iterator[MoneyRow]:
    """The money row of a form that has one, in 元."""
    row = table.execution
    if row is None:
        return
    amounts: tuple[tuple[MoneyKind, Decimal | None], ...] = (
        ("budget", row.budget), ("adjusted", row.adjusted), ("spent", row.spent), ("forecast", row.forecast),
    )  # fmt: skip
    for kind, amount in amounts:
        if amount is not None:
            place = row.places.get(kind, row.location)
            yield MoneyRow(table.project, kind, f"{told(amount)}元", place, table.unit or "", table)
