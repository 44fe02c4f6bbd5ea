"""A sheet as its file holds it, whatever the format: filled cells as shown, merges, what is hidden. No forms yet."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kpi.readers.errors import MOST_CELLS

TOO_MANY = f"表格太大（超过 {MOST_CELLS // 10_000} 万格），不像绩效目标表，请只留绩效目标表再检查。"
NOTES_SHEET = "kpi检查意见"  # the findings in an annotated workbook: no part of what was submitted
MOST_MERGES = 100_000
TOO_MERGED = f"合并单元格太多（超过 {MOST_MERGES // 10_000} 万处），不像绩效目标表，请只留绩效目标表再检查。"
LOCKED = "这是加了密码的文件，请去掉密码另存后再检查。"
MOST_ROWS, MOST_COLUMNS = 1 << 20, 1 << 14  # of a sheet, Excel's own
Range = tuple[int, int]  # first and last
Span = tuple[int, int, int, int]  # top, left, bottom, right
Cells = dict[int, str]  # by 0-based column
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Ranges:
    """Row or column numbers, kept as ranges: a million hidden rows are one."""

    def __init__(self, ranges: Iterable[Range] = ()) -> None:
        joined: list[Range] = []
        for first, last in sorted(r for r in ranges if r[0] <= r[1]):
            if joined and first <= joined[-1][1] + 1:
                joined[-1] = joined[-1][0], max(joined[-1][1], last)
            else:
                joined.append((first, last))
        self._ranges = joined
        self._firsts = [first for first, _ in joined]
        self._before = [0]
        for first, last in joined:
            self._before.append(self._before[-1] + last - first + 1)

    def __bool__(self) -> bool:
        return bool(self._ranges)

    def __contains__(self, number: int) -> bool:
        at = bisect_right(self._firsts, number) - 1
        return at >= 0 and number <= self._ranges[at][1]

    def count(self, first: int, last: int) -> int:
        """How many of first … last are in here."""
        return self._up_to(last) - self._up_to(first - 1)

    def _up_to(self, number: int) -> int:
        at = bisect_right(self._firsts, number) - 1
        return 0 if at < 0 else self._before[at] + min(number, self._ranges[at][1]) - self._ranges[at][0] + 1

    def after(self, number: int) -> int:
        """The first number from `number` on that is not in here."""
        at = bisect_right(self._firsts, number) - 1
        return self._ranges[at][1] + 1 if number in self else number


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows`: row number and its filled cells, from the top. `uncounted`: formulas without a result; `struck`: what is
    struck out, and so not read."""

    name: str
    rows: Sequence[tuple[int, Cells]]
    merges: Sequence[Span] = ()
    hidden_rows: Ranges = Ranges()  # noqa: RUF009 - never changed
    hidden_columns: Ranges = Ranges()  # noqa: RUF009
    hidden: bool = False
    uncounted: Sequence[tuple[int, int, str]] = ()
    struck: tuple[str, ...] = ()


def cleaned(text: str) -> str:
    """A cell's text without stray controls, line ends as line feeds."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub(" ", text).strip()


def letters(column: int) -> str:
    """27 → AB."""
    out, column = "", column + 1
    while column:
        column, digit = divmod(column - 1, 26)
        out = chr(65 + digit) + out
    return out


def column_of(name: str) -> int:
    """AB → 27; -1 where no sheet has such a column."""
    if not 0 < len(name) < 4:
        return -1
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1 if number <= MOST_COLUMNS else -1
