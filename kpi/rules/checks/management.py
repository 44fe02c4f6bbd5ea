"""How money is managed (资金到位率, 制度健全性), set as an indicator of what it achieves."""

import re
from collections.abc import Iterator
from functools import lru_cache

from kpi.rules.checks.naming import bare
from kpi.rules.context import IndicatorContext
from kpi.rules.finding import Hit
from kpi.rules.registry import Params, WordList, check
from kpi.rules.text import pattern

_GAP = 10  # characters between the money and what is done with it: 资金|在规定时间内|下达率


class Management(Params):
    """`words`: what is plainly management, in the last `reach` characters before the end of the name (对制度健全的影响
    is not about management). `money` before one of `handling` at the end is doubtful (资金下达率).
    `execution`: what forms of self-evaluation and monitoring print themselves (预算执行率)."""

    words: WordList
    money: WordList
    handling: WordList
    execution: WordList
    reach: int = 6


@check("management-indicator", scope="indicator", params=Management, facts="seen", cases="doubtful")
def management_indicator(ctx: IndicatorContext, params: Management) -> Iterator[Hit]:
    """Numbers of people and things (财务制度培训人数) are outputs, whatever they are about."""
    name, words = bare(ctx.indicator.name), ctx.form.words
    if ctx.asks.asks in ("count", "quantity"):
        return
    if ctx.form.table.form != "target" and pattern(words[params.execution]).search(name):
        return
    found = pattern(words[params.words]).search(name)
    if found and len(name) - found.end() <= params.reach:
        yield Hit({"seen": found[0]})
    elif _handled(words[params.money], words[params.handling]).search(name):
        yield Hit({"seen": name}, case="doubtful")


@lru_cache(maxsize=16)
def _handled(money: frozenset[str], handling: frozenset[str]) -> re.Pattern[str]:
    return re.compile(f"(?:{pattern(money).pattern}).{{0,{_GAP}}}?(?:{pattern(handling).pattern})$")
