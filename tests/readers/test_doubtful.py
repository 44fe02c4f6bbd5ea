"""A form that cannot be told apart is said to be unread; nothing of it becomes an indicator."""

import pytest

from kpi.readers import read_all, read_text
from kpi.readers.doubtful import HEAD_ALONE, HEADS_ONLY, MIXED, SEVERAL_VALUES, TEMPLATE, VALUELESS
from kpi.readers.pairs import LOST
from tests.forms.writers import FORMATS

NAMES_APART = """绩效目标申报表
(2027年度)
项目名称
红枫县残疾人托养补助
一级指标 二级指标
三级指标
★托养残疾人人数
★其中：重度残疾人人数
★托养补助标准
成本指标 人均补助标准 护理员补贴标准
机构救助标准
……
经济效益 带动残疾人家庭增收
指标
残疾人生活水平提升情况
效益指标
政策知晓率 受益残疾人数
可持续影响 指标
…… ……满意度指 标服务对 满意度指标
残疾人满意度 家属满意度
指标值 **人 **人 ≥**人次 ≥**% ≥**%
≥**% ≤**%
**元/人·月 **元/人·月
数量指标 ★残疾人就业技能培训人数
质量指标 托养机构达标率
"""
NO_FIGURES = (
    ""
    "年学生资助项目绩效目标自评表项目名称青云学院学生资助主管部门省教育厅一级指标二级指标三级指标年初目标值()实际完成值()得分"
    "产出指标数量指标奖学金人数减少助学金人数增加质量指标评审公正性良好效益指标社会效益指标学业完成情况改善"
)
LEVELS_APART = (
    "石梁区项目支出绩效目标申报表 (2027年度) 项目名称 渡口管护经费 主管部门 石梁区交通局 年度资金总额: 90,000 "
    "一级指标 二级指标 数量指标 产出指标 绩 效 指 标 质量指标 三级指标 指标值 码头栈桥 3处 渡船巡检 120次 "
    "安全宣传短信 ≥2万条 二级指标 数量指标 质量指标 产出指标 质量指标 渡船年检合格率 100% 时效指标 按月巡检 按月巡检 "
    "成本指标 渡船检修费、燃料费 9万元"
)
LABELS_LISTED = """专项资金绩效目标表
(2027年度)
专项名称
部门名称
部门相应职能职
责概述
专项立项
依据
专项实施
进度计划
专项长期
绩效目标
一级指标
产
出
指标
渡口管护经费专项属性延续专项
石梁区港航站资金总额(万元)9
二级指标 指标内容 指标值 备注
数量指标
渡船巡检次数
120次
及检修
提高渡船完好;保障
质量指标出行安全得到改
"""
NAMES_AS_HEADS = (
    "区域绩效目标表 (2027年度) 专项名称 残疾人事业补助 主管部门 省残联 一级 指标 二级指标 三级指标 "
    "康复服务人数 服药补贴人数 资助学生数 产 出 指 标 数量指标 托养补助人数 扶持基地个数 "
    "创业人数 补助能手人数 基层设施建设家数 改造户数 "
    "质量指标 服药率 康复服务率 社会效益 指标 满意度 指标 服务对象满意度指标 托养残疾人满意程度 受助残疾人满意度 指标值"
)
MARKS_ONLY = (
    "某平台项目绩效评价指标\n一级指标 二级指标 三级指标 评分依据\n"
    "业务指标 目标设定情况 (8分) 依据的充分性 是否有政策依据 3\n"
    "目标的明确度 立项文件，招标文件 3\n\n目标的合理性 目标设置是否合理 2\n"
)


@pytest.mark.parametrize("text", [NAMES_APART.replace("**", "12"), NO_FIGURES])
def test_mixed_columns_are_said_to_be_unread(text):
    document = read_text(text)
    assert document.tables == ()
    (part,) = document.unread
    assert part.reason in (MIXED, VALUELESS)
    assert part.text in ("红枫县残疾人托养补助", "青云学院学生资助", "乡道养护")
    assert part.location.line


def test_names_whose_values_are_behind_the_end_of_the_file_are_a_form_that_is_cut():
    document = read_text(NAMES_AS_HEADS)
    (table,) = document.tables
    assert (table.project, table.indicators, table.cut, document.unread) == ("残疾人事业补助", (), True, ())


def test_standards_of_marks_are_no_values():
    assert read_text(MARKS_ONLY).tables == ()


