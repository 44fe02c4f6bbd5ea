"""Targets in the sentences of a report: one sentence a level, or 绩效目标:道路硬化≥0.5km,验收合格率≥98% without."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from types import MappingProxyType

from kpi.lazyre import later
from kpi.model import Entry, Indicator, Location, TargetTable, Unread
from kpi.readers import labels
from kpi.readers.clauses import CLAUSE, STATED, Item, clauses_of, signed, unparted
from kpi.readers.dashed import dashed_rows
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line
from kpi.readers.lost import relabelled
from kpi.readers.profile import cost_parent
from kpi.readers.prosehead import read_prose_head
from kpi.readers.reportlevels import (
    CLEAN,
    LONGEST,
    MOST,
    NO_ROW,
    NUMBERED,
    Told,
    by_level,
    in_words,
    loosely,
    made,
    worded,
)
from kpi.readers.vocabulary import vocabulary
from kpi.values.normal import MARKS
from kpi.values.traditional import simplified

_LEAST = 3  # items, and levels
_LEVELS_BEGIN = later(r"\s*.{0,4}?(?:产出|数量|质量|成本)指标")
_NAMED = 20  # lines in which the report names its project
_GOAL = later(r"(?:^|[)）、.。\s])(?:项目|年度|总体|预期)*(?:总体)?绩效目标(?:内容|情况)?[:：](?P<text>.+)")
_WORDED = later(
    r"\s*(?:[(（]?[\d一二三四五六七八九十]{1,2}[)）、.．]\s*)?(?:(?:项目|年度|总体|预期)+(?:绩效)?|绩效)目标(?:内容)?[:：]\s*(?P<text>\S.*)"
)
_TITLE = later(
    r"(?![(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）、.])(?:[^。;；,，]{2,40}?关于(?:下达|印发|公开|报送|批复))?(?:关于)?(?:[(（][^()（）]{2,8}[)）])?(?:20\d\d年度?)?(?P<name>.{4,60}?)(?:20\d\d年度?)?(?:项目支出|支出|资金)?"
    r"(?:(?:财政)?绩效(?:目标|自评|评价|自我评价).{0,12}|(?<=项目)实施情况公[告示])"
)
#: …项目立项依据、实施主体、预算安排及|绩效目标情况公示: what else a notice tells of the project
_BESIDES = later("(?:[、及和]?(?:立项依据|实施主体|实施单位|预算安排|资金安排|实施方案))+[、及和]?$")
_GOAL_HEADING = later(rf"{NUMBERED}(?:项目|年度|总体)?绩效目标(?:情况|设定情况|内容)?[:：]?")
_FIRST = later(r"(?P<level>产出|效益|满意度)(?:指标|目标)[为是:：]")
_FIRSTS = 2  # of them make such a paragraph
_LISTED, _MOST_OF = 5, 0.6  # figures of such a paragraph, and how many of its clauses tell one
_ANNOUNCED = later("绩效指标[^,，。;；]{0,10}$")
_HEADING = 20  # characters at the end of a line that announces them
_MARK = later(rf"\s*{NUMBERED}")
_TARGETED = later(rf"目标值\s?(?:[是为]|[:：])?\s?[{MARKS}]?\s?\d.*完成值")
_SHOWN = 40  # characters of a line that is quoted
_RESULTS = later(
    r"(?:目标|指标)值(?:是|为|[:：])[^,，;；。]{1,20}[,，]\s*(?:全年)?实际(?:完成)?值"
    rf"|[{MARKS}]\s*\d[^,，;；。]{{0,12}}[,，]\s*(?:当年|全年|本年度?|年度)?实际(?:完成|达到|为)"
)


def read_sentences(lines: Sequence[Line], year: int | None) -> tuple[list[TargetTable], list[Unread]]:
    """The form that the sentences of a report tell, and what they say of a level in figures that are no row; two empty
    lists where they tell none."""
    cells = [line.cells[0]._replace(text=" ".join(c.text for c in line.filled)) for line in lines if _is_text(line)]
    stated = _stated(cells)
    listed = dashed_rows(cells) or (stated if any(row.level1 for row in stated) else list(by_level(cells)))
    listed = listed or _by_first(cells)
    listed = listed or relabelled(stated or _counted(cells) or list(_of_goal(cells)) or _below_goal(cells))[0]
    cut = len(listed) > _LEAST and _breaks_off(listed[-1], cells)
    indicators = listed[:-1] if cut else listed
    if len(indicators) < _LEAST:
        return [], []
    title, found = next(((c, m) for c in cells[:_NAMED] if (m := _titled(c))), (None, None))
    name = title.text.strip()[slice(*found.span("name"))] if title and found else ""  # as it is written
    name = _BESIDES.sub("", name)
    kinds = vocabulary()["kinds"]
    goal = next(((c, m.start("text")) for c in cells if (m := _goal_line(c))), None)
    evaluated = title is not None and kinds["self-evaluation"].search(labels.squeeze(title.text))
    said = read_prose_head(cells[: next((k for k, c in enumerate(cells) if _LEVELS_BEGIN.match(c.text)), len(cells))])
    told = [one for at in range(len(cells)) for one in loosely(cells, at)]
    read = {row.location.line for row in stated if row.location}
    lost = [_untold(one, name) for one in told if one.lost and one.lost[0][1].line not in read]
    if len(stated) >= _LEAST:
        lost += [Unread(c.text[:_SHOWN], c.location, NO_ROW, name) for c in cells if _unstated(c, read)]
    return [
        TargetTable(
            title=title.text if title else "",
            year=year,
            project=said.fields.get("project") or name,
            department=said.fields.get("department"),
            unit=said.fields.get("unit"),
            annual_funding=said.funding,
            form="self-evaluation" if evaluated else "target",
            cut=cut,
            indicators=tuple(indicators),
            sections=MappingProxyType(worded(cells, indicators) | in_words(told)),
            period_goal=said.period_goal,
            annual_goal=goal[0].text[goal[1] :].strip() if goal else said.goal,
            locations={
                **({"title": title.location, "project": title.location} if title else {}),
                **({"goals.annual": goal[0].location.after(goal[1])} if goal else {}),
                **said.places,
            },
        )
    ], lost


def states_results(lines: Sequence[Line]) -> bool:
    """Whether sentences say in a row what was wanted and what came of it: …指标值为85人,全年实际完成值100人;
    慰问人数=9人,当年实际完成9人."""
    found = (m for line in lines if _is_text(line) for m in _RESULTS.finditer(simplified(line.filled[0].text[:MOST])))
    return next(found, None) is not None


def _goal_line(cell: GridCell) -> re.Match[str] | None:
    """总体目标:资助学生1600人次: a goal in words, and no list of levels."""
    text = simplified(cell.text[:MOST])
    found = _WORDED.fullmatch(text)
    return found if found and not re.search(f"{labels.level_stems()}指标", text) else None


def _is_text(line: Line) -> bool:
    return line.grid is None and bool(line.filled)


def _titled(cell: GridCell) -> re.Match[str] | None:
    if len(cell.text) > 2 * labels.LONGEST:
        return None
    return _TITLE.fullmatch(simplified(cell.text).strip())


def _breaks_off(last: Indicator, cells: Sequence[GridCell]) -> bool:
    """Whether the text ends amid the sentence of its last row: 显著减少因系统或设, 投诉件比上年减少20."""
    end = cells[-1].text.rstrip()
    if last.annual and last.annual.text.isdigit() and end.endswith(last.name + last.annual.text):
        return True
    return not last.valued and end.endswith(last.name) and not labels.CLOSED.search(end)


def _counted(cells: Sequence[GridCell]) -> list[Indicator]:
    """Below a heading that announces indicators, (1)接种率≥90%; (2)接种点数量≥400个: signed figures, and no levels."""
    for at, head in enumerate(cells):
        if not _ANNOUNCED.search(head.text[-_HEADING:]):
            continue
        found: list[Indicator] = []
        for cell in cells[at + 1 :]:
            text = simplified(cell.text[:LONGEST]).rstrip(" ;；。")
            mark = _MARK.match(text)
            item = signed().fullmatch(text, mark.end()) if mark and mark.end() else None
            if item is None:
                break
            name, value = (cell.text[slice(*item.span(part))].strip() for part in ("name", "value"))
            found.append(made("", "", Item(name, value, "", item.start("name")), cell))
        if len(found) >= _LEAST:
            return found
    return []


def _stated(cells: Sequence[GridCell]) -> list[Indicator]:
    """1.免疫密度,年初目标值≥90%,实际完成值≥90%,自评得分20分: a list, each target under the level whose heading stands
    above it (2、质量指标), if any does."""
    made_of: list[tuple[labels.Level | None, Indicator]] = []
    level: labels.Level | None = None
    for cell in cells:
        text = simplified(cell.text[:LONGEST])
        mark = _MARK.match(text)
        start = mark.end() if mark else 0
        if (said := labels.level_of(text[start:].strip(" :：。"))) and said.sure:
            level = said
        elif (start or level) and (found := STATED.fullmatch(text, start)):
            name, value, actual = (cell.text[slice(*found.span(part))].strip() for part in ("name", "value", "actual"))
            if (labelled := labels.level_of(name)) and labelled.two:
                continue  # 数量指标:检修泵站6座,实际检修6座: a level's sentence
            row = made("", "", Item(name, value, actual, found.start("name")), cell)
            made_of.append((level, row._replace(weight=found["weight"], score=found["score"])))
    cost = cost_parent([said.two for said, _ in made_of if said])
    return [_levelled(row, said, cost) if said else row for said, row in made_of]


def _unstated(cell: GridCell, read: Collection[int | None]) -> bool:
    """Whether an item of a list of targets tells one that was not read: 道路,桥梁里程,目标值12,完成值12."""
    item = _MARK.match(cell.text)
    return bool(item and item.end()) and _TARGETED.search(cell.text) is not None and cell.location.line not in read


def _levelled(row: Indicator, level: labels.Level, cost: str) -> Indicator:
    one, two = labels.canonical(level, cost if level.two == "成本指标" else level.one)
    return row._replace(level1=one, level2=two or labels.second_alone(one))


def _untold(told: Told, project: str) -> Unread:
    """All that a level's sentence tells in figures and that is no row, at once."""
    text = "、".join(text for text, _ in told.lost)
    return Unread(text[:_SHOWN], told.lost[0][1], NO_ROW, project, told.level.two)


