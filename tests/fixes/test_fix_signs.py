"""A sign of its own column goes into the empty cell there; the figure stays as it is."""

from io import BytesIO

import pytest
import xlsxwriter

from kpi.annotate.marks import marks_of
from kpi.fixes.lines import TextWriter
from kpi.packages.plain import Records
from kpi.readers import document_of, source_of
from kpi.rules import lint
from tests.fixes.fixing import fix, national
from tests.fixes.test_fix_xlsx import APART, TOP, book, sheet

OWN = ("产出指标", "质量指标", "渠道验收合格率", "", "95", "%", "10")
SIGNED = (("产出指标", "数量指标", "新建蓄水池", "≥", "20", "座", "20"),)
BLANK = (("产出指标", "数量指标", "新建蓄水池", "", "20", "座", "20"),)
BEFORE = (("产出指标", "数量指标", "新建蓄水池", "", "≥20", "座", "20"),)
TURNED = (("产出指标", "数量指标", "新建蓄水池", "正向", "≥20", "座", "20"),)


def grid(others):
    return [*(row + ("",) * (7 - len(row)) for row in (("项目支出绩效目标表",), *TOP)), APART, OWN, *others]


def joined(mark, quote=""):
    return lambda rows: "".join(mark.join(f"{quote}{cell}{quote}" for cell in row) + "\n" for row in rows).encode()


def table(rows):
    return joined("|")([("", *row, "") for row in rows])


def numbers(rows):
    """As Excel has them: figures that are numbers, nothing in empty cells."""
    return book(*[[int(cell) if cell.isdigit() else cell or None for cell in row] for row in rows[5:]], heads=APART)


MAKE = {
    "表.txt": joined("\t"), "竖线.txt": table, "表.csv": joined(","), "引号.csv": joined(",", '"'), "表.xlsx": numbers,
}  # fmt: skip


@pytest.mark.parametrize("name", MAKE)
@pytest.mark.parametrize("others", [SIGNED, BLANK], ids=["told by other rows", "told by the head"])
def test_into_the_empty_cell(name, others):
    done = fix(MAKE[name](grid(others)), name, unsafe=True, wanted={"VAL006"})
    first = done.again.tables[0].indicators[0].annual
    assert first.text == "≥95%"
    assert [edit.text for edit in done.plan.edits][:1] == ["≥"]
    assert len(done.plan.edits) == len(done.plan.changes)
    assert "sign" in first.cells
    assert fix(done.data, name, unsafe=True, wanted={"VAL006"}).data is None


def test_fields_keep_their_quotes():
    done = fix(MAKE["引号.csv"](grid(SIGNED)), "表.csv", unsafe=True, wanted={"VAL006"})
    assert '"渠道验收合格率","≥","95","%"' in done.data.decode()


def test_the_number_of_a_workbook_stays_one():
    """Also beside formulas; the new cell has the looks of its column."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as made:
        page = made.add_worksheet("目标表")
        page.set_column(3, 3, None, made.add_format({"bold": True}))
        for at, row in enumerate(grid(SIGNED)):
            for column, cell in enumerate(row):
                if cell:
                    page.write(at, column, int(cell) if cell.isdigit() else cell)
        page.write_formula("K1", "=SUM(G6:G7)", None, 30)
    done = fix(target.getvalue(), "表.xlsx", unsafe=True, wanted={"VAL006"})
    made = sheet(done.data)
    assert '<c r="D6" s="1" t="inlineStr"><is><t xml:space="preserve">≥</t></is></c><c r="E6"><v>95</v></c>' in made


@pytest.mark.parametrize("others", [BEFORE, TURNED], ids=["signs with the figures", "a column of directions"])
def test_with_the_figure_where_the_form_has_it_there(others):
    done = fix(MAKE["表.txt"](grid(others)), "表.txt", unsafe=True, wanted={"VAL006"})
    assert "渠道验收合格率\t\t≥95\t%" in done.data.decode()


def test_told_what_to_do_where_two_rows_share_the_empty_cell():
    target = BytesIO()
    two = [("产出指标", "质量指标", name, "", "95", "%", "10") for name in ("设备完好率", "渠道完好率")]
    with xlsxwriter.Workbook(target, {"in_memory": True}) as made:
        page = made.add_worksheet("目标表")
        for at, row in enumerate(grid((*SIGNED, *two))):
            page.write_row(at, 0, row)
        page.merge_range("D8:D9", "")
    done = fix(target.getvalue(), "表.xlsx", unsafe=True, wanted={"VAL006"})
    assert [edit.cell.location.cell for edit in done.plan.edits] == ["D6"]
    assert ["请在那一栏里填“≥”" in one.reason for one in done.plan.manual] == [True, True]


def test_told_what_to_do_where_nobody_fills_empty_cells(monkeypatch):
    monkeypatch.delattr(TextWriter, "fills")
    done = fix(MAKE["表.txt"](grid(SIGNED)), "表.txt", unsafe=True, wanted={"VAL006"})
    assert done.data is None
    assert "请在那一栏里填“≥”" in done.plan.manual[0].reason


def test_an_empty_field_begins_behind_its_quotation_mark():
    text = '甲,"",乙\n丙,,丁\n'
    records = Records(text)
    ends = {cell.location.line: records.end(cell) for cell, _ in records._fields.values() if not cell.text}
    assert {line: text[:at] for line, at in ends.items()} == {1: '甲,"', 2: '甲,"",乙\n丙,'}


@pytest.mark.parametrize(
    ("row", "rule", "cells"),
    [
        ((">=", "95", "%"), "VAL017", ["D6"]),
        (("＞＝", "95", "%"), "VAL017", ["D6"]),
        (("≥", "９５.5", "%"), "VAL017", ["E6"]),
        ((">=", "９５.5", "%"), "VAL017", ["E6"]),
        (("≥", "95", "％"), "VAL017", ["F6"]),
        ((">", "95", "%"), "VAL009", ["D6"]),
        (("", ">=95", "%"), "VAL017", ["E6"]),
    ],
)
def test_what_is_said_of_a_sign_points_at_its_own_cell(row, rule, cells):
    """In the report, beside the cell and in the list of changes."""
    odd = (*OWN[:3], *row, "10")
    source = source_of(numbers([*grid(())[:-1], odd, *SIGNED]), "表.xlsx")
    document = document_of(source)
    [result] = lint([document], national()).documents
    [found] = [one for one in result.findings if one.rule == rule]
    assert [one.location.cell for one in found.evidence] == cells
    [note] = [one for one in marks_of(result).notes if one.rule == rule]
    assert [spot.location.cell for spot in note.spots] == cells
    [change] = fix(numbers([*grid(())[:-1], odd, *SIGNED]), "表.xlsx", unsafe=True, wanted={rule}).plan.changes
    assert [change.where.location.cell] == cells
