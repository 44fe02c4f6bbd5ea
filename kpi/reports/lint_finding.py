"""One row of a form with its findings: where it stands, then for each what was found, what was expected, what to do."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from kpi.reports.lines import Line, line, styled
from kpi.reports.terms import HALVES, SEVERITIES, file_name, obligation, spot, spots
from kpi.reports.width import brief_quotes, one_line, shorten
from kpi.rules.finding import SEVERITIES as SEVERITY_ORDER
from kpi.rules.finding import Evidence, Finding
from kpi.rules.ruleset import Rule

_MARKS = {"error": "✗", "warning": "!", "info": "·"}
_QUOTE_COLUMNS = 76
_MOST_QUOTES = 8
_MANY = 4  # hints of one rule in a form from which on they are listed
_NUMBERED = re.compile(r"《.+》（(.+?)）(.*)")


class RowFindings(NamedTuple):
    """The findings of one row (one indicator, or one level, or the form as a whole), in their order.

    `place` is said once above them where they all share it, else it is "" and each says its own.
    """

    where: str
    place: str
    findings: tuple[Finding, ...]


class Citations:
    """Laws as documents name them: in full the first time in a form, then by number ("财预〔2015〕88号第十三条")."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def __call__(self, basis: str) -> str:
        found = _NUMBERED.fullmatch(basis)
        if not found:
            return basis
        if found[1] in self._seen:
            return found[1] + found[2]
        self._seen.add(found[1])
        return basis


def set_apart(findings: Sequence[Finding]) -> tuple[tuple[Finding, ...], tuple[tuple[Finding, ...], ...]]:
    """Hints that one rule gives on many rows of a form (">=" all over a platform's export) read better as one list:
    (the rest, the lists)."""
    rules: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.severity == "info" and finding.indicator is not None and not finding.mandatory:
            rules.setdefault(finding.rule, []).append(finding)
    lists = tuple(tuple(some) for some in rules.values() if len(some) >= _MANY)
    listed = {finding.rule for some in lists for finding in some}
    return tuple(f for f in findings if f.rule not in listed or f.indicator is None), lists


def list_lines(findings: Sequence[Finding], cite: Citations, rule: Rule | None) -> Iterator[Line]:
    """One rule on many rows: said once, then a line a row."""
    first = findings[0]
    word = f"{_MARKS[first.severity]} {SEVERITIES[first.severity]}"
    head = styled("strong", f"{first.title}，{len(findings)} 处")
    yield line("  ▍", styled(first.severity, word), f" {first.rule} ", head)
    if first.expected:
        yield line(f"      应为：{one_line(first.expected)}")
    for finding in findings:
        better = f" → “{one_line(finding.fix.replace)}”" if finding.fix else ""
        yield line(f"      {where(finding)} · {place_of(finding)}{better}")
    if first.basis:
        yield line(styled("dim", f"      依据：{'；'.join(map(cite, first.basis))}"))
    if rule:
        yield from _explanation(rule)


def group_by_row(findings: Iterable[Finding]) -> tuple[RowFindings, ...]:
    """Findings of one row under one head, rows in the order of their first finding."""
    rows: dict[tuple[str | None, str | None], list[Finding]] = {}
    for finding in findings:
        rows.setdefault((finding.level2, finding.indicator), []).append(finding)
    return tuple(_row(row) for row in rows.values())


def _row(findings: Sequence[Finding]) -> RowFindings:
    """The gravest first, of one severity what must be mended."""
    findings = sorted(findings, key=lambda f: (SEVERITY_ORDER.index(f.severity), not f.mandatory))
    places = {place_of(finding) for finding in findings}
    shared = places.pop() if len(places) == 1 else ""
    return RowFindings(where(findings[0]), shared, tuple(findings))


def where(finding: Finding) -> str:
    """The row: second level and indicator."""
    parts = [finding.level2, finding.indicator]
    return " · ".join(one_line(part) for part in parts if part) or ("整张表" if finding.project else "整份文件")


def place_of(finding: Finding) -> str:
    """“value”（half，lines）: the cell in words."""
    value = f"“{shorten(finding.value, _QUOTE_COLUMNS)}”" if finding.value else ""
    inner = "，".join(filter(None, (HALVES[finding.half] if finding.half else "", cells(finding))))
    return value + (f"（{inner}）" if inner else "")


def cells(finding: Finding) -> str:
    """Where the finding's own cells are in the file (in another one: with its name), or its first place where it has
    none of its own."""
    own = [quote for quote in finding.evidence if _is_own(quote, finding)] or finding.evidence[:1]
    files = {quote.document for quote in own}
    other = files.pop() if len(files) == 1 else None
    places = spots(quote.location for quote in own)
    return f"{file_name(other)} {places}" if other and places else places


