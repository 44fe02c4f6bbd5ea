"""Checks of what is counted: a unit of another kind than the name asks for, money as an output."""

import re
from collections.abc import Iterator
from decimal import Decimal

from kpi.lazyre import later
from kpi.model import MONEY_LEVELS
from kpi.names.clean import without_ordinal
from kpi.rules.bare import bare, ending
from kpi.rules.checks.rows import compares_years, in_condition
from kpi.rules.checks.rowwords import is_sentence
from kpi.rules.clocks import is_clock
from kpi.rules.context import EntryContext
from kpi.rules.finding import Fix, Hit
from kpi.rules.implied import count_figure
from kpi.rules.rates import like_a_rate, per_other
from kpi.rules.registry import Params, WordList, check
from kpi.rules.text import begins, holds, number
from kpi.values import Value, find_values, parse
from kpi.values.normal import normalise

_DIMENSIONS = {
    "money": "金额", "ratio": "百分数", "count": "数量", "time": "时间", "length": "长度", "area": "面积",
    "volume": "体积", "mass": "重量", "energy": "能量", "power": "功率", "data": "数据量", "temperature": "温度",
    "score": "分数", "date": "日期",
}  # fmt: skip
_NUMBER = re.compile("(?:数量|台数|套数|件数|数)$")
_SAYS_WHAT = re.compile("率|占比|比例|覆盖")  # 党员教育培训 | 参训率≥95%
_MEASURES = ("米", "平方米", "立方米")  # 公里 may be the stretch that is lit
_PEOPLE = ("人",)
_ANYTHING = ("个", "项", "类", "批")
_PARTS_OF_UNIT = re.compile(r"[^/·()]+")
_SPANS = frozenset({"年", "月", "季", "天", "日", "学期", "学年"})
_HOW_OFTEN = "周期"
_TURNS = ("次", "期", "批")
_PART_OF_YEAR = later("\\d月|每|[上下]半年|[春夏秋冬]|季")
_INTEREST = later("贴息|利率|利息")
_VISITS = "人次"
_ONE_OF = later(r"(?:[一二两三四五六七八九十]|\d{1,3})(?:台|套|辆|部|块|架|艘)(?=.{2,}$)")
_VISITED = frozenset((_VISITS, "人/次"))
_IN_TIME = later("(?:及时|按时|按期|如期|准时).{0,4}(?:结算|支付|拨付|发放|兑付|报销|到账|结清|清算)")
_TIMES = "时效指标"
_WEIGHED = later("(?:清运|收集|处置|处理|回收|转运|收运|捕捞|采收|收购|储备|调运|投放)数$")  # 垃圾清运数 | 530吨
_ENROLLED = later("(?:建|立|造|入|在|登)册数$")  # 贫血学生建册数 | 45人
_FULL = Decimal(100)  # all of it: done or not (CLS002)
_SIGNS = {">=": "≥", "<=": "≤", ">": "≥", "<": "≤", "=": "="}


def in_words(dimension: str) -> str:
    """A dimension for a message: money/(count·time) → 单位金额."""
    head, slash, _ = dimension.partition("/")
    return ("单位" if slash and head == "money" else "") + _DIMENSIONS.get(head, "其他")


_DEGREE = "程度"
_FIRMS = "家数"
_PERSONS = ("人", "名", "人次")


class UnitContradicts(Params):
    """Under 数量, where the name has no head: `made` begins what is made and so not counted in time (制作宣传牌 | 1年),
    unless the name holds one of `lasting` (购置服务); `fees` end what is paid and so not counted in things (物业费 |
    8个), unless the name ends in one of `paying` (缴费); `acts` end what is held, of which no share is told (培训 |
    ≥4%). `people`: units of those who are paid. `others` count no people (培训人数 | 800次), and `persons` nothing
    else: not what `tails` end (演出场次 | 12人), nor what `bought` begins and `objects` end. Neither tells a grade,
    which `ranks` end (测评等级 | 85台). With one of `changes` a share says by how much something changes. Beside one of
    `attained` those who have a grade are counted (取得…等级). `units`: in what some tails are counted (场次/场).
    `those` end names of people, of whom no share is above 100 %. `lessons` are units in which time is told as well
    (培训时长 | 56学时). `experts` end what counts persons by their calling (专家数), not 家; `places`
    what no persons count (食堂数)."""

    made: WordList
    lasting: WordList
    fees: WordList
    paying: WordList
    people: WordList
    others: WordList
    persons: WordList
    tails: WordList
    ranks: WordList
    acts: WordList = "acts-counted"
    bought: WordList = "bought-things"
    objects: WordList = "bought-objects"
    changes: WordList = "change-words"
    units: WordList = "tails-and-units"
    attained: WordList = "grade-attained"
    experts: WordList = "experts-counted"
    places: WordList = "places-counted"
    those: WordList = "respondent-endings"
    lessons: WordList = "lesson-units"


