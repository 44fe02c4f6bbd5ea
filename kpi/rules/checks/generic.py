"""Names so general that they name nothing: 人数, 完成率, a whole field of work."""

from collections.abc import Iterator

from kpi.rules.bare import bare, ending
from kpi.rules.checks.naming import SATISFACTION
from kpi.rules.context import IndicatorContext
from kpi.rules.finding import Hit
from kpi.rules.registry import Params, WordList, check


class Generic(Params):
    """`names`: 人数, 完成率 and the like. `fields`: what a whole field of work ends in (茶产业), that only units of
    `wholes` count (3个)."""

    names: WordList
    fields: WordList
    wholes: WordList


@check("generic-name", scope="indicator", params=Generic, facts="core", cases="field")
def generic_name(ctx: IndicatorContext, params: Generic) -> Iterator[Hit]:
    """人数, 完成率: of whom, of what? A name that stands under another one has that to explain it."""
    name = bare(ctx.indicator.name)
    explained = ctx.indicator.level2 == SATISFACTION or (ctx.indicator.parent or "").strip()
    if not explained and name in ctx.form.words[params.names]:
        yield Hit({"core": name})
    elif not explained and _whole_field(name, ctx, params):
        yield Hit({"core": name}, case="field")


def _whole_field(name: str, ctx: IndicatorContext, params: Generic) -> bool:
    """茶产业 1.2万亩: the area of what?"""
    words = ctx.form.words
    if ctx.indicator.level2 != "数量指标" or not ending(words[params.fields], name):
        return False
    counted = [entry.value for entry in ctx.entries if entry.value.kind == "quantity"]
    return bool(counted) and not any(value.unit in words[params.wholes] for value in counted)
