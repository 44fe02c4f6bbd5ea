"""A Word table in one walk: its cells with their columns, spans and texts, whatever controls they are wrapped in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi.readers.errors import WIDEST
from kpi.readers.formats.docxtext import MATH, SAID, VAL, P, T, W, piece
from kpi.readers.formats.numbering import Numbering

if TYPE_CHECKING:
    from lxml.etree import _Element

TBL, TR, TC = W + "tbl", W + "tr", W + "tc"
_SPAN, _VMERGE, _HMERGE, _BEFORE = (W + name for name in ("gridSpan", "vMerge", "hMerge", "gridBefore"))
_WALKED = (TR, TC, P, T, _SPAN, _VMERGE, _HMERGE, _BEFORE, *SAID)


class RawCell:
    """A cell while its table is walked. `merged`: it only goes on from the cell above; `height` counts the rows."""

    __slots__ = ("column", "height", "merged", "parts", "span", "tc")

    def __init__(self, tc: _Element, column: int) -> None:
        self.tc = tc
        self.column = column
        self.span = self.height = 1
        self.merged = False
        self.parts: list[str] = []  # with line breaks between paragraphs

    @property
    def text(self) -> str:
        parts = self.parts
        if len(parts) == 1 and "\n" not in parts[0]:  # one run, as nearly everywhere
            return parts[0].strip()
        lines = "".join(parts).split("\n")
        return "\n".join(line for line in lines if line and not line.isspace()).strip()


def raw_rows(table: _Element, numbering: Numbering) -> list[list[RawCell]]:
    """The cells of a table without inner tables, row by row, those that begin or go on there."""
    rows: list[list[RawCell]] = [[]]  # the first takes cells outside any row, which only broken files have
    column = 0
    parts: list[str] = []
    for node in table.iter(_WALKED):
        tag = node.tag
        if tag == T or tag == MATH:  # noqa: PLR1714, SIM109 - twice as fast as looking into a tuple, for most nodes
            if node.text:
                parts.append(node.text)
        elif tag == TC:
            if rows[-1]:
                column = rows[-1][-1].column + rows[-1][-1].span
            cell = RawCell(node, column)
            parts = cell.parts
            rows[-1].append(cell)
        elif tag == P:
            if parts:
                parts.append("\n")
            label = numbering.label(node)
            if label:
                parts.append(label)
        elif tag == TR:
            column = 0
            rows.append([])
        elif tag == _BEFORE:
            column = _number(node, 0)
        elif tag in (_SPAN, _VMERGE, _HMERGE):
            _property(rows, node)
        else:
            parts.append(piece(node))
    _measure(rows)
    return rows if rows[0] else rows[1:]


def _property(rows: list[list[RawCell]], mark: _Element) -> None:
    if not rows[-1]:
        return
    cell = rows[-1][-1]
    if mark.tag == _SPAN:
        cell.span = max(_number(mark, 1), 1)
    elif mark.get(VAL) == "restart":
        return
    elif mark.tag == _VMERGE:
        cell.merged = True
    elif len(rows[-1]) > 1:  # the old way to merge along a row: the cell before grows, this one is none
        rows[-1].pop()
        rows[-1][-1].span += cell.span


def _number(mark: _Element, default: int) -> int:
    text = str(mark.get(VAL, ""))
    return min(int(text), WIDEST) if text.isdecimal() and len(text) < 20 else default


def _measure(rows: list[list[RawCell]]) -> None:
    """Give the top cells their heights; a cell that goes on from nothing stands alone."""
    tops: dict[int, tuple[int, RawCell]] = {}
    for index, row in enumerate(rows):
        for cell in row:
            top = tops.get(cell.column)
            if cell.merged and top is not None:
                top[1].height = index - top[0] + 1
            else:
                cell.merged = False
                tops[cell.column] = (index, cell)
