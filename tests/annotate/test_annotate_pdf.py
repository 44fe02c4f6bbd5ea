"""PDF files: highlights over the cells, however the page is turned; what cannot be written is told."""

import ctypes
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from pypdfium2 import raw

from kpi.annotate.marks import AUTHOR, Mark, Marks, Note, Spot
from kpi.annotate.pdf import annotated
from kpi.model import Location
from kpi.packages import CannotWrite
from tests.annotate.noting import note
from tests.fixes.fixing import odd_forms
from tests.forms.layouts import LAYOUTS
from tests.forms.writers import FORMATS


def form() -> bytes:
    return FORMATS["pdf"](LAYOUTS["two_halves"].draw(*odd_forms("two_halves", 2)))


def turned(data: bytes, quarters: int) -> bytes:
    document = pdfium.PdfDocument(data)
    for page in document:
        page.set_rotation(90 * quarters)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def said(handle, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(handle, key, None, 0)
    buffer = (ctypes.c_ushort * (size // 2))()
    raw.FPDFAnnot_GetStringValue(handle, key, buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


def notes_on(page) -> list[tuple[tuple[float, ...], str, str]]:
    found = []
    for number in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        handle = raw.FPDFPage_GetAnnot(page.raw, number)
        box = raw.FS_RECTF()
        raw.FPDFAnnot_GetRect(handle, box)
        found.append(((box.left, box.bottom, box.right, box.top), said(handle, b"Contents"), said(handle, b"T")))
        raw.FPDFPage_CloseAnnot(handle)
    return found


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_the_words_lie_under_the_highlight(quarters):
    done = note(turned(form(), quarters), "表.pdf")
    assert done.reads_as_before()
    page = pdfium.PdfDocument(done.data)[0]
    text = page.get_textpage()
    found = notes_on(page)
    assert len(found) == len(done.marks.places)
    for (box, told, author), mark in zip(found, done.marks.places, strict=True):
        assert author == AUTHOR
        assert all(one.head in told for one in mark.notes)
        under = text.get_text_bounded(*box)
        if len(mark.text) < 12:
            assert "".join(mark.text.split()) in "".join(under.split())


def loose(*spots: Spot, number: int = 1) -> Note:
    return Note(number, "warning", "VAL001", "题目", "", "项目", "整份文件", "", (("发现", "话𠮷"),), spots)


def test_notes_without_a_place_stand_in_the_corner():
    one = loose()
    page = pdfium.PdfDocument(annotated(form(), "表.pdf", Marks((one,), (), (one,))))[0]
    ((box, told, _),) = notes_on(page)
    assert told == "【警告】题目（VAL001）\n发现：话𠮷"
    assert box[0] < 40
    assert box[3] > page.get_height() - 40


def test_a_second_run_does_not_pile_up():
    first = note(form(), "表.pdf")
    second = note(first.data, "表.pdf")
    assert [len(notes_on(page)) for page in pdfium.PdfDocument(second.data)] == [
        len(notes_on(page)) for page in pdfium.PdfDocument(first.data)
    ]
    assert second.reads_as_before()


def test_forty_findings_in_a_cell_are_one_highlight():
    place = Location(page=1, bbox=(100, 100, 200, 120))
    notes = tuple(loose(Spot(place, ""), number=number) for number in range(1, 41))
    page = pdfium.PdfDocument(annotated(form(), "表.pdf", Marks(notes, (Mark(place, "", notes),), ())))[0]
    ((_, told, _),) = notes_on(page)
    assert told.count("VAL001") == 40


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b""])
def test_what_cannot_be_opened_is_told(data):
    one = loose()
    with pytest.raises(CannotWrite, match="没有批注"):
        annotated(data, "表.pdf", Marks((one,), (), (one,)))