@check("unit-contradicts-name", scope="entry", params=UnitContradicts, facts="asked got why rewrite")
def unit_contradicts_name(ctx: EntryContext, params: UnitContradicts) -> Iterator[Hit]:
    """The kind of figure that the name asks for and the dimension of the unit differ."""
    counted = bare(ctx.indicator.name).removesuffix("数")  # 补贴床月|数 | 26000床月
    visits = counted.endswith("人次") and ctx.value.unit in _PERSONS  # 观影人次数 | 2万人
    if ctx.value.unit and (visits or counted.endswith(ctx.value.unit)):
        return
    if asked := _without_head(ctx, params):
        yield Hit({"asked": asked, "got": in_words(ctx.value.dimension or "money"), "why": "", "rewrite": ""})
        return
    if told := _by_unit(ctx, params):
        yield Hit({"asked": told[0], "got": told[1], "why": ctx.asks.reason, "rewrite": ""})
        return
    wanted, got = ctx.asks.dimensions, _kind_of(ctx.value)
    if not wanted or not got or got in wanted or in_condition(ctx.entry.text) or _is_when(ctx):
        return
    if compares_years(ctx) or (got in ("mass", "volume") and _WEIGHED.search(ctx.indicator.name)):
        return
    heads = {dimension.partition("/")[0] for dimension in wanted}
    if got.partition("/")[0] in heads or _so_many_in(ctx, got):
        return
    when = ctx.asks.asks == "frequency" or (ctx.asks.asks == "money" and ctx.indicator.level2 == _TIMES)
    if got == "date" and when:
        return  # 更新频率 | 每季度; 补贴资金 | 2026年11月底前: when it is paid
    if got == "time" and ctx.asks.asks == "money" and _IN_TIME.search(ctx.indicator.name):
        return  # 医保部门及时结算接种费用 | ≤5日: how fast it is paid
    if ctx.asks.asks == "duration" and ctx.value.unit in ctx.form.words[params.lessons]:
        return
    kept = is_sentence(bare(ctx.indicator.name)) or _standard_kept(ctx)
    if got == "ratio" and (kept or holds(ctx.form.words[params.changes], ctx.entry.text)):
        return  # 信访件数 | 较上年减少10%
    rewrite = _in_asked_unit(ctx)
    asked = "、".join(dict.fromkeys(in_words(dimension) for dimension in wanted))
    yield Hit(
        {"asked": asked, "got": in_words(got), "why": ctx.asks.reason, "rewrite": rewrite},
        fix=Fix(rewrite) if rewrite else None,
    )


def _without_head(ctx: EntryContext, params: UnitContradicts) -> str:
    """What a name asks for that no measure ends, where the value is something else; else ""."""
    asked = "" if ctx.asks.dimensions else _more_than_all(ctx, params) or _of_nouns(ctx, params)
    return asked or _degree_of_money(ctx)


def _by_unit(ctx: EntryContext, params: UnitContradicts) -> tuple[str, str] | None:
    """What the name asks for and what the unit counts instead, where the unit alone tells."""
    unit = ctx.value.unit
    if ctx.asks.units[:1] == _PEOPLE and unit in ctx.form.words[params.others]:
        return "人数", f"用“{unit}”数的"
    if each := per_other(ctx.indicator.name, unit):
        return f"{each}的金额", f"“{unit}”"
    if own := _own_amount(ctx, params):
        return f"“{own}”", f"用“{unit}”数的"
    if hinted := _hinted_otherwise(ctx):
        return f"“{hinted}”", f"“{unit}”"
    tail = _counted_otherwise(ctx, params)
    return (tail, f"用“{unit}”数的") if tail else None


def _is_when(ctx: EntryContext) -> bool:
    """The time of day, or how often something comes round (体检周期 | 每年1次), or in which months and how often (拨付
    时间 | 6月和12月各一次)."""
    times = (ctx.value.unit or "").startswith(_TURNS)
    often = times and bare(ctx.indicator.name).endswith(_HOW_OFTEN)
    dated = times and ctx.indicator.level2 == _TIMES and _PART_OF_YEAR.search(ctx.entry.text) is not None
    return often or dated or is_clock(ctx)


