"""Projects side by side: ranks, departments, bands, frequent defects, what stands out."""

from dataclasses import replace
from decimal import Decimal

from kpi.reports.review_batch_words import outlier, state
from kpi.scoring import Judgement, Range, batch, reviews, scheme
from tests.scoring.conftest import finding, national, result, table

FIGURES = scheme(national(), "national").batch


def _batch(*forms):
    return batch(reviews(result(*forms), national()), FIGURES)


def _form(project, errors=0, department="东溪县水务局"):
    some = [finding("规范完整性", "error", f"AAA{n:03}", project=project, form=None) for n in range(errors)]
    return table(project, department=department), some


def test_equal_scores_share_a_rank():
    made = _batch(_form("甲", 1), _form("乙", 0, "西原县财政局"), _form("丙", 1), _form("丁", 2, "西原县财政局"))
    assert [(one.review.project, one.rank, one.of_department) for one in made.ranking] == [
        ("乙", 1, 1), ("甲", 2, 1), ("丙", 2, 1), ("丁", 4, 2),
    ]  # fmt: skip


def test_departments_have_means_and_their_weakest():
    made = _batch(_form("甲", 1), _form("乙", 0), _form("丙", 0, " 西原县 财政局"), _form("丁", 0, None))
    assert [(one.name, one.projects, one.mean, one.worst.project) for one in made.departments] == [
        ("西原县财政局", 1, Range(Decimal("35.00"), Decimal("100.00")), "丙"),
        ("（未填主管部门）", 1, Range(Decimal("35.00"), Decimal("100.00")), "丁"),
        ("东溪县水务局", 2, Range(Decimal("33.50"), Decimal("98.50")), "甲"),
    ]
    assert made.departments[2].grades == (("优", 2), ("良", 0), ("中", 0), ("差", 0))


def test_bands_hold_every_project_once():
    made = _batch(_form("甲", 0), _form("乙", 4), _form("丙", 3))  # 100, 90, 91
    assert [(band.start, band.high) for band in made.bands if band.high] == [(90, 3)]
    assert sum(band.low for band in made.bands) == 3


def test_frequent_defects_count_projects_first():
    some = [finding("指标科学性", "info", "CLS003", project="甲", form=None) for _ in range(5)]
    made = _batch((table("甲"), some), _form("乙", 1), _form("丙", 1))
    assert [(one.rule, one.projects, one.findings, one.lost) for one in made.defects] == [
        ("AAA000", 2, 2, 6), ("CLS003", 1, 5, Decimal("2.25")),
    ]  # fmt: skip


def test_a_project_far_below_the_others_stands_out():
    made = _batch(*(_form(f"项目{n}", n % 2) for n in range(8)), _form("丁", 4))
    # nine scores: 90, 97×4, 100×4; quartiles 97 and 100, fences 97 − 4.5 and 100 + 4.5
    assert [(one.review.project, one.fence, one.below) for one in made.outliers] == [("丁", Decimal("92.50"), True)]
    assert outlier(made.outliers[0]) == (
        "丁：最高可得 90 分，明显低于其他项目：中位数 97 分，居中的一半项目 97–100 分（低于 92.5 分的列在这里）"
    )


def test_few_projects_have_no_outliers():
    assert _batch(_form("甲", 0), _form("乙", 4)).outliers == ()


def test_a_code_before_a_department_makes_no_other_one():
    made = _batch(_form("甲", 1, "041-东溪县水务局"), _form("乙", 0, "[041]东溪县 水务局"), _form("丙", 2))
    assert [(one.name, one.projects) for one in made.departments] == [("东溪县水务局", 3)]
    assert [(one.review.project, one.of_department) for one in made.ranking] == [("乙", 1), ("甲", 2), ("丙", 3)]


def test_a_form_that_comes_again_counts_once():
    wrong = [[finding("规范完整性", "error", "AAA000", project="甲", form=number)] for number in (0, 2)]
    made = _batch((table("甲"), wrong[0]), _form("乙", 0), (table("甲"), wrong[1]))
    assert [(one.review.project, one.rank) for one in made.ranking] == [("乙", 1), ("甲", 2)]
    assert [(one.review.project, one.same.key) for one in made.aside] == [("甲", made.ranking[1].review.key)]
    assert made.mean == Range(Decimal("33.50"), Decimal("98.50"))
    assert [(one.rule, one.projects) for one in made.defects] == [("AAA000", 1)]


def test_what_is_no_target_form_counts_in_nothing():
    forms = [_form("甲", 1), (table("乙", form="self-evaluation"), []), (table("丙", form="department"), [])]
    made = _batch(*forms)
    assert [one.review.project for one in made.ranking] == ["甲"]
    assert [(one.review.project, one.same) for one in made.aside] == [("乙", None), ("丙", None)]
    assert [one.projects for one in made.departments] == [1]
    assert sum(band.high for band in made.bands) == 1


def _judge(review, *given):
    """The review with points for its open items, as many as there are."""
    items, points = [], iter(given)
    for item in review.items:
        mine = next(points, None) if item.decided_by == "open" else None
        items.append(item if mine is None else replace(item, judgement=Judgement(Decimal(mine), "", "李敏")))
    return replace(review, items=tuple(items))


def test_what_is_judged_in_part_neither_rises_nor_sinks():
    first, second, third = reviews(result(_form("甲", 0), _form("乙", 1), _form("丙", 2)), national())
    made = batch([_judge(first, 3), second, third], FIGURES)
    assert [(one.review.project, one.rank, one.judged) for one in made.ranking] == [
        ("甲", 1, False), ("乙", 2, False), ("丙", 3, False),
    ]  # fmt: skip
    assert made.ranking[0].review.score.high < second.score.high
    assert [(one.review.begun, one.review.left) for one in made.ranking] == [(True, 4), (False, 5), (False, 5)]
    done = batch([_judge(first, 3), second, _judge(third, 9, 9, 9, 9, 9)], FIGURES)
    assert [(one.review.project, one.rank, one.judged) for one in done.ranking] == [
        ("丙", 1, True), ("甲", 1, False), ("乙", 2, False),
    ]  # fmt: skip


def test_what_a_reviewer_has_still_to_see_is_not_finished():
    """Though its ends are equal: deductions left nothing of the item."""
    spent = [finding("绩效合理性", "error", f"AAA{n:03}", project="甲", form=None) for n in range(4)]
    (first,) = reviews(result((table("甲"), spent)), national())
    rest = {one.item: one for one in _judge(first, 9, 9, 9, 9, 9).items if one.item != "绩效合理性"}
    judged = replace(first, items=tuple(rest.get(one.item, one) for one in first.items))
    made = batch([judged], FIGURES)
    assert judged.score.settled
    assert [(one.judged, state(one.review), one.review.left) for one in made.ranking] == [(False, "在评", 1)]


def test_nothing_at_all():
    made = _batch()
    assert (made.ranking, made.departments, made.mean) == ((), (), Range(Decimal(0), Decimal(0)))
