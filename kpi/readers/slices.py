"""Where each form of a file begins and ends."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kpi.lazyre import later
from kpi.readers import labels
from kpi.readers.bareheads import first_row
from kpi.readers.columns import Header, header_of, is_header, split_header
from kpi.readers.grid import GridCell
from kpi.readers.heads import heads_at, subheads_at
from kpi.readers.lines import Line
from kpi.readers.match import kind_of
from kpi.readers.rows import is_row
from kpi.readers.standing import may_stand, stands

_TOLD = later(r"\s*([^:：\s]{2,12})[:：]\s*(\S[^。;；]{1,60})$")
_GOES_ON = later(r"[(（]续[表页]?[)）]|续[表页]?")
_LABEL = 30  # characters of a label
_NEAR = 10  # lines between the title of a form and its first field


@dataclass(slots=True, eq=False)
class _Open:
    """The form being gathered."""

    start: int
    titled: int | None = None
    named: int | None = None  # 部门(单位)名称, where nothing else tells the beginning
    project: bool = False
    told: str = ""  # the name of a project that one line told
    body: bool = False
    header: Header | None = None  # of the rows in hand
    lines: list[Line] = field(default_factory=list)


def forms(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of each form, in order; everything that is no form is left out."""
    at, headed = _Open(0), [is_header(line) for line in lines]
    last = max((index for index, found in enumerate(headed) if found), default=-1)
    for index, line in enumerate(lines):
        first = next(iter(line.filled), None)
        if first is None:
            continue
        header = headed[index] or bool(len(line.cells) == 1 and heads_at(lines, index)[1])
        at.header = header_of(*_heads(lines, index), line.packed) if header else at.header
        told = _told_project(line)
        again = bool(told) and at.project and at.body
        again = again and (not _has_body(lines, index) or (_same(told, at.told) and not _has_money(lines, index)))
        if not header and (again or _is_inside(lines, index, at.header, last)):
            continue  # a row, or 项目名称:送戏下乡 once more, over the goals of the year or at the foot
        half = at.project and labels.half_title(first.text) and not _named_below(lines, index)
        if _is_new_title(line, first.text) and not header and not half:
            if at.project or at.body:
                yield from _close(lines, at, index)
                at = _Open(index, index)
            elif at.titled is None or index - at.titled > _NEAR:
                at.start = at.titled = index
        elif not header and _names_project(line):
            if at.project and at.body:
                start = _with_unit(lines, index)
                yield from _close(lines, at, start)
                at = _Open(start)
            elif at.titled is None or index - at.titled > _NEAR or at.project:
                at = _Open(_with_unit(lines, index))
            at.project, at.told = True, told or _name_beside(line)
        elif at.named is None and not at.body and not header and labels.matches("own_name", first.text):
            at.named = index
        elif header or is_row(line):
            if not at.body and not at.project and (at.titled is None or index - at.titled > 6 * _NEAR):
                near = at.named if at.named is not None and index - at.named <= 6 * _NEAR else None
                at.start = _first(lines, index, at.start) if near is None else near
            at.body = True
    yield from _close(lines, at, len(lines))


def _first(lines: Sequence[Line], index: int, start: int) -> int:
    """Where a form without a title begins: with its first row, or with the file, which opens amid its head."""
    above = [line for line in lines[:index] if line.filled] if start == 0 and index <= _NEAR else []
    inside = bool(above) and above[0].grid is not None and _is_of_head(above[0].filled[0].text)
    return 0 if inside else first_row(lines, index)


def _is_of_head(text: str) -> bool:
    return labels.field_of(text) == "money" or labels.is_total(text) or labels.goal_of(text) is not None


def _heads(lines: Sequence[Line], index: int) -> tuple[tuple[GridCell, ...], tuple[GridCell, ...]]:
    cells, width = heads_at(lines, index)
    return split_header(Line(cells, lines[index].grid, lines[index].packed))[1], subheads_at(lines, index + width)[0]


