"""One cause, one finding: what a narrower rule found keeps broader rules quiet there.

All hits are held against all: a hit that is itself kept quiet still explains its place, so the outcome does not depend
on any order. Rules that are off have no hits and keep nobody quiet.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from kpi.model import HALVES, Half, Indicator, Location
from kpi.rules.finding import Evidence, Hit
from kpi.rules.ruleset import Rule, Silence

_BOTH = frozenset(HALVES)
_Key = tuple[object, ...]


class Found(NamedTuple):
    """A hit with its place: index of the form (None: the whole document) and of the row (-1: the whole form)."""

    rule: Rule
    hit: Hit
    form: int | None
    row: int
    indicator: Indicator | None
    level2: str | None
    halves: frozenset[Half]
    evidence: tuple[Evidence, ...]
    places: tuple[Location, ...]

    @property
    def sides(self) -> frozenset[Half]:
        """The halves that it is about; a finding about no half is about the whole."""
        return self.halves or _BOTH


def keep(
    found: Sequence[Found], silences: Iterable[Silence], mandatory: Collection[str] = frozenset()
) -> list[Found]:
    """What is said, in the order given. Nothing keeps a rule of `mandatory` quiet."""
    by_rule: dict[str, list[int]] = {}
    for index, one in enumerate(found):
        by_rule.setdefault(one.rule.code, []).append(index)
    quiet: set[int] = set()
    for silence in silences:
        firsts = [found[i] for i in by_rule.get(silence.first, ())]
        if firsts and silence.quiet in by_rule and silence.quiet not in mandatory:
            quiet |= _quieted(silence, firsts, found, by_rule[silence.quiet])
    return [one for index, one in enumerate(found) if index not in quiet]


def _quieted(silence: Silence, firsts: list[Found], found: Sequence[Found], indices: list[int]) -> set[int]:
    if silence.at == "document":
        return set(indices)
    if silence.at == "place":
        return _covered(firsts, found, indices)
    explained: dict[_Key, frozenset[Half]] = {}
    for first in firsts:
        key = _key(first, silence)
        explained[key] = explained.get(key, frozenset()) | first.sides
    return {i for i in indices if _explains(explained.get(_key(found[i], silence)), found[i], silence)}


def _key(one: Found, silence: Silence) -> _Key:
    """What has to be equal. A finding that has no such place gets a key of its own."""
    if silence.at == "row" and one.indicator is not None:
        return (one.form, one.row)
    if silence.at == "level" and one.level2 is not None:
        return (one.form, one.level2)
    if silence.at == "form" and one.form is not None:
        return (one.form,)
    return ("none", id(one))


def _explains(sides: frozenset[Half] | None, one: Found, silence: Silence) -> bool:
    if sides is None:
        return False
    if silence.any_half:
        return True
    # On a row one shared half is enough: a finding about a pair falls with either of its cells.
    return bool(sides & one.sides) if silence.at == "row" else one.sides <= sides


def _covered(firsts: list[Found], found: Sequence[Found], indices: list[int]) -> set[int]:
    """Those all of whose places one of `firsts` points at too."""
    pointing: dict[Location, set[int]] = {}
    for number, first in enumerate(firsts):
        for place in first.places:
            pointing.setdefault(place, set()).add(number)
    return {i for i in indices if _pointed_at(found[i].places, pointing)}


def _pointed_at(places: tuple[Location, ...], pointing: Mapping[Location, set[int]]) -> bool:
    return bool(places and set.intersection(*(pointing.get(place, set()) for place in places)))
