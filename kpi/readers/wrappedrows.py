"""Cells that the width of their column broke, in a text of mixed columns: which pieces are the name, which the value,
which the result."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import combinations

from kpi.model import EFFECT_LEVELS, Indicator
from kpi.readers import labels
from kpi.readers.grid import GridCell
from kpi.readers.pairing import row_of

_LIKE = 0.6  # from here on a result says the value again (获得残疾人家庭认可, 获残疾人家庭认可明显)
_BEGUN = 0.2  # added where both begin alike
_EACH = 0.02  # added for each character that both have
_HEAD = 2  # characters
_MOST = 12  # pieces of one row
_NAME = 6  # characters from which on a piece is a full line of a name
_VALUE = 7  # characters that a line of a value has at most, and of its first line at least:
_FIRST = 3


def in_words(pieces: Sequence[GridCell]) -> tuple[GridCell, GridCell, GridCell] | None:
    """Name, value and result of a row in words: 服务质量|提升|获得残疾人|家庭认可|获残疾人家|庭认可明显.
    The result says the value again, if better; None where nothing of the kind is seen."""
    if not 2 < len(pieces) <= _MOST:
        return None
    splits = combinations(range(1, len(pieces)), 2)
    likeness, at, end = max((_alike(pieces, *split), *split) for split in splits)
    if likeness < _LIKE:
        return None
    return _joined(pieces[:at]), _joined(pieces[at:end]), _joined(pieces[end:])


def _alike(pieces: Sequence[GridCell], at: int, end: int) -> float:
    value, result = _joined(pieces[at:end]).text, _joined(pieces[end:]).text
    blocks = SequenceMatcher(None, value, result, autojunk=False).get_matching_blocks()
    shared, begun = sum(block.size for block in blocks), _BEGUN if value[:_HEAD] == result[:_HEAD] else 0.0
    return 2 * shared / (len(value) + len(result)) + begun + _EACH * shared


def effects(cells: Sequence[GridCell]) -> tuple[list[Indicator], list[GridCell]]:
    """The rows of effects, each behind its level: 社会效益指标|营造全民阅读|氛围|全民阅读氛|围日益浓厚, and the pieces
    of those in which name and value cannot be told apart. Their results stand elsewhere."""
    rows: list[Indicator] = []
    left: list[GridCell] = []
    at = 0
    while at < len(cells) and (level := labels.level_of(cells[at].text)) and level.two in EFFECT_LEVELS:
        end = next((k for k in range(at + 1, len(cells)) if _is_label(cells[k].text)), len(cells))
        pieces = cells[at + 1 : end]
        if parts := _name_and_value(pieces):
            rows.append(row_of("效益指标", level.two, parts[0].text, parts[0], {"value": parts[1]}))
        else:
            left += pieces
        at = end
    return rows, left


def _is_label(text: str) -> bool:
    return bool(labels.is_level(text) or labels.head_of(text) or labels.matches("grand_total", text))


def _name_and_value(pieces: Sequence[GridCell]) -> tuple[GridCell, GridCell] | None:
    """A name whose first line is full goes on in the next piece; the lines of a value are shorter."""
    at = 2 if len(pieces) > 2 and len(pieces[0].text) >= _NAME else 1
    behind = [line for piece in pieces[at:] for line in piece.text.split()]
    figures = sum(any(map(str.isdigit, line)) for line in behind)
    if figures > 1 or not behind or len(pieces) > _MOST or len(behind[0]) < _FIRST or max(map(len, behind)) > _VALUE:
        return None
    return _joined(pieces[:at]), _joined(pieces[at:])


def _joined(pieces: Sequence[GridCell]) -> GridCell:
    return pieces[0]._replace(text="".join(piece.text.replace(" ", "") for piece in pieces))
