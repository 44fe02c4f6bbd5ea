"""A text of a sheet in several formats: new words take that of the letter where they begin, all others keep theirs."""

import re
from collections.abc import Iterator, Sequence
from html import escape, unescape
from typing import NamedTuple

from kpi.fixes.differences import differences
from kpi.fixes.edits import Span, spliced
from kpi.fixes.propose import trimmed
from kpi.readers.formats.sheettags import tags

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class Piece(NamedTuple):
    """Letters of one format: the XML of their font, "" where they have none of their own."""

    look: str
    text: str


def pieces(inner: str, prefix: str) -> list[Piece]:
    """What stands inside a text of a workbook, whose tags have this prefix."""
    known = tags(prefix)
    t = re.escape(prefix)
    look = re.compile(rf"<{t}rPr\b(?:[^>]*/>|.*?</{t}rPr>)", re.DOTALL)
    found = []
    for run in known.run.findall(known.reading.sub("", inner)):
        font = look.search(run)
        text = "".join(map(unescape, known.text.findall(run)))
        undone = _ESCAPE.sub(lambda m: chr(int(m.group(1), 16)), text)
        found.append(Piece(font.group() if font else "", undone))
    return found


def reworded(some: Sequence[Piece], text: str) -> list[Piece]:
    """The pieces of the new text."""
    before = "".join(one.text for one in some)
    spans = differences(before, Span(0, len(before), text)) if before else []
    if spliced(before, spans) != text:
        spans = [trimmed(before, text)]
    made, start = [], 0
    for look, old in some:
        end = start + len(old)
        own = [Span(max(one.start, start) - start, min(one.end, end) - start, one.text if one.start >= start else "")
               for one in spans if one.start < end and one.end > start]  # fmt: skip
        made.append(Piece(look, spliced(old, own)))
        start = end
    return [one for one in made if one.text]


def text_xml(some: Sequence[Piece], prefix: str, own: str) -> str:
    """The inside of a text in a sheet whose tags have the prefix; `own`: that of the pieces."""
    if len(some) == 1 and not some[0].look:
        return _letters(some[0].text, prefix)
    return "".join(_runs(some, prefix, own))


def _runs(some: Sequence[Piece], prefix: str, own: str) -> Iterator[str]:
    for look, text in some:
        font = re.sub(rf"(</?){re.escape(own)}(?=\w)", rf"\1{prefix}", look)
        yield f"<{prefix}r>{font}{_letters(text, prefix)}</{prefix}r>"


def _letters(text: str, prefix: str) -> str:
    said = escape(escaped(text), quote=False)
    return f'<{prefix}t xml:space="preserve">{said}</{prefix}t>'


def escaped(text: str) -> str:
    """With what would be read as an escape of a letter kept from it."""
    return _ESCAPED.sub("_x005F_", text)
