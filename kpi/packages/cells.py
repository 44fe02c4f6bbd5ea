"""The XML of a workbook's sheets as text: where each cell stands in it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kpi.readers.formats.runs import mixed
from kpi.readers.formats.sheet import column_of, letters
from kpi.readers.formats.sheetparts import Parts
from kpi.readers.formats.sheettags import ATTRIBUTE, Unusual, rewritten, tags_of, texts, written

_NAME = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_REPEATS = re.compile(r"[=+]?(\$?)([A-Z]{1,3})(\$?)(\d{1,7})")  # =E20, =$E$20: a formula that is another cell's name


class CellTag(NamedTuple):
    """A cell in a sheet's XML: where it stands, its attributes, and what is inside."""

    start: int
    end: int
    attributes: dict[str, str]
    inner: str


class SheetCell(NamedTuple):
    """A cell of a sheet's XML as read. `kind`: its t attribute; `raw`: what it holds; `repeats`: the cell of the sheet
    whose content its formula says again; `mixed`: a text of its own that would say something else in one format."""

    start: int
    end: int
    attributes: dict[str, str]
    kind: str
    raw: str
    formula: bool
    repeats: str | None = None
    mixed: bool = False


def sheet_text(parts: Parts, part: str) -> str:
    """A sheet's XML as it stands; in its canonical form where a scan could not follow it. Raises ReadError."""
    try:
        return "".join(texts(parts, part))
    except (Unusual, UnicodeDecodeError):
        return "".join(rewritten(parts, part))


def sheet_cells(text: str) -> Iterator[tuple[str, SheetCell]]:
    """All cells of a sheet with what they hold, by their names."""
    tags = tags_of(text)
    shared: dict[str, tuple[str, str]] = {}
    for name, (start, end, attributes, inner) in cell_tags(text):
        value = tags.value.search(inner)
        raw, own = (value.group(1), []) if value else written(tags, inner)
        formula = tags.formula.search(inner)
        repeats = _repeated(name, formula, shared) if formula else None
        kind = attributes.get("t", "n")
        yield name, SheetCell(start, end, attributes, kind, raw, formula is not None, repeats, mixed(own))


def _repeated(name: str, formula: re.Match[str], shared: dict[str, tuple[str, str]]) -> str | None:
    """The cell that a formula repeats. `shared`: formulas that further cells have too, by their number, each with the
    cell that it was written in."""
    stated = dict(ATTRIBUTE.findall(formula.group().partition(">")[0]))
    kind, own, home = stated.get("t", "normal"), formula.group(1) or "", name
    if kind == "shared":
        home, own = shared.setdefault(stated.get("si", ""), (name, own))
    found, here, there = _REPEATS.fullmatch(own.strip()), _NAME.fullmatch(name), _NAME.fullmatch(home)
    if kind not in ("normal", "shared") or not (found and here and there):
        return None
    right = 0 if found.group(1) else column_of(here.group(1)) - column_of(there.group(1))
    down = 0 if found.group(3) else int(here.group(2)) - int(there.group(2))
    column, row = column_of(found.group(2)) + right, int(found.group(4)) + down
    return f"{letters(column)}{row}" if column >= 0 and row > 0 else None


def cell_tags(text: str) -> Iterator[tuple[str, CellTag]]:
    """All cells of a sheet by their names, those without one by their order."""
    tags = tags_of(text)
    t = re.escape(tags.prefix)
    pattern = re.compile(rf"<{t}row(?=[\s/>])([^>]*)>|<{t}c(?=[\s/>])((?: [^>]*?)?)(?:/>|>(.*?)</{t}c>)", re.DOTALL)
    row, column = 0, -1
    for found in pattern.finditer(text, max(text.find(f"<{tags.prefix}sheetData"), 0)):
        stated = dict(ATTRIBUTE.findall(found.group(1) or found.group(2) or ""))
        if found.group(2) is None:
            row, column = int(stated.get("r", row + 1)), -1
            continue
        named = _NAME.fullmatch(stated.get("r", ""))
        column = column_of(named.group(1)) if named else column + 1
        yield f"{letters(column)}{row}", CellTag(found.start(), found.end(), stated, found.group(3) or "")
