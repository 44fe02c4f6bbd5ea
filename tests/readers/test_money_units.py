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
        ("项目资金\t年度资金总额\t245000", "245000"),
        ("项目资金\t年度资金总额\t24.5\n其中:市级财政拨款\t20万元", "245000"),
        ("项目资金\t年度资金总额\t0", "0"),
        ("主管部门\t澄湖县水利局\t项目预算金额(万元)\t24.5", "245000"),
        ("项目金额\t24.5万元\t其中:财政资金\t20万元", "245000"),
        ("预算规模\t预算数\t24.50\t其中:财政资金\t24.50\n单位:万元", "245000"),
        ("预算执行情况(万元)(20分)\t预算数(A)\t执行数(B)\t执行率(B/A)\n年度财政资金总额\t24.5\t20\t82%", "245000"),
        (
            "项目资金 (万元) 年初预算数 全年预算数 全年执行数 分值 执行率 得分\n年度资金总额: 24.5 24.5 20 10 82% 8",
            "245000",
        ),
        ("资金情况\t本年度预计投入(万元)\t财政资金(万元)\t其他\n\t24.5\t20\t4.5", "245000"),
        ("单位:万元\n项目资金\n项目总预算 65 资金分类 一般公共预算\n当年年度预算 24.5\n其中:财政资金 24.5", "245000"),
        ("单位:万元\n项目资金\n项目总预算 24.5 资金预算分类 一般公共预算\n其中:财政资金 24.5", "245000"),
        ("项目总预算(万元)\t75.00\t项目当年预算(万元)\t24.5", "245000"),
        ("年度预算(万元)\t24.5\t实施单位\t澄湖县泵站", "245000"),
        ("预算执行情况(10分)\t年度预算数(万元)\t年初预算\t调整后预算数\t预算执行数\n总额\t24.5\t26\t25", "245000"),
        ("下达中央预算内投资(万元)\t24.5", "245000"),
        ("计划总投资(万元)\t24.5", "245000"),
        ("资金额度\t24.5万元", "245000"),
        ("年初安排金额(万元)\t24.5", "245000"),
        ("投入目标(万元)\t24.5\t其中:财政拨款\t20", "245000"),
        ("预算\n执行\n情况\n(万元)\n转移支付预算数(A) 24.5万 预算执行率(B/A) 100%\n转移支付执行数(B) 24.5万", "245000"),
        ("项目资金(万元) 年度资金总额 金额(万元)\n(一)财政小计 20.5\n1、公共预算 20.5\n(二)自有小计 4.00", "245000"),
        ("预算执行情况 金额单位:万元\n预算数 24.5 到位数 24.5 执行数 20", "245000"),
    ],
)
def test_totals(head, yuan):
    assert total(head) == Decimal(yuan)


def test_a_small_figure_without_a_unit_is_not_believed():
    head = "项目支出绩效目标表\n项目名称\t泵站检修\n项目资金\t年度资金总额\t24.5\n其中:财政拨款\t24.5\n"
    (table,) = read_text(head + ROWS).tables
    assert (table.annual_funding.total, table.annual_funding.text) == (None, "24.5")
    assert dict(table.annual_funding.sources) == {"财政拨款": None}


def test_the_notice_above_the_form_says_the_unit():
    notice = "澄湖县水利局：\n现下达你局泵站检修资金24.5万元，请专款专用。\n"
    form = f"项目支出绩效目标表\n项目名称\t泵站检修\n项目资金\t年度资金总额\t24.5\n其中:财政拨款\t20\n{ROWS}"
    (table,) = read_text(notice + form).tables
    assert (table.annual_funding.total, table.money_unit) == (245000, "万元")
    assert dict(table.annual_funding.sources) == {"财政拨款": 200000}


