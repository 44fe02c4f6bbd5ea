"""Whether a file stops in the middle of a form's indicator rows, as copies of pages often do."""

from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal

from kpi.lazyre import HAN, later
from kpi.model import LEVEL1, LEVEL2, Entry, Indicator, Unread
from kpi.readers import labels
from kpi.readers.blocks import Parts
from kpi.readers.grid import ADRIFT, GLUED, NAME_COLUMN
from kpi.readers.lines import Line
from kpi.readers.match import kind_of
from kpi.readers.rows import ends

_UNENDED = later(r"\D{4,}[,，]\D{2,}(?<![。;；!！)）完了])$")
_MOST_OF_ROWS = 0.8
_LEAST_ROWS = 3
_LEAST_ABOVE = 4
_LEAST_TOLD = 2  # figures that have a unit
_LEFT = 2  # cells of a row that broke off: its level and its name
_DIGIT = later(r"[≥≤=]?\d")
_SHARES = ("率", "满意度")
_HOLE = later(r"[(（][^()（）]*[)）]$")  # 参训学员满意度(≥**%)
_FEW, _NAME = 12, 40  # characters of a broken cell, and of a name
_ENDS = "。.!！;；:：)）"
_HALF = 3  # characters of a cell that repeats another without its last one
_BROKEN = later(f"(?![优良中差是否有无高好低强弱大小增减升降稳齐全达]){HAN}")
_PLAIN = later(r"\d{1,6}(\.\d{1,4})?")
_FIRST = frozenset(name[0] for name in LEVEL2)  # 可: of 可持续影响
_OPEN, _SHUT = "(（【[“", ")）】]”"
_STUMPS = 2

_STATED: tuple[Callable[[Indicator], object], ...] = (
    lambda i: i.valued,
    lambda i: i.actual and i.actual.text,
    lambda i: i.weight,
    lambda i: i.score,
    lambda i: i.columns,
)


def is_cut(parts: Parts, indicators: Sequence[Indicator]) -> bool:
    """Whether the form, the last of its file, ends inside its indicator rows."""
    if not parts.blocks:
        return False
    foot = [line for line in parts.foot if line.filled]
    if foot:
        return len(foot) == 1 and _is_rest(parts, foot[0])
    lines = [line for line in parts.blocks[-1].lines if line.filled]
    if not lines:
        return True  # nothing below the heads
    last = lines[-1]
    text = last.filled[-1].text
    if last.filled[-1].column >= ADRIFT or kind_of(text) == "sign" or text in ("%", "％"):
        return True  # words that are no row yet, a sign or a unit without its figure
    if last.grid == GLUED and last.filled[-1].column == NAME_COLUMN:
        return True  # a name
    if sum(text.count(c) for c in _OPEN) > sum(text.count(c) for c in _SHUT):
        return True
    alone = last.packed and len(last.filled) == 1
    if alone and (_begins_label(text) or text in _FIRST) and not labels.is_level(text):
        return True
    if indicators and _is_shorter(indicators[-1]):
        return True
    widths = [len(line.cells) for line in lines[:-1] if not line.packed]
    short = last.packed or len(last.cells) < (max(set(widths), key=widths.count) if widths else 0)
    copied = last.filled[-1].location.line is not None  # a table of a sheet or a document ends where it ends
    if indicators and copied and _breaks_off(text, indicators):
        return True
    if indicators and _stops_at_name(last, lines[:-1], indicators[-1]):
        return True
    if (short or last.grid == GLUED) and _lacks_a_character(text, indicators):
        return True
    return short and (_is_label(last) or _lacks(indicators) or (copied and _is_narrower(last, lines[:-1])))


def _breaks_off(text: str, indicators: Sequence[Indicator]) -> bool:
    """Whether the last cell of a text is the beginning of one."""
    last = indicators[-1]
    torn = _half_a_row(text, indicators) or _begins_share(text, last) or _lacks_unit(text, indicators)
    return torn or _is_first_character(text, last) or _amid_sentence(text, last)


