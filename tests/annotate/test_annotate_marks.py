"""Which cells a finding is written at, and what is written."""

from kpi.annotate.marks import marks_of
from tests.annotate.noting import judged, note

BOTH = (
    "项目支出绩效目标表\n项目名称\t澄湖县渠道衬砌\n主管部门\t澄湖县水利局\n年度资金总额\t20万元\n"
    "一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\n产出指标\t数量指标\t衬砌渠道长度\t≥\t３.5\t公里\n"
    "产出指标\t质量指标\t渠道验收合格率\t≥\t95\t%\n效益指标\t社会效益\t受益农户数\t≥\t300\t户\n"
)


def test_sign_and_unit_apart_mark_the_value():
    marks = marks_of(judged(BOTH.encode(), "表.txt"))
    (found,) = [one for one in marks.notes if one.rule == "VAL017"]
    line = BOTH.splitlines()[5]
    assert [spot.location.column for spot in found.spots] == [line.index("３.5") + 1]


def test_both_halves_are_marked():
    text = (
        "项目支出绩效目标表\n项目名称\t澄湖县渠道衬砌\n一级指标\t二级指标\t三级指标\t实施期指标值\t年度指标值\n"
        "产出指标\t数量指标\t衬砌渠道长度\t≥３.5公里\t≥１.5公里\n效益指标\t社会效益\t受益农户数\t≥300户\t≥100户\n"
    )
    marks = marks_of(judged(text.encode(), "表.txt"))
    (found,) = [one for one in marks.notes if one.rule == "VAL017"]
    assert len(found.spots) == 2


def test_the_most_serious_first():
    done = note(BOTH.replace("95\t%", "295\t%").encode(), "表.txt")
    order = ("error", "warning", "info")
    for mark in done.marks.places:
        grades = [order.index(one.severity) for one in mark.notes]
        assert grades == sorted(grades)


def test_nothing_found_nothing_changed():
    import dataclasses

    from kpi.annotate.writers import annotated

    result = judged(BOTH.encode(), "表.txt")
    clean = marks_of(result._replace(findings=()))
    assert dataclasses.asdict(clean) == {"notes": (), "places": (), "loose": ()}
    assert annotated(b"x", result.document, clean) == b"x"
