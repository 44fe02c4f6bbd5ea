"""Times of day as values: 21:30 under 末班车发车时间 is a time; the grammar, which sees no name, reads a ratio."""

import re
import unicodedata

from kpi.rules.context import EntryContext

#: 21:30, 每周一8:00, 8:00—次日8:00
_OF_DAY = r"(?:[01]?\d|2[0-4]):[0-5]\d"
_CLOCK = re.compile(rf"\D{{0,8}}{_OF_DAY}\D{{0,4}}(?:(?:次日|第二天|翌日){_OF_DAY}\D{{0,4}})?")


def is_clock(ctx: EntryContext) -> bool:
    """Whether the name asks for a time and the value is one of the day."""
    text = unicodedata.normalize("NFKC", ctx.entry.text).strip()
    return "date" in ctx.asks.dimensions and _CLOCK.fullmatch(text) is not None
