"""What Word shows: merged cells, controls, tracked changes, symbols, fields, text boxes, numbers, nested tables."""

import random
import zipfile
from contextlib import suppress
from copy import deepcopy
from io import BytesIO

import pytest
from docx_parts import NAMES, document, p, package, r, tbl, tc, tr
from lxml import etree
from reader_forms import CASES, as_docx

from kpi.model import Location
from kpi.readers import ReadError
from kpi.readers.formats.docx import read_rows


def rows(body, **more):
    return read_rows(document(body, **more), "甲.docx").rows


def texts(body, **more):
    return [[c.text for c in row.cells] for row in rows(body, **more)]


def only(body, **more):
    ((text,),) = texts(body, **more)
    return text


def test_spans_of_merged_cells():
    restart, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = tbl(
        tr(tc("甲", props='<w:gridSpan w:val="2"/>' + restart), "乙"),
        tr(tc("", props='<w:gridSpan w:val="2"/>' + on), "丙"),
        tr(tc("丁"), tc("戊", props=on), "己", props='<w:gridBefore w:val="1"/>'),
    )
    got = [[(c.text, c.column, c.colspan, c.rowspan) for c in row.cells] for row in rows(body)]
    assert got == [
        [("甲", 0, 2, 2), ("乙", 2, 1, 1)],
        [("丙", 2, 1, 2)],
        [("丁", 1, 1, 1), ("己", 3, 1, 1)],
    ]
    assert rows(body)[1].cells[0].location == Location(table=1, row=2, column=3)


def test_cells_merged_along_the_row_in_the_old_way():
    body = tbl(tr(tc("甲", props='<w:hMerge w:val="restart"/>'), tc("", props="<w:hMerge/>"), "乙"))
    assert [(c.text, c.column, c.colspan) for c in rows(body)[0].cells] == [("甲", 0, 2), ("乙", 2, 1)]


def test_a_span_of_a_thousand_million_columns():
    body = tbl(tr(tc("甲", props='<w:gridSpan w:val="999999999"/>'), "乙"))
    assert [c.column for c in rows(body)[0].cells] == [0, 1000]


def test_controls_wrap_rows_cells_paragraphs_and_runs():
    wrap = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>".format
    body = wrap(p(r("题"))) + tbl(wrap(tr(wrap(tc("甲")), tc(wrap(p(wrap(r("乙"))))))))
    assert texts(body) == [["题"], ["甲", "乙"]]


def test_tracked_changes_are_accepted():
    gone = "<w:del><w:r><w:delText>九十</w:delText></w:r></w:del>"
    moved = "<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新</w:t></w:r></w:moveTo>"
    assert only(p(r("≥"), gone, f"<w:ins>{r('95%')}</w:ins>", moved)) == "≥95%新"
    body = tbl(tr("甲"), tr("删", props="<w:del/>"), tr("增", props="<w:ins/>"))
    assert texts(body) == [["甲"], ["增"]]


def test_hidden_text_and_other_wordings_of_the_same():
    box = "<w:pict><w:txbxContent>{}</w:txbxContent></w:pict>".format
    twice = "<mc:AlternateContent><mc:Choice>{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback></mc:AlternateContent>"
    body = p(
        r("甲"),
        r("藏", "<w:vanish/>"),
        r("显", '<w:vanish w:val="0"/>'),
        "<w:r>",
        twice.format(box(p(r("框")))),
        "</w:r>",
    )
    assert texts(body) == [["甲显"], ["框"]]


def test_symbols_breaks_formulas_and_fields():
    sym = '<w:r><w:sym w:font="{}" w:char="{}"/></w:r>'.format
    assert only(p(sym("Symbol", "F0B3"), r("95"), r("%"))) == "≥95%"
    assert only(p(sym("Wingdings", "F0FE"), r("是"), sym("Wingdings", "F0A8"), r("否"))) == "☑是□否"
    assert "�" in only(p(r("甲"), sym("Symbol", "F0FF")))
    font = '<w:rFonts w:ascii="{}"/>'.format
    assert only(p(r("\uf0b3", font("Symbol")), r("\uf0a3", font("Wingdings 2")), r("\uf0fe"))) == "≥□☑"
    assert only(p(r("甲"), "<w:r><w:br/></w:r>", r("乙"), "<w:r><w:tab/></w:r>", r("丙"))) == "甲\n乙 丙"
    assert only(p("<m:oMath><m:r><m:t>≥</m:t></m:r></m:oMath>", r("3"))) == "≥3"
    field = "<w:r><w:fldChar/></w:r><w:r><w:instrText>= SUM(ABOVE)</w:instrText></w:r><w:r><w:fldChar/></w:r>"
    assert only(p(field, r("120"))) == "120"
    ticked = "<w:r><w:fldChar><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>"
    assert only(p(ticked, r("延续性项目"))) == "☑延续性项目"
    chosen = (
        '<w:r><w:fldChar><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="新增"/>'
        '<w:listEntry w:val="延续"/></w:ddList></w:ffData></w:fldChar></w:r>'
    )
    assert only(p(chosen)) == "延续"


