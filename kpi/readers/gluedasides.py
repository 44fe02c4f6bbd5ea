"""What may stand round a value in a text without separators: points, shares, signs, units, remarks, chances."""

import re
from collections.abc import Iterator

from kpi.lazyre import later
from kpi.readers.gluedtext import (
    DIGIT,
    FRONT,
    LONGEST_TEXT,
    MEASURE,
    PER,
    SAID_AGAIN,
    SIGNS,
    Cell,
    leaves_unit,
    may_be_value,
    splits_figure,
    unit_words,
    units_known,
    words,
)
from kpi.readers.vocabulary import vocabulary

_RATE = later(r"(?!0\d)\d{1,4}(?:\.\d+)?[%％]")
_WEIGHT = later(r"\d{1,3}(?:\.\d{1,2})?(?:%|分(?!钟))?")
_ROUND = frozenset(("5", "8", "10", "12", "15", "20", "25", "30", "40", "50"))  # how most full marks are dealt out
_NATURE = later("[正反负逆双中]向(?:指标)?|定[性量](?:指标)?|是/否|有/无")
_JUMBLED = ("定性指标", "定量指标")  # the characters of which may have been read in another order
_WHOLE = ("稳", "确", "固", "特", "指", "鉴")  # 稳定性 is no 定性
_TELLS = ("反映", "考察", "考核", "体现")  # what an indicator says
_SHORTEST, _ROWS_ALIKE = 4, 3  # characters of a remark, rows that have it
_NOUN = 2  # characters
_FINISHED = later("已(?:全部|按期|如期)?完成(?!率)")  # in place of the reason why something was not done
_SIGNED, _SHARED, _EXPLAINED = 1.2, 1.2, 1.3


def points(text: str, at: int, end: int, full: str, *, before_unit: bool = False) -> Iterator[Cell]:
    """Full marks, or (with `full`) the points out of them; a run of digits may hold several figures. `before_unit`: the
    next column is that of units (10|公里|=312)."""
    found = _WEIGHT.match(text, at, end)
    if not found:
        return
    for stop in range(at + 1, found.end() + 1):
        if text[stop - 1] == "." or (text[stop : stop + 1] == "." and stop < found.end()):
            continue
        figure = text[at:stop].rstrip("%分")
        measured = MEASURE.match(text, stop, end)
        if measured and not (before_unit and FRONT.match(text, measured.end(), end)):
            continue
        if not figure or float(figure) > 100 or (len(figure) > 1 and figure[0] == "0" and "." not in figure):
            continue
        if full:
            yield Cell(stop, 1.6 if figure == full else 0.5 if float(figure) <= float(full) else -0.5)
        else:
            yield Cell(stop, 1.3 if figure in _ROUND else 0.7)


def rates(text: str, at: int, end: int) -> Iterator[Cell]:
    """The share that has been reached."""
    share = _RATE.match(text, at, end)
    if share and not (text[at] == "0" and text[at - 1 : at].isdigit()):  # 0% of 100%
        yield Cell(share.end(), _SHARED)


def standards(text: str, at: int, end: int) -> Iterator[Cell]:
    """计划标准, 历史标准: where the value comes from."""
    if standard := words("standards").match(text, at, end):
        yield Cell(standard.end(), _SHARED)


def flags(text: str, at: int, end: int) -> Iterator[Cell]:
    """Yes or no."""
    if at < end and text[at] in "是否" and text[at + 1 : at + 2] != "否":
        yield Cell(at + 1, _SHARED)


def signs(text: str, at: int, end: int) -> Iterator[Cell]:
    """A sign, its words, or a direction, in a column of its own."""
    if sign := SIGNS.match(text, at, end):
        yield Cell(sign.end(), _SIGNED)
    if (nature := _NATURE.match(text, at, end)) and text[at - 1 : at] not in _WHOLE:
        yield Cell(nature.end(), 1.5)
    elif at + 4 <= end and in_order(text[at : at + 4]) in _JUMBLED:
        yield Cell(at + 4, 1.5)


def in_order(nature: str) -> str:
    """性标定指 as 定性指标, any other words as they are."""
    return next((word for word in _JUMBLED if sorted(word) == sorted(nature)), nature)


def units(text: str, at: int, end: int) -> Iterator[Cell]:
    """A unit in a column of its own: behind a bare figure, or in front of a sign or a figure."""
    behind = at > 0 and text[at - 1].isdigit()
    start = at + (text[at : at + 1] in "万亿" and at < end)
    for length in range(min(5, end - start), 0, -1):
        stop = start + length
        if text[start:stop] not in unit_words():
            continue
        if (part := PER.match(text, stop, end)) and (unit := units_known().match(text, part.end(), end)):
            stop = unit.end()
        if behind or FRONT.match(text, stop, end):
            yield Cell(stop, 0.8)


def remarks(text: str, at: int, end: int, before_value: bool, name: str = "") -> Iterator[Cell]:
    """Words that explain: what is left of the text, or (before the value) up to where one begins."""
    yield from _in_front(text, at, end, name) if before_value else _behind(text, at, end)


