"""Monitoring, whole departments, one project a row, parents, page breaks, repeated cells, lost labels."""

from reader_forms import rows

from kpi.readers import read_text

HEADS = "一级指标\t二级指标\t三级指标\t指标值\n"


def one(text):
    (table,) = read_text(text).tables
    return table


MONITORING = (
    "2027年项目支出绩效运行监控表\n项目名称\t渡口运营\n"
    "绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t1-7月执行情况\t全年预计完成情况\t偏差原因分析\t\t\t\t\t\t完成目标可能性\t\t\n"
    "\t\t\t\t\t\t\t经费保障\t制度保障\t人员保障\t硬件条件保障\t其他\t原因说明\t确定能\t有可能\t完全不可能\n"
    "\t产出指标\t数量指标\t开航天数\t≥350天\t200天\t350天\t\t\t\t\t\t\t√\t\t\n"
    "\t\t质量指标\t安全检查合格率\t=100%\t96%\t98%\t\t\t√\t\t\t检查员未到位\t\t√\t\n"
)


def test_ticks_of_a_monitoring_form_are_words():
    table = one(MONITORING)
    first, second = table.indicators
    assert table.form == "monitoring"
    assert (first.expected_year_end, first.outlook, first.reason) == ("350天", "确定能", "")
    assert (second.actual.text, second.outlook, second.reason) == ("96%", "有可能", "人员保障；检查员未到位")


def test_levels_of_a_department_are_kept_as_printed():
    table = one(
        "2027年度部门整体支出绩效目标表\n单位:万元\n部门名称\t澄湖县档案馆\n年度预算申请\t资金总额:90\n"
        "一级指标\t二级指标\t三级指标\t指标值\t分值\t评分标准\n"
        "履职效能\t整体效能\t接待查档人次\t≥2000人次\t10\t每少5%扣1分\n\t\t征集档案卷数\t≥300卷\t10\t\n"
        "运行成本\t公用经费\t人均公用经费\t≤1.1万元/人\t5\t\n社会效应\t满意度\t群众满意度\t≥90%\t10\t\n"
    )
    assert (table.form, table.project, table.annual_funding.total) == ("department", "澄湖县档案馆", 900000)
    assert rows(table) == [
        ["履职效能", "整体效能", "接待查档人次", None, "≥2000人次"],
        ["履职效能", "整体效能", "征集档案卷数", None, "≥300卷"],
        ["运行成本", "公用经费", "人均公用经费", None, "≤1.1万元/人"],
        ["社会效应", "满意度", "群众满意度", None, "≥90%"],
    ]
    assert dict(table.indicators[0].columns) == {"评分标准": "每少5%扣1分"}


def test_one_project_a_row_with_names_and_values_together():
    first, second = read_text(
        "2027年项目绩效目标汇总表\n单位:万元\n项目名称\t预算数\t年度目标\t数量指标\t质量指标\t社会效益指标\n"
        "路口改造\t35.5\t改造路口\t改造路口≥5处；施划标线3公里\t验收合格率≥95%\t事故下降率(≥10%)\n"
        "路灯换新\t12\t更换路灯\t更换数量：200盏\t亮灯率≥98%\t投诉下降率≥5%\n"
    ).tables
    assert (first.project, first.annual_funding.total, first.annual_goal) == ("路口改造", 355000, "改造路口")
    assert rows(first) == [
        ["产出指标", "数量指标", "改造路口", None, "≥5处"],
        ["产出指标", "数量指标", "施划标线", None, "3公里"],
        ["产出指标", "质量指标", "验收合格率", None, "≥95%"],
        ["效益指标", "社会效益", "事故下降率", None, "≥10%"],
    ]
    assert rows(second)[0] == ["产出指标", "数量指标", "更换数量", None, "200盏"]


def test_parts_know_their_whole():
    table = one(
        "项目名称\t苗圃扩建\n一级指标\t二级指标\t三级指标\t分值\t指标值\n产出指标\t数量指标\t★育苗面积\t10\t\n"
        "\t\t松树育苗面积\t\t3亩\n\t\t杉树育苗面积\t\t5亩\n\t\t★管护面积\t10\t20亩\n\t\t其中：封山面积\t\t8亩\n"
        "\t质量指标\t苗木成活率\t10\t≥90%\n"
    )
    assert [i.parent for i in table.indicators] == [None, "★育苗面积", "★育苗面积", None, "★管护面积", None]


