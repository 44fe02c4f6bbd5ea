"""Two halves in a text without separators: each row of the left half with the row of the right one behind it."""

from collections.abc import Iterable, Iterator, Sequence

from kpi.readers import labels
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line


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
