"""`kpi waive` finds what monitoring and evaluating found, too."""

import json
import re

import pytest

from kpi.cli import main

FORM = """项目支出绩效目标表
（2026年度）
项目名称\t桥梁检测
项目资金（万元）\t年度资金总额\t12
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t检测桥梁座数\t≥40座
质量指标\t检测报告合格率\t≥98%
"""
DONE = "三级指标,实际完成值,偏差原因\n检测桥梁座数,5座,\n检测报告合格率,99%,\n"
AGREED = ["--reason", "汛期封路", "--by", "李敏", "--until", "2099-12-31"]


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    (tmp_path / "目标.txt").write_text(FORM, encoding="utf-8")
    (tmp_path / "七月.csv").write_text(DONE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("check", "more"),
    [
        (["monitor", "目标.txt", "--actuals", "七月.csv", "--as-of", "2026-07-31"],
         ["--actuals", "七月.csv", "--as-of", "2026-07-31"]),
        (["evaluate", "目标.txt", "--actuals", "七月.csv"], ["--actuals", "七月.csv"]),
    ],
    ids=["monitor", "evaluate"],
)  # fmt: skip
def test_a_finding_of_progress(check, more, tmp_path, capsys):
    main([*check, "--explain", "--fail-on", "never"])
    before = capsys.readouterr().out
    number = re.search(r"编号：([0-9a-f]{12})", before)[1]
    assert main(["waive", number, "目标.txt", *AGREED]) == 2  # lint knows no such finding
    assert "--actuals" in capsys.readouterr().err
    assert main(["waive", number, "目标.txt", *more, *AGREED]) == 0
    assert number in (tmp_path / "kpi-waivers.yaml").read_text(encoding="utf-8")
    main([*check, "--explain", "--fail-on", "never"])
    after = capsys.readouterr().out
    assert f"编号：{number}" not in after
    assert "已豁免：1 处" in after
    main(["lint", "目标.txt", "--fail-on", "never"])
    assert "KPI003" not in capsys.readouterr().out


def test_what_is_said_of_waivers_is_none_to_waive(tmp_path, capsys):
    gone = "- {rule: UNI001, project: 桥梁检测, reason: 汛期, by: 李敏, until: 2099-12-31}\n"
    (tmp_path / "kpi-waivers.yaml").write_text(gone, encoding="utf-8")
    main(["lint", "目标.txt", "--explain", "--fail-on", "never"])
    told = re.search(r"KPI003.*?编号：([0-9a-f]{12})（不能豁免）", capsys.readouterr().out, re.DOTALL)
    assert told
    assert main(["waive", "--rule", "KPI003", "--project", "桥梁检测", "目标.txt", *AGREED]) == 2
    assert "规则 KPI003 不能豁免（它说的是检查本身的问题）" in capsys.readouterr().err


def test_the_same_finding_in_two_folders_is_waived_in_both(tmp_path, capsys):
    bad = FORM.replace("≥98%", "≥980%")
    for folder in ("甲", "乙"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "目标.txt").write_text(bad, encoding="utf-8")
    main(["lint", "甲", "乙", "--select", "VAL008", "--explain", "--fail-on", "never"])
    number = re.search(r"编号：([0-9a-f]{12})", capsys.readouterr().out)[1]
    assert main(["waive", number, "甲", "乙", *AGREED]) == 0
    assert capsys.readouterr().out.count("1 条豁免") == 2
    for folder in ("甲", "乙"):
        assert main(["lint", folder, "--select", "VAL008,KPI003"]) == 0
        assert "没有发现问题" in capsys.readouterr().out


def test_drafts_with_values_of_their_own_have_a_waiver_each(tmp_path, capsys):
    (tmp_path / "稿").mkdir()
    for name, value in (("一稿", "≥980%"), ("二稿", "≥990%")):
        (tmp_path / "稿" / f"{name}.txt").write_text(FORM.replace("≥98%", value), encoding="utf-8")
    main(["lint", "稿", "--select", "VAL008", "--explain", "--fail-on", "never"])
    number = re.search(r"编号：([0-9a-f]{12})", capsys.readouterr().out)[1]
    assert main(["waive", number, "稿/一稿.txt", *AGREED]) == 0
    assert main(["waive", number, "稿/二稿.txt", *AGREED]) == 0
    assert main(["waive", number, "稿/一稿.txt", *AGREED]) == 0
    assert "1 条是原来就有的" in capsys.readouterr().out
    for path in ("稿", "稿/一稿.txt", "稿/二稿.txt"):
        main(["lint", path, "--select", "VAL008,KPI003", "--fail-on", "never"])
        told = capsys.readouterr().out
        assert "没有发现问题" in told, (path, told)
    (tmp_path / "稿" / "二稿.txt").write_text(FORM, encoding="utf-8")
    main(["lint", "稿", "--select", "VAL008,KPI003", "--fail-on", "never"])
    assert capsys.readouterr().out.count("KPI003") == 1


WATCHED = """绩效运行监控表
项目名称\t桥梁检测
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t偏差原因
产出指标\t数量指标\t检测桥梁座数\t≥40座\t5座\t
质量指标\t检测报告合格率\t≥98%\t99%\t
"""