def _by_first(cells: Sequence[GridCell]) -> list[Indicator]:
    """产出目标为新建冷库2座,验收合格率100%。效益目标为…: a paragraph with a sentence for each first level, of which the
    clauses that are names and figures are rows."""
    for cell in cells:
        text = unparted(simplified(cell.text[:MOST]))
        firsts = list(_FIRST.finditer(text))
        if len({first["level"] for first in firsts}) < _FIRSTS:
            continue
        ends = [*(first.start() for first in firsts[1:]), len(text)]
        rows = []
        for first, end in zip(firsts, ends, strict=True):
            one = "满意度指标" if first["level"] == "满意度" else f"{first['level']}指标"
            items = (item for item in clauses_of(cell.text, text[:end], first.end()) if CLEAN.fullmatch(item.name))
            rows += [made(one, labels.second_alone(one), item, cell) for item in items]
        if len(rows) >= _LEAST:
            return rows
    return []


def _below_goal(cells: Sequence[GridCell]) -> list[Indicator]:
    """The paragraph below 四、绩效目标, where it is a list of figures: 列养率97.2%;日常保洁里程684公里;…"""
    for head, cell in pairwise(cells):
        if not _GOAL_HEADING.fullmatch(simplified(head.text.strip())):
            continue
        text = unparted(simplified(cell.text[:MOST]))
        items = [item for item in clauses_of(cell.text, text, 0) if CLEAN.fullmatch(item.name)]
        parts = [part for part in CLAUSE.findall(text) if part.strip(" 。")]
        if len(items) >= _LISTED and _MOST_OF * len(parts) <= len(items):
            return [made("", "", item, cell) for item in items]
    return []


def _of_goal(cells: Sequence[GridCell]) -> Iterator[Indicator]:
    """绩效目标:…≥…;…≥…: three targets with a sign at least, or it is a goal like any other."""
    for cell in cells:
        text = simplified(cell.text[:MOST])
        goal = _GOAL.search(text)
        found = list(signed().finditer(text, goal.start("text"))) if goal else []
        if len(found) < _LEAST:
            continue
        for item in found:
            name = cell.text[item.start("name") : item.end("name")].strip()
            value = cell.text[item.start("value") : item.end("value")].strip()
            place: Location = cell.location.after(item.start("value"))
            yield Indicator("", "", name, annual=Entry(value, name, place))
        return
