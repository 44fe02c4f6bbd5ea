"""Interval algebra on values. Answers are True, False or None: unlike things compare to unknown, never to false."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from kpi.values.units import Unit, unit_of
from kpi.values.value import Bound, DateSpan, Value

_WAN = Decimal(10_000)


class End(NamedTuple):
    """An end of an interval in the base of its unit."""

    value: Fraction
    inclusive: bool


Interval = tuple[End | None, End | None]


def _unit(value: Value) -> Unit | None:
    return unit_of(value.unit, value.dimension) if value.unit else None


def comparable(a: Value, b: Value) -> bool | None:
    """True where two figures can be held against each other, False where dimensions differ, None where unknown."""
    if a.kind != "quantity" or b.kind != "quantity":
        return None
    left, right = _unit(a), _unit(b)
    if left is None and right is None:
        return a.dimension == b.dimension or None
    if left is None or right is None:
        return None
    if left.base == right.base:
        return True
    if left.dimension is None or right.dimension is None or left.dimension == right.dimension:
        return None
    return False


def _in_base(value: Value) -> Interval:
    unit = _unit(value)
    factor = unit.factor if unit else Fraction(1)

    def move(bound: Bound | None) -> End | None:
        return End(Fraction(bound.value) * factor, bound.inclusive) if bound else None

    return move(value.lower), move(value.upper)


def _reaches(outer: End | None, inner: End | None, sign: int) -> bool:
    """Whether the inner interval's end is within the outer's; `sign` is 1 at the lower end, -1 at the upper."""
    if outer is None:
        return True
    if inner is None:
        return False
    distance = (inner.value - outer.value) * sign
    return distance > 0 or (distance == 0 and (outer.inclusive or not inner.inclusive))


def _within(outer: Interval, inner: Interval) -> bool:
    return _reaches(outer[0], inner[0], 1) and _reaches(outer[1], inner[1], -1)


def _dates(a: DateSpan | None, b: DateSpan | None) -> bool | None:
    """Whether the stretch a holds the stretch b; open years compare with open years only."""
    if a is None or b is None:
        return None
    if not ((a.start or a.end) and (b.start or b.end)):
        return True if a.named and a.named == b.named else None
    ends = [end for end in (a.start, a.end, b.start, b.end) if end]
    if len({end.startswith("--") for end in ends}) > 1:
        return None
    after = a.start is None or (b.start is not None and b.start >= a.start)
    before = a.end is None or (b.end is not None and b.end <= a.end)
    return after and before


def contains(a: Value, b: Value) -> bool | None:
    """Whether everything that b accepts is accepted by a ("≥90%" contains "≥95%")."""
    if a.kind == b.kind == "date":
        return _dates(a.date, b.date)
    return _within(_in_base(a), _in_base(b)) if comparable(a, b) else None


def same(a: Value, b: Value) -> bool:
    """The same reading, in whatever notation; no sign and "=" are the same."""
    if a.kind != b.kind:
        return False
    if a.kind == "quantity":
        return bool(comparable(a, b)) and _in_base(a) == _in_base(b) and a.approximate == b.approximate
    if a.kind == "date" and a.date and b.date:
        known = (a.date.start, a.date.end)
        return known == (b.date.start, b.date.end) and (known != (None, None) or a.date.named == b.date.named)
    if a.kind == "compound":
        return len(a.parts) == len(b.parts) and all(same(x, y) for x, y in zip(a.parts, b.parts, strict=True))
    if a.kind == "reference" and a.reference:
        return (a.comparator, a.reference) == (b.comparator, b.reference)
    return "".join(a.text.split()) == "".join(b.text.split())


def achieved_by(target: Value, actual: Value) -> bool | None:
    """Whether an actual value meets a target; None where they do not compare or the target shows no direction."""
    if target.kind == actual.kind == "date":
        wanted, done = target.date, actual.date
        if wanted and done and wanted.end and done.end and wanted.end.startswith("--") == done.end.startswith("--"):
            return done.end <= wanted.end
        return None
    if not comparable(target, actual):
        return None
    met = _within(_in_base(target), _in_base(actual))
    return None if target.comparator is None and not met else met


def ratio(a: Value, b: Value) -> Decimal | None:
    """The figure of a over that of b; None for ranges, unlike dimensions and nought."""
    if not comparable(a, b):
        return None
    left, right = a.figure, b.figure
    if left is None or not right:
        return None
    one, other = _unit(a), _unit(b)
    if one is None or other is None or one.factor == other.factor:
        return left / right
    share = Fraction(left) / Fraction(right) * one.factor / other.factor
    return Decimal(share.numerator) / share.denominator


def wan_apart(a: Value, b: Value) -> bool:
    """Whether two are one number and one of them has a 万 more: 52万亩 and 52亩."""
    return ratio(a, b) in (_WAN, 1 / _WAN)
