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
    """2 outranks 1: what could not be checked never counts as clean. What the ruleset wants mended fails whatever its
    severity, unless nothing is to; rules on trial fail nothing."""
    if outcome.could_not_check:
        return UNCHECKED
    failing = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on in SEVERITIES else ()
    counting = [finding for finding in outcome.findings if failing and finding.status != "trial"]
    return FOUND if any(finding.severity in failing or finding.mandatory for finding in counting) else OK
