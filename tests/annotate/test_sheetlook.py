"""Where a note goes and where a link leads, in sheets with merged cells and with rows and columns that are hidden."""

from functools import partial
from io import BytesIO

import openpyxl
import pytest

from kpi.annotate.marks import marks_of, moved
from kpi.annotate.sheetlook import first_cell, look_of, seen_cell
from kpi.annotate.writers import annotated
from kpi.model import Location
from tests.annotate.noting import judged

SHEET = (
    '<worksheet xmlns="x"><cols><col min="3" max="4" hidden="1"/></cols><sheetData>'
    '<row r="18"><c r="A18"/></row><row r="19" hidden="1"/><row r="20" hidden="true"/><row r="21"/></sheetData>'
    '<mergeCells><mergeCell ref="A19:B21"/></mergeCells></worksheet>'
)
LOOKS = {"表": look_of(SHEET)}


@pytest.mark.parametrize(("cell", "first"), [("A21", "A19"), ("B19", "A19"), ("A19", "A19"), ("C21", "C21")])
def test_what_is_covered_stands_for_its_first_cell(cell, first):
    place = Location(sheet="表", cell=cell)
    assert first_cell(LOOKS, place).cell == first
    assert first_cell(LOOKS, place._replace(sheet="别的")).cell == cell


@pytest.mark.parametrize(("cell", "seen"), [("A19", "A18"), ("A20", "A21"), ("A18", "A18"), ("D20", "E21")])
def test_a_link_leads_to_the_nearest_cell_that_shows(cell, seen):
    assert seen_cell(LOOKS, Location(sheet="表", cell=cell)) == seen


def form(hidden=None):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表"
    rows = [
        ["项目支出绩效目标表"], ["项目名称", "东岭县校车护栏更换"], ["主管部门", "东岭县教育局"],
        ["年度资金总额", "20万元"], ["一级指标", "二级指标", "三级指标", "指标值", "权重"],
        ["产出指标", "数量指标", "更换护栏长度", "≥3.5公里", 30],
        ["产出指标", "质量指标", "护栏外观", "明显改善", 30], ["效益指标", "社会效益", "受益学生数", "≥300人", 20],
    ]  # fmt: skip
    for row in rows:
        sheet.append(row)
    if hidden:
        sheet.row_dimensions[hidden].hidden = True
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def test_a_hidden_row_keeps_its_note_and_the_link_leads_beside_it():
    result = judged(form(hidden=7), "表.xlsx")
    book = openpyxl.load_workbook(BytesIO(annotated(form(hidden=7), result.document, marks_of(result))))
    assert "未能识别的内容" in book["表"]["A7"].comment.text
    listed = book.worksheets[-1]
    links = [row[3].hyperlink.location for row in listed.iter_rows(min_row=4) if row[3].value == "表 A7"]
    assert links == ["'表'!A6"]


def test_a_sum_of_weights_stands_at_the_project_not_at_a_value():
    result = judged(form(), "表.xlsx")
    (note,) = [one for one in marks_of(result).notes if one.rule == "REQ009"]
    assert [spot.location.cell for spot in note.spots] == ["B2"]


def test_notes_that_come_to_one_cell_share_it():
    result = judged(form(), "表.xlsx")
    together = moved(marks_of(result), lambda place: place._replace(cell="A1"))
    assert len(together.places) == 1
    assert len(together.places[0].notes) == len([one for one in together.notes if one.spots])
    assert moved(marks_of(result), partial(first_cell, {})) == marks_of(result)
