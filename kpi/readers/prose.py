"""Targets in running text: "数量指标：种植面积≥60亩；时效指标：…", with or without marks between them."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from kpi.lazyre import later
from kpi.model import Entry, Indicator, Location, TargetTable, Unread
from kpi.readers import labels
from kpi.readers.grid import GridCell
from kpi.readers.items import split_items
from kpi.readers.lines import Line
from kpi.readers.match import kind_of
from kpi.readers.profile import cost_parent
from kpi.readers.prosehead import read_prose_head
from kpi.values.traditional import simplified

_ITEM = later(
    r"(?P<name>[^;；。\n<>=≤≥≦≧＜＞＝]{1,60})"
    r"(?P<value>(?:[<>=≤≥≦≧＜＞＝]{1,2}|不低于|不少于|不超过|不高于|不大于|不小于|达到|控制在)\s*\d[\d.,]*[^\s;；。,，\d<>=≤≥]{0,8})"
    r"(?:\s+(?P<weight>\d{1,3}(?:\.\d+)?)(?=\s|$))?"
)
_STATE = later(  # a state without a figure: the name, then what becomes of it
    r"(?P<name>.*?)(?:定性(?:指标)?[:：为]?)?(?P<value>(?:得到|有所|明显|显著|持续|有效|不断|逐步|进一步|大幅)*"
    r"(?:提高|提升|改善|增强|增加|增长|减少|降低|发展|稳定|良好|完善|优化|保障)(?:明显|显著)?|(?<=定性)有效)"
)
_ORDINAL = later(r"[(（]?[\d一二三四五六七八九十]{0,2}[)）]?")
_NUMBERED = later(r"[(（]\d{1,2}[)）]|\d{1,2}[、.．](?!\d)|[①-⑳]")
_RESULT = later("实际|已|全年实际|完成率")
_NEXT = later(  # the number of the next level, or what it is
    r"(?:\n\s*[(（]?[\d一二三四五六七八九十]{1,2}[)）]?\s*[、.．]?|[\s\n][一二三]级指标[:：]?)\s*$"
)
_SLOT = later(r"指标\d{1,2}\s*[:：、.．]?")  # by which a text counts its targets
_PAIR = later(rf"(?:{_SLOT.pattern})?\s*(?P<name>[^,，;；。:：]{{2,40}})[,，](?P<value>[^,，;；。:：]{{1,24}})")
#: 园区绿化面积,实施周期指标值86万平方米,年度指标值30万平方米
_HALVES = later(
    rf"(?:{_SLOT.pattern})?\s*(?P<name>[^,，;；。:：]{{2,40}})[,，](?:实施周期|实施期|中期|中长期|全周期|总体)(?:指标|目标)?值?[:：]?"
    r"(?P<period>[^,，;；。]{1,24})[,，](?:年度|本年度?|当年|\d{4}年度?)(?:指标|目标)?值?[:：]?(?P<annual>[^,，;；。]{1,24})"
)
_FIGURE = later(r"[<>=≤≥≦≧＜＞＝]{0,2}\s*\d")
_BELOW = later(r"\n\s*(?:注|备注|说明|填[报表写]|负责人|联系人|审核)[^\n]*(?:\n.*)?$", re.S)
_OPENS = later(r"\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]|[(（][一二三四五六七八九十\d]+[)）]|指标\d)")
_RESIDUE = later(rf"(?:{_SLOT.pattern}|…+|\.{{3,}})")  # of a template that nobody filled in
_EDGES = 12  # characters behind a label in which its first number stands
_NAME = 40  # characters
_CLAUSE = later("[;；。\n]")
_BRACKETS = later(r"[(（][^()（）]*[)）]")
_EDGE = " \u3000\t\n:：,，、;；。"
_ABOUT = later(r"关于(.{2,60}?)绩效目标")
_YEAR = later(r"(?<!\d)(20\d\d)年")
_LONGEST = 200_000  # characters
_SHARE = 0.5  # of the text from the first label on
_LEAST = 3  # levels and values that make a text a form
_SENTENCE = 4  # levels that one sentence of a longer text tells
_DENSE = 0.7  # of such a sentence
_EXAMPLE = later("例如|比如|譬如|示例|举例|样例|范例|参考|如[:：]")
_BEFORE = 40  # characters in front of it
_WIDTH = (30, 120)  # of a page's lines, in half characters
_FULL, _NEAR = 0.85, 3  # of the widest line near by
_CLOSED = later("[。;；:：!！?？%％]$")


@cache
def _labels() -> re.Pattern[str]:
    return re.compile(f"{labels.level_stems()}(?:指标|目标|值)(?:等)?")


NO_VALUE = "这一条分不清哪里是名称、哪里是指标值，没有读入"


def read_prose(lines: Sequence[Line], year: int | None) -> tuple[list[TargetTable], list[Unread]]:
    """The form that a running text holds, and its items that are no row; two empty lists where it names too few levels
    and values to be one."""
    cells = [line.cells[0] for line in lines if line.grid is None and line.filled]
    raw, starts = _text(lines)
    text = simplified(raw)
    found = list(_labels().finditer(text))
    if len({m.group() for m in found}) < _LEAST:
        return [], []
    lost: list[Unread] = []
    indicators = tuple(_indicators((raw, text), found, cells, starts, lost))
    if len(indicators) < _LEAST or not _is_form(text, found, _told(found, indicators)):
        return [], []
    title = next((c for c in cells if labels.is_title(c.text)), None)
    about = _ABOUT.search(title.text) if title else None
    own = _YEAR.search(text)
    head = read_prose_head(cells[: bisect_right(starts, found[0].start())])
    table = TargetTable(
        title=title.text if title else "",
        year=year or (int(own.group(1)) if own else None),
        project=head.fields.get("project") or (about.group(1) if about else ""),
        department=head.fields.get("department"),
        unit=head.fields.get("unit"),
        annual_funding=head.funding,
        term=head.fields.get("term"),
        sections=MappingProxyType(head.sections),
        period_goal=head.period_goal,
        annual_goal=head.goal,
        indicators=indicators,
        locations={**({"title": title.location, "project": title.location} if title else {}), **head.places},
    )
    return [table], [one._replace(project=table.project) for one in lost]


def _is_form(text: str, found: Sequence[re.Match[str]], told: int) -> bool:
    """Whether half of a text tells targets, or one sentence of it tells nothing else."""
    if told >= _SHARE * (len(text) - found[0].start()):
        return True
    end = text.find("。", found[-1].end())
    if _EXAMPLE.search(text[: found[0].start()][-_BEFORE:]):
        return False
    return end > 0 and len({m.group() for m in found}) >= _SENTENCE and told >= _DENSE * (end - found[0].start())


def _told(found: Sequence[re.Match[str]], indicators: Sequence[Indicator]) -> int:
    """How many characters are labels, names and values: an article about targets has few among its other words."""
    told = sum(len(i.name) + len(i.parent or "") + len(e.text) for i in indicators for _, e in i.entries())
    return told + sum(len(m.group()) for m in found)


def _text(lines: Sequence[Line]) -> tuple[str, list[int]]:
    """The lines as one text, and where each begins; a line that the page's edge broke goes on without a break."""
    told = [" ".join(c.text for c in line.filled) for line in lines if line.grid is None and line.filled]
    widths = list(map(_width, told))
    parts, starts, at = [], [], 0
    for k, part in enumerate(told):
        if at >= _LONGEST:
            break
        widest = max(widths[max(k - _NEAR, 0) : k + _NEAR + 1])
        mark = "" if k + 1 < len(told) and _is_broken(part, told[k + 1], widest) else "\n"
        parts.append(part + mark)
        starts.append(at)
        at += len(part) + len(mark)
    return "".join(parts)[:_LONGEST].removesuffix("\n"), starts


