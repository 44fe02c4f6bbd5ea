"""Names of indicators: a task or an effect instead of a measure."""

from collections.abc import Iterator

from kpi.lazyre import HAN, later
from kpi.model import BURDEN_LEVELS, COST_LEVELS, EFFECT_LEVELS
from kpi.names.clean import clean
from kpi.rules.bare import bare, beginning, ending, opening
from kpi.rules.checks.bareshares import BareShare, bare_share
from kpi.rules.checks.deeds import (
    GRADED,
    amount_in_name,
    asks_figure,
    by_way_of,
    condition,
    held_down,
    prose_only,
    said_work,
)
from kpi.rules.checks.effectnames import EffectNames, for_them, promises, raises, says_nothing
from kpi.rules.checks.rows import names_nothing
from kpi.rules.context import EntryContext, IndicatorContext
from kpi.rules.finding import Hit
from kpi.rules.registry import WordList, check
from kpi.rules.text import begins, first, holds
from kpi.values import parse

SATISFACTION = "服务对象满意度"
_ABOUT = {
    "时效指标": "…完成时间", "质量指标": "…合格率", "成本指标": "…成本", "经济成本指标": "…成本",
    SATISFACTION: "…满意度",
}  # fmt: skip
_WITH_OBJECT, _ALIKE = 4, 3  # characters of a verb and what it is done to; so many of one verb are in a list
_IN_TIME = later("^(?:全面|及时|按时|按期|如期|准时|保质|保量|高质量|按要求)+(?=完成)")
_ALL_DONE = later(r"完成(?!的?(?:时|率|及|情|质|度|比|进|期|日|程|效|数|量)).{4,}(?<![率度性间限况时段期程])$")
_LESSENED = later("(?:减轻|消除|降低|减少|缓解|克服).{2,}影响$")
#: 地方品种得到有效保护, 乱象得以遏制: whatever verb it is
_GOT = later(f"(?:得到|得以)(?:有效|充分|明显|显著|及时|进一步|持续|全面|较好)*{HAN}{{2}}$")
#: 公益培训长期开展, 活动圆满举办: that it goes on, and that it goes well
_WELL_DONE = later(
    "(?:长期|持续|常态化|圆满|成功|深入|扎实|稳步|全面|顺利|有序|正常|平稳)+(?:有序|有效|健康)?"
    "(?:开展|举办|举行|召开|运行|运转|实施|推进|进行|推行)$"
)
#: 建立联动处置机制 | 长期, 规范执法行为 | 良好 as an effect
_DOES = later(rf"(?:建立(?:健全)?|规范(?![化性])|制定|开展)(?={HAN}{{4,}}$)")
_SERVES = ("发挥作用", "发挥效用", "发挥效益")
_OBJECT = 4  # characters of what is done
_YES_OR_NO = ("是", "否")
_ASKS = "是否"  # wherever it stands: 资金是否全部到位
_TIMES = frozenset({"长期", "短期", "近期", "永久", "年内"})  # 长期 | ≥1年
_THING_DONE = later(rf"\d(?![年月日]|[底末]){HAN}{{4,}}$")  # 完成2017-2021抽样记录: a thing, and the years it is of
_WORK = "工作"  # 水库管理工作 | 再上新台阶
_DEADLINE = later(
    r"^(?:(?:\d{2,4}年)?(?:\d{1,2}月份?)?(?:\d{1,2}日)?[底末初]?|(?:元旦|春节|清明|五一|端午|国庆|中秋|汛期|元宵|年|月|季度?)[底末节]?)(?:之|以)?前"
)
#: 普及急救知识、服务群众 | 举办培训12期、演练3场: the value names what it counts, and the name does not
_OWN_THINGS = later(rf"\s*{HAN}{{3,}}\d[\d.]*{HAN}{{1,3}}[、,，;；]\s*{HAN}{{2,}}\d")
#: …平整无坑槽, …不卡顿不掉线, …齐全、收发有序, …不再漏雨
_ALL_WELL = later(
    rf"(?:平整|畅通|整洁|干净)无{HAN}{{2,4}}$|(?:不{HAN}{{2}}){{2,}}$|不再.{{2,6}}$"
    rf"|(?:完整|到位|规范|齐全|有序)[、,，]{HAN}{{2,}}(?:完整|到位|规范|齐全|有序)$"
)
_DEMANDED = later(f"(?:做到|把好|对标|经得起)(?={HAN}{{4,}})")
_RANK_OR_NONE = later("前.名|[无零\\d]")
_CLASS_OR_NONE = later(f"前.名|[无零]|{GRADED}|\\d率")
_ASKS_MONEY = frozenset({"money", "unit-cost"})


