"""What `kpi monitor`, `evaluate` and `compare` write for offices and browsers: what comes first, every project in a
line, how it went, lights that are seen; and that what was written can be read again as the same."""

import json
import re
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from docx import Document as Word

import kpi
from kpi.cli import main
from kpi.reports import (
    compare_docx,
    compare_html,
    compare_xlsx,
    contract_monitor,
    evaluate_docx,
    evaluate_html,
    evaluate_xlsx,
    monitor_batch,
    monitor_docx,
    monitor_html,
    monitor_json,
    monitor_overview,
    monitor_text,
    monitor_xlsx,
)
from kpi.reports.lightlooks import FILLS
from kpi.reports.lines import plain
from kpi.reports.monitor_closing import verdict

AS_OF = date(2026, 7, 31)
LONG = "青山镇" + "渠道" * 300
FORM = """\
项目支出绩效目标表
(2026年度)
项目名称\t{project}
主管部门\t青山县水务局\t实施单位\t青山镇水务站
项目资金（万元）\t年度资金总额\t50
年度总体目标\t疏浚渠道24公里。
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t疏浚渠道长度\t≥24公里
\t数量指标\t清运淤泥方量\t≥6000立方米
\t质量指标\t疏浚验收合格率\t≥98%
\t时效指标\t疏浚完工时间\t2026年11月底前
\t成本指标\t疏浚总成本\t≤50万元
效益指标\t社会效益指标\t受益农户\t≥900户
满意度指标\t服务对象满意度指标\t沿渠农户满意度\t≥92%
"""
HEAD = "项目名称,二级指标,三级指标,实际完成值,完成可能性,偏差原因\n"
ROWS = (
    ("数量指标", "疏浚渠道长度"), ("数量指标", "清运淤泥方量"), ("质量指标", "疏浚验收合格率"),
    ("时效指标", "疏浚完工时间"), ("成本指标", "疏浚总成本"), ("社会效益", "受益农户"),
    ("服务对象满意度", "沿渠农户满意度"),
)  # fmt: skip
NAMES = frozenset(name for _, name in ROWS)
GOOD = ("15公里", "3600立方米", "99%", "未到期", "25万元", "540户", "95%")
BAD = ("5公里", "2600立方米", "97%", "", "31万元", "100户", "95%")


def sheet(told, reasons=()):
    """`told`: the values by project."""
    text = HEAD
    for project, values in told.items():
        for number, ((level, name), value) in enumerate(zip(ROWS, values, strict=True)):
            reason = dict(reasons).get(number, "")
            sure = "确定能" if project == "乙渠疏浚" and number < 2 else ""
            text += f"{project},{level},{name},{value},{sure},{reason}\n"
        text += f"{project},,预算执行数,28万元,,\n"
    return text


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for project in ("甲渠疏浚", "乙渠疏浚", "丙渠疏浚"):
        (tmp_path / f"目标{project}.txt").write_text(FORM.format(project=project), "utf-8")
    now = {"甲渠疏浚": GOOD, "乙渠疏浚": BAD, "丙渠疏浚": GOOD}
    (tmp_path / "七月.csv").write_text(sheet(now, {1: "六月汛期停工"}), "utf-8")
    before = {"甲渠疏浚": ("2公里", *GOOD[1:]), "乙渠疏浚": ("4公里", "2000立方米", *GOOD[2:])}
    (tmp_path / "2026-04-30.csv").write_text(sheet(before), "utf-8")
    (tmp_path / "2026-02-28.csv").write_text(sheet({"甲渠疏浚": ("1公里", "300立方米", *GOOD[2:])}), "utf-8")
    return tmp_path


def watched(home, *previous, projects="甲渠疏浚 乙渠疏浚 丙渠疏浚"):
    files = [f"目标{name}.txt" for name in projects.split()]
    return kpi.monitor(*files, actuals="七月.csv", as_of=AS_OF, previous=previous)


def fill(cell):
    return cell.fill.fgColor.rgb[-6:]


def grid(page):
    return [[str(cell.value or "") for cell in row] for row in page.iter_rows()]


# ------------------------------------------------------------------------------------------------ on a screen


