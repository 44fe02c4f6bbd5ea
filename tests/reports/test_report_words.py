"""Widths, numbers and places."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.model import Location
from kpi.reports.numbers import grouped, plain_number, yuan
from kpi.reports.terms import spot, spots
from kpi.reports.width import blank, left, one_line, right, shorten, width

TEXTS = st.text(alphabet=st.characters(codec="utf-8"), max_size=40)


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", 0), ("abc", 3), ("项目", 4), ("≥95%", 4), ("（甲）", 6), ("ｱ", 1), ("Ａ", 2), ("e\u0301", 1)],
)
def test_width(text, columns):
    assert width(text) == columns


@given(TEXTS, st.integers(0, 60))
def test_padding_reaches_the_column(text, columns):
    assert width(left(text, columns)) == max(columns, width(text)) == width(right(text, columns))


@given(TEXTS)
def test_blank_is_as_wide_and_empty(text):
    assert width(blank(text)) == width(text)
    assert not blank(text).strip()


@given(TEXTS, st.integers(2, 40))
def test_shortened_text_fits(text, columns):
    short = shorten(text, columns)
    assert width(short) <= columns
    assert short == one_line(text) or (short.endswith("…") and one_line(text).startswith(short[:-1]))


@given(st.text(max_size=40))
def test_one_line_has_no_controls(text):
    assert not any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 for character in one_line(text))
    assert len(one_line(text)) == len(text)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("2E+5", "200000"),
        ("98.0", "98"),
        ("85910.70", "85910.7"),
        ("-0.0", "0"),
        ("0E-9", "0"),
        ("1E-7", "0.0000001"),
        ("-3.50", "-3.5"),
        ("100", "100"),
    ],
)
def test_plain_number(number, text):
    assert plain_number(Decimal(number)) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_plain_number_is_exact(number):
    text = plain_number(number)
    assert Decimal(text) == number
    assert "E" not in text
    assert "." not in text or not text.endswith("0")
    assert grouped(number).replace(",", "") == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("9999", "9,999 元"),
        ("2793450.5", "2,793,450.5 元（279.34505 万元）"),
        ("-50000", "-50,000 元（-5 万元）"),
        ("0", "0 元"),
        (
            "12345678901234567890123456789012345.67",
            "12,345,678,901,234,567,890,123,456,789,012,345.67 元"
            "（1,234,567,890,123,456,789,012,345,678,901.234567 万元）",
        ),
    ],
)
def test_yuan(amount, text):
    assert yuan(Decimal(amount)) == text


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Location(line=12, column=3), "第 12 行"),
        (Location(line=3), "表外第 3 段"),  # of a Word file: nobody counts its paragraphs as lines
        (Location(table=1, row=3, column=4), "表 1 第 3 行第 4 格"),
        (Location(sheet="Sheet1", cell="D14"), "工作表“Sheet1”D14 格"),
        (Location(page=3), "第 3 页"),
        (Location(), ""),
    ],
)
def test_spot(place, text):
    assert spot(place) == text


def test_several_spots_are_said_once():
    places = [Location(line=line, column=column) for line, column in ((12, 1), (12, 9), (40, 2))]
    assert spots(places) == "第 12、40 行"
    cells = [Location(table=1, row=3, column=4), Location(table=1, row=3, column=8)]
    assert spots(cells) == "表 1 第 3 行第 4 格、表 1 第 3 行第 8 格"
    assert spots([Location(line=n, column=1) for n in range(1, 10)]) == "第 1、2、3、4、5、6 行 等 9 处"
    assert spots([]) == ""
