"""The XML of a workbook's sheets as text: where each cell stands in it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kpi.readers.formats.sheet import column_of, letters
from kpi.readers.formats.sheetparts import Parts
from kpi.readers.formats.sheettags import ATTRIBUTE, Unusual, rewritten, tags_of, texts

_NAME = re.compile(r"([A-Z]{1,3})(\d{1,7})")


class CellTag(NamedTuple):
    """A cell in a sheet's XML: where it stands, its attributes, and what is inside."""

    start: int
    end: int
    attributes: dict[str, str]
    inner: str


class SheetCell(NamedTuple):
    """A cell of a sheet's XML as read. `kind`: its t attribute; `raw`: what it holds."""

    start: int
    end: int
    attributes: dict[str, str]
    kind: str
    raw: str
    formula: bool


def sheet_text(parts: Parts, part: str) -> str:
    """A sheet's XML as it stands; in its canonical form where a scan could not follow it. Raises ReadError."""
    try:
        return "".join(texts(parts, part))
    except (Unusual, UnicodeDecodeError):
        return "".join(rewritten(parts, part))


def sheet_cells(text: str) -> Iterator[tuple[str, SheetCell]]:
    """All cells of a sheet with what they hold, by their names."""
    tags = tags_of(text)
    for name, (start, end, attributes, inner) in cell_tags(text):
        value = tags.value.search(inner)
        raw = value.group(1) if value else "".join(tags.text.findall(tags.reading.sub("", inner)))
        formula = tags.formula.search(inner) is not None
        yield name, SheetCell(start, end, attributes, attributes.get("t", "n"), raw, formula)


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
