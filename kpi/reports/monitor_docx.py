"""`kpi monitor` for Word: what comes first and every project in a line, then the 绩效运行监控表 of each, what did not
match, what is to be put right."""

from collections.abc import Iterator

from kpi.progress.figures import day
from kpi.progress.judge import Progress
from kpi.progress.monitor import ProjectProgress
from kpi.progress.verdict import Light
from kpi.reports import monitor_batch as b
from kpi.reports import monitor_words as w
from kpi.reports.footing import HEAD
from kpi.reports.lightlooks import FILLS, INKS
from kpi.reports.monitor_closing import verdict
from kpi.reports.monitor_outcome import MonitorOutcome
from kpi.reports.monitor_sheet import nature
from kpi.reports.terms import at_the_top
from kpi.reports.width import shorten_middle
from kpi.reports.wordcraft import WANTED, Cell, centered, document, head, level, paragraph, table

_MARGIN = 794  # twentieths of a point
_WIDTHS = (960, 980, 1650, 1150, 1150, 1100, 1050, 1500, 640, 700, 3918)  # narrow remarks make high rows
_HEADS = (
    "一级指标", "二级指标", "三级指标", "年度指标值", "全年预计完成情况", "完成目标可能性", "偏差原因", "灯", "性质",
    "说明",
)  # fmt: skip
_LIST_WIDTHS = (500, 3500, 3000, 780, 1100, 780, 1100, 1150, 640, 640, 640, 968)
_LIST = ("", "项目", "实施单位", "指标", "执行率", "资金", "平均完成", "相差百分点", "红灯", "黄灯", "灰灯", "没有填的")
_NAME_COLUMNS, _LONGEST_NAME = 80, 200


def render(outcome: MonitorOutcome) -> bytes:
    return document(_body(outcome), margin=_MARGIN, landscape=True)


def _body(outcome: MonitorOutcome) -> Iterator[str]:
    several = len(outcome.shown) > 1
    said = at_the_top("".join(span.text for span in verdict(outcome)))
    if several:
        yield paragraph("项目支出绩效运行监控汇总", bold=True, size=16, align="center", font="黑体")
        yield paragraph(f"（截至 {day(outcome.as_of)}）", align="center")
        yield paragraph(said, bold=True)
        yield paragraph(f"{len(outcome.shown)} 个项目：{b.projects_told(outcome)}。差的在前。")
        yield table(_list_widths(outcome), _listed(outcome))
    for number, project in enumerate(outcome.shown, 1):
        yield paragraph(
            w.TITLE, bold=True, size=16, align="center", page=several, font="黑体", mark=f"p{number}", keep=True
        )
        yield paragraph(f"（截至 {day(outcome.as_of)}）", align="center", keep=True)
        if not several:
            yield paragraph(said, bold=True)
        yield from _project(outcome, project, last=number == len(outcome.shown))
    yield paragraph(HEAD, bold=True, size=12, keep=True)
    yield from (paragraph(text, size=9) for text in w.foot(outcome))


def light(one: Light, span: int = 1, text: str = "") -> Cell:
    return Cell(text or w.LIGHTS[one], span, bold=True, align="center", shade=FILLS[one], colour=INKS[one])


def _list_widths(outcome: MonitorOutcome) -> tuple[int, ...]:
    """With an earlier check a column more, at the cost of the names."""
    if not outcome.history:
        return _LIST_WIDTHS
    return (500, 3200, 2000, *_LIST_WIDTHS[3:], 1300)


def _listed(outcome: MonitorOutcome) -> Iterator[tuple[Cell, ...]]:
    yield tuple(map(head, (*_LIST, "上次") if outcome.history else _LIST))
    for standing in b.standings(outcome):
        one, money = standing.project, standing.project.execution
        cells = [
            centered(str(standing.number)),
            Cell(shorten_middle(w.name(one), _NAME_COLUMNS), link=f"p{standing.number}"),
            Cell(one.table.unit or ""), light(one.light), centered(b.percent(money.rate)), light(money.light),
            centered(b.percent(one.mean)), centered(b.points_apart(one.gap)),
            *(centered(str(standing.lights[key] or "")) for key in ("red", "yellow", "grey")),
            centered(str(len(one.missing) or "")),
        ]  # fmt: skip
        if outcome.history:
            was = b.last(outcome, one)
            cells.append(light(was.light, text=was.said) if was else Cell(""))
        yield tuple(cells)


