"""Texts: where the marks stand, other encodings and line ends, quoted fields, no formulas."""

import csv
from io import StringIO

import pytest

from kpi.annotate.marks import Mark, Marks, Note, Spot
from kpi.annotate.text import annotated, annotated_csv
from kpi.model import Location
from tests.annotate.noting import note

FORM = (
    "项目支出绩效目标表\n项目名称\t澄湖县渠道衬砌\n主管部门\t澄湖县水利局\n年度资金总额\t20万元\n"
    "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t衬砌渠道长度\t≥3.5公里\n"
    "\t质量指标\t渠道外观\t明显改善\n效益指标\t社会效益\t受益农户数\t≥300户\n"
)


def one(place: Location | None, text: str = "", said: str = "话") -> Marks:
    spots = (Spot(place, text),) if place else ()
    made = Note(1, "error", "VAL001", "题目", "", "项目", "行", text, (("发现", said),), spots)
    return Marks((made,), (Mark(place, text, (made,)),) if place else (), () if place else (made,))


def test_the_mark_stands_behind_the_value():
    done = note(FORM.encode(), "表.txt")
    text = done.data.decode()
    number = next(found.number for found in done.marks.notes if found.rule == "VAL003")
    assert f"明显改善【注{number}】\n" in text
    assert f"【注{number}】【警告】" in text.split("检查意见")[1]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_encodings_and_line_ends_stay(encoding, ending):
    data = FORM.replace("\n", ending).encode(encoding)
    text = note(data, "表.txt").data.decode(encoding)
    assert "明显改善【注" in text
    assert text.replace(ending, "").find("\r") < 0
    assert (text.count("\r\n") == text.count("\n")) == (ending == "\r\n")


@pytest.mark.parametrize(
    ("place", "words", "line"),
    [
        (Location(line=1, column=4), "乙", "甲\t| 乙【注1】\t丙"),
        (Location(line=1, column=7), "别的", "甲\t| 乙\t丙【注1】"),
        (Location(line=1, column=1), "", "甲【注1】\t| 乙\t丙"),
        (Location(line=1), "", "甲\t| 乙\t丙【注1】"),
        (Location(line=9, column=1), "甲", "甲\t| 乙\t丙"),
        (None, "", "甲\t| 乙\t丙"),
    ],
)
def test_where_the_mark_stands(place, words, line):
    text = annotated("甲\t| 乙\t丙".encode(), "a.txt", one(place, words)).decode()
    assert text.splitlines()[0] == line
    assert "【注1】【错误】题目（VAL001）" in text


def test_a_text_that_has_such_marks_gets_others():
    assert "乙【检查注1】" in annotated("【注1】\t乙".encode(), "a.txt", one(Location(line=1, column=6), "乙")).decode()


def test_markdown():
    text = annotated("| 甲 | 乙 |\n|---|---|\n".encode(), "a.md", one(Location(line=1, column=3), "甲")).decode()
    assert text.startswith("| 甲【注1】 | 乙 |\n|---|---|\n\n---\n\n检查意见")
    assert "- **【注1】【错误】题目（VAL001）**" in text


@pytest.mark.parametrize(
    ("data", "place", "first"),
    [
        ("甲,乙\n", Location(line=1, column=3), ["甲", "乙【注1】"]),
        ('甲,"乙,""丙"""\n', Location(line=1, column=3), ["甲", '乙,"丙"【注1】']),
        ("甲,,丙\n", Location(line=1, column=3), ["甲", "【注1】", "丙"]),
        ("甲,乙\n", Location(line=1, column=4), ["甲", "乙【注1】"]),
        ("甲,乙\n", Location(line=7, column=1), ["甲", "乙"]),
    ],
)
def test_fields(data, place, first):
    text = annotated_csv((data * 3).encode(), "a.csv", one(place, said="=1+1")).decode()
    records = list(csv.reader(StringIO(text)))
    assert records[0] == first
    assert records[-1][0] == "【注1】"
    assert records[-1][5] == "'=1+1"


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n\n", "甲".encode() * 10_000, b"a\x00b\x1fc\td"])
def test_hostile_texts(data):
    for place in (None, Location(line=1, column=1), Location(line=1, column=10_001), Location(line=3)):
        for write, name in ((annotated, "a.txt"), (annotated_csv, "a.csv")):
            assert data in write(data, name, one(place)) or place
