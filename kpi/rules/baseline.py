"""Only what is new: findings that an earlier report had are left out, and what is gone since is counted."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Protocol, TypeVar

from kpi.rules.finding import Finding
from kpi.rules.result import LintResult


class Earlier(Protocol):
    """A finding of an earlier report: its name, its rule and the project it was about ("" where it was about none)."""

    @property
    def fingerprint(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def project(self) -> str: ...


_E = TypeVar("_E", bound=Earlier)


def since(result: LintResult, before: Mapping[_E, int]) -> LintResult:
    """`before`: how often an earlier report had each finding. Two findings may share one fingerprint where two files
    hold forms of one name, so each is known as often as it was there. Gone is only what was looked for again: of a rule
    that was asked, and of a form that was read."""
    left: Counter[str] = Counter()
    for finding, times in before.items():
        left[finding.fingerprint] += times

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
    asked = {*result.rules_run, *result.rules_not_applicable}
    read = {table.project for document in result.documents for table in document.document.tables} | {""}
    looked_for = {one.fingerprint for one in before if one.rule in asked and one.project in read}
    gone = sum(times for fingerprint, times in left.items() if fingerprint in looked_for)
    unseen = sum(left.values()) - gone
    return replace(result, documents=documents, notices=notices, known=known, gone=gone, unseen=unseen)