def test_several_projects_are_ranked_on_the_screen_the_worst_first(home, snapshot):
    outcome = watched(home, "2026-02-28.csv", "2026-04-30.csv")
    first, *_ = plain(monitor_text.render(outcome)).split("\n\n")
    assert [line.split()[1] for line in first.splitlines()[2:]] == ["乙渠疏浚", "甲渠疏浚", "丙渠疏浚"]
    trends = (plain(monitor_overview.trend(outcome, one)) for one in outcome.projects)
    snapshot("monitor-several.txt", "\n".join((first, *trends)))


def test_a_single_project_needs_no_list(home):
    text = plain(monitor_text.render(watched(home, projects="甲渠疏浚")))
    assert text.startswith("━━ 甲渠疏浚")
    assert "历次监控" not in text


# -------------------------------------------------------------------------------------------------- read again


@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
@pytest.mark.parametrize("previous", [(), ("2026-04-30.csv",)])
def test_what_was_written_says_the_same_when_it_is_read_again(home, suffix, previous):
    """No sheet and no list beside the forms is taken for rows of them; what is suggested or wanted is not read as
    said."""
    earlier = [word for path in previous for word in ("--previous", path)]
    again = ["--as-of", "2026-07-31", *earlier]
    main(["monitor", *(f"目标{p}.txt" for p in ("甲渠疏浚", "乙渠疏浚", "丙渠疏浚")), "--actuals", "七月.csv", *again,
          "-o", f"监控.{suffix}"])  # fmt: skip
    main(["monitor", f"监控.{suffix}", *again, "-o", "再.json"])
    first = watched(home, *previous)
    second = json.loads((home / "再.json").read_text("utf-8"))
    assert [(f.rule, f.project, f.indicator, f.message) for f in first.findings] == [
        (f["rule"], f["project"], f["indicator"], f["message"]) for f in second["findings"]
    ]
    assert [one.execution.rate for one in first.projects] == [
        kpi.parse(one["execution"]["rate"] + "%").upper.value for one in second["projects"]
    ]
    assert [len(one.indicators) for one in first.projects] == [len(one["indicators"]) for one in second["projects"]]
    assert not any(document.get("unread") for document in second["documents"])


@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
def test_how_a_row_is_compared_stays_as_the_officer_said_it(home, suffix):
    """The nature that the list overrides, the schedule; and no chance that was only reckoned."""
    told = "三级指标,实际完成值,指标性质,进度安排\n疏浚渠道长度,24公里,水平,\n清运淤泥方量,2000立方米,,30/30/30/100\n"
    (home / "改.csv").write_text(told + "疏浚总成本,31万元,,\n疏浚验收合格率,97%,,\n预算执行数,28万元,,\n", "utf-8")
    main(["monitor", "目标甲渠疏浚.txt", "--actuals", "改.csv", "--as-of", "2026-07-31", "-o", f"监控.{suffix}"])
    first = kpi.monitor("目标甲渠疏浚.txt", actuals="改.csv", as_of=AS_OF).projects[0]
    second = kpi.monitor(f"监控.{suffix}", as_of=AS_OF).projects[0]
    assert [(row.nature, row.light, row.verdict.expected) for row in first.indicators] == [
        (row.nature, row.light, row.verdict.expected) for row in second.indicators
    ]
    assert first.indicators[0].nature == "level"
    assert second.remarks == ()


@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
@pytest.mark.parametrize(("adjusted", "light"), [("26万元", "red"), ("40万元", "green")])
def test_the_adjusted_budget_is_written_and_read_again(home, suffix, adjusted, light):
    """28万元 of 50万元 is spent: of a budget that was cut to 26 it is too much."""
    told = f"三级指标,实际完成值\n疏浚渠道长度,14公里\n预算执行数,28万元\n调整预算数,{adjusted}\n"
    (home / "调.csv").write_text(told, "utf-8")
    main(["monitor", "目标甲渠疏浚.txt", "--actuals", "调.csv", "--as-of", "2026-07-31", "-o", f"监控.{suffix}"])
    first = kpi.monitor("目标甲渠疏浚.txt", actuals="调.csv", as_of=AS_OF).projects[0].execution
    second = kpi.monitor(f"监控.{suffix}", as_of=AS_OF).projects[0].execution
    assert first.light == light
    assert [one[:6] for one in (first, second)] == [first[:6]] * 2
    assert "（按年初预算数算）" in first.message


