"""What a browser shows of a page: spans, inner tables, hidden rows, form controls, encodings; and pages named .xls."""

import random
from contextlib import suppress

import pytest
from reader_forms import CASES, as_text, reading

from kpi.model import Location
from kpi.readers import ReadError, document_of, read, read_text
from kpi.readers.formats.html import read_rows


def rows(page):
    return read_rows(page.encode(), "甲.html").rows


def texts(page):
    return [[c.text for c in row.cells] for row in rows(page)]


def as_html(case):
    """A form as a page, its merged cells by spans."""
    grid, lines = case["grid"], []
    for r, row in enumerate(grid):
        lines.append("<tr>")
        for c, text in enumerate(row):
            if text in ("^", "<"):
                continue
            width = 1
            while c + width < len(row) and row[c + width] == "<":
                width += 1
            height = 1
            while r + height < len(grid) and c < len(grid[r + height]) and grid[r + height][c] == "^":
                height += 1
            inner = text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
            lines.append(f"<td colspan={width} rowspan={height}>{inner}</td>")
    title = "".join(f"<p>{line}</p>" for line in case.get("title", []))
    return f"<html><body>{title}<table>{''.join(lines)}</table></body></html>"


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
@pytest.mark.parametrize("name", ["表.html", "表.xls", "表.doc"])
def test_layouts_read_as_in_text(case, name, tmp_path):
    path = tmp_path / name
    path.write_text(as_html(case), encoding="utf-8")
    document = read(path)
    assert [reading(t) for t in document.tables] == [reading(t) for t in read_text(as_text(case)).tables]
    assert document.reader == "html"


def test_spans_within_bounds():
    page = "<table><tr><td rowspan=0>甲<td colspan=999999999>乙<tr><td>丙<tr><td rowspan='-1' colspan=x>丁</table>"
    got = [[(c.text, c.column, c.colspan, c.rowspan) for c in row.cells] for row in rows(page)]
    assert got == [[("甲", 0, 1, 3), ("乙", 1, 1000, 1)], [("丙", 1, 1, 1)], [("丁", 1, 1, 1)]]
    assert rows(page)[1].cells[0].location == Location(table=1, row=2, column=2)


def test_text_around_tables_in_lines():
    page = (
        "<h1>题\n目</h1>说明<br>单位&nbsp;：万元<table><td>甲</table>末<script>x</script><style>y</style><!-- z -->尾"
    )
    assert texts(page) == [["题目"], ["说明"], ["单位 ：万元"], ["甲"], ["末尾"]]


def test_lines_and_blanks_in_a_cell():
    assert texts("<table><td> 经济\n效益 <p>指标</p><p> </p>≥ 5\n 个<td></table>") == [["经济效益\n指标\n≥ 5 个", ""]]


def test_tables_that_lay_out_the_page_give_way_to_those_inside():
    form = "<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>"
    assert texts(f"<table><tr><td>栏目<td>题{form}末</table>") == [["栏目"], ["题"], ["甲", "乙"], ["丙", "丁"], ["末"]]
    note = "<table><tr><td>注</table>"
    assert texts(f"<table><tr><td>甲<td>乙{note}<tr><td>丙<td>丁</table>") == [["甲", "乙"], ["丙", "丁"], ["注"]]


def test_hidden_rows_are_left_out_and_told():
    page = (
        "<table><tr><td>甲<tr style='display: none'><td>数量指标<td>≥5个<tr hidden><td>乙</table>"
        "<div style='display:none'>广告</div>"
    )
    source = read_rows(page.encode(), "甲.html")
    assert [[c.text for c in row.cells] for row in source.rows] == [["甲"]]
    assert [note.text for note in source.notes] == ["数量指标 ≥5个"]


def test_form_controls_show_their_content():
    page = (
        "<table><td><input value='≥95'><input type=hidden value=x><td><select><option>个<option selected>%</select>"
        "<td><input type=checkbox checked>是<input type=radio>否<td><textarea>改造\n道路</textarea></table>"
    )
    assert texts(page) == [["≥95", "%", "☑是☐否", "改造道路"]]


@pytest.mark.parametrize(
    ("encoding", "head", "told"),
    [
        ("utf-8", "", "utf-8"),
        ("utf-8-sig", "", "utf-8-sig"),
        ("gb18030", "<meta charset=gb2312>", "gb18030"),
        ("gb18030", "", "gb18030"),
        ("utf-16", "", "utf-16"),
        ("big5", "<meta http-equiv=Content-Type content='text/html; charset=big5'>", "big5"),
        ("utf-8", "<meta charset=gb2312>", "utf-8"),
    ],
)
def test_encodings(encoding, head, told):
    page = f"<html>{head}<table><td>績效目標</table></html>"
    source = read_rows(page.encode(encoding), "甲.html")
    assert source.rows[0].cells[0].text == "績效目標"
    assert source.encoding == told


