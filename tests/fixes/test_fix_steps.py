"""The same change in both halves is made in both or in neither; formulas that say a changed cell again go with it."""

import re

import pytest

from kpi.fixes.edits import Draft
from kpi.fixes.lines import TextWriter
from kpi.fixes.plan import Planner
from kpi.fixes.writers import writer
from kpi.readers import document_of, source_of
from kpi.rules.finding import Fix
from tests.fixes.fixing import findings, fix, national, values
from tests.fixes.test_fix_xlsx import book, rewritten, sheet

FORM = (
    "项目支出绩效目标表\n项目名称\t澄湖县渠道衬砌\n"
    "一级指标\t二级指标\t三级指标\t指标值\t二级指标\t三级指标\t指标值\n"
    "产出指标\t数量指标\t衬砌渠道\t≥９公里\t数量指标\t衬砌渠道\t≥９公里\n"
    "\t质量指标\t验收合格率\t≥９８％\t质量指标\t验收合格率\t≥９８％\n"
    "效益指标\t社会效益\t受益农户数\t≥300户\t社会效益\t受益农户数\t≥300户\n"
)
HEADS = ("一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值")


def planned(judge):
    data = FORM.encode()
    source = source_of(data, "表.txt")
    document = document_of(source)
    planner = Planner(
        (document,), judge, lambda one: Draft(one, source, writer(data, source)), frozenset(national().rules)
    )
    ((_, plan),) = planner.drafts()
    return plan


@pytest.mark.parametrize("half", ["period", "annual"])
def test_a_new_finding_about_one_half_holds_both_back(half):
    """A rule that minds ≥9公里 as soon as one half has it: the other half does not get it either."""

    some = findings(document_of(source_of(FORM.encode(), "表.txt")))[0][0]

    def judge(documents):
        row = documents[0].tables[0].indicators[0]
        new = some._replace(rule="XXX001", half=half, indicator=row.name, edits=(), fix=None)
        return [(*findings(*documents)[0], *([new] if getattr(row, half).text == "≥9公里" else []))]

    plan = planned(judge)
    assert {change.new for change in plan.changes} == {"≥98%"}
    assert [(one.where.half, one.new, "新的问题" in one.reason) for one in plan.manual] == [
        ("period", "≥9公里", True), ("annual", "≥9公里", True),
    ]  # fmt: skip


def test_a_half_that_cannot_be_written_holds_the_other_one_back(monkeypatch):
    refuses = TextWriter.refuses

    def not_there(self, edit):
        place = edit.cell.location
        return "写不进去" if place.line == 4 and place.column > 20 else refuses(self, edit)

    monkeypatch.setattr(TextWriter, "refuses", not_there)
    plan = fix(FORM.encode(), "表.txt").plan
    assert {change.new for change in plan.changes} == {"≥98%"}
    assert [(one.where.half, one.reason) for one in plan.manual] == [
        ("period", "另一侧的这一处不能自动改，两侧要一起改"), ("annual", "写不进去"),
    ]  # fmt: skip


def test_what_two_rules_want_alike_is_listed_once():
    """Both refused: one line for the cell, of the graver rule."""
    seen = []

    def judge(documents):
        found = findings(*documents)[0]
        own = [one for one in found if one.rule == "VAL017" and one.indicator == "衬砌渠道"]
        seen.extend(own)
        twin = [one._replace(rule="UNI005", severity="error") for one in own]
        new = [] if own else [seen[0]._replace(rule="XXX001", edits=(), fix=None)]
        return [(*found, *twin, *new)]

    plan = planned(judge)
    assert [(one.where.half, one.rule) for one in plan.manual] == [("period", "UNI005"), ("annual", "UNI005")]


def test_another_change_of_the_cell_is_tried_where_the_first_one_may_not_be_made():
    """Though nothing else in the file changes."""
    seen = []

    def judge(documents):
        found = [one for one in findings(*documents)[0] if one.rule == "VAL017" and one.indicator == "衬砌渠道"]
        seen.extend(found)
        ten = Fix("≥10公里", True)
        other = [one._replace(rule="UNI005", severity="error", fix=ten) for one in found]
        minded = any("10公里" in text for text in values(documents[0]))
        return [(*found, *other, *([seen[0]._replace(rule="XXX001", fix=None)] if minded else []))]

    assert {change.new for change in planned(judge).changes} == {"≥9公里"}


def two_sided(*seconds):
    rows = zip(("≥９公里", "≥９８％"), seconds, strict=False)
    return book(
        *(("产出指标", "质量指标", name, first, "质量指标", name, second)
          for name, (first, second) in zip(("渠道长度", "验收合格率"), rows, strict=False)),
        ("效益指标", "社会效益", "受益农户数", "≥300户", "社会效益", "受益农户数", "≥300户"), heads=HEADS,
    )  # fmt: skip


def shared(data):
    """The formulas of G6 and G7 as Excel has them that were filled down."""
    one = re.compile(r"(<c r=\"G6\"[^>]*>)<f>D6</f>")
    two = re.compile(r"(<c r=\"G7\"[^>]*>)<f>D7</f>")
    first, then = r'\1<f t="shared" ref="G6:G7" si="0">D6</f>', r'\1<f t="shared" si="0"/>'
    return rewritten(data, lambda xml: two.sub(then, one.sub(first, xml)))


REPEATED = two_sided(("=D6", None, "≥９公里"), ("=$D$7", None, "≥９８％"))
FILLED = shared(two_sided(("=D6", None, "≥９公里"), ("=D7", None, "≥９８％")))


@pytest.mark.parametrize("data", [REPEATED, FILLED], ids=["each", "filled down"])
def test_a_formula_that_says_the_other_half_again_goes_with_it(data):
    done = fix(data, "表.xlsx")
    assert done.plan.manual == ()
    assert values(done.again)[:4] == ["≥9公里", "≥9公里", "≥98%", "≥98%"]
    old, new = (re.findall(r"<f.*?(?:</f>|/>)", sheet(one)) for one in (data, done.data))
    assert old == new
    assert re.search(r'<c r="G6"[^>]* t="str"><f[^>]*>D6</f><v>≥9公里</v></c>', sheet(done.data))


@pytest.mark.parametrize(
    ("formula", "reason"),
    [("=D7", "跟着 D7 格变"), ('=D6&""', "这一格是公式"), ("=D6+0", "这一格是公式"), ("=Sheet2!D6", "这一格是公式")],
)
def test_other_formulas_keep_both_halves_as_they_are(formula, reason):
    done = fix(two_sided((formula, None, "≥９公里"), "≥９８％"), "表.xlsx")
    assert {change.new for change in done.plan.changes} == {"≥98%"}
    assert [(one.where.half, reason in one.reason) for one in done.plan.manual] == [("period", False), ("annual", True)]
