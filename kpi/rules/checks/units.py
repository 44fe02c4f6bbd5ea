"""Checks of units: missing, unknown, several, parts of what cannot be divided, another one on the other side."""

import re
from collections.abc import Iterator
from decimal import Decimal

from kpi.lazyre import later
from kpi.model import COST_LEVELS, UNIT_COLUMN
from kpi.names.table import table as names
from kpi.rules.checks.rewriting import fitting_sign
from kpi.rules.checks.rows import nameless
from kpi.rules.clocks import is_clock
from kpi.rules.context import EntryContext, IndicatorContext
from kpi.rules.finding import Fix, Hit
from kpi.rules.rates import in_percent, lacks_unit
from kpi.rules.registry import Params, WordList, check
from kpi.rules.text import holds, number
from kpi.values import Value, parse, render, unit, wan_apart
from kpi.values.notation import SIGNS

_BRACKETED = later(r"[(（]([^()（）、\d]{1,4}(?:、[^()（）、\d]{1,4})+)[)）]\s*$")
_NO_NUMERATOR = re.compile(r"/(?![\d万千])")
_TIMES = re.compile(r"[.·*×]")
_ANYTHING = ("个", "件", "项", "头")  # 头(只、羽): beasts of any kind
#: 1080P, 4K, 5000K: how fine a picture is, how warm a light
_OF_PICTURES = {"P": (480, 720, 1080, 1440, 2160), "K": (2, 4, 8, *range(2000, 10_001, 100))}
_GRADED = ("等级", "等别", "等次")
_MOST_WAN = 10_000  # so many 万元 are rather 元
_HINTS = {
    "money": "金额写明是元还是万元",
    "unit-cost": "金额写明是元还是万元，每什么",
    "rate": "百分比写“%”，千分比写“‰”",
    "satisfaction": "按比率算的写“%”，按打分算的写“分”",
}


def units_of(value: Value) -> list[str]:
    """The units that one value names side by side ("所、队")."""
    text = value.unit_text or ""
    for joint in "、，,和或及":
        text = text.replace(joint, "、")
    return [part for part in text.split("、") if part]


def known(text: str) -> bool:
    """Whether the table of units lists it."""
    found = unit(text)
    return found is not None and found.dimension is not None


class UnitMissing(Params):
    """`tells`: endings of names that hold the unit themselves (批次), or that need none (系数). A unit and 数 does, too
    (人数), but for `things` that are counted in another one (企业数)."""

    tells: WordList
    things: WordList = "things-as-units"


@check("unit-missing", scope="entry", params=UnitMissing, facts="rewrite hint")
def unit_missing(ctx: EntryContext, params: UnitMissing) -> Iterator[Hit]:
    """A figure without a unit, where neither cell nor name gives one. A money name leaves 元 or 万元 open, a
    satisfaction % or 分; a rate is no reason to leave the % out."""
    value, asks = ctx.value, ctx.asks
    if value.kind != "quantity" or value.figure == 0 or is_clock(ctx) or nameless(ctx.indicator, ctx.entry):
        return
    if ctx.indicator is ctx.form.table.torn_row and not ctx.indicator.weight:
        return  # the file ends in this row: its unit may stand behind the end
    if _NO_NUMERATOR.match(value.unit_text or ""):  # "28.40/株": of what?
        money = "元" if asks.asks in ("money", "unit-cost") or ctx.indicator.level2 in COST_LEVELS else ""
        whole = ctx.entry.text.strip().replace("/", f"{money}/", 1) if money else ""
        yield Hit({"rewrite": whole, "hint": _HINTS["money"]}, fix=Fix(whole) if whole else None)
    elif not _based(ctx) and lacks_unit(ctx, ctx.form.words[params.tells], ctx.form.words[params.things]):
        better = _with_unit(ctx)
        yield Hit({"rewrite": better, "hint": _HINTS.get(asks.asks or "", "")}, fix=Fix(better) if better else None)


def _based(ctx: EntryContext) -> bool:
    """万车死亡率, 亿元GDP事故死亡率: the name says in how many."""
    return ctx.asks.asks == "rate" and names().per.within(ctx.indicator.name) != ""


def _with_unit(ctx: EntryContext) -> str:
    """The text with the unit it must have meant, and a sign where it has none: 元 or 万元 where one of them makes it
    the funding (but for a figure that as 万元 is too much to be meant), else what the name asks for."""
    text, asks, total = ctx.entry.text.strip(), ctx.asks, ctx.form.total(ctx.half)
    figure, sign = ctx.value.figure or Decimal(0), SIGNS[fitting_sign(ctx)]
    if ctx.value.comparator is None and ctx.value.point is not None and not ctx.value.approximate:
        text = f"{sign}{text}"
    else:
        sign = SIGNS.get(ctx.value.comparator or "", "")
    if asks.asks in ("money", "unit-cost"):
        most = {"元": 1, "万元": 10_000 if figure < _MOST_WAN else 0}
        fitting = [unit for unit, factor in most.items() if total and figure * factor == total]
        return f"{text}{fitting[0]}" if fitting else ""
    if asks.asks == "rate":
        share = in_percent(ctx)
        return f"{'=' if share == 100 and sign == '≥' else sign}{number(share)}%" if share else ""
    return f"{text}{asks.units[0]}" if len(asks.units) == 1 else ""


