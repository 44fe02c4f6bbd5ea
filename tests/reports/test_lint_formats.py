"""Every format of `kpi lint`: stored outputs that a person has read, the same bytes each time, the same findings."""

import csv
import io
import json
import re
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import openpyxl
import pytest

import kpi
from kpi.reports.about import gaps
from kpi.reports.lint_formats import FORMATS
from kpi.reports.view import View

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
TEXTS = ("html", "md", "csv", "sarif", "junit", "github")
FILES = ("xlsx", "docx")


def made(form, outcome, **view):
    return FORMATS[form].render(outcome, View(**view))


@pytest.fixture(params=["small", "ugly"])
def case(request):
    return request.param, request.getfixturevalue(request.param)


@pytest.mark.parametrize("form", TEXTS)
def test_a_text(form, case, snapshot):
    name, outcome = case
    text = made(form, outcome)
    if form == "html":  # the style and the script have tests of their own
        text = re.sub(r"<(style|script)>.*?</\1>|sha256-[^']+", "", text, flags=re.S)
    snapshot(f"lint-{name}.{form}", text.removeprefix("\ufeff"))


def test_a_workbook(case, snapshot):
    name, outcome = case
    snapshot(f"lint-{name}.xlsx.txt", _cells(made("xlsx", outcome)))


def test_a_letter(case, snapshot):
    name, outcome = case
    snapshot(f"lint-{name}.docx.txt", "\n".join(_paragraphs(made("docx", outcome))) + "\n")


def _cells(data: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(data))
    lines = []
    for sheet in book:
        lines.append(f"【{sheet.title}】")
        lines += [" | ".join("" if cell is None else str(cell) for cell in row) for row in sheet.values]
    return "\n".join(lines) + "\n"


def _paragraphs(data: bytes) -> list[str]:
    import docx

    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", ["small", "ugly", "hostile"])
def test_the_same_bytes(form, name, request):
    outcome = request.getfixturevalue(name)
    assert made(form, outcome) == made(form, outcome)
    assert made(form, outcome, explain=True) == made(form, outcome, explain=True)


@pytest.mark.parametrize("form", [*TEXTS, *FILES])
def test_every_report_tells_how_it_was_made(form, ugly):
    """Ruleset, version, law, tree; what was not read and not judged."""
    whole = made(form, ugly, explain=True)
    if form == "xlsx":
        whole = _cells(whole)
    elif form == "docx":
        whole = "\n".join(_paragraphs(whole))
    # A letter goes to people who never see the command line: there the ruleset has only its title.
    ruleset = "全国通用，第 1 版" if form == "docx" else "national 第 1 版，全国通用"
    assert form != "docx" or "national" not in whole
    for words in (ruleset, "2021 年体系", "只有符号，没有数字", "扫描件.pdf", "没有写资金"):
        assert words in unquote(whole.replace("\\", "")), words
    assert re.search("所用规定.{0,20}规则集没有注明日期", whole, re.S) or form == "sarif"


def _found(form: str, outcome) -> int:
    """How many findings a report holds, counted in the report itself."""
    data = made(form, outcome, fail_on="info")
    if form == "html":
        return data.count('data-grade="')
    if form == "md":
        return len(re.findall(r"^- \*\*|^  - ", data, re.M)) - len(re.findall(r"^### .*，\d+ 处$", data, re.M))
    if form == "csv":
        return sum(one["类别"] == "问题" for one in csv.DictReader(io.StringIO(data.removeprefix("\ufeff"))))
    if form == "sarif":
        return len(json.loads(data)["runs"][0]["results"])
    if form == "junit":
        return len(list(ElementTree.fromstring(data).iter("failure")))
    if form == "github":
        others = len(list(gaps(outcome))) + 2
        return len(data.splitlines()) - others
    if form == "xlsx":
        return openpyxl.load_workbook(io.BytesIO(data))["问题清单"].max_row - 1
    return len([one for one in _paragraphs(data) if re.match(r"\d+．【", one)])


@pytest.mark.parametrize("form", TEXTS)
def test_nothing_is_lost_on_the_way(form):
    outcome = kpi.lint(*sorted(EXAMPLES.glob("*.txt")))
    assert _found(form, outcome) == len(outcome.findings)


@pytest.mark.parametrize("form", FILES)
def test_nothing_is_lost_in_a_file(form):
    outcome = kpi.lint(EXAMPLES / "every-rule.txt")
    assert _found(form, outcome) == len(outcome.findings)


