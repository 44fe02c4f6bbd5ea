"""CST: money. Cases are data; here are the arithmetic and the rule that waits for standards."""

from decimal import Decimal

import pytest
from form_cases import cases, check, found
from hypothesis import given
from hypothesis import strategies as st

from kpi.model import Funding
from kpi.readers import read_text
from kpi.rules import lint, load
from kpi.rules.checks import cost, products
from kpi.rules.checks.amounts import funding_half_step, half_step, slip
from kpi.rules.checks.funding import _gap
from kpi.rules.checks.rows import entries
from kpi.rules.example_spec import ExampleSpec
from kpi.rules.examples import document, run_example
from kpi.values import find_values

YUAN = st.integers(1, 10**10).map(Decimal)


CASES = cases("cost_cases.yaml", "price_cases.yaml")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_cases(national, case):
    check(found(national, case), case["want"])


@given(YUAN, st.integers(3, 8))
def test_a_slip_is_told_both_ways(amount, power):
    assert slip(amount * 10**power, amount) == power
    assert slip(amount, amount * 10**power) == -power


@given(YUAN, st.integers(0, 2))
def test_ten_and_a_hundred_times_are_no_slip(amount, power):
    assert slip(amount * 10**power, amount) == 0
    assert slip(amount * 10**power + 1, amount) == 0 or amount == 1


@pytest.mark.parametrize(
    ("text", "magnitude", "half"),
    [("28.40元/株", None, "0.005"), ("3360元", None, "0.5"), ("≥15万人", "万", "5000"), ("2.85万元/亩", "万", "50")],
)
def test_half_a_unit_of_what_is_printed(text, magnitude, half):
    assert half_step(text, magnitude) == Decimal(half)


def test_half_a_unit_of_funding():
    assert funding_half_step(Funding(Decimal(500000), text="50"), "万元") == 5000
    assert funding_half_step(Funding(Decimal(432000), text="43.20"), "万元") == 50
    assert funding_half_step(Funding(Decimal(5463360), text="5,463,360"), "元") == Decimal("0.5")


@given(st.lists(st.integers(1, 10**6).map(Decimal), min_size=1, max_size=5), st.integers(0, 4))
def test_sources_that_add_up_are_quiet_however_they_nest(parts, top):
    """The children of one line printed under it change nothing."""
    head = parts[:top] or parts[:1]
    nested = {"财政拨款": sum(head), **{f"级{n}": part for n, part in enumerate(head)}}
    rest = parts[len(head) :]
    funding = Funding(sum(parts), {**nested, **{f"其他{n}": part for n, part in enumerate(rest)}})
    assert _gap(funding) == 0


@given(st.lists(st.integers(1, 10**6).map(Decimal), min_size=2, max_size=5), st.integers(1, 10**6))
def test_sources_below_the_total_are_told(parts, missing):
    """Nested readings only ever take lines away, so a sum below the total stays below it."""
    funding = Funding(sum(parts) + missing, {f"来源{n}": part for n, part in enumerate(parts)})
    assert _gap(funding) == -missing


STANDARD = """
extends: national
params:
  CST010:
    standards:
      - {words: [培训], unit: 元/(人·天), limit: 550, source: 本地培训费管理办法, since: 2024}
      - {words: [租车, 车辆租赁], unit: 元/(辆·天), limit: 400, source: 本地公务租车标准, until: 2025}
"""
BAD = [
    ("教师培训费标准", "≤600元/(人·天)", 2026),
    ("村医培训成本", "720元/人·天", 2026),
    ("法官培训费", "≤551元/(人·天)", 2024),
    ("农机手培训费用", "900元/天·人", None),
    ("下乡租车费", "≤500元/(辆·天)", 2025),
]
GOOD = [
    ("教师培训费标准", "≤550元/(人·天)", 2026),
    ("村医培训成本", "720元/人", 2026),
    ("法官培训费", "≤600元/(人·天)", 2023),
    ("伙食补助标准", "≤600元/(人·天)", 2026),
    ("下乡租车费", "≤500元/(辆·天)", 2026),
    ("信息员培训费", "≤60000元", 2026),
]


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    path = tmp_path_factory.mktemp("rules") / "local.yaml"
    path.write_text(STANDARD, encoding="utf-8")
    return load(path)


def standards(ruleset, name, value, year):
    form = ExampleSpec(year=year, funding=Decimal(100000), level2="成本指标", name=name, value=value)
    return lint([document(form)], ruleset, select=["CST010"])


