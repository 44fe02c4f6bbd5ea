"""Texts and tables with separators: the changed characters in the bytes that were read, all else as it was."""

from collections.abc import Sequence

from kpi.fixes.edits import CellEdit, Span, spliced
from kpi.packages.plain import Lines, PlainFile, Records, alike
from kpi.readers import Source

_BREAKING = frozenset("\t|\r\n")
_SEPARATES = "新写法里有分隔符，写进去会多出一格"
_MOVED = "在文件里对不上这一格的原文"


class TextWriter:
    """Plain text, tabs or pipes: a cell's text is a stretch of its line."""

    fills = True

    def __init__(self, data: bytes, source: Source) -> None:
        self._file = PlainFile(data)
        self._lines = Lines(self._file.text)

    def refuses(self, edit: CellEdit) -> str:
        new = "".join(span.text for span in edit.spans)
        if _BREAKING & set(new):
            return _SEPARATES
        at = self._lines.at(edit.cell.location)
        if at is None or not alike(self._file.text[at : at + len(edit.cell.text)], edit.cell.text):
            return _MOVED
        return self._file.foreign(new)

    def written(self, edits: Sequence[CellEdit]) -> bytes:
        spans = [
            Span(at + span.start, at + span.end, span.text)
            for edit in edits
            if (at := self._lines.at(edit.cell.location)) is not None
            for span in edit.spans
        ]
        return self._file.bytes(spliced(self._file.text, sorted(spans)))


class CsvWriter:
    """Fields with separators, bare or in quotes."""

    fills = True

    def __init__(self, data: bytes, source: Source) -> None:
        self._file = PlainFile(data)
        self._records = Records(self._file.text)

    def refuses(self, edit: CellEdit) -> str:
        letters, quoted = self._records.letters(edit.cell)
        new = "".join(span.text for span in edit.spans)
        if len(letters) < len(edit.cell.text):
            return _MOVED
        if not quoted and {self._records.mark, '"', "\n", "\r"} & set(new):
            return _SEPARATES
        return self._file.foreign(new)

    def written(self, edits: Sequence[CellEdit]) -> bytes:
        spans, back = [], self._records.back
        for edit in edits:
            letters, quoted = self._records.letters(edit.cell)
            for span in edit.spans:
                new = span.text.replace('"', '""') if quoted else span.text
                if edit.cell.text:
                    spans.append(Span(back(letters[span.start][0]), back(letters[span.end - 1][1]), new))
                elif (at := self._records.end(edit.cell)) is not None:
                    spans.append(Span(at, at, new))
        return self._file.bytes(spliced(self._file.text, sorted(spans)))
