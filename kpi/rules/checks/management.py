"""How money is managed (资金到位率, 制度健全性), set as an indicator of what it achieves."""

import re
from collections.abc import Iterator
from functools import lru_cache

from kpi.lazyre import later
from kpi.model import COST_LEVELS, LEVEL1, LEVEL2
from kpi.rules.bare import bare, ending
from kpi.rules.context import IndicatorContext
from kpi.rules.finding import Hit
from kpi.rules.registry import Params, WordList, check
from kpi.rules.text import begins, holds, pattern, squash

_IN_ORDER = ("健全", "完善", "完备", "建立健全")
_INFLUENCE = later("对.+影响(?:程度|力)?$")  # 对推动养护制度完善的持续影响: what the project does to it
_SHARE_OF_THEM = later("(?:企业|单位|商户|机构|村|户)(?:占比|比例|比重|数)$")  # 内控制度健全企业占比
_GAP = 10  # characters between the money and what is done with it: 资金|在规定时间内|下达率


class Management(Params):
    """`words`: what is plainly management, in the last `reach` characters before the end of the name (对制度健全的影响
    is not about management); so are `caps` (不超预算), and names of `leftover` (结余率), but not among the costs.
    `money` before one of `proper` at the end is as plain (资金支付合规性), before one of `handling` doubtful
    (资金下达率).
    `paid`: money that is for people, or brought in from others; that it got there is an output or an effect
    (补贴资金及时足额到位率, 引资到位). What ends in one of `mended` is what is done about it (违规使用资金整改率);
    what begins with one of `supervised` is what others have in order, if the project's name holds one of `oversight`,
    and with one of `outside` whatever the project is.
    `execution`: what forms of self-evaluation and monitoring print themselves (预算执行率)."""

    words: WordList
    caps: WordList
    leftover: WordList = "management-leftover"
    money: WordList
    proper: WordList
    handling: WordList
    paid: WordList
    execution: WordList
    mended: WordList = "management-mended"
    supervised: WordList = "supervised-parties"
    oversight: WordList = "oversight-projects"
    outside: WordList = "outside-parties"
    reach: int = 6


@check("management-indicator", scope="indicator", params=Management, facts="seen", cases="doubtful")
def management_indicator(ctx: IndicatorContext, params: Management) -> Iterator[Hit]:
    """Numbers of people and things (财务制度培训人数) are outputs, whatever they are about."""
    name, words = _with_state(bare(ctx.indicator.name), ctx), ctx.form.words
    if ctx.asks.asks in ("count", "quantity") or _INFLUENCE.match(name):
        return
    if ctx.indicator.level2 and ctx.indicator.level2 not in LEVEL2 and ctx.indicator.level1 not in LEVEL1:
        return  # 项目立项, 过程: an evaluation's own framework, in which management has its place
    if ctx.form.table.form != "target" and holds(words[params.execution], name) and not _set_as_output(ctx):
        return
    if ending(words[params.mended], name) or _of_others(name, ctx, params):
        return
    found = _first(name, ctx, params)
    if found and "到位" in found[0] and holds(words[params.paid], name):
        return  # 补贴资金及时足额到位率: the money on the account of those whom it is for is the output itself
    if found and len(name) - found.end() <= params.reach:
        yield Hit({"seen": found[0]})
    elif proper := _properly(words[params.money], words[params.proper]).search(name):
        if "落实" in proper[0] and holds(words[params.paid], name):
            return
        yield Hit({"seen": proper[0]})
    elif "到账" in name and holds(words[params.paid], name):
        return
    elif _handled(words[params.money], words[params.handling]).search(name):
        yield Hit({"seen": name}, case="doubtful")


def _with_state(name: str, ctx: IndicatorContext) -> str:
    """运维管理制度 | 健全: what the rule is about stands half in the name and half in the value."""
    said = {squash(entry.entry.text) for entry in ctx.entries}
    state = said.pop() if len(said) == 1 else ""
    return name + state if name.endswith("制度") and state in _IN_ORDER else name


def _of_others(name: str, ctx: IndicatorContext, params: Management) -> bool:
    """企业管理制度健全率 of 安全生产监管经费: how those are managed whom the project looks after; 制度健全企业占比."""
    words = ctx.form.words
    if begins(words[params.outside], name) or _SHARE_OF_THEM.search(name):
        return True
    return begins(words[params.supervised], name) and holds(words[params.oversight], ctx.form.table.project)


def _set_as_output(ctx: IndicatorContext) -> bool:
    """Whether somebody wrote the rate in as an indicator, with its points or among the costs: the form's own row stands
    under no second level."""
    row = ctx.indicator
    return row.level2 in COST_LEVELS or (row.level1 == "产出指标" and row.level2 in LEVEL2 and bool(row.weight))


def _first(name: str, ctx: IndicatorContext, params: Management) -> re.Match[str] | None:
    """The first word of the lists in a name."""
    words, cost = ctx.form.words, ctx.indicator.level2 in COST_LEVELS
    listed, caps = words[params.words], words[params.caps]
    if cost:
        return None if holds(caps, name) or not holds(listed, name) else pattern(listed).search(name)
    if name in words[params.leftover]:
        return re.search(".+", name)
    every = _all_of(listed, caps)
    return pattern(every).search(name) if holds(every, name) else None


@lru_cache(maxsize=16)
def _all_of(*lists: frozenset[str]) -> frozenset[str]:
    return frozenset().union(*lists)


@lru_cache(maxsize=16)
def _properly(money: frozenset[str], proper: frozenset[str]) -> re.Pattern[str]:
    before, after = pattern(money).pattern, pattern(proper).pattern
    return re.compile(f"(?:{before}).{{0,{_GAP}}}?(?:{after})(?:性|率|度|程度|情况)?$")


@lru_cache(maxsize=16)
def _handled(money: frozenset[str], handling: frozenset[str]) -> re.Pattern[str]:
    return re.compile(f"(?:{pattern(money).pattern}).{{0,{_GAP}}}?(?:{pattern(handling).pattern})$")
