"""The level labels at the front of a row, also where a form has levels that the lists do not know."""

import re
from collections.abc import Sequence

from kpi.readers import labels
from kpi.readers.columns import Header
from kpi.readers.gluedtext import says_state
from kpi.readers.grid import GridCell
from kpi.readers.labels import Level
from kpi.readers.match import assign, kind_of

_SHORT = 8  # characters of a level
_LEVEL = 2.5  # what a cell under the head of a level tells
_LABEL = 12  # characters of one that stands alone


def levels_of(
    cells: Sequence[GridCell], header: Header, packed: bool
) -> tuple[str, Level | None, str, list[GridCell], int | None]:
    """The level labels at the front of a row, what follows them, and the column of the last one."""
    one, two, custom, at = "", None, "", None
    rest = [i for i, c in enumerate(cells) if c.text]
    start = 0
    if header.one >= 0 and len(rest) > 2 and is_unknown(*(cells[i].text for i in rest[:2])):
        one, rest = cells[rest[0]].text, rest[1:]
    for n, i in enumerate(rest):
        level = labels.level_of(cells[i].text)
        if level is None and one and two is None and n + 2 < len(rest) and labels.head_of(cells[i].text) == "name":
            at, start = cells[i].column, i + 1  # 具体指标 in place of a second level
            continue
        unsure = level is not None and not level.sure and not header.named
        if level is None or two is not None or (unsure and not _names(cells, rest[n + 1 :], header)):
            break
        if unsure and not packed and header.left and cells[i].column == header.left[0].column:
            break  # 群众满意度 below 三级指标
        below = bool(header.left) and header.left[0].text != "" and header.left[0].column == cells[i].column
        slid = one == "满意度指标" and labels.is_level(cells[i].text, 2)  # 满意度指标 | 服务对象满意度指标
        if not packed and at == header.anchor and header.one < at < cells[i].column and below and not slid:
            break  # 社会成本指标 below 三级指标, its second level before it
        following = labels.level_of(cells[rest[n + 1]].text) if n + 1 < len(rest) else None
        if level.rank == 1 or (level.rank == 12 and not one and _has_second(following, level, header)):
            if level.rank == 1 and one == level.one:
                two = level
            one = one or level.one
        else:
            two = level
        at, start = cells[i].column, i + 1
    if header.named and two is not None and any(c.text for c in cells[start:]):
        start -= 1  # what says the level is the name, too
    body = list(cells[start:])
    if not packed and two is None and not one and (first := _custom_first(body, header)):
        one, body = first.text, body[body.index(first) + 1 :]
    if two is None and not packed and (cell := _custom(body, header)):
        custom, at, body = cell.text, cell.column, body[body.index(cell) + 1 :]
    return one, two, custom, body, at


def is_unknown(first: str, second: str) -> bool:
    """项目决策 in front of 数量指标: a first level that the lists do not know."""
    return labels.level_of(first) is None and labels.is_level(second, 2) and len(first) < _SHORT


def _names(cells: Sequence[GridCell], rest: Sequence[int], header: Header) -> bool:
    """Whether a name stands behind a cell that may be a level or a name itself (群众满意度)."""
    if not rest:
        return False
    look = kind_of(cells[rest[0]].text)
    named = look in ("words", "slot") or (look == "unit" and not header.has("unit"))
    return named and not says_state(cells[rest[0]].text)  # 群众满意度 | 较高 | 达成预期指标


def _has_second(following: Level | None, level: Level, header: Header) -> bool:
    """成本指标 is a first level where a second follows it; in two halves the next 成本指标 is the other half's."""
    if following is None or following.rank == 1 or not following.sure:
        return False
    return following.two != level.two or not header.right


def _custom(cells: Sequence[GridCell], header: Header) -> GridCell | None:
    """A second level that the lists do not know: a label in the 二级 column."""
    first = next((c for c in cells if c.text), None)
    if first and (header.one == header.anchor or kind_of(first.text) == "slot"):
        return None  # no column of second levels; 指标2:… is a name
    if first and first.column == header.anchor and header.left and first.column < header.left[0].column:
        known = re.search(r"(指标|效益|影响|满意度)$", labels.bare(first.text))
        known = known if _is_name(cells, first) else None
        return first if known or _is_aligned(cells, header) else None
    return None


def _is_name(cells: Sequence[GridCell], first: GridCell) -> bool:
    """Whether what follows a cell may be a name, and not its value."""
    following = next((c for c in cells if c.column > first.column and c.text), None)
    return following is None or kind_of(following.text) in ("words", "slot", "unit")


def _custom_first(cells: Sequence[GridCell], header: Header) -> GridCell | None:
    """A first level that the lists do not know (履职效能): the cell in the 一级 column of a row that fits the heads."""
    first = next((c for c in cells if c.text), None)
    if first and first.column == header.one and sum(bool(c.text) for c in cells) == 1 and _is_own(first.text):
        return first  # 投入管理指标 in a row of its own
    fits = first and 0 <= header.one == first.column < header.anchor and kind_of(first.text) != "slot"
    fits = fits and _is_aligned(cells, header)
    return first if fits else None


def _is_own(text: str) -> bool:
    """Whether a label says itself that it is a level: 投入管理指标."""
    return len(text) <= _LABEL and labels.bare(text).endswith("指标")


def _is_aligned(cells: Sequence[GridCell], header: Header) -> bool:
    """Whether the row has a name and a value under their heads: then its first columns are levels."""
    if header.right or header.project or not header.left or cells[-1].column < header.left[-1].column:
        return False  # a row of fewer cells than heads has left merged cells out: its columns say nothing
    by_column = {c.column: c.text for c in cells if c.text}
    wanted = {r.kind: by_column.get(r.column) for r in header.left if r.kind in ("name", "value")}
    name, value = wanted.get("name"), wanted.get("value")
    likely = bool(name and value) and kind_of(name or "") in ("words", "slot", "unit")
    return likely and kind_of(value or "") != "sign" and not _fits_moved(cells, header)


def _fits_moved(cells: Sequence[GridCell], header: Header) -> bool:
    """Whether the row fits the heads better from its first cell on: that is a name then, its levels were left out."""
    if cells[0].location.line is None:  # sheets and documents tell which cells are merged
        return False
    end = max(i for i, c in enumerate(cells) if c.text) + 1
    first = next(i for i, c in enumerate(cells) if c.text)
    edge = header.left[0].column
    _, standing = assign([c for c in cells[:end] if c.column >= edge], header.left, 0)
    levels = (c for c in cells[:end] if c.text and c.column < edge)
    standing += sum(_LEVEL for c in levels if c.column in (header.one, header.anchor))
    _, moved = assign(cells[first:end], header.left, cells[first].column - edge)
    return moved > standing