def test_an_amount_of_another_figure_says_no_unit():
    notice = "澄湖县水利局：\n现下达你局资金124.5万元。\n"
    (table,) = read_text(f"{notice}项目支出绩效目标表\n项目名称\t泵站检修\n项目资金\t年度资金总额\t24.5\n{ROWS}").tables
    assert table.annual_funding.total is None


def test_the_unit_above_the_second_form_is_its_own():
    form = f"项目名称\t泵站检修\n预算规模\t预算数\t24\n{ROWS}"
    second = form.replace("泵站检修", "闸门更换")
    tables = read_text(f"单位一\t单位:万元\n{form}单位一\t单位:万元\n{second}").tables
    assert [t.annual_funding.total for t in tables] == [240000, 240000]
    assert [len(t.indicators) for t in tables] == [1, 1]


def test_rows_of_cost_in_wan_say_what_the_head_counts():
    cost = "产出指标\t成本指标\t单座检修成本\t≤80万元\n"
    form = f"项目支出绩效目标表\n项目名称\t泵站检修\n资金情况\t年度资金总额:\t500\n{ROWS}{cost}"
    (table,) = read_text(form).tables
    assert table.annual_funding.total == 5_000_000


def test_a_total_that_heads_those_of_both_halves():
    head = (
        "资金金额(万元)\t实施期资金总额:\t960\t年度资金总额:\t320\n"
        "\t其中:财政拨款\t950\t其中:财政拨款\t300\n\t其他资金\t10\t其他资金\t20\n"
        "总体目标\t实施期总目标\t年度目标\n\t三年检修泵站18座\t检修泵站6座\n"
    )
    (table,) = read_text(f"专项资金绩效目标表\n项目名称\t泵站检修\n{head}{ROWS}").tables
    assert (table.period_funding.total, table.annual_funding.total) == (9_600_000, 3_200_000)
    assert dict(table.period_funding.sources) == {"财政拨款": 9_500_000, "其他资金": 100_000}
    assert dict(table.annual_funding.sources) == {"财政拨款": 3_000_000, "其他资金": 200_000}
    assert (table.period_goal, table.annual_goal) == ("三年检修泵站18座", "检修泵站6座")


def test_sources_with_an_amount_a_column_on_lines_without_cells():
    head = (
        "资金构成(元) 年初预算数 全年预算数 执行数 分值 执行率(%) 得分\n"
        "资金总额: 120,000.00 120,000.00 30,000.00 10.00  25 2.5\n"
        "其中:财政资金: 0.00 0.00 0.00   0\n单位资金: 120,000.00 120,000.00 30,000.00   25\n"
        "财政专户管理资金: 0.00 0.00 0.00   0\n"
    )
    rows = ROWS.replace("\t", " ")
    (table,) = read_text(f"项目支出绩效自评表\n项目名称: 泵站检修 填报人: 联系方式:\n{head}{rows}").tables
    assert table.annual_funding.total == 120_000
    assert dict(table.annual_funding.sources) == {"财政资金": 0, "单位资金": 120_000, "财政专户管理资金": 0}


@pytest.mark.parametrize(
    ("money", "yuan", "sources"),
    [
        ("年度资金总额2,150万元,其中:财政拨款1,800万元,其他资金350万元。", 21_500_000, ["财政拨款", "其他资金"]),
        ("年度资金总额360万元；其中：上级补助为300万元；自筹资金60万元", 3_600_000, ["上级补助", "自筹资金"]),
        ("年度资金总额360万元,其中:财政拨款300万元,车辆购置费320万元。", None, []),  # what it is spent on is no source
        ("实施期资金总额1080万元,年度资金总额360万元,其中:财政拨款300万元。", None, []),  # of which half?
    ],
)
def test_money_in_a_sentence(money, yuan, sources):
    (table,) = read_text(f"项目支出绩效目标表\n项目名称:泵站检修\n项目资金:{money}\n{ROWS}").tables
    funding = table.annual_funding
    assert (funding and funding.total, list(funding.sources) if funding else []) == (yuan, sources)


