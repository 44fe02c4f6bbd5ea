"""The rate that a goal promises for what a row measures, so that a rewrite of the row does not contradict the goal."""

from kpi.rules.context import EntryContext
from kpi.rules.pairing import GOALS, Claim, about, claims, goal_half, measure, same_thing, satisfaction
from kpi.rules.text import core, number
from kpi.values import Value, parse

_FILLER = "object-filler"  # the list by which TXT002 tells things apart
_ANY_RATE = parse("≥90%")


def promised_rate(ctx: EntryContext) -> tuple[str, str]:
    """The row's target as its goal states it, and which goal: (≥88%, 年度目标); "", "" where no goal or several do."""
    table = ctx.form.table
    found = [claim for claim in claims(table) if goal_half(table, claim.half) == ctx.half and _exact_rate(claim.value)]
    if not found:
        return "", ""
    filler = ctx.form.words.get(_FILLER, frozenset())
    row = ctx._replace(value=_ANY_RATE)
    same = [claim for claim in found if same_thing(claim, row, filler)] or _alone(found, row, filler)
    figures = {claim.value.figure for claim in same}
    figure = figures.pop() if len(figures) == 1 else None
    if figure is None:
        return "", ""
    return f"{'=' if figure == 100 else '≥'}{number(figure)}%", GOALS[same[0].half]


def _exact_rate(value: Value) -> bool:
    return value.dimension == "ratio" and not value.approximate and value.figure is not None and value.figure <= 100


def _alone(found: list[Claim], row: EntryContext, filler: frozenset[str]) -> list[Claim]:
    """The only figure of this rate, or of satisfaction, that the goal has."""
    if satisfaction(row.indicator):
        some = [claim for claim in found if claim.satisfaction]
    else:
        rate = measure(core(row.indicator.name))
        some = [claim for claim in found if rate and not claim.satisfaction and measure(about(claim, filler)) == rate]
    return some if len(some) == 1 else []
