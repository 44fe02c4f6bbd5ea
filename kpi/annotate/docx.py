"""Word documents: one comment a finding, anchored at the text of its cell; the comments that are there stay."""

from __future__ import annotations

import posixpath
from copy import deepcopy
from typing import TYPE_CHECKING

from kpi.annotate.marks import AUTHOR, INKS, Marks, Note
from kpi.packages import CannotWrite
from kpi.packages.relations import TYPES, ContentTypes, FreeNames, Relations, real_name
from kpi.packages.word import Body, paragraphs, serialised
from kpi.readers.formats.docxgrid import TC
from kpi.readers.formats.docxtext import TXBX, P, R, T, W

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from kpi.model import Location

_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_COMMENT, _ID, _AUTHOR = W + "comment", W + "id", W + "author"
_START, _END, _REFERENCE = (W + name for name in ("commentRangeStart", "commentRangeEnd", "commentReference"))
_SIZE = "18"  # half points
_STRICT = "这份 Word 文件是“严格 Open XML”格式，没有批注；请另存为普通的 .docx 再批注。"


def annotated(data: bytes, path: str, marks: Marks) -> bytes:
    """The document with its comments. Raises CannotWrite, and ReadError where a part cannot be read."""
    body = Body(data, path)
    if not str(body.tree.tag).startswith(W):
        raise CannotWrite(_STRICT)
    comments = _Comments(body)
    anchors = _Anchors(body)
    for mark in marks.places:
        first, last = anchors.at(mark.location)
        for note in mark.notes:
            _anchor(first, last, comments.add(note))
    for note in marks.loose:
        _anchor(anchors.first, anchors.first, comments.add(note))
    return body.written(comments.parts())


class _Comments:
    """The part that holds the comments; those of an earlier run of this program are taken out."""

    def __init__(self, body: Body) -> None:
        from lxml import etree  # noqa: PLC0415

        self._package = body.package
        self._relations = Relations(body.package, body.part)
        self._types: ContentTypes | None = None
        known = self._relations.one("comments")
        if known is not None:
            self.name = real_name(body.package, known.part)
            self._root = body.package.xml(self.name)
            _forget(body.tree, self._root)
        else:
            usual = posixpath.join(posixpath.dirname(body.part), "comments.xml")
            free = real_name(body.package, usual) not in body.package.names
            self.name = usual if free else FreeNames(body.package).one(usual.replace(".xml", "{}.xml"))
            self._root = etree.fromstring(f'<w:comments xmlns:w="{W.strip("{}")}"/>'.encode())
            self._relations.add("comments", self.name)
            self._types = ContentTypes(body.package)
            self._types.part(self.name, _KIND)
        used = [str(one.get(_ID, "")) for one in self._root.iter(_COMMENT)]
        self._paragraphs: dict[str | None, _Element] = {}
        self._next = 1 + max((int(key) for key in used if key.isdecimal() and len(key) < 10), default=-1)

    def add(self, note: Note) -> str:
        """A comment with what a note says; its id."""
        key = str(self._next)
        self._next += 1
        made = _child(self._root, _COMMENT, {_ID: key, _AUTHOR: AUTHOR, W + "initials": "kpi"})
        for number, text in enumerate(note.texts):
            ink = INKS[note.severity] if number == 0 else None
            if ink not in self._paragraphs:
                self._paragraphs[ink] = self._paragraph(ink)
            paragraph = deepcopy(self._paragraphs[ink])
            paragraph[-1][-1].text = text
            made.append(paragraph)
        return key

    def _paragraph(self, ink: str | None) -> _Element:
        """One without its text; with an ink it is the first of a comment, which carries its mark."""
        made = self._root.makeelement(P, {})
        if ink is not None:
            _child(_run(made), W + "annotationRef")
        _child(_run(made, ink), T, {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
        return made

    def parts(self) -> dict[str, bytes]:
        parts = {self.name: serialised(self._root)}
        if self._types is not None:
            parts[self._relations.listed] = self._relations.xml()
            parts[real_name(self._package, TYPES)] = self._types.xml()
        return parts


class _Anchors:
    """The paragraphs of the file at the places of the reader. `first`: what stands for the file as a whole."""

    def __init__(self, body: Body) -> None:
        self._body = body
        self._rows: dict[tuple[int | None, int | None], Location] = {}
        for place in body.places:
            self._rows.setdefault((place.table, place.row if place.table else place.line), place)
        some = next((pair for place in body.places if (pair := self._exact(place))), None)
        top = some[0] if some else next(body.tree.iter(P), None)
        if top is None:
            raise CannotWrite("文件里没有可以挂批注的段落，没有批注。")
        self.first = top

    def at(self, place: Location) -> tuple[_Element, _Element]:
        """First and last paragraph of what stands at a place, in its row where nothing does."""
        row = self._rows.get((place.table, place.row if place.table else place.line))
        return self._exact(place) or (self._exact(row) if row else None) or (self.first, self.first)

    def _exact(self, place: Location) -> tuple[_Element, _Element] | None:
        container = self._body.places.get(place)
        if container is None:
            return None
        said = [one for one, nodes in paragraphs(container) if one is not None and any(n.text for n in nodes)]
        if not said:
            said = [container] if container.tag == P else list(container.iter(P))[:1]
        twins = [_outside(self._body.twins[one]) for one in said if one in self._body.twins]
        return (twins[0], twins[-1]) if twins else None


def _outside(paragraph: _Element) -> _Element:
    """A comment cannot hang in a text box: the paragraph that holds the box has it."""
    for box in paragraph.iterancestors(TXBX):
        paragraph = next(box.iterancestors(P), paragraph)
    return paragraph


def _anchor(first: _Element, last: _Element, key: str) -> None:
    """The range from the beginning of one paragraph to the end of another of the same cell, and the reference."""
    if next(first.iterancestors(TC), None) is not next(last.iterancestors(TC), None):
        last = first
    start = first.makeelement(_START, {_ID: key})
    first.insert(1 if len(first) and first[0].tag == W + "pPr" else 0, start)
    _child(last, _END, {_ID: key})
    _child(_child(last, R), _REFERENCE, {_ID: key})


def _forget(tree: _Element, comments: _Element) -> None:
    """Take out the comments of an earlier run, and their anchors."""
    keys = {one.get(_ID) for one in comments.iter(_COMMENT) if one.get(_AUTHOR) == AUTHOR}
    for one in [*comments.iter(_COMMENT), *tree.iter(_START, _END, _REFERENCE)]:
        if one.get(_ID) in keys:
            outer = one.getparent()
            lone = outer is not None and one.tag == _REFERENCE and not outer.findtext(T)
            gone = outer if lone and outer is not None else one
            parent = gone.getparent()
            if parent is not None:
                parent.remove(gone)


def _run(paragraph: _Element, ink: str | None = None) -> _Element:
    run = _child(paragraph, R)
    look = _child(run, W + "rPr")
    for name, value in _look(ink):
        _child(look, W + name, {W + "val": value} if value else {})
    return run


def _look(ink: str | None) -> Iterator[tuple[str, str]]:
    """In the order that the schema wants."""
    if ink is not None:
        yield "b", ""
        yield "color", ink
    yield "sz", _SIZE


def _child(parent: _Element, tag: str, attributes: dict[str, str] | None = None) -> _Element:
    made = parent.makeelement(tag, attributes or {})
    parent.append(made)
    return made
