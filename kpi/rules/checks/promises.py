"""Figures that a goal promises and no indicator takes up."""

import re
from collections.abc import Iterator
from decimal import Decimal

from kpi.lazyre import later
from kpi.model import COST_LEVELS, TargetTable, Unread
from kpi.rules.bare import beginning, ending
from kpi.rules.checks.rewriting import rewritten
from kpi.rules.checks.rows import PROSE, breaks_off, entries, half_of, lost_rows, may_follow, used
from kpi.rules.context import EntryContext, FormContext
from kpi.rules.finding import Evidence, Hit, NotApplicable
from kpi.rules.pairing import (
    Claim,
    about,
    claims,
    equal,
    measure,
    measuring,
    satisfaction,
    telling,
    touches,
    without_tail,
)  # fmt: skip
from kpi.rules.registry import Dimension, Params, WordList, check
from kpi.rules.text import core, holds, number, pattern
from kpi.rules.unpromised import behind_unit, elsewhere, is_part, per_event, specifies, stock, sums_up
from kpi.values import Value, comparable, ratio, wan_apart
from kpi.values.normal import MARKS
from kpi.values.running import mentions
from kpi.values.traditional import simplified
from kpi.values.value import Comparator

_HUNDRED = Decimal(100)
_FOR_OTHERS = later("受益|惠及|带动|就业|覆盖|服务|满意|参加|参与|接待|立案")  # these may stand among the effects
_SHARES = ("占比", "比重", "比例")
_EXTENTS = ("length", "area", "volume")  # of what is built: only an output takes them up
_NO_COUNTS = frozenset({"时效指标", "服务对象满意度"})
_SEVERAL, _LISTED = 2, ("、", "和", "及")
_THING, _HEAD = 3, 2  # characters of what is made, and of its last word
_FAR = Decimal(10)  # times
_APART = Decimal(3)  # times, where the words are apart as well
_NEAR = 6  # characters at the end of a rate's name in which its object stands
_WHERE = re.compile(r"(?:[为在给向对到]|面向|覆盖|涉及)(?:全[县市区省镇乡州]|辖区)?内?$")  # 为12处水源地设置隔离网
_EACH = re.compile("全(?:部|覆盖|通达|达标|到位|完成)|[全均都皆]")
_IN = re.compile(r"在(?:全[县市区省镇乡州]|辖区)?内?$")
_YEAR = re.compile(r"((?:19|20)\d\d)年")
_LIMITS = re.compile(rf"[{MARKS}]|不[低少高小大]于|不超过|至少|以上|以下|以内|达到|控制在")
_TAIL = re.compile(rf"(?:{_LIMITS.pattern}|[约达为到至占共]|合计|总计|提高|提升|稳定|保持|控制在?|压缩|缩短|降低?)+$")
_LASTING = later("(?:时间|时长|时限|周期|等候|响应|出动|到达|反应|出库|单程|提前量)$")
_THAN_BEFORE = later("[较比](?:上|前|去|往)年(?:同期|度)?")  # 较上年提高3个百分点 promises something
_WITHIN = later("(?:以|之)?内|范围|半径")
_FIGURES_OF = re.compile(r"\d+(?:\.\d+)?")
_STOPS = re.compile("[。；;！!？?\n]")
_WHEN = later("^(?:年内|全年|当年|并|同步|力争|计划|确保|完成|和?成果)+ *")  # in front of the verb
_DEED = 4  # characters of what is done, and to what


class Promised(Params):
    """`background`, `sizes`, `management`, `parts`: words of clauses whose figures are no promise, as are `terms` of
    shares and amounts and `norms` of everything else;
    `promises`: verbs of promises; `events` and `people`: units of what is done and of whom it is done for, of which
    neither takes up the other; `earnings`: what money that comes in is called: money that is spent is no promise;
    `sums`, `stocks`: words of figures that only add up others, or those of other years; `elsewhere`: of what another
    project pays for; `least`: counts below it are not worth a row of their own, but for what one of `builds` makes
    (建成); `same_number`: from here on the same number in another unit is the same figure; `kinds`: dimensions that
    are looked at."""

    background: WordList
    terms: WordList
    norms: WordList
    sizes: WordList
    management: WordList
    parts: WordList
    promises: WordList
    sums: WordList
    stocks: WordList
    elsewhere: WordList
    stop: WordList
    earnings: WordList = "figure-earnings"
    builds: WordList = "building-verbs"
    events: WordList = "event-units"
    people: WordList = "people-units"
    least: Decimal = Decimal(2)
    same_number: Decimal = Decimal(10)
    longest_name: int = 20
    kinds: tuple[Dimension, ...]