class NotMeasure(EffectNames, BareShare):
    """`tasks` are one only before an object, so not before one of `nouns` (保障|水平); verbs of either kind are none in
    one of `compounds` (保障房, 保证金). `met` begins and one of `needs` ends an effect (满足…需求). `endings`: effects
    at the end (…得到缓解). `phrases`: promises anywhere (提供便利). `measures`: tails that make a measure of it after
    all (…情况). `people`: names that only say who. `timing`: what 时效 names are about. `abstract`: what an effect
    under 数量 ends in that nobody counts (意识). `questions` want a yes or a no (是否). A value with one of `checked`
    says how good some work is to be (消防工作 | 验收合格). One of `points` says when (汛前). `well` ends what says that
    things are well (老人吃得放心), of which a share tells nothing."""

    nouns: WordList
    met: WordList
    needs: WordList
    endings: WordList
    phrases: WordList
    people: WordList
    timing: WordList
    abstract: WordList
    questions: WordList
    checked: WordList = "work-checked"
    points: WordList = "time-points"
    well: WordList = "well-endings"


@check(
    "not-a-measure", scope="indicator", params=NotMeasure, facts="seen about",
    cases="effect value who amount question condition way nothing share",
)  # fmt: skip
def not_a_measure(ctx: IndicatorContext, params: NotMeasure) -> Iterator[Hit]:
    """A task (保障…) or an effect (…得到缓解) as a name. A name that asks for a figure is a measure."""
    name, words = bare(ctx.indicator.name), ctx.form.words
    if _is_answered(name, ctx, params):
        return
    hit = _whatever_it_asks(ctx, params)
    measured = _measured(ctx, name, words[params.measures]) and not (raises(name, ctx, params) or for_them(name, ctx))
    if hit is None and measured and not promises(ctx, params):
        return
    hit = hit or _done(name, ctx, params)
    if hit is None and not _answered(ctx, words[params.timing], words[params.points]):
        hit = _unanswered(name, ctx, params)
    if hit is None and (share := bare_share(name, ctx, params)):
        hit = Hit({"seen": share, "about": name}, case="share")
    if hit:
        yield hit


def _is_answered(name: str, ctx: IndicatorContext, params: NotMeasure) -> bool:
    """是否发生群体性事件 | 否: a question of fact and its answer; 是否提高安全意识 | 是 is none that has one."""
    _, asked, what = name.partition(_ASKS)
    answered = bool(asked and ctx.entries) and all(e.entry.text.strip() in _YES_OR_NO for e in ctx.entries)
    return answered and not opening(ctx.form.words[params.adverbs], ctx.form.words[params.effects], what)


def _whatever_it_asks(ctx: IndicatorContext, params: NotMeasure) -> Hit | None:
    """What makes no name of it, though its end may read like a measure."""
    words = ctx.form.words
    if _is_value(ctx):
        about = _ABOUT.get(ctx.indicator.level2, "…数量")
        return Hit({"seen": ctx.indicator.name.strip(), "about": about}, case="value")
    if question := _question(ctx, words[params.questions], words[params.compounds]):
        return Hit({"seen": question, "about": ""}, case="question")
    if amount := amount_in_name(ctx, words[params.deeds] | words[params.openers]):
        return Hit({"seen": amount, "about": clean(ctx.indicator.name).core}, case="amount")
    if state := _state(name := bare(ctx.indicator.name), ctx, words[params.well]):
        return Hit({"seen": state, "about": name.removesuffix(state)}, case="effect")
    if wanted := condition(ctx):
        return Hit({"seen": wanted, "about": ""}, case="condition")
    if held_down(name, ctx):
        return Hit({"seen": "控制", "about": ""})
    return None


def _state(name: str, ctx: IndicatorContext, well: frozenset[str]) -> str:
    """路面平整无坑槽, 老人吃得放心 | ≥95% under 质量: a sentence that things are well, with a share behind it."""
    if ctx.indicator.level2 != "质量指标" or asks_figure(ctx):
        return ""
    shares = [entry.value.dimension == "ratio" and entry.value.figure is not None for entry in ctx.entries]
    if not shares or not all(shares):
        return ""
    found = _ALL_WELL.search(name) or _DEMANDED.match(name)
    return found[0] if found else ending(well, name)


