"""Festivals: their days in a year, and which side of the day a deadline means."""

import subprocess
import sys

import pytest

from kpi.values import achieved_by, contains, parse, render, same
from kpi.values.festivals import festival


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("春节", {2020: "1-25", 2021: "2-12", 2022: "2-1", 2023: "1-22", 2024: "2-10", 2025: "1-29", 2026: "2-17"}),
        ("除夕", {2024: "2-9", 2025: "1-28", 2026: "2-16"}),
        ("元宵节", {2024: "2-24", 2025: "2-12", 2026: "3-3"}),
        ("端午节", {2023: "6-22", 2024: "6-10", 2025: "5-31", 2026: "6-19"}),
        ("七夕", {2024: "8-10", 2025: "8-29", 2026: "8-19"}),
        ("中元节", {2024: "8-18", 2025: "9-6", 2026: "8-27"}),
        ("中秋", {2020: "10-1", 2023: "9-29", 2024: "9-17", 2025: "10-6", 2026: "9-25"}),
        ("重阳节", {2023: "10-23", 2024: "10-11", 2025: "10-29", 2026: "10-18"}),
        ("腊八", {2024: "1-18", 2025: "1-7", 2026: "1-26"}),
        ("小年", {2024: "2-2", 2025: "1-22", 2026: "2-10"}),
        ("清明节", {2022: "4-5", 2024: "4-4", 2025: "4-4", 2026: "4-5"}),
        ("冬至", {2023: "12-22", 2024: "12-21", 2025: "12-21", 2026: "12-22"}),
        ("国庆节", {2026: "10-1", 1800: "10-1"}),
    ],
)
def test_known_days(name, days):
    assert {year: "{}-{}".format(*festival(name, year)) for year in days} == days


def test_days_that_are_not_certain_have_none():
    assert festival("腊八", 2023) is None  # twelve lunar months lie between those of 2022 and 2024
    assert festival("泼水节", 2026) is None
    for year in (-1, 0, 1800, 1928, 2057, 2089, 10**9):
        assert festival("春节", year) is None
        assert festival("清明", year) is None


@pytest.mark.parametrize(
    ("text", "year", "date"),
    [
        ("春节前", 2026, (None, "2026-02-17", "春节")),
        ("春节前发放到位", 2026, (None, "2026-02-17", "春节")),
        ("春節前", 2026, (None, "2026-02-17", "春节")),
        ("不晚于中秋节", 2026, (None, "2026-09-25", "中秋节")),
        ("中秋节", 2025, ("2025-10-06", "2025-10-06", "中秋节")),
        ("元宵节后", 2026, ("2026-03-03", None, "元宵节")),
        ("国庆节前", 2026, (None, "2026-10-01", "国庆节")),
        ("春节期间", 2026, (None, None, "春节")),
        ("端午节前后", 2026, (None, None, "端午节")),
        ("春节前", 2090, (None, None, "春节")),
        ("汛期前", 2026, (None, None, "汛期")),
        ("2025年春节前", 2026, (None, "2025-01-29", "春节")),
        ("每季度末", 2026, (None, None, "每季度末")),
    ],
)
def test_a_year_resolves_festivals(text, year, date):
    found = parse(text, year=year).date
    assert (found.start, found.end, found.named) == date


@pytest.mark.parametrize("text", ["2026年春节", "2026年春节前", "2026年中秋节后", "2026年国庆节期间", "2099年端午节前"])
def test_rendered_festivals_read_back(text):
    assert parse(render(parse(text))).date == parse(text).date


def test_a_festival_of_a_year_compares_like_its_day():
    assert same(parse("2026年春节前"), parse("2026年2月17日前"))
    assert contains(parse("2026年春节前"), parse("2026年1月")) is True
    assert achieved_by(parse("2026年春节前"), parse("2026年2月20日")) is False
    assert achieved_by(parse("春节前"), parse("2026年2月20日")) is None
    assert contains(parse("春节前"), parse("中秋节前")) is None


def test_the_calendar_is_loaded_for_lunar_days_only():
    code = (
        "import sys; from kpi.values import parse; parse('2026年国庆节前'); parse('春节前'); parse('≥95%');"
        "before = 'lunarcalendar' in sys.modules; parse('2026年春节前');"
        "print(before, 'lunarcalendar' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.split() == ["False", "True"]
