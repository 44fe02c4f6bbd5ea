"""Names and values without anything between them: the rows between two labels."""

from collections.abc import Sequence
from dataclasses import replace

from kpi.lazyre import later
from kpi.readers import gluedcells as cells_of
from kpi.readers import gluednames as names
from kpi.readers import labels
from kpi.readers.gluedreading import LETTER, NAME, NUMBER_KINDS, VALUES, Reading, Span

_LONGEST = 1500  # characters between two labels that are weighed
_FURTHER = 3.0  # more where a line is a row
# a line of the template that nobody filled in
_BLANK_SLOT = later(rf"(?:{labels.SLOT.pattern}|(?:指标|目标)[LlI][:：]?)$")
_NOTHING = later("(?:无|略|没有|不适用|不涉及|/)+")
_MARKS = later(
    r"第\d{1,3}页(?:共\d{1,3}页)?|[(（][^()（）]*[)）]|(?<!\d)\d{1,2}[.、](?!\d\d)|[-—/.…\s、]|定[性量]|[正反]向"
)
_DOTS = later(r"(?<=[\d万亿元%％])…+\Z")  # 总投资1286.4万|…: what the template had for further rows
_ECHO = later(r"\s*(?P<said>\d{1,6}(?:年|个?月|天|日|万?元|%|人|户|次))(?P=said){1,2}(?P<marks>(?:\d{1,2})?)\s*")
_NATURES = ("量", "性", "向")  # 定量指标90% is no ninetieth slot


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
        (not some.isdisjoint(VALUES), not some.isdisjoint((*NUMBER_KINDS, "place")), "score" in some)
        for some in behind
    ]
    found = names.SLOT.finditer(text, start, end)
    slots = frozenset(slot.start() for slot in found if text[slot.start() - 1 : slot.start()] not in _NATURES)
    further = _FURTHER if a_line else 0.0
    explained = any(kind == "explanation" and value for kind, (value, _, _) in zip(kinds, ahead, strict=True))
    reading = Reading(text, end, kinds, further, slots, False, ahead, explained)
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
    if len(front) < 2 or b != end or kinds[column] not in NUMBER_KINDS:
        return row
    _, c, d = front[-1]
    return tuple(front) if cells_of.is_cut_off(text[a:b], text[c:d]) else row


def _leaves_words(text: str, rows: Sequence[tuple[Span, ...]], end: int) -> bool:
    """Whether another name begins behind the last row that states a value."""
    valued = [row for row in rows if len(row) > 1]
    return bool(valued) and len(LETTER.findall(text[valued[-1][-1][2] : end])) > 1


def _is_closed(reading: Reading, rows: Sequence[tuple[Span, ...]]) -> bool:
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
