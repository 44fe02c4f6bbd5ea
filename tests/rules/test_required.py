"""REQ: what must be filled in. Cases are data; here are the properties and the corners of the readers of text."""

import json
from decimal import Decimal

import pytest
from form_cases import cases, check, found
from hypothesis import given, settings
from hypothesis import strategies as st

import kpi
from kpi.model import LEVEL2, Location, Unread
from kpi.readers import read_all
from kpi.reports.extract_json import render_json
from kpi.reports.outcome import Reading
from kpi.rules import lint, load
from kpi.rules.checks.placeholders import masked
from kpi.rules.checks.rows import blank, template_name
from kpi.rules.example_spec import ExampleSpec
from kpi.rules.examples import document
from kpi.values import parse

CASES = cases("required_cases.yaml", "blank_cases.yaml")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_cases(national, case):
    check(found(national, case), case["want"])


@pytest.mark.parametrize("level", [*LEVEL2, "效益指标", "满意度指标", "本县特色"])
def test_whatever_level_is_required_the_advice_says_what_to_write(tmp_path, level):
    several = {"效益指标": "经济效益, 社会效益", "满意度指标": "服务对象满意度", "本县特色": "生态效益, 可持续影响"}
    wanted = f"{{label: {level}, any_of: [{several.get(level, level)}]}}"
    figures = f"{{required: {{value: [{wanted}], source: 本县, verified: true}}}}"
    own = tmp_path / "my.yaml"
    own.write_text(f"extends: national\nprofiles: {{national: {{figures: {figures}}}}}\n", encoding="utf-8")
    other = "数量指标" if level != "数量指标" else "质量指标"
    row = {"level2": other, "name": "检查率", "value": "≥95%"}
    made = document(ExampleSpec.model_validate({"rows": [row], "year": 2026}))
    [finding] = [one for one in lint([made], load(own)).findings if one.rule == "REQ001"]
    assert len(finding.suggestion) > len("至少补一条三级指标。")
    assert finding.suggestion.endswith("。")
    assert level != "本县特色" or "二级指标填“生态效益”或“可持续影响”" in finding.suggestion


def test_points_before_the_first_line_of_a_page_are_not_missed(tmp_path):
    page = tmp_path / "第二页.txt"
    rows = (
        "设置及时率 | = | 100 | % | 5 |",
        "成本指标 | 排查成本 | ≤ | 6 | 万元 | 5 |",
        "效益指标 | 社会效益指标 | 整治率 | ≥ | 90 | % | 40 |",
        "满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥ | 95 | % | 10 |",
    )
    page.write_text("\n".join(rows), encoding="utf-8")
    outcome = kpi.lint(page, select=["REQ009"])
    assert [table.begun for table in outcome.reading.documents[0].tables] == [True]
    assert not outcome.result.findings
    assert "从表的中间开始" in str(outcome.result)


@pytest.mark.parametrize("name", ["指标1", "指标2：", "……", "…", "指标 3、", "★指标1", "指标1……", "三级指标1", "1."])
def test_names_of_the_template(name):
    assert template_name(name)


@pytest.mark.parametrize(
    "name", ["指标1工程完工率", "核心指标达成", "指标体系", "1号桥维修", "", "—", "多指标联考通过率"]
)
def test_names_of_people(name):
    assert not template_name(name)


@pytest.mark.parametrize(
    "text", ["公里", "≧ %", "≥**人", "≤XX万元", "××%", "……", "≥ 个", "（ ）%", "___元/人", "*元/人·月", "≥****亩"]
)
def test_values_of_the_template(text):
    assert masked(text)


@pytest.mark.parametrize(
    "text",
    [
        "≥5公里", "优", "0", "0元", "100%", "通过验收", "X光机3台", "无", "2026年6月", "国家级", "人民满意", "≥95",
        "是", "三天", "十人", "两个月", "百分之百", "半年", "优秀", "达标", "及时", "一年", "一级", "全年", "每年",
        "按月", "零", "正常", "长期",
    ],
)  # fmt: skip
def test_values_that_are_values(text):
    assert not masked(text)


@given(
    st.integers(0, 10**9),
    st.sampled_from(["≥", "≤", "=", ""]),
    st.sampled_from(["人", "公里", "%", "万元", "元/亩", "次"]),
)
def test_a_figure_is_never_a_placeholder(figure, sign, unit):
    text = f"{sign}{figure}{unit}"
    assert not masked(text)
    assert not blank(text)
    assert parse(text).kind == "quantity"


@given(st.text(alphabet="—-–/ 　", max_size=6))
def test_dashes_state_nothing(text):
    assert blank(text)


TEXTS = st.sampled_from(
    [
        "",
        "—",
        "无",
        "≥**人",
        "公里",
        "……",
        "指标1",
        "≥10人",
        "≤5万元",
        "3360元/人.年",
        "100%",
        "约3万",
        "2026年6月底前",
        "≥",
    ]
)
ROWS = st.fixed_dictionaries(
    {
        "level2": st.sampled_from(
            ["数量指标", "质量指标", "成本指标", "经济成本指标", "社会效益", "服务对象满意度", "", "其他"]
        ),
        "name": st.sampled_from(
            ["", "无", "指标2", "……", "培训人数", "项目成本", "人均补助标准", "每公里造价", "新增就业人数"]
        ),
        "period": st.none() | TEXTS,
        "annual": st.none() | TEXTS,
        "weight": st.sampled_from([None, "", "0", "-5", "10分", "30%", "九十"]),
    }
)
MONEY = st.none() | st.sampled_from([Decimal(0), Decimal("0.01"), Decimal(50000), Decimal(10) ** 12])


