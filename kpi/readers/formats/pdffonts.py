"""The font that stands in for those that a PDF file names and does not hold.

pdfium looks for such a font on the machine. Where there is none (servers have no Chinese ones), a character has no
extent and a run of a single one is left out of the text; where there is one, its outlines are loaded for boxes that
nothing here asks for. So every missing font shows dots while a file is read: what is read is the same on all machines.
A dot is narrower than any character, for pdfium lets a character reach as far as its outline does; how far it reaches
otherwise is told by the widths in the file.
"""

import ctypes
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

_EM, _LOW, _HIGH = 1000, -120, 880  # units of a full square, and how far it stands below and above the line
_DOT = 100  # units of the dot that every character is
_NAME = b"kpi dots\x00"
_HANDLE = 1  # any address but none: there is one font
_UNICODE = (0x20, 0x10FFFF)
_GB2312 = 134  # the charset that pdfium is told; it asks by charset only where a name is unknown


def dotted() -> bytes:
    """A TrueType font (OpenType specification 1.9) that shows every character as a dot."""
    corners = struct.pack(">8h", 0, _DOT, 0, -_DOT, 0, 0, _DOT, 0)  # steps across, then steps up
    glyph = struct.pack(">5h2H4B", 1, 0, 0, _DOT, _DOT, 3, 0, 1, 1, 1, 1) + corners
    groups = struct.pack(">HHLLLLLL", 13, 0, 28, 0, 1, *_UNICODE, 1)  # format 13: many characters, one glyph
    box = (0, 0, _DOT, _DOT)
    tables = {
        b"cmap": struct.pack(">HHHHL", 0, 1, 3, 10, 12) + groups,
        b"glyf": glyph * 2,
        b"head": struct.pack(">LLLLHHqq4hHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _EM, 0, 0, *box, 0, 8, 2, 1, 0),
        b"hhea": struct.pack(">L3hH11hH", 0x10000, _HIGH, _LOW, 0, _EM, 0, 0, _DOT, 1, *[0] * 7, 2),
        b"hmtx": struct.pack(">HhHh", _EM, 0, _EM, 0),
        b"loca": struct.pack(">3L", 0, len(glyph), 2 * len(glyph)),
        b"maxp": struct.pack(">L14H", 0x10000, 2, 4, 1, 0, 0, 1, *[0] * 8),
    }
    head = struct.pack(">L4H", 0x10000, len(tables), 64, 2, 16 * len(tables) - 64)
    at, entries, body = len(head) + 16 * len(tables), b"", b""
    for tag, data in tables.items():
        entries += struct.pack(">4sLLL", tag, 0, at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    return head + entries + body


@contextmanager
def dots() -> Iterator[None]:
    """While this lasts, pdfium takes dots for every font that a file does not hold. The fonts of the machine are
    given back afterwards, to a program that draws pages with the same pdfium."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    pdfium.FPDF_SetSystemFontInfo(_info())
    _free(pdfium)
    try:
        yield
    finally:
        own = pdfium.FPDF_GetDefaultSystemFontInfo()  # none where pdfium knows no fonts of the system
        pdfium.FPDF_SetSystemFontInfo(own)
        if own:
            _given.append(own)


_given: list[Any] = []  # what pdfium uses outside of `dots`


def _free(pdfium: Any) -> None:  # noqa: ANN401 - untyped library
    while _given:
        pdfium.FPDF_FreeDefaultSystemFontInfo(_given.pop())


@cache
def _info() -> Any:  # noqa: ANN401 - of ctypes; kept for good, pdfium holds its address
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    font = dotted()

    def copy(data: bytes, buffer: Any, size: int) -> int:  # noqa: ANN401
        if buffer and size >= len(data):
            ctypes.memmove(buffer, data, len(data))
        return len(data)

    calls = {
        "Release": lambda this: None,
        "EnumFonts": lambda this, mapper: None,
        "MapFont": lambda this, weight, italic, charset, pitch, face, exact: _HANDLE,
        "GetFont": lambda this, face: _HANDLE,
        "GetFontData": lambda this, handle, table, buffer, size: copy(b"" if table else font, buffer, size),
        "GetFaceName": lambda this, handle, buffer, size: copy(_NAME, buffer, size),
        "GetFontCharset": lambda this, handle: _GB2312,
        "DeleteFont": lambda this, handle: None,
    }
    types = dict(pdfium.FPDF_SYSFONTINFO._fields_)
    return pdfium.FPDF_SYSFONTINFO(version=1, **{name: types[name](call) for name, call in calls.items()})
