"""Workbooks: a comment and a ground on every flagged cell, a sheet with all findings behind the others.

Parts that are not concerned keep their bytes; of a sheet only the tags of its flagged cells change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial

from kpi.annotate.drawing import drawing_key, with_drawing
from kpi.annotate.marks import Mark, Marks, moved
from kpi.annotate.sheetlist import listed
from kpi.annotate.sheetlook import Look, first_cell, look_of, seen_cell
from kpi.annotate.sheetnotes import NEW_NOTES, Boxes, Placed, Sizes, add_boxes, add_notes, new_boxes, written
from kpi.annotate.sheetstyles import M, Styles
from kpi.fixes.sheetcells import address, painted
from kpi.packages import CannotWrite
from kpi.packages.cells import sheet_text
from kpi.packages.relations import OFFICE, TYPES, ContentTypes, FreeNames, Relations
from kpi.packages.word import serialised
from kpi.packages.zipped import refuse_signed, replaced
from kpi.readers.errors import ReadError
from kpi.readers.formats.package import parsed
from kpi.readers.formats.sheet import NOTES_SHEET
from kpi.readers.formats.sheetparts import Parts
from kpi.readers.formats.sheettags import ATTRIBUTE, tags_of
from kpi.readers.formats.xlsxbook import book

_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_NOTES, _SHEET, _STYLES = (f"{_MAIN}{name}+xml" for name in ("comments", "worksheet", "styles"))
_BOXES = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_STRICT = "这份工作簿是“严格 Open XML”格式，没有批注；请另存为普通的 .xlsx 再批注。"
_AGAIN = f"文件里已有上次的“{NOTES_SHEET}”，没有再批注；请对没有批注过的原表批注，或先删去这张工作表和旧批注。"
_ODD_BOXES = "工作簿里原有批注的框写法特殊，没有再批注；请用 Excel 或 WPS 打开、另存一次再试。"
_WIDTH, _HEIGHT = 8.43, 15.0  # of a column in characters and a row in points, where the sheet says nothing


def annotated(data: bytes, path: str, marks: Marks) -> bytes:
    """The workbook with its comments and the list. Raises CannotWrite, and ReadError where a part cannot be read."""
    return _Book(data, path).annotated(marks)


class _Book:
    """A package in the making: the parts that are new or changed so far."""

    def __init__(self, data: bytes, path: str) -> None:
        self._data = data
        self._package = Parts(data, path, ".xlsx")
        refuse_signed(self._package.names)
        main = Relations(self._package, "").one("officeDocument")
        self._main = self._real(main.part if main else "xl/workbook.xml")
        self._types = ContentTypes(self._package)
        self._relations = Relations(self._package, self._main)
        self._workbook = self._package.xml(self._main)
        if self._workbook.tag != f"{M}workbook":
            raise CannotWrite(_STRICT)
        self._parts: dict[str, bytes] = {}
        self._free = FreeNames(self._package)
        self._block = 0
        known = self._relations.one("styles")
        self._style_part = self._real(known.part) if known else self._new("xl/styles{}.xml", _STYLES)
        if known is None:
            self._relations.add("styles", self._style_part)
        empty = f'<styleSheet xmlns="{M.strip("{}")}"/>'.encode()
        self._styles = Styles(self._package.xml(self._style_part) if known else parsed(empty, path, ".xlsx"))

    def annotated(self, marks: Marks) -> bytes:
        sheets = {sheet.name: self._real(sheet.part) for sheet in book(self._package).sheets}
        if any(one.get("name") == NOTES_SHEET for one in self._workbook.iter(f"{M}sheet")):
            raise CannotWrite(_AGAIN)
        looks = {name: look_of(sheet_text(self._package, part)) for name, part in sheets.items()}
        marks = moved(marks, partial(first_cell, looks))
        by_sheet: dict[str, list[Mark]] = {}
        for mark in marks.places:
            if mark.location.sheet in sheets and mark.location.cell:
                by_sheet.setdefault(sheets[mark.location.sheet], []).append(mark)
        for part, some in by_sheet.items():
            self._sheet(part, some)
        self._list(marks, looks)
        self._parts[self._style_part] = self._styles.xml()
        self._parts[self._main] = serialised(self._workbook)
        self._parts[self._relations.listed] = self._relations.xml()
        self._parts[self._real(TYPES)] = self._types.xml()
        return replaced(self._data, self._parts)

    def _sheet(self, part: str, marks: Sequence[Mark]) -> None:
        text = sheet_text(self._package, part)
        merges = dict(look_of(text).merges)
        placed = []
        for mark in marks:
            name = mark.location.cell or ""
            at = address(name)
            if at is not None:
                placed.append(Placed(mark, name, at, merges.get(at, at)))
        text = painted(text, {one.name: partial(self._styles.painted, severity=one.mark.severity) for one in placed})
        relations = Relations(self._package, part)
        known = relations.one("comments")
        notes = self._real(known.part) if known else self._new("xl/comments{}.xml", _NOTES)
        root = self._package.xml(notes) if known else parsed(NEW_NOTES, notes, ".xlsx")
        boxes = add_notes(root, placed, NOTES_SHEET)
        self._parts[notes] = serialised(root)
        if known is None:
            relations.add("comments", notes)
        if boxes.fresh or boxes.grown:
            text = self._boxes(text, relations, boxes)
        if relations.changed:
            self._parts[relations.listed] = relations.xml()
        self._parts[part] = text.encode()

    def _boxes(self, text: str, relations: Relations, boxes: Boxes) -> str:
        """The boxes of the comments; the sheet, which points at their drawing."""
        key = drawing_key(text)
        known = next((r for r in relations.all() if r.key == key and r.kind == "vmlDrawing"), None)
        self._block = self._block or self._free_block()
        if known is None:
            part = self._new("xl/drawings/vmlDrawing{}.vml", _BOXES)
            root = parsed(new_boxes(self._block), part, ".xlsx")
            text = with_drawing(text, relations.add("vmlDrawing", part))
        else:
            part = self._real(known.part)
            try:
                root = self._package.xml(part)
            except ReadError as error:  # older programs wrote it as HTML
                raise CannotWrite(_ODD_BOXES) from error
        add_boxes(root, self._block, boxes, _sizes(text), NOTES_SHEET)
        self._block += 1
        self._parts[part] = written(root)
        return text

    def _free_block(self) -> int:
        """The first thousand of shape numbers that no drawing of comments uses."""
        used = [0]
        for name in sorted(self._package.names):
            if name.lower().endswith(".vml"):
                for found in re.finditer(rb'idmap[^>]*\bdata="([\d,]{1,200})"', self._package.part(name)):
                    used += [int(one) for one in found[1].split(b",") if one and len(one) < 6]
        return max(used) + 1

    def _list(self, marks: Marks, looks: Mapping[str, Look]) -> None:
        sheets = self._workbook.find(f"{M}sheets")
        if sheets is None:
            raise self._package.damaged
        part = self._new("xl/worksheets/sheet{}.xml", _SHEET)
        key = self._relations.add("worksheet", part)
        numbers = [int(str(one.get("sheetId"))) for one in sheets if str(one.get("sheetId", "")).isdecimal()]
        made = sheets.makeelement(f"{M}sheet", {"name": NOTES_SHEET, "sheetId": str(max(numbers, default=0) + 1)})
        made.set(f"{{{OFFICE}}}id", key)
        sheets.append(made)
        self._parts[part] = listed(marks, self._styles, partial(seen_cell, looks))

    def _new(self, pattern: str, kind: str) -> str:
        name = self._free.one(pattern)
        self._types.part(name, kind)
        return name

    def _real(self, part: str) -> str:
        return self._package.real(part) if part in self._package else part


def _sizes(text: str) -> Sizes:
    """How many pixels the columns and rows of a sheet take."""
    tags, start = tags_of(text), text.find("sheetData")
    format_ = dict(ATTRIBUTE.findall(next(iter(re.findall(r"<[\w:]*sheetFormatPr([^>]*)>", text[:start])), "")))
    column, row = _number(format_.get("defaultColWidth"), _WIDTH), _number(format_.get("defaultRowHeight"), _HEIGHT)
    wide: list[tuple[int, int, float]] = []
    for found in tags.column.finditer(text[:start]):
        stated = dict(ATTRIBUTE.findall(found[1]))
        size = 0.0 if stated.get("hidden") in ("1", "true") else _number(stated.get("width"), column)
        wide.append((int(stated.get("min", 0)) - 1, int(stated.get("max", 0)) - 1, size))
    high = {}
    for number, attributes in re.findall(rf'<{re.escape(tags.prefix)}row(?=[\s])[^>]*?\br="(\d+)"([^>]*)>', text):
        stated = dict(ATTRIBUTE.findall(attributes))
        if "ht" in stated:
            high[int(number)] = 0.0 if stated.get("hidden") in ("1", "true") else _number(stated["ht"], row)
    return Sizes(
        lambda at: round(7 * next((size for first, last, size in wide if first <= at <= last), column)) + 5,
        lambda at: round(high.get(at, row) * 4 / 3),
    )


def _number(text: str | None, otherwise: float) -> float:
    try:
        return float(text) if text else otherwise
    except ValueError:
        return otherwise
