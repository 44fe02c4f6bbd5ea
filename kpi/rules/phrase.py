"""Hits → Findings: both halves of a row in one, put into the rule's words, in document order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from kpi.model import HALVES, Document, Half, TargetTable
from kpi.rules.finding import SEVERITIES, Edit, Evidence, Finding, Fix
from kpi.rules.judged import judged
from kpi.rules.ruleset import Case, Citation, Rule
from kpi.rules.silence import Found
from kpi.rules.templates import Template

_HALF_WORDS: Mapping[Half, str] = {"period": "实施期", "annual": "年度"}
_BOTH_WORDS = "实施期和年度"


@dataclass(slots=True, eq=False)
class Phrase:
    """The wording of one document's findings."""

    document: Document
    today: date
    _basis: dict[tuple[str, int | None], tuple[str, ...]] = field(default_factory=dict)

    def findings(self, found: Sequence[Found]) -> list[Finding]:
        groups = [(group, self.finding(group)) for group in self.merged(found)]
        groups.sort(key=lambda pair: (*_position(pair[0][0], len(self.document.tables)), pair[1].rule))
        return [finding for _, finding in groups]

    def merged(self, found: Sequence[Found]) -> list[tuple[Found, ...]]:
        """Hits of one rule about the two halves of one thing, paired; the rest alone."""
        groups: list[list[Found]] = []
        open_: dict[tuple[object, ...], list[list[Found]]] = {}
        for one in found:
            key = (one.rule.code, one.form, one.row, one.level2)
            waiting = open_.setdefault(key, []) if len(one.halves) == 1 else []
            partner = self.partner(one, waiting)
            if partner:
                waiting.remove(partner)
                partner.append(one)
            else:
                groups.append([one])
                waiting.append(groups[-1])
        return [tuple(sorted(group, key=_side)) for group in groups]

    def partner(self, one: Found, waiting: list[list[Found]]) -> list[Found] | None:
        """The other half's hit: of the same case if there is one. Hits about no row must also say the same."""
        fitting = [group for group in waiting if group[0].halves != one.halves]
        if one.indicator is None:
            fitting = [g for g in fitting if self.texts(g[0], _BOTH_WORDS) == self.texts(one, _BOTH_WORDS)]
        return next((g for g in fitting if g[0].hit.case == one.hit.case), fitting[0] if fitting else None)

    def finding(self, group: tuple[Found, ...]) -> Finding:
        first = group[0]
        rule, case = first.rule, min((_case(one) for one in group), key=lambda c: SEVERITIES.index(c.severity))
        table = self.table(first)
        message, expected, suggestion = self.joined(group)
        value, project = _value(first), _project(first, table)
        whole = value is None and rule.scope != "engine"
        fixes = list(dict.fromkeys(one.hit.fix for one in group))
        return Finding(
            rule=rule.code,
            name=rule.name,
            title=rule.title,
            severity=case.severity,
            confidence=case.confidence,
            fingerprint="",
            document=self.document.path,
            project=project,
            half=_half(group),
            level2=first.level2,
            indicator=first.indicator.name if first.indicator else None,
            value=value,
            message=message,
            expected=expected,
            suggestion=suggestion,
            evidence=_evidence(group),
            basis=self.basis(rule, table.year if table else None),
            review_item=rule.review_item,
            status=rule.status,
            fix=_one_fix(fixes),
            form=first.form,
            edits=tuple(_edits(group, _one_fix(fixes))),
            judged=judged((one.hit for one in group), project) if whole else (),
            unit=(table.unit or "") if table else None,
        )

    def table(self, one: Found) -> TargetTable | None:
        return self.document.tables[one.form] if one.form is not None else None

    def texts(self, one: Found, half: str) -> tuple[str, str, str]:
        table = self.table(one)
        facts = {
            **one.rule.facts,
            "project": _project(one, table),
            "level2": one.level2 or "",
            "name": one.indicator.name if one.indicator else "",
            "value": _value(one) or "",
            "half": half,
            **one.hit.facts,
        }
        wording = _case(one).wording
        return wording.message.render(facts), wording.expected.render(facts), wording.suggestion.render(facts)

    def joined(self, group: tuple[Found, ...]) -> tuple[str, str, str]:
        """One text where both halves say the same, else both texts under their halves' names."""
        alike = [self.texts(one, _BOTH_WORDS if len(group) > 1 else _side_words(one)) for one in group]
        if len(group) == 1:
            return alike[0]
        own = [self.texts(one, _side_words(one)) for one in group]
        wordings = [_case(one).wording for one in group]
        templates = [(w.message, w.expected, w.suggestion) for w in wordings]
        message, expected, suggestion = (
            _join([a[i] for a in alike], [o[i] for o in own], [t[i] for t in templates], group) for i in range(3)
        )
        return message, expected, suggestion

    def basis(self, rule: Rule, year: int | None) -> tuple[str, ...]:
        key = (rule.code, year)
        if key not in self._basis:
            self._basis[key] = tuple(dict.fromkeys(map(_cited, _in_force(rule, year, self.today))))
        return self._basis[key]