def test_a_page_in_a_web_archive():
    page = (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=XX\r\n\r\n--XX\r\n"
        b"Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + "<html><table><td>数量指标</table></html>".encode("gb18030")
        + b"\r\n--XX--\r\n"
    )
    assert read_rows(page, "甲.doc").rows[0].cells[0].text == "数量指标"
    assert read("-", stdin=page).reader == "html"


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("<table><tr><td>" * 3000 + "甲", "嵌套得太深"),
        ("<html><frameset><frame src=sheet001.htm></frameset></html>", "框架网页"),
        ("<b>" * 1_500_001, "太大"),
    ],
    ids=["deep", "frames", "tags"],
)
def test_refusals(page, says):
    with pytest.raises(ReadError, match=says):
        rows(page)


@pytest.mark.parametrize(
    "page", ["", "<!-- -->", "<?php ?>", "\x00", "&#xD800;", "</td></table>", "<td>甲", "<table>甲<tr>乙"]
)
def test_odd_pages(page):
    assert isinstance(rows(page), tuple)


def test_a_table_too_wide_is_bounded():
    page = "<table>" + "<tr>" + "<td rowspan=1000 colspan=1000>" * 50 + "</table>"
    assert len(rows(page)[0].cells) == 50


def test_mutated_pages_are_read_or_refused():
    chance = random.Random(20261)
    samples = [as_html(case) for case in CASES]
    tags = [
        "<table>",
        "</td>",
        "<tr>",
        "<td colspan=9>",
        "<div hidden>",
        "</table>",
        "<select>",
        "<br>",
        "\x00",
        "&#0;",
    ]
    read_some = 0
    for _ in range(150):
        page = list(chance.choice(samples))
        for _ in range(chance.randint(1, 20)):
            at = chance.randrange(len(page))
            page[at : at + chance.choice([0, 0, 1, 30])] = chance.choice([*tags, ""])
        with suppress(ReadError):
            read_some += bool(read("-", stdin="".join(page).encode("utf-8", "surrogatepass")).tables)
    assert read_some > 40


def _table(*rows):
    """Rows of cells "text", or ("text", rowspan, colspan)."""
    cells = [[cell if isinstance(cell, tuple) else (cell, 1, 1) for cell in row] for row in rows]
    lines = ["".join(f'<td rowspan="{r}" colspan="{c}">{text}</td>' for text, r, c in row) for row in cells]
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def _document(page):
    return document_of(read_rows(page.encode(), "甲.html"))


def test_first_levels_side_by_side_under_merged_heads():
    head = [("项目名称", 3, 1), ("金额(万元)", 3, 1), ("绩效目标", 3, 1), ("绩效指标", 1, 4)]
    levels = [("产出指标", 1, 2), ("满意度指标", 1, 2)]
    first = [("雪地巡护", 2, 1), ("62", 2, 1), ("巡护林区", 2, 1), "巡护里程", "≥120公里", "林场职工满意度", "≥90%"]
    document = _document(_table(head, levels, ["三级指标", "指标值"] * 2, first, ["巡护次数", "≥24次", "", ""]))
    (table,) = document.tables
    assert (table.project, table.annual_funding.total, table.annual_goal) == ("雪地巡护", 620000, "巡护林区")
    assert [(i.level1, i.name, i.annual.text) for i in table.indicators] == [
        ("产出指标", "巡护里程", "≥120公里"),
        ("产出指标", "巡护次数", "≥24次"),
        ("满意度指标", "林场职工满意度", "≥90%"),
    ]  # fmt: skip


def test_a_row_of_heads_that_spans_the_row_of_heads_below_it():
    head = [("绩效指标", 4, 1), ("指标名称", 1, 3), ("指标值", 1, 2), ("备注", 2, 1)]
    below = ["一级指标", "二级指标", "三级指标", "实施周期指标值", "年度指标值"]
    first = [("产出指标", 2, 1), ("数量指标", 2, 1), "治理河长", "98公里", "30公里", ""]
    rows = [first, ["新建护岸", "9千米", "4千米", ""]]
    name = [("项目名称", 1, 1), ("河道治理", 1, 6)]
    (table,) = _document(_table(name, head, below, *rows)).tables
    assert [(i.level2, i.name, i.period.text, i.annual.text) for i in table.indicators] == [
        ("数量指标", "治理河长", "98公里", "30公里"), ("数量指标", "新建护岸", "9千米", "4千米"),
    ]  # fmt: skip
