"""Names of projects that people may have meant when they wrote another one."""

from collections.abc import Iterable
from difflib import SequenceMatcher

from kpi.lazyre import later
from kpi.rules.fingerprint import normal

_LEAST = 4  # characters of a name that may stand for a longer one
_ALIKE = 0.6
_MOST = 3
# 一期 and 二期 are two projects, and nobody mistyped either.
_COUNTED = later(r"[\d一二三四五六七八九十百上下前后东南西北甲乙丙丁]*")


def similar(name: str, known: Iterable[str], *, siblings: bool = True) -> tuple[str, ...]:
    """The nearest first, as they are written. `siblings`: also those that differ in how they are counted only."""
    wanted = normal(name)
    found = []
    for other in dict.fromkeys(known):
        plain = normal(other)
        likeness = _likeness(wanted, plain)
        if likeness >= _ALIKE and (siblings or not _siblings(wanted, plain)):
            found.append((-likeness, other))
    return tuple(other for _, other in sorted(found)[:_MOST])


def _likeness(wanted: str, other: str) -> float:
    shorter, longer = sorted((wanted, other), key=len)
    if len(shorter) >= _LEAST and shorter in longer:
        return 1.0
    return SequenceMatcher(None, wanted, other, autojunk=False).ratio()


def _siblings(one: str, other: str) -> bool:
    steps = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    differ = [(one[a:b], other[c:d]) for kind, a, b, c, d in steps if kind != "equal"]
    return all(_COUNTED.fullmatch(part) for pair in differ for part in pair)
