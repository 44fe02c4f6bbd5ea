"""`kpi evaluate` as a workbook: all forms with what comes first, the findings, then the 绩效自评表 of each as it is
printed. The forms stand last: what follows a form would be read as its rows."""

from collections.abc import Sequence

from kpi.model import Document
from kpi.progress.evaluation import Evaluation
from kpi.progress.results import RowResult
from kpi.reports import evaluate_words as w
from kpi.reports.evaluate_closing import conclusion
from kpi.reports.evaluate_outcome import EvaluateOutcome
from kpi.reports.footing import HEAD
from kpi.reports.sheetcraft import GRADES, Page, new_book, sheet_name
from kpi.reports.terms import SEVERITIES, at_the_top, file_name, obligation
from kpi.reports.width import one_line, shorten_middle
from kpi.rules.finding import SEVERITIES as ORDER

_WIDTHS = (9, 11, 22, 14, 14, 7, 8, 13, 24, 48)  # wider ones make a tiny print, narrower ones high rows
_LAST = len(_WIDTHS) - 1
_HEADS = (
    "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "自评得分", "重算得分",
    "偏差原因分析及改进措施", "怎么算的",
)  # fmt: skip
_LIST = (
    "项目", "文件", "重算总分", "等次", "表中总分", "表中等次", "执行率", "指标得分率", "错误", "警告", "提示",
    "自评表",
)  # fmt: skip
_LIST_WIDTHS = (36, 32, 16, 10, 11, 10, 10, 11, 7, 7, 7, 7)
_PROBLEMS = ("项目", "规则", "级别", "指标", "发现", "应为", "改法", "位置")  # no 三级指标: no form is to be read of it
_GRADE = 2  # column
_NAME_COLUMNS, _LONGEST_NAME = 80, 240
_PAGE = 25  # rows of the list on one page


def render(evaluated: EvaluateOutcome) -> bytes:
    book = new_book(w.TITLE)
    forms = list(evaluated.evaluations)
    titles = [sheet_name(number, one.table.project or "未填名称") for number, (_, one) in enumerate(forms, 1)]
    _overview(book.sheet("汇总", _LIST_WIDTHS), evaluated, forms, titles)
    _problems(book.sheet("问题", (20, 9, 7, 24, 42, 28, 32, 16)), evaluated)
    for title, (_, one) in zip(titles, forms, strict=True):
        _form(book.sheet(title, _WIDTHS), one)
    return book.bytes()


def _overview(
    page: Page, evaluated: EvaluateOutcome, forms: Sequence[tuple[Document, Evaluation]], titles: Sequence[str]
) -> None:
    last = len(_LIST) - 1
    page.put(0, 0, "绩效自评重算汇总", "title", last)
    said = at_the_top(conclusion(evaluated))
    page.put(1, 0, said, "said", last)
    page.height(1, [(said, 0, last - 1)])
    for column, head in enumerate(_LIST):
        page.put(2, column, head, "head")
    page.sheet.freeze_panes(3, 1)
    if len(forms) > _PAGE:  # else the heads would stand over what comes after the list
        page.sheet.repeat_rows(2)
    for row, ((document, one), title) in enumerate(zip(forms, titles, strict=True), 3):
        found, said_of = evaluated.of_form(one), one.table.stated
        name = shorten_middle(one.table.project, _NAME_COLUMNS) or w.UNNAMED
        page.put(row, 0, name)
        page.go(row, last, title)
        counts = [sum(finding.severity == severity for finding in found) for severity in ORDER]
        cells = (
            (file_name(document.path), "text"), (w.span(one.total), "strong"), (w.grades(one.total), "center"),
            (said_of.score if said_of else "", "warn-center" if one.total_differs() else "center"),
            (said_of.grade if said_of else "", "center"), (w.share(one.execution.rate), "center"),
            (w.share(one.achievement), "center"),
            *((count or "", GRADES[key] if count else "number") for count, key in zip(counts, ORDER, strict=True)),
        )  # fmt: skip
        for column, (value, look) in enumerate(cells, 1):
            page.put(row, column, value, look)
        page.height(row, [(name, 0, 0), (document.path, 1, 1)])
    page.lines(len(forms) + 5, HEAD, w.foot(evaluated), last)


