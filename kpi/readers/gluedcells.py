"""What may be a value or a result at a place of a text without separators: a figure, a day, a state, words."""

import re
from collections.abc import Iterator
from functools import lru_cache

from kpi.lazyre import HAN, later
from kpi.readers.gluedfigures import DATE, FIGURE, UNIT, figures
from kpi.readers.gluednames import SLOT
from kpi.readers.gluedtext import (
    DIGIT,
    LAST_FIGURE,
    LAST_FIGURES,
    LONGEST_TEXT,
    SIGNS,
    Cell,
    splits_figure,
    unit_words,
    units_known,
    words,
)
from kpi.values.normal import MARKS

#: and nothing more in words
_SPAN = later(r"(?:全年|当年|年内|本?年度内?|[上下]半年|第?[一二三四1-4]季度)(?=\s*(?:\d|\Z))")
_NAMED = later(r"(?P<name>.*?)(?:\d{1,3}(?:\.\d+)?[%分]?)?$")
_INFLUENCES, _HOW = ("作用", "影响"), later(r"通过[^。\n]{8,120}。")
_OF_NOUNS = ("性", "率", "度")
_REACHED = later("达成预期(?:指标|目标)")
_ROWS = 3  # that say so
_PARTS = later("[,，;；。、]")
_JOINS = frozenset(",，、;；")  # what stands behind them goes on
_MEASURES = ("满意度", "满意率")
_LEAST_NAME = 4  # characters of a name that is said twice
_SAID = later(rf"(?P<said>[{MARKS}]?\d{{1,4}}(?:\.\d+)?[%％$])")
_RESULT = 3  # characters of a state; a longer one is what came of it: 是|达成预期指标
_STATE, _AGAIN, _WORDS, _UNLIKELY = 1.4, 2.0, 0.1, -2.5
_OF_WHOM = 0.5
_PLAIN_WORDS = later(f"{HAN}{{3,10}}")
_CHANGED, _UNCHANGED = -1.0, 0.3
_ALIKE, _SAME_TEXT, _TORN = 3.2, 2.4, 1.5


def values(text: str, at: int, end: int, name_at: int) -> Iterator[Cell]:
    """What may be the value at a place; `name_at`: where its name begins."""
    if text[at] in _JOINS:
        return  # 12条线路、86台车辆: the name goes on
    yield from figures(text, at, end)
    if text.startswith(_INFLUENCES, at - 2) and (how := _HOW.match(text, at, end)):
        yield Cell(how.end(), _STATE)  # 对改善居住环境的作用|通过督促整改,减少扰民。
    if span := _SPAN.match(text, at, end):
        yield Cell(span.end(), _STATE)
    reached = _often_reached(text)
    if (state := _state(text, at, end)) and not (reached and text.startswith(reached, at)):
        yield Cell(state, _STATE)
    elif not state and DIGIT.match(text, at - 1) and (whole := _of_whom(text, at, end)):
        yield Cell(whole, _STATE - _OF_WHOM)
    if reached and at + 2 < end and text.startswith(reached, at + 2):
        yield Cell(at + 2, FIGURE)  # 长效机制|建立|达成预期指标
    named = _NAMED.match(text[name_at:at])
    name_end = name_at + (named.end("name") if named else at - name_at)  # full marks may stand between
    name = text[name_at:name_end]
    told = words("nouns").search(name[-6:]) and not words("explains").match(text, at)
    plain = _WORDS if told else _UNLIKELY
    echoes = text[at : at + 2] in name and not text[at].isdigit()
    if figure := _behind_its_name(text, at, end, name):
        yield Cell(figure.end(), _AGAIN + FIGURE + UNIT, figure.start("said"))
    if again := said_again(text, name_at, at, end):
        yield Cell(at + again, _AGAIN + FIGURE + UNIT)
    for length in range(2, min(LONGEST_TEXT, end - at) + 1):
        piece = text[at : at + length]
        if echoes and _says_again(name, piece) and text[at + length : at + length + 1] not in _OF_NOUNS:
            yield Cell(at + length, _AGAIN)  # 专款专用率专款专用, 稳定性稳定
        behind = 0 if piece[0].isdigit() or name[-4:] in piece else _twice(text, at, at + length, end)
        if behind:
            yield Cell(at + length, _SAME_TEXT - 0.1 * (length - behind))  # value and result in the same words
        elif at + length == end or (text[at + length].isdigit() and not piece[-1].isdigit()):
            yield Cell(at + length, plain - _in_words(piece))


