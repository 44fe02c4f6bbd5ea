"""A small document, an ugly one, and what a check could say of them. Made-up bureaus."""

import os
from decimal import Decimal
from pathlib import Path

import pytest

from kpi.model import Document, Entry, Funding, Indicator, Location, TargetTable, Unread
from kpi.reports.outcome import Failure, Outcome, Reading
from kpi.rules.finding import Evidence, Finding, Fix
from kpi.rules.result import DocumentResult, LintResult, Skipped
from kpi.rules.ruleset import Ruleset
from tests.forms.office import CHROMIUM

SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.fixture(scope="module")
def browser():
    """The system's Chromium, driven; tests that need it are skipped where there is none."""
    playwright = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with playwright.sync_playwright() as started:
        one = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield one
        one.close()


@pytest.fixture
def snapshot():
    """Compare with a stored text; `KPI_SNAPSHOTS=write pytest` stores what came out, to be read before it is kept."""

    def compare(name: str, text: str) -> None:
        path = SNAPSHOTS / name
        if os.environ.get("KPI_SNAPSHOTS") == "write":
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8")

    return compare


def entry(text: str, name: str, line: int, column: int = 1) -> Entry:
    place = Location(line=line, column=column)
    return Entry(text, name, place, {"value": place})


def row(level2: str, name: str, period: str | None, annual: str | None, line: int) -> Indicator:
    level1 = "效益指标" if "效益" in level2 else "产出指标"
    return Indicator(
        level1,
        level2,
        name,
        period=None if period is None else entry(period, name, line),
        annual=None if annual is None else entry(annual, name, line, 40),
    )


def finding(rule: str, title: str, severity: str, **more) -> Finding:
    settled = {
        "rule": rule,
        "name": rule.lower(),
        "title": title,
        "severity": severity,
        "confidence": "high",
        "fingerprint": "0123456789ab",
        "document": "清河县.txt",
        "project": "乡村道路养护",
        "half": None,
        "level2": None,
        "indicator": None,
        "value": None,
        "message": "",
        "expected": "",
        "suggestion": "",
        "evidence": (),
        "basis": (),
        "review_item": "规范完整性",
        "status": "stable",
    }
    return Finding(**(settled | more))


def ruleset() -> Ruleset:
    return Ruleset(
        name="national",
        title="全国通用",
        version="1",
        dated=None,
        rules={},
        off=frozenset(),
        silences=(),
        words={},
        profiles={},
        bases={},
    )


def outcome(documents: list[DocumentResult], failures: tuple[Failure, ...] = (), **more) -> Outcome:
    reading = Reading(tuple(d.document for d in documents), failures)
    settled = {"rules_run": ("UNI001", "REQ004", "CST001"), "rules_not_applicable": ("REQ009",)}
    return Outcome(reading, LintResult("national", tuple(documents), **(settled | more)), ruleset())


@pytest.fixture
def road() -> TargetTable:
    return TargetTable(
        title="项目支出绩效目标表",
        year=2026,
        project="乡村道路养护",
        department="清河县交通局",
        unit="公路站",
        term="1年",
        period_funding=Funding(Decimal("1200000"), {"县级资金": Decimal("1200000"), "上级资金": None}),
        annual_funding=Funding(Decimal("1200000")),
        profile="legacy-2015",
        sections={"项目概况": "养护乡村道路。", "立项依据": ""},
        period_goal="养护道路38公里",
        annual_goal="养护道路38公里",
        sign_off={"负责人": ""},
        indicators=(
            row("数量指标", "养护里程", "≥38公里", "≥38公里", 12),
            row("质量指标", "验收合格率", "100元", "100元", 13),
            row("成本指标", "项目成本", "≤120万元", "≤150万元", 15),
        ),
        locations={"project": Location(line=3, column=2), "sections.立项依据": Location(line=7, column=1)},
    )


@pytest.fixture
def small(road) -> Outcome:
    """One form with an error in both halves, one in one half, and one on the form itself."""
    place = {"level2": "质量指标", "indicator": "验收合格率", "value": "100元", "half": "both"}
    cost = {"level2": "成本指标", "indicator": "项目成本", "value": "≤150万元", "half": "annual"}
    findings = (
        finding(
            "REQ004",
            "必填栏目为空",
            "error",
            message="“立项依据”没有填写。",
            expected="每个栏目都有内容。",
            suggestion="补写立项依据。",
            evidence=(Evidence("", Location(line=7, column=1)),),
        ),
        finding(
            "UNI001",
            "单位与指标不符",
            "error",
            **place,
            message="“验收合格率”是比率，值“100元”却是金额。",
            expected="比率，用 %。",
            suggestion="改为“=100%”。",
            basis=("《办法》（甲〔2015〕1号）第六条",),
            evidence=(Evidence("100元", Location(line=13, column=1)), Evidence("100元", Location(line=13, column=40))),
            fix=Fix("=100%"),
        ),
        finding(
            "VAL006",
            "缺少比较符号",
            "info",
            **place,
            message="“100元”没有比较符号。",
            suggestion="写明符号。",
            evidence=(Evidence("100元", Location(line=13, column=1)),),
        ),
        finding(
            "CST001",
            "成本指标超出资金",
            "error",
            **cost,
            message="成本 150 万元，资金只有 120 万元。",
            expected="不超过 1,200,000 元。",
            suggestion="改为“≤120万元”。",
            basis=("《办法》（甲〔2015〕1号）第七条", "某某标准"),
            evidence=(
                Evidence("≤150万元", Location(line=15, column=40)), Evidence("1200000", Location(line=5, column=1)),
            ),
        ),
    )
    document = Document("清河县.txt", "text", (road,), "utf-8")
    skipped = (Skipped("REQ009", "表中没有权重", 1, 1),)
    return outcome([DocumentResult(document, "legacy-2015", findings, skipped)])


