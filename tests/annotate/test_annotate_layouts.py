"""Every layout in every format that takes notes: each finding is written at its place, the file reads as before."""

import re
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import pytest

from tests.annotate.noting import note
from tests.fixes.fixing import odd_forms
from tests.forms.layouts import LAYOUTS
from tests.forms.writers import FORMATS

OFFICE = ("docx", "bare.docx", "xlsx", "pdf")
TEXTS = ("txt", "pipes.txt", "md", "csv")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@cache
def noted(name, suffix):
    data = FORMATS[suffix](LAYOUTS[name].draw(*odd_forms(name, 5)))
    return data, note(data, f"form.{suffix}")


@pytest.mark.slow
@pytest.mark.parametrize("suffix", OFFICE)
@pytest.mark.parametrize("name", LAYOUTS)
def test_reads_as_before(name, suffix):
    data, done = noted(name, suffix)
    assert done.marks.notes
    assert done.data != data
    assert done.reads_as_before()
    assert note(data, f"form.{suffix}").data == done.data, "the same input, the same bytes"


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_finding_has_its_cell(name):
    import openpyxl

    _, done = noted(name, "xlsx")
    book = openpyxl.load_workbook(BytesIO(done.data))
    for found in done.marks.notes:
        for spot in found.spots:
            cell = book[spot.location.sheet][spot.location.cell]
            assert cell.comment is not None
            assert found.title in cell.comment.text or "另有" in cell.comment.text
            assert cell.fill.patternType == "solid"
    listed = book["kpi检查意见"]
    assert listed.max_row == 3 + len(done.marks.notes)


@pytest.mark.parametrize("suffix", ["docx", "bare.docx"])
@pytest.mark.parametrize("name", LAYOUTS)
def test_every_finding_has_its_comment(name, suffix):
    from lxml import etree

    _, done = noted(name, suffix)
    with ZipFile(BytesIO(done.data)) as package:
        body = etree.fromstring(package.read("word/document.xml"))
        (part,) = [one for one in package.namelist() if re.fullmatch(r"word/comments\d*\.xml", one)]
        comments = etree.fromstring(package.read(part))
    told = {one.get(f"{W}id"): "".join(one.itertext()) for one in comments.iter(f"{W}comment")}
    wanted = sum(max(1, len(found.spots)) for found in done.marks.notes)
    assert len(told) == wanted
    for kind in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert sorted(one.get(f"{W}id") for one in body.iter(f"{W}{kind}")) == sorted(told)
    for found in done.marks.notes:
        assert any(found.head in text for text in told.values())


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_finding_has_its_highlight(name):
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    data, done = noted(name, "pdf")
    assert done.data.startswith(data), "the original's bytes stay"
    document = pdfium.PdfDocument(done.data)
    count = sum(raw.FPDFPage_GetAnnotCount(page.raw) for page in document)
    assert count == len(done.marks.places) + bool(done.marks.loose)


@pytest.mark.parametrize("suffix", TEXTS)
@pytest.mark.parametrize("name", LAYOUTS)
def test_without_its_marks_a_text_is_the_original(name, suffix):
    data, done = noted(name, suffix)
    text, original = done.data.decode("utf-8"), data.decode("utf-8")
    head = text.split("检查意见：")[0]
    assert re.sub(r"【注[\d、]+】", "", head).startswith(original)
    for found in done.marks.notes:
        if found.spots:
            assert re.search(rf"【注(\d+、)*{found.number}(、\d+)*】", head), found
        assert f"【注{found.number}】" in text[len(head) :]
