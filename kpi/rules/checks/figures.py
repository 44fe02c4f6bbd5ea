"""Checks of values in figures: sign, limit, direction, damage, zero, dates turned into numbers."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from kpi.model import COST_LEVELS, MONEY_LEVELS
from kpi.names.table import Polarity
from kpi.names.table import table as names
from kpi.rules.bare import bare
from kpi.rules.checks.rewriting import fitting_sign, rewritten
from kpi.rules.context import EntryContext
from kpi.rules.finding import Fix, Hit
from kpi.rules.promised import promised_rate
from kpi.rules.rates import as_rate, lacks_unit
from kpi.rules.registry import Params, WordList, check
from kpi.rules.text import begins, holds, number
from kpi.values import Value
from kpi.values.units import table as units
from kpi.values.value import Comparator

_HUNDRED = Decimal(100)
_EXCEL_EPOCH = date(1899, 12, 30)
_REVERSED: dict[Comparator, Comparator] = {">=": "<=", ">": "<", "<=": ">=", "<": ">"}


class ComparatorMissing(Params):
    """`tells`, `things`: endings of names that hold the unit themselves, and that do not though they end in one."""

    tells: WordList
    things: WordList = "things-as-units"
    kinds_excused: tuple[str, ...] = ("time",)


@check("comparator-missing", scope="entry", params=ComparatorMissing, facts="rewrite")
def comparator_missing(ctx: EntryContext, params: ComparatorMissing) -> Iterator[Hit]:
    """A bare figure. Excused: zero, durations, unit prices and other compound units, 100 %, and impossible rates. A
    figure without its unit gets no rewrite, nor does a ratio: 1:18 may be meant either way."""
    value = ctx.value
    if value.kind != "quantity" or value.comparator is not None or value.approximate or value.point in (None, 0):
        return
    dimension = value.dimension or _hinted(ctx)
    if dimension in params.kinds_excused or _unit_price(ctx, dimension) or _is_full_rate(ctx) or _impossible(ctx):
        return
    meant = as_rate(ctx)
    unitless = not meant.dimension and lacks_unit(ctx, ctx.form.words[params.tells], ctx.form.words[params.things])
    if unitless or _ratio(value) or _counted_among_the_satisfied(ctx):
        yield Hit({"rewrite": ""})  # with a sign it would still have no unit (UNI002)
        return
    better = rewritten(meant, fitting_sign(ctx))
    yield Hit({"rewrite": better}, fix=Fix(better))


def _unit_price(ctx: EntryContext, dimension: str) -> bool:
    """3360元/人·年, 每亩300, or 平均每生每年 | 3300元: a standard that is paid as it stands."""
    value = ctx.value
    named = names().words["per_unit"].within(ctx.indicator.name)
    each = value.dimension == "money" and ctx.indicator.level2 in COST_LEVELS and named != ""
    return "/" in dimension or "/" in (value.unit or "") or each


def _ratio(value: Value) -> bool:
    """1:18 as written: which of its sides should be large, the reading does not tell."""
    return value.dimension == "ratio" and value.unit is None


def _hinted(ctx: EntryContext) -> str:
    """完成时限（月）: 10 is a duration."""
    spelled = None if ctx.value.unit_text else units().spelled.get(ctx.asks.unit_hint or "")
    return (spelled.unit.dimension or "") if spelled else ""


def _impossible(ctx: EntryContext) -> bool:
    return ctx.asks.bounded and ctx.value.dimension in ("ratio", None) and (ctx.value.point or 0) > _HUNDRED


def _is_full_rate(ctx: EntryContext) -> bool:
    rate = ctx.value.dimension == "ratio" or (ctx.value.dimension is None and ctx.asks.asks in ("rate", "satisfaction"))
    return rate and ctx.value.point == _HUNDRED


@check("approximate-value", scope="entry", facts="rewrite")
def approximate_value(ctx: EntryContext, params: Params) -> Iterator[Hit]:
    """约, 近, 余, 左右: nobody can tell whether it was reached."""
    if ctx.value.kind in ("quantity", "date", "compound") and ctx.value.approximate:
        better = rewritten(ctx.value, fitting_sign(ctx)) if ctx.value.figure is not None else ""
        yield Hit({"rewrite": better}, fix=Fix(better) if better else None)


class RateLimit(Params):
    limit: Decimal = _HUNDRED


@check("rate-over-limit", scope="entry", params=RateLimit, facts="limit rewrite goal", cases="at-limit")
def rate_over_limit(ctx: EntryContext, params: RateLimit) -> Iterator[Hit]:
    """A rate bounded by its definition over its limit, or a floor that only the limit itself can meet."""
    value, limit = ctx.value, params.limit
    if (
        value.kind != "quantity"
        or not ctx.asks.bounded
        or value.dimension not in ("ratio", None)
        or value.unit_text == "个百分点"
    ):
        return
    floor = value.lower
    top = floor or value.upper
    if top is None:
        return
    over = top.value > limit or bool(value.upper and value.comparator != "<" and value.upper.value > limit)
    at_limit = bool(floor and floor.value == limit and value.upper is None)
    if not over and not at_limit:
        return
    full = f"={number(limit)}%"
    said, goal = promised_rate(ctx)
    facts = {"limit": number(limit), "rewrite": said or full, "goal": goal if said and said != full else ""}
    if over:
        yield Hit(facts)
    else:
        inclusive = floor is not None and floor.inclusive
        yield Hit(facts, case="at-limit" if inclusive else None, fix=Fix(facts["rewrite"]))


@check("strict-comparator", scope="entry", facts="rewrite")
def strict_comparator(ctx: EntryContext, params: Params) -> Iterator[Hit]:
    """ ">98%" leaves 98 % itself out; ">0" is the honest way to say “at least one”."""
    value = ctx.value
    if value.kind == "quantity" and value.comparator in (">", "<") and value.figure:
        better = rewritten(value, ">=" if value.comparator == ">" else "<=")
        yield Hit({"rewrite": better}, fix=Fix(better))


class Direction(Params):
    """`makes`: what a name begins with under 数量 that counts what the project makes (新建), unless it holds one of
    `kept_low`: things that are made or done as little as may be (占地, 会议)."""

    makes: WordList
    kept_low: WordList


@check("direction-reversed", scope="entry", params=Direction, facts="rewrite why better column")
def direction_reversed(ctx: EntryContext, params: Direction) -> Iterator[Hit]:
    """A floor under a measure where less is better, or a cap under one where more is better."""
    value, (polarity, column) = ctx.value, _polarity(ctx)
    if not column and ctx.indicator.level2 == "数量指标" and ctx.asks.asks in ("count", "quantity"):
        polarity = _of_output(ctx, polarity, params)
    if value.kind != "quantity" or polarity is None or value.comparator not in _REVERSED or _ratio(value):
        return
    if value.dimension and ctx.asks.dimensions and not ctx.asks.fits(value.dimension):
        return  # "及时率 ≤7工作日" is the wrong unit (UNI001), not the wrong sign
    if (polarity == "reverse") == (value.comparator in (">=", ">")):
        opposite = _REVERSED[value.comparator]
        better = rewritten(value, ">=" if opposite == ">" else "<=" if opposite == "<" else opposite)
        if value.figure == 0 or (ctx.asks.bounded and value.figure == _HUNDRED):
            better = rewritten(value, "=")  # “≤0起”“≥100%”都只有正好才能达到
        yield Hit(
            {
                "rewrite": better, "why": ctx.asks.reason, "column": column,
                "better": "越小越好" if polarity == "reverse" else "越大越好",
            },
            fix=Fix(better),
        )


def _polarity(ctx: EntryContext) -> tuple[Polarity | None, str]:
    """What the name says; silent where the form's own column says otherwise and the name is only a count. Where the
    name does not tell, the column does: its words come along."""
    spent = ctx.value.dimension == "money" and ctx.indicator.level2 in MONEY_LEVELS
    if ctx.asks.asks is None and not ctx.asks.dimensions and spent:
        return "reverse", ""  # whatever its name, money under 成本 is to be kept low
    if _counted_among_the_satisfied(ctx):
        return None, ""
    printed, said = ctx.indicator.polarity or "", _printed(ctx)
    if ctx.asks.polarity and said and said != ctx.asks.polarity and ctx.asks.asks in ("count", "quantity", None):
        return None, ""
    if ctx.asks.polarity is None and said:
        return said, printed.strip()
    return ctx.asks.polarity, ""


def _counted_among_the_satisfied(ctx: EntryContext) -> bool:
    """热线工单 ≤5件 under 满意度: no share of people who are content, so nobody knows which way is better."""
    asked = ctx.asks.asks == "satisfaction" and not ctx.asks.dimensions and ctx.asks.polarity == "positive"
    return asked and ctx.value.dimension not in ("ratio", "score", None)


def _printed(ctx: EntryContext) -> Polarity | None:
    """What the form's own column of polarity says."""
    printed = ctx.indicator.polarity or ""
    return "reverse" if "反" in printed or "负" in printed else "positive" if "正" in printed else None


