"""Waivers, baselines and the fingerprints that both stand on."""

import json
from datetime import date
from zipfile import ZipFile

import pytest
import yaml

from kpi import api, earlier
from kpi.cli import main
from kpi.rules import load
from kpi.rules.waiver_file import appended, load_waivers, renewed
from tests.forms import examples as formats

FORM = """\
项目支出绩效目标表
(2026年度)
项目名称\t松河镇道路养护
主管部门\t松河县交通局\t实施单位\t松河镇政府
年度资金总额\t200000元
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t养护道路里程\t约12公里
产出指标\t质量指标\t养护合格率\t≥120%
产出指标\t时效指标\t养护完成时间\t2026年11月底前
成本指标\t经济成本指标\t养护总成本\t≤600000元
效益指标\t社会效益指标\t道路通行情况\t效果显著
满意度指标\t服务对象满意度指标\t沿线居民满意度\t≥90%
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "表.txt").write_text(FORM, encoding="utf-8")
    return tmp_path


def edit(folder, old, new):
    text = (folder / "表.txt").read_text(encoding="utf-8")
    assert old in text
    (folder / "表.txt").write_text(text.replace(old, new), encoding="utf-8")


def find(rule, **more):
    return [finding for finding in api.lint("表.txt", **more).findings if finding.rule == rule]


def waive(*words):
    agreed = ["--reason", "试", "--by", "王芳", "--until", "2099-12-31"]
    assert main(["waive", *words, *agreed]) == 0


def test_a_finding_is_waived_until_its_value_changes(folder):
    [vague] = find("VAL003")
    waive(vague.fingerprint, "表.txt")
    [entry] = yaml.safe_load((folder / "kpi-waivers.yaml").read_text(encoding="utf-8"))
    assert entry["value"] == "效果显著"
    assert entry["project"] == "松河镇道路养护"
    assert not find("VAL003")
    assert not find("KPI003")
    outcome = api.lint("表.txt")
    assert [(w.finding.rule, w.reason, w.by, w.until) for w in outcome.result.waived] == [
        ("VAL003", "试", "王芳", date(2099, 12, 31))
    ]
    edit(folder, "效果显著", "明显改善")
    assert find("VAL003")
    [notice] = find("KPI003")
    assert "“效果显著”" in notice.message
    assert "“明显改善”" in notice.message
    assert notice.document == "kpi-waivers.yaml"
    assert notice.evidence[0].location.line == 7
    assert not find("KPI003", waivers=False)


def test_a_project_of_the_same_name_of_another_unit_is_not_waived_along(folder):
    (folder / "丙.txt").write_text(FORM.replace("松河镇政府", "柳桥镇政府"), encoding="utf-8")
    [vague] = find("VAL003")
    waive(vague.fingerprint, "表.txt")

    def left():
        return [f.document for f in api.lint("表.txt", "丙.txt", select="VAL003").findings]

    assert left() == ["丙.txt"]
    waive(vague.fingerprint, "丙.txt")  # an entry of its own
    assert left() == []
    assert len(yaml.safe_load((folder / "kpi-waivers.yaml").read_text(encoding="utf-8"))) == 2
    assert not api.lint(str(folder), select="KPI003").findings


def rename(folder, unit):
    (folder / "表.txt").write_text(FORM.replace("松河镇政府", unit), encoding="utf-8")


def test_a_waiver_names_its_unit_as_the_form_does(folder):
    """Also where no form in the run has the unit that it names: the other one's is waived by nobody."""
    [vague] = find("VAL003")
    waive(vague.fingerprint, "表.txt")
    for same in ("205-松河镇政府", "［205001］松河镇 政府", "（松河镇）政府"):
        rename(folder, same)
        assert not find("VAL003"), same
    rename(folder, "松河镇人民政府")
    assert find("VAL003")
    assert not find("KPI003"), "a part of the folder does not tell"
    [notice] = api.lint(".", select=["VAL003", "KPI003"]).result.notices
    assert "unit 写的是“松河镇政府”，这次读到的表里这样的问题是“松河镇人民政府”的" in notice.message
    assert "把 unit 改成表里的" in notice.suggestion
    assert "删去 unit 这一行" in notice.suggestion


