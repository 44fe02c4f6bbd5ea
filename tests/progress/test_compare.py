"""Two forms side by side: hand-worked cases, and what holds of any two forms."""

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kpi.model import Document
from kpi.progress.compare import Compared, compare
from kpi.rules import load
from kpi.rules.evaluating import likeness
from kpi.rules.example_spec import ExampleSpec
from kpi.rules.examples import document

CASES = yaml.safe_load((Path(__file__).parent / "compare_cases.yaml").read_text(encoding="utf-8"))
LIKENESS = likeness(load("national"))
MIRROR = {"added": "dropped", "dropped": "added", "tightened": "loosened", "loosened": "tightened"}
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def made(rows: list, year: int | None = 2025, project: str = "示例项目", **keys: object) -> Document:
    named = [dict(zip(("level2", "name", "value"), row, strict=True)) for row in rows]
    return document(ExampleSpec.model_validate({"rows": named, "year": year, "project": project, **keys}))


def told(found: Compared) -> list[tuple]:
    return [(c.kind, c.indicator.name, c.old, c.new) for one in found.projects for c in one.changes]


@pytest.mark.parametrize(("was", "now"), [("≥20家", "≥20户"), ("≥20人", "≥20人次"), ("≥20个", "≥90%")])
def test_another_unit_is_named(was, now):
    """Nobody knows whether 20家 or 20户 asks for more: no mere rewording."""
    found = compare([made([["数量指标", "扶持规模", was]])], [made([["数量指标", "扶持规模", now]])], LIKENESS)
    [change] = found.projects[0].changes
    assert change.kind == "incomparable"
    assert f"单位“{was.lstrip('≥20')}”换成了“{now.lstrip('≥290')}”，无法比较" in change.message


@pytest.mark.parametrize(
    ("name", "was", "now", "better"),
    [("产品合格率", "≤95%", "≤60%", "越多越好"), ("群众投诉率", "≥10%", "≥50%", "越少越好")],
)
def test_a_sign_that_runs_against_the_name_claims_nothing(name, was, now, better):
    found = compare([made([["质量指标", name, was]])], [made([["质量指标", name, now]])], LIKENESS)
    [change] = found.projects[0].changes
    said = f"“{now}”的符号与“{name}”（{better}）相反，看不出是提高还是降低，无法比较"
    assert said in change.message


def test_the_forms_own_column_counts_before_the_name():
    row = {"level2": "数量指标", "name": "巡查次数", "polarity": "反向", "year": 2025}
    old, new = (document(ExampleSpec.model_validate({**row, "value": value})) for value in ("≥5次", "≥9次"))
    [change] = compare([old], [new], LIKENESS).projects[0].changes
    assert "“≥9次”的符号与表中写的“反向”（越少越好）相反" in change.message


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case):
    years = case.get("years", [2025, 2026])
    old, new = (made(case[side], year) for side, year in zip(("old", "new"), years, strict=True))
    found = compare([old], [new], LIKENESS)
    assert told(found) == [tuple(one) for one in case["want"]]
    assert all(change.message for one in found.projects for change in one.changes)
    assert sorted(turned(found)) == sorted(raw(compare([new], [old], LIKENESS)))


def raw(found: Compared) -> list[tuple]:
    return [
        (
            c.kind,
            str(c.half),
            c.old or "",
            c.new or "",
            c.before.name if c.before else "",
            c.after.name if c.after else "",
        )
        for one in found.projects
        for c in one.changes
    ]


def turned(found: Compared) -> list[tuple]:
    """The changes as they read the other way round."""
    return [
        (MIRROR.get(kind, kind), half, new, old, after, before)
        for kind, half, old, new, before, after in raw(found)
    ]


