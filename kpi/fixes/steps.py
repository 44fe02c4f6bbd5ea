"""Changes that are made together or not at all: the same change in both halves of a row."""

from collections.abc import Iterable, MutableMapping, Sequence
from typing import NamedTuple

from kpi.fixes.cells import Cells
from kpi.fixes.edits import Following, Proposal, Span, Writer, spliced
from kpi.fixes.merging import chosen, free
from kpi.fixes.place import Placed, placed
from kpi.model import Document, Location

_OTHER_HALF = "另一侧的这一处不能自动改，两侧要一起改"
_FOLLOWS = "这一格是公式，跟着 {} 格变，请改那一格"
Step = tuple[Placed, ...]


class Refused(NamedTuple):
    """Why a step cannot be made: a clause for each of its changes."""

    reasons: tuple[str, ...]


def steps(some: Iterable[Proposal]) -> list[tuple[Proposal, ...]]:
    """One change for each place, those that go together as one."""
    found: dict[object, list[Proposal]] = {}
    for number, one in enumerate(chosen(some)):
        same = (one.target.form, one.target.row, one.old, one.spans)
        found.setdefault(same if one.where.half else number, []).append(one)
    return [tuple(step) for step in found.values()]


def step_placed(
    step: Sequence[Proposal], document: Document, cells: Cells, file: Cells, writer: Writer
) -> Step | Refused:
    """The changes of a step in their cells, as `placed` gives them; refused where one of them cannot be made."""
    there = [placed(one, document, cells, file, writer) for one in step]
    made = tuple(one for one in there if not isinstance(one, str))
    reasons = [one if isinstance(one, str) else _unled(one, made, cells, writer) for one in there]
    return Refused(tuple(reason or _OTHER_HALF for reason in reasons)) if any(reasons) else made


def step_free(step: Step, taken: MutableMapping[int, list[Span]]) -> bool:
    """Whether no other change meets the step's in their cells; if so it is taken."""
    return free(dict.fromkeys(span for one in step for span in one.spans), taken)


def _unled(one: Placed, step: Sequence[Placed], cells: Cells, writer: Writer) -> str:
    """Why a cell cannot come to say what its change wants, where it says another one again (=E20) and that one will not
    say it; "" where nothing is in the way."""
    if not isinstance(writer, Following):
        return ""
    texts = _texts(step, cells)
    for number in dict.fromkeys(number for number, _ in one.spans):
        place = cells.all[number].location
        leader = writer.follows(place)
        if leader is not None and texts.get(leader) != texts[place]:
            return _FOLLOWS.format(leader.cell)
    return ""


def _texts(step: Sequence[Placed], cells: Cells) -> dict[Location, str]:
    """What the cells of a step say afterwards."""
    spans: dict[int, list[Span]] = {}
    for number, span in dict.fromkeys(span for one in step for span in one.spans):
        spans.setdefault(number, []).append(span)
    return {cells.all[number].location: spliced(cells.all[number].text, sorted(some)) for number, some in spans.items()}
