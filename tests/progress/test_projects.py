"""Hand-worked cases of a project: money, lines of a province, the gap between work and money, the light, deadlines
that one row sets for another."""

from functools import cache

import pytest

from kpi.rules import load as ruleset_named
from tests.progress.cases import load, project

_CASES = load("project_cases.yaml")
named = cache(ruleset_named)


@pytest.mark.parametrize("case", _CASES, ids=[case["id"] for case in _CASES])
def test_case(case):
    one = project(named(case.get("ruleset", "national")), **case["form"])
    found = {
        "rate": one.execution.rate, "expected": one.execution.expected, "gap": one.gap, "mean": one.mean,
    }  # fmt: skip
    found = {key: None if value is None else format(value, "f") for key, value in found.items()}
    found |= {"execution": one.execution.light, "light": one.light, "unwatched": bool(one.unwatched), "wide": one.wide}
    found["missing"] = [row.case.indicator.name for row in one.missing]
    found["rows"] = [
        [row.light, *(None if share is None else format(share, "f") for share in row.verdict[1:5])]
        for row in one.indicators
    ]  # fmt: skip
    assert {key: found[key] for key in case["want"]} == case["want"]
