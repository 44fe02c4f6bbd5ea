"""Rows whose names read like labels of the form are rows where they stand amid the others, in every kind of file."""

import csv
import io

import pytest
from openpyxl import Workbook

from kpi.model import Location
from kpi.readers import read, read_text
from kpi.readers.blocks import PLAIN, Parts, RowBlock, _sort
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line
from tests.forms import writers

NAMES = [
    "经费", "项目经费", "资金", "项目资金", "项目期", "负责人", "合计", "备注", "项目概况", "实施单位", "主管部门",
    "立项依据", "总体目标", "项目名称", "联系电话", "年度目标", "说明",
]  # fmt: skip
HEAD = [
    ["松台区项目支出绩效目标申报表"],
    ["项目名称", "街角花园改造"],
    ["主管部门", "松台区园林中心", "", "实施单位", "松台区绿化队"],
    ["项目资金(万元)", "年度资金总额", "320"],
    ["", "其中:财政拨款", "320"],
    ["总体目标", "改造街角花园8处。"],
    ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
]
ROWS = [
    ["", "产出指标", "数量指标", "改造花园数量", "≥8处"],
    ["", "", "成本指标", "单处改造成本", "≤40万元/处"],
]
REST = [
    ["", "", "", "苗木费", "≤90万元"],
    ["", "效益指标", "社会效益", "惠及居民人数", "≥4000人"],
]


def grid(name, value):
    return [*HEAD, *ROWS, ["", "", "", name, value], *REST]


def whole(rows):
    return [row + [""] * (5 - len(row)) for row in rows]


def as_tabs(rows):
    return "\n".join("\t".join(row) for row in whole(rows)).encode()


def as_bars(rows):
    return "\n".join("| " + " | ".join(row) + " |" for row in whole(rows)).encode()


def as_csv(rows):
    text = io.StringIO()
    csv.writer(text).writerows(whole(rows))
    return text.getvalue().encode()


def as_xlsx(rows):
    book, file = Workbook(), io.BytesIO()
    sheet = book.active
    for row in whole(rows):
        sheet.append(row)
    for cells in ("A1:E1", "A4:A5", f"A7:A{len(rows)}", f"B8:B{len(rows) - 1}", f"C9:C{len(rows) - 1}"):
        sheet.merge_cells(cells)
    book.save(file)
    return file.getvalue()


def as_docx(rows):
    below = [[c or "^" if i > len(HEAD) and k < 3 else c for k, c in enumerate(r)] for i, r in enumerate(whole(rows))]
    return writers.docx([rows[0][0], below[1:]])


FORMATS = {"txt": as_tabs, "md": as_bars, "csv": as_csv, "xlsx": as_xlsx, "docx": as_docx}


def told(document):
    assert len(document.tables) == 1
    return [(i.name, i.annual.text) for i in document.tables[0].indicators]


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("value", ["≤60万元", "3人", "良好", ""])
def test_a_row_amid_others(tmp_path, suffix, value):
    for name in NAMES:
        path = tmp_path / f"表.{suffix}"
        path.write_bytes(FORMATS[suffix](grid(name, value)))
        document = read(path)
        assert (name, value) in told(document)
        assert ("苗木费", "≤90万元") in told(document)
        assert not document.unread


@pytest.mark.parametrize("mark", ["\t", "  ", "\n"], ids=["tabs", "blanks", "lines"])
@pytest.mark.parametrize("name", NAMES)
def test_merged_cells_left_out(mark, name):
    text = "\n".join(mark.join(c for c in row if c) for row in grid(name, "≤60万元"))
    assert told(read_text(text))[2:4] == [(name, "≤60万元"), ("苗木费", "≤90万元")]


@pytest.mark.parametrize("mark", ["\t", "  ", "\n"], ids=["tabs", "blanks", "lines"])
def test_what_may_be_a_row_is_told(mark):
    """Where nothing tells a row from a label, the rows behind it are read all the same, and it is said."""
    text = "\n".join(mark.join(c for c in row if c) for row in grid("项目概况", "良好"))
    document = read_text(text)
    assert ("苗木费", "≤90万元") in told(document)
    assert document.unread[0].text.startswith("项目概况")


def test_a_last_row_of_words_is_told():
    document = read_text(as_tabs([*HEAD, *ROWS, *REST, ["", "", "", "项目概况", "群众知晓"]]).decode())
    assert [part.text for part in document.unread] == ["项目概况 群众知晓"]


def a_line(*texts):
    return Line(tuple(GridCell(text, column, Location(line=1)) for column, text in enumerate(texts)), 0, packed=False)


@pytest.mark.parametrize("behind", [("效益指标", "社会效益指标", "惠及居民人数", "≥4000人"), ("苗木费", "≤90万元")])
def test_what_turns_out_to_be_a_row_is_told_no_more(behind):
    """Lines that were taken for the foot are read as rows where rows go on behind them; those of before stay told."""
    row, other, taken = a_line("产出指标", "数量指标", "花园", "8处"), a_line("合计", "320"), a_line("合计", "320")
    parts = Parts(blocks=[RowBlock(PLAIN, [row])], head=[other], foot=[taken], doubtful=[other, taken])
    assert _sort(parts, [a_line(*behind)], 0, False)
    assert [line.filled[0].text for line in parts.blocks[0].lines] == ["产出指标", "合计", behind[0]]
    assert [id(line) for line in parts.doubtful] == [id(other)]


def test_a_foot_is_a_foot():
    foot = [
        ["", "", "", "填报人", "周远"],
        ["", "", "", "联系电话", "0571-8330"],
        ["", "", "", "合计", "320"],
        ["备注", "以上指标年中不再调整"],
    ]
    document = read_text(as_tabs([*HEAD, *ROWS, *REST, *foot]).decode())
    assert [name for name, _ in told(document)] == ["改造花园数量", "单处改造成本", "苗木费", "惠及居民人数"]
    assert not document.unread


@pytest.mark.parametrize("shift", [0, 1])
def test_a_second_form_in_the_same_grid(shift):
    first = grid("经费", "≤60万元")
    second = [["" for _ in range(shift)] + row for row in HEAD[1:6]] + HEAD[6:] + ROWS
    document = read_text(as_tabs([*first, *second]).decode() if not shift else as_bars([*first, *second]).decode())
    assert [table.project for table in document.tables] == ["街角花园改造"] * 2
    assert [len(table.indicators) for table in document.tables] == [5, 2]
