"""What kpi wrote itself is left out of a folder, and what people filled into it is not written over."""

import json
import os
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from kpi.cli import main
from kpi.ownfiles import made_by_kpi, written_by_kpi

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
OUTPUTS += [(c, f"果.{s}") for c in ("monitor", "evaluate", "compare") for s in ("xlsx", "docx", "html", "json", "txt")]
MORE = {
    "monitor": ["--actuals", "七月/完成.csv", "--as-of", "2026-07-31"], "evaluate": ["--actuals", "七月/完成.csv"],
    "compare": ["表.txt"],
}  # fmt: skip
ACTUALS = "二级指标,三级指标,实际完成值\n数量指标,清淤渠道长度,12公里\n质量指标,清淤合格率,100%\n"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "表.txt").write_text(FORM, encoding="utf-8")
    (tmp_path / "七月").mkdir()
    (tmp_path / "七月/完成.csv").write_text(ACTUALS, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("command", "name"), OUTPUTS)
def test_outputs_bear_a_mark(command, name):
    main([command, "-o", name, "表.txt", *MORE.get(command, [])])
    assert made_by_kpi(Path(name).read_bytes())
    assert not made_by_kpi(FORM.encode())
    assert not made_by_kpi(ACTUALS.encode())


def test_a_folder_leaves_them_out_and_says_so(home, capsys):
    main(["lint", "-o", "单.xlsx", "表.txt"])
    main(["lint", "--annotate", "批.txt", "-q", "表.txt"])
    (home / "七月/完成.csv").unlink()
    capsys.readouterr()
    main(["lint", "-q", "."])
    said = capsys.readouterr().out
    assert "跳过 kpi 自己生成的文件：2 个" in said
    assert "1 张表" in said


def test_its_own_files_are_skipped_and_nothing_that_failed(home):
    """Also where a folder holds nothing else: that run fails, and each file is called what it is."""
    (home / "旧结果").mkdir()
    main(["lint", "-o", "旧结果/单.csv", "表.txt"])
    assert main(["lint", "-o", "查.csv", "旧结果"]) == 2
    said = (home / "查.csv").read_text("utf-8")
    assert "没有检查成：这里只有 kpi 自己生成的文件" in said
    assert "\n跳过,," in said
    assert "没能检查" not in said
    main(["lint", "--format", "junit", "-o", "查.xml", "旧结果"])
    assert 'errors="1"' in (home / "查.xml").read_text("utf-8").splitlines()[1]
    main(["lint", "--format", "junit", "-o", "查.xml", "表.txt", "旧结果"])
    assert 'errors="0"' in (home / "查.xml").read_text("utf-8").splitlines()[1]


@pytest.mark.parametrize("command", ["review", "evaluate"])
def test_its_own_files_are_told_once(command, home, capsys):
    (home / "旧结果").mkdir()
    main(["lint", "-o", "旧结果/单.csv", "表.txt"])
    capsys.readouterr()
    main([command, "旧结果"])
    said = capsys.readouterr().out
    assert "跳过 kpi 自己生成的文件：1 个" in said
    assert "没有参加检查的内容" not in said


def test_what_a_comparison_could_not_check(home):
    """Files that hold no form, or that kpi wrote, stop nothing while another one of the folder has a form."""
    (home / "旧").mkdir()
    (home / "旧/表.txt").write_text(FORM, encoding="utf-8")
    (home / "旧/通知.txt").write_text("关于召开会议的通知\n", encoding="utf-8")
    main(["lint", "-o", "旧/单.csv", "表.txt"])
    assert main(["compare", "-o", "比.json", "旧", "表.txt"]) == 0
    assert json.loads((home / "比.json").read_text("utf-8"))["could_not_check"] == []
    (home / "旧/图.pdf").write_bytes(b"%PDF-1.4 broken")
    assert main(["compare", "-o", "比.json", "旧", "表.txt"]) == 2
    told = json.loads((home / "比.json").read_text("utf-8"))["could_not_check"]
    assert [one["path"].replace("\\", "/") for one in told] == ["旧/图.pdf"]


def test_where_nothing_was_read_nothing_is_gone(home, capsys):
    main(["lint", "-o", "底.json", "表.txt"])
    (home / "通知.txt").write_text("关于召开会议的通知\n", encoding="utf-8")
    assert main(["lint", "--baseline", "底.json", "-o", "查.md", "通知.txt"]) == 2
    assert "已消失" not in (home / "查.md").read_text("utf-8")