@check("figure-without-indicator", scope="form", params=Promised, facts="figures rewrite")
def figure_without_indicator(ctx: FormContext, params: Promised) -> Iterator[Hit | NotApplicable]:
    """Promised figures of the goals whose object no row is about."""
    table = ctx.table
    if not any(used(row) for row in table.indicators):
        yield NotApplicable("没有读到已填写的绩效指标")
        return
    said = list(claims(table))
    promised = [c for c in _promises(ctx, said, params) if not _derived(ctx, c, said, params)]
    open_ = [claim for claim in promised if not _covered(ctx, claim, params) and _names_object(ctx, claim, params)]
    unread, stop = lost_rows(ctx), ctx.words[params.stop]  # among them may be the indicator
    # only the sentence tells that these are promised: any row about the like takes them up (年内开工8个 | 开工项目占比)
    unsure = [claim for claim in open_ if not _promise(ctx, claim, params)]
    rows = [core(row.name) for row in table.indicators if used(row)]
    open_ = [one for one in open_ if one not in unsure or not any(touches(one, name, stop) for name in rows)]
    open_ = [claim for claim in open_ if not any(_may_hold(claim, part, stop) for part in unread)]
    open_ = [claim for claim in open_ if not _summed(ctx, claim, said)]
    if not open_:
        return
    cut = breaks_off(ctx)
    if cut:
        open_ = _behind_their_level(table, open_)
    if cut and not open_:
        yield NotApplicable(f"表在“{cut}”处中断，后面还有没有指标看不到")
        return
    figures = "、".join(dict.fromkeys(f"“{claim.piece}”" for claim in open_))
    yield Hit(
        {"figures": figures, "rewrite": _row(ctx, open_[0], params)},
        half=half_of(tuple(dict.fromkeys(claim.half for claim in open_))),
        evidence=tuple(Evidence(claim.piece, claim.place) for claim in open_),
    )


def _behind_their_level(table: TargetTable, open_: list[Claim]) -> list[Claim]:
    """The figures whose rows would stand in front of where the form breaks off: extents in front of the effects; counts
    of what is done, too, once the form has come from 数量 to 质量, 时效, 成本 or the effects."""
    levels = [row.level2 for row in table.indicators if used(row) and row.level2]
    behind = not may_follow(table, "产出指标")
    if "数量指标" not in levels or not (behind or levels[-1] in ("质量指标", "时效指标", "成本指标")):
        return [claim for claim in open_ if behind and claim.value.dimension in _EXTENTS]
    done = [claim for claim in open_ if claim.value.dimension in ("count", *_EXTENTS)]
    return [claim for claim in done if not _FOR_OTHERS.search(claim.piece)]


def _may_hold(claim: Claim, part: Unread, stop: frozenset[str]) -> bool:
    """Whether what is unread may be the indicator of a figure: a count is none of when something is done."""
    counts = (claim.value.dimension or "").startswith("count") and part.level2 in _NO_COUNTS
    figure = claim.value.figure
    stated = figure is not None and f"{number(figure)}" in _FIGURES_OF.findall(part.text.replace(",", ""))
    return not counts and (stated or bool(touches(claim, part.text, stop)))


def _summed(ctx: FormContext, claim: Claim, said: list[Claim]) -> bool:
    """彩超3台、心电图机6台 of 购置医疗设备数量 | ≥9台: a row has the whole of the list of which it is a part."""
    lists: list[list[Claim]] = []
    for one in said:
        if lists and _goes_on(lists[-1][-1], one, _LISTED):
            lists[-1].append(one)
        else:
            lists.append([one])
    parts = next(some for some in lists if claim in some)
    figures = [one.value.figure for one in parts if one.value.dimension == "count" and one.value.figure is not None]
    if len(parts) < _SEVERAL or len(figures) < len(parts):
        return False
    whole, levels = sum(figures, Decimal(0)), tuple(dict.fromkeys(row.level2 for row in ctx.table.indicators))
    return any(row.value.figure == whole for half in ctx.table.halves for row in entries(ctx, half, levels))


def _goes_on(before: Claim, claim: Claim, marks: tuple[str, ...]) -> bool:
    """Whether a figure goes on with the list of the one before it."""
    return before.half == claim.half and claim.mention.before.startswith(marks)