def _done(name: str, ctx: IndicatorContext, params: NotMeasure) -> Hit | None:
    """What is done, whatever the value says."""
    if way := by_way_of(name, ctx, params):
        return Hit({"seen": way, "about": ""}, case="way")
    if work := said_work(name, ctx, params):
        return Hit({"seen": work, "about": ""})
    if uncounted := _uncounted(name, ctx, params):
        return Hit({"seen": uncounted, "about": ""}, case="effect")
    return None


def _unanswered(name: str, ctx: IndicatorContext, params: NotMeasure) -> Hit | None:
    """A task, an effect or no more than who, where the value does not tell what is measured."""
    words = ctx.form.words
    if verb := _task(name, ctx, params):
        verb = _verb(verb, words[params.effects])
        return Hit({"seen": verb, "about": name[name.find(verb) + len(verb) :]})
    if for_them(name, ctx):
        return Hit({"seen": "为…", "about": ""}, case="effect")
    if asks_figure(ctx):
        return None
    work = name.endswith(_WORK) and len(name) > len(_WORK) + 1 and prose_only(ctx)
    texts = [entry.entry.text for entry in ctx.entries]
    work = work and not any(holds(words[params.checked], text) or _RANK_OR_NONE.search(text) for text in texts)
    if work and ctx.indicator.level2 != "时效指标":
        return Hit({"seen": _WORK, "about": name.removesuffix(_WORK)})
    effect = ending(words[params.endings], name) or _got(name)
    if effect and len(name) - len(effect) > 1 and not any(map(_states, ctx.entries)):
        return Hit({"seen": effect, "about": name.removesuffix(effect)}, case="effect")
    told = all(entry.value.kind == "empty" for entry in ctx.entries) or prose_only(ctx)
    does = _DOES.match(name) if ctx.indicator.level2 in EFFECT_LEVELS and told else None
    if does and not any(map(_states, ctx.entries)):
        return Hit({"seen": does[0], "about": name[does.end() :]})
    if promise := first(words[params.phrases], name):
        return Hit({"seen": promise, "about": ""}, case="effect")
    if _only_who(ctx, name, words[params.people]):
        return Hit({"seen": name, "about": name}, case="who")
    return says_nothing(name, ctx, params)


def _got(name: str) -> str:
    """What an effect ends in that the list of such ends cannot hold: 得到 and any verb; "" where there is none."""
    found = _GOT.search(name) or _WELL_DONE.search(name)
    return found[0] if found else next(filter(name.endswith, _SERVES), "")


def _states(ctx: EntryContext) -> bool:
    """水质保持稳定 | Ⅲ类, 社会大局保持稳定 | 无重大群体性事件: a class, the absence of something, or a figure that is
    no mere share: the value says what is looked at."""
    unit = ctx.value.unit_text if ctx.value.dimension is None else ctx.value.dimension != "ratio"
    measured = ctx.value.kind == "quantity" and bool(unit)
    return measured or _CLASS_OR_NONE.search(ctx.entry.text) is not None


def _question(ctx: IndicatorContext, asking: frozenset[str], nouns: frozenset[str]) -> str:
    """是否按时发放 | ≥95%: yes or no is asked, a share is answered; 有无障碍设施 begins with no question. What
    is asked of an effect (是否方便出行 | ≥90%) is answered by so many of those who feel it."""
    if ctx.indicator.level2 in EFFECT_LEVELS:
        return ""
    name = bare(ctx.indicator.name)
    inside = _ASKS if _ASKS in name else ""
    asked = "" if asks_figure(ctx) or begins(nouns, name) else beginning(asking, name) or inside
    ratios = [entry.value.dimension == "ratio" and entry.value.figure is not None for entry in ctx.entries]
    return asked if asked and ratios and all(ratios) else ""


def _is_value(ctx: IndicatorContext) -> bool:
    """1年, 2027年全年, ≥360天: the value stands in the cell of the name, and nothing says what it is of."""
    told = clean(ctx.indicator.name).core
    if told in _TIMES:
        return True
    if (ctx.indicator.parent or "").strip() or not any(map(str.isdigit, told)):
        return False
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


