"""`kpi waive` finds what monitoring and evaluating found, too."""

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
