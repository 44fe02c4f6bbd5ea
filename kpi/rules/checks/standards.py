"""Prices above a spending standard that the ruleset lists."""

from collections.abc import Iterator
from decimal import Decimal

from kpi.rules.checks.amounts import UnitCost, unit_cost
from kpi.rules.checks.products import price_of
from kpi.rules.context import EntryContext
from kpi.rules.finding import Hit, NotApplicable
from kpi.rules.registry import Params, check
from kpi.rules.text import number, yuan


class Standard(Params):
    """One listed standard: unit costs in `unit` whose name has one of `words` may not pass `limit` 元."""

    words: tuple[str, ...]
    unit: str
    limit: Decimal
    source: str
    verified: bool = False
    since: int | None = None
    until: int | None = None


class SpendingStandard(Params):
    standards: tuple[Standard, ...] = ()


@check("spending-standard", scope="entry", params=SpendingStandard, facts="price limit source over rewrite")
def spending_standard(ctx: EntryContext, params: SpendingStandard) -> Iterator[Hit | NotApplicable]:
    """A unit cost above a standard that the ruleset lists and that is in force in the form's year."""
    if not params.standards:
        yield NotApplicable("规则集没有列出开支标准")
        return
    cost = unit_cost(ctx)
    if cost is None:
        return
    for standard in params.standards:
        if _concerns(standard, ctx, cost) and cost.price > standard.limit:
            yield Hit(
                {
                    "price": price_of(cost),
                    "limit": f"{number(standard.limit)}{standard.unit}",
                    "source": standard.source,
                    "over": yuan(cost.price - standard.limit),
                    "rewrite": f"≤{number(standard.limit)}{standard.unit}",
                }
            )
            return


def _concerns(standard: Standard, ctx: EntryContext, cost: UnitCost) -> bool:
    year = ctx.form.table.year
    in_force = year is None or ((standard.since or year) <= year <= (standard.until or year))
    parts = set(standard.unit.removeprefix("元/").strip("()").split("·"))
    same_unit = parts == {*cost.per, *cost.times}
    return in_force and same_unit and any(word in ctx.indicator.name for word in standard.words)