def _promises(ctx: FormContext, said: list[Claim], params: Promised) -> Iterator[Claim]:
    """The figures that are promised; what a list goes on with has the verb of its first part (采购帐篷9顶、棉被6床)."""
    before: Claim | None = None
    taken = {_sentence(claim) for claim in said if _taken_up(ctx, claim, params)}
    for claim in said:
        goes_on = before is not None and _goes_on(before, claim, _LISTED[:1])
        listed = goes_on or (_sentence(claim) in taken and _ends_clause(claim))
        if _promise(ctx, claim, params, listed=listed):
            yield claim
            before = claim
        else:
            before = None


def _sentence(claim: Claim) -> tuple[str, int]:
    return claim.half, len(_STOPS.findall(simplified(claim.goal), 0, claim.mention.start))


def _taken_up(ctx: FormContext, claim: Claim, params: Promised) -> bool:
    """Whether a row states the figure of a claim: what the same sentence goes on with is then a target as well."""
    levels = tuple(dict.fromkeys(row.level2 for row in ctx.table.indicators if used(row)))
    rows = (row for half in ctx.table.halves for row in entries(ctx, half, levels))
    full = claim.value.dimension == "ratio" and claim.value.figure == _HUNDRED
    return not full and any(_same_figure(ctx, claim, row, params) for row in rows)


def _ends_clause(claim: Claim) -> bool:
    """保护古松350株: something is done, to so many, and no more is said."""
    one = claim.mention
    return not behind_unit(one).strip("。，, ") and len(one.before.strip()) >= _DEED and not _WHERE.search(one.before)


def _promise(ctx: FormContext, claim: Claim, params: Promised, *, listed: bool = False) -> bool:
    """A result that the project undertakes to bring about, by its unit and the words around it. `listed`: behind one
    that is, in a list."""
    value, words = claim.value, ctx.words
    kind = (value.dimension or "").partition("/")[0]
    earned = kind == "money" and _earned(claim, words[params.earnings])
    if kind not in params.kinds and not earned and not (kind == "time" and _lasts(claim)):
        return False
    if any(equal(value, named.value) for named in mentions(ctx.table.project)):
        return False
    if (value.dimension or "").startswith("count") and (value.figure or params.least) < params.least:
        return _built(claim, words[params.builds])
    if kind == "length" and _WITHIN.match(behind_unit(claim.mention)):
        return False  # 下游1公里内居民
    around = claim.own
    terms = params.terms if kind in ("ratio", "money") else params.norms
    if any(holds(words[name], around) for name in (terms, params.management)):
        return False
    around = _THAN_BEFORE.sub("", around.replace(measure(claim.mention.before) or "\n", ""))  # 在岗, not 在岗率
    if holds(words[params.background], around):
        return False
    around = claim.own
    if value.dimension == "ratio" and holds(words[params.terms], claim.mention.clause):
        return False  # 省级补助60%、县级配套40%
    if _sized(claim, words[params.sizes]) or _of_the_past(ctx, claim, params, listed):
        return False
    if _IN.search(claim.mention.before.strip()) and value.dimension == "count":
        return False  # 在8个乡镇新建茶叶基地: where it is done
    if kind == "time":
        return True
    rate = value.dimension == "ratio" and bool(measure(claim.mention.before))
    if rate or _LIMITS.search(around) is not None or holds(words[params.promises], around):
        return True
    if listed and ((value.dimension or "").startswith("count") or value.dimension in _EXTENTS):
        return True
    return value.dimension in _EXTENTS and holds(words[params.promises], claim.mention.earlier)  # 新建道路,全长9公里


def _built(claim: Claim, builds: frozenset[str]) -> bool:
    """上线信息平台1套, 建成矫正中心1个: one thing that is made, which is worth a row of its own."""
    before = _WHEN.sub("", claim.mention.before.strip(" 、，,"))
    verb = beginning(builds, before)
    if not verb:  # 建成200吨|保鲜冷库1座
        at = claim.mention.clause.find(claim.mention.before.strip())
        sized = at > 0 and beginning(builds, _WHEN.sub("", claim.mention.clause[:at])) != ""
        return sized and claim.value.figure == 1 and len(before) >= _THING
    return claim.value.figure == 1 and len(before) - len(verb) >= _THING


def _derived(ctx: FormContext, claim: Claim, said: list[Claim], params: Promised) -> bool:
    """A figure that belongs to another one of the goal, or to another project."""
    one, words = claim.mention, ctx.words
    beside = [other.mention for other in said if other.half == claim.half]
    return (
        is_part(one, simplified(claim.goal), beside, words[params.parts], words[params.promises])
        or per_event(one)
        or specifies(one, beside, words[params.promises])
        or sums_up(one, beside, words[params.sums])
        or stock(one, words[params.stocks])
        or elsewhere(one, simplified(claim.goal), words[params.elsewhere])
    )