@settings(max_examples=80, deadline=None)
@given(st.lists(ROWS, max_size=6), MONEY, MONEY, st.sampled_from(["", "示例", "校舍维修工程"]))
def test_no_form_breaks_a_check(national, rows, period, annual, project):
    form = {"rows": rows, "project": project, "funding": {"period": period, "annual": annual}, "profile": "legacy-2015"}
    found(national, {"form": form, "rules": ["REQ", "CST"]})


def test_the_last_form_of_a_cut_page_is_not_called_incomplete(national):
    """Its rows have their weights and nothing after them was read: the forms before it are judged, it is not."""
    whole = [
        {"level2": "数量指标", "name": "审结案件数", "value": "≥70件", "weight": "50"},
        {"level2": "质量指标", "name": "发改率", "value": "≤3%", "weight": "20"},
        {"level2": "社会效益", "name": "调解案件数", "value": "≥30件", "weight": "10"},
        {"level2": "服务对象满意度", "name": "当事人满意度", "value": "≥90%", "weight": "10"},
    ]
    cut = {"project": "执行业务", "rows": whole[:2]}
    rules = ["REQ001", "REQ009"]
    last = found(national, {"rules": rules, "form": {"forms": [{"project": "审判业务", "rows": whole}, cut]}})
    first = found(national, {"rules": rules, "form": {"forms": [cut, {"project": "审判业务", "rows": whole}]}})
    assert last == []
    assert {(f.rule, f.project) for f in first} == {("REQ001", "执行业务"), ("REQ009", "执行业务")}


def test_what_was_not_read_in_one_form_excuses_no_other(national):
    """Neither form has a name; one has a 质量指标 that could not be read, the other has none at all."""
    rows = [
        {"level2": "数量指标", "name": "审结案件数", "value": "≥70件"},
        {"level2": "社会效益", "name": "调解案件数", "value": "≥30件"},
    ]
    told = document(ExampleSpec.model_validate({"forms": [{"project": "", "rows": rows}] * 2}))
    part = Unread("", Location(), "没有读懂", "", "质量指标")
    one, both = (told._replace(tables=told.tables[:n], unread=(part,)) for n in (1, 2))
    count = [
        sum("质量指标" in f.message for f in lint([made], national, select=["REQ001"]).findings) for made in (one, both)
    ]
    assert count == [0, 2]


CUT = """项目支出绩效目标表
项目名称 村道养护
一级指标 二级指标 三级指标 指标值
产出指标 数量指标 养护里程 ≥120公里
产出指标 质量指标 验收合格率 ≥98%
效益指标 社会效益指标 投诉下降
"""


def test_reports_of_a_file_that_breaks_off(national):
    """A report that tells of a cut, and nothing of where; one that tells of it and has no rows."""
    read = read_all("form.txt", CUT.encode())
    told = json.loads(render_json(Reading(read, ())))
    (form,) = told["documents"][0]["tables"]
    assert form["torn"]
    for change in ({}, {"torn": None}, {"indicators": []}):
        form |= change
        if form["torn"] is None:
            del form["torn"]
        again = read_all("form.json", json.dumps(told).encode())
        assert [f.rule for f in lint(again, national, select=["REQ002"]).findings] == []
        form["torn"] = True


def test_the_sum_of_the_points_ends_a_form(tmp_path):
    """A form that stops behind its outputs may be cut; one that adds up its points below them is not."""
    rows = "项目支出绩效自评表\n(2027年度)\n项目名称\t泵站检修\n"
    rows += "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n"
    rows += "产出指标\t数量指标\t检修泵站数量\t≥6座\t6座\t{one}\t30\n\t质量指标\t验收合格率\t100%\t100%\t20\t20\n"
    path = tmp_path / "自评.txt"
    ends = (("30", "", 0), ("30", "总分\t\t\t\t\t100\t100\n", 4), ("80", "", 4))  # the last: all points are given
    for one, end, missing in ends:
        path.write_text(rows.format(one=one) + end, encoding="utf-8")
        assert len(kpi.lint(path, select=("REQ001",)).findings) == missing


def test_a_form_of_which_only_some_rows_were_read_lacks_nothing_for_certain(national):
    """Also where another form stands behind it in the file."""
    row = {"level2": "数量指标", "name": "维护渡口数量", "value": "≥6处"}
    made = document(ExampleSpec.model_validate({"rows": [row], "year": 2026}))
    (whole,) = made.tables
    both = made._replace(tables=(whole._replace(patchy=True, cut=True, begun=True), whole))
    missing = [finding.form for finding in lint([both], national).findings if finding.rule == "REQ001"]
    assert missing
    assert 0 not in missing
