"""Text that has lost its separators: what tells where its cells end."""

import pytest

from kpi.readers import read_text

HEAD = "项目支出绩效{kind}表(2031年度)项目名称溪桥夜校主管部门青岚县教育局年度总体目标办好夜校,学员满意。绩效指标"
THREE = "一级指标二级指标三级指标"
TARGETS = HEAD.format(kind="目标") + THREE
RESULTS = HEAD.format(kind="自评") + THREE
SCORED = RESULTS + "年度指标值实际完成值分值得分"
LAST = "满意度指标服务对象满意度指标学员满意度≥90%"
SCORED_LAST = "满意度指标服务对象满意度指标学员满意度≥90%93%1010"
FLAGS = (
    "部门整体绩效自评表主管部门青岚县农机站绩效指标指标名称计量单位指标性质年初指标值调整指标值{actual}得分系数(%)指标权重(分)指标得分(分)"
    "是否核心指标"
)


def rows(text):
    return [(i.level2, i.name, i.annual.text) for t in read_text(text).tables for i in t.indicators if i.name]


def results(text):
    return [
        (i.name, i.annual.text, i.actual.text if i.actual else None, i.score)
        for t in read_text(text).tables
        for i in t.indicators
        if i.name
    ]


def unread(text):
    return [part.text for part in read_text(text).unread]


def test_lines_of_the_template_that_nobody_filled_in_are_rows_without_a_name():
    text = SCORED + (
        "产出指标数量指标开设课程12门12门2020指标2:指标3:质量指标指标1:指标2:时效指标指标1:指标2:成本指标指标1:指标2:"
        "效益指标经济效益指标指标1:指标2:社会效益指标识字率提高提高3030指标2:" + SCORED_LAST + "指标2:"
    )
    told = [(level, name) for level, name, _ in rows(text)]
    assert [name for _, name in told if not name.startswith("指标")] == ["开设课程", "识字率", "学员满意度"]
    assert told[:4] == [("数量指标", "开设课程"), ("数量指标", "指标2"), ("数量指标", "指标3"), ("质量指标", "指标1")]
    assert told[-1] == ("服务对象满意度", "学员满意度")  # 指标2: is where the text breaks off: its name may follow
    assert unread(text) == []


def test_a_second_column_of_names_says_what_the_first_is_about():
    text = TARGETS + (
        "指标内容指标值绩效标准产出指标数量指标助学人数实际领取助学金的人数180人计划标准质量指标出勤率对全部学员按学期统计的出勤率95%历史标准"
        "考核通过率结业考核通过率90%计划标准时效指标发放及时率各学期助学金及时发放100%计划标准"
        "成本指标助学标准夜校助学金发放标准260元/月/人计划标准"
    )
    assert rows(text) == [
        ("数量指标", "助学人数", "180人"),
        ("质量指标", "出勤率", "95%"),
        ("质量指标", "考核通过率", "90%"),
        ("时效指标", "发放及时率", "100%"),
        ("成本指标", "助学标准", "260元/月/人"),
    ]


def test_an_explanation_begins_as_its_name_does():
    text = TARGETS + "指标解释指标值产出指标数量指标修缮乡村校舍修缮乡村校舍屋面面积1200平方米" + LAST
    assert rows(text)[0] == ("数量指标", "修缮乡村校舍", "1200平方米")


def test_two_halves_need_a_value_between_their_names():
    text = TARGETS + "指标值二级指标三级指标指标值产出指标数量指标开设课程36门数量指标开设课程12门" + LAST
    (table,) = read_text(text).tables
    assert (table.indicators[0].period.text, table.indicators[0].annual.text) == ("36门", "12门")


def test_an_amount_stands_below_its_label():
    head = "专项资金绩效目标表\n专项名称夜校助学专项属性延续专项\n部门名称青岚县教育局资金总额\n(万元)\n46\n"
    (table,) = read_text(head + THREE + "指标值\n产出指标数量指标开设课程12门\n" + LAST).tables
    assert (table.project, table.annual_funding.total) == ("夜校助学", 460000)