def _lasts(claim: Claim) -> bool:
    """群众候车时间不超过30分钟: how long something may take; 3年内 only says when."""
    return _LASTING.search(_TAIL.sub("", claim.mention.before.strip())) is not None


def _earned(claim: Claim, earnings: frozenset[str]) -> bool:
    """实现旅游收入55万元, 户均增收2000元: the word stands right before the figure and what leads to it."""
    return ending(earnings, _TAIL.sub("", claim.mention.before.strip())) != ""


def _sized(claim: Claim, sizes: frozenset[str]) -> bool:
    """宽4.5米: the word stands right before the figure or right behind its unit."""
    return holds(sizes, claim.mention.before[-4:]) and claim.value.dimension not in ("ratio", "count")


def _of_the_past(ctx: FormContext, claim: Claim, params: Promised, listed: bool) -> bool:
    """The sentence began with how things stand, but what is `listed` goes on with a promise; or it speaks of a year
    before the form's."""
    earlier = claim.mention.earlier
    told = listed or holds(ctx.words[params.promises], claim.own)
    if not told and holds(ctx.words[params.background], earlier):
        return True
    years = [int(year) for year in _YEAR.findall(earlier + claim.mention.clause)]
    return bool(years) and ctx.table.year is not None and max(years) < ctx.table.year


def _names_object(ctx: FormContext, claim: Claim, params: Promised) -> bool:
    """达到95%: of what, nobody can tell, nor whether an indicator takes it up."""
    stop = ctx.words[params.stop]
    return bool(measure(claim.own) or telling(claim.own, stop) or telling(claim.mention.lead, stop))


def _covered(ctx: FormContext, claim: Claim, params: Promised) -> bool:
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
    if any(_same_figure(ctx, claim, row, params) for row in stated):
        return True
    return any(_same_object(ctx, claim, row, params) for row in stated)


def _all_of_them(claim: Claim, row: EntryContext, stop: frozenset[str]) -> bool:
    """108个建制村寄递服务全通达, and 建制村寄递服务通达率 | =100%: all of them, whatever their number."""
    full = row.value.dimension == "ratio" and row.value.figure == _HUNDRED
    return full and bool(telling(claim.mention.after, stop) & telling(row.indicator.name, stop))


def _same_figure(ctx: FormContext, claim: Claim, row: EntryContext, params: Promised) -> bool:
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


def _alike(ctx: FormContext, claim: Claim, row: EntryContext, params: Promised) -> bool:
    """结案 and 办结, 会议出席 and 代表参会: one character in common besides the words that name no object."""
    stop = pattern(ctx.words[params.stop])
    said, named = (set(stop.sub("", text)) for text in (claim.mention.before, core(row.indicator.name)))
    return bool((said & named) - set("率度的与和及等"))


def _same_object(ctx: FormContext, claim: Claim, row: EntryContext, params: Promised) -> bool:
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
    if both and (len(touches(claim, name, stop)) > 1 or _WHERE.search(claim.mention.before.strip())):
        both = False
    times = ratio(claim.value, row.value)
    if times is None:
        return both and _counted_otherwise(claim.value, row.value)
    far = _APART if both else _FAR
    if 1 / far < times < far or wan_apart(claim.value, row.value):  # 52万亩, and ≥52亩 (TXT002)
        return False
    return bool(said)


def _of_others(ctx: FormContext, claim: Claim, row: EntryContext, params: Promised) -> bool:
    """乡村医生轮训2次, and 享受补助乡村医生人数 ≥216人: how often something is done, and how many it is done for; what is
    done, the row does not say."""
    units = {claim.value.unit or "", row.value.unit or ""}
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


def _row(ctx: FormContext, claim: Claim, params: Promised) -> str:
    """The indicator that the first figure would make; "" where the clause gives it no name."""
    value = claim.value
    name = _TAIL.sub("", claim.mention.before.strip(" 、，,和及"))
    if not telling(name, ctx.words[params.stop]) or value.figure is None or len(name) > params.longest_name:
        return ""
    outcome = (value.dimension or "").startswith("money")
    level = "经济效益" if outcome else "质量指标" if value.dimension == "ratio" else "数量指标"
    level = "时效指标" if value.dimension == "time" else level
    level = "服务对象满意度" if claim.satisfaction else level
    full = value.dimension == "ratio" and value.figure == _HUNDRED
    sign: Comparator = "=" if full else "<=" if value.comparator in ("<", "<=") else ">="
    return f"{level}“{name}”{rewritten(value, sign)}"
