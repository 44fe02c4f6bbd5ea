"""Tables of bars whose cells have been printed on lines of their own: "| 产出指标", " |", "数量指标", " |" …"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kpi.readers.grid import GridCell, Row
from kpi.readers.labels import head_of, is_level

_LEAST = 6  # cells that stand alone between bars before a text is taken for such a table
_END = 3  # blank cells on a line of their own that end a row
_EVEN = 3  # rows of as many cells
_LEVELS = 3  # cells: two levels and a name
_ROWS = 2  # ends of rows that tell where rows end
_MOST = 40  # cells of a row
_LINES, _SHORT = 3, 12  # of a first cell that is broken, and characters of each


def unsplit(rows: Sequence[Row]) -> list[Row]:
    """The rows, with cells between lines of bars put into rows again."""
    fronted = sum(map(_is_fronted, rows))
    if fronted >= _LEAST and 2 * fronted > sum(row.grid is not None and not _is_bars(row) for row in rows):
        return list(_behind_bars(rows))
    alone = sum(_is_bars(b) and _is_text(a) for a, b in pairwise(rows))
    if alone < _LEAST:
        return list(rows)
    ends = sum(_is_bars(row) and len(row.cells) >= _END for row in rows)
    if ends >= _ROWS:
        return list(_whole(rows))
    return _by_levels(rows) or list(_one_a_line(rows))


def _is_fronted(row: Row) -> bool:
    """A bar, and one cell behind it."""
    return row.grid is not None and len(row.cells) == 2 and not row.cells[0].text and bool(row.cells[1].text)


def _behind_bars(rows: Sequence[Row]) -> Iterator[Row]:
    """ "数量指标", "| 宣传次数", "| 2次", "| |": a row begins without a bar, its cells follow, bars alone end it."""
    cells: list[GridCell] = []
    lines: list[Row] = []  # without a bar: what a cell goes on with, or what stands between rows
    for row in rows:
        if _is_text(row):
            lines.append(row)
            continue
        if cells and len(lines) <= _LINES and (_is_fronted(row) or _is_bars(row)):
            cells[-1] = _joined(cells[-1], lines)
        else:
            yield from _closed(cells)
            first = _first_cell(lines) if _is_fronted(row) else []
            yield from lines[: len(lines) - len(first)]
            cells = [_joined(first[0].cells[0], first[1:])] if first else []
        lines = []
        if _is_fronted(row):
            cells.append(row.cells[1])
            continue
        yield from _closed(cells)
        cells = []
        if not _is_bars(row):
            yield row
    yield from _closed(cells)
    yield from lines


def _closed(cells: Sequence[GridCell]) -> Iterator[Row]:
    if cells:
        yield _row(cells)


def _joined(cell: GridCell, lines: Sequence[Row]) -> GridCell:
    return cell._replace(text=cell.text + "".join(line.cells[0].text for line in lines))


def _first_cell(before: Sequence[Row]) -> list[Row]:
    """The lines of a row's first cell: the last few that are short."""
    short: list[Row] = []
    for row in reversed(before[-_LINES:]):
        if len(row.cells[0].text) > _SHORT:
            break
        short.insert(0, row)
    return short


def _by_levels(rows: Sequence[Row]) -> list[Row]:
    """产出指标 | 数量指标 | 修路里程 | 3公里 | …, a cell a line and no end of a row anywhere: where each row has its
    levels, and as many cells stand from one pair of them to the next, these are the rows. [] for any other."""
    if any(_is_bars(a) and _is_bars(b) for a, b in pairwise(rows)):
        return []
    texts = [at for at, row in enumerate(rows) if _is_text(row)]
    told = [rows[at].cells[0].text for at in texts]
    starts = [k for k, (a, b) in enumerate(pairwise(told)) if is_level(a, 1) and is_level(b)]
    widths = {b - a for a, b in pairwise(starts)}
    if len(starts) < _EVEN or len(widths) != 1 or not _LEVELS < (width := widths.pop()) <= _MOST:
        return []
    if starts[-1] + width > len(texts):
        return []
    heads = [k for k in range(starts[0]) if head_of(told[k]) == "level1"]
    if heads and starts[0] - heads[-1] != width:
        return []  # heads that are not those of these rows
    starts = [*heads[-1:], *starts]
    first, last = texts[starts[0]], texts[starts[-1] + width - 1]
    made = [_row([rows[at].cells[0] for at in texts[k : k + width]]) for k in starts]
    return [*_one_a_line(rows[:first]), *made, *_one_a_line(rows[last + 1 :])]


def _one_a_line(rows: Sequence[Row]) -> Iterator[Row]:
    """Nothing tells where rows end: each cell is a line of its own, a second bar a blank one."""
    for at, row in enumerate(rows):
        if not _is_bars(row):
            barred = _is_text(row) and at + 1 < len(rows) and _is_bars(rows[at + 1])
            yield row._replace(grid=0) if barred else row
        elif at and _is_bars(rows[at - 1]):
            yield row._replace(cells=row.cells[:1], grid=0)


def _whole(rows: Sequence[Row]) -> Iterator[Row]:
    cells: list[GridCell] = []
    for at, row in enumerate(rows):
        inside = bool(cells) or (at + 1 < len(rows) and _is_bars(rows[at + 1]))
        if _is_bars(row):
            if cells and len(row.cells) >= _END:
                yield _row(cells)
                cells = []
        elif inside and len(cells) < _MOST and (_is_text(row) or len([c for c in row.cells if c.text]) == 1):
            if cells and row.cells[0].text == "" and row.grid is not None:  # "| 产出指标": a row begins
                yield _row(cells)
                cells = []
            cells += [c for c in row.cells if c.text]
        else:
            if cells:
                yield _row(cells)
                cells = []
            yield row
    if cells:
        yield _row(cells)


def _row(cells: Sequence[GridCell]) -> Row:
    return Row(tuple(c._replace(column=k) for k, c in enumerate(cells)), 0, cells[0].location)


def _is_bars(row: Row) -> bool:
    return row.grid is not None and not any(c.text for c in row.cells)


def _is_text(row: Row) -> bool:
    return row.grid is None and len(row.cells) == 1 and bool(row.cells[0].text)
