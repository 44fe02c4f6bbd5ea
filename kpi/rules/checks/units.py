"""Checks of units: against the name, missing, unknown, several, money as an output, parts of what cannot be divided."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kpi.model import COST_LEVELS
from kpi.rules.bare import bare, ending
from kpi.rules.checks.rewriting import fitting_sign
from kpi.rules.context import EntryContext, IndicatorContext
from kpi.rules.finding import Fix, Hit
from kpi.rules.implied import count_figure
from kpi.rules.rates import in_percent, lacks_unit, like_a_rate
from kpi.rules.registry import Params, WordList, check
from kpi.rules.text import begins, holds, number
from kpi.values import Value, parse, render, unit
from kpi.values.notation import SIGNS

_DIMENSIONS = {
    "money": "金额", "ratio": "百分数", "count": "数量", "time": "时间", "length": "长度", "area": "面积",
    "volume": "体积", "mass": "重量", "energy": "能量", "power": "功率", "data": "数据量", "temperature": "温度",
    "score": "分数", "date": "日期",
}  # fmt: skip
_NO_NUMERATOR = re.compile(r"/(?!\d)")
_TIMES = re.compile(r"[.·*×]")
_MOST_WAN = 10_000  # so many 万元 are rather 元
_HINTS = {
    "money": "金额写明是元还是万元",
    "unit-cost": "金额写明是元还是万元，每什么",
    "rate": "百分比写“%”，千分比写“‰”",
    "satisfaction": "按比率算的写“%”，按打分算的写“分”",
}
_SIGNS = {">=": "≥", "<=": "≤", ">": "≥", "<": "≤", "=": "="}


def in_words(dimension: str) -> str:
    """A dimension for a message: money/(count·time) → 单位金额."""
    head, slash, _ = dimension.partition("/")
    return ("单位" if slash and head == "money" else "") + _DIMENSIONS.get(head, "其他")


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


class UnitContradicts(Params):
    """Under 数量, where the name has no head: `made` begins what is made and so not counted in time (制作宣传牌 | 1年),
    unless the name holds one of `lasting` (购置服务); `fees` end what is paid and so not counted in things (物业费 |
    8个), unless the name ends in one of `paying` (缴费). `people`: units of those who are paid."""

    made: WordList
    lasting: WordList
    fees: WordList
    paying: WordList
    people: WordList


@check("unit-contradicts-name", scope="entry", params=UnitContradicts, facts="asked got why rewrite")
def unit_contradicts_name(ctx: EntryContext, params: UnitContradicts) -> Iterator[Hit]:
    """The kind of figure that the name asks for and the dimension of the unit differ."""
    if not ctx.asks.dimensions and ctx.indicator.level2 == "数量指标" and (asked := _of_nouns(ctx, params)):
        yield Hit({"asked": asked, "got": in_words(ctx.value.dimension or ""), "why": "", "rewrite": ""})
        return
    wanted, got = ctx.asks.dimensions, _kind_of(ctx.value)
    if not wanted or not got or got in wanted:
        return
    heads = {dimension.partition("/")[0] for dimension in wanted}
    if got.partition("/")[0] in heads:
        return
    rewrite = _in_asked_unit(ctx)
    asked = "、".join(dict.fromkeys(in_words(dimension) for dimension in wanted))
    yield Hit(
        {"asked": asked, "got": in_words(got), "why": ctx.asks.reason, "rewrite": rewrite},
        fix=Fix(rewrite) if rewrite else None,
    )


def _of_nouns(ctx: EntryContext, params: UnitContradicts) -> str:
    """What the words of a name ask for that no measure ends, where the value is something else; "" where it fits."""
    name, words, value = bare(ctx.indicator.name), ctx.form.words, ctx.value
    if value.kind != "quantity":
        return ""
    if value.dimension == "time" and begins(words[params.made], name):
        return "" if holds(words[params.lasting], name) else _DIMENSIONS["count"]
    if value.dimension != "count" or value.unit in words[params.people]:
        return ""
    fee = ending(words[params.fees]).search(name) and not ending(words[params.paying]).search(name)
    return _DIMENSIONS["money"] if fee else ""


def _kind_of(value: Value) -> str | None:
    if value.kind == "date":
        return "date"
    return value.dimension if value.kind == "quantity" else None


def _in_asked_unit(ctx: EntryContext) -> str:
    """ "100元" under a rate is "=100%"; other figures are moved only where they look like a rate (50 to 100)."""
    figure = ctx.value.figure
    if ctx.asks.asks not in ("rate", "satisfaction") or figure is None or ctx.value.kind != "quantity":
        return ""
    if ctx.value.magnitude or not like_a_rate(figure):
        return ""
    sign = (
        "=" if figure == 100 else _SIGNS.get(ctx.value.comparator or "", "≤" if ctx.asks.polarity == "reverse" else "≥")
    )
    return f"{sign}{number(figure)}%"


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
    if value.kind != "quantity" or value.figure == 0:
        return
    if _NO_NUMERATOR.match(value.unit_text or ""):  # "28.40/株": of what?
        money = "元" if asks.asks in ("money", "unit-cost") or ctx.indicator.level2 in COST_LEVELS else ""
        whole = ctx.entry.text.strip().replace("/", f"{money}/", 1) if money else ""
        yield Hit({"rewrite": whole, "hint": _HINTS["money"]}, fix=Fix(whole) if whole else None)
    elif lacks_unit(ctx, ctx.form.words[params.tells], ctx.form.words[params.things]):
        better = _with_unit(ctx)
        yield Hit({"rewrite": better, "hint": _HINTS.get(asks.asks or "", "")}, fix=Fix(better) if better else None)


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
    return render(replace(value, unit=unit.unit, unit_text=slashed))


@check("several-units", scope="entry", facts="units")
def several_units(ctx: EntryContext, params: Params) -> Iterator[Hit]:
    """One figure with two known units beside each other."""
    parts = units_of(ctx.value) if ctx.value.kind == "quantity" and ctx.value.dimension is None else []
    if len(parts) > 1 and all(known(part) for part in parts):
        yield Hit({"units": "、".join(parts)})


@check("money-as-output", scope="entry", facts="rewrite counted why")
def money_as_output(ctx: EntryContext, params: Params) -> Iterator[Hit]:
    """Money where a quantity of goods or services belongs."""
    value = ctx.value
    if value.kind != "quantity":
        return
    money = (value.dimension or "").startswith("money")
    if money and ctx.asks.dimensions and not ctx.asks.fits(value.dimension):
        return  # 道路长度 ≥800元: the unit is wrong (UNI001), not what is counted
    bare = value.dimension is None and not value.unit_text
    hinted = bare and (parse(f"1{ctx.asks.unit_hint}").dimension or "").startswith("money")  # 出口额（万美元）：20000
    if money or hinted or (bare and ctx.asks.asks == "money"):
        rewrite, why = count_figure(ctx)
        asked = ctx.asks.asks == "money"  # with a count under this name the unit would be wrong (UNI001)
        yield Hit({"rewrite": "" if asked else rewrite, "counted": rewrite if asked else "", "why": why})


class FractionalCount(Params):
    """`divisible`: units that can be parted; `means`: words of names of averages, which need not be whole."""

    divisible: WordList
    means: WordList


@check("fractional-count", scope="entry", params=FractionalCount, facts="unit rewrite")
def fractional_count(ctx: EntryContext, params: FractionalCount) -> Iterator[Hit]:
    """Half a person: a count that is not whole once 万 and 千 are applied."""
    value = ctx.value
    if (
        value.kind != "quantity"
        or value.dimension != "count"
        or not value.unit
        or value.unit in ctx.form.words[params.divisible]
        or holds(ctx.form.words[params.means], ctx.indicator.name)
    ):
        return
    ends = [bound.value for bound in (value.lower, value.upper) if bound]
    if any(end != int(end) for end in ends):
        yield Hit({"unit": value.unit, "rewrite": ""})


@check("units-differ", scope="indicator", facts="period annual")
def units_differ(ctx: IndicatorContext, params: Params) -> Iterator[Hit]:
    """The two halves of one indicator count in different units (万元 and 元 are one)."""
    counted = [entry for entry in ctx.entries if entry.value.kind == "quantity" and entry.value.unit]
    if len(counted) == 2 and counted[0].value.unit != counted[1].value.unit:
        yield Hit({"period": counted[0].value.unit_text or "", "annual": counted[1].value.unit_text or ""}, half="both")