def _width(text: str) -> int:
    return sum(1 if c.isascii() else 2 for c in text)


def _is_broken(text: str, below: str, widest: int) -> bool:
    """Whether a line ends at the edge of its page, amid a sentence."""
    least, most = _WIDTH
    full = least <= widest <= most and _width(text) >= _FULL * widest
    begins = _labels().match(below) or _OPENS.match(below)
    return full and not _CLOSED.search(text) and begins is None


def _indicators(
    texts: tuple[str, str],
    found: Sequence[re.Match[str]],
    cells: Sequence[GridCell],
    starts: Sequence[int],
    lost: list[Unread],
) -> Iterator[Indicator]:
    """`texts`: as it stands, and in simplified characters. What a list holds that is no row goes to `lost`."""
    raw, text = texts
    one = two = ""
    weighed = False
    levels = [labels.level_of(label.group()) for label in found]
    cost = cost_parent([level.two for level in levels if level and level.rank != 1])
    masked = _BRACKETS.sub(lambda m: "□" * len(m.group()), text)
    ends = [m.start() for m in found[1:]] + [len(text)]
    openings = [raw[m.end() : m.end() + _EDGES].lstrip(_EDGE) for m in found]
    numbered = any(_NUMBERED.match(one) or _SLOT.match(one) for one in openings)
    for label, level, end in zip(found, levels, ends, strict=True):
        if level is None:
            continue
        above = cost if level.two == "成本指标" else one
        one, two = (level.one, "") if level.rank == 1 else labels.canonical(level, above)
        second = two or labels.second_alone(one)
        listed, rest = _listed(raw[label.end() : end], numbered) if second else ([], [])
        lost += (Unread(said, _place(label.end() + at, cells, starts), NO_VALUE, None, second) for said, at in rest)
        for name, value, at, period in listed:
            place = _place(label.end() + at, cells, starts)
            whole = Entry(period, name, place) if period else None
            yield Indicator(one, second, name, period=whole, annual=Entry(value, name, place))
        if listed:
            continue
        items = list(_ITEM.finditer(masked, label.end(), end))
        state = None if items or not two else _state(raw[label.end() : end])
        if not items and not state and second:
            alone, rest = _alone(raw[label.end() : end])
            lost += (Unread(said, _place(label.end() + at, cells, starts), NO_VALUE, None, second) for said, at in rest)
            for one_item in alone:
                place = _place(label.end() + one_item.at, cells, starts)
                yield Indicator(one, second, one_item.name, annual=Entry(one_item.value, one_item.name, place))
        if state:
            entry = Entry(state["value"], state["name"], _place(label.end(), cells, starts))
            yield Indicator(one, two, state["name"], annual=entry)
        for item in items:
            name, parent = _name(raw[item.start("name") : item.end("name")])
            value = raw[item.start("value") : item.end("value")].strip()
            weighed = weighed or item.group("weight") is not None
            place = _place(item.start("value"), cells, starts)
            made = Indicator(one, second, name, annual=Entry(value, name, place), parent=parent)
            yield made._replace(weight=item.group("weight") or "") if weighed else made