def test_a_waiver_of_a_unit_whose_form_was_not_read_is_no_mistake(folder):
    (folder / "丙.txt").write_text(FORM.replace("松河镇政府", "柳桥镇政府"), encoding="utf-8")
    [vague] = find("VAL003")
    waive(vague.fingerprint, "表.txt")
    outcome = api.lint("丙.txt", select=["VAL003", "KPI003"])
    assert [f.rule for f in outcome.findings] == ["VAL003"]
    (folder / "表.txt").unlink()
    [notice] = api.lint(".", select=["VAL003", "KPI003"]).result.notices
    assert "“柳桥镇政府”" in notice.message
    (folder / "表.txt").write_text(FORM.replace("效果显著", "事故不超过3起"), encoding="utf-8")
    [notice] = api.lint(".", select=["VAL003", "KPI003"]).result.notices
    assert "已经没有这处问题" in notice.message, "its own form has it no more"


@pytest.mark.parametrize(
    ("unit", "left"),
    [("松河镇政府", ["丙.txt", "无.txt"]), ("''", ["丙.txt", "表.txt"]), ("", ["丙.txt", "表.txt"]), (None, [])],
)
def test_the_unit_of_an_entry_written_by_hand(folder, unit, left):
    """A blank one: forms that tell none. No such key: all of them."""
    (folder / "丙.txt").write_text(FORM.replace("松河镇政府", "柳桥镇政府"), encoding="utf-8")
    (folder / "无.txt").write_text(FORM.replace("\t实施单位\t松河镇政府", ""), encoding="utf-8")
    line = "" if unit is None else f"  unit: {unit}\n"
    for target in (f"fingerprint: {find('VAL003')[0].fingerprint}", "rule: VAL003\n  project: 松河镇道路养护"):
        entry = f"- {target}\n{line}  reason: 试\n  by: 王芳\n  until: 2099-12-31\n"
        (folder / "kpi-waivers.yaml").write_text(entry, encoding="utf-8")
        found = api.lint(".", select=["VAL003", "KPI003"]).findings
        assert [f.document for f in found] == left, "and nothing is wrong with the entry"


def test_a_waiver_of_a_form_without_a_unit_holds_for_such_forms_only(folder):
    (folder / "丙.txt").write_text(FORM, encoding="utf-8")
    edit(folder, "\t实施单位\t松河镇政府", "")
    waive(find("VAL003")[0].fingerprint, "表.txt")
    [entry] = yaml.safe_load((folder / "kpi-waivers.yaml").read_text(encoding="utf-8"))
    assert entry["unit"] == ""
    assert [f.document for f in api.lint(".", select=["VAL003", "KPI003"]).findings] == ["丙.txt"]
    (folder / "表.txt").unlink()
    [_, notice] = api.lint(".", select=["VAL003", "KPI003"]).findings
    assert "unit 写的是空的（没有写实施单位的表），这次读到的表里这样的问题是“松河镇政府”的" in notice.message


def test_width_and_blanks_do_not_outdate_a_waiver(folder):
    [rate] = find("VAL008")
    waive(rate.fingerprint)
    edit(folder, "≥120%", "≥ １２０％")
    assert not find("VAL008")
    edit(folder, "≥ １２０％", "≥130%")
    [notice] = find("KPI003")
    assert "不再适用" in notice.message


def test_a_waiver_lasts_through_its_last_day(folder):
    national = load()
    (folder / "kpi-waivers.yaml").write_text(
        "- {rule: VAL003, project: 松河镇道路养护, reason: 试, by: 王芳, until: 2026-06-30}\n", encoding="utf-8"
    )
    waivers = load_waivers(folder / "kpi-waivers.yaml", "kpi-waivers.yaml", national)
    from kpi.rules import lint

    def codes(today):
        return {f.rule for f in lint([api.read("表.txt")], national, waivers=waivers, today=today).findings}

    assert "VAL003" not in codes(date(2026, 6, 30))
    assert {"VAL003", "KPI003"} <= codes(date(2026, 7, 1))


def test_a_whole_family_in_a_folder(folder):
    waive("--rule", "VAL", "--folder", ".")
    outcome = api.lint(".")
    assert not [f for f in outcome.findings if f.rule.startswith("VAL")]
    assert {w.finding.rule for w in outcome.result.waived} >= {"VAL003", "VAL007", "VAL008"}


