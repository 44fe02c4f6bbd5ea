"""Whether a goal's figure and a row's are meant to be the same, though they differ or words stand between them."""

import re
from decimal import Decimal

from kpi.lazyre import later
from kpi.rules.bare import bare
from kpi.rules.context import EntryContext
from kpi.rules.pairing import Claim, apart, telling, touches, without_tail
from kpi.rules.text import core, number
from kpi.values import ratio, wan_apart
from kpi.values.traditional import simplified

_SUMMED = ("count", "area", "length", "volume", "mass")  # of which parts make up a whole
_SLIP = Decimal("1.5")  # times
_FAR = Decimal(4)  # times: more is the stock to which some are added
_TWICE = Decimal(2)
_TEN = Decimal(10)
_PAIR = 2  # object words that make a name one thing
LEAST_NAME = 4  # a shorter name (死亡数) may be part of another one's
_NUMBER = later("(?:总数量|总数|数量|总量|数)$")
_EACH_OF = later("[人户亩日月年村均单]均|每|单位|单[个户次]")
_NONE = Decimal(0)
_THING = 2  # characters at the end of what is bought, and given away
_BUYS = later("购置|采购|购买|购入|购进|定制|印制|制作|引进")
_GIVES = later(
    "(?:免费|无偿|统一|全部|按比例|按标准)*(?:向[^,，。;；]{2,30}?)?"
    "(?:供应|供给|提供|补贴|补助|配送|配发|发放|发给|投放|赠送|赠予|分发|捐赠|派发)"
)
_BREAK = later(r"\s*[,，;；]\s*")


def part_above_whole(claim: Claim, row: EntryContext, filler: frozenset[str]) -> bool:
    """救助两癌困难妇女90人, and 两癌救助人数 ≥80人: what only says more can count a part, and no part is more than the
    whole. Far more is the figure of several years."""
    found = apart(claim, row, filler)
    if not found or not found.adds or claim.value.unit != row.value.unit:
        return False
    if len(telling(row.indicator.name, filler)) < _PAIR or claim.value.dimension not in _SUMMED:
        return False
    times = ratio(claim.value, row.value)
    return bool(found.said) and times is not None and 1 < times <= _SLIP


def named_behind(claim: Claim, row: EntryContext, filler: frozenset[str]) -> bool:
    """保障56名|集中供养特困人员|生活, and 集中供养特困人员数 ≥54人: behind the figure stands the row's whole name."""
    thing = _NUMBER.sub("", core(row.indicator.name))
    counted = claim.value.dimension == row.value.dimension == "count"
    found = apart(claim, row, filler, row.form.table.project) if counted and len(thing) >= LEAST_NAME else None
    return found is not None and not found.named and _behind(claim).startswith(thing)


def told_before(claim: Claim, row: EntryContext, filler: frozenset[str]) -> bool:
    """扶持创业实体400家,带动就业1400人, and 创业实体带动就业人数 ≥1200人: the row adds only what the goal said before;
    a figure far off is one of all of them."""
    found = apart(claim, row, filler, row.form.table.project)
    if found is None or not found.adds or found.said or not found.named:
        return False
    times = ratio(claim.value, row.value)
    near = times is not None and 1 / _TWICE <= times <= _TWICE
    around = claim.mention.earlier + claim.mention.clause  # 新建公园2处、宣传栏64块
    return near and all(word in around for word in found.named)


def gained(claim: Claim, row: EntryContext, filler: frozenset[str], verbs: frozenset[str]) -> bool:
    """聘用|保洁员30名, and 保洁员人数 =24人: the goal only says how one comes to have them."""
    found = apart(claim, row, filler, row.form.table.project)
    told = found is not None and found.adds and not found.named and found.said <= verbs
    times = ratio(claim.value, row.value) if told else None
    return told and claim.value.dimension == "count" and times is not None and 1 / _FAR <= times <= _FAR


def handed_on(claim: Claim, row: EntryContext) -> bool:
    """购置新书3.2万册,免费配送到各分馆, and 免费配送新书 4.5万册: what is bought is what is given away."""
    name = bare(row.indicator.name)
    gives, bought = _GIVES.match(name), claim.mention.before.strip()
    thing = name[gives.end() :] if gives else ""
    if len(thing) < _THING or not _BUYS.search(bought) or claim.value.unit != row.value.unit:
        return False
    if not bought.endswith(thing[-_THING:]) or not _GIVES.match(_BREAK.sub("", _rest(claim), count=1)):
        return False
    times = ratio(claim.value, row.value)
    return times is not None and 1 / _TWICE <= times <= _TWICE


def _rest(claim: Claim) -> str:
    """The goal behind the clause of a figure."""
    goal, clause = simplified(claim.goal), claim.mention.clause
    at = goal.find(clause, max(claim.mention.start - len(clause), 0))
    return goal[at + len(clause) :] if at >= 0 else ""


def transposed(claim: Claim, row: EntryContext) -> bool:
    """86 and 68: two figures of the same digits in another order are one figure and a slip of the hand."""
    one, other = (re.sub(r"\D", "", number(value.figure or _NONE)) for value in (claim.value, row.value))
    return claim.value.unit == row.value.unit and one != other and sorted(one) == sorted(other)


def point_lost(claim: Claim, row: EntryContext, filler: frozenset[str]) -> bool:
    """改造管护道路3.6公里, and 管护道路长度 36公里: one figure without its point."""
    times = ratio(claim.value, row.value)
    if times not in (_TEN, 1 / _TEN):
        return False
    found = apart(claim, row, filler, row.form.table.project)
    return found is not None and found.shared and not found.named


def ten_thousandfold(claim: Claim, row: EntryContext, filler: frozenset[str]) -> bool:
    """建筑面积3.6万平方米, and 标准厂房建筑面积 ≥36000万平方米: one figure, with a 万 too many or too few. What a row
    counts for each (人均增收) or of a part (骨干教师) is another figure where it is the smaller one."""
    if not wan_apart(claim.value, row.value) or _EACH_OF.search(row.indicator.name):
        return False
    found = apart(claim, row, filler, row.form.table.project)
    narrower = found is not None and bool(found.named) and (ratio(claim.value, row.value) or 0) > 1
    return found is not None and found.shared and not narrower and not (found.said and found.named)


def transposed_money(claim: Claim, row: EntryContext) -> bool:
    """县级配套36.80万元, and 县级配套资金 ≤63.80万元: a slip of the hand in one sum that both name."""
    money = claim.value.dimension == row.value.dimension == "money" and transposed(claim, row)
    return money and bool(touches(claim, row.indicator.name, frozenset()))


def counted_alike(claim: Claim, row: EntryContext, filler: frozenset[str]) -> bool:
    """保障86个|业务系统 and 承载|业务系统数量: what is counted has one name, whatever is done with it."""
    thing = _NUMBER.sub("", core(row.indicator.name)) or without_tail(core(row.indicator.name), filler)
    behind = _behind(claim)
    return any(thing.endswith(behind[:size]) for size in range(LEAST_NAME, len(behind) + 1))


def _behind(claim: Claim) -> str:
    """What stands behind the figure and its unit: 业务系统 of 保障86个业务系统."""
    return claim.mention.after.lstrip("十百千万亿").removeprefix(claim.value.unit_text or "")
