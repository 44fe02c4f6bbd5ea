"""Lines of bars that a page has broken inside its cells: where every row has the same number of bars, they tell which
lines are one row."""

import re
from collections.abc import Sequence
from typing import NamedTuple

_LEAST, _MOST = 4, 40  # bars of a row
_ROWS = 4  # rows of that many bars before they count
_SEVERAL = 0.6  # of the rows have a line with more than one bar: a cell a line has no rows at all
_FEW = 5  # one row in five may be odd
_PIECE = 12  # characters of a line without a bar that begins a row
_PAGE = re.compile(r"第\s*\d+\s*页")
_LINES = 60  # of one row


class _Run(NamedTuple):
    """Rows of one width, each from its first line to behind its last one."""

    rows: tuple[tuple[int, int], ...]

    @property
    def end(self) -> int:
        return self.rows[-1][1]


def broken_rows(lines: Sequence[str]) -> dict[int, int]:
    """The rows that stand on several lines: the first line of each, and the one behind its last."""
    bars = [0 if "\t" in line else line.count("|") for line in lines]
    found: dict[int, int] = {}
    at = 0
    while at < len(lines):
        run = _run(lines, bars, at) if bars[at] else None
        if run:
            found.update((start, end) for start, end in run.rows if end - start > 1)
        at = run.end if run else at + 1
    return found


def _run(lines: Sequence[str], bars: Sequence[int], at: int) -> _Run | None:
    """The rows of one width that begin at a line; the least width counts, as two rows have twice as many bars."""
    widths = range(max(_LEAST, bars[at]), _MOST + 1)
    return next((run for width in widths if (run := _of_width(lines, bars, at, width))), None)


def _of_width(lines: Sequence[str], bars: Sequence[int], at: int, width: int) -> _Run | None:
    rows: list[tuple[int, int]] = []
    start, seen, over = at, 0, False
    for k in range(at, len(lines)):
        if k == start and not bars[k] and not _opens(lines, bars, k):
            break
        seen += bars[k]
        over = seen > width
        if over or k - start >= _LINES:
            break
        if seen == width and bars[k] and not lines[k].rstrip().endswith("|"):
            break  # there every row ends in a bar
        if seen == width:
            rows.append((start, k + 1))
            start, seen = k + 1, 0
    else:
        if seen:
            rows.append((start, len(lines)))  # the file ends in the middle of a row
    while over and rows and rows[-1][1] - rows[-1][0] > 1:
        rows.pop()  # lines of other widths follow: that these two came to the same was chance
    several = sum(max(bars[a:b]) > 1 for a, b in rows)
    odd = sum(_is_odd(bars[a:b]) for a, b in rows)
    likely = len(rows) >= _ROWS and several >= _SEVERAL * len(rows) and _FEW * odd <= len(rows)
    return _Run(tuple(rows)) if likely else None


def _is_odd(bars: Sequence[int]) -> bool:
    """Two lines that look like rows themselves; or the bars that fill up a row stand inside it."""
    return sum(count > 1 for count in bars) > 1 or bars[-1] < max(bars)


def _opens(lines: Sequence[str], bars: Sequence[int], at: int) -> bool:
    """A few words without a bar above a line with some: the first cell of a row, broken."""
    text = lines[at].strip()
    return 0 < len(text) <= _PIECE and not _PAGE.search(text) and at + 1 < len(lines) and bars[at + 1] > 0
