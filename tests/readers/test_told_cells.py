"""Forms whose levels each have one cell of targets: cells of one target, and what is said of one that is too long."""

import pytest

from kpi.readers import read

HEAD = "项目名称,村道\n"
ROWS = "数量指标,修建道路5公里；培训人员300人；购置设备3台\n质量指标,验收合格率100%\n"
ROWS += "时效指标,项目完成率100%；资金到位率100%\n社会效益指标,无\n可持续影响指标,≥95%\n"


@pytest.fixture
def document(tmp_path):
    def made(text):
        (tmp_path / "表.csv").write_text(text, encoding="utf-8")
        return read(tmp_path / "表.csv")

    return made


def test_a_cell_of_one_target_is_read(document):
    (table,) = document(HEAD + ROWS + "满意度指标,满意度95%\n").tables
    assert [(i.level2, i.name, i.annual.text) for i in table.indicators] == [
        ("数量指标", "修建道路", "5公里"),
        ("数量指标", "培训人员", "300人"),
        ("数量指标", "购置设备", "3台"),
        ("质量指标", "验收合格率", "100%"),
        ("时效指标", "项目完成率", "100%"),
        ("时效指标", "资金到位率", "100%"),
        ("服务对象满意度", "满意度", "95%"),
    ]


def test_a_clause_that_ends_in_a_state_has_a_value(document):
    rows = ROWS.replace("培训人员300人", "护路员工资发放及时；路面巡查")
    told = {i.name: i.annual.text for i in document(HEAD + rows).tables[0].indicators}
    assert (told["护路员工资发放"], told["路面巡查"]) == ("及时", "")


def test_a_cell_that_is_too_long_is_told(document):
    made = document(HEAD + ROWS + "经济效益指标," + "增收95%；" * 800 + "\n")
    assert len(made.tables[0].indicators) == 6
    (lost,) = made.unread
    assert lost.text.startswith("增收95%")
    assert (lost.project, lost.level2, lost.location.line) == ("村道", "经济效益", 7)


def test_a_second_form_keeps_its_project(document):
    second = HEAD.replace("村道", "水渠") + "数量指标,修建水渠5公里\n满意度指标,群众满意度95%\n"
    assert [table.project for table in document(HEAD + ROWS + second).tables] == ["村道", "水渠"]