def test_actuals_in_the_same_folder_hold_no_targets(tmp_path, capsys):
    """The waiver is written beside the target form, as `kpi monitor` names it, not beside what was achieved."""
    for name, text in (("批/申报/目标.txt", FORM), ("批/七月/监控.txt", WATCHED)):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    told = ["批", "--actuals", "批/七月/监控.txt", "--as-of", "2026-07-31"]
    main(["monitor", *told, "--explain", "--fail-on", "never"])
    number = re.search(r"编号：([0-9a-f]{12})", capsys.readouterr().out)[1]
    assert main(["waive", number, *told, *AGREED]) == 0
    assert number in (tmp_path / "批/申报/kpi-waivers.yaml").read_text(encoding="utf-8")


def test_figures_that_evaluate_cannot_use_are_a_sentence(tmp_path, capsys):
    (tmp_path / "kpi-rules.yaml").write_text(
        "extends: national\n"
        "profiles: {national: {figures: {far_above: {value: 很多, source: 试, verified: true}}}}\n",
        encoding="utf-8",
    )  # fmt: skip
    assert main(["evaluate", "目标.txt", "--actuals", "七月.csv"]) == 2
    said = capsys.readouterr().err
    assert "far_above" in said
    assert "应是数字" in said
    assert main(["waive", "0123456789ab", "目标.txt", "--actuals", "七月.csv", *AGREED]) == 2
    assert capsys.readouterr().err == said


def of_units(tmp_path, *units):
    """The same project of several units, and the number of what is wrong with each."""
    bad = FORM.replace("≥98%", "≥980%")
    for unit in units:
        told = f"\n实施单位\t{unit}" if unit else ""
        text = bad.replace("桥梁检测\n", f"桥梁检测{told}\n", 1)
        (tmp_path / f"{unit or '无'}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "目标.txt").unlink()


def left(capsys):
    capsys.readouterr()
    main(["lint", ".", "--select", "VAL008,KPI003", "--format", "json", "--fail-on", "never"])
    return sorted(one["document"] for one in json.loads(capsys.readouterr().out)["findings"])


def test_a_rule_in_a_project_of_several_units_says_whose_it_is(tmp_path, capsys):
    of_units(tmp_path, "城关镇政府", "柳桥镇政府", "")
    rule = ["waive", "--rule", "VAL008", "--project", "桥梁检测", *AGREED]
    assert main(rule) == 0
    said = capsys.readouterr().out
    assert "都用这一条：“城关镇政府”、“柳桥镇政府”、没有写实施单位的表。" in said
    assert "加 --unit 单位名称" in said
    assert left(capsys) == []
    (tmp_path / "kpi-waivers.yaml").unlink()
    assert main([*rule, "--unit", "柳桥镇 政府"]) == 0
    assert "--unit" not in capsys.readouterr().out
    assert "unit: 柳桥镇政府" in (tmp_path / "kpi-waivers.yaml").read_text(encoding="utf-8")
    assert left(capsys) == ["城关镇政府.txt", "无.txt"]
    assert main([*rule, "--unit", ""]) == 0
    assert left(capsys) == ["城关镇政府.txt"]
    assert main([*rule, "--unit", "柳桥镇政府"]) == 0
    assert "1 条是原来就有的" in capsys.readouterr().out
    assert main([*rule, "--unit", "南坪镇政府"]) == 2
    assert "没有实施单位是“南坪镇政府”的，没有写入；有的是“城关镇政府”、“柳桥镇政府”、" in capsys.readouterr().err
    assert main(["waive", "--rule", "VAL008", "--folder", ".", "--unit", "柳桥镇政府", *AGREED]) == 2
    assert "--unit 要和 --project" in capsys.readouterr().err


def test_a_number_that_several_units_have(tmp_path, capsys):
    of_units(tmp_path, "城关镇政府", "柳桥镇政府")
    main(["lint", ".", "--select", "VAL008", "--explain", "--fail-on", "never"])
    number = re.search(r"编号：([0-9a-f]{12})", capsys.readouterr().out)[1]
    assert main(["waive", number, "--unit", "柳桥镇政府", *AGREED]) == 0
    assert left(capsys) == ["城关镇政府.txt"]
    assert main(["waive", number, "--unit", "南坪镇政府", *AGREED]) == 2
    assert "有的是“城关镇政府”、“柳桥镇政府”" in capsys.readouterr().err
    assert main(["waive", number, *AGREED]) == 0
    said = capsys.readouterr().out
    assert "2 条豁免，到 2099-12-31 为止，其中 1 条是原来就有的" in said
    assert f"编号 {number} 在几个单位的表里都有，各写了一条：“城关镇政府”、“柳桥镇政府”。" in said
    assert left(capsys) == []


def test_a_renewal_says_that_it_stays_good_for_all_units(tmp_path, capsys):
    of_units(tmp_path, "城关镇政府")
    main(["lint", ".", "--select", "VAL008", "--explain", "--fail-on", "never"])
    number = re.search(r"编号：([0-9a-f]{12})", capsys.readouterr().out)[1]
    entry = f"- fingerprint: {number}\n  reason: 试\n  by: 王芳\n  until: 2020-12-31\n"
    (tmp_path / "kpi-waivers.yaml").write_text(entry, encoding="utf-8")
    assert main(["waive", number, *AGREED]) == 0
    assert "第 1 行原来就没有写 unit" in capsys.readouterr().out
