"""Only what is new: findings that an earlier report had are left out, and what is gone since is counted."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from kpi.rules.finding import Finding
from kpi.rules.result import LintResult


def since(result: LintResult, before: Mapping[str, int]) -> LintResult:
    """`before`: how often an earlier report had each fingerprint. Two findings may share one where two files hold
    forms of one name, so each is known as often as it was there."""
    left = Counter(before)

    def new(findings: Iterable[Finding]) -> tuple[Finding, ...]:
        kept = []
        for finding in findings:
            if left[finding.fingerprint] > 0:
                left[finding.fingerprint] -= 1
            else:
                kept.append(finding)
        return tuple(kept)

    documents = tuple(document._replace(findings=new(document.findings)) for document in result.documents)
    notices = new(result.notices)
    known = sum(before.values()) - sum(left.values())
    new(waived.finding for waived in result.waived)  # still there, and told as waived: neither known nor gone
    return replace(result, documents=documents, notices=notices, known=known, gone=sum(left.values()))