def _own_amount(ctx: EntryContext, params: UnitContradicts) -> str:
    """开放幸福院9所 | ≥9人, 养护公路156公里 | 156个: the amount at the end of the name, which the value says again in a
    unit of another kind; "" where there is none. 个 may count anything that is counted, persons are no places."""
    unit, people = ctx.value.unit, ctx.form.words[params.people]
    name = without_ordinal(normalise(ctx.indicator.name).text)
    found = find_values(name) if unit and any(map(str.isdigit, name)) else []
    if not found or found[-1][1] < len(name):
        return ""
    start, _, own = found[-1]
    counted = own.kind == "quantity" and own.unit is not None and own.dimension not in (None, "ratio")
    if not counted or own.figure != ctx.value.figure or not name[start].isdigit():
        return ""
    kinds = own.dimension, ctx.value.dimension
    if kinds == ("count", "count"):  # 入户走访600户 | 600次, 设置岗位12个 | 12人: one of the one for each of the other
        differs = unit in people and own.unit not in people and own.unit not in _ANYTHING
    else:
        differs = kinds[0] != kinds[1] and kinds != ("time", "count")  # 发放工资12个月 | 12次
    return name[start:] if differs else ""


def _hinted_otherwise(ctx: EntryContext) -> str:
    """护林员补助标准(元/人·月) | ≤400元/(人·年), 受益人口数(≥**人) | ≥60户: the unit price, or the persons or
    households, that the name asks for in brackets, where the value has another."""
    hint, unit = ctx.asks.unit_hint or "", ctx.value.unit or ""
    asked = parse(f"1{hint}").unit or "" if hint else ""
    both = (asked.startswith("元/") and unit.startswith("元/")) or {asked, unit} == {"人", "户"}
    return asked if both and asked != unit and not _lacks_span(asked, unit) else ""


def _lacks_span(asked: str, unit: str) -> bool:
    """元/(生·年) | 元/生: the value leaves out for how long, and says nothing else."""
    wanted, told = (frozenset(_PARTS_OF_UNIT.findall(one)) for one in (asked, unit))
    return told < wanted and wanted - told <= _SPANS


def _counted_otherwise(ctx: EntryContext, params: UnitContradicts) -> str:
    """How the name says that it counts, where the value counts persons; 等级 where it counts anything; or ""."""
    name, words, unit = bare(ctx.indicator.name), ctx.form.words, ctx.value.unit
    persons = words[params.persons]
    if unit in persons and _ENROLLED.search(name):
        return ""
    if ctx.value.dimension == "count" and (tail := _counted_in(name, unit or "", words[params.units])):
        return tail
    counted = ending(words[params.tails], name) if unit in persons else ""
    if unit in persons | _VISITED and (places := ending(words[params.places], name)):
        return places  # 享受补贴食堂数 | 64人/次
    if counted == _FIRMS and name.endswith(tuple(words[params.experts])):
        return ""  # 评审专家数, 企业家数: persons by their calling, not 家 of anything
    if unit in persons and holds(words[params.attained], name):
        return counted  # 取得初级以上职业技能等级 | ≥800人: those who have it are counted
    behind = ending(words[params.bought], name)  # 反光背心购置
    if unit in persons | {_VISITS} and (behind or begins(words[params.bought], name)):
        return counted or _pieces(name.removesuffix(behind), words[params.objects])  # 购置呼吸机 | 12人次
    return counted or (ending(words[params.ranks], name) if unit in persons | words[params.others] else "")


def _counted_in(name: str, unit: str, units: frozenset[str]) -> str:
    """活动场次 | 1200份: the tail of a name that says in what it is counted, where the value counts something else."""
    tail = next((tail for tail, _, _ in (pair.partition("/") for pair in units) if name.endswith(tail)), "")
    own = unit.endswith(tail.removesuffix("数")) if tail else False  # 检查次数 | 300辆次
    return tail if tail and unit and not own and f"{tail}/{unit}" not in units else ""


def _so_many_in(ctx: EntryContext, got: str) -> bool:
    """事故率 | 0.5次/百万公里, 停播率 | 10秒/百小时: how often something bad happens, per distance, area or time."""
    return ctx.asks.asks == "rate" and ctx.asks.polarity == "reverse" and got.startswith(("count/", "time/"))


def _standard_kept(ctx: EntryContext) -> bool:
    """资助标准 | 100% under 质量: how many got what the standard says, if in few words. 贴息标准 is a rate itself."""
    if _INTEREST.search(ctx.indicator.name):
        return True
    return ctx.indicator.level2 == "质量指标" and bare(ctx.indicator.name).endswith("标准")