def test_what_is_mended_leaves_an_unused_waiver(folder):
    [rate] = find("VAL008")
    waive(rate.fingerprint)
    edit(folder, "≥120%", "≥98%")
    [notice] = find("KPI003")
    assert "没有用上" in notice.message
    assert not find("KPI003", select=["KPI003", "UNI"]), "a rule that did not run may have found it"


def test_waivers_below_and_above_and_elsewhere(folder, tmp_path):
    (tmp_path / "县").mkdir()
    (tmp_path / "县" / "表.txt").write_text(FORM, encoding="utf-8")
    (tmp_path / "乡").mkdir()
    (tmp_path / "乡" / "kpi-waivers.yaml").write_text(
        "- {rule: VAL003, folder: ., reason: 试, by: 王芳, until: 2099-12-31}\n", encoding="utf-8"
    )
    assert [f.rule for f in api.lint("县/表.txt", select=["VAL003"]).findings] == ["VAL003"]
    (tmp_path / "乡" / "kpi-waivers.yaml").rename(tmp_path / "kpi-waivers.yaml")
    assert not api.lint("县/表.txt", select=["VAL003"]).findings


@pytest.mark.parametrize("folder_of", ["../县", "{here}/县", "../乡/../县", ".."])
def test_a_side_file_lets_nothing_stand_beside_or_above_its_folder(folder, folder_of):
    for office in ("县", "乡"):
        (folder / office).mkdir()
        (folder / office / "表.txt").write_text(FORM.replace("松河镇", office), encoding="utf-8")
    entry = f"- {{rule: VAL003, folder: '{folder_of.format(here=folder)}', reason: 试, by: 王芳, until: 2099-12-31}}\n"
    (folder / "乡" / "kpi-waivers.yaml").write_text(entry, encoding="utf-8")
    outcome = api.lint("县", "乡", select=["VAL003", "KPI003"])
    assert [f.rule for f in outcome.findings] == ["VAL003", "VAL003", "KPI003"]
    assert "不在 kpi-waivers.yaml 所在的文件夹里面" in outcome.findings[-1].message
    assert not outcome.result.waived


def test_findings_of_two_folders_are_waived_in_each(folder, capsys):
    numbers = []
    for office in ("县", "乡"):
        (folder / office).mkdir()
        (folder / office / "表.txt").write_text(FORM.replace("松河镇", office), encoding="utf-8")
        numbers += [f.fingerprint for f in api.lint(office, select=["VAL003"]).findings]
    waive(*numbers, "县", "乡")
    assert capsys.readouterr().out.count("已写入 ") == 2
    assert not api.lint("县", "乡", select=["VAL003"]).findings


def test_what_came_out_of_an_archive_is_waived_beside_it(folder):
    with ZipFile(folder / "申报.zip", "w") as archive:
        archive.write(folder / "表.txt", "乡/表.txt")
    [vague] = api.lint("申报.zip", select=["VAL003"]).findings
    waive(vague.fingerprint, "申报.zip")
    assert (folder / "kpi-waivers.yaml").is_file()
    assert not api.lint("申报.zip", select=["VAL003"]).findings


def test_what_is_wrong_with_a_waiver_itself(folder):
    [rate] = find("VAL008")
    more = "reason: 试, by: 王芳, until: 2099-12-31"
    entries = (
        f"- {{rule: VAL003, folder: 县里, {more}}}",
        f"- {{fingerprint: {rate.fingerprint}, rule: TXT004, {more}}}",
        f"- {{rule: VAL003, project: 松河镇道路养护, {more}}}",
        f"- {{rule: VAL003, project: 松河镇道路养护, {more}}}",
    )
    (folder / "kpi-waivers.yaml").write_text("\n".join(entries), encoding="utf-8")
    no_folder, other, double = find("KPI003")
    assert "没有“县里”这个文件夹" in no_folder.message
    assert "写的是 TXT004，这个编号却是 VAL008 的问题" in other.message
    assert "第 3 行已经有一条" in double.message


def test_a_waiver_that_says_no_reason(folder, capsys):
    (folder / "kpi-waivers.yaml").write_text("- {rule: VAL, folder: ., reason: '', by: , until: 2099-12-31}\n", "utf-8")
    assert main(["lint", "表.txt"]) == 2
    said = capsys.readouterr().err
    assert "键 reason 空着，请填上" in said
    assert "键 by 空着，请填上" in said


