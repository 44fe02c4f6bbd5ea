"""Names that hold what their value should say: the value itself, an amount, a condition, a state, a question."""

import re

from kpi.lazyre import HAN, later
from kpi.model import EFFECT_LEVELS, MONEY_LEVELS
from kpi.names.clean import clean, without_ordinal
from kpi.rules.bare import bare, beginning, ending, opening
from kpi.rules.checks.rowwords import asks_figure, clauses
from kpi.rules.context import EntryContext, IndicatorContext
from kpi.rules.text import begins, squash
from kpi.values import find_values, parse
from kpi.values.normal import MARKS, normalise

_EXTENTS = ("公里", "亩", "公顷", "平方米")  # of which work is counted; 米, 吨, 千伏 may say what a thing is like
_CONFORMS = later(
    r"(?:^(?=符合.{2,}(?:标准|要求|规定)$)|.{2})(?P<how>符合|达到)[^率数]{0,16}(?P<what>标准|要求|规定|条件)$"
)
#: A class or grade (Ⅲ类, 四级), or a rate with its figure: what a value says that tells how good something is to be.
GRADED = r"[ⅠⅡⅢⅣⅤ]|[一二三四五优劣甲乙丙][类级等]|率.{0,4}\d"
_GRADE = later(f"{GRADED}|年一遇")
#: 作业深度达到25厘米以上 | 合格率95%: the name holds the line, and the value is a share of what keeps to it
_OWN_LINE = later(
    rf"{HAN}{{2,}}(?P<line>(?:达到?|不低于|不少于|不小于|不超过|不大于|控制在)\d[\d.]*(?:%|{HAN}{{1,3}})(?:及?以[上下内])?)$"
)
_MUST = later(
    r".{2}(?P<what>(?:不能|不得|不许|不准)(?:出错|有误|遗漏|漏报|错报|漏登|超标|断档|中断)"
    r"|必须(?:全部|完全|都)?(?:合格|达标|准确|完整|通过|安全|合规|规范|符合标准|到位))$"
)
#: 养护单位应按合同要求开展巡查: who has to do what, and no measure of it
_SHALL = later(
    r".{2,12}(?P<what>(?:应当?|必须|须)(?:按照?|依照|根据|严格)).{2,24}"
    "(?:要求|规定|标准|制度).{0,4}(?:开展|做好|落实|进行|完成|执行|实施).*"
)
_THINGS = later(rf"{HAN}{{2}}\d+(?:\.\d+)?{HAN}{{1,2}}$")  # a thing, its number and a unit
_PART = re.compile(r"\d\D{0,3}$|每$")  # 1户|1档, 1号楼|2层, 每|2次
_YES_OR_NO = ("是", "否")
_ANY_EFFECT = later("是否.{0,12}(?:产生|带来|形成|具有|起到|有).{0,14}(?:收益|效益|影响|作用|贡献|效果)$")
_ASKS = "是否"  # wherever it stands: 资金是否全部到位
_DEED_BY_DAY = later(f"[日号月底末]前{HAN}{{2,}}$")
_TIMES = frozenset({"长期", "短期", "近期", "永久", "年内"})  # 长期 | ≥1年
_THING_DONE = later(rf"\d(?![年月日]|[底末]){HAN}{{4,}}$")  # 完成2017-2021抽样记录: a thing, and the years it is of
#: …平整无坑槽, …不卡顿不掉线, …齐全、收发有序, …不再漏雨
_ALL_WELL = later(
    rf"(?:平整|畅通|整洁|干净)无{HAN}{{2,4}}$|(?:不{HAN}{{2}}){{2,}}$|不再.{{2,6}}$"
    rf"|(?:完整|到位|规范|齐全|有序)[、,，]{HAN}{{2,}}(?:完整|到位|规范|齐全|有序)$"
)
_DEMANDED = later(f"(?:做到|把好|对标|经得起)(?={HAN}{{4,}})")


#: a sign and a figure, and then what it is of
_SIGN_FIRST = later(rf"[{MARKS}]{{1,2}}\s*\d[\d.]*[^\d\s]")


def is_value(ctx: IndicatorContext) -> bool:
    """1年, 2027年全年, ≥360天: the value stands in the cell of the name, and nothing says what it is of."""
    told = clean(ctx.indicator.name).core
    if told in _TIMES:
        return True
    if _DEED_BY_DAY.search(told) and any("率" in entry.entry.text for entry in ctx.entries):
        return False  # 每月5日前上报 | 及时率100%
    if (ctx.indicator.parent or "").strip() or not any(map(str.isdigit, told)):
        return False
    if _SIGN_FIRST.match(told) and all(squash(entry.entry.text) in squash(told) for entry in ctx.entries):
        return True  # ≥310天接待观众 | ≥310天
    if _THING_DONE.search(told):
        return False
    value = parse(told)
    if value.figure == 0:  # 0 | 0.00%: a blank row, filled with noughts
        return False
    if value.kind == "date":
        return not asks_figure(ctx)
    if value.unit_text is None and value.dimension == "ratio":
        return False  # 1:500地形图测绘面积: a scale
    unit = value.unit_text or told[-1]  # 15万元: what asks for money is the figure itself
    return value.kind == "quantity" and told.endswith(unit) and (not asks_figure(ctx) or told[0].isdigit())


