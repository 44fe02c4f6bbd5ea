"""Web pages, and the many .xls and .doc files that are web pages inside, as rows: what a browser would show of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kpi.model import Location, Unread
from kpi.readers.errors import TOO_LARGE, ReadError, bounded
from kpi.readers.formats.htmltable import Cell, Item, Table, placed, span
from kpi.readers.formats.htmltext import Words, shown
from kpi.readers.formats.sniff import real_kind
from kpi.readers.formats.text import decode
from kpi.readers.grid import GridCell, Row, Source

if TYPE_CHECKING:
    from lxml.etree import _Element, iterwalk

_LARGEST = 32 << 20  # bytes
_MOST_TAGS = 1_500_000
_DEEPEST = 16  # tables inside cells inside tables: pages were once laid out with them
_UNSEEN = frozenset({"script", "style", "head", "template", "noscript", "object", "svg", "iframe"})
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "caption", "center", "dd", "div", "dl", "dt", "fieldset", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li", "main", "nav", "ol", "p",
    "pre", "section", "ul",
})  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_TARGETS = ("指标", "目标")
_TOO_DEEP = "网页嵌套得太深，不像绩效目标表，请复制到 .docx 或 .xlsx 里再检查。"
_FRAMES = "网页的内容在别的文件里（框架网页），请打开后另存为 .xlsx 或 .docx 再检查。"
_UNKNOWN = "文字编码无法识别，请在浏览器里打开，另存为 UTF-8 编码的网页后再检查。"
_NOT_SHOWN = "网页里隐藏的内容，没有当作指标读，请核对是否应当显示。"
_NESTED = "这里的表格套了太多层，里面的没有读，请把它移到外面来。"


def read_rows(data: bytes, path: str) -> Source:
    """The rows of a page, or of the pages of a web archive (.mht). Raises ReadError."""
    reader = _Reader()
    rows: list[Row] = []
    encoding = None
    for page in _pages(data, path):
        text, encoding = _decoded(page, path)
        rows += bounded(reader.rows(_tree(text, path)), path)
    if not rows and b"<frame" in data[: 1 << 16].lower():
        raise ReadError(path, _FRAMES)
    return Source(path, "html", tuple(rows), encoding, tuple(reader.notes))


def _pages(data: bytes, path: str) -> list[bytes]:
    if len(data) > _LARGEST:
        raise ReadError(path, TOO_LARGE)
    if real_kind(data) != "mht":
        return [data]
    from email import message_from_bytes  # noqa: PLC0415

    parts = (part for part in message_from_bytes(data).walk() if part.get_content_type() == "text/html")
    payloads = [part.get_payload(decode=True) for part in parts]
    return [payload for payload in payloads if isinstance(payload, bytes)]


def _decoded(data: bytes, path: str) -> tuple[str, str]:
    """Valid UTF-8 is what it is, whatever a page says of itself: saved pages keep the words of the server's."""
    named = _CHARSET.search(data[:4096])
    try:
        text, encoding = decode(data)
    except UnicodeDecodeError as error:
        if named is None:
            raise ReadError(path, _UNKNOWN) from error
        text, encoding = "", ""
    name = named[1].decode("ascii").lower() if named else ""
    if name in ("", "utf-8", "utf8") or name.startswith("gb") or encoding.startswith("utf"):
        return text, encoding
    try:
        return data.decode(name), name
    except (UnicodeDecodeError, LookupError) as error:
        if encoding:
            return text, encoding
        raise ReadError(path, _UNKNOWN) from error


def _tree(text: str, path: str) -> _Element | None:
    from lxml import etree  # noqa: PLC0415

    if text.count("<") > _MOST_TAGS:
        raise ReadError(path, TOO_LARGE)
    clean = text.replace("\x00", "").encode("utf-8", "replace")
    if not clean.strip():
        return None
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(clean, parser)
    except etree.XMLSyntaxError:
        return None  # nothing in it but comments and the like
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise ReadError(path, _TOO_DEEP)
    return root


