"""Old formats: .doc by the reader's own means, .rtf, .odt and the like by LibreOffice where it is installed."""

import random
import shutil
import subprocess
import sys
from contextlib import suppress

import pytest
from docx_parts import document, p, r, tbl, tc, tr
from reader_forms import CASES, as_docx, as_text, reading

from kpi.model import Location
from kpi.readers import ReadError, read, read_text
from kpi.readers.formats import convert, doc, docx, losses
from kpi.readers.formats.lock import Busy, alone
from kpi.readers.grid import GridCell, Row

OFFICE = convert.find()
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def old(tmp_path_factory):
    """All layouts as .doc, .rtf and .odt, saved by LibreOffice in one run each."""
    folder = tmp_path_factory.mktemp("old")
    for number, case in enumerate(CASES):
        (folder / f"{number}.docx").write_bytes(as_docx(case))
    for kind in ("doc", "rtf", "odt"):
        subprocess.run(
            [
                OFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
                "--convert-to", kind, "--outdir", folder, *sorted(folder.glob("*.docx")),
            ],
            capture_output=True, check=True, timeout=120,
        )  # fmt: skip
    return folder


@needs_office
@pytest.mark.slow
def test_old_word_files_say_what_new_ones_say(tmp_path):
    """Symbols, fields, deleted and hidden text, inner tables, paragraphs in a cell."""
    field = "".join(
        f"<w:r>{inner}</w:r>"
        for inner in (
            '<w:fldChar w:fldCharType="begin"/>', '<w:instrText xml:space="preserve"> =60*2 </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>', "<w:t>120</w:t>", '<w:fldChar w:fldCharType="end"/>',
        )
    )  # fmt: skip
    sign = '<w:r><w:sym w:font="{}" w:char="{}"/></w:r>'.format
    gone = '<w:del w:id="1" w:author="甲" w:date="2026-01-01T00:00:00Z"><w:r><w:delText>九十</w:delText></w:r></w:del>'
    inner = tbl(tr("内甲", "内乙"), tr("内丙", "内丁"))
    body = (
        p(r("题"), gone, r("藏", "<w:vanish/>"), r("目"))
        + tbl(
            tr(tc(p(sign("Symbol", "F0B3"), r("95%"))), tc(p(sign("Wingdings", "F0FE"), r("是"))), tc(p(field))),
            tr(tc(p(r("第一行")), p(r("第二行"))), "Ab©é", tc("外", inner, "")),
            tr(
                tc(p(r("≥10"), r("5", '<w:vertAlign w:val="superscript"/>'), r("个"))),
                tc(p(r("≥3"), r("5", "<w:strike/>"), r("6人"))),
                tc("外", tbl(tr("内甲", "内乙")), ""),
            ),
        )
        + p(r("末"))
    )
    (tmp_path / "新.docx").write_bytes(document(body))
    subprocess.run(
        [
            OFFICE, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
            "--convert-to", "doc", "--outdir", tmp_path, tmp_path / "新.docx",
        ],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    old, new = (
        [[cell.text for cell in row.cells] for row in reader.read_rows((tmp_path / name).read_bytes(), name).rows]
        for reader, name in ((doc, "新.doc"), (docx, "新.docx"))
    )
    assert old == new
    assert old[:3] == [["题目"], ["≥95%", "☑是", "120"], ["第一行\n第二行", "Ab©é", "外"]]
    assert old[3] == ["≥10⁵个", "≥36人", "外\n内甲 内乙"]
    assert doc.read_rows((tmp_path / "新.doc").read_bytes(), "新.doc").struck == ("5",)


def content(tables):
    return [reading(table) for table in tables]


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(CASES)), ids=[case["id"] for case in CASES])
def test_old_word_files_read_without_an_office_program(number, old, monkeypatch):
    monkeypatch.setattr(convert, "find", lambda: None)
    document = read(old / f"{number}.doc")
    assert content(document.tables) == content(read_text(as_text(CASES[number])).tables)
    assert (document.reader, document.unread) == ("doc", ())
    word = read(old / f"{number}.docx")
    assert [t.locations for t in document.tables] == [t.locations for t in word.tables]


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize("kind", ["rtf", "odt"])
def test_formats_that_are_converted(kind, old):
    document = read(old / f"0.{kind}")
    assert content(document.tables) == content(read_text(as_text(CASES[0])).tables)
    assert (document.reader, document.unread) == (kind, ())


