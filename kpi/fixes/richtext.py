"""A text of a sheet in several formats: letters that stay keep theirs, new ones take that of the first they replace."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html import escape, unescape
from itertools import repeat
from typing import NamedTuple

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
    if not before:
        return [Piece(some[0].look if some else "", text)]
    homes = [number for number, one in enumerate(some) for _ in one.text]
    made = [""] * len(some)
    for letter, old in zip(text, _models(before, text), strict=True):
        made[homes[old]] += letter
    return [Piece(one.look, new) for one, new in zip(some, made, strict=True) if new]


def _models(before: str, text: str) -> Iterator[int]:
    """For each letter of the new text the place of the old one whose format it takes, in ascending order: itself where
    it stays, else the first that it replaces (a blank only where there are no others), else the one before it."""
    for kind, start, end, first, last in SequenceMatcher(None, before, text, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from range(start, end)
        else:
            near = start if start < end else max(start - 1, 0)
            model = next((at for at in range(start, end) if not before[at].isspace()), near)
            yield from repeat(model, last - first)


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
