"""Rows that have lost their heads, the sign, the figure and the unit of each value in cells of their own."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kpi.readers import labels
from kpi.readers.columns import Header, Role
from kpi.readers.lines import Line
from kpi.readers.match import kind_of

PLAIN = Header((Role("name", "", 2), Role("value", "", 3)), anchor=1)  # rows without heads above them
#: 及时率 | = | 100 | % | 99 | 5: what came of it and its points may follow, in whichever order.
SIGNED = Header(
    (
        Role("name", "", 2), Role("sign", "", 3), Role("value", "", 4), Role("unit", "", 5), Role("note", "", 6),
        Role("note", "", 7), Role("note", "", 8),
    ),
    anchor=1,
)  # fmt: skip
#: 验收合格率 / ≥98% / 99%: each row has its result, too.
REACHED = Header((Role("name", "", 2), Role("value", "", 3), Role("actual", "", 4)), anchor=1)
BARE = (PLAIN, SIGNED, REACHED)
_REST = 4  # cells of the rest of a row
_LEAST = 2  # rows that tell
_LEAST_REACHED = 3


def bare_header(lines: Sequence[Line]) -> Header:
    """The heads that rows would have: a sign by itself in front of a figure, in most of them, tells; or three cells
    behind each level, the last of them no points."""
    rows = [line for line in lines if len(line.filled) > 2]
    signed = sum(map(is_signed, rows))
    if signed >= _LEAST and 2 * signed > len(rows):
        return SIGNED
    return REACHED if _reached(lines) else PLAIN


def _reached(lines: Sequence[Line]) -> bool:
    """Whether a name, what is wanted and what was reached stand behind each level, in a row or a line each; behind the
    last one the text may go on."""
    groups: list[list[str]] = []
    inside = False
    for text in (c.text for line in lines for c in line.filled):
        if labels.is_level(text):
            if not inside:
                groups.append([])
            inside = True
        elif groups:
            groups[-1].append(text)
            inside = False
    width = len(REACHED.left)
    if len(groups) < _LEAST_REACHED or any(len(one) != width for one in groups[:-1]) or len(groups[-1]) < width:
        return False
    told = [one[width - 1] for one in groups]
    return 2 * sum(len(text) > 1 and kind_of(text) != "number" for text in told) > len(groups)  # 10, 分: points


def is_signed(line: Line) -> bool:
    """Whether a name, a sign and a figure stand behind each other in cells of their own."""
    told = [(kind_of(c.text), c.text) for c in line.filled if not labels.is_level(c.text)]
    return not line.packed and any(
        i and one[0] == "sign" and two[0] in ("number", "value") for i, (one, two) in enumerate(pairwise(told))
    )


def first_row(lines: Sequence[Line], at: int) -> int:
    """Where the rows begin that stand right above a row with a level: theirs stands above the beginning of the file."""
    for k in range(at - 1, -1, -1):
        if is_signed(lines[k]) and not any(labels.is_known(c.text) for c in lines[k].filled):
            at = k
        elif lines[k].filled:
            break
    return at


def rows_above(head: list[Line]) -> list[Line]:
    """The rows at the end of a head that are such rows, taken out of it."""
    at = first_row(head, len(head))
    rows, head[at:] = head[at:], []
    return rows


def rejoined(lines: Sequence[Line]) -> list[Line]:
    """定性 | 优良中低差, and on the line below | 优 | 10: what came of it, and its points, under no unit."""
    made: list[Line] = []
    for line in lines:
        texts = [kind_of(c.text) for c in line.filled]
        rest = bool(made) and not line.packed and not line.cells[0].text and 0 < len(texts) < _REST
        if rest and texts[-1] in ("number", "points") and not any(labels.is_known(c.text) for c in line.filled):
            before = made[-1].cells
            cells = (*before, *(c._replace(column=k) for k, c in enumerate(line.filled, before[-1].column + 2)))
            made[-1] = replace(made[-1], cells=cells)
        else:
            made.append(line)
    return made
