"""What a run over files comes to: what was read, what could not be, what the rules said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kpi.model import Document, TargetTable

if TYPE_CHECKING:  # the rules bring pydantic along, which reading alone does not need
    from kpi.rules.finding import Finding
    from kpi.rules.result import LintResult
    from kpi.rules.ruleset import Rule, Ruleset


class Failure(NamedTuple):
    """A file that was not checked; `message` is one Chinese sentence.

    `blocks`: the run counts as "could not check". Not so for a file of a folder that merely holds no form while
    another one does: such files are listed only. `explain`: what was read of it, and why it is no form.
    `own`: kpi wrote it itself; in a folder it is left out.
    """

    path: str
    message: str
    blocks: bool = True
    explain: tuple[str, ...] = ()
    own: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """The documents under the given paths, in order, and the files that gave none. A document here has a form at
    least, or something unread that looks like one."""

    documents: tuple[Document, ...]
    failures: tuple[Failure, ...] = ()

    @property
    def blocked(self) -> bool:
        return any(failure.blocks for failure in self.failures)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A finished check: what was read, what the rules said of it, and the ruleset that was run."""

    reading: Reading
    result: LintResult
    ruleset: Ruleset

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings in document order, then by rule code."""
        return self.result.findings

    def of_form(self, table: TargetTable) -> tuple[Finding, ...]:
        """Those about one form."""
        return self.result.by_table.get(id(table), ())

    @property
    def could_not_check(self) -> int:
        """Files that could not be read or held no form, and rules that broke. Not zero means exit status 2."""
        return sum(failure.blocks for failure in self.reading.failures) + self.result.could_not_check

    def rule(self, code: str) -> Rule | None:
        return self.ruleset.rules.get(code)
