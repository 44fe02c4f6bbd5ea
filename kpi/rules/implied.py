"""Figures that the form itself implies: a cost from funding, a quantity from both or from the text."""

import re
from collections.abc import Iterator
from decimal import ROUND_DOWN, Decimal
from functools import lru_cache

from kpi.model import COST_LEVELS, Half, Indicator
from kpi.rules.context import EntryContext, FormContext
from kpi.rules.rates import per_other
from kpi.rules.text import core, grouped, multiple, number, to_step, yuan
from kpi.values import Value, find_values, parse

_WAN = Decimal(10_000)
_PEOPLE = ("人", "名", "户", "人次")
#: What names of many things have in common: a word shared here is no evidence.
_SAYS_NOTHING = re.compile(
    "人数|户数|数量|总数|个数|次数|人次|金额|数额|总额|资金|经费|费用|成本|标准|补助|补贴|发放|人均|平均|每人|工作|项目|完成|情况|保障|采购|购置|人员|对象|支出|投入|财政"
)
_HEADS = ("人", "人次", "户", "名", "家", "个", "件", "场", "期", "所", "台", "套")


def quantities(form: FormContext, half: Half) -> Iterator[tuple[Indicator, Value]]:
    """The 数量 rows of a half that state one plain count or measure."""
    for indicator in form.table.indicators:
        if indicator.level2 == "数量指标":
            for side, entry in indicator.entries():
                value = parse(entry.text)
                counted = value.dimension not in (None, "money", "ratio")
                if side == half and value.kind == "quantity" and value.figure and counted:
                    yield indicator, value


def share(ctx: EntryContext, amount: Decimal) -> tuple[str, str]:
    """The unit cost that an amount and the one quantity of the half imply: (≤2000元/人, 20,000元÷10人), else "", "".
    Rounded down: a ceiling is not to let more be spent than there is."""
    rows = (value for _, value in quantities(ctx.form, ctx.half))
    known = [value for value in rows if value.unit and "/" not in value.unit and value.dimension != "time"]
    if len(known) != 1 or not known[0].figure or known[0].figure == 1:
        return "", ""
    if per_other(ctx.indicator.name, f"元/{known[0].unit}"):
        return "", ""
    value = to_step(amount / known[0].figure, "0.01", ROUND_DOWN)
    if value < 1:
        return "", ""
    in_wan = "万" in ctx.form.table.money_unit and value >= _WAN  # as the form writes money
    each = f"{number(to_step(value / _WAN, '0.01', ROUND_DOWN))}万元" if in_wan else f"{number(value)}元"
    return f"≤{each}/{known[0].unit}", f"{yuan(amount)}÷{grouped(known[0].figure)}{known[0].unit}"


def cost_figure(ctx: EntryContext) -> tuple[str, str]:
    """A target for a cost row that states none: (rewrite, why), both "" where the form does not tell.

    A name that asks for a unit cost of the whole project, or of what the one quantity counts, gets funding ÷ that
    quantity, and so does the one cost row of a form. The funding itself as a cap would tell nothing (CST003).
    """
    total = ctx.form.total(ctx.half)
    if not total:
        return "", ""
    known = list(quantities(ctx.form, ctx.half))
    if ctx.asks.asks == "unit-cost":
        if len(known) != 1 or not _same_thing(ctx.indicator.name, known[0][0].name, ctx.form.table.project):
            return "", ""
        return share(ctx, total)
    return ("", "") if _other_cost_rows(ctx) else share(ctx, total)


def _same_thing(name: str, *others: str) -> bool:
    """Whether names share a word of two characters besides those that say nothing (人数, 标准, 补助)."""
    own = _pairs(_SAYS_NOTHING.sub("|", core(name)))
    return bool(own) and any(own & _pairs(_SAYS_NOTHING.sub("|", core(other))) for other in others)


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1) if "|" not in text[i : i + 2]}


def _other_cost_rows(ctx: EntryContext) -> bool:
    """All the money goes into the one cost row only."""
    rows = [i for i in ctx.form.table.indicators if i.level2 in COST_LEVELS and i.filled]
    return len(rows) > 1


def count_figure(ctx: EntryContext) -> tuple[str, str]:
    """A target for a 数量 row that states none: funding ÷ the one unit cost of the half, else a count in the text."""
    total = ctx.form.total(ctx.half)
    costs = list(_unit_costs(ctx.form, ctx.half))
    if total and len(costs) == 1 and costs[0].figure and costs[0].unit:
        cost, unit = costs[0], _counted(costs[0].unit)
        count = total / costs[0].figure
        fits = unit in (ctx.asks.units or _HEADS) or (ctx.value.dimension or "").startswith("money")
        if multiple(total, costs[0].figure) and count >= 1 and unit and fits and _one_quantity(ctx):
            return f"≥{number(count)}{unit}", f"{yuan(total)}÷{grouped(costs[0].figure)}{cost.unit}"
    return named_count(ctx)


def _one_quantity(ctx: EntryContext) -> bool:
    """With several 数量 rows nobody can tell which of them the unit cost counts."""
    return sum(row.level2 == "数量指标" and row.filled for row in ctx.form.table.indicators) == 1


def named_count(ctx: EntryContext) -> tuple[str, str]:
    """A count that the form's goals or overview name for this row.

    Best is one with the row's own figure (23200元 beside “23200册”), then one whose noun stands in the row's name; the
    form's one 数量 row, where its name names nothing (人数), takes the one count in a unit that it asks for.
    """
    table, best = ctx.form.table, (0, "", "")
    for label, text in (("总体目标", table.goal(ctx.half) or ""), *table.sections.items()):
        for start, end, value in _figures_in(text):
            around = text[max(0, start - 8) : start] + "|" + text[end : end + 8]
            rank = _fit(ctx, value, around)
            if rank > best[0]:
                rewrite = f"≥{number(value.figure or Decimal(0))}{value.unit}"
                best = (rank, rewrite, f"{label}写有“{text[start:end].strip()}”")
    return best[1:]


def _fit(ctx: EntryContext, value: Value, around: str) -> int:
    if value.dimension != "count" or not value.unit or not value.figure or value.approximate:
        return 0
    if value.figure == ctx.value.figure:
        return 3
    name = _SAYS_NOTHING.sub("|", core(ctx.indicator.name))
    money = ctx.asks.asks in ("money", "unit-cost")
    if ctx.asks.units and not money and value.unit not in ctx.asks.units:
        return 0
    if _pairs(name) & _pairs(around):
        return 2
    nameless = not _pairs(name)
    return 1 if nameless and _one_quantity(ctx) and value.unit in _PEOPLE else 0


@lru_cache(maxsize=512)
def _figures_in(text: str) -> tuple[tuple[int, int, Value], ...]:
    """Goals and sections are asked once for every row that lacks a figure."""
    return tuple(find_values(text))


def _unit_costs(form: FormContext, half: Half) -> Iterator[Value]:
    for indicator in form.table.indicators:
        for side, entry in indicator.entries():
            value = parse(entry.text)
            if side == half and value.kind == "quantity" and (value.dimension or "").startswith("money/"):
                yield value


def _counted(unit: str) -> str:
    """What a unit cost is counted by: 元/(人·年) → 人; a monthly or daily rate does not tell the count."""
    parts = unit.partition("/")[2].strip("()").split("·")
    things = [part for part in parts if part not in ("年", "月", "天", "季", "次", "小时", "周")]
    times = [part for part in parts if part in ("月", "天", "季", "次", "小时", "周")]
    return things[0] if len(things) == 1 and not times else ""