def test_a_name_may_end_in_the_figure_that_it_asks_for():
    text = SCORED.replace("分值得分", "得分") + (
        "产出指标成本指标每年房租补贴60万元60万元60万元20效益指标经济效益指标增收达到3万元3万元3.4万元30" + SCORED_LAST
    )
    assert results(text)[:2] == [
        ("每年房租补贴60万元", "60万元", "60万元", "20"),
        ("增收达到3万元", "3万元", "3.4万元", "30"),
    ]


def test_a_result_that_the_end_of_the_text_cuts_off_is_where_the_form_breaks_off():
    text = SCORED + "产出指标数量指标开设课程12门12门2020效益指标可持续影响指标为村民提供技术服务服务人群扩大服务人"
    assert results(text)[-1][:3] == ("为村民提供技术服务", "服务人群扩大", None)
    assert unread(text) == []
    assert read_text(text).tables[0].cut


@pytest.mark.parametrize("actual", ["全年完成值", "年成值全完值"])
def test_columns_of_a_departments_own_form(actual):
    text = FLAGS.format(actual=actual) + (
        "农机检验率%定量指标90%95%100%22否牌证发放率%100%100%100%11否轮作调整率%3%0100%22否"
        "制度健全性性标定指高高100%33否"
        "库房管理安全好好100%22否培训次数次定量指标26次28次100%1010是跨区作业组织率%90%96%100%1010否"
    )
    assert results(text) == [
        ("农机检验率", "90%", "95%", "2"),
        ("牌证发放率", "100%", "100%", "1"),
        ("轮作调整率", "3%", "0", "2"),
        ("制度健全性", "高", "高", "3"),
        ("库房管理安全", "好", "好", "2"),
        ("培训次数", "26次", "28次", "10"),
        ("跨区作业组织率", "90%", "96%", "10"),
    ]


def test_one_share_where_three_are_asked_for_is_unread():
    text = FLAGS.format(actual="全年完成值") + "农机检验率%90%95%100%22否用车变动率%100%22否培训覆盖率%90%96%100%22是"
    assert [name for name, *_ in results(text)] == ["农机检验率", "培训覆盖率"]
    assert unread(text) == ["用车变动率%100%22否"]


def test_a_unit_of_two_words_at_the_end_of_a_part():
    text = TARGETS + "指标值产出指标数量指标监测鸟类种次160种次质量指标监测合格率95%" + LAST
    assert rows(text)[0] == ("数量指标", "监测鸟类种次", "160种次")


def test_a_second_level_behind_a_first_one_that_was_read_wrong():
    text = SCORED + "产出指标数量指标开设课程12门12门2020标效益满指服务对象满意度夜校学员满意度90%95%2020"
    assert rows(text)[-1] == ("服务对象满意度", "夜校学员满意度", "90%")


@pytest.mark.parametrize(
    "text",
    [
        "产出指标数量指标开设课程12-第1页-门质量指标结业率≥9第 2 页 共 3 页5%效益指标社会效益指标辍学率逐年下降",
        "产出指标数量指标开设课程1\n2门质量指\n标结业\n率≥95%效益指标社会效益指标辍学\n率逐年下降",
        "产出指标数量开设课程12门质量结业率≥95%时效效益指标社会效益指标辍学率逐年下降",
    ],
)
def test_pages_lines_and_short_levels(text):
    assert rows(f"{TARGETS}指标值{text}{LAST}") == [
        ("数量指标", "开设课程", "12门"),
        ("质量指标", "结业率", "≥95%"),
        ("社会效益", "辍学率", "逐年下降"),
        ("服务对象满意度", "学员满意度", "≥90%"),
    ]


def test_the_next_project_begins_behind_the_total():
    one = SCORED + "产出指标数量指标开设课程12门12门9090" + SCORED_LAST
    other = one[one.index("项目名称") :].replace("溪桥夜校", "云岭茶市").replace("开设课程12门12门", "修缮摊位30个30个")
    tables = read_text(f"{one}总分100100{other}").tables
    assert [(t.project, t.indicators[0].name) for t in tables] == [("溪桥夜校", "开设课程"), ("云岭茶市", "修缮摊位")]