def _behind_its_name(text: str, at: int, end: int, name: str) -> re.Match[str] | None:
    """图书编目合格率8|图书编目合格率95%: the name once more in front of its figure, which may be spoilt (295$)."""
    name = SLOT.sub("", name, count=1)
    again = len(name) >= _LEAST_NAME and text.startswith(name, at) and at + len(name) < end
    return _SAID.match(text, at + len(name), end) if again else None


def _of_whom(text: str, at: int, end: int) -> int:
    """Where 裁判公信力得到提升 ends behind the points of its row: what a state is of, and the state; 0 elsewhere."""
    words_ = _PLAIN_WORDS.match(text, at, end)
    last = words_.end() if words_ else at
    return next((stop for k in range(at + 2, last) if (stop := _state(text, k, end)) > k + 2), 0)


@lru_cache(maxsize=16)
def _often_reached(text: str) -> str:
    """What so many rows say came of their targets that it is the target of none; "" where no words do."""
    found = _REACHED.search(text)
    return found[0] if found and text.count(found[0]) >= _ROWS else ""


def _twice(text: str, at: int, stop: int, end: int) -> int:
    """How many of the words up to a place stand behind it again: all, or as many as the text still holds; else 0.

    Two characters that go on are more often the end of a name and the beginning of its value: 医疗服务服务范围扩大."""
    piece, behind = text[at:stop], text[stop : min(2 * stop - at, end)]
    if not piece.startswith(behind) or len(behind) < 2:
        return 0
    if len(behind) < len(piece) and (end < len(text) or _PARTS.search(piece)):
        return 0  # only where the text ends may some of it be missing
    follows = text[stop + len(behind) : stop + len(behind) + 1]
    whole = len(piece) > 2 or stop + len(behind) == end or follows < "\u4e00" or _is_state(piece)
    return len(behind) if whole else 0


def said_again(text: str, start: int, at: int, end: int) -> int:
    """How much of the text at a place repeats the figure that the name in front of it ends in: 收入达到5亿元5亿元."""
    last = LAST_FIGURES.search(text, start, at)
    if not last or last.start() - start < 2:
        return 0
    length = at - last.start()
    return length if at + length <= end and text.startswith(last.group(), at) else 0


def _is_state(piece: str) -> bool:
    return words("states").fullmatch(piece) is not None


def _says_again(name: str, piece: str) -> bool:
    """Whether a name ends in the words of its value; two characters that are no state are the end of another name."""
    if len(piece) > len(name) - 2:
        return False
    if name[-1] in _OF_NOUNS and name.endswith(piece, 0, len(name) - 1):
        return True
    return name.endswith(piece) and (len(piece) > 2 or _is_state(piece))


def shares(text: str, at: int, end: int, name_at: int, first: str) -> Iterator[Cell]:
    """What may be the value of one place among several; `first`: that of the first place.

    Figures without units that stand one behind the other are one digit each, or all the same: else nobody can tell."""
    if first and text.startswith(first, at) and at + len(first) <= end:
        yield Cell(at + len(first), _ALIKE)
    for cell in values(text, at, end, name_at):
        said = text[at : cell.end]
        if first and shape(said) != shape(first):
            continue
        runs_on = said.isdigit() and text[cell.end : cell.end + 1].isdigit() and cell.end < end
        before = said.isdigit() and bool(first) and text[at - 1].isdigit()
        if len(said) == 1 or not (runs_on or before) or (not first and text.startswith(said, cell.end)):
            yield cell


