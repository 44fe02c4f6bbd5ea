"""What may stand at a place of a text without separators: a figure, a day, a state, points, an explanation."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kpi.readers import labels

SIGN = (
    r"(?:[<>=≤≥≦≧＜＞＝═二]{1,2}|不低于|不少于|不超过|不高于|不小于|不大于|大于等于|小于等于|大于或等于|小于或等于"
    r"|大于|小于|等于|至少|约)"
)
_DAY = (
    r"\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:全年|底|末|初)?(?:之前|以前|前|内)?"
    r"|\d{1,2}月(?:\d{1,2}日|底|末)?(?:之前|以前|前)?|\d{4}[./-]\d{1,2}(?:[./-]\d{1,2})?"
)
_DATE = re.compile(rf"(?:{_DAY})(?:[-—~至]{{1,2}}(?:{_DAY}))?(?:(?:完成|完工|竣工|到位|建成)(?!率|情况|时))?")
_EVENT = "合同签订|签订合同|开工|验收|下达|批复|申请|受理|收到[^\\d]{0,6}"
_AFTER = f"(?:{_EVENT})后|每(?:年|月|周|日|天|季度?)|达到?(?:目标值|预计值)?|各"
_LEADS = re.compile(rf"(?:{_AFTER})?(?P<sign>{SIGN})?(?P<number>[±]?\d[\d,]*(?:\.\d+)?)(?P<times>百分比|[万亿千百])?")
OPENS = re.compile(rf"[\d±]|{SIGN}|{_AFTER}")
_WEIGHT = re.compile(r"\d{1,3}(?:\.\d{1,2})?(?:%|分(?!钟))?")
_ROUND = frozenset(("5", "8", "10", "12", "15", "20", "25", "30", "40", "50"))  # how most full marks are dealt out
_TAIL = re.compile(r"(?:以上|以下|以内|及以上|左右|覆盖|内)?")
FRONT = re.compile(rf"[正反]向|定量|[<>=≤≥＜＞＝\d]|{SIGN.replace('|约', '')}")
_RANGE = re.compile(r"[-—~至±]\d[\d,]*(?:\.\d+)?")
_PER = re.compile(r"[/·*.]每?")
SIGNS = re.compile(SIGN)
_NATURE = re.compile("[正反负逆双中]向(?:指标)?|定[性量](?:指标)?")
DIGIT = re.compile(r"\d")
LONGEST_TEXT = 40  # characters of a value in words
_MOSTDIGITS = 8  # of figures that stand one behind the other
_FIGURE, SIGNED, _UNIT, _STATE, _AGAIN, _WORDS, _UNLIKELY = 1.2, 1.2, 1.0, 1.4, 2.0, 0.1, -2.5
_ALIKE, _SAME_TEXT, _DIVIDED = 3.2, 2.4, 0.6


class Cell(NamedTuple):
    """Where a cell ends, and how much it looks like one."""

    end: int
    score: float


@cache
def words(key: str) -> re.Pattern[str]:
    return re.compile(labels.vocabulary()["glued"][key].pattern)


@cache
def units_known() -> re.Pattern[str]:
    from kpi.values.units import table  # noqa: PLC0415 - only such texts need the units

    words = sorted(map(re.escape, table().spelled), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(words)})")


@cache
def _unitwords() -> frozenset[str]:
    from kpi.values.units import table  # noqa: PLC0415

    return frozenset(table().spelled)


def may_be_value(text: str, at: int) -> bool:
    """Whether a value begins at a place for certain: a figure, a sign, a state."""
    return bool(OPENS.match(text, at) or words("states").match(text, at))


def figures(text: str, at: int, end: int) -> Iterator[Cell]:
    """Days and figures with and without their units; a run of digits may be several figures."""
    if day := _DATE.match(text, at, end):
        yield Cell(day.end(), _FIGURE + _UNIT + 0.6)
    found = _LEADS.match(text, at, end)
    if not found:
        return
    signed = SIGNED if found["sign"] else 0.0
    if found["times"] == "百分比":
        yield Cell(found.end(), _FIGURE + signed + _UNIT)
        return
    for stop, score in _with_unit(text, found.end("number"), end):
        yield Cell(_TAIL.match(text, stop, end).end(), _FIGURE + signed + score)  # type: ignore[union-attr]
    first, last = found.start("number"), found.end("number")
    if not found["times"]:
        for stop in range(max(first + 1, last - _MOSTDIGITS), last + 1):
            if text[stop - 1] not in ".," and text[stop : stop + 1] not in (".", ","):
                yield Cell(stop, _FIGURE + signed - (_DIVIDED if stop < last else 0.0))


def _with_unit(text: str, at: int, end: int) -> Iterator[tuple[int, float]]:
    """The ends of the units that may stand behind a figure."""
    start = at + (text[at : at + 1] in "万亿千百" and at < end)
    if start > at:
        yield start, 0.5
    if further := _RANGE.match(text, at, end):
        yield from _with_unit(text, further.end(), end)
    known = [k for k in range(min(5, end - start), 0, -1) if text[start : start + k] in _unitwords()]
    if not known and start < end and (start + 1 == end or text[start + 1].isdigit()) and text[start] >= "\u4e00":
        yield start + 1, 0.5  # nothing but one character between a figure and the next: a unit that the lists lack
    for length in known:
        stop, plain = start + length, length == 1 or not is_noun(text[start : start + length])
        yield stop, (_UNIT if plain else 0.4) - (0.3 if length < known[0] and plain else 0.0)
        while part := _PER.match(text, stop, end):
            unit = units_known().match(text, part.end(), end)
            if not unit:
                break
            stop = unit.end()
            yield stop, _UNIT + 0.6


def is_noun(word: str) -> bool:
    """项目, 学生: counted things that begin names, too."""
    return bool(words("counted").fullmatch(word))


def values(text: str, at: int, end: int, name_at: int) -> Iterator[Cell]:
    """What may be the value at a place; `name_at`: where its name begins."""
    yield from figures(text, at, end)
    if state := _state(text, at, end):
        yield Cell(state, _STATE)
    told = words("nouns").search(text[max(name_at, at - 6) : at]) and not words("explains").match(text, at)
    plain = _WORDS if told else _UNLIKELY
    for length in range(2, min(LONGEST_TEXT, end - at) + 1):
        piece = text[at : at + length]
        if length <= at - name_at - 2 and text[at - length : at] == piece and not piece.isdigit():
            yield Cell(at + length, _AGAIN)  # 专款专用率专款专用
        if text[at + length : at + 2 * length] == piece and not piece[0].isdigit() and at + 2 * length <= end:
            yield Cell(at + length, _SAME_TEXT)  # value and result in the same words
        elif at + length == end or text[at + length].isdigit():
            yield Cell(at + length, plain - _in_words(piece))


def _in_words(piece: str) -> float:
    """How little a text looks like a value in words: long, or with the name of an indicator in it."""
    if piece[-1] in "<>=≥≤" or piece.count("(") + piece.count("（") != piece.count(")") + piece.count("）"):
        return 3.0
    return (
        max(len(piece) - 8, 0) * 0.08
        + (1.0 if any(c in piece for c in "率数度") else 0.0)
        + (1.0 if DIGIT.search(piece) else 0.0)
    )


def _state(text: str, at: int, end: int) -> int:
    """Where a value in words ends that begins at a place; 0 where none does: 完成 in 完成率 is none."""
    state = words("states").match(text, at, end)
    if not state or words("goes-on").match(text, state.end(), end):
        return 0
    stop = state.end()
    alone = stop == end or text[stop].isdigit() or text[stop] == text[at]  # 高 in 高于 is no state
    return stop if stop - at > 1 or alone else 0


def results(text: str, at: int, end: int, value: str) -> Iterator[Cell]:
    """What may be the result at a place."""
    if value and text.startswith(value, at) and at + len(value) <= end:
        yield Cell(at + len(value), _ALIKE)
    for cell in figures(text, at, end):
        yield Cell(cell.end, 0.7 * cell.score)
    if state := _state(text, at, end):
        yield Cell(state, 0.7 * _STATE)
    for stop in range(at + 2, min(at + LONGEST_TEXT, end) + 1):
        if not text[at].isdigit() and (stop == end or text[stop].isdigit()):
            yield Cell(stop, _WORDS)


def points(text: str, at: int, end: int, full: str) -> Iterator[Cell]:
    """Full marks, or (with `full`) the points out of them; a run of digits may hold several figures."""
    found = _WEIGHT.match(text, at, end)
    if not found:
        return
    for stop in range(at + 1, found.end() + 1):
        if text[stop - 1] == "." or (text[stop : stop + 1] == "." and stop < found.end()):
            continue
        figure = text[at:stop].rstrip("%分")
        if not figure or float(figure) > 100 or (len(figure) > 1 and figure[0] == "0" and "." not in figure):
            continue
        if full:
            yield Cell(stop, 1.6 if figure == full else 0.5 if float(figure) <= float(full) else -0.5)
        else:
            yield Cell(stop, 1.3 if figure in _ROUND else 0.7)


def signs(text: str, at: int, end: int) -> Iterator[Cell]:
    """A sign, its words, or a direction, in a column of its own."""
    if sign := SIGNS.match(text, at, end):
        yield Cell(sign.end(), SIGNED)
    if nature := _NATURE.match(text, at, end):
        yield Cell(nature.end(), 1.5)


def units(text: str, at: int, end: int) -> Iterator[Cell]:
    """A unit in a column of its own: behind a bare figure, or in front of a sign or a figure."""
    behind = at > 0 and text[at - 1].isdigit()
    start = at + (text[at : at + 1] in "万亿" and at < end)
    for length in range(min(5, end - start), 0, -1):
        stop = start + length
        if text[start:stop] in _unitwords() and (behind or FRONT.match(text, stop, end)):
            yield Cell(stop, 0.8)


def remarks(text: str, at: int, end: int, before_value: bool) -> Iterator[Cell]:
    """Words that explain: what is left of the text, or (before the value) up to where one begins."""
    if not before_value:
        if not splits_figure(text, at):
            yield Cell(end, -0.2)
        return
    if words("explains").match(text, at, end):
        yield from (Cell(stop, 0.5) for stop in range(at + 4, min(at + 80, end)) if may_be_value(text, stop))


def splits_figure(text: str, at: int) -> bool:
    """Whether a place lies inside a figure."""
    return 0 < at < len(text) and text[at - 1] in "0123456789." and text[at] in "0123456789.%％"
