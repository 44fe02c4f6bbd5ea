"""Do rules do what their own ✗ and ✓ examples say? What `kpi rules check` tries out before a ruleset is used."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from kpi.rules.engine import lint
from kpi.rules.example_spec import ExampleSpec
from kpi.rules.examples import document, run_example
from kpi.rules.ruleset import Rule, Ruleset


class Failed(NamedTuple):
    """An example (`number` counts from 0) that the rule does not bear out, and how, as a Chinese sentence."""

    rule: str
    side: Literal["bad", "good"]
    number: int
    said: str


def failures(ruleset: Ruleset, codes: Iterable[str]) -> Iterator[Failed]:
    """The examples of these rules that fail under the whole ruleset; rules that are off are left out."""
    for rule in ruleset.active:
        if rule.code not in codes or rule.scope == "engine":
            continue
        for number, example in enumerate(rule.bad):
            if not run_example(ruleset, rule.code, example):
                yield Failed(rule.code, "bad", number, _unheard(ruleset, rule, example))
        for number, example in enumerate(rule.good):
            for finding in run_example(ruleset, rule.code, example)[:1]:
                yield Failed(rule.code, "good", number, f"不应当报，却报了：{finding.message}")


def _unheard(ruleset: Ruleset, rule: Rule, example: ExampleSpec) -> str:
    """Often another rule says it better: name those that spoke, and why this one could not judge."""
    result = lint([document(example)], ruleset)
    (only,) = result.documents
    if "KPI001" in {finding.rule for finding in only.findings}:
        return "应当报，但规则执行时出错，没有得出结论。"
    reasons = [skipped.reason for skipped in only.not_applicable if skipped.rule == rule.code]
    if reasons:
        return f"应当报，却没有参加判断：{reasons[0]}。"
    first = {silence.first for silence in ruleset.silences if silence.quiet == rule.code}
    others = dict.fromkeys(finding.rule for finding in only.findings if finding.rule in first)
    return "应当报，却没有报" + (f"（{'、'.join(others)} 报了，按 silences 就不再报它）。" if others else "。")
