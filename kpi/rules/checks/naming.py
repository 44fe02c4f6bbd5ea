"""Names of indicators: a task or an effect instead of a measure."""

from collections.abc import Iterator

from kpi.lazyre import HAN, later
from kpi.model import BURDEN_LEVELS, COST_LEVELS, EFFECT_LEVELS
from kpi.names.clean import clean
from kpi.rules.bare import bare, ending, opening
from kpi.rules.checks.bareshares import BareShare, bare_share
from kpi.rules.checks.conditions import (
    amount_in_name,
    asks_for_effect,
    condition,
    is_answered,
    is_value,
    question,
    state,
)
from kpi.rules.checks.costdemands import held_down
from kpi.rules.checks.deeds import by_way_of, said_work
from kpi.rules.checks.effectnames import (
    SERVES,
    EffectNames,
    for_them,
    got,
    plays_part,
    promises,
    raises,
    says_nothing,
    states,
)
from kpi.rules.checks.rows import names_nothing
from kpi.rules.checks.rowwords import asks_figure, is_shared_sentence, prose_only
from kpi.rules.checks.tasknames import TaskNames, plain_task, quotable, task, wants_done
from kpi.rules.context import IndicatorContext
from kpi.rules.finding import Hit
from kpi.rules.registry import WordList, check
from kpi.rules.text import first, holds, squash

SATISFACTION = "服务对象满意度"
_ABOUT = {
    "时效指标": "…完成时间", "质量指标": "…合格率", "成本指标": "…成本", "经济成本指标": "…成本",
    SATISFACTION: "…满意度",
}  # fmt: skip
_LESSENED = later("(?:减轻|消除|降低|减少|缓解|克服).{2,}影响$")
#: 建立联动处置机制 | 长期, 规范执法行为 | 良好 as an effect
_DOES = later(rf"(?:建立(?:健全)?|规范(?![化性])|制定|开展)(?={HAN}{{4,}}$)")
_WORK = "工作"  # 水库管理工作 | 再上新台阶
#: 普及急救知识、服务群众 | 举办培训12期、演练3场: the value names what it counts, and the name does not
_OWN_THINGS = later(rf"\s*{HAN}{{3,}}\d[\d.]*{HAN}{{1,3}}[、,，;；]\s*{HAN}{{2,}}\d")
_CLAUSES = later("[,，;；]")
_DENIES = later("(?:不发生|未发生|不出现|未出现|无|零).{2,}")
_SEVERAL = 2
_RANK_OR_NONE = later("前.名|[无零\\d]")
_ASKS_MONEY = frozenset({"money", "unit-cost"})


class NotMeasure(TaskNames, EffectNames, BareShare):
    """`endings`: effects at the end (…得到缓解). `phrases`: promises anywhere (提供便利). `measures`: tails that
    make a measure of it after all (…情况). `people`: names that only say who. `timing`: what 时效 names are about.
    `abstract`: what an effect under 数量 ends in that nobody counts (意识). `questions` want a yes or a no (是否). A
    value with one of `checked` says how good some work is to be (消防工作 | 验收合格). One of `points` says when
    (汛前). `well` ends what says that things are well (老人吃得放心), of which a share tells nothing."""

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
    cases="effect value who amount question any-effect condition way nothing share",
)  # fmt: skip
def not_a_measure(ctx: IndicatorContext, params: NotMeasure) -> Iterator[Hit]:
    """A task (保障…) or an effect (…得到缓解) as a name. A name that asks for a figure is a measure."""
    name, words = bare(ctx.indicator.name), ctx.form.words
    if asked := asks_for_effect(ctx):
        yield Hit({"seen": asked, "about": ""}, case="any-effect")
        return
    if is_answered(name, ctx, words[params.adverbs], words[params.effects]):
        return
    hit = _whatever_it_asks(ctx, params)
    said = raises(name, ctx, params) or for_them(name, ctx) or is_shared_sentence(name, ctx)
    measured = _measured(ctx, name, words[params.measures]) and not said
    if hit is None and measured and not promises(ctx, params):
        return
    hit = hit or _done(name, ctx, params)
    if hit is None and not _answered(ctx, words[params.timing], words[params.points]):
        hit = _unanswered(name, ctx, params)
    if hit is None and (share := bare_share(name, ctx, params)):
        hit = Hit({"seen": share, "about": name}, case="share")
    if hit:
        yield hit


