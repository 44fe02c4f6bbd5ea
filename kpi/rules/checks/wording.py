"""Checks of values in words: no figure, repeats the name, vague, defers elsewhere, tells a result."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping

from kpi.model import BURDEN_LEVELS, COST_LEVELS, EFFECT_LEVELS
from kpi.rules.context import EntryContext
from kpi.rules.finding import Fix, Hit
from kpi.rules.implied import cost_figure, count_figure
from kpi.rules.promised import promised_rate
from kpi.rules.registry import Params, WordList, check
from kpi.rules.text import core, first, holds, pattern, squash
from kpi.values import Value

_NEGATED = re.compile("[不未无非没]")
_PROSE = frozenset({"qualitative", "text", "reference"})
_DATES = re.compile(r"(?:19|20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}[日号])?|\d{1,2}月\d{1,2}[日号]")
_GRADE = re.compile(r"(?:国家)?[一二三四五六七八九十IVX\dA-E]+[+-]?(?:级|类|等|星级?)(?:水质?|标准)?")
_NUMBERED_STANDARD = re.compile(r"[A-Z]{2,}(?:/?[A-Z])?\s*/?\s*\d{2,}|[〔\[【(（]20\d\d[〕\]】)）]\s*\d+号")
_CLOCKS = re.compile(r"\d{1,2}(?::|点)(?:[0-5]\d分?|半)?\s*(?:[-—~～－–至到]|前|后|开)|24小时|全天候?|全时段")
_CLAUSES = re.compile(r"[,，。；;、\s]+")
_BETWEEN = " 、，,；;和及与"


def blank(ctx: EntryContext) -> bool:
    """Nothing is said: an empty cell, or 无 where the name does not ask for absence (REQ002 tells)."""
    return ctx.value.kind == "empty" or (squash(ctx.entry.text) in ("无", "暂无") and not ctx.asks.absence)


class NoFigure(Params):
    """`uncounted`: values that look like a count and are none (一批)."""

    unless: tuple[WordList, ...] = ()
    grades: WordList
    uncounted: WordList


@check("no-figure", scope="entry", params=NoFigure, facts="rewrite why", cases="quality burden")
def no_figure(ctx: EntryContext, params: NoFigure) -> Iterator[Hit]:
    """A value in words where a figure is needed; a grade or a checkable state is enough under 质量, and for what a
    project costs people and nature."""
    uncounted = _uncounted(ctx, ctx.form.words[params.uncounted])
    if not uncounted and (ctx.value.kind not in _PROSE or blank(ctx) or _holds_figure(ctx)):
        return
    level2 = ctx.indicator.level2
    case = "quality" if level2 == "质量指标" else "burden" if level2 in BURDEN_LEVELS else None
    if case and _checkable(ctx, params.unless, params.grades):
        return
    if level2 in COST_LEVELS and not case:
        rewrite, why = cost_figure(ctx)
    else:
        rewrite, why = count_figure(ctx) if level2 == "数量指标" else ("", "")
    yield Hit({"rewrite": rewrite, "why": why}, case=case, fix=Fix(rewrite) if rewrite else None)


def _uncounted(ctx: EntryContext, words: frozenset[str]) -> bool:
    """一批, 推广良种一批: what the parser reads as one is no count. 1批 is."""
    text = squash(ctx.entry.text)
    alone = text in words
    return alone or (ctx.value.kind == "quantity" and text.endswith(tuple(w for w in words if w.startswith("一"))))


def _holds_figure(ctx: EntryContext) -> bool:
    """达到预计值2100, 不低于C30: oddly put or in a unit of its own, but there is a figure besides years and dates."""
    return any(c.isdigit() for c in _DATES.sub("", ctx.entry.text))


def _checkable(ctx: EntryContext, states: tuple[str, ...], grades: str) -> bool:
    words = ctx.form.words
    text = squash(ctx.entry.text)
    if any(holds(words[name], text) for name in states):
        return True
    bare = re.sub(r"(?:及|和)?(?:以上|以下)$|^达到|^达(?!标|成)|^评为|^为|^不低于|^不劣于|^优于", "", text)
    return (
        (bare in words[grades] and ctx.asks.asks != "rate")
        or bool(_GRADE.fullmatch(bare))
        or (ctx.asks.absence and text in ("无", "没有", "零", "否"))
    )


class RepeatsName(Params):
    """`contained`: a value of this many characters that the name already holds says nothing new (not under 时效).

    `adverbs` that set no degree may stand before a filler in front of the name (全面|开展|巡逻). `degrees` and `most`
    characters: what one of the two may have more than the other in one place, degrees aside, where they share
    `shared` characters. `mild` adverbs add nothing to a name that tells the change itself (增收能力|进一步|提高). A
    value in several clauses, one of which is the name, may hold one of `states` besides."""

    filler: WordList
    adverbs: WordList
    degrees: WordList
    mild: WordList
    states: tuple[WordList, ...] = ()
    most: int = 2
    shared: int = 6
    shortest: int = 2
    contained: int = 4


@check("repeats-name", scope="entry", params=RepeatsName, facts="extra")
def repeats_name(ctx: EntryContext, params: RepeatsName) -> Iterator[Hit]:
    """The value says no more than the name: equal, the same characters in another order, or the name plus filler."""
    if ctx.value.kind not in _PROSE:
        return
    value = squash(ctx.entry.text)
    if len(value) < params.shortest:
        return
    words = ctx.form.words
    filler, adverbs = pattern(words[params.filler]), pattern(words[params.adverbs] - words[params.degrees])
    for name in dict.fromkeys((core(ctx.indicator.name), core(ctx.entry.name))):
        extra = _beyond(name, value, filler, ctx.entry.text)
        if extra is None:
            extra = _with_adverb(name, value, filler, adverbs)
        if extra is None and ctx.indicator.level2 != "时效指标":
            extra = _padded(name, value, words, params)
        if extra is None:
            extra = _said_otherwise(name, value, ctx, params)
        if extra is not None:
            yield Hit({"extra": extra})
            return


def _beyond(name: str, value: str, filler: re.Pattern[str], raw: str) -> str | None:
    """What the value says beyond the name; None where that is something of its own."""
    if len(name) < 2:
        return None
    if value == name or (len(name) >= 4 and Counter(value) == Counter(name)):
        return ""
    before, found, after = value.partition(name)
    if found and not filler.sub("", before) and not filler.sub("", after):
        return before + after
    clauses = [squash(part) for part in _CLAUSES.split(raw) if part.strip()]
    if len(clauses) > 1 and clauses[0] == name and not any(filler.sub("", part) for part in clauses[1:]):
        return "".join(clauses[1:])
    kept_name, kept_value = filler.sub("", name), filler.sub("", value)
    if len(kept_name) >= 2 and kept_name == kept_value and len(value) >= 4:
        return value
    return None


def _with_adverb(name: str, value: str, filler: re.Pattern[str], adverbs: re.Pattern[str]) -> str | None:
    """全面开展|巡逻工作: a verb of no content with its adverb, then the name."""
    before = value.removesuffix(name)
    if len(name) < 4 or before == value or not before:
        return None
    verb = adverbs.sub("", before)
    return before if verb and verb != before and not filler.sub("", verb) else None


def _said_otherwise(name: str, value: str, ctx: EntryContext, params: RepeatsName) -> str | None:
    """The name with a mild adverb, among other clauses, or a part of its words; under 时效 a part may be the time."""
    words = ctx.form.words
    mild = pattern(words[params.mild])
    if len(name) > 3 and mild.search(value) and mild.sub("", value) == name:
        return "".join(mild.findall(value))
    if any(holds(words[states], value) for states in params.states):
        return None
    clauses = [squash(part) for part in _CLAUSES.split(ctx.entry.text) if part.strip()]
    if len(name) > 3 and name in clauses and not any(map(str.isdigit, value)):
        return "".join(clause for clause in clauses if clause != name)
    return "" if ctx.indicator.level2 != "时效指标" and _part_of(value, name, params.contained) else None


def _part_of(value: str, name: str, least: int) -> bool:
    """Whether the value's characters stand in the name in this order, with no denial among those that it leaves out."""
    if len(value) < least or len(name) > 2 * len(value):
        return len(value) >= least and value in name
    left, at = [], 0
    for character in name:
        if at < len(value) and character == value[at]:
            at += 1
        else:
            left.append(character)
    return at == len(value) and not _NEGATED.search("".join(left))


