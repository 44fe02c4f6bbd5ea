"""Quotations of running text: enough to find the place, and no piece of a number from which one would read another."""


import pytest

from kpi.model import Location, TargetTable
from kpi.rules.prose import goals, quoted, shown, uncut

TEXT = "河道清淤12.5公里，加固堤防3,200米，2027年11月15日前完工，受益9800户"


@pytest.mark.parametrize("start", range(len(TEXT)))
@pytest.mark.parametrize("size", [0, 1, 4, 9])
def test_no_number_is_cut(start, size):
    left, right = uncut(TEXT, max(0, start - size), min(len(TEXT), start + size + 1), start)
    assert left <= start < right
    assert not (left and TEXT[left - 1].isdigit() and TEXT[left].isdigit())
    assert not (right < len(TEXT) and TEXT[right - 1].isdigit() and TEXT[right].isdigit())


def test_quotations_and_texts_in_messages():
    table = TargetTable(title="", project="清淤", annual_goal=f"{TEXT}，{TEXT}")
    (goal,) = goals(table._replace(locations={"goals.annual": Location(line=4, column=1)}))
    assert quoted(goal, 16, 22).text == "年度目标：…道清淤12.5公里，加固堤防3,200米，2027年11月15日前完工，…"
    assert shown(goal.text) == "河道清淤12.5公里，加固堤防3,200米，2027年11月15日前完工，受益…"
