"""What every report of `kpi monitor` says in the same words: lights, natures, money, the figures of a row."""

from kpi.progress.actuals import MoneyRow
from kpi.progress.figures import rounded, told
from kpi.progress.judge import Progress
from kpi.progress.monitor import ProjectProgress
from kpi.progress.reading import with_unit
from kpi.progress.verdict import Light
from kpi.reports.footing import footing
from kpi.reports.monitor_outcome import MonitorOutcome
from kpi.reports.terms import SEVERITIES, spots
from kpi.rules.belonging import by_form
from kpi.rules.finding import Finding

TITLE = "项目支出绩效运行监控表"
UNNAMED = "（未填项目名称）"
LIGHTS: dict[Light, str] = {"red": "红灯", "yellow": "黄灯", "green": "绿灯", "blue": "蓝灯", "grey": "灰灯"}
NATURES = {"cumulative": "累计", "level": "水平", "cap": "上限", "milestone": "节点", "qualitative": "定性"}


def name(one: ProjectProgress) -> str:
    return one.table.project or UNNAMED


def share(one: ProjectProgress) -> str:
    return f"{told(rounded(one.span.share(one.as_of) * 100))}%"


def months(one: ProjectProgress) -> str:
    """The head of the column of actual values."""
    month = one.as_of.month
    return f"1-{month}月执行情况" if month > 1 else "1月执行情况"


def actual(one: Progress) -> str:
    return one.case.row.text if one.case.row and not one.missing else ""


def year_end(one: Progress) -> str:
    """全年预计完成 as the form has it, else as the figures suggest."""
    stated = one.case.row.expected_year_end if one.case.row else None
    if stated:
        return stated
    made = forecast(one)
    return f"按进度推算约{made}" if made else ""


def forecast(one: Progress) -> str:
    """What the year comes to at the present rate, with the target's unit; "" where nothing adds up."""
    return with_unit(one.verdict.forecast, one.aim.value) if one.aim is not None else ""


def outlook(one: Progress) -> str:
    """完成目标可能性 as the form has it, else as the figures suggest."""
    return one.stated_outlook or (f"{one.outlook}（推算）" if one.outlook else "")


def reason(one: Progress) -> str:
    written = (one.case.row.reason or "") if one.case.row else ""
    return written or ("请写原因" if one.needs_reason else "")


def findings_of(outcome: MonitorOutcome, project: ProjectProgress) -> tuple[Finding, ...]:
    """The findings about one form."""
    for result in outcome.outcome.result.documents:
        for index, table in enumerate(result.document.tables):
            if table is project.table:
                return tuple(by_form(result.findings, result.document.tables)[0].get(index, ()))
    return ()


def problem(finding: Finding) -> str:
    """A finding in one line."""
    where = spots(quote.location for quote in finding.evidence if quote.document is None)
    at = f"（{where}）" if where else ""
    return f"{SEVERITIES[finding.severity]} {finding.rule} {finding.title}：{finding.message}{finding.suggestion}{at}"


def foot(outcome: MonitorOutcome) -> list[str]:
    """By which rules, what fitted no project, and what took no part."""
    stray = [
        f"完成情况里没有用上的：{'资金' if isinstance(row, MoneyRow) else row.name}：{why}"
        for row, why in outcome.watched.stray
    ]
    return [*footing(outcome.outcome), *stray, *outcome.actuals.notes]


def unmatched(one: ProjectProgress) -> list[str]:
    """What did not find its counterpart, a line each."""
    lines = [f"完成情况里的“{row.name}”：{why}" for row, why in one.lost]
    lines += [f"指标“{row.case.indicator.name}”：{row.message}" for row in one.missing]
    for near in one.near:
        wanted = one.table.indicators[near.indicator].name
        lines.append(f"“{near.row.name}”是不是“{wanted}”？{near.why}，没有自动对上，请核对")
    return lines
