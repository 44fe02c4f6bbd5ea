"""Target forms without weights, filled from a list: a trial by the usual weights."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from kpi.model import Document, Entry, Funding, Indicator, Location, TargetTable
from kpi.progress.actuals import ActualRow, Actuals, MoneyRow
from kpi.progress.assess import Assessed, from_sheet
from kpi.progress.figures import plain
from kpi.rules import load
from kpi.rules.evaluating import schemes

CASES = yaml.safe_load((Path(__file__).parent / "usual_cases.yaml").read_text(encoding="utf-8"))
NATIONAL = load("national")


def form(rows: list[list[str]], profile: str, weights: list[str | None], budget: int = 0) -> Document:
    indicators = tuple(
        Indicator(level1, level2, name, annual=Entry(value, name, Location(line=n)), weight=weight)
        for n, ((level1, level2, name, value, *_), weight) in enumerate(zip(rows, weights, strict=True), 1)
    )
    table = TargetTable(
        project="街角绿化", year=2025, profile=profile, indicators=indicators, money_unit="元",
        annual_funding=Funding(total=Decimal(budget)) if budget else None,
    )  # fmt: skip
    return Document("目标.docx", "docx", (table,))


def evaluated(case: dict, weights: list[str | None] | None = None, told: dict[str, dict] | None = None) -> Assessed:
    """`told`: more of the list's columns, by the indicator's name."""
    money, rows = case.get("money", {}), case["rows"]
    lines = tuple(
        ActualRow("", level2, name, actual, **(told or {}).get(name, {})) for _, level2, name, _, actual in rows
    )
    spent = (MoneyRow("", "spent", f"{money['spent']}元"),) if money else ()
    document = form(rows, case.get("profile", "national"), weights or [None] * len(rows), money.get("budget", 0))
    return from_sheet([document], Actuals("完成.csv", lines, spent, frozenset({"name", "text"})), schemes(NATIONAL))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case):
    [one] = evaluated(case).results.values()
    assert [None if row.weight is None else format(row.weight, "f") for row in one.rows] == case["weights"]
    if case["want"] is None:
        assert one.total is None
        assert one.weights_from == ""
        return
    made = {"low": format(one.total.low, "f"), "high": format(one.total.high, "f"), "grade": one.total.grade}
    made["full"] = f"{plain(one.total.full):f}"
    assert {key: made[key] for key in case["want"]} == case["want"], case["how"]
    assert one.trial


def test_weights_of_the_list_fill_those_that_the_form_lacks():
    case = CASES[3]
    [one] = evaluated(case, told={"栽种绿篱长度": {"weight": "60"}, "受益居民人数": {"weight": "30"}}).results.values()
    # 60 + 30×1/2 = 75
    assert (one.weights_from, format(one.total.low, "f"), one.trial) == ("list", "75.00", False)


def test_weights_of_the_form_hold_and_others_are_told():
    found = evaluated(CASES[3], weights=["50", "40"], told={"栽种绿篱长度": {"weight": "60"}})
    [one] = found.results.values()
    assert (one.weights_from, [format(row.weight, "f") for row in one.rows]) == ("form", ["50", "40"])
    assert [left.why for left in found.rows] == ["清单里的分值是 60，目标表是 50，按目标表的算"]


def test_points_without_weights_are_no_trial():
    [one] = evaluated(CASES[3], told={"栽种绿篱长度": {"score": "50"}}).results.values()
    assert one.total is None
    assert one.weights_from == ""


def test_nothing_filled_is_nothing_evaluated():
    case = {"rows": [[*row[:4], ""] for row in CASES[3]["rows"]]}
    found = evaluated(case)
    assert not found.results
    assert [left.why for left in found.indicators] == ["完成情况一项也没有填"]


def test_money_of_another_unit_is_a_question_and_not_counted():
    found = evaluated({**CASES[0], "money": {"budget": 400000, "spent": 3000000000}})
    [one] = found.results.values()
    assert one.execution.rate is None
    assert "像是把元写成了万元" in one.execution.doubt
    assert not found.rows  # told once