@pytest.mark.parametrize(
    "text",
    [
        "绩效目标保障发放绩效指标分类绩效指标绩效指标描述绩效指标评价标准评价标准确定依据优良中差产出指标救助覆盖率",
        "长期绩效指标 一级指标 二级指标 指标内容 指标值 备注 产出指标 数量指标 质量指标 … 效益指标 经济效益指标 …\n",
    ],
    ids=["glued", "template"],
)
def test_heads_without_a_form_are_told(text):
    document = read_text(text)
    assert (document.tables, [part.reason for part in document.unread]) == ((), [HEADS_ONLY])


@pytest.mark.parametrize(
    "text",
    [
        "绩效目标设定要求\n\n应当包括产出指标、效益指标和满意度指标，细分若干二级指标和三级指标，分别设定指标值。\n",
        "2027年预算公开\n表一\n单位：万元\n收入\t支出\n项目\t预算数\t项目\t合计\n一般公共预算\t15.9\t农林水支出\t4.9\n",
        "一、 总体目标\n保障大厅运行。\n  1. 产出指标\n  • 数量指标：窗口全年开放；系统可用；完成巡检。\n"
        "  • 质量指标：响应及时；修复及时；无事故。\n  • 时效指标：请求受理后尽快响应；预算与时间同步。\n",
    ],
    ids=["article", "budget", "sentences"],
)
def test_what_is_no_table_is_left_alone(text):
    document = read_text(text)
    assert (document.tables, document.unread) == ((), ())


@pytest.mark.parametrize("suffix", ["pdf", "xlsx", "docx"])
def test_values_on_another_page(suffix):
    names = [
        ["项目名称", "澄湖渡口修缮", "<"],
        ["一级指标", "二级指标", "三级指标"],
        ["产出指标", "数量指标", "修缮渡口数量"],
        ["^", "质量指标", "验收合格率"],
        ["效益指标", "社会效益指标", "受益村民人数"],
    ]
    values = [["指标值", "分值"], ["4座", "20"], ["=100%", "20"], ["≥3000人", "20"]]
    paper = ["2027年项目支出绩效目标表", names, "第2页", values]
    (document,) = read_all(f"打印.{suffix}", FORMATS[suffix](paper))
    assert document.tables == ()
    assert [part.reason for part in document.unread] == [VALUELESS]


def test_brackets_about_levels_begin_no_rows():
    text = (
        "项目支出绩效目标申报表( 年度)项目名称项目属性新增项目总目标绩效指标一级指标二级指标指标内容指标值备注"
        "产出(工作量)指标(数量、质量、成本方面的指标)1.2.3.4.效益指标(经济效益、社会效益、可持续影响等方面指标)1.2.3.4."
        "满意度指标服务对象满意度指标1.审核意见主管部门审核意见审核人:日期:"
    )
    values = [e.text for t in read_text(text).tables for i in t.indicators for _, e in i.entries() if e.text]
    assert values == []


HEADED = (
    "项目名称 | 泵站改造 |\n一级指标 | 二级指标 | 三级指标 | 指标值 |\n"
    "产出指标 | 数量指标 | 改造站房数量 | ≥3座 | 3座 | 9 | 8 | 无 | 科室甲 |\n"
    "产出指标 | 数量指标 | 更换水泵数量 | ≥4台 | 4台 | 9 | 8 | 无 | 科室乙 |\n"
    "产出指标 | 数量指标 | 检修闸门数量 | ≥5扇 | 5扇 | 9 | 8 | 无 | 科室丙 |\n"
)


def test_more_cells_without_a_column_than_values_are_a_form_that_cannot_be_told():
    document = read_text(HEADED.replace(" |", ""))
    assert (document.tables, [part.reason for part in document.unread]) == ((), [MIXED])


def test_cells_without_a_head_behind_the_columns_are_told_and_the_columns_read():
    document = read_text(HEADED)
    (table,) = document.tables
    assert [i.annual.text for i in table.indicators] == ["≥3座", "≥4台", "≥5扇"]
    assert [part.text for part in document.unread[:5]] == ["3座", "9", "8", "无", "科室甲"]
    assert {part.reason for part in document.unread} == {LOST}


def test_words_behind_a_level_at_the_end_of_a_file_are_where_it_breaks_off():
    text = (
        "绩效目标表(2027年度)项目名称泵站改造绩效指标一级指标二级指标三级指标指标值产出指标数量指标改造站房数量≥3座"
        "质量指标改造合格率≥98%时效指标改造完成率100%效益指标社会效益指标是"
    )
    document = read_text(text)
    (table,) = document.tables
    assert [i.annual.text for i in table.indicators] == ["≥3座", "≥98%", "100%", ""]
    assert document.unread == ()
    assert table.cut


