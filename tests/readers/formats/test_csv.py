"""Tables with separators: which one, what stands in quotes, encodings, places."""

import random

import pytest

from kpi.model import Location
from kpi.readers import recognise
from kpi.readers.errors import ReadError
from kpi.readers.formats.csvs import MOST_FIELDS, read_rows, separator

FORM = """临江县航道局2028年项目支出绩效目标表,,,
项目名称,渡口改造,,
一级指标,二级指标,三级指标,指标值
产出指标,数量指标,"改造渡口
数量",4处
,质量指标,"验收,复验合格率",=100%
效益指标,社会效益指标,"日均""过渡""人次",≥300人次
"""
WANTED = [
    ("数量指标", "改造渡口数量", "4处"),
    ("质量指标", "验收,复验合格率", "=100%"),
    ("社会效益", '日均"过渡"人次', "≥300人次"),
]


def cells(text):
    return [[c.text for c in row.cells] for row in read_rows(text.encode(), "a.csv").rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_form(encoding, ends):
    source = read_rows(FORM.replace("\n", ends).encode(encoding), "a.csv")
    (table,) = recognise(source).tables
    assert (source.reader, source.encoding) == ("csv", encoding)
    assert (table.project, table.year) == ("渡口改造", 2028)
    assert [(i.level2, i.name, i.annual.text) for i in table.indicators] == WANTED
    assert table.indicators[1].annual.location == Location(line=6, column=18)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_separators(mark):
    lines = [["项目名称", "渡口（一期；二期）"], ["指标", "a,b;c|d\te"], ["甲", "乙"], ["丙", "丁"]]
    quoted = "\n".join(mark.join(f'"{cell}"' if set(cell) & set(",;|\t") else cell for cell in line) for line in lines)
    assert separator(quoted) == mark
    assert cells(quoted) == lines


def test_a_stated_separator():
    assert cells("sep=;\n甲,乙;丙\n丁,戊;己\n") == [["甲,乙", "丙"], ["丁,戊", "己"]]


def test_prose_has_no_separator():
    rows = read_rows("本项目用于a、b;c。\n第二段".encode(), "a.csv").rows
    assert [(row.grid, row.cells[0].text) for row in rows] == [(None, "本项目用于a、b;c。"), (None, "第二段")]


def test_quotes():
    assert cells('甲,"乙\n丙"\n丁,"戊"己\n') == [["甲", "乙\n丙"], ["丁", "戊己"]]
    assert cells('甲,5"屏\n乙,"不完\n丙,丁\n') == [["甲", '5"屏'], ["乙", '"不完'], ["丙", "丁"]]
    assert cells('"",""\n甲,""\n乙,\n') == [["甲", ""], ["乙", ""]]


def test_places():
    rows = read_rows('甲,乙\n\n"丙\n丁", 戊\n己,庚'.encode(), "a.csv").rows
    assert [row.location for row in rows] == [Location(line=n, column=1) for n in (1, 3, 5)]
    assert rows[1].cells[1].location == Location(line=4, column=5)
    assert rows[2].cells[1].location == Location(line=5, column=3)


def test_what_is_no_table():
    for data in (b"\x81\xff\xff\x80\xff" * 50, b"," * 3000 + b"x", b"a,b\n" * 300_000):
        with pytest.raises(ReadError) as caught:
            read_rows(data, "a.csv")
        assert caught.value.message.count("。") == 1
    assert MOST_FIELDS < 3000
    assert read_rows(b"", "a.csv").rows == ()


def test_damaged_files_raise_nothing_but_what_is_said():
    chance, data = random.Random(20260102), FORM.encode()
    for _ in range(400):
        made = bytearray(data)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(made))
            made[at : at + chance.randint(0, 20)] = chance.choice([b'"', b",", b"\0", b"\xff", b"\n", b'""', made[:9]])
        said = ""
        try:
            recognise(read_rows(bytes(made), "a.csv"))
        except ReadError as error:
            said = error.message
        assert said.count("。") == bool(said)
