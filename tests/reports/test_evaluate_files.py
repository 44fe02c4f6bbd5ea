"""What the files of an evaluation mark as wrong: what the rules find fault with, and nothing that they accept. And
which files they call unchecked."""

import io
import json
import re
import zipfile

import pytest

import kpi
from kpi.reports import evaluate_docx, evaluate_html, evaluate_json, evaluate_text, evaluate_xlsx
from kpi.reports.evaluate_outcome import EvaluateOutcome
from kpi.reports.lightlooks import FILLS
from kpi.rules.example_spec import ExampleSpec
from kpi.rules.examples import document

LEAKS = {
    "level2": "质量指标", "name": "管网漏损率", "value": "≥12%", "weight": "40", "actual": "11.5%", "score": "40",
    "reason": "",
}  # fmt: skip
VISITS = {
    "level2": "数量指标", "name": "走访户数", "value": "≥300户", "weight": "60", "actual": "200户", "score": "40.01",
    "reason": "汛期道路中断",
}  # fmt: skip


def evaluated(total: str, *rows: dict) -> EvaluateOutcome:
    example = {"form": "self-evaluation", "project": "供水管网改造", "year": 2025, "rows": rows,
               "stated": {"full": "100", "score": total}}  # fmt: skip
    return kpi.evaluate(document(ExampleSpec.model_validate(example)))


def marks(outcome: EvaluateOutcome) -> set[str]:
    """The formats that show a figure as wrong."""
    found = set()
    if any(span.style == "warning" for one in evaluate_text.render(outcome) for span in one):
        found.add("text")
    if "n warn" in evaluate_html.render(outcome):
        found.add("html")
    if FILLS["red"] in part(evaluate_docx.render(outcome), r"word/document\.xml"):
        found.add("docx")
    used, styles = cells(evaluate_xlsx.render(outcome))
    if any(FILLS["red"] in styles[number] for number in used):
        found.add("xlsx")
    return found


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(archive.read(one).decode("utf-8") for one in archive.namelist() if re.fullmatch(name, one))


def cells(data: bytes) -> tuple[set[int], list[str]]:
    """The numbers of the looks that cells of the forms have, and the fill of each look."""
    book = part(data, r"xl/styles\.xml")
    fills = re.findall("<fill>.*?</fill>", book)
    looks = re.findall(r'<xf [^>]*?fillId="(\d+)"', book.split("<cellXfs", 1)[1].split("</cellXfs>", 1)[0])
    used = {int(number) for number in re.findall(r'<c [^>]*?s="(\d+)"', part(data, r"xl/worksheets/sheet[3-9]\.xml"))}
    return used, [fills[int(number)] for number in looks]


def test_points_that_the_rules_accept():
    """By its sign 40×11.5/12 = 38.33, by its name ("漏损率") the target is met: 40; 60×200/300 = 40.00, a hair off.
    40 + 40.01 = 80.01, the recomputed sum is 78.33."""
    outcome = evaluated("80.01", LEAKS, VISITS)
    [(_, one)] = outcome.evaluations
    assert str(one.total.score) == "78.33"
    assert not outcome.findings
    assert not marks(outcome)


@pytest.mark.parametrize(
    ("total", "rows"),
    [
        ("85", [LEAKS, VISITS | {"score": "45"}]),  # 60×200/300 = 40, not 45
        ("82", [LEAKS, VISITS | {"score": "40"}]),  # 40 + 40 = 80, not 82
        ("105", [LEAKS | {"score": "45"}, VISITS | {"actual": "300户", "score": "60"}]),  # 45 of 40 points
    ],
)
def test_points_that_are_wrong(total, rows):
    outcome = evaluated(total, *rows)
    assert {finding.rule for finding in outcome.findings} & {"EVL001", "EVL002"}
    assert marks(outcome) >= {"docx", "xlsx"}


FORM = (
    "项目支出绩效自评表\n（2025年度）\n项目名称\t供水管网改造\n"
    "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n"
    "产出指标\t数量指标\t走访户数\t≥300户\t300户\t100\t100\n"
)


def test_points_outside_the_band_that_a_row_claims():
    """EVL003 is an error like EVL001: every format marks its cell."""
    mood = {"level2": "社会效益", "name": "沿街经营秩序", "value": "明显改善", "weight": "100", "actual": "部分达成",
            "score": "95", "reason": "两条街未整治完"}  # fmt: skip
    outcome = evaluated("95", mood)
    assert [one.rule for one in outcome.findings if one.severity == "error"] == ["EVL003"]
    assert marks(outcome) == {"text", "html", "docx", "xlsx"}


@pytest.mark.parametrize(("other", "listed"), [("通知.txt", []), ("坏.xlsx", ["坏.xlsx"])])
def test_a_file_without_a_form_is_not_one_that_could_not_be_checked(tmp_path, other, listed):
    (tmp_path / "自评.txt").write_text(FORM, "utf-8")
    (tmp_path / other).write_text("关于召开会议的通知\n", "utf-8")
    outcome = kpi.evaluate(tmp_path)
    told = json.loads(evaluate_json.render_json(outcome))["could_not_check"]
    assert [one["path"] for one in told] == [str(tmp_path / name) for name in listed]
    assert outcome.could_not_check == len(listed)
