"""One row's points: hand-worked cases, and what holds whatever is written into the cells."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi.model import Indicator
from kpi.progress.evaluate import needs_reason
from kpi.progress.points import cents, decimals_of, is_rounded, points_of
from kpi.progress.rowscore import Row, RowScore
from kpi.progress.scheme import Scheme, scheme_of
from kpi.progress.scores import score_row
from kpi.rules import load
from kpi.rules.monitoring import spoken

NATIONAL = load("national")
SCHEME = scheme_of(NATIONAL.profile_data["national"], spoken(NATIONAL))
CASES = yaml.safe_load((Path(__file__).parent / "score_cases.yaml").read_text(encoding="utf-8"))
SLOW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
CELLS = st.one_of(
    st.sampled_from(
        [
            "≥30个",
            "95%",
            "=100%",
            "≤5万元",
            "6月底前",
            "达成",
            "0起",
            "无",
            "3-5次",
            ">20人",
            "显著提升",
            "",
            "0.96",
            "约50人",
            "—",
        ]
    ),
    st.text(max_size=40),
)


def scored(row: dict, scheme: Scheme = SCHEME, year: int = 2025) -> tuple[RowScore, bool]:
    one = Indicator("产出指标", row["level2"], row["name"], polarity=row.get("polarity"))
    stated = points_of(str(row["score"])) if "score" in row else None
    weight = Decimal(str(row.get("weight", 10)))
    made = score_row(Row(one, row["value"], row["actual"], weight, stated), scheme, year=year)
    return made, needs_reason(made, weight, stated)


def text(number: Decimal | None) -> str | None:
    return None if number is None else format(cents(number), "f")


@pytest.mark.parametrize("case", CASES, ids=[str(case["id"]) for case in CASES])
def test_row(case):
    made, need = scored(case["row"], SCHEME._replace(reverse=case.get("formula", "ratio")))
    told = {
        "score": text(made.score),
        "low": text(made.low),
        "high": text(made.high),
        "method": made.method,
        "met": made.met,
        "far": made.far,
        "outside": made.outside,
        "wrong": made.wrong,
        "need": need,
        "fair": [text(one) for one in made.fair],
    }
    assert {key: told[key] for key in case["want"]} == case["want"], (case["how"], made)


@SLOW
@given(CELLS, CELLS, CELLS, st.decimals(0, 100, places=2), st.none() | st.decimals(-5, 110, places=2))
def test_points_stay_between_nought_and_the_weight(name, value, actual, weight, stated):
    one = Indicator("产出指标", "数量指标", name)
    made = score_row(Row(one, value, actual, weight, stated), SCHEME, year=2025)
    assert 0 <= made.low <= made.high <= cents(weight)
    assert made.score is None or made.low == made.score == made.high


@SLOW
@given(st.integers(1, 10_000), st.integers(0, 20_000), st.integers(1, 5_000))
def test_more_done_is_never_worth_less(goal, done, more):
    def points(figure: int) -> Decimal:
        made, _ = scored({"level2": "数量指标", "name": "巡查次数", "value": f"≥{goal}次", "actual": f"{figure}次"})
        assert made.score is not None
        return made.score

    assert points(done) <= points(done + more)


@SLOW
@given(st.sampled_from(["ratio", "linear"]), st.integers(1, 1_000), st.integers(0, 3_000), st.integers(1, 500))
def test_more_spent_is_never_worth_more(formula, cap, spent, more):
    def points(figure: int) -> Decimal:
        row = {"level2": "成本指标", "name": "项目总成本", "value": f"≤{cap}万元", "actual": f"{figure}万元"}
        made, _ = scored(row, SCHEME._replace(reverse=formula))
        assert made.score is not None
        return made.score

    assert points(spent) >= points(spent + more)


@pytest.mark.slow
@pytest.mark.parametrize(
    "hostile", ["", " ", "\x00\x1b[31m", "9" * 10_000, "≥" * 10_000, "达" * 10_000, "\ud800", "1e999"]
)
@pytest.mark.parametrize("good", ["≥10个", "12月底前", "明显提升"])
def test_hostile_cells(hostile, good):
    for value, actual in ((hostile, good), (good, hostile), (hostile, hostile)):
        made, _ = scored({"level2": "数量指标", "name": hostile, "value": value, "actual": actual})
        assert made.low <= made.high


@pytest.mark.parametrize(
    ("printed", "points", "decimals"),
    [
        ("10", "10", 0),
        ("9.50分", "9.50", 2),
        ("10%", "10", 0),
        ("９.５", "9.5", 1),
        ("", None, 0),
        ("—", None, 0),
        ("10/10", None, 0),
        ("1" * 50, None, 0),
        (None, None, 0),
    ],
)
def test_points_as_printed(printed, points, decimals):
    assert points_of(printed) == (None if points is None else Decimal(points))
    assert decimals_of(printed) == decimals


@pytest.mark.parametrize(
    ("printed", "due", "rounded"),
    [
        ("1.9", "1.95", True),  # of 1.946, say
        ("1.9", "1.96", False),
        ("9", "8.62", True),
        ("9", "8.5", True),
        ("8", "8.49", True),
        ("9.6", "9.58", True),
        ("9.5", "9.58", False),
        ("9.60", "9.58", False),
    ],
)
def test_fewer_decimals(printed, due, rounded):
    assert is_rounded(printed, Decimal(printed), Decimal(due)) is rounded
