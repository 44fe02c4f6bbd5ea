"""Reports that list their targets with dashes between level, name and value."""

import pytest

from kpi.readers import read_text

REPORT = (
    "枫溪县渡运补贴资金绩效自评报告\n本项目期初设置绩效目标4个，具体情况如下：\n"
    "1.投入-成本目标-渡运补贴-48万元-目标已完成,实际完成100%。\n"
    "2.产出-数量目标-渡运班次-≥3600班次-目标已完成,实际完成3712班次。\n"
    "3.效益-社会效益目标-渡口通航率-100%-目标未完成,实际完成98%。\n"
    "4.满意度-服务对象满意度指标——乘客满意度——95%以上\n"
)


def rows_of(text):
    document = read_text(text)
    return [
        (i.level1, i.level2, i.name, i.annual.text, i.actual.text if i.actual else "")
        for table in document.tables
        for i in table.indicators
    ]


def test_each_line_is_a_row():
    assert rows_of(REPORT) == [
        ("成本指标", "成本指标", "渡运补贴", "48万元", ""),
        ("产出指标", "数量指标", "渡运班次", "≥3600班次", "3712班次"),
        ("效益指标", "社会效益", "渡口通航率", "100%", "98%"),
        ("满意度指标", "服务对象满意度", "乘客满意度", "95%以上", ""),
    ]


def test_a_row_is_where_its_line_says():
    (table,) = read_text(REPORT).tables
    assert [row.annual.location.line for row in table.indicators] == [3, 4, 5, 6]


@pytest.mark.parametrize("line", ["2-3-4-5渡口", "产出-数量目标-渡运班次", "产出-班次-36班次-已完成", "-" * 4_000])
def test_what_is_no_such_line_is_no_row(line):
    assert rows_of(REPORT + line + "\n") == rows_of(REPORT)
