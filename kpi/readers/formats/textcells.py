"""What a text has in place of bars, and cells of several lines that were written without quotation marks."""

from collections.abc import Iterable, Iterator, Sequence

from kpi.lazyre import later
from kpi.readers.grid import GridCell, Row

_BARS = "｜│┃║丨¦"
_TO_BARS = str.maketrans(_BARS, "|" * len(_BARS))
_LEAST = 4  # lines with such a bar
_LINES = "[─━═┄┈]"
_CORNERS = "[\\s|─━═┄┈┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╭╮╰╯╞╪╡┠┨┝┿┥-]*"
_FRAME = later(f"{_CORNERS}{_LINES}{_CORNERS}")
_RULE = "|---|"
#: 目标2:…, 2.…: what a cell goes on with that counts
_COUNTED = later(
    r"\s*(?P<word>(?:年度|总体|中期|实施期)?(?:绩效)?目标)?\s*(?P<number>\d{1,2})\s*[:：、.．)）](?!\d)\s*\S"
)


def bars(lines: Sequence[str]) -> Sequence[str]:
    """The lines with plain bars where a text has drawn or full-width ones; the frame of a drawn table is a rule."""
    if sum(not line.isascii() and any(bar in line for bar in _BARS) for line in lines) < _LEAST:
        return lines
    plain = (line.translate(_TO_BARS) for line in lines)
    return [_RULE if _FRAME.fullmatch(line) else line for line in plain]


def whole_cells(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows in which a counted list in a cell stands on lines of its own: what follows it on the list's last line are
    the next cells of the row (目标1:…, below it 目标2:… | 目标1:…, and below that 目标2:…)."""
    last: Row | None = None
    for row in rows:
        if last is not None and last.grid is not None and _goes_on(last, row):
            last = _joined(last, row)
            continue
        if last is not None:
            yield last
        last = row
    if last is not None:
        yield last


def _goes_on(last: Row, row: Row) -> bool:
    """Whether the first cell of a row counts on from the last filled cell of the row above, which is not its first."""
    first = row.cells[0]
    above = next((cell for cell in reversed(last.cells) if cell.text), None)
    found = _COUNTED.match(first.text) if first.text else None
    if above is None or found is None or not above.column or above.column + 1 < len(last.cells):
        return False
    before = _COUNTED.match(above.text.rpartition("\n")[2])
    same = before is not None and before["word"] == found["word"] and bool(found["word"])
    return same and before is not None and int(before["number"]) + 1 == int(found["number"])


def _joined(last: Row, row: Row) -> Row:
    *before, above = last.cells
    first, *more = row.cells
    cells: list[GridCell] = [*before, above._replace(text=f"{above.text}\n{first.text}")]
    cells += [cell._replace(column=above.column + cell.column) for cell in more]
    return last._replace(cells=tuple(cells))
