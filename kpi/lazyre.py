"""What keeps the cost of regular expressions out of short runs.

Those that few documents come to are compiled when they are first used: to compile all that some document may need takes
a tenth of a short run. And a range of Chinese characters costs over a millisecond wherever it is written, for `re`
marks its 20,000 characters one by one; `HAN` says in a tenth of that what every use of such a range means.
"""

import re
from collections.abc import Callable
from functools import partial
from typing import AnyStr, cast

#: A Chinese character: a letter beyond Latin-1, and no number in a circle (①) or of another script (Ⅲ). Letters of
#: other scripts pass, too; nothing here minds them.
HAN = r"[^\W\d\x00-\xff\u2150-\u24ff]"
_ASKED = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "pattern", "flags")


class _Later:
    def __init__(self, make: Callable[[], object]) -> None:
        self._make = make

    def __reduce__(self) -> tuple[Callable[[Callable[[], object]], object], tuple[Callable[[], object]]]:
        return _Later, (self._make,)

    def __getattr__(self, name: str) -> object:
        made = self._make()
        for one in _ASKED:  # found in the instance from now on
            setattr(self, one, getattr(made, one))
        return getattr(made, name)


def later(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, in all that its users ask of it."""
    return cast("re.Pattern[AnyStr]", _Later(partial(re.compile, pattern, flags)))