_LONE = 60  # characters of a level that says one thing
_NEXT_NUMBER = later(r"[。;；\s][\s(（]*\d{1,2}[.、)）]?\s*$")
#: 垃圾无害化处理率100%, 受益居民人数12万人
_BARE = later(
    r"(?P<name>[^\d≥≤＞＜=]{2,30}(?:率|比例|占比|数|数量))(?P<value>\d[\d.]*\s?(?:[%％‰]|[万亿]?[\u4e00-\u9fff]{1,3}))"
)


class _Item(NamedTuple):
    """A target of a list, and where it stands. `period`: the value of the whole term, where the list tells both."""

    name: str
    value: str
    at: int
    period: str = ""


def _listed(segment: str, numbered: bool) -> tuple[list[_Item], list[tuple[str, int]]]:
    """Name, value and offset of each target of a segment where every clause is one ((1)示范点数量10个;(2)…), and what
    stands between those that are counted (指标1:…) and is none. `numbered`: whether the text counts its targets, and so
    lists them also where there is but one."""
    found: list[_Item] = []
    lost: list[tuple[str, int]] = []
    segment = _BELOW.sub("", _NEXT.sub("", segment))
    counted = _SLOT.search(segment) is not None
    if counted and not _RESIDUE.sub("", segment).strip(_EDGE):
        return [_Item(m.group(), "", m.start()) for m in _RESIDUE.finditer(segment)], []
    lead = len(segment) - len(segment.lstrip(_EDGE))
    for name, value, at, period in _items(segment.strip(_EDGE), counted):
        if not value and _ORDINAL.fullmatch(name.strip(_EDGE)):
            continue  # of the next level
        state = None if value else _STATE.fullmatch(name.strip(_EDGE))
        name, value = (state["name"], state["value"]) if state else (name, value)  # noqa: PLW2901
        blank = counted and not value and _RESIDUE.fullmatch(name.strip()) is not None
        if not blank and (not value or not 1 < len(name.strip(_EDGE)) <= _NAME or _RESULT.match(name)):
            lost.append((name.strip(_EDGE), at + lead))
            continue
        found.append(_Item(name.strip(_EDGE), value.strip(_EDGE), at + lead, period))
    if lost and not (counted and len(lost) < len(found)):
        return [], []
    return (found, lost) if len(found) > 1 or numbered else ([], [])


