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
    """Where both sheets cannot have the number of a form, it is named to neither."""
    made = kpi.review(folder("旧", files), judged=judged(old=True))
    assert set(_points(made, item).values()) == {None}
    assert len(made.problems) == 2
    assert all("同名、同单位、同年度的表不止一张" in said for said in made.problems)
    assert all(("2.txt 那张的改为" in said) is (len(files) == 2) for said in made.problems)


def test_no_number_is_named_that_another_filled_sheet_has(folder, judged, item):
    """The first form has become what the second is."""
    made = kpi.review(folder("同", {"1.txt": TWO, "2.txt": TWO}), judged=judged())
    assert 3 in _points(made, item).values()
    (said,) = made.problems
    assert "请在目标表里填清实施单位，或同名的只留一稿" in said
    assert "改为" not in said


UNIT = "主管部门\t东溪县水务局\t实施单位\t%s"
FIRST, SECOND = (
    text.replace("主管部门\t东溪县水务局", UNIT % unit)
    for text, unit in ((ONE, "东溪县灌区管理所"), (TWO, "东溪县河道管理所"))
)


@pytest.mark.parametrize(
    ("files", "named"),
    [
        ({"1.txt": FIRST, "2.txt": SECOND}, ["东溪县灌区管理所", "东溪县河道管理所"]),
        ({"1.txt": FIRST, "2.txt": TWO}, ["东溪县灌区管理所"]),
    ],
    ids=["both", "one of them"],
)
def test_units_that_forms_of_one_name_were_given_since(folder, judged, item, files, named):
    """Done as the messages say, the points are there again."""
    path, where = judged(), folder("填", files)
    problems = kpi.review(where, judged=path).problems
    for number, (said, unit) in enumerate(zip(problems, named, strict=True)):
        assert f"是“{unit}”" in said
        at, right = re.search(r"审核编号（([A-Z]+\d+) 格）改为“(.*)”", said).groups()
        spoiled(path, lambda sheet, at=at, right=right: sheet.__setitem__(at, right), 3 + number)
    made = kpi.review(where, judged=path)
    assert (made.problems, _points(made, item)) == ((), {"1.txt": 9, "2.txt": 3})


def test_of_two_sheets_only_the_one_of_the_form_is_given_its_number(folder, judged):
    problems = kpi.review(folder("一", {"1.txt": FIRST}), judged=judged()).problems
    assert ["改为" in said for said in problems] == [True, False]
    assert "分不清哪一张才是它的，请按这次的表重新生成审核表" in problems[1]


def test_neither_of_two_sheets_is_given_the_number_of_a_changed_form(folder, judged):
    problems = kpi.review(folder("改", {"1.txt": FIRST.replace("≥12公里", "≥13公里")}), judged=judged()).problems
    assert len(problems) == 2
    assert all("分不清哪一张才是它的" in said and "改为" not in said for said in problems)


def test_numbers_that_were_swapped_by_hand(folder, judged, item):
    """Written back as the messages say, the points are there again."""
    path, where = judged(), folder("换", {"1.txt": ONE, "2.txt": TWO})
    workbook = openpyxl.load_workbook(path)
    one, two = (cell_of(sheet, "审核编号").offset(column=1) for sheet in workbook.worksheets[3:5])
    one.value, two.value = right = two.value, one.value
    workbook.save(path)
    made = kpi.review(where, judged=path)
    assert _points(made, item) == {"1.txt": None, "2.txt": None}
    assert made.could_not_check == 2
    for number, (said, key) in enumerate(zip(made.problems, reversed(right), strict=True)):
        assert f"{2 - number}.txt 那张的，评分时的内容却是 " in said
        assert said.endswith(f"请把编号改回“{key}”")
        spoiled(path, lambda s, k=key: s.__setitem__(cell_of(s, "审核编号").offset(column=1).coordinate, k), 3 + number)
    made = kpi.review(where, judged=path)
    assert (made.problems, _points(made, item)) == ((), {"1.txt": 9, "2.txt": 3})


def test_a_number_that_another_filled_sheet_has_is_not_to_be_written_back(folder, judged, item):
    """A sheet was copied and given the other form's number, the original is as it was."""
    path = judged()
    workbook = openpyxl.load_workbook(path)
    first, second = workbook.worksheets[3:5]
    number = cell_of(second, "审核编号").offset(column=1).value
    copy = workbook.copy_worksheet(first)
    cell_of(copy, "审核编号").offset(column=1).value = number
    workbook.save(path)
    made = kpi.review(folder("抄", {"1.txt": ONE, "2.txt": TWO}), judged=path)
    assert _points(made, item) == {"1.txt": 9, "2.txt": 3}
    (said,) = made.problems
    assert said.endswith("；请照原来的审核表改回编号")


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
