"""Encodings of text files, damaged ones too."""

import pytest

from kpi.model import Location
from kpi.readers import ReadError, read
from kpi.readers.formats.text import decode, read_rows

TEXT = "項目名稱\t圖書館運行\n績效指標\t數量指標\t開放天數\t≥300天\n滿意度\t讀者對圖書館開放時間的滿意程度\t≥90%\n" * 5
PLAIN = "项目名称\t图书馆运行\n绩效指标\t数量指标\t开放天数\t≥300天\n" * 200


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
def test_two_bytes_a_character_without_a_mark(name):
    assert decode(PLAIN.encode(name)) == (PLAIN, name)


@pytest.mark.parametrize("mark", [True, False], ids=["marked", "unmarked"])
@pytest.mark.parametrize("name", ["utf-32-le", "utf-32-be"])
def test_four_bytes_a_character(name, mark, tmp_path):
    path = tmp_path / "四字节.txt"
    path.write_bytes((("\ufeff" if mark else "") + PLAIN).encode(name))
    text, said = decode(path.read_bytes())
    assert (text, said) == (PLAIN, "utf-32" if mark else name)
    assert read(path).encoding == said


def test_older_encodings_are_told_by_their_statistics():
    data = TEXT.replace("≥", "").encode("big5") + b"\xf9\xfe\n"
    text, name = decode(data)
    assert text.startswith("項目名稱") or name == "gb18030"


def test_a_text_cut_in_the_middle_of_a_character():
    for name in ("utf-8", "gb18030"):
        source = read_rows(PLAIN.encode(name)[:-1] + "畅".encode(name)[:1], "甲.txt")
        assert source.encoding == name
        (note,) = source.notes
        assert "损坏" in note.reason
        assert note.location == Location(line=400, column=24) or note.location.line in (400, 401)


def test_bytes_that_are_no_text():
    with pytest.raises(ReadError, match="编码"):
        read_rows(bytes(range(128, 256)) * 50, "甲.txt")


def test_a_line_of_thirty_million_characters(tmp_path):
    path = tmp_path / "长.txt"
    path.write_bytes("甲".encode() * 10_000_000)
    with pytest.raises(ReadError, match="有一行超过 100 万字"):
        read(path)


def test_more_cells_than_any_form(monkeypatch):
    from kpi.readers import errors

    monkeypatch.setattr(errors, "MOST_CELLS", 100)
    with pytest.raises(ReadError, match="表格太大"):
        read_rows(b"a\tb\tc\n" * 50, "甲.txt")


def test_a_table_in_markdown():
    source = read_rows("| 甲 | 乙 |\n|---|:-:|\n| ≥5 | |\n".encode(), "甲.md")
    assert [[c.text for c in row.cells] for row in source.rows] == [["", "甲", "乙"], ["", "≥5", ""]]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("&gt;=80盏", ">=80盏"),
        (r"\>=24次", ">=24次"),
        (r"3360元/盏\.年", "3360元/盏.年"),
        ("**>=24次**", ">=24次"),
        ("`≥80盏`", "≥80盏"),
        ("设备完好率(≥**%)", "设备完好率(≥**%)"),  # the hole of a template
        (r"甲\|乙", "甲|乙"),
        ("A&B两座", "A&B两座"),
    ],
)
def test_a_cell_in_markdown_says_what_is_shown(written, shown):
    source = read_rows(f"| 甲 | 乙 | 丙 |\n|---|---|---|\n| 甲 | {written} | 丙 |\n".encode(), "甲.md")
    cells = source.rows[1].cells
    assert [c.text for c in cells] == ["", "甲", shown, "丙"]
    assert cells[3].location.column == len(f"| 甲 | {written} | ") + 1 - written.count(r"\|")


def test_one_damaged_byte_in_a_short_form():
    form = "项目支出绩效目标表\n项目名称\t湿地管护\n" + "产出指标\t数量指标\t巡护湿地面积\t≥300亩\n" * 6
    data = form.encode()
    source = read_rows(data[:40] + b"\xff" + data[40:], "表.txt")
    assert source.rows[2].cells[2].text == "巡护湿地面积"
    assert [one.location.line for one in source.notes] == [2]
