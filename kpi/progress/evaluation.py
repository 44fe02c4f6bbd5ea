"""What a self-evaluation comes to: the points of every row, the total and the grade, beside what the form states.
Frozen data; how it is worked out stands in `evaluate`."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from kpi.model import Indicator, TargetTable
from kpi.progress.direction import Direction
from kpi.progress.scheme import Scheme
from kpi.progress.scores import RowScore

_FINE = Decimal("1E-12")  # of thirds only so much is exact
WeightsFrom = Literal["", "form", "list", "usual"]


class RowResult(NamedTuple):
    """One indicator. `target`: what it was scored against; `declared`: that of the target form, where it has another
    one; `way`: what became of that. `weight`: None where the form has none. `stated`: the points as printed.

    `reason`: None where the form has no such column. `explained`: the reason says something.
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


class ExecutionResult(NamedTuple):
    """`rate`: per cent, None where there is no budget or no figure; `points`: what it may count, None where nothing."""

    budget: Decimal | None
    spent: Decimal | None
    rate: Decimal | None
    points: Decimal | None
    score: Decimal | None
    stated: Decimal | None
    stated_rate: Decimal | None
    no_budget: bool = False


class Total(NamedTuple):
    """The sum lies between `low` and `high`; `score`: where both are one. `full`: the points of all rows and of the
    execution. `unscaled`: the plain sum where the budget is nought and the total is scaled up. Grades are drawn for 100
    points: a form of more (its own scheme, or weights that do not add up) has none, "". `trial`: it stands on the
    usual weights, which nobody agreed to."""

    low: Decimal
    high: Decimal
    full: Decimal
    grade_low: str
    grade_high: str
    unscaled: Decimal | None = None
    trial: bool = False

    @property
    def score(self) -> Decimal | None:
        return self.low if self.low == self.high else None

    @property
    def grade(self) -> str | None:
        return self.grade_low or None if self.grade_low == self.grade_high else None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One form. `stated_sum`: of the points that the form states row by row, None where one is missing; `stated_rows`:
    without the execution. `total`: None where the form has no weights. `achievement`: Σ score ÷ Σ weight, per cent.

    `weights_from`: the form, the list of actual values, or the usual weights of the profile, which nobody agreed to:
    what they give is a trial. "" where there are none.

    `declared`: the target form that it was held against, `declared_in` its file; `missing`: its indicators that this
    form leaves out. `actual_in`: another file that tells the actual values. `complete`: nothing of the form seems to
    have been left unread.
    """

    table: TargetTable
    rows: tuple[RowResult, ...]
    execution: ExecutionResult
    total: Total | None
    stated_sum: Decimal | None
    stated_rows: Decimal | None
    achievement: Decimal | None
    scheme: Scheme
    declared: TargetTable | None = None
    declared_in: str | None = None
    actual_in: str | None = None
    missing: tuple[Indicator, ...] = ()
    weights_from: WeightsFrom = ""
    complete: bool = True

    @property
    def trial(self) -> bool:
        """Whether the points stand on weights that nobody agreed to."""
        return self.weights_from == "usual"

    @property
    def gap(self) -> Decimal | None:
        """Points that achievement and execution lie apart; negative where the money ran ahead."""
        rate = self.execution.rate
        return None if self.achievement is None or rate is None else (self.achievement - rate).quantize(_FINE)
