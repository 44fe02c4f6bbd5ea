"""A finished check at mid-year as the renderers take it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kpi.reports.outcome import Outcome

if TYPE_CHECKING:
    from kpi.progress.actuals import Actuals
    from kpi.progress.monitor import ProjectProgress
    from kpi.rules.finding import Finding
    from kpi.rules.monitoring import Watched


@dataclass(frozen=True)
class MonitorOutcome:
    """What was read, every form at the day, and what the rules found. `outcome.result` holds the findings."""

    outcome: Outcome
    watched: Watched
    actuals: Actuals
    as_of: date

    @property
    def projects(self) -> tuple[ProjectProgress, ...]:
        return self.watched.projects

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.outcome.findings

    @property
    def could_not_check(self) -> int:
        """Not zero means exit status 2."""
        return self.outcome.could_not_check