def test_tab_stops_are_no_text():
    assert only(p(r("甲"), props="<w:tabs><w:tab/></w:tabs>")) == "甲"


NUMBERING = f"""<w:numbering {NAMES}>
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
<w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl></w:abstractNum>
<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="6"><w:abstractNumId w:val="1"/></w:num>
</w:numbering>"""


def test_numbers_that_word_adds():
    def item(text, number, level=0):
        return p(r(text), props=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')

    body = item("概况", 5) + item("依据", 5) + item("细目", 5, 1) + item("目标", 5) + item("点", 6) + item("无", 0)
    assert [t for (t,) in texts(body, numbering=NUMBERING)] == [
        "一、概况",
        "二、依据",
        "二.1细目",
        "三、目标",
        "点",
        "无",
    ]


def test_inner_tables_stand_where_a_page_shows_them():
    inner = tbl(tr("甲", "乙"), tr("丙", "丁"))
    grid = [["甲", "乙"], ["丙", "丁"]]
    assert texts(tbl(tr(tc("题", inner)), tr("末"))) == [["题"], *grid, ["末"]]
    assert texts(tbl(tr("左", tc("右", inner)), tr("下", "末"))) == [["左", "右"], ["下", "末"], *grid]


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        (tbl(tr("≥21人")), "≥21人"),
        (tbl(tr("≥21", "人")), "≥21 人"),
        (tbl(tr("≥21人"), tr("≥3期")), "≥21人\n≥3期"),
        (tbl(tr(tc("外", tbl(tr("里"))))), "外 里"),
    ],
)
@pytest.mark.parametrize("before", [["名称"], ["产出指标", "数量指标", "名称"]])
def test_an_inner_table_of_one_row_or_column_is_the_text_of_its_cell(inner, said, before):
    assert texts(tbl(tr(*before, tc("", inner)), tr("下", "末"))) == [[*before, said], ["下", "末"]]


def test_whatever_stands_inside_a_row_of_indicators_is_its_cells_own():
    """And never that of the row below, though a table of its own would stand there."""
    inner = tbl(tr("男", "≥10人"), tr("女", "≥11人"))
    body = tbl(tr("产出指标", "数量指标", "甲数量", tc("", inner)), tr("", "", "乙数量", ""))
    assert texts(body) == [["产出指标", "数量指标", "甲数量", "男 ≥10人\n女 ≥11人"], ["", "", "乙数量", ""]]


def test_a_box_in_a_cell_is_its_text_where_it_has_no_other():
    box = "<w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r>".format(p(r("≥99人")))
    body = tbl(tr("甲数量", tc(p(box))), tr("乙数量", tc(p(r("≥32人"), box))))
    source = read_rows(document(body), "甲.docx")
    assert [[c.text for c in row.cells] for row in source.rows] == [["甲数量", "≥99人"], ["乙数量", "≥32人"]]
    (note,) = source.notes
    assert (note.text, note.location) == ("≥99人", Location(table=1, row=2, column=2))
    assert "文本框" in note.reason
    inside = tbl(tr("甲", "乙", "丙", tc(tbl(tr(tc(p(r("≥32人"), box)))))))
    (note,) = read_rows(document(inside), "甲.docx").notes
    assert note.location == Location(table=1, row=1, column=4)


UP, GONE, TWICE = '<w:vertAlign w:val="superscript"/>', "<w:strike/>", '<w:dstrike w:val="1"/>'


@pytest.mark.parametrize(
    ("runs", "said"),
    [
        ([r("≥10"), r("5", UP), r("个")], "≥10⁵个"),
        ([r("≥10"), r("-3", UP), r("克")], "≥10⁻³克"),
        ([r("≥100m"), r("2", UP)], "≥100m²"),
        ([r("CO"), r("2", '<w:vertAlign w:val="subscript"/>')], "CO2"),
        ([r("≥33人"), r("注", UP)], "≥33人注"),
        ([r("≥33", UP), r("人", UP)], "≥33人"),  # all of it, above nothing
        ([r("≥3"), r("5", GONE), r("6人")], "≥36人"),
        ([r("≥3"), r("5", TWICE), r("6人")], "≥36人"),
        ([r("≥3"), r("5", '<w:strike w:val="0"/>'), r("6人")], "≥356人"),
        ([r("≥3"), r("5", GONE + UP), r("6人")], "≥36人"),
    ],
)
def test_raised_figures_and_letters_that_are_struck_out(runs, said):
    assert only(p(*runs)) == said
    assert texts(tbl(tr("甲", tc(p(*runs))))) == [["甲", said]]


