"""Word documents: changed words in the runs that hold them, each run with its formatting; all else as it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kpi.fixes.cells import squeezed
from kpi.fixes.differences import differences
from kpi.fixes.edits import CellEdit, widened
from kpi.fixes.wordholds import Holds, framed, joins, struck, tracked
from kpi.packages.word import Body, paragraphs
from kpi.readers.formats.docxtext import MATH, P, T, piece

if TYPE_CHECKING:
    from lxml.etree import _Element

    from kpi.readers import Source

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LABEL = 16  # characters of the number that Word puts before a paragraph
_MOVED = "在文件里对不上这一格的原文"
_FIXED = "这几个字是公式、符号或自动编号，不能直接改"
_LINES = "这几个字分成几段写，要先合成一段再改"


class _Letter(NamedTuple):
    """A character of a cell: the element of the file that holds it, None for what cannot be changed; its place in the
    text of the element, None where the element itself is a break."""

    node: _Element | None
    at: int | None = None


class _Words(NamedTuple):
    """Characters of a cell from a first to a last one, and what comes in their place."""

    letters: Sequence[_Letter]
    new: str

    @property
    def texts(self) -> Counter[_Element]:
        """The elements of text, in order, with the number of their letters."""
        return Counter(one.node for one in self.letters if one.node is not None and one.at is not None)

    @property
    def paragraphs(self) -> list[_Element]:
        return list(dict.fromkeys(next(text.iterancestors("{*}p")) for text in self.texts))


class DocxWriter:
    """Finds the characters of cells in the tree that is written."""

    def __init__(self, data: bytes, source: Source) -> None:
        self._body = Body(data, source.path, letters=True)
        twins = self._body.twins.items()
        self._lengths = {node: len(twin.text or "") for node, twin in twins if node.tag == T}  # before any change
        self._holds = Holds(self._body.tree)

    def refuses(self, edit: CellEdit) -> str:
        some = self._words(edit)
        own = self._paragraphs(edit)
        if some is None:
            return next((reason for reason in map(framed, own) if reason), _MOVED)
        return next((reason for one in own if (reason := tracked(one) or struck(one))), "") or next(
            (reason for reason in (self._refused(one, own) for one in some) if reason), ""
        )

    def _refused(self, words: _Words, own: Sequence[_Element]) -> str:
        if any(one.node is None for one in words.letters):
            return _FIXED
        lost = _left_empty(words, own)
        return self._holds.refuses(list(words.texts)) or ("" if all(joins(p, words.texts) for p in lost) else _LINES)

    def written(self, edits: Sequence[CellEdit]) -> bytes:
        for edit in edits:
            own = self._paragraphs(edit)
            for words in reversed(self._words(edit) or []):
                lost = _left_empty(words, own)
                _put(words)
                for paragraph in lost:
                    _drop(paragraph)
        return self._body.written()

    def _paragraphs(self, edit: CellEdit) -> list[_Element]:
        """Those of the cell, in the file."""
        container = self._body.places.get(edit.cell.location)
        return [] if container is None else [self._body.twins[p] for p in container.iter(P)]

    def _words(self, edit: CellEdit) -> list[_Words] | None:
        """What changes in the cell, in order; None where its text cannot be found in the file."""
        found = self._letters(edit)
        if found is None:
            return None
        letters, places = found
        text, some = edit.cell.text, list[_Words]()
        for whole in (widened(text, span) for span in edit.spans):
            each = [
                _Words(letters[places[span.start] : places[span.end - 1] + 1], span.text)
                for span in (*differences(text, whole), whole)
            ]
            # words of several paragraphs become one as a whole, so that no part of them stays behind
            some += each[:-1] if all(len(one.paragraphs) < 2 for one in each[:-1]) else each[-1:]
        return some

    def _letters(self, edit: CellEdit) -> tuple[list[_Letter], list[int]] | None:
        """All characters of the cell as they stand in the file, and for each of its text the number of its own; -1 for
        white space."""
        container = self._body.places.get(edit.cell.location)
        if container is None:
            return None
        found: list[_Letter] = []
        numbers: list[int] = []
        text = squeezed(edit.cell.text)
        for _, said in paragraphs(container):
            own = list(self._said(said))
            words = squeezed("".join(c for c, _ in own))
            start = text.find(words, len(numbers), len(numbers) + len(words) + _LABEL)
            if start < 0:
                return None
            own = [*((c, _Letter(None)) for c in text[len(numbers) : start]), *own]
            numbers += (number for number, (c, _) in enumerate(own, len(found)) if not c.isspace())
            found += (letter for _, letter in own)
        if len(numbers) != len(text):
            return None
        one = iter(numbers)
        return found, [-1 if c.isspace() else next(one) for c in edit.cell.text]

    def _said(self, nodes: Sequence[_Element]) -> Iterator[tuple[str, _Letter]]:
        for node in nodes:
            text = node.tag in (T, MATH)
            whole = (node.text or "") if text else piece(node)
            known = self._lengths.get(node, -1) == len(whole) if text else whole.isspace()
            twin = self._body.twins.get(node) if known else None
            for at, character in enumerate(whole):
                yield character, _Letter(twin, at if text else None)


def _left_empty(words: _Words, own: Sequence[_Element]) -> Sequence[_Element]:
    """The paragraphs of a cell over which the words go on from their first one."""
    over = words.paragraphs
    return own[own.index(over[0]) + 1 : own.index(over[-1]) + 1] if len(over) > 1 else ()


def _put(words: _Words) -> None:
    """The new words where the first of the old ones stands; breaks between them go."""
    ranges: dict[_Element, tuple[int, int]] = {}
    for node, at in words.letters:
        if node is not None and at is not None:
            first, _ = ranges.get(node, (at, at))
            ranges[node] = first, at + 1
        elif node is not None:
            _drop(node)
    new = words.new
    for node, (start, end) in ranges.items():
        text = node.text or ""
        node.text = text[:start] + new + text[end:]
        new = ""
        if node.text != node.text.strip():
            node.set(_SPACE, "preserve")


def _drop(node: _Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)
