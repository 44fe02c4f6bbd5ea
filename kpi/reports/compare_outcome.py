"""A finished comparison as the renderers take it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpi.reports.outcome import Reading

if TYPE_CHECKING:
    from kpi.progress.compare import Compared


@dataclass(frozen=True)
class CompareOutcome:
    """What was read of the old and of the new, and what changed between them."""

    old: Reading
    new: Reading
    compared: Compared

    @property
    def unread(self) -> bool:
        """Whether one side has no form at all: nothing can be said of what changed."""
        return not all(any(document.tables for document in side.documents) for side in (self.old, self.new))

    @property
    def could_not_check(self) -> int:
        """Not zero means exit status 2: files that could not be read, or a side without a form."""
        blocked = sum(failure.blocks for reading in (self.old, self.new) for failure in reading.failures)
        empty = sum(
            not any(document.tables for document in reading.documents) for reading in (self.old, self.new)
        )
        return blocked + empty
