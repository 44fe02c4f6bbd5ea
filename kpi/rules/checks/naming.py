"""Names of indicators: a task or an effect instead of a measure, or so general that they name nothing."""

import re
from collections.abc import Iterator
from functools import lru_cache

from kpi.model import COST_LEVELS, EFFECT_LEVELS
from kpi.names.clean import clean
from kpi.rules.checks.rows import names_nothing
from kpi.rules.context import IndicatorContext
from kpi.rules.finding import Hit
from kpi.rules.registry import Params, WordList, check
from kpi.rules.text import core, pattern, squash

SATISFACTION = "服务对象满意度"
PROSE = frozenset({"qualitative", "text", "reference"})
_CLAUSES = re.compile(r"[，,；;。]+")
_ASKS_MONEY = frozenset({"money", "unit-cost"})


@lru_cache(maxsize=8192)
def bare(name: str) -> str:
    """A name without its ordinal, brackets, thresholds and punctuation: "★指标2：验收合格率（≥**%）" → "验收合格率"."""
    return squash(clean(name).core) or core(name)


@lru_cache(maxsize=64)
def ending(words: frozenset[str]) -> re.Pattern[str]:
    """Any of `words` at the end of a text."""
    return re.compile(f"(?:{pattern(words).pattern})$")


@lru_cache(maxsize=64)
def _opening(adverbs: frozenset[str], verbs: frozenset[str]) -> re.Pattern[str]:
    """A verb at the beginning, with adverbs before it: 持续|保障, 进一步|提高."""
    return re.compile(f"(?:{pattern(adverbs).pattern}){{0,3}}(?P<verb>{pattern(verbs).pattern})")


def prose_only(ctx: IndicatorContext) -> bool:
    """Whether no half of the row states a figure or a date."""
    return all(entry.value.kind in PROSE and not any(map(str.isdigit, entry.entry.text)) for entry in ctx.entries)


class NotMeasure(Params):
    """`effects`: verbs that promise an effect (提高); `tasks`: verbs that are nouns too (保障), a task only before an
    object, so not before one of `nouns` (保障|水平) nor in `compounds` (保障房); `adverbs` may stand before either.
    `endings`: effects at the end (…得到缓解). `phrases`: promises anywhere (提供便利). `measures`: tails that make a
    measure of it after all (…情况). `people`: names that only say who. `timing`: what 时效 names are about. `ways`:
    how a thing is done (按照…), at the beginning; 对 there and one of `doings` further on (对…进行…) make a sentence of
    it, of `sentence` characters at least."""

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
    sentence: int = 10


@check("not-a-measure", scope="indicator", params=NotMeasure, facts="seen about", cases="effect who")
def not_a_measure(ctx: IndicatorContext, params: NotMeasure) -> Iterator[Hit]:
    """A task (保障…) or an effect (…得到缓解) as a name. A name that asks for a figure is a measure."""
    name, words = bare(ctx.indicator.name), ctx.form.words
    if _measured(ctx, name, words[params.measures]) and not _promises(ctx, params):
        return
    sentence = _sentence(name, ctx, params)
    if sentence:
        yield Hit({"seen": sentence, "about": ""})
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


def _promises(ctx: IndicatorContext, params: NotMeasure) -> bool:
    """打造品牌赛事，扩大城市知名度: the first of several clauses is an effect; the tail of the last is no measure."""
    first, *more = [part for part in _CLAUSES.split(clean(ctx.indicator.name).core) if part.strip()] or [""]
    effects = _opening(ctx.form.words[params.adverbs], ctx.form.words[params.effects])
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
    if level2 in EFFECT_LEVELS or level2 in ("社会成本指标", "生态环境成本指标"):
        return not prose_only(ctx)
    if level2 == "时效指标":
        dated = "time" in dimensions or any(entry.value.kind == "date" for entry in ctx.entries)
        return dated or pattern(timing).search(bare(ctx.indicator.name)) is not None
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


def _task(name: str, ctx: IndicatorContext, params: NotMeasure) -> str:
    """The verb that makes the name a task; "" where there is none. Money stays money unless it is to be raised."""
    words = ctx.form.words
    found = _opening(words[params.adverbs], words[params.effects]).match(name)
    if found and (not asks_figure(ctx) or ctx.indicator.level2 in EFFECT_LEVELS):
        return found["verb"] if len(name) - found.end() > 1 else ""
    found = _opening(words[params.adverbs], words[params.tasks]).match(name)
    if not found or asks_figure(ctx) or pattern(words[params.compounds]).match(name, found.start("verb")):
        return ""
    rest = name[found.end() :]
    return "" if len(rest) < 2 or ending(words[params.nouns]).search(rest) else found["verb"]


def _only_who(ctx: IndicatorContext, name: str, people: frozenset[str]) -> bool:
    """全镇村民: who it is for, and the value tells no figure of them. Under 数量 that is a missing figure."""
    judged = ctx.indicator.level2 in EFFECT_LEVELS or ctx.indicator.level2 == "质量指标"
    return judged and prose_only(ctx) and ending(people).search(name) is not None


class Generic(Params):
    names: WordList


@check("generic-name", scope="indicator", params=Generic, facts="core")
def generic_name(ctx: IndicatorContext, params: Generic) -> Iterator[Hit]:
    """人数, 完成率: of whom, of what? A name that stands under another one has that to explain it."""
    name = bare(ctx.indicator.name)
    explained = ctx.indicator.level2 == SATISFACTION or (ctx.indicator.parent or "").strip()
    if not explained and name in ctx.form.words[params.names]:
        yield Hit({"core": name})
