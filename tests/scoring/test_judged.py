"""A reviewer's workbook: written, filled in, read back, laid over the machine's result, counted the same."""

import re
import shutil
import subprocess
from decimal import Decimal
from io import BytesIO

import docx
import openpyxl
import pytest

import kpi
from kpi.api import score
from kpi.commands.errors import CommandError
from kpi.commands.filled import refuse_losing
from kpi.readers import ReadError
from kpi.reports import review_docx, review_html, review_xlsx
from kpi.scoring import Range
from kpi.scoring.workbook import read_judged
from tests.scoring.conftest import FORM, POINTS, cell_of, spoiled


def test_an_empty_workbook_changes_nothing(forms, book):
    plain, merged = kpi.review(forms), kpi.review(forms, judged=book())
    assert merged.problems == ()
    assert [review.items for review in merged.reviews] == [review.items for review in plain.reviews]


def test_points_and_words_come_back(forms, book, item):
    path = book({"实现可能性": (8.5, "有批复"), "条件充分性": (None, "看不出人员"), "规范完整性": (9, None)}, by="李敏")
    made = kpi.review(forms, judged=path)
    first, second = made.reviews
    judged = item(first, "实现可能性")
    assert judged.range == Range(Decimal("8.50"), Decimal("8.50"))
    assert judged.machine == Range(Decimal(0), Decimal(10))
    assert (judged.decided_by, judged.judgement.words, judged.judgement.by) == ("reviewer", "有批复", "李敏")
    assert item(first, "条件充分性").decided_by == "open"
    assert item(first, "条件充分性").judgement.words == "看不出人员"
    assert item(first, "规范完整性").range.low == 9
    assert all(one.judgement is None for one in second.items)
    assert first.score.low == first.machine.low - item(first, "规范完整性").machine.low + 9 + Decimal("8.5")


def test_what_is_no_point_is_not_taken(forms, book, item):
    written = {"实现可能性": "很好", "条件充分性": 11, "目标相关性": -1, "资金匹配性": "/"}
    path = book({name: (points, None) for name, points in written.items()})
    made = kpi.review(forms, judged=path)
    assert all(item(made.reviews[0], name).decided_by == "open" for name in ("实现可能性", "条件充分性", "目标相关性"))
    assert len(made.problems) == 3
    for points, written in ((10, "很好"), (10, "11"), (15, "-1")):
        assert f"只能打 0 到 {points} 分，写的是“{written}”，没有用上" in "".join(made.problems)
    assert made.could_not_check == 3


def test_all_judged_is_settled(forms, book):
    full = {"目标相关性": 15, "绩效合理性": 15, "资金匹配性": 15, "实现可能性": 10, "条件充分性": 10}
    made = kpi.review(forms, judged=book({name: (points, None) for name, points in full.items()}))
    assert made.reviews[0].score.settled
    assert "审核人判完" not in made.reviews[0].consequence


def test_a_form_that_changed_since_is_told(forms, book):
    path = book({}, {"规范完整性": (9, None), "实现可能性": (9, None)})
    text = (forms / "4.txt").read_text(encoding="utf-8")
    (forms / "4.txt").write_text(text.replace("≥12公里", ""), encoding="utf-8")
    notes = [note for review in kpi.review(forms, judged=path).reviews for note in review.notes]
    [note] = [note for note in notes if "审核人评分之后" in note]
    assert re.fullmatch("审核人评分之后，表改过（指标“清淤渠道长度”），.*的机器结果变了，请审核人再看一眼", note)


CHANGED = [
    ("860000元", "8600000元", "资金"),
    ("≥12公里", "≥2公里", "指标“清淤渠道长度”"),
    ("清淤渠道长度\t≥12公里", "清淤渠道条数\t≥12条", "新增的指标“清淤渠道条数”、删去的指标 1 项"),
    ("年度资金总额", "年度总体目标\t清淤渠道12公里\n年度资金总额", "总体目标"),
    ("年度资金总额", "立项依据\t东水发〔2026〕3号\n年度资金总额", "其他栏目"),
]


