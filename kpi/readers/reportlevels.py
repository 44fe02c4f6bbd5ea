"""A report that goes through its levels, one a line or under headings of their own."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from kpi.lazyre import HAN, later
from kpi.model import Entry, Indicator, Location
from kpi.readers import labels
from kpi.readers.clauses import CLAUSE, REACHED, Item, clauses_of, items_of, unparted
from kpi.readers.grid import GridCell
from kpi.readers.labels import Level
from kpi.readers.match import nouns
from kpi.readers.profile import cost_parent
from kpi.values.traditional import simplified

_SATISFIED = "满意度指标"  # a first level that is a second, too
_EFFECTS = "效益指标"
LONGEST = 160  # characters of a level's sentence; more is the story of what was done
_LEAST = 3  # levels
MOST = 4_000  # characters of a paragraph
_BULLET = r"[①-⑳•●◆·▪\-—–*]"
NUMBERED = rf"(?:[(（]?[\d一二三四五六七八九十]{{1,2}}[)）、.．]\s*|第[一二三四五六七八九十][,，、]\s*|{_BULLET}\s*)?"
_SCORED = r"(?:[(（](?:自评)?(?:得分|分值|满分)?[:：]?\d[\d.]*分[)）])?"  # 1.数量指标(自评得分20分):
_ABOVE = r"(?P<above>(?:成本|产出|效益|满意度)指标[:：]?\s*(?=\S{2,8}指标))?"  # 1、产出指标数量指标:
_OPEN_END = later("[(（][^()（）]*$")
_DATED = later(r"(?:19|20)\d\d年度?(?:\d{1,2}月)?(?:\d{1,2}日)?")  # when something happened is no figure of it
_STAMP = later(r"[\d\s:：年月日/.-]+")  # 时间:2025-06-01 16:34: when a page was published
NO_ROW = "报告这一句里有数字，但分不清是哪个指标的名称和数值，没有读入"
_NAME = 24  # characters of a name that does not end as names do: 受益农户增加 735户, where a level tells no other
CLEAN = later(rf"(?:\d{{1,6}}(?![年月日季]){HAN})?{HAN}[^,，;；。:：]{{2,23}}")  # a name that is no sentence


class Told(NamedTuple):
    """What a report tells of a level, and the clauses with figures that are no row, with their places."""

    level: Level
    cell: GridCell
    items: list[Item]
    lost: Sequence[tuple[str, Location]] = ()


@cache
def _level_line() -> re.Pattern[str]:
    label = f"(?P<label>{labels.level_stems()}(?:指标|目标)?){_SCORED}(?:完成情况)?(?:分析)?"
    return re.compile(rf"\s*{NUMBERED}{_ABOVE}{label}\s*[:：]\s*(?P<text>\S.*)")


@cache
def _level_heading() -> re.Pattern[str]:
    effects = r"(?:经济|社会|生态)效益(?=\s*[。.])|可持续影响(?=\s*[。.])"  # (1)经济效益。户均节约160元
    label = f"(?P<label>{effects}|{labels.level_stems()}(?:指标|目标)){_SCORED}(?:完成情况)?(?:分析)?"
    return re.compile(rf"\s*{NUMBERED}{_ABOVE}{label}\s*(?(above)[。.:：]?|[。.]?)\s*(?P<text>.*)")


def by_level(cells: Sequence[GridCell]) -> Iterator[Indicator]:
    """数量指标:完成道路建设491米,已完成;"""
    told: list[Told] = []
    for at, cell in enumerate(cells):
        text = unparted(simplified(cell.text[:MOST]))
        found = _level_line().fullmatch(text)
        level = labels.level_of(found["label"]) if found else None
        if level and found and not level.sure and _STAMP.fullmatch(found["text"]):
            continue
        if found is None or level is None or (level.rank == 1 and not _alone(level, found["text"])):
            told += loosely(cells, at)
            continue
        if len(found["text"]) > LONGEST:
            return
        told.append(Told(level, cell, list(items_of(cell.text, text, found.start("text")))))
    figures = any(labels.has_figure(item.value) or "*" in item.value for one in told for item in one.items)
    named, filled = ({one.level.two or one.level.one for one in some} for some in (told, [t for t in told if t.items]))
    if len(named) < _LEAST or len(filled) < _LEAST - 1 or not figures:
        return
    cost = cost_parent([one.level.two for one in told])
    for level, cell, items, _ in told:
        one, two = labels.canonical(level, cost if level.two == "成本指标" else level.one)
        two = two or labels.second_alone(one)
        for item in items:
            if item.value or not (item.actual and labels.has_figure(item.name)):  # a target that was not parted
                yield made(one, two, item, cell)


def loosely(cells: Sequence[GridCell], at: int) -> list[Told]:
    """(2)质量指标。验收合格率100%。…, or the sentences on the line below: the story of what was done, of which no more
    counts than names with their figures, and targets beside their results."""
    cell = cells[at]
    text = unparted(simplified(cell.text[:MOST]))
    found = None if _level_line().fullmatch(text) else _level_heading().fullmatch(text)
    level = labels.level_of(found["label"]) if found else None
    if found is None or level is None or not (level.rank != 1 or _alone(level, found["text"])):
        return []
    start = found.start("text")
    if not found["text"]:
        if at + 1 == len(cells):
            return []
        cell, start = cells[at + 1], 0
    text = unparted(simplified(cell.text[:MOST]))
    if not start and (_level_heading().fullmatch(text) or _level_line().fullmatch(text)):
        return []
    named: dict[int, Item] = {}
    stated = [item for item in items_of(cell.text, text, start) if item.value]
    for item in (*stated, *clauses_of(cell.text, text, start)):
        inside = any(one.at < item.at < one.end for one in stated)  # 全年实际完成值12公里: of the target before it
        if not inside and CLEAN.fullmatch(item.name):
            named.setdefault(item.at, item)
    items = [named[k] for k in sorted(named)]
    short = len(text) - start <= LONGEST
    if short and _is_list(text, start, items):
        return [Told(level, cell, items)]
    told = [item for item in items if item.actual or nouns().search(item.name)]
    items = told or [item for item in items if short and labels.has_figure(item.value) and len(item.name) <= _NAME]
    return [Told(level, cell, items, list(_lost(cell, text, start, items)) if short else ())]


def _is_list(text: str, start: int, items: Sequence[Item]) -> bool:
    """Whether a level's sentence is a list of targets, and no story: each of its clauses is one, or part of one."""
    clauses = [(start + m.start(), start + m.end()) for m in CLAUSE.finditer(text[start:]) if m.group().strip()]
    return all(any(a <= one.at < b or one.at < a < one.end for one in items) for a, b in clauses)


