"""Rows that stand under the wrong second level, by signs in the name and the value that leave no doubt."""

from collections.abc import Iterator
from typing import Literal

from kpi.names import effect_of
from kpi.names.table import Asks
from kpi.rules.bare import bare, ending, opening
from kpi.rules.context import EntryContext
from kpi.rules.finding import Hit
from kpi.rules.rates import in_named_unit
from kpi.rules.registry import Level, Params, WordList, check
from kpi.rules.term import span_of
from kpi.rules.text import begins, holds, squash

ValueIs = Literal["date", "money", "count", "extent", "ratio", "time", "prose", "other"]
_KINDS: dict[str, ValueIs] = {"date": "date", "qualitative": "prose", "text": "prose", "reference": "prose"}
_DIMENSIONS: dict[str, ValueIs] = {
    "money": "money", "count": "count", "ratio": "ratio", "time": "time",
    "area": "extent", "length": "extent", "volume": "extent", "mass": "extent",
}  # fmt: skip


class Sign(Params):
    """Under one of `levels`, all that is given must hold; then the row belongs under `belongs`, for `why`.

    The name: asks for one of `asks` and for none of `not_asks`; holds a word of `names`; ends in one of `endings`;
    has one of `near` at its beginning or within its last characters (按时发放率); begins with one of `begins`, adverbs
    aside; holds none of `unless`, nor of `nor`.
    The value: is one of `values`, none of `not_values`, holds a word of `holds` and none of `unless_value`, and, where
    `within` is set, is over by the end of the form's year; where `made` is, is neither a cap nor zero.
    A row without a second level is judged by its first.
    """

    levels: tuple[Level, ...]
    belongs: str
    why: str
    asks: tuple[Asks, ...] = ()
    not_asks: tuple[Asks, ...] = ()
    names: WordList | None = None
    endings: WordList | None = None
    near: WordList | None = None
    begins: WordList | None = None
    unless: WordList | None = None
    nor: WordList | None = None
    values: tuple[ValueIs, ...] = ()
    not_values: tuple[ValueIs, ...] = ()
    holds: WordList | None = None
    unless_value: WordList | None = None
    within: bool = False
    made: bool = False
    doubtful: bool = False


class WrongCategory(Params):
    """`adverbs` may stand before a word that a name begins with. `reach`: how many characters before its end a name may
    hold one of `near`."""

    signs: tuple[Sign, ...]
    adverbs: WordList
    reach: int = 6


@check("wrong-category", scope="entry", params=WrongCategory, facts="belongs speaks place", cases="likely")
def wrong_category(ctx: EntryContext, params: WrongCategory) -> Iterator[Hit]:
    """The first sign that holds speaks."""
    name, place = effect_of(bare(ctx.indicator.name)), ctx.indicator.level2 or ctx.indicator.level1
    for sign in params.signs:
        if place in sign.levels and _name_fits(ctx, name, sign, params) and _value_fits(ctx, sign):
            facts = {"belongs": sign.belongs, "speaks": sign.why, "place": place}
            yield Hit(facts, case="likely" if sign.doubtful else None)
            return


def _name_fits(ctx: EntryContext, name: str, sign: Sign, params: WrongCategory) -> bool:
    words, asks = ctx.form.words, ctx.asks.asks
    if (sign.asks and asks not in sign.asks) or asks in sign.not_asks:
        return False
    if sign.names and not holds(words[sign.names], name):
        return False
    if sign.endings and not ending(words[sign.endings], name):
        return False
    if sign.near and not _near(name, words[sign.near], params.reach):
        return False
    if sign.begins and not opening(words[params.adverbs], words[sign.begins], name):
        return False
    return not any(told and holds(words[told], name) for told in (sign.unless, sign.nor))


def _near(name: str, words: frozenset[str], reach: int) -> bool:
    return begins(words, name) or holds(words, name[max(0, len(name) - reach) :])


def _value_fits(ctx: EntryContext, sign: Sign) -> bool:
    said = _value_is(ctx)
    if (sign.values and said not in sign.values) or said in sign.not_values:
        return False
    text = squash(in_named_unit(ctx).text)
    if sign.holds and not holds(ctx.form.words[sign.holds], text):
        return False
    if sign.within and not _over_this_year(ctx):
        return False
    if sign.made and _capped(ctx):
        return False
    return not (sign.unless_value and holds(ctx.form.words[sign.unless_value], text))


def _capped(ctx: EntryContext) -> bool:
    """Nobody promises at most so many, or none, of what is to be made: 维修返工处数 | ≤2处 counts what went wrong."""
    return ctx.value.comparator in ("<", "<=") or not ctx.value.figure


def _over_this_year(ctx: EntryContext) -> bool:
    """Days of the form's own year, or of one before it."""
    year = ctx.form.table.year
    span = span_of(ctx.entry.text, year) if year else None
    return bool(span and span[1] and year and span[1].year <= year)


def _value_is(ctx: EntryContext) -> ValueIs:
    value = in_named_unit(ctx)
    dimension = (value.dimension or "").partition("/")[0]
    return _KINDS.get(value.kind) or _DIMENSIONS.get(dimension, "other")