def said(finding: Finding, cite: Callable[[str], str] = str) -> Iterator[tuple[str, str]]:
    """What the finding says, labelled: what was found, what was expected, what to do, by which law."""
    parts = (
        ("发现", brief_quotes(finding.message)), ("应为", finding.expected), ("改法", finding.suggestion),
        ("依据", "；".join(map(cite, finding.basis))),
    )  # fmt: skip
    return ((label, text) for label, text in parts if text)


def other_places(finding: Finding) -> tuple[Evidence, ...]:
    """The places besides the finding's own cells that say something."""
    return tuple(quote for quote in finding.evidence if quote.text.strip() and not _is_own(quote, finding))


def evidence(finding: Finding, most: int) -> Iterator[str]:
    """The places besides the finding's own cells, quoted, each with where it is; the rest as a count."""
    others = other_places(finding)
    for one in others[:most]:
        at = " ".join(filter(None, (file_name(one.document or ""), spot(one.location))))
        yield quoted(one.text) + (f"（{at}）" if at else "")
    if len(others) > most:
        yield f"另有 {len(others) - most} 处"


def _is_own(quote: Evidence, finding: Finding) -> bool:
    return finding.value is not None and quote.text.strip() == finding.value.strip()


def row_line(row: RowFindings) -> Line:
    return line("  ", styled("strong", f"▍{row.where}"), _after(row.place))


def _after(place: str) -> str:
    """A place behind a word: a quoted value is set off from it, a bracket is not."""
    return f" · {place}" if place.startswith("“") else place


def finding_lines(
    finding: Finding, row: RowFindings, cite: Citations, rule: Rule | None, again: str = ""
) -> Iterator[Line]:
    """The finding; with `rule` also why the rule exists and where it is known to be wrong. `again`: what `kpi waive`
    needs beside the fingerprint and the file to find it once more."""
    word = f"{_MARKS[finding.severity]} {SEVERITIES[finding.severity]}"
    place = "" if row.place else _after(place_of(finding))
    head = styled("strong", finding.title)
    yield line("    ", styled(finding.severity, word), f" {finding.rule} ", head, obligation(finding), place)
    yield line(f"      发现：{brief_quotes(one_line(finding.message))}")
    yield from _quotes(finding)
    if finding.expected:
        yield line(f"      应为：{one_line(finding.expected)}")
    if finding.suggestion:
        yield line("      改法：", styled("good", one_line(finding.suggestion)))
    if finding.basis:
        yield line(styled("dim", f"      依据：{'；'.join(map(cite, finding.basis))}"))
    if rule:
        yield from _explanation(rule)
        waiving = "不能豁免" if finding.mandatory or rule.heard else f"豁免这一处：{_waiving(finding, again)}"
        yield line(styled("dim", f"      编号：{finding.fingerprint}（{waiving}）"))


def _waiving(finding: Finding, again: str) -> str:
    """The whole command; what only people know stands in words."""
    path = finding.document.partition("!/")[0]  # what came out of an archive is found again in the archive
    file = "文件" if path == "-" else f'"{path}"' if " " in path else path
    return f"kpi waive {finding.fingerprint} {one_line(file)}{again} --reason 理由 --by 同意人 --until 日期"


def _quotes(finding: Finding) -> Iterator[Line]:
    """Places besides the row's own cell."""
    others = other_places(finding)
    shown: dict[str, list[str]] = {}
    for quote in others[:_MOST_QUOTES]:
        at = " ".join(filter(None, (file_name(quote.document or ""), spot(quote.location))))
        shown.setdefault(at, []).append(quoted(quote.text))
    for at, texts in shown.items():
        yield line(f"      证据：{'、'.join(dict.fromkeys(texts))}" + (f"（{at}）" if at else ""))
    if len(others) > _MOST_QUOTES:
        yield line(f"      证据：另有 {len(others) - _MOST_QUOTES} 处，见 --format json")


def quoted(text: str) -> str:
    """In quotation marks unless it has some."""
    short = shorten(text, _QUOTE_COLUMNS)
    return short if "“" in short else f"“{short}”"


def _explanation(rule: Rule) -> Iterator[Line]:
    if rule.rationale:
        yield line(styled("dim", f"      理由：{one_line(rule.rationale)}"))
    if rule.false_positives:
        yield line(styled("dim", f"      可能误报：{'；'.join(rule.false_positives)}"))
