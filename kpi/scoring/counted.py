"""Which reviews count in a ranking, and why the others do not."""

from collections.abc import Sequence
from typing import NamedTuple

from kpi.rules.sameforms import Identity, identity
from kpi.scoring.result import Review


class Aside(NamedTuple):
    """A form that is ranked with none: no target form of a project, or `same` as one that is there already."""

    review: Review
    same: Review | None = None


def apart(reviews: Sequence[Review]) -> tuple[tuple[Review, ...], tuple[Aside, ...]]:
    """(those that count, the others), both in their order. Of forms that say the same the first counts."""
    counted: list[Review] = []
    aside: list[Aside] = []
    seen: dict[Identity, Review] = {}
    for review in reviews:
        known = identity(review.table)
        same = seen.get(known) if known else None
        if known and same is None:
            seen[known] = review
        if same is None and review.table.form == "target":
            counted.append(review)
        else:
            aside.append(Aside(review, same))
    return tuple(counted), tuple(aside)