def test_the_same_form_twice_is_told(home, capsys):
    (home / "表二.txt").write_text(FORM, encoding="utf-8")
    main(["lint", "-q", "."])
    assert "同一张表“云岭镇灌渠清淤”出现 2 次" in capsys.readouterr().out


SHELLS = [(["completion", shell], "x") for shell in ("bash", "zsh", "fish", "powershell")]
OTHERS = [
    *((["schema", name], "x.json") for name in ("lint", "extract", "ruleset", "waivers")),
    *((["rules"], f"x.{suffix}") for suffix in ("txt", "json", "jsonl", "md")), (["rules", "show", "UNI"], "x.txt"),
    *((["parse", "≥5%", "", '基本"完成'], f"x.{suffix}") for suffix in ("json", "jsonl", "txt")),
    *((["lint", "表.txt", *how], f"x.{suffix}") for suffix in ("txt", "md") for how in ([], ["-q"], ["--explain"])),
    *((["lint", "表.txt", "--format", form], "x.out") for form in ("sarif", "junit", "github", "csv", "jsonl")),
    *(([command, "没有.txt"], f"x.{end}") for command in ("lint", "review", "extract") for end in ("txt", "json")),
    (["extract", "表.txt"], "x.jsonl"), (["review", "表.txt"], "x.jsonl"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "name"),
    [*(([command, "表.txt", *MORE.get(command, [])], name) for command, name in OUTPUTS), *SHELLS, *OTHERS],
)
def test_every_output_may_be_replaced_by_the_next(words, name, home):
    main([*words, "-o", name])
    assert written_by_kpi((home / name).read_bytes())
    if name.endswith(".txt"):
        assert not written_by_kpi((home / name).read_bytes() + "\n  下午问王科\n再定\n".encode())


@pytest.mark.parametrize("link", [os.symlink, os.link])
@pytest.mark.parametrize("words", [["lint", "夹"], ["extract", "夹"], ["review", "夹"], ["lint", "夹/表.txt"]])
def test_a_link_to_a_form_is_the_form(link, words, home, capsys):
    (home / "夹").mkdir()
    (home / "表.txt").rename(home / "夹/表.txt")
    link(home / "夹/表.txt", home / "结果.txt")
    assert main([*words, "-o", "结果.txt"]) == 2
    assert "覆盖" in capsys.readouterr().err
    assert (home / "夹/表.txt").read_text("utf-8") == FORM


def test_a_result_behind_a_link_is_replaced_there(home):
    main(["extract", "表.txt", "-o", "旧.txt"])
    os.symlink("旧.txt", "新.txt")
    assert main(["lint", "--fail-on", "never", "表.txt", "-o", "新.txt"]) == 0
    assert (home / "新.txt").is_symlink()
    assert "结论：" in (home / "旧.txt").read_text("utf-8")


