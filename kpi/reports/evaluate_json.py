"""`kpi evaluate` as JSON: the same input gives the same bytes."""

from collections.abc import Iterable
from decimal import Decimal

from kpi.model import Document
from kpi.progress.assess import Unmatched
from kpi.progress.evaluation import Evaluation
from kpi.progress.points import cents
from kpi.progress.reading import text_of
from kpi.progress.results import ExecutionResult, RowResult, Total
from kpi.reports import contract_evaluate as c
from kpi.reports.evaluate_outcome import EvaluateOutcome
from kpi.reports.extract_json import place
from kpi.reports.lint_json import found_problem, made_with, waived_problems
from kpi.reports.numbers import plain_number

_SCHEMA = "kpi.evaluate/1"


def render_json(evaluated: EvaluateOutcome) -> str:
    assessed = evaluated.assessed
    report = c.EvaluateReport(
        schema=_SCHEMA,
        ruleset=evaluated.outcome.ruleset.name,
        made_with=made_with(evaluated.outcome),
        waived=waived_problems(evaluated.outcome),
        projects=[_project(document, one) for document, one in evaluated.evaluations],
        unmatched=c.LeftOvers(
            rows=_left(assessed.rows), indicators=_left(assessed.indicators), near=_left(assessed.near)
        ),
        could_not_check=[
            c.UnreadFile(path=one.path, error=one.message) for one in evaluated.outcome.reading.failures
            if one.blocks
        ],
        findings=[found_problem(finding) for finding in evaluated.findings],
    )
    return report.model_dump_json(by_alias=True, exclude_unset=True, indent=1) + "\n"


def points(number: Decimal | None) -> str | None:
    """Two decimals, half up."""
    return None if number is None else format(cents(number), "f")


def rounded(number: Decimal | None) -> str | None:
    """Half up to two decimals, in plain notation."""
    return None if number is None else plain_number(cents(number))


def exact(number: Decimal | None) -> str | None:
    return None if number is None else plain_number(number)


def _left(some: Iterable[Unmatched]) -> list[c.LeftOver]:
    return [
        c.LeftOver(project=one.project, level2=one.level2, name=one.name, reason=one.why, location=place(one.location))
        for one in some
    ]


def _project(document: Document, one: Evaluation) -> c.EvaluatedProject:
    total, stated = one.total, one.table.stated
    return c.EvaluatedProject(
        document=document.path,
        project=one.table.project,
        **_total(total),
        weights=exact(total.full) if total else None,
        weights_from=one.weights_from,
        execution=_execution(one.execution),
        achievement=rounded(one.achievement),
        gap=rounded(one.gap),
        stated=c.StatedTotal(
            full=stated.full if stated else None, score=stated.score if stated else None,
            grade=stated.grade if stated else None,
        ),
        indicators=[_indicator(row) for row in one.rows],
    )  # fmt: skip


def _total(total: Total | None) -> dict[str, object]:
    if total is None:
        return {"score": None, "grade": None}
    made: dict[str, object] = {"score": points(total.score)}
    if total.unscaled is not None:
        made["score_unscaled"] = points(total.unscaled)
    made["grade"] = total.grade
    if total.score is None:
        made["range"] = c.ScoreRange(low=_sure(total.low), high=_sure(total.high))
        made["grades"] = tuple(dict.fromkeys(filter(None, (total.grade_low, total.grade_high))))
    return made


def _sure(number: Decimal) -> str:
    return format(cents(number), "f")


def _execution(row: ExecutionResult) -> c.ExecutionPoints:
    return c.ExecutionPoints(
        budget=exact(row.budget), spent=exact(row.spent), rate=rounded(row.rate), points=exact(row.points),
        score=points(row.score), stated_score=exact(row.stated), stated_rate=exact(row.stated_rate),
    )  # fmt: skip


def _indicator(row: RowResult) -> c.EvaluatedIndicator:
    score = row.score
    made: dict[str, object] = {}
    if row.way is not None and row.declared is not None:
        made["declared"] = text_of(row.declared)
    if score.score is None and row.weight is not None:
        made["range"] = c.ScoreRange(low=_sure(score.low), high=_sure(score.high))
    return c.EvaluatedIndicator(
        level2=row.indicator.level2, name=row.indicator.name, weight=exact(row.weight), target=row.target,
        actual=row.actual, achievement=rounded(score.achievement), score=points(score.score),
        stated_score=exact(row.stated), method=score.method, needs_reason=row.needs_reason, reason=row.reason,
        message=row.message, location=place(row.indicator.actual.location if row.indicator.actual
                                            else row.indicator.location),
        **made,
    )  # fmt: skip
