"""Two halves in a text without separators: each row of the left half with the row of the right one behind it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from kpi.lazyre import HAN, later
from kpi.readers import labels
from kpi.readers.gluedtext import units_known
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line
from kpi.values.normal import MARKS

_UNIT = 8  # characters of a unit, and a figure before it
_LONGEST = 2_000  # characters between two labels
_SAME = later(rf"(?P<row>{HAN}{{3}}.{{3,60}})(?P=row)")
_FIGURE_BEFORE = later(r"\d(?P<behind>[万亿千百]?\D{1,5})$")
_DAY_BEFORE = later(r"\d[年月日](?:底|末)?(?:[之以]?前|内)?$")
_AMID_DAY = later(r"[之以]?[前内底末度\d]")
_SAME_NAME = later(
    rf"(?P<name>{HAN}{{3}}\D{{1,30}})(?P<value>[{MARKS}]?\d.{{0,14}}?)(?P<again>(?P=name))(?=[{MARKS}]?\d)"
)


def paired(rows: Iterable[Line]) -> Iterator[Line]:
    """Rows of one half each, those that belong together as one: 数量指标 a 5座 数量指标 a 2座, then b 3处 b 1处."""
    left: Line | None = None
    for row in rows:
        if not row.packed:
            yield from _alone(left)
            yield row
            left = None
        elif left is None:
            left = row
        elif _is_right(left, row):
            yield _line((*left.cells, *row.cells))
            left = None
        else:
            yield from _alone(left)
            left = row
    yield from _alone(left)


def apart(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """The pieces between two labels that hold a row of one half each, as far as the halves say the same: a≥5座a≥5座b
    is a≥5座, a≥5座 and b. Of names with other values (a≥5座a≥2座) the second begins a piece."""
    if stop - start > _LONGEST:
        return [(start, stop)]
    cuts, at = [start], start
    while at < stop:
        opens = at == cuts[-1] or _is_behind_figure(text, start, at)
        same = _SAME.match(text, at, stop) if opens else None
        named = _SAME_NAME.match(text, at, stop) if opens and not same else None
        if same:
            cuts += [at, at + len(same["row"]), same.end()]
            at = same.end()
        elif named:
            cuts += [at, named.start("again")]
            at = named.end()
        else:
            at += 1
    cuts = sorted({*cuts, stop})
    return list(pairwise(cuts))


def _is_behind_figure(text: str, start: int, at: int) -> bool:
    """Whether a figure with its unit, or a day, ends right before a place: not amid 6公里 or 10日前."""
    before = _FIGURE_BEFORE.search(text, max(start, at - _UNIT), at)
    if not before:
        return False
    if _DAY_BEFORE.search(text, start, at):
        return not _AMID_DAY.match(text, at)
    unit = before["behind"].lstrip("万亿千百")
    longer = units_known().match(text, at - len(unit))
    return bool(unit) and units_known().fullmatch(unit) is not None and (longer is None or longer.end() <= at)


def _alone(row: Line | None) -> Iterator[Line]:
    if row is not None:
        yield row


def _line(cells: Sequence[GridCell]) -> Line:
    return Line(tuple(c._replace(column=k) for k, c in enumerate(cells)), None, packed=True)


def _is_right(left: Line, right: Line) -> bool:
    """The same second level again, or a second row without any that says the same name."""
    a, b = _two(left), _two(right)
    if a or b:
        return a == b
    first, second = (line.filled[0].text if line.filled else "" for line in (left, right))
    return bool(first and second) and (first.startswith(second) or second.startswith(first))


def _two(line: Line) -> str:
    levels = (labels.level_of(c.text) for c in line.filled)
    return next((level.two for level in levels if level and level.sure and level.rank != 1), "")
