"""Rows whose names read like labels of the form (经费, 备注, 项目名称): where they stand tells that they are rows."""

import re
from collections.abc import Sequence
from itertools import islice

from kpi.lazyre import later
from kpi.readers import labels
from kpi.readers.columns import Header, is_header
from kpi.readers.grid import GridCell
from kpi.readers.learnt import Learnt, is_single, sure_levels
from kpi.readers.lines import Line
from kpi.readers.match import kind_of
from kpi.readers.rows import ends, is_row
from kpi.values.normal import MARKS

_AHEAD = 12  # lines below a doubtful row that may show that the block goes on
_COMPARED = re.compile(
    rf"[{MARKS}]|(不低于|不高于|不少于|不超过|不大于|不小于|不多于|至少|至多|大于|小于|等于|超过|控制在)\D{{0,4}}\d"
)
_DAY = later(r"(年.{0,5}月|月.{0,5}日|\d[-/.]\d{1,2}[-/.]\d)")
_NUMBERED = later(r"\d{1,2}[.、．](?=\D{2})")
_COLON = re.compile("[:：]")


def stands(lines: Sequence[Line], at: int, header: Header) -> bool:
    """Whether a line inside a block is a row by where its cells stand, whatever its name reads like."""
    line = lines[at]
    if is_single(line):
        text = line.filled[0].text
        told = _is_compared(lines[at + 1 : at + 2], header) or _is_first(lines, at)
        numbered = _NUMBERED.match(text)  # 1.咨询电话接听情况 reads like the heading of a report's chapter
        if numbered and at and is_single(lines[at - 1]) and labels.is_level(lines[at - 1].filled[0].text, 2):
            return True
        return _named(text[numbered.end() :] if numbered else text) and told
    if _is_beside(line) or _begins_project(line, header):
        return True
    name, value = _cells(line, header)
    if name is None or not _named(name.text):
        return False
    if _is_scored(line, header):
        return True
    if value is None:
        return len(line.filled) == 1 and _goes_on(lines, at, header)
    return _is_telling(name.text, value.text) or _goes_on(lines, at, header)


def _begins_project(line: Line, header: Header) -> bool:
    """风险监测系统运维 | 188.00 | … | 产出指标 | 数量指标 | …: a project, in a table of one after the other."""
    if not header.project or line.packed:
        return False
    return any(c.column in (header.one, header.anchor) and labels.is_level(c.text) for c in line.filled)


def _is_first(lines: Sequence[Line], at: int) -> bool:
    """项目实施时间 right behind 时效指标, and a value behind it; 预算执行率 is a row of the form's own."""
    around = [*lines[max(at - 1, 0) : at], *lines[at + 1 : at + 2]]
    if len(around) < 2 or not all(map(is_single, around)) or labels.field_of(lines[at].filled[0].text) != "term":
        return False
    value = around[1].filled[0].text  # 2022年12月底完成建设: when, and what
    told = _is_figure(value) or (any(map(str.isdigit, value)) and not labels.is_known(value))
    return labels.is_level(around[0].filled[0].text, 2) and told


def may_stand(line: Line, header: Header) -> bool:
    """Whether a line that was taken for the foot has a name and a value in their columns: a row, or a label with what
    it asks for."""
    name, value = _cells(line, header)
    if name is None or value is None or not _named(name.text):
        return False
    return labels.field_of(name.text) != "sign_off" and not labels.matches("stop", labels.bare(name.text))


def may_rejoin(lines: Sequence[Line], block: Sequence[Line], learnt: Learnt, line: Line) -> bool:
    """Whether lines that were taken for the foot stand amid the rows after all, where merged cells were left out:
    names with their values, and behind them `line` goes on with a level that did not open the block."""
    filled = list(islice((one for one in reversed(lines) if one.filled), _AHEAD + 1))[::-1]
    levels = list(sure_levels(line))  # it opens with one
    if not filled or not levels or len(filled) > _AHEAD:
        return False
    first = learnt.of(block).level or levels[0]
    if levels[-1].one == first.one == "产出指标":
        return False
    cells = [c for one in filled for c in one.filled]
    if any(c.location.line is None or not _may_be_cell(c) for c in cells):
        return False
    return all(is_single(one) == learnt.single for one in filled) and are_rows(filled)


