"""What is printed at the edge of every page, and stands between the rows of one form in a copied text."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from kpi.lazyre import later
from kpi.readers import labels
from kpi.readers.grid import Row
from kpi.values.normal import MARKS

_LONGEST = 25  # characters of a number
_CELLS = 2
_BELOW = 4  # rows
_HEADS = later("[一二三]级(?:绩效)?指标|绩效指标|指标名称")
_BARE = later(r"\d{1,4}")
_TITLE_WORDS = later("部门|单位|预算|决算|绩效|公开|附[件表]|表")
_SHORTEST = 8  # of a title
_TABLE_ENDS = "表0123456789续)）"
_DASHES = "-—–―─－·~"
_DASH = r"[-—–~]{0,2}"
_NUMBER = (
    rf"(?:{_DASH}\s*第\s*\d{{1,4}}\s*页\s*(?:[,，/]?\s*共\s*\d{{1,4}}\s*页)?\s*{_DASH}"
    r"|[-—–―─－·~]{1,3}\s*\d{1,4}\s*[-—–―─－·~]{1,3}|第[一二三四五六七八九十百]{1,4}页)"
)
_GOES_ON = r"[-—–－=·\s]{2,}[(（]?续表[)）]?[-—–－=·\s]*"
_PAGE = re.compile(f"{_NUMBER}|{_GOES_ON}")
_BOOK = later(r"[^\s:：,，。;；]{6,30}(?:汇编|公开|报告|公示|附件|附表|材料|文本)")
_DOCUMENT = later(r"[^\s:：]{0,24}(?:部门|单位)[^\s:：]{0,6}[预决]算[^\s:：]{0,10}")
_TABLE = r"(?:公开\s*\d{1,3}\s*表|(?:公开|附)?表\s*\d{1,3}(?:[-—]\d{1,2})?)(?:[（(]?续表?[)）]?)?"
_OF_TABLE = later(rf"{_DOCUMENT.pattern}\s+{_TABLE}")
_TITLED = later(rf"(?P<title>[^%％{MARKS}|]{{4,40}}?)\s+{_NUMBER}")


def without_edges(rows: Iterable[Row]) -> list[Row]:
    """The rows without the edges of the pages; at the top of a file the words there may tell its year."""
    told = list(rows)
    numbers = {k for k, row in enumerate(told) if _is_page_number(row)}
    near = _beside(numbers, told)
    near = {k for k in near if _is_title(told[k]) or _is_of_book(told, k)} | _repeated(told, near)
    if bare := _bare_numbers(told):
        numbers |= bare
        near |= _repeated(told, _beside(bare, told))
    return [row for k, row in enumerate(told) if not (k in numbers or k in near or (k and _is_edge(row)))]


def _beside(numbers: Iterable[int], rows: Sequence[Row]) -> set[int]:
    return {k + step for k in numbers for step in (-1, 1)} & set(range(1, len(rows)))


def _bare_numbers(rows: Sequence[Row]) -> set[int]:
    """Numbers alone on a line that count the pages: each above the title of the document and the heads of rows that go
    on, or the last of the file, and each one more than that before (21, and 22)."""
    titles = Counter(map(_alone, rows))
    found = [
        k for k in range(len(rows) - 1)
        if _BARE.fullmatch(_alone(rows[k])) and titles[below := _alone(rows[k + 1])] > 1
        and len(below) >= _SHORTEST and _TITLE_WORDS.search(below) and _goes_on(rows, k + 1)
    ]  # fmt: skip
    if found and _BARE.fullmatch(_alone(rows[-1])):
        found.append(len(rows) - 1)
    numbers = [int(_alone(rows[k])) for k in found]
    counted = len(found) > 1 and all(b == a + 1 for a, b in pairwise(numbers))
    return set(found) if counted else set()


def _alone(row: Row) -> str:
    """The text of a row of one cell; "" for any other."""
    texts = [c.text for c in row.cells if c.text]
    return texts[0].strip() if len(texts) == 1 else ""


def _repeated(rows: Sequence[Row], near: Iterable[int]) -> set[int]:
    """The titles beside the numbers of pages that a page before had, too."""
    seen: set[str] = set()
    again: set[int] = set()
    for k in sorted({0, *near} if rows else near):
        texts = [c.text for c in rows[k].cells if c.text]
        if len(texts) == 1 and len(texts[0]) >= _SHORTEST:
            if texts[0] in seen and _goes_on(rows, k):
                again.add(k)
            seen.add(texts[0])
    return again


def _goes_on(rows: Sequence[Row], title: int) -> bool:
    """Whether a page goes on with the table: right below its title, the number of the page aside, stand the heads of
    rows. Where a project stands there, another form begins."""
    below = (row for row in rows[title + 1 : title + 1 + _BELOW] if any(c.text for c in row.cells))
    first = next((row for row in below if not _is_page_number(row)), None)
    return first is not None and _HEADS.search(" ".join(c.text for c in first.cells)) is not None


def _is_page_number(row: Row) -> bool:
    """第2页, — 3 —: in a sheet or a copied text it stands between the rows of one form."""
    texts = [c.text for c in row.cells if c.text]
    return len(texts) == 1 and len(texts[0]) < _LONGEST and bool(_PAGE.fullmatch(texts[0]))


def _is_title(row: Row) -> bool:
    """清溪县水务局2021年部门预算公开 beside the number of a page."""
    texts = [c.text for c in row.cells if c.text]
    return len(texts) == 1 and _DOCUMENT.fullmatch(texts[0].strip()) is not None


def _is_of_book(rows: Sequence[Row], k: int) -> bool:
    """青禾县2027年惠农补贴绩效目标汇编 on top of a page that goes on with the rows: what is printed, and no form."""
    return _BOOK.fullmatch(_alone(rows[k])) is not None and _goes_on(rows, k)


def _is_edge(row: Row) -> bool:
    """清溪县水务局2021年部门预算公开 第 32 页: the title of a document and the number of the page."""
    texts = [c.text for c in row.cells if c.text]
    if 0 < len(texts) <= _CELLS and texts[-1][-1:] in _TABLE_ENDS and _OF_TABLE.fullmatch(" ".join(texts).strip()):
        return True  # 清溪县水务局2021年部门预算公开 公开17表
    if not 0 < len(texts) <= _CELLS or not ("页" in texts[-1] or texts[-1][-1] in _DASHES):
        return False
    found = _TITLED.fullmatch(" ".join(texts))
    return found is not None and not any(labels.is_level(part) for part in found["title"].split())
