"""Values inside running text: the longest stretch, from each place where one can begin, that the grammar accepts."""

import re
from functools import cache
from typing import Any

from lark.exceptions import UnexpectedInput

from kpi.values.dates import Moment
from kpi.values.grammar import parser
from kpi.values.interval import Amount, Rejected, point
from kpi.values.reading import to_value
from kpi.values.value import Value

Node = Any  # what the grammar yields
Found = tuple[int, int, Value]
#: No claim is longer; what follows a figure is looked at no further.
WINDOW = 48
_NO_ANCHOR_AFTER = re.compile(r"[0-9A-Za-z第.〔\[#]\Z")
_LONE_DIGIT = re.compile(r"[零一二两三四五六七八九十半百千万][^零一二两三四五六七八九十百千万0-9%]*\Z")
_DOCUMENT_NUMBER = re.compile(
    r"[〔\[【(](?:19|20)\d\d[〕\]】)]\d+号|《[^》]{1,60}》|[A-Za-z]+/?[A-Za-z]?[+-]?\d[\d.:-]*|\d+[天日]?[×*xX]\d+(?:个?小时)?"
)


@cache
def _anchors() -> re.Pattern[str]:
    """Where a value can begin, from the terminals that the grammar accepts first."""
    lark = parser()
    first = lark.parse_interactive("").accepts()  # type: ignore[no-untyped-call]
    patterns = [t.pattern.to_regexp() for t in lark.terminals if t.name in first and t.name not in ("UNIT", "SLASH")]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _longest(text: str, start: int) -> tuple[int, Any] | None:
    """The end and the reading of the longest value that begins at `start`."""
    interactive = parser().parse_interactive(text[start : start + WINDOW])
    best: tuple[int, Any] | None = None
    try:
        tokens = interactive.lexer_thread.lex(interactive.parser_state)  # type: ignore[no-untyped-call]
        for token in tokens:
            interactive.feed_token(token)
            try:
                ahead = interactive.copy(deepcopy_values=False)  # type: ignore[no-untyped-call]
                reading = ahead.feed_eof(token)
            except (UnexpectedInput, Rejected):
                continue
            best = (start + (token.end_pos or 0), reading)
    except (UnexpectedInput, Rejected):
        pass
    return best


def _credible(text: str, start: int, end: int, reading: Node) -> bool:
    """三支一扶 holds no figure: a lone Chinese digit without a sign counts only where it ends the text."""
    said = text[start:end]
    if not isinstance(reading, Moment) and _LONE_DIGIT.match(said):
        reading = point(reading) if isinstance(reading, Amount) else reading
        return reading.comparator is not None or (end == len(text) and reading.measure is not None)
    return not (end < len(text) and said[-1].isdigit() and (text[end].isascii() and text[end].isalnum()))


def find(text: str) -> list[Found]:
    """Values in normalised text, in order, without overlaps."""
    found: list[Found] = []
    covered = [match.span() for match in _DOCUMENT_NUMBER.finditer(text)]
    position = 0
    while anchor := _anchors().search(text, position):
        start = anchor.start()
        position = max(start + 1, position + 1)
        blocked = next((end for begin, end in covered if begin <= start < end), None)
        if blocked is not None:
            position = blocked
            continue
        if start and _NO_ANCHOR_AFTER.search(text[start - 1]) and text[start].isalnum() and text[start].isascii():
            position = anchor.end() if anchor[0].isdigit() else position
            continue
        best = _longest(text, start)
        if best and _credible(text, start, *best):
            end, reading = best
            found.append((start, end, to_value(reading, text[start:end])))
            position = end
    return found
