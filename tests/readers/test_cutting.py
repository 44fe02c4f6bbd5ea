"""A file that stops inside a form's rows says so; a form that ends, however short, does not."""

import pytest

from kpi.readers import read_text

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


def test_only_the_last_form_can_be_cut():
    first, second = read_text(f"{HEAD}{ROWS}效益指标 |\n{HEAD}{ROWS}效益指标 |").tables
    assert (first.cut, second.cut) == (False, True)


def test_blank_cells_are_no_cut():
    heads = "项目名称\t泵站检修\t\t\n一级指标\t二级指标\t三级指标\t指标值\n"
    grid = f"{heads}产出指标\t数量指标\t检修泵站\t6座\n\t质量指标\t\t\n"
    assert not read_text(grid).tables[0].cut
