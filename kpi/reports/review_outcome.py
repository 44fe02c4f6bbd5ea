"""A finished review as the renderers take it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kpi.reports.outcome import Outcome

if TYPE_CHECKING:  # reading alone needs none of it
    from kpi.rules.finding import Finding
    from kpi.scoring import Batch, Review


@dataclass(frozen=True)
class ReviewOutcome:
    """The check that it stands on, a review a form, all of them side by side. `problems`: what of a reviewer's
    workbook could not be used; `judged`: its path, None where there was none."""

    outcome: Outcome
    reviews: tuple[Review, ...]
    batch: Batch
    judged: str | None = None
    problems: tuple[str, ...] = ()

    @cached_property
    def sheets(self) -> tuple[Review, ...]:
        """The forms that get a table of their own: one that comes again gets none."""
        again = {one.review.key for one in self.batch.aside if one.same is not None}
        return tuple(review for review in self.reviews if review.key not in again)

    @cached_property
    def loose(self) -> tuple[Finding, ...]:
        """Findings about a file as a whole or between forms, which cost no project points."""
        from kpi.scoring.review import loose  # noqa: PLC0415

        return loose(self.outcome.result, self.outcome.ruleset)

    @property
    def could_not_check(self) -> int:
        """Not zero means exit status 2."""
        return self.outcome.could_not_check + len(self.problems)
