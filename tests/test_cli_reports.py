"""`kpi lint --format …` as it is typed: files, pipes, screens, and what cannot be done."""

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from kpi.cli import main
from kpi.commands.output import BINARY
from kpi.reports.lint_formats import FORMATS

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = str(ROOT / "examples" / "every-rule.txt")
FILES = sorted(BINARY)


@pytest.fixture(autouse=True)
def workplace(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Screen(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize("form", FORMATS)
def test_a_file(form, workplace, capsys):
    assert main(["lint", "--format", form, "--output", f"结果.{form}", EXAMPLE]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"结果已写入 结果.{form}\n合计：错误 ")
    assert "\n结论：还不能提交：" in err  # not left to be found in the file, or worse, not at all
    assert [path.name for path in workplace.iterdir()] == [f"结果.{form}"]


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in ("junit", "github")])
def test_the_name_of_the_file_tells_the_format(form, workplace):
    assert main(["lint", "-o", f"甲.{form.upper()}", "--fail-on", "never", EXAMPLE]) == 0
    assert main(["lint", "-o", "乙", "--format", form, "--fail-on", "never", EXAMPLE]) == 0
    assert (workplace / f"甲.{form.upper()}").read_bytes() == (workplace / "乙").read_bytes()


_FREE = [("text", "甲"), ("text", "甲.log"), ("json", "甲.txt"), ("sarif", "甲.json")]
_PROMISED = [("text", "甲.html"), ("json", "甲.HTM"), ("csv", "甲.json"), ("md", "甲.sarif")]


@pytest.mark.parametrize(("form", "name"), _FREE)
def test_what_is_asked_for_outranks_a_name_that_promises_nothing_else(form, name, workplace):
    main(["lint", "-o", name, "--format", form, EXAMPLE])
    assert (workplace / name).read_text(encoding="utf-8").startswith("序号" if form == "text" else "{")


@pytest.mark.parametrize(("form", "name"), _PROMISED)
def test_a_name_that_promises_another_format_is_refused(form, name, workplace, capsys):
    assert main(["lint", "-o", name, "--format", form, EXAMPLE]) == 2
    assert f"--format {form} 写出来的不是 .{name.partition('.')[2].lower()} 文件" in capsys.readouterr().err
    assert not (workplace / name).exists()


@pytest.mark.parametrize("form", FORMATS)
def test_a_pipe_gives_the_same_bytes(form, workplace):
    main(["lint", "--format", form, "-o", "甲", EXAMPLE])
    run = [sys.executable, "-m", "kpi.cli", "lint", "--format", form, EXAMPLE]
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai"}
    done = subprocess.run(run, env=settings, capture_output=True, check=False)
    assert done.returncode == 1, done.stderr.decode()
    assert done.stdout.replace(b"\r\n", b"\n") == (workplace / "甲").read_bytes().replace(b"\r\n", b"\n")


@pytest.mark.parametrize("form", FILES)
def test_a_screen_is_told(form, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdout", Screen())
    assert main(["lint", "--format", form, EXAMPLE]) == 2
    assert capsys.readouterr().err == f"错误：{form} 是文件，屏幕上看不了，请加 --output 文件名.{form}。\n"


@pytest.mark.parametrize("form", FILES)
def test_a_review_goes_into_a_pipe_and_not_on_a_screen(form, workplace, monkeypatch, capsysbinary):
    assert main(["review", "--format", form, "-o", f"甲.{form}", EXAMPLE]) == 0
    capsysbinary.readouterr()
    assert main(["review", "--format", form, EXAMPLE]) == 0
    assert capsysbinary.readouterr().out == (workplace / f"甲.{form}").read_bytes()
    monkeypatch.setattr(sys, "stdout", Screen())
    assert main(["review", "--format", form, EXAMPLE]) == 2
    assert f"请加 --output 文件名.{form}。".encode() in capsysbinary.readouterr().err


def test_a_folder_that_is_not_there_is_made(workplace, capsys):
    main(["lint", "-o", "新建/甲.xlsx", EXAMPLE])
    assert "结果已写入 新建/甲.xlsx" in capsys.readouterr().err
    assert (workplace / "新建/甲.xlsx").is_file()


def test_a_report_replaces_the_earlier_one_whole(workplace):
    main(["review", "-o", "甲.xlsx", EXAMPLE])
    main(["lint", "-o", "甲.xlsx", EXAMPLE])
    assert openpyxl.load_workbook(workplace / "甲.xlsx").sheetnames == ["问题清单", "统计", "检查说明"]


def template(path: Path, *paragraphs: str) -> None:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(path))


def test_the_own_template(workplace, capsys):
    template(workplace / "模板.docx", "清河县财政局", "{{项目开始}}", "{{项目名称}}", "{{项目结束}}")
    assert main(["lint", "--template", "模板.docx", "-o", "意见.docx", EXAMPLE]) == 1
    assert "注意：模板里没有放意见的地方" in capsys.readouterr().err
    texts = [paragraph.text for paragraph in docx.Document(str(workplace / "意见.docx")).paragraphs]
    assert texts[:2] == ["清河县财政局", "青石岭农村公路日常养护"]
    with zipfile.ZipFile(workplace / "意见.docx") as made, zipfile.ZipFile(workplace / "模板.docx") as given:
        assert made.namelist() == given.namelist()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--template", "模板.docx", "-o", "甲.xlsx"], "--template 是修改意见书的模板，要和 --format docx 同用。"),
        (["--template", "没有.docx", "-o", "甲.docx"], "没有模板“没有.docx”，请检查路径。"),
        (["--template", "坏.docx", "-o", "甲.docx"], "模板“坏.docx”不能用："),
        (["--template", "错.docx", "-o", "甲.docx"], "模板“错.docx”不能用：这里没有“{{项目名}}”这个占位符"),
        (["--template", "表.docx", "-o", "甲.docx"], "模板“表.docx”不能用：里面没有占位符，写出来会和它一模一样"),
        (["--template", "错.docx", "-o", "错.docx"], "--output 和 --template 是同一个文件"),
    ],
)
def test_a_template_that_cannot_be_used(arguments, sentence, workplace, capsys):
    (workplace / "坏.docx").write_text("文字", encoding="utf-8")
    template(workplace / "错.docx", "{{项目名}}")
    template(workplace / "表.docx", "项目名称　清水河护岸加固")
    assert main(["lint", *arguments, EXAMPLE]) == 2
    assert sentence in capsys.readouterr().err
    assert not (workplace / "甲.docx").exists()


def test_a_template_to_begin_with(workplace, capsys):
    assert main(["init", "--template"]) == 0
    assert "kpi lint --template" in capsys.readouterr().out
    (made,) = workplace.iterdir()
    assert made.name == "修改意见书模板.docx"
    assert main(["lint", "--template", made.name, "-o", "意见.docx", EXAMPLE]) == 1
    assert main(["lint", "-o", "原样.docx", EXAMPLE]) == 1
    assert (workplace / "意见.docx").read_bytes() == (workplace / "原样.docx").read_bytes()
    assert main(["init", "--template"]) == 2
    assert "已经有了，没有改动" in capsys.readouterr().err
