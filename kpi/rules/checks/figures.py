"""Checks of values in figures: about so many, limit, damage, zero, dates turned into numbers."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from kpi.lazyre import HAN, later
from kpi.names.table import table as names
from kpi.rules.bare import bare, ending
from kpi.rules.checks.rewriting import fitting_sign, may_be_either, rewritten
from kpi.rules.checks.rows import nameless
from kpi.rules.checks.signs import counted_among_the_satisfied, printed_polarity
from kpi.rules.clocks import is_clock
from kpi.rules.context import EntryContext
from kpi.rules.finding import Fix, Hit
from kpi.rules.promised import promised_rate
from kpi.rules.registry import Params, WordList, check
from kpi.rules.text import begins, holds, number, squash
from kpi.values import Value
from kpi.values.value import Comparator

_HUNDRED = Decimal(100)
_MAY_FALL = later("增|减|变化|变动|净|差|升降|同比|环比|下降|降低")
_REACHED = later("(?:全部|均|都)?达(?:到|成)?(?:了)?\\s*100")  # 达100%: all of it, and no floor
_COUNTED = later("(?:数量|[户人家处座个件]?数)$")
_SOME = later("[几数][十百千万亿]")  # 几十人: no figure at all
_HELD: dict[str, Comparator] = {">=": ">=", ">": ">=", "<=": "<=", "<": "<=", "=": "="}
_EXCEL_EPOCH = date(1899, 12, 30)


@check("approximate-value", scope="entry", facts="rewrite")
def approximate_value(ctx: EntryContext, params: Params) -> Iterator[Hit]:
    """约, 近, 余, 左右: nobody can tell whether it was reached."""
    if ctx.value.kind in ("quantity", "date", "compound") and _approximate(ctx.value):
        stated = ctx.value.figure is not None and not _SOME.search(ctx.entry.text)
        sign = "=" if ctx.value.figure == 0 else _HELD.get(ctx.value.comparator or "") or fitting_sign(ctx)
        open_ = ctx.value.comparator is None and ctx.value.figure != 0 and may_be_either(ctx)
        better = rewritten(ctx.value, sign) if stated and not open_ else ""
        yield Hit({"rewrite": better}, fix=Fix(better) if better else None)


def _approximate(value: Value) -> bool:
    return value.approximate or any(map(_approximate, value.parts))


class RateLimit(Params):
    limit: Decimal = _HUNDRED


@check("rate-over-limit", scope="entry", params=RateLimit, facts="limit rewrite goal", cases="at-limit score")
def rate_over_limit(ctx: EntryContext, params: RateLimit) -> Iterator[Hit]:
    """A rate bounded by its definition over its limit, or a floor that only the limit itself can meet."""
    value, limit = ctx.value, params.limit
    scored = ctx.asks.asks == "satisfaction" and value.dimension == "score"  # out of a hundred, as a rule
    if (
        value.kind != "quantity"
        or not (ctx.asks.bounded or scored)
        or not (value.dimension in ("ratio", None) or scored)
        or value.unit_text == "个百分点"
        or nameless(ctx.indicator, ctx.entry)
        or (value.unit or "").startswith("/")  # 180/10万: cases in so many people, no percentage
    ):
        return
    floor = value.lower
    top = floor or value.upper
    if top is None:
        return
    over = top.value > limit or bool(value.upper and value.comparator != "<" and value.upper.value > limit)
    at_limit = bool(floor and floor.value == limit and value.upper is None) and not _REACHED.match(value.text)
    at_limit = at_limit and not scored
    if not over and not at_limit:
        return
    full = f"={number(limit)}%"
    said, goal = promised_rate(ctx)
    facts = {"limit": number(limit), "rewrite": said or full, "goal": goal if said and said != full else ""}
    if over and scored:
        yield Hit(facts, case="score")
    elif over:
        yield Hit(facts)
    else:
        inclusive = floor is not None and floor.inclusive
        yield Hit(facts, case="at-limit" if inclusive else None, fix=Fix(facts["rewrite"]))


#: ≥1,80份: one figure with a comma that parts no thousands
_MISPLACED = later(r"\D{0,6}?(?P<figure>\d{1,3}(?:,\d{3})*,(?:\d{1,2}|\d{4,5}))(?![\d.,，])[^\d,，]{0,6}")


class Malformed(Params):
    misread_from: Decimal = Decimal(50)


@check("malformed-value", scope="entry", params=Malformed, facts="problem rewrite", cases="misread-sign negative")
def malformed_value(ctx: EntryContext, params: Malformed) -> Iterator[Hit]:
    """Damage that the parser could name, and a ≥ read as 2 before a rate ("292%" under a bounded rate)."""
    value = ctx.value
    if is_clock(ctx):
        return
    if value.kind == "malformed":
        torn = ctx.indicator is ctx.form.table.torn_row
        if torn and all(problem.code == "missing-number" for problem in value.problems):
            return  # the file ends behind the sign
        yield Hit({"problem": "；".join(problem.message for problem in value.problems), "rewrite": ""})
        return
    share = value.dimension == "ratio" and ctx.asks.asks == "rate" and ctx.asks.bounded
    if value.kind == "quantity" and (value.dimension == "count" or share) and _below_zero(ctx):
        yield Hit({"problem": "", "rewrite": ""}, case="negative")
        return
    if value.kind == "compound" and (comma := _MISPLACED.fullmatch(ctx.entry.text.strip())):
        problem = f"“{comma['figure']}”里的逗号不在千位上"
        yield Hit({"problem": problem, "rewrite": ""})
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


def _below_zero(ctx: EntryContext) -> bool:
    """≥-5人, and not a change (在校生增减 | -5人)."""
    limits = [limit.value for limit in (ctx.value.lower, ctx.value.upper) if limit is not None]
    return bool(limits) and all(one < 0 for one in limits) and not _MAY_FALL.search(ctx.indicator.name + ctx.value.text)


def _after_two(value: Value) -> Decimal | None:
    stated = value.lower.value if value.comparator and value.lower else value.point
    digits = number(stated) if stated is not None else ""
    return Decimal(digits[1:]) if re.fullmatch(r"2\d{2,3}(?:\.\d+)?", digits) else None


_DAYS = ("天", "日")
#: 45900之前完成, 45717-45991, 于45796举办: a day number with what says that it is a day
_SERIAL = later(
    rf"(?:于|在|至|截至|不晚于|最迟)?(\d{{5}})(?:之?前|止|起|底前?){HAN}{{0,6}}"
    rf"|(?:于|在|截至)(\d{{5}}){HAN}{{1,6}}|(?:自|从)?(\d{{5}})(?:至|到|[~～])?(\d{{5}})(?:止|期间)?{HAN}{{0,4}}"
)


class SerialDate(Params):
    earliest: int = 2005
    latest: int = 2060


@check("serial-date", scope="entry", params=SerialDate, facts="date better")
def serial_date(ctx: EntryContext, params: SerialDate) -> Iterator[Hit]:
    """A spreadsheet's day number where a date was typed (day 1 is 1900-01-01, as spreadsheets count)."""
    if told := _SERIAL.fullmatch(squash(ctx.entry.text)):
        numbers = [int(part) for part in told.groups() if part]
    elif figure := _as_days(ctx.value):
        numbers = [figure]
    else:
        return
    first, last = (date(year, 1, 1) - _EXCEL_EPOCH for year in (params.earliest, params.latest))
    if not all(first.days <= one <= last.days for one in numbers):
        return
    days = [_EXCEL_EPOCH + timedelta(days=one) for one in numbers]
    written = "至".join(f"{day.year}年{day.month}月{day.day}日" for day in days)
    better = written if len(days) > 1 else f"{written}前"
    yield Hit({"date": written, "better": better}, fix=Fix(better))


