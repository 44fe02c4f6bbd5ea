"""A review before anybody shows it. Frozen data; points are Decimal with two decimals at most."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

from kpi.model import Location, TargetTable
from kpi.rules.finding import Finding
from kpi.scoring.keys import Key

JudgedBy = Literal["machine", "both", "reviewer"]
Decider = Literal["machine", "reviewer", "open"]
Spared = Literal["", "rule", "item"]
_CENT = Decimal("0.01")


def cents(points: Decimal) -> Decimal:
    """Half up to two decimals."""
    return points.quantize(_CENT, ROUND_HALF_UP)


class Range(NamedTuple):
    """What may still come out: equal ends where it is settled."""

    low: Decimal
    high: Decimal

    @property
    def settled(self) -> bool:
        return self.low == self.high


class Quote(NamedTuple):
    """What a form says where an open item is to be judged; `text` is "" where it has the field and left it blank."""

    label: str
    text: str
    location: Location


class Deduction(NamedTuple):
    """Points that a finding costs. `share`: per cent of the item that its severity asks for. `spared`: why it costs
    less: its "rule" has been counted often enough, or nothing is left of the "item"."""

    points: Decimal
    share: Decimal
    finding: Finding
    spared: Spared = ""


class Judgement(NamedTuple):
    """What a reviewer wrote beside an item. `points` is None where only words were written."""

    points: Decimal | None
    words: str
    by: str


@dataclass(frozen=True, slots=True)
class ItemReview:
    """One item of the table. `machine`: the range as the machine leaves it; `judgement`: what a reviewer said;
    `open`: a reviewer has to look, even where deductions have left nothing to give."""

    dimension: str
    item: str
    points: Decimal
    judged_by: JudgedBy
    machine: Range
    point: str  # what the item looks at (审核要点)
    deductions: tuple[Deduction, ...] = ()
    questions: tuple[str, ...] = ()
    evidence: tuple[Quote, ...] = ()
    judgement: Judgement | None = None
    open: bool = False

    @property
    def range(self) -> Range:
        """With the reviewer's points, which override."""
        if self.judgement is None or self.judgement.points is None:
            return self.machine
        return Range(self.judgement.points, self.judgement.points)

    @property
    def decided_by(self) -> Decider:
        if self.judgement is not None and self.judgement.points is not None:
            return "reviewer"
        return "open" if self.open else "machine"

    @property
    def lost(self) -> Decimal:
        return sum((deduction.points for deduction in self.deductions), Decimal(0))


@dataclass(frozen=True, slots=True)
class Review:
    """One form. `key` names it in a workbook; `grades`: lowest points of each grade, the best first; `notes`: what was
    not read, not checked or set aside, one Chinese sentence each; `reviewer`, `reviewed_on`: who signed and when, as
    written."""

    key: Key
    document: str
    form: int
    table: TargetTable
    profile: str
    items: tuple[ItemReview, ...]
    grades: tuple[tuple[str, Decimal], ...]
    consequences: tuple[tuple[str, str], ...]
    notes: tuple[str, ...] = ()
    trial: tuple[Finding, ...] = ()  # deduct nothing
    reviewer: str = ""
    reviewed_on: str = ""

    @property
    def project(self) -> str:
        return self.table.project

    @property
    def department(self) -> str:
        """Who answers for the project: "" where the form does not say."""
        return (self.table.department or self.table.unit or "").strip()

    @property
    def score(self) -> Range:
        return total(item.range for item in self.items)

    @property
    def machine(self) -> Range:
        """The score without what a reviewer said."""
        return total(item.machine for item in self.items)

    @property
    def settled(self) -> Range:
        """Of the points of all items that are decided: how many were given (low), how many there are (high)."""
        decided = [item for item in self.items if item.decided_by != "open"]
        zero = Decimal(0)
        return Range(sum((item.range.low for item in decided), zero), sum((item.points for item in decided), zero))

    @property
    def begun(self) -> bool:
        """Whether a reviewer has settled anything."""
        return any(item.decided_by == "reviewer" for item in self.items)

    @property
    def left(self) -> int:
        """How many items are still open."""
        return sum(item.decided_by == "open" for item in self.items)

    @property
    def finished(self) -> bool:
        """Whether nothing is left open: only then is the score one, and not just what may still come out."""
        return not self.left

    @property
    def grade(self) -> tuple[str, str]:
        """The grades of both ends of the score."""
        return self.grade_of(self.score.low), self.grade_of(self.score.high)

    def grade_of(self, points: Decimal) -> str:
        """A boundary belongs to the upper grade; the total is rounded first."""
        return next(grade for grade, least in self.grades if cents(points) >= least)

    @property
    def consequence(self) -> str:
        """What the grade leads to; both ends where it is not settled."""
        low, high = self.grade
        said = dict(self.consequences)
        if low == high:
            return f"“{low}”：{said[low]}。"
        return f"等次要等审核人判完才能定：最好为“{high}”，{said[high]}；最差为“{low}”，{said[low]}。"

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What deductions were made for, item by item."""
        return tuple(deduction.finding for item in self.items for deduction in item.deductions)


def total(ranges: Iterable[Range]) -> Range:
    known = tuple(ranges)
    zero = Decimal(0)
    return Range(sum((one.low for one in known), zero), sum((one.high for one in known), zero))
