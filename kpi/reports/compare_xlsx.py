"""`kpi compare` as a workbook: a line a change, and the projects that came and went."""

from collections.abc import Iterator

from kpi.progress.compare import Compared
from kpi.reports.compare_outcome import CompareOutcome
from kpi.reports.compare_text import UNNAMED, WORDS
from kpi.reports.sheetcraft import new_book
from kpi.reports.terms import HALVES, spot
from kpi.reports.width import one_line

_TITLE = "绩效目标前后对比"
_HEADS = ("项目", "原项目名称", "二级指标", "三级指标", "变化", "哪一侧", "原目标", "现目标", "说明",
          "原位置", "现位置")  # fmt: skip
_WIDTHS = (20, 16, 10, 20, 9, 7, 16, 16, 30, 14, 14)


def render(outcome: CompareOutcome) -> bytes:
    book = new_book(_TITLE)
    page = book.sheet("对比", _WIDTHS)
    page.put(0, 0, _TITLE, "title", len(_HEADS) - 1)
    for column, head in enumerate(_HEADS):
        page.put(1, column, head, "head")
    for row, cells in enumerate(_rows(outcome.compared), 2):
        for column, text in enumerate(cells):
            page.put(row, column, one_line(text))
        page.height(row, [(text, column, column) for column, text in enumerate(cells)])
    return book.bytes()


def _rows(compared: Compared) -> Iterator[tuple[str, ...]]:
    for one in compared.projects:
        for change in one.changes:
            before, after = (spot(side.location) if side else "" for side in (change.before, change.after))
            yield (
                one.new.table.project or UNNAMED, one.renamed_from or "", change.indicator.level2,
                change.indicator.name, WORDS[change.kind], HALVES[change.half] if change.half else "",
                change.old or "", change.new or "", change.message, before, after,
            )  # fmt: skip
    for word, sides in (("取消项目", compared.dropped), ("新增项目", compared.added)):
        for side in sides:
            count = f"{sum(one.filled for one in side.table.indicators)} 项指标"
            yield side.table.project or UNNAMED, "", "", "", word, "", "", "", count, "", ""
