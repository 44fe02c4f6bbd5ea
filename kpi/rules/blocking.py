"""Texts that are alike, found among thousands without holding each against each.

Two sets that share much share some of their rarest members: two sets of a Jaccard likeness of t or more have m members
in common among the n - ceil(t·n) + m rarest of each (prefix filtering, Chaudhuri 2006, Bayardo 2007). So only texts
with rare pairs of characters in common are compared, and none that is alike enough is missed.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from decimal import ROUND_CEILING, Decimal
from itertools import chain

_SHARED = 2  # m: the more, the fewer sets are compared and the more members are looked up
_MOST = 400  # sets that share a rare member, before the latest only are compared: no name is so common in one office


def shingles(text: str, size: int = 2) -> frozenset[str]:
    """The runs of `size` neighbouring characters; the text itself where it is shorter."""
    if len(text) <= size:
        return frozenset({text} if text else ())
    return frozenset(text[i : i + size] for i in range(len(text) - size + 1))


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def near_pairs(sets: Sequence[frozenset[str]], likeness: Decimal) -> Iterator[tuple[int, int]]:
    """Numbers of sets with a Jaccard likeness of at least `likeness` (above 0), the smaller first. Sets that are equal
    give no pair, and only the first of them is compared: who wants them groups them beforehand."""
    order: dict[frozenset[str], int] = {}
    for number, one in enumerate(sets):
        if one:
            order.setdefault(one, number)
    rarity = Counter(member for one in order for member in one)
    index: dict[str, list[int]] = {}
    needs: dict[int, int] = {}
    for one, number in order.items():
        prefix, needs[number] = _prefix(one, rarity, likeness)
        shared = Counter(chain.from_iterable(index.get(member, ())[-_MOST:] for member in prefix))
        for other in sorted(other for other, count in shared.items() if count >= min(needs[number], needs[other])):
            if jaccard(one, sets[other]) >= likeness:
                yield other, number
        for member in prefix:
            index.setdefault(member, []).append(number)


def _prefix(one: frozenset[str], rarity: Counter[str], likeness: Decimal) -> tuple[list[str], int]:
    """The rarest members of a set, and how many of them a set that is alike must share."""
    common = int((likeness * len(one)).to_integral_value(ROUND_CEILING))
    wanted = min(_SHARED, common)
    return sorted(one, key=lambda member: (rarity[member], member))[: len(one) - common + wanted], wanted


class Groups:
    """Numbers joined into groups (union and find)."""

    def __init__(self) -> None:
        self._above: dict[Hashable, Hashable] = {}

    def top(self, one: Hashable) -> Hashable:
        root = one
        while self._above.get(root, root) != root:
            root = self._above[root]
        while self._above.get(one, one) != root:
            self._above[one], one = root, self._above[one]
        return root

    def join(self, one: Hashable, other: Hashable) -> None:
        self._above[self.top(other)] = self.top(one)
