"""Lines of bars that a page has broken: which of them are one row."""

import pytest

from kpi.readers.formats import text
from kpi.readers.formats.textbars import broken_rows

BROKEN = """绩效目标表 | |||
项目名称 | 驿站修缮 | ||
项目资金 (万元) |
年度资金总额 | 12 | |
其中:财政拨款 | 12 | ||
产出指标 | 数量指标 | 修缮驿站 | 6座
质量指标 | 合格率 | 100% | |"""


def cells(words):
    return [[c.text for c in row.cells] for row in text.source(words, "-").rows]


def test_rows_of_one_width_are_put_together():
    assert broken_rows(BROKEN.split("\n")) == {2: 4}
    assert cells(BROKEN)[2] == ["项目资金 (万元)", "年度资金总额", "12", ""]


def test_every_cell_knows_its_line():
    row = text.source(BROKEN, "-").rows[2]
    assert [(c.column, c.location.line) for c in row.cells] == [(0, 3), (1, 4), (2, 4), (3, 4)]


def test_a_cell_broken_by_a_line_goes_on_in_the_next():
    words = "|\n表 | ||||\n|\n名称 |\n渡口\n扩建 | |||\n|\n资金 |\n9 | |||\n|\n目标 |\n扩建 | |||\n"
    assert cells(words)[1] == ["", "名称", "渡口\n扩建", "", "", ""]


@pytest.mark.parametrize(
    "lines",
    [
        ["名称 |", "渡口 |", "资金 |", "9 |", "指标 |", "值 |", "产出 |", "5座 |"],  # a cell a line: no rows at all
        ["a | b | c | d |"] * 8,  # every line is a row, and two are no row of twice as many bars
        ["a | b | c", "d | e | f", "g | h | i", "j | k | l"],
        ["a | b | c | d |", "a | b | c |", "a | b |", "a | b | c | d | e |", "a | b | c |"],
        ["第2页", "a | |||", "b | |||", "c | |||", "d | |||"],
        [],
    ],
)
def test_lines_that_are_rows_or_nothing_stay(lines):
    assert broken_rows(lines) == {}


def test_other_lines_of_the_same_sum_by_chance_stay():
    lines = ["a | b | c | d | e | f |"] * 4 + ["g | h |", "a | b | c | d |", "a | b | c | d |", "a | b | c | d |"]
    assert broken_rows(lines) == {}


class _Counted(list):
    """Lines that count how often they are looked at."""

    looks = 0

    def __getitem__(self, at):
        self.looks += 1
        return super().__getitem__(at)


@pytest.mark.parametrize("rest", [["堤段"], ["堤段|坝段", "渠段"]], ids=["a cell a line", "two widths"])
def test_a_long_text_without_rows_is_looked_at_a_few_times_a_line(rest):
    few, many = (_Counted(f"{rest[k % len(rest)]}{k}|" for k in range(size)) for size in (600, 2400))
    assert broken_rows(few) == broken_rows(many) == {}
    assert many.looks <= 5 * max(few.looks, 600)


def test_many_rows_of_one_width_stay_rows_where_others_follow():
    rows = ["闸门 |", "检修 | 3座 | 完好 |"] * 30 + ["a | b |", "c | d | e | f |"] * 30
    assert [at for at in broken_rows(rows) if at < 20] == list(range(0, 20, 2))


def test_a_row_without_its_last_bar_does_not_swallow_the_level_below():
    """培训人数 | … | 9.5 | 倒班未参加, and the next line begins with 质量指标."""
    head = "项目支出绩效自评表 |\n项目名称 | 病历系统升级 |\n"
    head += "一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 | 原因 |\n"
    rows = (
        "产出指标 | 数量指标 | 升级模块 | 14个 | 14个 | 10 | 10 |  |\n"
        "培训人数 | 320人次 | 305人次 | 10 | 9.5 | 倒班未参加\n"
        "质量指标 | 系统验收 | 合格 | 初验合格 | 10 | 9 |  |\n时效指标 | 上线时间 | 9月 | 11月 | 10 | 8 | 接口滞后\n"
        "成本指标 | 总成本 | 215万元 | 163万元 | 10 | 10 |  |\n"
        "效益指标 | 社会效益指标 | 书写时间缩短 | 20% | 22% | 10 | 10 |  |\n"
        "满意度指标 | 服务对象满意度指标 | 患者满意度 | 90% | 93% | 10 | 10 |  |\n"
    )
    found = cells(head + rows)
    assert [row[0] for row in found][4:6] == ["培训人数", "质量指标"]
    assert found[4][-1] == "倒班未参加"
