"""Rows of figures in a text of mixed columns whose levels stand elsewhere: a name, its value, its result and its score,
one behind the other right below their heads. The names tell which of the levels that the text lists is whose."""

from collections.abc import Sequence

from kpi.lazyre import HAN, later
from kpi.model import Indicator
from kpi.readers import labels
from kpi.readers.bycolumn import in_order
from kpi.readers.gluedtext import is_unit_word
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line
from kpi.readers.match import FIGURES, kind_of
from kpi.readers.pairing import POINTS, is_measure, may_answer, row_of
from kpi.readers.wrappedrows import effects, in_words

_KINDS = ("value", "actual", "score")
_LEVELS = ("数量指标", "质量指标", "时效指标")  # of outputs, in the order of every form
_LEAST = 4  # rows
_PIECES = 2  # cells that a name may have come apart into
_LONG = 6  # characters of a cell that the width of its column broke
_SHORT = 8  # characters of the end of a name
_NEVER, _OTHER = later("满意|成本"), later("受益|增收|增加$|效益|就业")  # of costs and effects

_IN_WORDS = later(f"(?:主体|基本|已|未|部分)?{HAN}*(?:完工|完成|建成|竣工|待|未)")  # 主体完工,设备待装
_Row = tuple[GridCell, ...]


def loose_rows(lines: Sequence[Line]) -> tuple[list[Indicator], list[GridCell]]:
    """The rows, and the first words behind them that are none; nothing where they are few or the text lists no levels
    of outputs."""
    nothing: tuple[list[Indicator], list[GridCell]] = ([], [])
    cells = [c for line in lines for c in line.filled]
    start = _below_heads(cells)
    if start is None or not all(line.packed for line in lines if line.filled):
        return nothing
    below = _with_units(cells[start:])
    rows, left, end = _rows(below)
    others, lost = effects(below[end:])
    left += lost
    told = {level.two for c in cells if (level := labels.level_of(c.text)) and level.sure}
    levels = [level for two in _LEVELS if two in told and (level := labels.level_of(two))]
    if len(rows) < _LEAST or not levels or len(levels) > len(rows) or not all(_fits(row, not others) for row in rows):
        return nothing
    names = {row[0].location: _name(row) for row in rows} | {cell.location: cell.text for cell in left}
    places = sorted(names, key=lambda place: (place.line or 0, place.column or 0))  # what is left has levels, too
    whose = dict(zip(places, in_order([names[place] for place in places], levels), strict=True))
    return [*(_made(levels[whose[row[0].location]].two, row) for row in rows), *others], left[:1]


def _below_heads(cells: Sequence[GridCell]) -> int | None:
    """Where the first cell below name, value, result and score stands; letters of formulas between them count not."""
    heads = [(k, labels.head_of(c.text)) for k, c in enumerate(cells)]
    found = [(k, kind) for k, kind in heads if kind]
    for at in range(len(found) - len(_KINDS)):
        run = found[at : at + len(_KINDS) + 1]
        if [kind for _, kind in run] == ["name", *_KINDS] and run[-1][0] - run[0][0] <= 2 * len(_KINDS):
            return run[-1][0] + 1
    return None


def _with_units(cells: Sequence[GridCell]) -> list[GridCell]:
    """The cells, a figure and the unit behind it as one: 56 | 小时."""
    whole: list[GridCell] = []
    for cell in cells:
        if whole and is_unit_word(cell.text) and kind_of(whole[-1].text) == "number":
            whole[-1] = whole[-1]._replace(text=f"{whole[-1].text}{cell.text}")
        else:
            whole.append(cell)
    return whole


def _rows(cells: Sequence[GridCell]) -> tuple[list[_Row], list[GridCell], int]:
    """The rows up to the first label, the words among them that belong to none, and where the label stands."""
    rows: list[_Row] = []
    left: list[GridCell] = []
    words: list[GridCell] = []
    at = 0
    while at < len(cells) and not _is_label(cells[at].text):
        group = cells[at : at + len(_KINDS)]
        if words and _is_group(group):
            whole = len(words) <= _PIECES and _is_whole(words)
            rows += [(*words, *group)] if whole else []
            left += [] if whole else words
            words, at = [], at + len(_KINDS)
            continue
        if words and kind_of(cells[at].text) in FIGURES:  # a score behind values in words
            row = in_words(words) if POINTS.fullmatch(cells[at].text) else None
            rows += [(*row, cells[at])] if row else []
            left += [] if row else words
            words = []
        elif kind_of(cells[at].text) not in FIGURES:
            words.append(cells[at])
        at += 1
    return rows, left + words, at


def _is_label(text: str) -> bool:
    return bool(labels.is_level(text) or labels.head_of(text) or labels.matches("grand_total", text))


def _fits(row: _Row, mixed: bool) -> bool:
    """Whether a row can be one of outputs, and its figures its own; `mixed`: costs and effects may stand among them."""
    value, result, _ = (cell.text for cell in row[-len(_KINDS) :])
    name = _name(row)
    return not _NEVER.search(name) and not (mixed and _OTHER.search(name)) and may_answer(name, value, result, "")


def _is_whole(words: Sequence[GridCell]) -> bool:
    """One cell, or a long one that broke off in front of how names end (支持托养机构、残疾人|之家数量)."""
    *front, last = (cell.text for cell in words)
    if not front:
        return True
    return len(front[0]) >= _LONG and len(last) <= _SHORT and is_measure(last) and not is_measure(front[0])


def _is_group(cells: Sequence[GridCell]) -> bool:
    if len(cells) < len(_KINDS):
        return False
    value, result, score = (cell.text for cell in cells)
    figures = kind_of(value) in FIGURES and (kind_of(result) in FIGURES or _IN_WORDS.match(result) is not None)
    return figures and POINTS.fullmatch(score) is not None


def _name(row: _Row) -> str:
    return "".join(cell.text for cell in row[: -len(_KINDS)])


def _made(two: str, row: _Row) -> Indicator:
    return row_of("产出指标", two, _name(row), row[0], dict(zip(_KINDS, row[-len(_KINDS) :], strict=True)))
