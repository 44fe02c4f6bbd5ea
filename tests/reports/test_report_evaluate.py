"""The evaluation and the comparison in every format: schema, the same bytes twice, office files that read back."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

import kpi
from kpi import readers
from kpi.model import Location, Unread
from kpi.reports import (
    compare_html,
    compare_json,
    compare_text,
    compare_xlsx,
    evaluate_docx,
    evaluate_html,
    evaluate_json,
    evaluate_text,
    evaluate_xlsx,
)
from kpi.reports.lines import plain
from kpi.rules.example_spec import ExampleSpec
from kpi.rules.examples import document

jsonschema = pytest.importorskip("jsonschema")
ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    {
        "level2": "数量指标",
        "name": "补种树苗株数",
        "value": "≥900株",
        "weight": "40",
        "actual": "810株",
        "score": "40",
        "reason": "",
    },
    {
        "level2": "时效指标",
        "name": "补种时间",
        "value": "4月底前",
        "weight": "20",
        "actual": "2025年5月",
        "score": "18",
        "reason": "干旱",
    },
    {
        "level2": "社会效益",
        "name": "=cmd|' /C calc'!A0",
        "value": "<b>明显改善</b>",
        "weight": "30",
        "actual": "达成",
        "score": "5",
        "reason": "",
    },
]
MONEY = {"budget": 500000, "adjusted": 500000, "spent": 400000, "rate": "80%", "points": "10", "score": "10"}


@pytest.fixture
def evaluated():
    example = {
        "form": "self-evaluation",
        "project": "荒山补植",
        "year": 2025,
        "rows": ROWS,
        "execution": MONEY,
        "stated": {"full": "100", "score": "73", "grade": "优"},
    }
    return kpi.evaluate(document(ExampleSpec.model_validate(example)))


@pytest.fixture
def compared():
    old = [
        {"level2": "数量指标", "name": "补种树苗株数", "value": "≥900株"},
        {"level2": "质量指标", "name": "成活率", "value": "≥85%"},
    ]
    new = [
        {"level2": "数量指标", "name": "补种树苗株数", "value": "≥800株"},
        {"level2": "质量指标", "name": "保存率", "value": "≥85%"},
    ]
    made = [
        document(ExampleSpec.model_validate({"project": "荒山补植", "rows": rows, "year": 2025, "funding": money}))
        for rows, money in ((old, 500000), (new, 600000))
    ]
    return kpi.compare(*made)


@pytest.mark.parametrize("name", ["evaluate", "compare"])
def test_json_follows_its_schema(name, evaluated, compared):
    text = evaluate_json.render_json(evaluated) if name == "evaluate" else compare_json.render_json(compared)
    schema = json.loads((ROOT / "docs" / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(text), schema)
    assert json.loads(text)["schema"] == f"kpi.{name}/1"


def test_json_of_an_evaluation(evaluated):
    [project] = json.loads(evaluate_json.render_json(evaluated))["projects"]
    assert project["score"] is None
    # 40×810/900 = 36；补种晚了 0—20；达成 24—30；执行率 10×0.8 = 8
    assert project["range"] == {"low": "68.00", "high": "94.00"}
    assert project["grades"] == ["中", "优"]
    assert project["execution"]["score"] == "8.00"
    assert [(i["score"], i["method"], i["needs_reason"]) for i in project["indicators"]] == [
        ("36.00", "proportional", True),
        (None, "deadline", True),
        (None, "graded", False),
    ]
    codes = [finding.rule for finding in evaluated.findings]
    assert codes == ["EVL001", "EVL001", "EVL004", "EVL003"]  # the total is a range: no word on its grade


def test_text_of_an_evaluation(evaluated):
    text = plain(evaluate_text.render(evaluated, explain=True))
    for part in ("荒山补植", "68.00—94.00 分", "40 × 完成值 ÷ 目标值 = 36.00", "EVL003", "结论："):
        assert part in text


def test_files_of_an_evaluation(evaluated, tmp_path):
    for name, render in (("表.xlsx", evaluate_xlsx.render), ("表.docx", evaluate_docx.render)):
        data = render(evaluated)
        assert data == render(evaluated)
        path = tmp_path / name
        path.write_bytes(data)
        source = readers.source_of(data, str(path))
        cells = {cell.text for row in source.rows for cell in row.cells}
        assert {"补种树苗株数", "≥900株", "810株", "36.00"} <= cells


def test_a_workbook_can_be_evaluated_again(evaluated, tmp_path):
    path = tmp_path / "表.docx"
    path.write_bytes(evaluate_docx.render(evaluated))
    [table] = kpi.read(path).tables
    assert [one.name for one in table.indicators][:2] == ["补种树苗株数", "补种时间"]


def test_a_page_is_escaped(evaluated):
    page = evaluate_html.render(evaluated)
    assert "<b>明显改善" not in page
    assert "&lt;b&gt;明显改善" in page


def test_text_and_workbook_of_a_comparison(compared):
    text = plain(compare_text.render(compared))
    for part in ("500,000 元", "600,000 元", "放松", "要求降低", "成活率"):
        assert part in text
    data = compare_xlsx.render(compared)
    assert data == compare_xlsx.render(compared)
    cells = {cell.text for row in readers.source_of(data, "对比.xlsx").rows for cell in row.cells}
    assert {"荒山补植", "≥900株", "≥800株", "放松"} <= cells


def test_the_screen_tells_what_was_not_read_as_the_files_do(compared):
    parts = tuple(Unread(f"折页第{n}行", Location(line=n), "这一行没有对上列") for n in range(1, 13))
    torn = compared.new.documents[0]._replace(unread=parts)
    outcome = replace(compared, new=replace(compared.new, documents=(torn,)))
    text = plain(compare_text.render(outcome))
    assert text.count("现在的：没有读懂：") == 10
    assert "另有 2 处没有读懂" in text
    assert compare_html.render(outcome).count("现在的：没有读懂：") == 12
    assert "没有读懂" not in plain(compare_text.render(outcome, quiet=True))


def test_nothing_to_evaluate():
    empty = kpi.evaluate(
        document(ExampleSpec.model_validate({"rows": [{"level2": "数量指标", "name": "x", "value": "≥1个"}]}))
    )
    assert empty.could_not_check
    assert "什么也没有算" in plain(evaluate_text.render(empty))