@pytest.fixture
def ugly(road) -> Outcome:
    """Two files, a form without a name, control characters, a file that failed, something unread, a broken rule."""
    nameless = TargetTable(
        project="", profile="national", indicators=(row("数量指标", "", None, "\x1b[31m红\n字", 30),)
    )
    clean = TargetTable(
        project="图书馆\u202e开放",
        annual_funding=Funding(None),
        indicators=(row("社会效益", "读者", None, "≥1万人次", 50),),
    )
    first = Document(
        "甲 局.txt",
        "text",
        (nameless, clean),
        "gb18030",
        (Unread("满意度\t≥", Location(line=44, column=1), "只有符号，没有数字", "图书馆", "服务对象满意度"),),
    )
    second = Document("乙局.docx", "docx", (road,), None)
    wild = {"document": "甲 局.txt", "project": "", "level2": "数量指标", "value": "\x1b[31m红\n字", "half": "annual"}
    findings = (
        finding(
            "REQ003",
            "有值无名",
            "error",
            **wild,
            form=0,
            indicator="",
            message="值“红字”没有名称。",
            evidence=(Evidence("\x1b[31m红\n字", Location(line=30, column=3)),),
        ),
        finding(
            "KPI002",
            "未能识别的内容",
            "warning",
            document="甲 局.txt",
            project="图书馆",
            message="有一处没有读懂。",
            evidence=(Evidence("满意度\t≥", Location(line=44, column=1)),),
        ),
    )
    quotes = tuple(Evidence(f"第{n}段空话" * 20, Location(table=2, row=n, column=4)) for n in range(1, 13))
    texts = finding(
        "TXT003", "栏目内容雷同", "warning", document="乙局.docx", message="多个栏目是同一段话。", evidence=quotes
    )
    documents = [
        DocumentResult(first, "national", findings, (), (Skipped("CST001", "没有写资金", 1, 2),)),
        DocumentResult(second, "legacy-2015", (texts,)),
    ]
    failures = (
        Failure("扫描件.pdf", "这是扫描图片，读不出文字，请先做文字识别"),
        Failure("通知.txt", "没有找到绩效目标表", blocks=False),
    )
    return outcome(documents, failures, rules_not_applicable=(), broken=("VAL099",), could_not_check=1)


HOSTILE = (
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", "<script>alert(1)</script>", "]]>&amp;<b>",
    "{{结论}}", "{{项目开始}}", "半个字\ud800", "\x00\x07空", "::error::甲%0A", "a|b`c*d",
    '"><img src=x onerror=alert(1)>',
    "从右到左\u202e写", "\u200f标记", "🚧👷‍♀️ 施工", "_x000D_", "\ufffe\uffff", "长" * 300,
    "${jndi}$(rm)", "行一\n::warning::行二",
)  # fmt: skip


@pytest.fixture
def hostile() -> Outcome:
    """A form that says what could harm a program further on: in names, values, texts and the file's own name; forty
    findings in one cell."""
    rows = tuple(row("数量指标", text, text, text, number) for number, text in enumerate(HOSTILE, 10))
    table = TargetTable(
        project="长名" * 120 + HOSTILE[0],
        department=HOSTILE[6],
        sections={HOSTILE[6]: HOSTILE[6], "立项依据": HOSTILE[14]},
        indicators=rows,
        locations={"project": Location(line=1, column=1)},
    )
    path = "=甲<b>&'\"局.txt"
    settled = {"document": path, "project": table.project, "form": 0, "level2": "数量指标"}
    findings = [
        finding(f"VAL{number:03}", text, "error", **settled, indicator=text, value=text, message=text, expected=text,
                suggestion=text, basis=(text,), evidence=(Evidence(text, Location(line=number, column=1)),),
                fix=Fix(text))
        for number, text in enumerate(HOSTILE, 10)
    ]  # fmt: skip
    findings += [
        finding(f"TXT{number:03}", "多", "info", **settled, indicator=HOSTILE[0], value=HOSTILE[0],
                message=f"第 {number} 个", evidence=(Evidence(HOSTILE[0], Location(line=10, column=1)),))
        for number in range(40)
    ]  # fmt: skip
    unread = tuple(Unread(text, Location(line=90, column=1), text) for text in HOSTILE)
    document = Document(path, "text", (table,), "utf-8", unread)
    failures = (Failure(HOSTILE[6], HOSTILE[14]), Failure("-甲.txt", "", blocks=False))
    return outcome([DocumentResult(document, "national", tuple(findings))], failures)
