"""Whether a row of a text without separators was cut wrong: better said to be unread."""

from collections.abc import Sequence

from kpi.lazyre import later
from kpi.readers.gluedcells import shape
from kpi.readers.gluedreading import TEXT_KINDS, Span
from kpi.readers.gluedtext import MEASURE, SAID_AGAIN

_NO_FIGURE = later(r"0\d")
_LETTER = later(r"[^\d\s.,%]")


def is_doubtful(text: str, row: Sequence[Span], kinds: Sequence[str]) -> bool:
    """Whether a row was cut wrong: a value that begins as no figure does, a result with the name in it again, one
    share where the value, the result and how far it is reached are shares."""
    cells = {kinds[column]: text[a:b] for column, a, b in row[1:]}
    value, result = cells.get("value", ""), cells.get("actual", "")
    tail = text[row[0][1] : row[0][2]][-SAID_AGAIN :]
    again = len(tail) == SAID_AGAIN and tail in result and not value.startswith(result[:2])
    again = again or (len(value) > SAID_AGAIN and _LETTER.search(value) is not None and result[:1].isdigit()
                      and shape(value) != shape(result)
                      and text.endswith(value, row[0][1], row[0][2]))  # fmt: skip
    torn = any(text[a - 1].isdigit() and MEASURE.match(text, a) for k, a, _ in row[1:] if kinds[k] in TEXT_KINDS)
    last = next((text[a:b] for k, a, b in row[1:] if kinds[k] == "last"), "")
    runs = last.isdigit() and value[:1].isdigit() and f"{last}{value}" in text and not value.startswith(last)
    which = {"rate", "actual"} <= set(kinds) and value.endswith(("%", "％")) and not (result or cells.get("rate"))
    return again or torn or runs or which or bool(_NO_FIGURE.match(value))
