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
