"""The engine on toy checks: places, halves, words, order, what is not applicable, what breaks."""
from datetime import date

import pytest
from engine_toys import file, row, rule, table

from kpi.model import Location, Unread
from kpi.rules import RulesetError, lint
from kpi.rules.finding import Evidence, Hit
from kpi.rules.registry import CHECKS


@pytest.fixture
def contains(ruleset):
    """A ruleset with one rule that finds 某 in a value."""
    found = {"message": "{half}“{name}”写了{found}，见“{value}”", "with": {"needle": "某"}}
    return ruleset(f"rules:\n  LOC001: {rule('has', 'toy-contains', **found)}\n")


def test_an_entry_finding_quotes_its_cell(contains):
    [finding] = lint([file(table(row("质量指标", "合格率", annual="某", line=7)))], contains).findings
    assert (finding.rule, finding.half, finding.level2, finding.indicator, finding.value) == (
        "LOC001", "annual", "质量指标", "合格率", "某",
    )  # fmt: skip
    assert finding.message == "年度“合格率”写了某，见“某”"
    assert finding.evidence == (Evidence("某", Location(line=7, column=2)),)
    assert (finding.document, finding.project, finding.form) == ("养护.txt", "云岭乡道路养护", 0)


def test_both_halves_with_the_same_defect_are_one_finding(contains):
    [finding] = lint([file(table(row("质量指标", "合格率", "某", "某", line=7)))], contains).findings
    assert finding.half == "both"
    assert [e.location.column for e in finding.evidence] == [1, 2]
    assert finding.message == "实施期和年度“合格率”写了某，见“某”"
    assert finding.fix is not None


def test_halves_that_say_different_things_are_told_apart_in_one_finding(ruleset):
    said = {"message": "写了“{value}”", "suggestion": "删去{found}", "with": {"needle": "某"}}
    own = ruleset(f"rules:\n  LOC001: {rule('has', 'toy-contains', **said)}\n")
    [finding] = lint([file(table(row("质量指标", "合格率", "某甲", "某乙")))], own).findings
    assert finding.message == "实施期：写了“某甲”年度：写了“某乙”"
    assert finding.suggestion == "删去某"
    assert finding.fix is None, "one replacement cannot go into two different cells"


def test_the_graver_case_grades_a_merged_finding(ruleset):
    cases = {"twice": {"severity": "error"}}
    own = ruleset(f"rules:\n  LOC001: {rule('has', 'toy-contains', cases=cases, **{'with': {'needle': '某'}})}\n")
    [finding] = lint([file(table(row("质量指标", "合格率", "某", "某某")))], own).findings
    assert finding.severity == "error"


def test_halves_pair_by_case_where_a_cell_has_several_findings(ruleset):
    cases = {"loud": {"message": "响"}}
    own = ruleset(f"rules:\n  LOC001: {rule('marks', 'toy-marks', cases=cases)}\n")
    findings = lint([file(table(row("质量指标", "合格率", "？！", "！")))], own).findings
    assert sorted((f.message, f.half) for f in findings) == [("响", "both"), ("说", "period")]


def test_where_limits_levels_kinds_and_forms(ruleset):
    def run(where, *tables):
        more = {"where": where, "with": {"needle": "9"}}
        own = ruleset(f"rules:\n  LOC001: {rule('has', 'toy-contains', **more)}\n")
        return lint([file(*tables)], own)

    rows = (
        row("质量指标", "合格率", annual="≥99%"),
        row("社会效益", "就业", annual="≥9人"),
        row("生态效益", "期限", annual="9月底前"),
    )
    assert [f.level2 for f in run({}, table(*rows)).findings] == ["质量指标", "社会效益", "生态效益"]
    assert [f.level2 for f in run({"levels": ["效益"]}, table(*rows)).findings] == ["社会效益", "生态效益"]
    assert [f.level2 for f in run({"kinds": ["date"]}, table(*rows)).findings] == ["生态效益"]
    result = run({"forms": ["self-evaluation"]}, table(*rows))
    assert not result.findings
    assert result.documents[0].not_applicable[0].reason == "只用于绩效自评表"


def test_rows_that_say_nothing_are_not_judged(ruleset):
    own = ruleset(f"rules:\n  LOC001: {rule('has', 'toy-contains', **{'with': {'needle': ''}})}\n")
    result = lint([file(table(row("质量指标", "", annual=" ")))], own)
    assert not result.findings
    assert result.documents[0].not_applicable[0].reason == "表中没有填写了的指标"


