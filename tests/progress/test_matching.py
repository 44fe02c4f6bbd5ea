"""Lines and indicators by name within project and level; near names are told, never taken."""

import pytest

from kpi.model import Entry, Indicator, Location, TargetTable
from kpi.progress.actuals import ActualRow, Actuals, MoneyRow
from kpi.progress.matching import match


def indicator(level2: str, name: str) -> Indicator:
    return Indicator("产出指标", level2, name, annual=Entry("≥3个", name, Location()))


def table(*indicators: Indicator, project: str = "甲项目") -> TargetTable:
    return TargetTable(project=project, indicators=indicators)


def row(name: str, level2: str = "", project: str = "", text: str = "3个") -> ActualRow:
    return ActualRow(project, level2, name, text)


def matched(tables, *rows: ActualRow, money: tuple[MoneyRow, ...] = ()):
    return match(tables, Actuals("表.csv", rows, money))


A, B = indicator("数量指标", "修复机井眼数"), indicator("质量指标", "机井完好率")


def test_by_name():
    [found] = matched([table(A, B)], row("机井完好率"), row("修复机井眼数")).forms
    assert {number: one.name for number, one in found.rows.items()} == {0: "修复机井眼数", 1: "机井完好率"}
    assert not found.lost


def test_white_space_width_and_ordinals_do_not_count():
    [found] = matched([table(A)], row("指标1： 修复 机井眼数")).forms
    assert set(found.rows) == {0}


def test_a_bracketed_hint_does_not_count_where_there_is_no_choice():
    [found] = matched([table(indicator("质量指标", "完好率（≥95%）"))], row("完好率")).forms
    assert set(found.rows) == {0}
    twins = table(indicator("质量指标", "完好率（一期）"), indicator("质量指标", "完好率（二期）"))
    [found] = matched([twins], row("完好率")).forms
    assert not found.rows


def test_level_tells_apart():
    twins = table(indicator("数量指标", "完成情况"), indicator("质量指标", "完成情况"))
    [found] = matched([twins], row("完成情况", "质量指标")).forms
    assert set(found.rows) == {1}
    [found] = matched([twins], row("完成情况")).forms
    assert not found.rows
    assert "几个二级指标" in found.lost[0][1]


def test_another_level_is_not_taken():
    [found] = matched([table(A)], row("修复机井眼数", "质量指标")).forms
    assert not found.rows
    assert "数量指标" in found.lost[0][1]
    assert found.near[0].why == "名称相同，二级指标不同"


def test_cost_levels_of_both_trees():
    [found] = matched([table(indicator("成本指标", "总成本"))], row("总成本", "经济成本指标")).forms
    assert set(found.rows) == {0}


def test_near_names_are_told_and_not_taken():
    [found] = matched([table(A)], row("修复机井眼数量")).forms
    assert not found.rows
    assert [(near.row.name, near.indicator) for near in found.near] == [("修复机井眼数量", 0)]
    assert found.lost[0][1] == "目标表里没有这个指标"


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("机井修复眼数", True),  # other words first, the same characters
        ("眼数修复机井", True),
        ("机井修复口径数", False),
        ("机修井", False),
        ("防渗衬砌长度", False),
    ],
)
def test_another_order_is_near_and_never_taken(name, near):
    [found] = matched([table(A)], row(name)).forms
    assert not found.rows
    assert [row for row, _ in found.lost] == [row(name)]
    assert [one.indicator for one in found.near] == ([0] if near else [])


def test_a_name_that_is_there_is_nearer_than_one_in_another_order():
    [found] = matched([table(A)], row("机井修复眼数"), row("修复机井眼数", "质量指标")).forms
    assert [(one.row.name, one.why) for one in found.near] == [("修复机井眼数", "名称相同，二级指标不同")]


def test_a_project_in_another_order_is_told_and_not_taken():
    found = matched([table(A, project="灌区机井修复工程"), table(B)], row("修复机井眼数", project="机井灌区工程修复"))
    assert not found.forms[0].rows
    assert found.forms[0].alike == "机井灌区工程修复"
    assert "名称相近的有“灌区机井修复工程”" in found.stray[0][1]


def test_a_second_line_of_one_indicator_is_lost():
    [found] = matched([table(A)], row("修复机井眼数", text="1个"), row("修复机井眼数", text="2个")).forms
    assert found.rows[0].text == "1个"
    assert found.lost[0][1] == "同一个指标写了不止一行，用的是先写的“1个”，“2个”没有用上"


def test_a_second_line_says_where_both_stand():
    first, second, blank = (
        row("修复机井眼数", text=text)._replace(location=Location(sheet="完成", cell=cell))
        for text, cell in (("1个", "E4"), ("2个", "E9"), ("", "E12"))
    )
    [found] = matched([table(A)], first, second, blank).forms
    assert [why for _, why in found.lost] == [
        f"同一个指标写了不止一行，用的是E4 格的“1个”，{other}没有用上" for other in ("E9 格的“2个”", "E12 格的“（空）”")
    ]


def test_equal_names_in_order():
    twins = table(A, indicator("数量指标", "修复机井眼数"))
    [found] = matched([twins], row("修复机井眼数", text="1个"), row("修复机井眼数", text="2个")).forms
    assert [found.rows[0].text, found.rows[1].text] == ["1个", "2个"]


