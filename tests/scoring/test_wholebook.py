"""What is hidden in a workbook that came back, what is struck out, what looks other than it is."""

from datetime import date
from decimal import Decimal

import pytest
from openpyxl.styles import Font

import kpi
from kpi.commands.errors import CommandError
from kpi.commands.filled import refuse_losing
from kpi.reports import review_xlsx
from tests.scoring.conftest import cell_of, spoiled


def _sheet(sheet):
    sheet.sheet_state = "hidden"


def _row(sheet):
    sheet.row_dimensions[cell_of(sheet, "实现可能性").row].hidden = True


def _column(sheet):
    sheet.column_dimensions[cell_of(sheet, "审核人评分").column_letter].hidden = True


HIDE = pytest.mark.parametrize("hide", [_sheet, _row, _column])


@HIDE
def test_hidden_points_count(forms, book, item, hide):
    made = kpi.review(forms, judged=spoiled(book({"实现可能性": (8.5, None)}), hide))
    assert made.problems == ()
    assert item(made.reviews[0], "实现可能性").range.low == Decimal("8.5")


@HIDE
def test_hidden_points_are_not_written_over(forms, book, hide):
    path = spoiled(book({"实现可能性": (8.5, None)}), hide)
    with pytest.raises(CommandError, match="没有覆盖"):
        refuse_losing(path, review_xlsx.render(kpi.review(forms)))


def test_points_that_are_struck_out(forms, book, item):
    """Said, and not written over."""

    def strike(sheet):
        cell_of(sheet, 6.5).font = Font(strike=True)

    path = spoiled(book({"实现可能性": (6.5, None)}), strike)
    made = kpi.review(forms, judged=path)
    (said,) = made.problems
    assert "H14 格：“实现可能性”的评分“6.5”加了删除线" in said
    assert item(made.reviews[0], "实现可能性").judgement is None
    with pytest.raises(CommandError, match="没有覆盖"):
        refuse_losing(path, review_xlsx.render(kpi.review(forms)))


LOOKS = [(8.5, "0", "8.5"), (0.5, "0%", "0.5"), (9, ";;;", "9"), (date(1900, 1, 5), "yyyy-mm-dd", "5")]


@pytest.mark.parametrize(("value", "look", "points"), LOOKS, ids=[look for _, look, _ in LOOKS])
def test_a_number_counts_whatever_it_looks_like(forms, book, item, value, look, points):
    """As it counts in the formulas of the sheet."""

    def dress(sheet):
        cell = cell_of(sheet, 6.25)
        cell.value, cell.number_format = value, look

    made = kpi.review(forms, judged=spoiled(book({"实现可能性": (6.25, None)}), dress))
    assert made.problems == ()
    assert item(made.reviews[0], "实现可能性").range.low == Decimal(points)


def test_a_number_that_is_too_large_is_told_as_it_is(forms, book):
    def dress(sheet):
        cell_of(sheet, 10.4).number_format = "0"

    (said,) = kpi.review(forms, judged=spoiled(book({"实现可能性": (10.4, None)}), dress)).problems
    assert "只能打 0 到 10 分，写的是“10”（实际是 10.4），没有用上" in said


@pytest.mark.parametrize(
    ("low", "points", "said"),
    [("8.5", "8.5", ""), ("0", "8.5", "写的是“8.5”，而这张审核表自己算的得分是 0–10"), ("8.5", "", "没有写评分（加了")],
    ids=["borne out", "a text", "struck out"],
)
def test_a_file_of_texts_is_held_to_what_its_sheet_counted(forms, tmp_path, item, low, points, said):
    """Of such a file nobody can tell a number from a text."""
    number = kpi.review(forms).reviews[0].key
    path = tmp_path / "审核表.csv"
    path.write_text(
        f"审核编号,{number}\n审核内容,机器低,机器高,审核人评分,审核人意见,得分低,得分高\n"
        f"实现可能性,0,10,{points},,{low},{'10' if low == '0' else low}\n",
        encoding="utf-8",
    )
    made = kpi.review(forms, judged=path)
    told = [one for one in made.problems if "里没有“" not in one]  # rows that this one does not have
    assert bool(told) == bool(said)
    assert all(said in one for one in told)
    judgement = item(made.reviews[0], "实现可能性").judgement
    assert (judgement and judgement.points) == (None if said else Decimal("8.50"))
