"""Files that cannot be read: one plain sentence each that says what was found and what to do; the others go on."""

import os
import zipfile
from io import BytesIO

import pytest
from docx_parts import document, p, package, r
from reader_forms import CASES, as_docx, as_text

from kpi import api
from kpi.cli import main
from kpi.readers import ReadError, read
from kpi.readers.formats import convert
from kpi.readers.formats.sniff import real_kind

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def compound(*names, body=b""):
    """The head of an old office file whose directory holds streams of these names."""
    entries = b"".join(name.encode("utf-16-le").ljust(128, b"\x00") for name in names)
    return (OLE.ljust(512, b"\x00") + body).ljust(1024, b"\x00") + entries.ljust(512, b"\x00")


def zipped(**members):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name.replace("__", "/"), data)
    return buffer.getvalue()


GOOD = as_docx(CASES[0])
BAD = {
    "空.docx": (b"", "空的"),
    "空.xlsx": (b"", "空的"),
    "文本.docx": (b"not a zip", "不是有效的 Word 文件（.docx）"),
    "断.docx": (GOOD[: len(GOOD) // 2], "不是有效的 Word 文件（.docx）"),
    "断.xlsx": (b"PK\x03\x04broken", "不是有效的 Excel 表格（.xlsx）"),
    "密.docx": (compound("EncryptedPackage", "EncryptionInfo"), "加了密码"),
    "密.doc": (compound("WordDocument", body=b"\xec\xa5" + b"\x00" * 9 + b"\x01"), "加了密码"),
    "版式.ofd": (zipped(**{"OFD.xml": "<x/>"}), "OFD"),
    "改名.docx": (zipped(**{"OFD.xml": "<x/>"}), "OFD"),
    "包.rar": (b"Rar!\x1a\x07\x00", "RAR 压缩包"),
    "包.7z": (b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
    "照片.docx": (b"\x89PNG\r\n", "图片"),
    "照片.pdf": (b"\xff\xd8\xff\xe0", "图片"),
    "片.docx": (zipped(**{"[Content_Types].xml": "", "ppt__a.xml": ""}), "演示文稿"),
    "别的.docx": (zipped(**{"a.txt": "甲"}), "不是有效的 Word 文件"),
    "别的.doc": (compound("Other"), "旧版 Office"),
    "坏.doc": (b"\xd0\xcf", "另存为 .docx"),
    "实体.docx": (package({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "不是有效的"),
    "嵌套.docx": (document("<w:tbl><w:tr><w:tc>" * 3000 + "</w:tc></w:tr></w:tbl>" * 3000), "嵌套得太深"),
    "炸弹.docx": (document(p(r("甲" * 9_000_000))), "压缩得太厉害"),
    "半字.docx": (document(p(r("&#xD800;"))), "不是有效的"),
    "零.txt": (b"\x00\x01\x02\x03\x00\x00\x00", "不是文本"),
    "零.csv": (b"\x00\x01\x02\x03\x00\x00\x00", "不是文本"),
    "坏.pdf": (b"no pdf", "不是有效的 PDF 文件"),
    "坏.zip": (b"PK\x05\x06", "不是有效的压缩包"),
    "空包.zip": (zipped(**{"a.jpg": "x"}), "没有可读的文件"),
    "程序.exe": (b"MZ\x90", "不能读取“.exe”文件"),
    "无后缀": (b"x", "不能读取“无后缀”文件"),
    "长.txt": (b"x" * 30_000_000, "有一行超过"),
}


@pytest.mark.parametrize("name", BAD)
def test_one_sentence_that_says_what_to_do(name, tmp_path):
    data, says = BAD[name]
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReadError) as error:
        read(path)
    message = error.value.message
    assert says in message
    assert message.endswith("。")
    assert "请" in message
    assert "\n" not in message
    assert error.value.path == str(path)


def test_a_folder_of_bad_files_costs_no_good_one(tmp_path, capsys):
    for name, (data, _) in BAD.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "好.docx").write_bytes(GOOD)
    (tmp_path / "链.docx").symlink_to(tmp_path / "没有.docx")
    (tmp_path / "夹.docx").mkdir()
    os.mkfifo(tmp_path / "管.txt")
    assert main(["extract", str(tmp_path)]) == 2
    out = capsys.readouterr()
    assert "1 个文件、1 张表" in out.out
    for name in (*BAD, "链.docx", "管.txt"):
        assert (f"{name}：" in out.out) == (name not in ("程序.exe", "无后缀"))
    assert "指向的文件已不在" in out.out
    assert "不是普通文件" in out.out
    assert all(name in out.err for name in ("程序.exe", "无后缀"))


def test_one_bad_file_among_a_hundred(tmp_path, capsys):
    for number in range(100):
        (tmp_path / f"{number:03}.txt").write_text(as_text(CASES[number % len(CASES)]), encoding="utf-8")
    (tmp_path / "050.txt").write_bytes(b"\x00\x01\x02\x03\x00\x00\x00")
    assert main(["lint", "--quiet", "--fail-on", "never", str(tmp_path)]) == 2
    out = capsys.readouterr().out
    assert "99 个文件" in out
    assert "050.txt" in out


def test_a_file_that_goes_while_the_others_are_read(tmp_path):
    for name in ("甲.txt", "乙.txt"):
        (tmp_path / name).write_text(as_text(CASES[0]), encoding="utf-8")
    files = api.collect([str(tmp_path)])
    (tmp_path / "甲.txt").unlink()
    reading = api.read_files(files)
    assert len(reading.documents) == 1
    assert [f.message for f in reading.failures] == ["找不到这个文件，请检查路径和文件名。"]
    assert reading.blocked


def test_a_mistake_of_a_reader_costs_one_file(tmp_path, monkeypatch):
    from kpi import readers

    def fail(path, data=None):
        raise ZeroDivisionError

    (tmp_path / "甲.txt").write_text("甲")
    monkeypatch.setattr(readers, "read_all", fail)
    monkeypatch.delenv("KPI_TRACEBACK", raising=False)
    (failure,) = api.read_files(api.collect([str(tmp_path)])).failures
    assert "ZeroDivisionError" in failure.message
    monkeypatch.setenv("KPI_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        api.read_files(api.collect([str(tmp_path)]))


def test_memory_and_depth_are_sentences(monkeypatch):
    from kpi.readers.formats import text

    for problem, says in ((MemoryError, "太大"), (RecursionError, "嵌套得太深")):
        monkeypatch.setattr(text, "read_rows", lambda data, path, problem=problem: (_ for _ in ()).throw(problem()))
        with pytest.raises(ReadError, match=says):
            read("-", stdin=b"x")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (GOOD, "docx"),
        (zipped(**{"[Content_Types].xml": "", "xl__workbook.xml": ""}), "xlsx"),
        (zipped(**{"[Content_Types].xml": "", "xl__workbook.bin": ""}), "xlsb"),
        (zipped(**{"a.docx": ""}), "zip"),
        (compound("Workbook"), "xls"),
        (compound("WordDocument"), "doc"),
        (compound("PowerPoint Document"), "ppt"),
        (b"{\\rtf1", "rtf"),
        (b"\n%PDF-1.4", "pdf"),
        ("\ufeff<html>".encode(), "html"),
        ("<HTML xmlns:o='x'>".encode("utf-16"), "html"),
        (b"<?xml version='1.0'?><?mso-application progid=\"Excel.Sheet\"?><Workbook/>", "sheet-xml"),
        (b'<?xml version="1.0"?><w:wordDocument xmlns:w="x/office/word/2003/wordml"/>', "text-xml"),
        ("项目\t一\r\n二\t三\r\n".encode("utf-16-le"), "text"),
        ("项目\t1".encode("gb18030"), "text"),
        (b'{"schema": "kpi.extract/1"', "json"),
        (b"\x00\x00\x00\x01", "binary"),
    ],
)
def test_what_a_file_really_is(data, kind):
    assert real_kind(data) == kind


@pytest.mark.parametrize("name", ["表.xls", "表.doc", "表.et", "表.wps", "表.txt", "表.md", "表.tsv"])
def test_text_and_word_under_other_names(name, tmp_path):
    path = tmp_path / name
    path.write_text(as_text(CASES[0]), encoding="gb18030")
    assert read(path).reader == "text"
    path.write_bytes(GOOD)
    assert read(path).reader == "docx"


def test_without_an_office_program_old_files_say_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(convert, "find", lambda: None)
    for name, data, says in (
        ("甲.doc", compound("WordDocument"), "旧版 Word 文件（.doc）"),
        ("甲.wps", compound("WordDocument"), "WPS 文字文件"),
        ("甲.docx", compound("WordDocument"), "旧版 Word 文件（.doc）"),
        ("甲.rtf", b"{\\rtf1}", "RTF 文件"),
    ):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(ReadError) as error:
            read(tmp_path / name)
        assert says in error.value.message
        assert error.value.message.endswith("另存为 .docx 后再检查。")


FORM = "绩效目标表\n项目名称\t渡口修缮\n一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t修缮渡口\t4座\n"


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "pdf", "jpg", "zip"])
@pytest.mark.parametrize("name", ["utf-8", "gb18030", "utf-16"])
def test_a_text_under_another_name_is_read_with_a_remark(tmp_path, suffix, name):
    path = tmp_path / f"改名.{suffix}"
    path.write_bytes(FORM.encode(name))
    document = read(path)
    assert [i.name for table in document.tables for i in table.indicators] == ["修缮渡口"]
    assert document.unread == ()
    assert document.explain[0].startswith(f"文件名的后缀是“.{suffix}”，内容其实是文本")


@pytest.mark.parametrize("text", ["会议纪要\n第一项\n", "绩效\x00\x01指标值\n" * 3], ids=["other text", "no text"])
def test_only_a_form_is_read_under_another_name(tmp_path, text):
    path = tmp_path / "改名.docx"
    path.write_bytes(text.encode())
    with pytest.raises(ReadError, match="不是有效的 Word 文件"):
        read(path)
