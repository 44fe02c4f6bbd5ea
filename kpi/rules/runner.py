"""Runs the checks over one document: hits with their places, what was not applicable, what broke."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from kpi.model import HALVES, OWN_LEVEL, FormKind, Half, Indicator, Location
from kpi.rules.context import (
    DocumentContext,
    EntryContext,
    FormContext,
    IndicatorContext,
    ProgressContext,
    RunContext,
)
from kpi.rules.contexts import FormRows, Prepared
from kpi.rules.finding import Evidence, Hit, NotApplicable, Part
from kpi.rules.result import Skipped
from kpi.rules.ruleset import GROUPS, Rule, in_force
from kpi.rules.silence import Found

_NOWHERE = Location()
_FORMS: Mapping[FormKind, str] = {
    "target": "绩效目标表",
    "self-evaluation": "绩效自评表",
    "monitoring": "运行监控表",
    "department": "部门整体绩效目标表",
}
Judged = EntryContext | IndicatorContext | FormContext | DocumentContext | ProgressContext | RunContext
PROGRESS = ("monitoring", "evaluation")  # scopes that look at what was achieved


class _Spot(NamedTuple):
    """Where a finding stands: no form is the whole document, row -1 the whole form."""

    form: FormRows | None
    row: int = -1
    indicator: Indicator | None = None


class Broken(NamedTuple):
    """A rule that raised. `form` is None where it was judging the whole document."""

    rule: Rule
    form: FormRows | None
    error: Exception


@dataclass(slots=True, eq=False)
class Tally:
    """What became of one rule in one document."""

    judged: set[int] = field(default_factory=set)
    reasons: dict[int, list[str]] = field(default_factory=dict)

    def said(self, form: int, hits: bool, reasons: Sequence[str]) -> None:
        """What one call of the check gave: a subject without a reason against it counts as judged."""
        if hits or not reasons:
            self.judged.add(form)
        if reasons:
            self.reasons.setdefault(form, []).extend(reasons)

    def skipped(self, rule: str, forms: int) -> Skipped | None:
        """The forms of which nothing could be judged; None where there are none."""
        missed = [form for form in sorted(self.reasons) if form not in self.judged]
        reasons = dict.fromkeys(reason for form in missed for reason in self.reasons[form])
        return Skipped(rule, "；".join(reasons), len(missed), forms) if missed else None


@dataclass(slots=True, eq=False)
class Run:
    """Everything that one document gave."""

    prepared: Prepared
    today: date
    found: list[Found] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    tallies: dict[str, Tally] = field(default_factory=dict)
    progress: Mapping[int, Any] = field(default_factory=dict)  # by identity of the form's table

    def rule(self, rule: Rule) -> None:
        """Run one rule over all that it looks at."""
        tally = self.tallies.setdefault(rule.code, Tally())
        if rule.scope == "document":
            self._judge(rule, tally, None, [(-1, self.prepared.context)])
            return
        for form in self.prepared.forms:
            reason = self._why_not(rule, form)
            if reason:
                tally.said(form.index, False, [reason])
            elif rule.scope in PROGRESS:
                achieved = self.progress.get(id(form.context.table))
                if achieved is not None:
                    self._judge(rule, tally, form, [(-1, ProgressContext(form.context, achieved))])
            else:
                self._judge(rule, tally, form, _subjects(rule, form))

    def _why_not(self, rule: Rule, form: FormRows) -> str | None:
        table = form.context.table
        if rule.where.forms and table.form not in rule.where.forms:
            return "只用于" + "、".join(_FORMS[kind] for kind in _FORMS if kind in rule.where.forms)
        if not in_force(rule.in_force_from, rule.in_force_to, table.year, self.today):
            return f"这一规定在 {table.year or self.today.year} 年度不适用"
        some = form.levels & rule.where.levels if rule.where.levels else form.rows
        if rule.scope in ("entry", "indicator") and not some:
            return f"表中没有{_level_words(rule)}"
        return None

    def _judge(
        self, rule: Rule, tally: Tally, form: FormRows | None, subjects: Iterable[tuple[int, Judged]]
    ) -> None:
        index = form.index if form else 0
        failed: Exception | None = None
        for row, subject in subjects:
            try:
                said = call(rule, subject)
            except Exception as error:  # whatever a check does, the other rules go on
                failed = failed or error
                continue
            if not said:  # as most rows are for most rules
                tally.judged.add(index)
                continue
            hits = [one for one in said if isinstance(one, Hit)]
            self.found += [self._place(rule, form, row, subject, hit) for hit in hits]
            tally.said(index, bool(hits), [one.reason for one in said if isinstance(one, NotApplicable)])
        if failed:
            self.broken.append(Broken(rule, form, failed))
        elif index not in tally.reasons:  # rows of other kinds than it looks for: judged, and nothing wrong
            tally.judged.add(index)

    def _place(self, rule: Rule, form: FormRows | None, row: int, subject: Judged, hit: Hit) -> Found:
        """The hit with its place: given for checks of rows, told by the hit for checks of forms and documents."""
        if isinstance(subject, EntryContext):
            halves = frozenset({subject.half})
        elif isinstance(subject, IndicatorContext):
            halves = _halves(hit) or frozenset(entry.half for entry in subject.entries)
        else:
            return self.told(rule, form, hit)
        own = _quotes(subject.indicator, halves, hit.part)
        return _found(rule, hit, _Spot(form, row, subject.indicator), halves, own)

    def holds(self, hit: Hit) -> bool:
        """Whether the form that a hit names is one of this document's."""
        subject = hit.table if hit.indicator is None else hit.indicator
        return id(subject) in self.prepared.form_of

    def told(self, rule: Rule, form: FormRows | None, hit: Hit) -> Found:
        """A hit that says itself where it stands."""
        indicator, halves = hit.indicator, _halves(hit)
        if form is None:
            form = self.prepared.form_of.get(id(indicator)) or self.prepared.form_of.get(id(hit.table))
        if indicator is None:
            return _found(rule, hit, _Spot(form), halves, () if hit.evidence else self._whole(form))
        halves = halves or frozenset(half for half, _ in indicator.entries())
        row = form.row_of.get(id(indicator), -1) if form else -1
        own = () if hit.evidence else _quotes(indicator, halves, hit.part)
        return _found(rule, hit, _Spot(form, row, indicator), halves, own)

    def _whole(self, form: FormRows | None) -> tuple[Evidence, ...]:
        """Where a finding about a form or the file as a whole points."""
        if form:
            table = form.context.table
            return (Evidence(table.project or table.title, table.location),)
        return (Evidence(self.prepared.context.document.path, _NOWHERE),)


