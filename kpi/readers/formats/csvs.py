"""Tables with separators (.csv) as rows: which separator, line breaks inside quotes, places by line and column."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from kpi.model import Location
from kpi.readers.errors import ReadError, bounded
from kpi.readers.formats import text as plain
from kpi.readers.formats.sheet import cleaned
from kpi.readers.formats.sheetgrid import row_of
from kpi.readers.grid import GridCell, Row, Source

SEPARATORS = (",", "\t", ";", "|")
MOST_FIELDS = 512  # of one record; a form has less than thirty columns
_SAMPLE = 300  # records by which the separator is told
_TOO_WIDE = f"有一行超过 {MOST_FIELDS} 列，不像绩效目标表，请用 Excel 或 WPS 打开，另存为 .xlsx 后再检查。"
_STATED = re.compile(r"sep=(.)\n", re.IGNORECASE)
Field = tuple[str, int]  # text and place


def read_rows(data: bytes, path: str) -> Source:
    """The rows of a file. Raises ReadError."""
    text, encoding = plain.decoded(data, path)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    start, mark = opening(text)
    return Source(path, "csv", tuple(bounded(_rows(text, start, mark, path), path)), encoding)


def opening(text: str) -> tuple[int, str]:
    """Where the records begin, and their separator."""
    if stated := _STATED.match(text):  # Excel's own first line
        return stated.end(), stated.group(1)
    return 0, separator(text)


def separator(text: str) -> str:
    """The separator under which most records, two at least, come apart, and into the same number of fields."""
    return max(SEPARATORS, key=lambda mark: _evidence(text, mark))


def _evidence(text: str, mark: str) -> tuple[float, int]:
    widths: Counter[int] = Counter()
    for number, record in enumerate(_records(text, 0, mark)):
        if number == _SAMPLE:
            break
        widths[len(record)] += 1
    apart = sum(count for width, count in widths.items() if width > 1)
    common = max((count for width, count in widths.items() if width > 1), default=0)
    return (apart + common) / widths.total() if common > 1 else 0.0, -SEPARATORS.index(mark)


@lru_cache(maxsize=16)
def field_of(mark: str) -> re.Pattern[str]:
    """A quoted field, with what stands behind the quotes; or a bare one; and what ends it."""
    m = re.escape(mark)
    return re.compile(rf'[ ]*"((?:[^"]++|"")*+)"([^{m}\n"]*)({m}|\n|\Z)|([^{m}\n]*)({m}|\n|\Z)')


def _records(text: str, at: int, mark: str) -> Iterator[list[Field]]:
    """The records from a place on; each field with the place where it begins."""
    match, record = field_of(mark).match, list[Field]()
    while at < len(text):
        found = match(text, at)
        if found is None:  # cannot be: a bare field may be empty
            return
        quoted, behind, _, bare, _ = found.groups()
        whole = quoted.replace('""', '"') + behind if quoted is not None else bare
        record.append((whole, at))
        at, ended = found.end(), found.group(3) or found.group(5)
        if ended != mark or at == len(text):
            if ended == mark:
                record.append(("", at))
            yield record
            record = []


def _rows(text: str, start: int, mark: str, path: str) -> Iterator[Row]:
    for record in placed(text, start, mark):
        if len(record) > MOST_FIELDS:
            raise ReadError(path, _TOO_WIDE)
        cells = [cell for cell, _ in record]
        if row := row_of(cells, 0, Location(line=cells[0].location.line, column=1)):
            yield row


def placed(text: str, start: int, mark: str) -> Iterator[list[tuple[GridCell, int]]]:
    """The records as cells, each with the place in the text where its field begins."""
    line, begun, counted = 1, 0, 0  # the line's number, where it begins, how far lines are counted
    for record in _records(text, start, mark):
        cells = []
        for number, (whole, at) in enumerate(record):
            line += text.count("\n", counted, at)
            begun = text.rfind("\n", begun, at) + 1 or begun
            counted = at
            cells.append((_cell(whole, number, line, at - begun + 1), at))
        yield cells


def _cell(whole: str, number: int, line: int, column: int) -> GridCell:
    text = cleaned(whole)
    lead = len(whole) - len(whole.lstrip(" ")) if text else 0
    return GridCell(text, number, Location(line=line, column=column + lead))
