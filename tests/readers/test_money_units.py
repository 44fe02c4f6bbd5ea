"""The total of the money in other layouts, and the unit that the form says near it."""

from decimal import Decimal

import pytest

from kpi.readers import read_text

ROWS = "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t检修泵站数量\t≥6座\n"


def total(head):
    (table,) = read_text(f"项目支出绩效目标表\n项目名称\t泵站检修\n{head}\n{ROWS}").tables
    return table.annual_funding and table.annual_funding.total


@pytest.mark.parametrize(
    ("head", "yuan"),
    [
        ("项目资金(万元)\t年度资金总额\t24.5", "245000"),
        ("单位:万元\n项目资金\t年度资金总额\t24.5", "245000"),
        ("项目资金(万元)\t年度资金总额\t24.5万元", "245000"),
        ("项目资金(万元)\t年度资金总额\t245000元", "245000"),
        ("项目资金\t年度资金总额\t24.5", "24.5"),
        ("主管部门\t澄湖县水利局\t项目预算金额(万元)\t24.5", "245000"),
        ("项目金额\t24.5万元\t其中:财政资金\t20万元", "245000"),
        ("预算规模\t预算数\t24.50\t其中:财政资金\t24.50\n单位:万元", "245000"),
        ("预算执行情况(万元)(20分)\t预算数(A)\t执行数(B)\t执行率(B/A)\n年度财政资金总额\t24.5\t20\t82%", "245000"),
        (
            "项目资金 (万元) 年初预算数 全年预算数 全年执行数 分值 执行率 得分\n年度资金总额: 24.5 24.5 20 10 82% 8",
            "245000",
        ),
        ("资金情况\t本年度预计投入(万元)\t财政资金(万元)\t其他\n\t24.5\t20\t4.5", "245000"),
        ("预算执行情况 金额单位:万元\n预算数 24.5 到位数 24.5 执行数 20", "245000"),
    ],
)
def test_totals(head, yuan):
    assert total(head) == Decimal(yuan)


def test_the_unit_above_the_second_form_is_its_own():
    form = f"项目名称\t泵站检修\n预算规模\t预算数\t24\n{ROWS}"
    second = form.replace("泵站检修", "闸门更换")
    tables = read_text(f"单位一\t单位:万元\n{form}单位一\t单位:万元\n{second}").tables
    assert [t.annual_funding.total for t in tables] == [240000, 240000]
    assert [len(t.indicators) for t in tables] == [1, 1]