def test_only_what_is_new(folder, capsys):
    assert main(["lint", "--format", "json", "-o", "基线.json", "--fail-on", "never", "表.txt"]) == 0
    before = json.loads((folder / "基线.json").read_text(encoding="utf-8"))
    assert main(["lint", "--format", "jsonl", "-o", "基线.jsonl", "--fail-on", "never", "表.txt"]) == 0
    assert earlier.baseline("基线.json") == earlier.baseline("基线.jsonl")
    same = api.lint("表.txt", baseline="基线.json")
    assert not same.findings
    assert (same.result.known, same.result.gone) == (len(before["findings"]), 0)
    edit(folder, "约12公里", "≥12公里")  # mended: gone
    edit(folder, "≥90%", "满意度高")  # new
    edit(folder, "≥120%", "≥110%")  # the same defect with another value: known
    now = api.lint("表.txt", baseline="基线.json")
    assert {f.rule for f in now.findings} == {"VAL004"}
    assert now.result.gone == 1
    capsys.readouterr()
    assert main(["lint", "--baseline", "基线.json", "表.txt"]) == 1
    said = capsys.readouterr().out
    assert "已消失 1 处" in said
    assert "比基线多了 1 处错误" in said


def test_gone_is_only_what_was_looked_for_again(folder):
    main(["lint", "--format", "json", "-o", "基线.json", "--fail-on", "never", "表.txt"])
    all_before = sum(earlier.baseline("基线.json").findings.values())
    some = api.lint("表.txt", baseline="基线.json", select=["UNI"]).result
    assert (some.gone, some.known + some.unseen) == (0, all_before)
    assert some.unseen
    (folder / "别的.txt").write_text(FORM.replace("松河道路养护", "旧桥加固"), encoding="utf-8")
    other = api.lint("别的.txt", baseline="基线.json").result
    assert other.gone == 0


def test_two_files_of_one_form_are_known_twice_and_no_more(folder):
    for name in ("二.txt", "三.txt"):
        (folder / name).write_text(FORM, encoding="utf-8")
    main(["lint", "--select", "VAL", "--format", "json", "-o", "b.json", "--fail-on", "never", "表.txt", "二.txt"])
    result = api.lint("表.txt", "二.txt", "三.txt", baseline="b.json", select=["VAL"]).result
    assert result.known == sum(earlier.baseline("b.json").findings.values())
    assert {f.document for f in result.findings} == {"三.txt"}


