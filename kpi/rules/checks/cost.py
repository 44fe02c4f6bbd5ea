"""Total-cost rows against the funding of their half: above it, capped under it, a copy of it."""

from collections.abc import Iterator
from decimal import Decimal

from kpi.lazyre import later
from kpi.model import MONEY_LEVELS, Half
from kpi.names import read_name
from kpi.names.table import table as names
from kpi.names.whole import subject_of
from kpi.rules.bare import bare
from kpi.rules.checks.amounts import budget, slip, total_cost, unit_cost
from kpi.rules.checks.rows import BY_YEARS, blank, entries, quote
from kpi.rules.context import EntryContext, FormContext, per_form
from kpi.rules.finding import Fix, Hit, NotApplicable
from kpi.rules.implied import share
from kpi.rules.registry import Params, WordList, check
from kpi.rules.term import later_years, one_year
from kpi.rules.text import core, holds, multiple, number, pattern, squash, yuan

_EACH_OR_STANDARD = later("程度|单价|标准|[人户亩台次处]均|[每单].{1,6}成本|单位成本|[(（]元")
_COST = "成本"  # what names a cost where rows have no levels
_WAN = Decimal(10_000)
_HUNDRED = Decimal(100)
_LEAST_PARTS = 2
_SUBJECT = 2  # characters
_LEAST_KIND, _TAIL = 4, 2  # characters of what a sum is spent on, and of what it shares with others
_KIND = later("(?:成本|费用|经费|支出|费)$")  # what names of costs end on, whatever they are spent for
NO_FUNDING = NotApplicable("表中没有资金总额")


def money_rows(ctx: EntryContext) -> tuple[tuple[EntryContext, Decimal], ...]:
    """The cost rows of the same half that state an amount."""
    return _amounts(ctx.form, ctx.half)


@per_form
def _amounts(form: FormContext, half: Half) -> tuple[tuple[EntryContext, Decimal], ...]:
    rows = ((row, total_cost(row)) for row in entries(form, half, MONEY_LEVELS))
    return tuple((row, amount) for row, amount in rows if amount is not None)


def whole(ctx: EntryContext, explicit: frozenset[str]) -> bool:
    """Whether the row speaks of the project's whole cost.

    A name that says so outright does, unless several do; one that covers the project's subject does where it is the
    half's one amount.
    """
    name, level2, project = ctx.indicator.name, ctx.indicator.level2, ctx.form.table.project
    rows, covers = money_rows(ctx), read_name(name, level2, project).whole_project
    if holds(explicit, name):  # of 出差总成本 and 劳务总成本 each is a part; so is 园舍维修总投入 beside 生均公用经费
        subject = pattern(explicit).sub("", bare(name))
        priced = any(row.indicator is not ctx.indicator for row in _each_priced(ctx.form, ctx.half))
        own = subject_of(subject) in project and not names().words["joints"].within(project)
        part = priced and not own and len(subject) >= _SUBJECT and not names().words["generic"].within(subject)
        return covers or (not part and sum(holds(explicit, row.indicator.name) for row, _ in rows) < 2)
    return len(rows) < 2 and covers


def shortest(amount: Decimal, ctx: EntryContext) -> str:
    """The amount in the unit the row is written in: 万元 where two decimals hold it exactly."""
    if ctx.value.magnitude == "万" and multiple(amount, _HUNDRED):
        return f"{number(amount / 10_000)}万元"
    return f"{number(amount)}元"


def affordable(ctx: EntryContext, total: Decimal, explicit: frozenset[str]) -> tuple[str, str]:
    """What the row may be at most, and why: (rewrite, why); "", "" where only the funding itself could be said, which
    tells nothing (CST003), or where the other amounts leave nothing.

    A part gets what the others leave, the only amount what it comes to for each.
    """
    if holds(explicit, ctx.indicator.name):
        return "", ""
    rows = [(row, amount) for row, amount in money_rows(ctx) if row.indicator is not ctx.indicator]
    others = [amount for row, amount in rows if not holds(explicit, row.indicator.name)]
    if not others:  # a part beside the whole comes to nothing that could be told for each
        return ("", "") if rows else share(ctx, total)
    left = total - sum(others)
    return (f"≤{shortest(left, ctx)}", f"{yuan(total)}减去其余成本") if left > 0 else ("", "")


class CostExceeds(Params):
    """`investment`: words of amounts that are not this form's money alone (总投资, 概算); `whole`: words that mean the
    whole project outright; `shared`: words by which a form says that others pay a part."""

    investment: WordList
    whole: WordList
    shared: WordList


