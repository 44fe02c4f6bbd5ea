"""One cause, one finding: the mechanism on toy rules, and the shipped order."""

import json

import pytest
from engine_toys import file, row, rule, table

from kpi.model import Location
from kpi.rules import lint
from kpi.rules.finding import Hit
from kpi.rules.ruleset import Silence
from kpi.rules.silence import Found, keep


def rules(**needles):
    return "".join(
        f"  {code}: {rule(code.lower(), 'toy-contains', **{'with': {'needle': needle}})}\n"
        for code, needle in needles.items()
    )


def said(own, *rows, **options):
    return [(f.rule, f.half) for f in lint([file(table(*rows))], own, **options).findings]


def test_the_narrower_rule_explains_the_row(ruleset):
    own = ruleset("silences: [{order: [LOC001, LOC002], at: row}]\nrules:\n" + rules(LOC001="甲", LOC002="乙"))
    assert said(own, row("质量指标", "率", annual="甲乙")) == [("LOC001", "annual")]
    assert said(own, row("质量指标", "率", annual="乙"), row("质量指标", "别的率", annual="甲")) == [
        ("LOC002", "annual"), ("LOC001", "annual"),
    ]  # fmt: skip


def test_on_a_row_each_half_is_explained_by_itself(ruleset):
    own = ruleset("silences: [{order: [LOC001, LOC002], at: row}]\nrules:\n" + rules(LOC001="甲", LOC002="乙"))
    assert said(own, row("质量指标", "率", "甲乙", "乙")) == [("LOC001", "period"), ("LOC002", "annual")]


def test_what_is_kept_quiet_still_explains(ruleset):
    silences = [{"order": ["LOC001", "LOC002"], "at": "row"}, {"order": ["LOC002", "LOC003"], "at": "row"}]
    own = ruleset(f"silences: {json.dumps(silences)}\nrules:\n" + rules(LOC001="甲", LOC002="乙", LOC003="丙"))
    assert said(own, row("质量指标", "率", annual="甲乙丙")) == [("LOC001", "annual")]


def test_an_order_with_equals(ruleset):
    own = ruleset(
        "silences: [{order: [[LOC001, LOC002], LOC003, [LOC004]], at: row}]\nrules:\n"
        + rules(LOC001="甲", LOC002="乙", LOC003="丙", LOC004="丁")
    )
    assert said(own, row("质量指标", "率", annual="甲乙丙丁")) == [("LOC001", "annual"), ("LOC002", "annual")]
    assert said(own, row("质量指标", "率", annual="丙丁")) == [("LOC003", "annual")]


def test_a_rule_that_is_off_keeps_nobody_quiet_but_one_that_is_not_shown_does(ruleset):
    text = "silences: [{order: [LOC001, LOC002], at: row}]\nrules:\n" + rules(LOC001="甲", LOC002="乙")
    both = row("质量指标", "率", annual="甲乙")
    assert said(ruleset("off: [LOC001]\n" + text), both) == [("LOC002", "annual")]
    assert said(ruleset(text), both, ignore=["LOC001"]) == []
    assert said(ruleset(text), both, select=["LOC002"]) == []


def test_level_and_form(ruleset):
    rows = (row("质量指标", "一", annual="甲"), row("质量指标", "二", annual="乙"), row("数量指标", "三", annual="乙"))
    level = ruleset("silences: [{order: [LOC001, LOC002], at: level}]\nrules:\n" + rules(LOC001="甲", LOC002="乙"))
    assert said(level, *rows) == [("LOC001", "annual"), ("LOC002", "annual")]
    form = ruleset("silences: [{order: [LOC001, LOC002], at: form}]\nrules:\n" + rules(LOC001="甲", LOC002="乙"))
    assert said(form, *rows) == [("LOC001", "annual")]
    other = lint([file(table(*rows), table(rows[1], project="别的"))], form).findings
    assert [(f.rule, f.project) for f in other] == [("LOC001", "云岭乡道路养护"), ("LOC002", "别的")]


def test_halves_of_a_form_count_only_where_the_ruleset_says_so(ruleset):
    rows = (row("质量指标", "一", annual="甲"), row("质量指标", "二", period="乙"), row("质量指标", "三", annual="乙"))
    same = "silences: [{order: [LOC001, LOC002], at: form, halves: same}]\nrules:\n" + rules(LOC001="甲", LOC002="乙")
    assert said(ruleset(same), *rows) == [("LOC001", "annual"), ("LOC002", "period")]
    assert said(ruleset(same.replace(", halves: same", "")), *rows) == [("LOC001", "annual")]


@pytest.fixture
def places(ruleset):
    """Two rules at the given lines; which of the second are kept."""
    own = ruleset("rules:\n" + rules(LOC001="甲", LOC002="乙"))

    def found(code, *lines):
        where = tuple(Location(line=line) for line in lines)
        return Found(own.rules[code], Hit(), 0, -1, None, None, frozenset(), (), where)

    def run(at, firsts, seconds):
        silence = Silence("LOC001", "LOC002", at, True)
        kept = keep([found("LOC001", *p) for p in firsts] + [found("LOC002", *p) for p in seconds], [silence])
        return [tuple(p.line for p in f.places) for f in kept if f.rule.code == "LOC002"]

    return run


def test_a_place_is_explained_where_one_finding_points_at_all_of_it(places):
    assert places("place", [(1, 2)], [(1, 2), (2,), (1, 3), ()]) == [(1, 3), ()]
    assert places("place", [(1,), (2,)], [(1, 2)]) == [(1, 2)], "two findings about other pairs do not explain this one"
    assert places("document", [(1,)], [(8,), ()]) == []


@pytest.mark.parametrize(
    ("first", "quiet", "at"),
    [
        ("VAL011", "VAL003", "row"),
        ("REQ008", "VAL001", "row"),
        ("REQ008", "VAL011", "row"),
        ("REQ008", "VAL011", "place"),
        ("VAL002", "VAL004", "row"),
        ("VAL005", "TIM001", "row"),
        ("VAL002", "CLS002", "row"),
        ("UNI004", "VAL006", "row"),
        ("UNI003", "UNI001", "row"),
        ("UNI008", "UNI001", "row"),
        ("CLS005", "CLS002", "row"),
        ("UNI004", "CST003", "row"),
        ("VAL005", "CST004", "row"),
        ("VAL014", "VAL009", "row"),
        ("VAL011", "VAL008", "row"),
        ("CLS004", "CLS002", "row"),
        ("CST001", "HLF002", "row"),
        ("REQ006", "REQ001", "form"),
        ("REQ006", "HLF003", "form"),
        ("HLF003", "REQ001", "level"),
        ("PFL002", "PFL003", "place"),
        ("PFL006", "PFL005", "document"),
        ("TXT004", "TXT005", "place"),
    ],
)
def test_the_shipped_order(national, first, quiet, at):
    assert any((s.first, s.quiet, s.at) == (first, quiet, at) for s in national.silences)


def test_the_shipped_order_has_no_circles(national):
    after = {}
    for silence in national.silences:
        after.setdefault(silence.first, set()).add(silence.quiet)

    def reach(code, path):
        assert code not in path, f"{' → '.join(path)} → {code}"
        for later in after.get(code, ()):
            reach(later, [*path, code])

    for code in after:
        reach(code, [])
