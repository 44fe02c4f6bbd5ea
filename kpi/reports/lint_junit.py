"""`kpi lint` as JUnit XML, for servers that show test results: a form is a suite, a finding a case.

Findings from the grade that fails the run on are failures; the others pass and say what they found in their output.
"""

from collections import Counter
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from kpi.reports.about import CUT, NO_FORM, OWN, UNJUDGED, UNREAD, about, clean, gaps
from kpi.reports.blocks import Block, blocks_of
from kpi.reports.lint_closing import verdict
from kpi.reports.lint_finding import cells, said, where
from kpi.reports.office import legal
from kpi.reports.outcome import Outcome
from kpi.reports.terms import SEVERITIES, obligation
from kpi.reports.view import View
from kpi.reports.width import one_line
from kpi.rules.finding import Finding

_PASSED, _FAILURE, _ERROR, _SKIPPED = "passed", "failure", "error", "skipped"
_HARMLESS = {UNJUDGED: _SKIPPED, NO_FORM: _SKIPPED, UNREAD: _SKIPPED, CUT: _SKIPPED}
Case = tuple[str, str]  # how it ended, its XML


def render(outcome: Outcome, view: View) -> str:
    suites = [*_forms(outcome, view), *_gaps(outcome)]
    ends = Counter(end for _, _, cases in suites for end, _ in cases)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="kpi lint" {_counts(ends)}>']
    if suites:
        lines += [*_suite(*suites[0], properties=_properties(outcome)), *(x for s in suites[1:] for x in _suite(*s))]
    return "\n".join([*lines, "</testsuites>", ""])


def _forms(outcome: Outcome, view: View) -> Iterator[tuple[str, str, list[Case]]]:
    for block in blocks_of(outcome):
        cases = [_case(f, block, f.fails(view.fail_on)) for f in block.findings]
        yield block.title, block.path, cases or [(_PASSED, f"  <testcase{_named(block, clean(outcome.result))}/>")]


def _case(finding: Finding, block: Block, failing: bool) -> Case:
    place = " · ".join(filter(None, (where(finding), cells(finding))))
    head = f"  <testcase{_named(block, f'{finding.rule} {finding.title}：{place}')}>"
    grade = SEVERITIES[finding.severity] + obligation(finding)
    parts = [("级别", grade), *said(finding), ("编号", finding.fingerprint)]
    text = escape("\n".join(_text(f"{label}：{part}") for label, part in parts))
    if failing:
        kind, message = quoteattr(finding.severity), _attribute(finding.message + obligation(finding))
        return _FAILURE, f"{head}\n   <failure type={kind} message={message}>{text}</failure>\n  </testcase>"
    return _PASSED, f"{head}\n   <system-out>{text}</system-out>\n  </testcase>"


def _gaps(outcome: Outcome) -> Iterator[tuple[str, str, list[Case]]]:
    """What took no part: skipped, or an error where the run could not check it."""
    harmless = {**_HARMLESS, OWN: _SKIPPED} if outcome.result.tables else _HARMLESS
    kinds: dict[tuple[str, str], list[Case]] = {}
    for gap in gaps(outcome):
        end = harmless.get(gap.kind, _ERROR)
        name = " ".join(filter(None, (gap.place, gap.what))) or gap.path
        case = f"  <testcase classname={_attribute(gap.path or gap.kind)} name={_attribute(name)}>\n"
        case += f"   <{end} message={_attribute(gap.reason)}/>\n  </testcase>"
        kinds.setdefault((gap.kind, gap.path), []).append((end, case))
    for (kind, path), cases in kinds.items():
        yield kind, path, cases


def _suite(name: str, path: str, cases: list[Case], properties: str = "") -> Iterator[str]:
    ends = Counter(end for end, _ in cases)
    shown = f"{name}（{path}）" if path else name
    yield f" <testsuite name={_attribute(shown)} {_counts(ends)}>"
    if properties:
        yield properties
    yield from (case for _, case in cases)
    yield " </testsuite>"


def _properties(outcome: Outcome) -> str:
    pairs = [*about(outcome), ("结论", verdict(outcome)[1])]
    rows = [f"   <property name={_attribute(label)} value={_attribute(text)}/>" for label, text in pairs]
    return "\n".join(["  <properties>", *rows, "  </properties>"])


def _counts(ends: Counter[str]) -> str:
    return (f'tests="{ends.total()}" failures="{ends[_FAILURE]}" errors="{ends[_ERROR]}" '
            f'skipped="{ends[_SKIPPED]}"')  # fmt: skip


def _named(block: Block, name: str) -> str:
    return f" classname={_attribute(block.title)} name={_attribute(name)}"


def _text(text: str) -> str:
    return legal(one_line(text))


def _attribute(text: str) -> str:
    return quoteattr(_text(text))
