"""The usual weights of a form that has none: the points of each first level as its profile has them, even among the
indicators of the level. They are for a trial of the points, never for finding fault."""

from collections.abc import Mapping
from decimal import ROUND_DOWN, Decimal

from kpi.model import TargetTable
from kpi.progress.points import CENT
from kpi.progress.scheme import Scheme


def usual_weights(table: TargetTable, scheme: Scheme) -> Mapping[int, Decimal]:
    """By the number of the indicator; empty where the profile says nothing of the form's levels."""
    levels: dict[str, list[int]] = {}
    parents = {one.parent for one in table.indicators if one.filled and one.parent}
    for number, one in enumerate(table.indicators):
        if one.filled and one.name not in parents:
            levels.setdefault(one.level1, []).append(number)
    made: dict[int, Decimal] = {}
    for level, points in _points(frozenset(levels), scheme).items():
        made |= zip(levels[level], _even(points, len(levels[level])), strict=True)
    return made


def _points(levels: frozenset[str], scheme: Scheme) -> Mapping[str, Decimal]:
    """The points of each level. What a level would have that the form is without goes where the profile says."""
    points = {level: scheme.usual[level] for level in levels if level in scheme.usual}
    for level in scheme.usual.keys() - levels:
        heirs = scheme.heirs.get(level, {})
        if not heirs or not heirs.keys() <= points.keys():
            return {}
        for heir, share in heirs.items():
            points[heir] += share
    return points if points.keys() == levels else {}


def _even(points: Decimal, count: int) -> list[Decimal]:
    """Cents that add up: 50 of three are 16.67, 16.67 and 16.66."""
    each = (points / count).quantize(CENT, ROUND_DOWN)
    left = int((points - each * count) / CENT)
    return [each + CENT if number < left else each for number in range(count)]
