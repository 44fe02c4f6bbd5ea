"""Self-evaluations under a ruleset: each form is scored by the figures of its own profile."""

from collections.abc import Callable, Mapping, Sequence

from kpi.model import Document, TargetTable
from kpi.progress.assess import paired
from kpi.progress.compare import likeness_of
from kpi.progress.evaluate import evaluate
from kpi.progress.evaluation import Evaluation
from kpi.progress.likeness import Likeness
from kpi.progress.scheme import Scheme, scheme_of
from kpi.rules.contexts import DEFAULT_PROFILE, profile_of
from kpi.rules.located import Located, RulesetError
from kpi.rules.monitoring import spoken
from kpi.rules.ruleset import Ruleset

SCOPE = "evaluation"


def schemes(ruleset: Ruleset) -> Callable[[TargetTable], Scheme]:
    """The scheme of a form. Raises RulesetError, when called, for figures that cannot be used."""
    made: dict[str, Scheme] = {}

    def scheme(table: TargetTable) -> Scheme:
        name = profile_of(table, ruleset)
        if name not in made:
            made[name] = _scheme(ruleset, name)
        return made[name]

    return scheme


def _scheme(ruleset: Ruleset, profile: str) -> Scheme:
    try:
        return scheme_of(ruleset.profile_data.get(profile, {}), spoken(ruleset))
    except KeyError as missing:
        said = f"profiles.{profile}.figures 里缺少自评要用的 {missing.args[0]}"
    except (ArithmeticError, AttributeError, TypeError, ValueError):
        said = f"profiles.{profile}.figures 里自评用的数值写得不对，请对照 national 的写法"
    raise RulesetError([Located(ruleset.name, None, said)])


def likeness(ruleset: Ruleset) -> Likeness:
    """How alike names must be to belong together. Raises RulesetError for figures that cannot be used."""
    profile = ruleset.profile or DEFAULT_PROFILE
    try:
        return likeness_of(ruleset.profile_data.get(profile, {}))
    except (AttributeError, KeyError, TypeError, ValueError):
        said = f"profiles.{profile}.figures 里缺少或写错了对比要用的 comparison"
        raise RulesetError([Located(ruleset.name, None, said)]) from None


def evaluation_codes(ruleset: Ruleset) -> tuple[str, ...]:
    """The rules that look at self-evaluations."""
    return tuple(rule.code for rule in ruleset.rules.values() if rule.scope == SCOPE)


def evaluated(
    document: Document, declared: Sequence[TargetTable | None], ruleset: Ruleset
) -> Mapping[int, Evaluation]:
    """The forms of a document, each against its target form where there is one, by the identity of the form."""
    scheme, results = schemes(ruleset), {}
    for table, form in zip(document.tables, declared, strict=True):
        pairs, matched = paired(table, form) if form else ({}, None)
        near = matched.near if matched else ()
        results[id(table)] = evaluate(table, scheme(table), declared=form, pairs=pairs, near=near)
    return results
