"""Forms of one project name: the unit tells them apart, or the form that a line stands in; the order never does."""

from decimal import Decimal

import pytest

from kpi.model import Document, Entry, Execution, Indicator, Location, TargetTable
from kpi.progress.actuals import ActualRow, Actuals, MoneyRow, of_documents
from kpi.progress.matching import match
from kpi.progress.namesakes import need_units

NAME = "城区公厕管护"


def form(unit="", budget=None, names=("新建公厕",), actual=None):
    told = Entry(actual, "实际", Location()) if actual else None
    rows = tuple(
        Indicator("产出指标", "数量指标", name, annual=Entry("≥2座", name, Location()), actual=told) for name in names
    )
    money = None if budget is None else Execution(budget=Decimal(budget))
    return TargetTable(project=NAME, unit=unit or None, indicators=rows, execution=money)


def row(text, unit="", name="新建公厕"):
    return ActualRow(NAME, "数量指标", name, text, unit=unit)


def spent(text, unit=""):
    return MoneyRow(NAME, "spent", text, unit=unit)


def told(tables, rows=(), money=()):
    """By form: what it was given, its money, and whether nobody knows; and the reasons of the lines left over."""
    made = match(tables, Actuals("清单.csv", tuple(rows), tuple(money)))
    given = [
        ([one.text for one in form.rows.values()], [one.text for one in form.money.values()], bool(form.unsure))
        for form in made.forms
    ]
    return given, [why for _, why in made.stray]


TWO = [form("第一环卫所"), form("第二环卫所")]


def test_the_unit_tells_whose_a_line_is():
    rows = [row("2座", "第二环卫所"), row("1座", "第一 环卫所")]
    money = [spent("10万元", "第二环卫所"), spent("50万元", "第一环卫所")]
    given, left = told(TWO, rows, money)
    assert given == [(["1座"], ["50万元"], False), (["2座"], ["10万元"], False)]
    assert not left


def test_without_units_nothing_is_given_out_by_order():
    given, left = told(TWO, [row("1座"), row("2座")], [spent("50万元"), spent("10万元")])
    assert given == [([], [], True)] * 2
    assert len(left) == 4
    assert "“第一环卫所”“第二环卫所”" in left[0]
    assert "加“实施单位”一列" in left[0]


def test_one_line_of_money_is_not_counted_twice():
    given, left = told(TWO, [row("1座")], [spent("50万元")])
    assert given == [([], [], True)] * 2
    assert len(left) == 2


def test_a_unit_that_is_not_listed_is_told_of_nothing():
    given, left = told(TWO, [row("1座", "第一环卫所")], [spent("50万元", "第一环卫所")])
    assert given == [(["1座"], ["50万元"], False), ([], [], False)]
    assert not left


def test_another_unit_is_told_and_not_taken():
    given, [why] = told(TWO, [row("1座", "第三环卫所")])
    assert given == [([], [], True)] * 2
    assert "实施单位是“第三环卫所”，目标表里的是“第一环卫所”“第二环卫所”" in why


def test_a_line_without_a_unit_among_others():
    given, [why] = told(TWO, [row("1座", "第一环卫所"), row("2座")])
    assert given == [(["1座"], [], False), ([], [], True)]
    assert "有几行没有写实施单位" in why


def test_a_form_without_a_unit_takes_the_lines_that_have_none():
    three = [*TWO, form()]
    given, left = told(three, [row("1座", "第一环卫所"), row("2座", "第二环卫所"), row("3座")])
    assert [rows for rows, _, _ in given] == [["1座"], ["2座"], ["3座"]]
    assert not left


@pytest.mark.parametrize("unit", ["", "环卫所"])
def test_forms_of_one_unit_with_other_money_are_not_told_apart(unit):
    given, left = told([form(unit, 860_000), form(unit, 120_000)], [row("1座", unit)], [spent("50万元", unit)])
    assert given == [([], [], True)] * 2
    assert all("请把项目名称改得不一样" in why for why in left)


def test_forms_of_one_unit_with_two_values_are_not_told_apart():
    given, _ = told([form("环卫所"), form("环卫所")], [row("1座", "环卫所"), row("2座", "环卫所")])
    assert given == [([], [], True)] * 2


def test_a_form_beside_its_own_copy_shares_the_lines():
    given, left = told([form("环卫所", 860_000), form("环卫所", 860_000)], [row("1座")], [spent("50万元")])
    assert [(rows, unsure) for rows, _, unsure in given] == [(["1座"], False), ([], False)]
    assert not left


def test_a_list_of_several_units_beside_the_form_of_one():
    rows = [row("2座", "第二环卫所"), row("1座", "第一环卫所")]
    given, left = told([form("第一环卫所")], rows)
    assert given == [(["1座"], [], False)]
    assert len(left) == 1
    given, left = told([form()], rows)
    assert given == [([], [], True)]
    assert "有几个实施单位（“第二环卫所”“第一环卫所”）" in left[0]


def test_units_that_differ_by_indicator_change_nothing():
    two = [form("城管局", names=("新建公厕", "改造公厕"))]
    given, left = told(two, [row("1座", "第一环卫所"), row("2座", "第二环卫所", "改造公厕")])
    assert given == [(["1座", "2座"], [], False)]
    assert not left


@pytest.mark.parametrize("units", [("", ""), ("环卫所", "环卫所"), ("第一环卫所", "第二环卫所")])
def test_forms_that_tell_of_themselves_keep_their_own(units):
    tables = [form(units[0], actual="1座"), form(units[1], actual="2座")]
    own = of_documents([Document("表.docx", "docx", tuple(tables))], "表.docx")
    made = match(tables, own)
    assert [[one.text for one in form.rows.values()] for form in made.forms] == [["1座"], ["2座"]]
    assert not made.stray




def test_lost_lines_of_each_unit_are_told():
    made = match(TWO, Actuals("清单.csv", (row("1座", "第一环卫所", "别的"), row("2座", "第二环卫所"))))
    assert [len(one.lost) for one in made.forms] == [1, 0]


def test_when_the_list_needs_a_column_of_units():
    assert need_units(TWO)
    assert not need_units([form("环卫所"), form("环卫所")])
    assert not need_units([form("第一环卫所"), form("第二环卫所")._replace(project="别的")])
