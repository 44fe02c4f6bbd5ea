"""Goals of both halves in the row of 总体目标: each cell, or each part of one, says itself whose it is (实施期:…)."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kpi.model import Half
from kpi.readers import labels
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line

_PERIOD = rf"(?:项目)?(?:{labels.TERM}|跨年度)|20\d\d\s*(?:年\s*)?[-—–~至到]\s*20\d\d\s*年度?"
_ANNUAL = r"本?年度|当年度?|本年度?|20\d\d\s*年度?"
_NUMBER = r"(?:[(（]?[一二12][)）、.．]\s*)?"
_BRACKET = r"(?:[(（][^()（）]{2,20}[)）])?"
_PART = re.compile(
    rf"(?:^\s*|(?<=[\n。；;])[^\S\n]*){_NUMBER}(?:(?P<period>{_PERIOD})|(?P<annual>{_ANNUAL}))(?:总体)?(?:绩效)?(?:目标)?{_BRACKET}"
    r"\s*[:：]\s*(?=\S)"
)
_BOTH = (["period", "annual"], ["annual", "period"])
_HALF = re.compile(rf"(?:(?P<period>{_PERIOD}|总体)|(?P<annual>{_ANNUAL}))")


def is_goal(cell: GridCell, word: str = "") -> bool:
    """Whether a cell labels the goals of the form, or of the year, which may stand for both."""
    return word in cell.text and labels.goal_of(cell.text) in ("any", "annual")


def half_label(row: Sequence[GridCell], ahead: Line | None, cell: GridCell) -> Half | None:
    """The half that 实施期, 年度 label in the row of 总体目标 or right above it."""
    half = _half_of(cell.text)
    words = {_half_of(c.text) for c in row if c.text} if half else set()
    if half is None or not {"period", "annual"} <= words:
        return None
    others = [c for c in row if c.text and not _half_of(c.text)]
    below = ahead.filled[:1] if ahead and not others else ()
    return half if any(map(is_goal, (*others, *below))) else None


def goals_in(line: Line, ahead: Line | None) -> tuple[tuple[tuple[Half, GridCell], ...], bool]:
    """The goals of a row whose cells say whose they are, and whether the line below belongs to them."""
    cells = [c for c in line.filled if not is_goal(c)]
    if found := _of_halves(cells):
        return found, False
    alone = ahead is not None and line.packed and ahead.packed and len(cells) == len(ahead.filled) == 1
    found = _of_halves([*cells, *ahead.filled]) if ahead and alone else ()
    return found, bool(found)


@lru_cache(maxsize=1 << 12)  # asked of every cell of a head
def _half_of(text: str) -> Half | None:
    found = _HALF.fullmatch(labels.squeeze(text))
    return None if found is None else "period" if found["period"] else "annual"


def _of_halves(cells: Sequence[GridCell]) -> tuple[tuple[Half, GridCell], ...]:
    """() where the cells do not tell both halves."""
    found = [part for cell in cells for part in _parts(cell)]
    return tuple(found) if [half for half, _ in found] in _BOTH else ()


def opens(text: str) -> bool:
    """Whether a text begins with the half that it speaks of."""
    return _PART.match(text) is not None


def _parts(cell: GridCell) -> Iterator[tuple[Half, GridCell]]:
    found = list(_PART.finditer(cell.text))
    if not found or found[0].start():
        return
    for one, end in zip(found, [*(f.start() for f in found[1:]), len(cell.text)], strict=True):
        text = cell.text[one.end() : end].strip()
        yield "period" if one["period"] else "annual", cell._replace(text=text)
