"""Workbooks: what is not concerned stays to the byte; comments and cells that are there already, or are not."""

import re
import shutil
import subprocess
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter
from lxml import etree

from kpi.annotate.marks import Mark, Marks, Note, Spot
from kpi.annotate.xlsx import annotated
from kpi.model import Location
from kpi.packages import CannotWrite
from tests.annotate.noting import note
from tests.fixes.test_fix_xlsx import HEADS, TOP, book, rewritten, rows

M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cf500f000385018"
    "0345e9d710000000049454e44ae426082"
)
LATER = {"sheetData", "conditionalFormatting", "dataValidations", "hyperlinks", "pageMargins", "pageSetup", "drawing"}


def rich_book(comment: bool = True) -> bytes:
    """Formulas with results, merges, widths, a print area, a picture, a chart, a list to choose from, a comment."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as made:
        sheet = made.add_worksheet("目标表")
        sheet.merge_range("A1:E1", "项目支出绩效目标表", made.add_format({"bold": True, "font_size": 16}))
        for at, row in enumerate([*TOP, HEADS, *rows("明显改善")], 1):
            sheet.write_row(at, 0, row)
        sheet.write_formula("E9", "=SUM(E6:E8)", None, 50)
        sheet.set_column("C:C", 30.5)
        sheet.set_row(5, 33)
        sheet.print_area("A1:E9")
        sheet.insert_image("G2", "p.png", {"image_data": BytesIO(PIXEL)})
        sheet.data_validation("E6:E8", {"validate": "integer", "criteria": ">", "value": 0})
        sheet.conditional_format("E6:E8", {"type": "data_bar"})
        if comment:
            sheet.write_comment("D6", "办公室：请核实", {"author": "老王"})
            sheet.write_comment("C6", "别的格子", {"author": "老王"})
        other = made.add_worksheet("测算表")
        other.write_row(0, 0, ["单价", 3])
        other.write_formula("B2", "=B1*2", None, 6)
        chart = made.add_chart({"type": "column"})
        chart.add_series({"values": "=测算表!$B$1:$B$2"})
        other.insert_chart("D2", chart)
    return target.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def test_other_parts_keep_their_bytes():
    data = rich_book()
    done = note(data, "表.xlsx")
    assert done.reads_as_before()
    old, new = parts(data), parts(done.data)
    changed = {name for name in old if old[name] != new[name]}
    assert changed == {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
        "xl/worksheets/sheet1.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml",
    }  # fmt: skip
    assert set(new) - set(old) == {"xl/worksheets/sheet3.xml"}
    with ZipFile(BytesIO(data)) as a, ZipFile(BytesIO(done.data)) as b:
        for info in a.infolist():
            same = b.getinfo(info.filename)
            assert (info.date_time, info.compress_type, info.external_attr) == (
                same.date_time, same.compress_type, same.external_attr,
            )  # fmt: skip


def test_only_the_styles_of_flagged_cells_change_in_a_sheet():
    data = rich_book()
    done = note(data, "表.xlsx")
    old, new = (parts(one)["xl/worksheets/sheet1.xml"].decode() for one in (data, done.data))
    flagged = {mark.location.cell for mark in done.marks.places}
    for cell in flagged:
        old, new = (re.sub(rf'<c r="{cell}"[^>]*>', f'<c r="{cell}">', text) for text in (old, new))
    assert old == new
    assert "<f>SUM(E6:E8)</f><v>50</v>" in new


def test_comments_that_are_there_stay():
    done = note(rich_book(), "表.xlsx")
    sheet = openpyxl.load_workbook(BytesIO(done.data))["目标表"]
    assert sheet["C6"].comment.text == "别的格子"
    assert sheet["D6"].comment.text.startswith("办公室：请核实\n——————\n【")
    assert "VAL003" in sheet["D6"].comment.text
    names = parts(done.data)
    shapes = etree.fromstring(names["xl/drawings/vmlDrawing1.vml"])
    ids = [one.get("id") for one in shapes.iter("{urn:schemas-microsoft-com:vml}shape")]
    assert len(ids) == len(set(ids)) == len(etree.fromstring(names["xl/comments1.xml"]).findall(f".//{M}comment"))


def test_new_boxes_beside_those_of_others():
    data = rich_book()
    made = parts(annotated(data, "表.xlsx", marked("D6", "D7", "E8")))
    shapes = etree.fromstring(made["xl/drawings/vmlDrawing1.vml"])
    boxes = list(shapes.iter("{urn:schemas-microsoft-com:vml}shape"))
    ids = [one.get("id") for one in boxes]
    assert len(ids) == len(set(ids)) == 4
    rows_ = [one.findtext(".//{urn:schemas-microsoft-com:office:excel}Row") for one in boxes]
    assert sorted(rows_) == ["5", "5", "6", "7"]
    assert made["xl/worksheets/_rels/sheet1.xml.rels"] == parts(data)["xl/worksheets/_rels/sheet1.xml.rels"]
    assert made["xl/worksheets/sheet1.xml"].count(b"legacyDrawing") == 1
    sheet = openpyxl.load_workbook(BytesIO(annotated(data, "表.xlsx", marked("D6", "D7", "E8"))))["目标表"]
    assert all(sheet[cell].comment for cell in ("C6", "D6", "D7", "E8"))


def test_a_conversation_is_left_alone():
    data = rewritten_part(rich_book(), "xl/comments1.xml", lambda xml: xml.replace("老王", "tc={1234}"))
    done = note(data, "表.xlsx")
    sheet = openpyxl.load_workbook(BytesIO(done.data))["目标表"]
    assert sheet["D6"].comment.text == "办公室：请核实"
    assert sheet["D6"].fill.patternType == "solid"


def rewritten_part(data: bytes, part: str, change) -> bytes:
    from kpi.packages.zipped import replaced

    return replaced(data, {part: change(parts(data)[part].decode()).encode()})


def test_the_drawing_of_comments_stands_where_the_schema_wants_it():
    done = note(rich_book(comment=False), "表.xlsx")
    root = etree.fromstring(parts(done.data)["xl/worksheets/sheet1.xml"])
    names = [etree.QName(one).localname for one in root]
    at = names.index("legacyDrawing")
    assert not set(names[at + 1 :]) & LATER
    assert names.count("legacyDrawing") == 1
    drawn = parts(done.data)["xl/drawings/vmlDrawing1.vml"].decode()
    anchors = re.findall(r"<x:Anchor[^>]*>([^<]*)<", drawn)
    columns = re.findall(r"<x:Column>(\d+)<", drawn)
    assert len(anchors) == len(columns) > 0
    for anchor, column in zip(anchors, columns, strict=True):
        assert int(anchor.split(",")[0]) > int(column), "beside the cell, not over it"


def test_the_list_links_to_the_cells():
    done = note(rich_book(), "表.xlsx")
    book_ = openpyxl.load_workbook(BytesIO(done.data))
    assert book_.sheetnames == ["目标表", "测算表", "kpi检查意见"]
    listed = book_["kpi检查意见"]
    assert [cell.value for cell in listed[3]][:4] == ["序号", "级别", "规则", "位置"]
    for at, found in enumerate(done.marks.notes, 4):
        assert listed.cell(at, 3).value == f"{found.rule} {found.title}"
        if found.spots:
            place = found.spots[0].location
            assert listed.cell(at, 4).hyperlink.location == f"'{place.sheet}'!{place.cell}"


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+86", "a\x00b\ud800", "<b>&\"'", "_x000D_", "长" * 40_000, ""])
def test_texts_are_legal_and_no_formulas(text):
    done = note(book(*rows(text or "明显改善", second="约" + text[:50])), "表.xlsx") if "\x00" not in text else None
    made = Marks((one := loose(text),), (), (one,))
    data = annotated(book(*rows("≥95%")), "表.xlsx", made)
    listed = openpyxl.load_workbook(BytesIO(data))["kpi检查意见"]
    assert listed["H4"].data_type in ("s", "inlineStr", "n")
    assert done is None or done.reads_as_before()


def loose(text: str, number: int = 1, spots=()) -> Note:
    from kpi.reports.office import legal

    safe = legal(text)
    return Note(number, "error", "VAL001", "题目", "", "项目", "整张表", safe, (("发现", safe),), spots)


def at(cell: str, sheet: str = "目标表") -> Location:
    return Location(sheet=sheet, cell=cell)


def marked(*cells: str, many: int = 1) -> Marks:
    notes = tuple(
        loose("有问题", number, tuple(Spot(at(cell), "") for cell in cells)) for number in range(1, many + 1)
    )
    return Marks(notes, tuple(Mark(at(cell), "", notes) for cell in cells), ())


def test_cells_and_rows_that_the_file_does_not_hold():
    cells = ("A6", "B2", "E3", "Z4", "C20", "D20", "C25", "H1", "A1")
    data = annotated(book(*rows("≥95%")), "表.xlsx", marked(*cells))
    sheet = openpyxl.load_workbook(BytesIO(data))["目标表"]
    for cell in cells:
        assert sheet[cell].comment, cell
        assert sheet[cell].fill.patternType == "solid", cell
    xml = parts(data)["xl/worksheets/sheet1.xml"].decode()
    numbers = [int(one) for one in re.findall(r'<row r="(\d+)"', xml)]
    assert numbers == sorted(set(numbers))
    for row in re.findall(r"<row .*?</row>", xml, re.DOTALL):
        columns = [openpyxl.utils.column_index_from_string(one) for one in re.findall(r'<c r="([A-Z]+)', row)]
        assert columns == sorted(set(columns))


def test_empty_rows_are_opened():
    def change(xml):
        return xml.replace("</sheetData>", '<row r="30" ht="20" customHeight="1"/></sheetData>')

    data = annotated(rewritten(book(*rows("≥95%")), change), "表.xlsx", marked("B30", "D30"))
    assert '<row r="30" ht="20" customHeight="1"><c r="B30"' in parts(data)["xl/worksheets/sheet1.xml"].decode()
    etree.fromstring(parts(data)["xl/worksheets/sheet1.xml"])


def test_forty_findings_in_a_cell():
    data = annotated(book(*rows("≥95%")), "表.xlsx", marked("D6", many=40))
    opened = openpyxl.load_workbook(BytesIO(data))
    assert "另有 35 条，见工作表“kpi检查意见”" in opened["目标表"]["D6"].comment.text
    assert opened["kpi检查意见"].max_row == 43


def test_odd_ways_to_write_a_sheet():
    plain = book(*rows("明显改善"))
    for change in (
        lambda xml: xml.replace('"', "'"),
        lambda xml: xml.replace("<sheetData>", "<!-- 表 --><sheetData>"),
        lambda xml: re.sub(r'<c r="[A-Z]+\d+"', "<c", re.sub(r'<row r="\d+"', "<row", xml)),
    ):
        done = note(rewritten(plain, change), "表.xlsx")
        assert done.reads_as_before()
        assert openpyxl.load_workbook(BytesIO(done.data))["目标表"]["D6"].comment


def test_annotated_twice():
    done = note(book(*rows("明显改善")), "表.xlsx")
    with pytest.raises(CannotWrite, match="已有上次的"):
        note(done.data, "表.xlsx")


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_it(tmp_path):
    (tmp_path / "表.xlsx").write_bytes(note(rich_book(), "表.xlsx").data)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out"), str(tmp_path / "表.xlsx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    sheet = openpyxl.load_workbook(tmp_path / "out" / "表.xlsx")["目标表"]
    assert "VAL003" in sheet["D6"].comment.text
    assert sheet["D6"].fill.patternType == "solid"
