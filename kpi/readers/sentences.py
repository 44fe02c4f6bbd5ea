"""Targets in the sentences of a report: one sentence a level, or 绩效目标:道路硬化≥0.5km,验收合格率≥98% without."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from kpi.lazyre import HAN, later
from kpi.model import Entry, Indicator, Location, TargetTable, Unread
from kpi.readers import labels
from kpi.readers.gluedtext import units_known
from kpi.readers.grid import GridCell
from kpi.readers.labels import Level
from kpi.readers.lines import Line
from kpi.readers.lost import relabelled
from kpi.readers.profile import cost_parent
from kpi.values.traditional import simplified

_SATISFIED = "满意度指标"  # a first level that is a second, too
_EFFECTS = "效益指标"
_LEAST = 3  # items, and levels
_LONGEST = 160  # characters of a level's sentence; more is the story of what was done
_MOST = 4_000  # characters of a paragraph
_NAMED = 20  # lines in which the report names its project
SIGN = r"(?:[<>=≤≥≦≧＜＞＝]{1,2}|不低于|不少于|不超过|不高于|不大于|不小于|达到?|控制在|至少)"
_GOAL = later(r"(?:^|[)）、.。\s])(?:项目|年度|总体|预期)*(?:总体)?绩效目标(?:内容|情况)?[:：](?P<text>.+)")
_WORDED = later(
    r"\s*(?:[(（]?[\d一二三四五六七八九十]{1,2}[)）、.．]\s*)?(?:(?:项目|年度|总体|预期)+(?:绩效)?|绩效)目标(?:内容)?[:：]\s*(?P<text>\S.*)"
)
_TITLE = later(
    r"(?:关于)?(?:[(（][^()（）]{2,8}[)）])?(?:20\d\d年度?)?(?P<name>.{4,60}?)(?:20\d\d年度?)?(?:项目支出|支出|资金)?"
    r"(?:财政)?绩效(?:目标|自评|评价|自我评价).{0,12}"
)
_NUMBERED = r"(?:[(（]?[\d一二三四五六七八九十]{1,2}[)）、.．]\s*|第[一二三四五六七八九十][,，、]\s*|[①-⑳•●◆]\s*)?"
_MARK = later(rf"\s*{_NUMBERED}")
_TOLD = later(
    r"(?:已|均已|全部|基本|按期|按时)*(?:完成|达成|达标|达到|实现|到位)[^\d]{0,6}|实际.{1,20}|完成率.{1,8}|随.{1,12}"
)
_STATED = later(
    r"(?:第[一二三四五六七八九十][,，、]\s*)?(?P<name>[^,，;；。:：]{2,40}?)(?:[,，]?年?初|[,，]年度|[,，]预期)?(?:绩效)?"
    r"(?:目标|指标)值?(?:是|为|[:：])?(?P<value>[^,，;；。]{1,20}?)[,，]?\s*(?:全年)?实际(?:完成)?值?(?:是|为|[:：])?"
    r"(?P<actual>[^,，;；。]{1,20})"
    r"(?:[,，](?:自评)?得分(?:是|为|[:：])?\d[\d.]*分?)?[;；。]?"
)


#: A name and what becomes of it, in words: 康复服务水平有所提高
STATE = later(
    r"(?P<name>.{4,40}?)(?P<value>(?:基本|不断|持续|有效|明显|显著|逐步|进一步|全面|大幅|得到|有所)+"
    r"(?:健全|完善|提高|提升|改善|增强|增加|减少|降低|稳定|优化|保障|规范|到位)(?:明显|显著)?)"
)
_RESULTS = later(r"(?:目标|指标)值(?:是|为|[:：])[^,，;；。]{1,20}[,，]\s*(?:全年)?实际(?:完成)?值")

# 补助标准为每生每年3000元、2000元两个档次
_RATES = later(
    r"(?P<name>.{0,16}?(?:标准|单价|价格|额度))[为是]"
    r"(?P<value>(?:每|不超过|不低于|\d)[^;；。为是]*\d[^;；。为是]*)"
)


_DATED = later(r"(?:19|20)\d\d年度?(?:\d{1,2}月)?(?:\d{1,2}日)?")  # when something happened is no figure of it
_OPENS = later(r"\s*(?:(?:19|20)\d\d年度?[,，]?|全年|年内|共|累计|已|共计)*\s*")
NO_ROW = "报告这一句里有数字，但分不清是哪个指标的名称和数值，没有读入"
_CLEAN = later(rf"{HAN}[^,，;；。:：]{{3,23}}")  # a name that is no sentence


class _Item(NamedTuple):
    name: str
    value: str
    actual: str
    at: int  # where it stands in its cell
    end: int = 0  # of a target beside its result


class _Told(NamedTuple):
    """What a report tells of a level, and the clauses with figures that are no row, with their places."""

    level: Level
    cell: GridCell
    items: list[_Item]
    lost: Sequence[tuple[str, Location]] = ()


@cache
def _units() -> str:
    unit = f"(?:[万亿千百]?{units_known().pattern})"
    return rf"\d[\d,]*(?:\.\d+)?\s*(?:{unit}(?:/{unit})?)?(?:以上|以下|以内|左右)?"


@cache
def _signed() -> re.Pattern[str]:
    return re.compile(rf"(?P<name>[^;；,，。\n:：<>=≤≥≦≧＜＞＝]{{2,40}}?)\s*(?P<value>{SIGN}\s*{_units()})")


@cache
def figured() -> re.Pattern[str]:
    """A name, its figure, and perhaps that it is to be met (补助标准100%达标)."""
    value = rf"(?P<value>(?:{SIGN}\s*)?{_units()})"
    return re.compile(rf"(?P<name>.{{1,59}}?\S)\s*[为是]?\s*{value}(?:达标|到位|合格|完成|覆盖)?")


@cache
def _level_line() -> re.Pattern[str]:
    label = f"(?P<label>{labels.level_stems()}(?:指标|目标)?)(?:完成情况)?(?:分析)?"
    return re.compile(rf"\s*{_NUMBERED}{label}\s*[:：]\s*(?P<text>\S.*)")


@cache
def _level_heading() -> re.Pattern[str]:
    label = f"(?P<label>{labels.level_stems()}(?:指标|目标))(?:完成情况)?(?:分析)?"
    return re.compile(rf"\s*{_NUMBERED}{label}\s*[。.]?\s*(?P<text>.*)")


def read_sentences(lines: Sequence[Line], year: int | None) -> tuple[list[TargetTable], list[Unread]]:
    """The form that the sentences of a report tell, and what they say of a level in figures that are no row; two empty
    lists where they tell none."""
    cells = [line.cells[0]._replace(text=" ".join(c.text for c in line.filled)) for line in lines if _is_text(line)]
    indicators = list(_by_level(cells)) or relabelled(list(_stated(cells)) or list(_of_goal(cells)))[0]
    if len(indicators) < _LEAST:
        return [], []
    title, found = next(((c, m) for c in cells[:_NAMED] if (m := _titled(c))), (None, None))
    name = title.text.strip()[slice(*found.span("name"))] if title and found else ""  # as it is written
    kinds = labels.vocabulary()["kinds"]
    goal = next(((c, m.start("text")) for c in cells if (m := _goal_line(c))), None)
    evaluated = title is not None and kinds["self-evaluation"].search(labels.squeeze(title.text))
    told = [one for at in range(len(cells)) for one in _loosely(cells, at)]
    lost = [Unread(text, place, NO_ROW, name, one.level.two) for one in told for text, place in one.lost]
    return [
        TargetTable(
            title=title.text if title else "",
            year=year,
            project=name,
            form="self-evaluation" if evaluated else "target",
            indicators=tuple(indicators),
            sections=MappingProxyType(_in_words(told)),
            annual_goal=goal[0].text[goal[1] :].strip() if goal else None,
            locations={
                **({"title": title.location, "project": title.location} if title else {}),
                **({"goals.annual": goal[0].location.after(goal[1])} if goal else {}),
            },
        )
    ], lost


def _in_words(told: Sequence["_Told"]) -> dict[str, str]:
    """What a report tells of a level in nothing but words, by the level: no row, and no level left blank."""
    named = {one.level.two for one in told if one.items or one.lost}
    return {one.level.two: one.cell.text.strip() for one in told if one.level.two and one.level.two not in named}


def states_results(lines: Sequence[Line]) -> bool:
    """Whether sentences say in a row what was wanted and what came of it: …指标值为85人,全年实际完成值100人."""
    found = (m for line in lines if _is_text(line) for m in _RESULTS.finditer(simplified(line.filled[0].text[:_MOST])))
    return next(found, None) is not None


def _goal_line(cell: GridCell) -> re.Match[str] | None:
    """总体目标:资助学生1600人次: a goal in words, and no list of levels."""
    text = simplified(cell.text[:_MOST])
    found = _WORDED.fullmatch(text)
    return found if found and not re.search(f"{labels.level_stems()}指标", text) else None


def _is_text(line: Line) -> bool:
    return line.grid is None and bool(line.filled)


def _titled(cell: GridCell) -> re.Match[str] | None:
    if len(cell.text) > 2 * labels.LONGEST:
        return None
    return _TITLE.fullmatch(simplified(cell.text).strip())


def _by_level(cells: Sequence[GridCell]) -> Iterator[Indicator]:
    """数量指标:完成道路建设491米,已完成;"""
    told: list[_Told] = []
    for at, cell in enumerate(cells):
        text = simplified(cell.text[:_MOST])
        found = _level_line().fullmatch(text)
        level = labels.level_of(found["label"]) if found else None
        if found is None or level is None or (level.rank == 1 and not _alone(level, found["text"])):
            told += _loosely(cells, at)
            continue
        if len(found["text"]) > _LONGEST:
            return
        told.append(_Told(level, cell, list(_items(cell.text, text, found.start("text")))))
    figures = any(labels.has_figure(item.value) for one in told for item in one.items)
    if len({one.level.two or one.level.one for one in told if one.items}) < _LEAST or not figures:
        return
    cost = cost_parent([one.level.two for one in told])
    for level, cell, items, _ in told:
        one, two = labels.canonical(level, cost if level.two == "成本指标" else level.one)
        two = two or labels.second_alone(one)
        for item in items:
            yield _made(one, two, item, cell)


def _loosely(cells: Sequence[GridCell], at: int) -> list[_Told]:
    """(2)质量指标。验收合格率100%。…, or the sentences on the line below: the story of what was done, of which no more
    counts than names with their figures, and targets beside their results."""
    cell = cells[at]
    text = simplified(cell.text[:_MOST])
    found = None if _level_line().fullmatch(text) else _level_heading().fullmatch(text)
    level = labels.level_of(found["label"]) if found else None
    if found is None or level is None or not (level.rank != 1 or _alone(level, found["text"])):
        return []
    start = found.start("text")
    if not found["text"]:
        if at + 1 == len(cells):
            return []
        cell, start = cells[at + 1], 0
    text = simplified(cell.text[:_MOST])
    if _level_heading().fullmatch(text) and not start:
        return []
    nouns: re.Pattern[str] = labels.vocabulary()["glued"]["nouns"]
    named: dict[int, _Item] = {}
    stated = [item for item in _items(cell.text, text, start) if item.value]
    for item in (*stated, *_clauses(cell.text, text, start)):
        inside = any(one.at < item.at < one.end for one in stated)  # 全年实际完成值12公里: of the target before it
        if not inside and _CLEAN.fullmatch(item.name):
            named.setdefault(item.at, item)
    items = [named[k] for k in sorted(named)]
    short = len(text) - start <= _LONGEST
    if short and _is_list(text, start, items):
        return [_Told(level, cell, items)]
    items = [item for item in items if item.actual or nouns.search(item.name)]
    return [_Told(level, cell, items, list(_lost(cell, text, start, items)) if short else ())]


def _is_list(text: str, start: int, items: Sequence[_Item]) -> bool:
    """Whether a level's sentence is a list of targets, and no story: each of its clauses is one, or part of one."""
    clauses = [(start + m.start(), start + m.end()) for m in re.finditer(r"[^,，;；。\s][^,，;；。]*", text[start:])]
    return all(any(a <= one.at < b or one.at < a < one.end for one in items) for a, b in clauses)


