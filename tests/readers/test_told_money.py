"""Money that stands in no row of its own: above a tree of levels, or in a sentence of a report."""

from decimal import Decimal

import pytest

from kpi.readers import read_text

ROWS = "产出指标\n数量指标(必填)\n更新测井\n6眼\n质量指标(必填)\n测井合格率\n100%\n"
TREE = "溪口市水文站2031年项目绩效目标批复表\n单位:{unit}\n项目\n指标值\n绩效金额\n{above}测井更新\n{amount}\n" + ROWS
REPORT = (
    "溪口市水文站2031年度测井更新绩效自评报告\n一、项目资金情况\n{said}\n二、绩效目标\n"
    "指标名称 |\n计量单位 |\n指标性质 |\n指标值 |\n更新测井 |\n眼 |\n= |\n6 |\n测井合格率 |\n% |\n≥ |\n95 |\n"
)


@pytest.mark.parametrize(
    ("unit", "above", "amount", "total"),
    [
        ("元", "溪口市水文站\n", "860000", 860000),
        ("万元", "溪口市水文站\n", "86", 860000),
        ("元", "", "860,000.00", 860000),
        ("元", "溪口市水利局\n溪口市水文站\n", "860000", 860000),
        ("元", "", "86万元", 860000),
    ],
)
def test_the_project_above_a_tree(unit, above, amount, total):
    (table,) = read_text(TREE.format(unit=unit, above=above, amount=amount)).tables
    assert (table.project, table.annual_funding.total) == ("测井更新", total)
    assert [(i.level2, i.name) for i in table.indicators] == [("数量指标", "更新测井"), ("质量指标", "测井合格率")]


@pytest.mark.parametrize(
    "text",
    [
        TREE.format(unit="元", above="", amount="860000").replace("绩效金额\n", ""),  # no head says what the figure is
        TREE.format(unit="元", above="310000\n", amount="860000"),  # of which project?
        TREE.format(unit="元", above="", amount="860000").replace("项目\n", "项目名称\n"),  # the field of a form
    ],
)
def test_a_figure_above_a_tree_that_may_be_anything(text):
    assert all(not t.annual_funding or t.annual_funding.total is None for t in read_text(text).tables)


@pytest.mark.parametrize(
    "said",
    [
        "全年预算数86万元,全年执行数80.5万元,预算执行率93.6%。",
        "根据测井更新方案等文件审核,批复预算资金86万元。",
        "项目年初预算资金为86万元，实际支出80.5万元。",
        "本项目当年预算安排86万元；已执行80.5万元。",
        "年度预算总额共计860000元，资金支出805000元，结余55000元。",
        "2031年调整后预算金额：86万元，年度支出金额：80.5万元。",
    ],
)
def test_a_sentence_of_budget_and_spent(said):
    (table,) = read_text(REPORT.format(said=said)).tables
    assert table.annual_funding.total == Decimal(860000)


@pytest.mark.parametrize(
    "said",
    [
        "全年预算数86万元。",  # may be that of anything
        "批复预算资金86万元,追加后核定预算资金92万元。",
        "全年预算数86万元,全年执行数80.5万元。另一项目全年预算数12万元,全年执行数12万元。",
        "全年预算数较上年增加86万元,全年执行数80.5万元。",
    ],
)
def test_a_sentence_that_leaves_the_budget_open(said):
    (table,) = read_text(REPORT.format(said=said)).tables
    assert table.annual_funding is None


@pytest.mark.parametrize(
    ("lines", "total"),
    [
        ("预算情况 | 部门预算总额(万元) | 1310.6 |\n", "13106000"),
        ("中期市财政预算(万元) | 8600.00 | 本年度申请市财政预算资金(万元) | 412.00 |\n", "4120000"),
        ("年度资金总额(万元) | 90 |\n其中：本年度财政资金(万元) | 60 |\n", "900000"),
    ],
)
def test_totals_with_their_unit_in_a_column_of_their_own(lines, total):
    text = f"目标申报表 | |\n项目名称 | 沼泽湿地巡护 |\n{lines}一级指标 | 二级指标 | 三级指标 | 指标值 |\n"
    [form] = read_text(f"{text}产出指标 | 数量指标 | 巡护里程 | ≥900公里 |\n").tables
    assert str(form.annual_funding.total) in (total, f"{total}.0", f"{total}.00")