def _of_output(ctx: EntryContext, polarity: Polarity | None, params: Direction) -> Polarity | None:
    """新建村史馆数量, 疏浚沟渠长度: what the money is for, so the more the better; 会议次数 may be capped."""
    name, words = bare(ctx.indicator.name), ctx.form.words
    if polarity == "reverse" or _printed(ctx):
        return polarity
    if holds(words[params.kept_low], name):
        return None
    made = not ctx.asks.absence and begins(words[params.makes], name)
    return "positive" if made else polarity


class Malformed(Params):
    misread_from: Decimal = Decimal(50)


@check("malformed-value", scope="entry", params=Malformed, facts="problem rewrite", cases="misread-sign")
def malformed_value(ctx: EntryContext, params: Malformed) -> Iterator[Hit]:
    """Damage that the parser could name, and a ≥ read as 2 before a rate ("292%" under a bounded rate)."""
    value = ctx.value
    if value.kind == "malformed":
        yield Hit({"problem": "；".join(problem.message for problem in value.problems), "rewrite": ""})
        return
    if (
        value.kind == "quantity"
        and ctx.asks.bounded
        and value.dimension in ("ratio", None)
        and value.comparator in (None, ">=")
    ):
        rate = _after_two(value)
        if rate is not None and params.misread_from <= rate <= _HUNDRED:
            better = "=100%" if rate == _HUNDRED else f"≥{number(rate)}%"
            if promised_rate(ctx)[0] not in ("", better):
                better = ""  # by what the goal says it was another figure
            yield Hit(
                {"problem": f"比率写成了 {number(value.point or rate)}%", "rewrite": better},
                case="misread-sign",
                fix=Fix(better) if better else None,
            )