def shape(text: str) -> str:
    """What is alike in the values of one row: 12个 and 9个, but not 2026年 and 12月; words are all alike."""
    return re.sub(r"\d[\d,.]*", "0", text) if DIGIT.search(text) else ""


def _in_words(piece: str) -> float:
    """How little a text looks like a value in words: long, or with the name of an indicator in it."""
    if piece.endswith(_MEASURES):  # 就诊群众|满意度 is a name, and its value is missing
        return 3.0
    if piece[-1] in MARKS or piece.count("(") + piece.count("（") != piece.count(")") + piece.count("）"):
        return 3.0
    return (
        max(len(piece) - 8, 0) * 0.08
        + (1.0 if any(c in piece for c in "率数度") else 0.0)
        + (1.0 if DIGIT.search(piece) else 0.0)
    )


def _state(text: str, at: int, end: int) -> int:
    """Where a value in words ends that begins at a place; 0 where none does: 完成 in 完成率 is none."""
    state = words("states").match(text, at, end)
    if not state or words("goes-on").match(text, state.end(), end) or text[at - 1 : at] in _JOINS:
        return 0
    stop = state.end()
    alone = stop == end or text[stop].isdigit() or text[stop] == text[at]  # 高 in 高于 is no state
    follows = None if alone else words("states").match(text, stop, end)
    alone = alone or (follows is not None and (text[at - 1].isdigit() or follows.end() - stop > _RESULT))
    return stop if stop - at > 1 or alone else 0


def results(text: str, at: int, end: int, value: str) -> Iterator[Cell]:
    """What may be the result at a place."""
    if _cuts(text, at, end, value):
        return
    if is_cut_off(text[at:end], value):
        yield Cell(end, _ALIKE)
        return
    bare = SIGNS.sub("", value, count=1) if SIGNS.match(value) else value
    for same in {value, bare} - {""}:
        if text.startswith(same, at) and at + len(same) <= end:
            yield Cell(at + len(same), _ALIKE)
    for cell in figures(text, at, end):
        torn = bare.isdigit() and text[at - 1].isdigit() and not text[at : cell.end].isdigit()  # 2 and 50% of 250%
        yield Cell(cell.end, 0.7 * cell.score - (_TORN if torn else 0.0))
    if state := _state(text, at, end):
        yield Cell(state, 0.7 * _STATE)
    if text[at].isdigit() or splits_figure(text, at):
        return
    stops = range(at + 2, min(at + LONGEST_TEXT, end) + 1)
    closed = (k for k in stops if k == end or (text[k].isdigit() and not splits_figure(text, k)))
    yield from (Cell(stop, _WORDS) for stop in closed)


def adjusted(text: str, at: int, end: int, value: str) -> Iterator[Cell]:
    """What may be the value as it was changed later; mostly that was left blank, or says the value again."""
    yield from (cell._replace(score=_CHANGED) for cell in results(text, at, end, value))
    if value and text.startswith(value, at) and at + len(value) <= end:
        yield Cell(at + len(value), _UNCHANGED)


def is_cut_off(result: str, value: str) -> bool:
    """Whether a text ends amid a result in the words of its value: 范围扩大范围."""
    return 1 < len(result) < len(value) and not DIGIT.search(result) and value.startswith(result)


def _cuts(text: str, at: int, end: int, value: str) -> bool:
    """Whether the value in front of a place ended inside its unit or its day: 2600平 and 方米, 12月 and 底前."""
    figure = LAST_FIGURE.match(value)
    if not figure or not text.endswith(value, 0, at):
        return False
    day = DATE.match(text, at - len(value), end)
    start = at - len(value) + figure.end()
    unit = next((k for k in range(min(5, end - start), 0, -1) if text[start : start + k] in unit_words()), 0)
    per = text[at : at + 1] == "/" and bool(units_known().match(text, at + 1, end))
    return per or bool(day and day.end() > at) or (unit > 0 and start < at < start + unit)
