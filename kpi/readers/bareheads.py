"""Rows that have lost their heads, the sign, the figure and the unit of each value in cells of their own."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kpi.readers import labels
from kpi.readers.barecolumns import extra_kinds
from kpi.readers.columns import Header
from kpi.readers.headwords import heads_projects
from kpi.readers.lines import Line
from kpi.readers.match import kind_of
from kpi.readers.roles import Role

PLAIN = Header((Role("name", "", 2), Role("value", "", 3)), anchor=1)  # rows without heads above them
#: 及时率 | = | 100 | %
SIGNED = Header((Role("name", "", 2), Role("sign", "", 3), Role("value", "", 4), Role("unit", "", 5)), anchor=1)
_REST = 4  # cells of the rest of a row
_LEAST = 2  # rows that tell
_LEAST_GROUPS = 3
_WIDEST = 6  # cells of a row behind its levels


def bare_header(lines: Sequence[Line], results: bool) -> tuple[Header, Sequence[Line]]:
    """The heads that rows would have, and the rows: a sign by itself in front of a figure, in most of them, tells; what
    stands behind the values (results, points, a unit) is known by its looks. `results`: whether the form may tell what
    came of its targets."""
    rows = [line for line in lines if len(line.filled) > 2]
    signed = sum(map(is_signed, rows))
    header = SIGNED if signed >= _LEAST and 2 * signed > len(rows) else PLAIN
    lines = rejoined(lines) if header is SIGNED else lines
    at = min(header.width, 3) - 1  # of the value
    told = [row for row in _behind_levels(lines) if len(row) > at]
    values, extras = [row[at] for row in told], [row[header.width :] for row in told]
    kinds = extra_kinds(extras, values, results) if any(extras) else ()
    more = tuple(Role(kind, "", header.anchor + 1 + header.width + k) for k, kind in enumerate(kinds) if kind)
    return (header._replace(left=(*header.left, *more)) if more else header), lines


def _behind_levels(lines: Sequence[Line]) -> list[list[str]]:
    """What stands behind the levels, row by row. Of cells one a line only where every level has as many behind it; what
    stands behind the last one may go on."""
    if any(len(line.filled) > 1 and not line.packed for line in lines):
        return [_own(line) for line in lines if line.filled and not line.packed]
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
    width = len(groups[0]) if groups else 0
    even = len(groups) >= _LEAST_GROUPS and all(len(one) == width for one in groups[:-1]) and len(groups[-1]) >= width
    return [one[:width] for one in groups] if even and PLAIN.width < width <= _WIDEST else []


def _own(line: Line) -> list[str]:
    """The cells of a row from its name on; blank ones count where others follow."""
    cells = list(line.cells)
    while cells and (not cells[0].text or labels.is_level(cells[0].text)):
        cells.pop(0)
    while cells and not cells[-1].text:
        cells.pop()
    return [c.text for c in cells]


def is_signed(line: Line) -> bool:
    """Whether a name, a sign and a figure stand behind each other in cells of their own."""
    told = [(kind_of(c.text), c.text) for c in line.filled if not labels.is_level(c.text)]
    return not line.packed and any(
        i and one[0] == "sign" and two[0] in ("number", "value") for i, (one, two) in enumerate(pairwise(told))
    )


def first_row(lines: Sequence[Line], at: int) -> int:
    """Where the rows begin that stand right above a row with a level: theirs stands above the beginning of the file.
    The heads of the projects may stand in a row above those of the indicators."""
    above = lines[at - 1] if 0 < at < len(lines) else None
    if above and above.grid is not None and above.grid == lines[at].grid and heads_projects(above.filled):
        return at - 1
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
