"""The word table behind the reading of names: `rulesets/words/names.yaml`, loaded once and checked."""

import re
from collections.abc import Container, Iterable, Mapping
from functools import cache
from typing import Any, Literal, NamedTuple

from kpi.resources import data

Polarity = Literal["positive", "reverse"]
Asks = Literal[
    "rate", "satisfaction", "count", "money", "unit-cost", "duration", "deadline", "frequency", "quantity", "score"
]
#: What a word in front of the head says: an event that should not happen, a bad state, an action against it, something
#: good, a rise, a fall.
Sense = Literal["event", "harm", "remedy", "good", "rise", "fall"]

_SECTIONS: dict[str, Sense] = {
    "falls": "fall", "rises": "rise", "events": "event", "harms": "harm", "remedies": "remedy", "goods": "good",
}  # fmt: skip
_ENDING_KEYS = {"asks", "dimensions", "units", "bounded", "polarity", "cost", "look", "words"}


class Words(frozenset[str]):
    """A word list that finds its longest word at either end of a text, or its first word anywhere in it."""

    def ending(self, text: str) -> str:
        return longest_ending(text, self)

    def beginning(self, text: str) -> str:
        return next((text[:size] for size in range(min(LONGEST, len(text)), 0, -1) if text[:size] in self), "")

    def within(self, text: str) -> str:
        found = [(text.find(word), -len(word), word) for word in self if word in text]
        return min(found)[2] if found else ""


def either(words: Iterable[str]) -> str:
    """An expression of any of `words`, the longest that fits first."""
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


def longest_ending(text: str, words: Container[str]) -> str:
    """The longest of `words` at the end of `text`; "" where there is none."""
    for start in range(max(0, len(text) - LONGEST), len(text)):
        if text[start:] in words:
            return text[start:]
    return ""


LONGEST = 12  # characters of the longest word that the table may hold


class Ending(NamedTuple):
    """What a word at the end of a name asks for.

    `bounded`: yes, no, known (only after a known word) or "" (unless what stands before is open).
    """

    asks: Asks | None
    dimensions: tuple[str, ...]
    units: tuple[str, ...]
    bounded: str
    polarity: Polarity | None
    cost_only: bool
    deeper: bool


class Pair(NamedTuple):
    """Words within and at the end whose rate may pass 100 % (税收…完成). `unclear`: nor is more always better."""

    has: Words
    ends: Words
    unclear: bool

    def matches(self, stem: str) -> bool:
        return bool(self.ends.ending(stem) and self.has.within(stem))


class Low(NamedTuple):
    """Names of what is measured and should be small: endings, and pairs; not so with a word of `unless`."""

    unless: Words
    ends: Words
    pairs: tuple[Pair, ...]

    def ending(self, core: str) -> str:
        """What makes `core` such a name; "" where nothing does."""
        if self.unless.within(core):
            return ""
        pair = next((pair for pair in self.pairs if pair.matches(core)), None)
        return (pair.ends if pair else self.ends).ending(core)


class Table(NamedTuple):
    """All lists of the file by name (`words`), the endings, and the sense of each word in front of them."""

    endings: Mapping[str, tuple[Ending, ...]]
    senses: Mapping[str, Sense]
    words: Mapping[str, Words]
    open_ends: Words
    open_pairs: tuple[Pair, ...]
    per: Words
    low: Low

    def sense(self, text: str) -> tuple[str, Sense | None]:
        """The longest known word at the end of `text` and its sense."""
        word = longest_ending(text, self.senses)
        return word, self.senses.get(word)


def _ending(group: Mapping[str, Any]) -> Ending:
    if unknown := group.keys() - _ENDING_KEYS:
        wrong, right = "、".join(sorted(unknown)), "、".join(sorted(_ENDING_KEYS))
        raise ValueError(f"names.yaml：endings 不认识 {wrong}，可用 {right}。")
    return Ending(
        asks=group.get("asks"),
        dimensions=tuple(group.get("dimensions", "").split()),
        units=tuple(group.get("units", "").split()),
        bounded=group.get("bounded", ""),
        polarity=group.get("polarity"),
        cost_only=group.get("cost") == "only",
        deeper=group.get("look") == "deeper",
    )


def _endings(groups: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Ending, ...]]:
    """A word may stand in several groups: one for cost levels only, one for the rest."""
    found: dict[str, tuple[Ending, ...]] = {}
    for group in groups:
        ending = _ending(group)
        for word in group["words"].split():
            found[word] = (*found.get(word, ()), ending)
    return found


def _pairs(rows: Iterable[Mapping[str, Any]]) -> tuple[Pair, ...]:
    return tuple(
        Pair(Words(pair["has"].split()), Words(pair["ends"].split()), pair.get("unclear", False)) for pair in rows
    )


def build(data: Mapping[str, Any]) -> Table:
    """The table from the parsed file. Where a word stands in two lists, the earlier of `_SECTIONS` holds."""
    senses: dict[str, Sense] = {}
    for section, sense in _SECTIONS.items():
        for word in data[section].split():
            senses.setdefault(word, sense)
    lists = {name: Words(text.split()) for name, text in data.items() if isinstance(text, str)}
    opened, low = data["open"], data["low"]
    return Table(
        endings=_endings(data["endings"]),
        senses=senses,
        words=lists,
        open_ends=Words(opened["ends"].split()),
        open_pairs=_pairs(opened["pairs"]),
        per=Words(opened["per"].split()),
        low=Low(Words(low["unless"].split()), Words(low["ends"].split()), _pairs(low["pairs"])),
    )


@cache
def table() -> Table:
    """The shipped table, read on first use."""
    return build(data("rulesets", "words", "names.yaml"))
