"""The words by which readers know what a cell is, as expressions: words/forms.yaml."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from kpi.lazyre import HAN, later
from kpi.resources import data


@cache
def vocabulary() -> "_Vocabulary":
    """The word lists as compiled expressions, in the shape of the YAML file."""
    return _Vocabulary(data("rulesets", "words", "forms.yaml"))


def _spelled(pattern: str) -> str:
    return pattern.replace("[一-龥]", HAN)  # how the word lists write a Chinese character


class _Vocabulary(dict[str, Any]):
    """A list is compiled when it is first asked for: a plain table needs half of them. `in` and iteration see only
    those that have been asked for."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        super().__init__()
        self.raw = raw

    def __missing__(self, key: str) -> Any:  # noqa: ANN401 - in the shape of the file
        part = self.raw[key]
        self[key] = (
            {k: later(_spelled(v)) for k, v in part.items()}
            if isinstance(part, dict)
            else re.compile(_spelled(part))
        )
        return self[key]


def patterns(part: str) -> Mapping[str, str]:
    """The expressions of a list by their names, as they are written."""
    return {key: _spelled(pattern) for key, pattern in vocabulary().raw[part].items()}
