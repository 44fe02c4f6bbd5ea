"""The JSON of `kpi extract` reads back as the same documents; other JSON is no form, broken JSON is said to be."""

import json
import random
from contextlib import suppress
from decimal import Decimal

import pytest
from reader_forms import CASES, as_docx, as_text

from kpi import api
from kpi.model import (
    Budget,
    BudgetLine,
    Document,
    Entry,
    Funding,
    Indicator,
    Location,
    Statement,
    TargetTable,
    Unread,
)
from kpi.readers import ReadError, read, read_all
from kpi.reports import extract_json
from kpi.reports.outcome import Failure, Reading


@pytest.fixture(scope="module")
def reading(tmp_path_factory):
    folder = tmp_path_factory.mktemp("forms")
    for number, case in enumerate(CASES):
        (folder / f"{number}.txt").write_text(as_text(case), encoding="utf-8")
        (folder / f"{number}.docx").write_bytes(as_docx(case))
    (folder / "坏.docx").write_bytes(b"PK")
    return api.read_files(api.collect([str(folder)]))


@pytest.mark.parametrize("render", [extract_json.render_json, extract_json.render_jsonl])
def test_round_trip(reading, render, tmp_path):
    path = tmp_path / "目标.json"
    path.write_text(render(reading), encoding="utf-8")
    again = api.read_files(api.collect([str(path)]))
    assert [d.tables for d in again.documents] == [
        tuple(t._replace(explain=()) for t in d.tables)
        for d in reading.documents
    ]
    assert render(again) == render(reading)


def test_everything_of_a_document_comes_back():
    place = Location(page=2, bbox=(1.0, 2.5, 3.0, 4.0))
    entry = Entry("≥5公里", "长度", place, {"value": Location(sheet="表1", cell="D4")})
    row = Indicator(
        "产出指标", "数量指标", "长度", entry, None, "★", {"甲村": "3"}, "", "正向", entry, "5", "无", "6", "有可能"
    )  # fmt: skip
    table = TargetTable(
        "题", 2027, "项目", None, "", "新增", "3年", "万元",
        Funding(None, {"省": None}, place, "—"), Funding(Decimal("12000.5"), {"市": Decimal(3)}, place, "1.20005"),
        "legacy-2015", "monitoring", {"概况": ""}, None, "目标", {"负责人": "甲"},
        (row,),
        {"project": place}, True,
    )  # fmt: skip
    budget = Budget(
        (BudgetLine("项目", Decimal(10), place, "01"),), {"表": Decimal(7)}, (BudgetLine("类", None, place),)
    )
    unread = (Unread("文", place, "看不懂", "项目", "数量指标"),)
    made = Document("甲.pdf", "pdf", (table,), "gb18030", unread, budget, (Statement("共 3 个", place),))
    text = extract_json.render_json(Reading((made,), (Failure("乙.docx", "坏了"),)))
    same, failed = read_all("-", text.encode())
    assert same == made
    assert (failed.path, failed.message) == ("乙.docx", "坏了")


@pytest.mark.parametrize("text", ["[]", "{}", "3", '{"schema": "kpi.lint/1"}', '{"a": 1}\n{"b": 2}\n'])
def test_other_json_holds_no_form(text, tmp_path):
    path = tmp_path / "甲.json"
    path.write_text(text, encoding="utf-8")
    assert read(path).tables == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"schema": ', "不是完整的 JSON"),
        ("[" * 100_000, "嵌套得太深|不是完整的"),
        ('{"a": ' + "9" * 6000 + "}", "嵌套得太深"),
        ('{"schema": "kpi.extract/1", "documents": [3]}', "“documents”"),
        ('{"schema": "kpi.extract/1", "documents": [{"path": "a", "reader": "x"}]}', "“tables”"),
        ('{"schema": "kpi.extract/1", "documents": [{"path": 1, "reader": "x", "tables": []}]}', "“path”"),
        (
            '{"schema": "kpi.extract/1", "documents": [{"path": "a", "reader": "x", "tables": [{"year": "2026"}]}]}',
            "“year”",
        ),
        (
            '{"schema": "kpi.extract/1", "documents": [{"path": "a", "reader": "x", "tables": '
            '[{"funding": {"annual": {"total": "1E+999999"}}}]}]}',
            "“total”",
        ),
    ],
)
def test_wrong_json_says_what_is_wrong(text, says, tmp_path):
    path = tmp_path / "甲.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match=says):
        read(path)


@pytest.mark.slow
def test_mutated_reports_are_read_or_refused(reading):
    chance = random.Random(20262)
    text = extract_json.render_json(Reading(reading.documents[:2]))
    odd = ["null", "[]", "{}", '"x"', "1", "true", "-1e999", '"NaN"']
    for _ in range(150):
        report = json.loads(text)
        for _ in range(chance.randint(1, 3)):
            _damage(report, chance, odd)
        made = json.dumps(report, ensure_ascii=False)
        if chance.random() < 0.3:
            made = made[: chance.randrange(len(made))]
        with suppress(ReadError):
            read_all("-", made.encode())


def _damage(node, chance, odd):
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            return
        key = chance.choice(keys)
        if isinstance(node[key], dict | list) and chance.random() < 0.9:
            node = node[key]
            continue
        node[key] = json.loads(chance.choice(odd))
        return
