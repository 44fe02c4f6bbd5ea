"""The points that first levels print, against those of their rows."""

import pytest

from kpi.readers import read_text
from kpi.rules import lint
from kpi.rules.loader import load

FORM = """项目支出绩效目标表
(2026年度)
项目名称 | 职工培训
一级指标 | 二级指标 | 三级指标 | 指标值 | 权重
产出指标({output}分) | 数量指标 | 培训职工人数 | ≥240人 | 20
产出指标({output}分) | 质量指标 | 学员结业率 | ≥95% | 10
产出指标({output}分) | 时效指标 | 培训完成时间 | 2026年10月31日前 | {time}
成本指标(20分) | 经济成本指标 | 人均培训成本 | ≤2000元/人 | 20
效益指标(20分) | 社会效益指标 | 学员持证上岗人数 | ≥60人 | 20
满意度指标(10分) | 服务对象满意度指标 | 参训学员满意度 | ≥90% | 10
"""


@pytest.mark.parametrize(
    ("output", "time", "off"),
    [
        (50, 20, False),  # 100 in all, told and printed
        (50, 10, True),  # 100 printed, 90 in rows
        (40, 10, False),  # 90 in all: 10 more stand elsewhere
        (40, 20, True),  # 90 printed, 100 in rows
        (30, 20, False),  # what is printed makes no whole: it tells nothing
    ],
)
def test_printed_points_against_those_of_the_rows(output, time, off):
    document = read_text(FORM.format(output=output, time=time))
    found = [f for f in lint([document], load("national")).findings if f.rule == "REQ009"]
    assert bool(found) is off, [f.message for f in found]
    assert all(f"产出指标印的是{output}分，各条加起来是{30 + time}分" in f.message for f in found)


CUT = """项目支出绩效目标表
(2026年度)
项目名称 | 职工培训
绩效指标(产出指标权重分值{output}分,效益指标权重分值40分) | 一级指标 | 二级指标 | 三级指标 | 指标值 | 分值
产出指标 | 数量指标 | 培训职工人数 | ≥240人 | 20
产出指标 | 数量指标 | 编印教材数量 | ≥240册 | 14
产出指标 | 质量指标 | 学员结业率 | ≥95% | 10
产出指标 | 时效指标 | 培训完成时间 | 2026年10月31日前 | 10
效"""


@pytest.mark.parametrize(("output", "off"), [(50, True), (54, False), (60, False), (20, False)])
def test_rows_of_a_form_that_breaks_off_may_have_too_much_already(output, off):
    found = lint([read_text(CUT.format(output=output))], load("national")).findings
    said = [f.message for f in found if f.rule == "REQ009"]
    assert bool(said) is off, said
    assert all("产出指标印的是50分，各条加起来是54分" in message for message in said)
