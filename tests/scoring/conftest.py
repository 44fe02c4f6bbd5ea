"""Reviews made of findings by hand: one small form, its findings, the national figures."""

from functools import cache

import pytest

from kpi.model import Document, Entry, Indicator, Location, TargetTable
from kpi.rules import Finding, LintResult, Ruleset, load
from kpi.rules.finding import Evidence
from kpi.rules.result import DocumentResult
from kpi.scoring import Review, reviews


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
