"""Names of effects that say nothing to measure by: a rise of a bare rate, what is done for whom, no quality at all."""

from kpi.lazyre import HAN, later
from kpi.model import EFFECT_LEVELS
from kpi.rules.bare import ending, opening
from kpi.rules.checks.conditions import GRADED
from kpi.rules.checks.rowwords import asks_figure, clauses, prose_only
from kpi.rules.checks.worklists import Work
from kpi.rules.context import EntryContext, IndicatorContext
from kpi.rules.finding import Hit
from kpi.rules.registry import WordList
from kpi.rules.text import holds, pattern, squash

_BARE_RATE, _VERB, _ADVERB_AND_VERB = 4, 2, 4  # characters
_FOR_THEM = later("为(?!了|老|民|主|期|人|军|侨|农|企|重点)[^率度数]{5,}(?<!水平|能力|成效|质量|情况|程度)(?<!面)$")
_ALL_THAT_SHOULD = later("应.尽.")  # 应收尽收
#: 地方品种得到有效保护, 乱象得以遏制: whatever verb it is
_GOT = later(f"(?:得到|得以)(?:有效|充分|明显|显著|及时|进一步|持续|全面|较好)*{HAN}{{2}}$")
#: 公益培训长期开展, 活动圆满举办: that it goes on, and that it goes well
_WELL_DONE = later(
    "(?:长期|持续|常态化|圆满|成功|深入|扎实|稳步|全面|顺利|有序|正常|平稳)+(?:有序|有效|健康)?"
    "(?:开展|举办|举行|召开|运行|运转|实施|推进|进行|推行|结束|收官|完成)$"
)
#: 便于市民了解空气状况 | 较为方便: what it is good for; its end measures something else
_OF_USE = later(f"(?:便于|有利于|有助于){HAN}{{4,}}(?<![率数比度额])$")
SERVES = ("发挥作用", "发挥效用", "发挥效益")
_CLASS_OR_NONE = later(f"前.名|[无零]|{GRADED}|\\d率")
_SCALES = ("度", "情况", "水平")  # 方便群众程度 | 明显: a scale, if without its marks
_ABSENT = ("无", "零", "未", "不", "没")
_PLAYS = later("(?:持续|长期|充分|有效|积极|更好地?|进一步)*发挥.{1,14}作用")


class EffectNames(Work):
    """`qualities` end what can be better or worse (安全感); `ends` what a value may say by itself (种类, 性). `rises`
    end what is to be raised (就业率), `spent` what is to be saved. A value with one of `states` says what is reached
    (通过复审), one with one of `amounts` how many there are (信访事项 | 有效减少). `degrees` say how much of an effect
    there is; `counted` end names of people who are counted (人数)."""

    qualities: WordList
    ends: WordList = "effect-measures"
    rises: WordList = "effect-rises"
    spent: WordList = "effect-spent"
    states: WordList = "effect-states"
    amounts: WordList = "effect-amounts"
    degrees: WordList = "degrees"
    counted: WordList = "people-counted"


def plays_part(name: str, ctx: IndicatorContext) -> bool:
    """持续发挥泵站作用 | 持续保障: 作用 ends it, and nothing is measured."""
    return _PLAYS.fullmatch(name) is not None and prose_only(ctx)


def of_effects(ctx: IndicatorContext) -> bool:
    """Also in a form whose effects have no second levels."""
    row = ctx.indicator
    return row.level2 in EFFECT_LEVELS or (not row.level2 and row.level1 == "效益指标")


def promises(ctx: IndicatorContext, params: Work) -> bool:
    """打造品牌赛事，扩大城市知名度: the first of several clauses is an effect; the tail of the last is no measure."""
    clause, *more = clauses(ctx)
    words = ctx.form.words
    effect = opening(words[params.adverbs], words[params.effects], squash(clause))
    return bool(more) and ctx.indicator.level2 in EFFECT_LEVELS and effect is not None


