"""Reviews made of findings by hand: one small form, its findings, the national figures."""

from functools import cache
from io import BytesIO

import openpyxl
import pytest

import kpi
from kpi.model import Document, Entry, Indicator, Location, TargetTable
from kpi.reports import review_xlsx
from kpi.rules import Finding, LintResult, Ruleset, load
from kpi.rules.finding import Evidence
from kpi.rules.result import DocumentResult
from kpi.scoring import Review, reviews

FORM = """项目支出绩效目标表
(2026年度)
项目名称	{name}
主管部门	东溪县水务局	实施单位	东溪县灌区管理所
年度资金总额	860000元
一级指标	二级指标	三级指标	指标值
产出指标	数量指标	清淤渠道长度	≥12公里
产出指标	质量指标	清淤验收合格率	≥100%
产出指标	时效指标	清淤完成时间	2026年3月底前
成本指标	经济成本指标	每公里清淤成本	≤7万元
效益指标	社会效益指标	受益农户	大幅增加
满意度指标	服务对象满意度指标	灌区农户满意度	≥90%
"""
POINTS, WORDS = 8, 9  # columns of the marked cells


@cache
def national() -> Ruleset:
    return load("national")


def finding(item: str, severity: str = "error", rule: str = "ABC001", **more) -> Finding:
    settled = {
        "rule": rule, "name": rule.lower(), "title": "某毛病", "severity": severity, "confidence": "high",
        "fingerprint": "0123456789ab", "document": "表.txt", "project": "泵站管护", "half": None, "level2": "数量指标",
        "indicator": "巡查次数", "value": "多次", "message": "写得不对。", "expected": "", "suggestion": "改写。",
        "evidence": (Evidence("多次", Location(line=9, column=1)),), "basis": (), "review_item": item,
        "status": "stable", "form": 0,
    }  # fmt: skip
    return Finding(**(settled | more))


def table(project: str = "泵站管护", **more) -> TargetTable:
    row = Indicator("产出指标", "数量指标", "巡查次数", annual=Entry("≥12次", "巡查次数", Location(line=9, column=1)))
    settled = {"project": project, "department": "东溪县水务局", "year": 2026, "indicators": (row,)}
    return TargetTable(**(settled | more))


def result(*forms: tuple[TargetTable, list[Finding]], path: str = "表.txt", **more) -> LintResult:
    findings = tuple(f for _, some in forms for f in some)
    document = Document(path, "text", tuple(form for form, _ in forms))
    return LintResult("national", (DocumentResult(document, "national", findings),), (), (), **more)


def reviewed(findings: list[Finding], ruleset: Ruleset | None = None, **more) -> Review:
    (made,) = reviews(result((table(**more), findings)), ruleset or national())
    return made


@pytest.fixture
def item():
    """An item of a review by its name."""
    return lambda review, name: next(one for one in review.items if one.item == name)


@pytest.fixture
def forms(tmp_path):
    for name in ("渠道清淤", "=泵站'改造/[一]*"):
        path = tmp_path / "表" / f"{len(name)}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(FORM.format(name=name), encoding="utf-8")
    return tmp_path / "表"


@pytest.fixture
def book(forms, tmp_path):
    """The workbook of the two forms, to be filled in: `fill(sheet number, {item: (points, words)})` gives its path."""
    data = review_xlsx.render(kpi.review(forms))

    def fill(*sheets, by=""):
        workbook = openpyxl.load_workbook(BytesIO(data))
        for number, judged in enumerate(sheets):
            sheet = workbook.worksheets[3 + number]
            for row in sheet.iter_rows():
                if row[1].value in judged:
                    points, words = judged[row[1].value]
                    sheet.cell(row[1].row, POINTS).value = points
                    sheet.cell(row[1].row, WORDS).value = words
                if row[0].value == "审核人":
                    sheet.cell(row[0].row, 3).value = by or None
        path = tmp_path / "审核表.xlsx"
        workbook.save(path)
        return path

    return fill


def spoiled(path, spoil, number=3):
    """The workbook with something done to a sheet of it."""
    workbook = openpyxl.load_workbook(path)
    spoil(workbook.worksheets[number])
    workbook.save(path)
    return path


def cell_of(sheet, text):
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == text)