def _as_days(value: Value) -> int:
    """≤44834, 等于45,565天: no work takes a hundred years. 0 where it is no such number."""
    figure = value.figure
    plain = value.kind == "quantity" and figure is not None and (value.unit_text or "天") in _DAYS
    return int(figure) if plain and figure is not None and figure == int(figure) else 0


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


class ZeroTarget(Params):
    """`harm`: words of what is best at zero whatever stands beside them (违规领取补贴金额 | 0万元). `unwished`: words
    of what nobody wants more of, or of what is hoped not to happen (逾期, 返贫). `lingering` end what is to be gone by
    then (存量危房, 旱厕), unless one of `made` begins the name (改造危房). `wanted`: what nobody wants none of, under
    whatever level (新增就业)."""

    harm: WordList
    unwished: WordList
    lingering: WordList
    made: WordList
    wanted: WordList = "wanted-things"


@check("zero-target", scope="entry", params=ZeroTarget, facts="", cases="always-met rounded-away")
def zero_target(ctx: EntryContext, params: ZeroTarget) -> Iterator[Hit]:
    """A floor of zero is always met; zero of something wanted, or a cost of zero, is a slip or a rounding."""
    value, asks = ctx.value, ctx.asks
    if value.kind != "quantity" or value.figure != 0:
        return
    if value.comparator == ">=":
        yield Hit(case="always-met")
    elif value.comparator in (None, "=", "<=") and not asks.absence:
        name, words = ctx.indicator.name, ctx.form.words
        harmful = holds(words[params.harm], name)
        if asks.asks in ("money", "unit-cost") and (value.dimension or "").startswith("money") and not harmful:
            yield Hit(case="rounded-away")
        elif harmful or names().words["events"].within(name) or printed_polarity(ctx) == "reverse":
            return  # 新增占用生态红线面积, 辍学学生人数: zero is the best
        elif _lingers(name, words[params.lingering], words[params.made]):
            return
        elif _is_wanted(ctx, params):
            yield Hit()


def _is_wanted(ctx: EntryContext, params: ZeroTarget) -> bool:
    name, words = ctx.indicator.name, ctx.form.words
    if _more_is_better(ctx) or holds(words[params.wanted], name):
        return True
    return _nothing_made(ctx) and not holds(words[params.unwished], name)


def _lingers(name: str, lingering: frozenset[str], made: frozenset[str]) -> bool:
    plain = bare(name)
    return bool(ending(lingering, _COUNTED.sub("", plain))) and not begins(made, plain)


def _more_is_better(ctx: EntryContext) -> bool:
    counted = ctx.asks.asks in ("count", "rate", "satisfaction", "quantity")
    return counted and ctx.asks.polarity == "positive" and not counted_among_the_satisfied(ctx)


def _nothing_made(ctx: EntryContext) -> bool:
    """新建养殖池塘 | 0亩 under 数量, 园区税收贡献 | 0万元 under 经济效益: a zero of what the level is for."""
    level2, dimension = ctx.indicator.level2, ctx.value.dimension
    wanted = level2 == "数量指标" or (level2 == "经济效益" and (dimension or "").startswith("money"))
    return wanted and dimension != "ratio" and ctx.asks.polarity != "reverse"