def test_only_what_grows_is_held_against_what_is_due_by_now(home):
    """A rate, a limit or a milestone is no share of anything that is due."""
    outcome = watched(home, projects="甲渠疏浚")
    rows = grid(openpyxl.load_workbook(BytesIO(monitor_xlsx.render(outcome))).worksheets[2])
    heads = next(row for row in rows if "占应完成" in row)
    shares = {row[2]: row[heads.index("占应完成")] for row in rows if row[2] in NAMES}
    assert [name for name, share in shares.items() if "%" in share] == ["疏浚渠道长度", "清运淤泥方量", "受益农户"]
    page = monitor_html.render(outcome)
    (section,) = re.findall(r"疏浚验收合格率<small>.*?</tr>", page)
    assert re.search(r'data-head="占应完成"[^>]*>(<div></div>)?</td>', section)


@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
def test_a_written_self_evaluation_can_be_read_again(home, suffix):
    money = "项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n"
    money += "\t年度资金总额\t50\t50\t40\t10\t80%\t9\n"
    form = FORM.format(project="甲渠疏浚").replace("目标表", "自评表").replace("(2026", "(2025")
    head, _, _ = form.partition("项目资金")
    told = ("12公里", "6100立方米", "99%", "2025年11月", "49万元", "700户", "95%")
    targets = ("≥24公里", "≥6000立方米", "≥98%", "2025年11月底前", "≤50万元", "≥900户", "≥92%")
    points = (20, 10, 10, 10, 10, 20, 10)
    rows = "".join(
        f"\t{level}\t{name}\t{target}\t{value}\t{point}\t{point}\t\n"
        for (level, name), target, value, point in zip(ROWS, targets, told, points, strict=True)
    )
    heads = "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因\n"
    lines = [head + money + heads + rows.replace("\t数量", "产出指标\t数量", 1)]
    (home / "自评.txt").write_text("".join([*lines, "总分\t\t\t\t\t100\t99\t\n"]), "utf-8")
    main(["evaluate", "自评.txt", "-o", f"重算.{suffix}"])
    main(["evaluate", f"重算.{suffix}", "-o", "再.json"])
    first, second = kpi.evaluate("自评.txt"), json.loads((home / "再.json").read_text("utf-8"))
    assert first.findings
    assert [(f.rule, f.indicator, f.message) for f in first.findings] == [
        (f["rule"], f["indicator"], f["message"]) for f in second["findings"]
    ]
    assert "没有读懂" not in (home / "再.json").read_text("utf-8")


def test_a_formula_without_a_result_is_told_as_such(home):
    """As a program leaves it that counts nothing: neither its figures nor a zero are what was achieved."""
    book = openpyxl.Workbook()
    for row in (("三级指标", "实际完成值"), ("疏浚渠道长度", "=10+4"), ("清运淤泥方量", "3600立方米"),
                ("疏浚总成本", "=SUM(B9:B12)"), ("预算执行数", "=20+8")):  # fmt: skip
        book.active.append(row)
    book.save("公式.xlsx")
    project = kpi.monitor("目标甲渠疏浚.txt", actuals="公式.xlsx", as_of=AS_OF).projects[0]
    told = {row.case.indicator.name: (row.light, row.message) for row in project.indicators}
    for name, text in (("疏浚渠道长度", "=10+4"), ("疏浚总成本", "=SUM(B9:B12)")):
        assert told[name][0] == "grey"
        assert f"“{text}”是公式，没有结果" in told[name][1]
    assert "“=20+8”是公式，没有结果" in project.execution.message


# ------------------------------------------------------------------------------------------------------ sheets


def _checked(sheet, cell):
    """What is told or offered where a cell is filled in."""
    return [one for one in sheet.data_validations.dataValidation if cell.coordinate in one.sqref]


