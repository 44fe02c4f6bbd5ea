"""Cells that come one a line become rows: a level label begins one; between labels what cells look like tells."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kpi.lazyre import later
from kpi.readers import labels
from kpi.readers.columns import GRADES, Header
from kpi.readers.evenrows import even_rows
from kpi.readers.foldedhalves import by_width, with_lost_values
from kpi.readers.grid import GridCell
from kpi.readers.labels import Level
from kpi.readers.likelevels import told_levels
from kpi.readers.lines import Line
from kpi.readers.match import assign, kind_of, opens_row
from kpi.readers.ownlevels import has_own_levels, levelled
from kpi.readers.rowlevels import is_unknown

_ROW = 2.4  # what a further row costs: a name and a state is one row and not two names
_NO_RESULT = 1.0  # less for a row with a score and no result
_TWICE = 3.0  # less for a name that is its own value
_VALUELESS = 0.3  # less for a row without a value that has others behind it: rather the last one broke off
_EXACT = 1.5  # a row of exactly as many cells as there are heads
_GOAL = later(r".{0,4}目标\d{1,2}")  # 年度绩效目标1 under 目标名称
_COLUMNS = 4  # from the name on, of rows that are looked at for a break
_REST = 3  # cells of a row's end: result, points, score
_IN_FRONT = 2  # cells in front of the name: levels
_MOST = 400  # cells between two labels that are weighed; a longer run is cut by width


def fold(lines: Iterable[Line], header: Header) -> Iterator[Line]:
    """Cells that come one a line, gathered into rows."""
    lines = told_levels(list(_completed(list(_whole(list(lines), header.width)), header)))
    first = next((k for k, line in enumerate(lines) if line.filled and labels.level_of(line.filled[0].text)), 0)
    for some in (lines, lines[:first]):  # 决策 | 项目立项 | … in front of the levels that are known
        if has_own_levels(some, header):
            yield from levelled([line.cells[0] for line in some if line.filled], header)
            lines = lines[len(some) :]
            break
    if rows := (header.counts and _numbered(lines)) or even_rows(lines, header):
        yield from rows
    else:
        yield from _gathered(lines, header)


def _gathered(lines: Sequence[Line], header: Header) -> Iterator[Line]:
    """The rows: a level begins one, a line that has columns is one, and what stands between is divided."""
    row: list[GridCell] = []
    kept = 0  # cells at the front that the file itself put into one row
    begun = False
    for at, line in enumerate(lines):
        if not line.packed:
            if row and _only_first(row) and line.filled:
                yield _under(row[-1], line)
            else:
                yield from _rows(row, kept, header)
                yield from _unrolled(line, header)
            row, kept = [], 0
            continue
        cells = _own(line)
        single = len(cells) < 2
        if single and (_opens_only(cells[0].text, header) or (header.counts and _GOAL.fullmatch(cells[0].text))):
            if _ended(row):
                yield from _rows(row, kept, header)
                row, kept = [], 0
            continue
        if not single and not line.filled:
            continue
        label = labels.level_of(cells[0].text) if single else None
        label = None if label and _repeats(row, label, cells[0].text) and not header.right else label
        if single:
            sure = label is not None and (label.sure or _heads_next(label, lines[at + 1 : at + 2]))
            sure = sure and not (label and not label.sure and _waits(row))  # 商户满意度 | 满意
            opens = bool(label and sure and not _opens_right(row, label, header))
        else:
            opens = not _ends_row(row, cells, header)
        opens = opens and (begun or not (label and _unknown_first(row, cells[0].text, header)))
        begun = begun or opens
        first = not single and labels.is_level(line.filled[0].text, 1)
        if opens and (_ended(row) or (_second(row) and (label or _opens_second(line))) or first):
            yield from _rows(row, kept, header)
            row, kept = [], 0
        row += _placed(cells, len(row))
        kept = kept if single else len(row)
    yield from _rows(row, kept, header)


def _unrolled(line: Line, header: Header) -> Iterator[Line]:
    """The line; its rows, where it stands between bars and has more cells than there are heads: a page broke its lines
    at blank cells alone, and not where rows end."""
    several = len(line.filled) > header.width + _IN_FRONT and line.filled[0].location.line is not None
    if not several or header.width < _COLUMNS or header.right or header.project:
        yield line
        return
    for part in _at_levels(line.filled):
        yield from _rows(_placed(part, 0), 0, header)


def _at_levels(cells: Sequence[GridCell]) -> list[list[GridCell]]:
    """The cells of such a line, from one level to the next."""
    parts: list[list[GridCell]] = [[]]
    for cell in cells:
        if labels.is_level(cell.text) and any(not labels.is_level(c.text) for c in parts[-1]):
            parts.append([])
        parts[-1].append(cell)
    return parts


def _heads_next(label: Level, below: Sequence[Line]) -> bool:
    """项目效益 right above 经济效益指标: a first level, though the word alone may be a name."""
    level = labels.level_of(below[0].cells[0].text) if below and below[0].packed and below[0].cells else None
    return _over(label, level)


def _waits(row: Sequence[GridCell]) -> bool:
    """Whether a row so far ends in a name right behind its level: a value is due."""
    last = [cell.text for cell in row[-2:]]
    return len(last) > 1 and labels.is_level(last[0], 2) and bool(last[1]) and kind_of(last[1]) == "words"


def _over(first: Level | None, second: Level | None) -> bool:
    """Whether a first level stands right over one of its second levels."""
    return bool(first and second and second.sure and (first.rank, second.rank) == (1, 2) and first.one == second.one)


def _whole(lines: Sequence[Line], width: int) -> Iterator[Line]:
    """Rows of many columns that a page broke in a cell: 学员结业率 考核合格人数占, and below it 比重 ≥98% ≥95% ≥90%."""
    at = 0
    while at < len(lines):
        line, below = lines[at], lines[at + 1] if at + 1 < len(lines) else None
        own = [c for c in line.cells if not labels.is_level(c.text)]
        broken = below is not None and line.packed and below.packed and width >= _COLUMNS
        if broken and below and len(own) > 1 and len(below.cells) > 1 and len(own) + len(below.cells) - 1 == width:
            *before, last = line.cells
            first, *more = below.cells
            words = kind_of(last.text) == "words" and kind_of(first.text) in ("words", "unit")
            words = words and not any(c.isdigit() for cell in (*own, first) for c in cell.text)
            figures = all(kind_of(cell.text) in ("value", "number") for cell in more)  # 有所提高 反映… is a row's own
            if words and figures and not labels.is_known(first.text):
                cells = [*before, last._replace(text=last.text + first.text), *more]
                yield replace(line, cells=tuple(_placed(cells, 0)))
                at += 2
                continue
        yield line
        at += 1


def _completed(lines: Sequence[Line], header: Header) -> Iterator[Line]:
    """消防知识知晓率 | 定性 | 优良中低差, and below it | 优 | 10 | 10: one row, broken behind its value."""
    last: Line | None = None
    for line in lines:
        if last and _broke_off(last, line, header):
            last = replace(last, cells=tuple(_placed([*last.cells, *line.cells], last.cells[0].column)))
            continue
        if last:
            yield last
        last = line
    if last:
        yield last


def _broke_off(row: Line, line: Line, header: Header) -> bool:
    """Whether a line between bars has but a result and points, and the row above it has none."""
    if row.packed or line.packed or not header.has("weight") or len(line.filled) < _REST or line.cells[0].text:
        return False
    kinds = [kind_of(cell.text) for cell in line.filled]
    points = all(kind in ("number", "points") for kind in kinds[1:])
    told = [cell for cell in row.filled if not labels.is_level(cell.text)]
    bare = len(told) > 1 and kind_of(told[-1].text) in ("words", "unit")
    fits = len(row.cells) + len(line.cells) <= header.width + _IN_FRONT
    return bare and points and fits and kinds[0] != "slot"


def _numbered(lines: Sequence[Line]) -> list[Line]:
    """The rows of cells one a line where each begins with its number: 1, 2, 3 … in front of its levels."""
    if not all(line.packed and len(line.cells) == 1 for line in lines):
        return []
    cells = [line.cells[0] for line in lines]
    starts: list[int] = []
    for i, cell in enumerate(cells[:-2]):
        apart = not starts or i - starts[-1] > 2
        if apart and cell.text == str(len(starts) + 1) and kind_of(cells[i + 1].text) in ("words", "unit", "slot"):
            starts.append(i)
    if len(starts) < 2 or starts[0]:
        return []
    ends = [*starts[1:], len(cells)]
    return [Line(tuple(_placed(cells[a + 1 : b], 0)), None, True) for a, b in zip(starts, ends, strict=True)]


def _unknown_first(row: Sequence[GridCell], label: str, header: Header) -> bool:
    """项目决策 alone in front of the very first second level: a first level that the lists do not know."""
    filled = [c for c in row if c.text]
    return header.one >= 0 and len(filled) == 1 and is_unknown(filled[0].text, label)


def _only_first(row: Sequence[GridCell]) -> bool:
    """Whether nothing but a first level stands in a row so far."""
    filled = [c for c in row if c.text]
    return len(filled) == 1 and labels.is_level(filled[0].text, 1)


def _under(label: GridCell, line: Line) -> Line:
    """A row whose first level stood on the line above it."""
    return replace(line, cells=(label._replace(column=line.filled[0].column - 1), *line.filled))


def _own(line: Line) -> Sequence[GridCell]:
    """The cells of a line without 绩效指标, which stands left of the whole block."""
    return [c for c in line.cells if not labels.is_block_label(c.text)] or line.cells


def _opens_only(text: str, header: Header) -> bool:
    """(30分) that has lost its level, 具体指标 in front of a name: a row begins here, and that is all it says."""
    own = header.has("weight") and text[:1].isdigit() and text[-1:] not in ")）"  # 30分 in a column of points
    return (labels.is_points(text) and not own) or labels.head_of(text) == "name"


def _opens_second(line: Line) -> bool:
    """A row of several cells that opens with a second level."""
    return len(line.filled) > 1 and labels.is_level(line.filled[0].text, 2)


def _placed(cells: Sequence[GridCell], at: int) -> list[GridCell]:
    return [GridCell(c.text, at + i, c.location) for i, c in enumerate(cells)]


def _ends_row(row: Sequence[GridCell], cells: Sequence[GridCell], header: Header) -> bool:
    """Points and marks on a line of their own: the row above broke off before them."""
    filled = [c for c in row if c.text and not labels.is_level(c.text)]
    figures = all(kind_of(c.text) in ("number", "points") for c in cells)
    return figures and len(filled) > 1 and len(filled) + len(cells) <= header.width


def _ended(cells: Sequence[GridCell]) -> bool:
    """Whether a row can end here: it has text of its own, or its second level has been left blank."""
    alone = len(cells) == 1 and (first := labels.level_of(cells[0].text)) is not None and first.rank == 1  # 项目效益
    if not alone and any(c.text and not labels.is_level(c.text) for c in cells):
        return True
    last = next((i for i in range(len(cells) - 1, -1, -1) if cells[i].text), None)
    level = labels.level_of(cells[last].text) if last is not None else None
    return bool(level and level.rank != 1 and last != len(cells) - 1)


def _repeats(cells: Sequence[GridCell], label: Level, text: str) -> bool:
    """服务对象满意度 right behind 服务对象满意度指标 is a name."""
    last = labels.level_of(cells[-1].text) if cells else None
    return bool(last and last.sure and last.rank == 2 and last.two == label.two) and not text.rstrip().endswith("指标")


def _second(cells: Sequence[GridCell]) -> bool:
    """Whether a row so far ends in a label that nothing but a name follows."""
    return bool(cells) and labels.is_level(cells[-1].text, 2)


def _rows(cells: list[GridCell], kept: int, header: Header) -> Iterator[Line]:
    """The rows of the cells from one label to the next."""
    front = 1 if len(cells) > 1 and _over(labels.level_of(cells[0].text), labels.level_of(cells[1].text)) else 0
    while front < len(cells) and (not cells[front].text or labels.is_level(cells[front].text)):
        front += 1
    if not front and not any(c.text for c in cells):
        return
    body, whole = cells[front:], max(kept - front, 0)
    if header.right:
        body = with_lost_values(body, header)
        announced = header.right[0].column > header.split  # the second half has a level of its own
        cuts = by_width(body, header.width, front > 0 and announced)
    elif (whole and whole == len(body)) or (header.bare and 2 < header.width == len(body)):
        cuts = [0]
    else:
        cuts = _cuts(body[:_MOST], whole, header) + list(range(_MOST, len(body), max(header.width, 1)))
    for n, (start, end) in enumerate(zip(cuts, [*cuts[1:], len(body)], strict=True)):
        part = [*cells[:front], *body[start:end]] if n == 0 else body[start:end]
        yield Line(tuple(_placed(part, 0)), None, True)


def _cuts(cells: Sequence[GridCell], whole: int, header: Header) -> list[int]:
    """Where rows begin: the division whose rows match the heads best."""
    count, width = len(cells), header.width
    if header.left and header.left[0].kind == "number":
        return _counted(cells)
    if count and kind_of(cells[0].text) == "slot":  # numbered names: every row begins with one
        return [0, *(i for i in range(max(whole, 1), count) if kind_of(cells[i].text) == "slot")]
    if count < 2 or (count == 2 and not opens_row(cells[-1].text)):
        return [0]
    if not whole and _fills(cells, header):
        return list(range(0, count, width))
    even = width > 0 and count % width == 0
    best = [0.0] * (count + 1)
    step = [count] * (count + 1)
    for i in range(count - 1, -1, -1):
        if not cells[i].text:
            best[i], step[i] = best[i + 1], step[i + 1] if i + 1 < count else count
            continue
        best[i] = float("-inf")
        for j in range(i + 1, min(count, i + 2 * width) + 1):
            if j < whole or (j < count and cells[j].text and not opens_row(cells[j].text)):
                continue
            if sum(1 for c in cells[i:j] if c.text) > width:
                break
            score = _score(cells[i:j], header, even, j == count) + best[j]
            if score > best[i]:
                best[i], step[i] = score, j
    cuts, at = [0], step[0]
    while at < count:
        cuts.append(at)
        at = step[at]
    return cuts


def _fills(cells: Sequence[GridCell], header: Header) -> bool:
    """Whether every row fills all columns of a block with bands (优 良 中 差), which look like the values of rows of
    their own: a name under the names and a figure under the values. The last row may break off."""
    at = next((k for k, role in enumerate(header.left) if role.kind == "value"), 0)
    rows = [cells[k : k + header.width] for k in range(0, len(cells), max(header.width, 1))]
    banded = sum(role.kind == "standard" for role in header.left) >= GRADES
    if not banded or not at or len(rows) < 2 or len(rows[0]) < header.width:
        return False
    named = all(kind_of(row[0].text) in ("words", "unit") for row in rows)
    return named and all(kind_of(row[at].text) in ("value", "number") for row in rows if len(row) > at)


def _counted(cells: Sequence[GridCell]) -> list[int]:
    """Rows that are counted begin at their numbers: 1, 2, 3 …"""
    cuts: list[int] = []
    for i, cell in enumerate(cells):
        if cell.text == str(len(cuts) + 1):
            cuts.append(i)
    return [0, *(c for c in cuts if c)]


def _score(cells: Sequence[GridCell], header: Header, even: bool, last: bool) -> float:
    row = list(cells)
    while row and not row[-1].text:
        row.pop()
    found, score = assign(row, header.left, None)
    if not last and header.has("value") and not any(header.left[k].kind == "value" for k in found):
        score -= _VALUELESS
    told = {header.left[k].kind: cell.text for k, cell in found.items()}
    if header.has("actual") and "actual" not in told and told.get("name", "") and told["name"] == told.get("value"):
        score -= _TWICE  # 控制在预算内 | 控制在预算内: what was wanted and what came of it, behind their name
    if header.has("actual") and "actual" not in told and {"name", "value", "weight", "score"} <= {*told}:
        score -= _NO_RESULT  # 权籍调查 | 按委托数量 | 1860宗 | 7 | 7: a score is that of a result
    return score - _ROW + (_EXACT if even and len(cells) == header.width else 0.0)


def _opens_right(row: Sequence[GridCell], label: Level, header: Header) -> bool:
    """The same 二级 label again after the first half of a row: the second half begins."""
    twos = [i for i, c in enumerate(row) if (v := labels.level_of(c.text)) and v.sure and v.rank != 1]
    if not header.right or len(twos) != 1 or labels.level_of(row[twos[0]].text) is None:
        return False
    first = labels.level_of(row[twos[0]].text)
    return bool(first and first.two == label.two) and 0 < len(row) - twos[0] - 1 <= header.width
