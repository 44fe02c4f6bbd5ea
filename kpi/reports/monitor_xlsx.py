"""`kpi monitor` as a workbook: all projects with what comes first, the findings, how it went from check to check, then
the 绩效运行监控表 of each as it is printed. The forms stand last: what follows a form would be read as its rows."""

from collections import Counter
from collections.abc import Sequence

from kpi.progress.figures import day
from kpi.progress.monitor import ProjectProgress
from kpi.progress.verdict import Light
from kpi.reports import monitor_batch as b
from kpi.reports import monitor_sheet
from kpi.reports.footing import HEAD
from kpi.reports.monitor_closing import verdict
from kpi.reports.monitor_outcome import MonitorOutcome
from kpi.reports.monitor_words import LIGHTS, TITLE, actual, foot, lights, name, share
from kpi.reports.sheetcraft import GRADES, Page, new_book, sheet_name
from kpi.reports.terms import SEVERITIES, at_the_top, obligation
from kpi.reports.width import one_line, shorten_middle

_LIST = (
    "项目", "指标的灯", "时间进度", "执行率", "资金的灯", "平均完成", "相差百分点", "红灯", "黄灯", "绿灯", "蓝灯",
    "灰灯", "没有填的", "监控表", "上次",
)  # fmt: skip
_LIST_WIDTHS = (38, 9, 10, 10, 9, 10, 11, 6, 6, 6, 6, 6, 9, 7, 15)
_OPEN = _LIST.index("监控表")
_PRESSING = ("指标、项目", "年度指标值", "执行情况", "说明")
_PRESSING_AT = ((0, 0), (1, 2), (3, 4), (5, 13))  # first and last column of each
_PAGE = 25  # rows of the list on one page
_MOST_PRESSING = 30
_FOUND = ("项目", "规则", "问题", "级别", "指标", "发现", "改法")
_FOUND_WIDTHS = (22, 9, 18, 7, 18, 46, 38)
_GRADE = 3  # column
_TREND_WIDTH = 17
_NAME_COLUMNS = 80  # a name of hundreds of characters must not fill a page


def render(outcome: MonitorOutcome) -> bytes:
    book = new_book(TITLE)
    titles = [sheet_name(number, one.table.project or "未填名称") for number, one in enumerate(outcome.shown, 1)]
    _overview(book.sheet("汇总", _LIST_WIDTHS), outcome, titles)
    if len(outcome.shown) > _PAGE and b.pressing(outcome):
        _pressing(book.sheet("先看", _LIST_WIDTHS), 0, outcome)
    _problems(book.sheet("问题", _FOUND_WIDTHS), outcome)
    if outcome.history:
        _trend(book.sheet("历次", (26, 24, *[_TREND_WIDTH] * (len(outcome.history) + 1), 9)), outcome)
    for title, project in zip(titles, outcome.shown, strict=True):
        monitor_sheet.fill(book.sheet(title, monitor_sheet.WIDTHS), project)
    return book.bytes()


def _short(one: ProjectProgress) -> str:
    return shorten_middle(name(one), _NAME_COLUMNS)


def _overview(page: Page, outcome: MonitorOutcome, titles: Sequence[str]) -> None:
    last = len(_LIST) - 1
    page.put(0, 0, f"绩效运行监控汇总（截至 {day(outcome.as_of)}）", "title", last)
    said = at_the_top("".join(span.text for span in verdict(outcome)))
    page.put(1, 0, said, "said", last)
    page.height(1, [(said, 0, last - 2)])
    every = Counter(row.light for one in outcome.shown for row in one.indicators)
    projects = f"{len(outcome.shown)} 个项目：{b.projects_told(outcome)}"
    page.put(2, 0, f"{projects}；{every.total()} 项指标：{b.tally(every)}", "plain", last)
    for column, head in enumerate(_LIST if outcome.history else _LIST[:-1]):
        page.put(3, column, head, "head")
    page.sheet.freeze_panes(4, 1)
    several_pages = len(outcome.shown) > _PAGE
    if several_pages:  # else the heads would stand over what comes after the list
        page.sheet.repeat_rows(3)
    row = 3
    for row, standing in enumerate(b.standings(outcome), 4):
        _standing(page, row, outcome, standing, titles[standing.number - 1])
    row = row + 1 if several_pages else _pressing(page, row + 2, outcome)
    page.lines(row + 1, HEAD, foot(outcome), last)