def test_form_findings_point_at_the_form(ruleset):
    own = ruleset(f"rules:\n  LOC001: {rule('few', 'toy-too-few', message='只有{count}条，至少{limit}条')}\n")
    [finding] = lint([file(table(row("质量指标", "合格率", annual="1")))], own).findings
    assert finding.message == "只有1条，至少3条"
    assert finding.evidence == (Evidence("云岭乡道路养护", Location(line=900)),)
    assert (finding.half, finding.indicator) == (None, None)


def test_form_findings_about_both_halves_merge_only_where_they_say_the_same(ruleset):
    own = ruleset(f"rules:\n  LOC001: {rule('both', 'toy-both-halves', message='{what}')}\n")
    findings = lint([file(table())], own).findings
    assert sorted((f.level2, f.half, f.message) for f in findings) == [
        ("数量指标", "both", "同样"), ("质量指标", "annual", "annual"), ("质量指标", "period", "period"),
    ]  # fmt: skip


def test_document_findings_stand_at_the_table_they_name(ruleset):
    own = ruleset(f"rules:\n  LOC001: {rule('same', 'toy-same-project')}\n")
    findings = lint([file(table(), table(project="别的"), table())], own).findings
    assert [(f.project, f.form) for f in findings] == [("云岭乡道路养护", 2)]


def test_findings_of_the_run_stand_in_the_file_of_the_form_they_name(ruleset):
    own = ruleset(f"rules:\n  LOC001: {rule('same', 'toy-same-in-run')}\n")
    here, there = file(table(), table(), path="甲.txt"), file(table(project="别的"), table(), path="乙.txt")
    findings = lint([here, there], own).findings
    assert [(f.document, f.form, f.evidence[0].document) for f in findings] == [
        ("甲.txt", 1, None), ("乙.txt", 1, "甲.txt"),
    ]  # fmt: skip
    alone = lint([file(table())], own)
    assert [(s.rule, s.reason) for s in alone.documents[0].not_applicable] == [("LOC001", "只有一张表")]
    assert not lint([], own).findings


def test_a_run_rule_that_names_no_form_is_broken(ruleset, monkeypatch):
    own = ruleset(f"rules:\n  LOC001: {rule('same', 'toy-same-in-run')}\n")
    silent = own.rules["LOC001"].check._replace(function=lambda ctx, params: [Hit()])
    monkeypatch.setitem(CHECKS, "toy-same-in-run", silent)
    own = ruleset(f"rules:\n  LOC001: {rule('same', 'toy-same-in-run')}\n")
    assert [f.rule for f in lint([file(table())], own).findings] == ["KPI001"]


def test_not_applicable_needs_every_form(ruleset):
    own = ruleset(f"rules:\n  LOC001: {rule('differ', 'toy-halves-differ')}\n")
    one, two = table(row("质量指标", "甲", annual="1")), table(row("质量指标", "甲", "1", "1"))
    result = lint([file(one, two, path="两张.txt"), file(one, path="一张.txt")], own)
    first, second = result.documents
    assert not first.not_applicable
    assert [(s.rule, s.reason, s.forms, s.of) for s in first.partly] == [("LOC001", "表只有一侧", 1, 2)]
    assert [(s.rule, s.reason, s.forms, s.of) for s in second.not_applicable] == [("LOC001", "表只有一侧", 1, 1)]
    assert "LOC001" in result.rules_run
    assert lint([file(one)], own).rules_not_applicable == ("LOC001",)


def test_a_rule_that_raises_is_reported_once_a_form_and_the_others_go_on(ruleset):
    broken = rule("broken", "toy-raises", **{"with": {"needle": "坏"}})
    fine = rule("has", "toy-contains", **{"with": {"needle": "坏"}})
    own = ruleset(f"rules:\n  LOC001: {broken}\n  LOC002: {fine}\n")
    bad = table(row("数量指标", "甲", "坏", "坏"), row("数量指标", "乙", annual="好"))
    result = lint([file(bad, table(row("数量指标", "丙", annual="好"), project="别的"))], own)
    [internal] = [f for f in result.findings if f.rule == "KPI001"]
    assert "LOC001" in internal.message
    assert "云岭乡道路养护" in internal.message
    assert "division" not in internal.message + internal.expected + internal.suggestion
    assert internal.evidence == (Evidence("ZeroDivisionError", Location(line=900)),)
    assert [f.rule for f in result.findings if f.indicator in ("甲", "乙", "丙")] == ["LOC002", "LOC001", "LOC001"]
    assert (result.broken, result.could_not_check) == (("LOC001",), 1)


