"""Old Word documents (.doc, .wps) as rows, without an office program; where that fails, by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from struct import unpack_from

from kpi.model import Location, Unread
from kpi.readers.errors import WIDEST, bounded
from kpi.readers.formats import convert
from kpi.readers.formats.docbinary import Properties, WordFile
from kpi.readers.formats.inner import says_cell
from kpi.readers.formats.losses import lost
from kpi.readers.grid import GridCell, Row, Source

_IN_TABLE, _ROW_END, _DEPTH, _INNER_CELL, _INNER_ROW_END = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
_TABLE, _MERGE_DOWN = 0xD608, 0xD62B
_ENDS = frozenset("\r\x07\x0c")
_SAID = {"\x0b": "\n", "\x0e": "\n", "\t": " ", "\xa0": " ", "\x1e": "-", "\x1f": ""}
_DEEPEST = 6
_ALL = 1 << 10  # cells of a row in which every inner table is the text of its cell
_NEAR = 20  # twentieths of a point: edges as near as this are one
_OBJECTS = "ObjectPool".encode("utf-16-le")
_EMBEDDED = "文件里嵌入了别的对象（公式、表格等），里面的内容没有读，请对照原件核对。"


@dataclass(slots=True)
class _Cell:
    lines: list[str] = field(default_factory=list)
    inner: list[_Table] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    """Rows with what is said of each at its end; `open` is the cell being read, `row` the cells before it."""

    rows: list[tuple[list[_Cell], Properties]] = field(default_factory=list)
    row: list[_Cell] = field(default_factory=list)
    open: _Cell = field(default_factory=_Cell)


def read_rows(data: bytes, path: str) -> Source:
    """The rows of a document. Raises ReadError."""
    try:
        word = WordFile(data)
        blocks = _Blocks(word).read()
    except ValueError:
        return convert.read_rows(data, path)
    rows = tuple(bounded(_Layout().rows(blocks), path))
    if not rows:
        return convert.read_rows(data, path)
    notes = (*lost(data, "doc", rows), *convert.renamed(data, path))
    if _OBJECTS in data:
        notes = (*notes, Unread("嵌入的对象", Location(), _EMBEDDED))
    return Source(path, "doc", rows, notes=notes, struck=tuple(text for text in word.struck if text.strip()))


class _Blocks:
    """Paragraphs and tables in reading order."""

    def __init__(self, word: WordFile) -> None:
        self._word = word
        self._blocks: list[str | _Table] = []
        self._open: list[_Table] = []  # the tables that the place stands in, outermost first

    def read(self) -> list[str | _Table]:
        start = 0
        for at in range(self._word.main):
            if self._word.text[at] in _ENDS:
                self._paragraph(start, at)
                start = at + 1
        self._stand_in(0)
        boxes = _said("".join(self._word.text[at] for at in self._word.boxes))
        self._blocks += [line for line in boxes.splitlines() if line.strip()]
        return self._blocks

    def _paragraph(self, start: int, end: int) -> None:
        mark = self._word.text[end]
        properties = self._word.paragraph(end)
        text = _said("".join(self._word.text[start:end]))
        depth = _depth(properties)
        if depth == 0 and mark != "\x07":
            self._stand_in(0)
            if text:
                self._blocks.append(text)
            return
        self._stand_in(max(depth, 1))
        table = self._open[-1]
        if _set(properties, _ROW_END) or _set(properties, _INNER_ROW_END):
            table.rows.append((table.row, properties))
            table.row = []
            return
        if text:
            table.open.lines.append(text)
        if mark == "\x07" or _set(properties, _INNER_CELL):
            table.row.append(table.open)
            table.open = _Cell()

    def _stand_in(self, depth: int) -> None:
        """Open or close tables until the place stands in as many."""
        while len(self._open) > depth:
            table = self._open.pop()
            if table.row:  # cells without an end of their row
                table.rows.append((table.row, {}))
            if self._open:
                self._open[-1].open.inner.append(table)
            else:
                self._blocks.append(table)
        while len(self._open) < depth:
            self._open.append(_Table())


class _Layout:
    """Blocks as rows with places; counts tables and lines."""

    def __init__(self) -> None:
        self._tables = 0
        self._lines = 0

    def rows(self, blocks: Sequence[str | _Table]) -> Iterator[Row]:
        for block in blocks:
            if isinstance(block, _Table):
                yield from self._table(block)
                continue
            self._lines += 1
            place = Location(line=self._lines)
            yield Row((GridCell(block, 0, place),), None, place)

    def _table(self, table: _Table) -> Iterator[Row]:
        self._tables += 1
        number = self._tables
        later: list[_Table] = []
        for index, (cells, row) in enumerate(zip(_placed(table, number), table.rows, strict=True), 1):
            inner = [one for cell in row[0] for one in cell.inner if not _says(one, len(row[0]))]
            if cells:
                yield Row(cells, number - 1, Location(table=number, row=index))
            if len(cells) == 1:
                yield from self.rows(inner)
            else:
                later += inner
        yield from self.rows(later)


def _placed(table: _Table, number: int) -> list[tuple[GridCell, ...]]:
    """The cells on a grid that the edges of all rows make, merged ones once."""
    edges = [_edges(properties, len(cells)) for cells, properties in table.rows]
    grid = _columns(edges)
    made: list[list[GridCell]] = []
    tops: dict[int, tuple[int, int]] = {}
    for index, (cells, properties) in enumerate(table.rows):
        made.append([])
        down, along = _merges(properties)
        for at, cell in enumerate(cells):
            left, right = (grid[edges[index][min(one, len(edges[index]) - 1)]] for one in (at, at + 1))
            span = max(min(right - left, WIDEST), 1)
            if at in along and made[index]:
                made[index][-1] = made[index][-1]._replace(colspan=right - made[index][-1].column)
            elif at in down and left in tops:
                row, column = tops[left]
                made[row][column] = made[row][column]._replace(rowspan=index - row + 1)
            else:
                tops[left] = index, len(made[index])
                place = Location(table=number, row=index + 1, column=left + 1)
                text = "\n".join((*cell.lines, *_inner_lines(cell, len(cells))))
                made[index].append(GridCell(text, left, place, span))
    return [tuple(row) for row in made]


def _says(table: _Table, among: int) -> bool:
    """Whether an inner table is what its cell says, in a row of so many."""
    return says_cell(among, len(table.rows), max((len(cells) for cells, _ in table.rows), default=0))


def _inner_lines(cell: _Cell, among: int) -> Iterator[str]:
    """The text of inner tables that is the cell's own."""
    for table in cell.inner:
        for cells, _ in table.rows if _says(table, among) else ():
            yield " ".join(part for one in cells for part in (*one.lines, *_inner_lines(one, _ALL)))


