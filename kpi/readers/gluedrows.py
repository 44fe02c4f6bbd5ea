"""Names and values without anything between them: the division into rows whose cells look most like their columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kpi.lazyre import later
from kpi.readers import gluedasides as asides
from kpi.readers import gluedcells as cells_of
from kpi.readers import gluednames as names
from kpi.readers import labels
from kpi.readers.gluedtext import Cell, ends_in_unit, is_closed_state, leaves_unit, splits_figure

Span = tuple[int, int, int]  # column (NAME or a position among the heads), start, end
NAME = -1
_LONGEST_NAME = 60
_LONGEST = 1500  # characters between two labels that are weighed
_MOST_ENDS = 6  # readings of one row that are kept
_ROW = 1.5  # what a further row costs
_FURTHER = 3.0  # more where a line is a row
_BEHIND = 4.0  # how far behind the best so far a division may be that is followed up
# a line of the template that nobody filled in
_BLANK_SLOT = later(rf"(?:{labels.SLOT.pattern}|(?:指标|目标)[LlI][:：]?)$")
_NOTHING = later("(?:无|略|没有|不适用|不涉及|/)+")
_MARKS = later(
    r"第\d{1,3}页(?:共\d{1,3}页)?|[(（][^()（）]*[)）]|(?<!\d)\d{1,2}[.、](?!\d\d)|[-—/.…\s、]|定[性量]|[正反]向"
)
_DOTS = later(r"(?<=[\d万亿元%％])…+\Z")  # 总投资1286.4万|…: what the template had for further rows
# 及时率各项工作: what is said about the name, rather than more of it
_RATE_WITHIN = later(r"(?:率|满意度)[^\d()（）]{4,}")
_RUNS_ON = 0.6
_ECHO = later(r"\s*(?P<said>\d{1,6}(?:年|个?月|天|日|万?元|%|人|户|次))(?P=said){1,2}(?P<marks>(?:\d{1,2})?)\s*")
_NATURES = ("量", "性", "向")  # 定量指标90% is no ninetieth slot
_LETTER = later(r"[^\d\s.,%]")
_REST = -1.5  # what text costs that belongs to no row
_NO_NAME = -3.0
_TORN_POINTS, _TORN_VALUE = 1.5, 0.2
_NOUGHT = later(r"0(?!\.)")
#: what a name cannot begin with behind a figure: 2.3|万人次
_TIMES = later(r"[万亿](?:元|人|户|次|亩|册|吨|件|公里|平方|平米|立方|株|只|头|羽|尾)")
_MISSING = {"value": 9.0, "place": 9.0, "weight": 0.7, "score": 0.5, "actual": 0.5, "rate": 0.7}
_VALUES = ("value", "place")
_NUMBER_KINDS = ("actual", "last", "expected", "adjusted")
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
class _Reading:
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
        named = at < self.end and (names.score(self.text, at, self.end) > _NO_NAME or not _LETTER.search(left))
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
                if any(self.kinds[column] in _VALUES for column, _, _ in tail.spans):
                    yield _Tail(tail.end, tail.score + name - _ROW, ((NAME, start, stop), *tail.spans))

    def is_whole(self, spans: Sequence[Span]) -> bool:
        """Whether a value that ends the file is surely at its own end: 95%, 3万元, a word said again; not 95 or 改."""
        column, a, b = spans[-1]
        value = self.text[a:b]
        if self.kinds[column] not in _VALUES:
            return True
        if value.isdigit():
            return False  # 10 of 100
        return ends_in_unit(value) or is_closed_state(value)

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
        elif kind in _NUMBER_KINDS:
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
        before = any(one in _VALUES for one in self.kinds[column:])
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


def rows_of(
    text: str, start: int, end: int, kinds: Sequence[str], *, a_line: bool = False, open_end: bool = False
) -> list[tuple[Span, ...]]:
    """The rows between two labels, each as the spans of its cells; `kinds`: the heads behind the name, in order.

    `a_line`: the text breaks its lines at the ends of rows, so a line hardly holds two. `open_end`: the file ends
    here, maybe in the middle of a row."""
    while blank := _BLANK_SLOT.search(text, start, end):
        end = blank.start()
    if dots := _DOTS.search(text, start, end):
        end = dots.start()
    while start < end and (text[start] in " :：,，;；、。" or text.startswith("…", start)):
        start += 1
    if start >= end:
        return []
    if end - start > _LONGEST:
        return []
    if echoed := _echoed(text, start, end, kinds):
        return [echoed]
    behind = [set(kinds[k:]) for k in range(len(kinds))]
    ahead = [
        (not some.isdisjoint(_VALUES), not some.isdisjoint((*_NUMBER_KINDS, "place")), "score" in some)
        for some in behind
    ]
    found = names.SLOT.finditer(text, start, end)
    slots = frozenset(slot.start() for slot in found if text[slot.start() - 1 : slot.start()] not in _NATURES)
    further = _FURTHER if a_line else 0.0
    explained = any(kind == "explanation" and value for kind, (value, _, _) in zip(kinds, ahead, strict=True))
    reading = _Reading(text, end, kinds, further, slots, False, ahead, explained)
    rows = reading.rows(start)
    if open_end and rows and not _is_closed(reading, rows):
        again = replace(reading, open=True).rows(start)
        rows = again if again and _leaves_words(text, again, end) else rows[:-1]
    rows = [*rows[:-1], _without_cut(text, rows[-1], end, kinds)] if rows else rows
    return [row for row in rows if not is_mark(text[row[0][1] : row[-1][2]])]


def _echoed(text: str, start: int, end: int, kinds: Sequence[str]) -> tuple[Span, ...]:
    """1年1年1年10: the name is its own value and its result, and full marks stand behind it; () for any other."""
    found = _ECHO.fullmatch(text, start, end)
    if not found or "value" not in kinds:
        return ()
    length, at = len(found["said"]), found.start()
    spans: list[Span] = [(NAME, at, at + length), (kinds.index("value"), at + length, at + 2 * length)]
    stop = found.start("marks")
    if stop - at == 3 * length and "actual" in kinds:
        spans.append((kinds.index("actual"), at + 2 * length, stop))
    marked = next((kind for kind in ("score", "weight") if kind in kinds), None)
    if marked and found["marks"]:
        spans.append((kinds.index(marked), stop, found.end("marks")))
    return tuple(spans)


def _without_cut(text: str, row: tuple[Span, ...], end: int, kinds: Sequence[str]) -> tuple[Span, ...]:
    """The last row, without a result that the end of the text cuts off."""
    *front, (column, a, b) = row
    if len(front) < 2 or b != end or kinds[column] not in _NUMBER_KINDS:
        return row
    _, c, d = front[-1]
    return tuple(front) if cells_of.is_cut_off(text[a:b], text[c:d]) else row


def _leaves_words(text: str, rows: Sequence[tuple[Span, ...]], end: int) -> bool:
    """Whether another name begins behind the last row that states a value."""
    valued = [row for row in rows if len(row) > 1]
    return bool(valued) and len(_LETTER.findall(text[valued[-1][-1][2] : end])) > 1


def _is_closed(reading: _Reading, rows: Sequence[tuple[Span, ...]]) -> bool:
    """Whether the last row is surely whole where the file ends: words follow it, or its value ends as values do."""
    last = rows[-1]
    if len(last) == 1 or _leaves_words(reading.text, rows, reading.end):
        return True
    return last[-1][2] == reading.end and reading.is_whole(last[1:])


def says_nothing(text: str) -> bool:
    """无, or 不涉及不涉及 where both the name and the value say so."""
    return _NOTHING.fullmatch(text) is not None


def is_mark(text: str) -> bool:
    """Dots, dashes, a direction: what is left of a row that nobody filled in. Figures are more than that."""
    return not _MARKS.sub("", text)