def _amid_sentence(text: str, last: Indicator) -> bool:
    """正在制定管护办法,拟由村级 as the last row's result or reason: what goes on behind a comma has no end."""
    said = {labels.squeeze(one) for one in (last.reason, last.actual.text if last.actual else "") if one}
    return labels.squeeze(text) in said and _UNENDED.search(text) is not None


def _is_narrower(last: Line, others: Sequence[Line]) -> bool:
    """Whether the last row lacks the cell that ends each of the rows above it: a direction, a kind."""
    above = [_width(line) for line in others[-_LEAST_ABOVE:] if not line.packed]
    return not last.packed and len(above) == _LEAST_ABOVE and set(above) == {_width(last) + 1}


def _width(line: Line) -> int:
    """How many cells a line has, without the blank ones at its end."""
    return max((k for k, cell in enumerate(line.cells, 1) if cell.text), default=0)


def left_at_end(parts: Parts, unread: Sequence[Unread]) -> list[Unread]:
    """The one or two words without a place as the very last cells of a file that gives each cell a line (资金投入 |
    预算测算科学): a row that broke off before its value. [] where there are more, or something stands below."""
    lines = [line for line in parts.blocks[-1].lines if line.filled] if parts.blocks else []
    if any(line.filled for line in parts.foot):
        return []
    lost = {one.location: one for one in unread}
    found: list[Unread] = []
    for line in reversed(lines):
        one = lost.get(line.filled[0].location) if line.packed and len(line.filled) == 1 else None
        if one is None or any(map(str.isdigit, one.text)):
            break
        found.append(one)
    return found if len(found) <= _LEFT else []


def is_begun(parts: Parts) -> bool:
    """Whether nothing stands above the rows, neither heads nor a title: a page that begins inside a table."""
    return bool(parts.blocks) and parts.blocks[0].header.bare and not any(line.filled for line in parts.head)


def is_torn(parts: Parts) -> bool:
    """Whether the last row of such a form is what breaks off, and not one behind it that has no more than its level."""
    if any(line.filled for line in parts.foot):
        return False
    last = next((line for line in reversed(parts.blocks[-1].lines) if line.filled), None)
    return last is not None and not labels.is_level(last.filled[-1].text)


def _stops_at_name(last: Line, others: Sequence[Line], indicator: Indicator) -> bool:
    """质量指标 | 提高办学 as the last cells of a file that writes blank cells out: the row has not even a value's."""
    widths = {len(line.cells) for line in others if not line.packed}
    blank = any(not line.cells[-1].text for line in others if not line.packed)
    whole = blank and len(widths) == 1 and max(widths) > len(last.cells)
    text = last.cells[-1].text
    named = not last.packed and text != "" and indicator.name.endswith(text)
    return whole and named and not indicator.valued


def _half_a_row(text: str, indicators: Sequence[Indicator]) -> bool:
    """居民满意度 | ≥88% | 居民满 as the last cells of a form of two halves, all other rows of which state both."""
    last = indicators[-1]
    begun = last.name.startswith(text) or (last.annual is not None and last.annual.name == text)
    return bool(text) and begun and _stops_behind_half(indicators)


def _stops_behind_half(indicators: Sequence[Indicator]) -> bool:
    """Whether the last row states its first half alone, and nearly all others state both."""
    *others, last = indicators
    if last.annual is None or last.annual.text or not (last.period and last.period.text):
        return False
    if last.annual.name not in ("", last.name):
        return True  # another name than that of the first half, and no value behind it
    both = sum(bool(one.period and one.period.text and one.annual and one.annual.text) for one in others)
    return both >= _MOST_OF_ROWS * len(others)


def _lacks_a_character(text: str, indicators: Sequence[Indicator]) -> bool:
    """提高村民收 behind the target 提高村民收入; 销量显著提 where other rows say 显著提高."""
    if not indicators or labels.has_figure(text):
        return False
    *others, last = indicators
    if len(text) == 1 and any(e.text[:-1] == text for one in others for _, e in one.entries()):
        return True  # 减 below 减少
    if len(text) >= _HALF and any(e.text[:-1] == text for _, e in last.entries()):
        return True
    said = {e.text for one in others for _, e in one.entries() if not labels.has_figure(e.text)}
    return any(_HALF < len(t) <= _FEW and text.endswith(t[:-1]) and text not in said for t in said)


