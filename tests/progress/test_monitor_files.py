"""`kpi monitor` with files: the sheet to fill in and back, the workbook, the library, the published schema."""

import json
import re
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from docx import Document
from openpyxl import load_workbook

import kpi
from kpi.cli import main
from kpi.progress.actuals import read_actuals
from kpi.readers import ReadError
from kpi.reports.schema import render

FORM = """项目支出绩效目标表
（2026年度）
项目名称\t双河社区日间照料
主管部门\t双河县民政局\t实施单位\t双河街道办
项目资金（元）\t年度资金总额\t365000
年度总体目标\t照料老人
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t照料服务人次\t≥3650人次
质量指标\t服务合格率\t≥95%
时效指标\t场地改造完成时间\t2026年9月底前
成本指标\t项目总成本\t≤36.5万元
效益指标\t社会效益指标\t家庭负担\t有效减轻
满意度指标\t服务对象满意度指标\t老人满意度\t≥90%
"""
DAY = date(2026, 7, 31)


@pytest.fixture
def form(tmp_path):
    path = tmp_path / "目标.txt"
    path.write_text(FORM, "utf-8")
    return path


@pytest.fixture
def filled(form, tmp_path):
    """The sheet as an officer hands it back."""
    path = tmp_path / "完成情况.xlsx"
    assert main(["monitor", str(form), "--template", str(path)]) == 0
    book = load_workbook(path)
    page = book.worksheets[0]
    answers = ["2120人次", "96%", "9月20日", "21.2万元", "达成", "92%", "21.2万元"]
    for row, answer in enumerate(answers, 2):
        page.cell(row, 5, answer)
    book.save(path)
    return path