def _measured(ctx: IndicatorContext, name: str, measures: frozenset[str]) -> bool:
    """Satisfaction has a rule of its own; a blank has none; a head (率, 人数) or a tail (情况) makes a measure."""
    if ctx.indicator.level2 == SATISFACTION or names_nothing(ctx.indicator.name) or len(name) < 3:
        return True
    asks = ctx.asks.asks
    if asks is None and (_LESSENED.match(name) or name.endswith(_SERVES)):
        return False  # 减轻疫情影响, 平台持续发挥作用: an effect, and no measure of it
    return (asks is not None and asks not in _ASKS_MONEY) or ending(measures, name) != ""


def _answered(ctx: IndicatorContext, timing: frozenset[str], points: frozenset[str]) -> bool:
    """Whether the value tells what is measured although the name does not: a figure of the level's own kind. A blank
    tells nothing."""
    if all(entry.value.kind == "empty" for entry in ctx.entries):
        return False
    level2 = ctx.indicator.level2
    dimensions = {(entry.value.dimension or "").partition("/")[0] for entry in ctx.entries}
    if level2 in EFFECT_LEVELS or level2 in BURDEN_LEVELS:
        return not prose_only(ctx)
    if level2 == "时效指标":
        dated = "time" in dimensions or any(entry.value.kind == "date" for entry in ctx.entries)
        dated = dated or any(holds(points, entry.entry.text) for entry in ctx.entries)  # 汛前, 按月
        name = bare(ctx.indicator.name)
        # 春节前完成走访慰问 | 按时限完成, 完成年度资料上报 | 100%: what is to be done, and no word of when
        task = _DEADLINE.match(name) or _ALL_DONE.match(_IN_TIME.sub("", name))
        return dated or (holds(timing, name) and not task)
    if level2 in COST_LEVELS:
        return "money" in dimensions
    told = level2 == "数量指标" and not prose_only(ctx) and "ratio" not in dimensions
    return told and not all(_OWN_THINGS.match(entry.entry.text) for entry in ctx.entries)


def _uncounted(name: str, ctx: IndicatorContext, params: NotMeasure) -> str:
    """增强居民防灾意识 ≥4场 under 数量: the figure counts something that the name does not say."""
    words = ctx.form.words
    if ctx.indicator.level2 != "数量指标" or asks_figure(ctx) or not ending(words[params.abstract], name):
        return ""
    effect = opening(words[params.adverbs], words[params.effects], name)
    return effect.verb if effect else ""


def _task(name: str, ctx: IndicatorContext, params: NotMeasure) -> str:
    """The verb that makes the name a task; "" where there is none. Money stays money unless it is to be raised."""
    words, name = ctx.form.words, _IN_TIME.sub("", _DEADLINE.sub("", name))  # 春节前完成走访慰问, 及时完成年度资料上报
    found = opening(words[params.adverbs], words[params.effects], name)
    noun = found and begins(words[params.compounds], name[found.start :])  # 保证金
    if found and not noun and (not asks_figure(ctx) or ctx.indicator.level2 in EFFECT_LEVELS):
        return found.verb if len(name) - found.end > 1 else ""
    met = opening(words[params.adverbs], words[params.met], name)
    if met and ending(words[params.needs], name[met.end :]) and not asks_figure(ctx):
        return met.verb
    found = opening(words[params.adverbs], words[params.tasks], name)
    if not found or asks_figure(ctx) or begins(words[params.compounds], name[found.start :]):
        return ""
    rest = name[found.end :]
    done = found.verb == "完成" and len(rest) > _OBJECT  # 完成上级交办的任务; 完成|质量 is a noun
    return "" if len(rest) < 2 or (ending(words[params.nouns], rest) and not done) else found.verb


def _verb(found: str, verbs: frozenset[str]) -> str:
    """维护社会, 维护市场 …: listed with what they are done to, since the verb alone may be a noun; that is not half a
    word of the name to quote."""
    alike = sum(one.startswith(found[:2]) for one in verbs)
    return found[:2] if len(found) == _WITH_OBJECT and alike >= _ALIKE else found


def _only_who(ctx: IndicatorContext, name: str, people: frozenset[str]) -> bool:
    """全镇村民: who it is for, and the value tells no figure of them. Under 数量 that is a missing figure."""
    judged = ctx.indicator.level2 in EFFECT_LEVELS or ctx.indicator.level2 == "质量指标"
    return judged and prose_only(ctx) and ending(people, name) != ""