def _form(page: Page, one: Evaluation) -> None:
    table = one.table
    page.put(0, 0, w.TITLE, "title", _LAST)
    year = f"（{table.year}年度）" if table.year else ""
    page.put(1, 0, "　".join(filter(None, (year, w.trial(one)))), "under", _LAST)
    name = shorten_middle(table.project, _LONGEST_NAME)
    heads = (("项目名称", name), ("主管部门", table.department), ("实施单位", table.unit))
    for row, (label, text) in enumerate(heads, 2):
        page.put(row, 0, label, "label", 1)
        page.put(row, 2, one_line(text or ""), "text", _LAST)
        page.height(row, [(text or "", 2, _LAST)])
    for column, (head, text) in enumerate(zip(w.MONEY_HEADS, w.money_cells(one), strict=True)):
        page.put(5, column, head, "head")
        page.put(6, column, text, "center")
    goal = table.annual_goal or table.period_goal or ""
    page.put(7, 0, "预期目标", "label", 1)
    page.put(7, 2, goal, "text", _LAST)
    page.height(7, [(goal, 2, _LAST)])
    for column, head in enumerate(_HEADS):
        page.put(9, column, head, "head")
    page.sheet.repeat_rows(9)
    wrong = w.wrong(one)
    for number, result in enumerate(one.rows):
        _row(page, 10 + number, (one, result), wrong=number in wrong)
    _foot(page, 10 + len(one.rows), one)
    page.fit()


def _row(page: Page, row: int, told: tuple[Evaluation, RowResult], *, wrong: bool) -> None:
    form, one = told
    wanted = w.WANTED if form.awaits(one) else ""  # not in its cell: it would be read as one
    texts = (
        one.indicator.level1, one.indicator.level2, one.indicator.name, one.target, one.actual or "",
        w.figure(one.weight), w.stated_points(one), w.row_score(one), w.reason(form, one),
        "；".join(filter(None, (one.message.rstrip("。"), wanted))),
    )  # fmt: skip
    looks = {5: "center", 6: "light-red" if wrong else "center", 7: "light-red" if wrong else "center"}
    looks |= {8: "fill-text"} if wanted else {}
    for column, text in enumerate(texts):
        page.put(row, column, one_line(text), looks.get(column, "text"))
    page.height(row, [(text, column, column) for column, text in enumerate(texts)])


def _foot(page: Page, row: int, one: Evaluation) -> None:
    page.put(row, 0, "总分", "label", 4)
    said = one.table.stated
    wrong = one.total_differs()
    page.put(row, 5, w.full_marks(one), "strong")
    page.put(row, 6, (said.score or "") if said else "", "light-red" if wrong else "strong")
    page.put(row, 7, w.span(one.total), "light-red" if wrong else "strong")
    page.put(row, 8, f"等次：{w.grades(one.total)}" if w.grades(one.total) else "", "text")
    page.put(row, 9, w.headline(one), "text")
    page.height(row, [(w.headline(one), 9, 9)])
    if grade := w.stated_grade(one):
        page.put(row + 1, 0, w.GRADE, "label", 4)
        page.put(row + 1, 5, grade, "center")


def _problems(page: Page, evaluated: EvaluateOutcome) -> None:
    page.put(0, 0, f"自评表里的问题（{len(evaluated.findings)} 处）", "title", len(_PROBLEMS) - 1)
    for column, head in enumerate(_PROBLEMS):
        page.put(1, column, head, "head")
    page.sheet.freeze_panes(2, 0)
    page.sheet.repeat_rows(1)
    for row, one in enumerate(evaluated.findings, 2):
        cells = (
            shorten_middle(one.project, _NAME_COLUMNS), one.rule, SEVERITIES[one.severity] + obligation(one),
            " · ".join(filter(None, (one.level2, one.indicator))), one.message, one.expected, one.suggestion,
            w.places(one),
        )  # fmt: skip
        for column, text in enumerate(cells):
            page.put(row, column, one_line(text), GRADES[one.severity] if column == _GRADE else "text")
        page.height(row, [(text, column, column) for column, text in enumerate(cells)])
    page.fit()