def _lost(cell: GridCell, text: str, start: int, items: Sequence[_Item]) -> Iterator[tuple[str, Location]]:
    """The clauses of a level's sentence with figures that are part of no row."""
    for part in re.finditer(r"[^,，;；。]+", text[start:]):
        clause, at = part.group().strip(), start + part.start()
        taken = any(at <= one.at < at + len(part.group()) or (one.actual and one.at <= at < one.end) for one in items)
        if not taken and labels.has_figure(_DATED.sub("", clause)):
            yield cell.text[at : at + len(part.group())].strip(), cell.location.after(at)


def _clauses(raw: str, text: str, start: int) -> Iterator[_Item]:
    """The clauses that are a name and its figure, when it was left out."""
    for part in re.finditer(r"[^,，;；。]+", text[start:]):
        opens = _OPENS.match(part.group())
        skipped = opens.end() if opens else 0
        if found := figured().fullmatch(part.group()[skipped:].rstrip()):
            yield _item(raw, found, start + part.start() + skipped)


def _stated(cells: Sequence[GridCell]) -> Iterator[Indicator]:
    """1.免疫密度,年初目标值≥90%,实际完成值≥90%,自评得分20分: a list without levels."""
    for cell in cells:
        text = simplified(cell.text[:_LONGEST])
        mark = _MARK.match(text)
        found = _STATED.fullmatch(text, mark.end() if mark else 0)
        if mark and mark.end() and found:
            name, value, actual = (cell.text[slice(*found.span(part))].strip() for part in ("name", "value", "actual"))
            yield _made("", "", _Item(name, value, actual, found.start("name")), cell)


