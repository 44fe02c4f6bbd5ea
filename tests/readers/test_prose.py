"""Targets in a sentence of a longer text, broken over its lines, and sentences that only explain."""

import pytest

from kpi.readers import read_text

BROKEN = (
    "7\n为做好各处灯塔养护，共设1条数量指标：更换灯器\n数量≥6套；设1条质量指标：灯器完好率≥98%；设1条\n"
    "时效指标：故障修复及时率=100%；设1条社会效益指\n标：船只夜航秩序定性有效；设1条满意度指标：船员满\n意度≥90%。\n"
)
AFTER = (
    "第四部分：名词解释\n1.基本支出：是指为保障机构正常运转、完成日常工作任务\n"
    "而发生的人员支出和公用支出，不含项目支出。\n"
) * 2
WANT = [
    ("数量指标", "更换灯器数量", "≥6套"),
    ("质量指标", "灯器完好率", "≥98%"),
    ("时效指标", "故障修复及时率", "=100%"),
    ("社会效益", "船只夜航秩序", "有效"),
    ("服务对象满意度", "船员满意度", "≥90%"),
]
ONE = BROKEN.replace("\n", "").removeprefix("7") + "\n"


def said(text):
    return [(i.level2, i.name, i.annual.text) for t in read_text(text).tables for i in t.indicators]


@pytest.mark.parametrize(
    "text",
    [
        BROKEN + AFTER,
        ONE + AFTER,
        ONE.replace("；设1条", "；") + AFTER,
        BROKEN.replace("：", ":").replace("；", ";") + AFTER,
        AFTER + BROKEN + AFTER,
        ONE.replace("定性有效", "有效提升").replace("夜航秩序", "夜航安全") + AFTER,
    ],
    ids=["broken", "one line", "no counts", "narrow marks", "amid a text", "a state"],
)
def test_a_sentence_of_a_longer_text(text):
    found = said(text)
    assert found[:3] + found[4:] == WANT[:3] + WANT[4:]
    assert found[3] in (WANT[3], ("社会效益", "船只夜航安全", "有效提升"))


@pytest.mark.parametrize(
    "text",
    [
        "例如，" + ONE + AFTER,
        "填报样例：" + ONE + AFTER,
        "数量指标要写清做多少，质量指标要写清做到多好，时效指标要写清何时做完，满意度指标要写清谁来评价。\n" + AFTER,
        "去年数量指标更换灯器数量≥6套已经完成，我局在全县会议上作了发言，质量指标灯器完好率≥98%也受到了渔民和船员的一致称赞，"
        "下一步将在时效指标故障修复及时率=100%方面继续加油，满意度指标船员满意度≥90%由第三方调查机构负责抽样并出具报告。\n"
        + AFTER,
    ],
    ids=["an example", "a sample", "what to write", "a story"],
)
def test_what_only_speaks_of_targets(text):
    assert said(text) == []


def test_lines_that_each_end_are_not_joined():
    text = "数量指标 更换灯器数量不少于往年≥6套\n质量指标 更换后的灯器完好率≥98%\n时效指标 灯器故障修复及时率=100%\n"
    assert [name for _, name, _ in said(text)] == ["更换灯器数量不少于往年", "更换后的灯器完好率", "灯器故障修复及时率"]


GLUED = (
    "产出指标数量指标外出招商次数≥24次 15 质量指标亿元项目占比≥40% 15 时效指标{time} 15 "
    "效益指标经济效益指标到位资金6.5亿元 20 满意度指标客商满意度≥90% 10 合计100"
)


@pytest.mark.parametrize(
    ("written", "name", "value"),
    [
        ("及时完成招商任务全年", "及时完成招商任务", "全年"),
        ("招商进展通报每季度", "招商进展通报", "每季度"),
        ("佣金按月发放及时", "佣金按月发放", "及时"),
    ],
)
def test_points_stand_behind_each_row_of_a_sentence(written, name, value):
    (table,) = read_text(GLUED.format(time=written)).tables
    [timed] = [i for i in table.indicators if i.level2 == "时效指标"]
    assert (timed.name, timed.annual.text) == (name, value)
    assert [i.weight for i in table.indicators] == ["15", "15", "15", "20", "10"]


