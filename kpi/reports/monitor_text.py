"""`kpi monitor` for people: a block a project with its lights, what needs attention first, what is missing."""

from collections import Counter
from collections.abc import Iterator

from kpi.progress.actuals import MoneyRow
from kpi.progress.figures import day, told
from kpi.progress.judge import Progress
from kpi.progress.monitor import ProjectProgress
from kpi.progress.verdict import Light
from kpi.reports.footing_text import footing_lines
from kpi.reports.lines import Line, Span, Style, line, styled
from kpi.reports.lint_finding import Citations, finding_lines, group_by_row, row_line
from kpi.reports.monitor_outcome import MonitorOutcome
from kpi.reports.monitor_words import LIGHTS, NATURES, UNNAMED, forecast, name, share, unmatched
from kpi.reports.width import left, one_line, shorten
from kpi.rules.belonging import by_form
from kpi.rules.finding import Finding

_STYLES: dict[Light, Style] = {"red": "error", "yellow": "warning", "green": "good", "blue": "info", "grey": "dim"}
_MOST = 20  # lines of one list
_NAME, _VALUE = 30, 14


def render(outcome: MonitorOutcome, *, explain: bool = False, quiet: bool = False) -> Iterator[Line]:
    if not quiet:
        for document in outcome.outcome.result.documents:
            own, _ = by_form(document.findings, document.document.tables)
            for index, table in enumerate(document.document.tables):
                project = outcome.watched.by_table[id(table)]
                yield from _project(project, own.get(index, ()), outcome, explain=explain)
        yield from _stray(outcome)
    else:
        yield from _outside(outcome)
    yield from _closing(outcome, explain=explain, quiet=quiet)


def outside(one: ProjectProgress) -> bool:
    """Whether the day is none of the form's own term."""
    return not one.span.start <= one.as_of <= one.span.end


def _outside(outcome: MonitorOutcome) -> Iterator[Line]:
    """What the blocks of the projects say where they are shown."""
    some = [one for one in outcome.projects if outside(one)]
    if not some:
        return
    first = some[0]
    others = f"等 {len(some)} 个项目" if len(some) > 1 else ""
    term = f"（{first.span.start} 至 {first.span.end}）"
    said = f"注意：{day(outcome.as_of)}不在“{one_line(name(first))}”{others}的期限{term}里，下面的结论不能用，"
    yield line(styled("warning", f"{said}请核对 --as-of 和表中的年度。"))


def light(one: Light) -> Span:
    return styled(_STYLES[one], LIGHTS[one])


def _project(
    one: ProjectProgress, findings: tuple[Finding, ...], outcome: MonitorOutcome, *, explain: bool
) -> Iterator[Line]:
    title = one_line(one.table.project) or UNNAMED
    yield line(styled("head", f"━━ {title} ━━ "), light(one.light))
    yield line(styled("dim", f"   {one.span.start} 至 {one.span.end}，时间进度 {share(one)}"))
    if outside(one):
        yield line(styled("warning", f"   注意：{day(one.as_of)}不在这段时间里，请核对 --as-of 和表中的年度"))
    yield line("   资金：", light(one.execution.light), f" {one.execution.message}")
    if one.mean is not None:
        gap = f"，与执行率相差 {told(abs(one.gap))} 个百分点" if one.gap is not None else ""
        yield line(f"   累计类指标平均完成 {told(one.mean)}%{gap}")
    for row in one.indicators:
        yield from _indicator(row, explain=explain)
    yield from _unmatched(one)
    yield from _findings(findings, outcome, explain=explain)
    yield line()


