"""Changes of a cell that is merged over several rows: made for all of its rows together, or not at all."""

from collections import Counter
from collections.abc import Mapping, Sequence

from kpi.fixes.cells import Cells
from kpi.fixes.edits import Span
from kpi.fixes.steps import Step
from kpi.model import Document

_SHARED = "这一格是几行合并的，改了别的行也会跟着变，请对照各行手工改"


def joined(some: Sequence[Step], document: Document, cells: Cells) -> list[tuple[Step, str]]:
    """The steps, those that change one merged cell as one; beside each a clause that says why it cannot be made, or
    ""."""
    shared = _shared(some, document, cells)
    groups: list[tuple[set[int], list[Step]]] = []
    for step in some:
        mine = {number for one in step for number, _ in one.spans if number in shared}
        meeting = [group for group in groups if group[0] & mine]
        groups = [group for group in groups if not group[0] & mine]
        before = [one for _, steps in meeting for one in steps]
        groups.append((mine.union(*(numbers for numbers, _ in meeting)), [*before, step]))
    whole = [(mine, tuple(one for step in steps for one in step)) for mine, steps in groups]
    return [(step, _SHARED if any(_differ(step, at, shared[at]) for at in mine) else "") for mine, step in whole]


def _shared(some: Sequence[Step], document: Document, cells: Cells) -> Mapping[int, int]:
    """The changed cells that are part of the values of several rows, by their number, and of how many."""
    merged = {number for step in some for one in step for number, _ in one.spans if cells.all[number].rowspan > 1}
    rows = [row for table in document.tables for row in table.indicators] if merged else []
    owners = Counter(
        place
        for row in rows
        for place in {place for _, one in row.entries() for kind, place in one.cells.items() if kind != "name"}
    )
    return {number: owners[cells.all[number].location] for number in merged if owners[cells.all[number].location] > 1}


def _differ(step: Step, number: int, rows: int) -> bool:
    """Whether the rows of a merged cell would have to say different things in it, or not all of them change it."""
    wanted: set[frozenset[Span]] = set()
    changing: set[tuple[int, int]] = set()
    for one in step:
        if spans := frozenset(span for at, span in one.spans if at == number):
            wanted.add(spans)
            changing.add((one.proposal.target.form, one.proposal.target.row))
    return len(wanted) > 1 or len(changing) < rows
