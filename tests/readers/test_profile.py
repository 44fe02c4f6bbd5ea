"""Which tree a form shows: one decision for tables, lists, running text and one project a row."""

import pytest

from kpi.readers import read_text

HEADS = "一级指标\t二级指标\t三级指标\t指标值\n"


def tree(text):
    (table,) = read_text(text).tables
    return table.profile, {i.level2: i.level1 for i in table.indicators}.get("成本指标")


def form(*rows, year=2027):
    return f"{year}年项目支出绩效目标表\n项目名称\t水闸检修\t\t\n{HEADS}" + "\n".join("\t".join(row) for row in rows)


NUMBER = ("产出指标", "数量指标", "检修水闸数量", "≥6座")
COST = ("", "成本指标", "单座检修成本", "≤2万元")


@pytest.mark.parametrize(
    ("rows", "year", "expected"),
    [
        ((NUMBER, COST), 2027, ("legacy-2015", "产出指标")),
        ((("成本指标", "经济成本指标", "单座检修成本", "≤2万元"), NUMBER), 2027, ("national", None)),
        ((("成本指标", "成本指标", "单座检修成本", "≤2万元"), NUMBER), 2027, ("national", "成本指标")),
        ((("成本指标", "", "单座检修成本", "≤2万元"), NUMBER), 2027, ("national", "成本指标")),
        ((NUMBER, ("", "成本指标(20分)", "单座检修成本", "≤2万元")), 2027, ("national", "成本指标")),
        (
            (("产出指标", "数量指标(10分)", "检修水闸数量", "≥6座"), ("", "成本指标(10分)", "单座成本", "≤2万元")),
            2027,
            ("legacy-2015", "产出指标"),
        ),
        ((NUMBER, ("效益指标", "可持续影响指标", "设施使用年限", "≥9年")), 2027, ("legacy-2015", None)),
        ((NUMBER, ("效益指标", "社会效益指标", "受益人数", "≥9人")), 2027, ("national", None)),
        ((NUMBER, ("效益指标", "社会效益指标", "受益人数", "≥9人")), 2020, ("legacy-2015", None)),
        ((("", "", "检修水闸数量", "≥6座"),), 2020, ("legacy-2015", None)),
        ((("", "", "检修水闸数量", "≥6座"),), 2027, ("national", None)),
        ((("成本指标", "经济成本指标", "单座检修成本", "≤2万元"), NUMBER), 2020, ("national", None)),
    ],
)
def test_tables(rows, year, expected):
    assert tree(form(*rows, year=year)) == expected


def test_lists():
    head = "水闸检修\n120000.00\n【年度绩效目标】\n检修水闸\n"
    number = "【产出指标-数量指标】\n指标1：检修水闸数量(≥6座)\n"
    assert tree(f"{head}{number}【产出指标-成本指标】\n指标1：单座成本(≤2万元)\n") == ("legacy-2015", "产出指标")
    assert tree(f"{head}【成本指标】\n指标1：单座成本(≤2万元)\n{number}") == ("national", "成本指标")
    assert tree(f"{head}{number}【成本指标】\n指标1：单座成本(≤2万元)\n") == ("legacy-2015", "产出指标")


def test_running_text():
    rest = "质量指标：合格率≥95%；社会效益指标：受益人数≥900人；"
    assert tree(f"数量指标：检修水闸≥6座；{rest}成本指标：单座成本≤2万元。") == ("legacy-2015", "产出指标")
    assert tree(f"成本指标：单座成本≤2万元；数量指标：检修水闸≥6座；{rest}") == ("national", "成本指标")


def test_one_project_a_row():
    head, row = "项目名称\t预算数(万元)\t", "水闸检修\t12\t"
    number, cost = ("数量指标\t", "检修水闸≥6座\t"), ("成本指标\t", "单座成本≤2万元\t")
    for first, second, expected in ((number, cost, "产出指标"), (cost, number, "成本指标")):
        text = f"{head}{first[0]}{second[0]}社会效益指标\n{row}{first[1]}{second[1]}受益人数≥900人\n"
        assert tree(text) == ("legacy-2015" if expected == "产出指标" else "national", expected)