def _indicator(one: Progress, *, explain: bool) -> Iterator[Line]:
    case = one.case
    actual = case.row.text if case.row and not one.missing else "（空）"
    yield line(
        "   ", light(one.light), f" {NATURES[one.nature]} ", left(shorten(case.indicator.name, _NAME), _NAME),
        f" 目标 {left(shorten(case.target, _VALUE), _VALUE)} 实际 {shorten(actual, _VALUE)}",
    )  # fmt: skip
    year = forecast(one)
    if one.light != "green" or explain:
        yield line(styled("dim", f"        {one_line(one.message)}{f'；推算全年约{year}' if year else ''}"))
    elif year:
        yield line(styled("dim", f"        推算全年约{year}"))
    if explain:
        yield line(styled("dim", f"        为什么算“{NATURES[one.nature]}”：{one_line(one.why)}"))


def _unmatched(one: ProjectProgress) -> Iterator[Line]:
    lines = unmatched(one)
    if lines:
        yield line("   ", styled("warning", f"没有对上的：{len(lines)} 处"))
    for text in lines[:_MOST]:
        yield line(f"     {one_line(text)}")
    if len(lines) > _MOST:
        yield line(f"     另有 {len(lines) - _MOST} 处，见 --format json")


def _findings(findings: tuple[Finding, ...], outcome: MonitorOutcome, *, explain: bool) -> Iterator[Line]:
    cite = Citations()
    again = f" 绩效目标表 --as-of {outcome.as_of} --actuals {one_line(outcome.actuals.path)}"
    for row in group_by_row(findings):
        yield line()
        yield row_line(row)
        for finding in row.findings:
            rule = outcome.outcome.rule(finding.rule) if explain else None
            yield from finding_lines(finding, row, cite, rule, again)


def _stray(outcome: MonitorOutcome) -> Iterator[Line]:
    stray = outcome.watched.stray
    if not stray and not outcome.actuals.notes:
        return
    yield line(styled("warning", f"完成情况里没有用上的：{len(stray) + len(outcome.actuals.notes)} 行"))
    for row, why in stray[:_MOST]:
        what = "资金" if isinstance(row, MoneyRow) else one_line(row.name)
        yield line(f"  {what}：{one_line(why)}")
    for note in outcome.actuals.notes[:_MOST]:
        yield line(f"  {one_line(note)}")
    if len(stray) > _MOST:
        yield line(f"  另有 {len(stray) - _MOST} 行，见 --format json")
    yield line()


def _closing(outcome: MonitorOutcome, *, explain: bool, quiet: bool) -> Iterator[Line]:
    yield from footing_lines(outcome.outcome, explain=explain, quiet=quiet)
    lights = Counter(project.light for project in outcome.projects)
    tally = "，".join(f"{LIGHTS[key]} {lights[key]}" for key in LIGHTS if lights[key])
    yield line(f"合计：{len(outcome.projects)} 个项目，截至 {day(outcome.as_of)}：{tally or '没有项目'}")
    yield _verdict(outcome)


def _verdict(outcome: MonitorOutcome) -> Line:
    """What comes first, in one sentence."""
    if outcome.could_not_check or not outcome.projects:
        return line(styled("error", "有内容没能检查，请先按上面的说明处理。"))
    rows = [(project, row) for project in outcome.projects for row in project.indicators]
    reds = [f"“{p.table.project}”的“{row.case.indicator.name}”" for p, row in rows if row.light == "red"]
    missing = sum(len(project.missing) for project in outcome.projects)
    unfilled = f"还有 {missing} 项没有填完成情况。" if missing else ""
    if reds:
        return line(styled("error", f"{len(reds)} 项红灯，先看{one_line(reds[0])}。{unfilled}"))
    over = [project for project in outcome.projects if project.execution.over]
    if over:
        first = f"先看“{one_line(name(over[0]))}”"
        return line(styled("error", f"指标没有红灯，但有 {len(over)} 个项目的执行数超过预算，{first}。{unfilled}"))
    if any(finding.severity == "error" for finding in outcome.findings):
        return line(styled("error", f"没有红灯，但有数据矛盾或缺原因的，请先改正。{unfilled}"))
    if any(project.light == "yellow" for project in outcome.projects):
        return line(styled("warning", f"没有红灯，黄灯的请关注进展、写明原因。{unfilled}"))
    return line(styled("good", f"没有红灯和黄灯。{unfilled}"))
