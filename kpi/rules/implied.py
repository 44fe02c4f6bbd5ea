"""Figures that the form itself implies: a cost from funding, a quantity from both or from the text."""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from kpi.model import COST_LEVELS, Half, Indicator
from kpi.rules.context import EntryContext, FormContext
from kpi.rules.text import grouped, number, yuan
from kpi.values import Value, find_values, parse

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


def cost_figure(ctx: EntryContext) -> tuple[str, str]:
    """A target for a cost row that states none: (rewrite, why), both "" where the form does not tell.

    A name that asks for a unit cost gets funding ÷ the one quantity of the half; any other the funding as a cap.
    """
    total = ctx.form.total(ctx.half)
    if not total:
        return "", ""
    known = list(quantities(ctx.form, ctx.half))
    if ctx.asks.asks == "unit-cost":
        if len(known) != 1:
            return "", ""
        value = known[0][1]
        assert value.figure is not None
        each = (total / value.figure).quantize(Decimal(1))
        if each <= 0:
            return "", ""
        return f"≤{number(each)}元/{value.unit}", f"资金{yuan(total)}÷{grouped(value.figure)}{value.unit}"
    if _other_cost_rows(ctx):
        return "", ""
    return f"≤{number(total)}元", f"本表资金{yuan(total)}"


def _other_cost_rows(ctx: EntryContext) -> bool:
    """Funding is the cap of the one cost row only."""
    rows = [i for i in ctx.form.table.indicators if i.level2 in COST_LEVELS and i.filled]
    return len(rows) > 1


def count_figure(ctx: EntryContext) -> tuple[str, str]:
    """A target for a 数量 row that states none: funding ÷ the one unit cost of the half, else a count in the text."""
    total = ctx.form.total(ctx.half)
    costs = list(_unit_costs(ctx.form, ctx.half))
    if total and len(costs) == 1 and costs[0].figure and costs[0].unit:
        cost, unit = costs[0], _counted(costs[0].unit)
        count, rest = divmod(total, costs[0].figure)
        if rest == 0 and count >= 1 and unit:
            return f"≥{number(count)}{unit}", f"{yuan(total)}÷{grouped(costs[0].figure)}{cost.unit}"
    return named_count(ctx)


def named_count(ctx: EntryContext) -> tuple[str, str]:
    """A count that the form's goals or overview name for this row.

    Best is one with the row's own figure (23200元 beside “23200册”), then one in a unit that the name asks for; a name
    that asks for none takes the first people, households or things.
    """
    table, best = ctx.form.table, (0, "", "")
    for label, text in (("总体目标", table.goal(ctx.half) or ""), *table.sections.items()):
        for start, end, value in _figures_in(text):
            rank = _fit(ctx, value)
            if rank > best[0]:
                rewrite = f"≥{number(value.figure or Decimal(0))}{value.unit}"
                best = (rank, rewrite, f"{label}写有“{text[start:end].strip()}”")
    return best[1:]


def _fit(ctx: EntryContext, value: Value) -> int:
    if value.dimension != "count" or not value.unit or not value.figure or value.approximate:
        return 0
    if value.figure == ctx.value.figure:
        return 3
    if ctx.asks.units and ctx.asks.asks not in ("money", "unit-cost"):
        return 2 if value.unit in ctx.asks.units else 0
    return 1 if value.unit in _HEADS else 0


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
