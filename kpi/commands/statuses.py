"""The exit status of a command that looks for findings."""

from collections.abc import Sequence
from typing import Protocol

from kpi.commands import FOUND, OK, UNCHECKED
from kpi.rules.finding import SEVERITIES, Finding


class Checked(Protocol):
    """A finished run of any such command."""

    @property
    def could_not_check(self) -> int: ...

    @property
    def findings(self) -> Sequence[Finding]: ...


def status(outcome: Checked, fail_on: str) -> int:
    """2 outranks 1: what could not be checked never counts as clean. Rules on trial fail nothing."""
    if outcome.could_not_check:
        return UNCHECKED
    failing = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on in SEVERITIES else ()
    return FOUND if any(f.severity in failing and f.status != "trial" for f in outcome.findings) else OK