def _alone(segment: str) -> tuple[list[_Item], list[tuple[str, int]]]:
    """The one target of a level whose value is a day or a bare figure (清扫任务完成时间2026年12月31日前), or what has a
    figure and cannot be told apart."""
    segment = _NEXT_NUMBER.sub("", segment)
    if not any(c.isdigit() for c in segment) or len(segment) > _LONE:
        return [], []
    listed, rest = _listed(segment, numbered=True)
    if bare := _BARE.fullmatch(segment.strip(_EDGE)):
        return [_Item(bare["name"], bare["value"], segment.index(bare["name"]))], []
    if len(listed) == 1 and not rest and kind_of(listed[0].value) == "value":
        return listed, []
    lead = len(segment) - len(segment.lstrip(_EDGE))
    return [], [(segment.strip(_EDGE), lead)]


def _items(segment: str, counted: bool) -> Iterator[_Item]:
    """The items of a segment; of what is counted each up to the next number: 指标1:完工时间,2020年8月31日前;指标2:…"""
    starts = [m.start() for m in _SLOT.finditer(segment)] if counted else []
    for start, end in zip([0, *starts], [*starts, len(segment)], strict=True):
        part = segment[start:end]
        both = _HALVES.fullmatch(part.strip(_EDGE)) if counted else None
        pair = _PAIR.fullmatch(part.strip(_EDGE)) if counted else None
        if both:
            at = start + part.find(both["name"])
            yield _Item(both["name"].strip(_EDGE), both["annual"].strip(), at, both["period"].strip())
        elif pair and _is_pair(pair["value"], part):
            yield _Item(pair["name"].strip(_EDGE), pair["value"].strip(_EDGE), start + part.find(pair["name"]))
        elif part.strip(_EDGE):
            yield from (_Item(name, value, start + at) for name, value, at in split_items(part))


def _is_pair(value: str, part: str) -> bool:
    """Whether a comma parts a name from its value: a figure, or words where nothing else tells them apart
    (实施进度，按计划推进)."""
    figure = _FIGURE.match(value.strip()) is not None or kind_of(value) == "value"
    return figure or all(not told for _, told, _ in split_items(part))


def _state(segment: str) -> re.Match[str] | None:
    return _STATE.fullmatch(_CLAUSE.split(segment.strip(_EDGE), maxsplit=1)[0].strip(_EDGE))


def _name(text: str) -> tuple[str, str | None]:
    """A name, and the parent that stands before it with a comma between ("★种植数量，葡萄种植数量")."""
    mark = _NUMBERED.match(text.strip(_EDGE)) or _SLOT.match(text.strip(_EDGE))
    text = text.strip(_EDGE)[mark.end() if mark else 0 :]
    before, comma, name = text.strip(_EDGE).replace("，", ",").rpartition(",")
    if comma and before.lstrip(_EDGE).startswith("★"):
        return name.strip(_EDGE), before.strip(_EDGE)
    return (text.strip(_EDGE), None)


def _place(at: int, cells: Sequence[GridCell], starts: Sequence[int]) -> Location:
    index = max(bisect_right(starts, at) - 1, 0)
    return cells[index].location.after(at - starts[index])
