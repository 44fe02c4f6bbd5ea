"""Damage that text conversions do: cut names, merged cells, doubled columns, slid labels, overflowing rows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reader_forms import CASES, as_text, reading, rows

from kpi.model import Location
from kpi.readers import read_text

HEAD = "青溪县县级预算项目支出绩效目标表\n(2027年度)\n项目名称\t河道清淤\t\t\t\t\t\t\n"
TWO = "绩效指标\t一级指标\t二级指标\t三级指标\t指标值\t二级指标\t三级指标\t指标值\n"


def two(*lines):
    return read_text(HEAD + TWO + "\n".join(lines) + "\n")


def test_name_and_value_in_one_cell_are_split_by_the_other_half():
    document = two("\t产出指标\t数量指标\t清淤河道及支流\t按图施工\t数量指标\t清淤河道按图施工\t")
    (indicator,) = document.tables[0].indicators
    assert (indicator.name, indicator.annual.name, indicator.annual.text) == ("清淤河道及支流", "清淤河道", "按图施工")
    (unread,) = document.unread
    assert unread.project == "河道清淤"
    assert unread.level2 == "数量指标"
    assert "同一格" in unread.reason


def test_a_value_that_happens_to_end_like_the_other_is_left_alone():
    document = two("\t产出指标\t数量指标\t清淤长度\t≥5公里\t数量指标\t清淤长度\t≥15公里")
    assert [e.text for _, e in document.tables[0].indicators[0].entries()] == ["≥5公里", "≥15公里"]
    assert document.unread == ()


def test_the_longer_of_two_names_is_kept_on_either_side():
    document = two(
        "\t产出指标\t数量指标\t河道清淤长\t5公里\t数量指标\t河道清淤长度\t5公里",
        "\t\t质量指标\t清淤合格率\t100%\t质量指标\t清淤合格\t100%",
    )
    assert [i.name for i in document.tables[0].indicators] == ["河道清淤长度", "清淤合格率"]


def test_different_levels_in_one_row_are_two_indicators():
    document = two("\t产出指标\t数量指标\t清淤长度\t5公里\t质量指标\t合格率\t100%")
    assert rows(document.tables[0]) == [
        ["产出指标", "数量指标", "清淤长度", "5公里", None],
        ["产出指标", "质量指标", "合格率", None, "100%"],
    ]


def test_one_half_empty_keeps_its_place():
    document = two(
        "\t产出指标\t数量指标\t\t\t数量指标\t清淤长度\t5公里",
        "\t\t质量指标\t合格率\t\t质量指标\t\t100%",
    )
    first, second = document.tables[0].indicators
    assert (first.period.text, first.annual.text) == ("", "5公里")
    assert (second.period.name, second.period.text) == ("合格率", "")
    assert (second.annual.name, second.annual.text) == ("", "100%")


def test_a_row_that_overflowed_is_the_annual_half():
    text = (
        HEAD
        + "实施期目标\t\t\t\t年度目标\t\t\n总体目标\t清淤三年\t\t\t清淤一年\t\t\n"
        + "绩效指标\t\t一级指标\t\t二级指标\t\t三级指标\t\t指标值\n"
        + "\t\t产出指标\t\t数量指标\t\t清淤长度\t\t9公里\n\t\t满意度指标\t\t服务对象满意度\t\t村民满意度\t\t≥90%\n"
        + "服务对象满意度\t\t村民满意度\t\t≥90%\t\t\t\t\n负责人:\t\t填报日期:\t\n"
    )
    document = read_text(text)
    assert rows(document.tables[0]) == [
        ["产出指标", "数量指标", "清淤长度", "9公里", ""],
        ["满意度指标", "服务对象满意度", "村民满意度", "≥90%", "≥90%"],
    ]
    assert "年度" in document.unread[0].reason


def test_a_cell_beyond_the_columns_is_reported():
    document = read_text(HEAD + "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t清淤长度\t≥5公里\t≥6公里\n")
    (unread,) = document.unread
    assert (unread.text, unread.location, unread.level2) == ("≥6公里", Location(line=5, column=21), "数量指标")


def test_locations_are_the_cells():
    document = two("\t产出指标\t数量指标\t清淤长度\t≥5公里\t数量指标\t清淤长度\t≥6公里")
    (indicator,) = document.tables[0].indicators
    assert indicator.period.location == Location(line=5, column=17)
    assert indicator.period.cells["name"] == Location(line=5, column=12)
    assert indicator.annual.location == Location(line=5, column=32)
    assert document.tables[0].locations["project"] == Location(line=3, column=6)
    assert document.tables[0].locations["title"] == Location(line=1, column=1)


@given(st.integers(1, 3), st.integers(0, 6))
@settings(max_examples=30, deadline=None)
def test_doubled_and_trailing_columns_change_nothing(times, trailing):
    text = as_text(CASES[0]).splitlines()
    doubled = [line.replace("\t", "\t" * times) + "\t" * trailing for line in text]
    assert [reading(t) for t in read_text("\n".join(doubled)).tables] == [
        reading(t) for t in read_text("\n".join(text)).tables
    ]


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_first_level_label_may_slide_anywhere(data):
    """The second level tells the first: where 产出指标 and 效益指标 stand does not matter."""
    lines = [
        ["", "产出指标", "数量指标", "清淤长度", "5公里", "数量指标", "清淤长度", "5公里"],
        ["", "", "质量指标", "合格率", "100%", "质量指标", "合格率", "100%"],
        ["", "效益指标", "生态效益", "水质达标率", "≥90%", "生态效益", "水质达标率", "≥90%"],
        ["", "满意度指标", "服务对象满意度", "村民满意度", "≥90%", "服务对象满意度", "村民满意度", "≥90%"],
    ]
    want = rows(two(*map("\t".join, lines)).tables[0])
    for label in ("产出指标", "效益指标", "满意度指标"):
        at = next(i for i, line in enumerate(lines) if label in line)
        to = data.draw(st.integers(0, 3))
        if lines[to][1] == "":
            lines[at][1], lines[to][1] = "", label
    assert rows(two(*map("\t".join, lines)).tables[0]) == want


@given(st.lists(st.booleans(), min_size=4, max_size=4), st.lists(st.integers(3, 9), min_size=4, max_size=4))
@settings(max_examples=60, deadline=None)
def test_labels_missing_on_one_side_and_cut_names_are_repaired(left_side, cuts):
    levels = ["数量指标", "质量指标", "时效指标", "服务对象满意度"]
    names = ["河道清淤疏浚长度", "清淤工程验收合格率", "清淤工程按期完成率", "沿河村民总体满意度"]
    lines = []
    for level, name, left, cut in zip(levels, names, left_side, cuts, strict=True):
        label = ("", level) if left else (level, level)
        lines.append(f"\t\t{label[0]}\t{name}\t≥90%\t{label[1]}\t{name[:cut]}\t≥90%")
    table = two(*lines).tables[0]
    assert [(i.level2, i.name) for i in table.indicators] == list(zip(levels, names, strict=True))


def test_heads_of_levels_alone_with_a_lone_cell_below():
    (table,) = read_text("项目支出绩效目标表\n项目名称\t苗圃管护\n一级指标\t二级指标\n\t数量指标\n").tables
    assert [(i.level2, i.name) for i in table.indicators] == [("数量指标", "")]


@pytest.mark.parametrize(("second", "count"), [("350只", 1), ("360只", 2)])
def test_a_row_of_both_halves_in_a_copy_with_a_cell_a_line_is_said_once(second, count):
    row = "数量指标\n送检气瓶数量\n{}\n"
    head = "项目支出绩效目标批复表\n项目名称\n气瓶检测\n二级指标\n三级指标\n指标值\n"
    text = head + row.format("350只") + row.format(second)
    (table,) = read_text(f"{text}质量指标\n检测合格率\n100%\n满意度指标\n使用人员满意度\n≥90%\n").tables
    assert [i.name for i in table.indicators].count("送检气瓶数量") == count
