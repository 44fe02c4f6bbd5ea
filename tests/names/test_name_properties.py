"""What holds for names nobody thought of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.model import LEVEL2
from kpi.names import read_name


def _any(words: str) -> st.SearchStrategy[str]:
    return st.sampled_from(words.split())


_LEVELS = st.sampled_from(("", *LEVEL2, "资金管理"))
_PLACES = st.just("") | _any("全镇 乡村道路 县中医院 图书馆 水库大坝 法院 信息系统 冬小麦 社区食堂 退役士兵 环卫")
_GOODS = _any("合格 达标 完成 办结 覆盖 到位 通过 响应 发放")
_EVENTS = _any("投诉 故障 差错 安全事故 违约 信访 火灾 泄密 违规 逾期")
_REMEDIES = _any("处理 处置 查处 化解 整改 办结 排除")
_FALLS = _any("下降 降低 减少")
_CHANGES = _any("增长率 提升率 提高率 增幅")
_DENIALS = _any("无 零 杜绝 不发生 无重大")
_HEADS = _any("合格率 投诉率 满意度 人数 培训次数 面积 总成本 补助标准 响应时间 完成时间 税收增长率 产值")
_HINTS = _any("(%) （万元） (≥**%) (人次) ≥**亩 （≤**元/人） (单位:公里)")
_MARKS = _any("★ * 指标1 指标2： 1. 3、 （1） ① 一、 三级指标1")
_TRADE = "率数量度成本费用事故投诉下降不未处理人次时间面积元%()≥*0123456789一项、"


@given(st.text(max_size=60), _LEVELS, st.text(max_size=20))
def test_any_text_is_read(name: str, level2: str, project: str):
    reading = read_name(name, level2, project)
    assert reading.name == name
    assert not reading.bounded or reading.asks in ("rate", "satisfaction")
    assert not reading.whole_project or reading.asks == "money"
    assert reading == read_name(name, level2, project)


@given(st.text(alphabet=_TRADE, max_size=24), _LEVELS)
def test_any_jumble_of_the_trade_is_read(name: str, level2: str):
    reading = read_name(name, level2)
    assert reading.fits(None)
    assert (reading.asks is None) or reading.reason or level2 == "服务对象满意度"


@given(_PLACES, _HEADS, _HINTS, _LEVELS)
def test_a_unit_behind_the_name_changes_nothing_else(place: str, head: str, hint: str, level2: str):
    plain, hinted = read_name(place + head, level2), read_name(place + head + hint, level2)
    assert (hinted.asks, hinted.dimensions, hinted.polarity, hinted.bounded) == (
        plain.asks, plain.dimensions, plain.polarity, plain.bounded,
    )  # fmt: skip
    assert plain.unit_hint is None
    assert hinted.unit_hint


@given(_PLACES, _HEADS, _MARKS, _LEVELS)
def test_list_marks_change_nothing(place: str, head: str, mark: str, level2: str):
    plain, marked = read_name(place + head, level2), read_name(mark + place + head, level2)
    assert (marked.asks, marked.polarity, marked.bounded, marked.reason) == (
        plain.asks, plain.polarity, plain.bounded, plain.reason,
    )  # fmt: skip


@given(_PLACES, _EVENTS, _REMEDIES, _FALLS)
def test_what_is_done_about_a_bad_thing_is_good(place: str, event: str, remedy: str, fall: str):
    bad = read_name(f"{place}{event}率")
    assert (bad.polarity, bad.absence, bad.bounded) == ("reverse", True, True)
    for name in (f"{place}{event}{remedy}率", f"{place}{event}{fall}率", f"{place}{event}{fall}"):
        good = read_name(name)
        assert (good.polarity, good.absence) == ("positive", False)


@given(_PLACES, _GOODS, _any("不 未"))
def test_a_denied_good_thing_is_bad(place: str, good: str, denial: str):
    assert read_name(f"{place}{good}率").polarity == "positive"
    assert read_name(f"{place}{denial}{good}率").polarity == "reverse"


@given(_PLACES, _GOODS, _CHANGES)
def test_a_change_has_no_limit(place: str, good: str, change: str):
    assert read_name(f"{place}{good}率").bounded
    reading = read_name(f"{place}{good}{change}")
    assert (reading.bounded, reading.polarity) == (False, "positive")


@given(_PLACES, _EVENTS, _DENIALS)
def test_a_denied_event_asks_for_absence(place: str, event: str, denial: str):
    reading = read_name(f"{denial}{event}")
    assert (reading.absence, reading.polarity) == (True, None)


@pytest.mark.parametrize("size", [10_000, 100_000])
@pytest.mark.parametrize("piece", ["率", "事故", "(", "≥", "案件", "1", "不", "指标1", " ", "合格率(", "**"])
def test_long_names_are_read(piece: str, size: int):
    name = piece * (size // len(piece))
    assert read_name(name).name == name
