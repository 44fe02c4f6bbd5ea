"""Names and values without anything between them: the division into rows whose cells look most like their columns."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kpi.readers import gluedcells as cells_of
from kpi.readers import gluednames as names
from kpi.readers.gluedcells import Cell

Span = tuple[int, int, int]  # column (NAME or a position among the heads), start, end
NAME = -1
_LONGEST_NAME = 60
_LONGEST = 2500  # characters between two labels that are weighed
_MOST_ENDS = 6  # readings of one row that are kept
_ROW = 1.5  # what a further row costs
_FURTHER = 3.0  # more where a line is a row
_BEHIND = 4.0  # how far behind the best so far a division may be that is followed up
_LETTER = re.compile(r"[^\d\s.,%]")
_REST = -1.5  # what text costs that belongs to no row
_NO_NAME = -3.0
_MISSING = {"value": 9.0, "weight": 0.7, "score": 0.5, "actual": 0.5}
_NUMBER_KINDS = ("actual", "last", "expected")
_TEXT_KINDS = ("explanation", "standard", "note", "reason", "other", "outlook", "cause", "chance")


@dataclass(slots=True)
class _Tail:
    """The cells of a row behind its name."""

    end: int
    score: float
    spans: tuple[Span, ...]


@dataclass(slots=True)
class _Reading:
    """The text between two labels, under the heads `kinds`."""

    text: str
    end: int
    kinds: Sequence[str]
    further: float
    ahead: Sequence[tuple[bool, bool, bool]]  # whether a value, a result, a score is at or behind each column
    known: dict[tuple[int, int, int, str, str], list[_Tail]] = field(default_factory=dict)

    def rows(self, start: int) -> list[tuple[Span, ...]]:
        """The best division from `start` on; the last row may be a name alone."""
        best: dict[int, tuple[float, int, tuple[Span, ...]]] = {start: (0.0, -1, ())}
        top = 0.0
        for at in range(start, self.end):
            if at not in best or best[at][0] < top - _BEHIND:
                continue
            score = best[at][0]
            top = max(top, score)
            for row in self._from(at):
                total = score + row.score - (self.further if at > start else 0.0)
                if row.end not in best or total > best[row.end][0]:
                    best[row.end] = (total, at, row.spans)
        return self._trace(best)

    def _trace(self, best: dict[int, tuple[float, int, tuple[Span, ...]]]) -> list[tuple[Span, ...]]:
        rest = {at: score + (_REST if at < self.end else 0.0) for at, (score, _, _) in best.items()}
        at = max(rest, key=lambda k: rest[k])
        left = self.text[at : self.end]
        named = at < self.end and (names.score(self.text, at, self.end) > _NO_NAME or not _LETTER.search(left))
        rows: list[tuple[Span, ...]] = [((NAME, at, self.end),)] if named else []
        while best[at][1] >= 0:
            _, before, spans = best[at]
            rows.append(spans)
            at = before
        return rows[::-1]

    def _from(self, start: int) -> Iterator[_Tail]:
        """The rows that may begin at a place."""
        for stop in range(start + 2, min(start + _LONGEST_NAME, self.end) + 1):
            if stop == self.end or not names.may_end(self.text, start, stop, self.end):
                continue
            name = names.score(self.text, start, stop)
            if name <= _NO_NAME:
                continue
            for tail in self._tails(stop, 0, start, "", ""):
                if cells_of.splits_figure(self.text, tail.end):
                    continue
                if any(self.kinds[column] == "value" for column, _, _ in tail.spans):
                    yield _Tail(tail.end, tail.score + name - _ROW, ((NAME, start, stop), *tail.spans))

    def _tails(self, at: int, column: int, name_at: int, value: str, full: str) -> list[_Tail]:
        if column == len(self.kinds):
            return [_Tail(at, 0.0, ())]
        valued, resulted, scored = self.ahead[column]
        key = (at, column, name_at if valued else -1, value if resulted else "", full if scored else "")
        _, _, name_at, value, full = key
        if key not in self.known:
            found: dict[int, _Tail] = {}
            for cell, kept, marks in self._cells(at, column, name_at, value, full):
                here = ((column, at, cell.end),) if cell.end > at else ()
                for tail in self._tails(cell.end, column + 1, name_at, kept, marks):
                    total = cell.score + tail.score
                    if tail.end not in found or total > found[tail.end].score:
                        found[tail.end] = _Tail(tail.end, total, (*here, *tail.spans))
            self.known[key] = sorted(found.values(), key=lambda t: -t.score)[:_MOST_ENDS]
        return self.known[key]

    def _cells(self, at: int, column: int, name_at: int, value: str, full: str) -> Iterator[tuple[Cell, str, str]]:
        """What may stand in a column at a place: the cell, the value and the full marks said so far."""
        kind, text, end = self.kinds[column], self.text, self.end
        yield Cell(at, -_MISSING.get(kind, 0.0)), value, full
        if at >= end:
            return
        if kind == "value":
            yield from ((c, text[at : c.end], full) for c in cells_of.values(text, at, end, name_at))
        elif kind in _NUMBER_KINDS:
            yield from ((c, value, full) for c in cells_of.results(text, at, end, value))
        elif kind in ("weight", "score"):
            marks = full if kind == "score" else ""
            yield from (
                (c, value, text[at : c.end].rstrip("%分") if kind == "weight" else full)
                for c in cells_of.points(text, at, end, marks)
            )
        elif kind in ("sign", "nature"):
            yield from ((c, value, full) for c in cells_of.signs(text, at, end))
        elif kind == "unit":
            yield from ((c, value, full) for c in cells_of.units(text, at, end))
        elif kind in _TEXT_KINDS:
            before = "value" in self.kinds[column:]
            if before and kind == "other":  # a head that could not be read may be that of the points
                yield from ((c, value, full) for c in cells_of.points(text, at, end, ""))
            yield from ((c, value, full) for c in cells_of.remarks(text, at, end, before))


def rows_of(text: str, start: int, end: int, kinds: Sequence[str], a_line: bool = False) -> list[tuple[Span, ...]]:
    """The rows between two labels, each as the spans of its cells; `kinds`: the heads behind the name, in order.

    `a_line`: the text breaks its lines at the ends of rows, so a line hardly holds two."""
    while start < end and (text[start] in " :：,，;；、。" or text.startswith("…", start)):
        start += 1
    if start >= end:
        return []
    if end - start > _LONGEST:
        return [((NAME, start, end),)]
    behind = [set(kinds[k:]) for k in range(len(kinds))]
    ahead = [("value" in some, not some.isdisjoint(_NUMBER_KINDS), "score" in some) for some in behind]
    rows = _Reading(text, end, kinds, _FURTHER if a_line else 0.0, ahead).rows(start)
    return [row for row in rows if not _is_mark(text[row[0][1] : row[-1][2]])]


def _is_mark(text: str) -> bool:
    """Dots, dashes, a direction: what is left of a row that nobody filled in. Figures are more than that."""
    return not re.sub(r"[(（][^()（）]*[)）]|(?<!\d)\d{1,2}[.、](?!\d\d)|[-—/.…\s、]|定[性量]|[正反]向", "", text)
