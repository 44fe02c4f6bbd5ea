"""Names of indicators as the checks hold word lists against them: without trimmings, by their beginning and end."""

import re
from functools import lru_cache

from kpi.names.clean import clean
from kpi.rules.text import core, pattern, squash


@lru_cache(maxsize=8192)
def bare(name: str) -> str:
    """A name without its ordinal, brackets, thresholds and punctuation: "★指标2：验收合格率（≥**%）" → "验收合格率"."""
    return squash(clean(name).core) or core(name)


@lru_cache(maxsize=64)
def ending(words: frozenset[str]) -> re.Pattern[str]:
    """Any of `words` at the end of a text."""
    return re.compile(f"(?:{pattern(words).pattern})$")


@lru_cache(maxsize=64)
def opening(adverbs: frozenset[str], verbs: frozenset[str]) -> re.Pattern[str]:
    """A verb at the beginning, with adverbs before it: 持续|保障, 进一步|提高."""
    return re.compile(f"(?:{pattern(adverbs).pattern}){{0,3}}(?P<verb>{pattern(verbs).pattern})")
