"""The closing sentence of a form without its project, its offices, its money or its goal."""

from types import MappingProxyType

from kpi.model import Document, Entry, Funding, Indicator, Location, TargetTable
from kpi.reports.lint_absent import absent


def row(level1: str, level2: str, name: str, value: str) -> Indicator:
    return Indicator(level1=level1, level2=level2, name=name, annual=Entry(value, name, Location(line=9)))


WHOLE = TargetTable(
    title="碧溪县项目支出绩效目标申报表", project="古戏台修缮", department="碧溪县文化局", unit="碧溪县文管所",
    annual_funding=Funding(None), annual_goal="修缮戏台 3 座",
    indicators=(
        row("产出指标", "数量指标", "修缮戏台座数", "≥3座"),
        row("效益指标", "社会效益", "观演人次", "≥9000人次"),
    ),
)  # fmt: skip


def said(*tables: TargetTable) -> str:
    return absent([Document("表.docx", "docx", tables=tables)])


def test_a_whole_form_needs_nothing_said():
    assert said(WHOLE) == ""
    assert said(WHOLE._replace(unit=None)) == ""  # one of the two offices is enough


def test_each_field_that_is_not_there_is_named():
    assert said(WHOLE._replace(project="")) == "表上没有项目名称一栏，没有核对"
    assert said(WHOLE._replace(project="", annual_funding=None)) == "表上没有项目名称、资金两栏，没有核对"
    assert said(WHOLE._replace(department=None, unit=None)) == "表上没有主管部门、实施单位两栏，没有核对"
    assert said(WHOLE._replace(annual_goal=None)) == "表上没有总体目标一栏，没有核对"


def test_a_field_that_is_printed_and_blank_is_for_the_rules():
    printed = MappingProxyType({"project": Location(line=2)})
    assert said(WHOLE._replace(project="", locations=printed)) == ""
    assert said(WHOLE._replace(annual_goal="")) == ""


def test_excerpts_other_forms_and_cut_ones_have_sentences_of_their_own():
    bare = WHOLE._replace(project="", annual_funding=None)
    assert said(bare._replace(title="")) == ""
    assert said(bare._replace(form="department")) == ""
    assert said(bare._replace(cut=True)) == ""
    assert said(bare._replace(indicators=bare.indicators[:1])) == ""


def test_of_several_forms_the_first_is_named_and_the_rest_counted():
    short = WHOLE._replace(annual_funding=None)
    assert said(WHOLE, short, short) == "“古戏台修缮”表上没有资金一栏，没有核对（另有 1 张表也缺栏目）"
