"""A proposal in the cells of its file: which stretches of which cells change, and how the text then reads."""

from collections.abc import Iterator
from typing import NamedTuple

from kpi.fixes.cells import Cells, squeezed
from kpi.fixes.edits import CellEdit, Filling, Proposal, Span, Writer, spliced, widened
from kpi.fixes.propose import trimmed
from kpi.fixes.signs import sign_column
from kpi.fixes.split import Apart, signed, split
from kpi.model import Document, Entry
from kpi.readers import GridCell
from kpi.values.normal import MARKS

_NOT_FOUND = "在文件里对不上这一格的原文"
_APART = "比较符号、数值和单位分列，拆不成新的写法"
_BLANK = "这一格是空的"
_SIGN = "比较符号另有一栏，程序填不进去，请在那一栏里填“{}”，数值不用动"


class Placed(NamedTuple):
    """A proposal with its changes by the number of the cell. `text`: the target's text afterwards."""

    proposal: Proposal
    spans: tuple[tuple[int, Span], ...]
    text: str


def placed(proposal: Proposal, document: Document, cells: Cells, file: Cells, writer: Writer) -> Placed | str:
    """The proposal in its cells; a clause that says why not where it has to be made by hand.

    `cells` are those of the document, `file` the same before any change was made.
    """
    if not proposal.old.strip():
        return _BLANK
    made = _value(proposal, document, cells) if proposal.target.row >= 0 else _words(proposal, cells)
    if isinstance(made, str):
        return made
    numbers = dict.fromkeys(number for number, _ in made.spans)
    for number in numbers:
        spans = tuple(span for at, span in made.spans if at == number)
        edit = changed(file.all[number], cells.all[number].text, spans)
        if not edit.cell.text and (not isinstance(writer, Filling) or writer.refuses(edit)):
            return _SIGN.format(proposal.new[:1])
        if edit.cell.text and (reason := writer.refuses(edit)):
            return reason
    return made


def changed(cell: GridCell, text: str, spans: tuple[Span, ...]) -> CellEdit:
    """The spans of a text that a cell has come to have, as a change of the cell."""
    return CellEdit(cell, spans if cell.text == text else (trimmed(cell.text, spliced(text, spans)),))


def _entry_of(document: Document, proposal: Proposal) -> Entry | None:
    """The half of a row that a proposal is about."""
    indicator = document.tables[proposal.target.form].indicators[proposal.target.row]
    return indicator.period if proposal.target.key == "period" else indicator.annual


def _value(proposal: Proposal, document: Document, cells: Cells) -> Placed | str:
    entry = _entry_of(document, proposal)
    if entry is None:
        return _NOT_FOUND
    own = {kind: cells.text(place) for kind, place in entry.cells.items()}
    apart = Apart(own.get("sign", ""), own.get("value", ""), own.get("unit", ""))
    room = None if apart.sign else _room(proposal, document, entry, cells)
    if isinstance(room, str):
        return room
    if room is not None or ((apart.sign or apart.unit) and squeezed(apart.value) != squeezed(entry.text)):
        return _parts(proposal, entry, apart, cells, room)
    found = cells.value(entry.cells.get("value", entry.location), entry.text)
    if found is None:
        return _NOT_FOUND
    number, start, end = found
    return Placed(proposal, ((number, Span(start, end, proposal.new)),), proposal.new)


def _room(proposal: Proposal, document: Document, entry: Entry, cells: Cells) -> int | str | None:
    """The empty cell that a new sign belongs in, by its number, or why it cannot be put there; None where it goes with
    the figure."""
    found = cells.at(entry.cells["value"]) if "value" in entry.cells else None
    if found is None or found[1] or not signed(proposal.new) or entry.text.startswith(tuple(MARKS)):
        return None
    table, half = document.tables[proposal.target.form], proposal.where.half
    column = sign_column(table, half, found[0], cells) if half else None
    if column is None:
        return None
    row, first = cells.row_of(found[0])
    there = next(((number, cell) for number, cell in enumerate(row.cells, first) if cell.column == column), None)
    if there and there[1].text:
        return None
    return there[0] if there and there[1].rowspan == 1 else _SIGN.format(proposal.new[:1])


def _parts(proposal: Proposal, entry: Entry, apart: Apart, cells: Cells, room: int | None) -> Placed | str:
    """Sign, value and unit in cells of their own."""
    if squeezed(apart.joined) != squeezed(entry.text):
        return _NOT_FOUND
    new = split(apart, proposal.new, room=room is not None)
    if new is None:
        return _APART
    spans = []
    for kind, before, after in zip(Apart._fields, apart, new, strict=True):
        if before == after:
            continue
        if room is not None and kind == "sign":
            spans.append((room, Span(0, 0, after)))
            continue
        found = cells.value(entry.cells[kind], before) if kind in entry.cells and before else None
        if found is None:
            return _APART
        spans.append((found[0], Span(found[1], found[2], after)))
    return Placed(proposal, tuple(spans), new.joined)


def _words(proposal: Proposal, cells: Cells) -> Placed | str:
    letters = cells.running(proposal.where.location, proposal.old)
    if letters is None:
        return _NOT_FOUND
    spans: list[tuple[int, Span]] = []
    for span in (widened(proposal.old, one) for one in proposal.spans):
        spans += _stretches([place for place in letters[span.start : span.end] if place], span.text)
    return Placed(proposal, tuple(spans), proposal.new) if spans else _NOT_FOUND


def _stretches(letters: list[tuple[int, int]], new: str) -> Iterator[tuple[int, Span]]:
    """The same in the cells: all of the new words where the old ones begin, nothing where they go on."""
    while letters:
        number = letters[0][0]
        here = [at for cell, at in letters if cell == number]
        yield number, Span(here[0], here[-1] + 1, new)
        letters, new = letters[len(here) :], ""
