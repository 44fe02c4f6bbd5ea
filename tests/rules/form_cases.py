"""Cases of rules as data: a small form, and every finding of some rules that it must give."""

from pathlib import Path

import yaml

from kpi.rules import Ruleset, lint
from kpi.rules.example_spec import ExampleSpec
from kpi.rules.examples import document
from kpi.rules.finding import Finding


def cases(*names: str) -> list[dict]:
    texts = ((Path(__file__).parent / name).read_text(encoding="utf-8") for name in names)
    return [case for text in texts for case in yaml.safe_load(text)]


def found(ruleset: Ruleset, case: dict) -> list[Finding]:
    """The findings of the case's rules; none of them may have been out of order."""
    result = lint([document(ExampleSpec.model_validate(case["form"]))], ruleset, select=case["rules"])
    findings = [finding for finding in result.findings if finding.rule in case["rules"]]
    assert not [f for f in result.findings if f.rule == "KPI001"]
    return findings


def check(findings: list[Finding], want: list[dict]) -> None:
    """Findings and expectations pair one to one, in any order of the rules."""
    told = sorted((next(iter(one)), n) for n, one in enumerate(want))
    said = sorted((finding.rule, n) for n, finding in enumerate(findings))
    assert [code for code, _ in said] == [code for code, _ in told], [f.message for f in findings]
    for (_, f), (code, w) in zip(said, told, strict=True):
        compare(findings[f], want[w][code])


def compare(finding: Finding, wanted: dict) -> None:
    text = finding.message + finding.expected + finding.suggestion
    for key in ("half", "level2", "indicator", "value", "severity"):
        if key in wanted:
            assert getattr(finding, key) == wanted[key], (key, finding)
    for words in wanted.get("says", ()):
        assert words in text, text
    for words in wanted.get("unsaid", ()):
        assert words not in text
    if "places" in wanted:
        assert len(finding.evidence) == wanted["places"], finding.evidence
