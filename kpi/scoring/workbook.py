"""A workbook that a reviewer filled in, read back by its heads: sheets and rows may have been moved, not renamed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, get_args

from kpi.readers import GridCell, Row, file_bytes
from kpi.rules.spec import ReviewItem
from kpi.scoring.content import content_in
from kpi.scoring.judged import DEPARTMENT, ITEM, KEY, PROJECT, UNIT, YEAR, Judged, JudgedItem
from kpi.scoring.keys import key_in
from kpi.scoring.result import Range, cents
from kpi.values.normal import squeezed

if TYPE_CHECKING:  # the readers of spreadsheets are for those who read one back
    from kpi.scoring.wholebook import Held, WholeSheet

REVIEWER, DAY = "审核人", "审核日期"
LOW, HIGH, POINTS, WORDS = "机器低", "机器高", "审核人评分", "审核人意见"
COUNTED_LOW, COUNTED_HIGH = "得分低", "得分高"
UNNAMED, UNFILLED = "（未填项目名称）", "（未填）"  # in place of what a form does not say
_ITEMS = frozenset(get_args(ReviewItem))
_HEADS = (ITEM, LOW, HIGH, POINTS, WORDS, COUNTED_LOW, COUNTED_HIGH)
_WANTED = (ITEM, POINTS, WORDS)  # without which something that a reviewer wrote is not found
_SURE = 3  # heads that make a row of heads, one of them renamed or not
_ENDS = frozenset({"合计", "综合评定等次", "处理意见", REVIEWER, "修改意见"})  # what stands below the items
_NUMBER = re.compile(r"-?(?:\d{1,9}(?:\.\d{0,15})?|\.\d{1,15})", re.ASCII)
_YEAR = re.compile(r"[（(](\d{4})年度[）)]", re.ASCII)
_BLANK = frozenset({"", "/", "-", "—", "——", "无"})


def read_judged(path: str) -> tuple[Judged, ...]:
    """The review sheets of a workbook. Raises ReadError where it cannot be read; a file without one has no forms."""
    from kpi.scoring.wholebook import whole_sheets  # noqa: PLC0415

    return judged_of(whole_sheets(file_bytes(path), path))


def judged_of(sheets: "Iterable[WholeSheet]") -> tuple[Judged, ...]:
    """The same of a workbook that was read."""
    return tuple(one for sheet in sheets if (one := _sheet(sheet)) is not None)


def _sheet(sheet: "WholeSheet") -> Judged | None:
    """None for a sheet of another kind; a review sheet without its number has the key None."""
    rows = sheet.rows
    cells = {label: _cell_beside(rows, label) for label in (KEY, PROJECT, DEPARTMENT, UNIT, REVIEWER, DAY)}
    texts = {label: cell.text.strip() if cell else "" for label, cell in cells.items()}
    key = key_in(texts[KEY])
    columns, items, strangers = _rows_of_items(sheet)
    if key is None and not columns:
        return None
    year = next((cell for row in rows for cell in row.cells if _YEAR.fullmatch(cell.text.strip())), None)
    said = {label: "" if texts[label] in (UNNAMED, UNFILLED) else texts[label] for label in (PROJECT, DEPARTMENT, UNIT)}
    places = {label: cell.location.cell or "" for label, cell in {**cells, YEAR: year}.items() if cell}
    return Judged(
        key, said[PROJECT], texts[REVIEWER], items, texts[DAY], f"工作表“{sheet.name}”" if sheet.name else "工作簿",
        strangers, tuple(head for head in _WANTED if head not in columns), texts[KEY], said[UNIT],
        int(_YEAR.fullmatch(year.text.strip())[1]) if year else None,  # type: ignore[index]
        said[DEPARTMENT], next(filter(None, (content_in(c.text) for row in rows for c in row.cells)), None), places,
    )  # fmt: skip


def _rows_of_items(sheet: "WholeSheet") -> tuple[Mapping[str, int], tuple[JudgedItem, ...], tuple[JudgedItem, ...]]:
    """(the columns by their heads, rows of items, rows among them that are of no item)."""
    columns: Mapping[str, int] = {}
    items: list[JudgedItem] = []
    strangers: list[JudgedItem] = []
    inside = False  # the items
    for row in sheet.rows:
        texts = {squeezed(cell.text): cell.column for cell in row.cells}
        found = {head: texts[head] for head in _HEADS if head in texts}
        if POINTS in found or len(found) >= _SURE:
            columns, inside = found, True
        elif ITEM in columns:
            inside = inside and texts.keys().isdisjoint(_ENDS)
            one = _item(row, columns, sheet)
            if one.item in _ITEMS:
                items.append(one)
            elif inside and one.item:
                strangers.append(one)
    return columns, tuple(items), tuple(strangers)


def _item(row: Row, columns: Mapping[str, int], sheet: "WholeSheet") -> JudgedItem:
    """What the row says; its item is "" where it is another row."""
    texts = {cell.column: cell.text for cell in row.cells}
    column = columns.get(POINTS, -1)
    cell = next((c for c in row.cells if c.column == column), None)
    at = cell.location.cell if cell else None
    line = row.location.line
    where = f"工作表“{sheet.name}”" if sheet.name else f"第 {line} 行" if line else ""
    item = squeezed(texts.get(columns[ITEM], ""))
    words = texts.get(columns.get(WORDS, -1), "").strip()
    machine, counted = (
        _range(*(texts.get(columns.get(head, -1), "") for head in heads))
        for heads in ((LOW, HIGH), (COUNTED_LOW, COUNTED_HIGH))
    )
    made = JudgedItem(item, None, words, machine, where + (f"{at} 格" if at else ""), texts.get(column, "").strip())
    if item and sheet.cells is not None:
        return _held(made, sheet.cells.get(at or ""))
    return _shown(made, counted)


def _held(item: JudgedItem, held: "Held | None") -> JudgedItem:
    """Points are numbers, as the formulas of the sheet have it, whatever they look like."""
    if item.written.startswith("="):  # a formula that nobody has counted
        return item
    if held is None or squeezed(held.text) in _BLANK:
        return item._replace(written="")
    if held.struck and not item.written:
        return item._replace(struck=held.text)
    return item._replace(points=held.number, written=item.written or held.text)


def _shown(item: JudgedItem, counted: Range | None) -> JudgedItem:
    """Of a file that shows texts alone: what looks like a number may be none, which the sheet's own result tells."""
    if squeezed(item.written) in _BLANK:
        return item._replace(written="", counted=counted)
    return item._replace(points=_number(item.written), counted=counted)


def _range(low: str, high: str) -> Range | None:
    ends = _number(low), _number(high)
    return None if ends[0] is None or ends[1] is None else Range(cents(ends[0]), cents(ends[1]))


def _number(text: str) -> Decimal | None:
    found = _NUMBER.fullmatch(text.strip())
    return Decimal(found[0]) if found else None


def _cell_beside(rows: Iterable[Row], label: str) -> GridCell | None:
    """What stands right of a label, if anything."""
    for row in rows:
        cells: Sequence[GridCell] = sorted(row.cells, key=lambda cell: cell.column)
        for number, cell in enumerate(cells):
            if squeezed(cell.text).rstrip("：:") == label:
                after = cells[number + 1 : number + 2]
                reach = cell.column + cell.colspan
                return after[0] if after and after[0].column == reach else None
    return None