def _of_nouns(ctx: EntryContext, params: UnitContradicts) -> str:
    """What the words of a name under 数量 ask for that no measure ends, where the value is something else; else ""."""
    name, words, value = bare(ctx.indicator.name), ctx.form.words, ctx.value
    if value.kind != "quantity" or ctx.indicator.level2 != "数量指标":
        return ""
    share = value.dimension == "ratio" and value.figure not in (None, _FULL) and not _SAYS_WHAT.search(ctx.entry.text)
    if share and ending(words[params.acts], name) and not holds(words[params.changes], ctx.entry.text):
        return _DIMENSIONS["count"]  # 技术人员培训 | ≥4%
    if value.dimension == "time" and begins(words[params.made], name):
        return "" if holds(words[params.lasting], name) else _DIMENSIONS["count"]
    if value.unit in _MEASURES and begins(words[params.bought] | words[params.made], name):
        return _pieces(name, words[params.objects])  # 安装太阳能路灯 | 400米
    if value.unit and value.dimension in (None, "length", "mass", "volume") and _ONE_OF.match(name):
        return "东西的件数"  # 一台互动触摸屏 | 86英寸, 一台服务器 | 64GB: what the thing is like
    if value.dimension != "count" or value.unit in words[params.people]:
        return ""
    fee = ending(words[params.fees], name) and not ending(words[params.paying], name)
    return _DIMENSIONS["money"] if fee else ""


def _more_than_all(ctx: EntryContext, params: UnitContradicts) -> str:
    """结对关爱困境青少年 | ≥320%: no share of those whom a name ends in is more than all of them."""
    value, words = ctx.value, ctx.form.words
    share = value.kind == "quantity" and value.dimension == "ratio" and (value.figure or 0) > _FULL
    said = holds(words[params.changes], ctx.entry.text + ctx.indicator.name) or _SAYS_WHAT.search(ctx.entry.text)
    return _DIMENSIONS["count"] if share and not said and ending(words[params.those], bare(ctx.indicator.name)) else ""


def _degree_of_money(ctx: EntryContext) -> str:
    """经费支出与任务的相符程度 | 32万: a degree is asked, and an amount told, with its 元 or without."""
    value = ctx.value
    money = value.dimension == "money" or (value.unit is None and value.magnitude is not None)
    told = value.kind == "quantity" and money and ctx.indicator.level2 in MONEY_LEVELS
    return _DEGREE if told and bare(ctx.indicator.name).endswith(_DEGREE) else ""


def _pieces(name: str, objects: frozenset[str]) -> str:
    return "东西的件数" if ending(objects, _NUMBER.sub("", name)) else ""


def _kind_of(value: Value) -> str | None:
    if value.kind == "date":
        return "date"
    return value.dimension if value.kind == "quantity" else None


def _in_asked_unit(ctx: EntryContext) -> str:
    """ "100元" under a rate is "=100%"; other figures are moved only where they look like a rate (50 to 100)."""
    figure = ctx.value.figure
    if ctx.asks.asks not in ("rate", "satisfaction") or figure is None or ctx.value.kind != "quantity":
        return ""
    if ctx.value.magnitude or not like_a_rate(figure) or (ctx.asks.asks == "satisfaction" and figure == _FULL):
        return ""  # that everybody is content would be the next finding
    sign = (
        "=" if figure == 100 else _SIGNS.get(ctx.value.comparator or "", "≤" if ctx.asks.polarity == "reverse" else "≥")
    )
    return f"{sign}{number(figure)}%"


class MoneyAsOutput(Params):
    """`earned`: ends of names of money that comes in; what one spends is another mistake."""

    earned: WordList


@check("money-as-output", scope="entry", params=MoneyAsOutput, facts="rewrite counted why", cases="earned")
def money_as_output(ctx: EntryContext, params: MoneyAsOutput) -> Iterator[Hit]:
    """Money where a quantity of goods or services belongs."""
    value = ctx.value
    if value.kind != "quantity":
        return
    money = (value.dimension or "").startswith("money")
    if money and ctx.asks.dimensions and not ctx.asks.fits(value.dimension):
        return  # 道路长度 ≥800元: the unit is wrong (UNI001), not what is counted
    plain = value.dimension is None and not value.unit_text
    hinted = plain and (parse(f"1{ctx.asks.unit_hint}").dimension or "").startswith("money")  # 出口额（万美元）：20000
    if money or hinted or (plain and ctx.asks.asks == "money"):
        rewrite, why = count_figure(ctx)
        asked = ctx.asks.asks == "money"  # with a count under this name the unit would be wrong (UNI001)
        case = "earned" if ending(ctx.form.words[params.earned], bare(ctx.indicator.name)) else None
        yield Hit({"rewrite": "" if asked else rewrite, "counted": rewrite if asked else "", "why": why}, case)
