"""Values that say no more than the name does: the same words, in another order, or with filler around them."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from kpi.lazyre import later
from kpi.rules.checks.rows import PROSE
from kpi.rules.context import EntryContext
from kpi.rules.finding import Hit
from kpi.rules.registry import Params, WordList, check
from kpi.rules.text import core, holds, pattern, squash

_OUTPUTS = ("数量指标", "质量指标")
_WORD = 2  # characters
_NOTHING = frozenset({"暂无", "没有", "不涉及", "不适用"})
_NEGATED = later("[不未无非没]")
#: a class that is measured, though the name tells it, too: 水质达到地表水Ⅲ类标准 | Ⅲ类
_CLASS = later("(?:[ⅠⅡⅢⅣⅤIVX]+|[一二三四五甲乙丙A-D])[类级等]")
_CLAUSES = re.compile(r"[,，。；;、\s]+")


class RepeatsName(Params):
    """`contained`: a value of this many characters that the name already holds says nothing new (not under 时效).

    `adverbs` that set no degree may stand before a filler in front of the name (全面|开展|巡逻). `degrees` and `most`
    characters: what one of the two may have more than the other in one place, degrees aside, where they share
    `shared` characters. Any adverb may stand before one of `bringing` (持续|促进|融合发展). A value of a verb of
    `effects` and the name's last word says nothing new under 数量 and 质量. `mild` adverbs add nothing to a name that
    tells the change itself (增收能力|进一步|提高). A value in several clauses, one of which is the name, may hold one
    of `states` besides. `alike`: from this share of characters in common on, with none of them in what the value has
    besides, one is the other in slightly other words."""

    filler: WordList
    adverbs: WordList
    degrees: WordList
    mild: WordList
    bringing: WordList = "bringing-verbs"
    effects: WordList = "effect-verbs"
    states: tuple[WordList, ...] = ()
    most: int = 2
    shared: int = 6
    shortest: int = 2
    contained: int = 4
    alike: float = 0.75


@check("repeats-name", scope="entry", params=RepeatsName, facts="extra", cases="figure nearly")
def repeats_name(ctx: EntryContext, params: RepeatsName) -> Iterator[Hit]:
    """The value says no more than the name: equal, the same characters in another order, or the name plus filler."""
    value = squash(ctx.entry.text)
    timed = ctx.value.kind == "date" and ctx.indicator.level2 == "时效指标"
    figure = timed or ctx.value.kind == "quantity"
    twice = figure and value == core(ctx.indicator.name)  # 2027年底前 | 2027年底前, 100万元 | 100万元
    if ctx.value.kind not in PROSE and not twice:
        return
    if len(value) < params.shortest or _CLASS.fullmatch(value) or value in _NOTHING:
        return
    words = ctx.form.words
    filler, adverbs = pattern(words[params.filler]), pattern(words[params.adverbs] - words[params.degrees])
    for name in dict.fromkeys((core(ctx.indicator.name), core(ctx.entry.name))):
        extra = _beyond(name, value, filler, words[params.mild], ctx.entry.text)
        if extra is None:
            extra = _with_adverb(name, value, filler, adverbs)
        if extra is None:
            extra = _with_adverb(name, value, pattern(words[params.bringing]), pattern(words[params.mild]))
        if extra is None and ctx.indicator.level2 != "时效指标":
            extra = _padded(name, value, words, params)
        if extra is None:
            extra = _said_otherwise(name, value, ctx, params)
        if extra is None and ctx.indicator.level2 in _OUTPUTS:
            extra = _shortened(name, value, words[params.effects])
        if extra is not None:
            yield Hit({"extra": extra}, case="figure" if twice else None)
            return
    if ctx.indicator.level2 != "时效指标" and _nearly(core(ctx.indicator.name), value, ctx, params):
        yield Hit({"extra": ""}, case="nearly")


def _nearly(name: str, value: str, ctx: EntryContext, params: RepeatsName) -> bool:
    """群众合理诉求得到回应 | 群众诉求得到积极回应: a word more and a word less, none of which sets a degree."""
    if min(len(name), len(value)) < params.shared or any(map(str.isdigit, name + value)):
        return False
    steps = SequenceMatcher(None, name, value, autojunk=False).get_opcodes()
    if sum(end - start for tag, start, end, *_ in steps if tag == "equal") < params.alike * max(len(name), len(value)):
        return False
    words, others = ctx.form.words, [step for step in steps if step[0] != "equal"]
    lost = "".join(name[start:end] for _, start, end, *_ in others)
    left = "".join(value[start:end] for *_, start, end in others)
    telling = [words[params.degrees], *(words[states] for states in params.states)]
    return not _NEGATED.search(left + lost) and not any(holds(listed, left) for listed in telling)


def _beyond(name: str, value: str, filler: re.Pattern[str], mild: frozenset[str], raw: str) -> str | None:
    """What the value says beyond the name; None where that is something of its own, or where the two share no more
    than an adverb (持续保障社会发展 | 持续保障)."""
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
    if len(kept_name) >= 2 and kept_name == kept_value and kept_name not in mild and len(value) >= 4:
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


def _shortened(name: str, value: str, verbs: frozenset[str]) -> str | None:
    """改善基层经办条件 | 改善条件: the verb and the last word of the name."""
    verb, noun = value[:_WORD], value[_WORD:]
    short = len(noun) == _WORD and len(name) > len(value) and verb in verbs
    return "" if short and name.startswith(verb) and name.endswith(noun) else None


def _part_of(value: str, name: str, least: int) -> bool:
    """Whether the value's characters stand in the name in this order, with no denial among those that it leaves out.
    持续保障 of 持续保障社会发展 tells half a task, and that vaguely (VAL003)."""
    if name.startswith(value) and 3 * len(value) < 2 * len(name):
        return False
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