def _named_below(lines: Sequence[Line], index: int) -> bool:
    """Whether a title is followed by the name of a project, before any heads of rows."""
    for line in lines[index + 1 : index + 1 + _NEAR]:
        if is_header(line):
            return False
        if line.filled and _names_project(line):
            return True
    return False


def _is_label(line: Line) -> bool:
    """Whether a line would open a form."""
    return _names_project(line) or labels.is_title(line.filled[0].text)


def _told_project(line: Line) -> str:
    """The name that one line tells with its label: 项目名称:送戏下乡; other fields may follow, each with its own."""
    first, *others = line.filled
    if ":" not in first.text and "：" not in first.text:
        return ""
    alone = all(":" in cell.text or "：" in cell.text for cell in others)
    told = _TOLD.match(first.text) if alone else None
    return labels.squeeze(told[2]) if told and labels.field_of(told[1]) == "project" else ""


def _name_beside(line: Line) -> str:
    """The name in the cell behind its label."""
    at = next((i for i, c in enumerate(line.filled) if labels.field_of(c.text) == "project"), len(line.filled))
    return labels.squeeze(line.filled[at + 1].text) if at + 1 < len(line.filled) else ""


def _same(told: str, before: str) -> bool:
    """Whether a name is told once more, maybe as 湖区保洁(续)."""
    goes_on = bool(before) and told.startswith(before) and _GOES_ON.fullmatch(told, len(before)) is not None
    return told == before or goes_on


def _has_body(lines: Sequence[Line], index: int) -> bool:
    """Whether heads or rows of indicators follow a told name, before the next title or told name."""
    for line in lines[index + 1 : index + 1 + 6 * _NEAR]:
        if not line.filled:
            continue
        if is_header(line) or is_row(line):
            return True
        if labels.is_title(line.filled[0].text) or _told_project(line):
            return False
    return False


def _has_money(lines: Sequence[Line], index: int) -> bool:
    """Whether money follows a told name, above its rows: 日常工作经费 of another unit, and no second page."""
    for line in lines[index + 1 : index + 1 + _NEAR]:
        if is_header(line) or is_row(line):
            return False
        if any(labels.field_of(c.text) == "money" or labels.is_total(c.text) for c in line.filled[:3]):
            return True
    return False


def _names_project(line: Line) -> bool:
    """项目名称 as a label; not as a head of the tasks that a department lists, with what each of them costs."""
    if _told_project(line):
        return True
    at = 0
    for cell in line.filled[:4]:
        if len(cell.text) < _LABEL and labels.field_of(cell.text) == "project":
            break
        at += 1
    else:
        return False
    before, behind = line.filled[:at], line.filled[at + 1 :]
    tasks = any("任务" in cell.text for cell in before)
    return not (tasks and len(behind) == 1 and labels.row_head_of(behind[0].text) == "amount")


def _is_inside(lines: Sequence[Line], index: int, header: Header | None, last: int) -> bool:
    """Whether a line that would open a form is a row all the same, or a doubtful one with no second form below it.
    `last`: the last line of heads in the file."""
    if header is None or not _is_label(lines[index]):
        return False
    if stands(lines, index, header):
        return True
    line = lines[index]
    figure = len(line.filled) == 2 and kind_of(line.filled[1].text) in ("value", "number")
    return (figure or may_stand(line, header)) and last < index


def _with_unit(lines: Sequence[Line], index: int) -> int:
    """A line that says 单位:万元 right above a form belongs to it."""
    for before in range(index - 1, max(index - 4, -1), -1):
        if any(len(c.text) < labels.LINE and labels.unit_said(c.text) for c in lines[before].filled):
            return before
    return index


def _is_new_title(line: Line, text: str) -> bool:
    if not labels.is_title(text):
        return False
    several = len({c.text for c in line.filled}) > 1  # a merged title may stand in each cell that it covers
    if several and len(line.filled) > 2 and not (len(line.filled) < 4 and line.filled[0] is line.cells[0]):
        return False
    return "续" not in text and "附件)" not in labels.squeeze(text)


def _close(lines: Sequence[Line], at: _Open, end: int) -> Iterator[list[Line]]:
    if at.body:
        yield list(lines[at.start : end])
