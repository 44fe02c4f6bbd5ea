"""Names so general that they name nothing: 人数, 完成率, a whole field of work."""

from collections.abc import Iterator

from kpi.lazyre import HAN, later
from kpi.rules.bare import bare, ending
from kpi.rules.checks.naming import SATISFACTION
from kpi.rules.checks.rowwords import TURNS
from kpi.rules.context import IndicatorContext
from kpi.rules.finding import Hit
from kpi.rules.registry import Params, WordList, check

_IN_ORDER = later(
    f"(?:{TURNS}|及时|按时|按期|如期|准时|限时|足额|全额)+"
    f"(?!{HAN}*[率数量比度]){HAN}{{2,3}}"
)


class Generic(Params):
    """`names`: 人数, 完成率 and the like. `fields`: what a whole field of work ends in (茶产业), that only units of
    `wholes` count (3个)."""

    names: WordList
    fields: WordList
    wholes: WordList


@check("generic-name", scope="indicator", params=Generic, facts="core", cases="field deed")
def generic_name(ctx: IndicatorContext, params: Generic) -> Iterator[Hit]:
    """人数, 完成率: of whom, of what? A name that stands under another one has that to explain it."""
    name = bare(ctx.indicator.name)
    explained = ctx.indicator.level2 == SATISFACTION or (ctx.indicator.parent or "").strip()
    if not explained and name in ctx.form.words[params.names]:
        yield Hit({"core": name})
    elif not explained and _done_in_order(name, ctx):
        yield Hit({"core": name}, case="deed")
    elif not explained and _whole_field(name, ctx, params):
        yield Hit({"core": name}, case="field")


def _done_in_order(name: str, ctx: IndicatorContext) -> bool:
    """按时发放 | ≥1人/年, 足额兑付 | ≥12人/月 under 质量 or 时效: heads or times, and nobody says of what."""
    counted = bool(ctx.entries) and all((e.value.dimension or "").partition("/")[0] == "count" for e in ctx.entries)
    level2 = ctx.indicator.level2  # 每月巡查 under 时效 is a deed (CLS002)
    judged = level2 == "质量指标" or (level2 == "时效指标" and not name.startswith("每"))
    return counted and judged and _IN_ORDER.fullmatch(name) is not None


def _whole_field(name: str, ctx: IndicatorContext, params: Generic) -> bool:
    """茶产业 1.2万亩: the area of what?"""
    words = ctx.form.words
    if ctx.indicator.level2 != "数量指标" or not ending(words[params.fields], name):
        return False
    counted = [entry.value for entry in ctx.entries if entry.value.kind == "quantity"]
    return bool(counted) and not any(value.unit in words[params.wholes] for value in counted)
