"""`kpi lint` as workflow commands: GitHub shows each finding beside its line, or in the log where there is none."""

from collections.abc import Iterator

from kpi.reports.about import UNJUDGED, about, gaps
from kpi.reports.lint_closing import verdict
from kpi.reports.lint_finding import cells, said, where
from kpi.reports.office import legal
from kpi.reports.outcome import Outcome
from kpi.reports.terms import obligation
from kpi.reports.view import View
from kpi.reports.width import one_line
from kpi.rules.finding import Finding

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(outcome: Outcome, view: View) -> str:
    """One command a line; what a document says cannot begin another."""
    return legal("".join(f"{line}\n" for line in _lines(outcome)))


def _lines(outcome: Outcome) -> Iterator[str]:
    for finding in outcome.findings:
        yield _finding(finding)
    for gap in gaps(outcome):
        command = "notice" if gap.kind == UNJUDGED else "warning"
        what = "，".join(filter(None, (gap.place, gap.what)))
        yield _command(command, f"{what}：{gap.reason}" if what else gap.reason, file=gap.path, title=gap.kind)
    yield _command("notice", "；".join(f"{label}：{text}" for label, text in about(outcome)), title="检查说明")
    yield _command("notice", verdict(outcome)[1], title="结论")


def _finding(finding: Finding) -> str:
    place = finding.evidence[0].location if finding.evidence else None
    line = str(place.line) if place and place.line is not None else ""
    column = str(place.column) if line and place and place.column is not None else ""
    at = "" if line else cells(finding)
    head = " · ".join(filter(None, (finding.project, where(finding), at)))
    text = "\n".join((head, *(f"{label}：{one}" for label, one in said(finding))))
    title = f"{finding.rule} {finding.title}{obligation(finding)}"
    return _command(_COMMANDS[finding.severity], text, file=finding.document, line=line, col=column, title=title)


def _command(name: str, text: str, **properties: str) -> str:
    # A path is told as it is, line breaks and all, or it would be another file's.
    plain = ((key, one if key == "file" else one_line(one)) for key, one in properties.items() if one)
    shown = ",".join(f"{key}={one.translate(_PROPERTY)}" for key, one in plain)
    lines = "\n".join(map(one_line, text.split("\n")))
    return f"::{name} {shown}::{lines.translate(_DATA)}"
