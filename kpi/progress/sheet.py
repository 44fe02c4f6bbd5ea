"""A plain sheet of what was achieved: one row of heads, then an indicator a line (xlsx, csv, tabs)."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from kpi import readers
from kpi.model import Location, TargetTable
from kpi.progress.actuals import ActualRow, Actuals, MoneyKind, MoneyRow, listed
from kpi.readers import Row, Source, labels
from kpi.readers.vocabulary import vocabulary

_FIELDS = {
    "name": "name", "actual": "text", "expected": "expected_year_end", "outlook": "outlook", "chance": "outlook",
    "reason": "reason", "cause": "reason", "score": "score", "nature": "nature", "level2": "level2", "weight": "weight",
}  # fmt: skip
_OPTIONAL = ("expected_year_end", "outlook", "reason", "score", "nature", "schedule", "weight")
_MONEY: tuple[MoneyKind, ...] = ("adjusted", "spent", "budget", "forecast")
_NAMELESS = "第 {row} 行写了“{text}”，没有写三级指标，没有用上。"
_MOST_NOTES = 20
_UNITS = ("单位", "单位名称")  # whose project it is; 实施科室 may be another one for each indicator


class _Head(NamedTuple):
    """A column: the field that it fills and its head as printed; `kind` as the readers name heads."""

    field: str
    text: str
    kind: str


def plain_sheet(source: Source) -> Actuals | None:
    """The rows of a plain sheet; None where the file is none (a form, or nothing of the kind)."""
    rows: list[ActualRow] = []
    money: list[MoneyRow] = []
    notes: list[str] = []
    columns: set[str] = set()
    found = False
    for grid in _grids(source.rows):
        at, heads = _heads(grid)
        if not heads:
            continue
        found = True
        columns |= {head.field for head in heads.values()}
        _read(grid[at + 1 :], heads, rows, money, notes)
    if not found:
        return None
    return Actuals(source.path, tuple(rows), tuple(money), frozenset(columns), tuple(notes[:_MOST_NOTES]))


def is_list(path: str, tables: Sequence[TargetTable], data: bytes | None = None) -> bool:
    """Whether a file from which forms were read is a plain sheet all the same, that repeats their targets: it tells
    money, or projects that the forms do not name, line by line. As a form it would lose them. `data`: its bytes where
    they are at hand. Raises ReadError."""
    rows = [one for table in tables for one in table.indicators]
    named = any(table.project.strip() for table in tables)
    if not any(one.actual for one in rows) or (named and not any(money_kind(one.name) for one in rows)):
        return False
    sheet = listed(path, readers.file_bytes(path) if data is None else data)
    return sheet is not None and (bool(sheet.money) or ("project" in sheet.columns and not named))


def _grids(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows of each grid; running text between grids belongs to none."""
    grids: dict[int, list[Row]] = {}
    for row in rows:
        if row.grid is not None:
            grids.setdefault(row.grid, []).append(row)
    yield from grids.values()


def _heads(grid: Sequence[Row]) -> tuple[int, dict[int, _Head]]:
    """The row of heads and its columns; only titles may stand above it, or the grid is a form."""
    for at, row in enumerate(grid):
        filled = [cell for cell in row.cells if cell.text]
        heads = {cell.column: head for cell in filled if (head := _head(cell.text))}
        fields = {head.field for head in heads.values()}
        if {"name", "text"} <= fields:
            return at, _with_one_unit(heads)
        if len(filled) > 1:
            break
    return 0, {}


def _with_one_unit(heads: dict[int, _Head]) -> dict[int, _Head]:
    """Of several columns of units (申报单位, 实施单位) that of 实施单位 counts, else the first."""
    units = {column: head.text for column, head in heads.items() if head.field == "unit"}
    used = next((column for column, text in units.items() if "实施" in text), next(iter(units), None))
    return {column: head for column, head in heads.items() if column not in units or column == used}


def _head(text: str) -> _Head | None:
    label = labels.bare(text)
    if vocabulary()["sheet"]["schedule"].fullmatch(label):
        return _Head("schedule", label, "schedule")
    kind = labels.head_of(text) or ""
    if kind in _FIELDS:
        return _Head(_FIELDS[kind], label, kind)
    if labels.row_head_of(text) == "project" or labels.field_of(text) == "project":
        return _Head("project", label, "project")
    if labels.field_of(text) == "unit" and label.endswith(_UNITS):
        return _Head("unit", label, "unit")
    return None


def _read(
    body: Sequence[Row], heads: dict[int, _Head], rows: list[ActualRow], money: list[MoneyRow], notes: list[str]
) -> None:
    covered: dict[int, tuple[int, str]] = {}  # by column: how many rows more a merged cell covers, and its text
    project = unit = ""
    for row in body:
        cells = _cells(row, covered)
        if not any(cells.values()):
            continue
        fields = _fields(cells, heads)
        if fields.get("project"):
            project, unit = fields["project"], ""
        unit = fields.get("unit") or unit
        name, text = fields.get("name", ""), fields.get("text", "")
        kind = money_kind(name)
        if kind:
            money.append(MoneyRow(project, kind, text, _place(row, heads), unit))
        elif name:
            made = _row(fields, heads)
            rows.append(made._replace(project=project, unit=unit, location=_place(row, heads)))
        elif text:
            where = row.location.line or row.location.row or row.location.cell or ""
            notes.append(_NAMELESS.format(row=where, text=text[:40]))


def _cells(row: Row, covered: dict[int, tuple[int, str]]) -> dict[int, str]:
    """The texts by column, with those of merged cells that began above."""
    texts = {cell.column: cell.text for cell in row.cells}
    for column, (left, text) in list(covered.items()):
        if not texts.get(column):
            texts[column] = text
        if left > 1:
            covered[column] = (left - 1, text)
        else:
            del covered[column]
    covered.update({c.column: (c.rowspan - 1, c.text) for c in row.cells if c.rowspan > 1})
    return texts


def _fields(cells: dict[int, str], heads: dict[int, _Head]) -> dict[str, str]:
    """What the row says by field; several columns of reasons are one, ticks say what their head says."""
    found: dict[str, str] = {}
    for column, head in heads.items():
        text = cells.get(column, "").strip()
        if not text or (labels.matches("blank", text) and not (head.field == "text" and text == "无")):
            continue
        if head.kind in ("cause", "chance") and labels.matches("tick", text):
            text = head.text
        found[head.field] = f"{found[head.field]}；{text}" if head.field in found else text
    return found


def _place(row: Row, heads: dict[int, _Head]) -> Location:
    """The cell of what was achieved, else the row."""
    at = next(column for column, head in heads.items() if head.field == "text")
    return next((cell.location for cell in row.cells if cell.column == at), row.location)


def _row(fields: dict[str, str], heads: dict[int, _Head]) -> ActualRow:
    level = labels.level_of(fields.get("level2", ""))
    has = {head.field for head in heads.values()}
    more: dict[str, Any] = {field: fields.get(field, "") if field in has else None for field in _OPTIONAL}
    two = level.two if level else ""
    return ActualRow("", two, fields["name"], fields.get("text", ""), **more)


def money_kind(name: str) -> MoneyKind | None:
    """Whether a row of this name tells money of the project (预算执行数) and not of an indicator."""
    label = labels.bare(name)
    words = vocabulary()["sheet"]
    return next((kind for kind in _MONEY if words[kind].fullmatch(label)), None)
