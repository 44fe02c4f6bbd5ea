"""Workbooks: changed cells in the XML of their sheets, as texts of their own; everything else stays byte for byte."""

import re
from collections.abc import Sequence
from html import escape, unescape

from kpi.fixes.cells import squeezed
from kpi.fixes.edits import CellEdit, Span, spliced
from kpi.model import Location
from kpi.packages import CannotWrite
from kpi.packages.cells import SheetCell, sheet_cells, sheet_text
from kpi.packages.zipped import refuse_signed, replaced
from kpi.readers import Source
from kpi.readers.formats.sheetparts import Parts
from kpi.readers.formats.sheettags import Tags, tags_of
from kpi.readers.formats.xlsxbook import book, told

_PLAIN = re.compile(r"\d+(\.\d+)?")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_KEPT = ("r", "s")  # attributes of a cell that do not speak of its old content
_MOVED = "在文件里对不上这一格的原文"
_FORMULA = "这一格是公式，改了会丢掉公式"
_SHOWN = "这一格按数字格式显示，存的内容不同"
_COUNTED = "这一格是数字，工作簿里有公式，改成文字可能影响计算"


class XlsxWriter:
    """Finds the cells of the sheets that are changed."""

    def __init__(self, data: bytes, source: Source) -> None:
        self._data = data
        self._parts = Parts(data, source.path, ".xlsx")
        refuse_signed(self._parts.names)
        self._book = book(self._parts)
        self._sheets = {sheet.name: sheet.part for sheet in self._book.sheets}
        self._texts: dict[str, str] = {}
        self._cells: dict[str, dict[str, SheetCell]] = {}

    def refuses(self, edit: CellEdit) -> str:
        cell = self._cell(edit.cell.location)
        if cell is None:
            return _MOVED
        if cell.formula:
            return _FORMULA
        if cell.kind == "n":
            return "" if _as_number(cell, edit) or not self._counts() else _COUNTED
        return "" if squeezed(self._said(cell)) == squeezed(edit.cell.text) else _SHOWN

    def written(self, edits: Sequence[CellEdit]) -> bytes:
        spans: dict[str, list[Span]] = {}
        for edit in edits:
            cell = self._cell(edit.cell.location)
            if cell is None:
                raise CannotWrite(_MOVED)
            part = self._sheets[edit.cell.location.sheet or ""]
            new = _cell_xml(cell, edit, tags_of(self._text(part)))
            spans.setdefault(part, []).append(Span(cell.start, cell.end, new))
        parts = {part: spliced(self._text(part), sorted(some)).encode() for part, some in spans.items()}
        return replaced(self._data, {self._parts.real(part): made for part, made in parts.items()})

    def _text(self, part: str) -> str:
        if part not in self._texts:
            self._texts[part] = sheet_text(self._parts, part)
        return self._texts[part]

    def _cell(self, place: Location) -> SheetCell | None:
        part = self._sheets.get(place.sheet or "")
        if part is None or place.cell is None:
            return None
        if part not in self._cells:
            self._cells[part] = dict(sheet_cells(self._text(part)))
        return self._cells[part].get(place.cell)

    def _said(self, cell: SheetCell) -> str:
        if cell.kind == "s":
            number = cell.raw.strip()
            return self._book.texts[int(number)] if number.isdecimal() else ""
        return told(unescape(cell.raw))

    def _counts(self) -> bool:
        """Whether any sheet has formulas."""
        return any(tags_of(text).formula.search(text) for text in map(self._text, self._sheets.values()))


def _as_number(cell: SheetCell, edit: CellEdit) -> bool:
    """Whether a number may stay one: it is shown as it is stored, and the new text is a bare number."""
    return cell.kind == "n" and cell.raw.strip() == edit.cell.text and bool(_PLAIN.fullmatch(edit.text))


def _cell_xml(cell: SheetCell, edit: CellEdit, tags: Tags) -> str:
    t = tags.prefix
    kept = "".join(f' {name}="{cell.attributes[name]}"' for name in _KEPT if name in cell.attributes)
    if _as_number(cell, edit):
        return f"<{t}c{kept}><{t}v>{edit.text}</{t}v></{t}c>"
    text = escape(_ESCAPED.sub("_x005F_", edit.text), quote=False)
    return f'<{t}c{kept} t="inlineStr"><{t}is><{t}t xml:space="preserve">{text}</{t}t></{t}is></{t}c>'
