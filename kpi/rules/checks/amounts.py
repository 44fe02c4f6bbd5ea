"""Money in a form: what a cost row claims, what it is held against, and how exactly each was printed."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from kpi.lazyre import later
from kpi.model import HALVES, Funding, Half
from kpi.rules.context import EntryContext, FormContext
from kpi.rules.term import years
from kpi.rules.text import core
from kpi.values import Value, find_values, parse

_SAME = {"生": "人", "学生": "人", "名": "人"}
TIME_UNITS = frozenset({"年", "季", "月", "周", "天", "日", "小时", "学期"})
_NOT_TOTALS = ("unit-cost", "rate", "satisfaction", "duration", "deadline", "frequency", "score")
_MAGNITUDES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_EACH_BUILT = later("[单每][座个台套处栋辆间所口条盏幢艘件](?:平均)?(?:造价|成本|价格|费用|投资)$")
_NOT_EACH = ("单列", "单车", "单程", "单面", "单层", "单元")
_READ = 5_000  # characters of a text in which amounts are looked for
_LAST_FIGURE = re.compile(r"\d[\d,，]*(?:\.(\d+))?")


def money_of(value: Value, unit_hint: str | None) -> Decimal | None:
    """The upper end of a money value in 元; a bare figure takes the unit that its name carries ("成本(万元)")."""
    if value.kind != "quantity" or value.upper is None:
        return None
    if value.dimension == "money":
        return value.upper.value
    if value.unit is None and unit_hint:
        one = parse(f"1{unit_hint}")
        if one.dimension == "money" and one.figure is not None:
            return value.upper.value * one.figure
    return None


def total_cost(ctx: EntryContext) -> Decimal | None:
    """What a cost row says is spent at most, in 元; None for unit costs, rates, savings and lower bounds."""
    if ctx.asks.asks in _NOT_TOTALS or ctx.asks.polarity == "positive" or _of_each(ctx.indicator.name):
        return None
    bare_wan = ctx.value.unit is None and ctx.value.magnitude in ("万", "亿")  # "250万" as a cost
    if bare_wan and ctx.value.kind == "quantity" and ctx.value.upper:
        return ctx.value.upper.value
    return money_of(ctx.value, ctx.asks.unit_hint)


class UnitCost(NamedTuple):
    """A price per something. `per`: what it is counted by (人, 亩); `times`: what it recurs by (年, 月)."""

    row: EntryContext
    price: Decimal
    unit: str
    per: tuple[str, ...]
    times: tuple[str, ...]
    half_step: Decimal


def unit_cost(ctx: EntryContext) -> UnitCost | None:
    """The row as a price per something; None where the value is no single figure or does not say per what."""
    value = ctx.value
    if value.kind != "quantity" or value.figure is None or value.figure <= 0 or value.approximate:
        return None
    named = ctx.asks.asks == "unit-cost" or _of_each(ctx.indicator.name)
    unit = _unit_in(ctx.indicator.name) if value.unit == "元" and named else value.unit
    if not (unit or "").startswith("元/"):
        return None
    parts = [_SAME.get(part, part) for part in (unit or "")[2:].strip("()").split("·") if part]
    per, times = (tuple(p for p in parts if (p in TIME_UNITS) is timed) for timed in (False, True))
    return UnitCost(ctx, value.figure, unit or "", per, times, half_step(ctx.entry.text, value.magnitude))


def _of_each(name: str) -> bool:
    """单座加固成本 says of what it is the cost by its first word, be its value only 元; 单列资金, 单身公寓 do not."""
    plain = core(name)
    if _EACH_BUILT.search(plain):
        return True
    return plain.startswith("单") and not plain.startswith(_NOT_EACH) and _unit_in(plain) is not None


@lru_cache(maxsize=1024)
def _unit_in(name: str) -> str | None:
    """The unit of a price whose name says per what: 每公里造价 → 元/公里, 人均每月补助 → 元/(人·月)."""
    plain = re.sub(r"单(?!位|价|独|项)", "每", re.sub(r"([人户亩生])均", r"每\1", name))
    start = plain.find("每")
    ends = range(start + 2, start + 8) if start >= 0 else ()
    units = [unit for end in ends if (unit := parse(plain[start:end] + "1元").unit or "").startswith("元/")]
    return max(units, key=lambda unit: unit.count("·"), default=None)


def half_step(text: str, magnitude: str | None = None) -> Decimal:
    """Half a unit of the last printed digit: 28.40 → 0.005, 5万 → 5000."""
    found = _LAST_FIGURE.search(text)
    decimals = len(found[1]) if found and found[1] else 0
    return Decimal(_MAGNITUDES.get(magnitude or "", 1)) * Decimal(10) ** -decimals / 2


def funding_half_step(funding: Funding, money_unit: str) -> Decimal:
    """Half a unit of the last digit in which the form prints its money; the label of the total may be all that says
    that it counts in 万元 (项目预算金额(万元) | 77.6)."""
    printed = parse(funding.text.strip()).figure if funding.text and funding.total else None
    counted = printed is not None and printed * _MAGNITUDES["万"] == funding.total
    in_wan = "万" in money_unit or "万" in funding.text or counted
    return half_step(funding.text, "万" if in_wan else None) if funding.text else Decimal("0.5")


def budget(form: FormContext, half: Half) -> Decimal | None:
    """The money that a total cost of the half may not pass, in 元; None where the form does not tell.

    Where the form has one set of values but states both amounts, the cost may be that of the whole project; where it
    states only this year's money and runs for years, nobody can say.
    """
    own, table = form.total(half), form.table
    if len(table.halves) > 1:
        return own or None
    known = [total for total in (form.total("period"), form.total("annual")) if total]
    if len(known) == 1 and form.total("period") is None and (years(table) or 1) > 1:
        return None
    return max(known, default=None)


def slip(figure: Decimal, total: Decimal) -> int:
    """The power of ten (±3 and beyond) by which two amounts differ and nothing else; 0 where they differ otherwise."""
    if figure <= 0 or total <= 0:
        return 0
    big, small = max(figure, total), min(figure, total)
    power = 0
    while big > small:
        small, power = small * 10, power + 1
    return 0 if big != small or power < 3 else (power if figure > total else -power)


def told_apart(ctx: FormContext, funding: Funding, part: Decimal) -> bool:
    """Whether the form says what an amount in 元 is for: 326万(冷库建设210万元,设备76万元), in its money or texts."""
    texts = (funding.text, *ctx.table.sections.values(), *(ctx.table.goal(half) or "" for half in HALVES))
    told = (value for text in texts for _, _, value in find_values(text[:_READ]))
    return any(value.kind == "quantity" and money_of(value, None) == part for value in told)
