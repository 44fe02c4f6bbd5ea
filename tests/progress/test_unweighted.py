"""Forms that print the points of their rows and no weights, the execution's points in a head: 得分(20分×执行率)."""

import pytest

import kpi
from kpi.readers import read_all, read_text
from kpi.reports import evaluate_docx, evaluate_xlsx
from kpi.reports.evaluate_closing import conclusion
from kpi.reports.evaluate_words import headline, reason

FORM = """\
2025年度石梁区古树名木复壮项目自评表
项目名称 | 古树名木复壮 |
主管部门 | 石梁区林业局 | 项目实施单位 | 石梁区林业站 |
预算执行情况（万元）（20分） | 预算数（A） | 执行数（B） | 执行率（B/A） | 得分（20分*执行率） |
年度财政资金总额 | 80 | 76 | 95% | {execution} |
年度绩效目标1（80分） | 一级指标 | 二级指标 | 三级指标 | 年初目标值（A） | 实际完成值（B） | 得分 |
产出指标 | 数量指标 | 复壮古树株数 | 26株 | 26株 | 30 |
质量指标 | 复壮方案专家评审 | 通过 | 通过 | 10 |
成本指标 | 复壮工程费用 | 80万 | 76万元 | 20 |
满意度指标 | 满意度指标 | 周边居民满意度 | 90% | 92% | 20 |
总分 | {total}分 |
"""
BELOW = "偏差大或目标未完成原因分析 | {} |\n"


def outcome_of(text: str):
    return kpi.evaluate(read_text(text))


def evaluated(execution: str = "19", total: str = "99", *, text: str = FORM):
    outcome = outcome_of(text.format(execution=execution, total=total))
    [(_, one)] = outcome.evaluations
    return one, {finding.rule: finding.message for finding in outcome.findings}


def test_what_is_printed_is_read():
    one, findings = evaluated()
    assert (one.execution.points, one.execution.score, one.printed_total) == (20, 19, 99)
    assert one.table.annual_funding.sources == {}
    assert findings == {}  # of how many points each row had to be, nobody knows
    assert headline(one).endswith("只核对了执行率得分和相加的总分")


@pytest.mark.parametrize(
    ("execution", "total", "rule", "said"),
    [
        ("20", "100", "EVL001", "预算执行率自评得 20 分，重算应得 19 分"),
        ("19", "97", "EVL002", "表中总分写 97 分，各项得分加起来是 99 分（30 + 10 + 20 + 20 + 19（执行率））"),
    ],
)
def test_what_can_be_recomputed_is(execution, total, rule, said):
    _, findings = evaluated(execution, total)
    assert list(findings) == [rule]
    assert said in findings[rule]


def test_points_beyond_the_whole():
    """With 42 for one row the rest adds up to 113: whatever the rows may have, that is more than there is."""
    _, findings = evaluated("19", "113", text=FORM.replace("92% | 20", "92% | 34"))
    assert findings == {"EVL002": "总分写 113 分，超过了满分 100 分。"}


def test_a_row_without_points_is_named_as_unchecked():
    outcome = outcome_of(FORM.format(execution="19", total="99").replace("92% | 20", "92% | "))
    assert not outcome.findings
    assert conclusion(outcome) == "有 1 项没有写得分，没法核对；改好后再检查一次。"


MISSED = FORM.format(execution="19", total="99").replace("26株 | 26株", "26株 | 22株")


@pytest.mark.parametrize(
    ("below", "rules", "cell"),
    [
        (BELOW.format("四株遭雷击"), [], "四株遭雷击"),
        (BELOW.format(""), ["EVL004"], ""),
        ("", [], "（原表没有偏差原因一栏）"),
    ],
    ids=["filled", "blank", "no place"],
)
def test_one_reason_below_all_rows(below, rules, cell):
    """Looked at again, what was written tells the same."""
    outcome = outcome_of(MISSED + below)
    [(_, one)] = outcome.evaluations
    assert [finding.rule for finding in outcome.findings] == rules
    assert reason(one, one.rows[0]) == cell
    assert one.awaits(one.rows[0]) == bool(rules)
    for render, name in ((evaluate_xlsx.render, "自评.xlsx"), (evaluate_docx.render, "自评.docx")):
        [again] = read_all(name, render(outcome))
        assert [finding.rule for finding in kpi.evaluate(again).findings] == rules


@pytest.mark.parametrize(
    ("change", "total"),
    [
        ({"（80分）": "（90分）", "92% | 20": "92% | 30"}, "90"),  # the points of the execution stand apart
        ({"总分 |": "附加分项 | 加分项 | 古树认养加分 | 有 | 有 | 3 |\n总分 |"}, "102"),
        (  # a row and its part
            {"数量指标 | 复壮古树株数": "数量指标 | 复壮古树 | 26株 | 26株 | 30 |\n | 其中：一级古树株数"}, "99",
        ),
    ],
    ids=["apart", "extra", "parts"],
)
def test_totals_that_are_right_in_their_way(change, total):
    text = FORM
    for old, new in change.items():
        assert old in text
        text = text.replace(old, new)
    _, findings = evaluated("19", total, text=text)
    assert "EVL002" not in findings


def test_points_that_stand_in_another_cell_are_not_missing():
    """30 for two rows in one merged cell: the others add up to the total."""
    outcome = outcome_of(FORM.format(execution="19", total="99").replace(
        "质量指标 |", " | 复壮古树后补植株数 | 8株 | 8株 |  |\n质量指标 |"))  # fmt: skip
    [(_, one)] = outcome.evaluations
    assert one.unscored == 0


@pytest.mark.parametrize(
    ("below", "said"),
    [
        ("偏差大或目标未完成原因分析：四株遭雷击 |\n", "四株遭雷击"),
        ("偏差大或目标未完成原因分析 |\n四株遭雷击 |\n", "四株遭雷击"),
        ("绩效指标未完成原因分析及改进措施 | 四株遭雷击 |\n", "四株遭雷击"),
        (BELOW.format("") + BELOW.format("四株遭雷击"), "四株遭雷击"),  # the row once more, on the next page
        ("偏差原因分析 |  | 填报人 | 李敏 |\n", ""),
        ("偏差原因分析 | （请说明未完成的原因） |\n", ""),
    ],
)
def test_where_the_reason_stands(below, said):
    [form] = read_text(MISSED + below).tables
    assert form.stated.reason == said


def test_points_that_the_names_end_in_are_weights():
    """20×22/26 = 16.92; 16.92 + 10 + 30 + 20 + 19 = 95.92."""
    text = MISSED
    named = {"复壮古树株数": 20, "复壮方案专家评审": 10, "复壮工程费用": 30, "周边居民满意度": 20}
    for name, points in named.items():
        text = text.replace(name, f"{name}（{points}分）")
    [(_, one)] = outcome_of(text + BELOW.format("四株遭雷击")).evaluations
    assert (one.weights_from, [int(row.weight) for row in one.rows]) == ("form", [20, 10, 30, 20])
    assert str(one.rows[0].score.score) == "16.92"
    [(_, other)] = outcome_of(text.replace("（30分）", "")).evaluations
    assert other.total is None  # of one row nobody says it
