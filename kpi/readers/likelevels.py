"""Cells that come one a line and are called like a level: which are levels, and which are names."""

from collections.abc import Sequence
from dataclasses import replace

from kpi.readers import labels
from kpi.readers.lines import Line
from kpi.readers.match import kind_of

_STUMPS = {"产": "产出指标", "效": "效益指标", "满": "满意度指标"}  # of a label one character a line, the rest was lost
_OUTPUTS = (["产出数量"], ["产出质量"], ["产出时效"], ["产出成本"])  # levels, where there are several of them
_HALF = 3  # cells of a half: its level, a name and a value


def told_levels(lines: list[Line]) -> list[Line]:
    """The lines, each saying for sure what it is: 社会公众满意度 between 满意度指标 and 观众满意度 is a level and gets
    its 指标; a row that is called like its level gets the level in front of it."""
    for at, line in enumerate(lines):
        if line.packed and len(line.cells) == 1 and (full := _STUMPS.get(line.cells[0].text)):
            lines[at] = replace(line, cells=(line.cells[0]._replace(text=full),))
    outputs = [at for at, line in enumerate(lines) if [c.text for c in line.filled if line.packed] in _OUTPUTS]
    for at in outputs if len(outputs) > 1 else ():
        lines[at] = replace(lines[at], cells=tuple(c._replace(text=f"{c.text}指标") for c in lines[at].filled))
    for at in _names(lines):
        cell = lines[at].cells[0]
        lines[at] = replace(lines[at], cells=(cell, cell._replace(column=cell.column + 1)))
    for at in range(1, len(lines) - 1):
        above, own, below = (one.filled[0].text if len(one.filled) == 1 else "" for one in lines[at - 1 : at + 2])
        level = labels.level_of(own) if own else None
        if level is None or level.sure or level.one != "满意度指标" or not labels.is_level(above, 1):
            continue
        if "满意" in below and not labels.is_level(below) and kind_of(below) == "words":
            cell = lines[at].filled[0]
            lines[at] = replace(lines[at], cells=(cell._replace(text=f"{cell.text}指标"),))
    return lines


def _names(lines: Sequence[Line]) -> list[int]:
    """Where 社会效益 stands again among the rows of 社会效益指标 with one cell behind it, a state or a figure: a row
    that is called like its level."""
    cells = [line.cells[0].text if line.packed and len(line.cells) == 1 else "" for line in lines]
    found: list[int] = []
    above = ""
    for at, text in enumerate(cells):
        level = labels.level_of(text) if text else None
        if level is None or not level.sure or level.rank == 1:
            continue
        behind, last = (*cells[at + 1 : at + 3], "", "")[:2]
        alone = not last or labels.is_level(last) or labels.matches("stop", last)
        again = level.two == above and not text.rstrip().endswith("指标") and not labels.is_level(cells[at - 1])
        beside = behind in cells[max(at - _HALF, 0) : at]  # the name of the left half, which the right one has, too
        if again and alone and behind and not beside and not labels.is_level(behind):
            found.append(at)
        above = level.two
    return found