def _standing(page: Page, row: int, outcome: MonitorOutcome, standing: b.Standing, title: str) -> None:
    one, money = standing.project, standing.project.execution
    page.put(row, 0, _short(one))
    page.height(row, [(_short(one), 0, 0)])
    was = b.last(outcome, one)
    cells: tuple[tuple[str | int, str], ...] = (
        (LIGHTS[one.light], f"light-{one.light}"), (share(one), "center"), (b.percent(money.rate), "center"),
        (LIGHTS[money.light], f"light-{money.light}"), (b.percent(one.mean), "center"),
        (b.points_apart(one.gap), "center"),
        *((standing.lights[light] or "", "number") for light in LIGHTS),
        (len(one.missing) or "", "number"), ("", "center"),
        (was.said if was else "", f"light-{was.light}" if was else "center"),
    )  # fmt: skip
    for column, (value, look) in enumerate(cells if outcome.history else cells[:-1], 1):
        page.put(row, column, value, look)
    page.go(row, _OPEN, title)


def _pressing(page: Page, row: int, outcome: MonitorOutcome) -> int:
    """The red indicators, the furthest behind first; returns the row after them."""
    some = b.pressing(outcome)
    if not some:
        return row
    page.put(row, 0, f"先看这些（{len(some)} 项红灯）", "section", len(_LIST) - 1)
    row += 1
    for head, (first, last) in zip(_PRESSING, _PRESSING_AT, strict=True):
        page.put(row, first, head, "head", last)
    for _, project, one in some[:_MOST_PRESSING]:
        row += 1
        whose = f"{one_line(one.case.indicator.name)}\n{_short(project)}"
        texts = (whose, one_line(one.case.target), one_line(actual(one)), one_line(one.message))
        cells = [(text, *at) for text, at in zip(texts, _PRESSING_AT, strict=True)]
        for text, first, last in cells:
            page.put(row, first, text, "text", last)
        page.height(row, cells)
    if len(some) > _MOST_PRESSING:
        row += 1
        page.put(row, 0, f"另有 {len(some) - _MOST_PRESSING} 项，见各项目的表", "note", len(_LIST) - 1)
    return row + 1


def _problems(page: Page, outcome: MonitorOutcome) -> None:
    title = f"监控发现的问题（截至 {day(outcome.as_of)}，共 {len(outcome.shown_findings)} 处）"
    page.put(0, 0, title, "title", len(_FOUND) - 1)
    for column, head in enumerate(_FOUND):
        page.put(1, column, head, "head")
    page.sheet.freeze_panes(2, 0)
    page.sheet.repeat_rows(1)
    for row, finding in enumerate(outcome.shown_findings, 2):
        cells = (
            shorten_middle(finding.project, _NAME_COLUMNS), finding.rule, finding.title + obligation(finding),
            SEVERITIES[finding.severity], finding.indicator or "", finding.message, finding.suggestion,
        )  # fmt: skip
        for column, text in enumerate(cells):
            page.put(row, column, one_line(text), GRADES[finding.severity] if column == _GRADE else "text")
        page.height(row, [(text, column, column) for column, text in enumerate(cells)])
    page.fit()


def _trend(page: Page, outcome: MonitorOutcome) -> None:
    """Every project and indicator from check to check: what was told, in the colour of its light."""
    days = [*(when for when, _ in outcome.history), outcome.as_of]
    last = len(days) + 2
    page.put(0, 0, "历次监控", "title", last)
    for column, head in enumerate(("项目", "指标", *map(day, days), "变化")):
        page.put(1, column, head, "head")
    page.sheet.freeze_panes(2, 2)
    page.sheet.repeat_rows(1)
    row = 1
    for one in outcome.shown:
        at = {point.when: point for point in b.points(outcome, one)}
        row += 1
        page.put(row, 0, _short(one), "label")
        page.put(row, 1, "（整个项目）", "label")
        told = [(at[when].light, _shares(at[when])) if when in at else None for when in days]
        _turns(page, row, told)
        page.height(row, [(_short(one), 0, 0), *((cell[1], 2, 2) for cell in told if cell)])
        for indicator in one.indicators:
            row += 1
            before = dict(b.before(outcome, one, indicator))
            page.put(row, 0, "")
            page.put(row, 1, one_line(indicator.case.indicator.name))
            rows = [before.get(when) for when in days[:-1]] + [None if indicator.missing else indicator]
            told = [(one.light, one_line(actual(one))) if one else None for one in rows]
            _turns(page, row, told)
            page.height(row, [(indicator.case.indicator.name, 1, 1), *((cell[1], 2, 2) for cell in told if cell)])


def _turns(page: Page, row: int, told: Sequence[tuple[Light, str] | None]) -> None:
    for column, cell in enumerate(told, 2):
        page.put(row, column, cell[1] if cell else "", f"light-{cell[0]}" if cell else "center")
    known = [cell[0] for cell in told if cell]
    page.put(row, len(told) + 2, b.moved(known[-2], known[-1]) if len(known) > 1 and told[-1] else "", "center")


def _shares(point: b.Point) -> str:
    parts = [("执行率", point.rate), ("平均完成", point.mean)]
    told = "，".join(f"{label} {b.percent(value)}" for label, value in parts if value is not None)
    return "，".join(filter(None, (lights(point.light, point.money), told)))
