"""Self-evaluations under a ruleset: each form is scored by the figures of its own profile."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from kpi.model import Document, Execution, Stated, TargetTable
from kpi.progress.assess import paired
from kpi.progress.compare import likeness_of
from kpi.progress.evaluate import evaluate
from kpi.progress.evaluation import Evaluation, partly_read
from kpi.progress.likeness import Likeness
from kpi.progress.points import points_of
from kpi.progress.scheme import Scheme, scheme_of
from kpi.rules.contexts import DEFAULT_PROFILE, profile_of
from kpi.rules.located import Located, RulesetError
from kpi.rules.monitoring import spoken
from kpi.rules.ruleset import Ruleset
from kpi.rules.sameforms import Identity, identity
from kpi.values.normal import squeezed

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


def copies(documents: Sequence[Document]) -> frozenset[int]:
    """The identities of forms that say word for word what one before them says: its targets, and what came of them."""
    seen: set[Identity] = set()
    again: set[int] = set()
    for table in (table for document in documents for table in document.tables):
        known = identity(table)
        whole = (known, _outcome(table)) if known else ()
        if whole and whole in seen:
            again.add(id(table))
        seen.add(whole)
    return frozenset(again)


def _outcome(table: TargetTable) -> Identity:
    """What a self-evaluation says beside its targets."""
    rows = tuple(
        (_points(one.weight), squeezed(one.actual.text if one.actual else ""), _points(one.score),
         squeezed(one.reason or ""))
        for one in table.indicators
    )  # fmt: skip
    said, money = table.stated or Stated(), table.execution or Execution()
    total = (_points(said.full), _points(said.score), said.grade)
    return rows, total, money.budget, money.adjusted, money.spent, _points(money.points), _points(money.score)


def _points(text: str | None) -> Decimal | str:
    found = points_of(text)
    return squeezed(text or "") if found is None else found


def evaluated(
    document: Document, declared: Sequence[TargetTable | None], ruleset: Ruleset
) -> Mapping[int, Evaluation]:
    """The forms of a document, each against its target form where there is one, by the identity of the form."""
    scheme, results = schemes(ruleset), {}
    for table, form in zip(document.tables, declared, strict=True):
        pairs, matched = paired(table, form) if form else ({}, None)
        near = matched.near if matched else ()
        unread = partly_read(document, table)
        results[id(table)] = evaluate(table, scheme(table), declared=form, pairs=pairs, near=near, unread=unread)
    return results
