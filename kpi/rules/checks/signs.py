"""Checks of the sign of a figure: none, one that leaves the figure out, one that points the wrong way."""

from collections.abc import Iterator
from decimal import Decimal

from kpi.lazyre import later
from kpi.model import COST_LEVELS, MONEY_LEVELS
from kpi.names.direction import acts_first
from kpi.names.table import Polarity
from kpi.names.table import table as names
from kpi.rules.bare import bare
from kpi.rules.checks.rewriting import fitting_sign, may_be_either, rewritten
from kpi.rules.checks.rows import in_condition, nameless
from kpi.rules.clocks import is_clock
from kpi.rules.context import EntryContext
from kpi.rules.finding import Fix, Hit
from kpi.rules.rates import as_rate, lacks_unit, like_a_rate
from kpi.rules.registry import Dimension, Params, WordList, check
from kpi.rules.text import begins, holds, number, pattern
from kpi.values import Value, parse
from kpi.values.normal import MARKS
from kpi.values.units import table as units
from kpi.values.value import Comparator

_HUNDRED = Decimal(100)
_DONE = later(
    "(?:完成|完工|竣工|交付|投入使用|上线|到位|发放|拨付|支付|结束|验收|建成|采购|安装|兑付)(?:的?时间|时限|日期|期限)?$"
)
_LATE_BEFORE = later(r"^(?:[≥>＞≧]=?|晚于|迟于|不早于|大于(?:等于)?)")
_LATE_BEHIND = later(r"(?:之后|以后|后)$")
_YEAR = later(r"20[0-4]\d")
_MISREAD = later(r"2(?:8\d|9\d|100)(?:\.\d+)?")  # 295%: a scan took ≥ for 2
_COUNTED = later(r"(?:次数|起数|件数|处数|台数|批次|数量|数)$")
#: 报修后2小时内, 自受理之日起5个工作日内: how soon after something else
_AFTER = later(r"(?:后|之日起|日起)[^≤<＜≦≥>＞≧]{1,8}(?:以内|之内|内|完成)$")
_INVESTED = "总投资"  # 工程总投资: what the whole costs
_BY_HEAD = later("月|[人生户年]均")
_REVERSED: dict[Comparator, Comparator] = {">=": "<=", ">": "<", "<=": ">=", "<": ">"}
_SIGNED_NAME = later(rf"[(（]\s*(?:[{MARKS}]|[不大小]于|不[低高]于)[^()（）]*[)）]\s*$")
_FLOOR_HOLE = later(r"[(（]\s*(?:[≥>＞≧]=?|不[低少]于)\s*\*+[^()（）]*[)）]\s*$")
_WHOLE_COST = later("(?:总投资|总投入|总成本|总造价|总费用|总经费)(?:额|金额)?$")
_BOUNDED = later(r"[)）]\s*及?以[上下]\s*$")  # the sign behind what explains the figure


class ComparatorMissing(Params):
    """`tells`, `things`: endings of names that hold the unit themselves, and that do not though they end in one."""

    tells: WordList
    things: WordList = "things-as-units"
    kinds_excused: tuple[Dimension, ...] = ("time",)


@check("comparator-missing", scope="entry", params=ComparatorMissing, facts="rewrite")
def comparator_missing(ctx: EntryContext, params: ComparatorMissing) -> Iterator[Hit]:
    """A bare figure. Excused: zero, durations, unit prices and other compound units, 100 %, and impossible rates. A
    figure without its unit gets no rewrite, nor does a ratio: 1:18 may be meant either way."""
    value = ctx.value
    if value.kind != "quantity" or value.comparator is not None or value.approximate or value.point in (None, 0):
        return
    if nameless(ctx.indicator, ctx.entry):
        return
    if is_clock(ctx) or _BOUNDED.search(ctx.entry.text) or _is_year(ctx):  # 闭馆时间 | 21:30; 基本符合（70分）及以上
        return
    if _SIGNED_NAME.search(ctx.indicator.name):  # 围墙(≥**米) | 86: the template has put the sign into the name
        return
    dimension = value.dimension or _hinted(ctx)
    if dimension in params.kinds_excused or _unit_price(ctx, dimension) or _is_full_rate(ctx) or _impossible(ctx):
        return
    meant = as_rate(ctx)
    unitless = not meant.dimension and lacks_unit(ctx, ctx.form.words[params.tells], ctx.form.words[params.things])
    if unitless or _ratio(value) or counted_among_the_satisfied(ctx) or may_be_either(ctx):
        yield Hit({"rewrite": ""})  # with a sign it would still have no unit (UNI002)
        return
    better = rewritten(meant, fitting_sign(ctx))
    yield Hit({"rewrite": better}, fix=Fix(better))


