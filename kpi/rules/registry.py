"""The closed registry of checks. A check is a function; what it may be asked and what it tells stands beside it."""

from collections.abc import Callable, Collection, Iterable
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationInfo
from pydantic_core import PydanticCustomError

from kpi.model import LEVEL1, LEVEL2
from kpi.rules.finding import Hit, NotApplicable
from kpi.values.units import table as units

Scope = Literal["entry", "indicator", "form", "document", "run", "monitoring", "evaluation", "engine"]
CheckFunction = Callable[[Any, Any], Iterable[Hit | NotApplicable]]


def _known_list(name: str, info: ValidationInfo) -> str:
    lists = (info.context or {}).get("words")
    if lists is None or name in lists:
        return name
    from kpi.rules.wording import no_list  # noqa: PLC0415 - only for the message

    raise PydanticCustomError("kpi", "{said}", {"said": no_list(name, lists)})


WordList = Annotated[str, AfterValidator(_known_list)]
"""The name of a word list of the ruleset; the check finds its words in `FormContext.words`."""


def _known_level(name: str) -> str:
    return _one_of(name, (*LEVEL2, *LEVEL1), f"没有“{name}”这个二级指标")


def _known_dimension(name: str) -> str:
    """Of a compound ("money/time") the first one."""
    known = sorted({spelled.unit.dimension for spelled in units().spelled.values() if spelled.unit.dimension})
    return name if name.partition("/")[0] in known else _one_of(name, known, f"没有“{name}”这种量")


def _one_of(name: str, known: Collection[str], said: str) -> str:
    if name in known:
        return name
    from kpi.rules.wording import did_you_mean  # noqa: PLC0415 - only for the message

    raise PydanticCustomError("kpi", "{said}", {"said": f"{said}{did_you_mean(name, known)}"})


Level = Annotated[str, AfterValidator(_known_level)]
"""A second level as forms are read, or a first one for rows that have none."""

Dimension = Annotated[str, AfterValidator(_known_dimension)]
"""What a value is measured in, as in `Value.dimension`."""


class Params(BaseModel):
    """Parameters of a check, validated when a ruleset is loaded."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)


class Check(NamedTuple):
    """`scope` says what the function is called with: entry → EntryContext (one half of one indicator), indicator →
    IndicatorContext, form → FormContext, document → DocumentContext, run → RunContext (once, with every
    document), monitoring and evaluation → ProgressContext (a form with what was achieved; only `kpi monitor` and
    `kpi evaluate` bring that), engine → never: the engine itself finds it.
    `facts` and `cases` are all it may put into a Hit; `figures` are those of the form's profile that it goes by.
    `mutual`: a hit is about several forms alike, and which of them it names first says nothing."""

    name: str
    scope: Scope
    function: CheckFunction
    params: type[Params]
    facts: frozenset[str]
    cases: frozenset[str]
    figures: frozenset[str] = frozenset()
    mutual: bool = False


CHECKS: dict[str, Check] = {}


def check(
    name: str, *, scope: Scope, params: type[Params] = Params, facts: str = "", cases: str = "", figures: str = "",
    mutual: bool = False,
) -> Callable[[CheckFunction], CheckFunction]:
    """Register a check under `name`; `facts`, `cases` and `figures` are space-separated names."""

    def register(function: CheckFunction) -> CheckFunction:
        if name in CHECKS:
            raise ValueError(f"check {name} is registered twice")
        told, variants, taken = (frozenset(names.split()) for names in (facts, cases, figures))
        CHECKS[name] = Check(name, scope, function, params, told, variants, taken, mutual)
        return function

    return register
