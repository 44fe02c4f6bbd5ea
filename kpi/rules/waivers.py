"""What an office lets stand, and which findings it is for.

Pure: reading the side file is `waiver_file`, finding it is `kpi.beside`, taking findings out of a result is `waiving`.
"""

import os
from datetime import date
from typing import NamedTuple

from kpi.rules.finding import Finding
from kpi.rules.fingerprint import normal
from kpi.rules.judged import covers, differing
from kpi.rules.offices import office_key
from kpi.rules.ruleset import Ruleset
from kpi.values.normal import squeezed


class Waiver(NamedTuple):
    """One entry of a side file: a finding by its `fingerprint`, or a `rule` in a project, or a rule in a folder.

    `home` is the folder of the side file, `folder` the one below it that the waiver is for; both absolute. A waiver for
    a `value` holds only as long as the value stays. `line` is its place in the file `label`. `unit` chooses among
    projects of one name: None takes them all, "" those whose form tells no unit.
    """

    home: str
    label: str
    line: int
    reason: str
    by: str
    until: date
    fingerprint: str | None = None
    rules: frozenset[str] = frozenset()
    rule: str | None = None
    project: str | None = None
    folder: str | None = None
    indicator: str | None = None
    value: str | None = None
    lost: bool = False  # its folder is not there
    unit: str | None = None

    @property
    def foreign(self) -> bool:
        """Whether it is for a folder beside or above its own: what another office files is not for this one to let
        stand."""
        return self.folder is not None and not lies_within(self.folder, self.home)

    @property
    def title(self) -> str:
        """What it is for, in words."""
        rule = self.rule or ""
        whose = f"项目“{self.project}”" if self.project else f"文件夹“{os.path.basename(self.folder or self.home)}”"
        if self.fingerprint is None:
            return f"{whose}的 {rule}"
        named = f"“{self.indicator}”的 " if self.indicator else ""
        return f"{named}{rule}（编号 {self.fingerprint}）".lstrip()

    def within(self, path: str) -> bool:
        """Whether a file lies where the waiver counts."""
        return not self.foreign and lies_within(path, self.folder or self.home)

    @property
    def whose(self) -> str | None:
        """Its unit as units are compared."""
        return None if self.unit is None else office_key(self.unit)

    def takes(self, unit: str | None) -> bool:
        """Whether it holds for the forms of a unit."""
        return self.unit is None or self.whose == office_key(unit or "")

    def means(self, finding: Finding) -> bool:
        """Whether it was made for this finding, whatever the value is now and whose form it is."""
        if self.fingerprint is not None:
            return finding.fingerprint == self.fingerprint
        return finding.rule in self.rules and (self.project is None or normal(self.project) == normal(finding.project))

    def fits(self, finding: Finding) -> bool:
        """Whether it was agreed upon for what stands there now."""
        if self.value is None:
            return True
        if finding.value is None:
            return covers((self.value,), finding.judged)
        return _same(self.value, finding.value)

    def change(self, finding: Finding) -> dict[str, str]:
        """What was agreed upon, and what stands there now instead."""
        then, now = self.value or "", finding.value or ""
        if finding.value is None:
            then, now = differing((then,), finding.judged)
        return {"then": then, "now": now}


def lies_within(path: str, folder: str) -> bool:
    """Whether a path is a folder or below it, both absolute."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def cannot_be_waived(rule: str, ruleset: Ruleset) -> bool:
    """What the engine itself has to say must be heard; the ruleset may name more."""
    return rule in ruleset.mandatory or ruleset.rules[rule].heard


def _same(then: str, now: str) -> bool:
    """Width and white space do not make a value another one; signs and figures do."""
    return squeezed(then) == squeezed(now)
