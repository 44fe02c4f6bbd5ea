"""What the findings of a document ask for: a change of a value, or of some words of a running text."""

from collections.abc import Iterable, Iterator

from kpi.fixes.edits import Proposal, Span, Target, Where
from kpi.model import Document, Entry, Half, Indicator, Location, TargetTable
from kpi.rules.finding import Edit, Finding
from kpi.rules.prose import Prose, titled


def proposals(document: Document, findings: Iterable[Finding]) -> Iterator[Proposal]:
    """In the order of the findings; the same change is asked for once by each rule."""
    seen: set[tuple[tuple[Target, str], tuple[Span, ...]]] = set()
    for finding in findings:
        if finding.form is None or not (finding.fix or finding.edits):
            continue
        table = document.tables[finding.form]
        for one in (*_values(table, finding), *_edits(table, finding)):
            key = (one.key, one.spans)
            if key not in seen:
                seen.add(key)
                yield one


def _rows(table: TargetTable, finding: Finding) -> Iterator[tuple[int, Indicator]]:
    for row, indicator in enumerate(table.indicators):
        if (indicator.level2, indicator.name) == (finding.level2, finding.indicator):
            yield row, indicator


def _values(table: TargetTable, finding: Finding) -> Iterator[Proposal]:
    """The fix, in the cells that the finding points at."""
    if finding.fix is None:
        return
    new, safe = finding.fix.replace, finding.fix.safe
    for row, indicator in _rows(table, finding):
        for half, entry in indicator.entries():
            if finding.half in (half, "both", None) and _quoted(finding, entry) is not None:
                yield _value(table, finding, (row, half), new, safe)


def _quoted(finding: Finding, entry: Entry) -> Location | None:
    """The cell of a value that a finding points at: of its sign, where that has one of its own and is meant."""
    own = {quote.location for quote in finding.evidence if quote.document is None and quote.text == entry.text}
    return next((place for place in entry.places if place in own), None)


def _value(table: TargetTable, finding: Finding, at: tuple[int, Half], new: str, safe: bool) -> Proposal:
    row, half = at
    indicator = table.indicators[row]
    entry = indicator.period if half == "period" else indicator.annual
    if entry is None or finding.form is None:
        raise ValueError("no such half")
    where = Where(table.project, indicator.level2, indicator.name, half, _quoted(finding, entry) or entry.location)
    whole = Span(0, len(entry.text), new)
    return Proposal(Target(finding.form, row, half), entry.text, (whole,), safe, finding, where)


def _edits(table: TargetTable, finding: Finding) -> Iterator[Proposal]:
    for edit in finding.edits:
        own = list(_own_values(table, finding, edit))
        yield from own or _words(table, finding, edit)


def _own_values(table: TargetTable, finding: Finding, edit: Edit) -> Iterator[Proposal]:
    """An edit of a whole value: of a row whose halves need different ones."""
    for row, indicator in _rows(table, finding):
        for half, entry in indicator.entries():
            if (entry.location, entry.text) == (edit.location, edit.find):
                yield _value(table, finding, (row, half), edit.replace, edit.safe)


def _words(table: TargetTable, finding: Finding, edit: Edit) -> Iterator[Proposal]:
    """An edit of words of a section, a goal or the project's name."""
    if finding.form is None:
        return
    for one in titled(table):
        start = _start(one, edit)
        if start is not None:
            where = Where(table.project, None, one.label, one.half, one.location)
            target = Target(finding.form, -1, one.key)
            safe = edit.safe and one.key != "project"  # other files and systems know the project by its name
            yield Proposal(target, one.text, tuple(_spans(edit, start)), safe, finding, where)
            return


def _start(one: Prose, edit: Edit) -> int | None:
    if one.location != edit.location or not edit.find:
        return None
    if edit.at is not None:
        return edit.at if one.text.startswith(edit.find, edit.at) else None
    return one.text.find(edit.find) if one.text.count(edit.find) == 1 else None


def _spans(edit: Edit, start: int) -> list[Span]:
    """The characters that change: each stretch of them where the lengths are equal, else all but what both share."""
    old, new = edit.find, edit.replace
    if len(old) != len(new):
        return [_trimmed(old, new, start)]
    spans: list[Span] = []
    for at, (a, b) in enumerate(zip(old, new, strict=True), start):
        if a != b and spans and spans[-1].end == at:
            spans[-1] = Span(spans[-1].start, at + 1, spans[-1].text + b)
        elif a != b:
            spans.append(Span(at, at + 1, b))
    return spans


def _trimmed(old: str, new: str, start: int) -> Span:
    front = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    most = min(len(old), len(new)) - front
    back = next((at for at in range(most) if old[-1 - at] != new[-1 - at]), most)
    return Span(start + front, start + len(old) - back, new[front : len(new) - back])


def trimmed(old: str, new: str) -> Span:
    """One span that makes `new` of `old`."""
    return _trimmed(old, new, 0)
