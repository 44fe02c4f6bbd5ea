"""What is to be said of waivers themselves: those that are expired, outdated, unused or not allowed (KPI003)."""

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from kpi.model import Document, Location
from kpi.rules.finding import Evidence, Finding, Hit
from kpi.rules.fingerprint import fingerprint, normal
from kpi.rules.likenames import similar
from kpi.rules.offices import office_key
from kpi.rules.phrase import Phrase
from kpi.rules.result import LintResult
from kpi.rules.ruleset import Ruleset
from kpi.rules.silence import Found
from kpi.rules.waivers import Waiver, cannot_be_waived, lies_within
from kpi.values.normal import squeezed

UNUSED = "KPI003"
_NO_UNIT = "没有写实施单位的表"
_MOST_UNITS = 4  # that a sentence names


class Use(NamedTuple):
    """A waiver with the findings that it was made for; `others`: those of forms of other units than it names."""

    waiver: Waiver
    meant: list[Finding]
    others: list[Finding]


class Seen:
    """What the run has seen: only then can something be said to be gone."""

    def __init__(
        self, result: LintResult, asked: Collection[str], covered: Sequence[str], held: Iterable[Finding]
    ) -> None:
        self.asked, self.covered = asked, covered
        self._held = {id(finding) for finding in held}
        self.forms = [
            (os.path.abspath(document.path), table.project, table.unit or "")
            for document in result.documents
            for table in document.document.tables
        ]
        self.found = {(finding.rule, finding.project) for document in result.documents for finding in document.findings}

    def stands(self, finding: Finding) -> bool:
        """Whether no waiver at all takes it out."""
        return id(finding) not in self._held

    def asks(self, waiver: Waiver) -> bool:
        """Whether the run asked for all that it is about."""
        return not waiver.rules or waiver.rules <= set(self.asked)

    def knows(self, waiver: Waiver) -> bool:
        """Whether its project is among those that were read, be it another unit's."""
        wanted = normal(waiver.project or "")
        return any(normal(project) == wanted and waiver.within(path) for path, project, _ in self.forms)

    def own(self, waiver: Waiver, project: str | None) -> bool:
        """Whether a form of its unit was read, of the project where one is given."""
        wanted = None if project is None else normal(project)
        return any(
            wanted in (None, normal(name)) and waiver.takes(unit) and waiver.within(path)
            for path, name, unit in self.forms
        )

    def meant(self, waiver: Waiver) -> tuple[str, ...]:
        """Projects with a finding that it would waive, if its own name were not another one."""
        near = (project for path, project, _ in self.forms if project and waiver.within(path))
        like = similar(waiver.project or "", near, siblings=False)
        return tuple(name for name in like if any((rule, name) in self.found for rule in waiver.rules))

    def judged(self, waiver: Waiver) -> bool:
        """Whether the finding would have come up if it were still there."""
        return self.asks(waiver) and (bool(waiver.project and self.own(waiver, waiver.project)) or self.whole(waiver))

    def whole(self, waiver: Waiver) -> bool:
        """Whether all files that it is for were read."""
        base = waiver.folder or waiver.home
        return any(lies_within(base, folder) for folder in self.covered)


def notices(uses: Iterable[Use], seen: Seen, ruleset: Ruleset, today: date) -> Iterator[Finding]:
    by_file: dict[str, list[Found]] = {}
    lines: dict[tuple[object, ...], int] = {}
    for use in uses:
        waiver = use.waiver
        case, facts = _complaint(use, seen, ruleset, today)
        first = lines.setdefault(_target(waiver), waiver.line)
        if case is None and first != waiver.line:
            case, facts = "double", {"then": str(first)}
        if case:
            by_file.setdefault(waiver.label, []).append(_found(waiver, case, facts, ruleset))
    for label, found in by_file.items():
        for number, finding in enumerate(Phrase(Document(label, "waivers"), today).findings(found)):
            what = found[number].hit.facts["waiver"]
            name = fingerprint(finding.rule, label, None, what, 0)
            yield finding._replace(fingerprint=name, mandatory=finding.rule in ruleset.mandatory)


