"""The figures that a self-evaluation is scored by. They come from the profile of a ruleset."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from kpi.progress.settings import Words

_NO_WORDS = Words()
Formula = Literal["ratio", "linear"]


class Band(NamedTuple):
    """A degree of achievement of a qualitative target: from `low` % of the points on, below `high` % (the highest band
    reaches its end). `words`: how actual values that claim it begin."""

    name: str
    low: Decimal
    high: Decimal
    words: tuple[str, ...]


class Scheme(NamedTuple):
    """`execution_points`: what the budget's execution counts where the form does not tell. `far_above`: per cent of the
    target beyond which an explanation is due. `reverse`: how the excess of a cap costs points. `gap`: how many
    points achievement and execution may lie apart. `grades`: name and least score, the best first. `kept`: words
    that say that a date was kept. `nothing`: cells that explain nothing. `usual`: the points of each first level where
    a form has no weights; `heirs`: by a level who gets its points in forms without it. `words`: what people write into
    actual values, as in monitoring; `levels`: grades that a target may ask for, the best first."""

    execution_points: Decimal
    far_above: Decimal
    reverse: Formula
    gap: Decimal
    grades: tuple[tuple[str, Decimal], ...]
    bands: tuple[Band, ...]
    kept: tuple[str, ...]
    nothing: frozenset[str]
    usual: Mapping[str, Decimal] = MappingProxyType({})
    heirs: Mapping[str, Mapping[str, Decimal]] = MappingProxyType({})
    words: Words = _NO_WORDS
    levels: tuple[str, ...] = ()

    def grade(self, score: Decimal) -> str:
        """The grade of a score: a boundary belongs to the upper grade."""
        return next((name for name, least in self.grades if score >= least), self.grades[-1][0])


def scheme_of(figures: Mapping[str, Any], words: Words = _NO_WORDS) -> Scheme:
    """The scheme in a profile's figures. Raises KeyError where one is missing."""
    grades = sorted(figures["grades"].items(), key=lambda one: -Decimal(str(one[1])))
    return Scheme(
        execution_points=_number(figures["execution_points"]),
        far_above=_number(figures["far_above"]),
        reverse=figures["reverse_formula"],
        gap=_number(figures["achievement_gap"]),
        grades=tuple((str(name), _number(least)) for name, least in grades),
        bands=tuple(
            Band(band["name"], _number(band["from"]), _number(band["below"]), tuple(band["words"]))
            for band in figures["bands"]
        ),
        kept=tuple(figures["deadline_kept"]),
        nothing=frozenset(figures["no_reason"]),
        usual=_points(figures.get("weights_by_level1", {})),
        heirs={level: _points(shares) for level, shares in figures.get("weights_without", {}).items()},
        words=words,
        levels=tuple(figures.get("monitor_grades", ())),
    )


def _points(figures: Mapping[str, Any]) -> Mapping[str, Decimal]:
    return {str(level): _number(points) for level, points in figures.items()}


def _number(value: object) -> Decimal:
    return Decimal(str(value))
