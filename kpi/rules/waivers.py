"""What an office lets stand: waivers take findings out of a result, and are themselves told where they no longer fit.

Pure: reading the side file is `waiver_file`, finding it is `kpi.beside`.
"""

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from kpi.model import Document, Location
from kpi.rules.finding import Evidence, Finding, Hit
from kpi.rules.fingerprint import fingerprint, normal
from kpi.rules.judged import covers, differing
from kpi.rules.likenames import similar
from kpi.rules.phrase import Phrase
from kpi.rules.result import DocumentResult, LintResult, Waived
from kpi.rules.ruleset import Ruleset
from kpi.rules.silence import Found
from kpi.values.normal import squeezed

UNUSED = "KPI003"


class Waiver(NamedTuple):
    """One entry of a side file: a finding by its `fingerprint`, or a `rule` in a project, or a rule in a folder.

    `home` is the folder of the side file, `folder` the one below it that the waiver is for; both absolute. A waiver for
    a `value` holds only as long as the value stays. `line` is its place in the file `label`. `unit` chooses among
    projects of one name; where none of them has that unit, its name was mended, and the waiver holds.
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

    def means(self, finding: Finding) -> bool:
        """Whether it was made for this finding, whatever the value is now."""
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


class _Use(NamedTuple):
    """A waiver with the findings it was made for."""

    waiver: Waiver
    meant: list[Finding]


def waive(
    result: LintResult,
    waivers: Sequence[Waiver],
    ruleset: Ruleset,
    asked: Collection[str],
    *,
    covered: Sequence[str],
    today: date,
) -> LintResult:
    """The result without the findings that are waived; KPI003 for waivers that are expired, outdated, unused or not
    allowed. `asked`: the rules of this run. `covered`: absolute folders that the run read whole: only there can a
    waiver be called unused because its project is gone."""
    uses = [_Use(waiver, []) for waiver in waivers]
    met = [_met(document, uses) for document in result.documents]
    known = {id(use.waiver) for some in met for _, mine in some for use, own in mine if own}
    documents, waived = [], []
    for document, some in zip(result.documents, met, strict=True):
        kept = []
        for finding, mine in some:
            for_it = [use for use, own in mine if own or id(use.waiver) not in known]
            for use in for_it:
                use.meant.append(finding)
            holding = next((u.waiver for u in for_it if _holds(u.waiver, finding, ruleset, today)), None)
            if holding is None:
                kept.append(finding)
            else:
                waived.append(Waived(finding, holding.reason, holding.by, holding.until))
        documents.append(document._replace(findings=tuple(kept)))
    notices: tuple[Finding, ...] = ()
    if UNUSED in asked:
        read = _Read(result, asked, covered, [one.finding for one in waived])
        notices = tuple(_notices(uses, read, ruleset, today))
    return replace(result, documents=tuple(documents), waived=tuple(waived), notices=notices)


def _met(document: DocumentResult, uses: Iterable[_Use]) -> list[tuple[Finding, list[tuple[_Use, bool]]]]:
    """Each finding with the waivers that were made for it, and whether they name the unit of its form."""
    path = os.path.abspath(document.path)
    near = [(use, normal(use.waiver.unit or "")) for use in uses if use.waiver.within(path)]
    found = []
    for finding in document.findings:
        unit = normal(unit_of(finding, document.document) or "")
        mine = [(use, bool(unit) and named == unit) for use, named in near if use.waiver.means(finding)]
        found.append((finding, mine))
    return found


def unit_of(finding: Finding, document: Document) -> str | None:
    """The unit of the form that a finding is about."""
    return None if finding.form is None else document.tables[finding.form].unit


def _holds(waiver: Waiver, finding: Finding, ruleset: Ruleset, today: date) -> bool:
    return today <= waiver.until and waiver.fits(finding) and not cannot_be_waived(finding.rule, ruleset)


def cannot_be_waived(rule: str, ruleset: Ruleset) -> bool:
    """What the engine itself has to say must be heard; the ruleset may name more."""
    return rule in ruleset.mandatory or ruleset.rules[rule].heard


class _Read:
    """What the run has seen: only then can something be said to be gone."""

    def __init__(
        self, result: LintResult, asked: Collection[str], covered: Sequence[str], held: Iterable[Finding]
    ) -> None:
        self.asked, self.covered = asked, covered
        self._held = {id(finding) for finding in held}
        self.projects = [
            (os.path.abspath(document.path), table.project)
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
        """Whether its project is among those that were read."""
        wanted = normal(waiver.project or "")
        return any(normal(project) == wanted and waiver.within(path) for path, project in self.projects)

    def meant(self, waiver: Waiver) -> tuple[str, ...]:
        """Projects with a finding that it would waive, if its own name were not another one."""
        near = (project for path, project in self.projects if project and waiver.within(path))
        like = similar(waiver.project or "", near, siblings=False)
        return tuple(name for name in like if any((rule, name) in self.found for rule in waiver.rules))

    def judged(self, waiver: Waiver) -> bool:
        """Whether the finding would have come up if it were still there."""
        return self.asks(waiver) and (bool(waiver.project and self.knows(waiver)) or self.whole(waiver))

    def whole(self, waiver: Waiver) -> bool:
        """Whether all files that it is for were read."""
        base = waiver.folder or waiver.home
        return any(lies_within(base, folder) for folder in self.covered)


def _notices(uses: Iterable[_Use], read: _Read, ruleset: Ruleset, today: date) -> Iterator[Finding]:
    by_file: dict[str, list[Found]] = {}
    seen: dict[tuple[object, ...], int] = {}
    for waiver, meant in uses:
        case, facts = _complaint(waiver, meant, read, ruleset, today)
        first = seen.setdefault(_target(waiver), waiver.line)
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
    where = (waiver.label, waiver.fingerprint, squeezed(waiver.value or ""), normal(waiver.unit or ""))
    return where if waiver.fingerprint else (*where, waiver.rules, waiver.project, waiver.folder)


def _complaint(
    waiver: Waiver, meant: Sequence[Finding], read: _Read, ruleset: Ruleset, today: date
) -> tuple[str | None, dict[str, str]]:
    """What is wrong with a waiver, as a case of KPI003."""
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
    if meant and not any(waiver.fits(finding) for finding in meant):
        changed = next(filter(read.stands, meant), None)  # what another one lets stand is another form's
        if changed:
            return "outdated", waiver.change(changed)
        return ("unused", {}) if read.whole(waiver) else (None, {})
    if not meant and waiver.project and waiver.fingerprint is None and read.asks(waiver) and not read.knows(waiver):
        like = read.meant(waiver)
        if like or read.whole(waiver):
            return "unknown", {"near": f"名称相近、有这样问题的是“{'”“'.join(like)}”。" if like else ""}
    if not meant and read.judged(waiver):
        return "unused", {}
    return None, {}


def _found(waiver: Waiver, case: str, facts: dict[str, str], ruleset: Ruleset) -> Found:
    evidence = (Evidence(f"{waiver.title}：{waiver.reason}", Location(line=waiver.line, column=1)),)
    told = {"until": "", "then": "", "now": "", "near": "", **facts, "waiver": waiver.title, "by": waiver.by}
    hit = Hit(told, case, evidence)
    return Found(ruleset.rules[UNUSED], hit, None, -1, None, None, frozenset(), evidence, (evidence[0].location,))


def _below(folder: str, home: str) -> str:
    """A folder as the side file would write it; on another drive as it is."""
    return os.path.relpath(folder, home) if os.path.splitdrive(folder)[0] == os.path.splitdrive(home)[0] else folder


def _same(then: str, now: str) -> bool:
    """Width and white space do not make a value another one; signs and figures do."""
    return squeezed(then) == squeezed(now)
