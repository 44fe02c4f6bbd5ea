"""Names of indicators: a task or an effect instead of a measure, or so general that they name nothing."""

import re
from collections.abc import Iterator

from kpi.model import BURDEN_LEVELS, COST_LEVELS, EFFECT_LEVELS, MONEY_LEVELS
from kpi.names.clean import clean
from kpi.rules.bare import bare, ending, opening
from kpi.rules.checks.rows import names_nothing
from kpi.rules.context import IndicatorContext
from kpi.rules.finding import Hit
from kpi.rules.registry import Params, WordList, check
from kpi.rules.text import holds, pattern, squash
from kpi.values import parse

SATISFACTION = "服务对象满意度"
PROSE = frozenset({"qualitative", "text", "reference"})
_CLAUSES = re.compile(r"[，,；;。]+")
_ABOUT = {
    "时效指标": "…完成时间", "质量指标": "…合格率", "成本指标": "…成本", "经济成本指标": "…成本",
    SATISFACTION: "…满意度",
}  # fmt: skip
_ASKS_MONEY = frozenset({"money", "unit-cost"})


def prose_only(ctx: IndicatorContext) -> bool:
    """Whether no half of the row states a figure or a date."""
    return all(entry.value.kind in PROSE and not any(map(str.isdigit, entry.entry.text)) for entry in ctx.entries)


class NotMeasure(Params):
    """`effects`: verbs that promise an effect (提高); `tasks`: verbs that are nouns too (保障), a task only before an
    object, so not before one of `nouns` (保障|水平) nor in `compounds` (保障房); `adverbs` may stand before either.
    `endings`: effects at the end (…得到缓解). `phrases`: promises anywhere (提供便利). `measures`: tails that make a
    measure of it after all (…情况). `people`: names that only say who. `timing`: what 时效 names are about. `ways`:
    how a thing is done (按照…), at the beginning; 对 there and one of `doings` further on (对…进行…) make a sentence of
    it, of `sentence` characters at least. `demands` are no names of costs, whatever the amount (控制在…); `openers`
    begin what is done: a task among the costs where no money is stated, and in the first of several clauses anywhere.
    `abstract`: what an effect under 数量 ends in that nobody counts (意识)."""

    adverbs: WordList
    effects: WordList
    tasks: WordList
    nouns: WordList
    compounds: WordList
    endings: WordList
    phrases: WordList
    measures: WordList
    people: WordList
    timing: WordList
    ways: WordList
    doings: WordList
    demands: WordList
    openers: WordList
    abstract: WordList
    sentence: int = 10


@check("not-a-measure", scope="indicator", params=NotMeasure, facts="seen about", cases="effect value who")
def not_a_measure(ctx: IndicatorContext, params: NotMeasure) -> Iterator[Hit]:
    """A task (保障…) or an effect (…得到缓解) as a name. A name that asks for a figure is a measure."""
    name, words = bare(ctx.indicator.name), ctx.form.words
    if _is_value(ctx):
        about = _ABOUT.get(ctx.indicator.level2, "…数量")
        yield Hit({"seen": ctx.indicator.name.strip(), "about": about}, case="value")
        return
    if _measured(ctx, name, words[params.measures]) and not _promises(ctx, params):
        return
    sentence = _sentence(name, ctx, params) or _demand(name, ctx, params) or _clauses_of_work(ctx, params)
    if sentence:
        yield Hit({"seen": sentence, "about": ""})
        return
    uncounted = _uncounted(name, ctx, params)
    if uncounted:
        yield Hit({"seen": uncounted, "about": ""}, case="effect")
        return
    if _answered(ctx, words[params.timing]):
        return
    verb = _task(name, ctx, params)
    if verb:
        yield Hit({"seen": verb, "about": name[name.find(verb) + len(verb) :]})
        return
    if asks_figure(ctx):
        return
    found = ending(words[params.endings]).search(name)
    if found and found.start() > 1:
        yield Hit({"seen": found[0], "about": name[: found.start()]}, case="effect")
        return
    promise = pattern(words[params.phrases]).search(name)
    if promise:
        yield Hit({"seen": promise[0], "about": ""}, case="effect")
    elif _only_who(ctx, name, words[params.people]):
        yield Hit({"seen": name, "about": name}, case="who")


def _is_value(ctx: IndicatorContext) -> bool:
    """1年, 2027年全年, ≥360天: the value stands in the cell of the name, and nothing says what it is of."""
    core = clean(ctx.indicator.name).core
    if asks_figure(ctx) or (ctx.indicator.parent or "").strip() or not any(map(str.isdigit, core)):
        return False
    value = parse(core)
    return value.kind == "date" or (value.kind == "quantity" and core.endswith(value.unit_text or core[-1]))


def _clauses(ctx: IndicatorContext) -> list[str]:
    """The clauses of a name, at least one."""
    return [part for part in _CLAUSES.split(clean(ctx.indicator.name).core) if part.strip()] or [""]


def _promises(ctx: IndicatorContext, params: NotMeasure) -> bool:
    """打造品牌赛事，扩大城市知名度: the first of several clauses is an effect; the tail of the last is no measure."""
    first, *more = _clauses(ctx)
    effects = opening(ctx.form.words[params.adverbs], ctx.form.words[params.effects])
    return bool(more) and ctx.indicator.level2 in EFFECT_LEVELS and effects.match(squash(first)) is not None


def asks_figure(ctx: IndicatorContext) -> bool:
    return ctx.asks.asks is not None