def test_a_broken_rule_is_heard_whatever_is_selected(ruleset):
    own = ruleset(f"rules:\n  LOC001: {rule('broken', 'toy-raises', **{'with': {'needle': '坏'}})}\n")
    result = lint([file(table(row("数量指标", "甲", annual="坏")))], own, select=["LOC001"], ignore=["KPI001"])
    assert [f.rule for f in result.findings] == ["KPI001"]


def test_a_check_that_says_what_it_did_not_declare_is_broken(ruleset):
    own = ruleset(f"rules:\n  LOC001: {rule('undeclared', 'toy-undeclared')}\n")
    result = lint([file(table(row("数量指标", "甲", annual="1")))], own)
    assert [f.rule for f in result.findings] == ["KPI001"]
    assert result.could_not_check == 1


def test_select_and_ignore_take_codes_families_and_names(ruleset):
    rules = "".join(
        f"  {code}: {rule(name, 'toy-contains', **{'with': {'needle': '某'}})}\n"
        for code, name in (("LOC001", "first"), ("LOC002", "second"), ("XYZ001", "third"))
    )
    own, document = ruleset("rules:\n" + rules), file(table(row("数量指标", "甲", annual="某")))

    def codes(**options):
        return [f.rule for f in lint([document], own, **options).findings]

    assert codes() == ["LOC001", "LOC002", "XYZ001"]
    assert codes(select=["loc"]) == ["LOC001", "LOC002"]
    assert codes(select=["LOC"], ignore=["second"]) == ["LOC001"]
    assert codes(select=["XYZ001", "first"]) == ["LOC001", "XYZ001"]
    with pytest.raises(RulesetError, match="您是不是要写 LOC002"):
        codes(select=["LOC02"])


def test_findings_come_in_document_order_then_by_code(ruleset):
    rules = "".join(
        f"  {code}: {rule(name, check, **more)}\n"
        for code, name, check, more in (
            ("LOC003", "few", "toy-too-few", {}),
            ("LOC002", "has", "toy-contains", {"with": {"needle": "某"}}),
            ("LOC001", "differ", "toy-halves-differ", {}),
        )
    )
    own = ruleset("rules:\n" + rules)
    tables = [
        table(row("数量指标", "甲", "某", "甲"), row("质量指标", "乙", "丙", "某"), project=p) for p in ("前", "后")
    ]
    found = [(f.project, f.indicator, f.rule) for f in lint([file(*tables)], own).findings]
    assert found == [
        (p, name, code)
        for p in ("前", "后")
        for name, code in ((None, "LOC003"), ("甲", "LOC001"), ("甲", "LOC002"), ("乙", "LOC001"), ("乙", "LOC002"))
    ]


def test_fingerprints_survive_edits_and_tell_equals_apart(contains):
    before = file(table(row("质量指标", "合格率", "某", "某", line=7), row("质量指标", "合格率", annual="某", line=8)))
    after = file(
        table(row("数量指标", "新增的一行", annual="1"), row("质量指标", "合格 率", annual="某某", line=70),
              row("质量指标", "合格率", annual="某", line=71)),
        path="另一个文件.docx",
    )  # fmt: skip
    first, second = [f.fingerprint for f in lint([before], contains).findings]
    assert first != second
    assert [f.fingerprint for f in lint([after], contains).findings] == [first, second]
    assert len(first) == 12
    int(first, 16)


def test_a_basis_is_cited_only_for_years_in_which_it_is_in_force(ruleset):
    own = ruleset(f"""\
bases:
  old: {{title: 甲办法, number: 甲〔2010〕1号, articles: {{"6": 六}}, verified: true, in_force_from: 2010-01-01,
    in_force_to: 2019-06-30}}
  new: {{title: 乙办法, number: 乙〔2019〕2号, articles: {{"12": 十二}}, in_force_from: 2019-07-01, verified: true}}
rules:
  LOC001: {rule("has", "toy-contains", basis=["old#6", "new#12"], **{"with": {"needle": "某"}})}
""")

    def cited(year, today=date(2026, 1, 1)):
        return lint([file(table(row("数量指标", "甲", annual="某"), year=year))], own, today=today).findings[0].basis

    old, new = "《甲办法》（甲〔2010〕1号）第六条", "《乙办法》（乙〔2019〕2号）第十二条"
    assert cited(2018) == (old,)
    assert cited(2019) == (old, new)
    assert cited(2026) == (new,)
    assert cited(None) == (new,)
    assert cited(None, today=date(2019, 6, 30)) == (old,)


