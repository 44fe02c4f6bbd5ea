"""A finished check at mid-year as the renderers take it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from kpi.progress.monitor import withheld
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
    def history(self) -> tuple[tuple[date, tuple[ProjectProgress, ...]], ...]:
        """The forms at the days of the earlier checks."""
        return self.watched.history

    @property
    def projects(self) -> tuple[ProjectProgress, ...]:
        return self.watched.projects

    @cached_property
    def shown(self) -> tuple[ProjectProgress, ...]:
        """The projects as people are shown them: of a day of another year no light and no conclusion."""
        return tuple(withheld(one) for one in self.projects)

    @cached_property
    def shown_findings(self) -> tuple[Finding, ...]:
        """The findings without those that stand on figures which are not shown."""
        if not any(one.misdated for one in self.projects):
            return self.findings
        held = (self.outcome.of_form(one.table) for one in self.projects if one.misdated)
        left = {id(finding) for some in held for finding in some}
        return tuple(finding for finding in self.findings if id(finding) not in left)

    def of_form(self, one: ProjectProgress) -> tuple[Finding, ...]:
        """The findings about one form; none where it is not judged."""
        return () if one.misdated else self.outcome.of_form(one.table)

    def earlier(self, one: ProjectProgress) -> tuple[tuple[date, ProjectProgress], ...]:
        """A form at the days of the earlier checks that tell of it, in their order."""
        return self._earlier.get(id(one.table), ())

    @cached_property
    def _earlier(self) -> Mapping[int, tuple[tuple[date, ProjectProgress], ...]]:
        told: dict[int, list[tuple[date, ProjectProgress]]] = {}
        for when, projects in self.history:
            for one in map(withheld, projects):
                if any(not row.missing for row in one.indicators):
                    told.setdefault(id(one.table), []).append((when, one))
        return {table: tuple(some) for table, some in told.items()}

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.outcome.findings

    @property
    def could_not_check(self) -> int:
        """Not zero means exit status 2: files that could not be read, rules that broke, projects of which nothing can
        be said."""
        return self.outcome.could_not_check + len(self.unwatched)

    @property
    def unwatched(self) -> tuple[ProjectProgress, ...]:
        """The projects of which nothing can be concluded: the day is of another year, or nothing is told of them."""
        return tuple(one for one in self.projects if one.unwatched)
