"""Which figures of a goal are promises: by their units, the words around them and where they stand among others."""

import re
from collections.abc import Iterator
from decimal import Decimal

from kpi.lazyre import HAN, later
from kpi.rules.bare import beginning, ending
from kpi.rules.checks.rows import entries, used
from kpi.rules.checks.takenup import WHERE, TakenUp, same_figure
from kpi.rules.context import FormContext
from kpi.rules.pairing import Claim, equal, measure
from kpi.rules.registry import Dimension, WordList
from kpi.rules.text import holds
from kpi.rules.unpromised import behind_unit, elsewhere, is_part, per_event, specifies, stock, sums_up
from kpi.values.normal import MARKS
from kpi.values.running import mentions
from kpi.values.traditional import simplified

_HUNDRED = Decimal(100)
EXTENTS = ("length", "area", "volume")  # of what is built: only an output takes them up
SEVERAL, LISTED = 2, ("、", "和", "及")
_THING = 3  # characters of what is made
_IN = re.compile(r"在(?:全[县市区省镇乡州]|辖区)?内?$")
_YEAR = re.compile(r"((?:19|20)\d\d)年")
_LIMITS = re.compile(rf"[{MARKS}]|不[低少高小大]于|不超过|至少|以上|以下|以内|达到|控制在")
#: what leads from the words to the figure
LEADS = re.compile(rf"(?:{_LIMITS.pattern}|[约达为到至占共]|合计|总计|提高|提升|稳定|保持|控制在?|压缩|缩短|降低?)+$")
_LASTING = later("(?:时间|时长|时限|周期|等候|响应|出动|到达|反应|出库|单程|提前量)$")
_THAN_BEFORE = later("[较比](?:上|前|去|往)年(?:同期|度)?")  # 较上年提高3个百分点 promises something
_CONCERNED = later("(?:涉及|覆盖|惠及)(?:约|共)?$")
_PERSONS = frozenset(("人", "名", "人次", "户"))
_PLANNED = later(rf"(?:规划|计划|设计){HAN}{{2}}")
_WITHIN = later("(?:以|之)?内|范围|半径")
_STOPS = re.compile("[。；;！!？?\n]")
_WHEN = later("^(?:年内|全年|当年|并|同步|力争|计划|确保|完成|和?成果)+ *")  # in front of the verb
_DEED = 4  # characters of what is done, and to what


class Promising(TakenUp):
    """`background`, `sizes`, `management`, `parts`: words of clauses whose figures are no promise, as are `terms` of
    shares and amounts and `norms` of everything else; `promises`: verbs of promises; `earnings`: what money that comes
    in is called: money that is spent is no promise; `sums`, `stocks`: words of figures that only add up others, or
    those of other years; `elsewhere`: of what another project pays for; `least`: counts below it are not worth a row
    of their own, but for what one of `builds` makes (建成); `kinds`: dimensions that are looked at."""

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
    earnings: WordList = "figure-earnings"
    builds: WordList = "building-verbs"
    least: Decimal = Decimal(2)
    kinds: tuple[Dimension, ...]


def promises(ctx: FormContext, said: list[Claim], params: Promising) -> Iterator[Claim]:
    """The figures that are promised; what a list goes on with has the verb of its first part (采购帐篷9顶、棉被6床)."""
    before: Claim | None = None
    taken = {_sentence(claim) for claim in said if _taken_up(ctx, claim, params)}
    for claim in said:
        more = before is not None and goes_on(before, claim, LISTED[:1])
        listed = more or (_sentence(claim) in taken and _ends_clause(claim))
        if is_promise(ctx, claim, params, listed=listed):
            yield claim
            before = claim
        else:
            before = None


def goes_on(before: Claim, claim: Claim, marks: tuple[str, ...]) -> bool:
    """Whether a figure goes on with the list of the one before it."""
    return before.half == claim.half and claim.mention.before.startswith(marks)


def _sentence(claim: Claim) -> tuple[str, int]:
    return claim.half, len(_STOPS.findall(simplified(claim.goal), 0, claim.mention.start))


def _taken_up(ctx: FormContext, claim: Claim, params: Promising) -> bool:
    """Whether a row states the figure of a claim: what the same sentence goes on with is then a target as well."""
    levels = tuple(dict.fromkeys(row.level2 for row in ctx.table.indicators if used(row)))
    rows = (row for half in ctx.table.halves for row in entries(ctx, half, levels))
    full = claim.value.dimension == "ratio" and claim.value.figure == _HUNDRED
    return not full and any(same_figure(ctx, claim, row, params) for row in rows)


def _ends_clause(claim: Claim) -> bool:
    """保护古松350株: something is done, to so many, and no more is said."""
    one = claim.mention
    return not behind_unit(one).strip("。，, ") and len(one.before.strip()) >= _DEED and not WHERE.search(one.before)


def is_promise(ctx: FormContext, claim: Claim, params: Promising, *, listed: bool = False) -> bool:
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
    if listed and ((value.dimension or "").startswith("count") or value.dimension in EXTENTS):
        return True
    return _goes_with(claim, words[params.promises])


def _goes_with(claim: Claim, promises: frozenset[str]) -> bool:
    """新建道路,全长9公里; 补建车位,规划充电桩2360台: the clause before has the verb. 按月发放,涉及4280人次: so many get
    it."""
    if _CONCERNED.search(claim.mention.before) and claim.value.unit in _PERSONS:
        return True
    told = claim.value.dimension in EXTENTS or _PLANNED.match(claim.mention.before.strip(" 、，,")) is not None
    return told and holds(promises, claim.mention.earlier)


def _built(claim: Claim, builds: frozenset[str]) -> bool:
    """上线信息平台1套, 建成矫正中心1个: one thing that is made, which is worth a row of its own."""
    before = _WHEN.sub("", claim.mention.before.strip(" 、，,"))
    verb = beginning(builds, before)
    if not verb:  # 建成200吨|保鲜冷库1座
        at = claim.mention.clause.find(claim.mention.before.strip())
        sized = at > 0 and beginning(builds, _WHEN.sub("", claim.mention.clause[:at])) != ""
        return sized and claim.value.figure == 1 and len(before) >= _THING
    return claim.value.figure == 1 and len(before) - len(verb) >= _THING


def derived(ctx: FormContext, claim: Claim, said: list[Claim], params: Promising) -> bool:
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
    return _LASTING.search(LEADS.sub("", claim.mention.before.strip())) is not None


def _earned(claim: Claim, earnings: frozenset[str]) -> bool:
    """实现旅游收入55万元, 户均增收2000元: the word stands right before the figure and what leads to it."""
    return ending(earnings, LEADS.sub("", claim.mention.before.strip())) != ""


def _sized(claim: Claim, sizes: frozenset[str]) -> bool:
    """宽4.5米: the word stands right before the figure or right behind its unit."""
    return holds(sizes, claim.mention.before[-4:]) and claim.value.dimension not in ("ratio", "count")


def _of_the_past(ctx: FormContext, claim: Claim, params: Promising, listed: bool) -> bool:
    """The sentence began with how things stand, but what is `listed` goes on with a promise; or it speaks of a year
    before the form's."""
    earlier = claim.mention.earlier
    told = listed or holds(ctx.words[params.promises], claim.own)
    if not told and holds(ctx.words[params.background], earlier):
        return True
    years = [int(year) for year in _YEAR.findall(earlier + claim.mention.clause)]
    return bool(years) and ctx.table.year is not None and max(years) < ctx.table.year
