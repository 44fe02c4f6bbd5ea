"""Letters of opinions: one a unit, figures that add up, what is not the unit's affair on a page of its own."""

import io
import re

import docx
import pytest

from kpi.model import Document
from kpi.reports.lint_docx import render
from kpi.reports.lint_letters import letters
from kpi.reports.view import View
from kpi.rules.result import DocumentResult
from tests.reports.conftest import finding
from tests.reports.conftest import outcome as checked


@pytest.fixture
def county(road):
    """Three forms of two units in three files, and a file that failed."""
    documents = []
    for number, (project, unit) in enumerate(
        (("泵站更新", "041002-河道管理所"), ("食堂改造", "第一小学"), ("河道清淤", "河道管理所")), 1
    ):
        form = road._replace(project=project, unit=unit)
        path = f"{number}.txt"
        about = {"document": path, "project": project, "form": 0, "level2": "数量指标"}
        hints = tuple(
            finding("VAL006", "缺少比较符号", "info", **about, indicator=f"指标{n}", value="12次", message="没有符号。")
            for n in range(5)
        )
        basis = ("《绩效目标管理办法》（东财〔2024〕3号）第五条",)
        errors = (
            finding("CST001", "成本指标超出资金", "error", **about, indicator="总成本", value="≤9万元", basis=basis,
                    message="多出 3 万元。", suggestion="改为“≤6万元”。"),
        )  # fmt: skip
        documents.append(DocumentResult(Document(path, "text", (form,)), "legacy-2015", (*errors, *hints)))
    return checked(documents)


def _paragraphs(data: bytes):
    return docx.Document(io.BytesIO(data)).paragraphs


def test_a_letter_a_unit(county):
    made = letters(county)
    assert [(one.unit, [block.title for block in one.told]) for one in made] == [
        ("河道管理所", ["泵站更新", "河道清淤"]), ("第一小学", ["食堂改造"]),
    ]  # fmt: skip
    paragraphs = _paragraphs(render(county, View()))
    texts = [paragraph.text for paragraph in paragraphs]
    assert [text for text in texts if text.endswith("：")] == ["河道管理所：", "第一小学："]
    titles = [one for one in paragraphs if one.text == "项目支出绩效目标修改意见书"]
    assert len(titles) == 2
    assert all(one.paragraph_format.page_break_before for one in titles)
    first, second = texts.index("河道管理所："), texts.index("第一小学：")
    assert "食堂改造" not in "".join(texts[first:second])


def test_figures_add_up(county):
    """Opinions are counted, and hints of one rule on many rows are one opinion."""
    text = "\n".join(paragraph.text for paragraph in _paragraphs(render(county, View())))
    assert "2 张表共有 4 条意见：应当修改 2 条，可以完善 2 条。" in text
    assert "经审核，共有 2 条意见：应当修改 1 条，可以完善 1 条。" in text
    for whole, *parts in re.findall(r"(\d+) 条(?:意见)?：应当修改 (\d+) 条，可以完善 (\d+) 条", text):
        assert int(whole) == sum(map(int, parts))


def test_an_opinion_is_two_lines_with_its_basis_in_brackets(county):
    texts = [paragraph.text for paragraph in _paragraphs(render(county, View()))]
    at = texts.index(
        "1．【应当修改】成本指标超出资金：数量指标 · 总成本“≤9万元”。多出 3 万元。"
        "（《绩效目标管理办法》（东财〔2024〕3号）第五条）"
    )
    assert texts[at + 1] == "改法：改为“≤6万元”。"
    assert texts[at + 2].startswith("2．【可以完善】缺少比较符号：共 5 处。")
    assert "（东财〔2024〕3号第五条）" in "".join(texts), "in full once a letter"


def test_what_is_the_office_s_own_stands_on_the_last_page(county):
    texts = [paragraph.text for paragraph in _paragraphs(render(county, View()))]
    last = texts.index("审核情况（发文单位留存，不随意见书发出）")
    assert not any("1.txt" in text or "检查结论" in text for text in texts[:last])
    assert any(text.startswith("检查结论：还不能提交") for text in texts[last:])


def test_without_findings_there_is_no_letter(road):
    fine = checked([DocumentResult(Document("1.txt", "text", (road,)), "legacy-2015", ())])
    texts = [paragraph.text for paragraph in _paragraphs(render(fine, View()))]
    assert "项目支出绩效目标修改意见书" not in texts
    assert "没有修改意见的项目：乡村道路养护。" in texts


def test_a_form_that_names_nobody_has_a_blank_for_the_addressee(road):
    nobody = road._replace(unit=None, department=None)
    about = {"document": "1.txt", "project": nobody.project, "form": 0}
    found = (finding("REQ001", "缺", "error", **about),)
    made = checked([DocumentResult(Document("1.txt", "text", (nobody,)), "legacy-2015", found)])
    assert [one.unit for one in letters(made)] == [""]
    assert "　" * 8 + "：" in [paragraph.text for paragraph in _paragraphs(render(made, View()))]
