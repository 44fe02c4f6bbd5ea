"""`kpi lint` as JSON: the same input gives the same bytes."""

from typing import Any

from kpi.reports import contract as c
from kpi.reports.about import trees
from kpi.reports.extract_json import place, unread_part
from kpi.reports.outcome import Failure, Outcome
from kpi.reports.printed import finding_as_printed
from kpi.reports.view import View
from kpi.rules.finding import Evidence, Finding
from kpi.rules.result import DocumentResult

_SCHEMA = "kpi.lint/1"
_VIEW = View()  # the contract knows no other


def render_json(outcome: Outcome, view: View = _VIEW) -> str:
    report = c.LintReport(
        schema=_SCHEMA,
        summary=_summary(outcome),
        ruleset=outcome.ruleset.name,
        made_with=made_with(outcome),
        documents=linted_documents(outcome),
        findings=[found_problem(finding) for finding in _findings(outcome)],
        waived=waived_problems(outcome),
    )
    return report.model_dump_json(by_alias=True, exclude_unset=True, indent=1) + "\n"


def render_jsonl(outcome: Outcome, view: View = _VIEW) -> str:
    """One document with its findings a line, the summary last."""
    found = [
        [found_problem(finding_as_printed(finding, result.document.printed)) for finding in result.findings]
        for result in outcome.result.documents
    ]
    documents = linted_documents(outcome)
    found += [[] for _ in documents[len(found) :]]
    lines: list[c.Part] = [
        c.LintLine(schema=_SCHEMA, document=document, findings=findings)
        for document, findings in zip(documents, found, strict=True)
    ]
    notices = [found_problem(finding) for finding in outcome.result.notices]
    summary, waived = _summary(outcome), waived_problems(outcome)
    lines.append(
        c.LintLast(schema=_SCHEMA, ruleset=outcome.ruleset.name, made_with=made_with(outcome), summary=summary,
                   findings=notices, waived=waived)
    )
    return "".join(one.model_dump_json(by_alias=True, exclude_unset=True) + "\n" for one in lines)


def _findings(outcome: Outcome) -> list[Finding]:
    known = {result.path: result.document.printed for result in outcome.result.documents if result.document.printed}
    return [finding_as_printed(finding, known.get(finding.document, {})) for finding in outcome.findings]


def made_with(outcome: Outcome) -> c.MadeWith:
    ruleset = outcome.ruleset
    return c.MadeWith(
        name=ruleset.name,
        title=ruleset.title,
        version=ruleset.version,
        law_date=ruleset.dated.isoformat() if ruleset.dated else None,
        trees=dict(trees(outcome)),
    )


def _summary(outcome: Outcome) -> c.Summary:
    result = outcome.result
    counts = result.counts
    return c.Summary(
        documents=len(result.documents),
        tables=result.tables,
        indicators=result.indicators,
        findings=c.Counts(error=counts["error"], warning=counts["warning"], info=counts["info"]),
        rules=c.RuleCounts(run=len(result.rules_run), not_applicable=len(result.rules_not_applicable)),
        waived=len(result.waived),
        baseline=c.Baseline(known=result.known, gone=result.gone or 0),
        could_not_check=outcome.could_not_check,
    )


def waived_problems(outcome: Outcome) -> list[c.WaivedProblem]:
    return [
        c.WaivedProblem(
            rule=one.rule, fingerprint=one.fingerprint, document=one.document, project=one.project,
            indicator=one.indicator, value=one.value, reason=reason, by=by, until=until.isoformat(),
        )
        for one, reason, by, until in outcome.result.waived
    ]  # fmt: skip


def linted_documents(outcome: Outcome) -> list[c.LintedDocument]:
    """Every file under the given paths: those that were checked, in their order, then those that were not."""
    errors = {failure.path: failure.message for failure in outcome.reading.failures}
    checked = [_document(result, errors.get(result.path)) for result in outcome.result.documents]
    paths = {result.path for result in outcome.result.documents}
    return checked + [_failure(failure) for failure in outcome.reading.failures if failure.path not in paths]


def _document(result: DocumentResult, error: str | None) -> c.LintedDocument:
    return c.LintedDocument(
        path=result.path,
        tables=result.tables,
        profile=result.profile,
        error=error,
        unread=[unread_part(part) for part in result.unread],
        not_applicable=[c.NotApplicableRule(rule=miss.rule, reason=miss.reason) for miss in result.not_applicable],
    )


def _failure(failure: Failure) -> c.LintedDocument:
    return c.LintedDocument(
        path=failure.path, tables=0, profile=None, error=failure.message, unread=[], not_applicable=[]
    )


def quote_part(quote: Evidence) -> c.Quote:
    if quote.document is None:
        return c.Quote(text=quote.text, location=place(quote.location))
    return c.Quote(text=quote.text, location=place(quote.location), document=quote.document)


def found_problem(finding: Finding) -> c.FoundProblem:
    fix = c.Replacement(safe=finding.fix.safe, replace=finding.fix.replace) if finding.fix else None
    more: dict[str, Any] = {"judged": list(finding.judged)} if finding.judged else {}
    more |= {"mandatory": True} if finding.mandatory else {}
    more |= {"unit": finding.unit} if finding.unit else {}
    return c.FoundProblem(
        rule=finding.rule,
        name=finding.name,
        title=finding.title,
        severity=finding.severity,
        confidence=finding.confidence,
        fingerprint=finding.fingerprint,
        document=finding.document,
        project=finding.project,
        half=finding.half,
        level2=finding.level2,
        indicator=finding.indicator,
        value=finding.value,
        message=finding.message,
        expected=finding.expected,
        evidence=[quote_part(quote) for quote in finding.evidence],
        basis=list(finding.basis),
        suggestion=finding.suggestion,
        status=finding.status,
        fix=fix,
        review_item=finding.review_item,
        **more,
    )