def _whatever_it_asks(ctx: IndicatorContext, params: NotMeasure) -> Hit | None:
    """What makes no name of it, though its end may read like a measure."""
    words = ctx.form.words
    if is_value(ctx):
        about = _ABOUT.get(ctx.indicator.level2, "…数量")
        return Hit({"seen": ctx.indicator.name.strip(), "about": about}, case="value")
    if asked := question(ctx, words[params.questions], words[params.compounds]):
        return Hit({"seen": asked, "about": ""}, case="question")
    if amount := amount_in_name(ctx, words[params.deeds] | words[params.openers]):
        return Hit({"seen": amount, "about": clean(ctx.indicator.name).core}, case="amount")
    if well := state(name := bare(ctx.indicator.name), ctx, words[params.well]):
        return Hit({"seen": well, "about": name.removesuffix(well)}, case="effect")
    if wanted := condition(ctx):
        return Hit({"seen": wanted, "about": ""}, case="condition")
    if plays_part(name, ctx):
        return Hit({"seen": "发挥…作用", "about": ""}, case="effect")
    return Hit({"seen": "控制", "about": ""}) if held_down(name, ctx) else None


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
    if verb := task(name, ctx, params):
        verb = quotable(verb, words[params.effects])
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
    effect = ending(words[params.endings], name) or got(name)
    if effect and len(name) - len(effect) > 1 and not any(map(states, ctx.entries)):
        return Hit({"seen": effect, "about": name.removesuffix(effect)}, case="effect")
    told = all(entry.value.kind == "empty" for entry in ctx.entries) or prose_only(ctx)
    does = _DOES.match(name) if ctx.indicator.level2 in EFFECT_LEVELS and told else None
    if does and not any(map(states, ctx.entries)):
        return Hit({"seen": does[0], "about": name[does.end() :]})
    denied = all(_DENIES.match(text.strip()) for text in texts)  # 预防火灾事故 | 不发生较大以上火灾
    if not denied and (verb := plain_task(name, ctx, params)) and not any(map(states, ctx.entries)):
        return Hit({"seen": verb, "about": ""})
    if told and (verb := _each_does(ctx, params)) and not any(map(states, ctx.entries)):
        return Hit({"seen": verb, "about": ""})
    if promise := first(words[params.phrases], name):
        return Hit({"seen": promise, "about": ""}, case="effect")
    if _only_who(ctx, name, words[params.people]):
        return Hit({"seen": name, "about": name}, case="who")
    return says_nothing(name, ctx, params)


def _each_does(ctx: IndicatorContext, params: NotMeasure) -> str:
    """宣传历史文化,带动研学旅行 among the effects: clauses that each say what is done; the verb of the first."""
    clauses = [squash(part) for part in _CLAUSES.split(clean(ctx.indicator.name).core) if part.strip()]
    if ctx.indicator.level2 not in EFFECT_LEVELS or len(clauses) < _SEVERAL:
        return ""
    words = ctx.form.words
    verbs = words[params.effects] | words[params.plain] | words[params.tasks] | words[params.openers]
    found = [opening(words[params.adverbs], verbs, clause) for clause in clauses]
    sure = any(opening(words[params.adverbs], words[params.effects], clause) for clause in clauses)
    return found[0].verb if sure and found[0] and all(found) else ""


def _measured(ctx: IndicatorContext, name: str, measures: frozenset[str]) -> bool:
    """Satisfaction has a rule of its own; a blank has none; a head (率, 人数) or a tail (情况) makes a measure."""
    if ctx.indicator.level2 == SATISFACTION or names_nothing(ctx.indicator.name) or len(name) < 3:
        return True
    asks = ctx.asks.asks
    if asks is None and (_LESSENED.match(name) or name.endswith(SERVES)):
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
        return dated or (holds(timing, name) and not wants_done(name))
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


def _only_who(ctx: IndicatorContext, name: str, people: frozenset[str]) -> bool:
    """全镇村民: who it is for, and the value tells no figure of them. Under 数量 that is a missing figure."""
    judged = ctx.indicator.level2 in EFFECT_LEVELS or ctx.indicator.level2 == "质量指标"
    return judged and prose_only(ctx) and ending(people, name) != ""
