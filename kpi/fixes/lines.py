"""Texts and tables with separators: the changed characters in the bytes that were read, all else as it was."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from kpi.fixes.edits import CannotWrite, CellEdit, Span, spliced
from kpi.model import Location
from kpi.readers import Source
from kpi.readers.formats import csvs
from kpi.readers.formats.text import decode

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_LINE = re.compile(r"\r\n|\r|\n")
_BREAKING = frozenset("\t|\r\n")
_SEPARATES = "新写法里有分隔符，写进去会多出一格"
_FOREIGN = "文件的编码（{}）写不出新写法里的字，请把文件另存为 UTF-8 再改"
_MOVED = "在文件里对不上这一格的原文"
_RAW = "文字编码不能原样写回，请另存为 UTF-8 编码的文本后再改。"


class _Text:
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


class TextWriter:
    """Plain text, tabs or pipes: a cell's text is a stretch of its line."""

    def __init__(self, data: bytes, source: Source) -> None:
        self._file = _Text(data)
        self._starts = [0, *(found.end() for found in _LINE.finditer(self._file.text))]

    def refuses(self, edit: CellEdit) -> str:
        new = "".join(span.text for span in edit.spans)
        if _BREAKING & set(new):
            return _SEPARATES
        at = self._at(edit.cell.location)
        if at is None or not _alike(self._file.text[at : at + len(edit.cell.text)], edit.cell.text):
            return _MOVED
        return self._file.foreign(new)

    def written(self, edits: Sequence[CellEdit]) -> bytes:
        spans = [
            Span(at + span.start, at + span.end, span.text)
            for edit in edits
            if (at := self._at(edit.cell.location)) is not None
            for span in edit.spans
        ]
        return self._file.bytes(spliced(self._file.text, sorted(spans)))

    def _at(self, place: Location) -> int | None:
        if place.line is None or place.column is None or place.line > len(self._starts):
            return None
        return self._starts[place.line - 1] + place.column - 1


def _alike(raw: str, text: str) -> bool:
    """Whether a stretch of the file is what the reader gave; it shows control characters as blanks."""
    pairs = zip(raw, text, strict=False)
    return len(raw) == len(text) and all(a == b or (b == " " and not a.isprintable()) for a, b in pairs)


class CsvWriter:
    """Fields with separators, bare or in quotes."""

    def __init__(self, data: bytes, source: Source) -> None:
        self._file = _Text(data)
        raw = self._file.text
        lead = len(raw) - len(raw.removeprefix("\ufeff"))
        self._text = raw[lead:].replace("\r\n", "\n").replace("\r", "\n")
        self._back = _way_back(raw[lead:], lead)
        start, self._mark = csvs.opening(self._text)
        records = csvs.placed(self._text, start, self._mark)
        self._fields = {cell.location: at for record in records for cell, at in record}

    def refuses(self, edit: CellEdit) -> str:
        letters, quoted = self._letters(edit)
        new = "".join(span.text for span in edit.spans)
        if len(letters) < len(edit.cell.text):
            return _MOVED
        if not quoted and {self._mark, '"', "\n", "\r"} & set(new):
            return _SEPARATES
        return self._file.foreign(new)

    def written(self, edits: Sequence[CellEdit]) -> bytes:
        spans = []
        for edit in edits:
            letters, quoted = self._letters(edit)
            for span in edit.spans:
                start, end = letters[span.start][0], letters[span.end - 1][1]
                new = span.text.replace('"', '""') if quoted else span.text
                spans.append(Span(self._back(start), self._back(end), new))
        return self._file.bytes(spliced(self._file.text, sorted(spans)))

    def _letters(self, edit: CellEdit) -> tuple[list[tuple[int, int]], bool]:
        """Where each character of a cell's text begins and ends, and whether it stands in quotes."""
        at = self._fields.get(edit.cell.location)
        found = csvs.field_of(self._mark).match(self._text, at) if at is not None else None
        if found is None:
            return [], False
        quoted = found.group(1) is not None
        pieces = list(_pieces(found))
        whole = "".join(text for text, _, _ in pieces)
        first = whole.find(edit.cell.text[:1]) if edit.cell.text else 0
        fits = _alike(whole[first : first + len(edit.cell.text)], edit.cell.text)
        return [(start, end) for _, start, end in pieces[first:]] if fits else [], quoted


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
