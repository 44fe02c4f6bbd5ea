"""What kpi wrote itself is left out of a folder, and what people filled into it is not written over."""

from io import BytesIO

import openpyxl
import pytest

from kpi.cli import main
from kpi.ownfiles import made_by_kpi

FORM = """\
项目支出绩效目标表
(2026年度)
项目名称\t云岭镇灌渠清淤
主管部门\t云岭县水利局\t实施单位\t灌区所
年度资金总额\t300000元
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t清淤渠道长度\t多公里
产出指标\t质量指标\t清淤合格率\t≥100%
效益指标\t社会效益指标\t受益农户\t大幅增加
"""
OUTPUTS = [("lint", f"果.{s}") for s in ("xlsx", "docx", "html", "json", "jsonl", "csv", "md", "txt")]
OUTPUTS += [("review", f"审.{s}") for s in ("xlsx", "docx", "html", "json", "txt")]


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "表.txt").write_text(FORM, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("command", "name"), OUTPUTS)
def test_outputs_bear_a_mark(command, name):
    main([command, "-o", name, "表.txt"])
    assert made_by_kpi(name)
    assert not made_by_kpi("表.txt")


def test_a_folder_leaves_them_out_and_says_so(capsys):
    main(["lint", "-o", "单.xlsx", "表.txt"])
    main(["lint", "--annotate", "批.txt", "-q", "表.txt"])
    capsys.readouterr()
    main(["lint", "-q", "."])
    said = capsys.readouterr().out
    assert "跳过 kpi 自己生成的文件：2 个" in said
    assert "1 张表" in said


def test_the_same_form_twice_is_told(home, capsys):
    (home / "表二.txt").write_text(FORM, encoding="utf-8")
    main(["lint", "-q", "."])
    assert "同一张表“云岭镇灌渠清淤”出现 2 次" in capsys.readouterr().out


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04bad", b"%PDF", b"{", b"\0" * 9, b"\xff\xfe"])
def test_broken_files_are_not_its_own(data):
    assert not made_by_kpi("x", data)


def test_filled_in_work_is_kept(home, capsys):
    main(["lint", "-o", "单.xlsx", "表.txt"])
    assert main(["lint", "-o", "单.xlsx", "--fail-on", "never", "表.txt"]) == 0
    book = openpyxl.load_workbook(BytesIO((home / "单.xlsx").read_bytes()))
    book.worksheets[0]["B2"] = "已改"
    book.save("单.xlsx")
    before = (home / "单.xlsx").read_bytes()
    assert main(["lint", "-o", "单.xlsx", "表.txt"]) == 2
    assert "已有填写的内容" in capsys.readouterr().err
    assert (home / "单.xlsx").read_bytes() == before


@pytest.mark.parametrize("name", ["x.pdf", "x.doc", "x.htm"])
def test_a_name_that_promises_another_format(name, home):
    assert main(["lint", "-o", name, "表.txt"]) == 2
    assert not (home / name).exists()
