"""Which of several changes of one place is made, and those of one cell together."""

from collections.abc import Collection, Iterable, Iterator, MutableMapping, Sequence

from kpi.fixes.edits import Edits, Proposal, Span, Target
from kpi.fixes.place import Placed


def chosen(some: Iterable[Proposal]) -> Iterator[Proposal]:
    """Of changes of the same characters the first."""
    taken: dict[Target, list[Span]] = {}
    for one in some:
        mine = taken.setdefault(one.target, [])
        if not any(_meet(span, other) for span in one.spans for other in mine):
            mine.extend(one.spans)
            yield one


def free(spans: Collection[tuple[int, Span]], taken: MutableMapping[int, list[Span]]) -> bool:
    """Whether no other change meets these stretches of cells; if so they are taken."""
    if any(_meet(span, other) for number, span in spans for other in taken.get(number, ())):
        return False
    for number, span in spans:
        taken.setdefault(number, []).append(span)
    return True


def spans_of(some: Sequence[Placed]) -> Edits:
    """The stretches of each cell in order; what two halves share is changed once."""
    cells: dict[int, list[Span]] = {}
    for one in some:
        for number, span in one.spans:
            cells.setdefault(number, []).append(span)
    return {number: tuple(sorted({*spans})) for number, spans in cells.items()}


def _meet(a: Span, b: Span) -> bool:
    """Whether two stretches share a character, or both put something at one place."""
    return (a.start < b.end and b.start < a.end) or a.start == b.start
