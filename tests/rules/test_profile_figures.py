"""Figures of a profile in an office's ruleset: names and shapes are those of the base."""

import pytest

from kpi.rules import RulesetError, load

HEAD = "extends: national\nname: 本局\nprofiles:\n"


def said(tmp_path, figures, profile="national"):
    lines = "".join(f"      {line}\n" for line in figures.splitlines())
    path = tmp_path / "kpi-rules.yaml"
    path.write_text(f"{HEAD}  {profile}:\n    figures:\n{lines}", encoding="utf-8")
    try:
        return load(str(path)).profiles[profile], []
    except RulesetError as problem:
        return None, [str(message).removeprefix(str(path)).strip() for message in problem.messages]


def figure(name, value):
    return f"{name}: {{value: {value}, source: 本局 1 号文, verified: true}}"


def test_figures_in_the_shape_of_the_base_count(tmp_path):
    levels = figure("required", "[{label: 成本指标, any_of: [经济成本指标, 生态环境成本指标]}]")
    profile, wrong = said(tmp_path, "\n".join([figure("weight_sums", "[90, 100]"), levels]))
    assert not wrong
    assert profile.figures["weight_sums"].value == [90, 100]


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        (figure("requird", "[]"), "第 6 行：没有叫 requird 的数字"),
        (figure("weight_sums", "一百"), "weight_sums：value 现写“一百”，应是列表"),
        (figure("weight_sums", "[一百]"), "weight_sums：第 1 项现写“一百”，应是数字"),
        (figure("weight_sums", "[]"), "weight_sums：value 是空的"),
        (figure("grades", "{优: 九十}"), "grades：优 现写“九十”，应是数字"),
        (figure("required", "[{lable: 质量指标, any_of: [质量指标]}]"), "键“lable”不认识"),
        (figure("required", "[{lable: 质量指标, any_of: [质量指标]}]"), "第 1 项缺少“label”"),
        (figure("required", "[{label: 成本, any_of: [成本指标], only_for: 没有的}]"), "没有这个词表"),
        (figure("required", "[{label: 生态, any_of: [生态效应]}]"), "“生态效应”不是二级指标"),
        (figure("required", "[质量指标]"), "第 1 项现写“质量指标”，应是“键: 值”的形式"),
    ],
)
def test_what_would_not_count_or_break_later_is_told_where_it_stands(tmp_path, figures, told):
    _, wrong = said(tmp_path, figures)
    assert any(told in one for one in wrong), wrong


def test_a_profile_that_nothing_uses_is_told(tmp_path):
    _, wrong = said(tmp_path, figure("weight_sums", "[100]"), profile="natioal")
    assert any("没有叫 natioal 的指标体系" in one and "national" in one for one in wrong), wrong
