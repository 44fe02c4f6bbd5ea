"""The command over folders, archives and formats that cannot be written."""

import errno
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlsxwriter

from kpi.cli import main
from kpi.fixes import drafts, lines
from tests.fixes.fixing import odd_forms
from tests.fixes.test_fix_steps import FORM as TWO_SIDED
from tests.fixes.test_fix_text import FIXED, FORM
from tests.forms.layouts import LAYOUTS
from tests.forms.writers import FORMATS


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def paper(name="one_half"):
    return LAYOUTS[name].draw(*odd_forms(name, 3))


def test_a_folder_in_place(capsys):
    Path("申报/局").mkdir(parents=True)
    for suffix in ("txt", "docx", "xlsx", "csv"):
        Path(f"申报/局/表.{suffix}").write_bytes(FORMATS[suffix](paper()))
    assert main(["fix", "--in-place", "申报"]) == 0
    assert "合计：4 个文件改了" in capsys.readouterr().out
    assert main(["fix", "--in-place", "申报"]) == 0
    assert capsys.readouterr().out.startswith("合计：没有能自动改的")
    assert sorted(path.name for path in Path("申报/局").iterdir()) == ["表.csv", "表.docx", "表.txt", "表.xlsx"]


def test_a_folder_to_another(capsys):
    Path("申报/甲").mkdir(parents=True)
    Path("申报/甲/表.txt").write_text(FORM, encoding="utf-8")
    Path("申报/表.txt").write_text(FORM, encoding="utf-8")
    assert main(["fix", "--output", "改好", "申报"]) == 0
    assert Path("改好/甲/表.txt").read_text(encoding="utf-8") == FIXED
    assert Path("改好/表.txt").read_text(encoding="utf-8") == FIXED
    assert Path("申报/表.txt").read_text(encoding="utf-8") == FORM


CLEAN = FIXED.replace("渠道衬砌", "水池新建")


def test_what_is_asked_for_elsewhere_is_whole_there(capsys):
    """Also where a single file of the folder changes, or none."""
    Path("申报").mkdir()
    Path("申报/表.txt").write_text(FORM, encoding="utf-8")
    Path("申报/好.txt").write_text(CLEAN, encoding="utf-8")
    assert main(["fix", "--output", "新夹", "申报"]) == 0
    assert Path("新夹/表.txt").read_text(encoding="utf-8") == FIXED
    assert Path("新夹/好.txt").read_text(encoding="utf-8") == CLEAN
    assert "没有改动的 1 个（新夹/好.txt）照原样写入。" in capsys.readouterr().out
    assert main(["fix", "--output", "另存.txt", "申报/好.txt"]) == 0
    assert Path("另存.txt").read_text(encoding="utf-8") == CLEAN
    assert main(["fix", "--output", "一份.txt", "申报"]) == 2
    assert "有 2 个文件要写，--output 要写文件夹" in capsys.readouterr().out
    assert main(["fix", "申报/好.txt"]) == 0
    assert sorted(path.name for path in Path("申报").iterdir()) == ["好.txt", "表.txt"]


def test_what_cannot_be_written_elsewhere_is_told(capsys):
    """An archive in the folder, though nothing is to change in it."""
    Path("申报").mkdir()
    Path("申报/表.txt").write_text(FORM, encoding="utf-8")
    with ZipFile("申报/好.zip", "w") as package:
        package.writestr("好.txt", CLEAN)
    assert main(["fix", "申报"]) == 0
    assert main(["fix", "--output", "新夹/", "申报"]) == 2
    assert "好.txt（不能改）\n  没有改：压缩包里的文件不能直接改" in capsys.readouterr().out
    assert [path.name for path in Path("新夹").iterdir()] == ["表.txt"]


