"""`kpi monitor` for Word: the 绩效运行监控表 of every project, what did not match, what is to be put right."""

from collections.abc import Iterator

from kpi.progress.figures import day
from kpi.progress.judge import Progress
from kpi.progress.monitor import ProjectProgress
from kpi.reports import monitor_words as w
from kpi.reports.footing import HEAD
from kpi.reports.monitor_outcome import MonitorOutcome
from kpi.reports.wordcraft import Cell, document, paragraph, table

_SHADE = "EEF2F7"
_WIDTHS = (980, 1640, 1150, 1150, 1150, 1000, 1300, 730, 766)
_HEADS = ("二级指标", "三级指标", "年度指标值", "全年预计完成情况", "完成目标可能性", "偏差原因", "灯", "性质")
_LAST = len(_WIDTHS)


def render(outcome: MonitorOutcome) -> bytes:
    return document(_body(outcome))


def _body(outcome: MonitorOutcome) -> Iterator[str]:
    for number, project in enumerate(outcome.projects):
        yield paragraph(w.TITLE, bold=True, size=16, align="center", page=number > 0, font="黑体")
        yield paragraph(f"（截至 {day(outcome.as_of)}）", align="center")
        yield table(_WIDTHS, _rows(project), heads=0)
        lines = [w.problem(finding) for finding in w.findings_of(outcome, project)]
        for title, some in (("没有对上的", w.unmatched(project)), ("发现的问题", lines)):
            if some:
                yield paragraph(title, bold=True, size=12)
                yield from (paragraph(f"{index}. {text}") for index, text in enumerate(some, 1))
    yield paragraph(HEAD, bold=True, size=12)
    yield from (paragraph(text) for text in w.foot(outcome))


def _head(text: str, span: int = 1) -> Cell:
    return Cell(text, span, bold=True, align="center", shade=_SHADE)


def _rows(one: ProjectProgress) -> Iterator[tuple[Cell, ...]]:
    form, money = one.table, one.execution
    yield _head("项目名称"), Cell(w.name(one), _LAST - 1)
    yield _head("主管部门"), Cell(form.department or "", 3), _head("实施单位"), Cell(form.unit or "", 4)
    said = f"{w.LIGHTS[money.light]}，{money.message}"
    yield _head("预算执行"), Cell(said, 5), _head("项目"), Cell(w.LIGHTS[one.light], 2, bold=True, align="center")
    heads = [*_HEADS]
    heads.insert(3, w.months(one))
    yield tuple(map(_head, heads))
    level2 = None
    for row in one.indicators:
        on = row.case.indicator.level2 == level2
        level2 = row.case.indicator.level2
        yield Cell("" if on else level2, down="on" if on else "start", align="center"), *_cells(row)


def _cells(one: Progress) -> Iterator[Cell]:
    yield Cell(one.case.indicator.name)
    for text in (one.case.target, w.actual(one), w.year_end(one), w.outlook(one)):
        yield Cell(text, align="center")
    yield Cell(w.reason(one))
    yield Cell(w.LIGHTS[one.light], bold=one.light in ("red", "yellow"), align="center")
    yield Cell(w.NATURES[one.nature], align="center")