def _is_year(ctx: EntryContext) -> bool:
    """按期完工 | 2022 under 时效: the year in which it is done."""
    return ctx.indicator.level2 == "时效指标" and _YEAR.fullmatch(ctx.entry.text.strip()) is not None


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
    """完成时限（月）: 10 is a duration, 维修成本(万元/公里): 9.2 a price."""
    hint = None if ctx.value.unit_text else ctx.asks.unit_hint
    spelled = units().spelled.get(hint or "")
    if spelled:
        return spelled.unit.dimension or ""
    return parse(f"1{hint}").dimension or "" if hint else ""


def _impossible(ctx: EntryContext) -> bool:
    point = ctx.value.point or Decimal(0)
    misread = ctx.value.dimension == "ratio" and _MISREAD.fullmatch(number(point)) is not None
    return misread or (ctx.asks.bounded and ctx.value.dimension in ("ratio", None) and point > _HUNDRED)


def _is_full_rate(ctx: EntryContext) -> bool:
    rate = ctx.value.dimension == "ratio" or (ctx.value.dimension is None and ctx.asks.asks in ("rate", "satisfaction"))
    return rate and ctx.value.point == _HUNDRED


@check("strict-comparator", scope="entry", facts="rewrite")
def strict_comparator(ctx: EntryContext, params: Params) -> Iterator[Hit]:
    """ ">98%" leaves 98 % itself out; ">0" is the honest way to say “at least one”."""
    value = ctx.value
    if value.kind == "quantity" and value.comparator in (">", "<") and value.figure and not in_condition(value.text):
        better = rewritten(value, ">=" if value.comparator == ">" else "<=")
        yield Hit({"rewrite": better}, fix=Fix(better), part="sign")


class Direction(Params):
    """`makes`: what a name begins with under 数量 that counts what the project makes (新建), unless it holds one of
    `kept_low`: things that are made or done as little as may be (占地, 会议). `lifetimes`: how long a thing is to last,
    from whichever day on
    (自建成之日起). `rises` and `falls`: words of a value that is a change. Money under 成本 named by one of `standing`
    and told per head or month is what is to be paid at least (公益岗位工资 ≥1980元/人·月)."""

    makes: WordList
    kept_low: WordList
    lifetimes: WordList = "lifetimes"
    rises: WordList = "rise-words"
    falls: WordList = "fall-words"
    standing: WordList = "standing-payments"


_QUOTA = later("(?:考核|评定|评为)?优秀(?:等次|等级|档次)?(?:人员|人数|干部|教师|职工)?(?:比例|占比|比率)$")