@pytest.mark.parametrize("more", [[], ["--output", "申报/改好"]])
def test_copies_of_an_earlier_run_are_left_out(more, capsys):
    """The second run is about the originals alone, and says so."""
    Path("申报").mkdir()
    Path("申报/表.txt").write_text(FORM, encoding="utf-8")
    assert main(["fix", *more, "申报"]) == 0
    before = sorted(Path("申报").rglob("*.txt"))
    assert "副本" not in capsys.readouterr().out
    assert main(["fix", *more, "申报"]) == 0
    told = capsys.readouterr().out
    assert told.count("文件：") == 1
    assert "跳过以前改好的副本：1 个（" in told
    assert main(["fix", *more, "--format", "json", "申报"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert ["副本" in (one["error"] or "") for one in report["documents"]] == [False, True]
    assert report["summary"]["could_not_fix"] == 0
    assert main(["fix", *more, "--unsafe", "申报"]) == 0
    assert sorted(Path("申报").rglob("*.txt")) == before


def test_a_copy_that_is_named_itself_is_fixed():
    Path("表.txt").write_text(FIXED, encoding="utf-8")
    Path("表-改.txt").write_text(FORM, encoding="utf-8")
    assert main(["fix", "表.txt", "表-改.txt"]) == 0
    assert Path("表-改-改.txt").read_text(encoding="utf-8") == FIXED


def hidden(*, whole: bool) -> None:
    with xlsxwriter.Workbook("表.xlsx") as book:
        for name in ("表1", "表2"):
            sheet = book.add_worksheet(name)
            for at, line in enumerate(FORM.splitlines()):
                sheet.write_row(at, 0, line.split("\t"))
        if whole:
            book.add_worksheet("空").activate()
            book.get_worksheet_by_name("表1").hide()
        book.get_worksheet_by_name("表2").hide()


def test_what_was_not_read_is_told(capsys):
    hidden(whole=False)
    assert main(["fix", "--diff", "表.xlsx"]) == 0
    told = capsys.readouterr().out
    assert "没有读懂的内容：1 处，没有检查，也没有改\n" in told
    assert "工作表“表2”被隐藏" in told
    assert main(["fix", "--diff", "--quiet", "表.xlsx"]) == 0
    told = capsys.readouterr().out
    assert "没有读懂的内容：1 处" in told
    assert "被隐藏" not in told
    assert main(["fix", "--diff", "--format", "json", "表.xlsx"]) == 0
    (one,) = json.loads(capsys.readouterr().out)["documents"]
    assert ["隐藏" in part["reason"] for part in one["unread"]] == [True]
    assert one["error"] is None


def test_a_file_of_which_nothing_was_read(capsys):
    hidden(whole=True)
    assert main(["fix", "-o", "好.xlsx", "表.xlsx"]) == 2
    told = capsys.readouterr().out
    assert "请看“没有读懂的内容”" in told
    assert "没有读懂的内容：2 处" in told
    assert not Path("好.xlsx").exists()
    assert main(["fix", "--format", "json", "表.xlsx"]) == 2
    (one,) = json.loads(capsys.readouterr().out)["documents"]
    assert "没有一张表能读出来" in one["error"]


@pytest.mark.parametrize("suffix", ["pdf", "html"])
def test_formats_that_cannot_be_written(suffix, capsys):
    Path(f"表.{suffix}").write_bytes(FORMATS[suffix](paper()))
    assert main(["fix", f"表.{suffix}"]) == 2
    told = capsys.readouterr().out
    assert "不能直接改" in told
    assert "要手工改：" in told
    assert [path.name for path in Path().iterdir()] == [f"表.{suffix}"]


def test_archives(capsys):
    with ZipFile("表.zip", "w") as package:
        package.writestr("表.txt", FORM)
    assert main(["fix", "表.zip"]) == 2
    assert "请先解压" in capsys.readouterr().out


def test_extracted_forms_lead_to_no_other_file(capsys):
    Path("表.txt").write_text(FORM, encoding="utf-8")
    assert main(["extract", "--format", "json", "-o", "表.json", "表.txt"]) == 0
    assert main(["fix", "表.json"]) == 2
    assert "kpi extract" in capsys.readouterr().out
    assert not Path("表-改.txt").exists()


@pytest.mark.parametrize("suffix", ["txt", "csv", "docx", "xlsx"])
def test_a_file_that_changes_meanwhile(suffix, monkeypatch, capsys):
    Path(f"表.{suffix}").write_bytes(FORMATS[suffix](paper()))
    other = FORMATS[suffix](paper("two_halves"))
    monkeypatch.setattr(drafts, "file_bytes", lambda name: other)
    assert main(["fix", f"表.{suffix}"]) == 2
    assert "被改动" in capsys.readouterr().out
    monkeypatch.setattr(drafts, "file_bytes", lambda name: b"")
    assert main(["fix", f"表.{suffix}"]) == 2
    assert "没有改：" in capsys.readouterr().out


def test_a_full_disk(monkeypatch, capsys):
    def full(*arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    Path("表.txt").write_text(FORM, encoding="utf-8")
    monkeypatch.setattr(os, "fsync", full)
    assert main(["fix", "表.txt"]) == 2
    assert "没有改：写不了“表-改.txt”：磁盘已满。" in capsys.readouterr().out
    assert os.listdir() == ["表.txt"]


def test_what_does_not_read_as_it_should_is_not_written(monkeypatch, capsys):
    """The last look before a file is written."""
    Path("表.txt").write_text(FORM, encoding="utf-8")
    for made in (b"", FORM.encode()):
        monkeypatch.setattr(lines.TextWriter, "written", lambda self, edits, made=made: made)
        assert main(["fix", "表.txt"]) == 2
        assert "没有写文件" in capsys.readouterr().out
    assert os.listdir() == ["表.txt"]


def test_as_json(capsys):
    Path("表.txt").write_text(FORM, encoding="utf-8")
    assert main(["fix", "--format", "json", "表.txt"]) == 0
    report = json.loads(capsys.readouterr().out)
    places = {"changes": 3, "manual": 0, "unsafe": 0}
    assert report["summary"] == {"written": 1, **places, "could_not_fix": 0, "places": places}
    (one,) = report["documents"]
    assert one["written"] == "表-改.txt"
    assert {change["old"]: change["new"] for change in one["changes"]}["≥３.5公里"] == "≥3.5公里"
    assert one["changes"][-1]["where"]["location"] == {"line": 8, "column": 15}


def test_json_counts_places_as_people_read_them(capsys):
    """Both halves of a row are two changes and one place."""
    Path("表.txt").write_text(TWO_SIDED.replace("≥300户", "300户"), encoding="utf-8")
    assert main(["fix", "--diff", "表.txt"]) == 0
    told = capsys.readouterr().out
    assert main(["fix", "--diff", "--format", "json", "表.txt"]) == 0
    summary = json.loads(capsys.readouterr().out)["summary"]
    assert (summary["changes"], summary["unsafe"]) == (4, 2)
    assert summary["places"] == {"changes": 2, "manual": 0, "unsafe": 1}
    assert "可以改 2 处" in told
    assert "还有 1 处能填入" in told


def test_what_is_waived_is_not_changed(capsys):
    Path("表.txt").write_text(FORM, encoding="utf-8")
    Path("kpi-waivers.yaml").write_text(
        "- {rule: VAL017, project: 澄湖县渠道衬砌, reason: 平台导出即如此, by: 何秋, until: 2999-12-31}\n",
        encoding="utf-8",
    )
    assert main(["fix", "--diff", "表.txt"]) == 0
    told = capsys.readouterr().out
    assert "TXT008" in told
    assert "VAL017" not in told


def test_many_values_take_time_in_proportion():
    """A form of hundreds of rows: seconds."""
    rows = "".join(f"\t数量指标\t第{k}段渠道衬砌长度\t≥{k % 9 + 1}０公里\n" for k in range(400))
    Path("表.txt").write_text(FORM.replace("效益指标", rows + "效益指标"), encoding="utf-8")
    start = time.monotonic()
    assert main(["fix", "--quiet", "表.txt"]) == 0
    assert time.monotonic() - start < 120


def test_a_process_on_a_console_of_another_encoding():
    Path("表.txt").write_text(FORM, encoding="utf-8")
    root = Path(__file__).resolve().parents[2]
    run = [sys.executable, "-m", "kpi.cli", "fix", "表.txt"]
    settings = {"PYTHONPATH": str(root), "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PATH": ""}
    done = subprocess.run(run, env=settings, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert Path("表-改.txt").read_text(encoding="utf-8") == FIXED
