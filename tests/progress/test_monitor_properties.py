"""What holds whatever is written into the cells."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi.progress.figures import percent, rounded, workable
from kpi.rules import load
from tests.progress.cases import project

NATIONAL = load("national")
LEVELS = st.sampled_from(["数量指标", "质量指标", "时效指标", "成本指标", "社会效益", "服务对象满意度"])
CELLS = st.one_of(
    st.sampled_from(["≥30个", "95%", "=100%", "≤5万元", "6月底前", "达成", "0起", "无", "3-5次", ">20人", "1项", ""]),
    st.text(max_size=30),
)
ORDER = {"red": 0, "yellow": 1, "green": 2, "blue": 3}
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(LEVELS, CELLS, CELLS, CELLS, st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_nothing_raises(level2, name, value, actual, as_of):
    made = project(NATIONAL, as_of=as_of, rows=[{"level2": level2, "name": name, "value": value, "actual": actual}])
    for one in made.indicators:
        assert one.message
        assert one.light in ("red", "yellow", "green", "blue", "grey")


@SLOW
@given(st.integers(1, 10_000), st.integers(0, 10_000), st.integers(1, 500))
def test_more_done_is_never_worse(goal, done, more):
    def light(figure):
        row = {"level2": "数量指标", "name": "巡查次数", "value": f"≥{goal}次", "actual": f"{figure}次"}
        return project(NATIONAL, as_of="2026-07-31", rows=[row]).indicators[0].light

    if goal > 1:
        assert ORDER[light(done)] <= ORDER[light(done + more)]


@SLOW
@given(st.integers(1, 10_000), st.integers(0, 20_000), st.integers(1, 500))
def test_less_spent_is_never_worse(limit, spent, more):
    def light(figure):
        row = {"level2": "成本指标", "name": "项目总成本", "value": f"≤{limit}元", "actual": f"{figure}元"}
        return project(NATIONAL, as_of="2026-07-31", rows=[row]).indicators[0].light

    assert ORDER[light(spent)] >= ORDER[light(spent + more)]


@SLOW
@given(st.dates(date(2026, 2, 1), date(2026, 12, 30)))
def test_a_level_does_not_depend_on_the_day(day):
    row = {"level2": "服务对象满意度", "name": "村民满意度", "value": "≥90%", "actual": "89%"}
    today, tomorrow = (project(NATIONAL, as_of=d, rows=[row]).indicators[0] for d in (day, day + timedelta(days=1)))
    assert today.light == tomorrow.light == "red"
    assert today.verdict == tomorrow.verdict


def test_order_of_rows_does_not_matter():
    rows = [
        {"level2": "数量指标", "name": "巡查次数", "value": "≥100次", "actual": "20次"},
        {"level2": "质量指标", "name": "巡查合格率", "value": "≥95%", "actual": "97%"},
        {"level2": "数量指标", "name": "维修次数", "value": "≥10次", "actual": "9次"},
    ]
    one, two = (project(NATIONAL, as_of="2026-07-31", funding=100, spent=50, rows=r) for r in (rows, rows[::-1]))
    assert (one.light, one.gap, one.mean) == (two.light, two.gap, two.mean)
    assert [i.verdict for i in one.indicators] == [i.verdict for i in two.indicators[::-1]]


@pytest.mark.parametrize("figure", ["9" * 400, "1" + "0" * 60, "0." + "0" * 300 + "1", "-5", "1e999999"])
def test_figures_of_another_world(figure):
    row = {"level2": "数量指标", "name": "巡查次数", "value": "≥100次", "actual": f"{figure}次"}
    [one] = project(NATIONAL, as_of="2026-07-31", rows=[row]).indicators
    assert one.light in ("grey", "red")


@given(st.fractions())
def test_rounding_is_half_up_to_cents(number):
    cents = abs(Fraction(rounded(number)) - number)
    assert cents <= Fraction(1, 200)
    assert rounded(-number) == rounded(number).copy_negate()


def test_shares():
    assert percent(Fraction(1), Fraction(3)) == Decimal("33.33")
    assert percent(Fraction(1), Fraction(0)) is None
    assert workable(Decimal("1e29"))
    assert not workable(Decimal("1e31"))
    assert not workable(Decimal("Infinity"))
