"""Total-cost rows against the funding of their half: above it, capped under it, a copy of it."""

from collections.abc import Iterator
from decimal import Decimal

from kpi.model import MONEY_LEVELS
from kpi.names import read_name
from kpi.rules.checks.amounts import budget, slip, total_cost, unit_cost
from kpi.rules.checks.rows import blank, entries
from kpi.rules.context import EntryContext
from kpi.rules.finding import Fix, Hit, NotApplicable
from kpi.rules.implied import share
from kpi.rules.registry import Params, WordList, check
from kpi.rules.term import one_year
from kpi.rules.text import holds, number, yuan

NO_FUNDING = NotApplicable("表中没有资金总额")


def money_rows(ctx: EntryContext) -> list[tuple[EntryContext, Decimal]]:
    """The cost rows of the same half that state an amount."""
    rows = ((row, total_cost(row)) for row in entries(ctx.form, ctx.half, MONEY_LEVELS))
    return [(row, amount) for row, amount in rows if amount is not None]


def whole(ctx: EntryContext, explicit: frozenset[str]) -> bool:
    """Whether the row speaks of the project's whole cost.

    A name that says so outright does, unless several do; one that covers the project's subject does where it is the
    half's one amount.
    """
    name, level2, project = ctx.indicator.name, ctx.indicator.level2, ctx.form.table.project
    rows, covers = money_rows(ctx), read_name(name, level2, project).whole_project
    if holds(explicit, name):  # of 出差总成本 and 劳务总成本 each is a part
        return covers or sum(holds(explicit, row.indicator.name) for row, _ in rows) < 2
    return len(rows) < 2 and covers


def shortest(amount: Decimal, ctx: EntryContext) -> str:
    """The amount in the unit the row is written in: 万元 where two decimals hold it exactly."""
    if ctx.value.magnitude == "万" and amount % 100 == 0:
        return f"{number(amount / 10_000)}万元"
    return f"{number(amount)}元"


def affordable(ctx: EntryContext, total: Decimal, explicit: frozenset[str]) -> tuple[str, str]:
    """What the row may be at most, and why: (rewrite, why); "", "" where only the funding itself could be said, which
    tells nothing (CST003), or where the other amounts leave nothing.

    A part gets what the others leave, the only amount what it comes to for each.
    """
    if holds(explicit, ctx.indicator.name):
        return "", ""
    others = [
        amount
        for row, amount in money_rows(ctx)
        if row.indicator is not ctx.indicator and not holds(explicit, row.indicator.name)
    ]
    if not others:
        return share(ctx, total)
    left = total - sum(others)
    return (f"≤{shortest(left, ctx)}", f"{yuan(total)}减去其余成本") if left > 0 else ("", "")


class CostExceeds(Params):
    """`investment`: words of amounts that are not this form's money alone (总投资, 概算); `whole`: words that mean the
    whole project outright."""

    investment: WordList
    whole: WordList


@check("cost-exceeds-funding", scope="entry", params=CostExceeds, facts="cost total over rewrite why")
def cost_exceeds(ctx: EntryContext, params: CostExceeds) -> Iterator[Hit | NotApplicable]:
    """A cost above the funding of its half: neither the whole nor a part of it can be."""
    total, cost = budget(ctx.form, ctx.half), total_cost(ctx)
    if cost is None:
        return
    if total is None:
        yield NO_FUNDING
    elif cost > total and not slip(cost, total) and not _outside(ctx, ctx.form.words[params.investment]):
        rewrite, why = affordable(ctx, total, ctx.form.words[params.whole])
        told = {"cost": yuan(cost), "total": yuan(total), "over": yuan(cost - total)}
        yield Hit({**told, "rewrite": rewrite, "why": why}, fix=Fix(rewrite) if rewrite else None)


def _outside(ctx: EntryContext, investment: frozenset[str]) -> bool:
    """The whole investment of a project of several years may pass the money that this form asks for."""
    return holds(investment, ctx.indicator.name) and not one_year(ctx.form.table)


class CostBelow(Params):
    """`whole`: words that mean the whole project outright; `share`: below this share of funding an amount whose name
    only can mean the whole is taken for a part."""

    whole: WordList
    share: Decimal = Decimal("0.5")


@check("cost-below-funding", scope="entry", params=CostBelow, facts="cost total short rewrite why")
def cost_below(ctx: EntryContext, params: CostBelow) -> Iterator[Hit | NotApplicable]:
    """A cap on the whole project's cost under its funding: the money cannot all be spent within it."""
    total, cost = ctx.form.total(ctx.half), total_cost(ctx)
    if cost is None:
        return
    if not total:
        yield NO_FUNDING
        return
    if cost >= total or ctx.value.approximate or cost <= 0 or slip(cost, total) or _other_half_fits(ctx, cost):
        return
    explicit = ctx.form.words[params.whole]
    if whole(ctx, explicit) and (holds(explicit, ctx.indicator.name) or cost >= params.share * total):
        rewrite, why = affordable(ctx, total, explicit)
        told = {"cost": yuan(cost), "total": yuan(total), "short": yuan(total - cost)}
        yield Hit({**told, "rewrite": rewrite, "why": why}, fix=Fix(rewrite) if rewrite else None)


def _other_half_fits(ctx: EntryContext, cost: Decimal) -> bool:
    """A form with one set of values may mean either of its two amounts."""
    return len(ctx.form.table.halves) < 2 and cost in (ctx.form.total("period"), ctx.form.total("annual"))


@check("cost-repeats-budget", scope="entry", facts="total rewrite why")
def cost_repeats(ctx: EntryContext, params: Params) -> Iterator[Hit | NotApplicable]:
    """A cost that equals the funding tells nothing new, unless another row of the half gives the unit cost."""
    total, cost = ctx.form.total(ctx.half), total_cost(ctx)
    if cost is None or ctx.value.approximate:
        return
    if not total:
        yield NO_FUNDING
        return
    if cost != total and not _other_half_fits(ctx, cost):
        return
    rows = entries(ctx.form, ctx.half, MONEY_LEVELS)
    others = [row for row in rows if row.indicator is not ctx.indicator and not blank(row.entry.text)]
    if any(unit_cost(row) or row.asks.asks == "unit-cost" for row in others):
        return
    rewrite, why = share(ctx, cost)
    yield Hit({"total": yuan(cost), "rewrite": rewrite, "why": why})
