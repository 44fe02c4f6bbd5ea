"""Columns that a text sets with blanks: lines whose parts stand below the heads are rows of a grid."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from kpi.lazyre import later
from kpi.model import Location
from kpi.readers.grid import GridCell

_PART = re.compile(r"[^\s\u3000]+(?:[ \t][^\s\u3000]+)*")  # one blank does not part cells
_LEVEL = later("[一二三]级(?:绩效)?(?:指标|目标)")
_VALUE = later(r"(?:指标|目标|预期|实现)+值|(?:年度|绩效)目标值?")
_HEADS = 3
_NEAR = 2  # half characters by which a part may stand beside its head: signs are as wide as the font wants
_APART = 4  # half characters between two heads
_LEAST = 3  # rows
_INDENTED = 2  # rows that leave merged levels blank: without them nothing tells columns from blanks between words
_LONGEST = 400  # characters of a line
_MOST = 400  # lines below one row of heads
_BETWEEN = 2  # lines without columns between two pages


class _Part(NamedTuple):
    text: str
    at: int  # where it begins, in half characters
    start: int  # and in characters


def column_rows(lines: Sequence[str]) -> Mapping[int, tuple[GridCell, ...]]:
    """The cells of each line (counted from 1) that is a row of such columns; {} where there are none."""
    found: dict[int, tuple[GridCell, ...]] = {}
    number = 0
    while number < len(lines):
        heads = _heads(lines[number])
        block = dict(_block(lines, number, heads)) if heads else {}
        if block and _are_columns(block, heads):
            found |= {at + 1: _cells(parts, len(heads), at + 1) for at, parts in block.items()}
            number = max(block)
        number += 1
    return found


def _parts(line: str) -> list[_Part]:
    if len(line) > _LONGEST or "\t" in line or "|" in line:
        return []
    found: list[_Part] = []
    width = last = 0
    for match in _PART.finditer(line):
        width += _width(line[last : match.start()])
        found.append(_Part(match.group(), width, match.start()))
        last = match.start()
    return found


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _heads(line: str) -> list[_Part]:
    """The heads of a line of heads; [] for any other."""
    if "级" not in line or not _LEVEL.search(line) or not _VALUE.search(line):
        return []
    parts = _parts(line)
    levels = sum(_LEVEL.match(part.text) is not None for part in parts)
    apart = all(two.at - one.at >= _APART for one, two in pairwise(parts))
    return parts if len(parts) > _HEADS - 1 and levels > 1 and apart else []


def _block(lines: Sequence[str], number: int, heads: Sequence[_Part]) -> Iterator[tuple[int, dict[int, _Part]]]:
    """The row of heads and the lines below it whose parts all stand below heads, by their columns."""
    yield number, dict(enumerate(heads))
    missed = 0
    for at in range(number + 1, min(len(lines), number + _MOST)):
        parts = _parts(lines[at])
        if not parts:
            continue
        columns = [_column(part, heads) for part in parts]
        if None in columns and columns[0] is not None and len(parts) == len(heads) - columns[0]:
            columns = list(range(columns[0], len(heads)))  # a long name has moved what stands behind it
        if None in columns or len(set(columns)) < len(columns) or (len(parts) == 1 and columns == [0]):
            missed += 1
            if missed > _BETWEEN:
                return
            continue
        missed = 0
        yield at, {column: part for column, part in zip(columns, parts, strict=True) if column is not None}


def _column(part: _Part, heads: Sequence[_Part]) -> int | None:
    return next((k for k, head in enumerate(heads) if abs(head.at - part.at) <= _NEAR), None)


def _are_columns(block: Mapping[int, Mapping[int, _Part]], heads: Sequence[_Part]) -> bool:
    """Whether most rows have a name and what stands behind it, and some leave merged levels blank."""
    first, *rows = block.values()
    names = [k for k, head in enumerate(heads) if _LEVEL.match(head.text)]
    name = names[-1]
    indented = sum(min(row) > 0 for row in rows)
    whole = all(name in row and any(k > name for k in row) for row in rows)
    return bool(first) and len(rows) >= _LEAST and indented >= _INDENTED and whole


def _cells(parts: Mapping[int, _Part], width: int, number: int) -> tuple[GridCell, ...]:
    def cell(column: int) -> GridCell:
        part = parts.get(column)
        place = Location(line=number, column=1 + (part.start if part else 0))
        return GridCell(part.text if part else "", column, place)

    return tuple(map(cell, range(width)))
