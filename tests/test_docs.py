"""Documents that are made from the rules and the corpus are those of today: `make accuracy` writes them anew."""

from pathlib import Path

import pytest

from kpi.cli import main
from kpi.rules import load
from kpi.rules.accuracy import Score, interval, measured
from tests.corpus import measure, progress
from tests.corpus.accuracy_md import render

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def national():
    return load()


@pytest.fixture(scope="module")
def tally():
    return measure.measure(measure.ruleset())


def test_the_page_of_rules_is_fresh(capsys):
    assert main(["rules", "--ruleset", "national", "--format", "md"]) == 0
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == capsys.readouterr().out


@pytest.mark.slow
def test_the_page_of_figures_is_fresh(national, tally):
    assert (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8") == render(tally, national)


@pytest.mark.slow
def test_rules_carry_the_status_that_their_figures_make(national, tally):
    for code, rule in national.rules.items():
        if rule.family != "KPI":
            assert rule.status == tally.score([code]).status, code
            assert measured()[code] == tally.score([code]), code


def test_every_rule_is_in_the_corpus_three_times(national):
    wanted = [label["rule"] for said in measure.labels().values() for label in said["findings"]]
    wanted += [rule for case in progress.cases() for rule, _ in case["sure"]]
    few = [
        code for code, rule in national.rules.items() if wanted.count(code) < 3 and rule.family != "KPI"
    ]  # fmt: skip
    assert not few


@pytest.mark.slow
def test_the_rules_are_as_right_as_we_say(national, tally):
    """What is published may not fall below what a reviewer was promised."""
    by_severity = {
        severity: tally.score(code for code, rule in national.rules.items() if rule.severity == severity)
        for severity in ("error", "warning")
    }
    both = tally.score(code for code, rule in national.rules.items() if rule.severity != "info")
    assert by_severity["error"].precision >= 0.95
    assert by_severity["warning"].precision >= 0.85
    assert both.recall >= 0.90
    assert not tally.flagged


@pytest.mark.parametrize(
    ("score", "status"),
    [
        (Score(0, 3, 0), "unmeasured"), (Score(9, 0, 0), "unmeasured"), (Score(10, 0, 0), "stable"),
        (Score(8, 0, 2), "stable"), (Score(7, 0, 3), "trial"), (Score(0, 0, 10), "trial"),
    ],
)  # fmt: skip
def test_status(score, status):
    assert score.status == status


@pytest.mark.parametrize(
    ("right", "of", "low", "high"), [(10, 10, 0.72, 1), (0, 10, 0, 0.28), (50, 100, 0.40, 0.60), (0, 0, 0, 1)]
)
def test_wilson_intervals(right, of, low, high):
    """Worked by hand: 10 of 10 → n/(n+z²) = 10/13.84 = 0.7225."""
    found = interval(right, of)
    assert [round(float(end), 2) for end in found] == [low, high]
