"""What is printed at the edge of every page, and stands between the rows of one form in a copied text."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

from kpi.lazyre import later
from kpi.readers import labels
from kpi.readers.grid import Row

_LONGEST = 25  # characters of a number
_CELLS = 2
_BELOW = 4  # rows
_HEADS = later("[一二三]级(?:绩效)?指标|绩效指标|指标名称")
_BARE = later(r"\d{1,4}")
_TITLE_WORDS = later("部门|单位|预算|决算|绩效|公开|附[件表]|表")
_SHORTEST = 8  # of a title
_TABLE_ENDS = "表0123456789"
_DASHES = "-—–~"
_DASH = r"[-—–~]{0,2}"
_NUMBER = rf"(?:{_DASH}\s*第\s*\d{{1,4}}\s*页\s*(?:[,，/]?\s*共\s*\d{{1,4}}\s*页)?\s*{_DASH}|[-—–]\s*\d{{1,4}}\s*[-—–])"
_PAGE = re.compile(_NUMBER)
_DOCUMENT = later(r"[^\s:：]{0,24}(?:部门|单位)[^\s:：]{0,6}[预决]算[^\s:：]{0,10}")
_TABLE = r"(?:公开\s*\d{1,3}\s*表|(?:公开|附)?表\s*\d{1,3}(?:[-—]\d{1,2})?)"
_OF_TABLE = later(rf"{_DOCUMENT.pattern}\s+{_TABLE}")
_TITLED = later(rf"(?P<title>[^%％≥≤<>=|]{{4,40}}?)\s+{_NUMBER}")


def without_edges(rows: Iterable[Row]) -> list[Row]:
    """The rows without the edges of the pages; at the top of a file the words there may tell its year."""
    told = list(rows)
    numbers = {k for k, row in enumerate(told) if _is_page_number(row)} | _bare_numbers(told)
    near = {k + step for k in numbers for step in (-1, 1)} & set(range(1, len(told)))
    near = {k for k in near if _is_title(told[k])} | _repeated(told, near)
    return [row for k, row in enumerate(told) if not (k in numbers or k in near or (k and _is_edge(row)))]


def _bare_numbers(rows: Sequence[Row]) -> set[int]:
    """Numbers alone on a line above the title that a page before had, and the last of the file: 21, and 22."""
    titles = Counter(texts[0] for row in rows if len(texts := [c.text for c in row.cells if c.text]) == 1)
    found = set()
    for k, row in enumerate(rows):
        texts = [c.text for c in row.cells if c.text]
        if len(texts) != 1 or not _BARE.fullmatch(texts[0]):
            continue
        below = next(iter([c.text for c in rows[k + 1].cells if c.text]), "") if k + 1 < len(rows) else ""
        if titles[below] > 1 and len(below) >= _SHORTEST and _TITLE_WORDS.search(below):
            found.add(k)
    following = max(found, default=-1)
    last = [c.text for c in rows[-1].cells if c.text] if rows else []
    if found and len(last) == 1 and last[0].isdigit() and int(last[0]) == int(rows[following].cells[0].text) + 1:
        found.add(len(rows) - 1)
    return found


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
    """Whether a page goes on with the table: the first row of several cells below a title has the heads of rows. Where
    it has a project, another form begins."""
    below = (row for row in rows[title + 1 : title + 1 + _BELOW] if sum(bool(c.text) for c in row.cells) > 1)
    return any(_HEADS.search(" ".join(c.text for c in row.cells)) for row in islice(below, 1))


def _is_page_number(row: Row) -> bool:
    """第2页, — 3 —: in a sheet or a copied text it stands between the rows of one form."""
    texts = [c.text for c in row.cells if c.text]
    return len(texts) == 1 and len(texts[0]) < _LONGEST and bool(_PAGE.fullmatch(texts[0]))


def _is_title(row: Row) -> bool:
    """清溪县水务局2021年部门预算公开 beside the number of a page."""
    texts = [c.text for c in row.cells if c.text]
    return len(texts) == 1 and _DOCUMENT.fullmatch(texts[0].strip()) is not None


def _is_edge(row: Row) -> bool:
    """清溪县水务局2021年部门预算公开 第 32 页: the title of a document and the number of the page."""
    texts = [c.text for c in row.cells if c.text]
    if 0 < len(texts) <= _CELLS and texts[-1][-1:] in _TABLE_ENDS and _OF_TABLE.fullmatch(" ".join(texts).strip()):
        return True  # 清溪县水务局2021年部门预算公开 公开17表
    if not 0 < len(texts) <= _CELLS or not ("页" in texts[-1] or texts[-1][-1] in _DASHES):
        return False
    found = _TITLED.fullmatch(" ".join(texts))
    return found is not None and not any(labels.is_level(part) for part in found["title"].split())
