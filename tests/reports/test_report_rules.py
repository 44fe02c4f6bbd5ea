"""What `kpi rules` says: examples in a line, changes of a ruleset, an explained finding."""

import json
from decimal import Decimal

import pytest

from kpi.reports import contract, rules_json
from kpi.reports.example_text import example
from kpi.reports.lines import plain
from kpi.reports.lint_finding import Citations, RowFindings, finding_lines
from kpi.reports.ruleset_changes import changes
from kpi.reports.settings import setting
from kpi.rules import load
from kpi.rules.example_spec import ExampleSpec
from kpi.rules.result import Skipped

BASE = load("national")


@pytest.mark.parametrize(
    ("spec", "text"),
    [
        ({"level2": "质量指标", "name": "合格率", "value": ">100%"}, "质量指标 · 合格率 · “>100%”"),
        ({"name": "成本", "period": "1元", "annual": "2元"}, "成本 · 实施期“1元” · 年度“2元”"),
        (
            {"rows": [{"name": "甲", "value": "", "weight": ""}, {"name": "乙", "weight": "10"}]},
            "甲 · “” · 权重 空；乙 · 权重 10",
        ),
        ({"funding": Decimal(20000), "year": 2026, "term": "1年"}, "资金 20,000 元（2 万元）；2026 年；期限“1年”"),
        ({"funding": {"period": Decimal(5), "annual": None}}, "资金 实施期 5 元，年度 未填"),
        ({"sections": {"立项依据": "会议"}, "goals": "做好", "note": "空话"}, "立项依据“会议”；目标“做好”（空话）"),
        ({"forms": [{"name": "甲"}, {"name": "乙"}]}, "甲 ‖ 乙"),
        ({"unread": [{"text": "≥5", "reason": "无名"}]}, "没有读懂：“≥5”"),
        ({}, "空表"),
    ],
)
def test_example(spec, text):
    assert example(ExampleSpec.model_validate(spec)) == text


OWN = """
extends: national
off: [VAL009]
severity: {UNI003: error}
params: {REQ007: {least: 2}}
words: {works-and-purchases: {add: [疏浚], remove: [大修]}}
profile: legacy-2015
rules:
  LOC001:
    name: local-rule
    title: 本地规则
    severity: info
    review_item: 规范完整性
    check: name-missing
    message: 没有名称。
"""


def test_changes_name_each_difference(tmp_path):
    path = tmp_path / "本局.yaml"
    parameter = next(iter(BASE.rules["REQ007"].params.model_dump()))
    path.write_text(OWN.replace("least", parameter), encoding="utf-8")
    said = dict(changes(BASE, load(path)).rows())
    assert said["新增规则"] == ("LOC001 本地规则",)
    assert said["停用"] == ("VAL009",)
    assert said["启用"] == ()
    assert said["改级别"] == ("UNI003 警告 → 错误",)
    assert said["改参数"][0].startswith(f"REQ007 {parameter} ")
    assert said["改词表"] == ("works-and-purchases 加 疏浚，减 大修",)
    assert said["指标体系"] == ("固定用 legacy-2015",)
    assert dict(changes(load(path), BASE).rows())["启用"] == ("VAL009",)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (None, "无"),
        ((), "无"),
        (Decimal("2E+3"), "2000"),
        (frozenset({"乙", "丙"}), "丙、乙"),
        (({"unit": "元", "limit": Decimal("800.0"), "until": None},), "unit：元；limit：800"),
        (({"words": ("甲", "乙"), "verified": False},), "words：甲、乙；verified：否"),
    ],
)
def test_setting(value, text):
    assert setting(value) == text


def test_nothing_changed():
    assert changes(BASE, load("national")).nothing


def test_json_keeps_to_the_contract():
    text = rules_json.render_json(BASE.rules.values(), BASE)
    report = contract.RulesReport.model_validate_json(text)
    assert [entry.rule for entry in report.rules] == list(BASE.rules)
    lines = rules_json.render_jsonl(BASE.rules.values(), BASE).splitlines()
    assert [json.loads(line) for line in lines] == json.loads(text)["rules"]


def test_an_explained_finding_says_why_and_where_it_may_be_wrong(small):
    finding = next(finding for finding in small.findings if finding.rule == "UNI001")
    rule = BASE.rules["UNI001"]
    text = plain(finding_lines(finding, RowFindings("质量指标", "", (finding,)), Citations(), rule))
    assert f"理由：{rule.rationale}" in text
    assert "可能误报：" in text
    assert text.startswith("    ✗ 错误 UNI001 单位与指标不符 · “100元”（两侧，第 13 行）\n")


def test_a_rule_that_judged_some_forms_says_how_many():
    skipped = Skipped("CST001", "没有写资金", 2, 5)
    from kpi.reports.lint_closing import _skipped

    class Known:
        def rule(self, code):
            return BASE.rules[code]

    assert _skipped(skipped, Known()) == "CST001 成本指标超出资金：没有写资金（5 张表中的 2 张）"