def test_copies_that_were_not_read_are_not_gone(folder):
    (folder / "局").mkdir()
    (folder / "局" / "二.txt").write_text(FORM, encoding="utf-8")
    main(["lint", "--format", "json", "-o", "b.json", "--fail-on", "never", "表.txt", "局"])
    every = sum(earlier.baseline("b.json").findings.values())
    result = api.lint("局/二.txt", baseline="b.json").result
    assert (result.known, result.gone, result.unseen) == (every // 2, 0, every - every // 2)
    edit(folder, "约12公里", "≥12公里")
    result = api.lint("表.txt", baseline="b.json").result
    assert (result.known, result.gone, result.unseen) == (every // 2 - 1, 1, every // 2)
    (folder / "表.txt").rename(folder / "另名.txt")
    assert api.lint("另名.txt", "局/二.txt", baseline="b.json").result.gone == 1
    (folder / "局" / "二.txt").unlink()
    result = api.lint("另名.txt", baseline="b.json").result
    assert (result.gone, result.unseen) == (1, every // 2), "which of the two it was, nobody knows"


def test_a_form_of_another_unit_is_not_the_one_that_was_removed(folder):
    (folder / "丙.txt").write_text(FORM.replace("松河镇政府", "柳桥镇政府"), encoding="utf-8")
    main(["lint", "--select", "VAL", "--format", "json", "-o", "b.json", "--fail-on", "never", "."])
    every = sum(earlier.baseline("b.json").findings.values())
    (folder / "丙.txt").rename(folder / "另名.txt")
    edit(folder, "松河镇政府", "南坪镇政府")
    (folder / "表.txt").rename(folder / "新.txt")
    result = api.lint(".", baseline="b.json", select=["VAL"]).result
    assert {f.document for f in result.findings} == {"新.txt"}
    assert (len(result.findings), result.known, result.gone, result.unseen) == (every // 2, every // 2, 0, every // 2)
    before = json.loads((folder / "b.json").read_text(encoding="utf-8"))
    for one in before["findings"]:
        assert one.pop("unit") in ("松河镇政府", "柳桥镇政府")
    (folder / "旧.json").write_text(json.dumps(before), encoding="utf-8")
    assert not api.lint(".", baseline="旧.json", select=["VAL"]).findings, "a report of before does not tell the unit"


def test_of_two_copies_the_one_that_got_worse_has_what_is_new(folder):
    (folder / "二.txt").write_text(FORM, encoding="utf-8")
    edit(folder, "约12公里", "≥12公里")
    main(["lint", "--select", "VAL", "--format", "json", "-o", "b.json", "--fail-on", "never", "表.txt", "二.txt"])
    edit(folder, "≥12公里", "约12公里")
    result = api.lint("表.txt", "二.txt", baseline="b.json", select=["VAL"]).result
    assert {(f.document, f.value) for f in result.findings} == {("表.txt", "约12公里")}
    assert result.gone == 0
    alone = api.lint("表.txt", baseline="b.json", select=["VAL"]).result
    assert {f.value for f in alone.findings} == {"约12公里"}, "that a copy elsewhere had it is no excuse"


def test_an_inserted_row_and_a_moved_file_keep_fingerprints(folder, tmp_path):
    before = {(f.rule, f.indicator): f.fingerprint for f in api.lint("表.txt").findings if f.indicator}
    edit(folder, "产出指标\t质量指标", "产出指标\t数量指标\t更换标志牌\t≥20块\n产出指标\t质量指标")
    (tmp_path / "新").mkdir()
    (tmp_path / "表.txt").rename(tmp_path / "新" / "另名.txt")
    after = {(f.rule, f.indicator): f.fingerprint for f in api.lint("新/另名.txt").findings if f.indicator}
    assert before.items() <= after.items()
    assert len(before) >= 4


def test_appending_keeps_what_people_wrote():
    hand = "# 我们的说明\n- {rule: VAL, folder: ., reason: 一, by: 王, until: 2099-01-01}  # 行尾"
    text = appended(hand, [{"rule": "UNI", "folder": ".", "reason": "a: b # c", "by": "王", "until": "2099-01-01"}])
    assert text.startswith(hand + "\n")
    assert yaml.safe_load(text)[1]["reason"] == "a: b # c"
    assert len(yaml.safe_load(appended("", [{"rule": "UNI"}, {"rule": "VAL"}]))) == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("reason: '见纪要 #4 it''s'   # 真的注释", "reason: 再延   # 真的注释"),
        ('reason: "一 # 二" # 注', "reason: 再延 # 注"),
        ("reason: 纪要#4", "reason: 再延"),
        ("reason: 上级\n    统一  # 注", "reason: 再延  # 注"),
        ("reason: |\n    一\n    二", "reason: 再延"),
    ],
)
def test_a_renewal_replaces_the_whole_text_and_keeps_comments(before, after):
    entry = "# 本乡\n- rule: VAL008\n  project: 甲\n  {}\n  by: 王  # 问过\n  until: 2026-01-01\n# 下面\n- rule: TIM\n"
    said = {"reason": "再延", "by": "李: 敏", "until": "2099-12-31"}
    made = entry.format(after).replace("王", "'李: 敏'").replace("2026-01-01", "'2099-12-31'")
    assert renewed(entry.format(before), 2, said) == made


WHOLE = """\
项目支出绩效目标表
(2026年度)
项目名称\t松河镇道路养护
主管部门\t松河县交通局\t实施单位\t松河镇政府
实施期资金总额\t1500000元\t年度资金总额\t1800000元
其中：中央财政资金\t700000元\t其中：中央财政资金\t1000000元
市县财政资金\t700000元\t市县财政资金\t800000元
年度目标\t养护道路12公里，更换标志牌40块；沿线居民满意度达到90%以上。
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t养护道路里程\t12公里
产出指标\t质量指标\t养护合格率\t≥98%
产出指标\t时效指标\t养护完成时间\t2026年11月底前
成本指标\t经济成本指标\t养护总成本\t≤1800000元
效益指标\t社会效益指标\t道路通行事故数\t≤2起
满意度指标\t服务对象满意度指标\t沿线居民满意度\t≥90%
"""
CHANGES = [
    ("CST006", "\t1800000元\n其中", "\t1900000元\n其中", "年度资金总额：1,800,000元", "年度资金总额：1,900,000元"),
    ("CST005", "市县财政资金\t700000元", "市县财政资金\t600000元", "市县财政资金：700,000", "市县财政资金：600,000"),
    ("TXT001", "标志牌40块", "标志牌60块", "更换标志牌40块", "更换标志牌60块"),
]


@pytest.fixture
def whole(folder):
    (folder / "表.txt").write_text(WHOLE, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("rule", "old", "new", "then", "now"), CHANGES)
def test_a_finding_of_a_whole_form_is_waived_until_its_figures_change(whole, rule, old, new, then, now):
    [found] = find(rule)
    assert found.value is None
    waive(found.fingerprint)
    [entry] = yaml.safe_load((whole / "kpi-waivers.yaml").read_text(encoding="utf-8"))
    assert then in entry["value"]
    edit(whole, "产出指标\t质量指标", "产出指标\t数量指标\t养护桥梁座数\t≥3座\n产出指标\t质量指标")
    edit(whole, "40块；", "４０块 ；")
    assert not find(rule), "an inserted row, other widths"
    assert not find("KPI003")
    (whole / "表.txt").write_text(WHOLE, encoding="utf-8")
    edit(whole, old, new)
    assert find(rule)
    [notice] = find("KPI003")
    assert f"“{then}" in notice.message
    assert now in notice.message
    waive(found.fingerprint)
    assert not find(rule), "agreed upon anew"
    assert not find("KPI003")


def test_what_is_put_right_of_a_whole_form_leaves_the_rest_waived(whole):
    edit(whole, "标志牌40块", "标志牌40块、护栏900米")
    [found] = find("TXT001")
    assert len(found.judged) == 2
    waive(found.fingerprint)
    edit(whole, "、护栏900米", "")
    assert not find("TXT001")
    assert not find("KPI003")


def test_an_entry_without_a_value_holds_as_before(whole):
    [found] = find("CST006")
    entry = f"- {{fingerprint: {found.fingerprint}, rule: CST006, reason: 试, by: 王芳, until: 2099-12-31}}\n"
    (whole / "kpi-waivers.yaml").write_text(entry, encoding="utf-8")
    edit(whole, "\t1800000元\n其中", "\t1900000元\n其中")
    assert not find("CST006")
    assert not find("KPI003")


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "html", "pdf"])
def test_a_waiver_of_a_whole_form_holds_in_every_format(whole, suffix):
    codes = [rule for rule, *_ in CHANGES]
    waive(*(find(rule)[0].fingerprint for rule in codes))
    paper = formats.paper_of(WHOLE)
    (whole / f"另存.{suffix}").write_bytes(formats.FORMATS[suffix](paper))
    outcome = api.lint(f"另存.{suffix}", select=[*codes, "KPI003"])
    assert {one.finding.rule for one in outcome.result.waived} == set(codes)
    assert not outcome.findings


