"""VAL and UNI: cases are data; here are the fixes, which must read as they promise."""

import pytest
from form_cases import cases, check, found

from kpi.rules.example_spec import ExampleSpec
from kpi.rules.examples import run_example
from kpi.values import parse

CASES = cases("value_cases.yaml", "wording_cases.yaml", "unit_cases.yaml")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_cases(national, case):
    check(found(national, case), case["want"])


def finding(ruleset, code, level2, name, value):
    example = ExampleSpec.model_validate({"level2": level2, "name": name, "value": value})
    return next(f for f in run_example(ruleset, code, example) if f.rule == code)


@pytest.mark.parametrize(
    "value", [">= 95%", "≥９５%", "百分之九十五以上", "三十人以上", "=100.00(%)", "2026 年 12 月底前"]
)
def test_a_safe_fix_leaves_the_reading_as_it_is(national, value):
    fix = finding(national, "VAL017", "质量指标", "完成情况", value).fix
    assert fix is not None
    assert fix.safe
    before, after = parse(value), parse(fix.replace)
    assert (before.kind, before.comparator, before.lower, before.upper, before.unit, before.date) == (
        (after.kind, after.comparator, after.lower, after.upper, after.unit, after.date)
    )
    assert not after.spelling


@pytest.mark.parametrize(
    ("code", "level2", "name", "value", "replace"),
    [
        ("VAL006", "数量指标", "图书采购", "5000册", "≥5000册"),
        ("VAL008", "质量指标", "合格率", "≥100%", "=100%"),
        ("VAL009", "质量指标", "完好率", ">98%", "≥98%"),
        ("VAL010", "质量指标", "投诉率", "≥5%", "≤5%"),
        ("VAL011", "质量指标", "出勤率", "2100%", "=100%"),
        ("VAL013", "时效指标", "完工时间", "46265", "2026年8月31日前"),
        ("UNI001", "质量指标", "完成率", "100元", "=100%"),
    ],
)
def test_a_fix_that_moves_the_threshold_is_unsafe(national, code, level2, name, value, replace):
    fix = finding(national, code, level2, name, value).fix
    assert fix is not None
    assert not fix.safe
    assert fix.replace == replace
