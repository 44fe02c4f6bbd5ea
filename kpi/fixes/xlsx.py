"""Workbooks: changed cells in the XML of their sheets, as texts of their own; everything else stays byte for byte.

A formula that says another cell again (=E20) keeps standing; what it has come to is written beside it.
"""

import re
from collections.abc import Sequence
from functools import cached_property
from html import escape, unescape

from kpi.fixes.cells import squeezed
from kpi.fixes.edits import CellEdit, Span, spliced
from kpi.fixes.richtext import Piece, escaped, pieces, reworded, text_xml
from kpi.fixes.sheetcells import painted
from kpi.model import Location
from kpi.packages import CannotWrite
from kpi.packages.cells import SheetCell, sheet_cells, sheet_text
from kpi.packages.relations import Relations
from kpi.packages.zipped import refuse_signed, replaced
from kpi.readers import Source
from kpi.readers.formats.sheetparts import Parts
from kpi.readers.formats.sheettags import tags_of
from kpi.readers.formats.xlsxbook import book, told

_PLAIN = re.compile(r"\d+(\.\d+)?")
_KEPT = ("r", "s")  # attributes of a cell that do not speak of its old content
_MOVED = "在文件里对不上这一格的原文"
_FORMULA = "这一格是公式，改了会丢掉公式"
_SHOWN = "这一格按数字格式显示，存的内容不同"
_MIXED = "这一格里有上标或加了删除线的字，改写会丢掉这些格式，变成别的意思"
_COUNTED = "这一格是数字，工作簿里有公式，改成文字可能影响计算"


class XlsxWriter:
    """Finds the cells of the sheets that are changed."""

    fills = True

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
            return "" if self._is_room(edit) else _MOVED
        if cell.formula and cell.repeats is None:
            return _FORMULA
        if self._mixed(cell):
            return _MIXED
        if cell.kind == "n" and cell.raw.strip() and not cell.formula:
            return "" if _as_number(cell, edit) or not self._counts() else _COUNTED
        return "" if squeezed(self._said(cell)) == squeezed(edit.cell.text) else _SHOWN

    def follows(self, place: Location) -> Location | None:
        """The cell that the one at a place says again."""
        cell = self._cell(place)
        return place._replace(cell=cell.repeats) if cell and cell.repeats else None

    def written(self, edits: Sequence[CellEdit]) -> bytes:
        sheets: dict[str, list[CellEdit]] = {}
        for edit in edits:
            if self._cell(edit.cell.location) is None and not self._is_room(edit):
                raise CannotWrite(_MOVED)
            sheets.setdefault(self._sheets[edit.cell.location.sheet or ""], []).append(edit)
        parts = {part: self._sheet_xml(part, some).encode() for part, some in sheets.items()}
        return replaced(self._data, {self._parts.real(part): made for part, made in parts.items()})

    def _sheet_xml(self, part: str, edits: Sequence[CellEdit]) -> str:
        """A sheet with its changes; empty cells that it leaves out are put in, styled as their row or column."""
        text, cells = self._text(part), self._sheet(part)
        names = [edit.cell.location.cell or "" for edit in edits]
        if left_out := [name for name in names if name not in cells]:
            text = painted(text, {name: lambda style: style for name in left_out})
            cells = dict(sheet_cells(text))
        spans = [
            Span(cells[name].start, cells[name].end, self._cell_xml(cells[name], edit, text))
            for name, edit in zip(names, edits, strict=True)
        ]
        return spliced(text, sorted(spans))

    def _is_room(self, edit: CellEdit) -> bool:
        """Whether an empty cell that the file leaves out stands there."""
        place = edit.cell.location
        return not edit.cell.text and place.sheet in self._sheets and place.cell is not None

    def _text(self, part: str) -> str:
        if part not in self._texts:
            self._texts[part] = sheet_text(self._parts, part)
        return self._texts[part]

    def _cell(self, place: Location) -> SheetCell | None:
        part = self._sheets.get(place.sheet or "")
        return None if part is None or place.cell is None else self._sheet(part).get(place.cell)

    def _sheet(self, part: str) -> dict[str, SheetCell]:
        if part not in self._cells:
            self._cells[part] = dict(sheet_cells(self._text(part)))
        return self._cells[part]

    def _said(self, cell: SheetCell) -> str:
        if cell.kind == "s":
            number = cell.raw.strip()
            return self._book.texts[int(number)] if number.isdecimal() else ""
        return told(unescape(cell.raw))

    def _cell_xml(self, cell: SheetCell, edit: CellEdit, sheet: str) -> str:
        tags = tags_of(sheet)
        t = tags.prefix
        kept = "".join(f' {name}="{cell.attributes[name]}"' for name in _KEPT if name in cell.attributes)
        formula = tags.formula.search(sheet, cell.start, cell.end)
        said = formula.group() if formula else ""
        if _as_number(cell, edit):
            return f"<{t}c{kept}>{said}<{t}v>{edit.text}</{t}v></{t}c>"
        if formula:
            return f'<{t}c{kept} t="str">{said}<{t}v>{escape(escaped(edit.text), quote=False)}</{t}v></{t}c>'
        return f'<{t}c{kept} t="inlineStr"><{t}is>{self._text_xml(cell, edit, sheet)}</{t}is></{t}c>'

    def _text_xml(self, cell: SheetCell, edit: CellEdit, sheet: str) -> str:
        """The new text, in the formats that the old one has inside the cell."""
        t = own = tags_of(sheet).prefix
        inner = sheet[cell.start : cell.end] if cell.kind == "inlineStr" else ""
        if cell.kind == "s" and (number := cell.raw.strip()).isdecimal():
            own, inner = self._rich.get(int(number), ("", ""))
        before = pieces(inner, own)
        formats = any(one.look for one in before)
        return text_xml(reworded(before, edit.text) if formats else [Piece("", edit.text)], t, own)

    @cached_property
    def _rich(self) -> dict[int, tuple[str, str]]:
        """The texts that cells share and that have formats inside: the prefix of their tags, and their XML."""
        from lxml import etree  # noqa: PLC0415

        main = Relations(self._parts, "").one("officeDocument")
        part = Relations(self._parts, main.part).one("sharedStrings") if main else None
        found = {}
        for number, (_, element) in enumerate(self._parts.elements(part.part, "si") if part else ()):
            if element.find("{*}r") is not None:
                xml = etree.tostring(element, method="c14n", exclusive=True, with_tail=False).decode()
                found[number] = f"{element.prefix}:" if element.prefix else "", xml
        return found

    def _mixed(self, cell: SheetCell) -> bool:
        number, style = cell.raw.strip() if cell.kind == "s" else "", cell.attributes.get("s", "")
        shared = number.isdecimal() and int(number) in self._book.mixed
        return cell.mixed or shared or (style.isdecimal() and int(style) in self._book.struck_styles)

    def _counts(self) -> bool:
        """Whether any sheet has formulas."""
        return any(tags_of(text).formula.search(text) for text in map(self._text, self._sheets.values()))


def _as_number(cell: SheetCell, edit: CellEdit) -> bool:
    """Whether a number may stay one: it is shown as it is stored, and the new text is a bare number."""
    return cell.kind == "n" and cell.raw.strip() == edit.cell.text and bool(_PLAIN.fullmatch(edit.text))
