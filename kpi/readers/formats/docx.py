"""Word documents as rows: paragraphs and tables in the order of the body, merged cells once with their spans.

A thin reader of its own over lxml: python-docx builds each merged cell again for every column that it spans and knows
neither tracked changes nor text boxes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kpi.model import Location, Unread
from kpi.readers.errors import ReadError, bounded
from kpi.readers.formats.docxgrid import TBL, TC, TR, RawCell, raw_rows
from kpi.readers.formats.docxtext import TXBX, P, W, accept, lift, said, strike_out, taken_out, unveil
from kpi.readers.formats.inner import says_cell
from kpi.readers.formats.numbering import Numbering
from kpi.readers.formats.package import Package
from kpi.readers.grid import GridCell, Row, Source

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEEPEST = 6  # tables inside cells inside tables
_SDT, _CONTENT, _CHUNK = (W + name for name in ("sdt", "sdtContent", "altChunk"))
_WRAPPERS = frozenset(W + name for name in ("customXml", "smartTag", "ins", "moveTo", "sdtContent"))
_OBJECT = "{urn:schemas-microsoft-com:office:office}OLEObject"
_PICTURES = ("{http://schemas.openxmlformats.org/drawingml/2006/main}blip", "{urn:schemas-microsoft-com:vml}imagedata")
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN = "word/document.xml"
_NESTED = "这里的表格套了太多层，里面的没有读，请把它移到外面来。"
_BOX = "这是压在格子上的文本框，格子里另有文字，文本框里的没有读入；属于这一格的，请改写成格子里的文字。"
_EMBEDDED = "这里嵌入了公式或别的文件（如 Excel 表格），里面的内容没有读，请改成文字或 Word 表格。"
_ONLY_PICTURES = "文件里只有图片，没有文字，请先做文字识别，另存为 .docx 或 .xlsx 后再检查。"


def read_rows(data: bytes, path: str) -> Source:
    """The rows of a document. Raises ReadError."""
    package = Package(data, path, ".docx")
    root = body_of(package)
    reader = walk(package, root)
    rows = tuple(bounded(reader.rows(root, 0), path))
    if not rows and next(root.iter(_PICTURES), None) is not None:
        raise ReadError(path, _ONLY_PICTURES)
    return Source(path, "docx", rows, notes=tuple(reader.notes), struck=reader.parts.struck)


def walk(package: Package, root: _Element) -> Reader:
    """The reader of a body, which is changed to what it says once all tracked changes are accepted."""
    accept(root)
    struck = strike_out(root)
    unveil(root)
    lift(root)
    return Reader(_Parts(package, root, struck))


def body_of(package: Package) -> _Element:
    from kpi.readers.formats.package import parsed  # noqa: PLC0415

    data = package.part(main_part(package))
    if _STRICT in data[:8192]:
        data = data.replace(_STRICT, W.strip("{}").encode())
    root = parsed(data, package.path, package.suffix)
    body = next(root.iter(W + "body"), None)
    return root if body is None else body


def main_part(package: Package) -> str:
    """The name of the main part: nearly always the same, else told by the package's relationships."""
    if _MAIN in package.names or "_rels/.rels" not in package.names:
        return _MAIN
    for relation in package.xml("_rels/.rels").iter(_RELS):
        if str(relation.get("Type", "")).endswith("/officeDocument"):
            return str(relation.get("Target", "")).lstrip("/")
    return _MAIN


class _Parts:
    """What stands inside something else, by where it stands. `struck`: what is struck out, and so not read."""

    def __init__(self, package: Package, root: _Element, struck: tuple[str, ...]) -> None:
        self.struck = struck
        self.boxes = taken_out(root, TXBX, P)
        self.nested = taken_out(root, TBL, TC)
        self.numbering = Numbering(package, root)
        self.embedding = frozenset(p for one in root.iter(_OBJECT) for p in one.iterancestors(P))
        self.any = bool(self.boxes or self.nested or self.embedding) or next(root.iter(_CHUNK), None) is not None


