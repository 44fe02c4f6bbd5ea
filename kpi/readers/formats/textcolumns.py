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
_OPENS = later(r"(?:指标|目标)\d|…|[(（]?\d{1,2}[)）.、]|[①-⑳★]")  # a cell of its own
_PAGE = later(r"\s*[-—–]*\s*第\s*\d{1,4}\s*页.{0,12}")  # at the edge of a page, below whichever column
_POINTS = later(r"[(（]\d{1,3}分[)）]")
_LABEL = ("指标", "目标")  # what a level ends in
_HEADS = 3
_NEAR = 2  # half characters by which a part may stand beside its head: signs are as wide as the font wants
_APART = 4  # half characters between two heads
_LEAST = 3  # rows
_FEW = 3  # one row in so many may have no value
_INDENTED = 2  # rows that leave merged levels blank: without them nothing tells columns from blanks between words
_LONGEST = 400  # characters of a line
_MOST = 400  # lines below one row of heads
_BETWEEN = 2  # lines without columns between two pages


class _Part(NamedTuple):
    text: str
    at: int  # where it begins, in half characters
    start: int  # and in characters


def column_rows(lines: Sequence[str]) -> Mapping[int, tuple[GridCell, ...]]:
    """The cells of each line (counted from 1) that is a row of such columns, () for one that goes on with the cell
    above it; {} where there are none."""
    found: dict[int, tuple[GridCell, ...]] = {}
    number = 0
    while number < len(lines):
        heads = _heads(lines[number])
        block = dict(_block(lines, number, heads)) if heads else {}
        block = {} if _leaves_rows(lines, block) else block
        rows = _wrapped(block, heads) if block else {}
        if rows and _are_columns(rows, heads):
            found |= dict.fromkeys((at + 1 for at in block), ())
            found |= {at + 1: _cells(parts, len(heads), at + 1) for at, parts in rows.items()}
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
        if not parts or _PAGE.fullmatch(lines[at]):
            continue
        columns = [_column(part, heads) for part in parts]
        if None in columns and columns[0] is not None and len(parts) + columns[0] in (len(heads), _name_of(heads) + 1):
            columns = list(range(columns[0], columns[0] + len(parts)))  # a long one has moved what stands behind it
        if None in columns or len(set(columns)) < len(columns) or (len(parts) == 1 and columns == [0]):
            missed += 1
            if missed > _BETWEEN:
                return
            continue
        missed = 0
        yield at, {column: part for column, part in zip(columns, parts, strict=True) if column is not None}


def _leaves_rows(lines: Sequence[str], block: Mapping[int, object]) -> bool:
    """Whether a line between the rows is one, too, and does not stand below the heads: the text sets no columns."""
    between = set(range(min(block, default=0), max(block, default=0))) - set(block)
    return any(len(_parts(lines[at])) >= _LEAST for at in between)


def _column(part: _Part, heads: Sequence[_Part]) -> int | None:
    return next((k for k, head in enumerate(heads) if abs(head.at - part.at) <= _NEAR), None)


def _name_of(heads: Sequence[_Part]) -> int:
    """The column of the names: the last of those that head levels."""
    return max((k for k, head in enumerate(heads) if _LEVEL.match(head.text)), default=0)


def _wrapped(
    block: Mapping[int, Mapping[int, _Part]], heads: Sequence[_Part]
) -> dict[int, dict[int, _Part]]:
    """The rows, with cells in one again that go on in the line below: what stands alone under a column behind the
    levels, and a name alone below one that fills its column."""
    name = _name_of(heads)
    levels = next((k for k, head in enumerate(heads) if head.text.startswith("三级")), 0)
    rows: dict[int, dict[int, _Part]] = {}
    above: dict[int, _Part] | None = None
    merged: dict[int, dict[int, _Part]] = {}  # the row in which the level of a column stands
    widest: dict[int, int] = {}
    for parts in block.values():
        for column, part in parts.items():
            widest[column] = max(widest.get(column, 0), _width(part.text))
    for at, all_parts in block.items():
        parts = _without_levels(all_parts, merged)
        if not parts:
            continue
        column = min(parts)
        alone = len(parts) == 1 and column >= name and not _OPENS.match(parts[column].text)
        goes_on = len(rows) > 1 and above is not None and alone and column in above
        if goes_on and above and (column > name or _width(above[column].text) >= widest[column] - _NEAR):
            above[column] = above[column]._replace(text=above[column].text + parts[column].text)
            continue
        above = rows[at] = parts
        merged |= dict.fromkeys(filter(levels.__gt__, parts), parts)
    return rows


def _without_levels(parts: Mapping[int, _Part], merged: Mapping[int, dict[int, _Part]]) -> dict[int, _Part]:
    """The parts of a line without those that go on with a merged level above: 可持续影 | 响指标, and its (10分)."""
    rest = dict(parts)
    for column, part in parts.items():
        row = merged.get(column)
        if row is None or _LEVEL.match(part.text):
            continue
        told = row[column].text
        broken = not _POINTS.sub("", told).endswith(_LABEL) and part.text.endswith(_LABEL)
        if broken or _POINTS.fullmatch(part.text):
            row[column] = row[column]._replace(text=told + part.text)
            del rest[column]
    return rest


def _are_columns(block: Mapping[int, Mapping[int, _Part]], heads: Sequence[_Part]) -> bool:
    """Whether all rows have a name and nearly all what stands behind it, and some leave merged levels blank."""
    first, *rows = block.values()
    name = _name_of(heads)
    indented = sum(min(row) > 0 for row in rows)
    named = all(name in row for row in rows)
    blank = sum(not any(k > name for k in row) for row in rows)
    return bool(first) and len(rows) >= _LEAST and indented >= _INDENTED and named and _FEW * blank <= len(rows)


def _cells(parts: Mapping[int, _Part], width: int, number: int) -> tuple[GridCell, ...]:
    def cell(column: int) -> GridCell:
        part = parts.get(column)
        place = Location(line=number, column=1 + (part.start if part else 0))
        return GridCell(part.text if part else "", column, place)

    return tuple(map(cell, range(width)))
