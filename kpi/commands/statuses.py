"""The exit status of a command that looks for findings."""

from collections.abc import Sequence
from typing import Protocol

from kpi.commands import FOUND, OK, UNCHECKED
from kpi.rules.finding import Finding


class Checked(Protocol):
    """A finished run of any such command."""

    @property
    def could_not_check(self) -> int: ...

    @property
    def findings(self) -> Sequence[Finding]: ...


def status(outcome: Checked, fail_on: str) -> int:
    """2 outranks 1: what could not be checked never counts as clean."""
    if outcome.could_not_check:
        return UNCHECKED
    return FOUND if any(finding.fails(fail_on) for finding in outcome.findings) else OK