def _in_force(rule: Rule, year: int | None, today: date) -> Iterator[Citation]:
    return (citation for citation in rule.basis if citation.basis.in_force(year, today))


def _cited(citation: Citation) -> str:
    """A report names an article only where its text was checked; `kpi rules show` tells of the others."""
    known = citation.article in citation.basis.articles
    return citation.basis.cite(citation.article if known else None)


def _join(alike: list[str], own: list[str], templates: list[Template], group: tuple[Found, ...]) -> str:
    if len(set(alike)) == 1:
        return alike[0]
    sides = zip(own, templates, group, strict=True)
    return "".join(o if "half" in t.facts else f"{_side_words(f)}：{o}" for o, t, f in sides if o)


def _case(one: Found) -> Case:
    return one.rule.cases.get(one.hit.case or "", one.rule.default)


def _project(one: Found, table: TargetTable | None) -> str:
    return table.project if table else one.hit.project or ""


def _value(one: Found) -> str | None:
    if one.hit.value is not None or one.indicator is None:
        return one.hit.value
    return next((entry.text for half, entry in one.indicator.entries() if half in one.halves), None)


def _side(one: Found) -> int:
    return next((i for i, half in enumerate(HALVES) if half in one.halves), len(HALVES))


def _side_words(one: Found) -> str:
    return _BOTH_WORDS if len(one.halves) == 2 else "".join(_HALF_WORDS[half] for half in one.halves)


def _half(group: tuple[Found, ...]) -> Half | Literal["both"] | None:
    halves = frozenset[Half]().union(*(one.halves for one in group))
    if len(halves) == 2:
        return "both"
    return next(iter(halves), None)


def _one_fix(fixes: list[Fix | None]) -> Fix | None:
    """A fix goes into both cells, so it must be the same for both."""
    return fixes[0] if len(fixes) == 1 else None


def _edits(group: tuple[Found, ...], fix: Fix | None) -> Iterator[Edit]:
    """Those of the hits; where the halves need different values, each half's own."""
    yield from dict.fromkeys(edit for one in group for edit in one.hit.edits)
    for one in group:
        own = one.hit.fix
        if fix is None and own is not None and one.indicator is not None:
            entries = [entry for half, entry in one.indicator.entries() if half in one.halves]
            yield from (Edit(entry.location, entry.text, own.replace, 0, own.safe) for entry in entries)


def _evidence(group: tuple[Found, ...]) -> tuple[Evidence, ...]:
    """Own cells of all halves first; two cells with the same text and no known place stay two entries."""
    own = [e for one in group for e in one.evidence if e not in one.hit.evidence]
    more = dict.fromkeys(e for one in group for e in one.evidence if e in one.hit.evidence)
    return (*own, *more)


def _position(one: Found, forms: int) -> tuple[int, int, int]:
    """Form by form, findings about a form before those about its rows; the whole document last."""
    return (forms if one.form is None else one.form, one.row, _side(one) if one.row < 0 else 0)
