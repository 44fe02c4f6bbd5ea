"""Nothing that a document says does anything in the programs that open a report."""

import csv
import io
import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest

from kpi.reports.lint_formats import FORMATS
from kpi.reports.office import cell_text, inert, legal
from kpi.reports.view import View

FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@pytest.fixture(params=[False, True], ids=["brief", "explained"])
def report(request, hostile):
    return lambda form: FORMATS[form].render(hostile, View(explain=request.param, fail_on="info"))


@pytest.mark.parametrize("form", ["html", "md", "csv", "sarif", "junit", "github"])
def test_a_text_has_no_characters_that_break_it(form, report):
    text = report(form)
    assert not ILLEGAL.search(text)
    assert text.encode("utf-8").decode("utf-8") == text


def test_no_cell_of_a_csv_is_a_formula(report):
    rows = list(csv.reader(io.StringIO(report("csv").removeprefix("\ufeff"))))
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if FORMULA.match(cell)]
    assert any(cell.startswith("'=cmd") for row in rows for cell in row)


def test_no_cell_of_a_workbook_is_a_formula(report):
    book = openpyxl.load_workbook(io.BytesIO(report("xlsx")))
    formulas = [cell.value for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    assert len(formulas) == 4
    assert all(formula.startswith("=COUNTIF(问题清单!") for formula in formulas)
    texts = [cell for row in book["问题清单"] for cell in row if isinstance(cell.value, str)]
    quoted = [cell for cell in texts if FORMULA.match(cell.value)]
    assert quoted
    assert all(cell.quotePrefix for cell in quoted)
    assert not [sheet for sheet in book if any(cell.hyperlink for row in sheet for cell in row)]


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.attributes = {}, set()

    def handle_starttag(self, tag, attrs):
        self.tags[tag] = self.tags.get(tag, 0) + 1
        self.attributes |= {name for name, _ in attrs}


def test_a_page_has_our_tags_only(report):
    tags = _Tags()
    tags.feed(page := report("html"))
    assert tags.tags["script"] == tags.tags["style"] == 1
    assert not {"img", "b:", "iframe", "object", "link", "base"} & set(tags.tags)
    assert not [name for name in tags.attributes if name.startswith("on") or name in ("src", "style")]
    assert "default-src 'none'" in page
    assert "unsafe" not in page.partition("</head>")[0]
    assert not re.search(r"https?://", page)


def test_no_line_of_a_document_becomes_a_workflow_command(report, hostile):
    lines = report("github").splitlines()
    assert all(re.match(r"::(error|warning|notice) ", line) for line in lines)
    assert sum(line.startswith("::error ") for line in lines) == hostile.result.counts["error"]


def test_junit_is_xml(report, hostile):
    assert int(ElementTree.fromstring(report("junit")).get("failures")) == len(hostile.findings)


def test_sarif_is_json(report, hostile):
    assert len(json.loads(report("sarif"))["runs"][0]["results"]) == len(hostile.findings)


def test_markdown_keeps_its_tables(report, hostile):
    text = report("md")
    assert not re.search(r"(?<!\\)<", text)
    rows = [line for line in text.splitlines() if line.startswith("| 没有读懂")]
    assert len(rows) == len(hostile.reading.documents[0].unread)
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {6}


def test_a_letter_takes_texts_for_texts(report):
    """Placeholders in a document stay what they are; every part is XML."""
    data = report("docx")
    with ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(package.read(name))
        body = package.read("word/document.xml").decode()
    assert "{{结论}}" in body
    assert "{{项目开始}}" in body
    assert "<script" not in body


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", " =1", "\r=1", "＝1", "|cmd"])
def test_formulas_are_neutralised(text):
    assert inert(cell_text(text)).startswith("'")


@pytest.mark.parametrize("text", ["≥95%", "100元", "甲=乙", "", "'=1"])
def test_other_texts_stay(text):
    assert inert(cell_text(text)) == text


def test_a_cell_is_not_longer_than_a_spreadsheet_holds():
    assert len(cell_text("长" * 100_000)) == 32_000


def test_what_xml_may_not_hold_is_shown():
    assert legal("a\x00b\ud800c\ufffed\x1f") == "a�b�c�d�"