def test_the_list_to_fill_in_keeps_its_names_and_tells_units(home):
    """Only what is to be filled in can be typed over; the unit and the words to choose from stand beside the cell."""
    text = FORM.format(project="丁渠疏浚") + "\t可持续影响指标\t管护机制\t健全\n"
    (home / "目标.txt").write_text(text, "utf-8")
    main(["monitor", "目标.txt", "--template", "清单.xlsx"])
    sheet = openpyxl.load_workbook("清单.xlsx").worksheets[0]
    assert (sheet.protection.sheet, sheet.protection.password) == (True, None)
    heads = {cell.value: cell.column for cell in sheet[1]}
    rows = {row[heads["三级指标"] - 1].value: row for row in sheet.iter_rows(min_row=2)}
    for name in ("项目名称", "二级指标", "三级指标", "年度指标值"):
        assert all(row[heads[name] - 1].protection.locked for row in rows.values())
    prompts = {}
    for name, row in rows.items():
        actual = row[heads["实际完成值"] - 1]
        assert not actual.protection.locked
        prompts[name] = [(one.type, one.prompt, one.formula1) for one in _checked(sheet, actual)]
        money = name in ("预算执行数", "年初预算数", "调整预算数")
        for head in ("完成可能性", "指标性质"):
            cell = row[heads[head] - 1]
            assert [one.type for one in _checked(sheet, cell)] == ([] if money else ["list"])
            assert cell.protection.locked is money
    assert prompts["疏浚渠道长度"] == [(None, "目标“≥24公里”。连同单位填，单位：公里", None)]
    assert "单位：万元" in prompts["疏浚总成本"][0][1]
    assert "填完成的那天" in prompts["疏浚完工时间"][0][1]
    assert prompts["管护机制"][0][::2] == ("list", '"达成,部分达成,未达成"')
    assert prompts["预算执行数"] == []


def test_the_workbook_begins_with_what_comes_first_and_shows_lights(home):
    book = openpyxl.load_workbook(BytesIO(monitor_xlsx.render(watched(home, "2026-02-28.csv", "2026-04-30.csv"))))
    assert book.sheetnames == ["汇总", "问题", "历次", "001 甲渠疏浚", "002 乙渠疏浚", "003 丙渠疏浚"]
    overview = grid(book["汇总"])
    assert "红灯" in overview[1][0]
    assert [row[0] for row in overview[4:7]] == ["乙渠疏浚", "甲渠疏浚", "丙渠疏浚"]
    assert fill(book["汇总"]["B5"]) == FILLS["red"]
    assert [row[-1] for row in overview[4:7]] == ["红灯", "红灯 好转", ""]
    assert any(row[0].startswith("先看这些") for row in overview)
    assert grid(book["问题"])[0][0].startswith("监控发现的问题")
    lights = {fill(row[15]) for row in book["002 乙渠疏浚"].iter_rows(min_row=11)}
    assert {FILLS["red"], FILLS["yellow"], FILLS["green"]} <= lights


def test_the_list_counts_every_light_apart_and_names_are_no_links(home):
    """22公里 of 24 in July are well ahead: blue. A long name breaks its line only where it is a plain text."""
    (home / "快.csv").write_text(sheet({"甲渠疏浚": ("22公里", *GOOD[1:]), "乙渠疏浚": BAD}), "utf-8")
    outcome = kpi.monitor("目标甲渠疏浚.txt", "目标乙渠疏浚.txt", actuals="快.csv", as_of=AS_OF)
    page = openpyxl.load_workbook(BytesIO(monitor_xlsx.render(outcome)))["汇总"]
    heads = [cell.value for cell in page[4]]
    rows = {row[0].value: dict(zip(heads, row, strict=True)) for row in page.iter_rows(min_row=5, max_row=6)}
    lights = ("红灯", "黄灯", "绿灯", "蓝灯", "灰灯")
    assert [rows["甲渠疏浚"][light].value for light in lights] == [None, None, 6, 1, None]
    assert not rows["甲渠疏浚"]["项目"].hyperlink
    assert rows["甲渠疏浚"]["监控表"].hyperlink.location == "'001 甲渠疏浚'!A1"


def test_how_it_went_is_a_sheet_in_the_colours_of_the_lights(home):
    book = openpyxl.load_workbook(BytesIO(monitor_xlsx.render(watched(home, "2026-02-28.csv", "2026-04-30.csv"))))
    page = book["历次"]
    rows = grid(page)
    assert rows[1][2:] == ["2026年2月28日", "2026年4月30日", "2026年7月31日", "变化"]
    dug = next(n for n, row in enumerate(rows, 1) if row[1] == "疏浚渠道长度")
    assert rows[dug - 1][2:] == ["1公里", "2公里", "15公里", "好转"]
    assert [fill(page.cell(dug, column)) for column in (3, 5)] == [FILLS["red"], FILLS["green"]]


