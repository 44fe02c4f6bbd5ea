"""Which row takes up a figure of the goal: it states the same figure, or is about the same object."""

import re
from decimal import Decimal

from kpi.model import COST_LEVELS
from kpi.rules.checks.rows import PROSE, entries, used
from kpi.rules.context import EntryContext, FormContext
from kpi.rules.pairing import (
    Claim,
    about,
    equal,
    measure,
    measuring,
    same_thing,
    satisfaction,
    telling,
    touches,
    without_tail,
)
from kpi.rules.registry import Params, WordList
from kpi.rules.text import core, pattern
from kpi.values import Value, comparable, ratio, wan_apart
from kpi.values.running import mentions
from kpi.values.traditional import simplified

_HUNDRED = Decimal(100)
_SHARES = ("占比", "比重", "比例")
_HEAD = 2  # characters of the last word of what is made
_FAR = Decimal(10)  # times
_APART = Decimal(3)  # times, where the words are apart as well
_NEAR = 6  # characters at the end of a rate's name in which its object stands
WHERE = re.compile(r"(?:[为在给向对到]|面向|覆盖|涉及)(?:全[县市区省镇乡州]|辖区)?内?$")  # 为12处水源地设置隔离网
_EACH = re.compile("全(?:部|覆盖|通达|达标|到位|完成)|[全均都皆]")


class TakenUp(Params):
    """`stop`: words that name no object; `events` and `people`: units of what is done and of whom it is done for, of
    which neither takes up the other; `filler`: words that tell apart no two things; `same_number`: from here on the
    same number in another unit is the same figure."""

    stop: WordList
    filler: WordList = "object-filler"
    events: WordList = "event-units"
    people: WordList = "people-units"
    same_number: Decimal = Decimal(100)


def covered(ctx: FormContext, claim: Claim, params: TakenUp) -> bool:
    rows = [row for row in ctx.table.indicators if used(row)]
    if claim.satisfaction:
        return any(satisfaction(row) for row in rows)
    if claim.value.figure == 1 and claim.value.dimension == "count":
        thing = claim.mention.before.strip()[-_HEAD:]
        told = (f"{row.name}{''.join(entry.text for _, entry in row.entries())}" for row in rows)
        return any(thing in simplified(text) for text in told)
    levels = tuple(dict.fromkeys(row.level2 for row in rows))
    stated = [row for half in ctx.table.halves for row in entries(ctx, half, levels) if not satisfaction(row.indicator)]
    filled = {id(row.indicator) for row in stated if row.value.kind != "empty"}  # a side left blank takes up nothing
    stated = [row for row in stated if row.value.kind != "empty" or id(row.indicator) not in filled]
    if (claim.value.dimension or "").startswith("money"):  # what comes in is no cost
        stated = [row for row in stated if row.indicator.level2 not in COST_LEVELS]
    if _EACH.search(claim.mention.after) and any(_all_of_them(claim, row, ctx.words[params.stop]) for row in stated):
        return True
    if any(same_figure(ctx, claim, row, params) for row in stated):
        return True
    filler = ctx.words[params.filler]
    if any(comparable(claim.value, row.value) and same_thing(claim, row, filler) for row in stated):
        return True  # with another figure: TXT002
    return any(_same_object(ctx, claim, row, params) for row in stated)


def _all_of_them(claim: Claim, row: EntryContext, stop: frozenset[str]) -> bool:
    """108个建制村寄递服务全通达, and 建制村寄递服务通达率 | =100%: all of them, whatever their number."""
    full = row.value.dimension == "ratio" and row.value.figure == _HUNDRED
    return full and bool(telling(claim.mention.after, stop) & telling(row.indicator.name, stop))


def same_figure(ctx: FormContext, claim: Claim, row: EntryContext, params: TakenUp) -> bool:
    """Equal figures: enough where they are counts or measures; two shares below 100 % must have a character in common,
    and so must small figures in unlike units a word (护栏3.6公里, and 护栏长度 ≥3.6立方米 by mistake)."""
    named = (mention.value for mention in mentions(row.entry.name))
    for value in (row.value, *row.value.parts, *named):
        if claim.value.dimension == "ratio":
            unnamed = not core(row.indicator.name)  # a row that lost its name is REQ003's
            whole = claim.value.figure == _HUNDRED and not _another_rate(claim, row)
            if equal(claim.value, value) and (unnamed or whole or _alike(ctx, claim, row, params)):
                return True
        elif equal(claim.value, value) or (
            value.figure is not None
            and value.figure == claim.value.figure
            and (value.figure >= params.same_number or touches(claim, row.indicator.name, ctx.words[params.stop]))
        ):
            return True
    return False


def _another_rate(claim: Claim, row: EntryContext) -> bool:
    """回访率达到100%, and 验收合格率 | =100%: both say which rate they mean."""
    said, named = measure(claim.mention.before), measure(core(row.indicator.name))
    return bool(said and named) and not set(said[:-1]) & set(core(row.indicator.name))


