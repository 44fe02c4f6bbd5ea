"""What is said of a row, and of a form as a whole: one number told one way, no fault passed over in silence."""

import pytest

import kpi
from kpi.readers import read_text
from kpi.reports.evaluate_closing import conclusion
from kpi.reports.evaluate_words import achievement, execution
from kpi.reports.monitor_words import projected
from kpi.rules import load
from kpi.rules.example_spec import ExampleSpec
from kpi.rules.examples import document
from tests.progress.cases import project

JULY = "2026-07-31"
UNREADABLE = "有 1 项的完成值算不出得分，写的得分没法核对；改好后再检查一次。"


@pytest.fixture(scope="module")
def national():
    return load("national")


def told(national, level2: str, name: str, value: str, actual: str, **more: str):
    rows = [{"level2": level2, "name": name, "value": value, "actual": actual, **more}]
    return project(national, as_of=JULY, rows=rows)


def evaluated(rows: list[dict[str, str]], **more: object):
    return kpi.evaluate(document(ExampleSpec.model_validate({"form": "self-evaluation", "rows": rows, **more})))


def row(name: str, value: str, actual: str, score: str, level2: str = "数量指标", **more: str) -> dict[str, str]:
    return {
        "level2": level2, "name": name, "value": value, "weight": "30", "actual": actual, "score": score, **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("target", "actual", "said"),
    [
        ("≤860元/平方米", "845元/平方米", "现有水平845元/平方米，达到目标"),
        ("≤600元/平方米", "40万元/亩", "现有水平600元/平方米，达到目标"),
        ("≤600元/平方米", "40.001万元/亩", "现有水平600.015元/平方米，超过目标"),
        ("≤3000元/亩", "4.4元/平方米", "现有水平2933.333333元/亩，达到目标"),
        ("≥3元/亩", "12345678901234567.1231元/亩", "现有水平12345678901234567.1231元/亩，达到目标"),
    ],
)
def test_a_converted_figure_is_the_one_that_was_written(national, target, actual, said):
    """A 亩 is 2000/3 平方米: whatever is converted there and back is the same again."""
    [one] = told(national, "成本指标", "绿化单位成本", target, actual).indicators
    assert said in one.message


def test_one_forecast_of_one_row(national):
    """7×365/212 = 12.05, over the limit of 12: neither 12 nor 13."""
    [one] = told(national, "社会效益", "投诉件数", "≤12件", "7件").indicators
    assert "照此下去全年约12.1件，会超过上限" in one.message
    assert projected(one) == "推算全年约12.1件"


def test_no_rounding_hides_what_is_due(national):
    """3×212/365 = 1.74: 2 of 2 would not be 114.78 %."""
    [one] = told(national, "数量指标", "购置清扫车", "3台", "2台").indicators
    assert "应完成约1.7台，实际完成2台，为应完成的114.78%" in one.message


def test_a_level_is_told_as_written(national):
    [one] = told(national, "质量指标", "水质达标率", "≥98%", "97.995%").indicators
    assert "现有水平97.995%，没有达到目标“≥98%”" in one.message


def test_the_target_is_told_once(national):
    [one] = told(national, "数量指标", "服务群众人次", "≥300人次", "180人").indicators
    assert one.message.count("≥300人次") == 1
    assert one.message.endswith("单位不同，不能比较，请核对")


def test_why_a_limit_is_one(national):
    [case] = told(national, "成本指标", "投诉件数", "≤12件", "3件").indicators
    [cost] = told(national, "成本指标", "印刷费用", "≤12万元", "3万元").indicators
    assert case.why == "越少越好，全年有上限"
    assert cost.why == "成本是上限，随年内支出用掉"


def test_a_chance_that_nobody_knows_is_told(national):
    made = told(national, "数量指标", "修补路面", "≥365平方米", "212平方米", outlook="差不多能")
    assert any("完成目标可能性“差不多能”不认识" in remark for remark in made.remarks)
    known = told(national, "数量指标", "修补路面", "≥365平方米", "212平方米", outlook="有可能")
    assert not known.remarks


def test_points_without_an_actual_value_do_not_agree():
    made = evaluated([row("修补路面", "≥365平方米", "", "30")])
    assert conclusion(made) == "有 1 项没有填完成值却写了得分，得分没法核对；改好后再检查一次。"
    assert made.findings[0].message == "“修补路面”没有填实际完成值，却自评得 30 分。"


def test_what_is_blank_is_told_though_the_rest_is_right():
    """The points that are there make up the total: no row lacks points, one lacks its actual value."""
    rows = [row("修补路面", "≥365平方米", "365平方米", "30"), row("更换井盖", "≥40套", "", "")]
    made = evaluated([{**one, "weight": "50"} for one in rows], stated={"full": "100", "score": "30"})
    assert "有 1 项没有填完成值" in conclusion(made)


