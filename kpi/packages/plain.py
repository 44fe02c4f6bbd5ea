"""Plain texts and tables with separators from the inside: their bytes to the letter, and where each cell stands."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator

from kpi.model import Location
from kpi.packages import CannotWrite
from kpi.readers import GridCell
from kpi.readers.formats import csvs
from kpi.readers.formats.text import decode

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_LINE = re.compile(r"\r\n|\r|\n")
_FOREIGN = "文件的编码（{}）写不出新写法里的字，请把文件另存为 UTF-8 再改"
_RAW = "文字编码不能原样写回，请另存为 UTF-8 编码的文本后再试。"


class PlainFile:
    """A text with its encoding and mark, and what it takes to write it back byte for byte."""

    def __init__(self, data: bytes) -> None:
        self.mark, self.encoding = next(((m, name) for m, name in _MARKS if data.startswith(m)), (b"", ""))
        text, named = decode(data)
        self.encoding = self.encoding or named
        self.text = text
        if self.bytes(text) != data:
            raise CannotWrite(_RAW)

    def bytes(self, text: str) -> bytes:
        try:
            return self.mark + text.encode(self.encoding)
        except UnicodeEncodeError as error:
            raise CannotWrite(_RAW) from error

    def foreign(self, text: str) -> str:
        """Why the encoding cannot hold a text; "" where it can."""
        try:
            text.encode(self.encoding)
        except UnicodeEncodeError:
            return _FOREIGN.format(self.encoding)
        return ""


class Lines:
    """Where the lines of a text begin."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(found.end() for found in _LINE.finditer(text))]

    def at(self, place: Location) -> int | None:
        """A place as a position in the text; None where there is no such line."""
        if place.line is None or place.column is None or place.line > len(self._starts):
            return None
        return self._starts[place.line - 1] + place.column - 1

    def start(self, at: int) -> int:
        """Where the line of a position begins."""
        return self._starts[bisect_right(self._starts, at) - 1]

    def end(self, at: int) -> int:
        """Where the line of a position ends."""
        found = _LINE.search(self._text, at)
        return found.start() if found else len(self._text)


class Records:
    """The fields of a table with separators. `mark`: the separator; `back`: from a place in the text with single line
    ends to the place in the file's."""

    def __init__(self, text: str) -> None:
        lead = len(text) - len(text.removeprefix("\ufeff"))
        self._text = text[lead:].replace("\r\n", "\n").replace("\r", "\n")
        self.back = _way_back(text[lead:], lead)
        start, self.mark = csvs.opening(self._text)
        self._fields = {
            cell.location: (cell, at) for record in csvs.placed(self._text, start, self.mark) for cell, at in record
        }

    def cell(self, place: Location) -> GridCell | None:
        """The cell that a place is in."""
        if place in self._fields:
            return self._fields[place][0]
        before = [one for one in self._fields if one.line == place.line and one.column and place.column]
        found = max((one for one in before if (one.column or 0) <= (place.column or 0)), default=None)
        return self._fields[found][0] if found else None

    def end(self, cell: GridCell) -> int | None:
        """Where the text of a cell ends in the file; None where it cannot be told."""
        letters, _ = self.letters(cell)
        if cell.text and len(letters) < len(cell.text):
            return None
        if not cell.text:
            return self.back(letters[0][0] if letters else self._begin(cell))
        return self.back(letters[len(cell.text) - 1][1])

    def _begin(self, cell: GridCell) -> int:
        """Where the text of a field begins: behind its quotation mark, where it has one."""
        _, at = self._fields[cell.location]
        found = csvs.field_of(self.mark).match(self._text, at)
        return found.start(1) if found and found.group(1) is not None else at

    def letters(self, cell: GridCell) -> tuple[list[tuple[int, int]], bool]:
        """Where each character of a cell's text begins and ends, and whether it stands in quotes."""
        _, at = self._fields.get(cell.location, (None, None))
        found = csvs.field_of(self.mark).match(self._text, at) if at is not None else None
        if found is None:
            return [], False
        quoted = found.group(1) is not None
        pieces = list(_pieces(found))
        whole = "".join(text for text, _, _ in pieces)
        first = whole.find(cell.text[:1]) if cell.text else 0
        fits = alike(whole[first : first + len(cell.text)], cell.text)
        return [(start, end) for _, start, end in pieces[first:]] if fits else [], quoted


def alike(raw: str, text: str) -> bool:
    """Whether a stretch of the file is what the reader gave; it shows control characters as blanks."""
    pairs = zip(raw, text, strict=False)
    return len(raw) == len(text) and all(a == b or (b == " " and not a.isprintable()) for a, b in pairs)


def _pieces(found: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    """The characters of a field; a doubled quotation mark is one."""
    if found.group(1) is None:
        yield from ((c, at, at + 1) for at, c in enumerate(found.group(4), found.start(4)))
        return
    at = found.start(1)
    while at < found.end(1):
        width = 2 if found.string[at] == '"' else 1
        yield found.string[at], at, at + width
        at += width
    yield from ((c, at, at + 1) for at, c in enumerate(found.group(2), found.start(2)))


def _way_back(raw: str, lead: int) -> Callable[[int], int]:
    """From a place in the text with single line ends to the place in the file's."""
    pairs = [found.start() - number for number, found in enumerate(re.finditer("\r\n", raw))]
    return lambda at: at + bisect_left(pairs, at) + lead
