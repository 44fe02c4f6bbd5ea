"""Rulings and text by hand: each way of drawing a grid, turned pages, page breaks."""

import pytest
from pdf_forms import FONT, canvas, drawn_all

from kpi.model import Location
from kpi.readers.formats.pdf import read_rows

TEXTS = [["一级指标", "二级指标", "指标值"], ["产出指标", "数量指标", "≥12公里"]]


def cells(data):
    rows = read_rows(data, "form.pdf").rows
    return [[(c.text, c.column, c.colspan, c.rowspan) for c in row.cells] for row in rows if row.grid is not None]


def texts(data):
    return [[c.text for c in row.cells] for row in read_rows(data, "form.pdf").rows]


def write(c, left=100, top=700):
    for r, row in enumerate(TEXTS):
        for k, text in enumerate(row):
            c.drawString(left + 100 * k + 4, top - 30 * r - 18, text)


def lines(c, left=100, top=700):
    for k in range(4):
        c.line(left + 100 * k, top, left + 100 * k, top - 60)
    for r in range(3):
        c.line(left, top - 30 * r, left + 300, top - 30 * r)


def boxes(c):
    for k in range(4):
        c.rect(100 + 100 * k, 640, 0.6, 60, stroke=0, fill=1)
    for r in range(3):
        for k in range(3):  # in pieces, as word processors draw them
            c.rect(100 + 100 * k, 700 - 30 * r, 100, 0.6, stroke=0, fill=1)


def one_path(c):
    path = c.beginPath()
    for k in range(3):
        for r in range(2):
            path.rect(100 + 100 * k, 670 - 30 * r, 100, 30)
    c.drawPath(path, stroke=1, fill=0)


def shaded(c):
    """White cells on a black ground: browsers print tables with a background so."""
    c.rect(99, 639, 302, 62, stroke=0, fill=1)
    c.setFillGray(1)
    for k in range(3):
        for r in range(2):
            c.rect(100.5 + 100 * k, 670.5 - 30 * r, 99, 29, stroke=0, fill=1)
    c.setFillGray(0)


def dashed(c):
    c.setDash(2, 1)
    lines(c)


def form_object(c):
    c.beginForm("grid")
    lines(c, 0, 60)
    c.endForm()
    c.saveState()
    c.translate(100, 640)
    c.doForm("grid")
    c.restoreState()


def open_sides(c):
    for k in (1, 2):
        c.line(100 + 100 * k, 700, 100 + 100 * k, 640)
    for r in range(3):
        c.line(100, 700 - 30 * r, 400, 700 - 30 * r)


@pytest.mark.parametrize("draw", [lines, boxes, one_path, shaded, dashed, form_object, open_sides])
def test_every_way_to_draw_a_grid(draw):
    def both(c):
        draw(c)
        write(c)

    assert texts(canvas(both)) == TEXTS


def test_white_and_clipped_lines_are_none():
    def draw(c):
        lines(c)
        c.setStrokeGray(1)
        c.line(150, 700, 150, 640)
        c.setStrokeGray(0)
        c.saveState()
        path = c.beginPath()
        path.rect(100, 600, 20, 20)
        c.clipPath(path, stroke=0)
        c.line(250, 700, 250, 640)
        c.restoreState()
        write(c)

    assert texts(canvas(draw)) == TEXTS


def test_merged_cells():
    def draw(c):
        c.rect(100, 640, 300, 60)
        c.line(200, 700, 200, 640)
        c.line(300, 670, 300, 640)
        c.line(200, 670, 400, 670)
        for x, y, text in ((110, 665, "绩效指标"), (210, 680, "年度目标"), (210, 650, "质量指标"), (310, 650, "=100%")):
            c.drawString(x, y, text)

    assert cells(canvas(draw)) == [
        [("绩效指标", 0, 1, 2), ("年度目标", 1, 2, 1)],
        [("质量指标", 1, 1, 1), ("=100%", 2, 1, 1)],
    ]


def test_places_are_from_the_top_left():
    def draw(c):
        lines(c)
        write(c)

    row = read_rows(canvas(draw), "form.pdf").rows[1]
    assert row.location == Location(page=1, bbox=(100.0, 172.0, 400.0, 202.0))
    assert row.cells[2].location == Location(page=1, bbox=(300.0, 172.0, 400.0, 202.0))


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_turned_pages(angle):
    def draw(c):
        c.setPageRotation(angle)
        c.translate(*{90: (842, 0), 180: (595, 842), 270: (0, 595)}[angle])  # reportlab turns the sheet
        c.rotate(angle)
        lines(c, 100, 500)
        write(c, 100, 500)

    rows = read_rows(canvas(draw), "form.pdf").rows
    assert [[c.text for c in row.cells] for row in rows] == TEXTS
    assert rows[0].location.bbox == (100.0, 342.0, 400.0, 372.0)


