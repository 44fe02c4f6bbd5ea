"""Values whose bound is set elsewhere, or later."""

import re
from collections.abc import Iterator

from kpi.lazyre import later
from kpi.model import COST_LEVELS
from kpi.rules.bare import ending
from kpi.rules.checks.rows import compares_years
from kpi.rules.context import EntryContext
from kpi.rules.finding import Fix, Hit
from kpi.rules.implied import cost_figure
from kpi.rules.registry import Params, WordList, check
from kpi.rules.text import begins, first, holds, squash

_NUMBERED_STANDARD = re.compile(r"[A-Z]{2,}(?:/?[A-Z])?\s*/?\s*\d{2,}|[〔\[【(（]20\d\d[〕\]】)）]\s*\d+号")
#: 按实际造价的70%
_OF_ACTUAL = later(r"按(?P<what>(?:实际|审定|审计|决算|结算|评估|招标)[^\d,，;；]{2,10}?)的?\d[\d.]*[%％]")
_KNOWN_TO_ALL = later("(?:达到|符合)(?:国家)?(?:验收)?合格标准$|(?:[ⅠⅡⅢⅣⅤ一二三四五]|[IV]+)类(?:水质?)?标准$")
_WRAPPED = later(r"^[(（]([^()（）]+)[)）]$")


class Defers(Params):
    """`words` refer to what is set elsewhere, unless the value ends in `praise` (国家先进水平); what begins with one of
    `awaiting` and ends with one of `settled` is set later (待批复后确定), unless it begins with one of `nouns` (待遇)
    or holds one of `timed` words (每日). `covered` end what says who it is for."""

    words: WordList
    covered: WordList
    awaiting: WordList = "awaiting"
    settled: WordList = "settled-then"
    nouns: WordList = "waiting-nouns"
    timed: WordList = "settled-already"
    praise: WordList = "praise-endings"


@check("defers-elsewhere", scope="entry", params=Defers, facts="seen rewrite why", cases="later")
def defers_elsewhere(ctx: EntryContext, params: Defers) -> Iterator[Hit]:
    """The bound is set elsewhere: a standard, a budget, a rule, a calculation; or later."""
    if _is_later(ctx, params):
        yield Hit({"seen": ctx.entry.text.strip(), "rewrite": "", "why": ""}, case="later")
        return
    if _NUMBERED_STANDARD.search(ctx.entry.text) or _KNOWN_TO_ALL.search(squash(ctx.entry.text)):
        return  # 符合GB 50204-2015: who wants to check knows what to open
    if found := _OF_ACTUAL.search(ctx.entry.text):
        words = found["what"]
    elif compares_years(ctx):
        words = ctx.entry.text.strip()
    elif ctx.value.kind == "reference":
        words = ctx.value.reference or ctx.entry.text.strip()
    elif ctx.value.kind in ("qualitative", "text") and not (_says_who(ctx, params) or _praises(ctx, params)):
        words = first(ctx.form.words[params.words], squash(ctx.entry.text))
        if not words:
            return
    else:
        return
    rewrite, why = cost_figure(ctx) if ctx.indicator.level2 in COST_LEVELS else ("", "")
    yield Hit({"seen": words, "rewrite": rewrite, "why": why}, fix=Fix(rewrite) if rewrite else None)


def _is_later(ctx: EntryContext, params: Defers) -> bool:
    """待初设批复后确定, 视天气情况安排: nobody has set it yet. What 待 is a part of (待遇, 待检) and what says when
    (每日, 全部) is set."""
    text, words = squash(_WRAPPED.sub(r"\1", ctx.entry.text.strip())), ctx.form.words
    timed = any(map(str.isdigit, text)) or holds(words[params.timed], text) or begins(words[params.nouns], text)
    return not timed and begins(words[params.awaiting], text) and ending(words[params.settled], text) != ""


def _praises(ctx: EntryContext, params: Defers) -> bool:
    return ending(ctx.form.words[params.praise], squash(ctx.entry.text)) != ""


def _says_who(ctx: EntryContext, params: Defers) -> bool:
    """符合政策领取的人 tells who is covered; under 数量 that is a missing figure (VAL001)."""
    text = squash(ctx.entry.text)
    return ctx.indicator.level2 == "数量指标" and text.endswith(tuple(ctx.form.words[params.covered]))
