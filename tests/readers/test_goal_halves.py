"""Goals of both halves in the row of 总体目标, and a row of goals that is printed and blank."""

import pytest

from kpi.readers import read_text

HEAD = "石梁区项目支出绩效目标申报表\n(2027年度)\n项目名称\t渡口候船棚改造\t\t\t\n项目期\t3年\t\t\t\n"
MONEY = "项目资金(万元)\t年度资金总额\t150\t\t\n"
ROWS = "\n绩效指标\t一级指标\t二级指标\t三级指标\t指标值\n"
ROWS += "\t产出指标\t数量指标\t候船棚座数\t≥4座\n\t\t质量指标\t验收合格率\t=100%\n"
PERIOD, ANNUAL = "三年改造候船棚12座。", "改造候船棚4座。"


def goals(text):
    (table,) = read_text(HEAD + MONEY + text + ROWS).tables
    assert len(table.indicators) == 2
    return table


@pytest.mark.parametrize(
    "text",
    [
        f"总体目标\t实施期:{PERIOD}\t\t年度:{ANNUAL}",
        f"总体目标\t年度目标：{ANNUAL}\t\t中期目标：{PERIOD}",
        f"总体目标\t实施期:{PERIOD}年度:{ANNUAL}",
        f"总体目标\t(一)中期目标(2027—2029年):{PERIOD}(二)年度目标:{ANNUAL}",
        f"总体目标\t2027-2029年:{PERIOD}\t\t2027年:{ANNUAL}",
        f"总体目标\t实施期\t{PERIOD}\t年度\t{ANNUAL}",
        f"\t实施期\t\t年度\t\n总体目标\t{PERIOD}\t\t{ANNUAL}",
        f"总体目标\n实施期:{PERIOD}\n年度:{ANNUAL}",
        f"年度总体目标\t实施期:{PERIOD}\t\t年度:{ANNUAL}",
        f"总体目标  实施期:{PERIOD}  年度:{ANNUAL}",
        f"绩效目标\t总体\t\t年度\t\n\t{PERIOD}\t\t{ANNUAL}\t",
        f"三年总体绩效目标\t{PERIOD}\t\t\t\n2027年绩效目标\t{ANNUAL}\t\t\t",
        f"绩效目标\t长期目标\t{PERIOD}\t\t\n\t短期目标\t{ANNUAL}\t\t",
        f"总体目标(2027-2029年)\t{PERIOD}\t\t\t\n阶段性目标\t{ANNUAL}\t\t\t",
        f"预期总目标\t{PERIOD}\t\t\t\n年度预期目标\t{ANNUAL}\t\t\t",
    ],
)
def test_each_half_has_its_goal(text):
    table = goals(text)
    assert (table.period_goal, table.annual_goal, table.term) == (PERIOD, ANNUAL, "3年")
    assert {"goals.period", "goals.annual"} <= table.locations.keys()


@pytest.mark.parametrize(
    "text",
    [
        "资金情况(元)\t\t总体\t4500000\t年度\t1500000",
        "资金(元)\t三年合计\t4500000\t2027年\t1500000",
        "项目资金\t资金总额：450万元，其中：2027年150万元\t\t\t",
        "资金总额(万元)\t450\t其中：本年度\t150\t",
    ],
)
def test_each_half_has_its_money(text):
    (table,) = read_text(f"{HEAD}{text}\n年度目标\t{ANNUAL}\t\t\t{ROWS}").tables
    assert (table.period_funding.total, table.annual_funding.total) == (4500000, 1500000)


@pytest.mark.parametrize("label", ["实施期", "年度"])
def test_one_half_alone_stays_as_written(label):
    table = goals(f"总体目标\t{label}:{ANNUAL}\t\t\t")
    assert (table.period_goal, table.annual_goal) == (None, f"{label}:{ANNUAL}")


@pytest.mark.parametrize("label", ["总体目标", "年度总体目标", "总目标"])
def test_a_blank_row_of_goals_is_a_blank_goal(label):
    assert goals(f"{label}\t\t\t\t").annual_goal == ""


def test_no_row_of_goals_is_no_goal():
    assert goals("项目概况\t改造渡口\t\t\t").annual_goal is None
    assert goals("绩效目标\t\t\t\t").annual_goal is None  # left of the whole block in many a form