def _alone(level: Level, text: str) -> bool:
    """Whether a first level has targets of its own: 效益指标:村通硬化路率100%, with no second level in its sentence."""
    return level.one == _SATISFIED or (level.one == _EFFECTS and not re.search(labels.level_stems(), text))


def _made(one: str, two: str, item: _Item, cell: GridCell) -> Indicator:
    place = cell.location.after(item.at)
    actual = Entry(item.actual, item.name, place, {"value": place}) if item.actual else None
    return Indicator(one, two, item.name, annual=Entry(item.value, item.name, place), actual=actual)


def _items(raw: str, text: str, start: int) -> Iterator[_Item]:
    """What one sentence wants: parted by semicolons; behind a comma stands what was reached, or more of the same."""
    for part in re.finditer(r"[^;；。]+", text[start:]):
        at, said = start + part.start(), part.group()
        if stated := _STATED.fullmatch(said.strip()):
            yield _Item(stated["name"], stated["value"], stated["actual"], at, at + len(said))
            continue
        comma = next((m for m in re.finditer("[,，]", said) if _TOLD.fullmatch(said[m.end() :].strip())), None)
        wanted = said[: comma.start()] if comma else said
        actual = raw[at + comma.end() : at + len(said)].strip() if comma else ""
        several = list(_several(wanted))
        if len(several) > 1 and not actual:
            for found, where in several:
                yield _item(raw, found, at + where)
            continue
        said = wanted.strip()
        figure = _RATES.fullmatch(said) or figured().fullmatch(said) or STATE.fullmatch(said)
        at += len(wanted) - len(wanted.lstrip())
        whole = raw[at : at + len(wanted.strip())]
        if figure:
            value = whole[figure.start("value") : figure.end("value")]
            yield _Item(whole[: figure.end("name")].strip(), value, actual, at)
        elif whole:
            yield _Item(whole, "", actual, at)


