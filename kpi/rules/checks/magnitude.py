"""元 and 万元 mixed up: a total cost and the funding that are the same but for the 万 of one of them."""

from collections.abc import Iterator
from decimal import Decimal

from kpi.model import MONEY_LEVELS, Half
from kpi.names.table import table as names
from kpi.rules.bare import bare, ending
from kpi.rules.checks.amounts import budget, slip, total_cost, unit_cost
from kpi.rules.checks.cost import NO_FUNDING, whole
from kpi.rules.checks.products import Product, product_of
from kpi.rules.checks.rows import entries
from kpi.rules.context import EntryContext, FormContext
from kpi.rules.finding import Fix, Hit, NotApplicable
from kpi.rules.registry import Params, WordList, check
from kpi.rules.text import grouped, holds, number, yuan

_WAN = -4  # the power of ten from 万元 to 元
_TIMES = Decimal(10_000)
_NO_SLIP = 1000  # below so many times the funding a cost is only too high
_LEAST = Decimal(10_000)  # so many 万元 are more than most forms ask for
_SURELY = Decimal(100_000)  # so many 万元 are more than any single form of a county asks for
_PART = 10  # a part of the funding that is one
_ALIKE = (Decimal("0.67"), Decimal("1.5"))


class MagnitudeSlip(Params):
    """`whole`: words that mean the whole project outright. Below `tiny` 元 two figures of the funding ten thousand
    times smaller are 万元 written as 元, be it of a part only, unless one of `small` says that it is for each (餐).
    `works` end names of what is built or bought whole: its price in 元 may be one in 万元 (单座造价 | ≤28元)."""

    whole: WordList
    small: WordList
    works: WordList
    tiny: Decimal = Decimal(1000)


@check(
    "magnitude-slip",
    scope="entry",
    params=MagnitudeSlip,
    facts="cost total factor rewrite printed sum",
    cases="above funding funding-price price",
)
def magnitude_slip(ctx: EntryContext, params: MagnitudeSlip) -> Iterator[Hit | NotApplicable]:
    """A total cost that is the funding but for a factor of a thousand or more; one that only fits as 元 where it was
    written under 万元; a funding that does."""
    total, cost = budget(ctx.form, ctx.half), total_cost(ctx)
    if total is not None and (printed := _funding_in_yuan(ctx, cost, total, params)):
        facts = _facts(cost or printed, total, number(printed / _TIMES))
        yield Hit({**facts, "printed": number(printed)}, "funding")
        return
    if total is not None and (products := priced_in_yuan(ctx.form, ctx.half)):
        if products[0].cost.row.indicator is ctx.indicator:
            yield _by_prices(products, total)
        return
    if cost is None:
        yield from _price_in_wan(ctx, total, params)
        return
    if total is None:
        yield NO_FUNDING
        return
    power = slip(cost, total)
    # a small part may end in the same digits
    small = power < 0 and (whole(ctx, ctx.form.words[params.whole]) or _wan_as_yuan(ctx, cost, power, params))
    if power > 0 or small:
        rewrite = f"≤{number(total)}元"
        yield Hit(_facts(cost, total, rewrite), fix=Fix(rewrite))
    elif power == 0 and cost >= _NO_SLIP * total and cost / _TIMES <= total and _in_wan(ctx):
        rewrite = f"≤{number(cost / _TIMES)}元"
        yield Hit(_facts(cost, total, rewrite), "above", fix=Fix(rewrite))


def _facts(cost: Decimal, total: Decimal, rewrite: str) -> dict[str, str]:
    factor = grouped((max(cost, total) / min(cost, total)).to_integral_value())
    return {"cost": yuan(cost), "total": yuan(total), "factor": factor, "rewrite": rewrite}


def _in_wan(ctx: EntryContext) -> bool:
    """Whether the row's figure was taken in 万元: by its own unit, or by that of its name."""
    return "万" in (ctx.value.magnitude or "") or (ctx.value.unit is None and "万" in (ctx.asks.unit_hint or ""))


def _funding_in_yuan(ctx: EntryContext, cost: Decimal | None, total: Decimal, params: MagnitudeSlip) -> Decimal | None:
    """What the funding field says, where it says 元 though it asks for 万元: 860000 beside a whole cost of 92万元, or
    beside the same figure without a unit. None otherwise."""
    printed = total / _TIMES
    if "万" not in ctx.form.table.money_unit or printed < _LEAST or printed != int(printed):
        return None
    if not whole(ctx, ctx.form.words[params.whole]):
        return None
    if cost is None:
        bare = not ctx.value.unit_text and not ctx.value.dimension and ctx.value.upper
        same = bool(bare) and ctx.value.figure == printed and ctx.asks.asks in ("money", None)
        return printed if same and printed >= _SURELY else None
    alike = _ALIKE[0] <= cost / printed <= _ALIKE[1]
    return printed if alike and (_in_wan(ctx) or printed >= _SURELY) else None


def priced_in_yuan(form: FormContext, half: Half) -> list[Product]:
    """The products of prices and quantities that come to what a funding field in 万元 says as 元; [] otherwise."""
    printed = (form.total(half) or Decimal(0)) / _TIMES
    if "万" not in form.table.money_unit or printed < _LEAST or printed != int(printed):
        return []
    costs = [cost for row in entries(form, half, MONEY_LEVELS) if (cost := unit_cost(row))]
    counted = [row for row in entries(form, half, ("数量指标",)) if row.value.kind == "quantity"]
    products = [product for cost in costs if (product := product_of(form, cost, counted))]
    if len(products) < len(costs) or any(one.low != one.high for one in products):
        return []
    return products if _ALIKE[0] * printed <= sum(one.low for one in products) <= _ALIKE[1] * printed else []


def _by_prices(products: list[Product], total: Decimal) -> Hit:
    printed, cost = total / _TIMES, sum((one.low for one in products), Decimal(0))
    said = {"printed": number(printed), "sum": " + ".join(one.told(one.low) for one in products)}
    return Hit({**_facts(cost, total, number(printed / _TIMES)), **said}, "funding-price")


def _price_in_wan(ctx: EntryContext, total: Decimal | None, params: MagnitudeSlip) -> Iterator[Hit]:
    """单座造价 | ≤28元 with 8座 in a project of 420万元: a thousandth of the money as 元, a good part of it as 万元."""
    price = unit_cost(ctx)
    if not total or price is None or price.price >= params.tiny or ctx.value.magnitude:
        return
    if not ending(ctx.form.words[params.works], bare(ctx.indicator.name)):
        return
    counted = [row for row in entries(ctx.form, ctx.half, ("数量指标",)) if row.value.kind == "quantity"]
    product = product_of(ctx.form, price, counted)
    if product and product.high < total / _NO_SLIP and total / _PART <= product.low * _TIMES <= total:
        rewrite = ctx.entry.text.strip().replace("元", "万元", 1)
        facts = {**_facts(product.low, total, rewrite), "sum": product.told(product.low)}
        yield Hit(facts, "price", fix=Fix(rewrite))


def _wan_as_yuan(ctx: EntryContext, cost: Decimal, power: int, params: MagnitudeSlip) -> bool:
    digits = number(cost).replace(".", "").strip("0")
    tiny = power == _WAN and cost < params.tiny and len(digits) > 1
    name = ctx.indicator.name
    each = names().words["benefits"].within(name) or holds(ctx.form.words[params.small], name)
    return tiny and not each
