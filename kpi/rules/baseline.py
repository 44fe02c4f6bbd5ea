"""Only what is new: findings that an earlier report had are left out, and what is gone since is counted."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Generic, Protocol, TypeVar

from kpi.rules.finding import Finding
from kpi.rules.fingerprint import normal
from kpi.rules.judged import covers
from kpi.rules.offices import office_key
from kpi.rules.rechecked import Form, Units, apart, rechecked
from kpi.rules.result import LintResult


class Earlier(Protocol):
    """A finding of an earlier report: its name, its rule, the project and the file that it was about (project "" where
    it was about none), what it was found on where it was about no cell, and the unit of its form ("": not told)."""

    @property
    def fingerprint(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def project(self) -> str: ...
    @property
    def document(self) -> str: ...
    @property
    def judged(self) -> tuple[str, ...]: ...
    @property
    def unit(self) -> str | None: ...


_E = TypeVar("_E", bound=Earlier)


def since(result: LintResult, before: Mapping[_E, int], files: Collection[str] = ()) -> LintResult:
    """`before`: how often an earlier report had each finding, `files`: all that it was about. A form that lies in
    several files is held against its own file of then; one that had none, against those that were not read again. Gone
    is only what was looked for again: of a rule that was asked, and of a form that was read."""
    forms = rechecked(_then(before, files), _now(result), _units(before, result))
    asked, read = {*result.rules_run, *result.rules_not_applicable}, {*forms.values()}
    left = _Left(before, read)
    present = (*result.findings, *(one.finding for one in result.waived))  # waived: neither known nor gone
    known = {id(finding) for finding in present if left.take(finding, forms.get(_form(finding)))}

    def new(findings: Iterable[Finding]) -> tuple[Finding, ...]:
        return tuple(finding for finding in findings if id(finding) not in known)

    gone = sum(times for one, times in left.times.items() if one.rule in asked and _form(one) in read)
    return replace(
        result,
        documents=tuple(document._replace(findings=new(document.findings)) for document in result.documents),
        notices=new(result.notices),
        known=sum(id(finding) in known for finding in result.findings),
        gone=gone,
        unseen=left.total() - gone,
    )


def _then(before: Mapping[_E, int], files: Collection[str]) -> dict[str, dict[str, Counter[str]]]:
    then: dict[str, dict[str, Counter[str]]] = {file: {} for file in files}
    for one, times in before.items():
        if not files or one.document in files:  # the rest is about side files, which hold no form
            projects = then.setdefault(one.document, {})
            projects.setdefault(normal(one.project), Counter())[one.fingerprint] += times
    return then


def _now(result: LintResult) -> dict[str, dict[str, Counter[str]]]:
    now: dict[str, dict[str, Counter[str]]] = {}
    for document in result.documents:
        names = ("", *(table.project for table in document.document.tables))
        projects = now.setdefault(document.path, {})
        projects |= {name: Counter() for name in map(normal, names) if name not in projects}
        for finding in document.findings:
            projects.setdefault(normal(finding.project), Counter())[finding.fingerprint] += 1
    return now


def _units(before: Iterable[Earlier], result: LintResult) -> Units:
    then: dict[Form, set[str]] = {}
    now: dict[Form, set[str]] = {}
    for one in before:
        then.setdefault(_form(one), set()).add(office_key(one.unit or ""))
    for document in result.documents:
        for table in document.document.tables:
            form = Form(document.path, normal(table.project))
            now.setdefault(form, set()).add(office_key(table.unit or ""))
    return Units(then, now)


def _form(one: Earlier) -> Form:
    return Form(one.document, normal(one.project))


class _Left(Generic[_E]):
    """The findings of the earlier report that have not come up again so far. `read`: its forms that were read again."""

    def __init__(self, before: Mapping[_E, int], read: Collection[Form]) -> None:
        self.times = Counter(dict(before))
        # In order, by what they may be known by, and by their form; None for those that were not read again.
        self._named: dict[tuple[Form | None, str], dict[_E, None]] = {}
        self._alike: dict[tuple[Form | None, str], dict[_E, None]] = {}
        for one in before:
            form = _form(one) if _form(one) in read else None
            self._named.setdefault((form, one.fingerprint), {})[one] = None
            if one.judged:
                self._alike.setdefault((form, one.rule), {})[one] = None

    def total(self) -> int:
        return self.times.total()

    def take(self, finding: Finding, form: Form | None) -> bool:
        """Whether the finding was there in the form of then: under its name, or found on the same under another one,
        since one of its kind that stood before it was put right. Other figures of a whole form are another finding.
        None: a form that was not there before, or what is about none."""
        there = [*self._named.get((form, finding.fingerprint), ())]
        if finding.judged:
            alike = self._alike.get((form, finding.rule), ())
            there += (one for one in alike if normal(one.project) == normal(finding.project))
        for one in there:
            if form is None and apart({office_key(one.unit or "")}, {office_key(finding.unit or "")}):
                continue
            if self.times[one] and covers(one.judged, finding.judged):
                self.times[one] -= 1
                return True
        return False
