"""What a row says: the clauses of its name, whether that asks for a figure, whether words are all that answers it."""

import re

from kpi.names.clean import clean
from kpi.rules.checks.rows import PROSE
from kpi.rules.context import IndicatorContext

#: how often something is done
TURNS = "[每按逐](?:日|天|周|旬|月|季度?|半年|年|学期)"
_CLAUSES = re.compile(r"[，,；;。]+")


def prose_only(ctx: IndicatorContext) -> bool:
    """Whether no half of the row states a figure or a date."""
    return all(entry.value.kind in PROSE and not any(map(str.isdigit, entry.entry.text)) for entry in ctx.entries)


def clauses(ctx: IndicatorContext) -> list[str]:
    """The clauses of a name, at least one."""
    return [part for part in _CLAUSES.split(clean(ctx.indicator.name).core) if part.strip()] or [""]


def asks_figure(ctx: IndicatorContext) -> bool:
    """Whether the name asks for a figure of any kind."""
    return ctx.asks.asks is not None


def filled(ctx: IndicatorContext) -> bool:
    """Whether a half of the row has a value."""
    return any(entry.value.kind != "empty" for entry in ctx.entries)
