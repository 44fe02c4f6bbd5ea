"""The cells of a source by their places, and texts found again in them whatever their white space."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate

from kpi.fixes.edits import Edits, Span, spliced
from kpi.model import Location
from kpi.readers import GridCell, Row, Source

_AHEAD = 200  # cells over which one running text may go on


class Cells:
    """All cells of a source in order."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.all = [cell for row in source.rows for cell in row.cells]
        self._firsts = list(accumulate((len(row.cells) for row in source.rows), initial=0))
        self._number: dict[Location, int] = {}
        self._lines: dict[int, list[tuple[int, int]]] = {}
        for number, cell in enumerate(self.all):
            self._number.setdefault(cell.location, number)
            line, column = cell.location.line, cell.location.column
            if line is not None and column is not None:
                self._lines.setdefault(line, []).append((column, number))

    def at(self, place: Location) -> tuple[int, int] | None:
        """The cell at a place and how far into its text that is; None where no cell stands there."""
        if place in self._number:
            return self._number[place], 0
        if place.line is None or place.column is None:
            return None
        inside = self._lines.get(place.line, [])
        found = bisect_right(inside, (place.column, len(self.all))) - 1
        if found < 0:
            return None
        column, number = inside[found]
        return number, place.column - column

    def row_of(self, number: int) -> tuple[Row, int]:
        """The row of a cell, and the number of its first cell."""
        at = bisect_right(self._firsts, number) - 1
        return self.source.rows[at], self._firsts[at]

    def text(self, place: Location) -> str:
        """What stands at a place, as a clerk would say it; "" where no cell is there."""
        found = self.at(place)
        return " ".join(self.all[found[0]].text[found[1] :].split()) if found else ""

    def value(self, place: Location, text: str) -> tuple[int, int, int] | None:
        """Where a value stands in the cell at its place: cell, start, end. It begins there, or stands there once."""
        found = self.at(place)
        if found is None:
            return None
        number, offset = found
        whole = self.all[number].text
        spans = occurrences(text, whole[offset:])
        first = len(whole[offset:]) - len(whole[offset:].lstrip())
        fitting = [span for span in spans if span[0] == first] or (spans if len(spans) == 1 else [])
        return (number, offset + fitting[0][0], offset + fitting[0][1]) if fitting else None

    def running(self, place: Location, text: str) -> list[tuple[int, int] | None] | None:
        """For each character of a running text that is no white space the cell and the place in it; None for white
        space. The text begins in the cell at the place and may go on in the following ones."""
        found = self.at(place)
        if found is None:
            return None
        wanted = squeezed(text)
        stream: list[tuple[int, int]] = []
        number, most = found[0], len(wanted) + len(self.all[found[0]].text)
        for index in range(number, min(number + _AHEAD, len(self.all))):
            cell = self.all[index].text
            stream += [(index, at) for at, character in enumerate(cell) if not character.isspace()]
            if len(stream) >= most:
                break
        letters = "".join(self.all[index].text[at] for index, at in stream)
        last = sum(index == number for index, _ in stream) - 1 + len(wanted)  # it begins in the first cell
        start = letters.find(wanted, 0, last)
        if start < 0 or not wanted or letters.find(wanted, start + 1, last) >= 0:
            return None
        places = iter(stream[start : start + len(wanted)])
        return [None if character.isspace() else next(places) for character in text]


def edited(source: Source, edits: Edits) -> Source:
    """The source with its cells changed; the places stay."""
    if not edits:
        return source
    number, rows = 0, []
    for row in source.rows:
        changed = {at: spans for at in range(len(row.cells)) if (spans := edits.get(number + at))}
        number += len(row.cells)
        rows.append(row._replace(cells=_changed(row.cells, changed)) if changed else row)
    return source._replace(rows=tuple(rows))


def _changed(cells: Sequence[GridCell], changed: Mapping[int, tuple[Span, ...]]) -> tuple[GridCell, ...]:
    return tuple(
        cell._replace(text=spliced(cell.text, changed[at])) if at in changed else cell for at, cell in enumerate(cells)
    )


def squeezed(text: str) -> str:
    """Without white space."""
    return "".join(text.split())


def occurrences(text: str, whole: str) -> list[tuple[int, int]]:
    """Where a text stands in another, white space apart: start and end of each place."""
    wanted = squeezed(text)
    at = [index for index, character in enumerate(whole) if not character.isspace()]
    letters = "".join(whole[index] for index in at)
    found, start = [], letters.find(wanted) if wanted else -1
    while start >= 0:
        found.append((at[start], at[start + len(wanted) - 1] + 1))
        start = letters.find(wanted, start + 1)
    return found
