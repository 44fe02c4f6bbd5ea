"""A reviewer's workbook as it came back, sheet by sheet."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from kpi.scoring.content import Content
from kpi.scoring.keys import Key
from kpi.scoring.result import Range

ITEM = "审核内容"  # the head of the column of items
KEY, PROJECT, DEPARTMENT, UNIT, YEAR = "审核编号", "项目名称", "主管部门", "实施单位", "年度"
MOST_SHOWN = 20  # characters of what a cell holds, in a sentence


class JudgedItem(NamedTuple):
    """A row of a workbook that came back: the reviewer's points and words, the machine's range when it was made.
    `written`: what stands in the cell for points; `points` is None where that is no number; `struck`: what is struck
    out there; `counted`: the sheet's own result where it has to bear out the points."""

    item: str
    points: Decimal | None
    words: str
    machine: Range | None
    place: str  # as a reader finds it: 工作表“…”F9 格
    written: str = ""
    struck: str = ""
    counted: Range | None = None

    @property
    def filled(self) -> bool:
        return self.points is not None or bool(self.written or self.words or self.struck)


class Judged(NamedTuple):
    """One form of a workbook that came back. `key`: None where its sheet has lost it; `by`, `day`: the reviewer's name
    and the date, "" where none was written; `sheet`: how to name it; `strangers`: rows among the items that are no
    item; `lacking`: heads of columns that are not found; `number`: what stands in the cell for the key; `project`,
    `unit`, `year` and `department` as the sheet has them, long names with … in the middle; `content`: what the form
    said when the workbook was made, None in older ones; `places`: the cells of what the sheet says, by their labels."""

    key: Key | None
    project: str
    by: str
    items: tuple[JudgedItem, ...]
    day: str = ""
    sheet: str = "工作簿"
    strangers: tuple[JudgedItem, ...] = ()
    lacking: tuple[str, ...] = ()
    number: str = ""
    unit: str = ""
    year: int | None = None
    department: str = ""
    content: Content | None = None
    places: Mapping[str, str] = MappingProxyType({})

    @property
    def filled(self) -> bool:
        return any(item.filled for item in (*self.items, *self.strangers))
