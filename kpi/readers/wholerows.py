"""Rows that stand whole in a text of mixed columns: a second level, then names with exactly the cells that the heads
ask for, up to the next label; or such rows right behind the heads, where only their levels, 数量 and 质量, came
first. What a page has torn apart, or swallowed, stays out."""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from kpi.lazyre import later
from kpi.model import Indicator
from kpi.readers import labels
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line
from kpi.readers.match import FIGURES, kind_of
from kpi.readers.pairing import POINTS, is_share, may_answer, row_of
from kpi.readers.profile import cost_parent
from kpi.values.normal import MARKS

_TARGET = later(rf"[{MARKS}]\s*\d")
_OTHERS = ("value", "number", "points", "sign", "code")  # no names
# what the heads that there are say of the cells behind a name, and how many rows are needed to believe it
_COLUMNS = ((("value", "actual", "weight", "score"), 2), (("value",), 3))
_LISTED = ["数量指标", "质量指标"]
_OTHER = later("[及按准]时|按期|时间|满意|成本")
_MOST_NAME = 60  # characters
_LEFT = 5  # cells without a row: no more than one row that broke

_Row = tuple[GridCell, ...]  # name, then the cells of the columns


class _Run(NamedTuple):
    """The cells behind a label, up to the next one."""

    level: labels.Level | None
    cells: tuple[GridCell, ...]
    listed: tuple[labels.Level, ...] = ()  # the levels that stand one behind the other in front of the heads


def whole_rows(lines: Sequence[Line]) -> tuple[list[Indicator], list[GridCell]]:
    """The rows that stand whole, and the first figure of the others where more than a row is left over; nothing where
    too few stand whole."""
    nothing: tuple[list[Indicator], list[GridCell]] = ([], [])
    cells = [c for line in lines for c in line.filled]
    if not all(line.packed for line in lines if line.filled):
        return nothing
    heads = {labels.head_of(c.text) for c in cells}
    columns = [(kinds, least) for kinds, least in _COLUMNS if heads.issuperset(kinds[1:])]
    if not columns or (columns[0][0] == ("value",) and "value" not in heads):
        return nothing
    kinds, least = columns[0]
    found: list[tuple[labels.Level, _Row]] = []
    left: list[GridCell] = []
    for run in _runs(cells):
        rows = _rows(run, kinds) if run.level else _levelled(run, kinds)
        found += rows
        left += run.cells[len(rows) * (len(kinds) + 1) :]
    if len(found) < least or _rows_in_front(cells, kinds) or not all(_fits(level, row, kinds) for level, row in found):
        return nothing
    cost = cost_parent([level.two for level, _ in found])
    told = [c for c in left if kind_of(c.text) in FIGURES]
    targets = [c for c in told if _TARGET.search(c.text)]
    lost = (targets or told)[:1] if len(told) > _LEFT else []
    return [_made(level, row, kinds, cost) for level, row in found], lost


def _rows_in_front(cells: Sequence[GridCell], kinds: Sequence[str]) -> bool:
    """Whether whole rows stand in front of the first level: its labels are those of merged cells, amid or behind their
    rows."""
    first = next((k for k, c in enumerate(cells) if (level := labels.level_of(c.text)) and level.sure), 0)
    heads = [k for k, c in enumerate(cells[:first]) if labels.head_of(c.text) in ("level1", "level2", "name", *kinds)]
    width = len(kinds) + 1
    before = cells[heads[-1] + 1 : first] if heads else ()
    return any(_is_row(tuple(before[at : at + width]), kinds) for at in range(len(before) - width + 1))


def _fits(level: labels.Level, row: _Row, kinds: Sequence[str]) -> bool:
    texts = dict(zip(kinds, (cell.text for cell in row[1:]), strict=True))
    return may_answer(row[0].text, texts["value"], texts.get("actual", texts["value"]), level.two)


def _runs(cells: Sequence[GridCell]) -> Iterator[_Run]:
    """From the first second level on; heads, first levels and totals end a run and begin none."""
    level: labels.Level | None = None
    run: list[GridCell] = []
    listed: list[labels.Level] = []
    headed = False
    for cell in cells:
        label = labels.level_of(cell.text)
        sure = label if label and label.sure else None
        total = labels.matches("grand_total", cell.text)
        head = labels.head_of(cell.text)
        if not (sure or total or head or labels.is_block_label(cell.text)):
            run.append(cell)
            continue
        if run:
            if listed:
                yield _Run(level, tuple(run), tuple(listed) if headed else ())
            listed, run = [], []
        level = sure if sure and sure.rank != 1 else None
        listed += [level] if level else []
        headed = head == "value"
        if total and listed:
            return
    if run and listed:
        yield _Run(level, tuple(run))


def _rows(run: _Run, kinds: Sequence[str]) -> list[tuple[labels.Level, _Row]]:
    """The rows of a run; none where it is not all rows, as what is left over may have come apart."""
    rows = _front(run, kinds)
    return [(run.level, row) for row in rows] if run.level and len(rows) * (len(kinds) + 1) == len(run.cells) else []


def _front(run: _Run, kinds: Sequence[str]) -> list[_Row]:
    width = len(kinds) + 1
    rows = (run.cells[at : at + width] for at in range(0, len(run.cells), width))
    return list(takewhile(lambda row: len(row) == width and _is_row(row, kinds), rows))


def _levelled(run: _Run, kinds: Sequence[str]) -> list[tuple[labels.Level, _Row]]:
    """The rows behind heads under the levels that were listed in front of them: counts first, then shares."""
    rows = _front(run, kinds)
    rest = run.cells[len(rows) * (len(kinds) + 1) :]
    if [level.two for level in run.listed] != _LISTED or any(map(labels.has_figure, (c.text for c in rest))):
        return []
    if any(_OTHER.search(row[0].text) for row in rows):
        return []  # of neither
    shares = [is_share(row[1].text) for row in rows]
    if shares != sorted(shares):
        return []
    return [(run.listed[share], row) for share, row in zip(shares, rows, strict=True)]


def _is_row(row: _Row, kinds: Sequence[str]) -> bool:
    name, *texts = (cell.text for cell in row)
    if kind_of(name) in _OTHERS or len(name) > _MOST_NAME:
        return False
    by_kind = dict(zip(kinds, texts, strict=True))
    points = [by_kind[kind] for kind in ("weight", "score") if kind in by_kind]
    if not all(map(POINTS.fullmatch, points)) or (points and float(points[1]) > float(points[0])):
        return False
    value = by_kind["value"]
    if "actual" in by_kind and value == by_kind["actual"]:
        return True
    return value == name or all(kind_of(by_kind[kind]) in FIGURES for kind in ("value", "actual") if kind in by_kind)


def _made(level: labels.Level, row: _Row, kinds: Sequence[str], cost: str) -> Indicator:
    one, two = labels.canonical(level, cost if level.two == "成本指标" else level.one)
    name, *cells = row
    return row_of(one, two, name.text, name, dict(zip(kinds, cells, strict=True)))