def test_an_article_is_cited_only_where_its_text_was_checked(ruleset):
    own = ruleset(f"""\
bases:
  jia: {{title: 甲办法, number: 甲〔2010〕1号, articles: {{"6": 六}}, in_force_from: 2010-01-01, verified: true}}
rules:
  LOC001: {rule("has", "toy-contains", basis=["jia#6", "jia#7", "jia#8"], **{"with": {"needle": "某"}})}
""")
    [finding] = lint([file(table(row("数量指标", "甲", annual="某")))], own).findings
    assert finding.basis == ("《甲办法》（甲〔2010〕1号）第六条", "《甲办法》（甲〔2010〕1号）")


def test_a_rule_that_is_law_only_later_is_not_applicable(ruleset):
    more = {"in_force_from": "2026-01-01", "with": {"needle": "某"}}
    own = ruleset(f"rules:\n  LOC001: {rule('has', 'toy-contains', **more)}\n")
    result = lint([file(table(row("数量指标", "甲", annual="某"), year=2025))], own)
    assert not result.findings
    assert result.documents[0].not_applicable[0].reason == "这一规定在 2025 年度不适用"


def test_what_could_not_be_read_is_a_finding(national):
    unread = (
        Unread("≥95%", Location(line=40), "这一行没有二级指标。", project="后"),
        Unread("零散", Location(line=90), "无表头"),
    )
    document = file(table(row("数量指标", "甲", annual="≥1个"), project="前"), table(project="后"))
    result = lint([document._replace(unread=unread)], national, select=["KPI002"])
    assert [(f.project, f.form, f.value, f.evidence[0].location.line) for f in result.findings] == [
        ("后", 1, "≥95%", 40), ("", None, "零散", 90),
    ]  # fmt: skip
    assert "这一行没有二级指标" in result.findings[0].message


def test_many_parts_that_could_not_be_read_for_one_reason_are_told_once(national):
    unread = tuple(Unread(f"{n}册", Location(line=n), "不知属于哪一列。", project="前") for n in range(1, 9))
    other = Unread("零散", Location(line=90), "无表头", project="前")
    document = file(table(row("数量指标", "甲", annual="≥1个"), project="前"))
    result = lint([document._replace(unread=(*unread, other))], national, select=["KPI002"])
    many, one = result.findings
    assert "8处" in many.message
    assert [e.location.line for e in many.evidence] == list(range(1, 9))
    assert one.value == "零散"


def test_a_result_counts(contains):
    rows = (row("质量指标", "甲", annual="某"), row("质量指标", "乙", annual="好"), row("质量指标", "", annual=""))
    result = lint([file(table(*rows)), file(table(rows[0]), table(), path="二.txt")], contains)
    assert (result.tables, result.indicators) == (3, 3)
    assert result.counts == {"error": 0, "warning": 2, "info": 0}
    assert [(d.path, d.tables, d.indicators, d.unread) for d in result.documents] == [
        ("养护.txt", 1, 2, ()),
        ("二.txt", 2, 1, ()),
    ]
    assert lint([file()], contains).documents[0].profile is None


def test_the_same_input_gives_the_same_result(contains):
    document = file(*(table(row("质量指标", f"合格率{i}", "某", "某"), project=f"项目{i % 3}") for i in range(9)))
    assert lint([document], contains) == lint([document], contains)


def test_each_check_is_called_once_a_subject(toys, ruleset, monkeypatch):
    """Ten times the forms are ten times the calls: nothing looks at other forms."""
    calls = []
    counted = CHECKS["toy-contains"]._replace(function=lambda ctx, params: calls.append(ctx.half) or ())
    monkeypatch.setitem(CHECKS, "toy-contains", counted)
    spied = ruleset(f"rules:\n  LOC001: {rule('has', 'toy-contains', **{'with': {'needle': '某'}})}\n")
    for forms in (1, 10):
        calls.clear()
        lint([file(*(table(row("质量指标", "合格率", "1", "2")) for _ in range(forms)))], spied)
        assert len(calls) == 2 * forms
