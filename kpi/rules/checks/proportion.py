"""Money per unit of outcome: outside a plausible band, or far from a like project of the same document."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from kpi.model import Half
from kpi.rules.checks.rows import entries, half_of, quote, subject_words
from kpi.rules.context import DocumentContext, EntryContext, FormContext
from kpi.rules.finding import Hit, NotApplicable
from kpi.rules.registry import Params, check
from kpi.rules.text import core, grouped, number, yuan

#: With how many of the following forms that share an outcome a form is compared.
_NEIGHBOURS = 50
_OUTCOMES = ("数量指标", "经济效益", "社会效益", "生态效益")


class Band(Params):
    """Plausible funding in 元 for one unit of an outcome whose name has one of `words` (and none of `unless`)."""

    words: tuple[str, ...]
    units: tuple[str, ...]
    unless: tuple[str, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    source: str
    verified: bool = False


class Proportion(Params):
    """`factor`: how many times apart two like projects must be; `likeness`: how much of their names they must share."""

    bands: tuple[Band, ...] = ()
    factor: Decimal = Decimal(10)
    likeness: Decimal = Decimal("0.5")


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What one unit of an outcome costs by the form's money."""

    row: EntryContext
    count: Decimal
    each: Decimal


@check(
    "outcome-proportion",
    scope="document",
    params=Proportion,
    facts="total count each low high source other other_project other_each factor",
    cases="too-much unlike",
)
def outcome_proportion(ctx: DocumentContext, params: Proportion) -> Iterator[Hit | NotApplicable]:
    """At most one finding a form: its first outcome outside a band, else one a pair of like projects far apart."""
    outcomes = {id(form): list(_outcomes(form)) for form in ctx.forms}
    if not any(outcomes.values()):
        yield NotApplicable("没有同时写明资金和产出数量的项目")
        return
    flagged: set[int] = set()
    for form in ctx.forms:
        hits = [hit for outcome in outcomes[id(form)] if (hit := _outside(outcome, params))]
        if hits:
            flagged.add(id(form))
            yield Hit(
                hits[0].facts, hits[0].case, tuple(e for hit in hits for e in hit.evidence), half=hits[0].half,
                level2=hits[0].level2, indicator=hits[0].indicator, table=form.table, value=hits[0].value,
            )  # fmt: skip
    unflagged = [form for form in ctx.forms if id(form) not in flagged]
    for one, two in _comparable(unflagged, outcomes):
        if _alike(one, two, params.likeness):
            yield from _far_apart(outcomes[id(one)], outcomes[id(two)], params)


def _comparable(
    forms: list[FormContext], outcomes: dict[int, list[Outcome]]
) -> Iterator[tuple[FormContext, FormContext]]:
    """Pairs of forms that state an outcome of one name and unit, in document order.

    Only such pairs can be far apart, so a document of thousands of forms is not compared form by form. Where very many
    share an outcome (受益人数), each is compared with the next ones only.
    """
    groups: dict[tuple[str, str | None], list[int]] = {}
    for place, form in enumerate(forms):
        for key in dict.fromkeys(_key(outcome) for outcome in outcomes[id(form)]):
            groups.setdefault(key, []).append(place)
    pairs = {
        (one, two)
        for places in groups.values()
        for start, one in enumerate(places)
        for two in places[start + 1 : start + 1 + _NEIGHBOURS]
    }
    return ((forms[one], forms[two]) for one, two in sorted(pairs))


def _key(outcome: Outcome) -> tuple[str, str | None]:
    return core(outcome.row.indicator.name), outcome.row.value.unit


def _outcomes(form: FormContext) -> Iterator[Outcome]:
    """Plain counts and measures of the last half that has them, with the money of that half."""
    seen: set[int] = set()
    for half in reversed(form.table.halves):
        total = form.total(half)
        for row in entries(form, half, _OUTCOMES) if total else ():
            figure = row.value.figure
            plain = row.value.kind == "quantity" and row.value.dimension not in (
                None,
                "money",
                "ratio",
                "time",
                "score",
            )
            if total and plain and figure and figure > 0 and id(row.indicator) not in seen:
                seen.add(id(row.indicator))
                yield Outcome(row, figure, total / figure)


def _outside(outcome: Outcome, params: Proportion) -> Hit | None:
    name = outcome.row.indicator.name
    for band in params.bands:
        if outcome.row.value.unit not in band.units or not any(word in name for word in band.words):
            continue
        if any(word in name for word in band.unless):
            continue
        if band.low is not None and outcome.each < band.low:
            return _hit(outcome, band, None)
        if band.high is not None and outcome.each > band.high and outcome.row.value.comparator != "<=":
            return _hit(outcome, band, "too-much")
    return None


def _hit(outcome: Outcome, band: Band, case: str | None) -> Hit:
    facts = {
        **_facts(outcome),
        "low": number(band.low) if band.low is not None else "",
        "high": number(band.high) if band.high is not None else "",
        "source": band.source,
    }
    row = outcome.row
    return Hit(
        facts,
        case,
        (quote(row),),
        half=_half(row),
        level2=row.indicator.level2,
        indicator=row.indicator,
        value=row.entry.text,
    )


def _facts(outcome: Outcome) -> dict[str, str]:
    unit = outcome.row.value.unit or ""
    total = outcome.row.form.total(outcome.row.half) or Decimal(0)
    cents = outcome.each.quantize(Decimal("0.01")) if outcome.each < 1000 else outcome.each.to_integral_value()
    return {
        "total": yuan(total),
        "count": f"{grouped(outcome.count)}{unit}",
        "each": f"{grouped(cents)}元/{unit}",
    }


def _half(row: EntryContext) -> Half | Literal["both"] | None:
    sides = [half for half, entry in row.indicator.entries() if entry.text.strip()]
    return half_of(tuple(sides))


def _alike(one: FormContext, two: FormContext, likeness: Decimal) -> bool:
    first, second = subject_words(one.table.project), subject_words(two.table.project)
    shared = len(first & second)
    return bool(shared) and Decimal(2 * shared) / (len(first) + len(second)) >= likeness


def _far_apart(first: list[Outcome], second: list[Outcome], params: Proportion) -> Iterator[Hit]:
    """The first pair of equally named outcomes whose cost differs by the factor or more."""
    for one in first:
        for two in second:
            apart = max(one.each, two.each) / min(one.each, two.each)
            if _key(one) == _key(two) and apart >= params.factor:
                facts = {
                    **_facts(one),
                    "other": two.row.entry.text,
                    "other_project": two.row.form.table.project,
                    "other_each": _facts(two)["each"],
                    "factor": grouped(apart.to_integral_value()),
                }
                row = one.row
                yield Hit(
                    facts, "unlike", (quote(row), quote(two.row)), half=_half(row), level2=row.indicator.level2,
                    indicator=row.indicator, table=row.form.table, value=row.entry.text,
                )  # fmt: skip
                return
