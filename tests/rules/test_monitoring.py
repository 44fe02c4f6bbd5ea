"""The rules of `kpi monitor` beyond their examples: when they run, what they point at, when they do not apply."""

from datetime import date
from decimal import Decimal

import pytest

from kpi.progress.actuals import ActualRow, Actuals, MoneyRow
from kpi.rules import lint
from kpi.rules.example_spec import ExampleSpec
from kpi.rules.examples import document
from kpi.rules.monitored_example import monitored
from kpi.rules.monitoring import spans_of, watch


def result(ruleset, **keys):
    """The whole result of a small form that is monitored at the end of July."""
    example = ExampleSpec.model_validate({"year": 2026, "as_of": "2026-07-31", **keys})
    made = document(example)
    return lint([made], ruleset, select=("MON",), progress=monitored(made, example, ruleset))


def codes(ruleset, **keys):
    return [finding.rule for finding in result(ruleset, **keys).findings]


BEHIND = {"level2": "数量指标", "name": "清运垃圾吨数", "value": "≥1000吨", "actual": "100吨"}


def test_a_check_of_forms_does_not_run_them(national):
    made = document(ExampleSpec.model_validate({"year": 2026, "rows": [BEHIND]}))
    run = lint([made], national)
    assert not [f.rule for f in run.findings if f.rule.startswith("MON")]
    assert not [code for code in (*run.rules_run, *run.rules_not_applicable) if code.startswith("MON")]


def test_a_finding_points_at_target_and_actual(national):
    [finding] = result(national, rows=[BEHIND]).findings
    assert (finding.rule, finding.severity, finding.half, finding.value) == ("MON001", "error", "annual", "≥1000吨")
    assert [quote.text for quote in finding.evidence] == ["清运垃圾吨数：≥1000吨", "完成情况：100吨"]


def test_evidence_of_another_file_says_which(national):
    made = document(ExampleSpec.model_validate({"year": 2026, "rows": [BEHIND]}))
    actuals = Actuals("七月.csv", (ActualRow("", "", "清运垃圾吨数", "100吨"),))
    watched = watch((made,), national, actuals, date(2026, 7, 31))
    [finding] = lint([made], national, select=("MON",), progress=watched.by_table).findings
    assert [quote.document for quote in finding.evidence] == [None, "七月.csv"]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({}, ["MON001"]),  # no column for reasons
        ({"reason": ""}, ["MON001", "MON005"]),
        ({"reason": "—"}, ["MON001", "MON005"]),
        ({"reason": "无"}, ["MON001", "MON005"]),
        ({"reason": "清运车辆四月才到位"}, ["MON001"]),
        ({"reason": "", "outlook": "确定能"}, ["MON001", "MON004", "MON005"]),
        ({"outlook": "完全不可能"}, ["MON001"]),
        ({"actual": "600吨", "outlook": "完全不可能"}, ["MON004"]),
        ({"actual": "600吨", "outlook": "有可能"}, []),
        ({"actual": "600吨", "outlook": "有可能", "reason": ""}, ["MON005"]),
        ({"actual": "600吨", "outlook": "确定能", "expected_year_end": "1000吨"}, []),
        ({"actual": "600吨", "outlook": "确定能", "expected_year_end": "990吨"}, ["MON004"]),
        ({"actual": "600吨", "outlook": "有可能", "expected_year_end": "990吨"}, []),
        ({"actual": "600吨", "expected_year_end": "500吨"}, ["MON004"]),
        ({"actual": "600吨", "expected_year_end": "全部完成"}, []),
        ({"actual": "", "outlook": "确定能", "expected_year_end": "900吨"}, ["MON004"]),
        ({"actual": "", "reason": ""}, []),
        ({"actual": "600车"}, ["MON006"]),
        ({"actual": "1200吨"}, ["MON008"]),
        ({"actual": "1199吨"}, []),
    ],
)
def test_rows(national, row, found):
    assert codes(national, rows=[BEHIND | row]) == found


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({"actual": "10万元", "expected_year_end": "19万元", "outlook": "确定能"}, []),
        ({"actual": "10万元", "expected_year_end": "21万元", "outlook": "确定能"}, ["MON004"]),
        ({"actual": "10万元", "expected_year_end": "9万元"}, ["MON004"]),
        ({"actual": "30万元"}, ["MON001"]),
    ],
)
def test_rows_of_costs(national, row, found):
    cost = {"level2": "成本指标", "name": "项目总成本", "value": "≤20万元"}
    assert codes(national, rows=[cost | row]) == found


@pytest.mark.parametrize(
    ("level2", "name", "value", "actual", "said"),
    [
        ("时效指标", "补助发放时间", "每月10日前", "每月8日", "是时间要求，看不出“每月8日”是否达成，请写达成"),
        ("成本指标", "成本控制", "不超预算", "18万元", "是文字，看不出“18万元”是否达成，请写达成"),
        ("时效指标", "施工工期", "≤120天", "2026年6月20日", "是日期，不能直接比较，请写用了多长时间"),
        ("时效指标", "施工工期", "≤120天", "正在施工", None),  # nothing to ask yet
    ],
)
def test_what_cannot_be_compared_is_asked(national, level2, name, value, actual, said):
    row = {"level2": level2, "name": name, "value": value, "actual": actual}
    found = [finding.message for finding in result(national, rows=[row]).findings if finding.rule == "MON006"]
    assert len(found) == (said is not None)
    assert said is None or said in found[0]


def test_what_does_not_apply_says_why(national):
    [done] = result(national, rows=[BEHIND]).documents
    reasons = {skipped.rule: skipped.reason for skipped in done.not_applicable}
    assert reasons == {
        "MON002": "没有写已执行的金额，不能算执行率",
        "MON003": "没有写已执行的金额，不能算执行率",
        "MON005": "完成情况里没有“偏差原因”一栏",
        "MON007": "没有给出前几次的监控结果",
    }