@check(
    "cost-exceeds-funding",
    scope="entry",
    params=CostExceeds,
    facts="cost total over limit slip rewrite why names",
    cases="parts",
)
def cost_exceeds(ctx: EntryContext, params: CostExceeds) -> Iterator[Hit | NotApplicable]:
    """A cost above the funding of its half: neither the whole nor a part of it can be."""
    total, cost = budget(ctx.form, ctx.half), total_cost(ctx)
    if cost is None or not (ctx.indicator.level2 or _COST in ctx.indicator.name):
        return
    if total is None:
        yield NO_FUNDING
    elif cost > total and not slip(cost, total) and not _outside(ctx, ctx.form.words[params.investment]):
        slipped = _zeros(cost, total)  # the pen slipped: the amount is to be mended, not to be told for each
        rewrite, why = ("", "") if slipped else affordable(ctx, total, ctx.form.words[params.whole])
        told = {**_told(ctx, cost, total), "slip": slipped}
        yield Hit({**told, "rewrite": rewrite, "why": why}, fix=Fix(rewrite) if rewrite else None)
    elif cost <= total and (parts := _parts(ctx, total, params)):
        told = _told(ctx, sum((amount for _, amount in parts), Decimal(0)), total)
        names = "、".join(f"“{row.indicator.name}”{row.entry.text}" for row, _ in parts)
        yield Hit({**told, "names": names}, "parts", tuple(quote(row) for row, _ in parts))


def _told(ctx: EntryContext, cost: Decimal, total: Decimal) -> dict[str, str]:
    in_wan = "万" in ctx.form.table.money_unit and multiple(total, _HUNDRED)
    limit = f"{number(total / _WAN)}万元" if in_wan else yuan(total)  # as the form prints money
    return {"cost": yuan(cost), "total": yuan(total), "over": yuan(cost - total), "limit": limit}


def _zeros(cost: Decimal, total: Decimal) -> str:
    """Ten or a hundred times the money to the last figure is a slip of the pen."""
    times = {total * 10: "10倍，像是多写了一个0，或者小数点", total * 100: "100倍，像是多写了两个0，或者小数点"}
    return f"正好是资金的{times[cost]}点错了" if cost in times else ""


def _parts(ctx: EntryContext, total: Decimal, params: CostExceeds) -> list[tuple[EntryContext, Decimal]]:
    """The costs of the half that together pass the money, told at the last of them; [] where they do not, or where one
    may be contained in another: the whole, or one whose name has the other's."""
    words = ctx.form.words[params.whole] | ctx.form.words[params.investment]
    parts = _below(ctx.form, ctx.half, total, words)
    if len(parts) < _LEAST_PARTS or parts[-1][0].indicator is not ctx.indicator:
        return []
    if sum((amount for _, amount in parts), Decimal(0)) <= total or _paid_by_others(ctx, params):
        return []
    names = [_KIND.sub("", core(row.indicator.name)) for row, _ in parts]
    together = "\n".join(names)
    return [] if any(together.count(one) > 1 for one in names) else list(parts)


@per_form
def _below(
    form: FormContext, half: Half, total: Decimal, words: frozenset[str]
) -> tuple[tuple[EntryContext, Decimal], ...]:
    """The costs below the money that none of `words` nor their name makes the whole."""
    return tuple(
        (row, amount)
        for row, amount in _amounts(form, half)
        if 0 < amount < total and not row.value.approximate and not _whole(row, words)
    )


def _whole(row: EntryContext, words: frozenset[str]) -> bool:
    name = row.indicator.name
    return holds(words, name) or read_name(name, row.indicator.level2, row.form.table.project).whole_project


def _paid_by_others(ctx: EntryContext, params: CostExceeds) -> bool:
    table = ctx.form.table
    texts = (*table.sections.values(), table.period_goal or "", table.annual_goal or "")
    return any(holds(ctx.form.words[params.shared], text) for text in texts)


def _outside(ctx: EntryContext, investment: frozenset[str]) -> bool:
    """The whole investment of a project of several years may pass the money that this form asks for."""
    return holds(investment, ctx.indicator.name) and not one_year(ctx.form.table) and not _alone(ctx)


def _alone(ctx: EntryContext) -> bool:
    """Whether the form tells one year only, and that nobody else pays: 其他资金 0."""
    table, funding = ctx.form.table, ctx.form.table.funding(ctx.half)
    one = table.halves == ("annual",) and not table.term and not table.period_goal
    others = [amount for name, amount in funding.sources.items() if "其他" in name] if funding else []
    return one and bool(others) and not any(others) and None not in others