#: What may be another year's, the whole project's, a part, a sum, a limit, a price or other money.
NO_TOTAL = """
2026年预算18万元，2027年预算20万元 2025年预算20万元 总投资100万元，本年度安排20万元
三年共60万元，其中2027年20万元 预算控制在25万元以内，其中2027年20万元 上年结转5万元
省级补助15万元，不足部分由学校自筹 市级补助5万元,区级配套10万元 15万元+5万元 15万元至20万元
2万美元 总额60，年度20 每年20万元，三年共60万元 预算20万元，其中中央15万元，省级8万元
比上年减少5万元 追加2万元 待定，上年20万元 原预算20万元，现未安排 已支付3万元 剩余3万元未支付
质保金2万元 争取20万元 其中工资5万元 上半年10万元 第一年20万元 至少20万元
每公里1万元，共20公里 人均200元 单价500元 按200元标准补贴 总预算60万元，本年预算20万元
一般公共预算20万元、政府性基金5万元
""".split()  # noqa: SIM905 - as they read
NO_WHOLE = ("每年20万元", "2025年20万元", "中央补助20万元")
TWO = "项目资金(万元)\t实施期资金总额{}\t年度资金总额{}"


@pytest.mark.parametrize(
    ("row", "period", "annual", "printed"),
    [
        ("项目资金(万元)\t年度资金总额20,均为财政拨款", None, 200_000, "20"),
        ("资金情况\t本项目预算20万元，其中中央15万元，省级5万元", None, 200_000, "20万元"),
        ("资金情况：本项目预算20万元，其中财政拨款20万元", None, 200_000, "20万元"),
        ("资金总额\t约需20万元", None, 200_000, "20万元"),
        ("资金总额：约20万元", None, 200_000, "20万元"),
        ("资金总额\t贰拾万元整", None, 200_000, "200000元"),
        ("资金情况\t2027年预算20万元", None, 200_000, "20万元"),
        (TWO.format("\t60", "\t约20"), 600_000, 200_000, "20"),
        ("项目资金(万元)\t实施期资金\t60\t年度资金\t20", 600_000, 200_000, "20"),
        (TWO.format("：60，均为财政拨款", "：20，均为财政拨款"), 600_000, 200_000, "20，均为财政拨款"),
        (TWO.format("60万元，其中财政50万元，自筹10万元", "20万元，其中财政15万元"), 600_000, 200_000, "20万元"),
        (TWO.format("\t每年20万元，三年共60万元", "\t2027年20万元"), 600_000, 200_000, "20万元"),
        *((f"资金情况\t{text}", None, None, text) for text in NO_TOTAL),
        *((TWO.format(f"\t{text}", "\t20万元"), None, 200_000, "20万元") for text in NO_WHOLE),
        *(
            (f"项目资金(万元)\n年度资金总额\t{text}", None, None, text)
            for text in ("约3个月内下达", "预计12月下达", "约10公里，按实结算", "约5个")
        ),
        ("年度资金总额(万元)\t约20", None, 200_000, "20"),
        ("项目资金\t均为财政拨款", None, None, "均为财政拨款"),
        ("项目资金\t该项目无需资金", None, None, "该项目无需资金"),
        ("年度资金总额\t见附件", None, None, "见附件"),
        ("年度资金总额\t", None, None, ""),
    ],
)  # fmt: skip
def test_words_where_the_amount_should_stand(row, period, annual, printed):
    (table,) = read_text(f"项目支出绩效目标表\n(2027年度)\n项目名称\t泵站检修\n{row}\n{ROWS}").tables
    assert (table.period_funding and table.period_funding.total) == period
    assert (table.annual_funding.total, table.annual_funding.text) == (annual, printed)


def test_words_in_place_of_both_totals_of_one_row():
    head = "实施期资金总额\t见附件\t年度资金总额\t另行批复\n"
    (table,) = read_text(f"项目支出绩效目标表\n项目名称\t泵站检修\n{head}{ROWS}").tables
    assert (table.period_funding.text, table.annual_funding.text) == ("见附件", "另行批复")


