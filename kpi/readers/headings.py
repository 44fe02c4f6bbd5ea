"""Headings that name the project of the form below them: 二、洗扫车购置项目, above its money, its goal and its rows."""

import re
from collections.abc import Sequence

from kpi.lazyre import later
from kpi.readers import labels
from kpi.readers.columns import is_header
from kpi.readers.lines import Line
from kpi.readers.rows import is_row

_HEADING = later(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]、?|\d{1,2}[、.．](?!\d))\s*"
    r"(?P<name>[^:：,，;；。]{2,38}(?:项目|经费|资金|工程|补助|补贴|专项|费用?))(?:[(（][^()（）]{1,12}[)）])?\s*"
)
#: Words that any heading of a form may have: 财政专项资金, 资金来源及项目经费 name no project.
_COMMON = later(
    "财政|部门|单位|专项|本级|[省市县区]级|中央|上级|申请|项目|支出|资金|经费|费用?|来源|情况|投资|安排|预算|绩效|目标|重点|基本|建设"
    "|工程|补助|补贴|主要|年度|其他|申报|实施|本年|概况|构成|使用|计划|工作|\\d{4}年|[总和及与的、]"
)
_LEAST = 2  # characters that are left of a name
_LABEL = later(r"\s*([^:：]{2,24})[:：]\s*\S")
_HEAD = 3  # lines below a heading, one of which tells the money or the goal


def named(lines: Sequence[Line]) -> list[Line]:
    """The lines, with 项目名称 in front of what such headings say, where nothing above told the name."""
    if not any(map(_heading, lines)):  # as in most files
        return list(lines)
    made: list[Line] = []
    told = False  # whether a name has been told since the last row
    for at, line in enumerate(lines):
        if is_header(line) or is_row(line):
            told = False
        told = told or any(labels.field_of(c.text.split(":")[0].split("：")[0]) == "project" for c in line.filled[:6])
        made.append(line if told else _named(line, lines[at + 1 : at + 1 + _HEAD]))
    return made


def _heading(line: Line) -> re.Match[str] | None:
    return _HEADING.fullmatch(line.filled[0].text) if len(line.filled) == 1 else None


def _named(line: Line, below: Sequence[Line]) -> Line:
    found = _heading(line)
    if not found or labels.is_title(found["name"]) or labels.is_known(found["name"]):
        return line
    if len(_COMMON.sub("", found["name"])) < _LEAST:
        return line
    keys = [key for one in below if (key := _told(one))]
    if not keys or "project" in keys or keys[0] not in ("money", "goal"):
        return line
    cell = line.filled[0]
    told = cell._replace(text=f"项目名称:{found['name']}", location=cell.location.after(found.start("name")))
    return Line(tuple(told if one is cell else one for one in line.cells), line.grid, line.packed)


def _told(line: Line) -> str | None:
    """What a line that begins with its label tells: 项目资金:年度资金总额2150万元."""
    found = _LABEL.match(line.filled[0].text) if len(line.filled) == 1 else None
    if not found:
        return None
    key = labels.field_of(found[1])
    return "goal" if labels.goal_of(found[1]) else "money" if labels.is_total(found[1]) else key
