"""`kpi monitor` as one page: nothing from outside, every text escaped."""

from collections.abc import Iterator
from html import escape

from kpi.progress.figures import day, told
from kpi.progress.judge import Progress
from kpi.progress.monitor import ProjectProgress
from kpi.reports import monitor_words as w
from kpi.reports.footing import HEAD
from kpi.reports.monitor_outcome import MonitorOutcome
from kpi.reports.office import GENERATOR
from kpi.reports.review_style import STYLE
from kpi.reports.width import one_line

_HEADS = (
    "灯", "二级指标", "三级指标", "年度指标值", "执行情况", "完成应完成的%", "全年预计完成", "完成目标可能性",
    "偏差原因", "说明",
)  # fmt: skip
_LIGHTS = """.red{color:var(--red);font-weight:600}.yellow{color:var(--amber);font-weight:600}.green{color:var(--green)}
.blue{color:var(--blue)}.grey{color:var(--soft)}.light{white-space:nowrap}"""


def render(outcome: MonitorOutcome) -> str:
    return "\n".join(_page(outcome)) + "\n"


def _say(text: str) -> str:
    return escape(one_line(text))


def _page(outcome: MonitorOutcome) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">'
    yield GENERATOR
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{w.TITLE}</title>\n<style>{STYLE}{_LIGHTS}</style>\n</head>\n<body>\n<main>"
    yield f"<h1>{w.TITLE}</h1>\n<p>截至 {day(outcome.as_of)}</p>"
    for project in outcome.projects:
        yield from _project(outcome, project)
    items = "".join(f"<li>{_say(text)}</li>" for text in w.foot(outcome))
    yield f"<section><h2>{HEAD}</h2><ul>{items}</ul></section>"
    yield "</main>\n</body>\n</html>"


def _project(outcome: MonitorOutcome, one: ProjectProgress) -> Iterator[str]:
    yield f'<section class="form"><h2>{_say(w.name(one))} <span class="{one.light}">{w.LIGHTS[one.light]}</span></h2>'
    money = f'<span class="{one.execution.light}">{w.LIGHTS[one.execution.light]}</span> {_say(one.execution.message)}'
    yield f'<p class="facts"><span>时间进度 {w.share(one)}</span><span>资金：{money}</span></p>'
    heads = "".join(f"<th>{head}</th>" for head in _HEADS)
    yield f'<div class="wide"><table><thead><tr>{heads}</tr></thead><tbody>'
    for row in one.indicators:
        yield _row(row)
    yield "</tbody></table></div>"
    lines = [w.problem(finding) for finding in w.findings_of(outcome, one)]
    for title, some in (("没有对上的", w.unmatched(one)), ("发现的问题", lines)):
        if some:
            yield f"<h3>{title}</h3><ol>" + "".join(f"<li>{_say(text)}</li>" for text in some) + "</ol>"
    yield "</section>"


def _row(one: Progress) -> str:
    indicator = one.case.indicator
    texts = (
        indicator.level2, indicator.name, one.case.target, w.actual(one), told(one.verdict.progress), w.year_end(one),
        w.outlook(one), w.reason(one), f"{w.NATURES[one.nature]}：{one.message}",
    )  # fmt: skip
    light = f'<td class="light {one.light}">{w.LIGHTS[one.light]}</td>'
    return f"<tr>{light}" + "".join(f"<td>{_say(text)}</td>" for text in texts) + "</tr>"