LINES = TARGETS + "指标值\n{}满意度指标服务对象满意度指标学员满意度≥90%\n"


@pytest.mark.parametrize(
    ("line", "row"),
    [
        (
            "成本指标助学标准按每学期不超过260元的课本费据实补助\n",
            ("成本指标", "助学标准", "按每学期不超过260元的课本费据实补助"),
        ),
        ("时效指标开课期限2031年秋季学期内排定的夜间课\n", ("时效指标", "开课期限", "2031年秋季学期内排定的夜间课")),
        (
            "数量指标全年授课次数识字班120次以上,算账班80次以上,农技班60次以上\n",
            ("数量指标", "全年授课次数", "识字班120次以上,算账班80次以上,农技班60次以上"),
        ),
        ("质量指标教学质量随堂听课6次都评为良好的班级\n", ("质量指标", "教学质量", "随堂听课6次都评为良好的班级")),
        (
            "成本指标教师课时费标准由3名校长按职称核定的课酬发放\n",
            ("成本指标", "教师课时费标准", "由3名校长按职称核定的课酬发放"),
        ),
    ],
)
def test_a_value_of_many_words_with_a_figure_amid_them(line, row):
    text = LINES.format("产出指标数量指标开设课程12门\n" + line)
    assert rows(text)[1] == row
    assert unread(text) == []


@pytest.mark.parametrize(
    "line",
    ["数量指标识字班开课120次以上,算账班80次以上\n", "数量指标夜课课时数教师人数共达120人次的教学班\n"],
    ids=["no name that ends as names do", "two such names"],
)
def test_a_line_that_cannot_be_divided_is_unread(line):
    text = LINES.format("产出指标数量指标开设课程12门\n" + line)
    assert [name for _, name, _ in rows(text)] == ["开设课程", "学员满意度"]
    assert unread(text) == [line.removeprefix("数量指标").strip()]


def test_the_whole_amount_of_a_budget_stands_below_its_label():
    head = "专项资金绩效目标表\n项目名称夜校助学\n主管预算部门青岚县教育局项目预算金额\n(万元)\n46\n"
    (table,) = read_text(head + THREE + "指标值\n产出指标数量指标开设课程12门\n" + LAST).tables
    assert (table.department, table.annual_funding.total) == ("青岚县教育局", 460000)


def test_a_heading_of_the_rows_is_no_goal():
    head = RESULTS.replace("年度总体目标办好夜校,学员满意。绩效指标", "年度绩效目标完成情况")
    text = head + "年度指标值实际完成值分值得分产出指标数量指标开设课程12门12门2020" + SCORED_LAST
    (table,) = read_text(text).tables
    assert table.annual_goal is None


@pytest.mark.parametrize(
    ("rest", "lost"),
    [
        # why marks were lost
        ("社会效益指标识字率提高1%提高2%3025个别学员缺课质量指标结业率95%96%1010", "个别学员缺课"),
        ("任务2:学员人次增加增372人次55质量指标结业率95%96%1010", "任务2:学员人次"),  # 增加, and by how much
    ],
)
def test_what_was_not_told_apart_is_unread_and_not_missing(rest, lost):
    document = read_text(SCORED + "产出指标数量指标任务1:开设课程12门12门2020" + rest + SCORED_LAST)
    (table,) = document.tables
    assert lost not in [i.name for i in table.indicators]
    assert [(part.text, part.project) for part in document.unread] == [(lost, table.project)]
    assert all(e.text for i in table.indicators for _, e in i.entries())


def test_what_is_unread_of_a_department_belongs_to_its_form():
    head = SCORED.replace("项目支出", "部门整体支出").replace("项目名称溪桥夜校主管部门", "部门名称")
    rows_ = "产出指标数量指标开设课程12门12门2020质量指标结业率95%96%1010个别学员缺课"
    document = read_text(head + rows_ + SCORED_LAST)
    (table,) = document.tables
    assert {part.project for part in document.unread} == {table.project}


