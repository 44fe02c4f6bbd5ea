"""What surrounds a reading: places in the raw text, spellings, damage told in words, bounds on the work done."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.values import Spelling, find_values, parse, prose, unit
from kpi.values import parsing as parsing_module
from kpi.values.traditional import simplified


def codes(text):
    return [(note.code, note.offset, note.text) for note in parse(text).spelling]


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("≥95%", []),
        (">=95%", [("ascii-sign", 0, ">=")]),
        ("≥９５%", [("fullwidth", 1, "９"), ("fullwidth", 2, "５")]),
        ("≥ 95%", [("space", 1, " ")]),
        ("三十人", [("chinese-numeral", 0, "三十")]),
        ("百分之九十", [("percent-word", 0, "百分之九十")]),
        ("98百分比", [("percent-word", 2, "百分比")]),
        ("=100.00(%)", [("bracketed-unit", 7, "(%)")]),
        ("3/4以上", [("fraction-ratio", 0, "3/4")]),
        ("3360元/人.年", [("unit-spelling", 4, "元/人.年")]),
        ("50人/次", [("unit-spelling", 2, "人/次")]),
        ("  ≥95%  ", []),
    ],
)
def test_spellings_point_at_the_raw_text(text, notes):
    assert codes(text) == notes


def test_unit_as_written_and_magnitude():
    value = parse("≤20万元")
    assert (value.unit_text, value.magnitude, value.upper.value) == ("元", "万", Decimal(200000))
    assert parse("3360元/人.年").unit_text == "元/人.年"


def test_repeated_texts_are_remembered_with_their_own_raw_text():
    first, second = parse("≥  97%"), parse("≥97%")
    assert first.text == "≥  97%"
    assert second.text == "≥97%"
    assert first.lower == second.lower
    assert parse("≥97%") is second


@pytest.mark.parametrize(
    ("text", "offset", "says"),
    [
        ("≥≥95%", 1, "第 2 字“≥”重复；这里应是数字"),
        ("  ≥≥95%", 3, "第 4 字“≥”重复"),
        ("95%-90%", 4, "区间的两端颠倒"),
        ("≤****元", 1, "第 2 字“*”是未填写或被遮住的数"),
        ("9O%", 1, "这里应是数字“0”"),
        ("2026年2月30日", 5, "没有 2 月 30 日"),
    ],
)
def test_damage_is_explained_at_its_place(text, offset, says):
    value = parse(text)
    assert value.kind == "malformed"
    assert value.problems[0].offset == offset
    assert says in value.problems[0].message
    assert "{n}" not in value.problems[0].message


@pytest.mark.parametrize(
    ("text", "year", "ends"),
    [
        ("12月底前", 2026, (None, "2026-12-31")),
        ("上半年", 2025, ("2025-01-01", "2025-06-30")),
        ("2月底前", 2027, (None, "2027-02-28")),
        ("国庆节前", 2026, (None, "2026-10-01")),
        ("2024年6月", 2026, ("2024-06-01", "2024-06-30")),
    ],
)
def test_a_year_resolves_open_dates(text, year, ends):
    date = parse(text, year=year).date
    assert (date.start, date.end) == ends


def test_long_numbers_are_exact():
    digits = "9" * 60
    assert parse(f"≥{digits}元").lower.value == Decimal(digits)
    assert parse(f"{digits}万元").lower.value == Decimal(digits + "0000")
    assert parse("0.1万元").lower.value == Decimal(1000)


NASTY = [
    "9" * 1_000_000, "≥" * 100_000, " " * 1_000_000, "\u3000" * 5000, "一" * 100_000, "(" * 50_000, "1." * 5000,
    "\ud800≥95%", "≥9\x005%", "1e999999999", "≥" + "9" * 300 + "%", "每" * 3000, "百分之" * 999, "1:" * 999,
    "2026年" * 999, "0" * 350, "亿" * 399, "1亿" + "亿" * 60 + "元", "9" * 100 + "亿" * 50 + "元", "1/0", "0分之0",
    "1:0.0", "0年0月0日", "9999-99-99", "\x00", "\u202e≥95%", "零" * 100, "点", "半", "万", "成", "三成",
    "1" + "/人" * 60, "每人" * 30 + "5元",
    "2026百分之六十", "百四分之六十", "百四人", "5元/0亩", "5元/1人年", "每零人1元", "2千26年", "每1元",
    "每1户≥5元", "每1人每1月200元", "5件/31日件", "两件/100‰小时吨", "±-1", "5件/1,000元/人",
]  # fmt: skip


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_any_text_is_answered(text):
    value = parse(text)
    assert value.text == text
    assert parse(text, year=2026).kind == value.kind
    assert all(text[note.offset : note.offset + len(note.text)] == note.text for note in value.spelling)


#: What values are made of: whole words go deeper into the grammar than characters do.
WORDS = """
≥ ≤ < > = ± ~ - 至 到 和 或 且 、 , ; 每 每个 人 户 月 年 天 个 元 万元 % ‰ 分 1 2 95 100 0.5 3360 1,000 万 亿
千 百 十 半 一 两 三 个半 公里 平方米 亩 / · ( ) [ ] 以上 以下 以内 不低于 不超过 约 左右 之间 2026年 12月 底前
31日 第三季度 上半年 每季度 末 前 后 内 达到 控制在 完成 分之 成 折 倍 比 : 人均 户均 次 场次 件/ 小时 优秀 良好
及 其 不含 含 《 》 XX ** 增长 下降 上年 5G km ㎡ 吨 介于 超 近 上 年均 ¥ 春节 工作日
"""


@settings(max_examples=600, deadline=None)
@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(WORDS.split()), max_size=8).map("".join)
    | st.text("0123456789.,≥≤<>=%元万人年月日底前至-~/·()每约以上内百分之三十不低于第季度*×", max_size=14)
)
def test_fuzz(text):
    value = parse(text)
    assert value.text == text
    assert (value.kind == "malformed") == bool(value.problems)
    if value.kind == "quantity":
        assert value.lower or value.upper
        assert not (value.lower and value.upper) or value.lower.value <= value.upper.value
    for note in value.spelling:
        assert text[note.offset : note.offset + len(note.text)] == note.text


def test_long_texts_do_not_reach_the_grammar(monkeypatch):
    seen = []

    def spy(text):
        seen.append(len(text))
        return original(text)

    original = prose.find
    monkeypatch.setattr(prose, "find", spy)
    parsing_module._remembered.cache_clear()
    parsing_module._reading.cache_clear()
    for size in (100, 1000, 10_000, 1_000_000):
        assert parse("新建学校3所，" * (size // 7)).kind in ("compound", "text")
    assert len(seen) <= 1
    assert all(length <= 200 for length in seen)


def test_values_in_running_text():
    text = "全年组织培训 12 期，参训不少于６００人次；2026年12月底前完成验收，合格率达到98%以上（依据〔2023〕45号）。"
    found = [(text[start:end], value.kind) for start, end, value in find_values(text)]
    assert [said for said, _ in found] == ["全年", "12 期", "不少于６００人次", "2026年12月底前", "达到98%以上"]
    assert [kind for _, kind in found] == ["date", "quantity", "quantity", "date", "quantity"]


def test_no_figures_in_names():
    assert find_values("推动三支一扶、两癌筛查和一站式服务，执行GB3838-2002") == []


@pytest.mark.parametrize(
    ("text", "canonical", "dimension"),
    [
        ("㎡", "平方米", "area"),
        ("m²", "平方米", "area"),
        ("元/人.年", "元/(人·年)", "money/(count·time)"),
        ("km", "公里", "length"),
        ("个月", "月", "time"),
        ("人/次", "人次", "count"),
    ],
)
def test_unit_lookup(text, canonical, dimension):
    found = unit(text)
    assert (found.canonical, found.dimension) == (canonical, dimension)


def test_what_is_no_unit():
    assert unit("及时完成") is None
    assert unit("万元") is None


def test_spelling_type():
    assert parse(">=1人").spelling == (Spelling("ascii-sign", 0, ">="),)


def test_traditional_characters_keep_their_places():
    assert simplified("飼料與蝦苗，閘壩和橋樑，嬰兒a") == "饲料与虾苗，闸坝和桥梁，婴儿a"
