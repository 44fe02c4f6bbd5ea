"""Whole self-evaluations: hand-worked cases under the whole ruleset, and what holds in whatever order rows stand."""

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi.progress.evaluate import evaluate
from kpi.progress.evaluation import EXECUTION, Evaluation
from kpi.progress.points import cents
from kpi.progress.scheme import scheme_of
from kpi.rules import Ruleset, lint, load
from kpi.rules.evaluating import evaluated, evaluation_codes
from kpi.rules.example_spec import ExampleSpec
from kpi.rules.examples import _declared, document
from kpi.rules.finding import Finding

CASES = yaml.safe_load((Path(__file__).parent / "evaluate_cases.yaml").read_text(encoding="utf-8"))
KEYS = ("level2", "name", "value", "weight", "actual", "score", "reason")
SLOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def rules(name: str) -> Ruleset:
    return load(name)


def cells(row: list) -> dict:
    return {key: None if cell is None else str(cell) for key, cell in zip(KEYS, row, strict=False)}


def judged(case: dict) -> tuple[Evaluation, list[Finding]]:
    """The evaluation of a case's form, and every finding of the family."""
    columns = {"columns": case["columns"]} if "columns" in case else {}
    rows = [{**cells(row), **columns} for row in case["rows"]]
    keys = {key: case[key] for key in ("execution", "stated", "sections") if key in case}
    declared = [cells(row) for row in case.get("declared", ())]
    example = ExampleSpec.model_validate(
        {"form": "self-evaluation", "year": 2025, "rows": rows, "declared": declared, **keys}
    )
    ruleset, made = rules(case.get("ruleset", "national")), document(example)
    progress = evaluated(made, [_declared(example)], ruleset)
    result = lint([made], ruleset, select=evaluation_codes(ruleset), progress=progress)
    assert not result.broken
    return progress[id(made.tables[0])], list(result.findings)


def text(number: Decimal | None) -> str | None:
    return None if number is None else format(cents(number), "f")


def plain(number: Decimal | None) -> str | None:
    return None if number is None else format(cents(number).normalize(), "f")


@pytest.mark.parametrize("case", CASES, ids=[str(case["id"]) for case in CASES])
def test_form(case):
    one, findings = judged(case)
    total = one.total
    told = {
        "score": text(total.score) if total else None,
        "low": text(total.low) if total else None,
        "high": text(total.high) if total else None,
        "unscaled": text(total.unscaled) if total else None,
        "grade": total.grade if total else None,
        "weights": plain(total.full) if total else None,
        "rate": plain(one.execution.rate),
        "execution": text(one.execution.score),
        "gap": plain(one.gap),
        "findings": sorted(finding.rule for finding in findings),
        "severities": [finding.severity for finding in findings],
    }
    assert {key: told[key] for key in case["want"]} == case["want"], (case["how"], [f.message for f in findings])
    for finding in findings:
        assert finding.evidence
        assert "{" not in finding.message + finding.suggestion


@pytest.mark.parametrize("case", CASES, ids=[str(case["id"]) for case in CASES])
def test_what_reports_mark_as_wrong_is_what_the_rules_say(case):
    one, findings = judged(case)
    told = [finding for finding in findings if finding.rule == "EVL001"]
    wrong = [row.indicator.name for number, row in enumerate(one.rows) if number in one.wrong()]
    assert sorted(wrong) == sorted(finding.indicator for finding in told if finding.indicator)
    points = [finding for finding in told if not finding.indicator and "自评得" in finding.message]
    assert (EXECUTION in one.wrong()) is bool(points), [finding.message for finding in told]
    if any(finding.rule == "EVL002" and "加起来" in finding.message for finding in findings):
        assert one.total_differs()
    elif one.sums and not one.wrong():
        assert not one.total_differs()


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["数量指标", "质量指标", "成本指标", "社会效益"]),
        st.integers(1, 30),
        st.integers(0, 300),
        st.integers(1, 300),
    ),
    min_size=1,
    max_size=8,
)


def form(rows: list[tuple[str, int, int, int]]) -> Evaluation:
    made = [
        {"level2": level, "name": f"第{n}项", "value": f"≥{goal}件", "weight": weight, "actual": f"{done}件"}
        for n, (level, weight, done, goal) in enumerate(rows)
    ]
    table = document(ExampleSpec.model_validate({"form": "self-evaluation", "rows": made})).tables[0]
    return evaluate(table, scheme_of(rules("national").profile_data["national"]))


@SLOW
@given(ROWS, st.randoms())
def test_the_order_of_rows_does_not_matter(rows, random):
    mixed = list(rows)
    random.shuffle(mixed)
    assert form(rows).total == form(mixed).total


@SLOW
@given(ROWS)
def test_a_total_lies_between_nought_and_all_points(rows):
    total = form(rows).total
    assert total is not None
    assert 0 <= total.low <= total.high <= total.full


@SLOW
@given(ROWS, st.integers(0, 7), st.integers(1, 200))
def test_doing_more_never_lowers_the_total(rows, at, more):
    at %= len(rows)
    level, weight, done, goal = rows[at]
    better = [*rows[:at], (level, weight, done + more, goal), *rows[at + 1 :]]
    first, second = form(rows).total, form(better).total
    assert first is not None
    assert second is not None
    assert first.low <= second.low


def test_nothing_to_evaluate():
    table = document(ExampleSpec.model_validate({"form": "self-evaluation"})).tables[0]
    one = evaluate(table, scheme_of(rules("national").profile_data["national"]))
    assert one.total is None
    assert one.rows == ()
    assert one.gap is None
