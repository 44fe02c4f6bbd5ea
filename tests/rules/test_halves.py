"""HLF: cases are data; here are what holds for any values, hostile texts, and the cost of long forms."""

import time

import pytest
from form_cases import cases, check, found
from hypothesis import given, settings
from hypothesis import strategies as st

CODES = ["HLF001", "HLF002", "HLF003", "HLF004", "HLF005"]
TEXTS = st.sampled_from([
    "", "—", "无", "≥10人", "≥12人", "10人", "≤5万元", "50000元", "3360元/人.年", "100%", "约3万", "2026年6月底前",
    "6月底前", "≥", "效果显著", "优", "良", "1年", "12个月", "每季度末", "春节前", "一类≥3个、二类≥5个", "\x00",
    "全覆盖", "90%-95%",
])  # fmt: skip
NAMES = st.sampled_from(["", "—", "指标2", "培训人数", "培训的人数", "培训", "项目总成本", "满意度", "\x00", "🙂" * 50])
ROW = st.fixed_dictionaries({
    "level2": st.sampled_from(["数量指标", "质量指标", "成本指标", "社会效益", ""]),
    "name": NAMES, "period": st.none() | TEXTS, "annual": st.none() | TEXTS,
})  # fmt: skip


CASES = cases("halves_cases.yaml", "sides_cases.yaml")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_cases(national, case):
    check(found(national, case), case["want"])


@settings(max_examples=120, deadline=None)
@given(st.lists(ROW, max_size=8), st.sampled_from([None, "1年", "3年", "长期"]), st.sampled_from([None, 2026]))
def test_no_form_breaks_a_check(national, rows, term, year):
    found(national, {"form": {"rows": rows, "term": term, "year": year}, "rules": CODES})


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(NAMES, TEXTS), min_size=1, max_size=6), st.randoms())
def test_halves_that_are_the_same_in_any_order_are_quiet(national, sides, random):
    """The rows of 年度 stand in another order, each in a row of its own."""
    other = list(sides)
    random.shuffle(other)
    rows = [{"level2": "数量指标", "name": name, "period": text} for name, text in sides]
    rows += [{"level2": "数量指标", "name": name, "annual": text} for name, text in other]
    codes = ["HLF001", "HLF004"] if len({name for name, _ in sides}) == len(sides) else ["HLF001"]
    alike = {"培训人数", "培训的人数", "培训"} & {name for name, _ in sides}
    if len(alike) < 2:
        assert not found(national, {"form": {"rows": rows, "term": "1年"}, "rules": codes})


@pytest.mark.slow
def test_a_long_form_costs_little(national):
    text = "维修敬老院屋面，消除漏水；" * 800
    rows = [
        {"level2": "数量指标", "name": f"{n}号{text}", "period": f"{n}{text}", "annual": f"{text}{n}"}
        for n in range(120)
    ]
    began = time.process_time()
    form = {"rows": rows, "term": "1年", "goals": {"period": text, "annual": text[7:]}}
    found(national, {"form": form, "rules": CODES})
    assert time.process_time() - began < 120  # what it must not be is quadratic: that would be hours