def amount_in_name(ctx: IndicatorContext, deeds: frozenset[str]) -> str:
    """铺设管道12公里 | 100%: work with its own figure at the end, and a value that is a share or no more than a number;
    "" where there is none. A value in a unit may tell the rest (走访困难户2次 | 100户)."""
    name = without_ordinal(normalise(ctx.indicator.name).text)
    thing = ctx.indicator.level2 == "数量指标" and ctx.asks.asks is None and _THINGS.search(name) is not None
    work = thing or beginning(deeds, name)  # 教学软件2套 | 100% under 数量 needs no verb
    if ctx.indicator.level2 in MONEY_LEVELS or not any(map(str.isdigit, name)) or not work:
        return ""
    found = find_values(name)
    if not found:
        return ""
    start, end, own = found[-1]
    counted = own.kind == "quantity" and (own.dimension == "count" or own.unit in _EXTENTS)
    if end < len(name) or not counted or not own.text[0].isdigit() or _PART.search(name[:start]):
        return ""
    stated = [entry.value for entry in ctx.entries if entry.value.kind == "quantity"]
    other = [one for one in stated if one.dimension in (None, "ratio") and one.figure not in (None, own.figure)]
    return name[start:] if stated and len(other) == len(ctx.entries) else ""


def condition(ctx: IndicatorContext) -> str:
    """药品质量符合国家标准, 数据必须合格 | 100%: what has to hold; the measure is how much of it does (合格率)."""
    if ctx.indicator.level2 not in ("数量指标", "质量指标") or asks_figure(ctx):
        return ""
    told = [squash(clause) for clause in clauses(ctx)]
    if must := next((m for clause in told if (m := _MUST.search(clause) or _SHALL.fullmatch(clause))), None):
        return must["what"]
    shares = bool(ctx.entries) and all(entry.value.dimension == "ratio" for entry in ctx.entries)
    if line := next((m for clause in told if shares and (m := _OWN_LINE.match(clause))), None):
        return line["line"]
    found = next((m for clause in told if (m := _CONFORMS.search(clause))), None)
    if found and found["how"] == "达到" and any(map(_grades, ctx.entries)):
        return ""
    return f"{found['how']}…{found['what']}" if found else ""


def _grades(ctx: EntryContext) -> bool:
    """室内温度达到供热标准 | ≥18℃, 道路达到四级公路标准 | 四级: the value says what is measured."""
    return ctx.value.dimension not in (None, "ratio", "count") or _GRADE.search(ctx.entry.text) is not None


def state(name: str, ctx: IndicatorContext, well: frozenset[str]) -> str:
    """路面平整无坑槽, 老人吃得放心 | ≥95% under 质量: a sentence that things are well, with a share behind it."""
    if ctx.indicator.level2 != "质量指标" or asks_figure(ctx):
        return ""
    shares = [entry.value.dimension == "ratio" and entry.value.figure is not None for entry in ctx.entries]
    if not shares or not all(shares):
        return ""
    found = _ALL_WELL.search(name) or _DEMANDED.match(name)
    return found[0] if found else ending(well, name)


def question(ctx: IndicatorContext, asking: frozenset[str], nouns: frozenset[str]) -> str:
    """是否按时发放 | ≥95%: yes or no is asked, a share is answered; 有无障碍设施 begins with no question. What
    is asked of an effect (是否方便出行 | ≥90%) is answered by so many of those who feel it."""
    if ctx.indicator.level2 in EFFECT_LEVELS:
        return ""
    name = bare(ctx.indicator.name)
    inside = _ASKS if _ASKS in name else ""
    asked = "" if asks_figure(ctx) or begins(nouns, name) else beginning(asking, name) or inside
    ratios = [entry.value.dimension == "ratio" and entry.value.figure is not None for entry in ctx.entries]
    return asked if asked and ratios and all(ratios) else ""


def asks_for_effect(ctx: IndicatorContext) -> str:
    """是否产生经济收益 | 否 among the effects: whether there is an effect at all, and no measure of one."""
    found = _ANY_EFFECT.search(bare(ctx.indicator.name)) if ctx.indicator.level2 in EFFECT_LEVELS else None
    return _ASKS if found and ctx.entries and all(e.entry.text.strip() in _YES_OR_NO for e in ctx.entries) else ""


def is_answered(name: str, ctx: IndicatorContext, adverbs: frozenset[str], effects: frozenset[str]) -> bool:
    """是否发生群体性事件 | 否: a question of fact and its answer; 是否提高安全意识 | 是 is none that has one."""
    _, asked, what = name.partition(_ASKS)
    answered = bool(asked and ctx.entries) and all(e.entry.text.strip() in _YES_OR_NO for e in ctx.entries)
    return answered and not opening(adverbs, effects, what)
