"""`kpi rules --format md`: the rules as a page for finance clerks. docs/rules.md is that of the national ruleset."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from kpi.reports.example_text import example
from kpi.reports.markdown import plain as _plain
from kpi.reports.numbers import share
from kpi.reports.terms import CONFIDENCES, FAMILIES, SEVERITIES, STATUSES
from kpi.rules.accuracy import measured
from kpi.rules.example_spec import ExampleSpec
from kpi.rules.finding import Finding
from kpi.rules.ruleset import Citation, Rule, Ruleset

Said = Callable[[Rule, ExampleSpec], Finding | None]
_HEAD = """\
# 规则一览

规则集 {name}：{title}，共 {count} 条规则。这一页由 `kpi rules --format md` 生成。

- **错误**要改好才能提交；**警告**审核时可能被问到；**提示**可以顺手改好。
- 一个毛病只说一次：说得具体的规则报了，笼统的就不再报。
- 缺少判断所需内容的规则记为“不适用”，不算通过，用 `kpi lint --explain` 看原因。
- ✗ 是应当报的写法，✓ 是不报的写法，都是虚构的例子，同时也是规则的测试。
- 准确率怎么量的，见 [accuracy.md](accuracy.md)。停用、改级别、加自己的规则，见 [ruleset.md](ruleset.md)。
"""


def render(rules: Iterable[Rule], ruleset: Ruleset, said: Said) -> str:
    """`said` tells what the rule says of one of its examples."""
    some = sorted(rules, key=_place)
    parts = [_HEAD.format(name=ruleset.name, title=_plain(ruleset.title), count=len(some))]
    for family, members in groupby(some, key=lambda rule: rule.family):
        listed = list(members)
        parts.append("\n".join(_family(family, listed)))
        parts += ["\n".join(_rule(rule, ruleset, said)) for rule in listed]
    return "\n".join(parts)


def _place(rule: Rule) -> tuple[int, str]:
    known = list(FAMILIES)
    return known.index(rule.family) if rule.family in known else len(known), rule.code


def _family(family: str, rules: Iterable[Rule]) -> Iterator[str]:
    yield f"\n## {family} {FAMILIES.get(family, '本单位的规则')}\n"
    yield "| 规则 | 查什么 | 级别 |\n|---|---|---|"
    for rule in rules:
        yield f"| [{rule.code}](#{rule.code.lower()}) | {_plain(rule.title)} | {SEVERITIES[rule.severity]} |"
    yield ""


def _rule(rule: Rule, ruleset: Ruleset, said: Said) -> Iterator[str]:
    yield f'<a id="{rule.code.lower()}"></a>\n\n### {rule.code} {_plain(rule.title)}\n'
    yield f"{_grade(rule, ruleset)}\n"
    yield f"{_plain(rule.rationale)}\n"
    found = [(spec, said(rule, spec)) for spec in rule.bad]
    for spec, finding in found:
        yield f"- ✗ {_plain(example(spec))}"
        if finding:
            yield f"  <br>→ {_plain(finding.message)}{_plain(finding.suggestion)}"
    for spec in rule.good:
        yield f"- ✓ {_plain(example(spec))}"
    yield ""
    if rule.default.wording.expected.text and (finding := next((f for _, f in found if f and f.expected), None)):
        yield f"应为：{_plain(finding.expected)}\n"
    if rule.basis:
        yield f"依据：{'；'.join(_citation(one) for one in rule.basis)}\n"
    if rule.false_positives:
        yield f"可能误报：{'；'.join(map(_plain, rule.false_positives))}\n"


def _grade(rule: Rule, ruleset: Ruleset) -> str:
    off = "**停用**；" if rule.code in ruleset.off else ""
    cases = {SEVERITIES[case.severity] for case in rule.cases.values()} - {SEVERITIES[rule.severity]}
    other = f"（有的情形为{'、'.join(sorted(cases))}）" if cases else ""
    parts = [
        f"{SEVERITIES[rule.severity]}{other}", f"把握{CONFIDENCES[rule.confidence]}", f"审核内容：{rule.review_item}",
        STATUSES[rule.status], *_measured(rule),
    ]  # fmt: skip
    return f"{off}{'；'.join(parts)}；`{rule.name}`"


def _measured(rule: Rule) -> Iterator[str]:
    if score := measured().get(rule.code):
        yield from share("准确率", score.hit, score.judged)
        yield from share("查全率", score.hit, score.hit + score.missed)


def _citation(citation: Citation) -> str:
    return _plain(str(citation)) + ("" if citation.verified else "（条款未核对原文）")