def _target(waiver: Waiver) -> tuple[object, ...]:
    """What a waiver is for; two of one file for the same are one too many. One finding may stand in several forms of a
    folder with a value each."""
    where = (waiver.label, waiver.fingerprint, squeezed(waiver.value or ""), waiver.whose)
    return where if waiver.fingerprint else (*where, waiver.rules, waiver.project, waiver.folder)


def _complaint(use: Use, seen: Seen, ruleset: Ruleset, today: date) -> tuple[str | None, dict[str, str]]:
    """What is wrong with a waiver, as a case of KPI003."""
    waiver, meant = use.waiver, use.meant
    if waiver.foreign:
        return "elsewhere", {"now": _below(waiver.folder or "", waiver.home)}
    if waiver.lost:
        return "no-folder", {"now": os.path.relpath(waiver.folder or "", waiver.home)}
    other = next((f.rule for f in meant if waiver.fingerprint and waiver.rules and f.rule not in waiver.rules), None)
    if other:
        return "other-rule", {"then": waiver.rule or "", "now": other}
    if kept := dict.fromkeys(finding.rule for finding in meant if cannot_be_waived(finding.rule, ruleset)):
        rest = any(finding.rule not in kept for finding in meant)
        return ("partly", {"now": "、".join(kept)}) if rest else ("mandatory", {})
    if today > waiver.until:
        return "expired", {"until": waiver.until.isoformat()}
    if meant:
        return _changed(waiver, meant, seen)
    if waiver.project and waiver.fingerprint is None and seen.asks(waiver) and not seen.knows(waiver):
        like = seen.meant(waiver)
        if like or seen.whole(waiver):
            return "unknown", {"near": f"名称相近、有这样问题的是“{'”“'.join(like)}”。" if like else ""}
    if units := _elsewhere(use, seen):
        then = f"“{waiver.unit}”" if waiver.whose else f"空的（{_NO_UNIT}）"
        return "other-unit", {"then": then, "now": named(units)}
    return ("unused", {}) if seen.judged(waiver) else (None, {})


def _changed(waiver: Waiver, meant: Sequence[Finding], seen: Seen) -> tuple[str | None, dict[str, str]]:
    """Whether it was made for values that none of its findings has now."""
    if any(waiver.fits(finding) for finding in meant):
        return None, {}
    changed = next(filter(seen.stands, meant), None)  # what another one lets stand is another form's
    if changed:
        return "outdated", waiver.change(changed)
    return ("unused", {}) if seen.whole(waiver) else (None, {})


def _elsewhere(use: Use, seen: Seen) -> tuple[str, ...]:
    """The units that have what a waiver was made for, where all was read and its own unit has no form. In a part of the
    forms another unit's says nothing of it, however alike their names."""
    waiver, left = use.waiver, [finding for finding in use.others if seen.stands(finding)]
    project = left[0].project if left and waiver.fingerprint else waiver.project
    if not left or not seen.whole(waiver) or seen.own(waiver, project):
        return ()
    return tuple(finding.unit or "" for finding in left)


def named(units: Iterable[str]) -> str:
    """Units as a sentence names them, each once; that some forms name none comes last."""
    known = {office_key(unit): f"“{unit.strip()}”" if office_key(unit) else _NO_UNIT for unit in units}
    some = [known[key] for key in sorted(known, key=lambda key: not key)]
    return "、".join(some[:_MOST_UNITS]) + (f" 等 {len(some)} 个" if len(some) > _MOST_UNITS else "")


def _found(waiver: Waiver, case: str, facts: dict[str, str], ruleset: Ruleset) -> Found:
    evidence = (Evidence(f"{waiver.title}：{waiver.reason}", Location(line=waiver.line, column=1)),)
    told = {"until": "", "then": "", "now": "", "near": "", **facts, "waiver": waiver.title, "by": waiver.by}
    hit = Hit(told, case, evidence)
    return Found(ruleset.rules[UNUSED], hit, None, -1, None, None, frozenset(), evidence, (evidence[0].location,))


def _below(folder: str, home: str) -> str:
    """A folder as the side file would write it; on another drive as it is."""
    return os.path.relpath(folder, home) if os.path.splitdrive(folder)[0] == os.path.splitdrive(home)[0] else folder