@needs_office
@pytest.mark.slow
def test_a_word_file_under_another_name_is_read_and_told(old, tmp_path):
    path = tmp_path / "改名.docx"
    shutil.copy(old / "0.doc", path)
    document = read(path)
    assert len(document.tables) == 1
    (note,) = document.unread
    assert "内容实际是旧版 Word 文件（.doc）" in note.reason
    shutil.copy(old / "0.doc", tmp_path / "文字.wps")
    assert read(tmp_path / "文字.wps").unread == ()


@needs_office
@pytest.mark.slow
def test_mutated_old_files_are_read_or_refused(old, monkeypatch):
    monkeypatch.setattr(convert, "find", lambda: None)
    chance = random.Random(20263)
    sample = (old / "0.doc").read_bytes()
    read_some = 0
    for _ in range(150):
        data = bytearray(sample)
        for _ in range(chance.choice([1, 3, 30, 300])):
            data[chance.randrange(len(data))] = chance.choice([0, 1, 7, 255, chance.randrange(256)])
        with suppress(ReadError):
            read_some += bool(
                doc.read_rows(bytes(data[: chance.choice([len(data), chance.randrange(len(data))])]), "x").rows
            )
    assert read_some > 20


@pytest.fixture
def program(tmp_path, monkeypatch):
    """A program in the place of LibreOffice, as a Python script."""

    def make(script):
        path = tmp_path / "soffice"
        path.write_text(f"#!{sys.executable}\nimport sys, time, pathlib\n{script}\n")
        path.chmod(0o755)
        monkeypatch.setattr(convert, "find", lambda: str(path))

    return make


MADE = (
    "out = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1]); out.mkdir(); (out / 'form.docx').write_bytes({!r})"
)


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
def test_what_may_go_wrong_with_a_conversion(program, monkeypatch):
    rtf = b"{\\rtf1}"
    monkeypatch.setattr(convert, "TIME_LIMIT", 0.3)
    for script, says in (
        ("time.sleep(60)", "秒还没有完成"),
        ("sys.exit(1)", "可能已损坏或加了密码"),
        (MADE.format(b"PK"), "不是有效的 Word 文件"),
    ):
        monkeypatch.setattr(convert, "TIME_LIMIT", 0.3 if "sleep" in script else 60)
        program(script)
        with pytest.raises(ReadError, match=says):
            read("-", stdin=rtf)
    monkeypatch.setattr(convert, "find", lambda: "/nowhere/soffice")
    with pytest.raises(ReadError, match="没能启动"):
        read("-", stdin=rtf)


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
def test_what_a_conversion_lost_is_told(program):
    program(MADE.format(as_docx({"grid": [["项目名称", "甲"]]})))
    escaped = "".join(f"\\'{byte:02x}" for byte in "项目名称 项目名称".encode("gb18030"))
    (note,) = read("-", stdin=f"{{\\rtf1 {escaped}}}".encode()).unread
    assert "原有 2 处，转换后 1 处" in note.reason


def test_words_are_counted_in_every_format():
    rows = [Row((GridCell("指标\n值", 0, Location()),), 0, Location())]
    numbered = "".join(f"\\u{ord(c)}?" for c in "指标值")
    assert list(losses.lost(f"{{\\rtf1 {numbered}}}".encode(), "rtf", rows)) == []
    assert list(losses.lost(b"PK", "odt", rows)) == []
    (note,) = losses.lost("<a><b>指标</b>值</a><c>指标值</c>".encode(), "text-xml", rows)
    assert note.text == "指标值"


def test_one_at_a_time():
    with alone(1, "kpi-test"), pytest.raises(Busy), alone(0, "kpi-test"):
        pass
    with alone(0, "kpi-test"):
        pass


def test_a_busy_program_is_a_sentence(monkeypatch):
    monkeypatch.setattr(convert, "PATIENCE", 0)
    monkeypatch.setattr(convert, "find", lambda: "soffice")
    with alone(5), pytest.raises(ReadError, match="一直被别的检查占用"):
        read("-", stdin=b"{\\rtf1}")


def test_where_the_program_is_looked_for(monkeypatch, tmp_path):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(convert, "_PLACES", (str(tmp_path / "soffice"),))
    assert convert.find() is None
    (tmp_path / "soffice").write_text("")
    assert convert.find() == str(tmp_path / "soffice")