@pytest.mark.parametrize("stem", ["every-rule", "stacked-road", "weights-farmland"])
@pytest.mark.parametrize("suffix", ["docx", "xlsx", "pdf", "html"])
def test_an_example_gives_the_same_report_in_every_format(stem, suffix):
    """Places in the file aside, and what was not read, which no other format has."""
    reports = []
    for path in (EXAMPLES / f"{stem}.txt", EXAMPLES / "formats" / f"{stem}.{suffix}"):
        rows = list(csv.DictReader(io.StringIO(made("csv", kpi.lint(path)).removeprefix("\ufeff"))))
        reports.append([{**row, "文件": "", "位置": "", "其他位置": ""} for row in rows if row["类别"] == "问题"])
    assert reports[0] == reports[1]
    assert reports[0]


def test_sarif_keeps_to_the_published_schema(small, ugly, hostile):
    model = pytest.importorskip("pydantic_sarif.model")
    every = kpi.lint(EXAMPLES / "every-rule.txt", EXAMPLES / "formats" / "every-rule.xlsx")
    for outcome in (small, ugly, hostile, every):
        log = json.loads(made("sarif", outcome, explain=True))
        model.StaticAnalysisResultsFormatSarifVersion210JsonSchema.model_validate(log)
        (run,) = log["runs"]
        rules = run["tool"]["driver"]["rules"]
        assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in run["results"])
        assert all(one["region"]["startLine"] >= 1 for one in _regions(run))


def test_sarif_tools_read_what_was_found(tmp_path):
    loader = pytest.importorskip("sarif.loader")
    outcome = kpi.lint(EXAMPLES / "every-rule.txt", EXAMPLES / "stacked-road.txt")
    path = tmp_path / "kpi.sarif"
    path.write_text(made("sarif", outcome), encoding="utf-8")
    file = loader.load_sarif_file(str(path))
    report, counts = file.get_report(), outcome.result.counts
    read = {severity: report.get_issue_count_for_severity(severity) for severity in ("error", "warning", "note")}
    assert read == {"error": counts["error"], "warning": counts["warning"], "note": counts["info"]}
    lines = {(one.rule, quote.location.line) for one in outcome.findings for quote in one.evidence}
    for record in file.get_records():
        assert (record["Code"], int(record["Line"])) in lines or int(record["Line"]) == 1


def _regions(run):
    return [place["physicalLocation"] for one in run["results"] for place in one["locations"]
            if "region" in place["physicalLocation"]]  # fmt: skip


def test_sarif_names_waived_ones(small):
    from dataclasses import replace
    from datetime import date

    from kpi.rules.result import Waived

    (document,) = small.result.documents
    waived = (Waived(document.findings[0], "今年不改", "李四", date(2026, 12, 31)),)
    log = json.loads(made("sarif", replace(small, result=replace(small.result, waived=waived))))
    (suppressed,) = (one for one in log["runs"][0]["results"] if "suppressions" in one)
    assert suppressed["suppressions"][0]["justification"] == "今年不改（李四，至 2026-12-31）"


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("申报/甲 1.txt", "%E7%94%B3%E6%8A%A5/%E7%94%B2%201.txt"),
        ("/data/a#b.txt", "file:///data/a%23b.txt"),
        ("C:\\表\\a.txt", "file:///C:/%E8%A1%A8/a.txt"),
        ("a:b.txt", "./a:b.txt"),
        ("-", "-"),
        ("a\udcff.txt", "a%FF.txt"),  # a byte that is no text
        ("a\ud800\n.txt", "a%3F%0A.txt"),
    ],
)
def test_sarif_paths_are_uris(path, uri):
    from kpi.reports.lint_sarif import uri as made_uri

    assert made_uri(path) == uri


def test_junit_fails_on_what_the_run_fails_on(small):
    def failures(grade):
        return int(ElementTree.fromstring(made("junit", small, fail_on=grade)).get("failures"))

    assert [failures(grade) for grade in ("error", "info", "never")] == [3, 4, 0]


def test_the_worklist_has_states_to_choose(small):
    book = openpyxl.load_workbook(io.BytesIO(made("xlsx", small)))
    sheet = book["问题清单"]
    assert sheet.freeze_panes == "E2"
    assert sheet.auto_filter.ref == "A1:W5"
    (choice,) = sheet.data_validations.dataValidation
    assert (str(choice.sqref), choice.formula1) == ("B2:B5", '"未处理,已改,不改,误报"')
    assert book["统计"]["B3"].value == '=COUNTIF(问题清单!$B$2:$B$5,"未处理")'


def test_a_line_break_in_the_name_of_a_file_is_escaped_for_github(tmp_path):
    path = tmp_path / "甲\n:,乙.txt"
    path.write_bytes((EXAMPLES / "every-rule.txt").read_bytes())
    first = made("github", kpi.lint(path)).splitlines()[0]
    assert "/甲%0A%3A%2C乙.txt," in first