def test_a_value_that_is_the_head_of_a_column_is_no_value():
    (table,) = read_text(
        "项目名称 | 泵站改造 |\n一级指标 | 二级指标 | 三级指标 | 指标值 |\n"
        "产出指标 | 数量指标 | 改造站房数量 | ≥3座 |\n | | 三级指标 | 实际完成值 |\n | 质量指标 | 改造合格率 | ≥98% |\n"
    ).tables
    assert [i.name for i in table.indicators] == ["改造站房数量", "改造合格率"]


def test_labels_that_stand_apart_from_what_they_ask_for():
    document = read_text(LABELS_LISTED)
    assert not document.tables
    assert [part.reason for part in document.unread] == [MIXED]


def test_a_template_that_nobody_filled_in_is_said_to_be_one():
    document = read_text(NAMES_APART)
    (part,) = document.unread
    assert (document.tables, part.reason, part.blank) == ((), TEMPLATE, True)


def test_a_blank_form_of_one_label_a_line_is_read():
    blank = "项目支出绩效目标表\n项目名称\n主管部门\n实施单位\n项目概况\n立项依据\n项目实施计划\n总体目标\n"
    rows = "一级指标\n二级指标\n三级指标\n指标值\n产出指标\n数量指标\n指标1:\n质量指标\n指标1:\n"
    assert MIXED not in [part.reason for part in read_text(blank + rows).unread]


def test_labels_of_a_form_for_special_funds():
    head = "专项名称\t渡口管护\n专项立项依据\t按规划\n专项实施进度计划\t三月招标\n部门相应职能职责概述\t管渡口\n"
    goals = "专项长期绩效目标\t三年修缮12处\n专项年度绩效目标\t修缮4处\n"
    rows = "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t修缮渡口\t4处\n\t质量指标\t合格率\t100%\n"
    (table,) = read_text(head + goals + rows).tables
    assert (table.period_goal, table.annual_goal) == ("三年修缮12处", "修缮4处")
    assert dict(table.sections) == {
        "专项立项依据": "按规划", "专项实施进度计划": "三月招标", "部门相应职能职责概述": "管渡口",
    }  # fmt: skip


def test_a_head_without_rows_is_said_to_be_one():
    head = "项目支出绩效目标申报表\n项目名称\t县乡道路前期\n主管部门\t云溪县交通运输局\n项目资金(万元)\t25\n"
    document = read_text(f"{head}项目概况\t勘察设计。\n")
    assert document.tables == ()
    (part,) = document.unread
    assert part.text == "项目支出绩效目标申报表"
    assert "没有找到绩效指标的行" in part.reason


def test_a_notice_that_speaks_of_forms_has_no_head():
    notice = "关于报送绩效目标的通知\n请填写项目支出绩效目标表，按时报送。\n联系人：王某 联系电话：0879-4416020\n"
    assert read_text(notice).unread == ()


def test_a_second_head_without_rows_is_told_beside_the_first_form():
    heads = "项目资金(万元)\t25\n一级指标\t二级指标\t三级指标\t指标值\n"
    rows = "产出指标\t数量指标\t检修泵站数量\t≥6座\n\t质量指标\t验收合格率\t100%\n"
    first = f"项目支出绩效目标表\n项目名称\t泵站检修\n{heads}{rows}"
    document = read_text(f"{first}\n项目支出绩效目标表\n项目名称\t闸门更换\n{heads}")
    assert [t.project for t in document.tables] == ["泵站检修"]
    assert [(u.project, u.reason) for u in document.unread] == [("闸门更换", HEAD_ALONE)]


def test_names_where_the_values_should_stand_are_no_form():
    told = {"检测管道长度": "数量", "修复管段长度": "数量", "检测合格率": "质量", "完成时间": "时效"}
    rows = "\n".join(f"{level}指标\t\t{name}\t\t" for name, level in told.items())
    text = f"项目支出绩效目标表\n项目名称\t管网修复\n二级指标\t三级指标\t指标值\t备注\n{rows}\n"
    document = read_text(text)
    assert document.tables == ()
    assert [part.text for part in document.unread]


def test_several_values_under_heads_that_tell_no_year():
    rows = "\n".join(f"产出指标\t数量指标\t清淤长度{n}段\t{n}公里\t{n + 1}公里\t≥{n + 2}公里" for n in range(1, 6))
    heads = "一级指标\t二级指标\t三级指标\t指标值\n\t\t\t基期数\t现状数\t今后数"
    document = read_text(f"项目支出绩效目标表\n项目名称\t河道清淤\n{heads}\n{rows}\n")
    assert document.tables == ()
    assert [(part.project, part.reason) for part in document.unread] == [("河道清淤", SEVERAL_VALUES)]