def test_days_below_the_drawing_do_not_lie_on_each_other(home):
    for day in ("2026-04-12", "2026-05-08", "2026-05-20", "2026-06-01", "2026-07-20"):
        (home / f"{day}.csv").write_text(sheet({"甲渠疏浚": BAD}), "utf-8")
    days = ("2026-04-12", "2026-04-30", "2026-05-08", "2026-05-20", "2026-06-01", "2026-07-20")
    page = monitor_html.render(watched(home, *(f"{day}.csv" for day in days), projects="甲渠疏浚"))
    told = [(float(x), float(y)) for x, y in re.findall(r'<text x="([\d.]+)" y="(\d+)" text-anchor="middle">', page)]
    assert len(told) >= 3
    assert all(abs(x - left) >= 50 for n, (x, y) in enumerate(told) for left, row in told[:n] if row == y)
    assert ">7月31日</text>" in page


def test_the_conclusion_begins_with_the_money_that_is_red(home):
    """51万元 of 50万元 is spent, and the other project is far behind."""
    told = sheet({"甲渠疏浚": GOOD, "乙渠疏浚": BAD}).replace("甲渠疏浚,,预算执行数,28", "甲渠疏浚,,预算执行数,51")
    (home / "超.csv").write_text(told, "utf-8")
    outcome = kpi.monitor("目标甲渠疏浚.txt", "目标乙渠疏浚.txt", actuals="超.csv", as_of=AS_OF)
    said = "".join(span.text for span in verdict(outcome))
    money, rows, _ = said.split("。", 2)
    assert money == "有 1 个项目执行数超过预算（MON001），先看“甲渠疏浚”"
    assert rows.startswith("指标有 3 项红灯（MON001），先看“乙渠疏浚”的“")


def test_without_an_earlier_check_nothing_tells_of_one(home):
    outcome = watched(home)
    assert "历次" not in openpyxl.load_workbook(BytesIO(monitor_xlsx.render(outcome))).sheetnames
    assert "历次" not in monitor_html.render(outcome)
    assert ">上次<" not in monitor_html.render(outcome)


# -------------------------------------------------------------------------------------------------------- Word


def body(data):
    return ZipFile(BytesIO(data)).read("word/document.xml").decode()


def test_the_word_file_has_a_list_that_leads_to_every_project(home):
    data = monitor_docx.render(watched(home, "2026-04-30.csv"))
    xml, word = body(data), Word(BytesIO(data))
    assert re.findall(r'w:anchor="(p\d)"', xml) == ["p2", "p1", "p3"]
    assert re.findall(r'w:bookmarkStart w:id="\d" w:name="(p\d)"', xml) == ["p1", "p2", "p3"]
    listed = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    assert [row[3] for row in listed[1:]] == ["红灯", "绿灯", "绿灯"]
    assert f'w:fill="{FILLS["red"]}"' in xml
    assert any("红灯（MON001）" in paragraph.text for paragraph in word.paragraphs[:4])
    assert 'w:orient="landscape"' in xml


def test_a_single_project_in_word_has_no_list(home):
    data = monitor_docx.render(watched(home, projects="甲渠疏浚"))
    assert "w:anchor" not in body(data)
    assert "项目支出绩效运行监控汇总" not in body(data)


# ------------------------------------------------------------------------------------------------------- pages


def test_the_page_begins_with_the_conclusion_and_a_list(home):
    page = monitor_html.render(watched(home, "2026-02-28.csv", "2026-04-30.csv"))
    assert page.index("红灯（MON001）") < page.index("各项目（差的在前）") < page.index('id="p1"')
    assert re.findall(r'<a href="#(p\d)">', page)[:3] == ["p2", "p1", "p3"]
    assert page.count("<svg") == 2  # two projects have an earlier check
    assert '<span class="pill red">红灯</span>' in page
    assert "2月28日：1公里 红灯" in page


@pytest.mark.parametrize("render", [monitor_html.render])
def test_every_cell_of_a_page_knows_its_head(home, render):
    page = render(watched(home))
    cells = re.findall(r"<td\b[^>]*>", page)
    assert cells
    assert all('data-head="' in cell and 'data-head=""' not in cell for cell in cells)


def test_the_page_of_self_evaluations_tells_total_and_list(home):
    (home / "七月.csv").write_text(sheet({"甲渠疏浚": GOOD, "乙渠疏浚": BAD}), "utf-8")
    outcome = kpi.evaluate("目标甲渠疏浚.txt", "目标乙渠疏浚.txt", actuals="七月.csv")
    page = evaluate_html.render(outcome)
    assert page.index('class="said') < page.index("各项目") < page.index('id="p1"')
    assert all('data-head="' in cell for cell in re.findall(r"<td\b[^>]*>", page))
    assert "重算总分" in page
    assert openpyxl.load_workbook(BytesIO(evaluate_xlsx.render(outcome))).sheetnames[:2] == ["汇总", "问题"]
    assert re.findall(r'w:anchor="(p\d)"', body(evaluate_docx.render(outcome))) == ["p1", "p2"]


