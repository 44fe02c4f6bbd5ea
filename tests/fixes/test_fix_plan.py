"""What is chosen, what is dropped, how a row is taken apart and told."""

import pytest

from kpi.fixes.edits import Draft, Span, spliced
from kpi.fixes.plan import Planner
from kpi.fixes.propose import trimmed
from kpi.fixes.split import Apart, split
from kpi.fixes.writers import writer
from kpi.readers import document_of, source_of
from kpi.rules.finding import Evidence, Fix
from tests.fixes.fixing import findings, fix, national
from tests.fixes.test_fix_text import FORM


@pytest.mark.parametrize(
    ("cells", "new", "want"),
    [
        (("≥", "９５", "%"), "≥95%", ("≥", "95", "%")),
        (("大于等于", "９５", "%"), "≥95%", ("大于等于", "95", "%")),
        (("≥", "100", "元"), "=100%", ("=", "100", "%")),
        (("", "≤１２", "万元"), "≤12万元", ("", "≤12", "万元")),
        (("≥", "９５%", "%"), "≥95%", ("≥", "95", "%")),
        (("≤", "3360", "元/人.年"), "≤3360元/(人·年)", ("≤", "3360", "元/(人·年)")),
        (("≥", "３-５", "天"), "3-5天", None),
        (("定性", "良好", ""), "≥95%", ("≥", "95%", "")),
        (("≥", "九成", "%"), "良好", None),
    ],
)
def test_over_sign_value_and_unit(cells, new, want):
    assert split(Apart(*cells), new) == (want and Apart(*want))


@pytest.mark.parametrize(
    ("old", "new"), [("甲乙丙", "甲丁丙"), ("", "甲"), ("甲甲", "甲"), ("甲", "甲甲甲"), ("abcab", "ab"), ("甲", "甲")]
)
def test_the_smallest_span(old, new):
    assert spliced(old, [trimmed(old, new)]) == new


def test_spans_in_order():
    assert spliced("零一二三", [Span(0, 1, "0"), Span(2, 3, "")]) == "0一三"


def planned(judge, unsafe=False):
    data = FORM.encode()
    source = source_of(data, "表.txt")
    document = document_of(source)
    planner = Planner(
        (document,), judge, lambda one: Draft(one, source, writer(data, source)), frozenset(national().rules), unsafe
    )
    ((_, plan),) = planner.drafts()
    return plan


def test_what_brings_a_new_finding_is_dropped_alone():
    """A judge that minds 95% as soon as it is written well: the other changes are made."""

    some = findings(document_of(source_of(FORM.encode(), "表.txt")))[0][0]

    def judge(documents):
        found = findings(*documents)
        good = [row for row in documents[0].tables[0].indicators if row.annual.text == "≥95%"]
        return [(*found[0], *(some._replace(rule="XXX001", edits=(), fix=None) for _ in good))]

    plan = planned(judge)
    assert "≥３.5公里" in [change.old for change in plan.changes]
    assert [(one.old, "新的问题" in one.reason) for one in plan.manual] == [("≥ ９５ ％", True)]


def test_a_rule_that_is_never_content_changes_nothing():
    """A fix that the same rule wants to fix again would never end."""
    first = {}

    def judge(documents):
        found = findings(*documents)
        mine = [one for one in found[0] if one.rule == "VAL017"]
        first.setdefault("found", mine)
        row = documents[0].tables[0].indicators[0]
        told = [one for one in first["found"] if one.indicator == row.name]
        quote = Evidence(row.annual.text, row.annual.location)
        return [tuple(one._replace(evidence=(quote,), fix=Fix(row.annual.text + "公里", True)) for one in told)]

    plan = planned(judge)
    assert plan.changes == ()
    assert plan.manual


def test_both_halves_and_halves_of_their_own():
    text = (
        "项目支出绩效目标表\n项目名称\t澄湖县渠道衬砌\n"
        "一级指标\t二级指标\t三级指标\t指标值\t二级指标\t三级指标\t指标值\n"
        "产出指标\t数量指标\t衬砌渠道\t≥９公里\t数量指标\t衬砌渠道\t≥９公里\n"
        "\t质量指标\t验收合格率\t≥９８％\t质量指标\t验收合格率\t≥９６％\n"
        "效益指标\t社会效益\t受益农户数\t≥300户\t社会效益\t受益农户数\t≥300户\n"
    )
    done = fix(text.encode(), "表.txt")
    made = done.data.decode()
    assert made.count("≥9公里") == 2
    assert "≥98%" in made
    assert "≥96%" in made
    assert {change.where.half for change in done.plan.changes} == {"period", "annual"}


@pytest.mark.parametrize(
    ("value", "rule", "fixed"),
    [("≥0.96", "UNI002", "≥96%"), ("0.98", "UNI002", "≥98%"), ("＞=0.9", "UNI002", "≥90%")],
)
def test_a_rewrite_that_is_printed_can_be_made(value, rule, fixed):
    done = fix(FORM.replace("≥ ９５ ％", value).encode(), "表.txt", unsafe=True, wanted={rule})
    assert [(one.new, one.safe) for one in done.plan.changes] == [(fixed, False)]


def test_a_cost_in_words_becomes_one_that_no_rule_minds():
    """Not the funding itself, which CST003 would then speak of."""
    row = "\t成本指标\t渠道衬砌费用\t控制在预算内\n效益指标"
    done = fix(FORM.replace("效益指标", row).encode(), "表.txt", unsafe=True, wanted={"VAL005"})
    assert [one.new for one in done.plan.changes] == ["≤57142.85元/公里"]
