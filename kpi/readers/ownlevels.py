"""Cells that come one a line under levels that no list knows: each row is up to two levels and a cell for each head."""

from collections.abc import Iterator, Sequence

from kpi.lazyre import later
from kpi.readers import labels
from kpi.readers.columns import Header
from kpi.readers.grid import ADRIFT, GLUED, GridCell
from kpi.readers.learnt import Learnt
from kpi.readers.lines import Line
from kpi.readers.match import kind_of

_LEAST = 6  # cells of a block
_SHORT = 5  # characters: values in words have less, names have more
_MEASURE = later(r".[率性度数量]$")  # what names end in
_STATE = later("得到|持续|不断|进一步|逐步|明显|显著|有效|有所|全面|稳步|较|已")
_ROW = 3  # level, name, value
_NAMED = 4  # characters of a name
_LONGER = 4  # characters that a level may have more than the name
_KNOWN = 2.0  # a first level that the lists know, in front of a row or elsewhere
_ASIDE = ("explanation", "standard", "note", "reason")
_MOST = 400  # cells that are weighed


def has_own_levels(lines: Sequence[Line], header: Header) -> bool:
    """Whether a block of one cell a line has heads of levels, and second levels that the lists do not know at all."""
    cells = [line.cells[0] for line in lines if line.filled]
    single = all(line.packed and len(line.cells) == 1 for line in lines)
    if not single or len(cells) < _LEAST or header.right or header.project or not 0 <= header.one < header.anchor:
        return False
    known = [k for k, cell in enumerate(cells) if labels.is_level(cell.text)]
    if not known:
        return True
    levels = [labels.level_of(cells[k].text) for k in known]
    first = all(level is not None and level.rank == 1 for level in levels)
    return first and len(cells) <= _MOST and any(_has_own_second(cells[k + 1 : k + 1 + _ROW]) for k in known)


def _has_own_second(cells: Sequence[GridCell]) -> bool:
    """履职效益 | 带动就业人数 | ≥120人 behind a first level: two texts, then a figure."""
    texts = [cell.text for cell in cells]
    if len(texts) < _ROW or labels.has_figure(texts[0]) or labels.has_figure(texts[1]):
        return False
    return labels.has_figure(texts[2]) and kind_of(texts[0]) in ("words", "unit") and not _STATE.match(texts[1])


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
    count, least = len(cells), _least(header)
    best, step = [0.0] * (count + 1), [(0, 0)] * (count + 1)
    for i in range(count - 1, -1, -1):
        best[i], step[i] = best[i + 1], (0, 0)
        for levels in range(3):
            for width in range(least, header.width + 1):
                end = i + levels + width
                if end > count:
                    break
                score = _levelled_score(cells[i : i + levels], cells[i + levels : end], header) + best[end]
                if score > best[i]:
                    best[i], step[i] = score, (levels, width)
    at = 0
    while at < count:
        levels, width = step[at]
        if not width:
            yield Line((cells[at]._replace(column=ADRIFT),), GLUED, packed=False)
            at += 1
            continue
        found = cells[at : at + levels + width]
        columns = [header.one, header.anchor][2 - levels :] + [role.column for role in header.left[:width]]
        blank = (found[-1]._replace(text="", column=role.column) for role in header.left[width:])
        told = (c._replace(column=k) for c, k in zip(found, columns, strict=True))
        yield Line((*told, *blank), GLUED, packed=False)
        at += levels + width
    yield from (Line((cell._replace(column=ADRIFT),), GLUED, packed=False) for cell in cells[at:])


def _least(header: Header) -> int:
    """How many cells a row has at least: what only explains may be left blank behind the value."""
    last = max((k for k, role in enumerate(header.left) if role.kind not in _ASIDE), default=header.width - 1)
    return last + 1


def _as_value(text: str) -> float:
    if labels.has_figure(text):
        return 1.0
    if _MEASURE.search(text) or labels.is_level(text, 1):
        return -2.0
    return 0.5 if len(text) < _SHORT or _STATE.match(text) else -1.0


def _as_level(text: str, name: str) -> float:
    if len(text) >= len(name) + _LONGER or kind_of(text) not in ("words", "unit") or not text.isalpha():
        return -1.5
    return 0.2 if len(text) >= _SHORT or labels.is_level(text, 1) else 0.05


def _levelled_score(levels: Sequence[GridCell], cells: Sequence[GridCell], header: Header) -> float:
    """How much cells look like levels and a row: values short or alike, levels no longer than names."""
    roles = header.left[: len(cells)]
    texts = [c.text for c, role in zip(cells, roles, strict=True) if role.kind != "name" and role.kind not in _ASIDE]
    name = next(c.text for c, role in zip(cells, roles, strict=True) if role.kind == "name")
    values = sum(map(_as_value, texts))
    alike = 1.5 if len(texts) > 1 and len(set(texts)) == 1 else 0.0
    named = 1.0 if kind_of(name) in ("words", "slot", "unit") and len(name) >= _NAMED else -1.5
    shorter = sum(_as_level(c.text, name) for c in levels)
    known = [k for k, c in enumerate((*levels, *cells)) if labels.is_level(c.text, 1)]
    first = _KNOWN * (1 if known == [0] and len(levels) > 0 else -len(known))
    asides = [c.text for c, role in zip(cells, roles, strict=True) if role.kind in _ASIDE]
    explained = sum(0.1 if kind_of(text) in ("words", "unit", "scoring", "standard") else -0.3 for text in asides)
    return values + alike + named + shorter + first + explained - 0.5
