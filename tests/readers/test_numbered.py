"""Forms in disorder: numbered rows that have all of their cells are read, the others are said to be unread."""

import pytest

from kpi.readers import read_text

HEAD = (
    "青岚县项目支出绩效自评表 (2031年度) 项目名称 古井修缮 主管部门 青岚县文物局 年初预算 数 0 "
    "项目资金 (万元) 年度资金总额 "
    "实施单位 青岚县文保所 全年预算数 全年执行数 分值 执行率 得分 0 36.5 10 100% 10 年度 总体 目标 一级 指标 修好古井 "
)
HEADS = (
    "年度 实际 指标值 完成值 指标1:修缮古井 12口 指标2:清淤古井 不少于9 口 9口 "
    "二级指标 三级指标 分值 得分 12口 3 3 9口 1 1 "
)
NAMES = [
    *("井圈修补", "古井清洗", "井台加固", "井亭翻新", "水质检测", "井史展板"),
    *("巡查次数", "古碑拓片", "排水改造", "取水登记", "志愿者人数", "护栏长度"),
]
ROWS = [f"指标{k}:{name} {k}0处 {k}0处 5 4.5 " for k, name in enumerate(NAMES, 3)]
APART = "指标13:志愿者 人数 指标14:护栏长度 90处 90处 5 4.5 100处 100处 5 4.5 "
LAST = "质量指标 指标1:工程验收"


def read(text):
    document = read_text(text)
    return document, [(i.level2, i.name, i.annual.text, i.actual.text) for t in document.tables for i in t.indicators]


def row(k):
    return ("数量指标", f"指标{k + 3}:{NAMES[k]}", f"{k + 3}0处", f"{k + 3}0处")


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (HEAD + HEADS + "".join(ROWS) + LAST, range(12)),
        (HEAD + HEADS + "数量指标 " + "".join(ROWS) + LAST, range(12)),
        (HEAD + HEADS + "".join(ROWS[:10]) + APART + LAST, range(10)),
        (HEAD + HEADS + "".join(ROWS[:11]) + "指标14:护栏长度 较长 较长 5 4.5 " + LAST, range(11)),
        (HEAD + HEADS + "".join(ROWS[:11]) + "指标14:护栏长度 100处 100处 5 45 " + LAST, range(11)),
    ],
    ids=["no level in front", "its own level", "two names, then two rows", "no figure", "more points than full marks"],
)
def test_rows_that_have_all_of_their_cells(text, sure):
    document, found = read(text)
    assert found == [row(k) for k in sure]
    assert len(document.unread) == 3 + (len(NAMES) - len(sure))
    (table,) = document.tables
    assert (table.project, table.year, table.cut, table.annual_funding) == ("古井修缮", 2031, True, None)
    assert {i.weight for i in table.indicators} == {"5"}


@pytest.mark.parametrize(
    "text",
    [
        HEAD + HEADS + "".join(ROWS[:3]) + LAST,  # too few to tell
        HEAD + HEADS + "".join(ROWS),  # nothing says of which level they are
        HEAD + HEADS + "".join(r.replace(" 5 4.5", "") for r in ROWS) + LAST,  # cells are missing
    ],
)
def test_what_is_not_sure_is_unread(text):
    document, found = read(text)
    assert found == []
    assert document.unread


TORN = {
    "points and brackets": "满意 度指 标 (10 分)\n社会\n村民满意度\n95%\n分\n总分\n成本指 标(5 分)\n成本率\n5 ±8%\n"
    "分\n标 (30\n分)\n效 益\n履约\n30 达标\n分\n际支出)/预算\n",
    "units apart": "数量指标\n更换灯器\n套\n6套\n质量指标\n"
    "灯器(新\n的)完好率\n98%\n座\n8座\n时效指标\n修复(当\n日)\n100%\n",
    "points apart": "数量指标\n修缮古井\n12口\n分\n"
    "质量指标\n合格率\n98%\n分\n时效指标\n完工率\n100%\n分\n成本指标\n造价\n3万元\n分\n",
    "halves of brackets": "数量指标\n清淤(主\n8口\n渠)长度\n9米\n质量指标\n验收(含\n98%\n复验)\n100%\n",
    "ends of brackets": "数量指标\n检测水样\n12次\n分%)\n10\n质量指标\n合格率\n95%\n分%)\n10\n"
    "时效指标\n完成率\n100%\n分%)\n10\n成本指标\n造价\n3万元\n分%)\n10\n",
}


@pytest.mark.parametrize("text", TORN.values(), ids=TORN)
def test_names_that_are_pieces_of_cells_are_no_form(text):
    document, found = read(text)
    assert found == []
    assert [part.text for part in document.unread] == [text.partition("\n")[0]]


def test_a_few_names_in_pieces_leave_the_form_readable():
    text = "数量指标\n更换灯器\n6套\n更换(备用\n2套\n质量指标\n灯器完好率\n98%\n满意度指标\n船员满意度\n90%\n"
    assert len(read_text(text).tables) == 1
