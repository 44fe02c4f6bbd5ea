"""Lines of bars that a page has broken inside its cells: where every row has the same number of bars, they tell which
lines are one row."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from kpi.lazyre import later
from kpi.readers.formats.textcells import LEVEL

_LEAST, _MOST = 4, 40  # bars of a row
_ROWS = 4  # rows of that many bars before they count
_JUDGED = 20  # rows after which those that are unlikely are given up, and those that are likely are no chance
_SEVERAL = 0.6  # of the rows have a line with more than one bar: a cell a line has no rows at all
_FEW = 5  # one row in five may be odd
_PIECE = 12  # characters of a line without a bar that begins a row
_LEVEL_ENDS = ("指标", "目标", "效益", "影响")
_NOTE = later(r"\s*(?:备注|注|说明|附件)\d?\s*[:：][^|]*$")  # below the last row
_PAGE = later(r"第\s*\d+\s*页")
_LINES = 60  # of one row
_CELLS = 3  # of a row, and blank ones behind them
_VALUE = later(r"\s*[≥≤＝=><≧≦]\s*\d")
_BARRED, _ENDED = 8, 0.8  # lines with a bar, and the share of them that end in one
_PIECES, _SHORT = 6, 6  # lines above a row that may be pieces of its first cell, and characters of each


class _Page(NamedTuple):
    """The lines with the bars of each, the bars in front of each, and where each next has a line of several bars."""

    lines: Sequence[str]
    bars: Sequence[int]
    sums: Sequence[int]
    several: Sequence[int]


def broken_rows(lines: Sequence[str]) -> dict[int, int]:
    """The rows that stand on several lines: the first line of each, and the one behind its last."""
    page = _page(lines)
    found: dict[int, int] = {}
    at = 0
    while at < len(lines):
        rows = _rows(page, at) if page.bars[at] else []
        several = [(start, end) for start, end in rows if end - start > 1 and not _by_chance(page, rows)]
        rare = _FEW * len(several) <= len(rows)
        found.update((start, end) for start, end in several if not (rare and _are_whole(page, start, end)))
        at = rows[-1][1] if rows else at + 1
    return found


def ended_rows(lines: Sequence[str]) -> dict[int, int]:
    """The same of a text whose rows end in a bar, however many they have: what ends in none goes on below, and the
    pieces of a label above a row (产, 出, 指, 标 | 数量指标 | …) are its first cell. {} for any other text."""
    barred = [line.rstrip() for line in lines if "|" in line and line.strip(" |")]
    ended = sum(line.endswith("|") for line in barred)
    if len(barred) < _BARRED or ended < _ENDED * len(barred) or any("\t" in line for line in barred):
        return {}
    full = Counter(line.count("|") for line in barred if line.endswith("|")).most_common(1)[0][0]
    found: dict[int, int] = {}
    at = 0
    while at < len(lines):
        first = _behind_pieces(lines, at)
        end = _end_of_row(lines, first, full)
        start = at if first > at and _is_label(lines[at:first], lines[first]) else first
        if end - start > 1:
            found[start] = end
        at = max(end, first + 1)
    return found


def _behind_pieces(lines: Sequence[str], at: int) -> int:
    """The first line from here on with a bar, where only a few short ones stand before it; else this one."""
    for k in range(at, min(at + _PIECES + 1, len(lines))):
        text = lines[k].strip()
        if "|" in text:
            return k
        if not 0 < len(text) <= _SHORT:
            break
    return at


def _end_of_row(lines: Sequence[str], at: int, full: int) -> int:
    """Behind the line with the bar that ends a row; 0 where no row begins, or none ends it near by. A line with as many
    bars as most rows have is whole, though its last cell is filled and theirs are blank; so is one in front of a line
    that begins with a level."""
    if at >= len(lines) or "|" not in lines[at]:
        return 0
    if lines[at].count("|") >= full and not lines[at].rstrip().endswith("|"):
        return 0
    below, bar, _ = lines[at + 1].partition("|") if at + 1 < len(lines) else ("", "", "")
    told = below.strip()
    if bar and not lines[at].rstrip().endswith("|") and LEVEL.match(told) and told.endswith(_LEVEL_ENDS):
        return 0
    for k in range(at, min(at + _LINES, len(lines))):
        if not lines[k].strip():
            return 0
        if lines[k].rstrip().endswith("|"):
            return k + 1
    return 0


def _is_label(pieces: Sequence[str], row: str) -> bool:
    """Whether pieces and the first cell below them make up a level, or stand one character a line."""
    told = [piece.strip() for piece in pieces]
    label = "".join([*told, row.partition("|")[0].strip()])
    return LEVEL.search(label) is not None or (len(told) > 1 and max(map(len, told)) == 1)


def _by_chance(page: _Page, rows: Sequence[tuple[int, int]]) -> bool:
    """Whether the lines are a cell each, and the last one of each row has the blank cells behind it that fill it up
    (延续 | |||): as many cells as those blanks then look like a row, too."""
    whole = [page.lines[start] for start, end in rows if end - start == 1]
    broken = [page.bars[start:end] for start, end in rows if end - start > 1]
    thin = bool(whole) and all(line.rstrip(" |").count("|") == 0 for line in whole)
    return thin and bool(broken) and all(max(bars) == 1 for bars in broken)


def _are_whole(page: _Page, start: int, end: int) -> bool:
    """Whether each line ends in a bar and has several, none of them blank cells that fill a row up: rows of fewer
    cells, which together have as many by chance."""
    lines = page.lines[start:end]
    return all(line.count("|") > 1 and line.rstrip().endswith("|") and "||" not in line for line in lines)


def _page(lines: Sequence[str]) -> _Page:
    bars = [0 if "\t" in line else line.count("|") for line in lines]
    several = [len(bars)] * len(bars)
    for at in range(len(bars) - 1, -1, -1):
        several[at] = at if bars[at] > 1 else several[at + 1] if at + 1 < len(bars) else len(bars)
    return _Page(lines, bars, list(accumulate(bars, initial=0)), several)


def _rows(page: _Page, at: int) -> list[tuple[int, int]]:
    """The rows of one width that begin at a line; the least width counts, as two rows have twice as many bars."""
    in_front = page.sums[page.several[at]] - page.sums[at]  # bars of lines that have one: no row of several among them
    least = max(_LEAST, page.bars[at], in_front // _ROWS + 1)
    return next((rows for width in range(least, _MOST + 1) if (rows := _of_width(page, at, width))), [])


def _of_width(page: _Page, at: int, width: int) -> list[tuple[int, int]]:
    """Each row from its first line to behind its last one. What comes to nothing has looked at a few rows only."""
    rows: list[tuple[int, int]] = []
    several = odd = 0
    over = False
    while at < len(page.lines):
        end, over = _row_end(page, at, width)
        if not end:
            break
        end = _before_next(page, at, end)
        several += max(page.bars[at:end]) > 1
        odd += _is_odd(page.bars[at:end])
        judged = max(len(rows) + 1, _JUDGED)
        if not _is_likely(judged, several + judged - len(rows) - 1, odd):  # even if all that follow were plain
            return rows if len(rows) >= _JUDGED else []
        rows.append((at, end))
        at = end
    for _ in range(_JUDGED):
        if over and rows and rows[-1][1] - rows[-1][0] > 1:
            rows.pop()  # lines of other widths follow: that these two came to the same was chance
    if len(rows) >= _JUDGED:
        return rows
    several = sum(max(page.bars[a:b]) > 1 for a, b in rows)
    odd = sum(_is_odd(page.bars[a:b]) for a, b in rows)
    return rows if _is_likely(len(rows), several, odd) else []


def _row_end(page: _Page, at: int, width: int) -> tuple[int, bool]:
    """Behind the last line of the row that begins at a line, or 0; and whether its lines have too many bars."""
    if not page.bars[at] and not _opens(page, at):
        return 0, False
    whole, most = page.sums[at] + width, min(at + _LINES + 1, len(page.sums))
    end = bisect_left(page.sums, whole, at + 1, most)
    if end == most:  # a row that is not filled: the file may end in its middle
        if most < len(page.sums):
            return 0, False
        below = range(at + 1, len(page.lines))
        return next((k for k in below if _NOTE.match(page.lines[k])), len(page.lines)), False
    if page.sums[end] > whole:
        return 0, True
    return (end if page.lines[end - 1].rstrip().endswith("|") else 0), False  # every row ends in a bar


def _before_next(page: _Page, at: int, end: int) -> int:
    """Behind the bars that fill a row up, where one bar too few makes the next row's first cell look like its last: a
    level, or a name whose value is on the next line."""
    *filled, last = page.lines[at:end]
    if len(filled) < _CELLS or filled[-1].strip(" |") or page.bars[end - 2] < _CELLS or page.bars[end - 1] != 1:
        return end
    named = end < len(page.lines) and _VALUE.match(page.lines[end]) is not None
    return end - 1 if named or LEVEL.match(last.strip()) else end


def _is_likely(rows: int, several: int, odd: int) -> bool:
    return rows >= _ROWS and several >= _SEVERAL * rows and _FEW * odd <= rows


def _is_odd(bars: Sequence[int]) -> bool:
    """Two lines that look like rows themselves; or the bars that fill up a row stand inside it."""
    return sum(count > 1 for count in bars) > 1 or bars[-1] < max(bars)


def _opens(page: _Page, at: int) -> bool:
    """A few words without a bar above a line with some: the first cell of a row, broken."""
    text = page.lines[at].strip()
    return 0 < len(text) <= _PIECE and not _PAGE.search(text) and any(page.bars[at + 1 : at + 2])
