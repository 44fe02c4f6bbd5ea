"""A Chinese font with just the letters of a text, to be put into a PDF: whoever has no Chinese fonts sees blank cells
without it. Made of the font that the machine has; reportlab takes outlines of the TrueType kind only."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from zlib import crc32

FAMILY = "Noto Sans CJK SC"  # may be embedded by its licence (SIL OFL)
_ERROR = 1.0  # units of 1000 by which a curve may differ


def registered(text: str) -> str:
    """The name under which reportlab knows the font; "" where there is none."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    data = letters_of(text)
    if data is None:
        return ""
    name = f"Cut{crc32(data):08x}"
    pdfmetrics.registerFont(TTFont(name, BytesIO(data)))
    return name


def letters_of(text: str) -> bytes | None:
    """The font as a file; None where the machine has none or cannot cut it."""
    found = _file()
    try:
        from fontTools import subset
        from fontTools.ttLib import TTFont
    except ImportError:
        return None
    if found is None:
        return None
    path, number = found
    font = TTFont(path, fontNumber=number, lazy=True, recalcTimestamp=False)
    options = subset.Options(layout_features=[], name_IDs=[1, 2, 4, 6], notdef_outline=True, hinting=False)
    wanted = subset.Subsetter(options)
    wanted.populate(text=text + " ")
    wanted.subset(font)
    _rounded(font)
    name = f"Cut{crc32(text.encode()):08x}"  # reportlab holds two fonts of one name for one
    for record in font["name"].names:
        record.string = name
    target = BytesIO()
    font.save(target)
    return target.getvalue()


def _file() -> tuple[Path, int] | None:
    if shutil.which("fc-match") is None:
        return None
    said = subprocess.run(
        ["fc-match", "-f", "%{family}|%{file}|%{index}", FAMILY], capture_output=True, text=True, check=False
    ).stdout.split("|")
    return (Path(said[1]), int(said[2])) if len(said) == 3 and FAMILY in said[0] else None


def _rounded(font) -> None:
    """Cubic outlines as quadratic ones, in the tables of a TrueType font."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import newTable

    order, glyphs = font.getGlyphOrder(), font.getGlyphSet()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, _ERROR, reverse_direction=True))
        font["glyf"][name] = pen.glyph()
    for name in ("CFF ", "VORG", "vhea", "vmtx", "BASE", "GSUB", "GPOS"):
        if name in font:
            del font[name]
    font["maxp"].tableVersion = 0x00010000
    for field in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
                  "maxStackElements", "maxSizeOfInstructions"):  # fmt: skip
        setattr(font["maxp"], field, 1 if field == "maxZones" else 0)
    font["post"].formatType, font["post"].extraNames, font["post"].mapping, font["post"].glyphOrder = 3, [], {}, order
    font.sfntVersion = "\000\001\000\000"
