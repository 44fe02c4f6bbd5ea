"""Price × quantity against funding, and the quantity that funding and a price imply."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import combinations

from kpi.lazyre import HAN, later
from kpi.model import HALVES, MONEY_LEVELS, Funding, Half
from kpi.rules.checks.amounts import UnitCost, funding_half_step, told_apart, total_cost, unit_cost
from kpi.rules.checks.cost import NO_FUNDING
from kpi.rules.checks.magnitude import priced_in_yuan
from kpi.rules.checks.pricefits import fitting, shortened, wan_lost
from kpi.rules.checks.products import PER_YEAR, Product, price_of, product_of
from kpi.rules.checks.rows import BY_YEARS, PROSE, blank, entries, half_of, quote, subject_words
from kpi.rules.context import EntryContext, FormContext
from kpi.rules.finding import Hit, NotApplicable
from kpi.rules.registry import Params, WordList, check
from kpi.rules.term import later_years, one_year
from kpi.rules.text import core, grouped, holds, number, pattern, yuan
from kpi.values import find_values

_NUMBER = re.compile("(?:总数|数量|数)$")
_OF_PRICES = later("人均|户均|亩均|平均|单位|单价|标准|补助|补贴|资助|救助|成本|费用?|造价|价格|支出|控制|[每单]")
#: what several levels of government, or the insured, pay together
_SHARED_OUT = later("筹资|公用经费|经费标准|财政补助标准|保费|工资标准|基本公共卫生")
_OWN_WORD = later(f"{HAN}{{3,}}")  # of a price, and of nothing that is counted
_MONTH = "月"
_SOME_MONTHS = later(r"[\d一二三四五六七八九十]\s*个月|\d\s*月份?\s*[起至到—~-]")
_YEARS_MONEY = later(r"(?:其中:?)?(?:20\d\d年|[本当]年|第[一二三四五]年)")  # of which year a part is
_ABSURD = Decimal(100)  # times the money: no share that others pay comes to that
_JOINED = re.compile("[及和与、]")
_MOST = 8  # products of which some may be parts of others


class UnitCostTimesQuantity(Params):
    """`shared`: words by which a form says that others pay a part; `shares`: words of names that tell which part this
    money pays, `payers` of who pays it, before a rate in a text; `near`: up to this share of funding the gap is only
    worth a warning; `rest`: up to this share the money may be more than the least quantities (≥1644场) come to;
    `most`: from this share on exact prices and quantities are what the money is for, and what is left needs a cost of
    its own; `whole`: words of names of the whole cost, which is no cost besides; `joint`: words of prices that are all
    paid for each; `monthly`: words by which a form says that something is paid every month,
    `topped_up` of standards up to which incomes are filled up (低保)."""

    shared: WordList
    shares: WordList
    payers: WordList
    whole: WordList
    joint: WordList = "joint-prices"
    monthly: WordList = "paid-monthly"
    topped_up: WordList = "topped-up"
    near: Decimal = Decimal("0.05")
    rest: Decimal = Decimal("0.01")
    most: Decimal = Decimal("0.6")


@check(
    "unit-cost-times-quantity",
    scope="form",
    params=UnitCostTimesQuantity,
    facts="price count product total gap relation fits rewrite sum",
    cases="near implied-quantity rest-unexplained all-year",
)
def unit_cost_times_quantity(ctx: FormContext, params: UnitCostTimesQuantity) -> Iterator[Hit | NotApplicable]:
    """Unit costs times their quantities against the money of each half; both halves with one defect are one hit."""
    if later_years(ctx.table):
        yield BY_YEARS
        return
    found: dict[tuple[str | None, str], list[tuple[Half, Hit]]] = {}
    known = False
    for half in ctx.table.halves:
        costs = [cost for row in entries(ctx, half, MONEY_LEVELS) if (cost := unit_cost(row))]
        funding, known = ctx.table.funding(half), known or bool(costs)
        if not costs or _unreadable(ctx, half, costs):
            continue
        if funding is None or not funding.total:
            yield NO_FUNDING
        elif not priced_in_yuan(ctx, half) and (hit := _judge(ctx, funding, costs, params)):
            found.setdefault((hit.case, costs[0].row.indicator.name), []).append((half, hit))
    if not known:
        yield NotApplicable("没有写明按什么计的单位成本")
    yield from (_merged(pairs) for pairs in found.values())


def _unreadable(ctx: FormContext, half: Half, costs: Sequence[UnitCost]) -> bool:
    """膜下滴灌面积 | 二3000亩 beside a price by the 亩: how much of it there is, the figure does not tell (VAL011)."""
    torn = [row.entry.text.strip() for row in entries(ctx, half, ("数量指标",)) if row.value.kind == "malformed"]
    counted = tuple(unit for cost in costs if (unit := (cost.row.value.unit or "").rpartition("/")[2]))
    return any(text.endswith(counted) for text in torn)


def _merged(pairs: list[tuple[Half, Hit]]) -> Hit:
    first, halves = pairs[0][1], half_of(tuple(half for half, _ in pairs))
    evidence = tuple(e for _, hit in pairs for e in hit.evidence)
    return Hit(
        first.facts,
        first.case,
        evidence,
        half=halves,
        level2=first.level2,
        indicator=first.indicator,
        value=first.value,
    )


def _judge(ctx: FormContext, funding: Funding, costs: list[UnitCost], params: UnitCostTimesQuantity) -> Hit | None:
    half, total = costs[0].row.half, funding.total or Decimal(0)
    rows = [row for row in entries(ctx, half, ("数量指标",)) if not blank(row.entry.text)]
    figures = [row for row in rows if row.value.kind == "quantity" and row.value.dimension != "money"]
    uncounted = [row for row in rows if row.value.kind in PROSE]
    if len(costs) == 1 and uncounted and not any(row.value.unit in costs[0].per for row in figures):
        return _implied(ctx, funding, costs[0], uncounted)
    if not figures:
        return _implied(ctx, funding, costs[0], rows) if len(costs) == 1 else None
    products = [product for cost in costs if (product := product_of(ctx, cost, figures))]
    least = list(_least_of_classes(products, ctx.words[params.joint]))
    slack = sum((p.tolerance for p in products), funding_half_step(funding, ctx.table.money_unit))
    low = sum((p.low for p in least), Decimal(0))
    high = sum((p.high for p in products), Decimal(0))
    if low > total + slack:
        excused = _excused(ctx, least, params) or _some_fit(products, total, slack)
        excused = excused or _another_count_fits(least, figures, total + slack) or _of_some_only(ctx, products)
        told = list(_shares(ctx, half, params))
        excused = excused or any(low * share <= total + slack for share in told)
        excused = excused or (not told and any(_SHARED_OUT.search(p.cost.row.indicator.name) for p in least))
        return None if excused and low <= _ABSURD * total else _hit(least, low, total, slack, params)
    if len(least) < len(products):
        return None  # how much there is of the dearer classes, nobody knows
    never = len(products) == len(costs) == 1 and _never_fits(products[0], total, slack)
    never = never and _only_unit_costs(ctx, half, params)
    if high > total + max(slack, params.near * total) and (never or _all_year(ctx, products, params)):
        year = _of_the_year(products)
        return None if _excused(ctx, year, params) else _hit(year, high, total, slack, params)._replace(case="all-year")
    covered = {id(row) for product in products for row in product.used}
    closed = len(products) == len(costs) and _only_unit_costs(ctx, half, params)
    complete = closed and all(id(row) in covered for row in rows)
    floors = any(row.value.lower and row.value.upper is None for product in products for row in product.used)
    spare = max(slack, params.rest * total if floors else slack)
    if complete and floors and len(products) > 1:
        return None  # more of any of them may be bought than the least
    if complete and high < params.most * total and _promises_more(ctx, products):
        return None  # 培训300人, and 救助困难家庭60户 in the goal: one price of several
    if complete:
        short = high < total - spare and not told_apart(ctx, funding, high) and not _of_this_year(funding, high, spare)
        return _hit(products, high, total, slack, params) if short else None
    if closed and high < total - slack and (shortened(products, total, slack) or wan_lost(products, total)):
        return _hit(products, high, total, slack, params)
    # 强制免疫及防疫员补助: the name itself says that there is another thing to pay for
    rest = closed and all(map(_exact, products)) and not _JOINED.search(ctx.table.project)
    if rest and params.most * total <= high < total - slack and not told_apart(ctx, funding, high):
        return _hit(products, high, total, slack, params)._replace(case="rest-unexplained")
    return None


def _of_this_year(funding: Funding, product: Decimal, slack: Decimal) -> bool:
    """资金总额960, and 2026年资金320 among its parts: the prices are for what the year has."""
    parts = [amount for name, amount in funding.sources.items() if amount and _YEARS_MONEY.match(name)]
    return any(abs(amount - product) <= slack for amount in parts)


def _promises_more(ctx: FormContext, products: list[Product]) -> bool:
    """Whether the goal counts more things than the quantities that the prices are for."""
    half = products[0].cost.row.half
    used = {row.value.figure for product in products for row in product.used}
    told = [value for _, _, value in find_values(ctx.table.goal(half) or "")]
    return any(value.dimension == "count" and value.figure not in used for value in told if value.figure)


def _least_of_classes(products: list[Product], joint: frozenset[str]) -> Iterator[Product]:
    """The products without those that another one may stand for: 县道养护标准, 乡道养护标准 and one number of
    kilometres, all of which may be of the cheapest class. What everybody gets besides (伙食, 住宿; 省级, 县级补助) is
    named by `joint` words, and adds up."""
    for one in products:
        others = (other for other in products if other is not one and other.used == one.used)
        alike = [other for other in others if other.cost.unit == one.cost.unit and not _adds(other, joint)]
        cheaper = any((other.low, id(other)) < (one.low, id(one)) for other in alike)
        if _adds(one, joint) or not cheaper:
            yield one


def _adds(product: Product, joint: frozenset[str]) -> bool:
    return not product.used or holds(joint, product.cost.row.indicator.name)


def _all_year(ctx: FormContext, products: list[Product], params: UnitCostTimesQuantity) -> bool:
    """Whether prices by the month are paid all the year, as the form says: 按月计算、按季发放."""
    half = products[0].cost.row.half if products else "annual"
    texts = (ctx.table.goal(half) or "", *(row.name for row in ctx.table.indicators))
    if any(_SOME_MONTHS.search(text) for text in (*texts, *ctx.table.sections.values())):
        return False  # 见习期6个月, 7月起每月发放
    monthly = all(span.unit == _MONTH for product in products for span in product.spans)
    monthly = monthly and not any(holds(ctx.words[params.topped_up], p.cost.row.indicator.name) for p in products)
    open_ = any(span.low != span.high for product in products for span in product.spans)
    return half == "annual" and monthly and open_ and any(holds(ctx.words[params.monthly], text) for text in texts)


def _never_fits(product: Product, total: Decimal, slack: Decimal) -> bool:
    """300元/人·月 × 420名 for 96万元: an exact price by the month of an exact number, and no number of months that
    makes the money of it."""
    by_month = len(product.spans) == 1 and product.spans[0].unit == "月" and product.low > 0
    exact = _exact(product) and all(row.value.point is not None for row in product.used)
    return by_month and exact and all(abs(product.low * months - total) > slack for months in range(1, 13))


def _of_the_year(products: list[Product]) -> list[Product]:
    """The products of all twelve months."""
    return [one._replace(low=one.high, spans=tuple(s._replace(low=s.high) for s in one.spans)) for one in products]


def _exact(product: Product) -> bool:
    """The price is stated as such (80万元/个) and no quantity is a cap, so the product is what is planned."""
    price = product.cost.row.value
    planned = (row.value.lower and not row.value.approximate for row in product.used)
    return price.comparator in (None, "=") and all(planned)


def _some_fit(products: list[Product], total: Decimal, slack: Decimal) -> bool:
    """Whether some of the products come to the money exactly: the others are then parts of them."""
    if not 1 < len(products) <= _MOST:
        return False
    several = (some for size in range(1, len(products)) for some in combinations(products, size))
    return any(abs(sum((p.low for p in some), Decimal(0)) - total) <= slack for some in several)


def _another_count_fits(products: list[Product], figures: list[EntryContext], most: Decimal) -> bool:
    """Whether another row counts the same things in the same unit, and so few that the money is enough: then the two
    counts contradict each other, and nobody can say which the price is for."""
    if len(products) != 1 or len(products[0].used) != 1:
        return False
    product, (used,) = products[0], products[0].used
    things = _things(used)
    return any(
        row is not used and row.value.unit == used.value.unit and _things(row) & things
        and row.value.figure and used.value.figure and product.low / used.value.figure * row.value.figure <= most
        for row in figures
    )  # fmt: skip


def _of_some_only(ctx: FormContext, products: list[Product]) -> bool:
    """刑事审判阶段案件补贴标准 and 法律援助案件数: the price is that of some of the things that are counted."""
    if len(products) != 1 or len(products[0].used) != 1:
        return False
    product = products[0]
    names = product.used[0].indicator.name + ctx.table.project
    telling = _OF_PRICES.sub("|", core(product.cost.row.indicator.name))
    return _OWN_WORD.search("".join("|" if char in names else char for char in telling)) is not None


def _things(row: EntryContext) -> frozenset[str]:
    return subject_words(_NUMBER.sub("", row.indicator.name))


def _excused(ctx: FormContext, products: list[Product], params: UnitCostTimesQuantity) -> bool:
    """A product above funding says little where a quantity is a cap, others pay too, or the other amount is meant."""
    texts = (*ctx.table.sections.values(), ctx.table.period_goal or "", ctx.table.annual_goal or "")
    capped = any(row.value.lower is None for product in products for row in product.used)
    one_set = len(ctx.table.halves) < 2
    fits_other = one_set and any(sum(p.low for p in products) <= (ctx.total(half) or 0) for half in HALVES)
    return capped or fits_other or any(holds(ctx.words[params.shared], text) for text in texts)


def _shares(ctx: FormContext, half: Half, params: UnitCostTimesQuantity) -> Iterator[Decimal]:
    """The share that this money pays of what things cost (补贴比例 =80%); one with a cap may be any (≤50%)."""
    levels = tuple(dict.fromkeys(row.level2 for row in ctx.table.indicators))
    for row in entries(ctx, half, levels):
        value = row.value
        if value.dimension == "ratio" and value.upper and holds(ctx.words[params.shares], row.indicator.name):
            yield value.upper.value / 100 if value.lower else Decimal(0)
    for text in (*ctx.table.sections.values(), ctx.table.goal(half) or ""):
        for start, _, value in find_values(text) if "%" in text or "％" in text else ():
            if value.dimension == "ratio" and value.upper and _paid(ctx.words[params.payers]).search(text[:start]):
                yield value.upper.value / 100 if value.lower else Decimal(0)


@lru_cache(maxsize=16)
def _paid(payers: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern(payers).pattern}){HAN}{{0,6}}\Z")


def _only_unit_costs(ctx: FormContext, half: Half, params: UnitCostTimesQuantity) -> bool:
    """Whether every filled cost row of the half is a unit cost, repeats the funding or is the whole cost outright."""
    rows = [row for row in entries(ctx, half, MONEY_LEVELS) if not blank(row.entry.text)]
    whole = ctx.words[params.whole]
    return all(
        unit_cost(row)
        or total_cost(row) == ctx.total(half)
        or (total_cost(row) is not None and holds(whole, row.indicator.name))
        for row in rows
    )


def _no_other_amount(ctx: FormContext, half: Half) -> bool:
    """Whether no cost row of the half states another amount; words (补贴资金 | 足额拨付) state none."""
    rows = [row for row in entries(ctx, half, MONEY_LEVELS) if row.value.kind not in PROSE and not unit_cost(row)]
    return all(total_cost(row) in (None, ctx.total(half)) for row in rows)


def _hit(
    products: list[Product], product: Decimal, total: Decimal, slack: Decimal, params: UnitCostTimesQuantity
) -> Hit:
    """It stands on the price that makes the difference: too much is the doing of the greatest product."""
    gap, over = product - total, product > total
    short = shortened(products, total, slack)
    first = max(products, key=lambda one: one.low) if over else short or products[0]
    facts = {
        "price": price_of(first.cost),
        "count": "、".join(f"“{row.indicator.name}”{row.entry.text}" for row in first.used),
        "sum": " + ".join(one.told(one.low if over else one.high) for one in products),
        "product": yuan(product),
        "total": yuan(total),
        "gap": yuan(abs(gap)),
        "relation": "多" if gap > 0 else "少",
        "fits": fitting(products, total, slack),
    }
    case = "near" if abs(gap) <= params.near * total else None
    return _at(first.cost.row, facts, case, [row for p in products for row in (p.cost.row, *p.used)])


def _at(row: EntryContext, facts: dict[str, str], case: str | None, places: list[EntryContext]) -> Hit:
    """A hit that stands on the unit-cost row."""
    evidence, indicator = tuple(quote(place) for place in places), row.indicator
    return Hit(facts, case, evidence, level2=indicator.level2, indicator=indicator, value=row.entry.text)


def _implied(ctx: FormContext, funding: Funding, cost: UnitCost, rows: list[EntryContext]) -> Hit | None:
    """No 数量 row has a figure: the quantity that funding and the one unit cost imply, where it comes out whole."""
    if any(row.indicator.columns and any(map(str.isdigit, row.entry.text)) for row in rows):
        return None  # 溪口区32公里；东屿区28公里: a matrix has its quantities in columns
    if any(row.value.kind == "compound" for row in rows):
        return None  # ≥8个、≥12万人次: there are figures, if several (VAL012)
    total, half = funding.total or Decimal(0), cost.row.half
    a_year = half == "annual" or one_year(ctx.table) or not cost.times
    if len(cost.per) != 1 or any(unit not in ("年", "季", "月") for unit in cost.times) or not a_year:
        return None
    times = Decimal(1)
    for unit in cost.times:
        times *= PER_YEAR[unit]
    each = cost.price * times
    count = (total / each).to_integral_value()
    slack = cost.half_step * count * times if "." in cost.row.entry.text else Decimal(0)
    slack += min(funding_half_step(funding, ctx.table.money_unit), each / 100)
    if count < 1 or abs(count * each - total) > slack or not _no_other_amount(ctx, half):
        return None
    facts = {
        "price": price_of(cost),
        "count": "、".join(f"“{row.entry.text}”" for row in rows),
        "total": yuan(total),
        "product": f"{grouped(count)}{cost.per[0]}",
        "sum": f"{yuan(total)}÷{price_of(cost)}" + (f"÷{number(times)}" if times != 1 else ""),
        "rewrite": f"≥{number(count)}{cost.per[0]}",
    }
    return _at(cost.row, facts, "implied-quantity", [cost.row, *rows])