def test_copies_with_notes_are_replaced_by_new_ones(home, capsys):
    for name in ("若干公里", "多公里"):
        (home / "表.txt").write_text(FORM.replace("多公里", name), encoding="utf-8")
        main(["lint", "-q", "--annotate", "批.txt", "表.txt"])
        assert name in (home / "批.txt").read_text("utf-8")


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04bad", b"%PDF", b"{", b"\0" * 9, b"\xff\xfe"])
def test_broken_files_are_not_its_own(data):
    assert not made_by_kpi(data)
    assert not written_by_kpi(data)


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


@pytest.mark.parametrize("head", ["得分", "分值"])
def test_points_filled_into_a_list_are_work_too(head, home, capsys):
    main(["monitor", "表.txt", "--template", "完成.xlsx"])
    book = openpyxl.load_workbook(BytesIO((home / "完成.xlsx").read_bytes()))
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for row in sheet.iter_rows(min_row=2):  # nothing but the points is left
        for cell in row:
            if cell.column not in (heads["项目名称"], heads["三级指标"]):
                cell.value = None
    sheet.cell(2, heads[head]).value = 8
    book.save("完成.xlsx")
    before = (home / "完成.xlsx").read_bytes()
    assert main(["lint", "-o", "完成.xlsx", "表.txt"]) == 2
    assert "1 处" in capsys.readouterr().err
    assert (home / "完成.xlsx").read_bytes() == before


REFUSED = [
    *((command, name) for command in ("lint", "review", "monitor", "evaluate", "compare", "extract") for name in (
        "x.pdf", "x.DOC", "x.wps", "x.xls", "x.yaml", "x.xml", "x.tar.gz",
    )),
    *((command, "x.csv") for command in ("review", "monitor", "evaluate", "compare", "extract")),
    *(("extract", name) for name in ("x.docx", "x.xlsx", "x.html")),
]  # fmt: skip


@pytest.mark.parametrize(("command", "name"), REFUSED)
def test_a_name_that_promises_another_format(command, name, home, capsys):
    """One sentence that says what can be written; nothing is, and nothing is read before it is said."""
    assert main([command, "-o", name, "没有.txt", *MORE.get(command, [])]) == 2
    assert not (home / name).exists()
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("错误：")
    assert err.count("\n") == 1
    assert "写不了" in err or "junit" in err
    assert ".json" in err or "junit" in err


@pytest.mark.parametrize("words", [["parse", "≤5万元"], ["rules"], ["rules", "show", "UNI001"], ["schema", "lint"]])
@pytest.mark.parametrize("name", ["x.docx", "x.pdf", "x.html"])
def test_what_writes_no_office_files_refuses_their_names(words, name, home, capsys):
    assert main([*words, "-o", name]) == 2
    assert f"写不了 {name[1:]} 文件" in capsys.readouterr().err
    assert not (home / name).exists()


@pytest.mark.parametrize(
    ("words", "name", "begins"),
    [
        (["parse", "≤5万元"], "x.JSON", "["), (["parse", "≤5万元"], "x.jsonl", "{"), (["rules"], "x.Md", "#"),
        (["extract", "表.txt"], "x.Json", "{"), (["lint", "表.txt"], "x.HTM", "<!doctype html>"),
        (["monitor", "表.txt", *MORE["monitor"]], "x.HTML", "<!doctype html>"),
        (["compare", "表.txt", "表.txt"], "x.html", "<!doctype html>"),
        (["compare", "表.txt", "表.txt"], "x.Docx", "PK"), (["compare", "表.txt", "表.txt"], "x.XLSX", "PK"),
        (["extract", "表.txt"], "第2.1稿", "文件："), (["extract", "表.txt"], "x.TXT", "文件："),
        (["lint", "--format", "sarif", "表.txt"], "x.json", "{"),
        (["lint", "--format", "json", "表.txt"], "x.out", "{"),
    ],
)  # fmt: skip
def test_the_suffix_tells_the_format_in_whatever_case(words, name, begins, home):
    main([*words, "-o", name])
    assert (home / name).read_bytes().decode("utf-8", "replace").startswith(begins)


@pytest.mark.parametrize(("form", "name"), [("xlsx", "x.txt"), ("docx", "x.pdf"), ("json", "x.docx"), ("text", "x.et")])
def test_a_format_and_a_name_that_contradict(form, name, home, capsys):
    assert main(["lint", "--format", form, "-o", name, "表.txt"]) == 2
    assert f"--format {form} 写出来的不是 .{name[2:]} 文件" in capsys.readouterr().err
    assert not (home / name).exists()


@pytest.mark.parametrize(
    "text",
    [
        "绩效科 → 预算科\n  送审材料\n预算科 → 国库科\n  我的笔记\n",
        "结论：我的手写意见\n很多手写内容\n合计：没有项目\n",
        "没有意见。\n手写\n结论：没有检查成\n",
        '{"schema": "kpi.monthly/1", "值": 1}',
        '{"$schema": "x", "title": "kpi dashboard"}',
        "::error 手写\n",
        "级别,规则,问题,项目,我的列\n错误,A,b,c,d\n",
        "a → b\n" + "  a → b\n" * 60 + "x\n",
    ],
)
def test_what_only_looks_like_a_result_is_the_users(text):
    assert not written_by_kpi(text.encode())


def test_a_report_with_notes_below_is_the_users(home):
    for name, words in (("查.md", []), ("查.csv", ["--format", "csv"])):
        main(["lint", "表.txt", "-o", name, *words])
        data = (home / name).read_bytes()
        assert written_by_kpi(data)
        assert not written_by_kpi(data + "\n张三：已整改\n".encode())


def test_damage_inside_a_package_is_nobodys_mark():
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as package:
        package.writestr("docProps/core.xml", "<a>" + "字" * 5000 + "</a>")
    data = bytearray(buffer.getvalue())
    data[60:80] = b"\xff" * 20
    assert not made_by_kpi(bytes(data))