def test_a_page_drawn_on_its_side():
    def draw(c):
        c.translate(595, 0)
        c.rotate(90)
        lines(c, 100, 500)
        write(c, 100, 500)

    rows = read_rows(canvas(draw), "form.pdf").rows
    assert [[c.text for c in row.cells] for row in rows] == TEXTS
    assert rows[0].location.bbox == (95.0, 442.0, 125.0, 742.0)  # on the page as it is seen


def test_a_label_set_on_end():
    def draw(c):
        lines(c)
        write(c)
        c.rect(60, 640, 40, 60)
        c.saveState()
        c.translate(84, 652)
        c.rotate(90)
        c.drawString(0, 0, "绩效指标")
        c.restoreState()

    assert texts(canvas(draw)) == [["绩效指标", *TEXTS[0]], TEXTS[1]]


def test_text_that_runs_over_its_cell():
    def draw(c):
        lines(c)
        c.drawString(104, 682, "验收合格率和群众满意度都达标的社区数")
        c.drawString(304, 682, "8个")

    assert texts(canvas(draw))[0] == ["验收合格率和群众满意度都达标的社区数", "", "8个"]


def two_pages(first, second, closed):
    """A table of three columns whose last row goes on at the top of the second page."""

    def draw(c):
        for rows, top, ends in ((first, 100, (True, closed)), (second, 800, (closed, True))):
            high = 20 * sum(max(text.count("\n") + 1 for text in row) for row in rows)
            for k in range(4):
                c.line(100 + 90 * k, top, 100 + 90 * k, top - high)
            y = top
            for r, row in enumerate(rows):
                if r or ends[0]:
                    c.line(100, y, 370, y)
                for k, text in enumerate(row):
                    for i, line in enumerate(text.split("\n")):
                        c.drawString(104 + 90 * k, y - 20 * i - 14, line)
                y -= 20 * max(text.count("\n") + 1 for text in row)
            if ends[1]:
                c.line(100, y, 370, y)
            c.showPage()
            c.setFont(FONT, 9)

    return canvas(draw)


@pytest.mark.parametrize("closed", [False, True])
def test_a_row_cut_by_the_page_break(closed):
    first = [["二级指标", "三级指标", "指标值"], ["数量指标", "全年巡查农村饮用水\n水源地和供水管网的", "≥48次"]]
    second = [["", "总次数", ""], ["质量指标", "水质达标率", "≥95%"]]
    assert texts(two_pages(first, second, closed)) == [
        ["二级指标", "三级指标", "指标值"],
        ["数量指标", "全年巡查农村饮用水水源地和供水管网的总次数", "≥48次"],
        ["质量指标", "水质达标率", "≥95%"],
    ]


def test_a_level_in_two_pieces_tells_a_cut_row_however_little_of_it_stands_above():
    first = [["二级指标", "三级指标", "指标值"], ["可持", "管护", "≥10年"]]
    second = [["续影响指标", "年限", ""], ["质量指标", "水质达标率", "≥95%"]]
    assert texts(two_pages(first, second, True))[1] == ["可持续影响指标", "管护年限", "≥10年"]


def test_a_row_after_the_page_break_is_its_own():
    first = [["二级指标", "三级指标", "指标值"], ["数量指标", "巡查水源地次数", "≥48次"]]
    second = [["", "检测水样份数", "≥96份"], ["质量指标", "水质达标率", "≥95%"]]
    assert texts(two_pages(first, second, True)) == first + second


def test_repeated_heads_running_heads_and_page_numbers_are_left_out():
    grid = [["二级指标", "三级指标", "指标值"]] + [["数量指标", f"第{i}项工程", f"{i}处"] for i in range(60)]
    rows = read_rows(drawn_all([{"grid": grid}], repeat=1, footer="- {page} -"), "form.pdf").rows
    assert [[c.text for c in row.cells] for row in rows] == grid
    assert {row.grid for row in rows} == {0}
    assert {row.location.page for row in rows} == {1, 2}
