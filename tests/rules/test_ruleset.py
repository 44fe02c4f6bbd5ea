"""Loading: what a ruleset holds once it is loaded, and what its author is told when it cannot be."""

import os
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from engine_toys import rule, write
from hypothesis import given
from hypothesis import strategies as st
from pydantic import field_validator, model_validator
from pydantic_core import PydanticCustomError

from kpi.rules import RulesetError, load, plainyaml, shipped
from kpi.rules.registry import CHECKS, Check, Params
from kpi.rules.ruleset import chinese
from kpi.rules.templates import names, problem, template

BAD = yaml.safe_load((Path(__file__).parent / "data" / "bad_rulesets.yaml").read_text(encoding="utf-8"))
_RULE = "name: few\n    title: 少\n    severity: info\n    review_item: 规范完整性\n    message: 说"
_ONE_LINE = "<<: {name: few, title: 少, severity: info, review_item: 规范完整性, message: 说}"


@pytest.mark.parametrize("case", BAD, ids=[case["id"] for case in BAD])
def test_mistakes_are_told_with_place_and_proposal(toys, tmp_path, monkeypatch, case):
    monkeypatch.chdir(tmp_path)
    write(tmp_path, case["yaml"].replace("{RULE}", _ONE_LINE))
    with pytest.raises(RulesetError) as caught:
        load("my.yaml")
    said = str(caught.value)
    for message in case["messages"]:
        assert message in said
    lines = len({message.split("：")[0] for message in case["messages"] if message.startswith("my.yaml")})
    assert len(caught.value.messages) >= lines


def test_no_message_says_more_than_the_author_wrote_wrong(toys, tmp_path):
    """One mistake, one message."""
    for case in BAD:
        if not any(
            case["id"].startswith(many) for many in ("overrides", "unknown-key-of-a-ruleset", "unknown-severity")
        ):
            with pytest.raises(RulesetError) as caught:
                load(write(tmp_path, case["yaml"].replace("{RULE}", _ONE_LINE)))
            wanted = {m.split("：")[0] for m in case["messages"] if m.startswith("my.yaml")} or {""}
            assert len(caught.value.messages) == len(wanted), str(caught.value)


def test_a_file_that_is_not_there_or_not_utf8(tmp_path):
    with pytest.raises(RulesetError, match="找不到这个文件"):
        load(str(tmp_path / "none.yaml"))
    (tmp_path / "gbk.yaml").write_bytes("title: 甲".encode("gbk"))
    with pytest.raises(RulesetError, match="UTF-8"):
        load(tmp_path / "gbk.yaml")
    (tmp_path / "folder.yaml").mkdir()
    with pytest.raises(RulesetError, match="打不开"):
        load(tmp_path / "folder.yaml")


def test_a_name_that_no_shipped_ruleset_has():
    with pytest.raises(RulesetError, match="您是不是要写 national？"):
        load("natinal")


def test_every_shipped_ruleset_loads():
    assert shipped() == ["legacy-2015", "national", "shanxi", "sichuan-2025"]
    for name in shipped():
        ruleset = load(name)
        assert ruleset.name == name
        assert {"KPI001", "KPI002"} <= ruleset.rules.keys()
        assert list(ruleset.rules) == sorted(ruleset.rules)
    assert load("legacy-2015").profile == "legacy-2015"
    assert load("national").profile is None


def test_a_ruleset_from_scratch_still_reports_what_is_the_engines_own(ruleset):
    own = ruleset(f"rules:\n  LOC001: {rule('few', 'toy-too-few')}\n")
    assert list(own.rules) == ["KPI001", "KPI002", "KPI003", "LOC001"]


def test_what_a_rule_holds(ruleset):
    more = {"basis": ["jia#3", "jia#4"], "where": {"forms": ["target"]}, "with": {"limit": "2.50"}}
    own = ruleset(f"""\
bases:
  jia: {{title: 关于《某法》的说明, number: null, articles: {{"3": 三}}, in_force_from: 2020-01-01, verified: true}}
rules:
  LOC001: {rule("few", "toy-too-few", **more)}
""")
    made = own.rules["LOC001"]
    assert made.params.limit == Decimal("2.5")
    assert made.facts["limit"] == "2.5"
    assert [(str(c), c.verified) for c in made.basis] == [
        ("《关于〈某法〉的说明》第三条", True), ("《关于〈某法〉的说明》第四条", False),
    ]  # fmt: skip
    assert made.family == "LOC"
    assert own.find("loc001") == own.find("few") == own.find("LOC") == ("LOC001",)


