"""The head of the page: which rules were broken, the gravest first and none cut through; files over their forms."""

import re
from dataclasses import replace

from kpi.reports import lint_html
from kpi.reports.view import View
from tests.reports.conftest import finding


def _page(outcome, findings) -> str:
    documents = (outcome.result.documents[0]._replace(findings=tuple(findings)), *outcome.result.documents[1:])
    return lint_html.render(replace(outcome, result=replace(outcome.result, documents=documents)), View())


def _rules(page: str) -> list[tuple[str, str, int]]:
    rows = re.findall(r'<a href="#p\d+">(\w+) .*?</a></td><td class="(\w+)">.*?<td class="number">(\d+)</td>', page)
    return [(code, grade, int(count)) for code, grade, count in rows]


def test_errors_stand_above_hints_however_few(small):
    hints = [finding("VAL006", "缺少比较符号", "info") for _ in range(9)]
    page = _page(small, [*hints, finding("CST001", "超出资金", "error"), finding("REQ004", "空栏", "warning"),
                         finding("UNI001", "单位不符", "error"), finding("UNI001", "单位不符", "error")])  # fmt: skip
    assert _rules(page) == [
        ("UNI001", "error", 2), ("CST001", "error", 1), ("REQ004", "warning", 1), ("VAL006", "info", 9),
    ]  # fmt: skip


def test_a_rule_of_two_grades_is_there_for_each(small):
    page = _page(small, [finding("VAL004", "未量化", grade) for grade in ("info", "error", "info")])
    assert _rules(page) == [("VAL004", "error", 1), ("VAL004", "info", 2)]


def test_many_rules_are_a_click_away_and_not_in_a_scroll_box(small):
    page = _page(small, [finding(f"ABC{n:03}", "毛病", "error") for n in range(20)])
    shown, _, rest = page.partition("<details><summary>另有 8 条规则，8 处</summary>")
    assert [len(_rules(shown)), len(_rules(rest))] == [12, 8]
    assert not re.search(r"\.rules\{[^}]*(max-height|overflow)", page)


def test_a_file_stands_over_its_forms(ugly):
    """And every form has its number beside its own name."""
    contents = lint_html.render(ugly, View()).partition('<div class="contents">')[2].partition("</nav>")[0]
    groups = re.findall(r'<p class="path">(.*?)</p><ol start="(\d+)">(.*?)</ol>', contents, re.DOTALL)
    assert [(path, int(start), inner.count("<li")) for path, start, inner in groups] == [
        ("甲 局.txt", 1, 3), ("乙局.docx", 4, 1),
    ]  # fmt: skip
    assert all("path" not in inner for _, _, inner in groups)
