"""Words spread over runs, tracked changes, numbers that Word counts itself, and what else a document holds."""

import re
from io import BytesIO
from xml.etree.ElementTree import canonicalize
from zipfile import ZipFile

import pytest

from kpi.packages import CannotWrite
from tests.fixes.fixing import fix, values
from tests.forms.layouts import LAYOUTS
from tests.forms.spec import Target, make
from tests.forms.writers import small_docx

ROW = Target("产出指标", "质量指标", "渠道验收合格率", "≥９５％", "≥９５％", "10", "95%", "10")
CELL = '<w:p><w:r><w:t xml:space="preserve">≥９５％</w:t></w:r></w:p>'


def document(cell: str = CELL, more: dict[str, bytes] | None = None) -> bytes:
    """A form whose one value stands in `cell`."""
    form = make(1, project="澄湖县渠道衬砌").only(ROW)
    made, target = small_docx(LAYOUTS["one_half"].draw(form)), BytesIO()
    with ZipFile(BytesIO(made)) as old, ZipFile(target, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "word/document.xml":
                assert data.decode().count(CELL) == 1
                data = data.decode().replace(CELL, cell).encode()
            new.writestr(info, data)
        for name, data in (more or {}).items():
            new.writestr(name, data)
    return target.getvalue()


def xml(data: bytes) -> str:
    with ZipFile(BytesIO(data)) as package:
        return package.read("word/document.xml").decode()


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        (CELL, ">≥95%<"),
        (paragraph(run("≥９", "<w:b/>"), run("５％", "<w:i/>")), "<w:rPr><w:b/></w:rPr><w:t>≥95%</w:t>"),
        (paragraph(run("≥"), '<w:proofErr w:type="spellStart"/>', run("９５"), run("％")), "spellStart"),
        (paragraph(run("≥９"), f'<w:ins w:id="1" w:author="何秋">{run("５％")}</w:ins>'), "<w:ins"),
        (
            paragraph('<w:del w:id="1" w:author="何秋"><w:r><w:delText>８０</w:delText></w:r></w:del>', run("≥９５％")),
            "<w:delText>８０</w:delText>",
        ),
        (paragraph(run("≥９５")) + paragraph(run("％")), ">≥95%<"),
        (f"<w:sdt><w:sdtContent>{paragraph(run('≥９５％'))}</w:sdtContent></w:sdt>", "<w:sdtContent>"),
        (paragraph(run("  ≥ ９５ ％ ")), "95%"),
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
        paragraph(run("≥９", "<w:b/>"), run("５％")), {"customXml/item1.xml": b"<a/>", "word/media/a": b"\x00"}
    )
    done = fix(data, "form.docx")
    text = re.compile(r"<w:t(?: [^>]*)?>[^<]*</w:t>")
    old, new = (text.sub("", canonicalize(xml(one))) for one in (data, done.data))
    assert old == new
    with ZipFile(BytesIO(done.data)) as package:
        assert package.read("word/media/a") == b"\x00"
        assert package.read("customXml/item1.xml") == b"<a/>"


@pytest.mark.parametrize(
    "cell",
    [
        '<w:p><w:sdt><w:sdtPr><w:dataBinding w:xpath="/a"/></w:sdtPr><w:sdtContent>'
        f"{run('≥９５％')}</w:sdtContent></w:sdt></w:p>",
        f'<w:p><w:fldSimple w:instr="DOCPROPERTY x">{run("≥９５％")}</w:fldSimple></w:p>',
        f'<w:p><w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>{run("９５％")}</w:p>',
    ],
)
def test_what_word_fills_in_itself_is_left_to_people(cell):
    done = fix(document(cell), "form.docx")
    assert done.data is None
    assert [one.old for one in done.plan.manual] == ["≥９５％"]
    assert done.plan.manual[0].reason


def test_a_signed_document_is_not_touched():
    with pytest.raises(CannotWrite, match="电子签名"):
        fix(document(more={"_xmlsignatures/sig1.xml": b"<a/>"}), "form.docx")
