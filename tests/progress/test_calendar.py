"""Time shares and plans."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.progress.calendar import Span, last_of_month, planned, year_span

YEAR = year_span(2026)
SEASONS = {"采暖季": (11, 12, 1, 2, 3)}
DAYS = st.dates(date(2025, 6, 1), date(2027, 6, 1))


@pytest.mark.parametrize(
    ("day", "share"),
    [
        (date(2026, 1, 1), Fraction(1, 365)), (date(2026, 7, 31), Fraction(212, 365)),
        (date(2026, 12, 31), Fraction(1)),
        (date(2025, 12, 31), Fraction(0)), (date(2027, 1, 1), Fraction(1)),
    ],
)  # fmt: skip
def test_shares_of_the_year(day, share):
    assert YEAR.share(day) == share


@given(DAYS)
def test_a_share_is_between_nought_and_one_and_never_falls(day):
    assert 0 <= YEAR.share(day) <= YEAR.share(day + timedelta(days=1)) <= 1


@given(st.text(max_size=60), DAYS)
def test_no_plan_raises(text, day):
    share = planned(text, YEAR, day, SEASONS)
    assert share is None or 0 <= share <= 1


@given(st.lists(st.integers(0, 100), min_size=2, max_size=13), DAYS)
def test_a_plan_never_falls(points, day):
    text = "/".join(map(str, sorted(points)))
    now, next_day = (planned(text, YEAR, one, SEASONS) for one in (day, day + timedelta(days=1)))
    assert now is None or next_day is None or now <= next_day


@pytest.mark.parametrize(
    "text",
    [
        "", "看天气", "100/50/20/10", "120/130", "/", "30", "采暖", "1/", "9" * 500,
        "30/50/80", "30/60/100", "10/20/30/90",  # 年度里没有三段；最后不到 100 的少写了一段
    ],
)  # fmt: skip
def test_what_is_no_plan(text):
    assert planned(text, YEAR, date(2026, 7, 31), SEASONS) is None


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("30/50/80/100", Fraction(1, 2)), ("0.3/0.5/0.8/1", Fraction(1, 2)), ("25%，25%，25%，25%", Fraction(1, 2)),
        ("50、100", Fraction(1, 2)), ("0/0/0/0/0/60/70/80/90/100/100/100", Fraction(3, 5)), ("上半年", Fraction(1)),
        ("第二季度", Fraction(1)), ("下半年", Fraction(0)), ("采暖季", Fraction(90, 151)),
    ],
)  # fmt: skip
def test_plans_at_the_end_of_june(text, share):
    assert planned(text, YEAR, date(2026, 6, 30), SEASONS) == share


@pytest.mark.parametrize(
    ("start", "end", "day", "share"),
    [
        # 1 月到 3 月是三个月：1 月 31 日 20%；2 月 14 日 20+40×14/28 = 40%
        (date(2026, 1, 1), date(2026, 3, 31), date(2026, 1, 31), Fraction(1, 5)),
        (date(2026, 1, 1), date(2026, 3, 31), date(2026, 2, 14), Fraction(2, 5)),
        # 4 月到 12 月是三个季度：6 月 30 日 20%；期满以后 100%
        (date(2026, 4, 1), date(2026, 12, 31), date(2026, 6, 30), Fraction(1, 5)),
        (date(2026, 4, 1), date(2026, 12, 31), date(2027, 1, 5), Fraction(1)),
    ],
)
def test_a_plan_in_three_parts_of_a_shorter_term(start, end, day, share):
    assert planned("20/60/100", Span(start, end), day, SEASONS) == share


def test_last_days():
    assert [last_of_month(2028, 2), last_of_month(2026, 2), last_of_month(2026, 12)] == [
        date(2028, 2, 29), date(2026, 2, 28), date(2026, 12, 31),
    ]  # fmt: skip
