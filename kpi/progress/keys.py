"""Names of projects and indicators for comparing."""

import re
import unicodedata
from functools import lru_cache

from kpi.names.clean import clean, without_ordinal

_JUNK = re.compile(r"[\s,，。；;、:：.·…!！?？“”\"'‘’《》〈〉\-—_/★☆*#()（）\[\]【】〔〕]+")
_CODED = re.compile(r"^[A-Za-z0-9]{6,}[-—_\s]*(?=[一-鿿])")  # a project's number before its name
_LONGEST = 400  # characters of a name that are looked at


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
