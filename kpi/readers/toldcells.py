"""Forms without rows for the indicators: beside each level stands one cell that tells them, parted by semicolons."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kpi.model import Entry, Indicator, TargetTable
from kpi.readers import labels
from kpi.readers.blocks import Parts
from kpi.readers.columns import is_header
from kpi.readers.grid import GridCell
from kpi.readers.head import read_head
from kpi.readers.labels import Level
from kpi.readers.lines import Line
from kpi.readers.profile import cost_parent
from kpi.readers.sentences import figured
from kpi.readers.table import table
from kpi.values.traditional import simplified

_LEAST = 3  # targets with a figure
_LEAST_LEVELS = 2
_LONGEST = 4_000  # characters of one cell
_CLAUSE = re.compile(r"[^;；。\n]+")
_LEAD = re.compile(r"\s*(?:[(（]?\d{1,2}[)）、.．](?!\d)|[①-⑳])?\s*")
_STATE = re.compile(
    r"(?P<name>.{4,40}?)(?P<value>(?:基本|不断|持续|有效|明显|显著|逐步|进一步|全面|大幅|得到|有所)+"
    r"(?:健全|完善|提高|提升|改善|增强|增加|减少|降低|稳定|优化|保障|规范|到位)(?:明显|显著)?)"
)


def read_told_cells(lines: Sequence[Line], year: int | None) -> list[TargetTable]:
    """The form whose levels each have one cell of targets; [] where there is none, or where it is not sure."""
    rows = [(at, found) for at, line in enumerate(lines) if (found := _told(line))]
    levels = {(level.one, level.two) for _, (level, _) in rows}
    if len(levels) < _LEAST_LEVELS or len(levels) < len(rows) or any(map(is_header, lines)):
        return []  # the same level twice: two forms, or rows after all
    cost = cost_parent([level.two for _, (level, _) in rows if level.rank != 1])
    made = [one for _, (level, cell) in rows for one in _indicators(level, cell, cost)]
    figures = sum(bool(one.annual and labels.has_figure(one.annual.text)) for one in made)
    if figures < _LEAST or 2 * figures < len(made):
        return []
    first, last = rows[0][0], rows[-1][0]
    head = read_head([*lines[:first], *lines[last + 1 :]])
    read = table(Parts(head=list(lines[:first])), head, made)
    return [replace(read, year=read.year or year)]


def _told(line: Line) -> tuple[Level, GridCell] | None:
    """A level, and the cell of targets that ends its row."""
    if line.grid is None or line.packed or len(line.filled) < 2:
        return None
    label, cell = line.filled[-2:]
    level = labels.level_of(label.text)
    clauses = len(_CLAUSE.findall(cell.text)) if len(cell.text) <= _LONGEST else 0
    before = [c.text for c in line.filled[:-2]]
    known = all(labels.goal_of(text) or labels.is_block_label(text) or labels.is_level(text) for text in before)
    sure = level is not None and (level.sure or level.rank == 1)
    return (level, cell) if level and sure and clauses > 1 and known else None


def _indicators(level: Level, cell: GridCell, cost: str) -> Iterator[Indicator]:
    if level.rank == 1:
        one, two = level.one, ""
    else:
        one, two = labels.canonical(level, cost if level.two == "成本指标" else level.one)
    two = labels.second_alone(one) if one == "满意度指标" else two
    for clause in _CLAUSE.finditer(cell.text):
        start = clause.start() + _LEAD.match(clause.group()).end()  # type: ignore[union-attr]
        text = cell.text[start : clause.end()].rstrip()
        plain = simplified(text)
        found = figured().fullmatch(plain) or _STATE.fullmatch(plain)
        at = (found.start("value"), found.end("value")) if found else (len(text), len(text))
        name, value = text[: at[0]].strip(" :：,，"), text[at[0] : at[1]]
        place = cell.location.after(start + at[0] if found else start)
        if name:
            yield Indicator(one, two, name, annual=Entry(value, name, place))