@pytest.mark.parametrize(("name", "value", "year"), BAD)
def test_above_a_listed_standard(listed, name, value, year):
    (finding,) = standards(listed, name, value, year).findings
    assert finding.rule == "CST010"
    assert "标准" in finding.message
    assert finding.suggestion.startswith("改为“≤")


@pytest.mark.parametrize(("name", "value", "year"), GOOD)
def test_within_a_listed_standard_or_outside_its_scope(listed, name, value, year):
    assert standards(listed, name, value, year).findings == ()


def test_without_a_list_nothing_is_judged(national):
    result = standards(national, *BAD[0])
    assert result.findings == ()
    (skipped,) = [s for document in result.documents for s in document.not_applicable if s.rule == "CST010"]
    assert "没有列出开支标准" in skipped.reason


def test_money_that_was_there_from_the_start_is_no_reason_not_to_look(national):
    money = "单位:万元\n年初预算数\t全年预算数\t全年执行数\n年度资金总额\t60\t60\t55\n"
    rows = "一级指标\t二级指标\t三级指标\t指标值\t实际完成值\n产出指标\t数量指标\t巡查次数\t≥4次\t4次\n"
    form = read_text(f"项目支出绩效自评表\n项目名称\t防火巡查\n{money}{rows}")
    (result,) = lint([form], national, select=["CST008"]).documents
    assert (result.not_applicable, result.findings) == ((), ())


def test_a_band_may_also_have_a_ceiling(national):
    band = {"words": ["护栏"], "units": ["公里"], "high": 500000, "source": "本地造价"}
    form = {"funding": 9000000, "level2": "数量指标", "name": "安装护栏长度", "with": {"bands": [band]}}
    (finding,) = run_example(national, "CST009", ExampleSpec.model_validate({**form, "value": "≥6公里"}))
    assert "高于500000元" in finding.message
    assert not run_example(national, "CST009", ExampleSpec.model_validate({**form, "value": "≤6公里"}))
    assert not run_example(national, "CST009", ExampleSpec.model_validate({**form, "value": "≥20公里"}))


def test_how_long_a_course_is_is_read_once_of_each_text(national, monkeypatch):
    read = []
    monkeypatch.setattr(products, "find_values", lambda text: read.append(text) or find_values(text))
    names = [f"每天培训第{n}类学员补助标准" for n in range(20)]
    rows = [{"level2": "经济成本指标", "name": name, "value": "≤100元/人·天"} for name in names]
    people = {"level2": "数量指标", "name": "培训人数", "value": "≥50人"}
    form = {"funding": 10000, "goals": "举办培训班，为期4天。", "rows": [people, *rows]}
    (finding,) = found(national, {"form": form, "rules": ["CST004"]})
    assert "×4天" in finding.message
    assert len(read) == len(set(read))


def test_the_amounts_of_a_form_are_gathered_once(national, monkeypatch):
    asked = []
    monkeypatch.setattr(cost, "entries", lambda *given: asked.append(given) or entries(*given))
    rows = [{"level2": "经济成本指标", "name": f"第{n}类设备采购费用", "value": "≤10000元"} for n in range(20)]
    (finding,) = found(national, {"form": {"funding": 190000, "rows": rows}, "rules": ["CST001", "CST002"]})
    assert finding.indicator == "第19类设备采购费用"
    assert len(asked) == 1


LONG = "7" * 41


@pytest.mark.parametrize(
    ("funding", "days", "price"),
    [(10**6, "9" * 20, LONG), (10**6, "9" * 40, "123"), (int(LONG), "5", LONG)],
)
def test_prices_and_days_of_any_length_are_worked_out(national, funding, days, price):
    rows = [
        {"level2": "数量指标", "name": "培训人数", "value": "≥50人"},
        {"level2": "数量指标", "name": "培训天数", "value": f"{days}天"},
        {"level2": "数量指标", "name": "培训期数", "value": "7期"},
        {"level2": "经济成本指标", "name": "培训补助标准", "value": f"≤{price}元/人·天"},
    ]
    findings = found(national, {"form": {"funding": funding, "rows": rows}, "rules": ["CST004"]})
    assert [finding.rule for finding in findings] == ["CST004"]


@pytest.mark.parametrize("value", [f"≤{LONG}元", f"≤{LONG}7元", "≤7元/人"])
def test_money_of_any_length_breaks_no_check(national, value):
    rows = [
        {"level2": "数量指标", "name": "培训人数", "value": "≥50人" if "/" not in value else "若干"},
        {"level2": "经济成本指标", "name": "培训成本", "value": value},
    ]
    form = {"funding": int(LONG), "rows": rows}
    found(national, {"form": form, "rules": ["CST001", "CST002", "CST003", "CST004", "VAL001", "REQ001"]})
