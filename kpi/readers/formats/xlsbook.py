"""What an .xls says outside its sheets, record by record: sheets, number formats, shared texts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from struct import unpack_from
from typing import NamedTuple

from kpi.readers.formats.dates import BUILTIN
from kpi.readers.formats.numbers import GENERAL
from kpi.readers.formats.runs import Run, mixed, said, struck
from kpi.readers.formats.sheet import cleaned

BOF, EOF, _CONTINUE = 0x809, 0x0A, 0x3C
_SST, _SHEET, _FORMAT, _XF, _EPOCH, _CODEPAGE, _PASSWORD = 0xFC, 0x85, 0x41E, 0xE0, 0x22, 0x42, 0x2F
_FONT, _NO_FONT = 0x31, 4  # fonts are counted without the fifth, which no file has
_STRUCK, _RAISED = 8, 1
_CODEPAGES = {936: "gb18030", 950: "big5", 1200: "utf-16-le", 65001: "utf-8"}
_WIDE, _PHONETIC, _RICH = 1, 4, 8
_LAST_VERSION = 0x600  # the one with Unicode texts, since 1997


class Locked(Exception):
    """The workbook has a password."""


@dataclass(slots=True)
class Book:
    """A workbook without its cells. `sheets`: where each begins, its name, whether it is hidden. `styles`: the numbers
    of a format and of a font for each; `runs`: the numbers of shared texts of several formats, with what is struck out
    in each."""

    stream: bytes
    unicode: bool = True
    encoding: str = "gb18030"
    epoch: int = 1900
    sheets: list[tuple[int, str, bool]] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=lambda: {**BUILTIN, 0: GENERAL})
    styles: list[tuple[int, int]] = field(default_factory=list)
    fonts: list[Run] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    runs: dict[int, str] = field(default_factory=dict)

    def code(self, style: int) -> str:
        number = self.styles[style][0] if style < len(self.styles) else 0
        return self.codes.get(number, GENERAL)

    def strikes(self, style: int) -> bool:
        """Whether a style strikes out a whole cell."""
        return style < len(self.styles) and self.font(self.styles[style][1]).struck

    def font(self, number: int) -> Run:
        """How a font shows its letters."""
        at = number - (number > _NO_FONT)
        return self.fonts[at] if at < len(self.fonts) else Run()

    def text(self, data: bytes, at: int, count: int) -> str:
        """`count` characters as this version writes them."""
        if not self.unicode:
            return cleaned(data[at : at + count].decode(self.encoding, "replace"))
        return cleaned(_characters(data, at + 1, count, data[at] & _WIDE))


def records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of a workbook or a sheet from a place on, up to its end."""
    depth = 0
    while True:
        kind, size = unpack_from("<HH", stream, at)
        at += 4 + size
        depth += (kind == BOF) - (kind == EOF)
        if at > len(stream) or (depth < 1 and kind != EOF):
            raise ValueError("no whole record, or none of a sheet")
        if depth == 1 and kind != EOF:  # charts within a sheet have records of their own
            yield kind, stream[at - size : at]
        elif depth == 0:
            return


def book(stream: bytes) -> Book:
    """The workbook of a stream. Raises Locked, and ValueError, IndexError or struct.error where it is damaged."""
    made = Book(stream)
    shared: list[bytes] = []
    before = 0
    for kind, data in records(stream, 0):
        if kind == _CONTINUE and before == _SST:
            shared.append(data)
            continue
        before = kind
        if kind == _SST:
            shared = [data]
        else:
            _take(made, kind, data)
    for text in _texts(shared) if shared else ():
        if text.formats:
            made.runs[len(made.texts)] = struck(own := list(text.runs(made)))
        made.texts.append(cleaned(said(own) if text.formats and mixed(own) else text.text))
    return made


