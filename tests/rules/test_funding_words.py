"""What is said of a cell of money that holds words: that it states no amount, not that it is empty."""

import pytest

import kpi

FORM = (
    "项目支出绩效目标表\n(2027年度)\n项目名称\t村道养护\n{}\n一级指标\t二级指标\t三级指标\t指标值\n"
    "产出指标\t数量指标\t养护村道里程\t≥30公里\n满意度指标\t服务对象满意度\t沿线村民满意度\t≥90%\n"
)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("资金总额\t见附件", "年度资金总额写的是“见附件”，没有金额。"),
        ("项目资金\t均为财政拨款", "年度资金总额写的是“均为财政拨款”，没有金额。"),
        ("资金总额\t", "年度资金总额是空的。"),
        ("资金情况\t本项目预算20万元，其中财政拨款20万元", None),
        ("项目资金\t该项目无需资金", None),
        ("资金总额\t市级补助5万元，区级配套10万元", None),  # figures stand there, though none is the total
    ],
)
def test_words_are_quoted(tmp_path, row, said):
    path = tmp_path / "目标表.txt"
    path.write_text(FORM.format(row), encoding="utf-8")
    found = kpi.lint(path, select=["CST008"]).findings
    assert [one.message for one in found] == ([said] if said else [])


@pytest.mark.parametrize(
    ("money", "over"),
    [
        ("资金总额\t\n其中:县级补助\t12万元\n其他资金\t", True),  # one source: that is all there is
        ("资金总额\t\n其中:县级补助\t12万元\n其他资金\t6万元", False),  # whether one is part of the other is not told
        ("资金总额\t见附件\n其中:县级补助\t12万元", False),
    ],
)
def test_the_one_source_stands_for_a_blank_total(tmp_path, money, over):
    path = tmp_path / "目标表.txt"
    path.write_text(FORM.format(money) + "成本指标\t经济成本指标\t养护支出\t≤15万元\n", encoding="utf-8")
    found = kpi.lint(path, select=["CST001"]).findings
    assert bool(found) is over


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("资金总额\t48万(路面31万元,边沟9万元,护栏6万元)", "总额后面分的各项加起来是460,000元"),
        ("资金总额\t48万元（路面31万元、边沟11万元、护栏6万元）", None),
        ("资金总额\t48万元（其中中央资金31万元，县级资金9万元）", None),  # parts of it, and not all
        ("资金总额\t48万元（路面31公里，边沟9公里）", None),
    ],
)
def test_a_total_and_what_it_is_broken_down_into(tmp_path, row, said):
    path = tmp_path / "目标表.txt"
    path.write_text(FORM.format(row), encoding="utf-8")
    found = kpi.lint(path, select=["CST005"]).findings
    assert [said in one.message for one in found] == ([True] if said else [])
