"""Words of a Word file that something holds: tracked changes, fields, links, content controls, bookmarks."""

import pytest

from kpi.fixes.docx import DocxWriter
from kpi.fixes.edits import CellEdit, Span
from kpi.readers import source_of
from tests.fixes.fixing import fix, values
from tests.fixes.wordfile import by_hand, cell_of, document, paragraph, run, xml

_BY = 'w:id="1" w:author="何秋"'
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_MARK = '<w:bookmarkStart w:id="7" w:name="{}"/>'
_END = '<w:bookmarkEnd w:id="7"/>'


def inserted(text: str) -> str:
    return f"<w:ins {_BY}>{run(text)}</w:ins>"


def deleted(text: str) -> str:
    return f"<w:del {_BY}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field(instruction: str, *runs: str) -> str:
    words = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in instruction.split("|"))
    return "".join((mark("begin"), words, mark("separate"), *runs, mark("end")))


def simple(instruction: str, text: str) -> str:
    return f'<w:fldSimple w:instr=" {instruction} ">{run(text)}</w:fldSimple>'


def control(properties: str, text: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{run(text)}</w:sdtContent></w:sdt>"


def link(text: str) -> str:
    return f'<w:hyperlink w:anchor="a">{run(text)}</w:hyperlink>'


def twice(text: str) -> str:
    inner = f"<mc:Choice>{run(text)}</mc:Choice><mc:Fallback>{run(text)}</mc:Fallback>"
    return f'<mc:AlternateContent xmlns:mc="{_MC}">{inner}</mc:AlternateContent>'


TRACKED = {
    "inserted after": paragraph(run("≥９"), inserted("５％")),
    "inserted before": paragraph(inserted("≥"), run("９５％")),
    "all inserted": paragraph(inserted("≥９５％")),
    "exchanged": paragraph(run("≥９"), deleted("０"), inserted("５"), run("％")),
    "deleted after": paragraph(run("≥９５％"), deleted("以上")),
    "moved here": paragraph(run("≥"), f"<w:moveTo {_BY}>{run('９５％')}</w:moveTo>"),
    "moved away": paragraph(f"<w:moveFrom {_BY}>{run('约')}</w:moveFrom>", run("≥９５％")),
    "paragraph inserted": f"<w:p><w:pPr><w:rPr><w:ins {_BY}/></w:rPr></w:pPr>{run('≥９５％')}</w:p>",
    "paragraph deleted": paragraph(run("≥９５％")) + paragraph(deleted("以上")),
    "wrapped": f"<w:ins {_BY}>{paragraph(run('≥９５％'))}</w:ins>",
}


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("cell", TRACKED.values(), ids=TRACKED)
def test_a_cell_with_tracked_changes_is_left_to_people(cell, strict):
    assert "接受或拒绝修订" in by_hand(document(cell, strict=strict))


def test_a_running_text_with_tracked_changes_is_left_to_people():
    overview = paragraph(run("按照澄财预[2026]12号"), inserted("和澄水办〔2025〕8号"), run("文件"))
    done = fix(document(overview=overview), "form.docx")
    assert "澄财预[2026]" in done.plan.manual[0].old
    assert "接受或拒绝修订" in done.plan.manual[0].reason
    assert "≥95%" in cell_of(done.data)


def test_tracked_changes_of_formats_and_of_other_cells_bar_nothing():
    bold = f"<w:rPrChange {_BY}><w:rPr/></w:rPrChange>"
    data = document(paragraph(run("≥９５％", bold)), overview=paragraph(run("全县山塘淤积"), inserted("严重")))
    done = fix(data, "form.docx")
    assert cell_of(done.data) == cell_of(document(paragraph(run("≥95%", bold))))


FILLED = {
    "whole": paragraph(field(" DOCPROPERTY 合格率 ", run("≥９５％"))),
    "part": paragraph(run("≥"), field(" REF 合格率 \\h ", run("９５")), run("％")),
    "instruction in pieces": paragraph(field(" DOC|PROPERTY 合格率 ", run("≥９"), run("５％"))),
    "in another": paragraph(field(" IF 1=1 ", run("≥"), field(" FORMTEXT ", run("９５")), run("％"))),
    "over paragraphs": paragraph(mark("begin"), run("")) + paragraph(run("≥９５％"), mark("end")),
    "simple": paragraph(simple("DOCPROPERTY 合格率", "≥９５％")),
    "simple part": paragraph(run("≥"), simple("REF 合格率", "９５"), run("％")),
    "bound control": paragraph(control('<w:dataBinding w:xpath="/a"/>', "≥９５％")),
    "part in a bound control": paragraph(run("≥"), control('<w:dataBinding w:xpath="/a"/>', "９５"), run("％")),
}


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("cell", FILLED.values(), ids=FILLED)
def test_what_word_fills_in_itself_is_left_to_people(cell, strict):
    assert "自动填写" in by_hand(document(cell, strict=strict))


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (paragraph(control("<w:dropDownList/>", "≥９５％")), "下拉"),
        (paragraph(control('<w:lock w:val="sdtContentLocked"/>', "≥９５％")), "锁定"),
        (paragraph(twice("≥９５％")), "各存了一份"),
        (paragraph('<w:r><w:sym w:font="Arial" w:char="003E"/></w:r>', run("=95%")), "符号"),
        (paragraph(run("≥９"), link("５％")), "超链接"),
        (paragraph(link("≥９"), run("５％")), "超链接"),
        (paragraph(run("≥９"), field(' HYPERLINK "a" ', run("５％"))), "超链接"),
        (paragraph(run("≥９"), control("", "５％")), "内容控件"),
        (paragraph(run("≥９"), simple("FORMTEXT", "５％")), "域"),
        (paragraph(_MARK.format("合格率"), run("≥９"), _END, run("５％")), "书签"),
        (paragraph(run("≥９"), _MARK.format("_Ref12"), run("５％"), _END), "书签"),
    ],
)
def test_what_would_be_moved_out_of_something_is_left_to_people(cell, reason):
    assert reason in by_hand(document(cell))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (paragraph(run("≥"), link("９５％")), paragraph(run("≥"), link("95%"))),
        (paragraph(run("&gt;="), link("95%")), paragraph(run("≥"), link("95%"))),
        (
            paragraph(run("&gt;="), field(" DOCPROPERTY 合格率 ", run("95")), run("%")),
            paragraph(run("≥"), field(" DOCPROPERTY 合格率 ", run("95")), run("%")),
        ),
        (paragraph(field(" FORMTEXT ", run("≥９５％"))), paragraph(field(" FORMTEXT ", run("≥95%")))),
        (paragraph(simple("FORMTEXT", "≥９５％")), paragraph(simple("FORMTEXT", "≥95%"))),
        (
            paragraph(control('<w:lock w:val="sdtLocked"/>', "≥９５％")),
            paragraph(control('<w:lock w:val="sdtLocked"/>', "≥95%")),
        ),
        (
            paragraph(_MARK.format("合格率"), run("≥９５％"), _END),
            paragraph(_MARK.format("合格率"), run("≥95%"), _END),
        ),
        (
            paragraph(run("≥９５"), _MARK.format("_GoBack"), _END, run("％")),
            paragraph(run("≥95%"), _MARK.format("_GoBack"), _END, run("")),
        ),
        (paragraph(mark("begin"), run("≥９５％")), paragraph(mark("begin"), run("≥95%"))),  # never closed
    ],
)
def test_words_are_changed_where_they_stand(before, after):
    done = fix(document(before), "form.docx")
    assert cell_of(done.data) == cell_of(document(after))


