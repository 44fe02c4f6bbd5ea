"""The year of a form stands where years stand: no part of an amount, and no amount that happens to look like one."""

import pytest

from kpi.readers import read_text

TREE = "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\n产出指标\t数量指标\t检修泵站数量\t≥6座\t4座\n"
MONITORED = (
    "项目支出绩效运行监控表\n（2027年度）　○ 是按现有的数推算的，核对后改为 √\n项目名称\t泵站检修\n"
    "项目资金（元）\t年初预算数\t1-7月执行数\t执行率\n年度资金总额\t5000000\t{spent}\t34%\n"
)


@pytest.mark.parametrize(
    "spent", ["1742000", "1202000", "2000000", "1742025", "174.2000", "1,742,000", "2000", "2025", "32024年", "12000-"]
)
def test_an_amount_is_no_year(spent):
    (table,) = read_text(MONITORED.format(spent=spent) + TREE).tables
    assert table.year == 2027


@pytest.mark.parametrize(
    "head",
    [
        "（2027年度）\n", "2027年\n", "2027\n", "预算年度\t2027\n", "申报年份：2027\n", "年度:2027\t单位:万元\n",
        "实施期限\t2027-2028\n", "1.2027年度\n", "资金(万元)\t2025\n（2027年度）\n", "市级补助\t2025\n项目期\t2027年\n",
    ],
)  # fmt: skip
def test_years_of_heads(head):
    (table,) = read_text(f"项目支出绩效目标表\n{head}项目名称\t泵站检修\n{TREE}").tables
    assert table.year == 2027


@pytest.mark.parametrize(
    "told",
    [
        "预算年度*\t2026", "所属年度（年）\t2026", "年 度\t2026", "年  度：\t2026", "开始时间\t2026", "实施年限\t2026",
        "101\t林业局\t2026\t古树",
    ],
)
def test_a_year_beside_whatever_asks_for_it(told):
    text = f"项目支出绩效目标表\n{told}\n项目名称\t古井修缮\n一级指标\t二级指标\t三级指标\t指标值\n"
    (table,) = read_text(f"{text}产出指标\t数量指标\t修缮古井口数\t≥9口\n").tables
    assert table.year == 2026


@pytest.mark.parametrize(
    "heads", ["2027年指标值\t2028年指标值\t2029年指标值", "指标值\t指标值\t指标值\n\t\t\t2027年\t2028年\t2029年"]
)
def test_values_of_further_years_stand_aside(heads):
    rows = "产出指标\t数量指标\t检修泵站数量\t≥6座\t≥7座\t≥8座\n\t质量指标\t检修合格率\t≥95%\t≥96%\t≥97%\n"
    text = f"项目支出绩效目标表\n（2027年度）\n项目名称\t泵站检修\n一级指标\t二级指标\t三级指标\t{heads}\n{rows}"
    (table,) = read_text(text).tables
    assert [row.annual.text for row in table.indicators] == ["≥6座", "≥95%"]
    assert [tuple(row.columns.values()) for row in table.indicators] == [("≥7座", "≥8座"), ("≥96%", "≥97%")]
    assert all(row.period is None for row in table.indicators)


@pytest.mark.parametrize(
    "text",
    [
        "经费构成：电费188万元，维修费122万元。", "资金来源：县级财政安排310万元。", "项目预算：310万元。",
        "资金安排：2027年安排310万元；其余自筹。", "经费来源：县级财政安排。",
        "经费构成：设备费：200万元；人工费：110万元；合计：310万元。",
    ],
)
def test_a_section_may_begin_as_a_row_of_the_money_does(text):
    head = "项目支出绩效目标表\n（2027年度）\n项目名称\t泵站检修\n"
    money = "项目资金（万元）\t年度资金总额\t310\n其中：财政拨款\t310\n"
    (table,) = read_text(f"{head}{money}项目概况\t{text}\n{TREE}").tables
    assert table.sections["项目概况"] == text
    assert table.annual_funding is not None
    assert dict(table.annual_funding.sources) == {"财政拨款": 3_100_000}


@pytest.mark.parametrize(
    "told",
    [
        "资金总额\t960\n其中：2027年\t320\n2028年\t310\n2029年\t330", "资金总额\t960\n其中：2029年\t330\n2027年\t320",
        "资金总额\t960\n其中：2027年资金\t320", "资金总额\t960\n其中：本年度\t320",
        "项目总投资\t960\n其中：财政拨款\t960\n年度资金总额\t320\n其中：财政拨款\t320",
        "三年资金总额\t960\n年度资金总额\t320", "3年总投资\t960\n当年资金总额\t320",
    ],
)  # fmt: skip
def test_the_money_of_the_year_in_that_of_several(told):
    head = "项目支出绩效目标表\n（2027年度）\n项目名称\t泵站检修\n"
    (table,) = read_text(f"{head}项目资金（万元）\t{told}\n{TREE}").tables
    assert table.annual_funding is not None
    assert table.period_funding is not None
    assert (table.annual_funding.total, table.period_funding.total) == (3_200_000, 9_600_000)


@pytest.mark.parametrize(
    ("heads", "period", "annual", "aside"),
    [
        (["2026年指标值", "2027年指标值"], None, "≥2座", ["≥1座"]),
        (["2026年指标值", "2027年指标值", "2028年指标值"], None, "≥2座", ["≥1座", "≥3座"]),
        (["2028年指标值", "2027年指标值"], None, "≥2座", ["≥1座"]),
        (["指标值（2026年）", "指标值（2027年）"], None, "≥2座", ["≥1座"]),
        (["三年指标值", "2027年指标值", "2028年指标值"], "≥1座", "≥2座", ["≥3座"]),
        (["中期指标值", "2027年指标值", "2028年指标值"], "≥1座", "≥2座", ["≥3座"]),
        (["总目标值", "2027年目标值", "2028年目标值", "2029年目标值"], "≥1座", "≥2座", ["≥3座", "≥4座"]),
    ],
)
def test_the_column_of_the_form_s_own_year(heads, period, annual, aside):
    values = [f"≥{n}座" for n in range(1, len(heads) + 1)]
    text = "项目支出绩效目标表\n（2027年度）\n项目名称\t泵站检修\n一级指标\t二级指标\t三级指标\t" + "\t".join(heads)
    (table,) = read_text(text + "\n产出指标\t数量指标\t检修泵站数量\t" + "\t".join(values) + "\n").tables
    (row,) = table.indicators
    assert (row.period and row.period.text, row.annual and row.annual.text) == (period, annual)
    assert [value for value in row.columns.values() if value] == aside


def test_years_of_targets_without_that_of_the_form_stay_in_their_order():
    text = "项目支出绩效目标表\n（2030年度）\n项目名称\t泵站检修\n一级指标\t二级指标\t三级指标\t"
    rows = "2026年指标值\t2027年指标值\n产出指标\t数量指标\t检修泵站数量\t≥1座\t≥2座\n"
    (table,) = read_text(text + rows).tables
    assert [row.annual.text for row in table.indicators] == ["≥1座"]