def _several(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """The targets of a sentence that commas part, each with its figure, and where each stands; none otherwise."""
    parts = [(m.group(), m.start()) for m in re.finditer("[^,，]+", text)]
    found = [(figured().fullmatch(part.strip()), at + len(part) - len(part.lstrip())) for part, at in parts]
    if len(found) > 1 and all(one for one, _ in found):
        yield from ((one, at) for one, at in found if one)


def _item(raw: str, found: re.Match[str], at: int) -> _Item:
    name, value = (raw[at + found.start(part) : at + found.end(part)].strip() for part in ("name", "value"))
    return _Item(name, value, "", at)


def _of_goal(cells: Sequence[GridCell]) -> Iterator[Indicator]:
    """绩效目标:…≥…;…≥…: three targets with a sign at least, or it is a goal like any other."""
    for cell in cells:
        text = simplified(cell.text[:_MOST])
        goal = _GOAL.search(text)
        found = list(_signed().finditer(text, goal.start("text"))) if goal else []
        if len(found) < _LEAST:
            continue
        for item in found:
            name = cell.text[item.start("name") : item.end("name")].strip()
            value = cell.text[item.start("value") : item.end("value")].strip()
            place: Location = cell.location.after(item.start("value"))
            yield Indicator("", "", name, annual=Entry(value, name, place))
        return
