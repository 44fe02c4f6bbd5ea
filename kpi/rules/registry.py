"""The closed registry of checks. A check is a function; what it may be asked and what it tells is declared beside it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from kpi.rules.finding import Hit, NotApplicable

Scope = Literal["entry", "indicator", "form", "document"]
CheckFunction = Callable[[Any, Any], Iterable[Hit | NotApplicable]]


class Params(BaseModel):
    """Parameters of a check, validated when a ruleset is loaded."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True)
class Check:
    """`scope` says what the function is called with: entry → EntryContext (one half of one indicator), indicator →
    IndicatorContext, form → FormContext, document → DocumentContext. `facts` and `cases` are all it may put into a Hit."""

    name: str
    scope: Scope
    function: CheckFunction
    params: type[Params]
    facts: frozenset[str]
    cases: frozenset[str]


CHECKS: dict[str, Check] = {}


def check(
    name: str, *, scope: Scope, params: type[Params] = Params, facts: str = "", cases: str = ""
) -> Callable[[CheckFunction], CheckFunction]:
    """Register a check under `name`; `facts` and `cases` are space-separated names."""

    def register(function: CheckFunction) -> CheckFunction:
        if name in CHECKS:
            raise ValueError(f"check {name} is registered twice")
        CHECKS[name] = Check(name, scope, function, params, frozenset(facts.split()), frozenset(cases.split()))
        return function

    return register
