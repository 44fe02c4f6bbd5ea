"""The wordings of many trades: rows that a rule must find, and rows that only look like them."""

import pytest
from form_cases import cases

from kpi.rules import lint
from kpi.rules.example_spec import ExampleSpec
from kpi.rules.examples import document
from kpi.rules.loader import load

NATIONAL = load("national")
CASES = cases("breadth_cases.yaml")


def _named(case: dict) -> str:
    form = case["form"]
    row = (form.get("rows") or [{}])[0]
    return f"{case['rule']}-{'hit' if case['hit'] else 'clean'}-{row.get('name') or form.get('project')}"


@pytest.mark.parametrize("case", CASES, ids=map(_named, CASES))
def test_a_rule_finds_it_in_any_words(case):
    result = lint([document(ExampleSpec.model_validate(case["form"]))], NATIONAL)
    assert not [f for f in result.findings if f.rule == "KPI001"]
    found = [finding for finding in result.findings if finding.rule == case["rule"]]
    assert bool(found) is case["hit"], [f.message for f in found]
