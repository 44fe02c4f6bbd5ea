"""PDF files: a highlight with a note over every flagged cell, written behind the original's bytes, which all stay."""

import ctypes
import re
from collections.abc import Iterable
from hashlib import md5
from io import BytesIO
from typing import Any

from kpi.annotate.marks import AUTHOR, INKS, Mark, Marks, Note
from kpi.packages import CannotWrite
from kpi.readers.formats.pdfspace import Box, box_of, shown
from kpi.rules.finding import Severity

#: Stronger than the grounds of office files: a viewer lays them over the text as a marker pen does.
_COLOURS: dict[Severity, str] = {"error": "FFA8A8", "warning": "FFE08A", "info": "B5D8FF"}
_INSET = 1.0  # points: a highlight leaves the lines of its cell
_ICON = 18.0  # points: a note about the file as a whole, in the corner of its first page
_UNOPENED = "PDF 文件打不开或有密码，没有批注；请去掉密码另存后再试。"
_UNWRITTEN = "PDF 文件不让加批注（可能受保护或已损坏），没有写；请重新导出 PDF 后再试。"
_SECOND_ID = re.compile(rb"/ID ?\[ ?<[0-9A-Fa-f]*> ?<([0-9A-Fa-f]{32})> ?\]")


def annotated(data: bytes, path: str, marks: Marks) -> bytes:
    """The file with its annotations. Raises CannotWrite."""
    import pypdfium2 as pdfium  # noqa: PLC0415 - 40 ms, for those who annotate PDF files
    from pypdfium2 import raw  # noqa: PLC0415

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise CannotWrite(_UNOPENED) from error
    try:
        if AUTHOR.encode("utf-16-be") in data:
            _forget(raw, document)
        pages: dict[int, list[Mark]] = {}
        for mark in marks.places:
            pages.setdefault(mark.location.page or 1, []).append(mark)
        if marks.loose:
            pages.setdefault(1, [])
        for number in sorted(pages):
            page = document[number - 1]
            for mark in pages[number]:
                _highlight(raw, page, mark)
            if number == 1 and marks.loose:
                _note(raw, page, marks.loose)
            page.close()
        buffer = BytesIO()
        document.save(buffer, flags=raw.FPDF_INCREMENTAL)
    except (pdfium.PdfiumError, IndexError) as error:
        raise CannotWrite(_UNWRITTEN) from error
    finally:
        document.close()
    return _steady(data, buffer.getvalue())


def _forget(raw: Any, document: Any) -> None:  # noqa: ANN401 - untyped library
    """Take out the annotations of an earlier run."""
    for page in document:
        for number in reversed(range(raw.FPDFPage_GetAnnotCount(page.raw))):
            one = raw.FPDFPage_GetAnnot(page.raw, number)
            size = raw.FPDFAnnot_GetStringValue(one, b"T", None, 0)
            buffer = (ctypes.c_ushort * (size // 2))()
            raw.FPDFAnnot_GetStringValue(one, b"T", buffer, size)
            raw.FPDFPage_CloseAnnot(one)
            if bytes(buffer).decode("utf-16-le", "replace").rstrip("\0") == AUTHOR:
                raw.FPDFPage_RemoveAnnot(page.raw, number)
        page.close()


def _steady(data: bytes, made: bytes) -> bytes:
    """The library numbers every file that it writes by chance: the same content has the same number here."""
    written = made[len(data) :] if made.startswith(data) else made
    found = None
    for found in _SECOND_ID.finditer(written):  # noqa: B007 - the last one counts
        pass
    if found is None:
        return made
    blank = written[: found.start(1)] + b"0" * 32 + written[found.end(1) :]
    number = md5(blank, usedforsecurity=False).hexdigest().upper().encode()
    whole = written[: found.start(1)] + number + written[found.end(1) :]
    return made[: len(made) - len(written)] + whole


def _highlight(raw: Any, page: Any, mark: Mark) -> None:  # noqa: ANN401 - untyped library
    area = Box(*page.get_bbox())
    if mark.location.bbox is None:
        _note(raw, page, mark.notes)
        return
    back = shown(area, (page.get_rotation() // 90) % 4).inverse()
    box = box_of(back, Box(*mark.location.bbox))
    x0, y0, x1, y1 = box.x0 + _INSET, box.y0 + _INSET, box.x1 - _INSET, box.y1 - _INSET
    colour, inner = _COLOURS[mark.severity], Box(x0, y0, x1, y1)
    made = _made(raw, page, raw.FPDF_ANNOT_HIGHLIGHT, inner, colour=colour, notes=mark.notes)
    corners = raw.FS_QUADPOINTSF(x0, y1, x1, y1, x0, y0, x1, y0)
    raw.FPDFAnnot_AppendAttachmentPoints(made, corners)
    raw.FPDFPage_CloseAnnot(made)


def _note(raw: Any, page: Any, notes: Iterable[Note]) -> None:  # noqa: ANN401
    """A note in the upper left corner as the reader sees it."""
    some = tuple(notes)
    back = shown(Box(*page.get_bbox()), (page.get_rotation() // 90) % 4).inverse()
    box = box_of(back, Box(_ICON, _ICON, 2 * _ICON, 2 * _ICON))
    raw.FPDFPage_CloseAnnot(_made(raw, page, raw.FPDF_ANNOT_TEXT, box, colour=INKS[some[0].severity], notes=some))


def _made(raw: Any, page: Any, kind: int, box: Box, *, colour: str, notes: Iterable[Note]) -> Any:  # noqa: ANN401
    made = raw.FPDFPage_CreateAnnot(page.raw, kind)
    if not made:
        raise CannotWrite(_UNWRITTEN)
    red, green, blue = bytes.fromhex(colour)
    raw.FPDFAnnot_SetColor(made, raw.FPDFANNOT_COLORTYPE_Color, red, green, blue, 255)
    raw.FPDFAnnot_SetRect(made, raw.FS_RECTF(box.x0, box.y1, box.x1, box.y0))
    raw.FPDFAnnot_SetFlags(made, raw.FPDF_ANNOT_FLAG_PRINT)
    for key, text in ((b"Contents", "\n\n".join("\n".join(note.texts) for note in notes)), (b"T", AUTHOR)):
        raw.FPDFAnnot_SetStringValue(made, key, _wide(text))
    return made


def _wide(text: str) -> Any:  # noqa: ANN401 - an array of C
    data = text.encode("utf-16-le", "replace") + b"\0\0"
    return (ctypes.c_ushort * (len(data) // 2)).from_buffer_copy(data)
