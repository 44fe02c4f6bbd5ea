"""A term that a form's head tells in two fields: 开始时间 2027年 | 完成时间 2029年."""

from collections.abc import Sequence
from dataclasses import replace

from kpi.lazyre import later
from kpi.model import Location
from kpi.readers import labels
from kpi.readers.lines import Line

_BEGINS = later("(?:项目)?(?:开始|起始|启动)(?:日期|时间|年度|年份|年月)")
_ENDS = later("(?:项目)?(?:完成|结束|终止|到期|截止)(?:日期|时间|年度|年份|年月)")
_DAY = later(r"(?:19|20)\d{2}(?:\s*年(?:\d{1,2}月(?:\d{1,2}日)?)?|[-./]\d{1,2}(?:[-./]\d{1,2})?|)")


def told_term(lines: Sequence[Line]) -> tuple[str, Location, list[Line]] | None:
    """The term, where it stands, and the lines without those four cells; None where no head tells it so."""
    cells = [(at, cell) for at, line in enumerate(lines) for cell in line.filled]
    for k in range(len(cells) - 3):
        begins, start, ends, end = (labels.squeeze(cell.text) for _, cell in cells[k : k + 4])
        told = _BEGINS.fullmatch(begins) and _ENDS.fullmatch(ends)
        if told and _DAY.fullmatch(start) and _DAY.fullmatch(end):
            taken = {id(cell) for _, cell in cells[k : k + 4]}
            rest = [replace(line, cells=tuple(c for c in line.cells if id(c) not in taken)) for line in lines]
            return f"{start}至{end}", cells[k + 1][1].location, rest
    return None