def _padded(name: str, value: str, words: Mapping[str, frozenset[str]], params: RepeatsName) -> str | None:
    """丰富群众(精神)文化生活: one is the other with a few characters more in one place, and these set no degree."""
    short, long = sorted((name, value), key=len)
    more = len(long) - len(short)
    if len(short) < params.shared or not 0 < more <= params.most:
        return None
    start = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    piece = long[start : start + more]
    if long[:start] + long[start + more :] != short or start == 0 or start == len(short):
        return None
    if any(c.isdigit() for c in piece) or holds(words[params.degrees], piece):
        return None
    return piece if long == value else ""


class Vague(Params):
    words: WordList
    effects: WordList  # the words that count under 时效, where 及时 and 正常 are TIM001's
    states: tuple[WordList, ...] = ()
    grades: WordList


@check("vague-wording", scope="entry", params=Vague, facts="seen", cases="prose")
def vague_wording(ctx: EntryContext, params: Vague) -> Iterator[Hit]:
    """Effect words without a scale. Under 效益 any prose that names neither a figure nor a checkable state counts."""
    if ctx.value.kind not in ("qualitative", "text") or blank(ctx) or _checkable(ctx, params.states, params.grades):
        return
    timing = ctx.indicator.level2 == "时效指标"
    words, text = ctx.form.words[params.effects if timing else params.words], squash(ctx.entry.text)
    if holds(words, text):
        found = pattern(words).findall(text)
        yield Hit({"seen": "、".join(dict.fromkeys(found))})
    elif ctx.indicator.level2 in EFFECT_LEVELS and not _CLOCKS.search(unicodedata.normalize("NFKC", ctx.entry.text)):
        yield Hit({"seen": ctx.entry.text.strip()}, case="prose")


