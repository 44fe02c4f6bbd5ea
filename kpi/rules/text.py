"""Small text helpers of the rules: a form for comparing, word lists as one pattern, numbers as forms print them."""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from kpi.names.clean import without_ordinal
from kpi.values.traditional import simplified

_JUNK = re.compile(r"[\s,，。；;、:：.·…!！?？“”\"'‘’《》〈〉\-—_/★*#]+")
_BRACKETED = re.compile(r"[(（\[【〔][^()（）\[\]【】〔〕]*[)）\]】〕]")
_MOST_DIGITS = 20


@lru_cache(maxsize=8192)
def squash(text: str) -> str:
    """Comparison form: NFKC, in simplified characters, without punctuation, white space and marks."""
    return _JUNK.sub("", simplified(unicodedata.normalize("NFKC", text)))


@lru_cache(maxsize=8192)
def core(name: str) -> str:
    """An indicator's name without its ordinal ("指标1：") and bracketed hints ("（≥**%）"), squashed."""
    plain = without_ordinal(simplified(unicodedata.normalize("NFKC", name)))
    return squash(_BRACKETED.sub("", plain)) or squash(plain)


@lru_cache(maxsize=256)
def pattern(words: frozenset[str]) -> re.Pattern[str]:
    """One regular expression for a word list, longest word first; matches nothing for an empty list."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, ordered)) or r"(?!)")


@lru_cache(maxsize=16_384)
def holds(words: frozenset[str], text: str) -> bool:
    """Whether a word of a list stands in a text, in whichever characters: nothing has to be compiled for that."""
    plain = simplified(text)
    return any(word in plain for word in words)


def first(words: frozenset[str], text: str) -> str:
    """The first word of a list in a text, the longest where several begin there; "" where it holds none."""
    plain = simplified(text)
    found = [(plain.find(word), -len(word)) for word in words if word in plain] if holds(words, text) else []
    if not found:
        return ""
    start, length = min(found)
    return text[start : start - length]


@lru_cache(maxsize=8192)
def begins(words: frozenset[str], text: str) -> bool:
    """Whether a text begins with a word of a list."""
    return any(map(simplified(text).startswith, words))


def number(value: Decimal) -> str:
    """Plain decimal notation without trailing zeros: 98, 85910.7."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def to_step(value: Decimal, step: str, rounding: str | None = None) -> Decimal:
    """Rounded to a step ("0.01"); a figure of more digits than anything counts stays as it is: no context holds it."""
    return value if value.adjusted() > _MOST_DIGITS else value.quantize(Decimal(step), rounding)


def multiple(value: Decimal, of: Decimal) -> bool:
    """Whether one is a whole number of the other, be they as long as they like (`%` refuses 28 digits)."""
    times = value / of
    return times == times.to_integral_value()


def grouped(value: Decimal) -> str:
    """Plain notation with thousands separators, as budget tables print money: 5,463,360."""
    whole, dot, rest = number(value).partition(".")
    return f"{int(whole):,}{dot}{rest}"


def yuan(value: Decimal) -> str:
    """Money for a message: 200,000元."""
    return f"{grouped(value)}元"
