"""Numbered rows of a form whose other cells are in disorder: 指标6:… with exactly its own cells up to 指标7:…"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kpi.lazyre import later
from kpi.model import Indicator, Unread
from kpi.readers import labels
from kpi.readers.gluedtext import says_state
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line
from kpi.readers.lost import relabelled
from kpi.readers.match import FIGURES, kind_of
from kpi.readers.pairing import row_of
from kpi.readers.pairs import LOST
from kpi.readers.profile import cost_parent

_SLOT = later(r"指标(?P<number>\d{1,2})[:：、.．]\s*(?P<name>\S.*)", re.S)
_NUMBER = later(r"\d{1,3}(?:\.\d{1,2})?")
_LEAST = 5  # rows that are sure
_SHOWN = 40  # characters
# the heads that there are tell what the cells behind a name are
_COLUMNS = (("value", "actual", "weight", "score"), ("value", "actual"), ("value",))


class _Row(NamedTuple):
    number: int
    name: GridCell
    cells: tuple[GridCell, ...]
    level: labels.Level | None  # right in front of its number
    closed: bool  # whether the next number, a level or the end of the text stands behind it


def numbered(lines: Sequence[Line]) -> tuple[list[Indicator], list[Unread]]:
    """The rows that are sure, and the other ones as unread; nothing where most of them are not sure."""
    nothing: tuple[list[Indicator], list[Unread]] = ([], [])
    if not all(line.packed for line in lines if line.filled):
        return nothing
    cells = [c for line in lines for c in line.filled]
    heads = {labels.head_of(c.text) for c in cells}
    kinds = next((kinds for kinds in _COLUMNS if heads.issuperset(kinds[1:])), ())
    rows = list(_rows(cells))
    sure = [row for row in rows if _is_sure(row, kinds)]
    if len(sure) < _LEAST or 3 * len(sure) < 2 * len(rows):
        return nothing
    made: list[Indicator] = []
    cost = cost_parent([row.level.two for row in rows if row.level])
    for group in _groups(rows):
        levels = {row.level for row in group if row.level}
        if len(levels) > 1:
            return nothing
        level = next(iter(levels), None)
        one, two = labels.canonical(level, cost if level.two == "成本指标" else level.one) if level else ("", "")
        # the last one, cut off, still says which level came next
        made += [_made(one, two, row, kinds) for row in group if row in sure or row is rows[-1]]
    made, _ = relabelled(made)
    if not all(indicator.level2 for indicator in made):
        return nothing
    if rows[-1] not in sure:
        made.pop()
    lost = [row for row in rows if row not in sure]
    return made, [Unread(" ".join(_texts(row))[:_SHOWN], row.name.location, LOST) for row in lost]


def _groups(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """The rows of one level each: their numbers begin with 1 again."""
    group: list[_Row] = []
    for row in rows:
        if row.number == 1 and group:
            yield group
            group = []
        group.append(row)
    yield group


def _texts(row: _Row) -> Iterator[str]:
    return (cell.text for cell in (row.name, *row.cells))


def _rows(cells: Sequence[GridCell]) -> Iterator[_Row]:
    starts = [(at, found) for at, cell in enumerate(cells) if (found := _SLOT.fullmatch(cell.text))]
    for k, (at, found) in enumerate(starts):
        following = starts[k + 1] if k + 1 < len(starts) else None
        end = following[0] if following else len(cells)
        stop = next((i for i in range(at + 1, end) if labels.is_level(cells[i].text)), end)
        number = int(found["number"])
        closed = stop < end or following is None or int(following[1]["number"]) == number + 1
        level = labels.level_of(cells[at - 1].text) if at else None
        level = level if level and level.sure and level.rank != 1 else None
        yield _Row(number, cells[at], tuple(cells[at + 1 : stop]), level, closed)


def _is_sure(row: _Row, kinds: Sequence[str]) -> bool:
    """Whether a row has the cells that the heads ask for, no more and no less, each of its kind."""
    if not kinds or not row.closed or len(row.cells) != len(kinds):
        return False
    by_kind = dict(zip(kinds, (cell.text for cell in row.cells), strict=True))
    said = [by_kind[kind] for kind in ("value", "actual") if kind in by_kind]
    figures = all(kind_of(text) in FIGURES or says_state(text) for text in said)
    points = [by_kind[kind] for kind in ("weight", "score") if kind in by_kind]
    if not figures or not all(map(_NUMBER.fullmatch, points)):
        return False
    return not points or float(points[1]) <= float(points[0])


def _made(one: str, two: str, row: _Row, kinds: Sequence[str]) -> Indicator:
    return row_of(one, two, row.name.text, row.name, dict(zip(kinds, row.cells, strict=False)))
