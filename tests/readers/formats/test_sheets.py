"""Spreadsheets as rows: merged cells, what is shown and what is hidden, several sheets, damaged and hostile files."""

import random
import shutil
import struct
import subprocess
from io import BytesIO
from zipfile import ZipFile

import pytest
from reader_forms import CASES, expected, reading
from sheet_files import as_ods, as_xls, as_xlsx, bare_xlsx, compound, ods, package, record, sheet_xml, spans

from kpi.model import Location
from kpi.readers import recognise
from kpi.readers.errors import ReadError
from kpi.readers.formats import sheetgrid
from kpi.readers.formats.sheets import read_rows

FORM = [
    ["项目名称", "渡口改造", "<", "<"],
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "改造渡口数量", "4处"],
    ["^", "质量指标", "验收合格率", "=100%"],
    ["效益指标", "社会效益指标", "日均过渡人次", "≥300人次"],
]
ONE = '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>'


def texts(data, path="a.xlsx"):
    return [[c.text for c in row.cells] for row in read_rows(data, path).rows]


def pairs(table):
    return [(i.level2, i.name, i.annual.text) for i in table.indicators]


WANTED = [
    ("数量指标", "改造渡口数量", "4处"),
    ("质量指标", "验收合格率", "=100%"),
    ("社会效益", "日均过渡人次", "≥300人次"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
def test_layouts(case):
    (table,) = recognise(read_rows(as_xlsx((case.get("title", []), case["grid"])), "a.xlsx")).tables
    want = expected(case)
    assert {k: v for k, v in reading(table).items() if k in want} == want


def test_the_same_form_in_every_format():
    cells = {(r, c): text for r, c, text, _, _ in spans(FORM)}
    merges = [(r, r + h - 1, c, c + w - 1) for r, c, _, h, w in spans(FORM) if h * w > 1]
    files = {"a.xlsx": as_xlsx(([], FORM)), "a.ods": as_ods(FORM), "a.xls": as_xls(cells, merges)}
    for path, data in files.items():
        source = read_rows(data, path)
        (table,) = recognise(source).tables
        assert (source.reader, table.project, pairs(table)) == (path[2:], "渡口改造", WANTED)
        assert table.indicators[1].annual.location.cell == "D4"
        top = source.rows[2].cells[0]
        assert (top.text, top.column, top.colspan, top.rowspan, top.location.cell) == ("产出指标", 0, 1, 2, "A3")
        assert source.rows[3].cells[0].column == 1


def test_several_forms_on_a_sheet_and_one_over_two_sheets():
    other = [["项目名称", "航标维护", "<", "<"], FORM[1], ["产出指标", "数量指标", "维护航标数量", "90座"]]
    (first, second) = recognise(read_rows(as_xlsx(([], [*FORM, [""], *other])), "a.xlsx")).tables
    assert (first.project, second.project, pairs(second)) == (
        "渡口改造",
        "航标维护",
        [("数量指标", "维护航标数量", "90座")],
    )
    source = read_rows(as_xlsx(([], FORM[:4]), ([], [FORM[1], FORM[4]])), "a.xlsx")
    (table,) = recognise(source).tables
    assert pairs(table) == WANTED
    assert table.indicators[2].annual.location == Location(sheet="Sheet2", cell="D2")
    assert [row.grid for row in source.rows] == [0, 0, 0, 0, 1, 1]


def test_numbers_are_read_as_shown():
    def write(book):
        sheet = book.get_worksheet_by_name("Sheet1")
        for r, (number, code) in enumerate(
            [(0.98, "0%"), (46387, 'yyyy"年"m"月"d"日"'), (46387, "General"), (1234567.5, "#,##0.00"), (95, '"≥"0"%"')]
        ):
            sheet.write_number(r, 1, number, book.add_format({"num_format": code}))
        sheet.write_number(5, 1, 98.00000000000001)
        sheet.write_boolean(6, 1, True)

    data = as_xlsx(([], [["甲"]] * 7), write=write)
    shown = ["98%", "2026年12月31日", "46387", "1,234,567.50", "≥95%", "98", "TRUE"]
    assert [row[1] for row in texts(data)] == shown
    numbers = {(0, 0): (0.98, 0), (0, 1): (46387.0, 1), (0, 2): (3.5, 2)}
    assert texts(as_xls(numbers, formats=["0%", "yyyy-mm-dd", '0.0"公里"']), "a.xls") == [
        ["98%", "2026-12-31", "3.5公里"]
    ]


def test_dates_that_count_from_1904():
    styles = '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    styles += '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>'
    sheet = sheet_xml('<row r="1"><c r="A1" s="1"><v>44925</v></c><c r="B1" t="d"><v>2026-12-31T00:00:00</v></c></row>')
    assert texts(bare_xlsx(sheet, {"xl/y.xml": styles}, epoch=True)) == [["2026-12-31", "2026-12-31"]]


@pytest.mark.parametrize(
    ("formula", "typed"),
    [
        ("4座", True), ("100分", True), ("1,200人次", True), ("95%以上", True), ("4kg（干）", True),
        ("100-5", True), ("SUM(B2:B5)", False), ("B9", False), ("2*3", False), ("1/2", False), ("2^3", False),
    ],
)  # fmt: skip
def test_a_target_that_became_a_formula_by_its_sign_is_to_be_typed_as_a_text(formula, typed):
    """No program counts =4座: to open and save it helps nobody."""
    [note] = read_rows(bare_xlsx(sheet_xml(f'<row r="1"><c r="A1"><f>{formula}</f></c></row>')), "a.xlsx").notes
    assert ("英文单引号（'" in note.reason) is typed
    assert note.reason == (sheetgrid.SIGNED.format(f"={formula}") if typed else sheetgrid.UNCOUNTED)


@pytest.mark.parametrize("formula", ["100%", "0.95", "12"])
def test_a_formula_that_is_a_figure_is_its_own_result(formula):
    """It is judged as it stands: to call it unread as well would be wrong."""
    source = read_rows(bare_xlsx(sheet_xml(f'<row r="1"><c r="A1"><f>{formula}</f></c></row>')), "a.xlsx")
    assert (source.rows[0].cells[0].text, source.notes) == (f"={formula}", ())


def test_results_of_formulas():
    def write(book):
        sheet = book.get_worksheet_by_name("Sheet1")
        for c, (formula, result) in enumerate(
            [("=SUM(E1)", 60), ('="≥"&"95"', "≥95"), ("=1/0", "#DIV/0!"), ("=B9", 0)]
        ):
            sheet.write_formula(0, 1 + c, formula, None, result)

    source = read_rows(as_xlsx(([], [["甲"]]), write=write), "a.xlsx")
    assert [c.text for c in source.rows[0].cells] == ["甲", "60", "≥95", "#DIV/0!", "=B9"]
    (note,) = source.notes
    assert (note.text, note.location, note.reason) == ("=B9", Location(sheet="Sheet1", cell="E1"), sheetgrid.UNCOUNTED)


def test_a_formula_without_a_result_is_said():
    source = read_rows(bare_xlsx(sheet_xml('<row r="1"><c r="A1"><f>B2&amp;"%"</f></c></row>')), "a.xlsx")
    assert (source.rows[0].cells[0].text, source.notes[0].reason) == ('=B2&"%"', sheetgrid.UNCOUNTED)
    source = read_rows(ods('<table:table-row><table:table-cell table:formula="of:=[.B2]"/></table:table-row>'), "a.ods")
    assert (source.rows[0].cells[0].text, source.notes[0].reason) == ("=[.B2]", sheetgrid.UNCOUNTED)


def test_hidden_rows_columns_and_sheets_are_left_out_and_said():
    def write(book):
        first, second = book.worksheets()
        first.set_row(2, None, None, {"hidden": True})
        first.set_row(3, None, None, {"hidden": True})
        first.set_column(3, 3, 9, None, {"hidden": True})
        second.hide()

    source = read_rows(as_xlsx(([], FORM), ([], [["可选值"]]), write=write), "a.xlsx")
    assert [[c.text for c in row.cells] for row in source.rows] == [
        ["项目名称", "渡口改造"], ["一级指标", "二级指标", "三级指标"], ["效益指标", "社会效益指标", "日均过渡人次"],
    ]  # fmt: skip
    assert source.rows[0].cells[1].colspan == 2
    rows, column, sheet = source.notes
    assert rows.reason == sheetgrid.HIDDEN_ROWS.format("3—4")
    assert rows.text.startswith("产出指标 数量指标")
    assert column.reason == sheetgrid.HIDDEN_COLUMNS.format("D")
    assert (sheet.text, sheet.reason) == ("可选值", sheetgrid.HIDDEN_SHEET.format("Sheet2"))


def test_a_hidden_row_is_said_where_it_holds_text_and_a_reckoning_is_not():
    rows = [["项目名称", "渡口改造", ""], ["", "(每月自筹)", "5000"], ["", "候船棚座数", "≥2座"]]

    def write(book):
        for row in (1, 2):
            book.worksheets()[0].set_row(row, None, None, {"hidden": True})

    (note,) = read_rows(as_xlsx(([], rows), write=write), "a.xlsx").notes
    assert (note.text, note.location.cell) == ("候船棚座数 ≥2座", "B3")


def test_hidden_in_the_other_formats():
    grid = {(0, 0): "甲", (1, 0): "乙", (1, 1): "丙"}
    source = read_rows(as_xls(grid, hidden_rows=[0], hidden_columns=[1]), "a.xls")
    assert [[c.text for c in row.cells] for row in source.rows] == [["乙"]]
    assert [note.text for note in source.notes] == ["甲", "丙"]
    assert read_rows(as_xls(grid, hidden=True), "a.xls").notes[0].reason == sheetgrid.HIDDEN_SHEET.format("表一")
    source = read_rows(as_ods([["甲"], ["乙"]], {0: ' table:visibility="filter"'}), "a.ods")
    assert ([row.cells[0].text for row in source.rows], source.notes[0].text) == (["乙"], "甲")
    style = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
    source = read_rows(as_ods([["甲"]], styles=style, attributes=' table:style-name="h"'), "a.ods")
    assert (source.rows, source.notes[0].text) == ((), "甲")


def test_a_merged_cell_is_seen_in_its_first_visible_row():
    rows = '<row r="1" hidden="1"><c r="A1" t="str"><v>标题</v></c></row><row r="3"><c r="B3"><v>1</v></c></row>'
    data = bare_xlsx(sheet_xml(rows, after='<mergeCells><mergeCell ref="A1:A3"/></mergeCells>'))
    source = read_rows(data, "a.xlsx")
    cell = source.rows[0].cells[0]
    assert (cell.text, cell.location.cell, cell.rowspan, source.notes) == ("标题", "A1", 2, ())


def test_text_under_a_merged_cell_is_said():
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    source = read_rows(bare_xlsx(sheet_xml(rows, after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>')), "a.xlsx")
    assert [c.text for c in source.rows[0].cells] == ["1"]
    assert [(n.text, n.location.cell, n.reason) for n in source.notes] == [("2", "B1", sheetgrid.COVERED)]


def test_running_text_stands_between_grids():
    source = read_rows(
        as_xlsx((["清河县图书馆2026年度", "项目名称：馆舍维修  单位：万元"], [["甲", "乙"], ["丙", ""]])), "a.xlsx"
    )
    assert [(row.grid, len(row.cells)) for row in source.rows] == [(0, 2), (None, 1), (0, 2), (0, 2)]


VARIANTS = {
    "prefix": sheet_xml(ONE).replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x="),
    "quotes": sheet_xml(ONE.replace('"', "'")),
    "comment": sheet_xml(ONE.replace("甲", "<!-- 乙 -->甲")),
    "raw": sheet_xml(ONE.replace("甲", "<![CDATA[甲]]>")),
    "spaces": sheet_xml(ONE.replace("<c r", "<c\n r").replace("</c>", "</c >").replace("</row>", "</row\n>")),
    "utf-16": ('<?xml version="1.0" encoding="UTF-16"?>' + sheet_xml(ONE)).encode("utf-16"),
    "gb": ('<?xml version="1.0" encoding="GB18030"?>' + sheet_xml(ONE)).encode("gb18030"),
    "no references": sheet_xml('<row/><row><c t="str"><v>甲</v></c></row>'),
    "readings": sheet_xml(ONE.replace("</is>", "<rPh><t>jia</t></rPh></is>")),
    "attributes": sheet_xml(ONE.replace('r="A1" t="inlineStr"', 't="inlineStr" r="A1"')),
    "shared": sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'),
    "escape": sheet_xml('<row r="1"><c r="A1" t="str"><v>&#30002;_x000D_</v></c></row>'),
}


@pytest.mark.parametrize("sheet", VARIANTS.values(), ids=VARIANTS)
def test_ways_to_write_a_sheet(sheet):
    shared = {"xl/t.xml": "<sst><si><r><t>甲</t></r><rPh><t>jia</t></rPh></si></sst>"}
    assert texts(bare_xlsx(sheet, shared)) == [["甲"]]


RUNS = {
    "colour": ('<r><t>&gt;=50</t></r><r><rPr><b/><color rgb="FFFF0000"/></rPr><t>人次</t></r>', ">=50人次", ""),
    "charset": ('<r><rPr><charset val="134"/><color theme="1"/></rPr><t>人次</t></r>', "人次", ""),
    "raised": ('<r><t>10</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>5</t></r><r><t>个</t></r>', "10⁵个", ""),
    "area": ('<r><t>100m</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r>', "100m²", ""),
    "all raised": ('<r><rPr><vertAlign val="superscript"/></rPr><t>100人</t></r>', "100人", ""),
    "struck": ("<r><t>≥3</t></r><r><rPr><strike/></rPr><t>5</t></r><r><t>6人</t></r>", "≥36人", "5"),
    "not struck": ('<r><t>≥3</t></r><r><rPr><strike val="0"/></rPr><t>5</t></r><r><t>6人</t></r>', "≥356人", ""),
    "escaped": ('<r><t>甲</t></r><r><rPr><strike/></rPr><t>&lt;</t></r><r><t>&amp;lt;</t></r>', "甲&lt;", "<"),
}


@pytest.mark.parametrize(("runs", "said", "gone"), RUNS.values(), ids=RUNS)
def test_runs_of_a_text(runs, said, gone):
    inline = sheet_xml(f'<row r="1"><c r="A1" t="inlineStr"><is>{runs}</is></c></row>')
    shared = sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
    prefixed = inline.replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    for xml in (inline, shared, prefixed, inline.replace("<is>", "<is><!-- -->")):
        source = read_rows(bare_xlsx(xml, {"xl/t.xml": f"<sst><si>{runs}</si></sst>"}), "a.xlsx")
        assert source.rows[0].cells[0].text == said
        assert source.struck == ((gone,) if gone else ())


def test_a_cell_that_is_struck_out_as_a_whole_says_nothing():
    def write(book):
        sheet, gone = book.get_worksheet_by_name("Sheet1"), book.add_format({"font_strikeout": True})
        sheet.write_string(0, 1, "≥30人", gone)
        sheet.write_number(0, 2, 40, gone)
        sheet.write_rich_string(0, 3, "甲", book.add_format({"bold": True}), "乙", gone)
        sheet.write_string(0, 4, "丙")

    source = read_rows(as_xlsx(([], [["甲", "", "", "", ""]]), write=write), "a.xlsx")
    assert [c.text for c in source.rows[0].cells] == ["甲", "", "", "甲乙", "丙"]
    assert source.struck == ("≥30人", "40")


def test_fonts_of_an_xls():
    def font(grbit=0, raised=0):
        return record(0x31, struct.pack("<HHHHH", 200, grbit, 0, 400, raised) + bytes(6))

    def text(words, *formats):
        raw = struct.pack("<HBH", len(words), 9, len(formats)) + words.encode("utf-16-le")
        return raw + b"".join(struct.pack("<HH", *one) for one in formats)

    fonts = font() + font(raised=1) + font(grbit=8) * 3  # the numbers 1, 2, 3, and 5: there is no fourth
    cells = {(0, 0): "10", (0, 1): "356人"}
    strings = struct.pack("<II", 2, 2) + text("105个", (2, 1), (3, 0)) + text("356人", (1, 5), (2, 0))
    source = read_rows(as_xls(cells, globals_=fonts, shared=record(0xFC, strings)), "a.xls")
    assert [c.text for c in source.rows[0].cells] == ["10⁵个", "36人"]
    assert source.struck == ("5",)
    struck = as_xls({(0, 0): "甲", (0, 1): (40, 0)}, globals_=font(grbit=8), formats=["General"])
    assert (read_rows(struck, "a.xls").rows, read_rows(struck, "a.xls").struck) == ((), ("甲", "40"))


def merged(*refs):
    return "<mergeCells>" + "".join(f'<mergeCell ref="{ref}"/>' for ref in refs) + "</mergeCells>"


def test_far_cells_cost_nothing(monkeypatch):
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    source = read_rows(bare_xlsx(sheet_xml(ONE + far)), "a.xlsx")
    assert [len(row.cells) for row in source.rows] == [sheetgrid.WIDEST, sheetgrid.WIDEST + 1]
    assert source.rows[1].cells[-1].location.cell == "XFD1048576"
    monkeypatch.setattr("kpi.readers.formats.sheetxml._LONGEST_ROW", 1 << 20)
    empty = "".join(f'<row r="{r}" ht="14" hidden="1"/>' for r in range(2, 200_000))
    last = '<row r="200000"><c r="A200000"><v>1</v></c></row>'
    assert texts(bare_xlsx(sheet_xml(ONE + empty + last))) == [["甲"], ["1"]]


def test_senseless_merges():
    after = merged("A1:XFD1048576", "A1:B2", "B2:A1", "ZZZ1:A99999999", "A1:A1", "", *["B2:C1048576"] * 2000)
    assert texts(bare_xlsx(sheet_xml(ONE, after=after))) == [["甲"]]
    with pytest.raises(ReadError, match="合并单元格太多"):
        read_rows(bare_xlsx(sheet_xml(ONE, after=merged(*["B2:C3"] * 100_001))), "a.xlsx")
    cells = {(0, 0): "甲", (0, 1): "乙"}
    assert texts(as_xls(cells, [(0, 65535, 0, 0), (5, 2, 9, 1), (0, 9, 1, 255)]), "a.xls") == [["甲", "乙"]]


CELL = '<row r="{}"><c r="{}" t="{}"><v>{}</v></c></row>'
HOSTILE = {
    "row outside": sheet_xml(CELL.format(1048577, "A1", "n", 1)),
    "column outside": sheet_xml(CELL.format(1, "XFE1", "n", 1)),
    "no such column": sheet_xml(CELL.format(1, "ABCD1", "str", 1)),
    "no such text": sheet_xml(CELL.format(1, "A1", "s", 9)),
    "negative text": sheet_xml(CELL.format(1, "A1", "s", -1)),
    "entities": '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]>' + sheet_xml(CELL.format(1, "A1", "str", "&c;")),
    "external": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
    + sheet_xml(CELL.format(1, "A1", "str", "&b;")),
    "cut": sheet_xml(ONE)[:-30],
    "loose cells": sheet_xml('<c r="A1"><v>1</v></c>'),
    "nested": sheet_xml('<row r="1">' * 3000 + "</row>" * 3000),
    "blanks": sheet_xml(ONE + " " * (20 << 20)),
    "nothing": "",
}


@pytest.mark.parametrize("sheet", HOSTILE.values(), ids=HOSTILE)
def test_hostile_sheets(sheet):
    with pytest.raises(ReadError) as caught:
        read_rows(bare_xlsx(sheet), "a.xlsx")
    assert caught.value.message.count("。") == 1


def test_limits(monkeypatch):
    monkeypatch.setattr("kpi.readers.formats.sheetxml.MOST_CELLS", 1000)
    many = sheet_xml("</row><row>".join(["<row>", *["<c><v>1</v></c>" * 100] * 11, "</row>"]))
    with pytest.raises(ReadError, match="表格太大"):
        read_rows(bare_xlsx(many), "a.xlsx")
    monkeypatch.setattr("kpi.readers.formats.sheetxml._LONGEST_ROW", 1 << 20)
    with pytest.raises(ReadError, match="异常地大"):
        read_rows(bare_xlsx(sheet_xml("<row>" + "<c/>" * (1 << 19))), "a.xlsx")
    repeated = (
        '<table:table-row table:number-rows-repeated="600000"><table:table-cell><text:p>甲</text:p></table:table-cell>'
    )
    with pytest.raises(ReadError, match="表格太大"):
        read_rows(ods(repeated + "</table:table-row>"), "a.ods")
    monkeypatch.setattr("kpi.readers.formats.xlsxbook._MOST_SHEETS", 1)
    with pytest.raises(ReadError, match="工作表太多"):
        read_rows(as_xlsx(([], FORM), ([], FORM)), "a.xlsx")
    monkeypatch.setattr("kpi.readers.formats.sheetparts.MOST_PARTS", 3)
    with pytest.raises(ReadError, match="文件太大"):
        read_rows(as_xlsx(([], FORM)), "a.xlsx")
    monkeypatch.setattr("kpi.readers.formats.sheetxls.MOST_CELLS", 1)
    with pytest.raises(ReadError, match="表格太大"):
        read_rows(as_xls({(0, 0): "甲", (0, 1): "乙"}), "a.xls")


def test_what_only_looks_like_a_spreadsheet():
    encrypted = compound(b"x" * 5000, "EncryptedPackage")
    locked = as_xls({(0, 0): "甲"}, globals_=record(0x2F, bytes(6)))
    manifest = ods("").replace(b"content.xml", b"manifest.xm")
    locked_ods = package(**{
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "x",
        "META-INF/manifest.xml": "<manifest:encryption-data/>",
    })  # fmt: skip
    for data, words in (
        (b"", "0 字节"), (b"<html><table></table></html>", "不是电子表格"), (b"PK\x03\x04 cut", "另存为"),
        (encrypted, "密码"), (locked, "密码"), (locked_ods, "密码"),
        (manifest, "另存为"), (b"%PDF-1.7 x", "不是电子表格"),
        (compound(b"x" * 5000), "另存为"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "旧版"),
    ):  # fmt: skip
        with pytest.raises(ReadError, match=words) as caught:
            read_rows(data, "a.xls")
        assert caught.value.message.count("。") == 1


def test_texts_that_run_over_records():
    """Records of an .xls hold 8 kB at most: a text that is cut begins with its width again."""
    first, second = "甲乙丙", "wide丁"
    head = struct.pack("<II", 2, 2) + struct.pack("<HB", 3, 1) + "甲乙".encode("utf-16-le")
    rest = b"\x01" + "丙".encode("utf-16-le") + struct.pack("<HBHI", 5, 13, 1, 3) + "wi".encode("utf-16-le")
    last = b"\x01" + "de丁".encode("utf-16-le") + bytes(4 + 3)
    shared = record(0xFC, head) + record(0x3C, rest) + record(0x3C, last)
    assert texts(as_xls({(0, 0): first, (0, 1): second}, shared=shared), "a.xls") == [[first, second]]


def test_cells_of_an_xls():
    def cell(kind, column, data):
        return record(kind, struct.pack("<HHH", 0, column, 0) + data)

    text = struct.pack("<HB", 1, 1) + "丁".encode("utf-16-le")
    more = cell(0x27E, 1, struct.pack("<I", (98 << 2) | 2)) + cell(0x27E, 2, struct.pack("<I", (1250 << 2) | 3))
    more += record(0xBD, struct.pack("<HH", 0, 3) + struct.pack("<HI", 0, 0x3FF00000) * 2 + struct.pack("<H", 4))
    more += cell(0x204, 5, text) + cell(0x205, 6, b"\x01\x00") + cell(0x205, 7, b"\x17\x01")
    more += cell(0x06, 8, b"\0" * 6 + b"\xff\xff" + bytes(8)) + record(0x207, text)
    more += cell(0x06, 9, struct.pack("<d", 2.5) + bytes(8)) + cell(0x06, 10, bytes(8) + struct.pack("<HIH", 2, 0, 0))
    more += cell(0x06, 11, b"\x01\0\x01\0\0\0\xff\xff" + bytes(8)) + cell(
        0x06, 12, b"\x02\0\x07\0\0\0\xff\xff" + bytes(8)
    )
    source = read_rows(as_xls({(0, 0): "甲"}, more=more), "a.xls")
    assert [c.text for c in source.rows[0].cells] == [
        "甲", "98", "12.5", "1", "1", "丁", "TRUE", "#REF!", "丁", "2.5", "=…", "TRUE", "#DIV/0!",
    ]  # fmt: skip
    assert [n.reason for n in source.notes] == [sheetgrid.UNCOUNTED]


def test_text_of_an_ods_cell():
    body = "<text:p>一<text:s text:c='2'/>二<text:span>三</text:span><text:line-break/>四<text:tab/>五</text:p>"
    note = "<office:annotation><text:p>批注</text:p></office:annotation>"
    repeated = '<table:table-cell table:number-columns-repeated="2"><text:p>六</text:p></table:table-cell>'
    value = '<table:table-cell office:value-type="float" office:value="7"/>'
    row = f"<table:table-row><table:table-cell>{body}{note}</table:table-cell>{repeated}{value}</table:table-row>"
    empty = '<table:table-row table:number-rows-repeated="1048000">'
    empty += '<table:table-cell table:number-columns-repeated="16384"/>'
    column = '<table:table-column table:number-columns-repeated="3"/><table:table-column table:visibility="collapse"/>'
    source = read_rows(ods(column + row + empty + "</table:table-row>"), "a.ods")
    assert [[c.text for c in r.cells] for r in source.rows] == [["一  二三\n四\t五", "六", "六"]]
    assert [n.text for n in source.notes] == ["7"]


STRIKES = "".join(
    f'<style:style style:name="{name}" style:family="{family}">'
    f'<style:text-properties style:text-line-through-style="{line}"/></style:style>'
    for name, family, line in (
        ("s", "table-cell", "solid"), ("n", "table-cell", "none"), ("s", "text", "solid"), ("n", "text", "none"),
    )
)  # fmt: skip


def test_what_is_struck_out_in_an_ods_is_told():
    cells = (
        ' table:style-name="s"><text:p>去</text:p>',
        ' table:style-name="s" office:value-type="float" office:value="7">',
        ' table:style-name="n"><text:p>留</text:p>',
        '><text:p>一<text:span text:style-name="s">二</text:span>三</text:p>',
        ' table:style-name="s"><text:p>四<text:span text:style-name="n">五</text:span></text:p>',
        "><text:p>列</text:p>",
    )
    row = "".join(f"<table:table-cell{cell}</table:table-cell>" for cell in cells)
    columns = '<table:table-column table:number-columns-repeated="5"/>'
    columns += '<table:table-column table:default-cell-style-name="s"/>'
    source = read_rows(ods(f"{columns}<table:table-row>{row}</table:table-row>", STRIKES), "a.ods")
    assert [[c.text for c in r.cells] for r in source.rows] == [["", "", "留", "一三", "五"]]
    assert source.struck == ("去", "7", "二", "四", "列")


def damaged(data, chance):
    """The bytes with a few of them changed, cut or doubled."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(made))
        kind = chance.randrange(4)
        if kind == 0:
            made[at] = chance.randrange(256)
        elif kind == 1:
            del made[at : at + chance.randint(1, 40)]
        elif kind == 2:
            made[at:at] = made[at : at + chance.randint(1, 40)]
        else:
            made[at : at + 4] = chance.choice([b"\0\0\0\0", b"\xff\xff\xff\xff", b"9999", b"<!--"])
        made = made or bytearray(b"x")
    return bytes(made)


def mutants():
    chance = random.Random(20260101)
    cells = {(r, c): text for r, c, text, _, _ in spans(FORM)} | {(6, 1): (0.98, 0)}
    whole = {"a.xlsx": as_xlsx(([], FORM)), "a.ods": as_ods(FORM), "a.xls": as_xls(cells, [(0, 0, 1, 3)], ["0%"])}
    with ZipFile(BytesIO(whole["a.xlsx"])) as parts:
        members = {name: parts.read(name) for name in parts.namelist()}
    for n in range(900):
        path = list(whole)[n % 3]
        yield path, damaged(whole[path], chance)
        name = chance.choice(["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"])
        yield "a.xlsx", package(**{**members, name: damaged(members[name], chance)})


def test_damaged_files_raise_nothing_but_what_is_said():
    read = 0
    for path, data in mutants():
        said = ""
        try:
            read += bool(recognise(read_rows(data, path)))
        except ReadError as error:
            said = error.message
        assert said.count("。") == bool(said)
    assert read > 50


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", ["xls", "ods", "xlsx"])
def test_files_that_an_office_program_writes(suffix, tmp_path):
    def write(book):
        sheet = book.get_worksheet_by_name("Sheet1")
        for c, (number, code) in enumerate(
            [(0.985, "0.0%"), (46387, "yyyy-mm-dd"), (1234567.5, "#,##0.00"), (98, "General")]
        ):
            sheet.write_number(8, c, number, book.add_format({"num_format": code}))
        sheet.set_row(9, None, None, {"hidden": True})
        sheet.write_string(9, 0, "隐藏")

    (tmp_path / "a.xlsx").write_bytes(as_xlsx((["渡口所2026年项目支出绩效目标表"], FORM), write=write))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", suffix, "--outdir", str(tmp_path / "out"), "a.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    first = read_rows((tmp_path / "a.xlsx").read_bytes(), "a.xlsx")
    second = read_rows((tmp_path / "out" / f"a.{suffix}").read_bytes(), f"a.{suffix}")
    assert (second.rows, second.notes) == (first.rows, first.notes)
    assert [c.text for c in second.rows[-1].cells] == ["98.5%", "2026-12-31", "1,234,567.50", "98"]


@pytest.mark.parametrize(
    "sheet",
    [
        [["水泵", "2台", "3000元"], ["管道", "500米", "80元/米"], ["合计", "", "46000元"]],
        [["序号", "名称", "数量", "单价"], ["1", "水泵", "2台", "3000"], ["2", "管道", "500米", "80"]],
    ],
    ids=["without heads", "with heads of its own"],
)
def test_a_sheet_of_costs_behind_the_form_is_none_of_its_rows(sheet):
    document = recognise(read_rows(as_xlsx(([], FORM), ([], sheet)), "a.xlsx"))
    (table,) = document.tables
    assert pairs(table) == WANTED
    assert document.unread == ()


def test_rows_that_go_on_on_the_next_sheet_leave_the_levels_empty():
    rest = [["", "", "过渡高峰人次", "≥900人次"], ["", "", "过渡船次", "≥40次"]]
    (table,) = recognise(read_rows(as_xlsx(([], FORM), ([], rest)), "a.xlsx")).tables
    assert pairs(table) == [*WANTED, ("社会效益", "过渡高峰人次", "≥900人次"), ("社会效益", "过渡船次", "≥40次")]
