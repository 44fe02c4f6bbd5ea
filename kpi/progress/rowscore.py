"""What the scoring of one row gives, and how it is told. Frozen data."""

from decimal import Decimal
from typing import Literal, NamedTuple

from kpi.model import Indicator
from kpi.progress.points import cents
from kpi.progress.scheme import Band

Method = Literal["full", "proportional", "inverse", "linear", "zero", "graded", "deadline", "unscored"]
_ZERO = Decimal(0)
_LATE = "晚于期限完成，扣多少分由评价人定"


class RowScore(NamedTuple):
    """`score`: None where only a person can tell; it then lies between `low` and `high`.

    `met`: whether the target is met. `over`: more than an "=" or a range asks for. `far`: so far above the target that
    it needs an explanation. `band`: the degree that a qualitative actual value claims; `outside`: the stated score does
    not lie in it. `fair`: other scores that a fair reading of the target gives. `wrong`: the actual value
    is of another kind than the target. `why`: one clause for a row that cannot be scored, or was by words alone.
    """

    method: Method
    score: Decimal | None
    low: Decimal
    high: Decimal
    met: bool | None = None
    achievement: Decimal | None = None
    over: bool = False
    far: bool = False
    band: Band | None = None
    outside: bool = False
    late: bool = False
    fair: tuple[Decimal, ...] = ()
    wrong: bool = False
    blank: bool = False
    why: str = ""


class Row(NamedTuple):
    """What a form says of one indicator: target, actual value as printed, the points it may get and those stated."""

    indicator: Indicator
    target: str
    actual: str | None
    weight: Decimal
    stated: Decimal | None = None


def in_full(weight: Decimal, method: Method = "full") -> RowScore:
    """All points."""
    full = cents(weight)
    return RowScore(method, full, full, full, met=True)


def left_open(weight: Decimal, why: str) -> RowScore:
    """Anything between nothing and all points."""
    return RowScore("unscored", None, _ZERO, weight, why=why)


def done_late(weight: Decimal) -> RowScore:
    """How much a late one is worth is for people to say."""
    return RowScore("deadline", None, _ZERO, weight, met=False, late=True, why=_LATE)