@pytest.mark.parametrize(
    ("target", "actual", "score", "said"),
    [
        ("≥365平方米", "未开展", "30", "有 1 处对不上，改得分和总分以后再上报。"),
        ("≥365平方米", "未完成", "30", "有 1 处对不上，改得分和总分以后再上报。"),
        ("≥365平方米", "未完成", "20", UNREADABLE),
        ("≥365平方米", "计划完成365平方米", "30", UNREADABLE),
        ("≥365平方米", "东段200平方米，西段120平方米", "30", UNREADABLE),
    ],
)
def test_points_for_what_tells_none_are_not_right(target, actual, score, said):
    assert conclusion(evaluated([row("修补路面", target, actual, score, reason="见说明")])) == said


def test_points_taken_off_are_not_said_to_agree():
    made = evaluated([row("修补路面", "≥365平方米", "365平方米", "20", reason="从严自评")])
    assert conclusion(made) == "有几处得分与重算的不一样，要说明或核对，见上。"


def test_weights_that_add_up_wrong_are_not_those_declared():
    rows = [{**row("修补路面", "≥365平方米", "365平方米", "85"), "weight": "85"}]
    money = {"budget": 100, "spent": 100, "points": "10", "score": "10"}
    made = evaluated(rows, execution=money, stated={"full": "100", "score": "95"})
    assert [one.rule for one in made.findings] == ["EVL009"]
    assert conclusion(made) == "有 1 处对不上，核对各项分值以后再上报。"


def test_a_hair_short_is_not_all_of_it():
    """299.99/300 = 99.9967 %."""
    [(_, one)] = evaluated([row("保洁面积", "≥300亩", "299.99亩", "30", reason="沟渠扣除")]).evaluations
    assert "完成目标的 99.997%" in one.rows[0].message
    [(_, one)] = evaluated([row("印刷成本", "≤300元", "300.001元", "30", "成本指标", reason="涨价")]).evaluations
    assert "超出目标 0.0003%" in one.rows[0].message


HEAD = "一级指标,二级指标,三级指标,年度指标值,分值"


def form(title: str, *rows: str, actual: bool = False) -> str:
    head = f"{HEAD},实际完成值,得分" if actual else HEAD
    return "\n".join([title, "（2025年度）", "项目名称,旧街整修", head, *(f"产出指标,数量指标,{one}" for one in rows)])


def against(tmp_path, declared: tuple[str, ...], own: tuple[str, ...], title: str = "旧街整修"):
    target, self_made = tmp_path / "目标.csv", tmp_path / "自评.csv"
    target.write_text(form("项目支出绩效目标表", *declared), encoding="utf-8")
    self_made.write_text(
        form("项目支出绩效自评表", *own, actual=True).replace("旧街整修", title), encoding="utf-8"
    )
    return kpi.evaluate(target, actuals=self_made)


def test_what_was_declared_and_is_not_there_cannot_be_handed_in(tmp_path):
    declared = ("修补路面面积,≥365平方米,30", "更换井盖数量,≥40套,60")
    made = against(tmp_path, declared, ("修补路面面积,≥365平方米,30,365平方米,30",))
    [gone] = made.findings
    assert (gone.rule, gone.severity) == ("EVL005", "error")
    assert gone.message == "“更换井盖数量”申报过，目标是“≥40套”，自评表里没有这一行。"
    assert conclusion(made) == "有 1 处对不上，改回申报的目标和分值以后再上报。"


def test_what_is_there_and_was_not_declared_is_told(tmp_path):
    own = ("修补路面面积,≥365平方米,30,365平方米,30", "召开座谈会,≥1次,30,1次,30")
    [new] = against(tmp_path, ("修补路面面积,≥365平方米,30",), own).findings
    assert (new.rule, new.severity) == ("EVL005", "warning")
    assert new.message == "“召开座谈会”（目标“≥1次”）自评表里有，申报的目标表里没有。"


def test_names_that_are_alike_are_for_people(tmp_path):
    made = against(tmp_path, ("旧街修补路面总面积,≥365平方米,30",), ("旧街修补路面面积,≥365平方米,30,365平方米,30",))
    assert not made.findings
    assert len(made.assessed.near) == 1
    assert conclusion(made) == "有 1 处名称与申报的只是相近，没有对上；先核对是不是同一个指标，再检查一次。"


def test_the_self_evaluation_of_another_project_comes_first(tmp_path):
    made = against(tmp_path, ("修补路面面积,≥365平方米,30",), ("培训管水员,≥50人,30,50人,30",), title="农村饮水")
    assert conclusion(made) == (
        "有 1 张自评表（“农村饮水”）没有找到申报时的目标表，没有和申报的比过，先核对拿的文件对不对。"
        "有 1 个项目（“旧街整修”）没有算：没有找到这个项目的自评或完成情况。"
        "算了的得分、总分与表中数据一致；核对好了再上报。"
    )