def _is_rest(parts: Parts, line: Line) -> bool:
    """A few words without an end, right behind the rows of a grid: the first cell of a row that broke off; more words,
    where its level stands in front of them."""
    text = line.filled[-1].text
    rows = parts.blocks[-1].lines
    levelled = bool(rows) and bool(rows[-1].filled) and labels.is_level(rows[-1].filled[-1].text, 2)
    return (
        line.grid is None
        and len(line.filled) == 1
        and len(text) <= (_NAME if levelled else _FEW)
        and bool(rows)
        and rows[-1].grid is not None
        and text[-1] not in _ENDS
        and not ends(line)
    )


def _is_label(line: Line) -> bool:
    """A level label, or the beginning of one, as the very last words: the mark of the next cell may follow it."""
    last = line.filled[-1]
    return (_begins_label(last.text) or labels.is_level(last.text)) and any(c is last for c in line.cells[-2:])


def _begins_label(text: str) -> bool:
    label = labels.bare(text)
    return len(label) > 1 and any(name.startswith(label) for name in (*LEVEL1, *LEVEL2))


def _lacks(indicators: Sequence[Indicator]) -> bool:
    """The last row has not what nearly all others have."""
    *others, last = indicators
    told = [one for one in others if one.name]
    heads = Counter(head for one in told for head in one.columns)
    usual = {head for head, count in heads.items() if count >= _MOST_OF_ROWS * len(told)}
    if last.columns and usual - set(last.columns):
        return True  # 95% | 96 under 2019年 | 2020年 | 2021年
    if len(told) < _LEAST_ROWS:
        pointed = len(told) > 1 and any(all(map(stated, told)) and not stated(last) for stated in _STATED[1:])
        return bool(told) and bool(last.name) and (pointed or (all(one.valued for one in told) and not last.valued))
    return any(
        not stated(last) and sum(bool(stated(one)) for one in told) >= _MOST_OF_ROWS * len(told) for stated in _STATED
    )


def _begins_share(text: str, last: Indicator) -> bool:
    """验收合格率 | 9, or ≥9, as the last cell of a file: of 95% or 98%."""
    said = last.annual.text if last.annual else ""
    behind = any(stated(last) for stated in _STATED[1:])
    share = _HOLE.sub("", last.name).endswith(_SHARES)
    return said == text and not behind and _DIGIT.fullmatch(text) is not None and share


def _lacks_unit(text: str, indicators: Sequence[Indicator]) -> bool:
    """保费标准 | 80 as the last cell of a file in which every other figure has a unit or a sign: of 80元/人.
    Satisfaction stands last in any form, and is often left without its %."""
    *others, last = indicators
    said = last.annual.text if last.annual else ""
    alone = said == text and not any(stated(last) for stated in _STATED[1:]) and last.level1 != "满意度指标"
    told = [entry.text for one in others for _, entry in one.entries() if labels.has_figure(entry.text)]
    plain = bool(_PLAIN.fullmatch(text)) and not any(map(_PLAIN.fullmatch, told))
    return alone and plain and len(told) >= _LEAST_TOLD


def _is_first_character(text: str, last: Indicator) -> bool:
    """验收情况 | 合 as the last cell of a file: of 合格."""
    return last.annual is not None and last.annual.text == text and _BROKEN.fullmatch(text) is not None


def _begins_figure(last: Indicator, others: Sequence[Indicator]) -> bool:
    """1 at the end of a file, where the row above has 100%, and every other row has something behind its value."""
    text = last.annual.text if last.annual else ""
    if not text.isdecimal() or any(stated(last) for stated in _STATED[1:]):
        return False
    behind = [one for one in others if one.name and any(stated(one) for stated in _STATED[1:])]
    said = [entry.text for one in others for _, entry in one.entries()]
    return len(behind) == len([one for one in others if one.name]) > 0 and any(
        one != text and one.startswith(text) for one in said
    )


