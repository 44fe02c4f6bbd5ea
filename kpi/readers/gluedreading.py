"""The division of a text without separators into rows whose cells look most like their columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kpi.lazyre import later
from kpi.readers import gluedasides as asides
from kpi.readers import gluedcells as cells_of
from kpi.readers import gluednames as names
from kpi.readers.gluedtext import Cell, ends_in_unit, is_closed_state, leaves_unit, splits_figure

Span = tuple[int, int, int]  # column (NAME or a position among the heads), start, end
NAME = -1
_LONGEST_NAME = 60
_MOST_ENDS = 6  # readings of one row that are kept
_ROW = 1.5  # what a further row costs
_BEHIND = 4.0  # how far behind the best so far a division may be that is followed up
# 及时率各项工作: what is said about the name, rather than more of it
_RATE_WITHIN = later(r"(?:率|满意度)[^\d()（）]{4,}")
_RUNS_ON = 0.6
LETTER = later(r"[^\d\s.,%]")
_REST = -1.5  # what text costs that belongs to no row
_NO_NAME = -3.0
_TORN_POINTS, _TORN_VALUE = 1.5, 0.2
_BOUND = later("(?:及?以[上下内前]|之[前内])$")
_NOUGHT = later(r"0(?!\.)")
#: what a name cannot begin with behind a figure: 2.3|万人次
_TIMES = later(r"[万亿](?:元|人|户|次|亩|册|吨|件|公里|平方|平米|立方|株|只|头|羽|尾)")
_MISSING = {"value": 9.0, "place": 9.0, "weight": 0.7, "score": 0.5, "actual": 0.5, "rate": 0.7}
VALUES = ("value", "place")
NUMBER_KINDS = ("actual", "last", "expected", "adjusted")
_ASIDES = {
    "sign": asides.signs, "nature": asides.signs, "flag": asides.flags, "rate": asides.rates,
    "unit": asides.units, "outlook": asides.chances,
}  # fmt: skip
TEXT_KINDS = ("explanation", "standard", "note", "reason", "other", "cause", "chance")


@dataclass(slots=True)
class _Tail:
    """The cells of a row behind its name."""

    end: int
    score: float
    spans: tuple[Span, ...]


@dataclass(slots=True)
class Reading:
    """The text between two labels, under the heads `kinds`."""

    text: str
    end: int
    kinds: Sequence[str]
    further: float
    slots: frozenset[int]  # where 指标1, 指标2 … stand: where names are counted, rows begin there
    open: bool  # whether the file ends here, maybe in the middle of a row: `known` is the same for both
    ahead: Sequence[tuple[bool, bool, bool]]  # whether a value, a result, a score is at or behind each column
    explained: bool = False  # whether words about the name stand in front of the value
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
            if self.slots and at > start and at not in self.slots:
                continue
            for row in self._from(at):
                total = score + row.score - (self.further if at > start else 0.0)
                if row.end not in best or total > best[row.end][0]:
                    best[row.end] = (total, at, row.spans)
        return self._trace(best)

    def _trace(self, best: dict[int, tuple[float, int, tuple[Span, ...]]]) -> list[tuple[Span, ...]]:
        rest = {at: score + (_REST if at < self.end else 0.0) for at, (score, _, _) in best.items()}
        at = max(rest, key=lambda k: rest[k])
        left = self.text[at : self.end]
        named = at < self.end and (names.score(self.text, at, self.end) > _NO_NAME or not LETTER.search(left))
        rows: list[tuple[Span, ...]] = [((NAME, at, self.end),)] if named else []
        while best[at][1] >= 0:
            _, before, spans = best[at]
            rows.append(spans)
            at = before
        return rows[::-1]

    def _from(self, start: int) -> Iterator[_Tail]:
        """The rows that may begin at a place."""
        if self.text[start - 1 : start].isdigit() and _TIMES.match(self.text, start, self.end):
            return
        if "standard" in self.kinds and any(True for _ in asides.standards(self.text, start, self.end)):
            return
        for stop in range(start + 2, min(start + _LONGEST_NAME, self.end) + 1):
            if stop == self.end or not names.may_end(self.text, start, stop, self.end):
                continue
            name = names.score(self.text, start, stop)
            if name <= _NO_NAME:
                continue
            if self.explained and _RATE_WITHIN.search(self.text, start, stop):
                name -= _RUNS_ON
            for tail in self._tails(stop, 0, start, "", ""):
                if splits_figure(self.text, tail.end) or leaves_unit(self.text, tail.end, self.end):
                    continue
                if self.open and tail.end == self.end and not self.is_whole(tail.spans):
                    continue
                if any(self.kinds[column] in VALUES for column, _, _ in tail.spans):
                    yield _Tail(tail.end, tail.score + name - _ROW, ((NAME, start, stop), *tail.spans))

    def is_whole(self, spans: Sequence[Span]) -> bool:
        """Whether a value that ends the file is surely at its own end: 95%, 3万元, a word said again; not 95 or 改."""
        column, a, b = spans[-1]
        value = self.text[a:b]
        if self.kinds[column] not in VALUES:
            return True
        if value.isdigit():
            return False  # 10 of 100
        return ends_in_unit(_BOUND.sub("", value)) or is_closed_state(value)

    def _tails(self, at: int, column: int, name_at: int, value: str, full: str) -> list[_Tail]:
        if column == len(self.kinds):
            return [_Tail(at, 0.0, ())]
        valued, resulted, scored = self.ahead[column]
        key = (at, column, name_at if valued else -1, value if resulted else "", full if scored else "")
        _, _, name_at, value, full = key
        if key not in self.known:
            found: dict[int, _Tail] = {}
            for cell, kept, marks in self._cells(at, column, name_at, value, full):
                here = ((column, cell.begin or at, cell.end),) if cell.end > at else ()
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
        if kind == "place":
            yield from ((c, value or text[at : c.end], full) for c in cells_of.shares(text, at, end, name_at, value))
        elif kind == "value" and self._amid_words(at, column):
            return  # 反映每季度末月2|0日前发放情况: amid the words that explain the name
        elif kind == "value":
            torn = column > 0 and self.kinds[column - 1] == "weight" and self._amid_figure(at)
            for c in cells_of.values(text, at, end, name_at):
                yield self._whole(c, at) if torn else c, text[at : c.end], full
        elif kind == "adjusted":
            yield from ((c, value, full) for c in cells_of.adjusted(text, at, end, value))
        elif kind in NUMBER_KINDS:
            yield from ((c, value, full) for c in cells_of.results(text, at, end, value))
        elif kind in ("weight", "score"):
            if kind == "weight" and self._amid_figure(at) and _NOUGHT.match(text, at):
                return  # 10 as a value of 1 and no points
            marks = full if kind == "score" else ""
            ahead = self.kinds[column + 1 : column + 2] == ("unit",)
            yield from (
                (c, value, text[at : c.end].rstrip("%分") if kind == "weight" else full)
                for c in asides.points(text, at, end, marks, before_unit=ahead)
            )
        elif kind in _ASIDES:
            yield from ((c, value, full) for c in _ASIDES[kind](text, at, end))
        elif kind in TEXT_KINDS:
            yield from ((c, value, full) for c in self._remarks(at, column, name_at))

    def _whole(self, cell: Cell, at: int) -> Cell:
        """A value whose first digits were taken for the points in front of it: 15 as 1 and 5, 470户 as 4 and 70户."""
        bare = self.text[at : cell.end].isdigit() or _NOUGHT.match(self.text, at)
        return cell._replace(score=cell.score - (_TORN_POINTS if bare else _TORN_VALUE))

    def _amid_words(self, at: int, column: int) -> bool:
        """Whether a place stands within a figure, behind a column that explains the name."""
        return column > 0 and self.kinds[column - 1] in ("explanation", "standard") and self._amid_figure(at)

    def _amid_figure(self, at: int) -> bool:
        return at < self.end and self.text[at - 1].isdigit() and self.text[at].isdigit()

    def _remarks(self, at: int, column: int, name_at: int) -> Iterator[Cell]:
        """Words that may stand in a column of words."""
        before = any(one in VALUES for one in self.kinds[column:])
        if before and self.kinds[column] == "other":  # a head that could not be read may be that of the points
            yield from asides.points(self.text, at, self.end, "")
        if self.kinds[column] == "standard":
            yield from asides.standards(self.text, at, self.end)
        name = self.text[name_at:at] if before and name_at >= 0 else ""
        for cell in asides.remarks(self.text, at, self.end, before, name):
            if not (before and self._amid_figure(cell.end)):  # 反映补助情况≤201|622
                yield cell
        if "outlook" in self.kinds[column:]:
            yield from asides.until_chance(self.text, at, self.end)
