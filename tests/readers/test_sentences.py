"""Targets in the sentences of a report, and sentences that tell none."""

import pytest

from kpi.readers import read_text

REPORT = "云泽区路灯节能改造项目2027年度绩效自评报告\n数量指标:改造路灯1200盏,已完成;\n质量指标:亮灯率≥98%,实际98.6%;\n"


def test_a_level_a_line_with_what_was_reached():
    (table,) = read_text(REPORT + "时效指标:按时完工,已完成;\n满意度指标:居民满意度不低于90%。\n").tables
    assert (table.form, table.project, table.year) == ("self-evaluation", "云泽区路灯节能改造项目", 2027)
    assert [(i.level2, i.name, i.annual.text, i.actual and i.actual.text) for i in table.indicators] == [
        ("数量指标", "改造路灯", "1200盏", "已完成"),
        ("质量指标", "亮灯率", "≥98%", "实际98.6%"),
        ("时效指标", "按时完工", "", "已完成"),
        ("服务对象满意度", "居民满意度", "不低于90%", None),
    ]
    assert [i.annual.location.line for i in table.indicators] == [2, 3, 4, 5]


def test_a_first_level_with_a_target_of_its_own():
    told = "3.效益指标:路灯完好率97%,已完成。\n4.满意度指标:居民满意度不低于90%。\n"
    (table,) = read_text(REPORT + told).tables
    assert [(i.level2, i.name) for i in table.indicators] == [
        ("数量指标", "改造路灯"), ("质量指标", "亮灯率"), ("效益指标", "路灯完好率"), ("服务对象满意度", "居民满意度"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        REPORT,  # two levels are no form
        "数量指标:开展巡查。\n质量指标:巡查到位。\n时效指标:全年开展。\n",  # no figure at all
        REPORT + "时效指标:" + "全年共开展各类巡查活动，覆盖全部乡镇和街道，" * 8 + "\n",  # the story of what was done
        "绩效目标:改造路灯≥1200盏,居民满意度≥90%。\n",  # two targets are a goal like any other
        "改造路灯≥1200盏;亮灯率≥98%;居民满意度≥90%;投诉件数≤3件。\n",  # nothing says that these are goals
    ],
    ids=["two levels", "no figure", "a story", "two targets", "no label"],
)
def test_sentences_that_are_no_form(text):
    assert read_text(text).tables == ()


def test_levels_that_head_the_sentences_below_them():
    told = (
        "柳浦区困难群众救助项目2027年度绩效自评报告\n"
        "1.产出指标完成情况分析\n(1)数量指标\n按政策发放救助资金,做到应保尽保。\n"
        "(2)质量指标\n救助资金发放准确率100%。按照规定,救助标准为每月1300元,按收入补差发放。\n"
        "(3)时效指标。救助资金发放及时率100%,按照相关规定发放。\n"
        "(4)社会效益指标\n救助对象生活水平有所提高;救助政策知晓率95%。\n"
    )
    (table,) = read_text(told).tables
    assert [(i.level2, i.name, i.annual.text) for i in table.indicators] == [
        ("质量指标", "救助资金发放准确率", "100%"),
        ("时效指标", "救助资金发放及时率", "100%"),
        ("社会效益", "救助对象生活水平", "有所提高"),
        ("社会效益", "救助政策知晓率", "95%"),
    ]


def test_targets_that_are_counted_in_words_with_what_came_of_them():
    told = (
        "1、数量指标:第一,康复服务人数年初指标值为不低于85人,全年实际完成值100人。"
        "第二,托养服务人次年初指标值为不低于105人次,全年实际完成值116人次。\n"
        "2、时效指标:服务完成时间年初指标值为2027年12月底,实际在规定时间内完成。\n"
        "3、社会效益指标:残疾人出行便利程度有所提高。\n"
    )
    (table,) = read_text(told).tables
    assert [(i.name, i.annual.text, i.actual and i.actual.text) for i in table.indicators] == [
        ("康复服务人数", "不低于85人", "100人"),
        ("托养服务人次", "不低于105人次", "116人次"),
        ("服务完成时间", "2027年12月底", "在规定时间内完成"),
        ("残疾人出行便利程度", "有所提高", None),
    ]


@pytest.mark.parametrize("bullet", ["", "•", "(1)", "- ", "①"])
def test_levels_in_sentences_below_their_first_levels(bullet):
    """A level's sentence is no target of the name 数量, and its clause is read once."""
    told = (
        f"2027年泵站检修项目绩效自评报告\n1.产出指标\n{bullet}数量指标:检修泵站6座，实际检修6座。\n"
        f"{bullet}质量指标:检修合格率100%，实际100%。\n2.效益指标\n{bullet}社会效益:受益农户300户，实际320户。\n"
    )
    (table,) = read_text(told).tables
    assert [(i.level2, i.name, i.annual.text) for i in table.indicators] == [
        ("数量指标", "检修泵站", "6座"),
        ("质量指标", "检修合格率", "100%"),
        ("社会效益", "受益农户", "300户"),
    ]


def test_clauses_of_a_level_that_have_no_value():
    """In words they are what the level says; with a figure nobody could place they are told as unread."""
    told = (
        "2027年街区保洁项目绩效目标\n数量指标：清扫道路12条，其余另行安排。\n质量指标：保洁合格率95%。\n"
        "时效指标：清运及时率98%。\n社会效益指标：人人参与。\n满意度指标：居民满意度95%以上。\n"
    )
    document = read_text(told)
    (table,) = document.tables
    assert [i.name for i in table.indicators] == ["保洁合格率", "清运及时率", "居民满意度"]
    assert (table.sections["社会效益"], [(u.level2, u.location.line) for u in document.unread]) == (
        "人人参与",
        [("数量指标", 2)],
    )


def test_clauses_that_are_a_name_and_a_state():
    told = (
        "2027年街区保洁项目绩效目标\n数量指标：清扫道路12条；聘用保洁人员若干名。\n"
        "质量指标：清运车况可靠,压缩站能正常接收垃圾，密闭合格率100%。\n时效指标：清运费按季度拨付。\n社会效益指标：环境整洁。\n"
    )
    (table,) = read_text(told).tables
    assert [(i.level2, i.name, i.annual.text) for i in table.indicators] == [
        ("数量指标", "清扫道路", "12条"),
        ("数量指标", "聘用保洁人员", "若干名"),
        ("质量指标", "清运车况", "可靠"),
        ("质量指标", "压缩站", "能正常接收垃圾"),
        ("质量指标", "密闭合格率", "100%"),
        ("时效指标", "清运费拨付", "按季度"),
        ("社会效益", "环境", "整洁"),
    ]