def test_money_that_came_in_the_course_of_the_year():
    text = (
        "项目支出绩效自评表\n(2025年度)\n项目名称\t应急抢险补助\n"
        "项目资金(万元)\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n\t年度资金总额\t0\t12.4\t12.4\t10\t100%\t10\n"
        "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t抢险处数\t≥3处\t3处\t90\t90\n"
    )
    [form] = read_text(text).tables
    assert (form.annual_funding.total, form.execution.budget) == (124_000, 0)
    assert form.annual_funding.location.column == form.execution.places["adjusted"].column


@pytest.mark.parametrize(
    "lines",
    [
        "资金总额（万元）\t100\n其中：\t年度财政资金（万元）\t80\n\t年度其他资金（万元）\t20\n",
        "年度资金总额（万元）\t100\n年度省级财政资金（万元）\t80\n年度县级财政资金（万元）\t20\n",
    ],
)
def test_money_below_a_total_is_its_source(lines):
    text = f"项目绩效目标表\n项目名称\t古桥加固\n{lines}一级指标\t二级指标\t三级指标\t指标值\n"
    [form] = read_text(f"{text}产出指标\t数量指标\t加固古桥座数\t≥6座\n").tables
    assert form.annual_funding.total == 1_000_000
    assert [part for part in form.annual_funding.sources.values() if part] == [800_000, 200_000]


def test_sources_of_the_first_column_are_not_those_of_the_second():
    text = (
        "项目支出绩效自评表\n(2025年度)\n项目名称\t应急抢险补助\n"
        "项目资金(万元)\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n"
        "\t年度资金总额\t0\t12.4\t12.4\t10\t100%\t10\n\t其中：当年财政拨款\t0\t12.4\t12.4\n\t其他资金\t0\t0\t0\n"
        "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t抢险处数\t≥3处\t3处\t90\t90\n"
    )
    [form] = read_text(text).tables
    assert (form.annual_funding.total, form.annual_funding.sources) == (124_000, {})


def test_one_source_of_each_half_that_only_the_year_tells_apart():
    """财政拨款 beside 当年财政拨款: the first is of the whole term, and none is counted twice."""
    text = (
        "项目支出绩效目标表\n项目名称\t合唱团建设\n资金总额\t420万元\t当年资金总额\t150万元\n"
        "其中：财政拨款\t420万元\t其中：当年财政拨款\t150万元\n"
        "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t合唱团数量\t18个\n"
    )
    table = read_text(text).tables[0]
    assert table.period_funding.sources == {"财政拨款": 4200000}
    assert table.annual_funding.sources == {"财政拨款": 1500000}


def test_what_the_money_goes_to_and_subtotals_are_no_sources():
    """小计 of the sources below it; 支出 begins what it is spent on."""
    text = (
        "项目支出绩效目标表\n项目名称\n图书车运行\n项目资金 (万元)\n收入\n资金总额\n64\n"
        "财政拨款\n小计\n64\n一般公共预算资金\n64\n其他资金\n0\n"
        "支出\n半年计划执行数\n全年预算数\n图书车运行经费\n30\n64\n"
        "一级指标\n二级指标\n三级指标\n指标值\n产出指标\n数量指标\n出车次数\n≥260次\n质量指标\n图书完好率\n≥95%\n"
    )
    table = read_text(text).tables[0]
    told = {name: figure for name, figure in table.annual_funding.sources.items() if figure}
    assert (table.annual_funding.total, told) == (640000, {"一般公共预算资金": 640000})
