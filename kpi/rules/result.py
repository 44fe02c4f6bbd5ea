"""What a run says, before anybody shows it. Frozen data."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from kpi.model import Document, Unread
from kpi.rules.belonging import by_form
from kpi.rules.finding import SEVERITIES, Finding, Severity


class Skipped(NamedTuple):
    """A rule that could not judge `forms` of the `of` forms of a document, and why."""

    rule: str
    reason: str
    forms: int
    of: int


class Cut(NamedTuple):
    """A form that stops short at the row `at`: what should come after it was not there to be checked."""

    project: str
    at: str


class Waived(NamedTuple):
    """A finding that an office lets stand, why, who said so and until which day."""

    finding: Finding
    reason: str
    by: str
    until: date


class DocumentResult(NamedTuple):
    """One document. `not_applicable`: rules that could judge nothing in it; `partly`: those that left some forms out.
    `cut`: forms that stop short.

    `profile`: the tree of most of its forms, None where it has none.
    """

    document: Document
    profile: str | None
    findings: tuple[Finding, ...]
    not_applicable: tuple[Skipped, ...] = ()
    partly: tuple[Skipped, ...] = ()
    cut: tuple[Cut, ...] = ()

    @property
    def path(self) -> str:
        return self.document.path

    @property
    def tables(self) -> int:
        return len(self.document.tables)

    @property
    def indicators(self) -> int:
        """Indicators that say anything; empty rows of the form are not counted."""
        return sum(indicator.filled for table in self.document.tables for indicator in table.indicators)

    @property
    def unread(self) -> tuple[Unread, ...]:
        return self.document.unread


@dataclass(frozen=True)
class LintResult:
    """A whole run. `rules_run` judged something; `rules_not_applicable` found nothing to judge in any document.

    `partial`: only some of the ruleset's rules were asked for. `broken`: codes of rules that raised.
    `could_not_check`: how many forms (or whole documents) they left unjudged; the
    exit status is 2 where it is not 0. `waived`: what waivers took out; `notices`: what is to say of the waivers
    themselves (KPI003); their `document` is the side file. `known`: findings that a baseline had; `gone`: how many of
    the baseline's are there no more, None where there was no baseline; `unseen`: how many of them this run did not look
    for, since their form or their rule was not among what was asked.
    """

    ruleset: str
    documents: tuple[DocumentResult, ...]
    rules_run: tuple[str, ...]
    rules_not_applicable: tuple[str, ...]
    broken: tuple[str, ...] = ()
    could_not_check: int = 0
    partial: bool = False
    waived: tuple[Waived, ...] = ()
    notices: tuple[Finding, ...] = ()
    known: int = 0
    gone: int | None = None
    unseen: int = 0

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Those of the documents in their order, what is to say of waivers last."""
        return (*(finding for document in self.documents for finding in document.findings), *self.notices)

    @cached_property
    def by_table(self) -> Mapping[int, tuple[Finding, ...]]:
        """The findings about one form, by the identity of its table; forms without any have none."""
        own = ((one.document.tables, by_form(one.findings, one.document.tables)[0]) for one in self.documents)
        return {id(tables[number]): some for tables, found in own for number, some in found.items()}

    @cached_property
    def counts(self) -> Mapping[Severity, int]:
        """Findings by severity, all three present."""
        counted = Counter(finding.severity for finding in self.findings)
        return {severity: counted[severity] for severity in SEVERITIES}

    @property
    def tables(self) -> int:
        return sum(document.tables for document in self.documents)

    @property
    def indicators(self) -> int:
        return sum(document.indicators for document in self.documents)