def test_a_first_level_at_the_end_is_where_the_text_breaks_off():
    (table,) = read_text(SCORED + "产出指标数量指标开设课程12门12门2020质量指标结业率95%96%1010满意度指标").tables
    assert table.cut


def test_a_form_that_nobody_filled_in_is_one_of_template_rows():
    levels = ("产出指标数量指标", "质量指标", "时效指标", "效益指标社会效益指标", "满意度指标服务对象满意度指标")
    document = read_text(SCORED + "".join(level + "指标1:指标2:……" for level in levels) + "总分100")
    names = [i.name for table in document.tables for i in table.indicators if i.name]
    assert set(names) == {"指标1", "指标2:……"}
    assert document.unread == ()


@pytest.mark.parametrize(
    ("row", "read"),
    [
        ("质量指标投诉率控制在2%以内", ("质量指标", "投诉率", "控制在2%以内")),
        ("数量指标教师培训、教具运送及检修完成", ("数量指标", "教师培训、教具运送及检修", "完成")),  # no 完成质量指标
        ("生态效益指标增加绿荫,缓解闷热有效", ("生态效益", "增加绿荫,缓解闷热", "有效")),
    ],
)
def test_where_a_value_in_words_begins(row, read):
    assert read in rows(f"{TARGETS}指标值产出指标{row}质量指标课程合格率≥95%效益指标{LAST}")


def test_a_level_that_says_nothing_is_not_told_as_unread():
    document = read_text(f"{TARGETS}指标值产出指标数量指标开课数量≥9期成本指标社会成本指标无效益指标{LAST}")
    assert document.unread == ()


def test_nothing_said_of_both_name_and_value():
    named = "产出指标数量指标开课数量≥9期效益指标经济效益指标不涉及不涉及社会效益指标听课人数≥90人"
    document = read_text(f"项目支出绩效目标表项目名称技能培训一级指标二级指标三级指标指标值{named}")
    assert (len(document.tables[0].indicators), document.unread) == (2, ())


def test_a_satisfaction_level_behind_a_bare_figure():
    named = "产出指标数量指标开课数量≥9期效益指标社会效益指标听课人数≥300服务对象满意度听课学员满意度≥95%"
    (table,) = read_text(f"项目支出绩效目标表项目名称技能培训一级指标二级指标三级指标指标值{named}").tables
    assert [(i.level2, i.name) for i in table.indicators][-1] == ("服务对象满意度", "听课学员满意度")


def test_a_figure_is_not_cut_where_words_in_front_of_it_end():
    head = f"{TARGETS}指标解释指标方向东街街道办西坪镇南坪镇产出指标数量指标开课数量(期)反映开课情况≥201622"
    last = "满意度指标服务对象满意度指标学员满意度(%)反映学员评价≥90%90%90%"
    document = read_text(f"{head}质量指标课程合格率(%)反映课程情况≥95%95%95%效益指标{last}")
    (table,) = document.tables
    assert not any("6" in entry.text for row in table.indicators for _, entry in row.entries())
    assert any("≥201622" in one.text for one in document.unread)


def test_a_remark_that_all_rows_have_begins_no_name():
    scored = f"{RESULTS}年初目标值实际完成值未完成原因产出指标数量指标开课数量不少于9期9期已完成修桌椅12张12张已完成"
    text = f"{scored}质量指标课程合格率100%100%已完成满意度指标服务对象满意度指标学员满意度不低于90%93%已完成"
    assert [row[0] for row in results(text)] == ["开课数量", "修桌椅", "课程合格率", "学员满意度"]


def test_the_label_of_a_department_with_its_unit_in_brackets():
    text = f"{TARGETS}指标值产出指标数量指标开课数量≥9期{LAST}".replace("主管部门", "主管部门(单位)名称")
    (table,) = read_text(text).tables
    assert table.department == "青岚县教育局"


