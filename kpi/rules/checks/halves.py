"""Checks between 实施期 and 年度: values that clash, more in a year than in all, rows of one half, two wordings."""

import re
from collections.abc import Iterator
from decimal import Decimal
from difflib import SequenceMatcher

from kpi.model import Half
from kpi.names.table import Asks
from kpi.rules.checks.amounts import total_cost
from kpi.rules.checks.pairs import (
    Side,
    align,
    alike,
    difference,
    names_differ,
    said,
    strictness,
    swapped,
    unlike_spans,
)
from kpi.rules.checks.rows import HALF_NAMES, dashed, empty_half, stated
from kpi.rules.context import EntryContext, FormContext, IndicatorContext
from kpi.rules.finding import Evidence, Hit, NotApplicable
from kpi.rules.rates import in_named_unit
from kpi.rules.registry import Dimension, Params, WordList, check
from kpi.rules.text import holds, pattern, squash
from kpi.values import Value, comparable, ratio

_CLAUSES = re.compile(r"[，,。；;！!\n]+")
_READ = 600  # goals longer than this are compared by their beginning
_ONE_HALF = NotApplicable("表只有一侧指标")


def _why_not(ctx: FormContext) -> NotApplicable | None:
    if len(ctx.table.halves) < 2:
        return _ONE_HALF
    reason = unlike_spans(ctx.table)
    return NotApplicable(reason) if reason else None


def _about(one: Side, other: Side) -> tuple[Evidence, ...]:
    return one.quote(), other.quote()


@check("halves-disagree", scope="form", facts="period annual")
def halves_disagree(ctx: FormContext, params: Params) -> Iterator[Hit | NotApplicable]:
    """In a project of one year both halves are about that year: the same row cannot ask for two things."""
    why_not = _why_not(ctx)
    if why_not:
        yield why_not
        return
    aligned = align(ctx)
    for pair in aligned.pairs:
        if difference(*pair, ctx.table.year) == "values" and not swapped(pair, aligned):
            facts = {"period": pair[0].text, "annual": pair[1].text}
            yield Hit(facts, evidence=_about(*pair), indicator=pair[0].row, half="both", value=pair[0].text)


class AnnualExceeds(Params):
    """`asks`: what the name of a cumulative row may ask for; `dimensions`: what its value may be measured in;
    `level`: words of names and values that do not add up over the years (人均, 在校)."""

    asks: tuple[Asks | None, ...]
    dimensions: tuple[Dimension, ...]
    level: WordList
    things: WordList = "levels-in-things"


@check("annual-exceeds-period", scope="indicator", params=AnnualExceeds, facts="period annual")
def annual_exceeds(ctx: IndicatorContext, params: AnnualExceeds) -> Iterator[Hit]:
    """One year of a sum is more than the whole of it."""
    sides = {entry.half: entry for entry in ctx.entries}
    if len(sides) < 2 or ctx.asks.asks not in params.asks:
        return
    period, annual = sides["period"], sides["annual"]
    if not alike(period.entry.name, annual.entry.name):
        return
    said = f"{ctx.indicator.name}{period.entry.text}{annual.entry.text}"
    said = pattern(ctx.form.words[params.things]).sub("", said)  # 标准化改造 is no 标准
    whole, year = in_named_unit(period), in_named_unit(annual)
    if holds(ctx.form.words[params.level], said) or not comparable(whole, year):
        return
    other = whole.unit != year.unit  # 3200米 of 2.5公里; 场 and 次 are not the same
    if whole.dimension not in params.dimensions or (other and whole.dimension == "count"):
        return
    if (_more(year, whole) if other else _exceeds(year, whole)) and not all(map(_is_funding, (period, annual))):
        yield Hit({"period": period.entry.text.strip(), "annual": annual.entry.text.strip()}, half="both")


def _is_funding(entry: EntryContext) -> bool:
    """A cost that only repeats the money of its half: that this year's passes the whole is CST006's to tell."""
    total = entry.form.total(entry.half)
    return total is not None and total_cost(entry) == total


def _more(annual: Value, period: Value) -> bool:
    """As below, of figures in unlike units."""
    times = ratio(annual, period)
    return times is not None and times > 1 and not (annual.approximate or period.approximate)


def _exceeds(annual: Value, period: Value) -> bool:
    """Floors by their lower ends, caps by their upper ones; a range against a range by both."""
    if annual.approximate or period.approximate:
        return False
    ends = [(annual.lower, period.lower), (annual.upper, period.upper)]
    known = [(a.value, p.value) for a, p in ends if a and p]
    return bool(known) and all(a > p for a, p in known)


