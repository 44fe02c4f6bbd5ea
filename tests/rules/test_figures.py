"""TXT001, TXT002, TXT009: cases are data; here are the verdict on two figures and texts meant to do harm."""

import subprocess
import sys
import time

import pytest
from form_cases import cases, check, found

from kpi.rules import lint
from kpi.rules.checks.verdicts import verdict
from kpi.rules.example_spec import ExampleSpec
from kpi.rules.examples import document
from kpi.values import parse

RULES = ["TXT001", "TXT002", "TXT009"]


CASES = cases("figure_cases.yaml", "promise_cases.yaml")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_cases(national, case):
    check(found(national, case), case["want"])


@pytest.mark.parametrize(
    ("goal", "row", "said"),
    [
        ("达到100%", "≥98%", "contradicts"), ("大于98%", "≥98%", None), ("不少于40人", "≥40人", None),
        ("90%以上", "≥95%", "row-stricter"), ("90%以上", "95%", "row-stricter"), ("95%以上", "90%", "contradicts"),
        ("5%以内", "≤8%", "contradicts"), ("5%以内", "≤3%", "row-stricter"), ("5%以内", "≥8%", "contradicts"),
        ("5%以内", "≥3%", None), ("≥5%", "≤8%", None), ("≥9%", "≤8%", "contradicts"),
        ("200人", "≥150人", "contradicts"), ("200人", "150人", "contradicts"), ("200人", "200名", None),
        ("约200人", "≥150人", None), ("2-3次", "≥5次", None), ("2万亩", "≥20000亩", None), ("30亩", "≥2公顷", None),
        ("0起", "≤2起", "contradicts"), ("200人", "≥200人次", None),
    ],
)  # fmt: skip
def test_verdict(goal, row, said):
    assert verdict(parse(goal), parse(row)) == said


@pytest.mark.slow
@pytest.mark.parametrize(
    "goal",
    [
        "",
        "\x00\x07\x1b",
        "1" * 10_000,
        "≥" * 10_000,
        "完成率95%，" * 2_000,
        pytest.param("培训教师3人、" * 1_500, marks=pytest.mark.slow),
        "（1）“5" * 2_000,
        "每1" * 5_000,
    ],
)
def test_no_text_does_harm(national, goal):
    rows = [
        {"level2": "质量指标", "name": goal[:60], "value": "≥90%"},
        {"level2": "数量指标", "name": "培训教师", "value": "≥9人"},
    ]
    example = ExampleSpec.model_validate(
        {"goals": {"period": goal, "annual": goal}, "sections": {"项目概况": goal}, "rows": rows}
    )
    start = time.perf_counter()
    result = lint([document(example)], national, select=RULES)
    assert not [finding for finding in result.findings if finding.rule == "KPI001"]
    assert time.perf_counter() - start < 120


def test_words_are_cut_only_where_a_goal_promises_a_figure():
    """A form without figures in its goals does not pay for the dictionary."""
    code = """
import sys
from kpi.rules import lint, load
from kpi.rules.example_spec import ExampleSpec
from kpi.rules.examples import document
form = {"goals": "做好2026年各项工作", "rows": [{"level2": "数量指标", "name": "接访", "value": "≥9次"}]}
lint([document(ExampleSpec.model_validate(form))], load("national"), select=["TXT001", "TXT002", "TXT009"])
sys.exit(any(name in sys.modules for name in ("jieba", "rjieba")))
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
