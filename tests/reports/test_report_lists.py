"""Hints of one rule all over a form are one list, everything else stays with its row."""

import kpi
from kpi.readers import read_text
from kpi.reports.lint_text import render

HEAD = "项目支出绩效目标表\n项目名称\t山门镇公厕管护\n一级指标\t二级指标\t三级指标\t指标值\n"
ROWS = "产出指标\t数量指标\t管护公厕\t{0}12座\n\t质量指标\t保洁合格率\t{0}95%\n\t时效指标\t报修处理时间\t<=2天\n"
REST = "效益指标\t社会效益\t惠及人口\t{0}3000人\n满意度指标\t服务对象满意度\t村民满意度\t{0}90%\n"


def report(sign: str) -> list[str]:
    outcome = kpi.lint(read_text(HEAD + (ROWS + REST).format(sign)), select=["VAL017"])
    return ["".join(span.text for span in line) for line in render(outcome)]


def test_five_of_a_kind_are_one_list_with_a_line_a_row():
    lines = report(">=")
    assert sum("VAL017" in line for line in lines) == 1
    assert any("书写不规范，5 处" in line for line in lines)
    assert any("管护公厕" in line and "“>=12座”" in line and line.endswith("“≥12座”") for line in lines)


def test_one_alone_stays_with_its_row():
    lines = report("≥")
    assert any(line.strip().startswith("▍时效指标 · 报修处理时间") for line in lines)
    assert not any("书写不规范，" in line for line in lines)
