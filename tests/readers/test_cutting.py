"""A file that stops inside a form's rows says so; a form that ends, however short, does not."""

import pytest

from kpi.readers import read_all, read_text
from tests.forms.writers import FORMATS

HEAD = "项目支出绩效自评表\n项目名称 | 泵站检修 |\n一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 | 得分 |\n"
ROWS = (
    "产出指标 | 数量指标 | 检修泵站数量 | ≥6座 | 6座 | 20 |\n质量指标 | 检修合格率 | =100% | 100% | 20 |\n"
    "时效指标 | 完成时间 | 11月底前 | 11月 | 20 |\n"
)


@pytest.mark.parametrize(
    "tail",
    [
        "成本指标 | 单座检修成本 | ≤3万元 |",
        "效益指标 | 社会效益指标 |",
        "效益指标 |",
        "效益指标 | 社会效益指标 | 灌溉农田面积(其中",
        "满意",
    ],
)
def test_cut(tail):
    (table,) = read_text(HEAD + ROWS + tail).tables
    assert table.cut


@pytest.mark.parametrize("value", ["9", "≥9"])
def test_the_first_figure_of_a_share(value):
    head = "项目支出绩效目标表\n项目名称 泵站检修\n二级指标 三级指标 指标值\n"
    (table,) = read_text(f"{head}数量指标 检修泵站数量 ≥6座\n质量指标 检修合格率 {value}\n").tables
    assert table.cut
    assert table.indicators[-1].annual.text == ""


@pytest.mark.parametrize(
    ("level", "name", "cut"), [("成本指标", "保费标准", True), ("服务对象满意度指标", "村民满意度", False)]
)
def test_the_only_figure_without_a_unit(level, name, cut):
    head = "项目支出绩效目标表\n项目名称 泵站检修\n二级指标 三级指标 指标值\n数量指标 检修泵站数量 ≥6座\n"
    (table,) = read_text(f"{head}质量指标 检修合格率 ≥98%\n时效指标 检修完成率 100%\n{level} {name} 80\n").tables
    assert (table.cut, table.torn_row is not None) == (cut, cut)


@pytest.mark.parametrize(
    "tail",
    [
        "",
        "满意度指标 | 服务对象满意度指标 | 农户满意度 | ≥90% | 92% | 20 |",
        "总分 | 100 |",
        "效益指标 | 社会效益指标 |\n填表人:张某",
        "注:本表一式两份。",
    ],
)
def test_whole(tail):
    (table,) = read_text(HEAD + ROWS + tail).tables
    assert not table.cut


EVALUATED = (
    "项目支出绩效自评表\n项目名称 社区矫正\n一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分\n"
    "产出指标 数量指标 走访次数 60次 60次 20 20\n"
    "质量指标 建档率 100% 100% 20 20\n时效指标 报到及时率 100% 98% 20 18\n"
)


@pytest.mark.parametrize(
    ("tail", "result", "points"),
    [
        ("效益指标 社会效益指标 帮扶人数 80人 82", "82", ""),
        ("效益指标 社会效益指标 再就业率 90% 95%", "95%", ""),
        ("效益指标 社会效益指标 再就业率 90% 95% 10", "95%", "10"),
        ("效益指标 社会效益指标 再就业率 90% 95% 10 10", "95%", "10"),
    ],
)
def test_the_last_figure_of_a_cut_row_is_its_result(tail, result, points):
    (table,) = read_text(EVALUATED + tail).tables
    last = table.indicators[-1]
    assert (last.actual.text, last.weight) == (result, points)


def test_a_result_without_the_last_words_of_its_target_is_cut():
    (table,) = read_text(f"{EVALUATED}效益指标 社会效益指标 邻里关系 更加和睦融洽 更加和睦").tables
    assert table.cut


def test_a_state_without_its_last_character_is_cut():
    rows = "效益指标 社会效益指标 邻里关系 显著改善 显著改善 10 10\n"
    (table,) = read_text(f"{EVALUATED}{rows}可持续影响指标 帮扶机制 作用显著改").tables
    assert table.cut
    (table,) = read_text(f"{EVALUATED}{rows}可持续影响指标 帮扶机制 显著改善 显著改善 10 10").tables
    assert not table.cut


def test_a_result_without_the_last_character_of_its_target_is_cut():
    heads = "项目支出绩效自评表\n项目名称 社区矫正\n一级指标 二级指标 三级指标 年度指标值 实际完成值\n"
    rows = "产出指标 数量指标 走访次数 60次 60次\n质量指标 建档率 100% 100%\n时效指标 报到及时率 100% 98%\n"
    for result, cut in (("明显好", True), ("明显好转", False)):
        (table,) = read_text(f"{heads}{rows}效益指标 社会效益指标 邻里关系 明显好转 {result}").tables
        assert table.cut is cut


@pytest.mark.parametrize("suffix", ["md", "docx", "xlsx"])
@pytest.mark.parametrize(
    ("target", "result"),
    [("100%", "100"), ("18万元", "18万"), ("明显改善乘车条件", "明显改善"), ("改善明显", "改善明")],
)
def test_a_result_in_fewer_words_than_its_target_is_no_cut(suffix, target, result):
    rows = [
        ["项目名称", "校车运营", "<", "<", "<"],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值"],
        ["产出指标", "数量指标", "运营线路", "≥6条", "6条"],
        ["^", "质量指标", "车辆年检合格率", "100%", "100%"],
        ["效益指标", "社会效益指标", "乘车条件", target, result],
    ]
    (document,) = read_all(f"自评.{suffix}", FORMATS[suffix](["2027年项目支出绩效自评表", rows]))
    (table,) = document.tables
    assert (table.cut, table.indicators[-1].actual.text) == (False, result)


