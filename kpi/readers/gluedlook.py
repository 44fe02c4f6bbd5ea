"""Whether a text has lost its separators. Asked of every file; what reads such a text is loaded only then."""

import re
from collections.abc import Iterable
from itertools import accumulate

from kpi.readers.grid import Row
from kpi.values.traditional import simplified

_LEAST_PARTS = 3  # of a text with blanks inside its heads
_LEAST_RUN = 100  # characters of such a text: the whole form, or a page of it
_LEAST_BETWEEN = 3  # places between heads
_COMMAS = ",，、"
_HEADS = re.compile("指[标標]|[绩績]效[内內]容")


def is_glued(rows: Iterable[Row]) -> bool:
    """Whether the heads of a form stand in running text with nothing between them."""
    texts = (row.cells[0].text for row in rows if len(row.cells) == 1 and row.grid is None)
    return any(_is_run(text) for text in texts if _HEADS.search(text))


def _runs_together(text: str) -> bool:
    """Heads in one word; with a comma between any two of them they are listed (格式：指标名称，上年值，当年值)."""
    from kpi.readers.gluedheads import runs  # noqa: PLC0415 - few files come to this

    run = next(runs(text), None)
    return run is not None and not all(text[start - 1] in _COMMAS for start, _ in run.spans[1:])


def _is_run(text: str) -> bool:
    """Heads in one word; or blanks inside the heads (一级 指标二级 指标) and hardly any between them."""
    from kpi.readers.gluedheads import runs, runs_on  # noqa: PLC0415 - few files come to this
    from kpi.readers.gluedpieces import Piece  # noqa: PLC0415

    text = simplified(text[: Piece.LONGEST])
    parts = text.split()
    if any(_runs_together(part) or runs_on(part) for part in parts if _HEADS.search(part)):
        return True
    if len(parts) < _LEAST_PARTS or len(text) < _LEAST_RUN:
        return False
    ends = set(accumulate(map(len, parts)))  # where white space stood
    for run in runs("".join(parts)):
        between = [start for start, _ in run.spans[1:]]
        if len(between) >= _LEAST_BETWEEN and 4 * sum(at in ends for at in between) <= len(between):
            return True
    return False
