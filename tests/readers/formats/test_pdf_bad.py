"""Files that cannot be read, or only in part: one sentence each, nothing lost without a word."""

import random
import re

import pytest
from pdf_forms import FONT, canvas, drawn

from kpi.readers import ReadError
from kpi.readers.formats import pdf, pdfglyphs, pdfpaths
from kpi.readers.formats.pdf import read_rows

CASE = {"title": ["项目绩效目标表"], "grid": [["二级指标", "三级指标", "指标值"], ["数量指标", "清淤长度", "≥12公里"]]}


def refused(data):
    with pytest.raises(ReadError) as caught:
        read_rows(data, "form.pdf")
    return caught.value.message


def picture(c):
    from PIL import Image

    c.drawInlineImage(Image.new("L", (40, 60), 200), 50, 50, 400, 600)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"PK\x03\x04 no PDF", b"\x00" * 5000, drawn(CASE)[:400]])
def test_no_pdf(data):
    assert "不是有效的 PDF" in refused(data)


def test_password():
    data = canvas(lambda c: c.drawString(100, 700, "项目名称"), encrypt="secret")
    assert "密码" in refused(data)


def test_scanned():
    message = refused(canvas(picture))
    assert "扫描件" in message
    assert "OCR" in message


def test_a_page_number_on_a_scanned_page_is_no_text():
    assert "扫描件" in refused(canvas(lambda c: [picture(c), c.drawString(290, 20, "- 1 -")]))


def test_what_was_typed_into_fields():
    def draw(c):
        c.drawString(60, 700, "项目名称：")
        c.acroForm.textfield(name="project", value="River works", x=120, y=690, width=200, height=20)

    assert "River works" in "".join(c.text for row in read_rows(canvas(draw), "form.pdf").rows for c in row.cells)


def test_nothing_on_the_page():
    assert "没有文字" in refused(canvas(lambda c: c.showPage()))


def test_a_scanned_page_among_others():
    def draw(c):
        c.drawString(100, 700, "项目名称：河道清淤")
        c.showPage()
        picture(c)

    source = read_rows(canvas(draw), "form.pdf")
    (note,) = source.notes
    assert note.location.page == 2
    assert "OCR" in note.reason
    assert source.rows[0].cells[0].text == "项目名称：河道清淤"


def test_a_font_without_its_characters():
    data = canvas(lambda c: [c.drawString(100, 700, "项目名称：\ufffd河道"), c.drawString(100, 680, "实施单位")])
    (note,) = read_rows(data, "form.pdf").notes
    assert "有 1 个字" in note.reason


def test_most_characters_broken():
    assert "乱码" in refused(canvas(lambda c: c.drawString(100, 700, "\ufffd" * 20)))


@pytest.mark.parametrize(("module", "limit"), [(pdfglyphs, "MOST_GLYPHS"), (pdfpaths, "MOST_OBJECTS")])
def test_a_page_that_holds_too_much(module, limit, monkeypatch):
    def draw(c):
        c.drawString(100, 700, "短")
        c.showPage()
        c.setFont(FONT, 9)
        for i in range(30):
            c.drawString(100, 700 - 10 * i, "很长的一页")
            c.line(0, i, 100, i)

    monkeypatch.setattr(module, limit, 20)
    source = read_rows(canvas(draw), "form.pdf")
    assert [note.location.page for note in source.notes] == [2]
    assert [row.cells[0].text for row in source.rows] == ["短"]


def test_too_many_pages(monkeypatch):
    monkeypatch.setattr(pdf, "MOST_PAGES", 1)
    assert "页数太多" in refused(canvas(lambda c: [c.showPage(), c.drawString(9, 9, "二"), c.showPage()]))


def test_too_many_characters(monkeypatch):
    monkeypatch.setattr(pdf, "MOST_CHARACTERS", 3)
    assert "太大" in refused(canvas(lambda c: c.drawString(100, 700, "项目名称")))


def test_a_thousand_lines_across_and_down():
    def draw(c):
        for i in range(400):
            c.line(0, 2 * i, 595, 2 * i)
            c.line(1.4 * i, 0, 1.4 * i, 842)
        c.drawString(100, 700, "项目名称")

    assert "".join(c.text for row in read_rows(canvas(draw), "form.pdf").rows for c in row.cells) == "项目名称"


def test_damage_gives_rows_or_a_sentence():
    """Bytes changed, cut out and doubled, in the file as it is and in its unpacked page."""
    chance = random.Random(20260731)
    plain = drawn(CASE)
    loose = canvas(
        lambda c: [c.grid([50, 150, 250], [700, 650, 600]), c.drawString(60, 670, "指标")], pageCompression=0
    )
    for round_ in range(120):
        data = bytearray(loose if round_ % 2 else plain)
        for _ in range(chance.randint(1, 12)):
            at = chance.randrange(len(data))
            match chance.randrange(3):
                case 0:
                    data[at] = chance.randrange(256)
                case 1:
                    del data[at : at + chance.randint(1, 40)]
                case _:
                    data[at:at] = data[at : at + chance.randint(1, 40)]
        if round_ % 5 == 0:
            data = bytearray(re.sub(rb"\d+", lambda m: str(int(m[0]) * 10**6)[:12].encode(), bytes(data), count=30))
        try:
            read_rows(bytes(data), "form.pdf")
        except ReadError:
            continue
