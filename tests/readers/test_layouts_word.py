"""What only Word tables show: one project after the other with merged cells, tables inside cells, text around them."""

from io import BytesIO

import docx
import pytest
from reader_forms import as_docx, rows

from kpi.model import Location
from kpi.readers import read

HEADS = ["项目名称", "预算数(万元)", "年度目标", "一级指标", "二级指标", "三级指标", "指标值", "权重"]
GRID = [
    HEADS,
    ["渡口改造", "86", "改造渡口4处", "产出指标", "数量指标", "改造渡口数量", "4处", "30"],
    ["^", "^", "^", "^", "质量指标", "验收合格率", "=100%", "20"],
    ["^", "^", "^", "效益指标", "社会效益指标", "日均过渡人次", "≥300人次", "40"],
    ["航标维护", "12.5", "维护航标90座", "产出指标", "数量指标", "维护航标数量", "90座", "50"],
    ["^", "^", "^", "^", "^", "巡查次数", "≥24次", "40"],
]


def test_projects_one_below_the_other():
    document = read("-", stdin=as_docx({"title": ["临江县航道局2028年项目支出绩效目标表"], "grid": GRID}))
    first, second = document.tables
    assert (first.project, first.annual_goal, first.annual_funding.total) == ("渡口改造", "改造渡口4处", 860000)
    assert (second.project, second.annual_funding.total, second.year) == ("航标维护", 125000, 2028)
    assert rows(first)[1] == ["产出指标", "质量指标", "验收合格率", None, "=100%"]
    assert rows(second)[1] == ["产出指标", "数量指标", "巡查次数", None, "≥24次"]
    assert [i.weight for i in second.indicators] == ["50", "40"]
    assert second.locations["project"] == Location(table=1, row=5, column=1)
    assert second.indicators[1].annual.location == Location(table=1, row=6, column=7)


@pytest.fixture
def nested():
    document = docx.Document()
    document.add_paragraph("一、预算情况说明")
    outer = document.add_table(1, 1).cell(0, 0)
    inner = outer.add_table(3, 4)
    lines = [
        ["项目名称", "水文站运行", "", ""],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "监测断面数量", "6个"],
    ]
    for r, line in enumerate(lines):
        for c, text in enumerate(line):
            inner.cell(r, c).text = text
    document.add_paragraph("二、其他说明")
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_a_table_inside_a_cell(nested):
    (table,) = read("-", stdin=nested).tables
    assert rows(table) == [["产出指标", "数量指标", "监测断面数量", None, "6个"]]


def test_line_breaks_inside_a_cell():
    grid = [
        ["项目名称", "水库除险", "", ""],
        ["一级\n指标", "二级\n指标", "三级\n指标", "指标\n值"],
        ["产出\n指标", "数量\n指标", "除险水库\n数量", "≥3\n座"],
    ]
    (table,) = read("-", stdin=as_docx({"grid": grid})).tables
    assert rows(table) == [["产出指标", "数量指标", "除险水库数量", None, "≥3座"]]
