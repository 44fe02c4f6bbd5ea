"""`kpi rules` as JSON."""

from collections.abc import Iterable

from kpi.reports import contract as c
from kpi.rules.ruleset import Citation, Rule, Ruleset

_SCHEMA = "kpi.rules/1"


def render_json(rules: Iterable[Rule], ruleset: Ruleset) -> str:
    report = c.RulesReport(schema=_SCHEMA, ruleset=ruleset.name, rules=[_entry(rule, ruleset) for rule in rules])
    return report.model_dump_json(by_alias=True, exclude_unset=True, indent=1) + "\n"


def render_jsonl(rules: Iterable[Rule], ruleset: Ruleset) -> str:
    """One rule a line."""
    return "".join(_entry(rule, ruleset).model_dump_json(exclude_unset=True) + "\n" for rule in rules)


def _entry(rule: Rule, ruleset: Ruleset) -> c.RuleEntry:
    wording = rule.default.wording
    return c.RuleEntry(
        rule=rule.code,
        name=rule.name,
        title=rule.title,
        severity=rule.severity,
        confidence=rule.confidence,
        status=rule.status,
        on=rule.code not in ruleset.off,
        review_item=rule.review_item,
        message=wording.message.text,
        expected=wording.expected.text,
        suggestion=wording.suggestion.text,
        rationale=rule.rationale,
        false_positives=list(rule.false_positives),
        basis=[_basis(citation) for citation in rule.basis],
    )


def _basis(citation: Citation) -> c.CitedBasis:
    basis = citation.basis
    until = basis.in_force_to.isoformat() if basis.in_force_to else None
    return c.CitedBasis(
        text=str(citation), in_force_from=basis.in_force_from.isoformat(), in_force_to=until, verified=citation.verified
    )