def _project(outcome: MonitorOutcome, one: ProjectProgress, *, last: bool) -> Iterator[str]:
    """`last`: its last line goes with the foot, which would be a page of its own else."""
    yield table(_WIDTHS, _rows(one), heads=0)
    if one.unwatched:
        yield paragraph(f"没能监控：{one.unwatched}", bold=True)
    points = b.points(outcome, one)
    if len(points) > 1:
        yield paragraph("历次监控", bold=True, size=12, keep=True)
        yield table((2400, 1000, 1000, 1500, 1500, 1500, 5898), _trend(points))
    lines = [w.problem(finding) for finding in outcome.of_form(one)]
    if blank := b.blanks(one):
        yield paragraph(f"没有填的：{'、'.join(blank)}")
    unmatched = w.unmatched(one)
    for title, some, ends in (("没有对上的", unmatched, last and not lines), ("发现的问题", lines, last)):
        if some:
            yield paragraph(title, bold=True, size=12, keep=True)
            for index, text in enumerate(some, 1):
                yield paragraph(f"{index}. {text}", size=9, keep=ends and index == len(some))


def _trend(points: list[b.Point]) -> Iterator[tuple[Cell, ...]]:
    yield tuple(map(head, ("截至", "指标", "资金", "时间进度", "执行率", "平均完成", "各项的灯")))
    for point in points:
        shares = (centered(b.percent(share)) for share in (point.time, point.rate, point.mean))
        lights = (light(point.light), light(point.money))
        yield Cell(day(point.when)), *lights, *shares, Cell(b.tally(point.lights))


def _rows(one: ProjectProgress) -> Iterator[tuple[Cell, ...]]:
    form, money = one.table, one.execution
    name = shorten_middle(w.name(one), _LONGEST_NAME)
    both = light(b.worse(one), text=w.lights(one.light, one.execution.light))
    yield head("项目名称", 2), Cell(name, 6), head("项目的灯", 2), both
    yield head("主管部门", 2), Cell(form.department or "", 4), head("实施单位"), Cell(form.unit or "", 4)
    adjusted = w.told_amount(one, "adjusted")
    yield (
        head("项目资金（元）", 2), head("年初预算数"), *([head(w.ADJUSTED)] if adjusted else []),
        head(w.spent_head(one), 1 if adjusted else 2), head("执行率"),
        head("全年预计执行数", 2), head("灯"), head("说明", 2),
    )  # fmt: skip
    yield (
        centered("年度资金总额", 2), centered(w.told_amount(one, "budget")),
        *([centered(adjusted)] if adjusted else []),
        centered(w.told_amount(one, "spent"), 1 if adjusted else 2),
        centered(b.percent(money.rate)), centered(w.amount(w.year_spent(one)), 2), light(money.light),
        Cell(money.message, 2),
    )  # fmt: skip
    heads = [*_HEADS]
    heads.insert(4, w.months(one))
    yield tuple(map(head, heads))
    level1 = level2 = None
    for row in one.indicators:
        indicator = row.case.indicator
        first = indicator.level1 != level1
        second = first or indicator.level2 != level2
        level1, level2 = indicator.level1, indicator.level2
        yield level(level1, first), level(level2, second), *_cells(row)


def _cells(one: Progress) -> Iterator[Cell]:
    yield Cell(one.case.indicator.name)
    for text in (one.case.target, w.actual(one), w.stated_year_end(one), w.outlook(one)):
        yield centered(text)
    wanted = w.reason(one) == w.WANTED
    yield Cell("" if wanted else w.reason(one), shade=WANTED if wanted else "")
    yield light(one.light)
    yield centered(nature(one))
    yield Cell(w.remark(one))
