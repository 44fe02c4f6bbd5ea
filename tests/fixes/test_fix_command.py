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

from kpi.cli import main
from kpi.fixes import drafts, lines
from tests.fixes.fixing import odd_forms
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
    assert report["summary"] == {"written": 1, "changes": 3, "manual": 0, "unsafe": 0, "could_not_fix": 0}
    (one,) = report["documents"]
    assert one["written"] == "表-改.txt"
    assert {change["old"]: change["new"] for change in one["changes"]}["≥３.5公里"] == "≥3.5公里"
    assert one["changes"][-1]["where"]["location"] == {"line": 8, "column": 15}


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
