"""Layouts that only text shows: a cell a line, blank-separated cells, lists, slid labels, whole disclosures."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from reader_forms import rows

from kpi.readers import read_text

CASES = [
    case
    for path in sorted(Path(__file__).parent.glob("texts*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_projects(case):
    document = read_text(case["text"])
    assert [t.project for t in document.tables] == [p["project"] for p in case["projects"]]
    for table, want in zip(document.tables, case["projects"], strict=True):
        assert rows(table) == want["rows"]
        if "total" in want:
            assert table.annual_funding.total == Decimal(want["total"])
        if "goal" in want:
            assert table.annual_goal == want["goal"]
        if "goals" in want:
            assert {half: table.goal(half) for half in ("period", "annual")} == want["goals"]
        if "shares" in want:
            assert dict(table.shares) == want["shares"]
        if "sections" in want:
            assert dict(table.sections) == want["sections"]
        if "unit" in want:
            assert table.unit == want["unit"]
        if "form" in want:
            assert table.form == want["form"]
        if "actuals" in want:
            assert [i.actual and i.actual.text for i in table.indicators] == want["actuals"]
        if "cut" in want:
            assert table.cut == want["cut"]
        if "weights" in want:
            assert [i.weight for i in table.indicators] == want["weights"]
    if "columns" in case:
        assert [dict(i.columns) for table in document.tables for i in table.indicators] == case["columns"]
    assert [part.text for part in document.unread] == case.get("unread", [])


def find(case_id):
    return read_text(next(c["text"] for c in CASES if c["id"].startswith(case_id)))


def test_columns_of_a_matrix_keep_their_heads():
    (table,) = find("a value column").tables
    assert dict(table.indicators[0].columns) == {"上坪村": "3", "下坪村": "5", "指标解释": "反映维修情况"}


def test_polarity_is_as_printed():
    first, _ = find("one long table").tables
    assert [i.polarity for i in first.indicators] == ["正向指标", "反向指标"]


def test_a_cut_name_stays_on_its_own_side():
    (table,) = find("labels slid").tables
    assert table.indicators[0].annual.name == "挂牌保护古树"
    assert table.sign_off["填报日期"] == "20261201"
    assert table.profile == "legacy-2015"


def test_a_starred_line_is_the_parent_of_what_follows():
    (table,) = find("running text with marks").tables
    assert [i.parent for i in table.indicators] == ["★新建设施数量", None, None, None]
    assert table.indicators[0].annual.location.line == 3


def test_forecast_and_outlook_are_read():
    (table,) = find("monitoring").tables
    first, second = table.indicators
    assert (table.form, first.actual.text, first.expected_year_end, first.outlook) == (
        "monitoring",
        "1800户",
        "3000户",
        "确定能",
    )
    assert (second.reason, second.outlook) == ("尚未调查", "有可能")


def test_tasks_of_a_department_are_no_money():
    (table,) = find("a whole department").tables
    assert table.form == "department"
    assert table.annual_funding is None
    assert table.sections == {}


def test_parts_of_a_value_stand_where_its_head_does():
    """Sub-heads bring the weight anew, so that its own head goes; and a name explained in a cell without a head is the
    first of the two."""
    text = (
        "山亭区2026年度预算项目绩效自评表\n一、基本情况 项目名称: 古井修缮 实施(主管)单位 山亭区文物所 金额单位: 万元\n"
        "一级指标 二级指标 三级指标 指标分值 预期指标值 单项指标实际完成值 单项指标完成情况 自评得分\n"
        "符号 单位(文字描述) 单项指标得分 权重占比(%) 单项指标折算得分\n"
        "产出指标 质量指标 完工率 已完工的古井占计划修缮古井的比例 >= 95 %(百分比) 96% 完成 50.00 50.00 25.00\n"
        "效益指标 社会效益指标 村民知晓率 抽查村民中知道古井来历的比例 >= 80 %(百分比) 82% 完成 50.00 50.00 25.00\n"
    )
    [form] = read_text(text).tables
    assert [(one.name, one.annual.text, one.actual.text) for one in form.indicators] == [
        ("完工率", ">=95%(百分比)", "96%"), ("村民知晓率", ">=80%(百分比)", "82%"),
    ]  # fmt: skip
