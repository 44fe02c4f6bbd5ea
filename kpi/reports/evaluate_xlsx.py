"""`kpi evaluate` as a workbook: a sheet of all forms, the 绩效自评表 of each as it is printed, the findings."""

from kpi.progress.evaluation import Evaluation, RowResult
from kpi.reports import evaluate_words as w
from kpi.reports.evaluate_outcome import EvaluateOutcome
from kpi.reports.footing import HEAD
from kpi.reports.numbers import plain_number
from kpi.reports.sheetcraft import Page, new_book, sheet_name
from kpi.reports.terms import SEVERITIES, spots
from kpi.reports.width import one_line

_WIDTHS = (9, 11, 22, 14, 14, 7, 8, 13, 24, 34)  # wider ones make a tiny print
_LAST = len(_WIDTHS) - 1
_HEADS = (
    "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "自评得分", "重算得分",
    "偏差原因分析及改进措施", "怎么算的",
)  # fmt: skip
_LIST = ("项目", "文件", "重算总分", "等次", "表中总分", "表中等次", "执行率", "指标得分率", "问题")
_PROBLEMS = ("项目", "二级指标", "三级指标", "级别", "规则", "问题", "应为", "改法", "位置")


def render(evaluated: EvaluateOutcome) -> bytes:
    book = new_book(w.TITLE)
    forms = list(evaluated.evaluations)
    overview = book.sheet("汇总", (36, 36, 18, 10, 12, 10, 12, 12, 8))
    _list(overview, 0, "绩效自评重算汇总", _LIST)
    for row, (document, one) in enumerate(forms, 2):
        said, total = one.table.stated, one.total
        cells = (
            one_line(one.table.project) or w.UNNAMED, document.path, _span(one), _grades(one) if total else "",
            said.score if said else "", said.grade if said else "", w.share(one.execution.rate),
            w.share(one.achievement), str(len(evaluated.of_form(document, one))),
        )  # fmt: skip
        for column, text in enumerate(cells):
            overview.put(row, column, text or "", "text" if column < 2 else "center")
    for number, (_, one) in enumerate(forms, 1):
        _form(book.sheet(sheet_name(number, one.table.project or "未填名称"), _WIDTHS), one)
    _problems(book.sheet("问题", (20, 10, 18, 6, 9, 40, 28, 32, 16)), evaluated)
    return book.bytes()


def _list(page: Page, row: int, title: str, heads: tuple[str, ...]) -> None:
    page.put(row, 0, title, "title", len(heads) - 1)
    for column, head in enumerate(heads):
        page.put(row + 1, column, head, "head")


def _span(one: Evaluation) -> str:
    total = one.total
    if total is None:
        return ""
    return w.points(total.score) if total.score is not None else f"{w.points(total.low)}—{w.points(total.high)}"


def _grades(one: Evaluation) -> str:
    return "" if one.total is None else w.grades(one.total)


def _form(page: Page, one: Evaluation) -> None:
    table = one.table
    page.put(0, 0, w.TITLE, "title", _LAST)
    page.put(1, 0, f"（{table.year}年度）" if table.year else "", "under", _LAST)
    for row, (label, text) in enumerate(
        (("项目名称", table.project), ("主管部门", table.department), ("实施单位", table.unit)), 2
    ):
        page.put(row, 0, label, "label", 1)
        page.put(row, 2, one_line(text or ""), "text", _LAST)
    _money(page, 5, one)
    for row, (label, text) in enumerate((("预期目标", table.annual_goal or table.period_goal),), 7):
        page.put(row, 0, label, "label", 1)
        page.put(row, 2, text or "", "text", _LAST)
    for column, head in enumerate(_HEADS):
        page.put(9, column, head, "head")
    for row, result in enumerate(one.rows, 10):
        _row(page, row, result)
    _foot(page, 10 + len(one.rows), one)


def _money(page: Page, row: int, one: Evaluation) -> None:
    money, printed = one.execution, one.table.execution
    heads = ("项目资金（元）", "年初预算数", "全年预算数", "全年执行数", "执行率", "分值", "自评得分", "重算得分")
    first, all_year = (printed.budget, printed.adjusted) if printed else (None, None)
    cells = (
        "年度资金总额", *("" if n is None else plain_number(n) for n in (first, all_year, money.spent)),
        w.share(money.rate), w.figure(money.points), w.figure(money.stated), w.points(money.score),
    )  # fmt: skip
    for column, (head, text) in enumerate(zip(heads, cells, strict=True)):
        page.put(row, column, head, "head")
        page.put(row + 1, column, text, "center")


def _row(page: Page, row: int, one: RowResult) -> None:
    wrong = one.stated is not None and one.score.score is not None and one.stated != one.score.score
    texts = (
        one.indicator.level1, one.indicator.level2, one.indicator.name, one.target, one.actual or "",
        w.figure(one.weight), w.figure(one.stated), w.row_score(one), one.reason or "", one.message,
    )  # fmt: skip
    for column, text in enumerate(texts):
        look = "warn-center" if wrong and column == 7 else "center" if column in (5, 6, 7) else "text"
        page.put(row, column, one_line(text), look)
    page.height(row, [(text, column, column) for column, text in enumerate(texts)])


def _foot(page: Page, row: int, one: Evaluation) -> None:
    page.put(row, 0, "总分", "label", 4)
    said = one.table.stated
    page.put(row, 5, w.figure(one.total.full) if one.total else "", "strong")
    page.put(row, 6, (said.score or "") if said else "", "strong")
    page.put(row, 7, _span(one), "strong")
    page.put(row, 8, f"等次：{_grades(one)}" if _grades(one) else "", "text")
    page.put(row, 9, w.total(one.total), "text")


def _problems(page: Page, evaluated: EvaluateOutcome) -> None:
    _list(page, 0, "问题清单", _PROBLEMS)
    for row, one in enumerate(evaluated.findings, 2):
        cells = (
            one.project, one.level2 or "", one.indicator or "", SEVERITIES[one.severity], one.rule, one.message,
            one.expected, one.suggestion, spots(quote.location for quote in one.evidence),
        )  # fmt: skip
        for column, text in enumerate(cells):
            page.put(row, column, one_line(text))
        page.height(row, [(text, column, column) for column, text in enumerate(cells)])
    page.lines(len(evaluated.findings) + 4, HEAD, w.foot(evaluated), len(_PROBLEMS) - 1)