def _after_two(value: Value) -> Decimal | None:
    stated = value.lower.value if value.comparator and value.lower else value.point
    digits = number(stated) if stated is not None else ""
    return Decimal(digits[1:]) if re.fullmatch(r"2\d{2,3}(?:\.\d+)?", digits) else None


class SerialDate(Params):
    earliest: int = 2005
    latest: int = 2060


@check("serial-date", scope="entry", params=SerialDate, facts="date")
def serial_date(ctx: EntryContext, params: SerialDate) -> Iterator[Hit]:
    """A spreadsheet's day number where a date was typed (day 1 is 1900-01-01, as spreadsheets count)."""
    figure = ctx.value.point
    if ctx.value.kind != "quantity" or ctx.value.unit_text or figure is None or figure != int(figure):
        return
    first, last = (date(year, 1, 1) - _EXCEL_EPOCH for year in (params.earliest, params.latest))
    if first.days <= figure <= last.days:
        day = _EXCEL_EPOCH + timedelta(days=int(figure))
        written = f"{day.year}年{day.month}月{day.day}日"
        yield Hit({"date": written}, fix=Fix(f"{written}前"))


class PerfectSatisfaction(Params):
    usual: str = "≥95%"


@check("perfect-satisfaction", scope="entry", params=PerfectSatisfaction, facts="usual goal")
def perfect_satisfaction(ctx: EntryContext, params: PerfectSatisfaction) -> Iterator[Hit]:
    """One dissatisfied respondent and the target is missed."""
    value = ctx.value
    satisfaction = ctx.indicator.level2 == "服务对象满意度" or ctx.asks.asks == "satisfaction"
    if value.kind != "quantity" or not satisfaction or value.dimension not in ("ratio", "score", None):
        return
    if value.lower and value.lower.value == _HUNDRED and value.lower.inclusive and not value.approximate:
        said, goal = promised_rate(ctx)
        same = said.startswith("≥")
        yield Hit({"usual": said if same else params.usual, "goal": goal if same else ""})


@check("zero-target", scope="entry", facts="", cases="always-met rounded-away")
def zero_target(ctx: EntryContext, params: Params) -> Iterator[Hit]:
    """A floor of zero is always met; zero of something wanted, or a cost of zero, is a slip or a rounding."""
    value, asks = ctx.value, ctx.asks
    if value.kind != "quantity" or value.figure != 0:
        return
    if value.comparator == ">=":
        yield Hit(case="always-met")
    elif value.comparator in (None, "=", "<="):
        if asks.asks in ("money", "unit-cost") and (value.dimension or "").startswith("money") and not asks.absence:
            yield Hit(case="rounded-away")
        elif (
            asks.polarity == "positive"
            and not asks.absence
            and not _counted_among_the_satisfied(ctx)
            and asks.asks in ("count", "rate", "satisfaction", "quantity")
        ):
            yield Hit()
