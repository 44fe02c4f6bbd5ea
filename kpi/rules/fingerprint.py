"""A finding's name for waivers and baselines: the same after an inserted row, in another format, for a mended value."""

import re
import unicodedata
from hashlib import blake2b

_NOISE = re.compile(r"[\W_]+")


def fingerprint(rule: str, project: str, level2: str | None, name: str | None, ordinal: int) -> str:
    """Twelve hex digits. `ordinal`: 0 for the first of the findings of a document that are alike in all the rest."""
    parts = (rule, normal(project), level2 or "", normal(name or ""), str(ordinal))
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def normal(text: str) -> str:
    """Width, case, white space and punctuation do not tell names apart."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()