@pytest.mark.parametrize(("rule", "old", "new", "then", "now"), CHANGES)
def test_other_figures_of_a_whole_form_are_new_beside_a_baseline(whole, rule, old, new, then, now):
    main(["lint", "--format", "json", "-o", "基线.json", "--fail-on", "never", "表.txt"])
    assert not find(rule, baseline="基线.json")
    edit(whole, old, new)
    assert find(rule, baseline="基线.json")
    before = json.loads((whole / "基线.json").read_text(encoding="utf-8"))
    [told] = [one.pop("judged") for one in before["findings"] if one["rule"] == rule]
    assert any(text in then for text in told) or any(then in text for text in told)
    (whole / "旧.json").write_text(json.dumps(before), encoding="utf-8")
    assert not find(rule, baseline="旧.json"), "a report of before does not tell the figures"


def test_one_of_two_alike_is_put_right_and_the_other_stays_known(whole):
    """The second one then has the name of the first."""
    edit(whole, "年度资金总额\t1800000元", "年度资金总额\t1900000元")
    first, second = find("CST005")
    main(["lint", "--format", "json", "-o", "基线.json", "--fail-on", "never", "表.txt"])
    edit(whole, "市县财政资金\t700000元", "市县财政资金\t800000元")
    [left] = find("CST005")
    assert left.fingerprint == first.fingerprint
    assert left.judged == second.judged
    assert not find("CST005", baseline="基线.json")
