"""TXT: cases are data; here are the readers of text on their own, and texts that no clerk writes."""

import time

import pytest
from form_cases import cases, check, found
from hypothesis import given, settings
from hypothesis import strategies as st

import kpi
from kpi.model import Document, Location, TargetTable
from kpi.rules import lint
from kpi.rules.checks.punctuation import turned
from kpi.rules.checks.unfinished import unbalanced
from kpi.rules.citations import citations, rewrite
from kpi.rules.prose import prose, quoted, titled

RULES = ["TXT003", "TXT004", "TXT005", "TXT007", "TXT008", "TXT010", "TXT011", "TXT013"]


CASES = cases("text_cases.yaml", "goal_cases.yaml", "prose_cases.yaml")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_cases(national, case):
    check(found(national, case), case["want"])


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("根据云林发【2023】45号及云林发(2024)第06号", "根据云林发〔2023〕45号及云林发〔2024〕6号"),
        ("云林发[ 2023 ] 45 号文件", "云林发〔2023〕45号文件"),
        ("云林发［2023］45", "云林发〔2023〕45号"),
        ("《通知》（云林发〔2023〕45号）", "《通知》（云林发〔2023〕45号）"),
        ("(2023)云01民终45号", "(2023)云01民终45号"),
        ("", ""),
    ],
)
def test_numbers_rewritten(text, better):
    assert rewrite(text) == better
    assert rewrite(better) == better


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("根据晋财预〔2021〕8号", ["晋财预"]),
        ("转发省教育厅云教基〔2021〕8号、云教厅函〔2022〕9号", ["云教基", "云教厅函"]),
        ("的通知清政办发〔2021〕8号", ["清政办发"]),
        ("国办法〔2021〕8号", ["国办法"]),
        ("〔2021〕8号", []),
    ],
)
def test_codes_without_the_words_before_them(text, codes):
    assert [one.issuer for one in citations(text)] == codes


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("开展”光明行“活动", "开展“光明行”活动"),
        ("“”光明行“”", "“光明行”"),
        ("‘光明行‘", "‘光明行’"),
        ("“光明行”", None),
        ("“甲“乙”丙”", None),
        ("“光明行", None),
        ("55”电视、65”电视", None),
        ("", None),
    ],
)
def test_quotation_marks_turned(text, better):
    assert turned(text) == better


@pytest.mark.parametrize(
    "text", ["1)甲 2)乙", "（一）甲（二）乙", "（含1）甲2）乙）", "【甲】[乙]〔丙〕", "a)甲；b)乙", ""]
)
def test_balanced(text):
    assert unbalanced(text) is None


@pytest.mark.parametrize("text", ["（甲", "甲乙）", "《甲》乙》", "“甲", "甲】"])
def test_unbalanced(text):
    assert unbalanced(text) is not None


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("TXT008", "根据云林发【2023】45号、云林发(2024)第06号实施"),
        ("TXT011", "开展”光明行“和”暖冬“活动"),
        ("TXT011", "“”光明行“”救治"),
    ],
)
def test_edits_put_a_text_right(national, code, text):
    form = TargetTable(project="复明", sections={"项目概况": text}, locations={"sections.项目概况": Location(line=7)})
    [finding] = lint([Document("甲", "text", (form,))], national, select=[code]).findings
    right = text
    for edit in sorted(finding.edits, key=lambda edit: -(edit.at or 0)):
        assert (edit.location.line, text[edit.at : edit.at + len(edit.find)]) == (7, edit.find)
        right = right[: edit.at] + edit.replace + right[edit.at + len(edit.find) :]
    assert right in (rewrite(text), turned(text))


def table(text: str) -> TargetTable:
    return TargetTable(
        project=text[:200],
        sections={"项目概况": text, "立项依据": text, "项目设立必要性": text[::-1]},
        period_goal=text,
        annual_goal=text + "。",
    )


def test_prose_of_a_form():
    form = TargetTable(
        project="绿化",
        sections={"项目概况": "植树", "审核意见": "同意", "立项依据": "—"},
        annual_goal="植树100亩",
        locations={"project": Location(line=1), "goals.annual": Location(line=5)},
    )
    assert [one.key for one in titled(form, frozenset({"意见"}))] == ["project", "sections.项目概况", "goals.annual"]
    assert [one.location.line for one in prose(form)] == [1, 1, 5]
    assert quoted(prose(form)[-1]).text == "年度目标：植树100亩"


def judged(national, text: str) -> list[str]:
    result = lint([Document("甲", "text", (table(text), table(text)))], national, select=RULES)
    return [f.rule for f in result.findings if f.rule == "KPI001"]


PIECES = [
    "（",
    "）",
    "《",
    "》",
    "“",
    "”",
    "〔2024〕",
    "【2024】",
    "号",
    "1)",
    "**",
    "##",
    "\n",
    "，",
    "促进",
    "发放",
    "\x00",
    "3万元",
    "性、",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=30))
def test_no_text_breaks_a_check(national, parts):
    assert judged(national, "".join(parts)) == []


@pytest.mark.parametrize(
    "piece",
    ["甲", "（", "“", "”", "《甲", "云发【2024】5号", "**甲", "安全性、", "\x07\u200b", "1)", "促进，", "3元", " "],
)
def test_a_long_text_costs_little(national, piece):
    text = (piece * 10_000)[:10_000]
    start = time.perf_counter()
    assert judged(national, text) == []
    assert time.perf_counter() - start < 120  # what it must not be is quadratic: that would be hours


def test_a_page_that_ends_in_a_text_is_no_clerks_fault(national):
    form = TargetTable(project="绿化", sections={"项目概况": "在城区主干道两侧补植行道树和"})
    whole = TargetTable(project="亮化", sections={"项目概况": "在城区主干道两侧增设路灯和"})
    result = lint([Document("甲", "text", (whole, form))], national, select=["TXT007"])
    assert [f.project for f in result.findings] == ["亮化"]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("数量指标 聘用讲师人数 ≥6人\n质量指标 讲师持证率 =100%\n成本指标 教具", 1),  # all counts are there
        ("数量指标 聘用讲师人数 ≥6人\n教具", 0),  # amid the counts
    ],
)
def test_a_count_in_front_of_where_a_form_breaks_off(tmp_path, rows, found):
    path = tmp_path / "目标.txt"
    goal = "年度目标 聘用讲师6人，下乡授课18次，受益群众2000人。"
    head = f"项目支出绩效目标表\n项目名称 救护培训\n{goal}\n二级指标 三级指标 指标值\n"
    path.write_text(f"{head}{rows}\n", encoding="utf-8")
    findings = kpi.lint(path, select=("TXT001",)).findings
    assert len(findings) == found
    assert all("18次" in one.message and "2000人" not in one.message for one in findings)
