"""Hand-worked cases of one indicator: nature × comparator × boundary."""

import pytest

from kpi.rules import load as ruleset_named
from tests.progress.cases import load, project

_CASES = load("monitor_cases.yaml")
_SHARES = ("expected", "progress", "achievement", "forecast")


@pytest.fixture(scope="module")
def national():
    return ruleset_named("national")


@pytest.mark.parametrize("case", _CASES, ids=[case["id"] for case in _CASES])
def test_case(national, case):
    keys = {**case.get("form", {}), "rows": [case["row"]]}
    if "as_of" in case:
        keys["as_of"] = case["as_of"]
    [one] = project(national, **keys).indicators
    found = {
        "nature": one.nature, "light": one.light, "outlook": one.outlook, "needs_reason": one.needs_reason,
        "missing": one.missing,
        **{key: None if (v := getattr(one.verdict, key)) is None else format(v, "f") for key in _SHARES},
    }  # fmt: skip
    assert {key: found[key] for key in case["want"]} == case["want"], one.message
    assert one.message


def test_names_of_cases_are_unique():
    assert len({case["id"] for case in _CASES}) == len(_CASES)
