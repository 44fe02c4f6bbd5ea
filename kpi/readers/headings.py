"""Headings that name the project of the form below them: 二、洗扫车购置项目, above its money, its goal and its rows."""

from collections.abc import Sequence

from kpi.lazyre import later
from kpi.readers import labels
from kpi.readers.lines import Line

_HEADING = later(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]、?|\d{1,2}[、.．](?!\d))\s*"
    r"(?P<name>[^:：,，;；。]{2,38}(?:项目|经费|资金|工程|补助|补贴|专项|费用?))(?:[(（][^()（）]{1,12}[)）])?\s*"
)
_LABEL = later(r"\s*([^:：]{2,24})[:：]\s*\S")
_HEAD = 3  # lines below a heading, one of which tells the money or the goal


def named(lines: Sequence[Line]) -> list[Line]:
    """The lines, with 项目名称 in front of what such headings say."""
    return [_named(line, lines[at + 1 : at + 1 + _HEAD]) for at, line in enumerate(lines)]


def _named(line: Line, below: Sequence[Line]) -> Line:
    found = _HEADING.fullmatch(line.filled[0].text) if len(line.filled) == 1 else None
    if not found or labels.is_title(found["name"]) or labels.is_known(found["name"]):
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