def _excused(value: Value) -> bool:
    """No unit to know: a price without its money (UNI002), so many in 100,000, and nothing at all (0差错)."""
    return (value.unit_text or "").startswith("/") or value.figure == 0


@check("unit-unknown", scope="entry", facts="unit rewrite")
def unit_unknown(ctx: EntryContext, params: Params) -> Iterator[Hit]:
    """A unit that no table of units knows."""
    if ctx.value.kind == "quantity" and ctx.value.dimension is None and not _excused(ctx.value):
        strange = [part for part in units_of(ctx.value) if not any(map(known, (part, part.lower(), part.upper())))]
        if strange and ctx.value.figure in _OF_PICTURES.get(strange[0], ()):
            return
        if strange == ["等"] and any(word in ctx.indicator.name for word in _GRADED):
            return  # 耕地质量等级 | 4.2等, 耕地质量等级提升 | 0.5等
        if strange:
            better = _divided(ctx.value)
            unit = f"{ctx.value.magnitude or ''}{strange[0]}" if better else "、".join(strange)
            yield Hit({"unit": unit, "rewrite": better}, fix=Fix(better) if better else None)


def _divided(value: Value) -> str:
    """万元.年 is a slip of 万元/年: money times a time or a thing is no unit, money for each of them is."""
    slashed = _TIMES.sub("/", value.unit_text or "", count=1)
    unit = slashed != value.unit_text and (value.dimension is None) and parse(f"1{slashed}")
    if not unit or not (unit.dimension or "").startswith("money/") or value.figure is None:
        return ""
    return render(value._replace(unit=unit.unit, unit_text=slashed))


@check("several-units", scope="entry", facts="units", cases="column")
def several_units(ctx: EntryContext, params: Params) -> Iterator[Hit]:
    """One figure with two known units beside each other, or with several in brackets: 篇（件、项）, not 台（套）; or
    with another one than the form's column of units (64.5万元 | %)."""
    if ctx.value.kind != "quantity":
        return
    if column := ctx.indicator.columns.get(UNIT_COLUMN):
        yield Hit({"units": column}, case="column")
        return
    parts = units_of(ctx.value) if ctx.value.dimension is None else []
    if ctx.value.unit_text and (found := _BRACKETED.search(ctx.entry.text)):
        if ctx.value.unit_text.partition("(")[0] in _ANYTHING:
            return  # 件（台、套）: what is counted, told in brackets
        parts = [ctx.value.unit_text.partition("(")[0], *found[1].split("、")]
    if len(parts) > 1 and all(known(part) for part in parts):
        yield Hit({"units": "、".join(parts)})


class FractionalCount(Params):
    """`divisible`: units that can be parted; `means`: words of names of averages, which need not be whole."""

    divisible: WordList
    means: WordList


@check("fractional-count", scope="entry", params=FractionalCount, facts="unit rewrite")
def fractional_count(ctx: EntryContext, params: FractionalCount) -> Iterator[Hit]:
    """Half a person: a count that is not whole once 万 and 千 are applied; of a matrix, in one of its columns."""
    if holds(ctx.form.words[params.means], ctx.indicator.name):
        return
    broken = next((v for v in (ctx.value, *ctx.value.parts) if _is_broken(v, ctx.form.words[params.divisible])), None)
    if broken:
        yield Hit({"unit": broken.unit or "", "rewrite": ""})


def _is_broken(value: Value, divisible: frozenset[str]) -> bool:
    if value.kind != "quantity" or value.dimension != "count" or not value.unit or value.unit in divisible:
        return False
    return any(bound.value != int(bound.value) for bound in (value.lower, value.upper) if bound)


def _slipped(one: EntryContext, other: EntryContext) -> bool:
    """One number, with a 万 in one of the halves only."""
    a, b = one.value, other.value
    apart = a.figure and b.figure and {a.magnitude, b.magnitude} == {None, "万"}
    return bool(apart) and wan_apart(a, b)


@check("units-differ", scope="indicator", facts="period annual")
def units_differ(ctx: IndicatorContext, params: Params) -> Iterator[Hit]:
    """The two halves of one indicator count in different units. 万元 and 元 are one, but for one number in both: 1000元
    and 1000万元."""
    counted = [entry for entry in ctx.entries if entry.value.kind == "quantity" and entry.value.unit]
    if len(counted) == 2 and (counted[0].value.unit != counted[1].value.unit or _slipped(*counted)):
        yield Hit({"period": counted[0].value.unit_text or "", "annual": counted[1].value.unit_text or ""}, half="both")
