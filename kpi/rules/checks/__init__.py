"""The checks, and which module holds which: a run loads those that its rules name, and no others.

A check is written in a module of this package with `registry.check` and entered here; a test holds the two together.
"""

from collections.abc import Collection, Mapping
from importlib import import_module

from kpi.rules.registry import CHECKS, Check, Scope

# Module → what its checks look at → their names.
_HELD: Mapping[str, Mapping[Scope, str]] = {
    "alike": {"run": "projects-alike like-projects-differ text-copied"},
    "attribute": {"form": "attribute-doubtful"},
    "blanks": {"entry": "value-missing name-missing", "form": "field-empty sign-off-empty"},
    "borrowed": {"run": "borrowed-text"},
    "categories": {"entry": "wrong-category"},
    "contradictions": {"form": "goal-contradicts-indicator"},
    "cost": {"entry": "cost-exceeds-funding cost-below-funding cost-repeats-budget"},
    "coverage": {"form": "content-not-covered"},
    "deferring": {"entry": "defers-elsewhere"},
    "dimensions": {"entry": "unit-contradicts-name money-as-output"},
    "documents": {"form": "basis-without-document", "document": "citations-clash"},
    "evaluation": {
        "evaluation": "score-differs band-violated reason-missing actual-contradicts-value far-above-target",
    },
    "figures": {
        "entry": "approximate-value rate-over-limit malformed-value serial-date perfect-satisfaction zero-target",
    },
    "funding": {"form": "sources-add-up annual-within-total funding-zero"},
    "generic": {"indicator": "generic-name"},
    "goals": {"form": "goal-not-specific"},
    "halves": {
        "form": "halves-disagree only-in-one-half wording-differs goals-differ",
        "indicator": "annual-exceeds-period",
    },
    "joined": {"indicator": "compound-name"},
    "listing": {"document": "amount-against-budget projects-listed"},
    "magnitude": {"entry": "magnitude-slip"},
    "management": {"indicator": "management-indicator"},
    "monitoring": {
        "monitoring": (
            "off-plan execution-behind execution-gap outlook-contradicts monitoring-reason-missing "
            "actual-incomparable actual-decreased target-low"
        ),
    },
    "naming": {"indicator": "not-a-measure"},
    "narrative": {"document": "narrative-arithmetic"},
    "notation": {"entry": "notation"},
    "outcomes": {"run": "outcome-claimed-twice"},
    "placeholders": {"form": "placeholder-left"},
    "promises": {"form": "figure-without-indicator"},
    "proportion": {"document": "outcome-proportion"},
    "punctuation": {"form": "document-number quotation-marks"},
    "repeated": {"form": "repeated-indicator"},
    "required": {"form": "mandatory-indicator half-missing indicator-count"},
    "restated": {"entry": "repeats-name"},
    "satisfaction": {"indicator": "internal-satisfaction satisfaction-name"},
    "sections": {"form": "sections-copied boilerplate-residue"},
    "selfevaluation": {"evaluation": "target-changed execution-achievement-gap weight-differs"},
    "selftotal": {"evaluation": "total-differs"},
    "signs": {"entry": "comparator-missing strict-comparator direction-reversed"},
    "spans": {"entry": "whole-period longer-than-period"},
    "standards": {"entry": "spending-standard"},
    "timing": {"entry": "no-time outside-period"},
    "totals": {"document": "totals-add-up"},
    "unfinished": {"form": "unfinished-text"},
    "unit_cost": {"form": "unit-cost-times-quantity"},
    "units": {
        "entry": "unit-missing unit-unknown several-units fractional-count",
        "indicator": "units-differ",
    },
    "unread": {"document": "unread-part", "engine": "waiver-unfit broken-rule"},
    "valuekinds": {"entry": "kind-is"},
    "weights": {"form": "weights-wrong"},
    "wording": {"entry": "no-figure vague-wording satisfaction-unmeasured words-found"},
    "years": {"form": "stale-year"},
}
_AT: Mapping[str, tuple[str, Scope]] = {
    name: (module, scope) for module, held in _HELD.items() for scope, names in held.items() for name in names.split()
}


def known() -> Collection[str]:
    """The names of all checks."""
    return {**CHECKS, **_AT}


def scope_of(name: str) -> Scope | None:
    """What the check looks at; None for a name that no check has."""
    if name in CHECKS:
        return CHECKS[name].scope
    return _AT[name][1] if name in _AT else None


def find(name: str) -> Check:
    """The check of this name. Raises KeyError for a name that none has."""
    if name not in CHECKS:
        import_module(f"{__name__}.{_AT[name][0]}")
    return CHECKS[name]