def _lost(cell: GridCell, text: str, start: int, items: Sequence[Item]) -> Iterator[tuple[str, Location]]:
    """The clauses of a level's sentence with figures that are part of no row."""
    for part in CLAUSE.finditer(text[start:]):
        clause, at = part.group().strip(), start + part.start()
        taken = any(at <= one.at < at + len(part.group()) or one.at <= at < one.end for one in items)
        if not taken and not REACHED.match(clause) and labels.has_figure(_DATED.sub("", clause)):
            yield cell.text[at : at + len(part.group())].strip(), cell.location.after(at)


def in_words(told: Sequence["Told"]) -> dict[str, str]:
    """What a report tells of a level in nothing but words, by the level: no row, and no level left blank."""
    named = {one.level.two for one in told if one.items or one.lost}
    said = [one for one in told if one.level.two and one.level.two not in named and not label_alone(one.cell.text)]
    return {one.level.two: one.cell.text.strip() for one in said}


def label_alone(text: str) -> bool:
    """社会效益指标(bi: nothing but the label at which the page stops."""
    return labels.level_of(_OPEN_END.sub("", simplified(text.strip()))) is not None


def worded(cells: Sequence[GridCell], rows: Sequence[Indicator]) -> dict[str, str]:
    """社会效益指标:完善了基础设施,改善了条件: a level whose line says what was done, and gives no row."""
    found: dict[str, str] = {}
    for cell in cells:
        line = _level_line().fullmatch(unparted(simplified(cell.text[:MOST])))
        level = labels.level_of(line["label"]) if line else None
        told = line and level and level.two and level.rank != 1 and not label_alone(cell.text)
        if told and level and not any(row.level2 == level.two for row in rows):
            found.setdefault(level.two, cell.text.strip())
    return found


def _alone(level: Level, text: str) -> bool:
    """Whether a first level has targets of its own: 效益指标:村通硬化路率100%, with no second level in its sentence."""
    return level.one == _SATISFIED or (level.one == _EFFECTS and not re.search(labels.level_stems(), text))


def made(one: str, two: str, item: Item, cell: GridCell) -> Indicator:
    place = cell.location.after(item.at)
    actual = Entry(item.actual, item.name, place, {"value": place}) if item.actual else None
    return Indicator(one, two, item.name, annual=Entry(item.value, item.name, place), actual=actual)