def test_projects():
    two = [table(A), table(A, project="乙项目")]
    rows = (row("修复机井眼数", project=name) for name in ("乙 项目", "", "丙项目"))
    found = matched(two, *rows)
    assert [set(one.rows) for one in found.forms] == [set(), {0}]
    assert [why for _, why in found.stray] == ["没有写项目名称，而目标表有几个项目", "目标表里没有项目“丙项目”"]


def test_one_project_on_either_side_without_a_name():
    assert set(matched([table(A)], row("修复机井眼数")).forms[0].rows) == {0}
    assert set(matched([table(A, project="")], row("修复机井眼数", project="甲项目")).forms[0].rows) == {0}


def test_a_number_before_the_project_does_not_count():
    coded = table(A, project="14062221000甲项目")
    assert set(matched([coded], row("修复机井眼数", project="甲项目")).forms[0].rows) == {0}


def test_two_forms_of_one_project_share_its_lines():
    found = matched([table(A), table(B)], row("修复机井眼数"), row("机井完好率"), row("别的"))
    assert [set(one.rows) for one in found.forms] == [{0}, {0}]
    assert [len(one.lost) for one in found.forms] == [0, 1]


def test_money_by_project():
    two = [table(A), table(A, project="乙项目")]
    found = matched(two, money=(MoneyRow("乙项目", "spent", "3万元"), MoneyRow("丙", "spent", "1元")))
    assert [dict(one.money).keys() for one in found.forms] == [set(), {"spent"}]
    assert len(found.stray) == 1


def test_empty_names_match_nothing():
    [found] = matched([table(indicator("数量指标", ""))], row("")).forms
    assert not found.rows


def test_many_lines_of_other_things():
    rows = [row(f"无关指标{n}") for n in range(20_000)]
    [found] = matched([table(*(indicator("数量指标", f"指标名{n}") for n in range(200)))], *rows).forms
    assert len(found.lost) == 20_000


def test_money_of_a_list_that_fits_nothing_is_not_taken():
    rows, spent = (row("别的指标"), row("另一个指标")), MoneyRow("", "spent", "51.6万元")
    found = matched([table(A, B)], *rows, money=(spent,))
    [one] = found.forms
    assert one.apart
    assert not one.money
    assert [line for line, _ in found.stray] == [spent]
    assert "没有一项对得上" in found.stray[0][1]


def test_money_of_a_list_that_names_the_project_is_taken():
    found = matched([table(A, B)], row("别的指标", project="甲项目"), money=(MoneyRow("甲项目", "spent", "3万元"),))
    assert set(found.forms[0].money) == {"spent"}
    assert not found.stray


def test_a_list_of_money_alone_is_taken():
    assert set(matched([table(A)], money=(MoneyRow("", "spent", "3万元"),)).forms[0].money) == {"spent"}


def test_a_near_name_of_a_project_is_told_and_not_taken():
    one = table(A, project="柳林镇中心幼儿园屋顶翻修")
    found = matched([one, table(B, project="乙项目")], row("修复机井眼数", project="柳林镇幼儿园屋顶翻修"))
    assert not found.forms[0].rows
    assert found.forms[0].alike == "柳林镇幼儿园屋顶翻修"
    assert "名称相近的有“柳林镇中心幼儿园屋顶翻修”" in found.stray[0][1]


def test_without_a_form_nothing_is_said_of_several():
    found = matched([], row("修复机井眼数"), row("机井完好率", project="甲项目"))
    assert {why for _, why in found.stray} == {"没有绩效目标表可对"}


def test_a_second_amount_for_one_thing_is_told():
    money = (MoneyRow("", "spent", "120万元"), MoneyRow("", "spent", "1 20万元"), MoneyRow("", "spent", "150万元"))
    found = matched([table(A)], row("修复机井眼数"), money=money)
    assert found.forms[0].money["spent"].text == "120万元"
    [(left, why)] = found.stray  # the same amount once more is no question
    assert left.text == "150万元"
    assert "写了不止一行" in why
    assert "“120万元”" in why


def test_a_second_amount_says_where_both_stand():
    money = tuple(
        MoneyRow("", "spent", text, Location(line=line)) for text, line in (("50万元", 4), ("60万元", 5), ("50万元", 6))
    )
    [(_, why)] = matched([table(A)], row("修复机井眼数"), money=money).stray
    assert why == "预算执行数写了不止一行，用的是第 4 行的“50万元”，第 5 行的“60万元”没有用上"


def test_a_line_that_was_filled_in_goes_before_a_blank_one():
    [found] = matched([table(A)], row("修复机井眼数", text=""), row("修复机井眼数", text="2个")).forms
    assert found.rows[0].text == "2个"
    assert not found.lost  # a blank line says nothing that could be lost


def test_a_line_of_two_levels_goes_to_neither_blank():
    form = table(A, indicator("质量指标", "修复机井眼数"))
    own = (row("修复机井眼数", level, text=text) for level, text in (("数量指标", ""), ("质量指标", "3个")))
    [found] = matched([form], *own, row("修复机井眼数", text="7个")).forms
    assert found.rows[0].text == ""
    assert [(one.text, why) for one, why in found.lost] == [("7个", "几个二级指标下都有这个指标，请写明二级指标")]


def test_a_blank_line_with_a_reason_says_something():
    blank = row("修复机井眼数", text="")._replace(reason="尚未开工")
    [found] = matched([table(A)], blank, row("修复机井眼数", text="2个")).forms
    assert found.rows[0].reason == "尚未开工"