def test_the_sheet_lists_every_indicator_and_the_money(form, tmp_path):
    path = tmp_path / "清单.xlsx"
    main(["monitor", str(form), "--template", str(path)])
    page = load_workbook(path).worksheets[0]
    assert [cell.value for cell in page[1]][:5] == ["项目名称", "二级指标", "三级指标", "年度指标值", "实际完成值"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    assert [row[2] for row in rows] == [
        "照料服务人次", "服务合格率", "场地改造完成时间", "项目总成本", "家庭负担", "老人满意度",
        "预算执行数", "年初预算数", "调整预算数",
    ]  # fmt: skip
    assert [row[8] for row in rows] == ["累计", "水平", "节点", "上限", "定性", "水平", None, None, None]
    assert [row[4] for row in rows[-3:]] == [None, "365000元", None]
    assert [cell.value for cell in page[1]][10:] == ["分值", "得分"]


def test_the_sheet_holds_what_the_form_tells(tmp_path):
    path, form = tmp_path / "清单.xlsx", tmp_path / "自评.txt"
    form.write_text(
        "项目支出绩效自评表\n（2026年度）\n项目名称\t双河社区日间照料\n主管部门\t双河县民政局\n"
        "项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n"
        "\t年度资金总额\t36.5\t40\t21.2\t10\t53%\t5.3\n"
        "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n"
        "产出指标\t数量指标\t照料服务人次\t≥3650人次\t2120人次\t50\t29\n",
        "utf-8",
    )
    main(["monitor", str(form), "--template", str(path)])
    rows = [[cell.value for cell in row] for row in load_workbook(path).worksheets[0].iter_rows(min_row=2)]
    assert [(row[2], row[4], row[10], row[11]) for row in rows] == [
        ("照料服务人次", "2120人次", "50", "29"), ("预算执行数", "21.2万元", None, None),
        ("年初预算数", "36.5万元", None, None), ("调整预算数", "40万元", None, None),
    ]  # fmt: skip


def test_the_same_form_gives_the_same_bytes(form, tmp_path):
    for name in ("甲.xlsx", "乙.xlsx"):
        main(["monitor", str(form), "--template", str(tmp_path / name)])
    assert (tmp_path / "甲.xlsx").read_bytes() == (tmp_path / "乙.xlsx").read_bytes()


def test_projects_of_one_name_are_told_apart_by_their_units(form, tmp_path):
    """The list that is made for them can be filled in and read back."""
    other, path = tmp_path / "目标2.txt", tmp_path / "清单.xlsx"
    other.write_text(FORM.replace("双河街道办", "东城街道办"), "utf-8")
    assert main(["monitor", str(form), str(other), "--template", str(path)]) == 0
    book = load_workbook(path)
    page = book.worksheets[0]
    assert [cell.value for cell in page[1]][:6] == [
        "项目名称", "实施单位", "二级指标", "三级指标", "年度指标值", "实际完成值",
    ]  # fmt: skip
    assert page.freeze_panes == "E2"
    assert {cell.value for cell in page["J"]} >= {"累计", "水平", "节点"}
    assert not page["F2"].protection.locked
    assert page["E2"].protection.locked
    for row in range(2, page.max_row + 1):
        first = page.cell(row, 2).value == "双河街道办"
        told = {"照料服务人次": "2120人次" if first else "800人次", "预算执行数": "21.2万元" if first else "5万元"}
        page.cell(row, 6, told.get(page.cell(row, 4).value, page.cell(row, 6).value))
    book.save(path)
    outcome = kpi.monitor(form, other, actuals=path, as_of=DAY)
    assert [str(one.execution.spent) for one in outcome.projects] == ["212000", "50000"]
    assert [one.indicators[0].light for one in outcome.projects] == ["green", "red"]
    assert not outcome.watched.stray
    assert [one.rows[0].actual for _, one in kpi.evaluate(form, other, actuals=path).evaluations] == [
        "2120人次", "800人次",
    ]  # fmt: skip


def test_an_earlier_check_of_projects_of_one_name(form, tmp_path, capsys):
    other, now, path = tmp_path / "目标2.txt", tmp_path / "七月.csv", tmp_path / "四月.json"
    other.write_text(FORM.replace("双河街道办", "东城街道办"), "utf-8")
    head = "项目名称,实施单位,三级指标,实际完成值\n"
    lines = "双河社区日间照料,双河街道办,照料服务人次,{}人次\n双河社区日间照料,东城街道办,照料服务人次,{}人次\n"
    now.write_text(head + lines.format(900, 100), "utf-8")
    both = ["monitor", str(form), str(other), "--actuals", str(now), "--format", "json"]
    main([*both, "--as-of", "2026-04-30"])
    path.write_text(capsys.readouterr().out, "utf-8")
    now.write_text(head + lines.format(1000, 80), "utf-8")
    main([*both, "--as-of", "2026-07-31", "--previous", str(path), "--select", "MON007"])
    [found] = json.loads(capsys.readouterr().out)["findings"]
    assert "现在是 80人次，2026年4月30日已经是 100人次" in found["message"]


def test_an_unfilled_sheet_is_all_missing(form, tmp_path):
    path = tmp_path / "清单.xlsx"
    main(["monitor", str(form), "--template", str(path)])
    [project] = kpi.monitor(form, actuals=path, as_of=DAY).projects
    assert {one.missing for one in project.indicators} == {"blank"}
    assert project.light == "grey"
    assert kpi.monitor(form, actuals=path, as_of=DAY).could_not_check == 1
    assert [one.light for one in project.indicators] == ["grey", "grey", "green", "grey", "grey", "grey"]


def test_the_filled_sheet_is_read_back(form, filled):
    outcome = kpi.monitor(form, actuals=filled, as_of=DAY)
    [project] = outcome.projects
    assert [one.light for one in project.indicators] == ["green"] * 6
    assert project.execution.light == "green"
    assert str(project.gap) == "0"
    assert not outcome.findings


def test_the_workbook(form, filled, tmp_path):
    path = tmp_path / "结果.xlsx"
    assert main(["monitor", str(form), "--actuals", str(filled), "--as-of", "2026-07-31", "-o", str(path)]) == 0
    book = load_workbook(path)
    assert book.sheetnames[0] == "汇总"
    heads = [cell.value for page in book for row in page.iter_rows() for cell in row]
    assert {"1-7月执行情况", "偏差原因分析", "完成目标可能性", "经费保障", "有可能", "灯"} <= set(heads)
    first = path.read_bytes()
    main(["monitor", str(form), "--actuals", str(filled), "--as-of", "2026-07-31", "-o", str(path)])
    assert path.read_bytes() == first


@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
@pytest.mark.parametrize(
    ("spent", "kept"),
    [("1 20万元", "1 20万元"), ("48000万", "48000万"), ("4800000000", "4800000000元"), ("约二十万", "约二十万")],
)
def test_an_amount_that_cannot_be_used_is_kept(form, tmp_path, suffix, spent, kept):
    """Written out as it was read: of the amounts in the file, which are 元, it would be another one."""
    sheet, path = tmp_path / "完成.csv", tmp_path / f"结果.{suffix}"
    sheet.write_text(f"三级指标,实际完成值\n照料服务人次,2120人次\n预算执行数,{spent}\n", "utf-8")
    main(["monitor", str(form), "--actuals", str(sheet), "--as-of", "2026-07-31", "-o", str(path)])
    book = load_workbook(path) if suffix == "xlsx" else None
    cells = [str(cell.value) for page in book for row in page.iter_rows() for cell in row] if book else _cells(path)
    assert kept in cells


def test_a_slip_stays_one_when_the_workbook_is_checked_again(tmp_path):
    form, sheet, path = tmp_path / "目标.txt", tmp_path / "完成.csv", tmp_path / "结果.xlsx"
    own = "项目资金（元）\t年度资金总额\t365000"
    form.write_text(FORM.replace(own, "项目资金（万元）\t年度资金总额\t120"), "utf-8")
    sheet.write_text("三级指标,实际完成值\n照料服务人次,2120人次\n预算执行数,300000\n", "utf-8")
    main(["monitor", str(form), "--actuals", str(sheet), "--as-of", "2026-07-31", "-o", str(path)])
    [project] = kpi.monitor(path, as_of=DAY).projects
    assert "是预算1,200,000元的 2500 倍" in project.execution.doubt


@pytest.mark.parametrize("form_of_file", ["docx", "html"])
def test_for_word_and_for_a_browser(form, filled, tmp_path, form_of_file):
    path = tmp_path / f"结果.{form_of_file}"
    arguments = ["monitor", str(form), "--actuals", str(filled), "--as-of", "2026-07-31", "-o", str(path)]
    assert main(arguments) == 0
    first = path.read_bytes()
    main(arguments)
    assert path.read_bytes() == first
    text = first.decode("utf-8") if form_of_file == "html" else "\n".join(_cells(path))
    assert {"双河社区日间照料", "照料服务人次", "2120人次", "绿灯"} <= set(re.split(r"\s*[\n<>]+\s*", text))


def _cells(path):
    return [cell.text for table in Document(str(path)).tables for row in table.rows for cell in row.cells]


def test_a_page_holds_no_foreign_markup(tmp_path):
    form = tmp_path / "目标.txt"
    form.write_text(FORM.replace("老人满意度", "<script>老人满意度</script>"), "utf-8")
    sheet = tmp_path / "完成.csv"
    sheet.write_text("三级指标,实际完成值\n家庭负担,<b>达成</b>\n", "utf-8")
    path = tmp_path / "结果.html"
    main(["monitor", str(form), "--actuals", str(sheet), "--as-of", "2026-07-31", "-o", str(path)])
    page = path.read_text("utf-8")
    assert "<script" not in page
    assert "<b>" not in page


def test_json_is_as_published_and_feeds_the_next_check(form, filled, tmp_path, capsys):
    arguments = ["monitor", str(form), "--actuals", str(filled), "--format", "json"]
    assert main([*arguments, "--as-of", "2026-07-31"]) == 0
    printed = capsys.readouterr().out
    report = json.loads(printed)
    jsonschema.validate(report, json.loads(render("monitor")))
    assert report["projects"][0]["unmatched"] == {"rows": [], "indicators": [], "near": []}
    earlier = tmp_path / "七月.json"
    earlier.write_text(printed, "utf-8")
    assert main([*arguments, "--as-of", "2026-08-31", "--previous", str(earlier), "--select", "MON007"]) == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []


def test_the_published_schema_is_fresh():
    path = Path(__file__).parents[2] / "docs" / "schema" / "monitor.schema.json"
    assert path.read_text("utf-8") == render("monitor")


def test_the_library_takes_actuals_that_are_read_already(form, filled):
    [project] = kpi.monitor(str(form), actuals=read_actuals(filled), as_of=DAY).projects
    assert project.light == "green"


def test_the_library_raises_for_what_it_cannot_read(form, tmp_path):
    with pytest.raises(ReadError):
        kpi.monitor(form, actuals=tmp_path / "没有.xlsx", as_of=DAY)


def test_explained(form, filled, capsys):
    assert main(["monitor", str(form), "--actuals", str(filled), "--as-of", "2026-07-31", "--explain"]) == 0
    assert "为什么算“累计”：年内逐步累计" in capsys.readouterr().out


@pytest.mark.parametrize("command", [["monitor", "--as-of", "2026-07-31"], ["evaluate"]])
def test_a_filled_list_is_no_form(form, filled, command, capsys):
    """It repeats the targets, so that it reads like a form."""
    for paths in ([filled], [form, filled]):
        assert main([*command, *map(str, paths)]) == 2
        said = capsys.readouterr().err
        assert "完成情况.xlsx 是完成情况的清单，不是表；清单要和申报的目标表一起给" in said
        assert f"kpi {command[0]} 目标表 --actuals" in said


def test_a_filled_list_is_not_compared(form, filled, capsys):
    assert main(["compare", str(form), str(filled)]) == 2
    assert capsys.readouterr().err.endswith("完成情况.xlsx 是完成情况的清单，不是表；请给申报的目标表。\n")


def test_a_list_that_lies_there_is_kept(form, filled, capsys):
    before = filled.read_bytes()
    assert main(["monitor", str(form), "--template", str(filled)]) == 2
    assert filled.read_bytes() == before
    assert "已经有了，没有改动" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["清单.docx", "清单.csv", "清单"])
def test_the_list_is_a_workbook(form, tmp_path, name, capsys):
    assert main(["monitor", str(form), "--template", str(tmp_path / name)]) == 2
    assert not (tmp_path / name).exists()
    assert "“清单.xlsx”" in capsys.readouterr().err


def test_the_filled_sheet_is_evaluated_by_project_with_its_money(form, filled):
    outcome = kpi.evaluate(form, actuals=filled)
    [(_, one)] = outcome.evaluations
    assert one.table.project
    assert one.execution.rate is not None
    assert [row.actual for row in one.rows][:2] == ["2120人次", "96%"]
    assert outcome.of_form(one) == outcome.findings


def test_a_day_of_another_year_is_told_in_short_as_well(form, filled, capsys):
    assert main(["monitor", str(form), "--actuals", str(filled), "--as-of", "2029-07-31", "-q"]) == 2
    assert "监控日2029年7月31日不在2026年度内" in capsys.readouterr().out


def test_the_year_is_projected(form, filled, capsys):
    main(["monitor", str(form), "--actuals", str(filled), "--as-of", "2026-07-31"])
    assert "推算全年约3650人次" in capsys.readouterr().out
