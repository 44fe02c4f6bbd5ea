"""Figures that were worked out and not counted: what should be done by now, what the year comes to."""

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from kpi.progress.figures import rounded, workable
from kpi.progress.reading import with_unit
from kpi.values import Value

_HALF = Fraction(1, 2)
_TEN = 10


def about(
    figure: Decimal | Fraction | None, target: Value, *,
    sure: bool = False, beside: Decimal | Fraction | None = None,
) -> str:  # fmt: skip
    """A worked-out figure with the target's unit; 约 before it where it was rounded. Of what is counted one by one
    there are whole ones only: 约2栋 and not 1.74栋. `sure`: 约 in any case. `beside`: the figure that it is held
    against, to which no rounding may bring it: 约1.7台 beside 2台, 约12.1件 beside the limit of 12件."""
    if figure is None:
        return ""
    exact = Fraction(figure)
    prefix = "约" if sure else ""
    if not is_counted(target) or exact.denominator == 1 or exact < 0 or not workable(rounded(exact)):
        return prefix + with_unit(rounded(exact), target)
    if exact < 1:
        return f"不到{with_unit(Decimal(1), target)}"
    whole = int(exact + _HALF)
    if beside is None or _order(whole, beside) == _order(exact, beside):
        return f"约{with_unit(Decimal(whole), target)}"
    tenths = ceil(exact * _TEN) if exact > beside else floor(exact * _TEN)
    return f"约{with_unit(Decimal(tenths) / _TEN, target)}"


def _order(one: Fraction | int, other: Decimal | Fraction) -> int:
    return (one > other) - (one < other)


def is_counted(target: Value) -> bool:
    """Whether the target counts things: it has a unit of counting or none at all, and asks for whole ones."""
    edges = [bound.value for bound in (target.lower, target.upper) if bound is not None]
    counted = target.dimension == "count" or (target.dimension is None and target.unit is None)
    return counted and all(edge == edge.to_integral_value() for edge in edges if workable(edge))
