"""What every report of `kpi monitor` says in the same words: lights, natures, money, the figures of a row."""

from decimal import Decimal

from kpi.progress.actuals import MoneyKind, MoneyRow
from kpi.progress.estimates import about
from kpi.progress.figures import rounded, told
from kpi.progress.judge import Progress
from kpi.progress.monitor import ProjectProgress
from kpi.progress.verdict import Light
from kpi.reports.footing import footing
from kpi.reports.monitor_outcome import MonitorOutcome
from kpi.reports.numbers import plain_number
from kpi.reports.terms import SEVERITIES, obligation, several, spots
from kpi.reports.width import one_line
from kpi.rules.finding import Finding

TITLE = "项目支出绩效运行监控表"
UNNAMED = "（未填项目名称）"
WANTED = "请写原因"
ROWS, MONEY = "指标", "资金"  # whose light it is
LIGHTS: dict[Light, str] = {"red": "红灯", "yellow": "黄灯", "green": "绿灯", "blue": "蓝灯", "grey": "灰灯"}
NATURES = {"cumulative": "累计", "level": "水平", "cap": "上限", "milestone": "节点", "qualitative": "定性"}


def name(one: ProjectProgress) -> str:
    return one.table.project or UNNAMED


def lights(rows: Light, money: Light) -> str:
    """Both lights of a project: 指标 绿灯 · 资金 红灯."""
    return f"{ROWS} {LIGHTS[rows]} · {MONEY} {LIGHTS[money]}"


def share(one: ProjectProgress) -> str:
    return f"{told(rounded(one.span.share(one.as_of) * 100))}%"


def months(one: ProjectProgress) -> str:
    """The head of the column of actual values."""
    month = one.as_of.month
    return f"1-{month}月执行情况" if month > 1 else "1月执行情况"


ADJUSTED = "调整后预算数"  # a head that the readers know


def spent_head(one: ProjectProgress) -> str:
    """The head of what is spent, in words that the readers know."""
    month = one.as_of.month
    return f"1-{month}月执行数" if month > 1 else "截至1月执行数"


def amount(value: Decimal | None) -> str:
    """元, without a unit; "" where there is none."""
    return "" if value is None else plain_number(value)


def told_amount(one: ProjectProgress, kind: MoneyKind) -> str:
    """An amount of the execution, or what was written where that cannot be used: it is left to be put right."""
    money = one.execution
    amounts = {"budget": money.budget, "spent": money.spent, "adjusted": money.adjusted}
    return amount(amounts.get(kind)) or one_line(money.written.get(kind, ""))


def year_spent(one: ProjectProgress) -> Decimal | None:
    """全年预计执行数, where the form has it."""
    return one.table.execution.forecast if one.table.execution else None


def actual(one: Progress) -> str:
    return one.case.row.text if one.case.row and not one.missing else ""


def year_end(one: Progress) -> str:
    """全年预计完成 as the form has it, else as the figures suggest."""
    stated = one.case.row.expected_year_end if one.case.row else None
    if stated:
        return stated
    made = forecast(one)
    return f"按进度推算{made}" if made else ""


def stated_year_end(one: Progress) -> str:
    """全年预计完成 as somebody has said it: what is written here is read again as said."""
    return (one.case.row.expected_year_end or "") if one.case.row else ""


def remark(one: Progress) -> str:
    """What the figures say of a row in a form that is handed in: the estimate where nobody gave one, and what is
    wanted. It stands beside the cells to be filled in, not in them."""
    made = "" if stated_year_end(one) else projected(one)
    wanted = WANTED if one.needs_reason and not (one.case.row and one.case.row.reason) else ""
    return "；".join(filter(None, (one.message, made, wanted)))


def forecast(one: Progress) -> str:
    """What the year comes to at the present rate, with the target's unit: 约362人; "" where that is not worked out."""
    return "" if one.aim is None else about(one.verdict.forecast, one.aim.value, sure=True, beside=one.goal)


def projected(one: Progress) -> str:
    made = forecast(one)
    return f"推算全年{made}" if made else ""


def outlook(one: Progress) -> str:
    """完成目标可能性 as the form has it, else as the figures suggest."""
    how = "推算" if one.verdict.forecast is not None else "已达到"  # nothing else tells what the year comes to
    return one.stated_outlook or (f"{one.outlook}（{how}）" if one.outlook else "")


def reason(one: Progress) -> str:
    written = (one.case.row.reason or "") if one.case.row else ""
    return written or (WANTED if one.needs_reason else "")


def problem(finding: Finding) -> str:
    """A finding in one line."""
    where = spots(quote.location for quote in finding.evidence if quote.document is None)
    at = f"（{where}）" if where else ""
    head = f"{SEVERITIES[finding.severity]} {finding.rule} {finding.title}{obligation(finding)}"
    return f"{head}：{finding.message}{finding.suggestion}{at}"


def foot(outcome: MonitorOutcome) -> list[str]:
    """By which rules, what fitted no project, and what took no part."""
    unused = [f"完成情况里没有用上的：{text}" for text in strays(outcome)]
    return [*footing(outcome.outcome), *unused, *outcome.actuals.notes, *outcome.watched.notes]


def strays(outcome: MonitorOutcome) -> list[str]:
    """What fitted no project, a line a reason: the rows of a project that no form has are one matter."""
    rows: dict[str, list[str]] = {}
    for row, why in outcome.watched.stray:
        rows.setdefault(why, []).append("资金" if isinstance(row, MoneyRow) else row.name)
    return [f"{several(names[0], len(names))}：{why}" for why, names in rows.items()]


def unmatched(one: ProjectProgress) -> list[str]:
    """What did not find its counterpart or could not be used, a line each. A blank cell is neither."""
    lines = [f"完成情况里的“{row.name}”：{why}" for row, why in one.lost]
    for row in one.unanswered:
        if row.missing == "absent" and not one.unwatched:  # of such a project it is said already
            early = "（还没有到期，可以先不填）" if row.ahead else ""
            lines.append(f"指标“{row.case.indicator.name}”：完成情况里没有这个指标{early}")
    for near in one.near:
        wanted = one.table.indicators[near.indicator].name
        lines.append(f"“{near.row.name}”是不是“{wanted}”？{near.why}，没有自动对上，请核对")
    return [*lines, *one.remarks]
