"""Sheets of a workbook behind a form's that go on with none of its rows: 测算, 附件, a list of payments."""

from collections.abc import Sequence
from itertools import groupby

from kpi.lazyre import later
from kpi.readers import labels
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line

_OTHER = later("测算|明细|清单|名单|附件|台账|合同|凭证")  # what the sheet itself is called
_HEADS = ("level1", "level2", "name", "value")
_WORDS = ("指标", "产出", "效益", "满意")
_SHARE = 2  # one line in so many begins at the very left


def own_lines(lines: Sequence[Line]) -> tuple[Sequence[Line], list[Line]]:
    """The lines of the form's own sheets, and those of the others. A sheet goes on with the rows where one of its cells
    names a level or heads a column, or where its lines leave the columns of the levels empty and its name says nothing
    else."""
    sheets = [(sheet, list(some)) for sheet, some in groupby(lines, _sheet)]
    if len({sheet for sheet, _ in sheets if sheet}) < 2:  # most files
        return lines, []
    own: list[Line] = []
    others: list[Line] = []
    first = next((sheet for sheet, some in sheets if sheet and _tells_levels(some)), None)
    begun = False
    for sheet, some in sheets:
        begun = begun or sheet == first
        (others if begun and sheet and _is_another(some) else own).extend(some)
    return (own, others) if others else (lines, [])


def _sheet(line: Line) -> str | None:
    return line.filled[0].location.sheet if line.filled else None


def _tells_levels(lines: Sequence[Line]) -> bool:
    return any(_tells(cell, first=at == 0) for line in lines for at, cell in enumerate(line.filled))


def _tells(cell: GridCell, *, first: bool) -> bool:
    """A level or a head of targets; 数量 and 名称 head the columns of any list."""
    if labels.level_of(cell.text):
        return first or any(word in cell.text for word in _WORDS)
    return labels.head_of(cell.text) in _HEADS and "指标" in cell.text


def _is_another(lines: Sequence[Line]) -> bool:
    left = sum(1 for line in lines if line.filled and line.filled[0].column == 0)
    titled = any(_OTHER.search(_sheet(line) or "") for line in lines[:1])
    return not _tells_levels(lines) and (titled or _SHARE * left > len(lines))
