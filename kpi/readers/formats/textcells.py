"""What a text has in place of bars, and cells of several lines that were written without quotation marks."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest

from kpi.lazyre import later
from kpi.readers.grid import GridCell, Row
from kpi.values.normal import MARKS

_BARS = "｜│┃║丨¦"
_TO_BARS = str.maketrans(_BARS, "|" * len(_BARS))
_LEAST = 4  # lines with such a bar
_MIXED = 4  # one line in so many may have a plain bar besides
_LINES = "[─━═┄┈]"
_CORNERS = "[\\s|─━═┄┈┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╭╮╰╯╞╪╡┠┨┝┿┥-]*"
_FRAME = later(f"{_CORNERS}{_LINES}{_CORNERS}")
_RULE = "|---|"
_SINGLE, _HIGHEST = 2, 4  # one row in so many may be of several lines, and how many
_OWN_VALUE = later(f"^[{MARKS}]|[%％]")
_HEADS = later("三级(?:绩效)?指标|指标名称|具体指标")
LEVEL = later(
    "^(?:绩效|项目|年度)?(?:投入|产出|效益|效果|满意度|数量|质量|时效|成本|经济|社会|生态|可持续|服务对象)"
    "[^,，。]{0,8}(?:指标|目标|效益|影响)?$"
)
_WIDE, _PARTS = 4, 2  # cells of a line of heads, and of each part of a row
#: 目标2:…, 2.…: what a cell goes on with that counts
_COUNTED = later(
    r"\s*(?P<word>(?:年度|总体|中期|实施期)?(?:绩效)?目标)?\s*(?P<number>\d{1,2})\s*[:：、.．)）](?!\d)\s*\S"
)


def bars(lines: Sequence[str]) -> Sequence[str]:
    """The lines with plain bars where a text has drawn or full-width ones; the frame of a drawn table is a rule."""
    drawn = [line for line in lines if not line.isascii() and any(bar in line for bar in _BARS)]
    if len(drawn) < _LEAST or _MIXED * sum("|" in line or "\t" in line for line in drawn) > len(drawn):
        return lines  # a stroke in a cell of rows that have bars or tabs
    plain = [line.translate(_TO_BARS) for line in lines]
    return _between_rules([_RULE if _FRAME.fullmatch(line) else line for line in plain])


def _between_rules(lines: list[str]) -> list[str]:
    """The lines of a drawn table that has a rule below every row, each row on its first line: its cells are broken over
    several. Other tables as they are."""
    groups = [list(run) for framed, run in groupby(range(len(lines)), lambda at: _is_inside(lines[at])) if framed]
    broken = [group for group in groups if len(group) > 1]
    if len(groups) < _LEAST or _SINGLE * len(broken) > len(groups) or not all(_is_row(lines, one) for one in broken):
        return lines
    made = list(lines)
    for first, *more in broken:
        columns = zip_longest(*(lines[at].split("|") for at in (first, *more)), fillvalue="")
        made[first] = "|".join("".join(part.strip() for part in column) for column in columns)
        made[more[0] : more[-1] + 1] = [_RULE] * len(more)
    return made


def _is_inside(line: str) -> bool:
    return "|" in line and line != _RULE


def _is_row(lines: Sequence[str], group: Sequence[int]) -> bool:
    """Whether the further lines of a group only go on with cells of its first one, as no row of its own does."""
    first, *more = ([cell.strip() for cell in lines[at].split("|")] for at in group)
    goes_on = all(len(one) == len(first) and any(one) for one in more)
    filled = goes_on and all(first[k] for one in more for k, cell in enumerate(one) if cell)
    own = any(_OWN_VALUE.search(cell) or LEVEL.search(cell) for one in more for cell in one)
    return len(group) <= _HIGHEST and filled and not own


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


def whole_rows(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows under heads that a page has broken in a cell: what stands on the line below makes up the row's width
    (质量指标 | 按期回, and below it 复率 | ＝ | 100 | %)."""
    told = list(rows)
    widths = _widths(told)
    at = 0
    while at < len(told):
        row, below = told[at], told[at + 1] if at + 1 < len(told) else None
        if below is not None and _is_broken(row, below, widths.get(at, 0)):
            yield _mended(row, below)
            at += 2
            continue
        yield row
        at += 1


def _widths(rows: Sequence[Row]) -> dict[int, int]:
    """How many cells the rows have behind each line of heads that most of them fill, by the number of the row."""
    found: dict[int, int] = {}
    sizes = Counter(len(row.cells) for row in rows if row.grid is not None)
    width = 0
    for at, row in enumerate(rows):
        if row.grid is not None and len(row.cells) >= _WIDE and _HEADS.search(" ".join(c.text for c in row.cells)):
            width = len(row.cells) if sizes[len(row.cells)] > _LEAST else 0
        if width:
            found[at] = width
    return found


def _is_broken(row: Row, below: Row, width: int) -> bool:
    if row.grid is None or below.grid is None or not width:
        return False
    if len(row.cells) + len(below.cells) - 1 != width or min(len(row.cells), len(below.cells)) < _PARTS:
        return False
    last, first = row.cells[-1].text, below.cells[0].text
    near = below.location.line == (row.location.line or 0) + 1
    near = near and all(not cell.text or LEVEL.search(cell.text) for cell in row.cells[:-1])  # a name is what broke
    words = bool(last and first) and not any(map(str.isdigit, last + first))
    return near and words and not LEVEL.search(last) and not LEVEL.search(first)


def _mended(row: Row, below: Row) -> Row:
    *before, last = row.cells
    first, *more = below.cells
    cells = [*before, last._replace(text=last.text + first.text)]
    cells += [cell._replace(column=last.column + cell.column) for cell in more]
    return row._replace(cells=tuple(cells))


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
