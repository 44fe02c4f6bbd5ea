"""Two halves whose cells come one a line: where a name has lost its value, and where rows end."""

from collections.abc import Sequence
from itertools import zip_longest

from kpi.lazyre import later
from kpi.readers import labels
from kpi.readers.columns import Header
from kpi.readers.grid import GridCell
from kpi.readers.match import FIGURES, kind_of

_PAGE = later(r"[-—\s]*\d{1,3}[-—\s]*")  # where a name is due: the number of a page


def with_lost_values(cells: list[GridCell], header: Header) -> list[GridCell]:
    """Of names and values in turn: a name with a figure behind it where a value is due: the one before has none."""
    kinds = [role.kind for role in (*header.left, *header.right)]
    if kinds != ["name", "value", "name", "value"]:
        return cells
    made: list[GridCell] = []
    due = "name"
    for cell, below in zip_longest(cells, cells[1:]):
        if labels.is_level(cell.text):
            made.append(cell)
            due = "name"
            continue
        if due == "name" and made and _PAGE.fullmatch(cell.text) and (below is None or kind_of(below.text) == "words"):
            continue
        figure = below is not None and kind_of(below.text) in FIGURES
        if due == "value" and figure and kind_of(cell.text) == "words":
            made.append(cell._replace(text=""))
            due = "name"
        made.append(cell)
        if cell.text or due == "value":
            due = "value" if due == "name" else "name"
    return made


def by_width(cells: Sequence[GridCell], width: int, labelled: bool) -> list[int]:
    """Two halves: a row ends where its half is full and no second half opens. `labelled`: a level stands in front."""
    cuts, half = [0], 0
    for i, cell in enumerate(cells):
        if labels.is_level(cell.text):
            half = 0
            continue
        if half >= (width if labelled else 2 * width) > 0:
            cuts.append(i)
            half, labelled = 0, False
        half += bool(cell.text or half)  # in front of a row a level has been left blank
    return cuts
