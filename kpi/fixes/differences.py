"""What a change of a text really changes: the stretches that differ, so that all others stay as and where they are."""

from difflib import SequenceMatcher

from kpi.fixes.cells import squeezed
from kpi.fixes.edits import Span, widened

_APART = 2  # letters in common that keep two differences apart


def differences(text: str, span: Span) -> list[Span]:
    """The stretches inside a span that begins and ends with a letter, which they do, too; in order, none overlap."""
    old = text[span.start : span.end]
    found: list[Span] = []
    for kind, start, end, first, last in SequenceMatcher(None, old, span.text, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        one = Span(start, end, span.text[first:last])
        if found and len(squeezed(old[found[-1].end : start])) < _APART:
            before = found.pop()
            one = Span(before.start, end, before.text + old[before.end : start] + one.text)
        found.append(one)
    wide = (widened(old, one) for one in found)
    return [Span(span.start + one.start, span.start + one.end, one.text) for one in wide]