class Reader:
    """Counts tables and lines while it walks the body. `places`: the cell or paragraph at each place."""

    def __init__(self, parts: _Parts) -> None:
        self.tables = 0
        self.lines = 0
        self.places: dict[Location, _Element] = {}
        self.notes: list[Unread] = []
        self.parts = parts

    def rows(self, container: _Element, depth: int) -> Iterator[Row]:
        for block in _blocks(container):
            if block.tag == TBL:
                yield from self._table(block, depth)
            elif block.tag == P:
                yield from self._paragraph(block)
            else:
                self._note(_EMBEDDED, Location(line=self.lines + 1))

    def _paragraph(self, paragraph: _Element) -> Iterator[Row]:
        if paragraph in self.parts.embedding:
            self._note(_EMBEDDED, Location(line=self.lines + 1))
        text = self._line(paragraph)
        if text:
            self.lines += 1
            place = Location(line=self.lines)
            self.places[place] = paragraph
            yield Row((GridCell(text, 0, place),), None, place)
        for box in self.parts.boxes.get(paragraph, ()):
            yield from self.rows(box, 1)

    def _note(self, reason: str, place: Location) -> None:
        self.notes.append(Unread("里层的表格" if reason == _NESTED else "嵌入的内容", place, reason))

    def _table(self, table: _Element, depth: int) -> Iterator[Row]:
        self.tables += 1
        number = self.tables
        later: list[_Element] = []
        for index, raw in enumerate(raw_rows(table, self.parts.numbering), 1):
            place = Location(table=number, row=index)
            inner: list[_Element] = []
            for one in raw:
                parts = self._inside(one.tc, place)
                inner += self._outside(one, parts, place, len(raw)) if parts and not one.merged else parts
            cells = tuple(self._cell(one, number, index) for one in raw if not one.merged)
            if cells:  # none where all only go on from above
                yield Row(cells, number - 1, place)
            if inner and depth >= _DEEPEST:
                self._note(_NESTED, place)
            elif len(cells) == 1:  # a table for the layout of a page: what stands in it is read where it stands
                yield from self._inner(inner, depth)
            else:
                later += inner
        yield from self._inner(later, depth)

    def _cell(self, raw: RawCell, table: int, row: int) -> GridCell:
        place = Location(table=table, row=row, column=raw.column + 1)
        self.places[place] = raw.tc
        return GridCell(raw.text, raw.column, place, raw.span, raw.height)

    def _inside(self, tc: _Element, place: Location) -> list[_Element]:
        """The tables and text boxes of a cell; embedded files are told."""
        if not self.parts.any:
            return []
        if any(p in self.parts.embedding for p in tc.iter(P)) or next(tc.iter(_CHUNK), None) is not None:
            self._note(_EMBEDDED, place)
        boxes = [box for p in tc.iter(P) for box in self.parts.boxes.get(p, ())]
        return [*self.parts.nested.get(tc, ()), *boxes]

    def _outside(self, raw: RawCell, parts: Iterable[_Element], row: Location, among: int) -> list[_Element]:
        """What of the inner parts stands for itself; the others become part of the cell, a box over a text is told."""
        place = row._replace(column=raw.column + 1)
        left: list[_Element] = []
        for part in parts:
            if part.tag == TBL and says_cell(among, *_size(part)):
                raw.parts += ["\n", self._words(part, place, 0)]
            elif among == 1 or part.tag == TBL or next(part.iter(TBL), None) is not None:
                left.append(part)
            else:
                raw.parts.append(self._boxed(part, place, raw.text))
        return left

    def _words(self, table: _Element, place: Location, depth: int) -> str:
        """An inner table as the text of its cell, with what is inside it: a line for each row."""
        if depth >= _DEEPEST:
            self._note(_NESTED, place)
            return ""
        lines = []
        for row in raw_rows(table, self.parts.numbering):
            texts: list[str] = []
            for one in row:
                texts.append(one.text)
                for part in self._inside(one.tc, place):
                    deeper = part.tag == TBL
                    texts += [self._words(part, place, depth + 1) if deeper else self._boxed(part, place, one.text)]
            lines.append(" ".join(filter(None, texts)))
        return "\n".join(lines)

    def _boxed(self, box: _Element, place: Location, over: str) -> str:
        """The text of a box, which is the cell's where it is `over` no other one."""
        text = "\n".join(filter(None, map(self._line, box.iter(P))))
        if text and over:
            self.notes.append(Unread(text, place, _BOX))
        return "" if over else text

    def _line(self, paragraph: _Element) -> str:
        return (self.parts.numbering.label(paragraph) + said(paragraph)).strip()

    def _inner(self, parts: Iterable[_Element], depth: int) -> Iterator[Row]:
        for part in parts:
            yield from self.rows(part, depth + 1) if part.tag == TXBX else self._table(part, depth + 1)


def _size(table: _Element) -> tuple[int, int]:
    """Rows, and cells of the longest one."""
    rows = list(table.iter(TR))
    return len(rows), max((sum(1 for _ in row.iter(TC)) for row in rows), default=0)


def _blocks(container: _Element) -> Iterator[_Element]:
    """Paragraphs, tables and embedded files, whatever controls they are wrapped in."""
    for child in container:
        tag = child.tag
        if tag in (P, TBL, _CHUNK):
            yield child
        elif tag == _SDT:
            yield from (b for content in child.iterchildren(_CONTENT) for b in _blocks(content))
        elif tag in _WRAPPERS:
            yield from _blocks(child)
