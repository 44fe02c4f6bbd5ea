"""CLS: cases are data; here is what no form may do to the checks: hostile names, long texts, odd rulesets."""

import time

import pytest
from form_cases import cases, check, found

from kpi.model import LEVEL1, LEVEL2
from kpi.rules import lint
from kpi.rules.bare import bare
from kpi.rules.checks.joined import split
from kpi.rules.example_spec import ExampleSpec
from kpi.rules.examples import document

CODES = [f"CLS00{n}" for n in range(1, 10)]
LEVELS = [
    "数量指标", "质量指标", "时效指标", "成本指标", "经济效益", "生态效益", "可持续影响", "服务对象满意度", "别的",
]  # fmt: skip
HOSTILE = [
    "", " ", "\x00\x07", "满意", "满意度", "对满意度", "、、、", "和", "（）", "((((", "持续有效" * 2500, "及时" * 5000,
    "、学生满意度" * 2000, "资金" * 5000, "[" * 10_000, "1" * 10_000, "提高\n改善\t增强", "\ue000\ue000", "🙂满意度",
]  # fmt: skip


FILES = ("class", "category", "naming", "respondents", "coverage")
CASES = cases(*(f"{name}_cases.yaml" for name in FILES))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_cases(national, case):
    check(found(national, case), case["want"])


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE, ids=lambda name: repr(name[:8]))
def test_no_name_breaks_a_check(national, name):
    rows = [{"level2": level, "name": name, "value": value} for level in LEVELS for value in ("≥95%", "有效", name)]
    form = ExampleSpec.model_validate({"rows": rows, "goals": {"annual": name}, "project": name})
    result = lint([document(form)], national, select=CODES)
    assert not [finding for finding in result.findings if finding.rule == "KPI001"]


@pytest.mark.parametrize("unit", ["提高持续有效地", "学生、家长和", "资金在规定时间内", "开展培训，", "满意度对"])
def test_time_grows_with_the_length_of_a_name(national, unit):
    def seconds(size: int) -> float:
        row = {"level2": "服务对象满意度", "name": unit * size, "value": "≥90%"}
        form = document(ExampleSpec.model_validate({"rows": [row, {**row, "level2": "质量指标"}]}))
        start = time.perf_counter()
        lint([form], national, select=CODES)
        return time.perf_counter() - start

    seconds(10)
    assert seconds(1600) < 400 * max(seconds(200), 0.01)  # eight times as long; squared it would be thousands


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("★指标2：验收合格率（≥**%）", "验收合格率"), ("1.服务人数（人）", "服务人数"), ("合格率≥95%", "合格率")],
)
def test_a_bare_name(name, wanted):
    assert bare(name) == wanted


def test_joining_characters_within_words_do_not_split(national):
    joints, whole = national.words["name-joints"], national.words["name-joined-words"]
    assert split("及时率和普及率", joints, whole) == ["及时率", "普及率"]
    assert split("社会和谐与参与度", joints, whole) == ["社会和谐", "参与度"]
    assert split("水、电及暖气", joints, whole) == ["水", "电", "暖气"]


def test_every_level_that_a_sign_names_is_one(national):
    signs = national.rules["CLS001"].params.signs
    assert {level for sign in signs for level in sign.levels} <= {*LEVEL1, *LEVEL2}
