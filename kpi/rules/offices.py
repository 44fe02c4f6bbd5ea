"""The name of an office as people say it: without the code that budget systems put before it."""

import re
from functools import lru_cache

from kpi.rules.fingerprint import normal
from kpi.values.traditional import simplified

# A code in brackets, or set off by a sign: [042]体育局, 205-教育局, 301001 财政局.
_CODE = re.compile(r"(?:[\[(【〔（［]\d{3,12}[\])】〕）］]|\d{3,12}(?=[-–—－_.．、:：|\s]))[-–—－_.．、:：|\s]*(?=\S)")
# A bare one: of three, six or nine figures, as departments and the units below them have.
_BARE = re.compile(r"(?:\d{3}){1,3}(?=[^\W\d_])")
_DIALLED = ("110", "112", "114", "119", "120", "122", "999")  # 120急救中心: part of the name


def office(text: str) -> str:
    """The name without white space and without its code; with it where nothing else is there to call it by."""
    name = "".join(text.split())
    whole = text.strip()
    found = _CODE.match(whole) or _BARE.match(whole)
    if found is None or found[0] in _DIALLED:
        return name
    rest = "".join(whole[found.end() :].split())
    return rest if any(character.isalpha() for character in rest) else name


@lru_cache(maxsize=8192)
def office_key(text: str) -> str:
    """The name for comparing: width, white space, brackets and punctuation aside, too; "" where nothing is named."""
    return normal(simplified(office(text)))
