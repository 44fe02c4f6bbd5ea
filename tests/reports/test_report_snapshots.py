"""Every renderer on a small and on an ugly document, against stored outputs that a person has read."""

import json
from dataclasses import replace

import pytest

from kpi.model import Location, Unread
from kpi.reports import contract, extract_json, extract_text, lint_html, lint_json, lint_md, lint_text
from kpi.reports.blocks import blocks_of
from kpi.reports.lines import plain
from kpi.reports.lint_closing import verdict
from kpi.reports.outcome import Failure, Reading
from kpi.reports.view import View
from kpi.rules.result import Cut


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


def test_a_law_is_named_in_full_once(small):
    text = plain(lint_text.render(small))
    assert "依据：《办法》（甲〔2015〕1号）第六条\n" in text
    assert "依据：甲〔2015〕1号第七条；某某标准\n" in text


@pytest.mark.parametrize(
    ("severities", "sentence"),
    [
        ([], "没有发现问题，可以提交。"),
        (["info"], "可以提交；有 1 处提示，可以顺手改好。"),
        (["warning", "info"], "没有错误，可以提交；但有 1 处警告审核时可能被问到，先看“某题”（X001）。"),
        (["warning", "error"], "还不能提交：有 1 处错误要改，先看“某题”（X001），改完再检查一次。"),
    ],
)
def test_the_closing_sentence_says_whether_to_submit(severities, sentence, small):
    document = small.result.documents[0]
    sample = document.findings[0]._replace(title="某题", rule="X001", evidence=())
    findings = tuple(sample._replace(severity=severity) for severity in severities)
    result = replace(small.result, documents=(document._replace(findings=findings),))
    assert verdict(replace(small, result=result))[1] == sentence


def test_many_unread_parts_are_counted(small):
    document = small.result.documents[0].document
    parts = tuple(Unread(f"行{n}", Location(line=n, column=1), "看不懂") for n in range(1, 15))
    reading = Reading((document._replace(unread=parts),))
    brief = plain(lint_text.render(replace(small, reading=reading)))
    assert "没有读懂的内容：14 处" in brief
    assert "另有 4 处（加 --explain 看全部）" in brief
    assert "“行14”" not in brief
    assert "“行14”" in plain(lint_text.render(replace(small, reading=reading), explain=True))


def test_what_a_baseline_knows_is_still_there_where_a_form_breaks_off(small):
    """Nothing new in what could be read does not mean that it has no errors."""
    (only,) = small.result.documents
    cut = only._replace(findings=(), cut=(Cut("护坡维修", "护坡长度"),))
    _, sentence = verdict(replace(small, result=replace(small.result, documents=(cut,), known=3)))
    assert "比基线没有多出问题；基线里的 3 处还在" in sentence
    assert "没有复制全" in sentence
    assert "没有错误" not in sentence


def test_where_nothing_was_read_nothing_can_be_submitted(small):
    """A file with something like a form in it, of which no form could be read."""
    (result,) = small.result.documents
    unread = (Unread("养护里程", Location(sheet="表", cell="A3"), "看不懂"),)
    document = result.document._replace(tables=(), unread=unread)
    warned = (result.findings[0]._replace(severity="warning", form=None),)
    made = replace(small, reading=Reading((document,), (Failure("清河县.txt", "没有一张表能读出来"),)),
        result=replace(small.result, documents=(result._replace(document=document, findings=warned),)),
    )  # fmt: skip
    style, sentence = verdict(made)
    assert (style, "可以提交" in sentence) == ("error", False)
    assert sentence.startswith("没有检查成，不能据此提交")


def test_beside_a_baseline_a_form_has_nothing_new(small):
    """Its old findings are all still there."""
    before = small.result.documents[0]
    first = before.document.tables[0]
    document = before.document._replace(tables=(first, first._replace(project="别的路")))
    result = replace(small.result, documents=(before._replace(document=document, findings=()),), known=4, gone=0)
    made = replace(small, reading=Reading((document,)), result=result)
    for said in (plain(lint_text.render(made)), lint_md.render(made, View()), lint_html.render(made, View())):
        assert "没有新增问题" in said
        assert "没有发现问题" not in said


def test_two_forms_of_one_name_are_two_blocks(small):
    """Each with its own findings and counts; a finding that tells no form stays apart."""
    before = small.result.documents[0]
    first = before.document.tables[0]
    second = first._replace(year=2027, locations={"project": Location(line=43, column=1)})
    document = before.document._replace(tables=(first, second))
    sample = before.findings[0]
    findings = (
        sample._replace(form=0, message="甲处"),
        sample._replace(form=1, message="乙处"),
        sample._replace(form=1, message="丙处", severity="info"),
        sample._replace(form=None, message="丁处"),
    )
    result = replace(small.result, documents=(before._replace(document=document, findings=findings),))
    outcome = replace(small, reading=Reading((document,)), result=result)
    blocks = blocks_of(outcome)
    assert [(b.title, [f.message for f in b.findings]) for b in blocks] == [
        ("乡村道路养护（第 3 行）", ["甲处"]),
        ("乡村道路养护（第 43 行）", ["乙处", "丙处"]),
        ("乡村道路养护", ["丁处"]),
    ]
    text = plain(lint_text.render(outcome))
    assert "━━ 2. 乡村道路养护（第 43 行） ━━ 错误 1，提示 1\n" in text
    assert text.count("资金：实施期") == 2