@check("direction-reversed", scope="entry", params=Direction, facts="rewrite why better column", cases="named")
def direction_reversed(ctx: EntryContext, params: Direction) -> Iterator[Hit]:
    """A floor under a measure where less is better, or a cap under one where more is better; a deadline that is not to
    be kept; a bad thing that is to happen always."""
    value, (polarity, column) = ctx.value, _polarity(ctx)
    if other := _late(ctx) or _always_bad(ctx, polarity) or _floor_in_name(ctx):
        yield other
        return
    if not column and ctx.indicator.level2 == "数量指标" and ctx.asks.asks in ("count", "quantity"):
        polarity = _of_output(ctx, polarity, params)
    if value.kind != "quantity" or polarity is None or value.comparator not in _REVERSED or _ratio(value):
        return
    counted = polarity == "positive" and not column and _bad_counted(ctx.indicator.name)
    if value.comparator in ("<", "<=") and (counted or _QUOTA.search(ctx.indicator.name)):
        return  # 维修质量投诉次数 | ≤2次: complaints, whatever they are about; 考核优秀人员比例 | ≤20%: so many may be
    soon = value.comparator == "<=" and _AFTER.search(value.text) is not None
    lasts = "起" in value.text and holds(ctx.form.words[params.lifetimes], ctx.indicator.name)  # 自建成之日起5年以内
    if value.dimension == "time/time" or (soon and not lasts):
        return  # 窗口办理时间 | ≥8小时/天, 维护时间 | 故障发生后一周内: how long it is open, and how soon it is done
    rises, falls = (holds(ctx.form.words[words], value.text) for words in (params.rises, params.falls))
    if _paid_or_capped(ctx, polarity, params) or _is_of_action(ctx):
        return
    if falls and polarity == "reverse":
        return  # 办理时长 | 较上年30天缩短5天
    unfit = bool(value.dimension and ctx.asks.dimensions) and not ctx.asks.fits(value.dimension or "")
    if unfit and not (rises and value.dimension == "ratio"):  # 事故起数 | 较上年增加10%
        return  # "及时率 ≤7工作日" is the wrong unit (UNI001), not the wrong sign
    if (polarity == "reverse") == (value.comparator in (">=", ">")):
        opposite = _REVERSED[value.comparator]
        better = rewritten(value, ">=" if opposite == ">" else "<=" if opposite == "<" else opposite)
        if rises:
            better = _fallen(value.text, ctx.form.words[params.rises])
        share = None if rises or polarity != "reverse" or not ctx.asks.bounded else _high_share(ctx)
        if share is not None:  # 逾期率 | ≥95%: so many are meant to be in time
            better = "=0%" if share >= _HUNDRED else f"≤{number(_HUNDRED - share)}%"
        elif value.figure == 0 or (ctx.asks.bounded and value.figure == _HUNDRED):
            better = rewritten(value, "=")  # “≤0起”“≤100%”都只有正好才能达到
        yield Hit(
            {
                "rewrite": better, "why": ctx.asks.reason, "column": column,
                "better": "越小越好" if polarity == "reverse" else "越大越好",
            },
            fix=None if rises else Fix(better),
        )


def _late(ctx: EntryContext) -> Hit | None:
    """完成时间 | ≥2026年11月30日, or a day with 之后: the work is to be done by that day."""
    if ctx.value.kind != "date" or ctx.asks.asks != "deadline" or not _DONE.search(bare(ctx.indicator.name)):
        return None
    text = ctx.entry.text.strip()
    day = _LATE_BEFORE.sub("", _LATE_BEHIND.sub("", text)).strip()
    if day == text or not any(map(str.isdigit, day)):
        return None
    better = f"{day}前"
    return Hit({"rewrite": better, "why": ctx.asks.reason, "column": "", "better": "越早越好"}, fix=Fix(better))


def _floor_in_name(ctx: EntryContext) -> Hit | None:
    """项目总投入(≥**万元) | 1430: a template's sign for what is earned, left under what the whole costs."""
    name, value = ctx.indicator.name, ctx.value
    spent = ctx.indicator.level2 in MONEY_LEVELS and _WHOLE_COST.search(bare(name)) is not None
    if not spent or value.point is None or value.comparator is not None or not _FLOOR_HOLE.search(name):
        return None
    unit = value.unit_text or ctx.asks.unit_hint or ""
    better = f"≤{number(value.point)}{unit}" if unit else ""
    return Hit({"rewrite": better, "why": ctx.asks.reason, "column": "", "better": "越小越好"}, "named")


def _always_bad(ctx: EntryContext, polarity: Polarity | None) -> Hit | None:
    """返工率 | 100%, 食品安全事故 | 100%: all of it is bad, and nobody meant that."""
    value = ctx.value
    rate = ctx.asks.asks == "rate" and ctx.asks.bounded
    event = ctx.asks.asks is None and ctx.asks.absence and _bad_counted(ctx.indicator.name)
    if polarity != "reverse" or not (rate or event) or value.dimension != "ratio" or value.kind != "quantity":
        return None
    if value.comparator not in (None, "=") or value.figure != _HUNDRED:
        return None
    return Hit({"rewrite": "=0起" if event else "≤…%", "why": ctx.asks.reason, "column": "", "better": "越小越好"})