def test_a_list_that_begins_anew_is_what_came_of_the_goals():
    goal = "1、检修泵站6座。2、培训闸工40人。"
    head = "项目支出绩效自评表\n项目名称 泵站检修\n年度目标 年度总体目标完成情况\n"
    text = f"{head}{goal} 1、检修泵站5座。2、培训闸工42人。\n"
    rows = "一级指标 二级指标 三级指标 指标值\n产出指标 数量指标 检修泵站数量 ≥6座\n产出指标 质量指标 验收合格率 100%\n"
    (table,) = read_text(text + rows).tables
    assert table.annual_goal == goal


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("年度目标:改造候船棚4座。", (None, ANNUAL)),
        ("实施期目标:三年改造候船棚12座。  年度目标:改造候船棚4座。", (PERIOD, ANNUAL)),
        ("年度目标:改造候船棚4座。 实际完成情况:改造5座。", (None, ANNUAL)),
        ("年度目标:目标1:改造候船棚4座,完成情况1:改造5座。", (None, "目标1:改造候船棚4座")),
        ("年度目标:目标1:改造候船棚4座,公开完成情况。", (None, "目标1:改造候船棚4座,公开完成情况。")),
        ("年度目标:改造候船棚4座。 项目期:1年 项目属性:一次性", (None, ANNUAL)),
        ("目标:完成招标", (None, None)),  # of a plan
    ],
)
def test_goals_behind_their_labels(line, expected):
    (table,) = read_text(f"项目支出绩效目标表\n项目名称:渡口候船棚改造\n{line}{ROWS}").tables
    assert (table.period_goal, table.annual_goal) == expected


def test_a_heading_is_no_project_where_one_is_named():
    head = "项目支出绩效目标表\n项目名称:湖区保洁\n一、财政专项资金\n年度资金总额:20万元\n年度目标:保洁95亩\n"
    (table,) = read_text(head + ROWS).tables
    assert (table.project, table.annual_funding.total) == ("湖区保洁", 200_000)
    (table,) = read_text(head.replace("项目名称:湖区保洁\n", "") + ROWS).tables
    assert table.project == ""


@pytest.mark.parametrize("again", ["项目名称:湖区保洁\t填报单位:某局", "项目名称:湖区保洁(续)"])
def test_the_name_once_more_on_the_next_page_opens_no_form(again):
    rows = ROWS.strip("\n")
    head = "项目支出绩效目标表\n项目名称\t湖区保洁\n"
    more = "一级指标\t二级指标\t三级指标\t指标值\n效益指标\t社会效益\t受益人数\t≥900人\n"
    (table,) = read_text(f"{head}{rows}\n{again}\n{more}").tables
    assert (table.project, len(table.indicators)) == ("湖区保洁", 3)
    assert table.locations["project"].line == 2


@pytest.mark.parametrize("again", ["日常工作经费", "日常工作经费(续签)"])
def test_a_form_with_its_own_money_is_a_form_whatever_it_is_called(again):
    form = "项目名称{}\n主管部门\t{}\n项目资金(万元)\t年度资金总额\t{}" + ROWS
    tables = read_text(form.format("\t日常工作经费", "甲局", 20) + "\n" + form.format(f":{again}", "乙局", 30)).tables
    assert [(t.project, t.department, t.annual_funding.total) for t in tables] == [
        ("日常工作经费", "甲局", 200_000),
        (again, "乙局", 300_000),
    ]


def test_a_goal_and_what_came_of_it_with_one_blank_between():
    head = "项目支出绩效自评表\n项目名称 渡口保险\n年度总体目标完成情况 预期目标 实际完成情况\n"
    text = f"{head}给渡工投保意外险,参保面达到全部渡口 全部渡工参保,理赔3人。\n"
    rows = "一级指标 二级指标 三级指标 指标值\n产出指标 数量指标 参保渡工人数 ≥60人\n"
    (table,) = read_text(f"{text}{rows}产出指标 质量指标 参保信息准确率 100%\n").tables
    assert table.annual_goal == "给渡工投保意外险,参保面达到全部渡口"


def test_a_term_told_by_its_first_and_last_year():
    head = "项目支出绩效目标表\n项目名称\t渡口保险\n实施期限\t起始年度\t2027\t到期年度\t2028\n"
    rows = "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t参保渡工人数\t≥60人\n"
    (table,) = read_text(f"{head}{rows}产出指标\t质量指标\t参保信息准确率\t100%\n").tables
    assert table.term == "2027至2028"
