"""Plain text as rows: cells separated by tabs or pipes, every other line as one cell of its own."""

import re
from collections.abc import Iterator

from kpi.model import Location
from kpi.readers.grid import GridCell, Row, Source

_RULE = re.compile(r"^[\s|:+=-]*-{2,}[\s|:+=-]*$")  # the line under a Markdown head
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_MOST_CELLS = 512  # of one line; a form has less than thirty columns
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding. Raises UnicodeDecodeError where it is none of those in use."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name), name
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("gb18030"), "gb18030"


def source(text: str, path: str, encoding: str | None = None) -> Source:
    """The rows of a text, in order."""
    return Source(path, "text", tuple(_rows(text)), encoding)


def _rows(text: str) -> Iterator[Row]:
    grid, inside, blanks = -1, False, 0
    for number, raw in enumerate(_lines(text), 1):
        line = _CONTROL.sub(" ", raw)
        if not line.strip():
            blanks += 1
            continue
        yield from _missing(blanks, number)
        blanks = 0
        mark = "\t" if "\t" in line else "|" if "|" in line else ""
        if mark == "|" and _RULE.match(line):
            continue
        if mark and not inside:
            grid += 1
        inside = bool(mark)
        yield Row(_cells(line, mark, number), grid if mark else None, Location(line=number, column=1))


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _missing(blanks: int, number: int) -> Iterator[Row]:
    """Where each cell is a line of its own between blank lines, further blank lines stand for empty cells."""
    for i in range(min((blanks - 1) // 2, 50)):
        place = Location(line=number - blanks + 2 * i + 1, column=1)
        yield Row((GridCell("", 0, place),), None, place)


def _cells(line: str, mark: str, number: int) -> tuple[GridCell, ...]:
    if not mark:
        return (GridCell(line.strip(), 0, Location(line=number, column=1 + len(line) - len(line.lstrip()))),)
    if mark == "|":
        line = line.rstrip().removesuffix("|")
    cells, at = [], 0
    for column, part in enumerate(line.split(mark, _MOST_CELLS)):
        text = part.strip()
        lead = part.index(text) if text else 0
        cells.append(GridCell(text, column, Location(number, at + lead + 1)))
        at += len(part) + 1
    return tuple(cells)
