"""What findings cost an item. The order in which they come does not matter, and one more never gives points back."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from kpi.rules.finding import SEVERITIES, Finding
from kpi.scoring.result import Deduction, Spared, cents
from kpi.scoring.scheme import Deductions, ItemFigures

_WHOLE = Decimal(100)


def deduct(item: ItemFigures, findings: Iterable[Finding], figures: Deductions) -> tuple[Deduction, ...]:
    """A deduction a finding, the gravest first. Each costs its share of the item; a rule counts so many times, and
    an item loses so much at most."""
    left = cents(item.points * figures.most_per_item / _WHOLE)
    counted: Counter[str] = Counter()
    made = []
    for finding in sorted(findings, key=_order):
        share = figures.share(finding.severity)
        due = cents(item.points * share / _WHOLE)
        spared: Spared = ""
        if counted[finding.rule] >= figures.times_per_rule:
            due, spared = Decimal(0), "rule"
        elif due > left:
            due, spared = left, "item"
        counted[finding.rule] += 1
        left -= due
        made.append(Deduction(due, share, finding, spared))
    return tuple(made)


def _order(finding: Finding) -> tuple[int | str, ...]:
    """By gravity first, so that of one rule the gravest ones count."""
    names = (finding.level2, finding.indicator, finding.value, finding.half)
    return (
        SEVERITIES.index(finding.severity), finding.rule, *(name or "" for name in names),
        finding.fingerprint, finding.message, finding.status, str(finding.evidence),
    )  # fmt: skip
