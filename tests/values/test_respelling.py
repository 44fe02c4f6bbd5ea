"""Better spelling keeps every word of a value, and its reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.values import parse
from kpi.values.respelling import apart, respelled, same_reading


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("≥５人(副高以上)", "≥5人(副高以上)"),
        ("＝２辆（新能源）", "=2辆（新能源）"),
        ("５G基站≥３个", "5G基站≥3个"),
        ("≥３座A级", "≥3座A级"),
        ("第３名", "第3名"),
        ("前１０名", "前10名"),
        ("一季度１次", "一季度1次"),
        ("收到文件３０日内", "收到文件30日内"),
        ("每季度首月１０日前", "每季度首月10日前"),
        ("２０２６年１２月", "2026年12月"),
        ("＜＝５‰", "≤5‰"),
        ("３级以上", "3级以上"),
        ("≥ 12 次", "≥12次"),
        ("=100.00(%)", "=100.00%"),
        ("三十人以上", "≥30人"),
        ("百分之九十五以上", "≥95%"),
        ("≥95%以上", "≥95%"),
        ("≥3/4", "≥75%"),
        ("七成以上", "≥70%"),
        ("≥1/3", "≥1/3"),  # 33.33% is less
        ("三分之二以上", "三分之二以上"),
        ("3360元/人.年", "3360元/(人·年)"),
        ("30元/人.年.次", "30元/人.年.次"),  # 人次 is something else
        ("≤100元/人或户", "≤100元/人或户"),
        ("5元/公里.车道", "5元/公里.车道"),
        ("≥二次供水", "≥二次供水"),
        (">=三级甲等", "≥三级甲等"),
        ("接到报修后三日内", "接到报修后3日内"),
        ("★≥100人.次", "★≥100人次"),
        ("≥两三天", "≥两三天"),
        ("5/5", "5/5"),
        ("≤1万5元/人.年", "≤1万5元/(人·年)"),
        ("550元/人.天（以内）", "≤550元/(人·天)"),
    ],
)
def test_only_what_is_odd_is_changed(text, better):
    assert respelled(parse(text)) == better
    assert same_reading(parse(better), parse(text))


@pytest.mark.parametrize(
    ("text", "around"),
    [
        ("5人(副高以上)", ("", "(副高以上)")),
        ("5G基站3个", ("", "")),  # what is named in front is no part of the reading at all
        ("完工后15个工作日内", ("完工后", "")),
        ("约30人（含学生）", ("", "（含学生）")),
        ("第3名", ("", "")),
        ("≥95%", ("", "")),
    ],
)
def test_the_words_around_a_value(text, around):
    assert apart(parse(text)) == around


_SIGNS = ("≥", "＞＝", "不低于", "约", "以上", "３", "12", "．５", "%", "％", "三", "分之")
_WORDS = ("人次", "元/人", "(", ")", "副高", "\u3000", "每", "年", "第")


@given(st.lists(st.sampled_from([*_SIGNS, *_WORDS]), max_size=7).map("".join))
def test_whatever_is_written_no_word_is_lost(text):
    value = parse(text)
    better = respelled(value)
    if value.kind in ("quantity", "date") and same_reading(parse(better), value):
        assert not set("副高第") & set(text) - set(better)
