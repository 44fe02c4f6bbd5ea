"""Every renderer on a small and on an ugly document, against stored outputs that a person has read."""

import json

import pytest

from kpi.reports import contract, extract_json, extract_text, lint_json, lint_text
from kpi.reports.lines import plain


@pytest.fixture(params=["small", "ugly"])
def case(request):
    return request.param, request.getfixturevalue(request.param)


def test_lint_text(case, snapshot):
    name, outcome = case
    snapshot(f"lint-{name}.txt", plain(lint_text.render(outcome)))


def test_lint_text_explained(case, snapshot):
    name, outcome = case
    snapshot(f"lint-{name}-explain.txt", plain(lint_text.render(outcome, explain=True)))


def test_lint_text_quiet(case, snapshot):
    name, outcome = case
    snapshot(f"lint-{name}-quiet.txt", plain(lint_text.render(outcome, quiet=True)))


def test_lint_json(case, snapshot):
    name, outcome = case
    text = lint_json.render_json(outcome)
    contract.LintReport.model_validate_json(text)
    snapshot(f"lint-{name}.json", text)


def test_lint_jsonl(case):
    _, outcome = case
    text = lint_json.render_jsonl(outcome)
    *documents, last = text.splitlines()
    for line in documents:
        contract.LintLine.model_validate_json(line)
    contract.LintLast.model_validate_json(last)
    whole = json.loads(lint_json.render_json(outcome))
    assert [json.loads(line)["document"] for line in documents] == whole["documents"]
    assert [f for line in documents for f in json.loads(line)["findings"]] == whole["findings"]
    assert json.loads(last)["summary"] == whole["summary"]


def test_extract_text(case, snapshot):
    name, outcome = case
    snapshot(f"extract-{name}.txt", plain(extract_text.render(outcome.reading)))


def test_extract_json(case, snapshot):
    name, outcome = case
    text = extract_json.render_json(outcome.reading)
    contract.ExtractReport.model_validate_json(text)
    snapshot(f"extract-{name}.json", text)


def test_extract_jsonl(case):
    _, outcome = case
    *documents, last = extract_json.render_jsonl(outcome.reading).splitlines()
    whole = json.loads(extract_json.render_json(outcome.reading))
    assert [json.loads(line) for line in documents] == whole["documents"]
    contract.ExtractLast.model_validate_json(last)


def test_nothing_of_a_document_steers_the_terminal(ugly):
    text = plain(lint_text.render(ugly, explain=True)) + plain(extract_text.render(ugly.reading))
    assert all(character == "\n" or character.isprintable() or character == "　" for character in text)