def _alike(ctx: FormContext, claim: Claim, row: EntryContext, params: TakenUp) -> bool:
    """结案 and 办结, 会议出席 and 代表参会: one character in common besides the words that name no object."""
    stop = pattern(ctx.words[params.stop])
    rates = measure(claim.mention.before), measure(core(row.indicator.name))
    texts = core(row.indicator.name), claim.mention.before
    if all(rates) and not any(set(rate[:-1]) & set(text) for rate, text in zip(rates, texts, strict=True)):
        return False  # 洪水预报合格率, and 断面预警准确率
    said, named = (set(stop.sub("", text)) for text in (claim.mention.before, core(row.indicator.name)))
    return bool((said & named) - set("率度的与和及等"))


def _same_object(ctx: FormContext, claim: Claim, row: EntryContext, params: TakenUp) -> bool:
    """A row about the same thing: for a number a telling word in common with a row that counts the like, for a rate
    the rate's own word, which in the name of another rate stands right before it (整改率, 整改完成率)."""
    stop, value = ctx.words[params.stop], row.value
    name = core(row.indicator.name)
    if value.kind in ("text", "qualitative", "compound"):
        name = f"{name} {row.entry.text}"
    if claim.value.dimension == "ratio" and (rate := measure(claim.mention.before)):
        if value.kind == "quantity" and value.dimension not in ("ratio", None) and measure(name) != rate:
            return False  # 出动率 ≥98分 is about the rate, in a wrong unit (UNI001)
        stem, own = rate.rstrip("率度"), measure(name).rstrip("率度")
        if rate in _SHARES and _both_say_more(claim, name, stop):
            return False
        if not own and value.kind in PROSE and not (core(row.indicator.name).endswith(stem) or stem in row.entry.text):
            return False  # 数字化率达到90%, and 数字化成果 | 通过验收
        return stem in (name[-_NEAR:] if own else name) or bool(own and own in claim.own)
    return _alike_kinds(claim, row) and not _of_others(ctx, claim, row, params) and (
        (bool(touches(claim, name, stop)) and not _far_apart(claim, row, stop))
        or (bool(comparable(claim.value, value)) and not telling(core(row.indicator.name), stop))
    )


def _both_say_more(claim: Claim, name: str, stop: frozenset[str]) -> bool:
    """妇女代表比例, and 代表候选人差额比例: shares of unlike things."""
    own, theirs = telling(claim.own, stop), telling(name, stop)
    return any(word not in name for word in own) and any(word not in claim.own for word in theirs)


def _far_apart(claim: Claim, row: EntryContext, stop: frozenset[str]) -> bool:
    """司法救助案件40件 and 审结案件数 ≥6000件: only the kind of thing is the same, the goal says more of it, and the
    figures are nowhere near each other; 改造学校食堂10个 and 实施营养改善的学校数 64所: both say more."""
    name = core(row.indicator.name)
    own, theirs = telling(about(claim, stop), stop) - measuring(claim), telling(without_tail(name, stop), stop)
    said = frozenset(word for word in own if word not in name)
    both = bool(said) and any(word not in about(claim, stop) for word in theirs)
    if both and (len(touches(claim, name, stop)) > 1 or WHERE.search(claim.mention.before.strip())):
        both = False
    times = ratio(claim.value, row.value)
    if times is None:
        return both and _counted_otherwise(claim.value, row.value)
    far = _APART if both else _FAR
    if 1 / far < times < far or wan_apart(claim.value, row.value):  # 52万亩, and ≥52亩 (TXT002)
        return False
    return bool(said)


def _of_others(ctx: FormContext, claim: Claim, row: EntryContext, params: TakenUp) -> bool:
    """乡村医生轮训2次, and 享受补助乡村医生人数 ≥216人: how often something is done, and how many it is done for; what
    is done, the row does not say."""
    units = {(value.unit or "").partition("/")[0] for value in (claim.value, row.value)}
    apart = bool(units & ctx.words[params.events]) and bool(units & ctx.words[params.people])
    name = core(row.indicator.name)
    return apart and any(word not in name for word in telling(claim.own, ctx.words[params.stop]) - measuring(claim))


def _counted_otherwise(one: Value, other: Value) -> bool:
    return bool(one.unit and other.unit) and one.dimension == other.dimension == "count" and one.unit != other.unit


def _alike_kinds(claim: Claim, row: EntryContext) -> bool:
    """Shares, money and words do not take up a count; a row under 数量 that lacks its figure is VAL001's."""
    kind, dimension = (claim.value.dimension or "").partition("/")[0], row.value.dimension
    if row.value.kind == "malformed":
        return True  # ≥XX人: the row is there, its figure is not (REQ008)
    if row.value.kind == "quantity" and dimension:
        return dimension.partition("/")[0] == kind
    return row.value.kind in ("quantity", "compound") or row.indicator.level2 == "数量指标"
