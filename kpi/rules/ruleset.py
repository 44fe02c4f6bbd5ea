"""A ruleset, checked and merged: what the engine runs and what `kpi rules show` explains. Frozen data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from kpi.model import COST_LEVELS, EFFECT_LEVELS, OWN_LEVEL, FormKind
from kpi.rules.checks import find, scope_of
from kpi.rules.finding import Confidence, Severity
from kpi.rules.registry import Check, Params, Scope
from kpi.rules.spec import At, Status
from kpi.rules.templates import Template
from kpi.values.value import Kind

if TYPE_CHECKING:
    from kpi.rules.example_spec import ExampleSpec, ExamplesSpec

GROUPS: Mapping[str, tuple[str, ...]] = {
    "成本": COST_LEVELS,
    "产出": ("数量指标", "质量指标", "时效指标"),
    "效益": EFFECT_LEVELS,
    "满意度": ("服务对象满意度",),
    "未分级": ("",),  # rows of a form without levels
    "自设": (OWN_LEVEL,),  # second levels that a form has of its own (项目立项)
}
_DIGITS = "零一二三四五六七八九"


class Basis(NamedTuple):
    """A law, a rule or a standard. `articles`: those whose content was checked, with their gist."""

    id: str
    title: str
    number: str | None
    articles: Mapping[str, str]
    issued: date | None
    in_force_from: date
    in_force_to: date | None
    verified: bool

    def in_force(self, year: int | None, today: date) -> bool:
        return in_force(self.in_force_from, self.in_force_to, year, today)

    def cite(self, article: str | None = None) -> str:
        """"《中央部门预算绩效目标管理办法》（财预〔2015〕88号）第六条"."""
        number = f"（{self.number}）" if self.number else ""
        return f"《{nested(self.title)}》{number}" + (f"第{chinese(article)}条" if article else "")


class Citation(NamedTuple):
    """A basis as a rule cites it. `verified`: we are sure of the document and, where one is named, of the article."""

    basis: Basis
    article: str | None = None

    @property
    def verified(self) -> bool:
        return self.basis.verified and (self.article is None or self.article in self.basis.articles)

    def __str__(self) -> str:
        return self.basis.cite(self.article)


class Wording(NamedTuple):
    message: Template
    expected: Template
    suggestion: Template


class Case(NamedTuple):
    """How one variant of a rule is graded and worded; what the ruleset does not say is the rule's own."""

    severity: Severity
    confidence: Confidence
    wording: Wording


class Where(NamedTuple):
    """Rows that a rule looks at; empty means all. Group names are resolved to second levels."""

    levels: frozenset[str] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    forms: frozenset[FormKind] = frozenset()


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule. `default` is how it is worded and graded without a case.

    `uses` names its check and `with_` holds what the check is asked, as written; check and parameters are made of them
    when the rule is looked at, so that a run loads no check that it does not need. Of a loaded ruleset both are there
    and valid. `lists` are the ruleset's word lists.
    """

    code: str
    name: str
    title: str
    status: Status
    review_item: str
    where: Where
    uses: str
    with_: Mapping[str, Any]
    default: Case
    cases: Mapping[str, Case]
    basis: tuple[Citation, ...]
    rationale: str
    false_positives: tuple[str, ...]
    unlabelled: bool
    examples: Any  # as written
    in_force_from: date | None
    in_force_to: date | None
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def check(self) -> Check:
        return find(self.uses)

    @cached_property
    def scope(self) -> Scope:
        scope = scope_of(self.uses)
        assert scope, "the ruleset would not have loaded"
        return scope

    @property
    def heard(self) -> bool:
        """Whether the engine itself speaks by it: that must be heard and cannot be waived."""
        return self.scope == "engine"

    @cached_property
    def params(self) -> Params:
        """Raises pydantic's ValidationError while the ruleset is not known to be right."""
        return self.check.params.model_validate(self.with_, context={"words": self.lists})

    @cached_property
    def facts(self) -> Mapping[str, str]:
        """Parameters that a message may name, as texts: texts and figures, but not the name of a word list."""
        values: dict[str, Any] = {name: getattr(self.params, name) for name in type(self.params).model_fields}
        told = {name: value for name, value in values.items() if isinstance(value, str | int | Decimal)}
        return {name: _plain(value) for name, value in told.items() if value not in self.lists}

    @property
    def family(self) -> str:
        return self.code[:3]

    @property
    def bad(self) -> "tuple[ExampleSpec, ...]":
        return _examples(self).bad

    @property
    def good(self) -> "tuple[ExampleSpec, ...]":
        return _examples(self).good

    @property
    def severity(self) -> Severity:
        return self.default.severity

    @property
    def confidence(self) -> Confidence:
        return self.default.confidence


