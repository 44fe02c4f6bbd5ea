"""The money of a project as the list tells it: units that were mixed up are questions and not figures."""

from decimal import Decimal

import pytest

from kpi.model import Execution, Funding, TargetTable
from kpi.progress.actuals import MoneyRow
from kpi.progress.matching import Matched
from kpi.progress.purse import purse_of


def form(unit: str, total: str, **execution: str) -> TargetTable:
    told = Execution(**{key: Decimal(value) for key, value in execution.items()}) if execution else None
    return TargetTable(
        project="库区道路", money_unit=unit, annual_funding=Funding(total=Decimal(total)), execution=told
    )


def purse(table: TargetTable, **texts: str):
    return purse_of(table, Matched({}, {kind: MoneyRow("库区道路", kind, text) for kind, text in texts.items()}))


@pytest.mark.parametrize(
    ("unit", "total", "spent", "amount"),
    [
        ("万元", "490000", "30", "300000"),  # 没有单位的按万元：30 万元
        ("万元", "490000", "300000元", "300000"),
        ("元", "1290000", "516000", "516000"),
        ("元", "1290000", "51.6万元", "516000"),
        ("元", "1290000", "1600000", "1600000"),  # 超了预算，超得不离谱
        ("元", "1290000", "0", "0"),
        ("元", "1290000", "900", "900"),  # 花得少不奇怪；×10000 = 900 万，是预算的 7 倍，也不像万元
        ("万元", "490000", "1", "10000"),
        ("万元", "3000000", "三百万元", "3000000"),
        ("万元", "3000000", "贰佰万元", "2000000"),
        ("万元", "3000000", "￥1,200,000.00", "1200000"),
        ("万元", "3000000", "120万元（含上年结转）", "1200000"),
        ("万元", "5000000", "4", "40000"),  # 一年才开头，0.8% 不奇怪
        ("万元", "5000000", "0.4万元", "4000"),  # 写了单位的就是它
    ],
)
def test_amounts(unit, total, spent, amount):
    made = purse(form(unit, total), spent=spent)
    assert made.spent.amount == Decimal(amount)
    assert not made.doubts


@pytest.mark.parametrize(
    ("unit", "total", "spent", "why"),
    [
        # 按万元是 30 亿，÷10000 = 30 万 ≤ 2×49 万
        ("万元", "490000", "300000", "像是把元写成了万元"),
        ("元", "490000", "300000万元", "像是把元写成了万元"),
        # ÷10000 仍是 500 万，是预算的 10 倍：不像单位写错，仍是离谱
        ("万元", "490000", "5000000", "请核对金额"),
        # 按元只有 51.6 元，×10000 = 51.6 万 ≤ 2×129 万
        ("元", "1290000", "51.6", "像是把万元写成了元"),
        ("元", "1290000", "三十来万", "读不出金额"),
        ("元", "1290000", "-500", "读不出金额"),
        # 整格不是金额：不从里面捡一个数（40%→40 万元，6月底200万元→6 万元）
        ("万元", "3000000", "40%", "读不出金额"),
        ("万元", "3000000", "6月底200万元", "读不出金额"),
        ("万元", "3000000", "120万元，占40%", "读不出金额"),
        ("万元", "3000000", "3人", "读不出金额"),
        # 0.4 万元是 500 万元的 0.08%，差 1250 倍：是 0.4 万元还是 40%？
        ("万元", "5000000", "0.4", "只有预算5,000,000元的0.08%"),
    ],
)
def test_amounts_of_another_unit(unit, total, spent, why):
    made = purse(form(unit, total), spent=spent)
    assert made.spent.amount is None
    assert why in made.spent.problem
    assert made.spent.row is not None


@pytest.mark.parametrize(
    ("told", "amount", "why"),
    [
        ("129", None, "像是把万元写成了元"),  # 1290000 ÷ 129 = 10000
        ("12900000000", None, "像是把元写成了万元"),  # ÷1290000 = 10000
        ("120万元", "1200000", ""),
        ("1000000", "1000000", ""),
        ("", "1290000", ""),  # 没有填的用目标表的
    ],
)
def test_the_budget_against_the_form(told, amount, why):
    made = purse(form("元", "1290000"), budget=told)
    assert made.budget.amount == (None if amount is None else Decimal(amount))
    assert why in made.budget.problem
    assert bool(made.budget.problem) is bool(why)


def test_a_form_tells_its_own():
    table = form("万元", "800000", budget="800000", adjusted="900000", spent="360000")
    made = purse(table)
    assert [one.amount for one in made.all] == [Decimal(360000), Decimal(800000), Decimal(900000)]


def test_a_slip_in_the_form_itself():
    made = purse(form("万元", "800000", budget="800000", spent="3600000000"))
    assert "表中的执行数是3,600,000,000元" in made.spent.problem