UP = '<w:vertAlign w:val="superscript"/>'


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (paragraph(run("≥９"), run("0", "<w:strike/>"), run("５％")), "删除线"),
        (paragraph(run("≥９"), link("５％") + f"<w:hyperlink>{run('0', '<w:dstrike/>')}</w:hyperlink>"), "删除线"),
        (paragraph(run("≥９５％", UP)), "上标"),
        (f"<w:tbl><w:tr><w:tc>{paragraph(run('≥９５％'))}</w:tc></w:tr></w:tbl>" + paragraph(), "套着"),
    ],
)
def test_letters_that_are_struck_out_raised_or_inside_something_else(cell, reason):
    assert reason in by_hand(document(cell))


def test_marks_that_strike_nothing_out_hold_nothing():
    cell = paragraph(run("≥９５"), run("％", '<w:strike w:val="0"/>'), run("", "<w:strike/>"))
    assert "≥95%" in values(fix(document(cell), "form.docx").again)


def test_letters_beside_raised_ones_may_be_changed():
    data = document(paragraph(run("≥９５m"), run("2", UP)))
    source = source_of(data, "form.docx")
    (cell,) = (cell for row in source.rows for cell in row.cells if cell.text == "≥９５m²")
    by = DocxWriter(data, source)
    assert by.refuses(CellEdit(cell, (Span(1, 3, "95"),))) == ""
    made = xml(by.written([CellEdit(cell, (Span(1, 3, "95"),))])).replace("<w:rPr/>", "<w:rPr></w:rPr>")
    assert paragraph(run("≥95m"), run("2", UP)) in made
    assert "上标" in by.refuses(CellEdit(cell, (Span(3, 5, "平方米"),)))
