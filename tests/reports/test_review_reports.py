"""Every renderer of a review on a small and on an ugly document, against stored outputs that a person has read."""

import json
import re
from dataclasses import replace
from functools import cache
from io import BytesIO

import docx
import openpyxl
import pytest

from kpi.api import score
from kpi.model import Location
from kpi.reports import contract_review, review_docx, review_html, review_json, review_text, review_xlsx
from kpi.reports.lines import plain
from kpi.reports.review_outcome import ReviewOutcome
from kpi.rules import load
from kpi.rules.result import LintResult
from kpi.scoring import Judged, JudgedItem, merge


@cache
def _national():
    return load("national")


def _review(outcome) -> ReviewOutcome:
    return score(replace(outcome, ruleset=_national()))


@pytest.fixture(params=["small", "ugly"])
def case(request):
    return request.param, _review(request.getfixturevalue(request.param))


def test_text(case, snapshot):
    name, reviewed = case
    snapshot(f"review-{name}.txt", plain(review_text.render(reviewed)))


def test_text_explained(case, snapshot):
    name, reviewed = case
    snapshot(f"review-{name}-explain.txt", plain(review_text.render(reviewed, explain=True)))


def test_json(case, snapshot):
    name, reviewed = case
    text = review_json.render_json(reviewed)
    contract_review.ReviewReport.model_validate_json(text)
    snapshot(f"review-{name}.json", text)


def test_jsonl(case):
    _, reviewed = case
    *projects, last = review_json.render_jsonl(reviewed).splitlines()
    whole = json.loads(review_json.render_json(reviewed))
    assert [contract_review.ReviewLine.model_validate_json(one).project.key for one in projects] == [
        project["key"] for project in whole["projects"]
    ]
    contract_review.ReviewLast.model_validate_json(last)
    assert {**json.loads(last), "projects": [json.loads(one)["project"] for one in projects]} == whole


def test_html(case, snapshot):
    name, reviewed = case
    text = review_html.render(reviewed)
    assert "<script" not in text
    assert not re.search(r'(?:src|href)="(?!#)', text)
    snapshot(f"review-{name}.html", re.sub(r"<style>.*?</style>", "<style></style>", text, flags=re.DOTALL))


def test_xlsx(case, snapshot):
    """The cells of all sheets: values, formulas behind them."""
    name, reviewed = case
    data = review_xlsx.render(reviewed)
    plainly, values = openpyxl.load_workbook(BytesIO(data)), openpyxl.load_workbook(BytesIO(data), data_only=True)
    lines = []
    for sheet, counted in zip(plainly, values, strict=True):
        lines.append(f"## {sheet.title}")
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            text = str(counted[cell.coordinate].value).replace("\n", "⏎")
            lines.append(f"{cell.coordinate}\t{text}" + (f"\t{cell.value}" if cell.data_type == "f" else ""))
    snapshot(f"review-{name}.xlsx.txt", "\n".join(lines) + "\n")


def test_docx(case, snapshot):
    name, reviewed = case
    lines = []
    for block in docx.Document(BytesIO(review_docx.render(reviewed))).iter_inner_content():
        if hasattr(block, "rows"):
            lines += ["\t".join(cell.text.replace("\n", "⏎") for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
    snapshot(f"review-{name}.docx.txt", "\n".join(lines) + "\n")


def test_the_same_bytes(ugly):
    reviewed = _review(ugly)
    for module in (review_docx, review_html, review_xlsx):
        assert module.render(reviewed) == module.render(reviewed)


def test_nothing_of_a_document_steers_the_terminal(ugly):
    text = plain(review_text.render(_review(ugly), explain=True))
    assert all(character == "\n" or character.isprintable() or character == "　" for character in text)


def test_hostile_names_are_text(small):
    """Markup, formulas, control characters, halves of characters, a name of ten thousand."""
    (document,) = small.result.documents
    wild = ['<script>alert(1)</script>"&', "=HYPERLINK(1)", "\x00\x1b[31m\ud800\ufffe", "长" * 10_000, "", "'a'!A1]["]
    form = document.document.tables[0]
    tables = tuple(
        form._replace(project=name, department=name, locations={"project": Location(line=n, column=1)})
        for n, name in enumerate(wild, 1)
    )
    result = LintResult("national", (document._replace(document=document.document._replace(tables=tables)),), (), ())
    reading = replace(small.reading, documents=(result.documents[0].document,))
    reviewed = _review(replace(small, reading=reading, result=result))
    page = review_html.render(reviewed)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    workbook = openpyxl.load_workbook(BytesIO(review_xlsx.render(reviewed)))
    assert len({sheet.title for sheet in workbook}) == 3 + len(wild)
    assert docx.Document(BytesIO(review_docx.render(reviewed))).tables
    contract_review.ReviewReport.model_validate_json(review_json.render_json(reviewed))
    assert plain(review_text.render(reviewed, explain=True))


def test_what_the_reviewer_said_is_shown_as_such(small):
    reviewed = _review(small)
    rows = (JudgedItem("实现可能性", reviewed.reviews[0].items[6].points, "有县政府批复", None, "F9"),)
    merged = merge(reviewed.reviews, [Judged(reviewed.reviews[0].key, "", "李敏", rows)])
    judged = replace(reviewed, reviews=merged.reviews, judged="审核表.xlsx")
    for text in (plain(review_text.render(judged)), review_html.render(judged)):
        assert "审核人李敏打 10 分（机器为 0–10）：有县政府批复" in text
    (item,) = [one for one in json.loads(review_json.render_json(judged))["projects"][0]["items"] if one["judgement"]]
    assert item["judgement"] == {"points": "10", "words": "有县政府批复", "by": "李敏"}
    assert (item["machine"], item["low"], item["decided_by"]) == ({"low": "0", "high": "10"}, "10", "reviewer")
