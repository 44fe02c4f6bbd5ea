"""Names of indicators as the checks hold word lists against them: without trimmings, by their beginning and end.

A word list asked in this way is compared word by word: to compile it would take longer than a whole form's questions.
"""

from functools import lru_cache
from typing import NamedTuple

from kpi.names.clean import clean
from kpi.rules.text import core, squash


class Opening(NamedTuple):
    """The verb at the beginning of a text, and where it stands there."""

    verb: str
    start: int
    end: int


@lru_cache(maxsize=8192)
def bare(name: str) -> str:
    """A name without its ordinal, brackets, thresholds and punctuation: "★指标2：验收合格率（≥**%）" → "验收合格率"."""
    return squash(clean(name).core) or core(name)


@lru_cache(maxsize=8192)
def ending(words: frozenset[str], text: str) -> str:
    """The longest of `words` at the end of a text; "" where it has none."""
    return max(filter(text.endswith, words), key=len, default="")


@lru_cache(maxsize=8192)
def beginning(words: frozenset[str], text: str) -> str:
    """The longest of `words` at the beginning of a text; "" where it has none."""
    return max(filter(text.startswith, words), key=len, default="")


@lru_cache(maxsize=8192)
def opening(adverbs: frozenset[str], verbs: frozenset[str], text: str, most: int = 3) -> Opening | None:
    """A verb at the beginning, with up to `most` adverbs before it: 持续|保障, 进一步|提高."""
    before = sorted(filter(text.startswith, adverbs), key=len, reverse=True) if most else []
    for adverb in before:
        if found := opening(adverbs, verbs, text[len(adverb) :], most - 1):
            return Opening(found.verb, found.start + len(adverb), found.end + len(adverb))
    verb = beginning(verbs, text)
    return Opening(verb, 0, len(verb)) if verb else None
