"""Which form and which indicator of two sets belong together: the same names first, then moved and renamed ones.

Pairs are found the same way round in either direction: every choice is ordered by likeness, then by the two numbers
taken together.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from kpi.model import COST_LEVELS, Indicator, TargetTable
from kpi.progress.direction import Threshold, direction
from kpi.progress.keys import project_key, squashed
from kpi.progress.reading import is_blank, text_of

Pair = tuple[int, int]
Thing = TypeVar("Thing")
_MOST = 4000  # choices that are weighed; more are lists of hundreds of like names
_HUNDRED = 100


class Likeness(NamedTuple):
    """Of 100: how alike names must be for a renamed indicator (`names`), and where its target stayed the same
    (`same_target`); where one name holds the whole of the other and the targets compare (`contained`); how much of
    their indicators two projects of different names must share (`shared`)."""

    names: int
    same_target: int
    shared: int
    contained: int = _HUNDRED


def pair_forms(old: Sequence[TargetTable], new: Sequence[TargetTable], likeness: Likeness) -> list[Pair]:
    pairs = _by_key(old, new, lambda table: project_key(table.project))
    left = _left(len(old), {o for o, _ in pairs}), _left(len(new), {n for _, n in pairs})
    keys = {id(table): _indicator_keys(table) for table in (*old, *new)}
    choices = [
        (share, o, n) for o in left[0] for n in left[1]
        if (share := _shared(keys[id(old[o])], keys[id(new[n])])) >= likeness.shared
    ] if len(left[0]) * len(left[1]) <= _MOST * _HUNDRED else []  # fmt: skip
    return pairs + _best(choices)


def _indicator_keys(table: TargetTable) -> frozenset[tuple[str, str]]:
    return frozenset((_level(one), squashed(one.name)) for one in table.indicators if one.filled)


def _shared(one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> int:
    larger = max(len(one), len(other))
    return len(one & other) * _HUNDRED // larger if larger else 0


def pair_indicators(old: TargetTable, new: TargetTable, likeness: Likeness) -> list[Pair]:
    """The rows of two forms that are one indicator."""
    before = [(n, one) for n, one in enumerate(old.indicators) if one.filled]
    after = [(n, one) for n, one in enumerate(new.indicators) if one.filled]
    found: list[Pair] = []
    for key_of in (lambda one: (_level(one), squashed(one.name)), lambda one: squashed(one.name)):
        pairs = _by_key([one for _, one in before], [one for _, one in after], key_of)
        found += [(before[o][0], after[n][0]) for o, n in pairs]
        done = {before[o][0] for o, _ in pairs}, {after[n][0] for _, n in pairs}
        before = [one for one in before if one[0] not in done[0]]
        after = [one for one in after if one[0] not in done[1]]
    return found + _renamed(old, new, before, after, likeness)


def _renamed(
    old: TargetTable, new: TargetTable, before: Sequence[tuple[int, Indicator]],
    after: Sequence[tuple[int, Indicator]], likeness: Likeness,
) -> list[Pair]:  # fmt: skip
    if not before or not after or len(before) * len(after) > _MOST:
        return []
    choices = []
    for o, one in before:
        for n, other in after:
            if _level(one) != _level(other) or not squashed(one.name) or not squashed(other.name):
                continue
            alike, within = _alike(squashed(one.name), squashed(other.name))
            if alike < min(likeness.names, likeness.same_target, likeness.contained):
                continue
            first = Threshold(text_of(one), one, old.year, old.project)
            way = direction(first, Threshold(text_of(other), other, new.year, new.project))
            same = alike >= likeness.same_target and way is None and not is_blank(text_of(one))
            held = within and alike >= likeness.contained and way != "incomparable"
            if alike >= likeness.names or same or held:
                choices.append((alike + same * _HUNDRED, o, n))
    return _best(choices)


def _alike(one: str, other: str) -> tuple[int, bool]:
    """How alike two names are, and whether one holds the whole of the other (受益群众满意度, 群众满意度). The same
    characters in another order are the same name put differently (管护人员培训人次, 培训管护人员人次)."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - few forms have anything left over

    if sorted(one) == sorted(other):
        return _HUNDRED, True
    return int(fuzz.ratio(one, other)), one in other or other in one


def _level(one: Indicator) -> str:
    """成本指标 of the 2015 tree is 经济成本指标 of the 2021 tree."""
    return COST_LEVELS[0] if one.level2 in COST_LEVELS[:2] else one.level2


def _by_key(old: Sequence[Thing], new: Sequence[Thing], key_of: Callable[[Thing], object]) -> list[Pair]:
    """Rows of the same key, in their order; rows without a name do not pair."""
    waiting: dict[object, list[int]] = {}
    for number, one in enumerate(old):
        waiting.setdefault(key_of(one), []).append(number)
    pairs = []
    for number, one in enumerate(new):
        key = key_of(one)
        if waiting.get(key) and key:
            pairs.append((waiting[key].pop(0), number))
    return pairs


def _left(count: int, taken: set[int]) -> list[int]:
    return [number for number in range(count) if number not in taken]


def _best(choices: Iterable[tuple[int, int, int]]) -> list[Pair]:
    """The most alike first, each row once."""
    pairs: list[Pair] = []
    old: set[int] = set()
    new: set[int] = set()
    for _, o, n in sorted(choices, key=lambda one: (-one[0], one[1] + one[2], abs(one[1] - one[2]), one[1])):
        if o not in old and n not in new:
            pairs.append((o, n))
            old.add(o)
            new.add(n)
    return pairs
