"""What a check found beside the one before it: what is gone, what is new, what was changed and is still wrong."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kpi.reports.lines import Line, Style, line, styled
from kpi.reports.lint_finding import place_of, where
from kpi.reports.outcome import Outcome
from kpi.reports.terms import SEVERITIES
from kpi.reports.width import one_line
from kpi.rules.finding import Finding

_MOST = 10
Known = Mapping[str, tuple[Finding, ...]]


class Changes(NamedTuple):
    """`still`: the finding of a row whose cell was changed without putting it right. `first`: files read for the
    first time, whose findings are not news."""

    gone: tuple[Finding, ...]
    new: tuple[Finding, ...]
    still: tuple[Finding, ...]
    first: tuple[str, ...]


def known(before: Known, outcome: Outcome) -> Known:
    """The findings of every file when it was last read. A file that cannot be read for the moment, or is away (half
    saved), keeps those of before: they are not put right."""
    now: dict[str, list[Finding]] = {document.path: [] for document in outcome.reading.documents if document.tables}
    for finding in outcome.findings:
        now.setdefault(finding.document, []).append(finding)
    return {**before, **{path: tuple(findings) for path, findings in now.items()}}


def changes(before: Known, now: Known) -> Changes:
    """What happened to the findings of the files that were read both times."""
    gone: list[Finding] = []
    new: list[Finding] = []
    still: list[Finding] = []
    for path in (path for path in now if path in before):
        # A fingerprint is the rule and the row, whatever stands in the cell, and unique in a document.
        old, present = ({finding.fingerprint: finding for finding in run[path]} for run in (before, now))
        gone += [finding for key, finding in old.items() if key not in present]
        new += [finding for key, finding in present.items() if key not in old]
        still += [finding for key, finding in present.items() if key in old and _stands(finding) != _stands(old[key])]
    return Changes(tuple(gone), tuple(new), tuple(still), tuple(path for path in now if path not in before))


def render(found: Changes, *, several: bool) -> Iterator[Line]:
    """`several`: whether the file of each finding has to be named."""
    parts = (("改好", found.gone), ("新出现", found.new), ("改过，仍有问题", found.still))
    if not any(findings for _, findings in parts):
        yield line(styled("head", "比上一次："), "问题没有增减。")
    else:
        told = "，".join(f"{label} {len(findings)} 处" for label, findings in parts if findings)
        yield line(styled("head", "比上一次："), f"{told}。")
    for label, findings in parts:
        for finding in findings[:_MOST]:
            style: Style = "good" if findings is found.gone else finding.severity
            yield line("  ", styled(style, label), f" {_said(finding, several)}")
        if len(findings) > _MOST:
            yield line(styled("dim", f"  {label}的另有 {len(findings) - _MOST} 处"))
    if found.first:
        yield line(f"  第一次检查的文件：{'、'.join(map(one_line, found.first))}")


def _stands(finding: Finding) -> tuple[object, ...]:
    return finding.value, finding.severity, finding.title


def _said(finding: Finding, several: bool) -> str:
    file = f"{one_line(finding.document)} " if several else ""
    place = place_of(finding)
    return f"{file}{finding.rule} {finding.title}（{SEVERITIES[finding.severity]}） · {where(finding)}" + (
        f" · {place}" if place.startswith("“") else place
    )
