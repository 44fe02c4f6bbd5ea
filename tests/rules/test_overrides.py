"""A second ruleset over a first: off, on, severity, params, words, profile, rules, chains."""

import re
from pathlib import Path

import pytest
from engine_toys import file, row, rule, table, write

from kpi.rules import RulesetError, lint, load
from kpi.rules.examples import run_example

BASE = f"""\
title: 底子
version: 7
words: {{hollow: [显著, 明显]}}
profiles:
  national: {{title: 全国, figures: {{least: {{value: 3, source: 试, verified: true}}}}}}
rules:
  LOC001: {rule("has", "toy-contains", cases={"twice": {"severity": "info"}}, **{"with": {"needle": "某"}})}
  LOC002: {rule("few", "toy-too-few", message="至少{limit}条", **{"with": {"limit": 3, "words": "hollow"}})}
  XYZ001: {rule("differ", "toy-halves-differ")}
"""


@pytest.fixture
def over(toys, tmp_path):
    """A ruleset that extends BASE by the given text."""
    write(tmp_path, BASE, "base.yaml")

    def made(text, name="my.yaml"):
        return load(write(tmp_path, f"extends: base.yaml\n{text}", name))

    return made


def found(ruleset):
    return {f.rule: f for f in lint([file(table(row("质量指标", "率", "某某", "好")))], ruleset).findings}


def test_everything_is_inherited(over):
    own = over("title: 自己的")
    assert (own.name, own.title, own.version) == ("my", "自己的", "7")
    assert list(found(own)) == ["LOC002", "LOC001", "XYZ001"]


@pytest.mark.parametrize(
    ("off", "left"),
    [
        ("[LOC001]", ["LOC002", "XYZ001"]),
        ("[LOC]", ["XYZ001"]),
        ("[few, XYZ]", ["LOC001"]),
        ("[]", ["LOC002", "LOC001", "XYZ001"]),
    ],
)
def test_off_takes_codes_families_and_names(over, off, left):
    assert list(found(over(f"off: {off}"))) == left


def test_on_takes_back(over, tmp_path):
    over("off: [LOC]", "strict.yaml")
    own = load(write(tmp_path, "extends: strict.yaml\non: [LOC002]", "last.yaml"))
    assert list(found(own)) == ["LOC002", "XYZ001"]


def test_one_of_a_category_that_is_off_stays_on(over):
    assert list(found(over("off: [LOC]\non: [LOC002]"))) == ["LOC002", "XYZ001"]


def test_severity_holds_for_all_cases(over):
    own = found(over("severity: {LOC001: error}"))
    assert own["LOC001"].severity == "error"
    assert own["LOC002"].severity == "warning"


def test_params_replace_single_keys_and_reach_the_message(over):
    own = over("params: {LOC002: {limit: 10}}")
    assert found(own)["LOC002"].message == "至少10条"
    assert own.rules["LOC002"].params.words == "hollow"
    assert "LOC002" not in found(over("params: {LOC002: {limit: 1}}"))


def test_words_add_remove_and_replace(over):
    assert over("words: {hollow: {add: [较好], remove: [明显]}}").words["hollow"] == {"显著", "较好"}
    assert over("words: {hollow: [较好]}").words["hollow"] == {"较好"}
    assert over("words: {own: [甲]}").words["own"] == {"甲"}


def test_a_forced_profile_reaches_the_checks(over):
    own = over("profile: strict\nprofiles: {strict: {figures: {least: {value: 9, source: 本局, verified: true}}}}")
    assert own.profile_data["strict"] == {"least": 9}
    assert own.profile_data["national"] == {"least": 3}
    assert lint([file(table())], own).documents[0].profile == "strict"


def test_profile_figures_are_replaced_one_by_one(over):
    own = over("profiles: {national: {figures: {execution_lines: {value: {'7': 60}, source: 本局, verified: true}}}}")
    assert own.profile_data["national"] == {"least": 3, "execution_lines": {"7": 60}}
    assert own.profiles["national"].title == "全国"