def test_a_level_and_the_mark_of_its_next_cell():
    """Of rows of four cells the last has two, and the file ends."""
    head = "项目支出绩效目标表\n项目名称\t泵站检修\n一级指标\t二级指标\t三级指标\t指标值\n"
    rows = "产出指标\t数量指标\t检修泵站数量\t≥6座\n产出指标\t质量指标\t检修合格率\t=100%\n"
    for tail, cut in (("满意度指标", True), ("满意度指标\t", True), ("满意度指标\t\t\t", False)):
        (table,) = read_text(f"{head}{rows}{tail}").tables
        assert table.cut is cut


def test_only_the_last_form_can_be_cut():
    first, second = read_text(f"{HEAD}{ROWS}效益指标 |\n{HEAD}{ROWS}效益指标 |").tables
    assert (first.cut, second.cut) == (False, True)


def test_blank_cells_are_no_cut():
    heads = "项目名称\t泵站检修\t\t\n一级指标\t二级指标\t三级指标\t指标值\n"
    grid = f"{heads}产出指标\t数量指标\t检修泵站\t6座\n\t质量指标\t\t\n"
    assert not read_text(grid).tables[0].cut


def test_the_beginning_of_a_label_is_no_indicator():
    heads = "一级指标\n二级指标\n三级指标\n指标值\n"
    rows = "产出指标\n数量指标\n疏浚航道\n12公里\n清理沉船\n3艘\n效益指标\n社会效\n"
    (table,) = read_text(heads + rows).tables
    assert [i.annual.text for i in table.indicators if i.name] == ["12公里", "3艘"]
    assert table.cut


def test_the_value_of_the_last_town_is_not_known_where_it_broke_off():
    heads = "一级指标 | 二级指标 | 三级指标 | 上坪村 | 下坪村 |"
    rows = (
        "产出指标 | 数量指标 | 清淤长度 | 3公里 | 3公里 |\n | 质量指标 | 合格率 | 98% | 98% |\n"
        " | 时效指标 | 完工率 | 95% | 9"
    )
    (table,) = read_text(f"项目名称 | 河道清淤 | | | |\n{heads}\n{rows}\n").tables
    assert ([i.annual.text for i in table.indicators], table.cut) == (["3公里", "98%", ""], True)


def test_a_row_that_stops_at_its_name_where_blank_cells_are_written_out():
    (table,) = read_text(HEAD + "产出指标 | 数量指标 | 检修泵站数量 |  | 6座 |  |\n质量指标 | 提高检修").tables
    assert (table.cut, table.torn) == (True, True)


LINES = (
    "项目支出绩效目标表\n项目名称\n泵站检修\n一级指标\n二级指标\n三级指标\n指标值\n"
    "产出指标\n数量指标\n检修泵站数量\n≥6座\n质量指标\n检修合格率\n=100%\n"
)


def test_names_without_values_at_the_torn_end_of_a_cell_a_line_are_no_rows():
    """The copy fell apart before it broke off: nobody can tell that these rows have no value."""
    (table,) = read_text(LINES + "时效指标\n完成时间\n成本指标\n检修成本\n效益指标\n社会效益指标\n").tables
    assert [i.name for i in table.indicators] == ["检修泵站数量", "检修合格率"]
    assert (table.cut, table.torn) == (True, False)


def test_rows_without_values_of_a_form_that_is_whole_stay():
    (table,) = read_text(LINES + "时效指标\n完成时间\n成本指标\n检修成本\n填表人:张某\n").tables
    assert [i.name for i in table.indicators][2:] == ["完成时间", "检修成本"]


def test_a_figure_at_the_end_of_a_report_may_lack_its_unit():
    told = "2027年泵站检修项目绩效自评报告\n数量指标:检修泵站6座。\n质量指标:检修合格率100%。\n"
    (table,) = read_text(f"{told}时效指标:当年完成率98%。\n社会效益指标:群众投诉件数较上年减少20").tables
    assert (table.cut, len(table.indicators)) == (True, 3)


HALVES = (
    "项目支出绩效目标表\n项目名称\n养老服务站补助\n总体目标\n中期目标\n年度目标\n服务站全覆盖\n补助53个服务站\n"
    "一级指标\n二级指标\n三级指标\n指标值\n二级指标\n三级指标\n指标值\n"
    "产出指标\n数量指标\n补助服务站数量\n≥60个\n数量指标\n补助服务站数量\n≥53个\n"
    "质量指标\n服务站星级评定\n三星以上\n质量指标\n"
)


@pytest.mark.parametrize("tail", ["服务站星", "星级评定合格率"], ids=["the same name begun", "a name of its own"])
def test_a_form_of_two_halves_that_stops_at_the_second_name_has_no_value_there(tail):
    (table,) = read_text(HALVES + tail).tables
    last = table.indicators[-1]
    assert (table.cut, last.name, last.period.text, last.annual) == (True, "服务站星级评定", "三星以上", None)


def test_a_last_row_without_the_direction_of_all_others_is_cut():
    head = "项目支出绩效目标表\n项目名称 | 泵站检修 |\n一级指标 | 二级指标 | 三级指标 | 指标值 | 权重 | 指标方向性 |\n"
    row = "产出指标 | 数量指标 | {} | ≥6座 | 10 | 正向指标 |\n"
    rows = "".join(row.format(name) for name in ("检修泵站", "更换水泵", "清淤泵池", "巡查泵站"))
    satisfied = "满意度指标 | 服务对象满意度指标 | 农户满意度 | ≥90% | 10 |"
    for tail, cut in ((satisfied, True), (row.format("看护泵站"), False)):
        (table,) = read_text(head + rows + tail).tables
        assert table.cut is cut
