"""Projects side by side: ranks, departments, bands, frequent defects, what stands out."""

from decimal import Decimal

from kpi.scoring import Range, batch, reviews, scheme
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


def test_few_projects_have_no_outliers():
    assert _batch(_form("甲", 0), _form("乙", 4)).outliers == ()


def test_nothing_at_all():
    made = _batch()
    assert (made.ranking, made.departments, made.mean) == ((), (), Range(Decimal(0), Decimal(0)))
