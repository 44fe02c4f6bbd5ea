"""What can be read for certain of a form whose columns a copy has mixed; nothing where nothing is certain."""

from collections.abc import Sequence
from typing import NamedTuple

from kpi.model import Indicator, Unread
from kpi.readers.doubtful import ADVICE
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line
from kpi.readers.looserows import loose_rows
from kpi.readers.numbered import numbered
from kpi.readers.scattered import scattered
from kpi.readers.surehead import sure_head
from kpi.readers.wholerows import whole_rows

__all__ = ["Sorted", "sorted_out", "sure_head"]
REST = "从这里起各列混在一起，有的指标分不清名称和值，没有读入；" + ADVICE
IN_ORDER = "各列错开；名称和“指标值、完成值、分值、得分”的组数相等，分值加满，按次序一一对上"
NUMBERED = "各列混在一起，只读“指标1：…”这样编号、后面各格齐全的行，其余的列在没有读入的内容里"
LOOSE = "各列混在一起，只读表头下面名称、目标值、完成值、得分依次齐全的行；二级指标不在行里，按名称推定"
WHOLE = "各列混在一起，只读二级指标后面名称、指标值等各格齐全的行，其余的没有读入"
_SHOWN = 40  # characters of what is left over


class Sorted(NamedTuple):
    """The rows that are certain. `cut`: whether others are missing; `reason`: how the rows were found."""

    rows: list[Indicator]
    unread: list[Unread]
    cut: bool
    reason: str


def sorted_out(lines: Sequence[Line]) -> Sorted | None:
    """The certain rows of these lines, None where there are none."""
    if whole := scattered(lines):
        return Sorted(whole, [], False, IN_ORDER)
    sure, lost = numbered(lines)
    if sure:
        return Sorted(sure, lost, True, NUMBERED)
    sure, left = whole_rows(lines)
    if sure:
        return Sorted(_once(sure), _rest(left), True, WHOLE)
    sure, left = loose_rows(lines)
    cut = bool(left) or all(row.level1 == "产出指标" for row in sure)
    return Sorted(_once(sure), _rest(left), cut, LOOSE) if sure else None


def _once(rows: Sequence[Indicator]) -> list[Indicator]:
    """The rows without those that are said again: the halves of a form often say the same."""
    told: dict[tuple[str, ...], Indicator] = {}
    for row in rows:
        told.setdefault((row.level2, row.name, *(entry.text for _, entry in row.entries())), row)
    return list(told.values())


def _rest(left: Sequence[GridCell]) -> list[Unread]:
    return [Unread(cell.text[:_SHOWN], cell.location, REST) for cell in left]
