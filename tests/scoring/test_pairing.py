"""Which sheet is of which form where forms have one name, and what is said of a sheet that is of none."""

import re
from decimal import Decimal

import openpyxl
import pytest

import kpi
from kpi.reports import review_xlsx
from tests.scoring.conftest import FORM, POINTS, cell_of, spoiled

ONE = FORM.format(name="渠道清淤").replace("\t实施单位\t东溪县灌区管理所", "")
TWO = ONE.replace("≥12公里", "≥20公里").replace("860000", "990000")


@pytest.fixture
def folder(tmp_path):
    """`folder(name, {file: text})` gives its path."""

    def make(name, files):
        for file, text in files.items():
            path = tmp_path / name / file
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path / name

    return make


@pytest.fixture
def judged(folder, tmp_path):
    """A workbook of both forms: the first has 9 for 实现可能性, the second 3. `old`: as made before contents were told,
    the second form's number by its place."""

    def make(old=False):
        data = review_xlsx.render(kpi.review(folder("评", {"1.txt": ONE, "2.txt": TWO})))
        path = tmp_path / "审核表.xlsx"
        path.write_bytes(data)
        workbook = openpyxl.load_workbook(path)
        for sheet, points, key in zip(workbook.worksheets[3:], (9, 3), ("%s", "fffc8dfaebb2"), strict=True):
            sheet.cell(cell_of(sheet, "实现可能性").row, POINTS).value = points
            number = cell_of(sheet, "审核编号").offset(column=1)
            if old:
                number.value = key.replace("%s", number.value[:12])
                sheet.delete_cols(12, 2)
        workbook.save(path)
        return path

    return make


def _points(made, item):
    """By the file of each form."""
    said = {review.document.rpartition("/")[2]: item(review, "实现可能性").judgement for review in made.reviews}
    return {file: one and int(one.points) for file, one in said.items()}


def test_files_in_another_order_keep_their_points(folder, judged, item):
    made = kpi.review(folder("改名", {"3.txt": ONE, "2.txt": TWO}), judged=judged())
    assert (made.problems, _points(made, item)) == ((), {"3.txt": 9, "2.txt": 3})


def test_of_two_forms_of_one_name_one_is_left(folder, judged, item):
    made = kpi.review(folder("剩", {"2.txt": TWO}), judged=judged())
    assert _points(made, item) == {"2.txt": 3}
    (said,) = made.problems
    assert "同名、同单位、同年度的表不止一张" in said
    assert "请在目标表里填清实施单位，或同名的只留一稿" in said
    assert made.could_not_check == 1


def test_a_form_that_changed_is_not_told_from_its_namesake(folder, judged, item):
    """Unless the reviewer says which it is."""
    files = {"1.txt": ONE.replace("≥12公里", "≥13公里"), "2.txt": TWO}
    path = judged()
    made = kpi.review(folder("改", files), judged=path)
    assert _points(made, item) == {"1.txt": None, "2.txt": 3}
    (said,) = made.problems
    at, right = re.search(r"（([A-Z]+\d+) 格）：.*1\.txt 那张的改为“(.*?)”", said).groups()

    def mend(sheet):
        sheet[at] = right

    made = kpi.review(folder("改", files), judged=spoiled(path, mend))
    assert (made.problems, _points(made, item)) == ((), {"1.txt": 9, "2.txt": 3})
    assert any("表改过（指标“清淤渠道长度”）" in note for note in made.reviews[0].notes)


def test_a_second_form_of_a_name_that_comes_later(folder, tmp_path, item):
    path = tmp_path / "一张.xlsx"
    path.write_bytes(review_xlsx.render(kpi.review(folder("先", {"1.txt": ONE}))))
    spoiled(path, lambda sheet: sheet.cell(cell_of(sheet, "实现可能性").row, POINTS, 9))
    made = kpi.review(folder("后", {"0.txt": TWO, "1.txt": ONE}), judged=path)
    assert (made.problems, _points(made, item)) == ((), {"0.txt": None, "1.txt": 9})


@pytest.mark.parametrize("files", [{"1.txt": ONE, "2.txt": TWO}, {"2.txt": TWO}], ids=["both", "one is left"])
def test_an_older_workbook_told_them_by_their_order(folder, judged, item, files):
    made = kpi.review(folder("旧", files), judged=judged(old=True))
    assert set(_points(made, item).values()) == {None}
    assert len(made.problems) == 2
    assert all("同名、同单位、同年度的表不止一张" in said and "2.txt 那张的改为" in said for said in made.problems)


def test_a_unit_that_was_filled_in_since(folder, tmp_path, item):
    """Done as the message says, the points are there again."""
    path = tmp_path / "审核表.xlsx"
    path.write_bytes(review_xlsx.render(kpi.review(folder("先", {"1.txt": ONE}))))
    spoiled(path, lambda sheet: sheet.cell(cell_of(sheet, "实现可能性").row, POINTS, 9))
    filled = folder("后", {"1.txt": FORM.format(name="渠道清淤")})
    (said,) = kpi.review(filled, judged=path).problems
    assert "实施单位评分时没有填，这次的同名项目（" in said
    assert "是“东溪县灌区管理所”" in said
    at, right = re.search(r"审核编号（([A-Z]+\d+) 格）改为“(.*)”", said).groups()

    def mend(sheet):
        sheet[at] = right

    made = kpi.review(filled, judged=spoiled(path, mend))
    assert (made.problems, _points(made, item)) == ((), {"1.txt": 9})
    assert item(made.reviews[0], "实现可能性").range.low == Decimal(9)


def test_another_department_of_the_same_project_is_not_taken_for_it(folder, tmp_path):
    path = tmp_path / "审核表.xlsx"
    path.write_bytes(review_xlsx.render(kpi.review(folder("先", {"1.txt": ONE}))))
    spoiled(path, lambda sheet: sheet.cell(cell_of(sheet, "实现可能性").row, POINTS, 9))
    other = folder("别处", {"1.txt": ONE.replace("东溪县水务局", "西原县水务局")})
    (said,) = kpi.review(other, judged=path).problems
    assert said.endswith("的“渠道清淤”（2026 年度）不在这次审核的表里，它的评分没有用上")