def test_what_is_struck_out_is_remembered():
    source = read_rows(document(tbl(tr("甲", tc(p(r("≥3"), r("5", GONE), r("6人")))))), "甲.docx")
    assert source.struck == ("5",)
    assert source.notes == ()


def test_what_is_left_out_is_told():
    body = tbl(tr("底"))
    for _ in range(8):
        body = tbl(tr(tc(body)))
    source = read_rows(document(body), "甲.docx")
    assert not source.rows[-1].cells[0].text
    assert "太多层" in source.notes[0].reason
    sheet = '<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'
    (note,) = read_rows(document(tbl(tr(tc(p(sheet, r("见附表"))), "乙"))), "甲.docx").notes
    assert note.location == Location(table=1, row=1)
    assert "嵌入" in note.reason


def test_a_document_of_pictures_asks_for_recognition():
    with pytest.raises(ReadError, match="只有图片"):
        read_rows(document(p("<w:r><w:drawing><a:blip/></w:drawing></w:r>")), "甲.docx")


def test_other_names_of_the_main_part_and_the_strict_namespace():
    strict = f"<w:document {NAMES}><w:body>{p(r('甲'))}</w:body></w:document>".replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Type="x/officeDocument" Target="/word/document2.xml"/></Relationships>'
    )
    source = read_rows(package({"_rels/.rels": rels, "word/document2.xml": strict}), "甲.docx")
    assert source.rows[0].cells[0].text == "甲"


@pytest.mark.parametrize(
    ("xml", "says"),
    [
        ('<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document>&a;</w:document>', "不是有效的"),
        ('<!DOCTYPE x SYSTEM "file:///etc/hostname"><x/>', "不是有效的"),
        ("<a>" * 3000 + "</a>" * 3000, "嵌套得太深"),
        ("<a>&#xD800;</a>", "不是有效的"),
        ("<a>\x00</a>", "不是有效的"),
        ("<a", "不是有效的"),
        ("", "不是有效的"),
        ("<a>" + " " * (300 << 20 >> 6) + "</a>", "压缩得太厉害"),
    ],
    ids=["entities", "external", "deep", "surrogate", "NUL", "cut", "empty", "bomb"],
)
def test_hostile_parts(xml, says):
    with pytest.raises(ReadError, match=says):
        read_rows(package({"word/document.xml": xml}), "甲.docx")


def test_a_table_of_more_cells_than_any_form(monkeypatch):
    from kpi.readers import errors

    monkeypatch.setattr(errors, "MOST_CELLS", 5)
    with pytest.raises(ReadError, match="表格太大"):
        rows(tbl(tr("甲", "乙", "丙"), tr("甲", "乙", "丙")))


def _mutated(data, chance):
    """The packed file or its main part with bytes changed, cut or doubled; or elements of it, which stays XML."""
    with zipfile.ZipFile(BytesIO(data)) as opened:
        xml = opened.read("word/document.xml")
    kind = chance.randrange(3)
    if kind == 0:
        return _damaged(data, chance)
    return package({"word/document.xml": _damaged(xml, chance) if kind == 1 else _shuffled(xml, chance)})


def _shuffled(xml, chance):
    root = etree.fromstring(xml)
    for _ in range(chance.randint(1, 30)):
        one, other = chance.choice(list(root.iter())), chance.choice(list(root.iter()))
        if chance.random() < 0.5 and one is not root:
            one.getparent().remove(one)
        else:
            other.append(deepcopy(one))
    return etree.tostring(root)


def _damaged(data, chance):
    made = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(made))
        kind = chance.randrange(4)
        if kind == 0:
            made[at] = chance.randrange(256)
        elif kind == 1:
            del made[at : at + chance.randint(1, 200)]
        elif kind == 2:
            made[at:at] = made[at : at + 100]
        else:
            made[at:at] = chance.choice([b"<w:tc>", b"</w:tr>", b"<w:tbl>", b'"', b"&lt;", b"\x00", b"<w:vMerge/>"])
    return bytes(made)


def test_mutated_documents_are_read_or_refused():
    chance = random.Random(20260)
    samples = [as_docx(case) for case in CASES[:3]]
    read = 0
    for _ in range(120):
        with suppress(ReadError):
            read += bool(read_rows(_mutated(chance.choice(samples), chance), "甲.docx").rows)
    assert read > 20