@check("only-in-one-half", scope="form", facts="row has lacks")
def only_in_one_half(ctx: FormContext, params: Params) -> Iterator[Hit | NotApplicable]:
    """A row that one half of a one-year project has and the other has not, though that half is filled in."""
    why_not = _why_not(ctx)
    if why_not:
        yield why_not
        return
    if empty_half(ctx.table):
        yield NotApplicable("有一侧整个没有填")
        return
    for side in align(ctx).alone:
        other: Half = "annual" if side.half == "period" else "period"
        if stated(ctx.table, other):
            facts = {"row": side.name or side.text, "has": HALF_NAMES[side.half], "lacks": HALF_NAMES[other]}
            yield Hit(facts, evidence=(side.quote(),), indicator=side.row, half=side.half, value=side.text)


@check("wording-differs", scope="form", facts="names values period annual")
def wording_differs(ctx: FormContext, params: Params) -> Iterator[Hit | NotApplicable]:
    """The same row under two names, or with one target in two wordings; texts that the form cuts short are the same."""
    if len(ctx.table.halves) < 2:
        yield _ONE_HALF
        return
    years_differ = unlike_spans(ctx.table) is not None
    for one, other in (aligned := align(ctx)).pairs:
        unlike = difference(one, other, ctx.table.year)
        if unlike == "values" or swapped((one, other), aligned) or (years_differ and not _same_target(one, other)):
            continue
        names = f"“{one.name}”和“{other.name}”" if names_differ(one, other) else ""
        values = f"“{one.text}”和“{other.text}”" if unlike == "wording" and not strictness(one, other) else ""
        if names or values:
            titles = (one.quote_name(), other.quote_name()) if names else ()
            evidence = (*titles, *(_about(one, other) if values else ()))
            facts = {"names": names, "values": values, "period": one.text, "annual": other.text}
            yield Hit(facts, evidence=evidence, indicator=one.row, half="both", value=one.text)


def _same_target(one: Side, other: Side) -> bool:
    """One value under two like names is one row whatever the years (but 累计培训人数 is not 培训人数)."""
    summed = ("累计" in one.name) != ("累计" in other.name)
    return bool(one.text) and said(one.text) == said(other.text) and not summed


class GoalsDiffer(Params):
    """`filler`: words that change nothing; `share`: so much of the shorter goal within the longer one makes them one
    goal, told at two lengths, unless each has a clause of `telling` characters of which less than `held` stands in the
    other."""

    filler: WordList
    share: Decimal = Decimal("0.8")
    telling: int = 5
    held: Decimal = Decimal("0.4")


@check("goals-differ", scope="form", params=GoalsDiffer, facts="period annual")
def goals_differ(ctx: FormContext, params: GoalsDiffer) -> Iterator[Hit | NotApplicable]:
    """The two goals of a one-year project speak of different things."""
    period, annual = ctx.table.period_goal, ctx.table.annual_goal
    if period is None or annual is None or dashed(period) or dashed(annual):
        yield NotApplicable("没有同时写出实施期目标和年度目标")
        return
    reason = unlike_spans(ctx.table)
    if reason:
        yield NotApplicable(reason)
    elif _differ(period, annual, pattern(ctx.words[params.filler]), params):
        places = ctx.table.locations
        evidence = (
            Evidence(period, places.get("goals.period") or ctx.table.location),
            Evidence(annual, places.get("goals.annual") or ctx.table.location),
        )
        yield Hit({"period": _opening(period), "annual": _opening(annual)}, evidence=evidence)


def _differ(period: str, annual: str, filler: re.Pattern[str], params: GoalsDiffer) -> bool:
    """Little in common, or each with something of its own: then neither is only the longer one."""
    if _share(period, annual, filler) < params.share:
        return True
    return _has_own(period, annual, filler, params) and _has_own(annual, period, filler, params)


def _has_own(one: str, other: str, filler: re.Pattern[str], params: GoalsDiffer) -> bool:
    held = filler.sub("", squash(other))
    clauses = (filler.sub("", squash(clause)) for clause in _CLAUSES.split(one[:_READ]))
    pairs = ([c[i : i + 2] for i in range(len(c) - 1)] for c in clauses if len(c) >= params.telling)
    return any(sum(pair in held for pair in some) < params.held * len(some) for some in pairs)


def _share(one: str, other: str, filler: re.Pattern[str]) -> Decimal:
    """How much of the shorter text stands in the longer one, in order or in any order, fillers aside."""
    kept = [filler.sub("", squash(text[:_READ])) for text in (one, other)]
    short, long = sorted(kept, key=len)
    if not short:
        return Decimal(1)
    blocks = SequenceMatcher(None, short, long, autojunk=False).get_matching_blocks()
    in_order = sum(block.size for block in blocks if block.size > 1 or len(short) == 1)
    pairs = [short[i : i + 2] for i in range(len(short) - 1)]
    held = sum(pair in long for pair in pairs)
    return max(Decimal(in_order) / len(short), Decimal(held) / max(1, len(pairs)))


def _opening(text: str, length: int = 24) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= length else f"{plain[: length - 1]}…"
