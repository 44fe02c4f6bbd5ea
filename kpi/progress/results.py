"""The parts of an evaluation: the points of one row, those of the execution, and the total. Frozen data."""

from decimal import Decimal
from typing import NamedTuple

from kpi.model import Indicator
from kpi.progress.direction import Direction
from kpi.progress.points import CENT, HUNDRED
from kpi.progress.rowscore import RowScore

_ZERO = Decimal(0)


class RowResult(NamedTuple):
    """One indicator. `target`: what it was scored against; `declared`: that of the target form, where it has another
    one; `way`: what became of that. `weight`: None where the form has none. `stated`: the points as printed.

    `reason`: None where the form has no place for one. `explained`: the reason says something.
    """

    indicator: Indicator
    target: str
    actual: str | None
    weight: Decimal | None
    stated: Decimal | None
    score: RowScore
    needs_reason: bool
    reason: str | None
    explained: bool
    message: str
    declared: Indicator | None = None
    way: Direction | None = None

    @property
    def wanted(self) -> bool:
        """Whether an explanation is due and not given."""
        return self.needs_reason and not self.explained

    @property
    def judged(self) -> bool:
        """Whether the stated points are a judgement that the row leaves to people."""
        score, stated = self.score, self.stated
        fits = stated is not None and score.low <= stated <= score.high
        return fits and not (score.blank or score.wrong or score.outside or self.unmet_in_full)

    @property
    def unreadable(self) -> bool:
        """Whether what was achieved tells no points at all; what is late or done in part people can judge."""
        score, told = self.score, bool(self.actual) and not self.score.blank
        return told and score.method == "unscored" and (score.met is None or score.wrong)

    @property
    def unmet_in_full(self) -> bool:
        """Whether the form states all points for what it says itself was not reached, only people know how far. What
        came late may be worth them."""
        score, stated, weight = self.score, self.stated, self.weight
        short = score.met is False and score.score is None and not (score.late or score.outside)
        return bool(short and stated is not None and weight and stated >= weight)

    def over_weight(self, tolerance: Decimal = CENT) -> bool:
        """Whether the form states points that no row of this weight can have."""
        stated, weight = self.stated, self.weight
        return stated is not None and weight is not None and (stated > weight + tolerance or stated < 0)

    def differs(self, tolerance: Decimal = CENT) -> bool:
        """Whether the stated points are wrong, however the target is read; `tolerance`: what two ways of rounding may
        differ by."""
        stated, due = self.stated, self.score.score
        if stated is None or self.weight is None:
            return False
        if self.over_weight(tolerance) or self.unmet_in_full:
            return True
        if due is None or self.score.method == "graded" or self.score.met is None:
            return False
        return all(abs(stated - fair) > tolerance for fair in (due, *self.score.fair))

    @property
    def slip(self) -> Decimal:
        """By how much the stated points are more than those due, where no fair reading gives them."""
        stated, due = self.stated, self.score.score
        if stated is None or due is None or self.weight is None or stated in self.score.fair:
            return _ZERO
        return stated - due


class ExecutionResult(NamedTuple):
    """`rate`: per cent, None where there is no budget or no figure; `points`: what it may count, None where nothing;
    `doubt`: why the figures cannot be used, a clause."""

    budget: Decimal | None
    spent: Decimal | None
    rate: Decimal | None
    points: Decimal | None
    score: Decimal | None
    stated: Decimal | None
    stated_rate: Decimal | None
    no_budget: bool = False
    doubt: str = ""

    @property
    def over(self) -> bool:
        """Whether more was spent than the budget holds."""
        return self.rate is not None and self.rate > HUNDRED

    @property
    def slip(self) -> Decimal:
        """By how much the stated points are more than those due."""
        return _ZERO if self.stated is None or self.score is None else self.stated - self.score


class Total(NamedTuple):
    """The sum lies between `low` and `high`; `score`: where both are one. `full`: the points of all rows and of the
    execution. `unscaled`: the plain sum where the budget is nought and the total is scaled up. Grades are drawn for 100
    points: a form of more (its own scheme, or weights that do not add up) has none, ""."""

    low: Decimal
    high: Decimal
    full: Decimal
    grade_low: str
    grade_high: str
    unscaled: Decimal | None = None

    @property
    def score(self) -> Decimal | None:
        return self.low if self.low == self.high else None

    @property
    def grade(self) -> str | None:
        return self.grade_low or None if self.grade_low == self.grade_high else None
