"""Words spread over runs, lines and paragraphs, and what else a document holds."""

import re
from io import BytesIO
from xml.etree.ElementTree import canonicalize
from zipfile import ZipFile

import pytest

from kpi.fixes.docx import DocxWriter
from kpi.fixes.edits import CellEdit, Span
from kpi.packages import CannotWrite
from kpi.readers import source_of
from tests.fixes.fixing import fix, values
from tests.fixes.wordfile import CELL, by_hand, cell_of, document, paragraph, run, xml


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        (CELL, ">≥95%<"),
        (paragraph(run("≥９", "<w:b/>"), run("５％", "<w:i/>")), "<w:rPr><w:b/></w:rPr><w:t>≥95%</w:t>"),
        (paragraph(run("≥"), '<w:proofErr w:type="spellStart"/>', run("９５"), run("％")), "spellStart"),
        (paragraph(run("≥９５")) + paragraph(run("％")), ">≥95%<"),
        (f"<w:sdt><w:sdtContent>{paragraph(run('≥９５％'))}</w:sdtContent></w:sdt>", "<w:sdtContent>"),
        (paragraph(run("  ≥ ９５ ％ ")), "95%"),
        (paragraph(run("≥"), run("９５％", "<w:b/>")), "<w:t>≥</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>95%</w:t>"),
        (paragraph('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', run("９５％")), ">95%<"),
        (paragraph("<!-- 备注 -->", run("≥９５％")), "<!-- 备注 -->"),
    ],
)
def test_a_value_wherever_its_characters_stand(cell, kept):
    data = document(cell)
    done = fix(data, "form.docx")
    assert "≥95%" in values(done.again)
    assert kept in xml(done.data)
    assert fix(done.data, "form.docx").data is None


def test_nothing_else_changes():
    data = document(
        paragraph(run("≥９", "<w:b/>"), run("５％")), more={"customXml/item1.xml": b"<a/>", "word/media/a": b"\x00"}
    )
    done = fix(data, "form.docx")
    text = re.compile(r"<w:t(?: [^>]*)?>[^<]*</w:t>")
    old, new = (text.sub("", canonicalize(xml(one))) for one in (data, done.data))
    assert old == new
    with ZipFile(BytesIO(done.data)) as package:
        assert package.read("word/media/a") == b"\x00"
        assert package.read("customXml/item1.xml") == b"<a/>"


LINE = '<w:r><w:br/></w:r>'


@pytest.mark.parametrize(
    "cell",
    [
        paragraph(run("≥９５"), LINE, run("％")),
        paragraph(run("≥９５ "), LINE, LINE, run(" ％")),
        paragraph("<w:r><w:t>≥</w:t><w:cr/><w:t>９５</w:t><w:tab/><w:t>％</w:t></w:r>"),
        paragraph(run("≥９５")) + paragraph(run("％")),
        paragraph(run("≥９")) + paragraph() + paragraph(run("５"), run("％ ")),
    ],
)
def test_a_value_written_in_several_lines_becomes_one_line(cell):
    done = fix(document(cell), "form.docx")
    made = cell_of(done.data)
    assert "≥95%" in values(done.again)
    assert "".join(re.findall("<w:t>([^<]*)</w:t>", made)).strip() == "≥95%"
    assert made.count("<w:p>") == 1
    assert not re.search("<w:(br|cr|tab)>", made)


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        (paragraph(run("％"), '<w:bookmarkStart w:id="1" w:name="注"/><w:bookmarkEnd w:id="1"/>'), "几段"),
        (paragraph(run("％"), "<w:r><w:rPr><w:vanish/></w:rPr><w:t>内部</w:t></w:r>"), "几段"),
        (f"<w:sdt><w:sdtContent>{paragraph(run('％'))}</w:sdtContent></w:sdt>", "内容控件"),
    ],
)
def test_a_paragraph_that_holds_more_than_a_part_of_the_value_is_left_to_people(rest, reason):
    assert reason in by_hand(document(paragraph(run("≥９５")) + rest))


def test_lines_that_are_not_changed_stay():
    data = document(overview=paragraph(run("按照澄财预[2026]12号")) + paragraph(run("办好”三清“工作"), LINE, run("。")))
    done = fix(data, "form.docx")
    text = xml(done.data)
    assert "〔2026〕12号</w:t></w:r></w:p><w:p>" in text
    assert "“三清”工作</w:t></w:r><w:r><w:br/></w:r>" in text.replace("<w:rPr/>", "")


def test_a_change_over_paragraphs_leaves_what_is_alike_where_it_is():
    data = document(overview=paragraph(run("甲[1]号文件")) + paragraph(run("乙"), run("、丙文件", "<w:b/>")))
    source = source_of(data, "form.docx")
    (cell,) = (cell for row in source.rows for cell in row.cells if "丙文件" in cell.text)
    edit = CellEdit(cell, (Span(1, len(cell.text) - 2, "〔1〕号文件\n乙和丁"),))
    by = DocxWriter(data, source)
    assert by.refuses(edit) == ""
    made = xml(by.written([edit])).replace("<w:rPr/>", "<w:rPr></w:rPr>")
    assert paragraph(run("甲〔1〕号文件")) + paragraph(run("乙"), run("和丁文件", "<w:b/>")) in made


def test_a_signed_document_is_not_touched():
    with pytest.raises(CannotWrite, match="电子签名"):
        fix(document(more={"_xmlsignatures/sig1.xml": b"<a/>"}), "form.docx")
