"""REQ: what must be filled in. Cases are data; here are the properties and the corners of the readers of text."""

import pytest
from form_cases import cases, check, found
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules.checks.placeholders import masked
from kpi.rules.checks.rows import blank, template_name
from kpi.values import parse


@pytest.mark.parametrize("case", cases("required_cases.yaml"), ids=lambda case: case["title"])
def test_cases(national, case):
    check(found(national, case), case["want"])


@pytest.mark.parametrize("name", ["指标1", "指标2：", "……", "…", "指标 3、", "★指标1", "指标1……", "三级指标1", "1."])
def test_names_of_the_template(name):
    assert template_name(name)


@pytest.mark.parametrize(
    "name", ["指标1工程完工率", "核心指标达成", "指标体系", "1号桥维修", "", "—", "多指标联考通过率"]
)
def test_names_of_people(name):
    assert not template_name(name)


@pytest.mark.parametrize(
    "text", ["公里", "≧ %", "≥**人", "≤XX万元", "××%", "……", "≥ 个", "（ ）%", "___元/人", "*元/人·月", "≥****亩"]
)
def test_values_of_the_template(text):
    assert masked(text)


@pytest.mark.parametrize(
    "text",
    [
        "≥5公里", "优", "0", "0元", "100%", "通过验收", "X光机3台", "无", "2026年6月", "国家级", "人民满意", "≥95",
        "是", "三天", "十人", "两个月", "百分之百", "半年", "优秀", "达标", "及时", "一年", "一级", "全年", "每年",
        "按月", "零", "正常", "长期",
    ],
)  # fmt: skip
def test_values_that_are_values(text):
    assert not masked(text)


@given(
    st.integers(0, 10**9),
    st.sampled_from(["≥", "≤", "=", ""]),
    st.sampled_from(["人", "公里", "%", "万元", "元/亩", "次"]),
)
def test_a_figure_is_never_a_placeholder(figure, sign, unit):
    text = f"{sign}{figure}{unit}"
    assert not masked(text)
    assert not blank(text)
    assert parse(text).kind == "quantity"


@given(st.text(alphabet="—-–/ 　", max_size=6))
def test_dashes_state_nothing(text):
    assert blank(text)
