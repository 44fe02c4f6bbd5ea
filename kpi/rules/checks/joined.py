"""Several things in one name: respondents asked together, measures in one row, effects in a line."""

import re
from collections.abc import Iterator
from functools import lru_cache

from kpi.names import read_name
from kpi.names.clean import clean
from kpi.rules.checks.naming import SATISFACTION, ending
from kpi.rules.context import IndicatorContext
from kpi.rules.finding import Hit
from kpi.rules.registry import Params, WordList, check
from kpi.rules.text import pattern, squash

_MARKS = "、,，;；"
_FIGURES = frozenset({"rate", "satisfaction", "count", "duration", "deadline", "frequency", "quantity", "score"})
_CUT = "\ue000"


class Joined(Params):
    """`joints`: words that join like 、 does; `whole`: words that hold one by chance (及时, 和谐). `respondents` end a
    respondent's name, `people` are respondents by themselves (社会); `kin` go with the one before (患者|家属).
    `effects`, `endings`: what begins or ends an effect. `shortest`: characters of an effect in a line."""

    joints: WordList
    whole: WordList
    respondents: WordList
    people: WordList
    kin: WordList
    effects: WordList
    endings: WordList
    shortest: int = 4


@check("compound-name", scope="indicator", params=Joined, facts="parts count", cases="respondents pair effects")
def compound_name(ctx: IndicatorContext, params: Joined) -> Iterator[Hit]:
    """Parts that would each need a figure of their own. Objects under one figure (水、电、气费) are one indicator."""
    name, words = clean(ctx.indicator.name).core, ctx.form.words
    parts = split(name, words[params.joints], words[params.whole])
    if len(parts) < 2:
        return
    if ctx.asks.asks == "satisfaction" or ctx.indicator.level2 == SATISFACTION:
        who = _respondents(name, ctx, params)
        if len(who) > 1:
            yield _hit(who, "satisfaction", "respondents" if len(who) > 2 else "pair")
        return
    measures = [part for part in parts if read_name(part, ctx.indicator.level2).asks in _FIGURES]
    if len(measures) > 1:
        yield _hit(measures, "", None)
        return
    by_marks = split(name, frozenset(_MARKS), frozenset())
    if len(by_marks) > 1 and all(_effect(part, ctx, params) for part in by_marks):
        yield _hit(by_marks, "", "effects")


def split(name: str, joints: frozenset[str], whole: frozenset[str]) -> list[str]:
    """The parts of a name between marks and joining words; words of `whole` are left in one piece."""
    cut = _splitter(joints, whole).sub(lambda found: found[0] if found["whole"] else _CUT, name)
    return [part for part in (squash(one) for one in cut.split(_CUT)) if part]


@lru_cache(maxsize=32)
def _splitter(joints: frozenset[str], whole: frozenset[str]) -> re.Pattern[str]:
    kept = f"(?P<whole>{pattern(whole).pattern})"
    return re.compile(f"{kept}|(?:[{_MARKS}]|{pattern(joints).pattern})+")


def _respondents(name: str, ctx: IndicatorContext, params: Joined) -> list[str]:
    """Those who are asked: 学生、家长、社会. 患者及家属 are one."""
    words = ctx.form.words
    asked = name.partition("满意")[0].rpartition("对")
    before = (asked[0] or asked[2]).removesuffix("的")
    parts = split(before, words[params.joints], words[params.whole])
    kin, people = words[params.kin], words[params.people]
    known = ending(words[params.respondents])
    follows = {part for part in parts[1:] if part in kin}  # 监护人和儿童: first it is asked for itself
    return [part for part in parts if part in people or (part not in follows and known.search(part))]


def _effect(part: str, ctx: IndicatorContext, params: Joined) -> bool:
    """提高教学质量, 办学条件改善: an effect with its object, long enough to stand alone."""
    words = ctx.form.words
    begins = pattern(words[params.effects]).match(part)
    return len(part) >= params.shortest and bool(begins or ending(words[params.endings]).search(part))


def _hit(parts: list[str], kind: str, case: str | None) -> Hit:
    said = [f"{part}满意度" if kind == "satisfaction" and "满意" not in part else part for part in parts]
    return Hit({"parts": "、".join(f"“{part}”" for part in said), "count": str(len(parts))}, case=case)
