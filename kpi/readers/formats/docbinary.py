"""The old Word format: its text from the piece table, and what is said of each paragraph and character.

After [MS-DOC], as far as a form needs it. Whatever does not fit raises ValueError; an office program may know better.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from struct import Struct, error, unpack_from

from kpi.readers.formats.compound import stream
from kpi.readers.formats.docxtext import PRIVATE, shown, symbol
from kpi.readers.formats.runs import raised

_MAGIC, _WORD_97 = 0xA5EC, 0xC1
_SECOND_TABLE, _ENCRYPTED = 0x0200, 0x0100
_LENGTHS, _BOXES = 0x4C, 6  # the lengths of the main text and of seven others; text boxes are the seventh
_CHARACTERS, _PARAGRAPHS, _FONTS, _PIECES = 0xFA, 0x102, 0x112, 0x1A2  # places of tables, told in the head
_PAGE = 512
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}  # of an operand, by the top three bits of its property
_SYMBOL, _FONT = 0x6A09, 0x4A4F
_GONE, _STRUCK = (0x0800, 0x083C), (0x0837, 0x2A53)  # deleted or hidden; struck out, once or twice
_ALIGNED = 0x2A48  # 1 where letters are raised
_ENDS = frozenset("\r\x07")
_TABLE, _HUGE, _HUGE_OLD = 0xD608, 0x6646, 0x6645
_MOST = 5_000_000  # characters
_PAIR = Struct("<II")

Properties = dict[int, bytes]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text: its place among the characters, where it lies in the file, how wide a character is."""

    start: int
    end: int
    place: int
    width: int


