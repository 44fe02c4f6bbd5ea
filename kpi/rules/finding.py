"""What a check says (Hit, NotApplicable) and what the engine makes of it (Finding)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from kpi.model import Half, Indicator, Location, TargetTable

Severity = Literal["error", "warning", "info"]
Confidence = Literal["high", "medium", "low"]
Part = Literal["value", "sign", "unit"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
_NO_FACTS: Mapping[str, str] = MappingProxyType({})


class Evidence(NamedTuple):
    """A quoted place: the document's own text and where it stands. `document`: its path where another file holds it."""

    text: str
    location: Location
    document: str | None = None


class Fix(NamedTuple):
    """A replacement for the value cell. Safe where parse() of the value stays equal."""

    replace: str
    safe: bool = False


class Edit(NamedTuple):
    """A change inside a longer text: `find` stands in the text at the location, from its character `at` on (None: it
    stands there once). Safe where what the text says stays the same."""

    location: Location
    find: str
    replace: str
    at: int | None = None
    safe: bool = True


class Hit(NamedTuple):
    """One defect as a check found it.

    `facts`: what the rule's message, expected and suggestion templates may name; declared by the check.
    `edits`: changes of running text, which has no value to replace.
    `case`: one of the variants that the check declares ("at-limit"); the rule may give each its own grade and wording.
    `evidence`: places besides the row's own cell, which the engine adds for indicator checks.
    `judged`: the figures and words that it was found on, where they are not just what the evidence quotes.
    `part`: which part of a value it is about, where sign, figure and unit may have cells of their own.
    `half`, `level2`, `indicator`, `table`: set by form and document checks to say where the finding stands; the engine
    fills them in for indicator checks. `project`: where there is no table to take it from.
    """

    facts: Mapping[str, str] = _NO_FACTS
    case: str | None = None
    evidence: tuple[Evidence, ...] = ()
    fix: Fix | None = None
    half: Half | Literal["both"] | None = None
    level2: str | None = None
    indicator: Indicator | None = None
    table: TargetTable | None = None
    value: str | None = None
    project: str | None = None
    edits: tuple[Edit, ...] = ()
    judged: tuple[str, ...] = ()
    part: Part = "value"


class NotApplicable(NamedTuple):
    """A check that lacks its inputs says why, in one Chinese clause ("表中没有权重")."""

    reason: str


class Finding(NamedTuple):
    """One defect as users see it. Field meanings as in the published JSON; `form` is the index of its form in the
    document, None where it belongs to no form; `edits`: changes of running text, and of the value cells of a row whose
    halves need different ones; `judged`: what one without a value was found on (see the module of that name);
    `mandatory`: the ruleset wants it mended, whatever its severity; `unit`: its form's, "" where that tells none, None
    where there is no form."""

    rule: str
    name: str
    title: str
    severity: Severity
    confidence: Confidence
    fingerprint: str
    document: str
    project: str
    half: Half | Literal["both"] | None
    level2: str | None
    indicator: str | None
    value: str | None
    message: str
    expected: str
    suggestion: str
    evidence: tuple[Evidence, ...]
    basis: tuple[str, ...]
    review_item: str
    status: str
    fix: Fix | None = None
    form: int | None = None
    edits: tuple[Edit, ...] = ()
    judged: tuple[str, ...] = ()
    mandatory: bool = False
    unit: str | None = None

    @property
    def must(self) -> bool:
        """Whether it has to be mended before the form can go; what is on trial asks for nothing."""
        return self.fails("error")

    def fails(self, limit: str) -> bool:
        """Whether it makes a run fail that is to fail from a severity on: of that one or a graver one, or wanted by the
        ruleset. Nothing does where the limit is none ("never"), and nothing that is on trial."""
        if limit not in SEVERITIES or self.status == "trial":
            return False
        return self.mandatory or SEVERITIES.index(self.severity) <= SEVERITIES.index(limit)
