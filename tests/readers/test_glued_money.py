"""Amounts without anything between them: the rate behind them proves which is the budget."""

import pytest

from kpi.readers import read_text
from kpi.readers.gluedmoney import divided

FORM = (
    "项目支出绩效自评表(2027年度)项目名称溪口闸维护主管部门溪口县水利局实施单位溪口闸管理所项目资金(万元)全年预算数(A)全年执行数(B)分值"
    "执行率(B/A)得分年度资金总额{amounts}其他资金年度总体目标闸门启闭正常绩效指标一级指标二级指标三级指标年度指标值全年完成值分值得分"
    "产出指标数量指标维护闸门数量6扇6扇5050效益指标社会效益指标保护农田面积≥3000亩3000亩4040"
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("420.6210.31050%5", ("420.6", "210.3", "10", "50%", "5")),
        ("36.8527.6375%7", ("36.85", "27.63", "75%", "7")),
        ("96.0024.001025%2.5", ("96.00", "24.00", "10", "25%", "2.5")),
        ("3000001500001050.00%5", ("300000", "150000", "10", "50.00%", "5")),
        ("1209680%8", ("120", "96", "80%", "8")),
        ("0.000.00%", ()),
        ("12.6万元", ()),
        ("", ()),
        ("1" * 40 + "%", ()),
        ("." * 40 + "%", ()),
    ],
)
def test_the_rate_proves_the_division(text, parts):
    assert divided(text, 0, len(text)) == parts


def test_in_a_form():
    (table,) = read_text(FORM.format(amounts="420.6210.31050%5")).tables
    assert table.annual_funding.total == 4206000
    assert (table.execution.adjusted, table.execution.spent, table.execution.rate) == (4206000, 2103000, "50%")
    assert [i.name for i in table.indicators] == ["维护闸门数量", "保护农田面积"]


@pytest.mark.parametrize(("amounts", "score"), [("84.684.610100%10", "10"), ("84.684.6100%9", "9")])
def test_all_of_the_budget_spent(amounts, score):
    (table,) = read_text(FORM.format(amounts=amounts)).tables
    assert (table.annual_funding.total, table.execution.spent) == (846000, 846000)
    assert (table.execution.rate, table.execution.score) == ("100%", score)


def test_what_nothing_proves_is_no_amount():
    (table,) = read_text(FORM.format(amounts="420.6210.37%5")).tables
    assert table.annual_funding is None


def test_the_head_of_a_column_is_no_amount_left_blank():
    (table,) = read_text(FORM.replace("年度资金总额{amounts}其他资金", "单位名称资金总额实施期")).tables
    assert table.annual_funding is None
    assert "funding.annual.total" not in table.locations
