"""Figures that were worked out and not counted: what should be done by now, what the year comes to."""

from decimal import Decimal
from fractions import Fraction
from math import ceil

from kpi.progress.figures import rounded, workable
from kpi.progress.reading import with_unit
from kpi.values import Value

_HALF = Fraction(1, 2)


def about(figure: Decimal | Fraction | None, target: Value, *, sure: bool = False, up: bool = False) -> str:
    """A worked-out figure with the target's unit; 约 before it where it was rounded. Of what is counted one by one
    there are whole ones only: 约2栋 and not 1.74栋. `sure`: 约 in any case; `up`: no less than the figure."""
    if figure is None:
        return ""
    exact = Fraction(figure)
    prefix = "约" if sure else ""
    if not is_counted(target) or exact.denominator == 1 or exact < 0 or not workable(rounded(exact)):
        return prefix + with_unit(rounded(exact), target)
    if exact < 1 and not up:
        return f"不到{with_unit(Decimal(1), target)}"
    return f"约{with_unit(Decimal(ceil(exact) if up else int(exact + _HALF)), target)}"


def is_counted(target: Value) -> bool:
    """Whether the target counts things: it has a unit of counting or none at all, and asks for whole ones."""
    edges = [bound.value for bound in (target.lower, target.upper) if bound is not None]
    counted = target.dimension == "count" or (target.dimension is None and target.unit is None)
    return counted and all(edge == edge.to_integral_value() for edge in edges if workable(edge))
