"""Changes as they are told and as they are written: those of several rounds as one."""

from collections.abc import Iterator, Sequence

from kpi.fixes.cells import Cells
from kpi.fixes.edits import CellEdit, Change, Manual, Proposal, Span, Target, spliced
from kpi.fixes.merging import spans_of
from kpi.fixes.place import Placed
from kpi.fixes.propose import trimmed
from kpi.readers import Source

_AROUND = 12  # characters shown on both sides of changed words
Asked = tuple[int, Target, str, str, str]  # document, target, rule, old words, new words
Rounds = Sequence[Sequence[Placed]]


def asked(number: int, one: Proposal) -> Asked:
    """What tells a change apart from all others."""
    start, end = one.spans[0].start, one.spans[-1].end
    words = "\0".join(span.text for span in one.spans)
    return number, one.target, one.finding.rule, one.old[start:end], words


def manual(one: Proposal, reason: str) -> Manual:
    """A change that people have to make."""
    old, new = (one.old, one.new) if one.target.row >= 0 else _shown(one.old, one.spans)
    return Manual(one.where, old, new, one.finding.rule, one.finding.title, reason)


def _shown(text: str, spans: Sequence[Span]) -> tuple[str, str]:
    """What changes in a running text with a little around it, before and after."""
    old, new = zip(*(_words(text, some) for some in _near(spans)), strict=True)
    return "…".join(old), "…".join(new)


def _near(spans: Sequence[Span]) -> list[list[Span]]:
    """Spans that are so near each other that they are shown together."""
    groups = [[spans[0]]]
    for span in spans[1:]:
        if span.start - groups[-1][-1].end > 2 * _AROUND:
            groups.append([])
        groups[-1].append(span)
    return groups


def _words(text: str, spans: Sequence[Span]) -> tuple[str, str]:
    left, right = max(0, spans[0].start - _AROUND), min(len(text), spans[-1].end + _AROUND)
    inside = [Span(span.start - left, span.end - left, span.text) for span in spans]
    return text[left:right], spliced(text[left:right], inside)


def changes(rounds: Rounds) -> Iterator[Change]:
    """What was done, one change a text, in the order of the form."""
    done: dict[Target, list[list[Placed]]] = {}
    for some in rounds:
        mine: dict[Target, list[Placed]] = {}
        for one in some:
            mine.setdefault(one.proposal.target, []).append(one)
        for target, here in mine.items():
            done.setdefault(target, []).append(here)
    yield from (_change(done[target]) for target in sorted(done, key=_order))


def _order(target: Target) -> tuple[object, ...]:
    """Running texts before rows, 实施期 before 年度."""
    return target.form, target.row, target.key != "period", target.key


def _change(rounds: Rounds) -> Change:
    """One text before the first round and after the last."""
    every = [one.proposal for some in rounds for one in some]
    first, last = every[0], rounds[-1][-1]
    spans = sorted(span for one in rounds[0] for span in one.proposal.spans)
    if first.target.row >= 0:
        old, new = first.old, last.text
    elif len(rounds) == 1:
        old, new = _shown(first.old, spans)
    else:
        after = spliced(last.proposal.old, sorted(span for one in rounds[-1] for span in one.proposal.spans))
        old, new = _shown(first.old, [trimmed(first.old, after)])
    titles = dict.fromkeys((one.finding.rule, one.finding.title) for one in every)
    rules, words = zip(*titles, strict=True)
    return Change(first.where, old, new, rules, words, all(one.safe for one in every))


def cell_edits(source: Source, rounds: Rounds) -> Iterator[CellEdit]:
    """The changes of all rounds in the text that the file has now."""
    cells = Cells(source).all
    by_round = [spans_of(some) for some in rounds]
    for number in sorted({number for some in by_round for number in some}):
        mine = [some[number] for some in by_round if number in some]
        text = cells[number].text
        for spans in mine:
            text = spliced(text, spans)
        yield CellEdit(cells[number], mine[0] if len(mine) == 1 else (trimmed(cells[number].text, text),))
