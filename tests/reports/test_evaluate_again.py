"""A self-evaluation as written by `kpi evaluate`: findings stand at the cell that is to be put right, and the file
tells the same when it is evaluated again."""

from pathlib import Path

import pytest

import kpi
from kpi.readers import read_all, read_text
from kpi.reports import evaluate_docx, evaluate_xlsx
from kpi.reports.evaluate_words import headline

FORM = """\
项目支出绩效自评表
(2025年度)
项目名称\t渡槽除险\t\t\t
主管部门\t苇湾县水务局\t实施单位\t苇湾县灌区所\t
项目资金(元)\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
\t年度资金总额\t900000\t900000\t810000\t10\t90%\t9.0
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施
产出指标\t数量指标\t除险渡槽座数\t=6座\t6座\t40\t38.0\t
\t时效指标\t除险完工时间\t2025年9月底前\t2025年10月12日\t20\t15\t汛期停工
效益指标\t社会效益指标\t恢复灌溉面积\t≥2000亩\t1800亩\t20\t18.0\t末级渠未通
满意度指标\t服务对象满意度指标\t灌区农户满意度\t≥90%\t93%\t10\t10\t
总分\t\t\t\t\t100\t90
"""
TARGETS = """\
项目支出绩效目标表
(2025年度)
项目名称\t渡槽除险
项目资金(万元)\t年度资金总额\t90
一级指标\t二级指标\t三级指标\t指标值\t分值
产出指标\t数量指标\t除险渡槽座数\t=6座\t40
\t时效指标\t除险完工时间\t2025年9月底前\t20
效益指标\t社会效益指标\t恢复灌溉面积\t≥2000亩\t20
满意度指标\t服务对象满意度指标\t灌区农户满意度\t≥90%\t10
"""
LIST = """\
三级指标,实际完成值,得分,偏差原因
除险渡槽座数,6座,,
除险完工时间,2025年10月12日,15,汛期停工
恢复灌溉面积,1800亩,,末级渠未通
灌区农户满意度,93%,,
预算执行数,{spent},,
"""


@pytest.fixture
def from_list(tmp_path: Path):
    def made(spent: str = "81万元"):
        targets, told = tmp_path / "目标表.txt", tmp_path / "完成情况.csv"
        targets.write_text(TARGETS, encoding="utf-8")
        told.write_text(LIST.format(spent=spent), encoding="utf-8")
        return kpi.evaluate(targets, actuals=told)

    return made


def rows_of(outcome):
    [(_, one)] = outcome.evaluations
    return [(row.stated, row.score.score) for row in one.rows], one.execution.stated


@pytest.mark.parametrize("render", [evaluate_xlsx.render, evaluate_docx.render], ids=["xlsx", "docx"])
def test_points_are_read_back_as_printed(render, from_list):
    """18.0 is no 18, which might be rounded; recomputed points are not those that the form states."""
    name = "自评.xlsx" if render is evaluate_xlsx.render else "自评.docx"
    for outcome in (kpi.evaluate(read_text(FORM)), from_list()):
        [again] = read_all(name, render(outcome))
        repeated = kpi.evaluate(again)
        assert rows_of(repeated) == rows_of(outcome)
        assert [one.rule for one in repeated.findings] == [one.rule for one in outcome.findings]
        [form], [(_, one)] = again.tables, outcome.evaluations
        own = [(row.indicator.score or "").strip() for row in one.rows]
        assert [(row.score or "").strip() for row in form.indicators] == own


@pytest.mark.parametrize(
    "foot",
    ["总分\t\t\t\t\t100\t\n自评等次\t中\n", "总分\t\t\t\t\t110\t98\n", "总分\t\t\t\t\t100\t90\n自评等次\t良\n"],
)
@pytest.mark.parametrize("render", [evaluate_xlsx.render, evaluate_docx.render], ids=["xlsx", "docx"])
def test_the_foot_is_read_back_as_printed(render, foot):
    """The form's own full marks and grade, wrong or right, and not those that were worked out."""
    outcome = kpi.evaluate(read_text(FORM[: FORM.index("总分")] + foot))
    [again] = read_all("自评.xlsx" if render is evaluate_xlsx.render else "自评.docx", render(outcome))
    [(_, first)], [(_, second)] = outcome.evaluations, kpi.evaluate(again).evaluations
    assert first.table.stated is not None
    assert second.table.stated is not None
    assert first.table.stated[:3] == second.table.stated[:3]
    assert [one.rule for one in kpi.evaluate(again).findings] == [one.rule for one in outcome.findings]


@pytest.mark.parametrize("render", [evaluate_xlsx.render, evaluate_docx.render], ids=["xlsx", "docx"])
def test_weights_that_add_up_wrong_do_so_again(render):
    """90 of 100: what is said of it must not hide the money that stands above."""
    outcome = kpi.evaluate(read_text(FORM.replace("\t40\t38.0", "\t30\t30")))
    [again] = read_all("自评.xlsx" if render is evaluate_xlsx.render else "自评.docx", render(outcome))
    assert {"EVL002", "EVL009"} <= {one.rule for one in outcome.findings}
    assert [one.rule for one in kpi.evaluate(again).findings] == [one.rule for one in outcome.findings]


def test_wrong_points_are_found_in_their_own_cell():
    found = {one.rule: one for one in kpi.evaluate(read_text(FORM)).findings}
    quote = found["EVL001"].evidence[0]
    line = FORM.splitlines().index(next(line for line in FORM.splitlines() if "除险渡槽座数" in line))
    assert (quote.text, quote.location.line) == ("得分 38.0", line + 1)
    assert FORM.splitlines()[line][quote.location.column - 1 :].startswith("38.0")


def test_what_only_people_score_counts_as_they_scored_it(from_list):
    """40 + (0 to 20) + 18 + 10 + 9 = 77 to 97; with the 15 of the late row 92."""
    [(_, one)] = from_list().evaluations
    assert headline(one) == (
        "重算总分 77.00—97.00 分（中到优，有的指标没填或要由人评）；由人评的按自评得分，是 92.00 分"
    )


def test_money_of_a_list_in_another_unit_is_a_finding_in_the_list(from_list):
    outcome = from_list("810000")
    [found] = outcome.findings
    assert (found.rule, found.evidence[0].location.line) == ("EVL006", 6)
    assert Path(found.evidence[0].document or "").name == "完成情况.csv"
    assert "像是把元写成了万元" in found.message
