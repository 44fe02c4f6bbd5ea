"""Points, deductions and what has to be said beside, worked by hand; and what must hold whatever is found."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import kpi
from kpi.model import Location, Unread
from kpi.reports.review_words import decided, got
from kpi.rules import RulesetError, load
from kpi.rules.result import Cut, Waived
from kpi.scoring import Judgement, Range, reviews
from kpi.scoring.review import loose
from tests.scoring.conftest import finding, national, result, reviewed, table

CASES = yaml.safe_load(Path(__file__).with_name("review_cases.yaml").read_text(encoding="utf-8"))
ITEMS = (
    "规范完整性", "明确清晰性", "目标相关性", "指标科学性", "绩效合理性", "资金匹配性", "实现可能性", "条件充分性",
    "不计分",
)  # fmt: skip


def _range(ends: list[float]) -> Range:
    return Range(*(Decimal(str(end)) for end in ends))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_case_worked_by_hand(case, item):
    found = [finding(name, severity, rule) for name, severity, rule, count in case["findings"] for _ in range(count)]
    review = reviewed(found)
    assert {name: item(review, name).range for name in case["items"]} == {
        name: _range(ends) for name, ends in case["items"].items()
    }
    assert review.score == _range(case["score"])
    assert review.grade == tuple(case["grade"])


found = st.builds(
    finding, st.sampled_from(ITEMS), st.sampled_from(["error", "warning", "info"]),
    st.sampled_from(["ABC001", "ABC002", "XYZ003"]), status=st.sampled_from(["stable", "trial", "unmeasured"]),
    message=st.sampled_from(["甲", "乙"]), value=st.sampled_from([None, "1", "2"]),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(found, max_size=40), found)
def test_one_more_finding_never_raises_a_score(some, more):
    before, after = reviewed(some), reviewed([*some, more])
    for one, other in zip(before.items, after.items, strict=True):
        assert other.range.low <= one.range.low
        assert other.range.high <= one.range.high
    assert after.score.high <= before.score.high


@settings(max_examples=100, deadline=None)
@given(st.lists(found, max_size=25), st.randoms(use_true_random=False))
def test_the_order_of_findings_does_not_matter(some, random):
    shuffled = list(some)
    random.shuffle(shuffled)
    assert reviewed(shuffled).items == reviewed(some).items


@settings(max_examples=100, deadline=None)
@given(st.lists(found, max_size=60))
def test_a_score_keeps_within_its_bounds(some):
    review = reviewed(some)
    assert 0 <= review.score.low <= review.score.high <= 100
    for item in review.items:
        assert 0 <= item.range.low <= item.range.high <= item.points
        assert item.machine.high == item.points - item.lost
        assert item.lost == sum(one.points for one in item.deductions)


def test_what_a_reviewer_has_to_judge_stays_open_where_nothing_is_left_of_it(item):
    """Deductions lower what the machine would give; nobody has looked all the same."""
    some = [finding("绩效合理性", "error", f"AAA00{n}") for n in range(4)]
    review = reviewed([*some, *(finding("规范完整性", "error", f"BBB00{n}") for n in range(4))])
    spent, machines = item(review, "绩效合理性"), item(review, "规范完整性")
    assert spent.machine == machines.machine == Range(Decimal(0), Decimal(0))
    assert (spent.decided_by, got(spent), decided(spent)) == ("open", "0–0", "待审核人判，机器已扣完")
    assert (machines.decided_by, got(machines), decided(machines)) == ("machine", "0", "机器判定")
    assert (review.left, review.settled.high) == (5, 35)
    rest = {one.item: replace(one, judgement=Judgement(one.points, "", "")) for one in review.items if one.open}
    judged = replace(review, items=tuple(rest.get(one.item, one) if one != spent else one for one in review.items))
    assert (judged.score.settled, judged.finished, judged.left) == (True, False, 1)


def test_every_deduction_names_its_finding(item):
    review = reviewed([finding("规范完整性", "error", "REQ001") for _ in range(4)])
    made = item(review, "规范完整性").deductions
    assert [(one.points, one.spared) for one in made] == [(3, ""), (3, ""), (3, ""), (0, "rule")]
    assert {one.finding.rule for one in made} == {"REQ001"}


def test_trial_rules_deduct_nothing_and_are_told():
    review = reviewed([finding("资金匹配性", "error", "CST010", status="trial")])
    assert review.score == Range(Decimal(35), Decimal(100))
    assert [one.rule for one in review.trial] == ["CST010"]
    assert review.notes == ("有 1 处问题出自试行的规则，没有扣分",)


def test_open_items_ask_and_quote_the_form(item):
    sections = {"立项依据": "东水发〔2025〕8号", "项目实施计划": "", "保障措施": "专人值守"}
    places = {"sections.保障措施": Location(line=7)}
    review = reviewed([], sections=sections, term="1年", locations=places, annual_goal="管护泵站4座")
    quoted = item(review, "条件充分性").evidence
    assert [(q.label, q.text, q.location.line) for q in quoted] == [
        ("项目实施计划", "", None), ("保障措施", "专人值守", 7),
    ]  # fmt: skip
    assert ("立项依据", "东水发〔2025〕8号") in [(q.label, q.text) for q in item(review, "目标相关性").evidence]
    assert ("年度总体目标", "管护泵站4座") in [(q.label, q.text) for q in item(review, "目标相关性").evidence]
    assert ("项目期限", "1年") in [(q.label, q.text) for q in item(review, "实现可能性").evidence]
    assert all(one.questions for one in review.items if one.decided_by == "open")


def test_a_section_that_the_form_lacks_is_asked_for(item):
    review = reviewed([], sections={"项目概况": "管护泵站"})
    assert any("没有这方面的栏目（依据、必要性）" in question for question in item(review, "目标相关性").questions)


def test_a_cut_form_gets_no_points_for_what_was_not_there(item):
    made = result((table(), []))
    (document,) = made.documents
    made = replace(made, documents=(document._replace(cut=(Cut("泵站管护", "巡查次数"),)),))
    (review,) = reviews(made, national())
    assert review.score == Range(Decimal(0), Decimal(100))
    assert item(review, "规范完整性").decided_by == "open"
    assert any("没有复制全" in note for note in review.notes)


def test_items_of_a_broken_rule_stay_open(item):
    broken = finding("不计分", "error", "KPI001")
    (review,) = reviews(result((table(), [broken]), broken=("CLS001",)), national())
    assert item(review, "指标科学性").machine == Range(Decimal(0), Decimal(15))
    assert item(review, "规范完整性").decided_by == "machine"
    assert any("KPI001" in note for note in review.notes)


def test_unread_parts_and_waivers_are_told():
    made = result((table(), []))
    (document,) = made.documents
    unread = document.document._replace(unread=(Unread("满意度≥", Location(line=30), "没有数字", "泵站管护"),))
    waived = Waived(finding("规范完整性"), "上级口径", "王芳", None)
    made = replace(made, documents=(document._replace(document=unread),), waived=(waived,))
    (review,) = reviews(made, national())
    assert [note[:9] for note in review.notes] == ["有 1 处内容没有", "有 1 处问题已豁"]


def test_a_waiver_between_forms_is_told_of_none_of_them():
    """Of the rules about several forms alike, which form the finding names says nothing, waived or not."""
    let = [finding("规范完整性", "warning", rule, project="甲") for rule in ("PFL001", "CST001")]
    made = result((table("甲"), []), (table("乙"), []), waived=tuple(Waived(one, "同意", "王芳", None) for one in let))
    assert [[note[:9] for note in review.notes] for review in reviews(made, national())] == [["有 1 处问题已豁"], []]


def test_other_kinds_of_forms_say_so():
    assert "绩效自评表" in reviewed([], form="self-evaluation").notes[0]


def test_a_finding_without_form_goes_to_the_project_of_its_name():
    two = result(
        (table("甲"), [finding("规范完整性", project="甲", form=None)]),
        (table("乙"), [finding("规范完整性", project="", form=None), finding("不计分", project="", form=None)]),
    )
    first, second = reviews(two, national())
    assert (first.score.high, second.score.high) == (97, 100)
    assert [one.review_item for one in loose(two, national())] == ["规范完整性"]


def test_forms_of_one_name_have_keys_of_their_own():
    made = reviews(result((table("甲"), []), (table("甲"), []), (table("乙"), [])), national())
    assert len({review.key for review in made}) == 3
    alone = [reviews(result((table(name), []), path="别处/甲.docx"), national()) for name in (" 甲 ", "乙")]
    first, other = (one.key for (one,) in alone)
    assert (str(made[1].key), made[2].key) == (f"{first}-2", other)
    assert made[0].key == first


def _ruleset(tmp_path, text):
    path = tmp_path / "本局.yaml"
    path.write_text(text, encoding="utf-8")
    return load(path)


def test_an_office_may_change_shares_and_grades(tmp_path, item):
    own = _ruleset(
        tmp_path,
        "extends: national\nprofiles:\n  national:\n    figures:\n"
        "      review_deductions: {value: {error: 50, warning: 10, info: 0, times_per_rule: 1, most_per_item: 60}, "
        "source: 东财〔2026〕1号, verified: true}\n"
        "      grades: {value: {优: 95, 良: 85, 中: 70, 差: 0}, source: 东财〔2026〕1号, verified: true}\n",
    )
    review = reviewed([finding("规范完整性", "error", "AAA001"), finding("规范完整性", "warning", "AAA002")], own)
    assert item(review, "规范完整性").range == Range(Decimal(4), Decimal(4))  # 5 + 1
    more = [finding("规范完整性", "error", f"AAA00{n}") for n in range(1, 5)]
    assert item(reviewed(more, own), "规范完整性").range.high == Decimal(4)  # 60 % at most
    assert review.grade == ("差", "良")


def test_the_grades_of_sichuan():
    review = reviewed([], load("sichuan-2025"))
    assert dict(review.grades) == {"优": 90, "良": 80, "中": 70, "差": 0}


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ("review_items: {value: [{dimension: 甲, item: 规范完整性, points: 90, judged_by: machine}]", "合计应是 100"),
        ("grades: {value: {优: 90}", "从 0 分起"),
        ("review_deductions: {value: {error: 130, warning: 1, info: 1, times_per_rule: 1}", "deductions → error"),
        ("grades: {value: {优: 90, 劣: 0}", "缺等次“劣”"),
    ],
)
def test_wrong_figures_are_told(tmp_path, figures, said):
    own = _ruleset(
        tmp_path,
        "extends: national\nprofiles:\n  national:\n    figures:\n      " + figures + ", source: 试, verified: true}\n",
    )
    with pytest.raises(RulesetError, match=said):
        reviewed([], own)


def test_a_ruleset_without_figures_says_what_is_missing(tmp_path):
    with pytest.raises(RulesetError, match="review_items"):
        reviewed([], _ruleset(tmp_path, "title: 空\nname: 空\n"))


def test_a_field_that_the_form_does_not_show_costs_nothing_and_is_told(tmp_path):
    """Rules look at fields that are printed; what is not there at all is for the reviewer to see."""
    path = tmp_path / "表.txt"
    text = (
        "项目支出绩效目标表\n（2026年度）\n{}主管部门\t青坪县林业局\t实施单位\t青坪县林场\n年度资金总额\t80000元\n"
        "年度总体目标\t补植林木400亩，成活率达到90%\n一级指标\t二级指标\t三级指标\t指标值\n"
        "产出指标\t数量指标\t补植林木面积\t≥400亩\n产出指标\t质量指标\t苗木成活率\t≥90%\n"
        "效益指标\t生态效益指标\t新增林地覆盖率\t≥2%\n"
    )
    path.write_text(text.format(""), encoding="utf-8")
    [review] = kpi.review(path).reviews
    assert review.notes == ("表上没有项目名称一栏，没有核对，也没有扣分；请对照原表看是不是漏了",)
    for printed in ("项目名称\t\n", "项目名称\t坡地补植\n"):
        path.write_text(text.format(printed), encoding="utf-8")
        assert kpi.review(path).reviews[0].notes == ()
