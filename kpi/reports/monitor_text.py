"""`kpi monitor` for people: a block a project with its lights, what needs attention first, what is missing."""

from collections.abc import Iterator

from kpi.progress.figures import day, told
from kpi.progress.judge import Progress
from kpi.progress.monitor import ProjectProgress, withheld
from kpi.progress.verdict import Light
from kpi.reports.footing_text import footing_lines
from kpi.reports.lightlooks import STYLES
from kpi.reports.lines import Line, Span, line, styled
from kpi.reports.lint_finding import Citations, finding_lines, group_by_row, row_line
from kpi.reports.monitor_batch import projects_told
from kpi.reports.monitor_closing import verdict
from kpi.reports.monitor_outcome import MonitorOutcome
from kpi.reports.monitor_overview import overview, trend
from kpi.reports.monitor_words import LIGHTS, MONEY, NATURES, ROWS, UNNAMED, projected, share, strays, unmatched
from kpi.reports.terms import file_name, spot
from kpi.reports.width import left, one_line, shorten
from kpi.rules.finding import Finding

_MOST = 20  # lines of one list
_FEW = 5  # names in one line
_NAME, _VALUE = 30, 14


def render(outcome: MonitorOutcome, *, explain: bool = False, quiet: bool = False) -> Iterator[Line]:
    if not quiet:
        yield from overview(outcome)
        for document in outcome.outcome.result.documents:
            for table in document.document.tables:
                project = withheld(outcome.watched.by_table[id(table)])
                at = f"{file_name(document.path)} {spot(table.location)}".strip()
                yield from _project(project, outcome, at=at, explain=explain)
        yield from _stray(outcome)
    yield from _closing(outcome, explain=explain, quiet=quiet)


def light(one: Light) -> Span:
    return styled(STYLES[one], LIGHTS[one])


def lights(rows: Light, money: Light) -> Iterator[str | Span]:
    """Both lights of a project."""
    yield from (f"{ROWS} ", light(rows), f" · {MONEY} ", light(money))


def _project(one: ProjectProgress, outcome: MonitorOutcome, *, at: str, explain: bool) -> Iterator[Line]:
    title = one_line(one.table.project) or UNNAMED
    yield line(styled("head", f"━━ {title} ━━ "), *lights(one.light, one.execution.light))
    yield line(styled("dim", f"   {at}；{one.span.start} 至 {one.span.end}，时间进度 {share(one)}"))
    yield from _term(one)
    if one.misdated:
        yield line()
        return
    yield line("   资金：", light(one.execution.light), f" {one.execution.message}")
    if one.mean is not None:
        gap = f"，与执行率相差 {told(abs(one.gap))} 个百分点" if one.gap is not None else ""
        yield line(f"   累计类指标平均完成 {told(one.mean)}%{gap}")
    yield from trend(outcome, one)
    for row in one.indicators:
        yield from _indicator(row, explain=explain)
    yield from _unmatched(one)
    yield from _findings(outcome.of_form(one), outcome, explain=explain)
    yield line()


def _term(one: ProjectProgress) -> Iterator[Line]:
    """What is to know of the day before anything else."""
    if one.unwatched:
        yield line(styled("warning", f"   没能监控：{one_line(one.unwatched)}"))
    elif one.as_of > one.span.end:
        yield line(styled("dim", "   项目期已经结束，应当全部完成"))
    elif one.as_of < one.span.start:
        yield line(styled("dim", "   项目还没有开始，没有应完成的数"))


def _indicator(one: Progress, *, explain: bool) -> Iterator[Line]:
    case = one.case
    actual = case.row.text if case.row and not one.missing else "（空）"
    yield line(
        "   ", light(one.light), f" {NATURES[one.nature]} ", left(shorten(case.indicator.name, _NAME), _NAME),
        f" 目标 {left(shorten(case.target, _VALUE), _VALUE)} 实际 {shorten(actual, _VALUE)}",
    )  # fmt: skip
    year = projected(one)
    said = one_line(one.message) if one.light != "green" or explain else ""
    if said or year:
        yield line(styled("dim", f"        {'；'.join(filter(None, (said, year)))}"))
    if explain:
        yield line(styled("dim", f"        为什么算“{NATURES[one.nature]}”：{one_line(one.why)}"))


def _unmatched(one: ProjectProgress) -> Iterator[Line]:
    blank = [shorten(row.case.indicator.name, _NAME) for row in one.missing if row.missing == "blank"]
    if blank and not one.unwatched:
        more = f"等 {len(blank)} 项" if len(blank) > _FEW else ""
        yield line("   ", styled("warning", f"没有填的：{'、'.join(blank[:_FEW])}{more}"))
    lines = unmatched(one)
    if lines:
        yield line("   ", styled("warning", f"没有对上的：{len(lines)} 处"))
    for text in lines[:_MOST]:
        yield line(f"     {one_line(text)}")
    if len(lines) > _MOST:
        yield line(f"     另有 {len(lines) - _MOST} 处，见 --format json")


def _findings(findings: tuple[Finding, ...], outcome: MonitorOutcome, *, explain: bool) -> Iterator[Line]:
    cite = Citations()
    again = f" --as-of {outcome.as_of} --actuals {one_line(outcome.actuals.path)}"
    for row in group_by_row(findings):
        yield line()
        yield row_line(row)
        for finding in row.findings:
            rule = outcome.outcome.rule(finding.rule) if explain else None
            yield from finding_lines(finding, row, cite, rule, again)


def _stray(outcome: MonitorOutcome) -> Iterator[Line]:
    stray = outcome.watched.stray
    yield from (line(styled("warning", one_line(note))) for note in outcome.watched.notes[:_MOST])
    if not stray and not outcome.actuals.notes:
        return
    yield line(styled("warning", f"完成情况里没有用上的：{len(stray) + len(outcome.actuals.notes)} 行"))
    told = strays(outcome)
    yield from (line(f"  {one_line(text)}") for text in told[:_MOST])
    for note in outcome.actuals.notes[:_MOST]:
        yield line(f"  {one_line(note)}")
    if len(told) > _MOST:
        yield line(f"  另有 {len(told) - _MOST} 处，见 --format json")
    yield line()


def _closing(outcome: MonitorOutcome, *, explain: bool, quiet: bool) -> Iterator[Line]:
    yield from footing_lines(outcome.outcome, explain=explain, quiet=quiet)
    yield line(f"合计：{len(outcome.shown)} 个项目，截至 {day(outcome.as_of)}：{projects_told(outcome)}")
    yield (styled("head", "结论："), *verdict(outcome))
