"""A workbook that a reviewer filled in, read back by its heads: sheets and rows may have been moved, not renamed."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import get_args

from kpi.readers import Row, Source, file_bytes, source_of
from kpi.rules.spec import ReviewItem
from kpi.scoring.judged import Judged, JudgedItem
from kpi.scoring.result import Range, cents

KEY, REVIEWER, PROJECT = "审核编号", "审核人", "项目名称"
ITEM, LOW, HIGH, POINTS, WORDS = "审核内容", "机器低", "机器高", "审核人评分", "审核人意见"
_ITEMS = frozenset(get_args(ReviewItem))
_HEADS = (ITEM, LOW, HIGH, POINTS, WORDS)
_KEY = re.compile(r"[0-9a-f]{12}")
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{0,15})?|\.\d{1,15}", re.ASCII)
_BLANK = frozenset({"", "/", "-", "—", "——", "无"})


def read_judged(path: str) -> tuple[Judged, ...]:
    """The review sheets of a workbook. Raises ReadError where it cannot be read; a file without one has no forms."""
    return judged_of(source_of(file_bytes(path), path))


def judged_of(source: Source) -> tuple[Judged, ...]:
    """The same of a workbook that was read."""
    sheets = (list(rows) for _, rows in groupby(source.rows, key=lambda row: row.location.sheet or row.grid))
    return tuple(one for sheet in sheets if (one := _sheet(sheet)) is not None)


def _sheet(rows: Sequence[Row]) -> Judged | None:
    key = _beside(rows, KEY)
    found = _KEY.search(key)
    if not found:
        return None
    columns: Mapping[str, int] = {}
    items: list[JudgedItem] = []
    for row in rows:
        heads = {_plain(cell.text): cell.column for cell in row.cells}
        if POINTS in heads:
            columns = {head: heads[head] for head in _HEADS if head in heads}
        elif columns:
            items += _items(row, columns)
    return Judged(found[0], _beside(rows, PROJECT), _beside(rows, REVIEWER), tuple(items))


def _items(row: Row, columns: Mapping[str, int]) -> Iterator[JudgedItem]:
    """The row as an item; nothing where it is another row."""
    texts = {cell.column: cell.text for cell in row.cells}
    item = _plain(texts.get(columns.get(ITEM, -1), ""))
    if item not in _ITEMS:
        return
    cell = next((c for c in row.cells if c.column == columns[POINTS]), None)
    sheet, line = row.location.sheet, row.location.line
    where = f"工作表“{sheet}”" if sheet else f"第 {line} 行" if line else ""
    place = where + (f"{cell.location.cell} 格" if cell and cell.location.cell else "")
    written = texts.get(columns[POINTS], "")
    if _plain(written) in _BLANK:
        written = ""
    low, high = (_number(texts.get(columns.get(head, -1), "")) for head in (LOW, HIGH))
    machine = None if low is None or high is None else Range(low, high)
    words = texts.get(columns.get(WORDS, -1), "").strip()
    yield JudgedItem(item, points_of(written), words, machine, place, written.strip())


def points_of(text: str) -> Decimal | None:
    """A number as people write points, "分" behind it or not; None for anything else."""
    return _number(unicodedata.normalize("NFKC", text).strip().removesuffix("分"))


def _number(text: str) -> Decimal | None:
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return cents(Decimal(found[0])) if found else None


def _beside(rows: Iterable[Row], label: str) -> str:
    """What stands right of a label; "" where the label is not there or nothing is written."""
    for row in rows:
        cells = sorted(row.cells, key=lambda cell: cell.column)
        for number, cell in enumerate(cells):
            if _plain(cell.text).rstrip("：:") == label:
                after = cells[number + 1 : number + 2]
                reach = cell.column + cell.colspan
                return after[0].text.strip() if after and after[0].column == reach else ""
    return ""


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
