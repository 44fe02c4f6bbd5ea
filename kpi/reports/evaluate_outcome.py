"""A finished evaluation as the renderers take it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpi.reports.outcome import Outcome

if TYPE_CHECKING:
    from kpi.model import Document
    from kpi.progress.assess import Assessed
    from kpi.progress.evaluation import Evaluation
    from kpi.rules.finding import Finding


@dataclass(frozen=True)
class EvaluateOutcome:
    """What the rules said of the self-evaluations, the recomputed points, and what fitted nothing."""

    outcome: Outcome
    assessed: Assessed

    @property
    def evaluations(self) -> Iterator[tuple[Document, Evaluation]]:
        """In document order."""
        for document in self.assessed.documents:
            for one in self.assessed.of(document):
                yield document, one

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.outcome.findings

    def of_form(self, one: Evaluation) -> tuple[Finding, ...]:
        """The findings of one form."""
        return self.outcome.of_form(one.table)

    @property
    def could_not_check(self) -> int:
        """Not zero means exit status 2: files that could not be read, rules that broke, nothing to evaluate."""
        return self.outcome.could_not_check + (not self.assessed.results)
