"""What a page break cuts in a table, joined: a row whose lines go on below, a label beside several rows."""

from collections.abc import Sequence

from kpi.readers import labels
from kpi.readers.formats.pdfpages import Cell, Table
from kpi.readers.formats.pdftext import ITEM, first_width

_WORD = 6  # characters of a single line that may go on below a closed line; less is a label that fills its cell
_NARROW = 2.5  # characters to a line, at the least, for a full line to mean anything
_SAME = 4.0  # points: edges no further apart are alike


def join_cut(above: Table, below: Table, shift: float, framed: bool, closes: bool) -> None:
    """Join what the page break cut: a whole row, or a label beside several rows. `framed`: the table has lines at its
    ends; `closes`: the file draws them also where it cuts a row."""
    lower = [cell for row in above.rows for cell in row if cell.deep]
    upper = below.rows[0]
    pairs = [(a, b) for b in upper if (a := next((c for c in lower if _over(c, b, shift)), None))]
    cut = [(a, b) for a, b in pairs if framed and _is_cut(a, b)]
    if len(pairs) == len(upper):
        goes_on = len(cut) == len(pairs) or ((closes or not framed) and _text_goes_on(pairs))
        cut = pairs if goes_on else cut
    for a, b in cut:
        _take(a, b)
        upper.remove(b)
    if not upper:
        below.rows = below.rows[1:]


def _is_cut(a: Cell, b: Cell) -> bool:
    """Whether no line stands between two cells, on either page."""
    return not a.closed_below and not b.closed_above


def _over(a: Cell, b: Cell, shift: float) -> bool:
    return abs(a.box.x0 - b.box.x0 - shift) < _SAME and abs(a.box.x1 - b.box.x1 - shift) < _SAME


def _take(a: Cell, b: Cell) -> None:
    """Add what the next page holds of a cell; spreadsheets print the text of a merged cell on each of its pages."""
    if a.text != b.text:
        a.lines = [*a.lines, *b.lines]
    a.rowspan += b.rowspan - 1
    a.deep, a.closed_below = b.deep, b.closed_below


def _text_goes_on(pairs: Sequence[tuple[Cell, Cell]]) -> bool:
    """Whether a row below closed lines is the rest of the one above: its texts go on from full lines, and a cell right
    of them was done above, or each had several lines, or brackets or a label that began above end below."""
    filled = [(a, b) for a, b in pairs if b.lines]
    if any(_is_label(a, b) for a, b in filled) and all(a.lines and not _opens(b.text) for a, b in filled):
        return True
    if not filled or not all(a.lines and _is_full(a, b) and not _opens(b.text) for a, b in filled):
        return False
    first = min(b.box.x0 for _, b in filled)
    done = any(a.lines and not b.lines and b.box.x0 > first for a, b in pairs)
    done = done and all(len(a.lines) > 1 or len(a.text) >= _WORD for a, _ in filled)
    several = all(len(a.lines) > 1 and not labels.is_known(b.text) for a, b in filled)
    figure = len(filled) == 1 and filled[0][0].text[-1].isdigit() and filled[0][1].text[0].isdigit()
    return done or several or figure or any(_parted(a.text, b.text) for a, b in filled)


def _is_label(a: Cell, b: Cell) -> bool:
    """Whether two cells are one label of a level, and neither is a label of its own, however narrow they are."""
    return labels.is_level(a.text + b.text) and not labels.is_known(a.text) and not labels.is_known(b.text)


def _parted(a: str, b: str) -> bool:
    if labels.is_known(a + b) and not labels.is_known(a) and not labels.is_known(b):
        return True
    return any(a.count(mark) > a.count(end) and end in b for mark, end in ("()", "（）", "《》", "“”", "【】"))


def _opens(text: str) -> bool:
    """Whether a text begins something of its own: the label of a level, an item of a list."""
    level = labels.level_of(text)
    return bool(ITEM.match(text) or (level and level.sure))


def _is_full(a: Cell, b: Cell) -> bool:
    """Whether the last line of a cell had no room for what stands first in the other; in a column of two or three
    characters every line is full, which says nothing."""
    last = a.lines[-1]
    left = min(line.box.x0 for line in a.lines) - a.box.x0
    room = a.box.x1 - last.box.x1 - max(left, 2.0)
    return room < first_width(b.lines[0]) + 0.6 * last.size and a.box.x1 - a.box.x0 - 2 * left > _NARROW * last.size