class WordFile:
    """The text of a document, character by character, and the properties of its paragraphs. `struck`: what is struck
    out, and so no part of the text."""

    def __init__(self, data: bytes) -> None:
        try:
            self._open(data)
        except (error, IndexError) as broken:
            raise ValueError("not a sound document") from broken

    def _open(self, data: bytes) -> None:
        word = stream(data, "WordDocument")
        if word is None or len(word) < _PIECES + 8:
            raise ValueError("no text")
        magic, version = unpack_from("<HH", word)
        (flags,) = unpack_from("<H", word, 10)
        table = stream(data, "1Table" if flags & _SECOND_TABLE else "0Table")
        if magic != _MAGIC or version < _WORD_97 or flags & _ENCRYPTED or table is None:
            raise ValueError("of an older kind, or encrypted")
        self._word, self._table = word, table
        self._data = stream(data, "Data") or b""
        lengths = unpack_from("<7i", word, _LENGTHS)
        if min(lengths) < 0 or sum(lengths) > _MOST:
            raise ValueError("no length of a text")
        self.main = lengths[0]
        self.boxes = range(sum(lengths[:_BOXES]), sum(lengths))
        self._pieces = list(self._cut())
        self.text = self._read()
        self._pages: dict[int, tuple[list[int], list[bytes]]] = {}
        self._paragraphs = self._index(_PARAGRAPHS)
        self.struck: list[str] = []
        self._change()

    def paragraph(self, at: int) -> Properties:
        """The properties of the paragraph whose last character is at this place. Raises ValueError."""
        try:
            return self._properties_at(at)
        except (error, IndexError) as broken:
            raise ValueError("not sound properties") from broken

    def _properties_at(self, at: int) -> Properties:
        place = self._place(at)
        starts, pages = self._paragraphs
        page = bisect_right(starts, place) - 1
        if not 0 <= page < len(pages):
            return {}
        edges, found = self._page(pages[page], wide=True)
        run = bisect_right(edges, place) - 1
        if not 0 <= run < len(found):
            return {}
        properties = dict(_properties(found[run][2:]))  # behind the number of its style
        for huge in (_HUGE, _HUGE_OLD):
            if huge in properties:
                (start,) = unpack_from("<I", properties[huge])
                (size,) = unpack_from("<H", self._data, start)
                properties |= dict(_properties(self._data[start + 2 : start + 2 + size]))
        return properties

    def _part(self, at: int) -> bytes:
        start, size = _PAIR.unpack_from(self._word, at)
        return self._table[start : start + size]

    def _cut(self) -> Iterator[_Piece]:
        part, at = self._part(_PIECES), 0
        while part[at] == 1:  # changes that were saved fast; their text is in the pieces
            at += 3 + int(unpack_from("<H", part, at + 1)[0])
        if part[at] != 2:
            raise ValueError("no pieces")
        (size,) = unpack_from("<I", part, at + 1)
        count, base = (size - 4) // 12, at + 5
        edges = unpack_from(f"<{count + 1}I", part, base)
        for number in range(count):
            (place,) = unpack_from("<I", part, base + 4 * (count + 1) + 8 * number + 2)
            narrow = bool(place & 0x40000000)
            place &= 0x3FFFFFFF
            if edges[number] < edges[number + 1]:
                yield _Piece(edges[number], edges[number + 1], place // 2 if narrow else place, 1 if narrow else 2)

    def _read(self) -> list[str]:
        text: list[str] = []
        for piece in self._pieces:
            if piece.start != len(text) or piece.end > _MOST:
                raise ValueError("pieces with gaps")
            raw = self._word[piece.place : piece.place + (piece.end - piece.start) * piece.width]
            if len(raw) != (piece.end - piece.start) * piece.width:
                raise ValueError("text beyond the end")
            text += raw.decode("cp1252", "replace") if piece.width == 1 else map(chr, array("H", raw))
        return text

    def _place(self, at: int) -> int:
        number = bisect_right(self._pieces, at, key=lambda piece: piece.start) - 1
        piece = self._pieces[number]
        return piece.place + (at - piece.start) * piece.width

    def _index(self, at: int) -> tuple[list[int], list[int]]:
        part = self._part(at)
        count = max((len(part) - 4) // 8, 0)
        if count > len(self._word) // _PAGE:
            raise ValueError("more pages of properties than pages")
        return list(unpack_from(f"<{count + 1}I", part)), list(unpack_from(f"<{count}I", part, 4 * (count + 1)))

    def _page(self, number: int, *, wide: bool) -> tuple[list[int], list[bytes]]:
        """The runs of a page: where each begins, and its properties."""
        if number not in self._pages:
            page = self._word[number * _PAGE : (number + 1) * _PAGE]
            count = page[_PAGE - 1]
            edges = list(unpack_from(f"<{count + 1}I", page))
            step = 13 if wide else 1
            offsets = [2 * page[4 * (count + 1) + step * one] for one in range(count)]
            self._pages[number] = edges, [_grpprl(page, one, wide) for one in offsets]
        return self._pages[number]

    def _change(self) -> None:
        """Drop deleted, hidden and struck-out characters, put symbols in place of their codes, raise what is raised."""
        fonts = self._fonts()
        ordered = sorted(self._pieces, key=lambda piece: piece.place)
        left = 2 * len(self.text)  # runs do not overlap
        private = PRIVATE.search("".join(self.text)) is not None
        lifted: list[range] = []
        for start, end, properties in self._runs():
            sign = properties.get(_SYMBOL)
            gone, struck = (any(properties.get(name) == b"\x01" for name in kind) for kind in (_GONE, _STRUCK))
            letters = private and _FONT in properties
            above = properties.get(_ALIGNED) == b"\x01"
            if not (sign or gone or struck or letters or above):
                continue
            number, code = unpack_from("<HH", sign) if sign else (unpack_from("<H", properties.get(_FONT, b"00"))[0], 0)
            font = fonts.get(number, "")
            put = "" if gone or struck else symbol(font, code) if sign else None
            for stretch in self._between(ordered, start, end):
                left -= len(stretch)
                if left < 0:
                    raise ValueError("runs over runs")
                self.struck += [_joined(self.text, stretch)] if struck and not gone else []
                lifted += [stretch] if above else []
                for at in stretch:
                    if self.text[at] not in _ENDS:
                        self.text[at] = shown(self.text[at], font) if put is None else put
        if private:
            self.text = [shown(character, "") for character in self.text]
        self._lift(lifted)

    def _lift(self, lifted: list[range]) -> None:
        """Raised characters in place of the figures that are raised above others of their paragraph."""
        raised_ones = {at for stretch in lifted for at in stretch}
        for stretch in lifted:
            start, end = stretch.start, stretch.stop
            while start > 0 and self.text[start - 1] not in _ENDS:
                start -= 1
            while end < len(self.text) and self.text[end] not in _ENDS:
                end += 1
            above = any(self.text[at].strip() and at not in raised_ones for at in range(start, end))
            if above and all(len(self.text[at]) == 1 for at in stretch):
                self.text[stretch.start : stretch.stop] = raised(_joined(self.text, stretch))

    def _runs(self) -> Iterator[tuple[int, int, Properties]]:
        for page in self._index(_CHARACTERS)[1]:
            edges, found = self._page(page, wide=False)
            for number, raw in enumerate(found):
                if raw:
                    yield edges[number], edges[number + 1], dict(_properties(raw))

    def _between(self, ordered: list[_Piece], start: int, end: int) -> Iterator[range]:
        """The characters that lie between two places of the file, piece by piece."""
        first = max(bisect_right(ordered, start, key=lambda piece: piece.place) - 1, 0)
        for piece in ordered[first:]:
            if piece.place >= end:
                return
            low = max(start - piece.place, 0) // piece.width
            high = min((end - piece.place) // piece.width, piece.end - piece.start)
            yield range(piece.start + low, max(piece.start + high, piece.start + low))

    def _fonts(self) -> dict[int, str]:
        part = self._part(_FONTS)
        count, at, names = unpack_from("<H", part)[0] if len(part) > 4 else 0, 4, {}
        for number in range(count):
            if at >= len(part):
                break
            name = part[at + 40 : at + 1 + part[at]].decode("utf-16-le", "replace")
            names[number] = name.partition("\x00")[0].lower()
            at += 1 + part[at]
        return names


def _joined(text: list[str], stretch: range) -> str:
    return "".join(text[stretch.start : stretch.stop])


def _grpprl(page: bytes, at: int, wide: bool) -> bytes:
    if at == 0:
        return b""
    if not wide:
        return page[at + 1 : at + 1 + page[at]]
    if page[at] == 0:
        return page[at + 2 : at + 2 + 2 * page[at + 1]]
    return page[at + 1 : at + 2 * page[at]]


def _properties(raw: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 2 < len(raw):
        (name,) = unpack_from("<H", raw, at)
        at += 2
        size = _SIZES.get(name >> 13, 0)
        if name == _TABLE:
            size = unpack_from("<H", raw, at)[0] + 1 if at + 2 <= len(raw) else 2
        elif not size:
            size = raw[at] + 1
        yield name, raw[at : at + size]
        at += size
