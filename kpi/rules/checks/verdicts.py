"""How two figures about one thing disagree: they cannot both be meant, or one asks for more."""

from typing import Literal

from kpi.rules.pairing import equal
from kpi.values import Value, contains, ratio

Verdict = Literal["contradicts", "row-stricter"]


def verdict(goal: Value, row: Value) -> Verdict | None:
    """How two figures about one thing disagree. A bare figure is read as the bound that the other side states."""
    if goal.approximate or row.approximate or goal.figure is None or row.figure is None or equal(goal, row):
        return None
    up, down = (">=", ">"), ("<=", "<")
    quotient = ratio(goal, row)
    if quotient is None:
        return None
    if row.comparator in up and goal.comparator not in down:
        return "contradicts" if quotient > 1 else "row-stricter"
    if row.comparator in down and goal.comparator not in up:
        return "contradicts" if quotient < 1 else "row-stricter"
    if goal.comparator in (*up, *down) and row.point is not None:
        return "row-stricter" if contains(goal, row) else "contradicts"
    crossed = (goal.comparator in up) == (quotient < 1)
    return None if goal.comparator in (*up, *down) and crossed else "contradicts"