def test_a_comparison_is_a_real_page_and_real_files(home):
    changed = FORM.format(project="甲渠疏浚").replace("≥24公里", "≥20公里").replace("≥900户", "≥950户")
    (home / "新甲.txt").write_text(changed.replace("\t质量指标\t疏浚验收合格率\t≥98%\n", ""), "utf-8")
    outcome = kpi.compare("目标甲渠疏浚.txt", "新甲.txt")
    page = compare_html.render(outcome)
    assert page.startswith("<!doctype html>")
    assert "放松 1 处" in page
    assert '<span class="pill red">取消</span>' in page
    word = Word(BytesIO(compare_docx.render(outcome)))
    assert [row.cells[0].text for row in word.tables[0].rows] == ["变化", "放松", "收紧", "取消"]
    sheet_of = openpyxl.load_workbook(BytesIO(compare_xlsx.render(outcome))).active
    assert fill(sheet_of["E6"]) == FILLS["red"]
    assert "请核对理由" in sheet_of["A2"].value


def test_a_comparison_that_failed_says_so_in_every_file(home):
    (home / "通知.txt").write_text("关于召开会议的通知\n", "utf-8")
    outcome = kpi.compare("目标甲渠疏浚.txt", "通知.txt")
    for text in (compare_html.render(outcome), body(compare_docx.render(outcome))):
        assert "没有检查成" in text
        assert "通知.txt：没有找到绩效目标表" in text
        assert "两份目标一致" not in text


# ---------------------------------------------------------------------------------------------------- harmless


def test_a_name_of_hundreds_of_characters_and_one_of_markup(home):
    wild = '<script>alert(1)</script>" onload="x'
    for number, project in enumerate((LONG, wild)):
        (home / f"目标{number}.txt").write_text(FORM.format(project=project), "utf-8")
    rows = "".join(f'{level},{name},=cmd|calc\n' for level, name in ROWS)
    (home / "七月.csv").write_text("二级指标,三级指标,实际完成值\n" + rows, "utf-8")
    outcome = kpi.monitor("目标0.txt", "目标1.txt", actuals="七月.csv", as_of=AS_OF)
    page = monitor_html.render(outcome)
    assert "<script>" not in page
    assert "渠道" * 120 not in re.sub(r"<ul>.*", "", page)
    assert "渠道" * 120 not in plain(monitor_overview.overview(outcome))
    assert all(one.render(outcome) == one.render(outcome) for one in (monitor_xlsx, monitor_docx, monitor_html))
    book = openpyxl.load_workbook(BytesIO(monitor_xlsx.render(outcome)))
    assert not any(cell.data_type == "f" for page in book for row in page.iter_rows() for cell in row)


def test_json_tells_how_it_went_and_only_where_it_was_asked(home):
    outcome = watched(home, "2026-02-28.csv", "2026-04-30.csv")
    first = json.loads(monitor_json.render_json(outcome))["projects"][0]
    assert [(one["as_of"], one["light"]) for one in first["history"]] == [("2026-02-28", "red"), ("2026-04-30", "red")]
    dug = first["indicators"][0]["history"]
    assert [(one["as_of"], one["actual"], one["achievement"]) for one in dug] == [
        ("2026-02-28", "1公里", "4.17"), ("2026-04-30", "2公里", "8.33")
    ]  # fmt: skip
    contract_monitor.MonitorReport.model_validate_json(monitor_json.render_json(outcome))
    assert "history" not in monitor_json.render_json(watched(home))


def test_an_earlier_check_may_be_the_json_of_one(home):
    """With its money; a project that it does not tell of has no history."""
    april = kpi.monitor("目标甲渠疏浚.txt", actuals="2026-04-30.csv", as_of=date(2026, 4, 30))
    (home / "四月.json").write_text(monitor_json.render_json(april), "utf-8")
    outcome = watched(home, "四月.json")
    first, second, third = outcome.projects
    assert [point.rate for point in monitor_batch.points(outcome, first)] == [56, 56]
    assert len(monitor_batch.points(outcome, second)) == len(monitor_batch.points(outcome, third)) == 1
