"""Worked-out figures in words: of what is counted there are whole ones only."""

from decimal import Decimal
from fractions import Fraction

import pytest

from kpi.progress.estimates import about
from kpi.values import parse


@pytest.mark.parametrize(
    ("target", "figure", "text"),
    [
        ("=3栋", Fraction(636, 365), "约2栋"),  # 3×212/365 = 1.74
        ("≥640人", Fraction(640 * 212, 365), "约372人"),  # 371.73
        ("≥365次", Fraction(212), "212次"),
        ("≥3栋", Fraction(1, 2), "不到1栋"),
        ("≥1500平方米", Fraction(1500 * 212, 365), "871.23平方米"),
        ("≥1.2万人", Fraction(12000 * 212, 365), "约0.7万人"),  # 6969.86 人
        ("≥80", Fraction(80 * 212, 365), "约46"),  # 46.47
        ("≥2.5", Fraction(3, 2), "1.5"),
        ("≥95%", Fraction(95, 2), "47.5%"),
        ("≤50万元", Fraction(1234567, 10), "12.35万元"),
    ],
)
def test_about(target, figure, text):
    assert about(figure, parse(target)) == text


def test_surely_about_and_no_hidden_difference():
    ten = parse("≤10件")
    assert about(Fraction(2190, 181), ten, sure=True, beside=Decimal(10)) == "约12件"  # 6×365/181 = 12.1
    assert about(Fraction(51, 5), ten, sure=True, beside=Decimal(10)) == "约10.2件"  # 超过 10，不能说约 10
    assert about(Fraction(1205, 100), ten, sure=True, beside=Decimal(12)) == "约12.1件"  # 12.05 超过 12
    assert about(Fraction(636, 365), ten, beside=Decimal(2)) == "约1.7件"  # 1.74 不到 2
    assert about(Fraction(1, 2), ten, beside=Decimal(1)) == "不到1件"
    assert about(Fraction(12), ten, sure=True) == "约12件"
    assert about(None, ten) == ""
