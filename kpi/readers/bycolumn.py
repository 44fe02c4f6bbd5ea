"""Text that gives a table column by column: each head, then all cells below it."""

from collections.abc import Sequence

from kpi.readers import labels
from kpi.readers.grid import GridCell
from kpi.readers.labels import Level
from kpi.readers.lines import Line

_MOST = 120  # rows
_HEADS = 20  # columns
_LEAST = 2
_CORE = ("level1", "level2", "name")
_OUTPUT = ("数量指标", "质量指标", "时效指标", "服务对象满意度")  # levels whose names say what they ask for
_BY_NAME = {
    "rate": "质量指标", "deadline": "时效指标", "duration": "时效指标", "money": "成本指标", "unit-cost": "成本指标",
    "satisfaction": "服务对象满意度", "count": "数量指标", "quantity": "数量指标", "frequency": "数量指标",
}  # fmt: skip


def by_rows(lines: Sequence[Line]) -> list[Line]:
    """The lines, with every table that stands column by column put into rows."""
    made: list[Line] = []
    at = 0
    while at < len(lines):
        columns, end = _columns(lines, at)
        rows = _rows(columns) if columns else None
        if rows is None:
            made.append(lines[at])
            at += 1
        else:
            made += rows
            at = end
    return made


def _columns(lines: Sequence[Line], at: int) -> tuple[list[tuple[GridCell, list[GridCell]]], int]:
    """Heads and the cells below each, from `at` on; [] where no head with at least two cells below stands there."""
    columns: list[tuple[GridCell, list[GridCell]]] = []
    while at < len(lines) and len(columns) <= _HEADS and len(lines[at].cells) == 1 and lines[at].packed:
        cell = lines[at].cells[0]
        head = None if labels.is_level(cell.text) else labels.head_of(cell.text)
        if not columns and head not in _CORE:
            break
        if head:
            columns.append((cell, []))
        elif cell.text and len(columns[-1][1]) < _MOST:
            if _full(columns):
                break
            columns[-1][1].append(cell)
        at += 1
    return columns, at


def _full(columns: Sequence[tuple[GridCell, list[GridCell]]]) -> bool:
    """Behind the last column, as long as the names, something else begins."""
    names = next((cells for head, cells in columns if labels.head_of(head.text) == "name"), [])
    last = columns[-1]
    return labels.head_of(last[0].text) not in _CORE and len(names) >= _LEAST and len(last[1]) == len(names)


def _rows(columns: Sequence[tuple[GridCell, list[GridCell]]]) -> list[Line] | None:
    by_kind = {labels.head_of(head.text): cells for head, cells in columns}
    names, values = by_kind.get("name", []), by_kind.get("value", [])
    if len(names) < _LEAST or len(names) != len(values) or "level2" not in by_kind:
        return None
    twos = _spread(names, by_kind["level2"])
    if twos is None:
        return None
    heads = [head for head, _ in columns if labels.head_of(head.text) != "level1"]
    made = [Line(tuple(GridCell(h.text, k, h.location) for k, h in enumerate(heads)), 0, packed=False)]
    for row, name in enumerate(names):
        cells = []
        for k, head in enumerate(heads):
            column = by_kind[labels.head_of(head.text)]
            kind = labels.head_of(head.text)
            cell = twos[row] if kind == "level2" else column[row] if row < len(column) else None
            cells.append(GridCell(cell.text if cell else "", k, cell.location if cell else name.location))
        made.append(Line(tuple(cells), 0, packed=False))
    return made


def _spread(names: Sequence[GridCell], twos: Sequence[GridCell]) -> list[GridCell] | None:
    """Which label each name stands under: one each, or in order as the names tell."""
    levels = [(cell, level) for cell in twos if (level := labels.level_of(cell.text))]
    if not levels or len(levels) > len(names):
        return None
    if len(levels) == len(names):
        return [cell for cell, _ in levels]
    best = in_order([cell.text for cell in names], [level for _, level in levels])
    return [levels[k][0] for k in best]


def in_order(names: Sequence[str], levels: Sequence[Level]) -> list[int]:
    """The assignment, in order and with every label used, in which most names fit their label."""
    from kpi.names import read_name  # noqa: PLC0415 - few texts need it

    told = [_BY_NAME.get(read_name(name).asks or "") for name in names]
    low = float("-inf")
    score = [[low] * len(levels) for _ in names]
    back = [[0] * len(levels) for _ in names]
    for i, wanted in enumerate(told):
        for j, level in enumerate(levels[: i + 1]):
            fits = 1.0 if wanted == level.two else -0.5 if wanted and level.two in _OUTPUT else 0.0
            if i == 0:
                score[i][j] = fits
                continue
            stay, step = score[i - 1][j], score[i - 1][j - 1] if j else low
            score[i][j] = max(stay, step) + fits
            back[i][j] = j if stay >= step else j - 1
    at = len(levels) - 1
    chosen = [at]
    for i in range(len(names) - 1, 0, -1):
        at = back[i][at]
        chosen.append(at)
    return chosen[::-1]
