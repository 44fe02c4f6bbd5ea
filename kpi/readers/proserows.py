"""The rows that the levels of a running text state: what stands behind each label, in the first way that holds."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kpi.lazyre import HAN, later
from kpi.model import Entry, Indicator, Location, Unread
from kpi.readers import labels
from kpi.readers.grid import GridCell
from kpi.readers.profile import cost_parent
from kpi.readers.proseitems import EDGE, Item, alone, listed, name_alone, state_of, weighed_alone, words_alone
from kpi.values.normal import MARKS

NUMBERED = later(r"[(（]\d{1,2}[)）]|\d{1,2}[、.．](?!\d)|[①-⑳]")
#: What stands below the last target of a notice.
CLOSING = later(
    r"\s*(?:合计|总分)[:：]?\s*\d{2,3}(?![\d.])(?=\s*(?:评价结论|存在问题|$))|\s*评价结论(?=\S)"
    r"|\n\s*(?:公示(?:时间|期限|期)[:：]\s*[自从为]?\s*20\d\d年|附件\d*[:：]|扫一扫|特此公[示告])"
)
NO_VALUE = "这一条分不清哪里是名称、哪里是指标值，没有读入"
_ITEM = later(
    rf"(?P<name>[^;；。\n{MARKS}]{{1,60}}?)"
    rf"(?P<value>(?<=■)(?=[{MARKS}\s]*[^\W_])[^;；。,，\n]{{1,24}}(?:[,，](?:每{HAN}{{1,2}})?\d[\d.]*{HAN}{{1,3}}(?=[;；。\n]|$))?|(?:[{MARKS}]{{1,2}}|不低于|不少于|不超过|不高于|不大于|不小于|达到|控制在)\s*\d[\d.,]*[^\s;；。,，\d{MARKS}]{{0,8}}"
    rf"(?:[,，]\d[\d.]*{HAN}{{1,3}}(?=[;；。\n]|$))?"  # ≥36户,121人
    rf"|(?<={HAN}{{3}})\d[\d.,]*(?:%|{HAN}{{1,3}})(?=\s+\d{{1,3}}(?:\.\d+)?(?:\s|$))"  # 宣传4场次 15
    r"|(?<=\S{4})(?:按[^\s\d]{1,6}|全部|基本|有效|持续|逐步|明显|有所|得到)?"  # 日志填写|按要求完成 22.5
    r"(?:完成|提高|提升|改善|增强|到位|合格|达标|良好|优秀|稳定|及时|规范|按[月季年]|每月|每季度|全年|年内|当年|[上下]半年|[一二三四]季度)(?=\s+\d{1,3}(?:\.\d+)?(?:\s|$)))"
    r"(?:\s+(?P<weight>\d{1,3}(?:\.\d+)?)(?=\s|$))?"
)
_BRACKETS = later(r"[(（][^()（）]*[)）]")
_HOLED = later(rf"{labels.HOLE}$")
_EDGES = 12  # characters behind a label in which its first number stands
_IS = ("为", "是")  # 产出目标为泵站2座
_BULLET = later(r"\n\s*[•●◆▪■]\s*\Z")
_POINTS = later(r"\s(\d{1,3}(?:\.\d+)?)\s*\Z")  # 到位资金6.5亿元 20


class Texts(NamedTuple):
    """A text as it stands and in simplified characters, and the cells in which its parts begin."""

    raw: str
    text: str
    cells: Sequence[GridCell]
    starts: Sequence[int]

    def place(self, at: int) -> Location:
        index = max(bisect_right(self.starts, at) - 1, 0)
        return self.cells[index].location.after(at - self.starts[index])


class _Level(NamedTuple):
    """What stands behind one label; `second`: its second level, or the only one of its first; `two`: as labelled."""

    said: str
    two: str
    second: str
    items: Sequence[re.Match[str]]
    numbered: bool
    weighed: bool


class _Stated(NamedTuple):
    """Name and value of each target, the parts that are no row, and what the pattern of an item found."""

    told: Sequence[Item] = ()
    rest: Sequence[tuple[str, int]] = ()
    items: Sequence[re.Match[str]] = ()


def indicators_of(texts: Texts, found: Sequence[re.Match[str]], lost: list[Unread]) -> Iterator[Indicator]:
    """The rows of the levels `found` in a text. What a list holds that is no row goes to `lost`."""
    raw, text = texts.raw, texts.text
    one = ""
    weighed = False
    levels = [labels.level_of(label.group()) for label in found]
    cost = cost_parent([level.two for level in levels if level and level.rank != 1])
    masked = _BRACKETS.sub(_mask, text)
    ends = [m.start() for m in found[1:]] + [len(text)]
    openings = [raw[m.end() : m.end() + _EDGES].lstrip(EDGE) for m in found]
    numbered = any(NUMBERED.match(opening) or labels.SLOT.match(opening) for opening in openings)
    for label, level, end in zip(found, levels, ends, strict=True):
        if level is None:
            continue
        start = label.end() + (text[label.end() : label.end() + 1] in _IS)
        above = cost if level.two == "成本指标" else one
        one, two = (level.one, "") if level.rank == 1 else labels.canonical(level, above)
        second = two or labels.second_alone(one)
        closing = CLOSING.search(text, start, end)
        end = closing.start() if closing else _before_bullet(text, start, end)  # noqa: PLW2901
        said = raw[start:end]
        stated = _stated(_Level(said, two, second, list(_ITEM.finditer(masked[start:end])), numbered, weighed))
        lost += (Unread(part, texts.place(start + at), NO_VALUE, None, second) for part, at in stated.rest)
        points = _POINTS.search(said) if weighed and len(stated.told) == 1 else None
        for name, value, at, period in stated.told:
            place = texts.place(start + at)
            whole = Entry(period, name, place) if period else None
            row = Indicator(one, second, name, period=whole, annual=Entry(value, name, place))
            yield row._replace(weight=points[1]) if points else row
        for item in stated.items:
            weighed = weighed or item.group("weight") is not None
            yield _row(item, Indicator(one, second, ""), said, texts.place(start + item.start("value")), weighed)


def _before_bullet(text: str, start: int, end: int) -> int:
    """Where a level's text ends in front of the mark of the next one: 合格率100%;⏎• 时效指标."""
    found = _BULLET.search(text, start, end)
    return found.start() if found else end


