"""Regular expressions that few documents come to: compiled when they are first used. To compile all that some document
may need takes a tenth of a short run."""

import re
from collections.abc import Callable
from functools import partial
from typing import AnyStr, cast

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
