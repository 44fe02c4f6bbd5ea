"""`kpi review` as JSON: the same input gives the same bytes."""

from typing import Any

from kpi.reports import contract_review as c
from kpi.reports.contract import Part
from kpi.reports.extract_json import place
from kpi.reports.lint_json import linted_documents, made_with, quote_part, waived_problems
from kpi.reports.numbers import plain_number
from kpi.reports.review_outcome import ReviewOutcome
from kpi.reports.review_words import points, reason
from kpi.scoring import Deduction, ItemReview, Range, Review
from kpi.scoring.batch import Department

_SCHEMA = "kpi.review/1"


def render_json(outcome: ReviewOutcome) -> str:
    report = c.ReviewReport(schema=_SCHEMA, projects=_projects(outcome), **_rest(outcome))
    return _dump(report, 1)


def render_jsonl(outcome: ReviewOutcome) -> str:
    """One form a line, the rest last."""
    lines: list[Part] = [c.ReviewLine(schema=_SCHEMA, project=project) for project in _projects(outcome)]
    lines.append(c.ReviewLast(schema=_SCHEMA, **_rest(outcome)))
    return "".join(_dump(one, None) for one in lines)


def _dump(part: Part, indent: int | None) -> str:
    return part.model_dump_json(by_alias=True, exclude_unset=True, indent=indent) + "\n"


def _rest(outcome: ReviewOutcome) -> dict[str, Any]:
    batch = outcome.batch
    return {
        "summary": c.ReviewSummary(
            documents=len(outcome.outcome.result.documents), projects=len(outcome.reviews),
            mean=_range(batch.mean), could_not_check=outcome.could_not_check, counted=len(batch.ranking),
        ),
        "ruleset": outcome.outcome.ruleset.name,
        "made_with": made_with(outcome.outcome),
        "waived": waived_problems(outcome.outcome),
        "judged": outcome.judged,
        "problems": list(outcome.problems),
        "departments": [_department(one) for one in batch.departments],
        "distribution": [c.ScoreBand(**{"from": b.start, "to": b.end}, high=b.high, low=b.low) for b in batch.bands],
        "defects": [
            c.FrequentDefect(
                rule=one.rule, title=one.title, findings=one.findings, projects=one.projects, points=points(one.lost)
            )
            for one in batch.defects
        ],
        "outliers": [
            c.OutlierProject(
                project=one.review.project, key=str(one.review.key), side="below" if one.below else "above",
                fence=points(one.fence),
            )
            for one in batch.outliers
        ],
        "loose": [
            c.LooseProblem(
                rule=one.rule, fingerprint=one.fingerprint, document=one.document, project=one.project,
                severity=one.severity, reason=f"{one.title}：{one.message}",
            )
            for one in outcome.loose
        ],
        "documents": linted_documents(outcome.outcome),
    }  # fmt: skip


def _range(one: Range) -> c.PointRange:
    return c.PointRange(low=points(one.low), high=points(one.high))


def _department(one: Department) -> c.ReviewedDepartment:
    return c.ReviewedDepartment(
        department=one.name, projects=one.projects, mean=_range(one.mean), grades=dict(one.grades),
        worst=one.worst.project, findings=one.findings,
    )  # fmt: skip


def _projects(outcome: ReviewOutcome) -> list[c.ReviewedProject]:
    ranks = {ranked.review.key: (ranked.rank, ranked.of_department) for ranked in outcome.batch.ranking}
    same = {one.review.key: str(one.same.key) for one in outcome.batch.aside if one.same is not None}
    return [_project(review, ranks.get(review.key), same.get(review.key)) for review in outcome.reviews]


def _project(review: Review, ranks: tuple[int, int] | None, same_as: str | None) -> c.ReviewedProject:
    low, high = review.grade
    given, full = review.settled
    rank, of_department = ranks or (0, 0)
    return c.ReviewedProject(
        project=review.project, document=review.document, key=str(review.key),
        department=review.table.department, unit=review.table.unit, year=review.table.year, profile=review.profile,
        location=place(review.table.location), rank=rank, department_rank=of_department,
        score=_range(review.score), grade=c.GradeRange(low=low, high=high), consequence=review.consequence,
        machine=_range(review.machine), settled=c.SettledPoints(points=points(full), score=points(given)),
        items=[_item(item) for item in review.items], notes=list(review.notes),
        state="judged" if review.finished else "begun" if review.begun else "open",
        counted=ranks is not None, same_as=same_as,
    )  # fmt: skip


def _item(item: ItemReview) -> c.ReviewedItem:
    low, high = item.range
    said = item.judgement
    return c.ReviewedItem(
        dimension=item.dimension, item=item.item, points=points(item.points), low=points(low), high=points(high),
        judged_by=item.judged_by, decided_by=item.decided_by, machine=_range(item.machine),
        deductions=[_deduction(one) for one in item.deductions], questions=list(item.questions),
        evidence=[c.FormQuote(label=q.label, text=q.text, location=place(q.location)) for q in item.evidence],
        judgement=said and c.ReviewerJudgement(
            points=None if said.points is None else points(said.points), words=said.words, by=said.by
        ),
    )  # fmt: skip


def _deduction(one: Deduction) -> c.DeductedPoints:
    finding = one.finding
    return c.DeductedPoints(
        points=points(one.points), rule=finding.rule, fingerprint=finding.fingerprint, reason=reason(one),
        severity=finding.severity, share=plain_number(one.share), spared=one.spared or None,
        level2=finding.level2, indicator=finding.indicator, value=finding.value, suggestion=finding.suggestion,
        basis=list(finding.basis), evidence=[quote_part(quote) for quote in finding.evidence],
    )  # fmt: skip
