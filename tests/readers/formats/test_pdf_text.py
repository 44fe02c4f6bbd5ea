"""Characters, words and paragraphs: what fonts and line breaks do to a text, and text in columns without rulings."""

import pytest
from pdf_forms import canvas

from kpi.readers.formats.pdf import read_rows
from kpi.readers.formats.pdffold import BROKEN, plain
from kpi.readers.formats.pdfspace import Box
from kpi.readers.formats.pdftext import TextLine, cell_text


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        (0x2EDA, "页"), (0x2ED3, "长"), (0x2EA0, "民"), (0x2F6C, "目"), (0x2F00, "一"), (0xF90A, "金"),
        (0xF0B3, "≥"), (0xF0A3, "≤"), (0xF041, "A"), (0x200B, ""), (2, "-"), (0, BROKEN), (0xD800, BROKEN),
    ],
)  # fmt: skip
def test_characters_of_fonts(code, meant):
    assert plain(code) == meant


def test_every_radical_folds():
    left = [chr(code) for code in (*range(0x2E80, 0x2EF4), *range(0x2F00, 0x2FD6)) if plain(code) == chr(code)]
    assert len(left) <= 4  # ⺀ and the like stand for no character; U+2E9A is not assigned


def rows(draw):
    return [[c.text for c in row.cells] for row in read_rows(canvas(draw), "form.pdf").rows]


def test_spread_labels_are_words_and_gaps_are_blanks():
    def draw(c):
        for i, char in enumerate("项目名称"):
            c.drawString(100 + 14 * i, 700, char)
        c.drawString(100, 680, "主管部门")
        c.drawString(140, 680, "临江县水务局")

    assert rows(draw) == [["项目名称"], ["主管部门 临江县水务局"]]


def test_bold_by_drawing_twice():
    def draw(c):
        c.drawString(100, 700, "绩效1100")
        c.drawString(100.3, 700, "绩效1100")

    assert rows(draw) == [["绩效1100"]]


def test_paragraphs_over_lines():
    def draw(c):
        c.drawString(118, 700, "本年度完成河道清淤十二公里，改造提升泵站三座，维修加固堤防八公里，安装水位监测设施二十")
        c.drawString(100, 685, "六处，巡查河道四百次。")
        c.drawString(118, 670, "项目资金来自县级财政。")

    assert rows(draw) == [
        [
            "本年度完成河道清淤十二公里，改造提升泵站三座，维修加固堤防八公里，安装水位监测设施二十六处，巡查河道四百次。"
        ],
        ["项目资金来自县级财政。"],
    ]


def test_columns_without_rulings():
    table = [
        ["二级指标", "三级指标", "指标值"],
        ["数量指标", "清淤河道长度", "≥12公里"],
        ["质量指标", "工程验收合格率", "=100%"],
        ["时效指标", "完工时间", "11月底前"],
    ]

    def draw(c):
        c.drawString(240, 720, "河道清淤绩效目标表")
        for r, row in enumerate(table):
            for k, text in enumerate(row):
                c.drawString(100 + 130 * k, 690 - 24 * r - 11 * (r > 1), text)
        c.drawString(230, 690 - 24 * 1 - 11, "（含支流）")

    assert rows(draw) == [
        ["河道清淤绩效目标表"],
        table[0],
        ["数量指标", "清淤河道长度（含支流）", "≥12公里"],
        *table[2:],
    ]


def line(text, left, right, top):
    return TextLine(text, Box(left, top, right, top + 9), top + 8, 9)


@pytest.mark.parametrize(
    ("first", "right", "second", "text"),
    [
        ("加强农村饮水安", 165, "全巡查", "加强农村饮水安全巡查"),
        ("1.清淤河道。", 130, "2.改造泵站。", "1.清淤河道。\n2.改造泵站。"),
        ("经济效益", 139, "指标", "经济效益指标"),
        ("annual budget", 165, "report", "annual budget report"),
        ("4186", 165, "250", "4186250"),
    ],
)
def test_lines_of_a_cell(first, right, second, text):
    assert cell_text([line(first, 102, right, 100), line(second, 102, 130, 112)], 100, 170) == text
