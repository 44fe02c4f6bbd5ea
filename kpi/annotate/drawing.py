"""The drawing of the comments in a sheet's XML."""

import re

from kpi.readers.formats.sheettags import tags_of

_TAG = re.compile(r"""<(/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(/?)>""")
#: What may follow the drawing of the comments in a sheet, in the order of the schema.
_AFTER = frozenset(
    ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst")
)  # fmt: skip
_DRAWING = ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="{}"'


def with_drawing(text: str, key: str) -> str:
    """The sheet with the drawing of its comments, in the place that the schema wants."""
    t = tags_of(text).prefix
    body = text.rfind(f"</{t}sheetData>")  # nothing of what may follow stands before it
    depth, start = (2, body) if body >= 0 else (0, max(text.find(f"<{t}worksheet"), 0))
    for found in _TAG.finditer(text, start):
        name = found[2].removeprefix(t)
        top = depth == 1
        if (top and not found[1] and name in _AFTER) or (depth == 1 and found[1] and name == "worksheet"):
            return f"{text[: found.start()]}<{t}legacyDrawing{_DRAWING.format(key)}/>{text[found.start() :]}"
        depth += -1 if found[1] else 0 if found[4] else 1
    return text


def drawing_key(text: str) -> str | None:
    """The relation that the sheet's drawing of comments has already."""
    t = re.escape(tags_of(text).prefix)
    found = re.search(rf'<{t}legacyDrawing\s[^>]*?\bid="([^"]*)"', text)
    return found[1] if found else None