class Unmeasured(Params):
    """`usual`: what to write where the goal says no figure."""

    usual: str = "≥90%"


@check("satisfaction-unmeasured", scope="entry", params=Unmeasured, facts="respondents usual goal")
def satisfaction_unmeasured(ctx: EntryContext, params: Unmeasured) -> Iterator[Hit]:
    """A satisfaction target without a figure."""
    if ctx.value.kind not in _PROSE or blank(ctx):
        return
    if ctx.indicator.level2 == "服务对象满意度" or ctx.asks.asks == "satisfaction":
        who, named, _ = ctx.indicator.name.partition("满意")
        said, goal = promised_rate(ctx)
        respondents = who.removesuffix("的") if named else ""
        yield Hit({"respondents": respondents, "usual": said or params.usual, "goal": goal})


class Defers(Params):
    words: WordList
    covered: WordList


@check("defers-elsewhere", scope="entry", params=Defers, facts="seen rewrite why")
def defers_elsewhere(ctx: EntryContext, params: Defers) -> Iterator[Hit]:
    """The bound is set elsewhere: a standard, a budget, a rule, a calculation."""
    if _NUMBERED_STANDARD.search(ctx.entry.text):
        return  # 符合GB 50204-2015: who wants to check knows what to open
    if ctx.value.kind == "reference":
        words = ctx.value.reference or ctx.entry.text.strip()
    elif ctx.value.kind in ("qualitative", "text") and not _says_who(ctx, params):
        words = first(ctx.form.words[params.words], squash(ctx.entry.text))
        if not words:
            return
    else:
        return
    rewrite, why = cost_figure(ctx) if ctx.indicator.level2 in COST_LEVELS else ("", "")
    yield Hit({"seen": words, "rewrite": rewrite, "why": why}, fix=Fix(rewrite) if rewrite else None)


def _says_who(ctx: EntryContext, params: Defers) -> bool:
    """符合政策领取的人 tells who is covered; under 数量 that is a missing figure (VAL001)."""
    ending = re.compile(f"(?:{pattern(ctx.form.words[params.covered]).pattern})$")
    return ctx.indicator.level2 == "数量指标" and bool(ending.search(squash(ctx.entry.text)))


class KindIs(Params):
    kinds: tuple[str, ...]


@check("kind-is", scope="entry", params=KindIs, facts="count parts")
def kind_is(ctx: EntryContext, params: KindIs) -> Iterator[Hit]:
    """The value is of a kind that does not belong here; a compound tells its parts."""
    if ctx.value.kind in params.kinds and not _season(ctx.value) and not _by_columns(ctx):
        parts = _clauses(ctx)
        yield Hit({"count": str(len(parts)), "parts": "、".join(f"“{part}”" for part in parts)})


def _season(value: Value) -> bool:
    """1-5月、10-12月: one season in several stretches, not several deadlines."""
    spans = [part.date for part in value.parts]
    if not all(span and span.start and span.end and span.start != span.end for span in spans):
        return False
    rest = value.text
    for part in value.parts:
        rest = rest.replace(part.text.strip(), "", 1)
    return len(spans) > 1 and not rest.strip(_BETWEEN)


def _by_columns(ctx: EntryContext) -> bool:
    """A matrix with a column for each place: the reader put the columns into one text."""
    cells = {squash(f"{label}{text}") for label, text in ctx.indicator.columns.items() if text.strip()}
    parts = [squash(part) for part in re.split("[；;]", ctx.entry.text) if part.strip()]
    return len(parts) > 1 and all(part in cells for part in parts)


def _clauses(ctx: EntryContext) -> list[str]:
    """The parts of a compound with the nouns before them, where the text divides into as many."""
    said = [part.strip() for part in re.split("[、,，;；。]", ctx.entry.text) if part.strip()]
    parts = [part.text.strip() for part in ctx.value.parts]
    return said if len(said) == len(parts) else parts


class WordsFound(Params):
    words: WordList
    kinds: tuple[str, ...] = ("qualitative", "text")


@check("words-found", scope="entry", params=WordsFound, facts="seen")
def words_found(ctx: EntryContext, params: WordsFound) -> Iterator[Hit]:
    """The value holds a word of the list."""
    if ctx.value.kind in params.kinds:
        seen = first(ctx.form.words[params.words], squash(ctx.entry.text))
        if seen:
            yield Hit({"seen": seen})