def raises(name: str, ctx: IndicatorContext, params: EffectNames) -> bool:
    """提高就业率 | 显著: a rate that is to be raised, of nobody in particular, and no figure of it."""
    words = ctx.form.words
    effect = opening(words[params.adverbs], words[params.effects], name)
    rate = effect is not None and ending(words[params.rises], name) != "" and len(name) - effect.end <= _BARE_RATE
    spent = effect is not None and ending(words[params.spent], name) != ""  # 节约群众跑路成本 | 较大幅度
    none = all(entry.entry.text.startswith(_ABSENT) for entry in ctx.entries)
    told = rate or spent or _OF_USE.match(name) is not None
    told = told or (effect is not None and _said_again(effect.verb, name, ctx, params))
    return told and not none and of_effects(ctx) and prose_only(ctx)


def _said_again(verb: str, name: str, ctx: IndicatorContext, params: EffectNames) -> bool:
    """缩短报告出具时间 | 明显缩短: the value is the verb once more, or only how much of it; of those who are counted
    (带动就业人数) it tells at least what happens to their number."""
    words = ctx.form.words
    degrees = pattern(words[params.adverbs] | words[params.degrees])
    left = {degrees.sub("", squash(entry.entry.text)) for entry in ctx.entries}
    scale = name.endswith(_SCALES) or ending(words[params.counted], name) != ""
    return left <= {"", verb, verb[:_VERB]} and not scale


def for_them(name: str, ctx: IndicatorContext) -> bool:
    """为群众节省办事时间 | 有效节省: what is done for whom, though a measure may end it."""
    return ctx.indicator.level2 in EFFECT_LEVELS and _FOR_THEM.match(name) is not None and prose_only(ctx)


def says_nothing(name: str, ctx: IndicatorContext, params: EffectNames) -> Hit | None:
    """群众用药 | 更加方便, 长效管护 | 有: an effect of which neither name nor value says what is looked at.
    A quality (群众安全感 | 明显提升) says what, and 重大舆情 | 无 that there is none."""
    texts = [entry.entry.text.strip() for entry in ctx.entries if entry.entry.text.strip()]
    if not of_effects(ctx) or not texts or asks_figure(ctx) or not prose_only(ctx):
        return None
    words = ctx.form.words
    if verb := _half_said(name, texts, words[params.adverbs]):
        return Hit({"seen": verb, "about": name.removeprefix(verb)}, case="effect")
    if ending(words[params.qualities] | words[params.ends], name):
        return None
    if any(holds(words[params.states], text) or _ALL_THAT_SHOULD.search(text) for text in texts):
        return None  # 国家卫生城市 | 通过复审
    if any(text.startswith(_ABSENT) or holds(words[params.amounts], text) for text in texts):
        return None
    if any(name[at : at + 2] in text for text in texts for at in range(len(name) - 1)):
        return None  # 扬尘监测 | 扬尘得到控制: the value says what
    return Hit({"seen": texts[0], "about": name}, case="nothing")


def _half_said(name: str, texts: list[str], adverbs: frozenset[str]) -> str:
    """长久留存城市记忆 | 长久留存: the value is how the name begins, with an adverb and its verb."""
    said = squash(texts[0])
    told = len(set(texts)) == 1 and len(said) >= _ADVERB_AND_VERB and name.startswith(said)
    return said if told and len(name) - len(said) >= _VERB and said[:_VERB] in adverbs else ""


def got(name: str) -> str:
    """What an effect ends in that the list of such ends cannot hold: 得到 and any verb; "" where there is none."""
    found = _GOT.search(name) or _WELL_DONE.search(name)
    return found[0] if found else next(filter(name.endswith, SERVES), "")


def states(ctx: EntryContext) -> bool:
    """水质保持稳定 | Ⅲ类, 社会大局保持稳定 | 无重大群体性事件: a class, the absence of something, or a figure that is
    no mere share: the value says what is looked at."""
    unit = ctx.value.unit_text if ctx.value.dimension is None else ctx.value.dimension != "ratio"
    measured = ctx.value.kind == "quantity" and bool(unit)
    return measured or _CLASS_OR_NONE.search(ctx.entry.text) is not None