def _measured(ctx: IndicatorContext, name: str, measures: frozenset[str]) -> bool:
    """Satisfaction has a rule of its own; a blank has none; a head (率, 人数) or a tail (情况) makes a measure."""
    if ctx.indicator.level2 == SATISFACTION or names_nothing(ctx.indicator.name) or len(name) < 3:
        return True
    asks = ctx.asks.asks
    return (asks is not None and asks not in _ASKS_MONEY) or ending(measures).search(name) is not None


def _answered(ctx: IndicatorContext, timing: frozenset[str]) -> bool:
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
        return dated or holds(timing, bare(ctx.indicator.name))
    if level2 in COST_LEVELS:
        return "money" in dimensions
    return level2 == "数量指标" and not prose_only(ctx) and "ratio" not in dimensions


def _sentence(name: str, ctx: IndicatorContext, params: NotMeasure) -> str:
    """A whole sentence as an output's name, whatever its value: 按政策由村申报…, 对困难家庭进行扶助."""
    words = ctx.form.words
    if ctx.indicator.level2 not in ("数量指标", "质量指标") or len(name) < params.sentence or asks_figure(ctx):
        return ""
    way = pattern(words[params.ways]).match(name)
    if way:
        return way[0]
    doing = pattern(words[params.doings]).search(name, 2) if name.startswith("对") else None
    return f"对…{doing[0]}" if doing and len(name) > doing.end() else ""


def _demand(name: str, ctx: IndicatorContext, params: NotMeasure) -> str:
    """控制在预算内, or 组织培训 without its money: what is wanted of the costs, not which costs."""
    words = ctx.form.words
    if ctx.indicator.level2 not in MONEY_LEVELS:
        return ""
    demand = opening(words[params.adverbs], words[params.demands]).match(name)
    if demand:
        return demand["verb"]
    if asks_figure(ctx) or any((entry.value.dimension or "").startswith("money") for entry in ctx.entries):
        return ""
    doing = opening(words[params.adverbs], words[params.openers]).match(name)
    return doing["verb"] if doing and len(name) - doing.end() > 1 else ""


def _clauses_of_work(ctx: IndicatorContext, params: NotMeasure) -> str:
    """完成下达的清运任务，督促物业做好保洁: several clauses, the first of which is work; no figure answers it."""
    first, *more = _clauses(ctx)
    if not more or asks_figure(ctx) or not prose_only(ctx) or ctx.indicator.level2 == "时效指标":
        return ""
    words = ctx.form.words
    verbs = words[params.openers] | words[params.tasks] | words[params.effects]
    doing = opening(words[params.adverbs], verbs).match(squash(first))
    return doing["verb"] if doing else ""


def _uncounted(name: str, ctx: IndicatorContext, params: NotMeasure) -> str:
    """增强居民防灾意识 ≥4场 under 数量: the figure counts something that the name does not say."""
    words = ctx.form.words
    if ctx.indicator.level2 != "数量指标" or asks_figure(ctx) or not ending(words[params.abstract]).search(name):
        return ""
    effect = opening(words[params.adverbs], words[params.effects]).match(name)
    return effect["verb"] if effect else ""


def _task(name: str, ctx: IndicatorContext, params: NotMeasure) -> str:
    """The verb that makes the name a task; "" where there is none. Money stays money unless it is to be raised."""
    words = ctx.form.words
    found = opening(words[params.adverbs], words[params.effects]).match(name)
    if found and (not asks_figure(ctx) or ctx.indicator.level2 in EFFECT_LEVELS):
        return found["verb"] if len(name) - found.end() > 1 else ""
    found = opening(words[params.adverbs], words[params.tasks]).match(name)
    if not found or asks_figure(ctx) or pattern(words[params.compounds]).match(name, found.start("verb")):
        return ""
    rest = name[found.end() :]
    return "" if len(rest) < 2 or ending(words[params.nouns]).search(rest) else found["verb"]


def _only_who(ctx: IndicatorContext, name: str, people: frozenset[str]) -> bool:
    """全镇村民: who it is for, and the value tells no figure of them. Under 数量 that is a missing figure."""
    judged = ctx.indicator.level2 in EFFECT_LEVELS or ctx.indicator.level2 == "质量指标"
    return judged and prose_only(ctx) and ending(people).search(name) is not None


class Generic(Params):
    """`names`: 人数, 完成率 and the like. `fields`: what a whole field of work ends in (茶产业), that only units of
    `wholes` count (3个)."""

    names: WordList
    fields: WordList
    wholes: WordList


@check("generic-name", scope="indicator", params=Generic, facts="core", cases="field")
def generic_name(ctx: IndicatorContext, params: Generic) -> Iterator[Hit]:
    """人数, 完成率: of whom, of what? A name that stands under another one has that to explain it."""
    name = bare(ctx.indicator.name)
    explained = ctx.indicator.level2 == SATISFACTION or (ctx.indicator.parent or "").strip()
    if not explained and name in ctx.form.words[params.names]:
        yield Hit({"core": name})
    elif not explained and _whole_field(name, ctx, params):
        yield Hit({"core": name}, case="field")


def _whole_field(name: str, ctx: IndicatorContext, params: Generic) -> bool:
    """茶产业 1.2万亩: the area of what?"""
    words = ctx.form.words
    if ctx.indicator.level2 != "数量指标" or not ending(words[params.fields]).search(name):
        return False
    counted = [entry.value for entry in ctx.entries if entry.value.kind == "quantity"]
    return bool(counted) and not any(value.unit in words[params.wholes] for value in counted)
