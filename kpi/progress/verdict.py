"""A light with the figures behind it."""

from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from kpi.progress.figures import rounded

Light = Literal["green", "yellow", "red", "blue", "grey"]
SURE = Fraction(100)  # `likely` of what is reached already


class Verdict(NamedTuple):
    """Figures in the target's base unit, shares of 100. `likely`: the exact forecast as a share of what the target asks
    for, by which the outlook is suggested. `problem`: grey because of what was written as actual value. `pending`: the
    day that it is due is still to come."""

    light: Light
    expected: Decimal | None = None
    progress: Decimal | None = None
    achievement: Decimal | None = None
    forecast: Decimal | None = None
    likely: Fraction | None = None
    message: str = ""
    problem: bool = False
    pending: bool = False


def grey(why: str, *, problem: bool = True) -> Verdict:
    return Verdict("grey", message=why, problem=problem)


def band(share: Fraction, bands: tuple[Decimal, Decimal, Decimal]) -> Light:
    """The light of a share of 100, as it is printed: 59.995 is told as 60 and judged as 60."""
    low, middle, high = bands
    near = rounded(share)
    return "red" if near < low else "yellow" if near < middle else "blue" if near >= high else "green"
