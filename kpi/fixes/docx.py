"""Word documents: changed words in the runs that hold them, each run with its formatting; all else as it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kpi.fixes.cells import squeezed
from kpi.fixes.edits import CellEdit
from kpi.packages.word import Body, paragraphs
from kpi.readers.formats.docxtext import MATH, T, W, piece

if TYPE_CHECKING:
    from lxml.etree import _Element

    from kpi.readers import Source

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TWICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_BOUND, _SDT, _PROPERTIES = W + "dataBinding", W + "sdt", W + "sdtPr"
_LABEL = 16  # characters of the number that Word puts before a paragraph
_MOVED = "在文件里对不上这一格的原文"
_FIXED = "这几个字是公式、符号或自动编号，不能直接改"
_LINKED = "这一格由文档属性或域自动填写，改了会被还原"


class _Letter(NamedTuple):
    """A character of a cell: the element of the file that holds it and its place in there; None for what is no text."""

    node: _Element | None
    at: int


class DocxWriter:
    """Finds the characters of cells in the tree that is written."""

    def __init__(self, data: bytes, source: Source) -> None:
        self._body = Body(data, source.path, letters=True)
        twins = self._body.twins.items()
        self._lengths = {node: len(twin.text or "") for node, twin in twins if node.tag == T}  # before any change

    def refuses(self, edit: CellEdit) -> str:
        letters = self._letters(edit)
        if letters is None:
            return _MOVED
        for span in edit.spans:
            inside = [one for one in letters[span.start : span.end] if one is not None]
            if not inside or any(one.node is None for one in inside):
                return _FIXED
            if any(one.node is not None and _linked(one.node) for one in inside):
                return _LINKED
        return ""

    def written(self, edits: Sequence[CellEdit]) -> bytes:
        for edit in edits:
            letters = self._letters(edit) or []
            for span in reversed(edit.spans):
                _put([one for one in letters[span.start : span.end] if one is not None], span.text)
        return self._body.written()

    def _letters(self, edit: CellEdit) -> list[_Letter | None] | None:
        """For each character of the cell's text where it stands; None for white space."""
        container = self._body.places.get(edit.cell.location)
        if container is None:
            return None
        found: list[_Letter] = []
        text = squeezed(edit.cell.text)
        for _, said in paragraphs(container):
            letters = [letter for c, letter in self._said(said) if not c.isspace()]
            words = "".join(c for c, _ in self._said(said) if not c.isspace())
            start = text.find(words, len(found), len(found) + len(words) + _LABEL)
            if start < 0:
                return None
            found += [_Letter(None, 0)] * (start - len(found)) + letters
        if len(found) != len(text):
            return None
        one = iter(found)
        return [None if c.isspace() else next(one) for c in edit.cell.text]

    def _said(self, nodes: Sequence[_Element]) -> Iterator[tuple[str, _Letter]]:
        for node in nodes:
            whole = (node.text or "") if node.tag in (T, MATH) else piece(node)
            twin = self._body.twins.get(node)
            plain = self._lengths.get(node, -1) == len(whole)
            for at, character in enumerate(whole):
                yield character, _Letter(twin if plain else None, at)


def _linked(node: _Element) -> bool:
    """Whether Word fills the text in itself, or it stands there twice for older programs."""
    for one in node.iterancestors(_TWICE, _SDT, W + "fldSimple"):
        if one.tag != _SDT:
            return True
        properties = one.find(_PROPERTIES)
        if properties is not None and properties.find(_BOUND) is not None:
            return True
    return False


def _put(letters: Sequence[_Letter], new: str) -> None:
    """The new words where the first of the old ones stands."""
    ranges: dict[_Element, tuple[int, int]] = {}
    for node, at in letters:
        if node is not None:
            first, _ = ranges.get(node, (at, at))
            ranges[node] = first, at + 1
    for node, (start, end) in ranges.items():
        text = node.text or ""
        node.text = text[:start] + new + text[end:]
        new = ""
        if node.text != node.text.strip():
            node.set(_SPACE, "preserve")
