"""The 绩效运行监控表 of one project as a sheet, in the layout in which it is handed in; with lights at its right."""

from kpi.progress.judge import Progress
from kpi.progress.monitor import ProjectProgress
from kpi.reports import monitor_words as w
from kpi.reports.monitor_batch import percent, worse
from kpi.reports.sheetcraft import Page
from kpi.reports.width import one_line, shorten_middle

# Heads of the ticks that lie make a tiny print; a narrow column of remarks makes rows so high that few fit on a page.
WIDTHS = (6.5, 8, 15, 11, 11, 11.5, 3, 3, 3, 3, 3, 14, 3.2, 3.2, 3.2, 6, 5.5, 8, 52)
_CAUSES = ("经费保障", "制度保障", "人员保障", "硬件条件保障", "其他")
_CHANCES = ("确定能", "有可能", "完全不可能")
_NONE = "—"  # of what does not grow with the year nothing is due by now; a blank would draw its neighbours near
_GUESSED = "○"  # no tick: what the figures suggest is not what somebody has said
_LEGEND = "　○ 是按现有的数推算的，核对后改为 √"
_LAST = len(WIDTHS) - 1
_LONGEST_NAME = 240
_HEAD = 8  # row of the heads
_TICKS = 84.0  # points: six characters on each other


def fill(page: Page, one: ProjectProgress) -> None:
    table = one.table
    page.put(0, 0, w.TITLE, "title", _LAST)
    year = f"（{table.year}年度）" if table.year else ""
    page.put(1, 0, year + (_LEGEND if _guessed(one) else ""), "under", _LAST)
    page.put(2, 0, "项目名称", "label", 1)
    name = shorten_middle(table.project, _LONGEST_NAME)
    page.put(2, 2, name, "text", 14)
    page.height(2, [(name, 2, 14)])
    page.put(2, 15, "项目的灯", "label", 16)
    page.put(2, 17, w.lights(one.light, one.execution.light), f"light-{worse(one)}", _LAST)
    page.put(3, 0, "主管部门", "label", 1)
    page.put(3, 2, one_line(table.department or ""), "text", 5)
    page.put(3, 6, "实施单位", "label", 10)
    page.put(3, 11, one_line(table.unit or ""), "text", _LAST)
    page.height(3, [(table.department or "", 2, 5), (table.unit or "", 11, _LAST)])
    _money(page, 4, one)
    if one.unwatched:
        page.put(6, 0, f"没能监控：{one_line(one.unwatched)}", "warn", _LAST)
    _heads(page, _HEAD, w.months(one))
    for row, indicator in enumerate(one.indicators, _HEAD + 2):
        _indicator(page, row, indicator)
    page.fit()


def _guessed(one: ProjectProgress) -> bool:
    return any(row.outlook and not row.stated_outlook for row in one.indicators)


def _money(page: Page, row: int, one: ProjectProgress) -> None:
    """As the form has it, so that it can be read again: heads, and below them nothing but figures up to the light."""
    money = one.execution
    budget, adjusted, spent = (w.told_amount(one, kind) for kind in ("budget", "adjusted", "spent"))
    cells = (
        ("项目资金（元）", "年度资金总额", 0, 1), ("年初预算数", budget, 2, 2),
        *([(w.ADJUSTED, adjusted, 3, 3)] if adjusted else []),
        (w.spent_head(one), spent, 4 if adjusted else 3, 4), ("执行率", percent(money.rate), 5, 10),
        ("全年预计执行数", w.amount(w.year_spent(one)), 11, 14),
    )  # fmt: skip
    for head, text, first, last in cells:
        page.put(row, first, head, "head", last)
        page.put(row + 1, first, text, "center", last)
    page.put(row, 15, "灯", "head", 16)
    page.put(row + 1, 15, w.LIGHTS[money.light], f"light-{money.light}", 16)
    page.put(row, 17, "说明", "head", _LAST)
    page.put(row + 1, 17, one_line(money.message), "text", _LAST)
    page.height(row + 1, [(money.message, 17, _LAST), *((text, first, last) for _, text, first, last in cells)])


def _heads(page: Page, row: int, done: str) -> None:
    single = ("一级指标", "二级指标", "三级指标", "年度指标值", done, "全年预计完成情况")
    for column, head in enumerate(single):
        page.down(row, row + 1, column, head, "head")
    page.put(row, 6, "偏差原因分析", "head", 11)
    page.put(row, 12, "完成目标可能性", "head", 14)
    for column, head in enumerate((*_CAUSES, "原因说明", *_CHANCES), 6):
        page.put(row + 1, column, head, "head" if column == 11 else "upright")
    for column, head in enumerate(("灯", "性质", "占应完成", "说明"), 15):
        page.down(row, row + 1, column, head, "head")
    page.height(row, [("完成目标可能性", 12, 14)])
    page.sheet.set_row(row + 1, _TICKS)
    page.sheet.repeat_rows(row, row + 1)


def _indicator(page: Page, row: int, one: Progress) -> None:
    case = one.case
    indicator, line = case.indicator, case.row
    texts = (
        indicator.level1, indicator.level2, indicator.name, case.target, line.text if line else "",
        w.stated_year_end(one),
    )  # fmt: skip
    for column, text in enumerate(texts):
        page.put(row, column, one_line(text), "text")
    reason = (line.reason if line else None) or ""
    parts = reason.split("；")
    for column, cause in enumerate(_CAUSES, 6):
        page.put(row, column, "√" if cause in parts else "", "center")
    words = "；".join(part for part in parts if part not in _CAUSES)
    page.put(row, 11, one_line(words), "fill-text" if one.needs_reason and not reason else "text")
    for column, name in enumerate(_CHANCES, 12):
        guess = _GUESSED if name == one.outlook and not one.stated_outlook else ""
        page.put(row, column, "√" if name == one.stated_outlook else guess, "center")
    page.put(row, 15, w.LIGHTS[one.light], f"light-{one.light}")
    page.put(row, 16, nature(one), "center")
    page.put(row, 17, percent(one.verdict.progress) if one.nature == "cumulative" else _NONE, "center")
    remark = one_line(w.remark(one))
    page.put(row, 18, remark)
    cells = [(text, column, column) for column, text in enumerate(texts)]
    page.height(row, [*cells, (words, 11, 11), (nature(one), 16, 16), (remark, 18, 18)])


def nature(one: Progress) -> str:
    """How it is compared, with its own schedule behind: so both are known when the sheet is read again."""
    schedule = one_line(one.case.row.schedule or "") if one.case.row and one.nature == "cumulative" else ""
    return w.NATURES[one.nature] + (f"（{schedule}）" if schedule else "")

