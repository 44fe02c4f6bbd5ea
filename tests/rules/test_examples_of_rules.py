"""Every ✗ and ✓ example of every shipped rule, under the whole ruleset; and how an example becomes a form."""

from decimal import Decimal

import pytest
from engine_toys import rule

from kpi.rules import RulesetError, load
from kpi.rules.example_spec import ExampleSpec
from kpi.rules.examples import document, run_example

_RULES = load("national").rules
_CASES = [
    pytest.param(code, kind, number, id=f"{code}-{kind}-{number + 1}")
    for code, rule in _RULES.items()
    for kind, examples in (("bad", rule.bad), ("good", rule.good))
    for number in range(len(examples))
]


@pytest.mark.parametrize(("code", "kind", "number"), _CASES)
def test_example(national, code, kind, number):
    example = getattr(national.rules[code], kind)[number]
    found = run_example(national, code, example)
    if kind == "good":
        assert not found, f"✓ 例报了：{[f.message for f in found]}"
        return
    assert found, "✗ 例没有报"
    for finding in found:
        assert finding.message
        assert finding.evidence
        assert "“”" not in finding.suggestion
        assert not {"{", "[["} & set(finding.message + finding.expected + finding.suggestion)


@pytest.mark.parametrize("code", [code for code, rule in _RULES.items() if rule.check.scope != "engine"])
def test_every_rule_shows_both_sides(code):
    assert _RULES[code].bad, "至少一个 ✗ 例"
    assert _RULES[code].good, "至少一个 ✓ 例"


def test_one_row():
    [table] = document(ExampleSpec(level2="质量指标", name="合格率", value=100)).tables
    [row] = table.indicators
    assert (row.level1, row.level2, row.name, row.period) == ("产出指标", "质量指标", "合格率", None)
    assert row.annual is not None
    assert row.annual.text == "100"
    assert table.annual_funding is None
    assert table.halves == ("annual",)


def test_two_halves_and_money():
    example = ExampleSpec.model_validate({
        "rows": [{"level2": "成本指标", "name": "总成本", "period": "≤3万元", "annual": "≤1万元", "weight": 10}],
        "funding": {"period": 30000, "annual": None}, "sources": {"period": {"县级资金": 30000}},
        "goals": {"annual": "修路"}, "sections": {"项目概况": ""}, "sign_off": {"负责人": None},
        "year": 2026, "term": "3年",
    })  # fmt: skip
    [table] = document(example).tables
    assert table.halves == ("period", "annual")
    assert table.period_funding is not None
    assert (table.period_funding.total, table.period_funding.sources) == (Decimal(30000), {"县级资金": Decimal(30000)})
    assert table.annual_funding is not None
    assert table.annual_funding.total is None
    assert (table.period_goal, table.annual_goal, table.sign_off) == (None, "修路", {"负责人": ""})
    assert table.indicators[0].weight == "10"


def test_one_sum_belongs_to_the_year():
    [table] = document(ExampleSpec(funding=Decimal("1.5"), sources={"县级": Decimal("1.5")})).tables
    assert table.period_funding is None
    assert table.annual_funding is not None
    assert table.annual_funding.total == Decimal("1.5")
    assert not table.indicators


def test_several_forms_and_unread_parts():
    example = ExampleSpec.model_validate({
        "forms": [{"project": "甲", "level2": "数量指标", "name": "个数", "value": 3}, {"project": "乙"}],
        "unread": [{"text": "≥3", "reason": "无层级"}],
    })  # fmt: skip
    made = document(example)
    assert [t.project for t in made.tables] == ["甲", "乙"]
    assert [u.text for u in made.unread] == ["≥3"]
    places = [t.location for t in made.tables] + [i.location for t in made.tables for i in t.indicators]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize(
    ("level2", "level1"),
    [
        ("数量指标", "产出指标"),
        ("经济成本指标", "成本指标"),
        ("成本指标", "产出指标"),
        ("生态效益", "效益指标"),
        ("服务对象满意度", "满意度指标"),
    ],
)
def test_the_first_level_follows_from_the_second(level2, level1):
    assert document(ExampleSpec(level2=level2, name="甲", value="1")).tables[0].indicators[0].level1 == level1


def test_an_example_may_bring_its_own_parameters(toys, ruleset):
    few = rule(
        "few",
        "toy-too-few",
        examples={"good": [{"value": "1", "name": "甲"}], "bad": [{"with": {"limit": 9}, "name": "甲"}]},
    )
    own = ruleset(f"rules:\n  LOC001: {few}\n  LOC002: {rule('less', 'toy-too-few', **{'with': {'limit': 1}})}\n")
    [bad] = own.rules["LOC001"].bad
    [finding] = run_example(own, "LOC001", bad)
    assert finding.severity == "warning"
    assert run_example(own, "LOC002", ExampleSpec(name="甲")) == []


def test_parameters_of_an_example_are_checked(toys, ruleset):
    few = rule("few", "toy-too-few", examples={"bad": [{"with": {"limits": 9}, "name": "甲"}]})
    with pytest.raises(RulesetError, match="规则 LOC001 的参数 limits 不认识"):
        ruleset(f"rules:\n  LOC001: {few}\n")
