"""How often a rule has been right on the labelled corpus: `rulesets/accuracy.yaml`, written by `make accuracy`."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import NamedTuple

from kpi.resources import data, folder
from kpi.rules.spec import Status

FILE = "accuracy.yaml"
_ENOUGH = 10  # judged findings, below which nothing is said of a rule's precision
_FLOOR = Decimal("0.8")  # precision under which a rule is only on trial
_Z = Decimal("1.96")  # 95 %


class Score(NamedTuple):
    """Findings of one rule held against the labels: right, missed, and said where nobody asked."""

    hit: int
    missed: int
    false: int

    @property
    def judged(self) -> int:
        return self.hit + self.false

    @property
    def precision(self) -> Decimal | None:
        """0–1; None where it has said nothing."""
        return Decimal(self.hit) / self.judged if self.judged else None

    @property
    def recall(self) -> Decimal | None:
        wanted = self.hit + self.missed
        return Decimal(self.hit) / wanted if wanted else None

    @property
    def status(self) -> Status:
        """What the figures make of a rule: too few to tell, too often wrong, or neither."""
        if self.judged < _ENOUGH:
            return "unmeasured"
        return "trial" if Decimal(self.hit) < _FLOOR * self.judged else "stable"


def interval(right: int, of: int) -> tuple[Decimal, Decimal]:
    """Wilson's interval for a share, 95 %. Few cases give a wide one, and no share is ever certain."""
    if not of:
        return Decimal(0), Decimal(1)
    n, share = Decimal(of), Decimal(right) / Decimal(of)
    middle = share + _Z * _Z / (2 * n)
    spread = _Z * ((share * (1 - share) + _Z * _Z / (4 * n)) / n).sqrt()
    scale = 1 + _Z * _Z / n
    return max(Decimal(0), (middle - spread) / scale), min(Decimal(1), (middle + spread) / scale)


def percent(share: Decimal) -> str:
    """Whole per cent, half up: "96 %"."""
    return f"{(share * 100).quantize(Decimal(1), ROUND_HALF_UP)} %"


@cache
def measured() -> Mapping[str, Score]:
    """The scores by rule; empty where nothing has been measured."""
    path = folder("rulesets") / FILE
    if not path.is_file():
        return {}
    return {code: Score(**counts) for code, counts in (data("rulesets", FILE) or {}).items()}