def _found(rule: Rule, hit: Hit, spot: "_Spot", halves: frozenset[Half], own: tuple[Evidence, ...]) -> Found:
    evidence = (*own, *(e for e in dict.fromkeys(hit.evidence) if e not in own))
    places = tuple(dict.fromkeys(e.location for e in evidence if e.location != _NOWHERE))
    level2 = hit.level2 or (spot.indicator.level2 if spot.indicator else None)
    form = spot.form.index if spot.form else None
    return Found(rule, hit, form, spot.row, spot.indicator, level2, halves, evidence, places)


def call(rule: Rule, subject: Judged) -> list[Hit | NotApplicable]:
    """What the check says. Raises whatever the check raises, and ValueError where it says what it did not declare."""
    said = list(rule.check.function(subject, rule.params))
    for one in said:
        if isinstance(one, Hit):
            if not rule.check.facts.issuperset(one.facts):
                raise ValueError(f"undeclared facts {sorted(one.facts.keys() - rule.check.facts)}")
            if one.case is not None and one.case not in rule.check.cases:
                raise ValueError(f"undeclared case {one.case}")
    return said


def _subjects(rule: Rule, form: FormRows) -> Iterable[tuple[int, Judged]]:
    """What a rule is called with in a form, each with the number of its row."""
    if rule.scope == "form":
        return [(-1, form.context)]
    return form.chosen(rule.where, rule.scope == "entry")


def _level_words(rule: Rule) -> str:
    """The levels that a rule looks at, as short as they can be said."""
    left, said = set(rule.where.levels) - {"", OWN_LEVEL}, []
    if rule.where.levels and not left:
        return "自设的二级指标" if OWN_LEVEL in rule.where.levels else "没有二级指标的行"
    for group, levels in GROUPS.items():
        if left.issuperset(levels) and len(levels) > 1:
            said.append(f"{group}指标")
            left -= set(levels)
    return "、".join([*said, *sorted(left)]) if rule.where.levels else "填写了的指标"


def _halves(hit: Hit) -> frozenset[Half]:
    if hit.half == "both":
        return frozenset(HALVES)
    return frozenset({hit.half}) if hit.half else frozenset()


def _quotes(indicator: Indicator, halves: frozenset[Half], part: Part) -> tuple[Evidence, ...]:
    own = (entry for half, entry in indicator.entries() if half in halves)
    return tuple(Evidence(entry.text, entry.location if part == "value" else entry.place(part)) for entry in own)