def _stated(level: _Level) -> _Stated:
    """The targets of a level: listed, a state, found by their signs, or one alone."""
    said, two, items = level.said, level.two, level.items
    told, rest = listed(said, level.numbered) if level.second else ([], [])
    if told:
        return _Stated(told, rest)
    if two and not items and not words_alone(said) and (state := state_of(said)):
        return _Stated([Item(state["name"].strip(EDGE), state["value"], 0)], rest)
    if two and level.weighed and not items:
        told, rest = weighed_alone(said)
    if level.second and not (told or rest):
        each, left = alone(said)
        if len(each) > len(items):  # 开工时间，4月30日前；完工时间，11月底前；支付进度≥80%
            return _Stated(each, left)
        told, rest = ([], []) if items else (each, left)
    if two and not (told or items or rest):
        how = words_alone(said)
        told = [how] if how else name_alone(said)
    return _Stated(told, rest, items)


def _row(item: re.Match[str], made: Indicator, said: str, place: Location, weighed: bool) -> Indicator:
    """The row that a sign tells; `weighed`: whether the rows of the text have points."""
    name, parent = _name(said[item.start("name") : item.end("name")])
    value = said[item.start("value") : item.end("value")].strip()
    row = made._replace(name=name, annual=Entry(value, name, place), parent=parent)
    return row._replace(weight=item.group("weight") or "") if weighed else row


def _mask(bracket: re.Match[str]) -> str:
    """As many characters; the last one tells the hole of a template, behind which the value begins: (≥**万元)."""
    return "□" * (len(bracket.group()) - 1) + ("■" if _HOLED.fullmatch(bracket.group()) else "□")


def _name(text: str) -> tuple[str, str | None]:
    """A name, and the parent that stands before it with a comma between ("★种植数量，葡萄种植数量"); of two names, the
    one that the template gave a hole (补助标准,菌棒补助成本(≤**元/棒))."""
    mark = NUMBERED.match(text.strip(EDGE)) or labels.SLOT.match(text.strip(EDGE))
    text = text.strip(EDGE)[mark.end() if mark else 0 :]
    label, colon, behind = text.replace("：", ":").partition(":")
    if colon and behind.strip(EDGE) and labels.level_of(label):
        text = behind  # 服务对象满意度:服务对象满意度≥85%
    before, comma, name = text.strip(EDGE).replace("，", ",").rpartition(",")
    starred = before.lstrip(EDGE).startswith("★")
    if comma and (starred or (_HOLED.search(name) and not _HOLED.search(before))):
        return name.strip(EDGE), before.strip(EDGE)
    return (text.strip(EDGE), None)
