"""What an .xlsx says outside its sheets: their names and parts, number formats, shared texts."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kpi.readers.errors import ReadError
from kpi.readers.formats.dates import BUILTIN
from kpi.readers.formats.numbers import GENERAL, compiled
from kpi.readers.formats.sheet import cleaned
from kpi.readers.formats.sheetparts import Parts, attribute, local

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_SHEETS = 2_000  # a workbook of reviews has one a project
_MOST_TEXT = 64 << 20  # characters of all shared texts
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WORKBOOK = "xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet of the workbook: its name, the part that holds it, whether it is hidden."""

    name: str
    part: str
    hidden: bool


@dataclass(slots=True)
class Book:
    """A workbook without its cells. `formats`: the number format by style number; `texts`: the shared texts."""

    sheets: list[SheetPart] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    epoch: int = 1900
    uncounted: bool = False  # written by a program that counts no formulas: Excel is to do it on opening


def book(parts: Parts) -> Book:
    """The workbook of a package. Raises ReadError."""
    main = next((t for kind, t in _relations(parts, "").values() if kind == "officeDocument"), _WORKBOOK)
    relations = _relations(parts, main)
    made = Book()
    for _, element in parts.elements(main, "sheet", "workbookPr", "calcPr"):
        name = local(element)
        if name == "workbookPr" and element.get("date1904") in ("1", "true"):
            made.epoch = 1904
        elif name == "calcPr":
            made.uncounted = element.get("fullCalcOnLoad") in ("1", "true")
        elif name == "sheet":
            kind, part = relations.get(attribute(element, "id") or "", ("", ""))
            if kind == "worksheet":
                hidden = element.get("state", "visible") != "visible"
                made.sheets.append(SheetPart(element.get("name") or "", part, hidden))
    if len(made.sheets) > _MOST_SHEETS:
        raise ReadError(parts.path, f"工作表太多（超过 {_MOST_SHEETS} 个），请只留绩效目标表再检查。")
    for kind, part in relations.values():
        if kind == "styles" and part in parts:
            made.formats = _formats(parts, part)
        elif kind == "sharedStrings" and part in parts:
            made.texts = list(_texts(parts, part))
    return made


def _relations(parts: Parts, part: str) -> dict[str, tuple[str, str]]:
    """The parts that a part points at: by id, the kind and the part's name."""
    folder, name = posixpath.split(part)
    listed = posixpath.join(folder, "_rels", f"{name}.rels")
    if listed not in parts:
        return {}
    found = {}
    for _, element in parts.elements(listed, "Relationship"):
        target = (element.get("Target") or "").replace("\\", "/")
        whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[element.get("Id") or ""] = ((element.get("Type") or "").rpartition("/")[2], whole)
    return found


def _formats(parts: Parts, part: str) -> list[str]:
    codes = {**BUILTIN, 0: GENERAL}
    formats: list[str] = []
    for event, element in parts.elements(part, "numFmt", "cellXfs", "xf", "dxfs", starts=True):
        name = local(element)
        if event == "start":
            continue
        if name == "numFmt":
            codes.setdefault(_number(element.get("numFmtId")), element.get("formatCode") or GENERAL)
        elif name == "xf" and (parent := element.getparent()) is not None and local(parent) == "cellXfs":
            formats.append(_code(codes.get(_number(element.get("numFmtId")), GENERAL)))
    return formats


def _code(code: str) -> str:
    """General under one name, whatever the program calls it."""
    sections = compiled(code)
    return GENERAL if len(sections) == 1 and sections[0].tokens == (("general", code),) else code


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else 0


def _texts(parts: Parts, part: str) -> Iterator[str]:
    size = 0
    for _, element in parts.elements(part, "si"):
        text = rich(element)
        size += len(text)
        if size > _MOST_TEXT:
            raise ReadError(parts.path, "文字太多，不像绩效目标表，请只留绩效目标表再检查。")
        yield text


def rich(element: "_Element") -> str:
    """The text of a shared or inline string: its runs without the readings above them."""
    found = []
    for node in element.iter("{*}t"):
        parent = node.getparent()
        if parent is None or local(parent) != "rPh":
            found.append(node.text or "")
    return told("".join(found))


def told(text: str) -> str:
    """A text as written in a workbook, with _x000D_ and the like undone."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda m: chr(int(m.group(1), 16)), text)
    return cleaned(text)
