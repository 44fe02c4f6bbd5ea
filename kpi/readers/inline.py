"""Label and value in one cell: "填报日期: 2025", several of them on one line."""

import re
from collections.abc import Iterator, Sequence

from kpi.model import Location
from kpi.readers import labels, money
from kpi.readers.grid import GridCell

_INLINE = re.compile(r"^([^:：]{2,24})[:：]\s*(\S.*)$", re.S)
_SOURCE = re.compile(r"^((?:其中[:：]?)?[^:：\d]{2,20})[:：]\s*(\S.*)$", re.S)
_MONEY = re.compile("资金|拨款|收入|补助|结转|经费|债券|贷款|自筹")
_LONGEST_SOURCE = 60
_LABEL = re.compile(r"\s*([^:：]{2,24})[:：]")
_GAP = re.compile(r"\s+(?=(\S{2,12})[:：])")  # between two labelled fields on one line


def inline(cell: GridCell, alone: bool) -> list[GridCell]:
    """A cell like "填报日期: 2025" is a label and its value; a section's only where the cell stands alone."""
    if len(cell.text) > 200 or (":" not in cell.text and "：" not in cell.text):
        return [cell]
    return [part for text in _fields(cell.text, alone) for part in _labelled(cell._replace(text=text), alone)]


def _fields(text: str, alone: bool) -> Iterator[str]:
    """The labelled parts of a line; one blank before a label that is known parts them where the line begins with such
    a label, two before any."""
    start, opens = 0, _LABEL.match(text)
    field = labels.field_of(opens[1]) if opens else None
    fields = field is not None and (alone or field != "section")  # 建设内容:… 资金来源:… tells one thing
    for gap in _GAP.finditer(text):
        if gap.end() - gap.start() > 1 or (fields and labels.field_of(gap[1])):
            yield text[start : gap.start()]
            start = gap.end()
    yield text[start:]


def _labelled(cell: GridCell, alone: bool) -> list[GridCell]:
    source = _SOURCE.match(cell.text) if len(cell.text) <= _LONGEST_SOURCE else None
    if source and _MONEY.search(source[1]) and money.is_amount(source[2]) and not labels.is_total(source[1]):
        return [cell._replace(text=source[1]), cell._replace(text=source[2])]
    found = _INLINE.match(cell.text)
    key = labels.field_of(found[1]) if found else None
    if not found or not (key or labels.is_total(found[1])) or (key == "section" and not alone):
        return [cell]
    return [cell._replace(text=found[1]), cell._replace(text=found[2])]


def after(row: Sequence[GridCell], cell: GridCell) -> Location:
    """The cell right of a label, where its value belongs."""
    return next((c.location for c in row if c.column > cell.column), cell.location)
