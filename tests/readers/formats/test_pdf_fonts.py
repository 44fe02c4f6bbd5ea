"""What a file says does not hang on the fonts of the machine."""

import ctypes

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from pdf_forms import canvas

from kpi.readers.formats.pdf import read_rows
from kpi.readers.formats.pdffonts import dots, dotted


def _boxes(data: bytes) -> list[tuple[str, float]]:
    """Each character with the width of its outline."""
    document = pdfium.PdfDocument(data)
    text = document[0].get_textpage()
    found = []
    for i in range(text.count_chars()):
        left, right, low, high = (ctypes.c_double() for _ in range(4))
        raw.FPDFText_GetCharBox(text.raw, i, left, right, low, high)
        found.append((chr(raw.FPDFText_GetUnicode(text.raw, i)), round(right.value - left.value, 2)))
    document.close()
    return found


def _single(c) -> None:
    for i, char in enumerate("项目名称"):
        c.drawString(100 + 20 * i, 700, char)


def test_single_characters_of_a_font_that_nobody_has() -> None:
    data = canvas(_single)
    with dots():
        assert [one for one in _boxes(data) if one[0].strip()] == [("项", 0.9), ("目", 0.9), ("名", 0.9), ("称", 0.9)]


def test_the_fonts_of_the_machine_are_given_back() -> None:
    data = canvas(_single)
    for _ in range(3):
        read_rows(data, "form.pdf")
        assert ("项", 0.9) not in _boxes(data)


def test_a_file_that_cannot_be_read_gives_them_back_too() -> None:
    data = canvas(_single)
    try:
        with dots():
            raise ValueError
    except ValueError:
        pass
    assert ("项", 0.9) not in _boxes(data)


def test_the_font_is_one() -> None:
    document = pdfium.PdfDocument.new()
    font = dotted()
    buffer = (ctypes.c_ubyte * len(font)).from_buffer_copy(font)
    assert raw.FPDFText_LoadFont(document.raw, buffer, len(font), raw.FPDF_FONT_TRUETYPE, 1)
