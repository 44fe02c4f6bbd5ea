"""Rows that stand under the wrong second level, by signs in the name and the value that leave no doubt."""

from collections.abc import Iterator
from typing import Literal

from kpi.names import effect_of
from kpi.names.table import Asks
from kpi.rules.checks.naming import bare, ending
from kpi.rules.context import EntryContext
from kpi.rules.finding import Hit
from kpi.rules.registry import Params, WordList, check
from kpi.rules.text import pattern, squash

ValueIs = Literal["date", "money", "count", "ratio", "time", "prose", "other"]
_KINDS: dict[str, ValueIs] = {"date": "date", "qualitative": "prose", "text": "prose", "reference": "prose"}
_DIMENSIONS: dict[str, ValueIs] = {"money": "money", "count": "count", "ratio": "ratio", "time": "time"}


class Sign(Params):
    """Under one of `levels`, all that is given must hold; then the row belongs under `belongs`, for `why`.

    The name: asks for one of `asks` and for none of `not_asks`; holds a word of `names`; ends in one of `endings`;
    has one of `near` at its beginning or within its last characters (按时发放率); holds none of `unless`.
    The value: is one of `values`, none of `not_values`, and holds no word of `unless_value`.
    """

    levels: tuple[str, ...]
    belongs: str
    why: str
    asks: tuple[Asks, ...] = ()
    not_asks: tuple[Asks, ...] = ()
    names: WordList | None = None
    endings: WordList | None = None
    near: WordList | None = None
    unless: WordList | None = None
    values: tuple[ValueIs, ...] = ()
    not_values: tuple[ValueIs, ...] = ()
    unless_value: WordList | None = None
    doubtful: bool = False


class WrongCategory(Params):
    """`reach`: how many characters before its end a name may hold one of `near`."""

    signs: tuple[Sign, ...]
    reach: int = 6


@check("wrong-category", scope="entry", params=WrongCategory, facts="belongs why", cases="likely")
def wrong_category(ctx: EntryContext, params: WrongCategory) -> Iterator[Hit]:
    """The first sign that holds speaks."""
    name = effect_of(bare(ctx.indicator.name))
    for sign in params.signs:
        if ctx.indicator.level2 in sign.levels and _name_fits(ctx, name, sign, params.reach) and _value_fits(ctx, sign):
            yield Hit({"belongs": sign.belongs, "why": sign.why}, case="likely" if sign.doubtful else None)
            return


def _name_fits(ctx: EntryContext, name: str, sign: Sign, reach: int) -> bool:
    words, asks = ctx.form.words, ctx.asks.asks
    if (sign.asks and asks not in sign.asks) or asks in sign.not_asks:
        return False
    if sign.names and not pattern(words[sign.names]).search(name):
        return False
    if sign.endings and not ending(words[sign.endings]).search(name):
        return False
    if sign.near and not _near(name, words[sign.near], reach):
        return False
    return not (sign.unless and pattern(words[sign.unless]).search(name))


def _near(name: str, words: frozenset[str], reach: int) -> bool:
    found = pattern(words)
    return found.match(name) is not None or found.search(name, max(0, len(name) - reach)) is not None


def _value_fits(ctx: EntryContext, sign: Sign) -> bool:
    said = _value_is(ctx)
    if (sign.values and said not in sign.values) or said in sign.not_values:
        return False
    return not (sign.unless_value and pattern(ctx.form.words[sign.unless_value]).search(squash(ctx.entry.text)))


def _value_is(ctx: EntryContext) -> ValueIs:
    dimension = (ctx.value.dimension or "").partition("/")[0]
    return _KINDS.get(ctx.value.kind) or _DIMENSIONS.get(dimension, "other")
