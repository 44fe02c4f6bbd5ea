"""What a check found beside the one before it: what is gone, what is new, what was changed and is still wrong."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from kpi.reports.lines import Line, Style, line, styled
from kpi.reports.lint_finding import place_of, where
from kpi.reports.outcome import Outcome
from kpi.reports.terms import SEVERITIES, file_name
from kpi.reports.width import one_line
from kpi.rules.finding import Finding

_MOST = 10
Known = Mapping[str, tuple[Finding, ...]]


class Changes(NamedTuple):
    """`still`: the finding of a row whose cell was changed without putting it right. `first`: files read for the
    first time, whose findings are not news. `lost`: files that could not be read now, with what they had before;
    `blind`: there are no others."""

    gone: tuple[Finding, ...]
    new: tuple[Finding, ...]
    still: tuple[Finding, ...]
    first: tuple[str, ...]
    lost: tuple[tuple[str, int], ...] = ()
    blind: bool = False


def known(before: Known, outcome: Outcome) -> Known:
    """The findings of every file when it was last read. A file that cannot be read for the moment, or is away (half
    saved), keeps those of before: they are not put right."""
    now: dict[str, list[Finding]] = {path: [] for path in read(outcome)}
    for finding in outcome.findings:
        now.setdefault(finding.document, []).append(finding)
    return {**before, **{path: tuple(findings) for path, findings in now.items()}}


def read(outcome: Outcome) -> tuple[str, ...]:
    """The files with a form that were read."""
    return tuple(document.path for document in outcome.reading.documents if document.tables)


def changes(before: Known, now: Known, present: Collection[str]) -> Changes:
    """What happened to the findings of the files that were read both times. `present`: those that were read now."""
    gone: list[Finding] = []
    new: list[Finding] = []
    still: list[Finding] = []
    for path in (path for path in now if path in before):
        # A fingerprint is the rule and the row, whatever stands in the cell, and unique in a document.
        old, later = ({finding.fingerprint: finding for finding in run[path]} for run in (before, now))
        gone += [finding for key, finding in old.items() if key not in later]
        new += [finding for key, finding in later.items() if key not in old]
        still += [finding for key, finding in later.items() if key in old and _stands(finding) != _stands(old[key])]
    first = tuple(path for path in now if path not in before)
    lost = tuple((path, len(findings)) for path, findings in before.items() if path not in present)
    return Changes(tuple(gone), tuple(new), tuple(still), first, lost, bool(lost) and not present)


def render(found: Changes, *, several: bool) -> Iterator[Line]:
    """`several`: whether the file of each finding has to be named."""
    parts = (("改好", found.gone), ("新出现", found.new), ("改过，仍有问题", found.still))
    if not any(findings for _, findings in parts):
        yield line(styled("head", "比上一次："), "没有读到表，没法比。" if found.blind else "问题没有增减。")
    else:
        told = "，".join(f"{label} {len(findings)} 处" for label, findings in parts if findings)
        yield line(styled("head", "比上一次："), f"{told}。")
    for label, findings in parts:
        for finding in findings[:_MOST]:
            style: Style = "good" if findings is found.gone else finding.severity
            yield line("  ", styled(style, label), f" {_said(finding, several)}")
        if len(findings) > _MOST:
            yield line(styled("dim", f"  {label}的另有 {len(findings) - _MOST} 处"))
    for path, count in found.lost:
        told = f"，它原有的 {count} 处问题没有比" if count else ""
        yield line(styled("warning", f"  这次没有读到：{file_name(path)}"), told)
    if found.first:
        yield line(f"  第一次检查的文件：{'、'.join(map(one_line, found.first))}")


def _stands(finding: Finding) -> tuple[object, ...]:
    return finding.value, finding.severity, finding.title


def _said(finding: Finding, several: bool) -> str:
    file = f"{file_name(finding.document)} " if several else ""
    place = place_of(finding)
    return f"{file}{finding.rule} {finding.title}（{SEVERITIES[finding.severity]}） · {where(finding)}" + (
        f" · {place}" if place.startswith("“") else place
    )