def _edges(properties: Properties, count: int) -> tuple[int, ...]:
    """Where the cells of a row begin and end, in order."""
    raw = properties.get(_TABLE, b"")
    told = raw[2] if len(raw) > 2 else 0
    if told != count or len(raw) < 3 + 2 * (told + 1):
        return tuple(range(0, 1000 * (count + 1), 1000))
    return tuple(sorted(unpack_from(f"<{told + 1}h", raw, 3)))


def _columns(edges: Sequence[Sequence[int]]) -> dict[int, int]:
    """Each edge with the number of its line on the common grid."""
    lines: dict[int, int] = {}
    number, start = -1, None
    for edge in sorted({one for row in edges for one in row}):
        if start is None or edge - start > _NEAR:
            number, start = number + 1, edge
        lines[edge] = number
    return lines


def _merges(properties: Properties) -> tuple[set[int], set[int]]:
    """The cells of a row that only go on from above, and those that only go on from the left."""
    raw = properties.get(_TABLE, b"")
    count = raw[2] if len(raw) > 2 else 0
    start = 3 + 2 * (count + 1)
    down, along = set(), set()
    for at in range(count):
        if start + 20 * at + 2 > len(raw):
            break
        (flags,) = unpack_from("<H", raw, start + 20 * at)
        if (flags >> 5) & 3 == 1:
            down.add(at)
        if flags & 2 and not flags & 1:
            along.add(at)
    return down, along


def _depth(properties: Properties) -> int:
    if not _set(properties, _IN_TABLE):
        return 0
    raw = properties.get(_DEPTH, b"\x01\x00\x00\x00")
    return min(max(int.from_bytes(raw[:4], "little", signed=True), 1), _DEEPEST)


def _set(properties: Properties, name: int) -> bool:
    return properties.get(name, b"\x00") != b"\x00"


def _said(raw: str) -> str:
    """The text of a paragraph: results of fields without their codes, breaks and blanks as such, other marks gone."""
    parts: list[str] = []
    fields: list[bool] = []  # of each field around this place: whether it is still in its code
    for character in raw:
        if character == "\x13":
            fields.append(True)
        elif character == "\x14" and fields:
            fields[-1] = False
        elif character == "\x15" and fields:
            fields.pop()
        elif not any(fields):
            known = _SAID.get(character)
            parts.append(known if known is not None else character if character >= " " or character in "\r\n" else "")
    text = "".join(parts).replace("\r", "\n")
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").strip()