def test_the_tree_is_the_forms_own_unless_forced(national):
    forms = [table(profile="legacy-2015"), table(profile="legacy-2015"), table(profile="elsewhere")]
    assert lint([file(*forms)], national).documents[0].profile == "legacy-2015"
    assert lint([file(*forms[2:])], national).documents[0].profile == "national"


def test_own_rules_join_the_inherited(over):
    own = over(f"rules:\n  LOC003: {rule('own', 'toy-contains', **{'with': {'needle': '好'}})}")
    assert "LOC003" in found(own)


def test_included_files_count_as_written_in_the_ruleset(over, tmp_path):
    (tmp_path / "more").mkdir()
    write(tmp_path / "more", f"LOC009: {rule('nine', 'toy-contains', **{'with': {'needle': '好'}})}", "nine.yaml")
    write(tmp_path / "more", "- {order: [LOC009, XYZ001], at: row}", "quiet.yml")
    own = over("include: {rules: [more/*.yaml], silences: [more/quiet.yml]}")
    assert list(found(own)) == ["LOC002", "LOC001", "LOC009"]


@pytest.mark.parametrize(
    ("part", "text", "message"),
    [
        ("words", "hollow: [较好]", "词表 hollow 在别的文件里已经有了"),
        ("words", "own: 较好", "词表 own 应是词的列表"),
        ("rules", "- LOC009", "more.yaml 第 1 行：应是“键: 值”的形式"),
        ("silences", "LOC001: LOC002", "more.yaml 第 1 行：应是列表"),
        ("bases", "jia: {title: 甲}", "more.yaml 第 1 行：依据 jia 缺少键 number"),
        ("rules", "a: &a [*a]", "more.yaml 第 1 行：不是合法的 YAML"),
        ("rules", "a: \x01", "不能用的字符"),
        ("rules", "a: !!python/name:os.system x", "不是合法的 YAML"),
        ("rules", "LOC001:\n\tname: few", "缩进请用空格，不要用制表符"),
    ],
)
def test_mistakes_in_included_files(over, tmp_path, part, text, message):
    write(tmp_path, text, "more.yaml")
    with pytest.raises(RulesetError) as caught:
        over(f"include: {{{part}: [more.yaml]}}")
    assert message in str(caught.value)


def test_the_shipped_rules_can_be_changed(tmp_path):
    own = load(write(tmp_path, "extends: legacy-2015\noff: [KPI002]\nwords: {works-and-purchases: {add: [绿化]}}\n"))
    assert own.profile == "legacy-2015"
    assert "KPI002" in own.off
    assert "绿化" in own.words["works-and-purchases"]


def blocks():
    """The YAML of the page for offices, in order."""
    page = (Path(__file__).parents[2] / "docs" / "ruleset.md").read_text(encoding="utf-8")
    return re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)


def test_the_ten_lines_of_the_page_work(tmp_path):
    ten = blocks()[0]
    assert len(ten.splitlines()) <= 10
    own = load(write(tmp_path, ten))
    assert {"REQ005", "VAL017"} <= own.off
    assert (own.rules["VAL006"].severity, own.profile) == ("warning", "legacy-2015")
    assert own.rules["REQ007"].facts["low"] == "4"
    with pytest.raises(RulesetError) as caught:
        load(write(tmp_path, ten.replace("low:", "lov:")))
    page = (Path(__file__).parents[2] / "docs" / "ruleset.md").read_text(encoding="utf-8")
    assert str(caught.value).replace(str(tmp_path / "my.yaml"), "my.yaml") in page


def test_the_other_blocks_of_the_page_work_together(tmp_path):
    own = load(write(tmp_path, "extends: national\n" + "".join(blocks()[1:])))
    assert own.profile_data["national"]["weight_sums"] == [100]
    assert [str(c) for c in own.rules["LOC001"].basis] == [
        "《清河县项目支出绩效目标管理办法》（清财预〔2026〕3号）第五条"
    ]
    for examples, reported in ((own.rules["LOC001"].bad, True), (own.rules["LOC001"].good, False)):
        for example in examples:
            assert bool(run_example(own, "LOC001", example)) is reported