def _in_front(text: str, at: int, end: int, name: str) -> Iterator[Cell]:
    stops = [stop for stop in range(at + 4, min(at + 80, end)) if may_be_value(text, stop)]
    if words("explains").match(text, at, end):
        yield from (Cell(stop, _EXPLAINED) for stop in stops)
    else:  # 投诉起数当年受理的投诉起数: the name said again at more length
        yield from (Cell(stop, 0.5) for stop in stops if stop - at > SAID_AGAIN and _ends_alike(text, at, stop))
        echoed = _said_in(text, at, name)  # 加装电梯新加装电梯的台数
        yield from (Cell(stop, echoed) for stop in stops if echoed and stop - at > SAID_AGAIN)
        before = max(at - 6, 0)
        noun = words("nouns").search(text[before:at]) and not words("nouns").search(text[before : at + 1])
        if noun:  # rather than a name that goes on behind 数量
            yield from (Cell(stop, 0.05 if words("nouns").search(text[stop - 6 : stop]) else -0.1) for stop in stops)


def _said_in(text: str, at: int, name: str) -> float:
    """How surely the words behind a name explain it: they begin as it does and have its end in them, too, or they say
    all of it behind a word or two; 0 where they do neither."""
    if len(name) < _SHORTEST:
        return 0.0
    said = text[at : at + LONGEST_TEXT]
    if said.startswith(name[:_SHORTEST]) and name[-_NOUN:] in said:
        return 1.2
    return 0.8 if name in said[: len(name) + SAID_AGAIN] else 0.0


def _ends_alike(text: str, at: int, stop: int) -> bool:
    """Whether an explanation ends as the name in front of it: by four characters, or by the noun that names end in."""
    if text.endswith(text[max(at - SAID_AGAIN, 0) : at], at, stop):
        return True
    last = text[max(at - _NOUN, 0) : at]
    return words("nouns").search(last) is not None and text.endswith(last, at + _NOUN, stop)


def _behind(text: str, at: int, end: int) -> Iterator[Cell]:
    if text.startswith("/", at):
        return  # the rest of a unit
    if not splits_figure(text, at) and not leaves_unit(text, at, end):
        yield Cell(end, -0.2)
    if length := _common(text, at, end):
        yield Cell(at + length, 0.6)
    if (done := _FINISHED.match(text, at, end)) and text.count(done.group()) >= _ROWS_ALIKE:
        yield Cell(done.end(), 0.6)
    if said := words("explains").match(text, at, end):
        if said.group() in _TELLS and (echo := _echo(text, said.end(), end)):
            yield Cell(echo, 1.0)
        stops = range(at + _SHORTEST, min(at + LONGEST_TEXT, end))
        yield from (Cell(stop, 0.5) for stop in stops if words("nouns").search(text[max(at, stop - 6) : stop]))


def chances(text: str, at: int, end: int) -> Iterator[Cell]:
    """确定能, 有可能: how likely it is."""
    if chance := _chances().match(text, at, end):
        yield Cell(chance.end(), 2.0)


def until_chance(text: str, at: int, end: int) -> Iterator[Cell]:
    """A reason in front of how likely it is."""
    stops = (stop for stop in range(at + 2, min(at + LONGEST_TEXT, end)) if _chances().match(text, stop, end))
    yield from (Cell(stop, 0.8) for stop in stops if not leaves_unit(text, at, stop))


def _chances() -> re.Pattern[str]:
    pattern: re.Pattern[str] = vocabulary()["heads"]["chance"]
    return pattern


_LAST_HEADS = ("指标名称", "三级指标", "指标值", "目标值", "权重", "得分", "备注", "说明")


def _common(text: str, at: int, end: int) -> int:
    """How long a remark is that other rows have in the same words: 按实施方案; 0 where they have none."""
    # the goals above the rows have words in common, too
    first = max(0, *(text.rfind(head, 0, at) for head in _LAST_HEADS))
    least = text.count(text[at : at + _SHORTEST], first) if at + _SHORTEST <= end else 0
    if least < _ROWS_ALIKE or DIGIT.search(text[at : at + _SHORTEST]):
        return 0
    low, high = _SHORTEST, min(LONGEST_TEXT, end - at)  # longer pieces are never more frequent
    while low < high:
        middle = (low + high + 1) // 2
        often = 5 * text.count(text[at : at + middle], first) >= 4 * least  # one may have broken off
        low, high = (middle, high) if often else (low, middle - 1)
    return low


def _echo(text: str, at: int, end: int) -> int:
    """Where the name ends that an explanation says again (反映维修面积); 0 where it says none."""
    before = text[max(at - 4 * LONGEST_TEXT, 0) : at]
    longest = min(LONGEST_TEXT, end - at)
    return next((at + k for k in range(longest, _SHORTEST - 1, -1) if text[at : at + k] in before), 0)
