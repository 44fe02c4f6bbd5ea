"""Offices by their names, whatever code stands before them; forms that say the same; names that may be meant."""

from decimal import Decimal

import pytest

from kpi.model import Document, Entry, Funding, Indicator, Location, TargetTable
from kpi.rules.likenames import similar
from kpi.rules.offices import office
from kpi.rules.sameforms import same_forms


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("041-东溪县水务局", "东溪县水务局"),
        ("[041]东溪县水务局", "东溪县水务局"),
        ("【041002】东溪县河道管理所", "东溪县河道管理所"),
        ("（041）水务局（本级）", "水务局（本级）"),
        ("041002 东溪县 河道管理所", "东溪县河道管理所"),
        ("０４１－东溪县水务局", "东溪县水务局"),
        ("041002东溪县河道管理所", "东溪县河道管理所"),
        ("041", "041"),  # nothing else to call it by
        ("[041]****", "[041]****"),
        ("120急救中心", "120急救中心"),
        ("12345热线受理中心", "12345热线受理中心"),
        ("2026年项目办公室", "2026年项目办公室"),
        ("3号泵站", "3号泵站"),
        ("", ""),
    ],
)
def test_a_code_is_no_part_of_a_name(text, name):
    assert office(text) == name


def _form(**more) -> TargetTable:
    row = Indicator("产出指标", "数量指标", "清淤长度", annual=Entry("≥8公里", "清淤长度", Location(line=9)))
    settled = {"project": "东溪清淤", "unit": "041002-河道管理所", "year": 2026, "indicators": (row,)}
    return TargetTable(**(settled | more))


def _alike(*forms: TargetTable) -> list[tuple[str, tuple[tuple[str, int], ...]]]:
    return list(same_forms([Document(f"{n}.txt", "text", (form,)) for n, form in enumerate(forms, 1)]))


def test_the_same_form_in_two_files_is_known_again():
    again = _form(project="东溪 清淤", unit="河道管理所")
    assert _alike(_form(), again) == [("东溪清淤", (("1.txt", 0), ("2.txt", 0)))]


@pytest.mark.parametrize(
    "other",
    [
        {"year": 2027}, {"unit": "东溪镇政府"}, {"annual_goal": "清淤8公里"}, {"project": "东溪清淤二期"},
        {"annual_funding": Funding(Decimal(80000))},
    ],
)  # fmt: skip
def test_what_differs_in_anything_is_another_form(other):
    assert _alike(_form(), _form(**other)) == []


def test_a_changed_value_makes_another_form():
    (row,) = _form().indicators
    changed = row._replace(annual=Entry("≥9公里", "清淤长度", Location(line=9)))
    assert _alike(_form(), _form(indicators=(changed,))) == []


KNOWN = ("东溪县2026年村级泵站更新项目", "松河道路养护一期", "松河道路养护二期", "学校食堂改造")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("村级泵站更新", KNOWN[:1]),
        ("松河道路养互一期", KNOWN[1:3]),
        ("学校食堂 改造。", KNOWN[3:]),
        ("防汛物资储备", ()),
    ],
)
def test_names_that_may_be_meant(name, meant):
    assert similar(name, KNOWN) == meant


def test_projects_that_are_only_counted_differently_are_no_slips():
    assert similar("松河道路养护三期", KNOWN, siblings=False) == ()
    assert similar("松河道路养互一期", KNOWN, siblings=False) == ("松河道路养护一期", "松河道路养护二期")
