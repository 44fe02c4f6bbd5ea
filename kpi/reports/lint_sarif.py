"""`kpi lint` as SARIF 2.1.0, the exchange format of checkers: findings, waived ones, rules, and what took no part."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath, PureWindowsPath
from typing import Any
from urllib.parse import quote

from kpi.model import Location
from kpi.reports.about import NO_FORM, UNCHECKED, UNJUDGED, Gap, about, gaps
from kpi.reports.lint_closing import verdict
from kpi.reports.lint_finding import said, where
from kpi.reports.office import legal
from kpi.reports.outcome import Outcome
from kpi.reports.terms import obligation, spot
from kpi.reports.view import View
from kpi.rules.finding import Evidence, Finding
from kpi.rules.result import Waived
from kpi.rules.ruleset import Ruleset
from kpi.version import __version__

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_MOST_PLACES = 20  # of a finding over very many places
Json = dict[str, Any]


def render(outcome: Outcome, view: View) -> str:
    found = [*outcome.findings, *(one.finding for one in outcome.result.waived)]
    codes = sorted({finding.rule for finding in found})
    indexes = {code: index for index, code in enumerate(codes)}
    run: Json = {
        "tool": {"driver": _driver(outcome, codes, found)},
        "columnKind": "unicodeCodePoints",
        "language": "zh-CN",
        "invocations": [_invocation(outcome)],
        "results": [
            *(_result(finding, indexes) for finding in outcome.findings),
            *(_waived(one, indexes) for one in outcome.result.waived),
        ],
        "properties": {"verdict": verdict(outcome)[1], **dict(about(outcome))},
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return legal(json.dumps(log, ensure_ascii=False, indent=1)) + "\n"


def _driver(outcome: Outcome, codes: Sequence[str], found: Sequence[Finding]) -> Json:
    firsts = {finding.rule: finding for finding in reversed(found)}
    return {
        "name": "kpi",
        "version": __version__,
        "rules": [_rule(code, outcome.ruleset, firsts[code]) for code in codes],
        "properties": {"ruleset": outcome.ruleset.name, "rulesetVersion": outcome.ruleset.version},
    }


def _rule(code: str, ruleset: Ruleset, finding: Finding) -> Json:
    """The rule as its ruleset has it; from its finding where it is the engine's own."""
    rule = ruleset.rules.get(code)
    level = _LEVELS[rule.severity if rule else finding.severity]
    made: Json = {
        "id": code,
        "name": finding.name,
        "shortDescription": {"text": finding.title},
        "defaultConfiguration": {"level": level},
        "properties": {"tags": [finding.review_item], "confidence": finding.confidence, "status": finding.status},
    }
    if rule and rule.rationale:
        made["fullDescription"] = {"text": rule.rationale}
        made["help"] = {"text": "\n".join((rule.rationale, *(f"可能误报：{one}" for one in rule.false_positives)))}
    return made


def _result(finding: Finding, indexes: Mapping[str, int]) -> Json:
    made: Json = {
        "ruleId": finding.rule,
        "ruleIndex": indexes[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": "\n".join((finding.message + obligation(finding), *_advice(finding)))},
        "locations": [_location(finding.document, finding.evidence[0] if finding.evidence else None, _row(finding))],
        "partialFingerprints": {"kpi/v1": finding.fingerprint},
        "properties": _properties(finding),
    }
    more = finding.evidence[1:_MOST_PLACES]
    if more:
        made["relatedLocations"] = [
            {"id": number, **_location(quoted.document or finding.document, quoted, "")}
            for number, quoted in enumerate(more, 1)
        ]
    return made


def _advice(finding: Finding) -> Iterator[str]:
    return (f"{label}：{text}" for label, text in said(finding) if text != finding.message)


def _row(finding: Finding) -> str:
    return "/".join(filter(None, (finding.project, where(finding))))


def _properties(finding: Finding) -> Json:
    known = {
        "project": finding.project, "level2": finding.level2, "indicator": finding.indicator, "half": finding.half,
        "value": finding.value, "rewrite": finding.fix.replace if finding.fix else None, "basis": list(finding.basis),
        "confidence": finding.confidence, "status": finding.status,
        "mandatory": finding.mandatory or None,
    }  # fmt: skip
    return {key: value for key, value in known.items() if value is not None}


def _waived(one: Waived, indexes: Mapping[str, int]) -> Json:
    reason = f"{one.reason}（{one.by}，至 {one.until.isoformat()}）"
    suppressed = {"kind": "external", "status": "accepted", "justification": reason}
    return _result(one.finding, indexes) | {"suppressions": [suppressed]}


def _location(path: str, quoted: Evidence | None, row: str) -> Json:
    """A region where lines are counted; the cell in words where the file has cells or pages."""
    made: Json = {"physicalLocation": {"artifactLocation": {"uri": uri(path)}}}
    place = quoted.location if quoted else Location()
    if place.line is not None:
        region: Json = {"startLine": place.line}
        if place.column is not None:
            region["startColumn"] = place.column
        if quoted and quoted.text:
            region["snippet"] = {"text": quoted.text}
        made["physicalLocation"]["region"] = region
    elif spot(place):
        row = "/".join(filter(None, (row, spot(place))))
    if row:
        made["logicalLocations"] = [{"fullyQualifiedName": row}]
    return made


def uri(path: str) -> str:
    """A path as a URI: relative ones stay so, and a byte that is no text stays the byte."""
    windows = PureWindowsPath(path).is_absolute()
    slashes = path.replace("\\", "/") if windows else path
    try:
        data = slashes.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a character that stands for no byte
        data = slashes.encode("utf-8", "replace")
    quoted = quote(data, safe="/:@!$&'()*+,;=-._~")
    if PurePath(path).is_absolute() or windows:
        return f"file:///{quoted.lstrip('/')}"
    return f"./{quoted}" if ":" in quoted.partition("/")[0] else quoted


def _invocation(outcome: Outcome) -> Json:
    missed = list(gaps(outcome))
    made: Json = {"executionSuccessful": not outcome.could_not_check}
    for key, wanted in (("toolExecutionNotifications", False), ("toolConfigurationNotifications", True)):
        some = [_notification(gap) for gap in missed if (gap.kind == UNJUDGED) is wanted]
        if some:
            made[key] = some
    return made


def _notification(gap: Gap) -> Json:
    levels = {UNCHECKED: "error", UNJUDGED: "note", NO_FORM: "note"}
    what = "，".join(filter(None, (gap.place, gap.what)))
    made: Json = {"level": levels.get(gap.kind, "warning"),
                  "message": {"text": f"{gap.kind}：{what}{'：' if what else ''}{gap.reason}"}}  # fmt: skip
    return made | ({"locations": [_location(gap.path, None, "")]} if gap.path else {})