def test_shipped_figures_have_sources(national):
    for profile in national.profiles.values():
        assert profile.title
        for name, figure in profile.figures.items():
            assert figure.source, f"{profile.name}.{name}"
            assert figure.verified in (True, False)
    required = {name: [g["label"] for g in data["required"]] for name, data in national.profile_data.items()}
    assert required["legacy-2015"] == ["数量指标", "质量指标", "时效指标", "成本指标", "效益指标", "满意度指标"]
    assert required["national"] == ["数量指标", "质量指标", "效益指标", "成本指标"]
    assert all(g.get("only_for", next(iter(national.words))) in national.words
               for data in national.profile_data.values() for g in data["required"])  # fmt: skip


def test_shipped_bases_are_complete(national):
    for basis in national.bases.values():
        assert basis.in_force_from >= (basis.issued or basis.in_force_from) or basis.id == "yusuanfa"
        assert basis.in_force_to is None or basis.in_force_to > basis.in_force_from
        assert basis.cite().startswith("《")
    assert national.bases["caiyu-2021-101"].in_force(2021, date(2026, 1, 1))
    assert not national.bases["caiyu-2021-101"].in_force(2020, date(2026, 1, 1))


@pytest.mark.parametrize(
    ("article", "words"),
    [("6", "六"), ("10", "十"), ("12", "十二"), ("20", "二十"), ("57", "五十七"), ("7.2.5", "7.2.5")],
)
def test_articles_are_counted_in_chinese(article, words):
    assert chinese(article) == words


@pytest.mark.parametrize(
    ("text", "facts", "said"),
    [
        ("写“{value}”", {"value": "98%"}, "写“98%”"),
        ("好。[[改为“{rewrite}”。]]", {"rewrite": "=100%"}, "好。改为“=100%”。"),
        ("好。[[改为“{rewrite}”。]]", {"rewrite": ""}, "好。"),
        ("好。[[改为“{rewrite}”。]]", {}, "好。"),
        ("[[{a}和{b}]][[{a}]]", {"a": "甲"}, "甲"),
        ("{a}", {"a": "{b}[[", "b": "乙"}, "{b}[["),
        ("没有事实", {}, "没有事实"),
        ("写了“{a}”。", {"a": "按上级文件要求。"}, "写了“按上级文件要求”。"),
        ("{a}。[[另有“{b}”。]]", {"a": "甲。", "b": "乙。"}, "甲。另有“乙”。"),
        ("写了“{a}”，是空话。", {"a": "按上级文件要求。"}, "写了“按上级文件要求。”，是空话。"),
    ],
)
def test_templates(text, facts, said):
    assert problem(text) is None
    assert template(text).render(facts) == said


def test_template_names():
    assert names("{a}[[{b}{a}]]") == ["a", "b"]
    assert problem("[[{a}]") is not None
    assert problem("{a") is not None


@pytest.mark.parametrize(
    "text",
    ["98%", "3:1", "2026-12-31", "off", "no", "yes", "0012", "1_000", "1e5", "0x10", "≥95%", "12:30:00", ".5", "=100%"],
)
def test_yaml_leaves_texts_alone(text):
    assert plainyaml.load(f"a: {text}")[0] == {"a": text}


def test_yaml_keeps_figures_exact():
    assert plainyaml.load("[0.1, -2.50, 3, true, null, ~, ]")[0] == [
        Decimal("0.1"),
        Decimal("-2.50"),
        3,
        True,
        None,
        None,
    ]


@given(
    st.dictionaries(st.text("甲乙ab:#- {}[]'\"", min_size=1), st.lists(st.text("甲乙丙12.:-#", max_size=6)), max_size=4)
)
def test_yaml_reads_back_what_was_dumped(data):
    loaded, repeated = plainyaml.load(yaml.dump(data, allow_unicode=True, default_style='"'))
    assert loaded == data
    assert not repeated


_BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in pairwise("abcdefghi")
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("[" * 1_000_000, "my.yaml 第 1 行：嵌套超过 40 层", id="brackets"),
        pytest.param("title: 甲\noff: " + "{a: " * 100_000, "my.yaml 第 2 行：嵌套超过 40 层", id="maps"),
        pytest.param("- " * 100_000, "my.yaml 第 1 行：嵌套超过 40 层", id="dashes"),
        pytest.param("? " * 100_000, "my.yaml 第 1 行：嵌套超过 40 层", id="keys"),
        pytest.param("\n".join(f"{' ' * n}a:" for n in range(60)), "my.yaml 第 41 行：嵌套超过 40 层", id="indents"),
        pytest.param(_BOMB, "my.yaml 第 6 行：内容超过 200000 项", id="aliases"),
        pytest.param("#" * 2_000_001, "my.yaml：文件超过 2 MB", id="size"),
    ],
)
def test_what_is_too_much_is_refused_before_it_is_loaded(text, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path, text)
    with pytest.raises(RulesetError) as caught:
        load("my.yaml")
    [message] = caught.value.messages
    assert str(message).startswith(said)


def test_an_alias_that_repeats_little_may_be_used(ruleset):
    text = f"rules:\n  LOC001: {rule('few', 'toy-too-few')}\n"
    own = ruleset(f"words:\n  hollow: &some [显著, 明显]\n  vague: *some\n{text}")
    assert own.words["vague"] == own.words["hollow"] == {"显著", "明显"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names there")
def test_a_pipe_is_not_read(tmp_path):
    os.mkfifo(tmp_path / "my.yaml")
    with pytest.raises(RulesetError, match="不是普通文件"):
        load(tmp_path / "my.yaml")


class _Range(Params):
    low: int = 1
    high: int = 9
    even: int = 2

    @field_validator("even")
    @classmethod
    def _even(cls, value: int) -> int:
        if value % 2:
            raise ValueError("应是偶数")
        return value

    @model_validator(mode="after")
    def _ordered(self) -> "_Range":
        if self.low > self.high:
            raise PydanticCustomError("order", "low 不能大于 high")
        return self


@pytest.mark.parametrize(
    ("with_", "said"),
    [
        ("{low: 10}", "my.yaml 第 8 行：规则 LOC001 的参数不能这样写：low 不能大于 high。"),
        ("{even: 3}", "my.yaml 第 8 行：规则 LOC001 的参数 even 现写“3”：应是偶数。"),
    ],
)
def test_a_check_may_say_itself_what_is_wrong_with_its_parameters(with_, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    toy = Check("toy-range", "form", lambda ctx, params: (), _Range, frozenset(), frozenset())
    monkeypatch.setitem(CHECKS, "toy-range", toy)
    keys = _RULE.replace("\n    ", "\n        ")
    write(tmp_path, f"rules:\n    LOC001:\n        {keys}\n        with: {with_}\n        check: toy-range\n")
    with pytest.raises(RulesetError) as caught:
        load("my.yaml")
    assert str(caught.value) == said


def test_one_file_that_cannot_be_read_hides_no_mistake_of_another(tmp_path):
    (tmp_path / "a.yaml").write_text("LOC001: [", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("LOC002: {name: x}", encoding="utf-8")
    with pytest.raises(RulesetError) as caught:
        load(write(tmp_path, "of: []\nextends: national\ninclude: {rules: [a.yaml, b.yaml]}\n"))
    said = str(caught.value)
    assert all(part in said for part in ("的键 of 不认识", "不是合法的 YAML", "规则 LOC002 缺少键 check"))


def test_what_a_file_without_extends_leaves_out_is_counted(tmp_path):
    own = tmp_path / "kpi-rules.yaml"
    own.write_text("name: 本局\n", encoding="utf-8")
    ruleset = load(own)
    assert ruleset.local is not None
    assert ruleset.local.off == len(load().active) - sum(rule.code in load().rules for rule in ruleset.active)
    assert ruleset.local.weaker


def test_what_keeps_a_finding_quiet_is_softening(tmp_path):
    own = tmp_path / "kpi-rules.yaml"
    own.write_text("extends: national\nsilences: [{order: [TXT004, CST005], at: form}]\n", encoding="utf-8")
    local = load(own).local
    assert local is not None
    assert (local.quiet, local.weaker) == (1, True)


def test_what_must_be_mended_cannot_be_turned_off(tmp_path):
    (tmp_path / "base.yaml").write_text("extends: national\nmandatory: [CST005]\n", encoding="utf-8")
    own = tmp_path / "kpi-rules.yaml"
    own.write_text("extends: base.yaml\noff: [CST005]\n", encoding="utf-8")
    with pytest.raises(RulesetError, match="CST005 是必须改好的"):
        load(own)