def test_a_form_without_reasons_beside_one_with(national):
    forms = [{"project": "甲", "rows": [BEHIND | {"reason": ""}]}, {"project": "乙", "rows": [BEHIND]}]
    found = result(national, forms=[{"year": 2026, **form} for form in forms]).findings
    assert [f.project for f in found if f.rule == "MON005"] == ["甲"]


@pytest.mark.parametrize(
    ("term", "annual", "period"),
    [
        (None, ("2026-01-01", "2026-12-31"), ("2026-01-01", "2026-12-31")),
        ("1年", ("2026-01-01", "2026-12-31"), ("2026-01-01", "2026-12-31")),
        ("2026年3月-2026年10月", ("2026-03-01", "2026-10-31"), ("2026-03-01", "2026-10-31")),
        ("2025年7月-2026年6月", ("2026-01-01", "2026-06-30"), ("2025-07-01", "2026-06-30")),
        ("2024-2028年", ("2026-01-01", "2026-12-31"), ("2024-01-01", "2028-12-31")),
        ("2024年", ("2026-01-01", "2026-12-31"), ("2024-01-01", "2024-12-31")),
        ("长期", ("2026-01-01", "2026-12-31"), ("2026-01-01", "2026-12-31")),
        ("上半年", ("2026-01-01", "2026-06-30"), ("2026-01-01", "2026-06-30")),
    ],
)
def test_days_of_the_term(term, annual, period):
    [table] = document(ExampleSpec.model_validate({"year": 2026, "term": term, "rows": [BEHIND]})).tables
    spans = spans_of(table, date(2026, 7, 31))
    assert tuple(day.isoformat() for day in spans.annual) == annual
    assert tuple(day.isoformat() for day in spans.period) == period


@pytest.mark.parametrize(
    ("spent", "adjusted", "light", "over"),
    [
        ("30万元", None, "green", False),
        ("50万元", None, "blue", False),
        ("50.01万元", None, "red", True),
        ("58.5万元", None, "red", True),
        ("58.5万元", "60万元", "blue", False),  # money was added in the course of the year
        ("61万元", "60万元", "red", True),
        ("58.5万元", "40万元", "red", True),
        ("45万元", "40万元", "red", True),  # the budget was cut
        ("40万元", "40万元", "blue", False),
        ("40.01万元", "40万元", "red", True),
        ("45万元", "0", "blue", False),  # a nought says that nothing was adjusted
    ],
)
def test_more_spent_than_the_budget_holds(national, spent, adjusted, light, over):
    row = {"level2": "数量指标", "name": "清运垃圾吨数", "value": "≥1000吨", "actual": "900吨"}
    made = document(ExampleSpec.model_validate({"year": 2026, "funding": 500000, "rows": [row]}))
    money = [MoneyRow("", "spent", spent), *([MoneyRow("", "adjusted", adjusted)] if adjusted else [])]
    actuals = Actuals("七月.csv", (ActualRow("", "", "清运垃圾吨数", "900吨"),), tuple(money))
    watched = watch((made,), national, actuals, date(2026, 7, 31))
    [project] = watched.projects
    assert (project.execution.light, project.execution.over) == (light, over)
    found = lint([made], national, select=("MON",), progress=watched.by_table).findings
    assert ([f.rule for f in found] == ["MON001"]) is over
    which, amount = ("调整后的预算数", adjusted) if adjusted else ("预算数", "50万元")
    wanted = (f"超过了{which}", f"只有 {int(Decimal(amount.removesuffix('万元')) * 10000)} 元")
    assert all(word in finding.message for finding in found if over for word in wanted)
    assert not over or project.execution.message.endswith(f"超过了{which}")


@pytest.mark.parametrize(
    ("level2", "name", "value", "actual", "said"),
    [
        ("成本指标", "户均补助成本", "≤3万元/户", "3.2万元/户", "超过目标水平：现有水平3.2万元/户，超过目标"),
        ("质量指标", "合格率", "≥95%", "90%", "没有达到目标水平：现有水平90%，没有达到目标"),
        ("时效指标", "竣工时间", "2026年9月底前", "2026年11月5日", "预计不能按期完成"),
        ("时效指标", "竣工时间", "2026年6月底前", "2026年7月5日", "没有按期完成"),
        ("成本指标", "项目总成本", "≤20万元", "15万元", "将要超过上限：上限20万元，到现在15万元"),
        ("成本指标", "项目总成本", "≤20万元", "21万元", "”超过上限"),
        ("成本指标", "人员经费", "≤100万元", "100万元", "”将要超过上限：上限100万元，到现在100万元，已用100%"),
        ("社会效益", "供水事故起数", "≤2起", "2起", "”将要超过上限：上限2起，到现在2起"),
        ("社会效益", "供水事故起数", "<2起", "2起", "”没有控制在上限以下：上限2起"),  # reached and not passed
        ("社会效益", "供水事故起数", "<2起", "2起", "已经到了上限，目标“<2起”要求比它低"),
        ("质量指标", "管网漏损率", "<5%", "5%", "没有达到目标“<5%”"),
        ("经济效益", "带动产值", "≥1.2亿元", "1000万元", "应完成0.7亿元，实际完成0.1亿元"),
        ("经济效益", "带动产值", "≥1.2亿元", "30万元", "实际完成300000元"),  # and not 0亿元
    ],
)
def test_how_it_is_off_the_plan(national, level2, name, value, actual, said):
    row = {"level2": level2, "name": name, "value": value, "actual": actual}
    [message] = [finding.message for finding in result(national, rows=[row]).findings if finding.rule == "MON001"]
    assert said in message