def test_money_told_with_what_it_is_made_of():
    money = "资金总额及构成总额1286.4万元财政拨款:1090万元二、自有资金:36.4万元"
    head = TARGETS.replace("年度总体目标", f"{money}年度总体目标")
    (table,) = read_text(f"{head}指标值产出指标数量指标开课数量≥9期成本指标总投资1286.4万…效益指标{LAST}").tables
    assert table.annual_funding.total == 12_864_000
    assert ("成本指标", "总投资", "1286.4万") in [(i.level2, i.name, i.annual.text) for i in table.indicators]


@pytest.mark.parametrize(
    ("row", "read"),
    [
        ("长效机制建立达成预期指标", ("社会效益", "长效机制", "建立")),  # 达成预期指标 is what came of it
        ("学员学习是否得到保障是达成预期指标", ("社会效益", "学员学习是否得到保障", "是")),
    ],
)
def test_what_rows_say_came_of_them_is_no_target(row, read):
    told = f"{RESULTS}年初目标值实际完成值未完成原因产出指标数量指标开课数量不少于9期9期达成预期指标"
    told += "教具完好率95%达成预期指标质量指标课程合格率100%达成预期指标"
    assert read in rows(f"{told}效益指标社会效益指标{row}满意度指标服务对象满意度指标学员满意度不低于90%")


def test_a_unit_with_its_thousands_in_front_of_a_figure():
    text = "部门整体绩效自评表主管部门青岚县农机站绩效指标指标名称计量单位指标性质指标值指标权重(分)全年完成值"
    text += "指标得分(分)说明更新农机数量台421042 10农机补贴兑现万元312.610312.610"
    assert ("", "农机补贴兑现", "312.6万元") in rows(text)


@pytest.mark.parametrize(
    ("row", "want"),
    [
        ("促进司法公开15裁判公信力得到提升有所提升14", ("促进司法公开", "裁判公信力得到提升", "有所提升", "14")),
        ("参审案件数6800件742件5", ("参审案件数", "800件", "742件", "5")),
    ],
    ids=["points of two digits", "a value with a unit behind the points"],
)
def test_points_and_values_that_run_together(row, want):
    head = RESULTS + THREE + "分值指标值全年实际值得分"
    head += "产出指标数量指标培训陪审员4120人次120人次4社会效益指标"
    assert want in results(head + row + "满意度指标陪审员满意度10≥90%92%9")


def test_eighty_odd_ten_thousands_are_one_figure():
    text = RESULTS + THREE + "年度指标值全年完成值产出指标数量指标巡逻里程≥21万公里23.4万公里"
    text += "经济效益指标挽回损失80余万元追赃92%满意度指标商户满意度≥90%90%"
    assert ("挽回损失", "80余万元") in {(name, value) for name, value, _, _ in results(text)}


def test_a_word_that_name_value_and_result_share():
    text = RESULTS + THREE + "年度指标值全年完成值产出指标数量指标检修船只6艘6艘时效指标医疗费按季结算按季按季"
    text += "满意度指标商户满意度≥90%90%"
    assert ("医疗费按季结算", "按季", "按季") in {row[:3] for row in results(text)}
    assert unread(text) == []


@pytest.mark.parametrize(
    ("row", "want"),
    [
        ("时效指标释放信息反馈20日内按时", ("释放信息反馈", "20日内", "按时")),
        ("数量指标聘用督导员≥3O人28人", ("聘用督导员", "≥3O人", "28人")),
        ("社会效益指标居民知晓率〉=90%92%", ("居民知晓率", "〉=90%", "92%")),
        ("时效指标垃圾清运日产日清日产日清", ("垃圾清运", "日产日清", "日产日清")),
        ("经济效益指标帮教对象就业增收有所增收增收", ("帮教对象就业增收", "有所增收", "增收")),
    ],
)
def test_values_as_clerks_and_scanners_write_them(row, want):
    text = RESULTS + THREE + "年度指标值全年完成值产出指标数量指标检修船只6艘6艘" + row
    assert want in {told[:3] for told in results(text + "满意度指标服务对象满意度指标学员满意度≥90%93%")}
