"""Signs, values, units and standards in cells that are merged over several rows of indicators."""

from io import BytesIO

import docx
import pytest
import xlsxwriter

from kpi.model import Location
from kpi.readers import read

HEADS = ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "权重"]
ROWS = [[["产出指标", "数量指标"], f"{name}数量", "≥", str(value), unit, "10"] for name, value, unit in (
    ("甲", 10, "人"), ("乙", 20, "台"), ("丙", 30, "个"))]  # fmt: skip
MERGES = {"sign": 3, "value": 4, "unit": 5, "weight": 6}


def workbook(column, rows=2, then=()):
    """A form whose first rows share the cell of a column."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("表")
        for at, line in enumerate([["项目名称", "渡口改造"], HEADS, *([*a, *b] for a, *b in ROWS), *then]):
            for number, text in enumerate(line):
                if text and not (number == column and 2 < at < 2 + rows):
                    sheet.write_string(at, number, text)
        text = [*ROWS[0][0], *ROWS[0][1:]][column]
        sheet.merge_range(2, column, 1 + rows, column, text)
    return target.getvalue()


def told(data):
    (table,) = read("-", stdin=data).tables
    return [(row.annual.text, row.weight) for row in table.indicators]


@pytest.mark.parametrize(
    ("kind", "want"),
    [
        ("sign", [("≥10人", "10"), ("≥20台", "10"), ("≥30个", "10")]),
        ("value", [("≥10人", "10"), ("≥10台", "10"), ("≥30个", "10")]),
        ("unit", [("≥10人", "10"), ("≥20人", "10"), ("≥30个", "10")]),
        ("weight", [("≥10人", "10"), ("≥20台", ""), ("≥30个", "10")]),  # the points of both rows together
    ],
)
def test_a_merged_cell_is_that_of_each_row(kind, want):
    assert told(workbook(MERGES[kind])) == want


def test_the_place_is_that_of_the_merged_cell():
    (table,) = read("-", stdin=workbook(MERGES["value"])).tables
    second = table.indicators[1].annual
    assert second.cells["value"] == Location(sheet="表", cell="E3")
    assert second.cells["unit"] == Location(sheet="表", cell="F4")


def test_rows_without_a_name_and_rows_below_have_nothing_of_it():
    then = [[""] * 7, ["产出指标", "数量指标", "丁数量", "", "40", "处", "5"]]
    values = [text for text, _ in told(workbook(MERGES["sign"], rows=4, then=then))]
    assert values == ["≥10人", "≥20台", "≥30个", "40处"]


def test_merged_cells_of_a_word_table():
    document = docx.Document()
    table = document.add_table(5, 7)
    lines = [["项目名称", "渡口改造", *[""] * 5], HEADS, *([*a, *b] for a, *b in ROWS)]
    for line, row in zip(lines, table.rows, strict=True):
        for text, cell in zip(line, row.cells, strict=True):
            cell.text = text
    for row in (3, 4):
        table.cell(row, 3).text = ""
    table.cell(2, 3).merge(table.cell(4, 3)).text = "≤"
    buffer = BytesIO()
    document.save(buffer)
    assert [text for text, _ in told(buffer.getvalue())] == ["≤10人", "≤20台", "≤30个"]


def test_both_halves():
    heads = ["一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"]
    rows = [["产出指标", "数量指标", f"{n}数量", "≥3处", "数量指标", f"{n}数量", "≥1处"] for n in "甲乙"]
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("表")
        for at, line in enumerate([["项目名称", "渡口改造"], heads, *rows]):
            sheet.write_row(at, 0, line)
        for column in (3, 6):
            sheet.merge_range(2, column, 3, column, rows[0][column])
    (table,) = read("-", stdin=target.getvalue()).tables
    assert [(row.period.text, row.annual.text) for row in table.indicators] == [("≥3处", "≥1处")] * 2