LEVELS = st.sampled_from(["数量指标", "质量指标", "成本指标", "社会效益", "时效指标"])
NAMES = st.sampled_from(
    ["检查次数", "检查次数量", "合格率", "合格比率", "总成本", "完工时间", "受益人数", "受益人次", ""]
)
VALUES = st.one_of(
    st.sampled_from(
        [
            "≥2次", "2次", "=2次", "≥95%", "0.95", "90%-95%", "≤5万元", "50000元", "≤50000", "12月底前", "10月",
            "明显改善", "", "—",
        ]
    ),
    st.text(max_size=12),
)  # fmt: skip
FORMS = st.lists(st.tuples(LEVELS, NAMES, VALUES), max_size=7)


@SLOW
@given(FORMS, st.sampled_from([None, 2025]))
def test_nothing_changed_against_itself(rows, year):
    one = made(rows, year)
    assert raw(compare([one], [one], LIKENESS)) == []


@SLOW
@example([("社会效益", "合格比率", "")], [("社会效益", "合格率", "≥2次"), ("社会效益", "合格率", "—")], 2025)
@given(FORMS, FORMS, st.sampled_from([2025, 2026, None]))
def test_the_other_way_round_is_the_mirror(first, second, year):
    old, new = made(first, 2025), made(second, year)
    there, back = compare([old], [new], LIKENESS), compare([new], [old], LIKENESS)
    assert sorted(turned(there)) == sorted(raw(back))


def test_projects_pair_by_name_then_by_their_indicators():
    rows = [["数量指标", "检查次数", "≥2次"], ["质量指标", "合格率", "≥95%"]]
    other = [["数量指标", "栽植株数", "≥900株"]]
    old = [
        made(rows, project="市场抽检"),
        made(other, project="造林"),
        made([["数量指标", "户数", "≥3户"]], project="搬迁"),
    ]
    new = [made(rows, project="市场监督抽检经费"), made(other, project="造林"), made(other, project="绿化")]
    found = compare(old, new, LIKENESS)
    assert [(one.new.table.project, one.renamed_from) for one in found.projects] == [
        ("市场监督抽检经费", "市场抽检"),
        ("造林", None),
    ]
    assert [side.table.project for side in found.dropped] == ["搬迁"]
    assert [side.table.project for side in found.added] == ["绿化"]
    assert not found.unchanged


def test_both_halves_are_one_change():
    row = {"level2": "质量指标", "name": "合格率"}
    old = document(ExampleSpec.model_validate({"rows": [{**row, "period": "≥95%", "annual": "≥95%"}], "year": 2025}))
    new = document(ExampleSpec.model_validate({"rows": [{**row, "period": "≥96%", "annual": "≥96%"}], "year": 2025}))
    [change] = compare([old], [new], LIKENESS).projects[0].changes
    assert (change.kind, change.half) == ("tightened", "both")


def test_halves_that_differ_are_told_apart():
    row = {"level2": "质量指标", "name": "合格率"}
    old = document(ExampleSpec.model_validate({"rows": [{**row, "period": "≥95%", "annual": "≥95%"}], "year": 2025}))
    new = document(ExampleSpec.model_validate({"rows": [{**row, "period": "≥96%", "annual": "≥90%"}], "year": 2025}))
    changes = compare([old], [new], LIKENESS).projects[0].changes
    assert [(c.kind, c.half) for c in changes] == [("tightened", "period"), ("loosened", "annual")]


def test_one_form_has_the_term_the_other_the_year():
    row = {"level2": "质量指标", "name": "合格率"}
    old = document(ExampleSpec.model_validate({"rows": [{**row, "period": "≥95%"}], "year": 2025}))
    new = document(ExampleSpec.model_validate({"rows": [{**row, "annual": "≥96%"}], "year": 2025}))
    [change] = compare([old], [new], LIKENESS).projects[0].changes
    assert (change.kind, change.half) == ("tightened", None)


def test_many_like_rows_take_no_time():
    rows = [["数量指标", f"第{n}类检查次数", "≥2次"] for n in range(400)]
    other = [["数量指标", f"第{n}类检查频次", "≥2次"] for n in range(400, 800)]
    found = compare([made(rows)], [made(other)], LIKENESS)
    assert len(told(found)) == 800
