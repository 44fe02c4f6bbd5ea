"""The order of findings within a row, which every report shares, and how files without a name are called."""

import pytest

from kpi.model import Document
from kpi.reports import lint_csv, lint_html, lint_md
from kpi.reports.blocks import blocks_of
from kpi.reports.form_head import funding
from kpi.reports.terms import file_name
from kpi.reports.view import View
from kpi.reports.width import shorten, shorten_middle
from kpi.rules.result import DocumentResult
from tests.reports.conftest import finding, outcome


def test_of_a_row_the_gravest_comes_first(road):
    row = {"level2": "数量指标", "indicator": "养护里程"}
    found = (
        finding("REQ005", "签章信息为空", "info"), finding("VAL006", "缺少比较符号", "info", **row),
        finding("TXT006", "年份陈旧", "warning"), finding("UNI001", "单位与指标不符", "error", **row),
        finding("CST005", "资金来源不等于总额", "error"),
    )  # fmt: skip
    checked = outcome([DocumentResult(Document("清河县.txt", "text", (road,)), "legacy-2015", found)])
    (block,) = blocks_of(checked)
    assert [one.rule for one in block.findings] == ["CST005", "TXT006", "REQ005", "UNI001", "VAL006"]
    page = lint_html.render(checked, View())
    places = [page.index(f'data-rule="{one.rule}"') for one in block.findings]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("path", "name"),
    [("-", "标准输入"), ("-!/甲.docx", "标准输入!/甲.docx"), ("-甲.docx", "-甲.docx"), ("甲/-", "甲/-")],
)
def test_what_came_through_a_pipe_has_no_name(path, name):
    assert file_name(path) == name


def test_reports_call_a_pipe_by_its_name(road):
    found = (finding("REQ005", "签章信息为空", "info", document="-"),)
    checked = outcome([DocumentResult(Document("-", "text", (road,)), "legacy-2015", found)])
    assert "文件：标准输入" in lint_html.render(checked, View())
    assert "文件：标准输入" in lint_md.render(checked, View())
    assert ",标准输入," in lint_csv.render(checked, View())


def test_money_that_is_not_filled_in(road):
    blank = road.annual_funding._replace(total=None, sources={})
    assert funding(road._replace(period_funding=blank, annual_funding=blank)) == "实施期、年度均未填写"
    assert funding(road._replace(annual_funding=blank)) == "实施期 1,200,000 元（120 万元）；年度未填写"
    assert funding(road._replace(period_funding=None, annual_funding=blank)) == "年度未填写"


@pytest.mark.parametrize("columns", range(6, 40))
def test_no_number_is_cut(columns):
    text = "改造泵站1250座，投资1,234.56万元，2027年11月底前完工"
    short, middle = shorten(text, columns), shorten_middle(text, columns)
    whole = {"1250", "1,234.56", "2027", "11", ""}
    for shown in (short, *middle.split("…")):
        numbers = "".join(c if c.isdigit() or c in ",." else " " for c in shown).replace(" .", " ").split()
        assert set(numbers) <= whole, shown
