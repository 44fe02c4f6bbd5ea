"""Forms of two columns of labels, whose column of names holds the second levels."""

import pytest
from reader_forms import rows

from kpi.readers import read_text

HEAD = "项目名称 | 老码头护栏更换 |\n"
PIPES = HEAD + "指标类型 | 指标名称 | 指标值 | 指标描述 |\n"
NAMED = "产出指标 | 数量指标 | 更换护栏长度 | 1200米 |\n质量指标 | 护栏合格率 | 100% |\n"
WANT = [
    ["产出指标", "数量指标", "数量指标", None, "1200米"],
    ["产出指标", "质量指标", "质量指标", None, "100%"],
    ["效益指标", "社会效益", "社会效益指标", None, "是"],
]
DESCRIBED = [
    ["产出指标", "数量指标", "更换沿江护栏", None, "1200米"],
    ["产出指标", "质量指标", "护栏全部合格", None, "100%"],
    ["效益指标", "社会效益", "行人更安全", None, "是"],
]
FORMS = {
    "rows that leave merged cells out": PIPES
    + "产出指标 | 数量指标 | 1200米 | 更换沿江护栏 |\n质量指标 | 100% | 护栏全部合格 |\n"
    "效益指标 | 社会效益指标 | 是 | 行人更安全 |\n",
    "every cell": PIPES
    + "产出指标 | 数量指标 | 1200米 | 更换沿江护栏 |\n产出指标 | 质量指标 | 100% | 护栏全部合格 |\n"
    "效益指标 | 社会效益指标 | 是 | 行人更安全 |\n",
    "tabs and blank cells": "项目名称\t老码头护栏更换\n指标类别\t指标内容\t目标值\t备注\n产出指标\t数量指标\t1200米\t\n"
    "\t质量指标\t100%\t\n效益指标\t社会效益指标\t是\t\n",
    "results and points": HEAD
    + "一级指标 | 指标名称 | 指标值 | 完成值 | 分值 | 得分 |\n产出指标 | 数量指标 | 1200米 | 1180米 | 30 | 29 |\n"
    "产出指标 | 质量指标 | 100% | 100% | 30 | 30 |\n效益指标 | 社会效益指标 | 是 | 是 | 30 | 30 |\n",
    "no explanation": HEAD
    + "指标类型 | 指标名称 | 指标值 |\n产出指标 | 数量指标 | 1200米 |\n产出指标 | 质量指标 | 100% |\n"
    "效益指标 | 社会效益指标 | 是 |\n",
}


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_the_level_is_the_name_where_no_column_describes_it(text):
    (table,) = read_text(text).tables
    assert rows(table) == (DESCRIBED if "指标描述" in text else WANT)


def test_levels_in_short_some_of_them_blank():
    text = (
        HEAD + "一级指标 | 指标名称 | 指标值 | 半年执行情况 | 完成可能性 |\n产出指标 | 数量 | | | |\n质量 | | | |\n"
        "成本 | 全年预算48万元 | 已用四成 | 确定能 |\n效益指标 | 社会效益 | 护栏更牢 | 正在更换 | 确定能 |\n"
    )
    (table,) = read_text(text).tables
    assert rows(table) == [
        ["产出指标", "数量指标", "", None, ""],
        ["产出指标", "质量指标", "", None, ""],
        ["产出指标", "成本指标", "成本", None, "全年预算48万元"],
        ["效益指标", "社会效益", "社会效益", None, "护栏更牢"],
    ]


def test_one_satisfaction_is_no_level():
    text = HEAD + "指标类型 | 指标名称 | 指标值 |\n产出指标 | 护栏长度 | 1200米 |\n满意度指标 | 群众满意度 | ≥90% |\n"
    (table,) = read_text(text).tables
    assert [(i.name, i.annual.text) for i in table.indicators] == [("护栏长度", "1200米"), ("群众满意度", "≥90%")]


@pytest.mark.parametrize(
    "text",
    [
        PIPES + NAMED,
        HEAD + "指标类型 | 指标名称 | 指标值 |\n" + NAMED,
        HEAD + "一级指标 | 二级指标 | 三级指标 | 指标值 |\n" + NAMED,
    ],
    ids=["a cell short of a value", "a level without a head", "levels below their head"],
)
def test_names_stay_names(text):
    (table,) = read_text(text).tables
    assert [i.name for i in table.indicators] == ["更换护栏长度", "护栏合格率"]


@pytest.mark.parametrize(
    "line",
    [
        "上年评价情况 | 优秀□ 良好□ 合格□ | 附评价报告 |\n",
        "项目属性 | 新增□ 延续□ |\n",
        "是否公开 | ☐是 ☐否 |\n",
        "重要程度 | □重要 □一般 | 说明理由 |\n",
        "绩效评价结果 | 进度完成率 | 10分 | 节约率 |\n",
    ],
)
def test_boxes_and_results_below_the_rows_are_no_rows(line):
    (table,) = read_text(FORMS["rows that leave merged cells out"] + line).tables
    assert rows(table) == DESCRIBED