@pytest.mark.parametrize(("old", "new", "said"), CHANGED, ids=[case[2] for case in CHANGED])
def test_what_changed_in_a_form_since_is_told(forms, book, old, new, said):
    """The points are used all the same, and nothing is said of the form that nobody has judged."""
    path = book({}, {"实现可能性": (9, None)})
    for form in forms.glob("*.txt"):
        text = form.read_text(encoding="utf-8")
        assert old in text
        form.write_text(text.replace(old, new), encoding="utf-8")
    made = kpi.review(forms, judged=path)
    assert made.problems == ()
    notes = [note for review in made.reviews for note in review.notes if "表改过" in note]
    assert len(notes) == 1
    assert notes[0].startswith(f"审核人评分之后，表改过（{said}）")


def test_a_workbook_that_tells_no_content_is_read_as_before(forms, book, item):
    path = book({"实现可能性": (8.5, None)})
    for number in (3, 4):
        spoiled(path, lambda sheet: sheet.delete_cols(12), number)
    for form in forms.glob("*.txt"):
        form.write_text(form.read_text(encoding="utf-8").replace("860000", "8600000"), encoding="utf-8")
    made = kpi.review(forms, judged=path)
    assert made.problems == ()
    assert item(made.reviews[0], "实现可能性").range.low == Decimal("8.5")
    assert not any("表改过" in note for note in made.reviews[0].notes)


def test_a_form_that_is_gone_is_told(forms, book):
    path = book({"实现可能性": (9, None)}, {"实现可能性": (9, None)})
    next(forms.glob("4.txt")).unlink()
    assert len(kpi.review(forms, judged=path).problems) == 1


def test_an_overwritten_number_can_be_put_back(forms, book, item):
    """The message says which number belongs into which cell; done so, the points are there again."""
    path = spoiled(book({"实现可能性": (8.5, None)}), _key_is("0123456789ab"))
    (said,) = kpi.review(forms, judged=path).problems
    at, right = re.search(r"（([A-Z]+\d+) 格）", said)[1], re.search("请改回“(.*)”", said)[1]

    def mend(sheet):
        sheet[at] = right

    made = kpi.review(forms, judged=spoiled(path, mend))
    assert made.problems == ()
    assert item(made.reviews[0], "实现可能性").range.low == Decimal("8.5")


def test_rows_and_sheets_may_be_moved(forms, book, item, tmp_path):
    path = book({"实现可能性": (7, None)})
    workbook = openpyxl.load_workbook(path)
    sheet = workbook.worksheets[3]
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    sheet.insert_rows(1, 3)
    sheet.insert_cols(1, 1)
    sheet.title = "改了名"
    workbook.move_sheet(sheet, 1)
    workbook.save(path)
    made = kpi.review(forms, judged=path)
    assert item(made.reviews[0], "实现可能性").range.low == 7


def _delete_row(sheet):
    sheet.delete_rows(cell_of(sheet, "实现可能性").row)


def _set(text, value):
    def spoil(sheet):
        cell_of(sheet, text).value = value

    return spoil


def _no_key(sheet):
    cell_of(sheet, "审核编号").offset(column=1).value = None


def _key_is(text):
    def spoil(sheet):
        cell_of(sheet, "审核编号").offset(column=1).value = text

    return spoil


