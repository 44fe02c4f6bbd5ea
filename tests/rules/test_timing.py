"""TIM, TXT006, TXT012: cases are data; here are hostile texts and the cost of long ones."""

import time

import pytest
from form_cases import cases, check, found
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.rules.checks import schedule
from kpi.rules.checks.rows import entries
from kpi.rules.checks.years import mentions_of_years

CODES = ["TIM001", "TIM002", "TIM003", "TIM004", "TXT006", "TXT012"]


CASES = cases("timing_cases.yaml", "period_cases.yaml")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_cases(national, case):
    check(found(national, case), case["want"])


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("保障2025年运转", [2025]),
        ("《关于转发〈2025年方案〉的通知》", []),
        ("《外层《内层2024年》2025年》2026年", [2026]),
        ("《没有写完的标题2025年", [2025]),
        ("2024年至2026年", []),
        ("2024-2026年", []),
        ("2023、2024年", []),
        ("12025年", []),
        ("到2025年底", [2025]),
        ("县政府2019年1月23日第31号常务会议纪要", []),
        ("2025 年", [2025]),
        ("", []),
    ],
)
def test_years_that_a_text_puts_forward(text, years):
    assert [seen.year for seen in mentions_of_years(text)] == years


TEXTS = st.text(alphabet="2025年至—-《》〔〕、,。底前月日保障完成及时1年3个上半\x00\n🙂", max_size=60)
FORM = st.fixed_dictionaries({
    "year": st.none() | st.sampled_from([1, 2026, 9999]),
    "project": TEXTS, "term": st.none() | TEXTS, "attribute": st.none() | TEXTS, "goals": st.none() | TEXTS,
    "sections": st.dictionaries(st.sampled_from(["实施计划", "立项依据", "概况"]), TEXTS),
    "rows": st.lists(st.fixed_dictionaries({"level2": st.just("时效指标"), "name": TEXTS, "value": TEXTS}), max_size=3),
})  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(FORM)
def test_no_form_breaks_a_check(national, form):
    found(national, {"form": form, "rules": CODES})


PIECES = ["保障2025年，", "《", "关于2025年", "一", "2025年至", "至今2025-", "个工作日\x00", "上半年1-6月"]


@pytest.mark.parametrize("piece", PIECES)
def test_long_texts_cost_little(national, piece):
    text = (piece * 10_000)[:10_000]
    form = {
        "year": 2026, "project": text, "term": text, "attribute": text, "goals": text,
        "sections": {"实施计划": text}, "rows": [{"level2": "时效指标", "name": text, "value": text}],
    }  # fmt: skip
    began = time.perf_counter()
    found(national, {"form": form, "rules": CODES})
    assert time.perf_counter() - began < 120  # what it must not be is quadratic: that would be hours


def test_the_ends_of_a_form_are_gathered_once(national, monkeypatch):
    asked = []
    monkeypatch.setattr(schedule, "entries", lambda *given: asked.append(given) or entries(*given))
    rows = [{"level2": "时效指标", "name": f"第{n}标段开工时间", "value": "2026年9月1日"} for n in range(20)]
    over = {"level2": "时效指标", "name": "第7标段完工时间", "value": "2026年8月31日前"}
    (finding,) = found(national, {"form": {"year": 2026, "term": "1年", "rows": [*rows, over]}, "rules": ["TIM002"]})
    assert finding.indicator == "第7标段开工时间"
    assert len(asked) == 1


def test_a_time_of_thirty_digits_is_longer_than_the_project(national):
    rows = [{"level2": "时效指标", "name": "建设周期", "value": "9" * 30 + "天"}]
    findings = found(national, {"form": {"year": 2026, "term": "1年", "rows": rows}, "rules": ["TIM003", "TIM004"]})
    assert [finding.rule for finding in findings] == ["TIM004"]
