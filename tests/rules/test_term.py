"""How a form's year, term and period are read."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.model import Indicator, TargetTable
from kpi.rules.term import chosen, duration, later_years, one_year, read_term, term_of, window, years
from kpi.values import parse


@pytest.mark.parametrize(
    ("term", "attribute", "length"),
    [
        ("1年", None, 1), ("三年", None, 3), ("2024—2026年", None, 3), ("36个月", None, 3),
        ("2026年1月至2026年12月", None, 1),
        (None, "一次性项目(1年结束)", 1), ("", "当年项目", 1), ("长期", "经常性", None), (None, None, None),
        ("2026年", None, 1), ("2024年起", None, None), ("2026年3月-12月", None, 1), ("2025年度", None, 1),
        ("20260101-20271231", None, 2), ("3年以上", None, None), ("18个月", None, Decimal("1.5")),
        ("2025年9月-2026年8月", None, 2), ("跨年度", None, None), ("无", "特定目标类", None), ("24年", None, None),
        (None, "财预〔2021〕101号", None), ("1年3个月", None, Decimal("1.25")),
    ],
)  # fmt: skip
def test_how_many_budget_years_a_project_runs(term, attribute, length):
    assert years(TargetTable(term=term, attribute=attribute)) == length


@pytest.mark.parametrize(
    ("text", "start", "end", "months"),
    [
        ("2026年3月-12月", "2026-03-01", "2026-12-31", 10),
        ("上半年", "2026-01-01", "2026-06-30", 6),
        ("1月-12月", "2026-01-01", "2026-12-31", 12),
        ("2026年1月1日起至2026年12月31日", "2026-01-01", "2026-12-31", 12),
        ("2024年起三年", "2024-01-01", "2026-12-31", 36),
        ("五年(2024年-2028年)", "2024-01-01", "2028-12-31", 60),
        ("2024年9月至2026年8月", "2024-09-01", "2026-08-31", 24),
        ("“十四五”期间", "2021-01-01", "2025-12-31", 60),
        ("当年", "2026-01-01", "2026-12-31", 12),
        ("一个年度", None, None, 12),
        ("2026年12月31日前", "2026-01-01", "2026-12-31", 12),
        ("至2028年底", None, "2028-12-31", None),
        ("三年", None, None, 36),
        ("3年(36个月)", None, None, 36),
        ("12月", None, None, 12),
        ("两年期", None, None, 24),
        ("半年", None, None, 6),
        ("", None, None, None),
    ],
)
def test_days_and_length(text, start, end, months):
    term = read_term(text, 2026)
    told = [day.isoformat() if day else None for day in (term.start, term.end)]
    assert (*told, term.months) == (start, end, months)


@pytest.mark.parametrize("text", ["2024年起", "自2023年以来", "长期", "延续性项目", "经常性项目", "每年", "持续实施"])
def test_what_has_no_end(text):
    assert read_term(text, 2026).open_ended


@pytest.mark.parametrize(
    ("table", "start", "end"),
    [
        (TargetTable(year=2026, term="1年"), "2026-01-01", "2026-12-31"),
        (TargetTable(year=2026, term="3年"), "2024-01-01", "2028-12-31"),
        (TargetTable(year=2026, term="2025-2027年"), "2025-01-01", "2027-12-31"),
        (TargetTable(year=2026), "2026-01-01", None),
        (TargetTable(year=2026, term="长期"), None, None),
        (TargetTable(year=2026, attribute="延续项目"), "2026-01-01", None),
        (TargetTable(year=2026, term="1年", project="乡道改造2025-2027"), "2025-01-01", "2027-12-31"),
        (TargetTable(year=2026, term="1年", project="财农〔2023〕8号种粮补贴"), "2026-01-01", "2026-12-31"),
        (TargetTable(term="2026年"), "2026-01-01", "2026-12-31"),
    ],
)
def test_when_things_may_happen(table, start, end):
    found = window(table)
    assert found is not None
    assert [day.isoformat() if day else None for day in found[:2]] == [start, end]


def test_without_a_year_nothing_is_outside():
    assert window(TargetTable(term="1年")) is None
    assert window(TargetTable(term="长期")) is None


def test_the_term_goes_before_the_attribute():
    assert not one_year(TargetTable(term="长期", attribute="一次性项目(1年结束)"))
    assert term_of(TargetTable(term="无", attribute="当年项目")).months == 12


@pytest.mark.parametrize(
    ("text", "ticked"),
    [
        ("新增项目□ 延续项目√", "延续项目"), ("新增项目√  延续项目□", "新增项目"), ("□一次性 ☑经常性", "经常性"),
        ("☑ 一次性  □ 经常性", "一次性"), ("新增□延续□", ""), ("延续项目", "延续项目"), ("", ""), ("□√", ""),
    ],
)  # fmt: skip
def test_what_is_ticked(text, ticked):
    assert chosen(text) == ticked


@pytest.mark.parametrize(
    ("text", "months"),
    [("1年", 12), ("≤12个月", 12), ("365天", 12), ("2学年", 24), ("半年", 6), ("90天", "3.0"), ("3年-5年", None),
     ("24小时", None), ("2026年", None), ("≥95%", None)],
)  # fmt: skip
def test_months_of_a_value(text, months):
    assert duration(parse(text)) == (None if months is None else Decimal(months))


def test_days_of_more_digits_than_a_context_holds_are_months_too():
    assert duration(parse("9" * 30 + "天")) > 10**28


TERMS = st.text(alphabet="0123456789年月日个季度上下半长期起至-—~〔〕()一二三十 \x00当", max_size=40)


@given(TERMS, st.none() | st.just(2026))
def test_any_text_has_an_answer(text, year):
    term = read_term(text, year)
    assert term.months is None or term.months > 0
    assert not (term.start and term.end) or term.start <= term.end
    assert years(TargetTable(term=text, year=year)) is None or not term.open_ended
    window(TargetTable(term=text, project=text, title=text, year=year))


@pytest.mark.parametrize(
    ("heads", "later"),
    [
        (["2027年指标值", "2028年指标值"], 2), (["指标值（2027年）", "指标值(2026年)"], 1), (["2027指标值"], 1),
        (["下年度指标值", "后年指标值"], 2), (["2026年上半年指标值", "备注"], 0), (["2027年实际完成值"], 0),
        (["三年合计", "20277指标值", "第二年指标值"], 0),
    ],
)  # fmt: skip
def test_columns_of_further_years(heads, later):
    row = Indicator("产出指标", "数量指标", "检修泵站数量", columns=dict.fromkeys(heads, "≥6座"))
    assert len(later_years(TargetTable(year=2026, indicators=(row,)))) == later
