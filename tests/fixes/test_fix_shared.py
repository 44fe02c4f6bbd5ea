"""Cells that are merged over several rows: changed for all of the rows at once, or left to people."""

from io import BytesIO

import xlsxwriter

from tests.fixes.fixing import fix, values

HEADS = ("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "分值")
TOP = (("项目支出绩效目标表",), ("项目名称", "澄湖县渠道衬砌"), ("主管部门", "澄湖县水利局"))


def book(sign, figures, unit):
    """Two rows whose sign and unit are one cell each."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as made:
        sheet = made.add_worksheet("目标表")
        rows = [("产出指标", "数量指标", f"新建{n}", "", one, "", 20) for n, one in zip("渠池", figures, strict=True)]
        for at, row in enumerate([*TOP, HEADS, *rows]):
            sheet.write_row(at, 0, row)
        for column, text in ((3, sign), (5, unit)):
            sheet.merge_range(4, column, 5, column, text)
    return target.getvalue()


def test_rows_that_share_a_sign_and_a_unit_are_changed_together():
    done = fix(book(">=", ["20", "30"], "人.次"), "表.xlsx")
    assert values(done.again) == ["≥20人次", "≥30人次"]
    assert {edit.cell.location.cell: edit.text for edit in done.plan.edits} == {"D5": "≥", "F5": "人次"}
    assert len(done.plan.changes) == 2
    assert done.plan.manual == ()


def test_a_cell_that_not_all_of_its_rows_would_change_is_left_to_people():
    done = fix(book(">=", ["２０", "若干"], "人次"), "表.xlsx")
    assert done.data is None
    assert ["几行合并" in one.reason for one in done.plan.manual] == [True]


def test_a_figure_of_its_own_is_changed_all_the_same():
    done = fix(book("≥", ["２０", "30"], "人次"), "表.xlsx")
    assert values(done.again) == ["≥20人次", "≥30人次"]
    assert [edit.cell.location.cell for edit in done.plan.edits] == ["E5"]