@pytest.mark.parametrize(
    ("written", "name", "value"),
    [("及时完成招商任务随时", "及时完成招商任务随时", ""), ("12月底", "", "12月底")],
    ids=["a name without a value", "a value without a name"],
)
def test_words_and_points_of_which_one_half_is_missing(written, name, value):
    document = read_text(GLUED.format(time=written))
    assert ("时效指标", name, value) in said(GLUED.format(time=written))
    assert document.unread == ()


def test_a_level_that_says_no_more_than_a_name_is_a_row_without_a_value():
    text = (
        "关于云溪镇香菇基地建设项目绩效目标设定的公示\n产出指标：数量指标：新建菇棚≥8栋；质量指标：菇棚验收合格率≥98%；"
        "时效指标：10月底前完成。\n效益指标：经济效益指标：基地年产值≥60万元；生态效益指标：不污染环境。"
        "\n满意度指标：菇农满意度≥95%。"
    )
    assert ("生态效益", "不污染环境", "") in said(text)


def test_a_bare_figure_and_its_points():
    text = GLUED.replace("外出招商次数≥24次 15", "外出招商次数≥24次 10 招商宣传4场次 5")
    text = text.format(time="招商进展通报每季度")
    assert ("数量指标", "招商宣传", "4场次") in said(text)


def test_a_name_ends_where_the_template_has_its_hole():
    text = (
        "关于石门镇羊肚菌基地建设项目绩效目标设定的公示\n产出指标：数量指标：新建大棚(≥**座)>=32座；质量指标：菌棒成活率(≥**%)>=90%；"
        "时效指标：完工及时率(≥**%)2031年10月底前完工。成本指标：菌棒补助(≤**元/棒)市场价。\n"
        "效益指标：经济效益指标：粮食增产(≥**万公斤)亩均增产50公斤以上。\n满意度指标：菇农满意度(≥**%)≥95%。"
    )
    found = said(text)
    assert ("时效指标", "完工及时率(≥**%)", "2031年10月底前完工") in found
    assert ("成本指标", "菌棒补助(≤**元/棒)", "市场价") in found
    assert ("经济效益", "粮食增产(≥**万公斤)", "亩均增产50公斤以上") in found
    assert ("时效指标", "", "2031年10月底前完工") in said(text.replace("完工及时率(≥**%)2031", "2031"))


def test_levels_that_say_one_thing_each_make_no_text_scrambled():
    text = (
        "关于沙滩镇病媒防制项目绩效目标设定的公示\n产出指标：数量指标：毒饵站数量≥420个；质量指标：灭鼠合格率≥95%；"
        "时效指标：消杀任务完成时间每月。\n效益指标：经济效益指标：减少群众医药费支出；社会效益指标：登革热病例≤0例；"
        "生态效益指标：不污染水源。可持续影响指标，防制机制逐步健全。\n满意度指标：居民满意度≥90%。"
    )
    found = said(text)
    assert ("时效指标", "消杀任务完成时间", "每月") in found
    assert ("经济效益", "减少群众医药费支出", "") in found
    assert ("可持续影响", "防制机制", "逐步健全") in found


def test_a_hole_of_two_figures_is_no_emphasis():
    text = (
        "关于大岔乡冬春救助项目绩效目标设定的公示\n产出指标：数量指标：救助户数(≥**户)≥260户；质量指标：认定准确率(≥**%)≥98%；"
        "时效指标：发放时间(**月**日前)春节前。\n满意度指标：受助群众满意度(≥**%)≥90%。"
    )
    assert ("时效指标", "发放时间(**月**日前)", "春节前") in said(text)


def test_marks_of_lists_in_front_of_levels_and_a_page_that_ends_amid_its_effects():
    text = (
        "2030年度渡船补助项目支出绩效目标批复表解读\n一、 项目总体目标\n本项目补助渡船9艘。\n二、 具体绩效指标\n"
        "  1. 产出指标\n  • 数量指标:补助渡船9艘;开行航线4条;配备水手若干名。\n"
        "  • 质量指标:船舶年检合格率达到100%;船况保持良好。\n"
        "  • 时效指标:首班船于6点30分开航;补助按学期拨付。\n  • 成本指标:每艘渡船年均补助不超过3万元。\n"
        "  1. 效益指标\n  • 社会效益:村民出行更加方便,超载投诉比上年减少20"
    )
    (table,) = read_text(text).tables
    assert table.cut
    assert not [row for row in table.indicators if "•" in row.name or "社会效益" in row.name]
    assert ("质量指标", "船舶年检合格率", "达到100%") in [(r.level2, r.name, r.annual.text) for r in table.indicators]
