"""A workbook that a reviewer filled in, read back by its heads: sheets and rows may have been moved, not renamed."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple, get_args

from kpi.readers import Row, file_bytes, source_of
from kpi.rules.spec import ReviewItem
from kpi.scoring.judged import Judged, JudgedItem
from kpi.scoring.result import Range, cents

KEY, REVIEWER, PROJECT = "审核编号", "审核人", "项目名称"
ITEM, LOW, HIGH, POINTS, WORDS = "审核内容", "机器低", "机器高", "审核人评分", "审核人意见"
_ITEMS = frozenset(get_args(ReviewItem))
_HEADS = (ITEM, LOW, HIGH, POINTS, WORDS)
_KEY = re.compile(r"[0-9a-f]{12}")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,9})?")
_BLANK = frozenset({"", "/", "-", "—", "——", "无"})


class ReadBack(NamedTuple):
    """The forms of a workbook, and what in it could not be taken, one Chinese sentence each."""

    judged: tuple[Judged, ...]
    problems: tuple[str, ...]


def read_judged(path: str) -> ReadBack:
    """The review sheets of a workbook. Raises ReadError where it cannot be read; a file without one has no forms."""
    source = source_of(file_bytes(path), path)
    judged: list[Judged] = []
    problems: list[str] = []
    for _, rows in groupby(source.rows, key=lambda row: row.location.sheet or row.grid):
        one = _sheet(list(rows), problems)
        if one is not None:
            judged.append(one)
    return ReadBack(tuple(judged), tuple(problems))


def _sheet(rows: Sequence[Row], problems: list[str]) -> Judged | None:
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
            items += _items(row, columns, problems)
    return Judged(found[0], _beside(rows, PROJECT), _beside(rows, REVIEWER), tuple(items))


def _items(row: Row, columns: Mapping[str, int], problems: list[str]) -> Iterator[JudgedItem]:
    """The row as an item; nothing where it is another row."""
    texts = {cell.column: cell.text for cell in row.cells}
    item = _plain(texts.get(columns.get(ITEM, -1), ""))
    if item not in _ITEMS:
        return
    cell = next((c for c in row.cells if c.column == columns[POINTS]), None)
    place = f"工作表“{row.location.sheet or ''}”" + (f"{cell.location.cell} 格" if cell and cell.location.cell else "")
    written = texts.get(columns[POINTS], "")
    points = _number(written)
    if points is None and _plain(written) not in _BLANK:
        problems.append(f"{place}：“{item}”的评分写的是“{written.strip()[:20]}”，不是分数，没有用上")
    low, high = (_number(texts.get(columns.get(head, -1), "")) for head in (LOW, HIGH))
    machine = None if low is None or high is None else Range(low, high)
    yield JudgedItem(item, points, texts.get(columns.get(WORDS, -1), "").strip(), machine, place)


def _number(text: str) -> Decimal | None:
    found = _NUMBER.fullmatch(_plain(text))
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
