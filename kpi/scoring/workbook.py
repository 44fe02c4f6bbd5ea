"""A workbook that a reviewer filled in, read back by its heads: sheets and rows may have been moved, not renamed."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import get_args

from kpi.readers import GridCell, Row, Source, file_bytes, source_of
from kpi.rules.spec import ReviewItem
from kpi.scoring.judged import ITEM, Judged, JudgedItem
from kpi.scoring.result import Range, cents
from kpi.values.normal import squeezed

KEY, REVIEWER, DAY, PROJECT, UNIT = "审核编号", "审核人", "审核日期", "项目名称", "实施单位"
LOW, HIGH, POINTS, WORDS = "机器低", "机器高", "审核人评分", "审核人意见"
_ITEMS = frozenset(get_args(ReviewItem))
_HEADS = (ITEM, LOW, HIGH, POINTS, WORDS)
_WANTED = (ITEM, POINTS, WORDS)  # without which something that a reviewer wrote is not found
_SURE = 3  # heads that make a row of heads, one of them renamed or not
_ENDS = frozenset({"合计", "综合评定等次", "处理意见", REVIEWER, "修改意见"})  # what stands below the items
_KEY = re.compile(r"[0-9a-f]{12}")
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{0,15})?|\.\d{1,15}", re.ASCII)
_YEAR = re.compile(r"[（(](\d{4})年度[）)]", re.ASCII)
_BLANK = frozenset({"", "/", "-", "—", "——", "无"})


def read_judged(path: str) -> tuple[Judged, ...]:
    """The review sheets of a workbook. Raises ReadError where it cannot be read; a file without one has no forms."""
    return judged_of(source_of(file_bytes(path), path))


def judged_of(source: Source) -> tuple[Judged, ...]:
    """The same of a workbook that was read."""
    sheets = (list(rows) for _, rows in groupby(source.rows, key=lambda row: row.location.sheet or row.grid))
    return tuple(one for sheet in sheets if (one := _sheet(sheet)) is not None)


def _sheet(rows: Sequence[Row]) -> Judged | None:
    """None for a sheet of another kind; a review sheet without its number has the key ""."""
    numbered = _cell_beside(rows, KEY)
    key = _KEY.search(numbered.text if numbered else "")
    columns: Mapping[str, int] = {}
    items: list[JudgedItem] = []
    strangers: list[JudgedItem] = []
    inside = False  # the items
    for row in rows:
        texts = {squeezed(cell.text): cell.column for cell in row.cells}
        found = {head: texts[head] for head in _HEADS if head in texts}
        if POINTS in found or len(found) >= _SURE:
            columns, inside = found, True
        elif ITEM in columns:
            inside = inside and texts.keys().isdisjoint(_ENDS)
            one = _item(row, columns)
            if one.item in _ITEMS:
                items.append(one)
            elif inside and one.item:
                strangers.append(one)
    if not key and not columns:
        return None
    return Judged(
        key[0] if key else "", _beside(rows, PROJECT), _beside(rows, REVIEWER), tuple(items), _beside(rows, DAY),
        _where(rows[0]) or "工作簿", tuple(strangers), tuple(head for head in _WANTED if head not in columns),
        numbered.text.strip() if numbered else "", (numbered.location.cell or "") if numbered else "",
        _beside(rows, UNIT), _year(rows),
    )  # fmt: skip


def _year(rows: Iterable[Row]) -> int | None:
    """The year below the title."""
    found = (_YEAR.fullmatch(cell.text.strip()) for row in rows for cell in row.cells)
    return next((int(year[1]) for year in found if year), None)


def _where(row: Row) -> str:
    return f"工作表“{row.location.sheet}”" if row.location.sheet else ""


def _item(row: Row, columns: Mapping[str, int]) -> JudgedItem:
    """What the row says; its item is "" where it is another row."""
    texts = {cell.column: cell.text for cell in row.cells}
    column = columns.get(POINTS, -1)
    cell = next((c for c in row.cells if c.column == column), None)
    line = row.location.line
    where = _where(row) or (f"第 {line} 行" if line else "")
    place = where + (f"{cell.location.cell} 格" if cell and cell.location.cell else "")
    written = texts.get(column, "")
    if squeezed(written) in _BLANK:
        written = ""
    low, high = (_number(texts.get(columns.get(head, -1), "")) for head in (LOW, HIGH))
    machine = None if low is None or high is None else Range(cents(low), cents(high))
    words = texts.get(columns.get(WORDS, -1), "").strip()
    item = squeezed(texts.get(columns[ITEM], ""))
    return JudgedItem(item, points_of(written), words, machine, place, written.strip())


def points_of(text: str) -> Decimal | None:
    """A number as people write points, "分" behind it or not, not rounded; None for anything else."""
    return _number(unicodedata.normalize("NFKC", text).strip().removesuffix("分"))


def _number(text: str) -> Decimal | None:
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return Decimal(found[0]) if found else None


def _beside(rows: Iterable[Row], label: str) -> str:
    """What stands right of a label; "" where the label is not there or nothing is written."""
    cell = _cell_beside(rows, label)
    return cell.text.strip() if cell else ""


def _cell_beside(rows: Iterable[Row], label: str) -> GridCell | None:
    for row in rows:
        cells = sorted(row.cells, key=lambda cell: cell.column)
        for number, cell in enumerate(cells):
            if squeezed(cell.text).rstrip("：:") == label:
                after = cells[number + 1 : number + 2]
                reach = cell.column + cell.colspan
                return after[0] if after and after[0].column == reach else None
    return None
