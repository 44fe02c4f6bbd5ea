"""`kpi compare` as a workbook: what to look at, a line a change, and the projects that came and went."""

from collections.abc import Iterator

from kpi.progress.compare import Compared
from kpi.progress.verdict import Light
from kpi.reports import compare_words as w
from kpi.reports.compare_outcome import CompareOutcome
from kpi.reports.sheetcraft import Page, new_book
from kpi.reports.terms import HALVES, at_the_top, spot
from kpi.reports.width import one_line, shorten_middle

_HEADS = ("项目", "原项目名称", "二级指标", "三级指标", "变化", "哪一侧", "原目标", "现目标", "说明",
          "原位置", "现位置")  # fmt: skip
_WIDTHS = (20, 16, 10, 20, 9, 7, 16, 16, 30, 14, 14)
_NAME_COLUMNS = 80
_LAST, _KIND = len(_HEADS) - 1, 4
_LONE: dict[str, Light] = {"取消项目": "red", "新增项目": "green", "资金": "yellow"}


def render(outcome: CompareOutcome) -> bytes:
    book = new_book(w.TITLE)
    page = book.sheet("对比", _WIDTHS)
    page.put(0, 0, w.TITLE, "title", _LAST)
    page.put(1, 0, at_the_top(w.conclusion(outcome)), "said", _LAST)
    page.put(2, 0, "　".join(f"{word}：{file}" for word, file in w.files(outcome)), "plain", _LAST)
    at = 3
    if not outcome.unread:
        page.put(at, 0, f"{w.total(outcome)}。", "plain", _LAST)
        at = _changes(page, at + 1, outcome.compared)
    if told := list(w.foot(outcome)):
        page.lines(at + 1, w.ASIDE, told, _LAST)
    return book.bytes()


def _changes(page: Page, at: int, compared: Compared) -> int:
    """Returns the row after the last one."""
    for column, head in enumerate(_HEADS):
        page.put(at, column, head, "head")
    page.sheet.repeat_rows(at)
    page.sheet.freeze_panes(at + 1, 0)
    row = at
    for row, (light, cells) in enumerate(_rows(compared), at + 1):
        for column, text in enumerate(cells):
            page.put(row, column, one_line(text), f"light-{light}" if column == _KIND else "text")
        page.height(row, [(text, column, column) for column, text in enumerate(cells)])
    page.sheet.autofilter(at, 0, max(row, at + 1), _LAST)
    return row + 1


def _short(name: str) -> str:
    return shorten_middle(name or w.UNNAMED, _NAME_COLUMNS)


def _rows(compared: Compared) -> Iterator[tuple[Light, tuple[str, ...]]]:
    for one in compared.projects:
        name, was = _short(one.new.table.project), _short(w.was_called(one)) if w.was_called(one) else ""
        if money := w.money_change(one):
            yield _LONE["资金"], (name, was, "", "资金总额", "资金", "", "", "", money, "", "")
        for change in one.changes:
            before, after = (spot(side.location) if side else "" for side in (change.before, change.after))
            yield w.COLOURS[change.kind], (
                name, was, change.indicator.level2, change.indicator.name, w.WORDS[change.kind],
                HALVES[change.half] if change.half else "", change.old or "", change.new or "", change.message, before,
                after,
            )  # fmt: skip
    for word, sides in (("取消项目", compared.dropped), ("新增项目", compared.added)):
        for side in sides:
            count = f"{sum(one.filled for one in side.table.indicators)} 项指标"
            yield _LONE[word], (_short(side.table.project), "", "", "", word, "", "", "", count, "", "")
