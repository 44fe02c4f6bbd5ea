"""Word documents: comments of others, tracked changes, text boxes, empty cells; the order that the schema wants."""

import re
import shutil
import subprocess
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from lxml import etree

from kpi.annotate.docx import annotated
from kpi.annotate.marks import AUTHOR, Mark, Marks, Note, Spot
from kpi.model import Location
from kpi.packages import CannotWrite
from tests.annotate.noting import note
from tests.fixes.test_fix_docx import document, paragraph, run

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAGUE = paragraph(run("明显改善"))


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def body(data: bytes):
    return etree.fromstring(parts(data)["word/document.xml"])


def commented(data: bytes) -> list[tuple[str, str]]:
    """The words inside each of our ranges."""
    found = []
    root = body(data)
    for start in root.iter(f"{W}commentRangeStart"):
        words, inside = "", False
        for one in root.iter():
            if one is start:
                inside = True
            elif one.tag == f"{W}commentRangeEnd" and one.get(f"{W}id") == start.get(f"{W}id"):
                break
            elif inside and one.tag == f"{W}t":
                words += one.text or ""
        found.append((start.get(f"{W}id"), words))
    return found


def test_the_comment_holds_the_words_of_its_cell():
    done = note(document(VAGUE), "表.docx")
    assert done.reads_as_before()
    assert "明显改善" in {words for _, words in commented(done.data)}
    root = body(done.data)
    for start in root.iter(f"{W}commentRangeStart"):
        before = start.getprevious()
        assert before is None or before.tag in (f"{W}pPr", f"{W}commentRangeStart")
    opened = docx.Document(BytesIO(done.data))
    told = list(opened.comments)
    assert {one.author for one in told} == {AUTHOR}
    assert any("VAL003" in one.text for one in told)


def test_other_parts_keep_their_bytes():
    data = document(VAGUE, more={"word/media/image1.png": b"\x89PNG", "customXml/item1.xml": b"<a/>"})
    done = note(data, "表.docx")
    old, new = parts(data), parts(done.data)
    assert {name for name in old if old[name] != new[name]} <= {
        "word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels",
    }  # fmt: skip
    assert new["word/media/image1.png"] == b"\x89PNG"


def with_comment() -> bytes:
    """A form that somebody has commented already."""
    made = docx.Document(BytesIO(note(document(VAGUE), "表.docx").data))
    first = next(one for one in made.paragraphs if one.runs)
    made.add_comment(first.runs, text="请核实", author="老王", initials="王")
    target = BytesIO()
    made.save(target)
    return target.getvalue()


def test_comments_of_others_stay_and_ours_are_made_anew():
    data = with_comment()
    before = len(list(docx.Document(BytesIO(data)).comments))
    done = note(data, "表.docx")
    told = list(docx.Document(BytesIO(done.data)).comments)
    assert [one.text for one in told if one.author == "老王"] == ["请核实"]
    assert len(told) == before, "a second run does not pile up"
    numbers = [one.comment_id for one in told]
    assert len(numbers) == len(set(numbers))
    assert sorted(int(key) for key, _ in commented(done.data)) == sorted(numbers)


@pytest.mark.parametrize(
    "cell",
    [
        paragraph(run("明显"), run("改善", "<w:b/>")),
        paragraph(run("明显")) + paragraph(run("改善")),
        paragraph(run("明显"), f'<w:ins w:id="1" w:author="何秋">{run("改善")}</w:ins>'),
        paragraph('<w:del w:id="1" w:author="何秋"><w:r><w:delText>80</w:delText></w:r></w:del>', run("明显改善")),
        f"<w:sdt><w:sdtPr/><w:sdtContent>{VAGUE}</w:sdtContent></w:sdt>",
        paragraph("<w:pPr><w:jc w:val='center'/></w:pPr>", run("明显改善")),
    ],
)
def test_cells_written_in_other_ways(cell):
    done = note(document(cell), "表.docx")
    assert done.reads_as_before()
    assert "明显改善" in {words for _, words in commented(done.data)}


def marks(place: Location, many: int = 1) -> Marks:
    notes = tuple(
        Note(number, "error", "VAL001", "题目", "", "项目", "行", "", (("发现", "话"),), (Spot(place, ""),))
        for number in range(1, many + 1)
    )
    return Marks(notes, (Mark(place, "", notes),), ())


@pytest.mark.parametrize(
    "place",
    [Location(), Location(table=9, row=9, column=9), Location(table=1, row=2), Location(line=1), Location(line=77)],
)
def test_every_place_finds_a_paragraph(place):
    data = annotated(document(VAGUE), "表.docx", marks(place))
    assert len(commented(data)) == 1


def test_forty_findings_in_a_cell():
    data = annotated(document(VAGUE), "表.docx", marks(Location(table=1, row=1, column=1), 40))
    assert len(list(docx.Document(BytesIO(data)).comments)) == 40


def test_a_text_box_has_its_comment_outside():
    box = (
        '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
        "<w:p><w:r><w:t>说明文字</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    data = document(VAGUE + box)
    for number in range(1, 9):
        made = annotated(data, "表.docx", marks(Location(line=number)))
        for kind in ("commentRangeStart", "commentReference"):
            assert not any(
                next(one.iterancestors(f"{W}txbxContent"), None) is not None for one in body(made).iter(f"{W}{kind}")
            )


def test_a_strict_document_is_told():
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    from kpi.packages.zipped import replaced

    data = document(VAGUE)
    whole = parts(data)["word/document.xml"].replace(W.strip("{}").encode(), strict)
    with pytest.raises(CannotWrite, match="严格"):
        note(replaced(data, {"word/document.xml": whole}), "表.docx")


def test_a_signed_document_is_told():
    with pytest.raises(CannotWrite, match="电子签名"):
        note(document(VAGUE, more={"_xmlsignatures/sig1.xml": b"<a/>"}), "表.docx")


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_keeps_the_comments(tmp_path):
    done = note(document(VAGUE), "表.docx")
    (tmp_path / "表.docx").write_bytes(done.data)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "docx:Office Open XML Text", "--outdir", str(tmp_path / "out"), str(tmp_path / "表.docx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    with ZipFile(tmp_path / "out" / "表.docx") as package:
        told = re.sub(r"<[^>]+>", "", package.read("word/comments.xml").decode())
    assert all(found.title in told for found in done.marks.notes)
