"""Figures in running text: what counts as one, what its clause says, and how long it takes."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.values.running import mentions

FOUND = [
    ("案件结案率90%以上，执行到位率不低于60%", ["90%", "60%"]),
    ("目标1：新建3座泵站；目标2：培训水管员120人次", ["3座", "120人次"]),
    ("1.修缮教学楼2栋，面积1.8万平方米；2.购置课桌1,200套", ["2栋", "18000平方米", "1200套"]),
    ("（1）惠及学生3000人（2）绿化率35.5%", ["3000人", "35.5%"]),
    ("建设水库3座、渠道12.5公里和泵站2处", ["3座", "12.5公里", "2处"]),
    ("2024-2026年造林5000亩，12月底前完成70%", ["5000亩", "70%"]),
    ("救助覆盖率达到百分之百", ["100%"]),
    ("2026年8月底前为牧民发放饲草料300吨", ["300吨"]),
    ("孤儿基本生活费每人每月1200元", ["1200元/(人·月)"]),
    ("投诉率控制在５％以内", ["5%"]),
]
NOTHING = [
    "",
    "完成好各项工作",
    "依据〔2024〕12号、财办发（2023）5号和《关于2025年做好3项工作的通知》",
    "一是抓培训，二是抓验收，第3批，第三季度，2026年6月30日前",
    "“十四五”期间落实“1+3”行动，3·15活动，做到六个100%",
    "7×24小时值守，12345热线，110接处警，G324线，5G基站",
    "进入全市前3名",
    "目标1：；目标2：",
    "编号12345678901234567890",
    "三支一扶人员、两癌筛查",
]


def said(text):
    return [f"{format(m.value.figure.normalize(), 'f')}{m.value.unit}" for m in mentions(text)]


@pytest.mark.parametrize(("text", "figures"), FOUND)
def test_figures(text, figures):
    assert said(text) == figures


@pytest.mark.parametrize("text", NOTHING)
def test_what_claims_nothing(text):
    assert mentions(text) == ()


def test_the_words_around():
    text = "全区现有站点9个。安置人数，不少于40人；为30个村安装路灯600盏、太阳能板80块"
    _, people, villages, lamps, panels = mentions(text)
    assert (people.lead, people.before, people.after) == ("安置人数", "不少于", "人")
    assert (villages.piece, villages.before) == ("为30个村安装路灯", "为")
    assert (lamps.before, lamps.after) == ("村安装路灯", "盏")
    assert panels.piece == "太阳能板80块"
    assert lamps.clause == panels.clause == "为30个村安装路灯600盏、太阳能板80块"
    assert villages.earlier == ""


def test_places_are_those_of_the_text():
    text = " 目标1： 新建 ３座泵站；\n合格率≥ 95%"
    assert [text[m.start : m.end] for m in mentions(text)] == ["３座泵站", "合格率≥ 95%"]


ALPHABET = "0123456789一二三百千万亿年月日%％≥≤、，。；：（）《》“”第目标号个人元/-~\x00\n 建设"


@given(st.text(alphabet=ALPHABET, max_size=80))
def test_any_text_has_an_answer(text):
    for mention in mentions(text):
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.value.unit


PIECES = [
    "1",
    "1,",
    "(1)",
    "《",
    "“1",
    "2024年",
    "第1",
    "a1",
    "1.1",
    "\x00",
    "每1",
    "，",
    "≥",
    "12-",
    "3座、",
    "完成2万亩,",
]


@pytest.mark.parametrize("piece", PIECES)
def test_time_grows_with_the_text(piece):
    start = time.perf_counter()
    mentions(piece * (10_000 // len(piece)))
    assert time.perf_counter() - start < 120  # a second at most; what this must not be is quadratic
