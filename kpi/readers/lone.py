"""Rows with one thing behind each name: that is the value, whatever other columns the heads name."""

from collections.abc import Sequence

from kpi.readers import labels
from kpi.readers.columns import Header
from kpi.readers.lines import Line
from kpi.readers.match import kind_of

_LEAST = 2  # rows that tell
_NAMED = ("name", "value")
_NO_VALUES = frozenset(("sign", "nature", "scoring", "standard", "slot", "chance"))
_MOST, _ALL = 50, 100  # points of one row, and of all


def lone_values(header: Header, lines: Sequence[Line]) -> Header:
    """The heads of rows that give no columns, without the columns behind the value where no row fills one: a
    self-evaluation that only its targets have been written into. What may be points is left to their column."""
    kinds = tuple(role.kind for role in header.left)
    if header.right or header.project or kinds[:2] != _NAMED or len(kinds) == len(_NAMED):
        return header
    rows = [line for line in lines if line.filled]
    behind = [_behind_name(line) for line in rows]
    alone = [texts[0] for texts in behind if len(texts) == 1]
    if len(alone) < _LEAST or any(len(texts) > 1 for texts in behind) or not all(line.packed for line in rows):
        return header
    pointed = header.has("weight") or header.has("score")
    if any(kind_of(text) in _NO_VALUES for text in alone) or (pointed and _may_be_points(alone)):
        return header
    return header._replace(left=header.left[: len(_NAMED)])


def _behind_name(line: Line) -> list[str]:
    """What stands behind the levels and the name of a row."""
    texts = [c.text for c in line.filled]
    start = next((i for i, text in enumerate(texts) if not labels.is_level(text)), len(texts))
    return texts[start + 1 :]


def _may_be_points(texts: Sequence[str]) -> bool:
    """Whether the figures are small and come to no more than all points do, or most of them more than once."""
    if not all(text.replace(".", "", 1).isdecimal() and float(text) <= _MOST for text in texts):
        return False
    again = sum(texts.count(text) > 1 for text in texts)
    return sum(map(float, texts)) <= _ALL or 2 * again > len(texts)
