"""`kpi monitor` as JSON: the same input gives the same bytes."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from kpi.progress.actuals import ActualRow, MoneyRow
from kpi.progress.figures import rounded
from kpi.progress.judge import Progress
from kpi.progress.monitor import ProjectProgress
from kpi.progress.spending import Execution
from kpi.progress.verdict import Light
from kpi.reports import contract_monitor as c
from kpi.reports.extract_json import place
from kpi.reports.lint_json import found_problem, linted_documents, made_with, waived_problems
from kpi.reports.monitor_batch import before, points
from kpi.reports.monitor_outcome import MonitorOutcome
from kpi.reports.numbers import plain_number

_SCHEMA = "kpi.monitor/1"
_LIGHTS: tuple[Light, ...] = ("red", "yellow", "green", "blue", "grey")
_REASONS = {"absent": "完成情况里没有这个指标", "blank": "完成情况没有填写"}


def render_json(outcome: MonitorOutcome) -> str:
    paths = {id(table): d.path for d in outcome.outcome.reading.documents for table in d.tables}
    projects, stray = outcome.projects, outcome.watched.stray
    lights, money = (Counter(one) for one in ([p.light for p in projects], [p.execution.light for p in projects]))
    report = c.MonitorReport(
        schema=_SCHEMA,
        as_of=outcome.as_of.isoformat(),
        actuals=outcome.actuals.path,
        ruleset=outcome.outcome.ruleset.name,
        made_with=made_with(outcome.outcome),
        waived=waived_problems(outcome.outcome),
        summary=c.MonitorSummary(
            documents=len(outcome.outcome.result.documents), projects=len(projects),
            lights={light: lights[light] for light in _LIGHTS if lights[light]},
            execution_lights={light: money[light] for light in _LIGHTS if money[light]},
            could_not_check=outcome.could_not_check,
        ),
        projects=[_project(outcome, one, paths, stray if len(projects) == 1 else ()) for one in projects],
        unmatched=[] if len(projects) == 1 else [_lost(row, why) for row, why in stray],
        notes=[*outcome.actuals.notes, *outcome.watched.notes, *(said for one in projects for said in one.remarks)],
        findings=[found_problem(finding) for finding in outcome.findings],
        documents=linted_documents(outcome.outcome),
    )  # fmt: skip
    return report.model_dump_json(by_alias=True, exclude_unset=True, indent=1) + "\n"


def _number(value: Decimal | None) -> str | None:
    return None if value is None else plain_number(value)


def _project(
    outcome: MonitorOutcome, one: ProjectProgress, paths: Mapping[int, str],
    stray: tuple[tuple[ActualRow | MoneyRow, str], ...],
) -> c.MonitoredProject:  # fmt: skip
    """With a single project the lines that name another belong here, too: there is nowhere else to look for them."""
    return c.MonitoredProject(
        project=one.table.project, document=paths[id(one.table)], year=one.table.year,
        start=one.span.start.isoformat(), end=one.span.end.isoformat(),
        time_share=plain_number(rounded(one.span.share(one.as_of) * 100)),
        execution=_execution(one.execution), achievement=_number(one.mean), gap=_number(one.gap), light=one.light,
        unit=one.table.unit, unwatched=one.unwatched,
        indicators=[_indicator(outcome, one, row) for row in one.indicators],
        unmatched=c.Unmatched(
            rows=[_lost(row, why) for row, why in (*one.lost, *stray)],
            indicators=[
                c.UnmatchedIndicator(
                    level2=row.case.indicator.level2, name=row.case.indicator.name, target=row.case.target,
                    reason=_REASONS[row.missing],
                )
                for row in one.unanswered if row.missing == "absent" or not row.ahead
            ],
            near=[
                c.NearName(
                    row=near.row.name, indicator=one.table.indicators[near.indicator].name,
                    level2=one.table.indicators[near.indicator].level2, likeness=near.likeness, reason=near.why,
                )
                for near in one.near
            ],
        ),
        **_checks(outcome, one),
    )  # fmt: skip


def _checks(outcome: MonitorOutcome, one: ProjectProgress) -> dict[str, tuple[c.EarlierCheck, ...]]:
    """How the project stood before; no key where nobody asked."""
    made = [
        c.EarlierCheck(
            as_of=point.when.isoformat(), light=point.light, time_share=plain_number(point.time),
            rate=_number(point.rate), achievement=_number(point.mean), execution_light=point.money,
        )
        for point in points(outcome, one)[:-1]
    ]  # fmt: skip
    return {"history": tuple(made)} if outcome.history else {}


def _values(outcome: MonitorOutcome, one: ProjectProgress, row: Progress) -> dict[str, tuple[c.EarlierValue, ...]]:
    made = [
        c.EarlierValue(
            as_of=when.isoformat(), actual=was.case.row.text if was.case.row else "", light=was.light,
            progress=_number(was.verdict.progress), achievement=_number(was.verdict.achievement),
        )
        for when, was in before(outcome, one, row)
    ]  # fmt: skip
    return {"history": tuple(made)} if outcome.history else {}


def _execution(one: Execution) -> c.MonitoredExecution:
    return c.MonitoredExecution(
        budget=_number(one.budget), spent=_number(one.spent), rate=_number(one.rate), expected=_number(one.expected),
        light=one.light, message=one.message,
    )  # fmt: skip


def _indicator(outcome: MonitorOutcome, project: ProjectProgress, one: Progress) -> c.MonitoredIndicator:
    case, verdict = one.case, one.verdict
    row = case.row
    return c.MonitoredIndicator(
        level2=case.indicator.level2, name=case.indicator.name, target=case.target,
        actual=row.text if row and not one.missing else None,
        nature=one.nature, nature_reason=one.why,
        expected=_number(verdict.expected), progress=_number(verdict.progress),
        achievement=_number(verdict.achievement), forecast=_number(verdict.forecast),
        light=one.light, outlook=one.outlook, needs_reason=one.needs_reason, message=one.message,
        stated_outlook=one.stated_outlook, expected_year_end=row.expected_year_end if row else None,
        reason=row.reason if row else None, location=place(case.indicator.location),
        **_values(outcome, project, one),
    )  # fmt: skip


def _lost(row: ActualRow | MoneyRow, why: str) -> c.UnmatchedRow:
    if isinstance(row, MoneyRow):
        level2, name = "", row.name
    else:
        level2, name = row.level2, row.name
    return c.UnmatchedRow(
        project=row.project, level2=level2, name=name, actual=row.text, reason=why, location=place(row.location)
    )
