"""A finished check at mid-year as the renderers take it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from kpi.progress.monitor import withheld
from kpi.reports.outcome import Outcome
from kpi.rules.belonging import by_form

if TYPE_CHECKING:
    from kpi.progress.actuals import Actuals
    from kpi.progress.monitor import ProjectProgress
    from kpi.rules.finding import Finding
    from kpi.rules.monitoring import Watched


@dataclass(frozen=True)
class MonitorOutcome:
    """What was read, every form at the day, and what the rules found. `outcome.result` holds the findings; `history`:
    the same forms at the days of the earlier checks, as they would be judged by the rules of today."""

    outcome: Outcome
    watched: Watched
    actuals: Actuals
    as_of: date
    history: tuple[tuple[date, Watched], ...] = ()

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
        held = {id(one.table) for one in self.projects if one.misdated}
        left: set[int] = set()
        for result in self.outcome.result.documents:
            own, _ = by_form(result.findings, result.document.tables)
            for index, table in enumerate(result.document.tables):
                left |= {id(finding) for finding in own.get(index, ()) if id(table) in held}
        return tuple(finding for finding in self.findings if id(finding) not in left)

    def earlier(self, one: ProjectProgress) -> tuple[tuple[date, ProjectProgress], ...]:
        """A form at the days of the earlier checks that tell of it, in their order."""
        found = ((when, withheld(watched.by_table[id(one.table)])) for when, watched in self.history)
        return tuple((when, project) for when, project in found if any(not row.missing for row in project.indicators))

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