class CostBelow(Params):
    """`whole`: words that mean the whole project outright; `share`: below this share of funding an amount whose name
    only can mean the whole is taken for a part; one of `parts`, which the project's name has not, makes one of it
    (药品费用总额)."""

    whole: WordList
    parts: WordList = "cost-parts"
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
    if later_years(ctx.form.table):
        yield BY_YEARS
        return
    if cost >= total or ctx.value.approximate or cost <= 0 or slip(cost, total) or _other_half_fits(ctx, cost):
        return
    explicit, project = ctx.form.words[params.whole], ctx.form.table.project
    if any(word in ctx.indicator.name and word not in project for word in ctx.form.words[params.parts]):
        return
    if _of_kinds(ctx, explicit):
        return
    others = (amount for row, amount in money_rows(ctx) if row.indicator is not ctx.indicator)
    if cost + sum(others) == total:
        return  # 运维总成本 ≤80万元 and 测评成本 ≤20万元 are the whole together
    if whole(ctx, explicit) and (holds(explicit, ctx.indicator.name) or cost >= params.share * total):
        rewrite, why = affordable(ctx, total, explicit)
        told = {"cost": yuan(cost), "total": yuan(total), "short": yuan(total - cost)}
        yield Hit({**told, "rewrite": rewrite, "why": why}, fix=Fix(rewrite) if rewrite else None)


def _of_kinds(ctx: EntryContext, whole_words: frozenset[str]) -> bool:
    """住院补助支出总额 beside 门诊补助标准: one of several kinds."""
    name = squash(ctx.indicator.name)
    kind = name[: min((name.index(word) for word in whole_words if word in name), default=0)]
    if len(kind) < _LEAST_KIND or kind in ctx.form.table.project:
        return False
    rows = entries(ctx.form, ctx.half, MONEY_LEVELS)
    names = (squash(row.indicator.name) for row in rows if row.indicator is not ctx.indicator)
    return any(kind[-_TAIL:] in other and kind not in other for other in names)


def _other_half_fits(ctx: EntryContext, cost: Decimal) -> bool:
    """A form with one set of values may mean either of its two amounts."""
    return len(ctx.form.table.halves) < 2 and cost in (ctx.form.total("period"), ctx.form.total("annual"))


@check("cost-repeats-budget", scope="entry", facts="total rewrite why other", cases="priced")
def cost_repeats(ctx: EntryContext, params: Params) -> Iterator[Hit | NotApplicable]:
    """A cost that equals the funding tells nothing new; the less where another row of the half gives the unit cost."""
    total = ctx.form.total(ctx.half)
    cost = total_cost(ctx) or _unitless(ctx, total)
    if cost is None or ctx.value.approximate:
        return
    if not total:
        yield NO_FUNDING
        return
    if cost != total and not _other_half_fits(ctx, cost):
        return
    others = [row for row in _each_priced(ctx.form, ctx.half) if row.indicator is not ctx.indicator]
    if others:
        name = others[0].indicator.name
        yield Hit({"total": yuan(cost), "rewrite": "", "why": "", "other": name}, case="priced")
        return
    rewrite, why = share(ctx, cost)
    yield Hit({"total": yuan(cost), "rewrite": rewrite, "why": why, "other": ""})


def _unitless(ctx: EntryContext, total: Decimal | None) -> Decimal | None:
    """设备购置资金 | 62.5 in a form of 62.5万元: its unit is missing (UNI002), and it is the budget all the same."""
    value, asked = ctx.value, ctx.asks.asks == "money" or ctx.indicator.level2 in MONEY_LEVELS
    if ctx.asks.asks in ("rate", "unit-cost") or _EACH_OR_STANDARD.search(ctx.indicator.name):
        return None  # 成本控制率 ≤100, 设备单价 320
    if not total or not asked or value.kind != "quantity" or value.dimension or value.unit_text or not value.figure:
        return None
    wan = "万" in ctx.form.table.money_unit and value.figure * _WAN == total
    return total if wan or value.figure == total else None


@per_form
def _each_priced(form: FormContext, half: Half) -> tuple[EntryContext, ...]:
    """The cost rows that state or ask what one comes to."""
    rows = [row for row in entries(form, half, MONEY_LEVELS) if not blank(row.entry.text)]
    return tuple(row for row in rows if unit_cost(row) or row.asks.asks == "unit-cost")
