"""`kpi monitor` as a workbook: a sheet of all projects, then the 绩效运行监控表 of each as it is printed."""

from datetime import date
from decimal import Decimal

from kpi.progress.figures import told
from kpi.progress.judge import Progress
from kpi.progress.monitor import ProjectProgress
from kpi.progress.verdict import Light
from kpi.reports.footing import HEAD
from kpi.reports.monitor_outcome import MonitorOutcome
from kpi.reports.monitor_words import LIGHTS, NATURES, TITLE, foot, months, share, year_end
from kpi.reports.numbers import plain_number
from kpi.reports.sheetcraft import Page, new_book, sheet_name
from kpi.reports.width import one_line

_WIDTHS = (9, 10, 20, 12, 12, 13, 5, 5, 5, 5, 5, 16, 6, 6, 7, 6, 6, 9, 26)  # wider ones make a tiny print
_CAUSES = ("经费保障", "制度保障", "人员保障", "硬件条件保障", "其他")
_CHANCES = ("确定能", "有可能", "完全不可能")
_LAST = len(_WIDTHS) - 1
_LIST = ("项目", "灯", "时间进度", "执行率", "执行", "累计类平均完成", "相差（百分点）", "红灯", "黄灯", "没有填的")


def render(outcome: MonitorOutcome) -> bytes:
    book = new_book(TITLE)
    _overview(book.sheet("汇总", (36, 8, 12, 12, 8, 16, 16, 8, 8, 10)), outcome)
    for number, project in enumerate(outcome.projects, 1):
        _project(book.sheet(sheet_name(number, project.table.project or "未填名称"), _WIDTHS), project)
    _problems(book.sheet("问题", (22, 9, 18, 7, 18, 46, 38)), outcome)
    return book.bytes()


def _overview(page: Page, outcome: MonitorOutcome) -> None:
    page.put(0, 0, f"绩效运行监控汇总（截至 {_day(outcome.as_of)}）", "title", len(_LIST) - 1)
    for column, head in enumerate(_LIST):
        page.put(1, column, head, "head")
    for row, one in enumerate(outcome.projects, 2):
        lights = [indicator.light for indicator in one.indicators]
        cells = (
            one_line(one.table.project), LIGHTS[one.light], share(one), _share(one.execution.rate),
            LIGHTS[one.execution.light], _share(one.mean), told(one.gap), str(lights.count("red")),
            str(lights.count("yellow")), str(len(one.missing)),
        )  # fmt: skip
        for column, text in enumerate(cells):
            page.put(row, column, text, "text" if column == 0 else "center")


def _day(when: date) -> str:
    return f"{when.year}年{when.month}月{when.day}日"


def _project(page: Page, one: ProjectProgress) -> None:
    table, money = one.table, one.execution
    page.put(0, 0, TITLE, "title", _LAST)
    page.put(1, 0, f"（{table.year}年度）" if table.year else "", "under", _LAST)
    heads = (("项目名称", table.project), ("主管部门", table.department), ("实施单位", table.unit))
    for row, (label, text) in enumerate(heads, 2):
        page.put(row, 0, label, "label", 1)
        page.put(row, 2, one_line(text or ""), "text", _LAST)
    labels = ("项目资金（元）", "年初预算数", "执行数", "执行率", "应达到", "灯")
    values = (
        "年度资金总额", _plain(money.budget), _plain(money.spent), _share(money.rate), _share(money.expected),
        LIGHTS[money.light],
    )  # fmt: skip
    for column, (label, text) in enumerate(zip(labels, values, strict=True)):
        page.put(5, column, label, "head")
        page.put(6, column, text, _look(money.light) if label == "灯" else "center")
    _heads(page, 8, months(one))
    for row, indicator in enumerate(one.indicators, 10):
        _indicator(page, row, indicator)


def _share(number: Decimal | None) -> str:
    return f"{told(number)}%" if number is not None else ""


def _plain(value: Decimal | None) -> str:
    return plain_number(value) if value is not None else ""


def _heads(page: Page, row: int, done: str) -> None:
    single = ("一级指标", "二级指标", "三级指标", "年度指标值", done, "全年预计完成情况")
    for column, head in enumerate(single):
        page.sheet.merge_range(row, column, row + 1, column, head, page.looks["head"])
    page.put(row, 6, "偏差原因分析", "head", 11)
    page.put(row, 12, "完成目标可能性", "head", 14)
    for column, head in enumerate((*_CAUSES, "原因说明", *_CHANCES), 6):
        page.put(row + 1, column, head, "head")
    for column, head in enumerate(("灯", "性质", "占应完成", "说明"), 15):
        page.sheet.merge_range(row, column, row + 1, column, head, page.looks["head"])
    page.sheet.set_row(row + 1, 46)
    page.sheet.repeat_rows(row, row + 1)


def _indicator(page: Page, row: int, one: Progress) -> None:
    case = one.case
    indicator, line = case.indicator, case.row
    texts = (
        indicator.level1, indicator.level2, indicator.name, case.target, line.text if line else "",
        year_end(one),
    )  # fmt: skip
    for column, text in enumerate(texts):
        page.put(row, column, one_line(text), "text")
    reason = (line.reason if line else None) or ""
    for column, cause in enumerate(_CAUSES, 6):
        page.put(row, column, "√" if cause in reason.split("；") else "", "center")
    words = "；".join(part for part in reason.split("；") if part not in _CAUSES)
    page.put(row, 11, one_line(words) or ("请写原因" if one.needs_reason else ""), "warn" if not words else "text")
    chance = one.stated_outlook or one.outlook
    for column, name in enumerate(_CHANCES, 12):
        page.put(row, column, "√" if name == chance else "", "center")
    page.put(row, 15, LIGHTS[one.light], _look(one.light))
    page.put(row, 16, NATURES[one.nature], "center")
    page.put(row, 17, _share(one.verdict.progress), "center")
    page.put(row, 18, one_line(one.message))
    cells = [(text, column, column) for column, text in enumerate(texts)]
    page.height(row, [*cells, (words, 11, 11), (one.message, 18, 18)])


def _look(light: Light) -> str:
    return "warn-center" if light in ("red", "yellow") else "center"


def _problems(page: Page, outcome: MonitorOutcome) -> None:
    heads = ("项目", "规则", "问题", "级别", "指标", "发现", "改法")
    for column, head in enumerate(heads):
        page.put(0, column, head, "head")
    words = {"error": "错误", "warning": "警告", "info": "提示"}
    for row, finding in enumerate(outcome.findings, 1):
        cells = (
            finding.project, finding.rule, finding.title, words[finding.severity], finding.indicator or "",
            finding.message, finding.suggestion,
        )  # fmt: skip
        for column, text in enumerate(cells):
            page.put(row, column, one_line(text))
        page.height(row, [(text, column, column) for column, text in enumerate(cells)])
    page.lines(len(outcome.findings) + 3, HEAD, foot(outcome), len(heads) - 1)
