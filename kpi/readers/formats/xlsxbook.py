"""What an .xlsx says outside its sheets: their names and parts, number formats, shared texts."""

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kpi.readers.errors import ReadError
from kpi.readers.formats.dates import BUILTIN
from kpi.readers.formats.numbers import GENERAL, compiled
from kpi.readers.formats.runs import Run, mixed, said, struck
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
    """A workbook without its cells. `formats`: the number format by style number; `texts`: the shared texts; `runs`:
    the numbers of those with runs; `mixed`: of those that would say something else in one format, with what is struck
    out in each. `struck_styles`: the styles that strike out a whole cell."""

    sheets: list[SheetPart] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    struck_styles: set[int] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)
    runs: set[int] = field(default_factory=set)
    mixed: dict[int, str] = field(default_factory=dict)
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
            _styles(made, parts, part)
        elif kind == "sharedStrings" and part in parts:
            _texts(made, parts, part)
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


def _styles(made: Book, parts: Parts, part: str) -> None:
    codes = {**BUILTIN, 0: GENERAL}
    fonts: list[bool] = []  # whether each is struck out
    for event, element in parts.elements(part, "numFmt", "font", "cellXfs", "xf", "dxfs", starts=True):
        name, parent = local(element), element.getparent()
        if event == "start" or parent is None:
            continue
        if name == "numFmt":
            codes.setdefault(_number(element.get("numFmtId")), element.get("formatCode") or GENERAL)
        elif name == "font" and local(parent) == "fonts":
            fonts.append(_format(element).struck)
        elif name == "xf" and local(parent) == "cellXfs":
            font = _number(element.get("fontId"))
            if font < len(fonts) and fonts[font]:
                made.struck_styles.add(len(made.formats))
            made.formats.append(_code(codes.get(_number(element.get("numFmtId")), GENERAL)))


def _code(code: str) -> str:
    """General under one name, whatever the program calls it."""
    sections = compiled(code)
    return GENERAL if len(sections) == 1 and sections[0].tokens == (("general", code),) else code


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else 0


def _texts(made: Book, parts: Parts, part: str) -> None:
    size = 0
    for number, (_, element) in enumerate(parts.elements(part, "si")):
        own = _runs(element)
        text = told(said(own))
        size += len(text)
        if size > _MOST_TEXT:
            raise ReadError(parts.path, "文字太多，不像绩效目标表，请只留绩效目标表再检查。")
        if len(own) > 1 or mixed(own):
            made.runs.add(number)
        if mixed(own):
            made.mixed[number] = told(struck(own))
        made.texts.append(text)


def _runs(element: "_Element") -> list[Run]:
    """The runs of a shared string, without the readings above them."""
    found = []
    for node in element.iter("{*}t"):
        parent = node.getparent()
        kind = "" if parent is None else local(parent)
        if kind != "rPh":
            own = parent.find("{*}rPr") if kind == "r" and parent is not None else None
            found.append((Run() if own is None else _format(own))._replace(text=node.text or ""))
    return found


def _format(font: "_Element") -> Run:
    """How a font shows its letters."""
    align, strike = font.find("{*}vertAlign"), font.find("{*}strike")
    return Run(
        raised=align is not None and align.get("val") == "superscript",
        struck=strike is not None and strike.get("val") not in ("0", "false"),
    )


def told(text: str) -> str:
    """A text as written in a workbook, with _x000D_ and the like undone."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda m: chr(int(m.group(1), 16)), text)
    return cleaned(text)
