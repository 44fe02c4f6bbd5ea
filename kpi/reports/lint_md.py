"""`kpi lint` as Markdown, for a wiki, a merge request or a mail."""

from collections.abc import Callable, Iterator, Sequence

from kpi.reports.about import UNJUDGED, about, clean, gaps
from kpi.reports.blocks import Block, blocks_of
from kpi.reports.form_head import facts, funding
from kpi.reports.lint_closing import verdict
from kpi.reports.lint_finding import (
    Citations,
    evidence,
    group_by_row,
    place_of,
    quoted,
    said,
    set_apart,
    where,
)
from kpi.reports.markdown import plain
from kpi.reports.office import legal
from kpi.reports.outcome import Outcome
from kpi.reports.ownwords import CHECKED
from kpi.reports.terms import SEVERITIES, file_name, obligation
from kpi.reports.view import View
from kpi.rules.finding import SEVERITIES as ORDER
from kpi.rules.finding import Finding
from kpi.rules.ruleset import Rule

_MOST_QUOTES = 8
_BREAK = "  \n"  # two spaces end a line inside a list item


def render(outcome: Outcome, view: View) -> str:
    return legal("\n".join([*_head(outcome), *_forms(outcome, view), *_tail(outcome, view), ""]))


def _head(outcome: Outcome) -> Iterator[str]:
    yield f"# {CHECKED}\n\n**结论：{plain(verdict(outcome)[1])}**\n"
    yield f"| 序号 | 项目 | {' | '.join(SEVERITIES[severity] for severity in ORDER)} |\n|---:|---|---:|---:|---:|"
    for number, block in enumerate(blocks_of(outcome), 1):
        counts = " | ".join(str(block.counts[severity] or "—") for severity in ORDER)
        yield f"| {number} | {plain(block.title)} | {counts} |"
    yield ""


def _forms(outcome: Outcome, view: View) -> Iterator[str]:
    fine = []
    for number, block in enumerate(blocks_of(outcome), 1):
        if block.findings:
            yield from _form(number, block, lambda f: outcome.rule(f.rule) if view.explain else None)
        else:
            fine.append(f"{number}. {plain(block.title)}")
    if fine:
        yield f"{clean(outcome.result)}的表：{'；'.join(fine)}\n"


def _form(number: int, block: Block, rule: Callable[[Finding], Rule | None]) -> Iterator[str]:
    yield f"## {number}. {plain(block.title)}\n"
    if block.table:
        yield f"{plain('；'.join(facts(block.table)))}{_BREAK}资金：{plain(funding(block.table))}\n"
    yield f"文件：{plain(file_name(block.path))}\n"
    cite = Citations()
    rest, lists = set_apart(block.findings)
    for row in group_by_row(rest):
        yield f"### {plain(row.where)}{plain(f' {row.place}') if row.place else ''}\n"
        for finding in row.findings:
            place = "" if row.place else place_of(finding)
            yield _item(finding, cite, rule(finding), place)
        yield ""
    for some in lists:
        rows = [f"{where(f)} {place_of(f)}" + (f" → {quoted(f.fix.replace)}" if f.fix else "") for f in some]
        yield f"### {plain(some[0].title)}，{len(some)} 处\n"
        yield _item(some[0], cite, rule(some[0]), rows=rows) + "\n"


def _item(finding: Finding, cite: Citations, rule: Rule | None, place: str = "", rows: Sequence[str] = ()) -> str:
    """One finding, or one rule with the rows that it was found on."""
    title = f"{plain(finding.title)}{obligation(finding)}"
    head = f"- **{SEVERITIES[finding.severity]}** {finding.rule} {title}{plain(place)}"
    own = ("发现", "改法") if rows else ()  # what one row's finding says does not hold for the others
    parts = [(label, text) for label, text in said(finding, cite) if label not in own]
    parts += [("证据", "；".join(evidence(finding, _MOST_QUOTES)))] if not rows else []
    if rule:
        parts += [("理由", rule.rationale), ("可能误报", "；".join(rule.false_positives))]
    lines = [f"  {label}：{plain(text)}" for label, text in parts if text]
    return "\n".join([_BREAK.join([head, *lines]), *(f"  - {plain(row)}" for row in rows)])


def _tail(outcome: Outcome, view: View) -> Iterator[str]:
    """What took no part, and by which rules the report was made."""
    missed = [gap for gap in gaps(outcome) if view.explain or gap.kind != UNJUDGED]
    if missed:
        yield "## 没有参加检查的内容\n\n| 类别 | 文件 | 位置 | 内容 | 原因 |\n|---|---|---|---|---|"
        yield from (f"| {' | '.join(map(plain, gap))} |" for gap in missed)
        yield ""
    yield "## 检查说明\n"
    yield from (f"- {label}：{plain(text)}" for label, text in about(outcome))