def test_a_row_that_a_page_break_cuts():
    table = one(
        f"项目名称\t村道养护\t\t\n{HEADS}产出指标\t数量指标\t养护农村公路\t≥50\n第 2 页\n{HEADS}"
        "\t\t里程\t公里\n\t质量指标\t养护合格率\t≥95%\n"
    )
    assert rows(table) == [
        ["产出指标", "数量指标", "养护农村公路里程", None, "≥50公里"],
        ["产出指标", "质量指标", "养护合格率", None, "≥95%"],
    ]


def test_merged_cells_that_are_repeated():
    table = one(
        "项目名称\t项目名称\t航标维护\t航标维护\t航标维护\t航标维护\n项目概况\t项目概况\t维护航标\t维护航标\t维护航标\t维护航标\n"
        "绩效指标\t一级指标\t二级指标\t三级指标\t三级指标\t指标值\n绩效指标\t产出指标\t数量指标\t维护航标数量\t维护航标数量\t≥90座\n"
        "绩效指标\t产出指标\t质量指标\t航标正常率\t航标正常率\t≥99%\n"
    )
    assert rows(table) == [
        ["产出指标", "数量指标", "维护航标数量", None, "≥90座"],
        ["产出指标", "质量指标", "航标正常率", None, "≥99%"],
    ]
    assert dict(table.sections) == {"项目概况": "维护航标"}


def test_levels_lost_at_the_top_of_a_block():
    table = one(
        "项目名称 | 渔港疏浚 |\n一级指标 | 二级指标 | 三级指标 | 指标值 |\n疏浚土方量 | ≥9万立方米 |\n"
        "工程验收合格率 | 100% |\n时效指标 | 完工时间 | 2027年10月 |\n成本指标 | 每方疏浚成本 | ≤38元/立方米 |\n"
    )
    assert [i.level2 for i in table.indicators] == ["数量指标", "质量指标", "时效指标", "成本指标"]
    assert any("推定" in why for why in table.explain)


def test_full_marks_and_points_are_no_values():
    table = one(
        "项目支出绩效自评表\n项目名称 泵站检修\n"
        "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施\n"
        "产出指标(50分) 数量指标 检修泵站数量 ≥6座 6座 20 20\n质量指标 检修质量合格 15 15\n"
        "时效指标 按时完成检修 15 12\n"
    )
    assert [(i.annual.text, i.weight, i.score) for i in table.indicators] == [
        ("≥6座", "20", "20"),
        ("", "15", "15"),
        ("", "15", "12"),
    ]


def test_where_values_come_from_is_no_value():
    table = one(
        "项目名称\t水文巡测\n一级指标\t二级指标\t三级指标\t指标值及单位\t绩效标准\n产出指标\t数量指标\t巡测断面\t≥14处\t计划标准\n"
        "\t质量指标\t资料合格率\t≥98%\t历史标准\n"
    )
    assert [i.annual.text for i in table.indicators] == ["≥14处", "≥98%"]
    assert [dict(i.columns) for i in table.indicators] == [{"绩效标准": "计划标准"}, {"绩效标准": "历史标准"}]


def test_seals_and_opinions_below_the_rows_are_no_rows():
    table = one(
        f"项目名称\t闸门更换\t\t\n{HEADS}产出指标\t数量指标\t更换闸门\t3扇\n"
        "财务科(盖章) 年 月 日\t绩效科(盖章) 年 月 日\n"
        "澄湖县水利站\t单位:万元\n结果应用方案\t继续实施\n"
    )
    assert rows(table) == [["产出指标", "数量指标", "更换闸门", None, "3扇"]]


def test_a_small_table_without_levels():
    table = one(
        "2027年度运维经费绩效自评报告\n指标名称 |\n计量单位 |\n指标性质 |\n指标值 |\n运维站点 |\n个 |\n= |\n32 |\n"
        "系统可用率 |\n% |\n≥ |\n99 |\n用户满意度 |\n% |\n≥ |\n90 |\n(四)其他说明。\n"
    )
    assert [(i.name, i.annual.text, i.level2) for i in table.indicators] == [
        ("运维站点", "=32个", ""),
        ("系统可用率", "≥99%", ""),
        ("用户满意度", "≥90%", "服务对象满意度"),
    ]
    assert read_text("指标名称\t计量单位\t2027年\n常住人口\t万人\t38\n耕地面积\t万亩\t12\n").tables == ()


def test_columns_are_explained():
    table = one(f"项目名称\t闸门更换\t\t\n{HEADS}产出指标\t数量指标\t更换闸门\t3扇\n")
    assert table.explain[:2] == ("“三级指标”一列作指标名称：按表头用语", "“指标值”一列作指标值：按表头用语")
