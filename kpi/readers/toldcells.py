"""Forms without rows for the indicators: beside each level stands one cell that tells them, parted by semicolons."""

import re
from collections.abc import Iterator, Sequence

from kpi.lazyre import later
from kpi.model import Entry, Indicator, TargetTable, Unread
from kpi.readers import labels
from kpi.readers.blocks import Parts
from kpi.readers.columns import is_header
from kpi.readers.gluedtext import words
from kpi.readers.grid import GridCell
from kpi.readers.head import read_head
from kpi.readers.items import split_items
from kpi.readers.labels import Level
from kpi.readers.lines import Line
from kpi.readers.match import opens_row
from kpi.readers.predicates import predicate
from kpi.readers.profile import cost_parent
from kpi.readers.table import table
from kpi.values.traditional import simplified

_LEAST = 3  # targets with a figure
_LEAST_LEVELS = 2
_LONGEST = 4_000  # characters of one cell
_SHOWN = 40  # characters of a cell that is quoted
TOO_LONG = "这一格超过{most}字，没有读入；请把每个指标放在单独一行，再检查。"
_CLAUSE = re.compile(r"[^;；。\n]+")
_LEAD = re.compile(r"\s*(?:[(（]?\d{1,2}[)）、.．](?!\d)|[①-⑳])?\s*")
_NAMED = later(r"(?!不低于|不少于|不超过|不高于|不大于|不小于|达到?|控制在|至少)[^\W\d_]|[“\"《(（]")


def read_told_cells(lines: Sequence[Line], year: int | None) -> tuple[list[TargetTable], list[Unread]]:
    """The form whose levels each have one cell of targets, and cells that are too long; no form where it is not sure.

    Cells of several targets make it a form of this kind; then a cell of one target is read, too."""
    found = [(at, *told) for at, line in enumerate(lines) if (told := _told(line))]
    rows = [(at, level, cell) for at, level, cell in found if len(cell.text) <= _LONGEST]
    several = [(level, cell) for _, level, cell in rows if _is_several(cell)]
    levels = {(level.one, level.two) for level, _ in several}
    if len(levels) < _LEAST_LEVELS or len(levels) < len(several) or any(map(is_header, lines)):
        return [], []  # the same level twice: two forms, or rows after all
    first, last = found[0][0], found[-1][0]
    if any(labels.field_of(c.text) == "project" for line in lines[first:last] for c in line.filled[:1]):
        return [], []  # a second form
    cost = cost_parent([level.two for _, level, _ in found if level.rank != 1])
    made = [one for level, cell in several for one in _indicators(level, cell, cost)]
    figures = sum(bool(one.annual and labels.has_figure(one.annual.text)) for one in made)
    if figures < _LEAST or 2 * figures < len(made):
        return [], []
    made = [one for _, level, cell in rows for one in _indicators(level, cell, cost)]
    head = read_head([*lines[:first], *lines[last + 1 :]])
    read = table(Parts(head=list(lines[:first])), head, made)
    reason, project = TOO_LONG.format(most=_LONGEST), read.project or None
    long = [(level, cell) for _, level, cell in found if len(cell.text) > _LONGEST]
    unread = [Unread(c.text[:_SHOWN], c.location, reason, project, level.two or None) for level, c in long]
    return [read._replace(year=read.year or year)], unread


def _told(line: Line) -> tuple[Level, GridCell] | None:
    """A level, and the cell of targets that ends its row."""
    if line.grid is None or line.packed or len(line.filled) < 2:
        return None
    label, cell = line.filled[-2:]
    level = labels.level_of(label.text)
    if level is None or not (level.sure or level.rank == 1):
        return None
    before = [c.text for c in line.filled[:-2]]
    known = all(labels.goal_of(text) or labels.is_block_label(text) or labels.is_level(text) for text in before)
    told = len(cell.text) > _LONGEST or _is_several(cell) or _is_one(cell.text)
    return (level, cell) if told and known else None


def _is_several(cell: GridCell) -> bool:
    return len(_CLAUSE.findall(cell.text)) > 1


def _is_one(text: str) -> bool:
    """Whether a cell may be one target: no label, and no value without its name."""
    plain = _LEAD.sub("", text, count=1)
    return bool(_NAMED.match(plain)) and opens_row(plain) and not labels.is_known(plain)


def _ends_in_state(text: str) -> re.Match[str] | None:
    """护林员工资发放|及时: among targets with their figures, the word that ends a clause says how it is to be."""
    return re.fullmatch(rf"(?P<name>.{{4,40}}?)(?P<value>{words('closed').pattern})", text)


def _indicators(level: Level, cell: GridCell, cost: str) -> Iterator[Indicator]:
    from kpi.readers.clauses import DATED, STATE, figured  # noqa: PLC0415 - few forms tell their targets in cells

    if level.rank == 1:
        one, two = level.one, ""
    else:
        one, two = labels.canonical(level, cost if level.two == "成本指标" else level.one)
    two = labels.second_alone(one) if one == "满意度指标" else two
    for clause in _CLAUSE.finditer(cell.text):
        start = clause.start() + _LEAD.match(clause.group()).end()  # type: ignore[union-attr]
        text = cell.text[start : clause.end()].rstrip()
        plain = simplified(text)
        found = figured().fullmatch(plain) or STATE.fullmatch(plain) or DATED.fullmatch(plain) or _ends_in_state(plain)
        at = (found.start("value"), found.end("value")) if found else (len(text), len(text))
        name, value = text[: at[0]].strip(" :：,，").removesuffix("为"), text[at[0] : at[1]]
        if not found and (said := predicate(text)):
            name, value = said  # 水痘发病率|较上年下降
        elif not found and (split := split_items(text)) and split[0][1]:
            name, value, _ = split[0]  # 2024年12月底前|完成接种
        place = cell.location.after(start + at[0] if found else start)
        if name:
            yield Indicator(one, two, name, annual=Entry(value, name, place))