def _paid_or_capped(ctx: EntryContext, polarity: Polarity, params: Direction) -> bool:
    """Of the costs, either way is meant of what people are paid by the month or head; and a share that is capped
    (评审费率 ≤1.5‰), unless it is saved."""
    if ctx.indicator.level2 not in MONEY_LEVELS:
        return False
    name, unit = ctx.indicator.name, ctx.value.unit or ""
    if polarity == "positive":
        return ctx.value.comparator in ("<", "<=") and not names().words["falls"].within(name)
    by_head = _BY_HEAD.search(name) is not None or ("/" in unit and "人" in unit)
    return by_head and holds(ctx.form.words[params.standing], name)


def _is_of_action(ctx: EntryContext) -> bool:
    """修复故障率 | ≥98%: of the faults, so many are mended."""
    floor = ctx.value.comparator in (">=", ">") and _high_share(ctx) is not None
    return floor and ctx.asks.bounded and acts_first(bare(ctx.indicator.name))


def _high_share(ctx: EntryContext) -> Decimal | None:
    """The rate in percent, where it is a high one: 0.95 without its unit is 95. None for any other."""
    figure, dimension = ctx.value.figure, ctx.value.dimension
    if figure is None or dimension not in ("ratio", None):
        return None
    share = figure * 100 if dimension is None and 0 < figure < 1 else figure
    return share if like_a_rate(min(share, _HUNDRED)) else None


def _fallen(text: str, rises: frozenset[str]) -> str:
    """较上年下降10% for 较上年增加10%."""
    return pattern(rises).sub("下降", text, count=1)


def _bad_counted(name: str) -> bool:
    """Whether a name ends in a bad thing and how it is counted."""
    return bool(names().words["events"].ending(_COUNTED.sub("", bare(name))))


def _polarity(ctx: EntryContext) -> tuple[Polarity | None, str]:
    """What the name says; silent where the form's own column says otherwise and the name is only a count. Where the
    name does not tell, the column does: its words come along."""
    spent = ctx.value.dimension == "money" and ctx.indicator.level2 in MONEY_LEVELS
    if spent and bare(ctx.indicator.name).endswith(_INVESTED):
        return "reverse", ""
    if ctx.asks.asks is None and not ctx.asks.dimensions and spent:
        return "reverse", ""  # whatever its name, money under 成本 is to be kept low
    if counted_among_the_satisfied(ctx):
        return None, ""
    printed, said = ctx.indicator.polarity or "", printed_polarity(ctx)
    doubted = said and said != ctx.asks.polarity and ctx.asks.asks in ("count", "quantity", None)
    if ctx.asks.polarity and doubted and not ctx.asks.absence:  # nobody wants more complaints, whatever the column says
        return None, ""
    if ctx.asks.polarity is None and said:
        return said, printed.strip()
    return ctx.asks.polarity, ""


def counted_among_the_satisfied(ctx: EntryContext) -> bool:
    """热线工单 ≤5件 under 满意度: no share of people who are content, so nobody knows which way is better."""
    asked = ctx.asks.asks == "satisfaction" and not ctx.asks.dimensions and ctx.asks.polarity == "positive"
    return asked and ctx.value.dimension not in ("ratio", "score", None)


def printed_polarity(ctx: EntryContext) -> Polarity | None:
    """What the form's own column of polarity says."""
    printed = ctx.indicator.polarity or ""
    return "reverse" if "反" in printed or "负" in printed else "positive" if "正" in printed else None


def _of_output(ctx: EntryContext, polarity: Polarity | None, params: Direction) -> Polarity | None:
    """新建村史馆数量, 疏浚沟渠长度: what the money is for, so the more the better; 会议次数 may be capped."""
    name, words = bare(ctx.indicator.name), ctx.form.words
    if polarity == "reverse" or printed_polarity(ctx):
        return polarity
    if holds(words[params.kept_low], name):
        return None
    made = not ctx.asks.absence and begins(words[params.makes], name)
    return "positive" if made else polarity
