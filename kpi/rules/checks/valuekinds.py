"""Values of a kind that does not belong where they stand: several in one cell."""

import re
from collections.abc import Iterator
from itertools import pairwise

from kpi.lazyre import later
from kpi.rules.clocks import is_clock
from kpi.rules.context import EntryContext
from kpi.rules.finding import Hit
from kpi.rules.registry import Params, check
from kpi.rules.text import squash
from kpi.values import Value
from kpi.values.normal import MARKS
from kpi.values.value import Kind

_SIGNS = re.compile(f"[{MARKS}]+")
_DAILY = later(r"每[日天晚周][^\d]{0,4}\d{1,2}(?:[:：]\d{2}|[时点])(?:[、和及,，]\d{1,2}(?:[:：]\d{2}|[时点]))*")
_ONCE_EACH = later(r"各[^\d]{0,4}[一1][次期批]$")
_SPANS = "分小天周月年"  # units of time by their first character
_ALL_OF_IT = {"全年", "常年", "每年", "全天"}
_BETWEEN = " 、，,；;和及与"


class KindIs(Params):
    kinds: tuple[Kind, ...]


@check("kind-is", scope="entry", params=KindIs, facts="count parts")
def kind_is(ctx: EntryContext, params: KindIs) -> Iterator[Hit]:
    """The value is of a kind that does not belong here; a compound tells its parts."""
    if ctx.value.kind in params.kinds and not (_one_line(ctx) or _by_columns(ctx)):
        parts = _clauses(ctx)
        yield Hit({"count": str(len(parts)), "parts": "、".join(f"“{part}”" for part in parts)})


def _one_line(ctx: EntryContext) -> bool:
    """Whether what looks like several lines is one: a season, opening hours, a time of every day (每日6时、17时), once
    on each of some days, a share by a date (9月底前≥80%)."""
    value, text = ctx.value, ctx.entry.text.strip()
    if _season(value) or _opening(value) or is_clock(ctx) or _DAILY.fullmatch(text) or _ONCE_EACH.search(text):
        return True
    shares = [part for part in value.parts if part.dimension == "ratio"]
    dates = [part for part in value.parts if part.kind == "date"]
    return len(shares) == len(dates) == 1 and len(value.parts) == len(("date", "share"))


def _season(value: Value) -> bool:
    """1-5月、10-12月: one season in several stretches, not several deadlines."""
    spans = [part.date for part in value.parts]
    if not all(span and span.start and span.end and span.start != span.end for span in spans):
        return False
    rest = value.text
    for part in value.parts:
        rest = rest.replace(part.text.strip(), "", 1)
    return len(spans) > 1 and not rest.strip(_BETWEEN)


def _opening(value: Value) -> bool:
    """全年365天24小时, 每周6天，每天8小时: how long something is open, in smaller and smaller units."""
    spans = [part for part in value.parts if part.kind == "quantity" and (part.dimension or "").startswith("time")]
    sizes = [_SPANS.find((part.unit or "")[:1]) for part in spans]
    falling = all(one > next_ >= 0 for one, next_ in pairwise(sizes))
    others = [part.text.strip() for part in value.parts if part not in spans]
    return len(sizes) > 1 and falling and set(others) <= _ALL_OF_IT


def _by_columns(ctx: EntryContext) -> bool:
    """A matrix with a column for each place: the reader put the columns into one text, with the row's sign."""
    told = ctx.indicator.columns.items()
    cells = {_SIGNS.sub("", squash(f"{label}{text}")) for label, text in told if text.strip()}
    parts = [_SIGNS.sub("", squash(part)) for part in re.split("[；;]", ctx.entry.text) if part.strip()]
    return len(parts) > 1 and all(part in cells for part in parts)


def _clauses(ctx: EntryContext) -> list[str]:
    """The parts of a compound with the nouns before them, where the text divides into as many."""
    said = [part.strip() for part in re.split("[、,，;；。]", ctx.entry.text) if part.strip()]
    parts = [part.text.strip() for part in ctx.value.parts]
    return said if len(said) == len(parts) else parts