def _results_moved(others: Sequence[Indicator], last: Indicator) -> Indicator | None:
    """A row cut short behind its result: without columns it looked like the points, but all other rows have both."""
    told = [one for one in others if one.name]
    both = sum(bool(one.actual and one.actual.text and one.weight) for one in told)
    blank = last.actual is None or not last.actual.text
    if len(told) < _LEAST_ROWS or both < _MOST_OF_ROWS * len(told) or not last.weight or not blank:
        return None
    if last.score and not _is_result(last.weight, [one.weight or "" for one in told]):
        return None
    place = last.actual.location if last.actual else last.location
    actual = Entry(last.weight, last.name, place, {"value": place})
    return last._replace(actual=actual, weight=last.score or "", score="")


def _is_result(text: str, weights: Sequence[str]) -> bool:
    """A share where points are plain figures, or more than any row is given."""
    if "%" in text:
        return not any("%" in weight for weight in weights)
    figures = [Decimal(weight) for weight in (text, *weights) if _PLAIN.fullmatch(weight)]
    return len(figures) > _LEAST_ROWS and bool(_PLAIN.fullmatch(text)) and figures[0] > max(figures[1:])


def _is_of_column(last: Indicator, others: Sequence[Indicator]) -> bool:
    """A row cut short whose last cell stands for another column: its standard, or the value of the first town alone."""
    text = last.annual.text if last.annual else ""
    columns = [one.columns for one in others if one.columns]
    if 2 * len(columns) < len(others) or not text or not columns:
        return False
    if not last.columns:
        return any(said.startswith(text) for column in columns for said in column.values())
    return _is_shorter(last)


def _is_shorter(last: Indicator) -> bool:
    """A column for each town, and the value of the last one broke off: 120万元 120万元 120."""
    text = last.annual.text if last.annual else ""
    said = [value for head, value in last.columns.items() if head in text]
    return "；" in text and len(said) > 1 and said[-1] != said[0] and said[0].startswith(said[-1])


def mended(indicators: Sequence[Indicator], one_alone: bool) -> list[Indicator]:
    """The indicators without what a row that was cut short only seems to say: its result as its points, the beginning
    of a label as its name, the beginning of a value as its value; `one_alone`: a second level and a name, where it
    breaks off behind its first level, as a name and a value."""
    *others, last = indicators
    if moved := _results_moved(others, last):
        return [*others, moved]
    if _stops_behind_half(indicators):
        return [*others, last._replace(annual=None)]
    if not last.valued and (_begins_label(last.name) or labels.SLOT.fullmatch(last.name)):
        return others  # 数量指, 指标1: and no more
    if last.annual and _is_of_column(last, others):
        return [*others, last._replace(annual=last.annual._replace(text=""))]
    broken = last.annual is not None and _BROKEN.fullmatch(last.annual.text)
    if last.annual and (broken or _begins_figure(last, others) or _begins_share(last.annual.text, last)):
        return [*others, last._replace(annual=last.annual._replace(text=""))]  # the first character of a value
    if not one_alone or last.annual is None or labels.has_figure(last.annual.text) or not _lacks(indicators):
        return list(indicators)
    entry = last.annual._replace(name=last.annual.text, text="")
    return [*others, last._replace(name=last.annual.text, annual=entry)]


def without_stumps(parts: Parts, indicators: Sequence[Indicator]) -> list[Indicator]:
    """The rows without the last ones, where several have no value and each cell of the copy is a line, but for levels:
    there the form fell apart before it broke off. For forms that are cut."""
    kept = list(indicators)
    while kept and not kept[-1].valued:
        kept.pop()
    lines = parts.blocks[-1].lines if parts.blocks else []
    a_line = all(len([c for c in line.filled if not labels.is_level(c.text)]) <= 1 for line in lines if line.packed)
    stumps = len(indicators) - len(kept)
    return kept if kept and stumps >= _STUMPS and a_line and any(line.packed for line in lines) else list(indicators)
