"""Numbered points in front of a form: whose sections, term and goal they tell."""

from kpi.readers import read_text

FORM = (
    "项目支出绩效目标表\n(2027年度)\n项目名称\t{name}\n实施单位\t柳溪县科技局\n{goal}"
    "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t走访企业数量\t≥60家\n"
    "\t质量指标\t走访完成率\t100%\n满意度指标\t服务对象满意度\t企业满意度\t≥90%\n"
)
POINTS = (
    "1.“{name}”项目。\n(1)项目概述。走访企业，送政策上门。\n(2)立项依据。县里安排。\n(3)实施主体。县科技局。\n"
    "(4)起止时间:\n长期\n(5)项目内容。组织走访，\n收集需求。\n(6)年度预算安排。5万元。\n(7)绩效目标。走访企业60家。\n"
)


def test_the_points_are_the_sections_of_the_form_below():
    (table,) = read_text(POINTS.format(name="企业走访") + FORM.format(name="企业走访", goal="")).tables
    told = {"项目概述": "走访企业，送政策上门。", "立项依据": "县里安排。", "项目内容": "组织走访，\n收集需求。"}
    assert dict(table.sections) == told
    assert (table.term, table.annual_goal) == ("长期", "走访企业60家。")
    assert table.locations["sections.立项依据"].line == 3
    assert table.locations["sections.项目内容"].line == 7


def test_what_the_form_says_itself_stands():
    goal = "项目概述\t走访。\n年度目标\t走访企业60家，年底前完成。\n"
    (table,) = read_text(POINTS.format(name="企业走访") + FORM.format(name="企业走访", goal=goal)).tables
    assert table.sections["项目概述"] == "走访。"
    assert table.annual_goal == "走访企业60家，年底前完成。"


def test_each_form_has_the_points_right_above_it():
    text = "".join(POINTS.format(name=name) + FORM.format(name=name, goal="") for name in ("企业走访", "科普宣传"))
    one, two = read_text(text).tables
    assert one.locations["sections.立项依据"].line == 3
    assert two.locations["sections.立项依据"].line == 21
    assert two.sections["项目内容"] == "组织走访，\n收集需求。"


def test_a_plain_list_is_no_introduction():
    text = "(1)走访企业。\n(2)收集需求。\n(3)上报结果。\n" + FORM.format(name="企业走访", goal="")
    (table,) = read_text(text).tables
    assert dict(table.sections) == {}
    assert table.annual_goal is None


def test_a_goal_that_only_points_at_the_form_is_none():
    points = POINTS.format(name="企业走访").replace("走访企业60家。", "见下表。")
    (table,) = read_text(points + FORM.format(name="企业走访", goal="")).tables
    assert table.annual_goal is None
