"""A finding as one row of a table: the columns that the spreadsheet and the CSV have in common."""

from typing import NamedTuple

from kpi.reports.lint_finding import cells, evidence
from kpi.reports.terms import CONFIDENCES, HALVES, MUST, SEVERITIES, STATUSES, file_name
from kpi.rules.finding import Finding

_MOST_QUOTES = 20


class Entry(NamedTuple):
    """The cells of a row, in the order of HEADS: what one reads first, then what one looks up. Texts as in the
    document."""

    severity: str
    rule: str
    title: str
    project: str
    level2: str
    indicator: str
    half: str
    value: str
    place: str
    message: str
    suggestion: str
    expected: str
    rewrite: str
    basis: str
    evidence: str
    review_item: str
    document: str
    confidence: str
    status: str
    fingerprint: str


HEADS = Entry(
    "级别", "规则", "问题", "项目", "二级指标", "三级指标", "侧", "原文", "位置", "发现", "改法",
    "应为", "改写为", "依据", "其他位置", "审核内容", "文件", "把握", "规则状态", "编号",
)  # fmt: skip


def entry(finding: Finding) -> Entry:
    return Entry(
        severity=SEVERITIES[finding.severity],
        rule=finding.rule,
        title=finding.title,
        document=file_name(finding.document),
        project=finding.project,
        level2=finding.level2 or "",
        indicator=finding.indicator or "",
        half=HALVES[finding.half] if finding.half else "",
        value=finding.value or "",
        place=cells(finding),
        message=finding.message,
        expected=finding.expected,
        suggestion=finding.suggestion,
        rewrite=finding.fix.replace if finding.fix else "",
        basis="；".join(finding.basis),
        evidence="；".join(evidence(finding, _MOST_QUOTES)),
        review_item=finding.review_item,
        confidence=CONFIDENCES.get(finding.confidence, finding.confidence),
        status=_status(finding),
        fingerprint=finding.fingerprint,
    )


def _status(finding: Finding) -> str:
    """What the rule counts for: must be mended, where the ruleset says so, else how well it is known."""
    if finding.mandatory and finding.status != "trial":
        return MUST
    return STATUSES.get(finding.status, finding.status)
