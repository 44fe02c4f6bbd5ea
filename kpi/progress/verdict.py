"""A light with the figures behind it."""

from decimal import Decimal
from typing import Literal, NamedTuple

Light = Literal["green", "yellow", "red", "blue", "grey"]


class Verdict(NamedTuple):
    """Figures in the target's base unit, shares of 100. `likely`: the forecast as a share of what the target asks for,
    by which the outlook is suggested. `problem`: grey because of what was written as actual value. `pending`: the
    day that it is due is still to come."""

    light: Light
    expected: Decimal | None = None
    progress: Decimal | None = None
    achievement: Decimal | None = None
    forecast: Decimal | None = None
    likely: Decimal | None = None
    message: str = ""
    problem: bool = False
    pending: bool = False


def grey(why: str, *, problem: bool = True) -> Verdict:
    return Verdict("grey", message=why, problem=problem)