def test_a_target_form_beside_the_self_evaluation_is_not_left_out(tmp_path):
    target, own = tmp_path / "目标.csv", tmp_path / "自评.csv"
    target.write_text(form("项目支出绩效目标表", "修补路面面积,≥365平方米,30"), encoding="utf-8")
    own.write_text(
        form("项目支出绩效自评表", "修补路面面积,≥365平方米,30,365平方米,30", actual=True), encoding="utf-8"
    )
    assert conclusion(kpi.evaluate(target, own)) == "得分、总分与表中数据一致，可以上报。"


def test_a_project_that_no_line_fits_is_told(tmp_path):
    one, other, told = (tmp_path / name for name in ("甲.csv", "乙.csv", "完成.csv"))
    one.write_text(form("项目支出绩效目标表", "修补路面面积,≥365平方米,90"), encoding="utf-8")
    other.write_text(
        form("项目支出绩效目标表", "培训管水员,≥50人,90").replace("旧街整修", "农村饮水"), encoding="utf-8"
    )
    told.write_text(
        "项目名称,三级指标,实际完成值,得分\n旧街整修,修补路面面积,365平方米,90\n农村饮水,水质检测,12次,90\n",
        encoding="utf-8",
    )
    said = conclusion(kpi.evaluate(one, other, actuals=told))
    assert "有 1 个项目（“农村饮水”）没有算：完成情况没有一行对得上这个项目的指标" in said
    assert "有 1 行完成情况没有对上，没有用上。" in said
    assert "可以上报" not in said


def test_a_self_evaluation_that_is_there_twice_counts_once(tmp_path):
    rows = form("项目支出绩效自评表", "修补路面面积,≥365平方米,30,300平方米,30", actual=True)
    for name in ("甲.csv", "乙.csv"):
        (tmp_path / name).write_text(rows, encoding="utf-8")
    (tmp_path / "丙.csv").write_text(rows.replace("300平方米", "310平方米"), encoding="utf-8")
    once = kpi.evaluate(tmp_path / "甲.csv")
    twice = kpi.evaluate(tmp_path / "甲.csv", tmp_path / "乙.csv")
    assert len(twice.assessed.results) == 1
    assert len(twice.findings) == len(once.findings)
    other = kpi.evaluate(tmp_path / "甲.csv", tmp_path / "丙.csv")
    assert len(other.assessed.results) == 2  # of the same targets, and another outcome


def test_a_strict_sign_is_told():
    made = evaluated([row("水质达标率", ">98%", "98%", "30", "质量指标", reason="")])
    [(_, one)] = made.evaluations
    assert one.rows[0].message == (
        "目标“>98%”，完成“98%”，完成目标的 100%，目标不含相等，正好相等不算达到；按 30 × 完成值 ÷ 目标值 = 30.00 分。"
    )


def test_the_end_that_a_band_leaves_out_is_told():
    made = evaluated([row("出行条件", "明显改善", "部分达成", "24", "社会效益", reason="雨季停工")])
    [finding] = [one for one in made.findings if one.rule == "EVL003"]
    assert "应得 18—24 分（不含 24 分），自评得 24 分" in finding.message
    whole = evaluated([row("出行条件", "明显改善", "达成", "20", "社会效益", reason="")])
    [finding] = [one for one in whole.findings if one.rule == "EVL003"]
    assert "应得 24—30 分，自评得 20 分" in finding.message


def test_what_the_achievement_is_made_of():
    made = evaluated([
        row("修补路面", "≥365平方米", "365平方米", "30"), row("出行条件", "明显改善", "达成", "24", "社会效益"),
    ])  # fmt: skip
    [(_, one)] = made.evaluations
    assert achievement(one) == "90%（其中 1 项要由人评或算不出，按自评得分）"  # (30+24)/60


def test_overspending_is_told():
    money = {"budget": 1000000, "spent": 1150000, "points": "10", "score": "10"}
    made = evaluated([row("修补路面", "≥365平方米", "365平方米", "30")], execution=money)
    [(_, one)] = made.evaluations
    assert "执行率 115%，执行数超过了预算数" in execution(one)


def test_rows_of_an_evaluations_own_framework_are_no_targets():
    text = (
        "项目支出绩效自评表\n(2025年度)\n项目名称\t堤顶路灯改造\n主管部门\t苇湾县水务局\t实施单位\t苇湾县堤防所\n"
        "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因\n"
        "决策\t项目立项\t立项规范性\t4分\t程序规范\t4\t4\t\n"
        "产出指标\t数量指标\t改造路灯盏数\t≥80盏\t82盏\t50\t50\t\n"
        "\t质量指标\t路灯亮灯率\t≥98%\t完成\t46\t46\t\n"
    )
    found = kpi.evaluate(read_text(text)).findings
    assert [one.indicator for one in found if one.rule == "EVL006"] == ["路灯亮灯率"]