def _take(made: Book, kind: int, data: bytes) -> None:
    if kind == BOF:
        made.unicode = unpack_from("<H", data)[0] >= _LAST_VERSION
    elif kind == _PASSWORD:
        raise Locked
    elif kind == _CODEPAGE:
        made.encoding = _CODEPAGES.get(unpack_from("<H", data)[0], "gb18030")
    elif kind == _EPOCH:
        made.epoch = 1904 if unpack_from("<H", data)[0] else 1900
    elif kind == _XF:
        font, code = unpack_from("<HH", data)
        made.styles.append((code, font))
    elif kind == _FONT:
        made.fonts.append(Run(raised=unpack_from("<H", data, 8)[0] == _RAISED, struck=bool(data[2] & _STRUCK)))
    elif kind == _FORMAT:
        wide = made.unicode
        made.codes[unpack_from("<H", data)[0]] = made.text(data, 4 if wide else 3, data[2])
    elif kind == _SHEET and data[5] == 0:  # no chart, no macro
        made.sheets.append((unpack_from("<I", data)[0], made.text(data, 7, data[6]), bool(data[4] & 3)))


def _characters(data: bytes, at: int, count: int, wide: int) -> str:
    if wide:
        return data[at : at + 2 * count].decode("utf-16-le", "replace")
    return data[at : at + count].decode("latin-1")


class _Text(NamedTuple):
    """A shared text. `formats`: from which character on it has another font, and which."""

    text: str
    formats: Sequence[tuple[int, int]]

    def runs(self, book: Book) -> Iterator[Run]:
        """What stands before the first font has the cell's."""
        ends = [at for at, _ in self.formats[1:]]
        yield Run(self.text[: self.formats[0][0]])
        for (start, font), end in zip(self.formats, [*ends, len(self.text)], strict=True):
            yield book.font(font)._replace(text=self.text[start:end])


def _texts(parts: list[bytes]) -> Iterator[_Text]:
    """The shared texts; records hold 8 kB at most, so that texts run on in the next one."""
    reading = _Reading(parts)
    (count,) = unpack_from("<I", parts[0], 4)
    reading.at = 8
    for _ in range(min(count, sum(map(len, parts)))):
        if reading.over:
            return
        yield reading.text()


@dataclass(slots=True)
class _Reading:
    """A place in texts that run over several records."""

    parts: list[bytes]
    part: int = 0
    at: int = 0

    @property
    def over(self) -> bool:
        self._go_on()
        return self.part >= len(self.parts)

    def _go_on(self) -> None:
        while self.part < len(self.parts) and self.at >= len(self.parts[self.part]):
            self.part, self.at = self.part + 1, 0

    def _bytes(self, count: int) -> bytes:
        found = b""
        while len(found) < count and not self.over:
            taken = self.parts[self.part][self.at : self.at + count - len(found)]
            found += taken
            self.at += len(taken)
        return found

    def text(self) -> _Text:
        count, flags = unpack_from("<HB", self._bytes(3))
        runs = unpack_from("<H", self._bytes(2))[0] if flags & _RICH else 0
        extra = unpack_from("<I", self._bytes(4))[0] if flags & _PHONETIC else 0
        found: list[str] = []
        wide = flags & _WIDE
        while count > 0 and not self.over:
            data = self.parts[self.part]
            room = (len(data) - self.at) >> wide
            taken = min(count, room)
            found.append(_characters(data, self.at, taken, wide))
            self.at += taken << wide
            count -= taken
            if count > 0:
                self.part, self.at = self.part + 1, 1  # a text that runs on begins with its width again
                wide = self.parts[self.part][0] & _WIDE if self.part < len(self.parts) else 0
        formats = self._bytes(4 * runs)
        self._skip(extra)
        return _Text("".join(found), [unpack_from("<HH", formats, at) for at in range(0, len(formats) - 3, 4)])

    def _skip(self, count: int) -> None:
        while count > 0 and not self.over:
            step = min(count, len(self.parts[self.part]) - self.at)
            self.at, count = self.at + step, count - step
