"""Properties: canonical notation reads back; a plain regex reader agrees with the grammar on the simple half."""

import re
from datetime import date
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kpi.values import Bound, Value, contains, parse, render, same
from kpi.values.units import table

SIGN = {
    ">=": ["≥", "不低于", "不少于", ">=", "≧"],
    ">": [">", "大于", "超过"],
    "<=": ["≤", "不超过", "不高于"],
    "<": ["<", "低于"],
    "=": ["=", "等于"],
}
UNITS = sorted(table().spelled)
SIMPLE_UNITS = ["%", "元", "人", "人次", "个", "天", "公里", "亩", "项", "次", "户", "分", "吨", "工作日", "小时"]
numbers = st.decimals(0, 10**9, places=2).map(lambda number: format(number.normalize(), "f"))
magnitudes = st.sampled_from(["", "", "万", "亿", "千", "百"])


@st.composite
def written(draw, units=tuple(UNITS)):
    sign = draw(st.sampled_from([*SIGN, ""]))
    word = draw(st.sampled_from(SIGN[sign])) if sign else ""
    return f"{word}{draw(numbers)}{draw(magnitudes)}{draw(st.sampled_from(units))}"


@st.composite
def quantities(draw):
    text = draw(
        written()
        | st.builds("{}{}-{}{}".format, numbers, st.just("%"), numbers, st.just("%"))
        | st.builds(
            "{}{}{}".format,
            st.sampled_from(["", "≤", "约"]),
            st.integers(1, 31),
            st.sampled_from(["个月", "日", "个季度"]),
        )
        | st.builds("约{}{}户".format, numbers, magnitudes)
        | st.builds(
            "{}元/{}·{}".format, numbers, st.sampled_from(["人", "亩", "生"]), st.sampled_from(["年", "月", "天"])
        )
        | st.builds("≥{}且<{}分".format, numbers, numbers)
    )
    value = parse(text)
    assume(value.kind == "quantity")
    return value


def bare(value: Value) -> Value:
    """The reading alone: 2千赫兹 and 2000赫兹 are one."""
    return value._replace(text="", unit_text=None, magnitude=None, spelling=())


@settings(max_examples=400, deadline=None)
@given(quantities())
def test_canonical_notation_reads_back(value):
    again = parse(render(value))
    assert bare(again) == bare(value)
    assert same(again, value)
    assert contains(value, again) is not False
    assert again.spelling == ()


DATE_FORMS = [
    "{y}年{m}月{d}日", "{y}年{m}月{d}日前", "自{y}年{m}月{d}日起", "{m}月{d}日前", "{y}年{m}月", "{y}.{m}.{d}",
    "{y}-{m:02}-{d:02}", "{y}年{m}月底前",
]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2049, 12, 31)), st.sampled_from(DATE_FORMS))
def test_dates_read_back(day, form):
    value = parse(form.format(y=day.year, m=day.month, d=day.day))
    assert value.kind == "date"
    assert parse(render(value)).date == value.date


#: The independent reader: one regular expression, no grammar, no unit table.
_SIMPLE = re.compile(
    rf"(?P<sign>{'|'.join(word for words in SIGN.values() for word in words)})?"
    r"(?P<number>\d+(?:\.\d+)?)(?P<magnitude>[万亿千百]?)"
    rf"(?P<unit>{'|'.join(sorted(SIMPLE_UNITS, key=len, reverse=True))})"
)


def read_simply(text):
    found = _SIMPLE.fullmatch(text)
    assert found
    sign = next((code for code, words in SIGN.items() if found["sign"] in words), None)
    figure = Decimal(found["number"]) * {"": 1, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}[found["magnitude"]]
    end = Bound(figure, sign not in (">", "<"))
    lower = None if sign in ("<", "<=") else end
    upper = None if sign in (">", ">=") else end
    return sign, lower, upper, found["unit"]


@settings(max_examples=400, deadline=None)
@given(written(units=tuple(SIMPLE_UNITS)))
def test_an_independent_reader_agrees(text):
    value = parse(text)
    assert value.kind == "quantity"
    assert (value.comparator, value.lower, value.upper, value.unit) == read_simply(text)
