"""A value in a sentence and as JSON."""

import json
import re
from decimal import Decimal

import pytest

from kpi.reports import contract, parse_json, parse_text
from kpi.reports.lines import plain
from kpi.resources import data
from kpi.values import Bound, DateSpan, Problem, Value


def at_least(number: str, inclusive: bool = True) -> Bound:
    return Bound(Decimal(number), inclusive)


SENTENCES = [
    (
        Value("≤20万元", "quantity", "<=", None, at_least("2E+5"), unit="元", dimension="money"),
        "数量，不超过 200000 元（金额）",
    ),
    (Value(">98%", "quantity", ">", at_least("98", False), unit="%", dimension="ratio"), "数量，高于 98%（比率）"),
    (
        Value("<3天", "quantity", "<", None, at_least("3", False), unit="天", dimension="time"),
        "数量，低于 3 天（时长）",
    ),
    (
        Value("=100%", "quantity", "=", at_least("100"), at_least("100"), unit="%", dimension="ratio"),
        "数量，等于 100%（比率）",
    ),
    (Value("5个", "quantity", None, at_least("5"), at_least("5"), unit="个", dimension="count"), "数量，5 个（计数）"),
    (Value("约50人", "quantity", None, at_least("50"), at_least("50"), True, "人", "count"), "数量，约 50 人（计数）"),
    (
        Value("90%-95%", "quantity", "between", at_least("90"), at_least("95"), unit="%", dimension="ratio"),
        "数量，90% 至 95%（比率）",
    ),
    (
        Value("x", "quantity", "between", at_least("1", False), at_least("2", False)),
        "数量，1 至 2，不含下限，不含上限（没有单位）",
    ),
    (Value("≥9所、队", "quantity", ">=", at_least("9"), unit="所、队"), "数量，不低于 9 所、队（单位“所、队”不认识）"),
    (
        Value("30元/人", "quantity", None, at_least("30"), at_least("30"), unit="元/人", dimension="money/count"),
        "数量，30 元/人（单价或标准）",
    ),
    (
        Value("1次/月", "quantity", None, at_least("1"), at_least("1"), unit="次/月", dimension="count/time"),
        "数量，1 次/月（频次）",
    ),
    (
        Value("2吨/亩", "quantity", None, at_least("2"), at_least("2"), unit="吨/亩", dimension="mass/area"),
        "数量，2 吨/亩（重量/面积）",
    ),
    (Value("12月底前", "date", date=DateSpan(end="--12-31")), "时间，12月31日前（含当日），未写年份"),
    (Value("a", "date", date=DateSpan("2026-07-01", "2026-09-30")), "时间，2026年7月1日至2026年9月30日"),
    (Value("a", "date", date=DateSpan("2026-07-01", "2026-07-01", "某节")), "时间，某节，2026年7月1日"),
    (Value("a", "date", date=DateSpan("2026-07-01")), "时间，2026年7月1日起"),
    (Value("每季度末", "date", date=DateSpan(named="每季度末")), "时间，每季度末"),
    (Value("a", "date", date=DateSpan()), "时间，没有写明是哪一天"),
    (Value("a", "reference", "<=", reference="当地标准"), "另有所指，不超过“当地标准”：数字定在别处，这里看不出是多少"),
    (Value("优", "qualitative"), "定性，等级或状态的说法，没有数字"),
    (Value("", "empty"), "空白，没有填写"),
    (Value("做好工作", "text"), "文字，读不出目标值"),
    (
        Value("≥≥5", "malformed", problems=(Problem("sign", 1, "第 2 字“≥”重复；这里应是数字"),)),
        "不合语法：第 2 字“≥”重复；这里应是数字",
    ),
]


@pytest.mark.parametrize(("value", "text"), SENTENCES, ids=[value.text or "空" for value, _ in SENTENCES])
def test_sentence(value, text):
    assert parse_text.sentence(value) == text


@pytest.mark.parametrize("value", [value for value, _ in SENTENCES], ids=lambda value: value.text or "空")
def test_json_keeps_to_the_contract(value):
    (row,) = json.loads(parse_json.render_json([value]))
    contract.ParsedValue.model_validate(row)
    assert json.loads(parse_json.render_jsonl([value])) == row
    assert ("date" in row, "reference" in row, "parts" in row) == (
        value.kind == "date",
        value.kind == "reference",
        False,
    )


def test_json_of_the_contract():
    value = Value("≤20万元", "quantity", "<=", None, at_least("200000"), unit="元", dimension="money")
    assert json.loads(parse_json.render_json([value])) == [
        {
            "text": "≤20万元",
            "kind": "quantity",
            "comparator": "<=",
            "lower": None,
            "upper": {"value": "200000", "inclusive": True},
            "approximate": False,
            "unit": "元",
            "dimension": "money",
            "problems": [],
        }
    ]


def test_compound_shows_its_parts():
    parts = tuple(
        Value(text, "quantity", ">=", at_least(n), unit="个", dimension="count")
        for text, n in (("一类≥3个", "3"), ("二类≥5个", "5"))
    )
    value = Value("一类≥3个、二类≥5个", "compound", parts=parts)
    assert plain(parse_text.render([value])).splitlines() == [
        "一类≥3个、二类≥5个 → 一值多标，含 2 个目标值",
        "    1. 一类≥3个 → 数量，不低于 3 个（计数）",
        "    2. 二类≥5个 → 数量，不低于 5 个（计数）",
    ]
    assert [part["text"] for part in json.loads(parse_json.render_json([value]))[0]["parts"]] == [
        "一类≥3个",
        "二类≥5个",
    ]


def test_the_mark_stands_under_the_character():
    value = Value("二百≥95%", "malformed", problems=(Problem("sign", 2, "第 3 字“≥”不该在这里"),))
    _, text, mark = plain(parse_text.render([value])).splitlines()
    assert (text, mark) == ("    二百≥95%", "    　　^")


def test_only_the_neighbourhood_of_a_far_mark_is_shown():
    value = Value("甲" * 1000 + "≥", "malformed", problems=(Problem("sign", 1000, "不该在这里"),))
    _, text, mark = plain(parse_text.render([value])).splitlines()
    assert text == "    …" + "甲" * 24 + "≥"
    assert mark.endswith("　^")


def test_half_characters_do_not_stop_json():
    (row,) = json.loads(parse_json.render_json([Value("\ud800", "text")]))
    assert row["text"] == "?"


def test_every_dimension_has_a_chinese_name():
    dimensions = data("grammar", "units.yaml")["dimensions"]
    said = [parse_text.sentence(Value("x", "quantity", unit="x", dimension=name)) for name in dimensions]
    assert not [text for text in said if re.search("[a-z]{2,}", text)]
