"""Cells that come one a line under levels that no list knows: each row is up to two levels and a cell for each head."""

from collections.abc import Iterator, Sequence

from kpi.readers import labels
from kpi.readers.columns import Header
from kpi.readers.grid import ADRIFT, GLUED, GridCell
from kpi.readers.learnt import Learnt
from kpi.readers.lines import Line
from kpi.readers.match import kind_of

_LEAST = 6  # cells of a block
_SHORT = 5  # characters: values in words have less, names have more
_MOST = 400  # cells that are weighed


def has_own_levels(lines: Sequence[Line], header: Header) -> bool:
    """Whether a block of one cell a line has heads of levels, and levels that the lists do not know at all."""
    cells = [line.cells[0] for line in lines if line.filled]
    single = all(line.packed and len(line.cells) == 1 for line in lines)
    if not single or len(cells) < _LEAST or header.right or header.project or not 0 <= header.one < header.anchor:
        return False
    return not any(labels.is_level(cell.text) for cell in cells)


def is_own(line: Line, lines: Sequence[Line], learnt: Learnt, header: Header) -> bool:
    """Whether 绩效目标 is a second level here (of 决策, beside 项目立项), and no goal that follows the indicators."""
    text = line.cells[0].text if line.packed and len(line.cells) == 1 else ""
    if labels.goal_of(text) != "any" or labels.is_level(text) or not 0 <= header.one < header.anchor:
        return False
    known = learnt.of(lines)
    return known.bare and known.filled >= _LEAST - 2 and not known.levels


def levelled(cells: Sequence[GridCell], header: Header) -> Iterator[Line]:
    """The rows of such cells, each under its head: up to two levels, then one cell for every other head."""
    cells = cells[:_MOST]
    count, width = len(cells), header.width
    best, step = [0.0] * (count + 1), [0] * (count + 1)
    for i in range(count - width, -1, -1):
        best[i], step[i] = best[i + 1], 0
        for levels in range(min(2, count - width - i) + 1):
            end = i + levels + width
            score = _levelled_score(cells[i : i + levels], cells[i + levels : end], header) + best[end]
            if score > best[i]:
                best[i], step[i] = score, levels + width
    at = 0
    while at + width <= count:
        if not step[at]:
            yield Line((cells[at]._replace(column=ADRIFT),), GLUED, packed=False)
            at += 1
            continue
        found = cells[at : at + step[at]]
        columns = [header.one, header.anchor][width + 2 - len(found) :] + [role.column for role in header.left]
        yield Line(tuple(c._replace(column=k) for c, k in zip(found, columns, strict=True)), GLUED, packed=False)
        at += step[at]
    yield from (Line((cell._replace(column=ADRIFT),), GLUED, packed=False) for cell in cells[at:])


def _levelled_score(levels: Sequence[GridCell], cells: Sequence[GridCell], header: Header) -> float:
    """How much cells look like levels and a row: values short or alike, levels shorter than names."""
    texts = [c.text for c, role in zip(cells, header.left, strict=True) if role.kind != "name"]
    name = next(c.text for c, role in zip(cells, header.left, strict=True) if role.kind == "name")
    values = sum(1.0 if labels.has_figure(text) else 0.5 if len(text) < _SHORT else -1.0 for text in texts)
    alike = 1.5 if len(texts) > 1 and len(set(texts)) == 1 else 0.0
    named = 1.0 if kind_of(name) in ("words", "slot") and len(name) >= _SHORT else -1.5
    shorter = sum(0.2 if len(c.text) < len(name) and kind_of(c.text) in ("words", "unit") else -1.5 for c in levels)
    return values + alike + named + shorter - 0.5
