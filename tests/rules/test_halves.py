"""HLF: cases are data; here are what holds for any values, hostile texts, and the cost of long forms."""

import time

import pytest
from form_cases import cases, check, found
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.readers import read_text
from kpi.rules import lint

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


@pytest.mark.parametrize(("period", "quiet"), [("42.00", True), ("15.00", False)])
def test_money_without_its_unit_tells_two_spans_apart(national, period, quiet):
    text = (
        "项目支出绩效目标表\n(2025年度)\n项目名称\t救护培训\n项目期\t1年\n"
        f"项目资金\t中期资金总额\t{period}\t年度资金总额\t15.00\n"
        "一级指标\t二级指标\t三级指标\t指标值\t二级指标\t三级指标\t指标值\n"
        "产出指标\t数量指标\t救护员取证人数\t≥1500人\t数量指标\t救护员取证人数\t≥500人\n"
    )
    codes = [finding.rule for finding in lint([read_text(text)], national).findings]
    assert ("HLF001" not in codes) is quiet
