"""Many reviews side by side: ranking, departments, distribution, frequent defects, what stands out."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from kpi.rules.finding import Finding
from kpi.rules.offices import office
from kpi.scoring.counted import Aside, apart
from kpi.scoring.result import Range, Review, cents
from kpi.scoring.scheme import BatchFigures

NO_DEPARTMENT = "（未填主管部门）"
_BAND = 10


class Ranked(NamedTuple):
    """`rank`: 1 for the best of those that are judged, or of those that are not; equal ones share a rank.
    `of_department`: the same among its department's."""

    rank: int
    of_department: int
    review: Review

    @property
    def judged(self) -> bool:
        return self.review.finished


class Department(NamedTuple):
    """`mean`: of both ends of the scores. `grades`: how many projects may at best reach each grade, the best first."""

    name: str
    projects: int
    mean: Range
    worst: Review
    grades: tuple[tuple[str, int], ...]
    findings: int


class Band(NamedTuple):
    """How many projects have their highest (lowest) possible score in [start, end); the last band takes its end in."""

    start: int
    end: int
    high: int
    low: int

    @property
    def label(self) -> str:
        return f"{self.start}–{self.end}"


class Defect(NamedTuple):
    """One rule over all projects. `lost`: points that it cost; `sample`: the finding to show."""

    rule: str
    title: str
    findings: int
    projects: int
    lost: Decimal
    sample: Finding


class Outlier(NamedTuple):
    """A project far from the middle half of all. `fence`: the score that it is beyond; `median` and `usual`: of all,
    and between which the middle half of them lies."""

    review: Review
    fence: Decimal
    below: bool
    median: Decimal
    usual: Range


@dataclass(frozen=True, slots=True)
class Batch:
    """`aside`: what counts in none of the rest."""

    ranking: tuple[Ranked, ...]
    departments: tuple[Department, ...]
    bands: tuple[Band, ...]
    defects: tuple[Defect, ...]
    outliers: tuple[Outlier, ...]
    mean: Range
    aside: tuple[Aside, ...] = ()


def batch(reviews: Sequence[Review], figures: BatchFigures) -> Batch:
    """Judged projects first, by their score; then the others by what the machine leaves them at best, then at least:
    what a reviewer has judged so far moves none of them, as it would take from what they may still reach."""
    counted, aside = apart(reviews)
    order = sorted(counted, key=lambda one: (not one.finished, *(-points for points in reversed(standing(one)))))
    judged, still = ([one for one in order if one.finished is finished] for finished in (True, False))
    ranks = _ranks(order, lambda _: "")
    within = _ranks(order, department_of)
    return Batch(
        tuple(map(Ranked, ranks, within, order)), _departments(order), _bands(counted),
        tuple(_defects(counted))[: figures.frequent],
        (*_outliers(judged, figures), *_outliers(still, figures)), _mean(counted), aside,
    )  # fmt: skip


def standing(review: Review) -> Range:
    """What a review is ranked by."""
    return review.score if review.finished else review.machine


def department_of(review: Review) -> str:
    return office(review.department) or NO_DEPARTMENT


def _ranks(order: Iterable[Review], group: Callable[[Review], str]) -> list[int]:
    seen: Counter[tuple[bool, str]] = Counter()
    last: dict[tuple[bool, str], tuple[Range, int]] = {}
    ranks = []
    for review in order:
        name = (review.finished, group(review))
        seen[name] += 1
        points, rank = last.get(name, (None, 0))
        if points != standing(review):
            rank = seen[name]
        last[name] = (standing(review), rank)
        ranks.append(rank)
    return ranks


def _departments(reviews: Iterable[Review]) -> tuple[Department, ...]:
    """In the order of the ranking: of several that are equally weak the first is named, as a workbook finds it."""
    groups: dict[str, list[Review]] = {}
    for review in reviews:
        groups.setdefault(department_of(review), []).append(review)
    made = [
        Department(
            name, len(own), _mean(own), min(own, key=lambda one: (one.score.high, one.score.low)),
            _grades(own), sum(len(review.findings) for review in own),
        )
        for name, own in groups.items()
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda one: (-one.mean.high, -one.mean.low, one.name)))


def _grades(reviews: Sequence[Review]) -> tuple[tuple[str, int], ...]:
    counted = Counter(review.grade[1] for review in reviews)
    names = dict.fromkeys(grade for review in reviews for grade, _ in review.grades)
    return tuple((name, counted[name]) for name in names)


def _mean(reviews: Sequence[Review]) -> Range:
    if not reviews:
        return Range(Decimal(0), Decimal(0))
    count = len(reviews)
    zero = Decimal(0)
    low, high = (sum((one.score[end] for one in reviews), zero) for end in (0, 1))
    return Range(cents(low / count), cents(high / count))


def _bands(reviews: Iterable[Review]) -> tuple[Band, ...]:
    highs, lows = Counter[int](), Counter[int]()
    for review in reviews:
        highs[_band(review.score.high)] += 1
        lows[_band(review.score.low)] += 1
    return tuple(Band(start, start + _BAND, highs[start], lows[start]) for start in range(0, 100, _BAND))


def _band(points: Decimal) -> int:
    return min(int(points) // _BAND * _BAND, 100 - _BAND)


def _defects(reviews: Iterable[Review]) -> Iterator[Defect]:
    """The rules that most projects offend against first."""
    found: dict[str, list[tuple[Review, Decimal, Finding]]] = {}
    for review in reviews:
        for item in review.items:
            for one in item.deductions:
                found.setdefault(one.finding.rule, []).append((review, one.points, one.finding))
    made = [
        Defect(
            rule, some[0][2].title, len(some), len({review.key for review, _, _ in some}),
            sum((points for _, points, _ in some), Decimal(0)), some[0][2],
        )
        for rule, some in found.items()
    ]  # fmt: skip
    yield from sorted(made, key=lambda one: (-one.projects, -one.findings, one.rule))


def _outliers(order: Sequence[Review], figures: BatchFigures) -> Iterator[Outlier]:
    """By the fences of quartiles of what they are ranked by, at best; too few projects have no middle half."""
    if len(order) < figures.least:
        return
    points = sorted(standing(review).high for review in order)
    lower, upper = _quantile(points, 1), _quantile(points, 3)
    reach = figures.spread * (upper - lower)
    below, above = cents(lower - reach), cents(upper + reach)
    middle = cents(_quantile(points, 2)), Range(cents(lower), cents(upper))
    for review in reversed(order):
        if standing(review).high < below:
            yield Outlier(review, below, True, *middle)
    for review in order:
        if standing(review).high > above:
            yield Outlier(review, above, False, *middle)


def _quantile(points: Sequence[Decimal], quarter: int) -> Decimal:
    """Between the two nearest, in proportion."""
    at, rest = divmod((len(points) - 1) * quarter, 4)
    if not rest:
        return points[at]
    return points[at] + (points[at + 1] - points[at]) * rest / 4
