"""The last word of `kpi monitor`: what comes first, where it stands and by which rule, and whether the table can be
handed in."""

from collections import Counter
from collections.abc import Iterator

from kpi.progress.judge import Progress
from kpi.progress.monitor import ProjectProgress
from kpi.reports.lines import Line, Style, line, styled
from kpi.reports.monitor_outcome import MonitorOutcome
from kpi.reports.monitor_words import name
from kpi.reports.terms import spot
from kpi.reports.width import one_line, shorten_middle
from kpi.rules.finding import Finding

_UNREAD = "有内容没能检查，请先按上面的说明处理。"
_OFF_PLAN = "off-plan"
_NAME_COLUMNS = 60
# Checks that tell how a project stands, which is what the table is for; the others tell that the table is wrong.
_STANDING = (_OFF_PLAN, "execution-behind", "execution-gap", "target-low")


def verdict(outcome: MonitorOutcome) -> Line:
    """What comes first and what to do, in a few short sentences."""
    if not outcome.shown:
        return line(styled("error", _UNREAD))
    left = [*([_UNREAD] if outcome.outcome.could_not_check else []), *_unwatched(outcome)]
    if len(outcome.unwatched) == len(outcome.shown):
        return line(styled("error", "".join(left)))
    handing = [] if outcome.outcome.could_not_check else _handing_in(outcome)
    said = "".join([*left, *_standing(outcome), *handing])
    return line(styled("error" if outcome.outcome.could_not_check else _style(outcome), said))


def _style(outcome: MonitorOutcome) -> Style:
    reds = any(row.light == "red" for one in outcome.shown for row in one.indicators)
    wrong = any(finding.must for finding in outcome.shown_findings)
    if outcome.unwatched or reds or wrong:
        return "error"
    lights = {light for one in outcome.shown for light in (one.light, one.execution.light)}
    settled = not lights & {"red", "yellow"} and all(one.light == "green" for one in outcome.shown)
    settled = settled and not any(_todo(outcome))
    return "good" if settled else "warning"


def _unwatched(outcome: MonitorOutcome) -> Iterator[str]:
    some = outcome.unwatched
    if not some:
        return
    if len(outcome.shown) == 1:
        yield f"没能监控：{one_line(some[0].unwatched)}。"
        return
    first = f"“{_short(some[0])}”：{one_line(some[0].unwatched)}"
    yield f"有 {len(some)} 个项目没能监控，先看{first}。" if len(some) > 1 else f"有 1 个项目没能监控，{first}。"


def _standing(outcome: MonitorOutcome) -> Iterator[str]:
    """The lights, the worst first; of two red ones that of the money."""
    rows = [(one, row) for one in outcome.shown for row in one.indicators]
    reds = [(one, row) for one, row in rows if row.light == "red"]
    spent = [one for one in outcome.shown if one.execution.light == "red"]
    if spent:
        over = "执行数超过预算" if spent[0].execution.over else "资金亮红灯"
        also = "" if reds else "指标没有红灯，但"
        yield f"{also}有 {len(spent)} 个项目{over}{_rule(outcome, of_money=True)}，先看“{_short(spent[0])}”。"
    if reds:
        one, row = reds[0]
        first = f"“{_short(one)}”的“{one_line(row.case.indicator.name)}”{_place(one, row)}"
        whose = "指标有 " if spent else ""
        yield f"{whose}{len(reds)} 项红灯{_rule(outcome, of_money=False)}，先看{first}。"
    if reds or spent:
        return
    yellow = sum(row.light == "yellow" for _, row in rows)
    behind = sum(one.execution.light == "yellow" for one in outcome.shown)
    some = [f"{yellow} 项黄灯" if yellow else "", f"{behind} 个项目的资金亮黄灯" if behind else ""]
    told = "，".join(filter(None, some))
    yield f"没有红灯，{told}，请关注进展。" if told else "没有红灯和黄灯。"


def _short(one: ProjectProgress) -> str:
    return shorten_middle(name(one), _NAME_COLUMNS)


def _place(one: ProjectProgress, row: Progress) -> str:
    """Where it is told: in the list, or in the form."""
    told = row.case.row
    at = spot(told.location) if told else ""
    where = " ".join(filter(None, (one_line(one.source or ""), at))) if at else spot(row.case.indicator.location)
    return f"（{where}）" if where else ""


def _rule(outcome: MonitorOutcome, *, of_money: bool) -> str:
    """The code of the rule that says so."""
    uses = (_OFF_PLAN, "execution-behind") if of_money else (_OFF_PLAN,)
    found = [f for f in outcome.shown_findings if (f.indicator is None) is of_money and _uses(outcome, f) in uses]
    return f"（{found[0].rule}）" if found else ""


def _uses(outcome: MonitorOutcome, finding: Finding) -> str:
    rule = outcome.outcome.rule(finding.rule)
    return rule.uses if rule else ""


def _handing_in(outcome: MonitorOutcome) -> Iterator[str]:
    todo = list(_todo(outcome))
    if todo:
        yield f"上报前先改：{'，'.join(todo)}。"
    elif any(one.execution.over for one in outcome.shown):
        yield "核对执行数和预算数以后再上报。"
    elif not outcome.unwatched and _asked_all(outcome):
        yield "可以上报。"


def _asked_all(outcome: MonitorOutcome) -> bool:
    """Whether all rules of monitoring were asked."""
    result = outcome.outcome.result
    asked = {*result.rules_run, *result.rules_not_applicable}
    return all(rule.code in asked for rule in outcome.outcome.ruleset.active if rule.scope == "monitoring")


def _aimless(row: Progress) -> bool:
    """Whether it is grey because of its target, of which no rule of monitoring speaks."""
    return row.light == "grey" and not (row.missing or row.incomparable or row.ahead)


def _todo(outcome: MonitorOutcome) -> Iterator[str]:
    """What is wrong with the table, or left out."""
    grave = [finding for finding in outcome.shown_findings if finding.severity != "info" or finding.mandatory]
    wrong = [finding for finding in grave if _uses(outcome, finding) not in _STANDING]
    titles = {finding.rule: finding.title for finding in wrong}
    for rule, count in sorted(Counter(finding.rule for finding in wrong).items()):
        yield f"{titles[rule]} {count} 处（{rule}）"
    watched = [one for one in outcome.shown if not one.unwatched]
    unexplained = sum(row.needs_reason for one in watched if not one.has_reason for row in one.indicators)
    if unexplained:
        yield f"{unexplained} 项要写偏差原因，而完成情况里没有这一栏"
    missing = sum(len(one.missing) for one in watched)
    if missing:
        yield f"{missing} 项没有填完成情况"
    if aimless := sum(_aimless(row) for one in watched for row in one.indicators):
        yield f"{aimless} 项没有能比的目标值"
    if unspent := sum(one.execution.spent is None and not one.execution.doubt and bool(one.execution.budget)
                      for one in watched):  # fmt: skip
        yield f"{unspent} 个项目没有填预算执行数"
