"""Interval algebra: true, false, or unknown."""

from decimal import Decimal

import pytest

from kpi.values import achieved_by, comparable, contains, parse, ratio, same


@pytest.mark.parametrize(
    ("a", "b", "answer"),
    [
        ("≥90%", "≥95%", True),
        ("≥95%", "≥90%", False),
        (">95%", "≥95%", False),
        ("≥95%", ">95%", True),
        ("≤5万元", "30000元", True),
        ("≤5公里", "4999米", True),
        ("85%-95%", "90%", True),
        ("≤1公顷", "15亩", True),
        ("≥10人", "≥20人次", None),
        ("≤30天", "1个月", None),
        ("≥80", "90", True),
        ("≥80", "90分", None),
        ("2026年", "2026年6月", True),
        ("2026年6月", "2026年", False),
        ("2026年", "6月", None),
        ("春节前", "春节", True),
    ],
)
def test_contains(a, b, answer):
    assert contains(parse(a), parse(b)) is answer


@pytest.mark.parametrize(
    ("target", "actual", "answer"),
    [
        ("≥95%", "96%", True),
        ("≥95%", "94.9%", False),
        ("≤20万元", "195000元", True),
        ("≤600元/平方米", "40万元/亩", True),
        ("=100%", "99%", False),
        ("240人", "240人", True),
        ("240人", "250人", None),
        ("≥40人", "3天", None),
        ("≤3工作日", "2天", None),
        ("2026年6月底前", "2026年6月15日", True),
        ("2026年6月底前", "2026年7月1日", False),
        ("效果显著", "96%", None),
    ],
)
def test_achieved(target, actual, answer):
    assert achieved_by(parse(target), parse(actual)) is answer


@pytest.mark.parametrize(
    ("a", "b", "answer"),
    [
        ("不低于95%", "≥95%", True),
        ("98%", "=98%", True),
        ("20万元", "200000元", True),
        ("百分之九十五以上", "≥95%", True),
        ("9成", "90%", True),
        ("1公里", "1000米", True),
        ("1年", "12个月", True),
        ("600元/平方米", "40万元/亩", True),
        ("≤3元/平方米", "≤2000元/亩", True),
        ("≥95%", ">95%", False),
        ("约50人", "50人", False),
        ("2026年12月底前", "2026年12月31日前", True),
        ("3人", "3人次", False),
        ("按时完成", "按时 完成", True),
        ("不高于上年水平", "≤上年水平", True),
        ("一类≥3个、二类≥5个", "一类≥3个;二类≥5个", True),
    ],
)
def test_same(a, b, answer):
    assert same(parse(a), parse(b)) is answer
    assert same(parse(b), parse(a)) is answer


@pytest.mark.parametrize(
    ("a", "b", "answer"),
    [("3元", "5人", False), ("3天", "2月", None), ("3", "5人", None), ("2", "3", True), ("优", "3", None)],
)
def test_comparable(a, b, answer):
    assert comparable(parse(a), parse(b)) is answer


def test_ratio():
    assert ratio(parse("≤20万元"), parse("20元")) == Decimal(10000)
    assert ratio(parse("3公里"), parse("1500米")) == 2
    assert ratio(parse("3元"), parse("0元")) is None
    assert ratio(parse("3元"), parse("3人")) is None
    assert ratio(parse("1-3人"), parse("3人")) is None