def _examples(rule: Rule) -> "ExamplesSpec":
    """Checking documents looks at no example: they are made when somebody does. Of a loaded ruleset they are valid."""
    from kpi.rules.example_spec import ExamplesSpec  # noqa: PLC0415

    return ExamplesSpec.model_validate(rule.examples)


class Silence(NamedTuple):
    """Where `first` is found, `quiet` is not said: in the same `at`, on the same half or (`any_half`) on either."""

    first: str
    quiet: str
    at: At
    any_half: bool


class Figure(NamedTuple):
    """A parameter of a profile with its source; `verified` is False where the original text could not be read."""

    value: Any
    source: str
    verified: bool


class Profile(NamedTuple):
    """One tree of indicators: its parameters by name."""

    name: str
    title: str
    figures: Mapping[str, Figure]


class Local(NamedTuple):
    """What a ruleset that is none of the shipped ones does to the one it stands on: where it lies, the name, version
    and title of that one ("" where there is none), how many of its rules are turned off, told in a milder grade, or
    differ in their parameters, word lists and figures, in short whatever else decides what they find. `quiet`: how
    often it lets one finding keep another one unsaid."""

    path: str
    base: str
    version: str
    title: str
    off: int = 0
    milder: int = 0
    others: int = 0
    quiet: int = 0

    @property
    def weaker(self) -> bool:
        return bool(self.off or self.milder or self.quiet)


@dataclass(frozen=True, eq=False)
class Ruleset:
    """`rules` are in order of code; those in `off` are known but not run. `profile` forces one tree on every form;
    findings of `mandatory` rules cannot be waived. `local`: None for a shipped one."""

    name: str
    title: str
    version: str
    dated: date | None
    rules: Mapping[str, Rule]
    off: frozenset[str]
    silences: tuple[Silence, ...]
    words: Mapping[str, frozenset[str]]
    profiles: Mapping[str, Profile]
    bases: Mapping[str, Basis]
    profile: str | None = None
    mandatory: frozenset[str] = frozenset()
    local: Local | None = None

    @cached_property
    def active(self) -> tuple[Rule, ...]:
        return tuple(rule for code, rule in self.rules.items() if code not in self.off)

    @cached_property
    def profile_data(self) -> Mapping[str, Mapping[str, Any]]:
        """The plain figures of every profile, as checks see them."""
        return {name: {key: f.value for key, f in p.figures.items()} for name, p in self.profiles.items()}

    def find(self, name: str) -> tuple[str, ...]:
        """The codes that `name` stands for: a code, a family, a rule's name or title; () where it is none of them."""
        upper = name.upper()
        return tuple(c for c, r in self.rules.items() if upper in (c, c[:3]) or name in (r.name, r.title))


def in_force(start: date | None, end: date | None, year: int | None, today: date) -> bool:
    """Whether a rule of law was in force on some day of the form's year; today where the year is not known."""
    if year is None:
        return (start is None or start <= today) and (end is None or end >= today)
    return (start is None or start.year <= year) and (end is None or end.year >= year)


def _plain(value: str | int | Decimal) -> str:
    if not isinstance(value, Decimal):
        return str(value)
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def nested(title: str) -> str:
    """Book marks inside book marks are single."""
    return title.replace("《", "〈").replace("》", "〉")


def chinese(article: str) -> str:
    """"15" → 十五; what is no plain number under 100 stays as it is ("7.2.5")."""
    if not article.isdecimal() or not 0 < int(article) < 100:
        return article
    tens, ones = divmod(int(article), 10)
    head = {0: "", 1: "十"}.get(tens, _DIGITS[tens] + "十")
    return head + (_DIGITS[ones] if ones else "")
