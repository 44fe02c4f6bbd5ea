"""Only what is new: findings that an earlier report had are left out, and what is gone since is counted."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Generic, Protocol, TypeVar

from kpi.rules.finding import Finding
from kpi.rules.judged import covers
from kpi.rules.result import LintResult


class Earlier(Protocol):
    """A finding of an earlier report: its name, its rule and the project it was about ("" where it was about none), and
    what it was found on where it was about no cell."""

    @property
    def fingerprint(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def project(self) -> str: ...
    @property
    def judged(self) -> tuple[str, ...]: ...


_E = TypeVar("_E", bound=Earlier)


def since(result: LintResult, before: Mapping[_E, int]) -> LintResult:
    """`before`: how often an earlier report had each finding. Two findings may share one fingerprint where two files
    hold forms of one name, so each is known as often as it was there. Gone is only what was looked for again: of a rule
    that was asked, and of a form that was read."""
    left = _Left(before)

    def new(findings: Iterable[Finding]) -> tuple[Finding, ...]:
        return tuple(finding for finding in findings if not left.take(finding))

    documents = tuple(document._replace(findings=new(document.findings)) for document in result.documents)
    notices = new(result.notices)
    known = sum(before.values()) - left.total()
    new(waived.finding for waived in result.waived)  # still there, and told as waived: neither known nor gone
    asked = {*result.rules_run, *result.rules_not_applicable}
    read = {table.project for document in result.documents for table in document.document.tables} | {""}
    gone = sum(times for one, times in left.times.items() if one.rule in asked and one.project in read)
    unseen = left.total() - gone
    return replace(result, documents=documents, notices=notices, known=known, gone=gone, unseen=unseen)


class _Left(Generic[_E]):
    """The findings of the earlier report that have not come up again so far."""

    def __init__(self, before: Mapping[_E, int]) -> None:
        self.times = Counter(dict(before))
        self._named: dict[str, list[_E]] = {}
        self._alike: dict[tuple[str, str], list[_E]] = {}
        for one in before:
            self._named.setdefault(one.fingerprint, []).append(one)
            if one.judged:
                self._alike.setdefault((one.rule, one.project), []).append(one)

    def total(self) -> int:
        return sum(self.times.values())

    def take(self, finding: Finding) -> bool:
        """Whether the finding was there: under its name, or found on the same under another one, since one of its kind
        that stood before it was put right. Other figures of a whole form are another finding."""
        there = list(self._named.get(finding.fingerprint, ()))
        there += self._alike.get((finding.rule, finding.project), ()) if finding.judged else ()
        for one in there:
            if self.times[one] > 0 and covers(one.judged, finding.judged):
                self.times[one] -= 1
                return True
        return False
