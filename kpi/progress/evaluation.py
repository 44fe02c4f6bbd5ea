"""What a self-evaluation comes to: the points of every row, the total and the grade, beside what the form states.
Frozen data; how it is worked out stands in `evaluate`."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from kpi.model import Document, Indicator, TargetTable
from kpi.progress.points import CENT, HUNDRED, points_of
from kpi.progress.results import ExecutionResult, RowResult, Total
from kpi.progress.scheme import Scheme

_ZERO = Decimal(0)
_FINE = Decimal("1E-12")  # of thirds only so much is exact
EXECUTION = -1  # stands for the row of the money among the numbers of rows
WeightsFrom = Literal["", "form", "list", "usual"]


def is_evaluated(table: TargetTable) -> bool:
    """Whether a form tells itself what was achieved."""
    return any((one.actual is not None and one.actual.text.strip()) or one.score for one in table.indicators)


def partly_read(document: Document, table: TargetTable) -> bool:
    """Whether something that may be of a form could not be read."""
    return any(one.project in (None, table.project) for one in document.unread)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One form. `counted`: the rows that add up to its total (of a row and its parts the parts). `stated_sum`: of
    the points that the form states row by row, None where one is missing; `stated_rows`: without the execution.
    `total`: None where the form has no weights. `achievement`: Σ score ÷ Σ weight, per cent.

    `weights_from`: the form, the list of actual values, or the usual weights of the profile, which nobody agreed to:
    what they give is a trial. "" where there are none.

    `declared`: the target form that it was held against, `declared_in` its file; `missing`: its indicators that this
    form leaves out; `near`: those with the name of a row that is like theirs, for people to settle. `actual_in`:
    another file that tells the actual values. `complete`: nothing of the form seems to have been left out; `unread`:
    something that may be of it could not be read.
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
    near: tuple[tuple[Indicator, str], ...] = ()
    weights_from: WeightsFrom = ""
    complete: bool = True
    unread: bool = False
    counted: tuple[RowResult, ...] = ()

    def awaits(self, row: RowResult) -> bool:
        """Whether a reason is to be written into the row: not where the form has no place for one. What is made of a
        list is still to be filled in."""
        return row.wanted and (row.reason is not None or self.actual_in is not None)

    @property
    def unscored(self) -> int:
        """How many rows lack the points that the form states elsewhere. None where the others add up to its total: they
        have theirs in another cell."""
        total, own = self.printed_total, [row.stated for row in self.counted if row.stated is not None]
        if self.actual_in is not None or (total is None and not own):
            return 0
        sums = (sum(own, _ZERO), sum(own, self.execution.stated or _ZERO))
        if own and total in sums:
            return 0
        plain = all(row.weight is None for row in self.counted)
        return sum(row.stated is None and bool(plain or row.weight) for row in self.counted)

    @property
    def as_stated(self) -> Decimal | None:
        """The total with the form's own points where only people can score (late, done in part); None where there is
        nothing of the kind, or something else is open, too."""
        total, money = self.total, self.execution
        open_ = [row for row in self.counted if row.weight and row.score.score is None]
        if total is None or total.unscaled is not None or not open_ or (money.points and money.score is None):
            return None
        own = [row.stated for row in open_ if row.stated is not None and row.judged]
        if len(own) < len(open_):
            return None
        return total.low + sum(own, _ZERO) - sum((row.score.low for row in open_), _ZERO)

    @property
    def trial(self) -> bool:
        """Whether the points stand on weights that nobody agreed to."""
        return self.weights_from == "usual"

    @property
    def gap(self) -> Decimal | None:
        """Points that achievement and execution lie apart; negative where the money ran ahead. Of a budget no more than
        all can be executed."""
        rate = self.execution.rate
        if self.achievement is None or rate is None:
            return None
        return (self.achievement - min(rate, HUNDRED)).quantize(_FINE)

    @property
    def own_points(self) -> int:
        """Of how many rows the achievement counts the points that the form states, as no figure tells them."""
        return sum(
            bool(row.weight) and row.stated is not None and (row.score.score is None or row.score.method == "graded")
            for row in self.rows
        )

    @property
    def left_out(self) -> tuple[Indicator, ...]:
        """What was declared and is not evaluated; what is alike to a row is another question."""
        alike = {id(one) for one, _ in self.near}
        return tuple(one for one in self.missing if id(one) not in alike and not self.table.cut)

    @property
    def brought_in(self) -> tuple[RowResult, ...]:
        """Rows with points that were not declared."""
        known = {name for _, name in self.near} | {row.indicator.parent for row in self.rows}
        whole = self.declared is not None and not self.declared.cut
        return tuple(
            row for row in self.rows
            if whole and row.declared is None and (row.weight or row.stated) and row.indicator.name not in known
        )  # fmt: skip

    def wrong(self, tolerance: Decimal = CENT) -> frozenset[int]:
        """The rows whose stated points are wrong, by their numbers, and EXECUTION where the money's are."""
        rows = {number for number, row in enumerate(self.rows) if row.differs(tolerance)}
        money = {EXECUTION} if abs(self.execution.slip) > tolerance else set()
        return frozenset(rows | money) | self.edges(tolerance)

    def edges(self, tolerance: Decimal = CENT) -> frozenset[int]:
        """Those whose small differences, taken together, make another grade."""
        total = self.total
        if total is None or total.grade is None or total.score is None or total.unscaled is not None or self.trial:
            return frozenset()
        slips = {number: row.slip for number, row in enumerate(self.rows)} | {EXECUTION: self.execution.slip}
        small = {number: slip for number, slip in slips.items() if 0 < abs(slip) <= tolerance}
        stated = total.score + sum(small.values(), _ZERO)
        return frozenset(small) if self.scheme.grade(stated) != total.grade else frozenset()

    @property
    def printed_total(self) -> Decimal | None:
        """The total that the form states."""
        return points_of(self.table.stated.score) if self.table.stated else None

    @property
    def printed_full(self) -> Decimal | None:
        """Out of how many points, as the form says."""
        return points_of(self.table.stated.full) if self.table.stated else None

    @property
    def whole(self) -> bool:
        """Whether the points that were read are all that the form prints beside its full marks: what is missing of them
        may not have been read, as the execution's often are not."""
        full, total = self.printed_full, self.total
        if full is None or total is None or not self.complete or self.unread:
            return False
        ten = self.scheme.execution_points
        return self.execution.points is not None or full - total.full not in (ten, 2 * ten)

    @property
    def blank_span(self) -> tuple[Decimal, Decimal] | None:
        """Between which the total of a form lies that leaves points blank, by those that it states and the recomputed
        ones. None of other forms, and where it may add up something else."""
        total, full = self.total, self.printed_full or HUNDRED
        blank = [row.indicator.score for row in self.counted if row.stated is None and row.weight]
        fits = total is not None and total.unscaled is None and not self.trial and full in (total.full, self.alone)
        if not self.unscored or None in blank or not self.complete or not fits:
            return None
        low = high = _ZERO
        for row in self.counted:
            either = [row.score.low, row.score.high, *row.score.fair, *([] if row.stated is None else [row.stated])]
            low, high = low + min(either), high + max(either)
        money = self.execution
        most = money.points or _ZERO
        points = [_ZERO, most] if money.score is None else [money.score, money.stated or money.score]
        if full != self.alone:
            low += min(points)
        return low, high + max(points)

    @property
    def alone(self) -> Decimal | None:
        """The points of the indicators alone."""
        return None if self.total is None else self.total.full - (self.execution.points or _ZERO)

    @property
    def sums(self) -> tuple[Decimal, ...]:
        """What the form's total may be by the points that it states itself: with the execution's, and without where its
        full marks leave them out, too. () unless the rows that were read are all that it adds up: they make up its full
        marks, or would, were these right."""
        full = self.printed_full
        if not self.complete or self.table.stated is None:
            return ()
        if self.total is None:  # the form gives points, and does not say out of how many
            own = (self.stated_sum, self.stated_rows if (self.stated_sum or _ZERO) > HUNDRED else None)
            whole = self.execution.points is not None and full in (None, HUNDRED)
            return tuple(one for one in own if one is not None) if whole else ()
        if self.total.full not in ((full,) if full is not None else (HUNDRED,)) and self.alone != full:
            either = (self.stated_sum, self.stated_rows) if self.whole else ()
            return tuple(one for one in either if one is not None)
        rows = self.stated_rows if full is not None and full == self.alone else None
        return tuple(one for one in (self.stated_sum, rows) if one is not None)

    def misadded(self, total: Decimal, tolerance: Decimal = CENT) -> bool:
        """Whether a total is none of the form's own sums, or a hair off and of another grade than they."""
        far = all(abs(total - one) > tolerance for one in self.sums)
        return bool(self.sums) and (far or self.grades_apart(total))

    def grades_apart(self, total: Decimal) -> bool:
        """Whether a total has another grade than each of the form's own sums."""
        return bool(self.sums) and all(self.scheme.grade(one) != self.scheme.grade(total) for one in self.sums)

    def total_differs(self, tolerance: Decimal = CENT) -> bool:
        """Whether the form's total is wrong: it adds up what it should not, or other sums than its own points give. Of
        points that are all fair the sum is, whatever the recomputed one is."""
        stated = self.printed_total
        if stated is None:
            return False
        if self.sums and (self.misadded(stated, tolerance) or not self.wrong(tolerance)):
            return self.misadded(stated, tolerance)
        made = self.total.score if self.total else None
        return made is not None and abs(stated - made) > tolerance