def test_amounts_in_the_cells_of_their_labels():
    head = "项目资金\t资金总额20万元\t其中：财政拨款15万元\t其他资金5万元\n"
    (table,) = read_text(f"项目支出绩效目标表\n项目名称\t泵站检修\n{head}{ROWS}").tables
    assert table.annual_funding.total == 200_000
    assert dict(table.annual_funding.sources) == {"财政拨款": 150_000, "其他资金": 50_000}


@pytest.mark.parametrize(
    ("head", "period", "annual"),
    [
        ("资金总额\t财政拨款\n20\t20", None, 200_000),
        ("项目资金\t财政拨款\t其他资金\t合计\n\t15\t5\t20", None, 200_000),
        ("项目资金\t资金总额\t财政拨款\t其他资金\n20\t15\t5", None, 200_000),  # the merged cell is left out
        ("项目资金\t实施期资金总额\t年度资金总额\n\t60\t20", 600_000, 200_000),
        ("项目资金\t实施期资金总额\t年度资金总额\n60\t20", 600_000, 200_000),
        ("实施期资金总额\t60\n年度资金总额\t财政拨款\t其他资金\t备注\n20\t15\t5\t", 600_000, 200_000),
        ("实施期资金总额\t财政拨款\t年度资金总额\t财政拨款\n60\t60\t20\t", 600_000, 200_000),
    ],
)
def test_totals_below_a_row_of_heads(head, period, annual):
    (table,) = read_text(f"项目支出绩效目标表\n项目名称\t泵站检修\n金额单位:万元\n{head}\n{ROWS}").tables
    assert (table.period_funding and table.period_funding.total) == period
    assert table.annual_funding.total == annual


def test_a_cost_that_the_figure_would_pay_in_yuan_says_no_wan():
    cost = "产出指标\t成本指标\t购置成本\t{}\n"
    head = "项目支出绩效目标表\n项目名称\t{}\n项目资金{}\t年度资金总额\t{}\n"
    (table,) = read_text(head.format("办公用品", "", 800) + ROWS + cost.format("≤0.08万元")).tables
    assert table.annual_funding.total is None
    first = head.format("泵站检修", "(万元)", 12) + ROWS
    _, second = read_text(first + head.format("零星费用", "", 900) + ROWS + cost.format("≤900元")).tables
    assert second.annual_funding.total is None


def test_a_total_left_blank_heads_none():
    head = "项目总投资(万元)\t\t年度资金总额\t200000\n"
    (table,) = read_text(f"项目支出绩效目标表\n项目名称\t泵站检修\n{head}{ROWS}").tables
    assert table.annual_funding.total == 200_000


def test_a_total_beside_that_of_a_half_heads_it():
    head = "资金总额(万元)\t实施期资金总额\t100\n\t其中:财政拨款\t100\n\t年度资金总额\t20\n\t其中:财政拨款\t20\n"
    (table,) = read_text(f"项目支出绩效目标表\n项目名称\t泵站检修\n{head}{ROWS}").tables
    assert (table.period_funding.total, table.annual_funding.total) == (1_000_000, 200_000)
    assert dict(table.annual_funding.sources) == {"财政拨款": 200_000}


def test_the_office_s_own_money_and_what_was_granted_are_one_sum():
    text = (
        "项目支出绩效目标申报表\n项目支出名称\t老年食堂运营补贴\n年度本级预算金额(万元)\t43.8\t该项目支出上级资金\t12\n"
        "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t运营老年食堂\t5家\n\t质量指标\t食品抽检合格率\t100%\n"
    )
    (table,) = read_text(text).tables
    assert table.annual_funding.total == 558000
    assert dict(table.annual_funding.sources) == {"该项目支出上级资金": 120000, "本级预算": 438000}