class _Reader:
    """Walks the pages; counts tables and lines over all of them."""

    def __init__(self) -> None:
        self.tables = 0
        self.lines = 0
        self.notes: list[Unread] = []

    def rows(self, root: _Element | None) -> Iterator[Row]:
        if root is None:
            return
        page = _Walk(self.notes)
        page.run(root)
        for item in page.items:
            yield from self._table(item, 0) if isinstance(item, Table) else self._lines(item)

    def _lines(self, text: str) -> Iterator[Row]:
        for line in text.split("\n"):
            self.lines += 1
            place = Location(line=self.lines)
            yield Row((GridCell(line, 0, place),), None, place)

    def _table(self, table: Table, depth: int) -> Iterator[Row]:
        if depth > _DEEPEST:
            self.notes.append(Unread("里层的表格", Location(table=self.tables), _NESTED))
            return
        self.tables += 1
        number = self.tables
        later: list[Table] = []
        for index, cells in enumerate(placed(table)):
            inner = [item for _, _, cell in cells for item in cell.items if isinstance(item, Table)]
            if inner and (len(cells) == 1 or sum(t.size for t in inner) > table.size):
                # a table for the layout of the page: what stands in it is read where it stands
                for item in (item for _, _, cell in cells for item in cell.items):
                    yield from self._table(item, depth + 1) if isinstance(item, Table) else self._lines(item)
                continue
            later += inner
            row = Location(table=number, row=index + 1)
            if cells:
                yield Row(tuple(_cell(number, index, *cell) for cell in cells), number - 1, row)
        for item in later:
            yield from self._table(item, depth + 1)


def _cell(number: int, index: int, column: int, rowspan: int, cell: Cell) -> GridCell:
    text = "\n".join(item for item in cell.items if isinstance(item, str))
    place = Location(table=number, row=index + 1, column=column + 1)
    return GridCell(text, column, place, cell.colspan, rowspan)


class _Walk:
    """One page as tables and lines of text in order."""

    def __init__(self, notes: list[Unread]) -> None:
        self.items: list[Item] = []
        self.notes = notes
        self._open: list[Table] = []
        self._skipped: _Element | None = None
        self._words = [Words(self.items)]  # of the page, then of each open cell

    def run(self, root: _Element) -> None:
        from lxml import etree  # noqa: PLC0415

        walk = etree.iterwalk(root, events=("start", "end"))
        for event, node in walk:
            if event == "start":
                self._start(node, walk)
            else:
                self._end(node)
        self._words[0].close()

    def _start(self, node: _Element, walk: iterwalk) -> None:
        tag = str(node.tag)
        if tag in _UNSEEN or _hidden(node):
            walk.skip_subtree()
            self._skipped = node
            if tag not in _UNSEEN and self._open:
                self._tell(node)
            return
        if tag == "table":
            self._words[-1].close()
            self._open.append(Table())
        elif tag in ("tr", "td", "th") and self._open:
            self._in_table(node, tag)
        elif tag in ("select", "input"):
            walk.skip_subtree()
            self._skipped = node
            self._words[-1].add(shown(node))
            return
        elif tag == "br" or tag in _BLOCKS:
            self._words[-1].line()
        if node.text:
            self._words[-1].add(node.text)

    def _tell(self, node: _Element) -> None:
        """Hidden rows are not what the page shows; where they speak of targets, it is said that they were left out."""
        text = " ".join(" ".join(str(part) for part in node.itertext()).split())
        if any(word in text for word in _TARGETS):
            self.notes.append(Unread(text[:80], Location(), _NOT_SHOWN))

    def _in_table(self, node: _Element, tag: str) -> None:
        table = self._open[-1]
        self._leave_cell(table)
        if tag == "tr":
            table.rows.append([])
            return
        if not table.rows:
            table.rows.append([])
        cell = Cell(span(node.get("colspan"), 1), span(node.get("rowspan"), 0))
        table.rows[-1].append(cell)
        table.size += 1
        table.inside = True
        self._words.append(Words(cell.items))

    def _leave_cell(self, table: Table) -> None:
        if table.inside:
            self._words.pop().close()
            table.inside = False

    def _end(self, node: _Element) -> None:
        tag = str(node.tag)
        if node is self._skipped:
            self._skipped = None
        elif tag == "table" and self._open:
            table = self._open.pop()
            self._leave_cell(table)
            self._words[-1].put(table)
        elif tag in ("tr", "td", "th") and self._open:
            self._leave_cell(self._open[-1])
        elif tag in _BLOCKS:
            self._words[-1].line()
        if node.tail:
            self._words[-1].add(node.tail)


def _hidden(node: _Element) -> bool:
    style = node.get("style")
    return node.get("hidden") is not None or bool(style and _HIDDEN.search(style))
