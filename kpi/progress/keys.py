"""Names of projects and indicators for comparing."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from kpi.lazyre import HAN
from kpi.names.clean import clean, without_ordinal

_JUNK = re.compile(r"[\s,，。；;、:：.·…!！?？“”\"'‘’《》〈〉\-—_/★☆*#()（）\[\]【】〔〕]+")
_CODED = re.compile(rf"^[A-Za-z0-9]{{6,}}[-—_\s]*(?={HAN})")  # a project's number before its name
_LONGEST = 400  # characters of a name that are looked at
_TURNED = 99  # of 100: the likeness of the same characters in another order
_DIGITS = re.compile(r"\d+")
_LEAST_TURNED = 4  # characters of a name that may be another one put differently


@lru_cache(maxsize=8192)
def squashed(name: str) -> str:
    """A name for comparing: half-width, without white space, punctuation, brackets and ordinals."""
    return _JUNK.sub("", without_ordinal(unicodedata.normalize("NFKC", name[:_LONGEST])))


@lru_cache(maxsize=8192)
def core(name: str) -> str:
    """A name without what is in brackets and without a threshold of its own (满意度(≥90%))."""
    return _JUNK.sub("", clean(name[:_LONGEST]).core)


def project_key(name: str) -> str:
    """A project's name for comparing, without the number that some systems print before it."""
    return _JUNK.sub("", _CODED.sub("", unicodedata.normalize("NFKC", name[:_LONGEST]).strip()))


@lru_cache(maxsize=8192)
def _letters(name: str) -> str:
    return "".join(sorted(name))


def nearest(name: str, names: Sequence[str], near_from: int) -> tuple[int, int] | None:
    """Which of the names (all as they are compared) is most like it and how much, of 100; None where none reaches
    `near_from`. The same characters in another order are one name put differently (改造管网长度, 管网改造长度), however
    little else they have in common."""
    if not name:
        return None
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - few runs have anything left over

    best = process.extractOne(name, names, scorer=fuzz.ratio, score_cutoff=near_from)
    if best is not None and best[1] >= _TURNED:
        return best[2], int(best[1])
    if len(name) >= _LEAST_TURNED and near_from <= _TURNED:
        letters, figures = _letters(name), _DIGITS.findall(name)
        for at, other in enumerate(names):
            if len(other) == len(name) and _letters(other) == letters and _DIGITS.findall(other) == figures:
                return at, _TURNED
    return None if best is None else (best[2], int(best[1]))