LOST = [
    ("a row is gone", _delete_row, ["工作表“001 =泵站改造一”里没有“实现可能性”的行"]),
    (
        "an item was renamed", _set("实现可能性", "可能性"),
        ["H", "审核内容里没有“可能性”，这一行的评分没有用上；请改回“实现可能性”"],
    ),
    ("the head of the points", _set("审核人评分", "评分"), ["工作表“001 =泵站改造一”的表头里没有“审核人评分”"]),
    ("the head of the words", _set("审核人意见", "意见"), ["工作表“001 =泵站改造一”的表头里没有“审核人意见”"]),
    ("the head of the items", _set("审核内容", "内容"), ["的表头里没有“审核内容”，整张表的评分没有用上"]),
    ("one of several sheets without its number", _no_key, ["工作表“001 =泵站改造一”没有审核编号", "补上审核编号“"]),
    ("a number of another sheet", _key_is("0123456789ab"), ["编号“0123456789ab”（", " 格）对不上", "请改回“"]),
    ("something else in place of the number", _key_is("已核"), ["编号“已核”（", " 格）对不上", "请改回“"]),
    ("a formula without a result", _set(8.6, "=4+4.5"), ["工作表“001 =泵站改造一”H", "写的是公式，没有结果"]),
    ("more than full, before rounding", _set(8.6, 10.001), ["只能打 0 到 10 分，写的是“10.001”"]),
    ("a truth is no point", _set(8.6, True), ["只能打 0 到 10 分，写的是“TRUE”"]),
    ("nor is a text", _set(8.6, "8.6"), ["H", "写的是“8.6”，没有用上；存成文字的不算"]),
    ("nor one with a unit", _set(8.6, "8.6分"), ["H", "写的是“8.6分”，没有用上；存成文字的不算"]),
    ("nor a figure in a ring", _set(8.6, "⑤"), ["H", "写的是“⑤”，没有用上；存成文字的不算"]),
    (
        "the project is another", _set("=泵站'改造/[一]*", "泵房改造"),
        ["的项目名称（C3 格）写的是“泵房改造”，", "请把项目名称改回“=泵站"],
    ),
    (
        "the unit is another", _set("东溪县灌区管理所", "灌区所"),
        ["的实施单位（I4 格）写的是“灌区所”，", "请把实施单位改回“东溪县灌区管理所”"],
    ),
    (
        "the year is another", _set("（2026年度）", "（2027年度）"),
        ["的年度（A2 格）写的是“（2027年度）”，", "请把年度改回“（2026年度）”"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "said"), [case[1:] for case in LOST], ids=[case[0] for case in LOST])
def test_points_that_are_not_found_are_told(forms, book, spoil, said):
    made = kpi.review(forms, judged=spoiled(book({"实现可能性": (8.6, None)}), spoil))
    assert len(made.problems) == made.could_not_check == 1
    assert all(part in made.problems[0] for part in said), made.problems


def test_a_workbook_whose_points_are_not_found_is_not_written_over(forms, book):
    path = spoiled(book({"实现可能性": (8.6, None)}), _set("审核人评分", "评分"))
    with pytest.raises(CommandError, match="没有覆盖"):
        refuse_losing(path, review_xlsx.render(kpi.review(forms)))


def test_a_row_that_was_renamed_and_left_blank_loses_nothing(forms, book):
    assert kpi.review(forms, judged=spoiled(book({}), _set("实现可能性", "可能性"))).problems == ()


def test_a_number_pasted_into_the_sheet_of_another_form(forms, book, item):
    """The form keeps its own sheet, and the other sheet's number can be put back."""
    path = book({"实现可能性": (8.5, None)}, {"实现可能性": (9, None)})
    key = cell_of(openpyxl.load_workbook(path).worksheets[3], "审核编号").offset(column=1).value

    def copy(sheet):
        cell_of(sheet, "审核编号").offset(column=1).value = key

    made = kpi.review(forms, judged=spoiled(path, copy, 4))
    (said,) = made.problems
    assert said.startswith("工作表“002 渠道清淤”的审核编号")
    assert "请改回“" in said
    assert item(made.reviews[0], "实现可能性").range.low == Decimal("8.5")


def test_of_two_sheets_that_are_filled_in_for_one_form_none_is_used(forms, book, item):
    path = book({"实现可能性": (8.5, None)})
    workbook = openpyxl.load_workbook(path)
    again = workbook.copy_worksheet(workbook.worksheets[3])
    workbook.save(path)
    row = next(r for r in again.iter_rows() if r[1].value == "实现可能性")
    again.cell(row[1].row, POINTS).value = 3
    workbook.save(path)
    made = kpi.review(forms, judged=path)
    (said,) = made.problems
    assert "的审核编号相同（“=泵站'改造/[一]*”），都没有用上" in said
    assert item(made.reviews[0], "实现可能性").judgement is None


def test_a_project_of_the_same_name_of_another_unit_has_a_number_of_its_own(forms, book):
    """Also where only one of them is reviewed, and whichever comes first."""
    path = book({"实现可能性": (8.5, None)})
    name = next(forms.glob("1*.txt"))
    other = forms.with_name("别处")
    other.mkdir()
    (other / name.name).write_text(
        name.read_text(encoding="utf-8").replace("东溪县灌区管理所", "北岸街道办事处"), encoding="utf-8"
    )
    made = kpi.review(other, judged=path)
    assert all(one.judgement is None for one in made.reviews[0].items)
    assert made.problems == (
        "工作表“001 =泵站改造一”的“=泵站'改造/[一]*”（东溪县灌区管理所，2026 年度）"
        "不在这次审核的表里，它的评分没有用上",
    )
    (other / name.name).write_text(name.read_text(encoding="utf-8").replace("2026年度", "2027年度"), encoding="utf-8")
    assert "不在这次审核的表里" in kpi.review(other, judged=path).problems[0]


def test_who_signed_stays_in_every_report(forms, book):
    """Also of a form where nothing was judged."""
    path = spoiled(book({}, by="李敏"), lambda sheet: sheet.cell(cell_of(sheet, "审核人").row, 9, "2026年3月5日"))
    made = kpi.review(forms, judged=path)
    assert [(one.reviewer, one.reviewed_on) for one in made.reviews] == [("李敏", "2026年3月5日"), ("", "")]
    word = "".join(paragraph.text for paragraph in docx.Document(BytesIO(review_docx.render(made))).paragraphs)
    assert re.search("审核人：李敏　+审核日期：2026年3月5日", word)
    assert "审核人：李敏" in review_html.render(made)
    path.write_bytes(review_xlsx.render(made))
    assert [(one.by, one.day) for one in read_judged(str(path))] == [("李敏", "2026年3月5日"), ("", "")]


def test_another_file_is_no_workbook(forms, tmp_path):
    other = tmp_path / "别的.csv"
    other.write_text("甲,乙\n1,2\n", encoding="utf-8")
    assert "没有审核表" in kpi.review(forms, judged=other).problems[0]
    with pytest.raises(ReadError):
        kpi.review(forms, judged=tmp_path / "没有.xlsx")


def test_the_same_input_gives_the_same_bytes(forms):
    assert review_xlsx.render(kpi.review(forms)) == review_xlsx.render(kpi.review(forms))


def test_texts_never_become_formulas(forms):
    workbook = openpyxl.load_workbook(BytesIO(review_xlsx.render(kpi.review(forms))))
    for sheet in workbook:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if cell.data_type == "f":
                assert "泵站" not in re.sub(r"'[^']*'!", "", cell.value)  # but as the name of a sheet
            elif cell.data_type == "s":
                assert cell.value[0] not in "=+-@\t" or cell.quotePrefix


def _formulas(data):
    """Results of the formulas by sheet and cell, as the program wrote them or as an office program counted them."""
    values = openpyxl.load_workbook(BytesIO(data), data_only=True)
    plain = openpyxl.load_workbook(BytesIO(data))
    return {
        (number, cell.coordinate): values.worksheets[number][cell.coordinate].value
        for number, sheet in enumerate(plain.worksheets)
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_an_office_program_counts_the_same(forms, book, tmp_path):
    """Written by the program, filled in, counted by LibreOffice: the program's totals of the same points."""
    refused = {"实现可能性": (True, None), "资金匹配性": (15.001, None)}
    path = book({"实现可能性": (8.5, None), "规范完整性": (6, None)}, {"条件充分性": (10, "好")} | refused)
    for name, sheet in (("空.xlsx", review_xlsx.render(kpi.review(forms))), ("填.xlsx", path.read_bytes())):
        (tmp_path / name).write_bytes(sheet)
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "算"),
         str(tmp_path / "空.xlsx"), str(tmp_path / "填.xlsx")],
        check=True, capture_output=True, timeout=180,
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin:/usr/local/bin"},
    )  # fmt: skip
    empty = _formulas((tmp_path / "空.xlsx").read_bytes())
    assert _formulas((tmp_path / "算" / "空.xlsx").read_bytes()) == empty
    merged = kpi.review(forms, judged=path)
    counted = _formulas((tmp_path / "算" / "填.xlsx").read_bytes())
    again = _formulas(review_xlsx.render(merged))
    ranking = {0}  # its rows are in another order now
    [truth] = counted.keys() - again.keys()  # LibreOffice writes TRUE as a formula
    del counted[truth]
    assert {k: v for k, v in counted.items() if k[0] not in ranking} == {
        k: v for k, v in again.items() if k[0] not in ranking
    }
    # what the office program saved is read back alike
    assert score(merged.outcome, tmp_path / "算" / "填.xlsx").reviews == merged.reviews


@pytest.mark.slow
def test_a_workbook_of_many_forms(forms, tmp_path):
    for number in range(100):
        (forms / f"n{number:03}.txt").write_text(FORM.format(name=f"支渠{number}号整治"), encoding="utf-8")
    path = tmp_path / "多.xlsx"
    path.write_bytes(review_xlsx.render(kpi.review(forms)))
    assert len(read_judged(str(path))) == 102