def are_rows(lines: Sequence[Line]) -> bool:
    """Whether each line has a value behind its first cell, or each second line is one."""
    filled = [one for one in lines if one.filled]
    if filled and all(map(is_single, filled)):
        return len(filled) % 2 == 0 and all(_is_figure(one.filled[0].text) for one in filled[1::2])
    return all(len(one.filled) > 1 and _is_figure(one.filled[1].text) for one in lines if one.filled)


def _may_be_cell(cell: GridCell) -> bool:
    text = cell.text
    return len(text) <= labels.LONGEST and not _COLON.search(text) and not labels.closes(text)


def _is_figure(text: str) -> bool:
    return kind_of(text) in ("value", "sign", "number", "nature")


def _cells(line: Line, header: Header) -> tuple[GridCell | None, GridCell | None]:
    """The name and the value of a row of a grid that opens with its name, or has only levels left of it."""
    if line.packed or line.grid is None or header.project or not line.filled:
        return None, None
    for roles in (header.left, header.right):
        name = next((r.column for r in roles if r.kind == "name"), None)
        values = [r.column for r in roles if r.kind in ("value", "sign", "nature")]
        if name is None or not values or name <= 0 or header.one < 0 <= header.anchor == name:
            continue
        before = [c for c in line.filled if c.column < name]
        if all(labels.is_level(c.text) or labels.is_block_label(c.text) for c in before):
            found = {c.column: c for c in line.filled}
            if name in found:
                return found[name], next((found[column] for column in values if column in found), None)
    return None, None


def _named(text: str) -> bool:
    """Whether a text may be a name: no label with its contents behind a colon, no seal, no remark."""
    return not _COLON.search(text) and not labels.closes(text) and kind_of(text) in ("words", "unit", "slot")


def _is_scored(line: Line, header: Header) -> bool:
    """可行性 | 2 | — | 按实际需求 | 2: points and marks in their columns, as no field of a head has them."""
    marks = ("weight", "score", "other")
    places = {role.column: role.kind for role in (*header.left, *header.right) if role.kind in marks}
    told = {places[c.column] for c in line.filled if c.column in places and kind_of(c.text) in ("number", "points")}
    return len(told) > 1


def _is_telling(name: str, value: str) -> bool:
    """Whether a value is what indicators have, and no telephone number, day or amount below a total."""
    if labels.is_known(value) or labels.closes(value):
        return False
    if _COMPARED.match(value) or kind_of(value) in ("sign", "nature"):
        return True
    if labels.field_of(name) == "sign_off" or labels.matches("stop", labels.bare(name)):
        return kind_of(value) == "value" and not _DAY.search(value)
    return kind_of(value) == "value"


def _is_compared(following: Sequence[Line], header: Header) -> bool:
    """The line below, a cell by itself, is a value with its comparison."""
    line = next(iter(following), None)
    alone = line is not None and is_single(line) and header.has("value")
    return alone and line is not None and bool(_COMPARED.match(line.filled[0].text))


def resumes(lines: Sequence[Line], at: int, header: Header) -> bool:
    """Whether a line in the foot can only be a row: a name, and its value with its comparison."""
    line = lines[at]
    if is_single(line):
        return _named(line.filled[0].text) and not ends(line) and _is_compared(lines[at + 1 : at + 2], header)
    return _is_beside(line)


def _is_beside(line: Line) -> bool:
    """A name and, right behind it, a value with its comparison: a row whose merged cells were left out."""
    if len(line.filled) < 2 or not line.filled[0].location.line:
        return False
    name, value = line.filled[:2]
    return _named(name.text) and labels.level_of(name.text) is None and bool(_COMPARED.match(value.text))


def _goes_on(lines: Sequence[Line], at: int, header: Header) -> bool:
    """Whether rows of the same block follow, doubtful ones apart."""
    below = (lines[i] for i in range(at + 1, len(lines)) if lines[i].filled)
    for line in islice(below, _AHEAD):
        if line.grid != lines[at].grid or line.packed or is_header(line):
            return False
        if is_row(line):
            return True
        name, value = _cells(line, header)
        if name is None:
            return False
        if not ends(line):
            return value is not None and kind_of(value.text) in ("value", "sign", "nature", "number")
        if value is not None and _named(name.text) and _is_telling(name.text, value.text):
            return True
    return False
