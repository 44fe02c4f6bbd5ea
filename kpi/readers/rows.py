"""The rows under the heads: where the levels stand, where each half begins, which cell is name, value, weight …"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from kpi.lazyre import later
from kpi.readers import labels
from kpi.readers.columns import Header, is_header
from kpi.readers.gluedtext import is_unit_word
from kpi.readers.grid import ADRIFT, GridCell
from kpi.readers.kinds import Half, aside_of, by_kind
from kpi.readers.labels import Level
from kpi.readers.levelnames import with_described_name
from kpi.readers.lines import Line
from kpi.readers.match import assign, kind_of, opens_row
from kpi.readers.roles import Role
from kpi.readers.rowlevels import levels_of
from kpi.readers.vocabulary import vocabulary

_MOST = 80  # filled cells of one row; more is no row of a form
_NUMBERS = ("序号", "编号")
_LIST = 2  # columns of a list besides that of its numbers
_WIDE_LIST = 5  # so many of them, none of which a form has
_COUNT = re.compile(r"(?!20\d\d$)[\d.,]+")
_SHARE = re.compile(r"[%％≥≤]")
_LONG = 200  # characters; a line of its own as long as this is narrative
_BOXES = re.compile("[□☐].*[□☐]", re.S)  # 优秀□ 良好□: one is to be ticked
_SECTION = later(r"\d{1,2}[.、．]\D{2,16}(?:结果|情况|说明|分析|问题|建议)[。:：]?")  # 2.部门绩效评价结果。
_ROUNDING = 1e-6  # of scores that are the same
_CHAPTER = later(r"第?[一二三四五六七八九十]{1,3}(、|部分)|[（(][一二三四五六七八九十]{1,3}[)）]")


class Body(NamedTuple):
    """One row: its levels as printed, its two halves as cells by kind. `spare`: cells that found no column."""

    one: str
    two: Level | None
    custom: str
    left: Half
    right: Half | None
    matrix: dict[str, GridCell]
    spare: tuple[GridCell, ...]
    place: GridCell  # where the row stands
    left_label: bool
    right_place: GridCell | None = None
    right_two: Level | None = None
    project: Half | None = None  # cells of a new project that begins in this row
    aside: Mapping[str, GridCell] = MappingProxyType({})  # explanation, standard, remark … by column head


def read_row(line: Line, header: Header, split: int) -> Body | None:
    """One row of an indicator block; None where the line holds nothing."""
    cells = [c for c in line.cells if not labels.is_block_label(c.text) and c.column < ADRIFT][: _MOST * 6]
    adrift = tuple(c for c in line.filled if c.column >= ADRIFT)
    if not any(c.text for c in cells):
        return Body("", None, "", {}, None, {}, adrift, adrift[0], False) if adrift else None
    if header.project and not line.packed and not (_aligned(cells, header) or _under_project(line, cells, header)):
        line = replace(line, packed=True)
    project, cells = _project(line, cells, header)
    if header.moved and not line.packed:
        cells = _turned(cells, dict(header.moved))
    cells = _unnumbered(cells, header, line.packed)
    one, two, custom, rest, label_at = levels_of(cells, header, line.packed)
    left, right, right_two, right_place = _cut(rest, header, split, bool(two), label_at)
    if two is None and right_two is not None:
        two = right_two
    alone = bool(one) and two is None and not custom and header.one < header.anchor  # 产出指标 in a row of its own
    labelled = label_at is not None and not (alone and not any(c.text for c in rest))
    shift = None if line.packed else _shift(label_at, header, cells)
    found, spare = _match(left, header.left, shift)
    if line.packed and len(spare) == 1:
        found, spare = _name_first(found, spare[0], left, header)
    matrix = {r.text: found[k] for k, r in _others(header) if k in found}
    aside, spare = aside_of(found, header, spare, line.packed)
    spare += adrift
    place = next((c for c in cells if c.text), cells[0] if cells else line.cells[0])
    if not header.right:
        kinds, aside = with_described_name(by_kind(found, header.left), aside, header)
        return Body(
            one,
            two,
            custom,
            kinds,
            None,
            matrix,
            spare,
            _value_place(place, left, header),
            labelled,
            project=project,
            aside=aside,
        )
    moved = None if line.packed else (right_place.column - header.split if right_place else 0)
    other, more = _match(right, header.right, moved if moved is None else shift if not right_place else moved)
    return Body(
        one,
        two,
        custom,
        by_kind(found, header.left),
        by_kind(other, header.right),
        matrix,
        spare + more,
        place,
        labelled,
        right_place,
        right_two,
        project,
        aside,
    )


def _turned(cells: Sequence[GridCell], places: dict[int, int]) -> list[GridCell]:
    """The cells in the order of their heads: what stands in front of the levels comes last."""
    told = [c._replace(column=places.get(c.column, c.column)) for c in cells]
    return sorted(told, key=lambda c: c.column)


def _unnumbered(cells: list[GridCell], header: Header, packed: bool) -> list[GridCell]:
    """The cells without the number of the row, or the name of its goal, in front of its levels."""
    if not header.counts:
        return cells
    if packed:
        told = len(cells) > 1 and labels.level_of(cells[0].text) is None and labels.level_of(cells[1].text)
        return cells[1:] if told else cells
    kept = [c for c in cells if c.column != header.left[0].column or labels.level_of(c.text)]
    return kept or cells


def _value_place(place: GridCell, left: Sequence[GridCell], header: Header) -> GridCell:
    value = next((r.column for r in header.left if r.kind == "value"), None)
    return next((c for c in left if c.column == value), place)


def _others(header: Header) -> Iterator[tuple[int, Role]]:
    return ((k, r) for k, r in enumerate(header.left) if r.kind == "other" and not header.has("value"))


def _match(
    cells: Sequence[GridCell], roles: Sequence[Role], shift: int | None
) -> tuple[dict[int, GridCell], tuple[GridCell, ...]]:
    cells = list(cells)
    while cells and not cells[-1].text:
        cells.pop()
    if len(cells) > _MOST:
        cells = [c for c in cells if c.text][:_MOST]
    found, _ = assign(cells, roles, shift)
    taken = {id(c) for c in found.values()}
    return found, tuple(c for c in cells if c.text and id(c) not in taken)


def _name_first(
    found: dict[int, GridCell], spare: GridCell, cells: Sequence[GridCell], header: Header
) -> tuple[dict[int, GridCell], tuple[GridCell, ...]]:
    """维修路灯 | 全年更换的路灯盏数 | ≥1000盏: the shorter one of two names comes first, and the other one explains it,
    though it looks like a unit."""
    at = next((k for k, role in enumerate(header.left) if role.kind == "name" and k in found), None)
    filled = [c for c in cells if c.text]
    if at is None or not _is_short_name(spare.text) or filled.index(spare) + 1 != filled.index(found[at]):
        return found, (spare,)
    return found | {at: spare}, (found[at],)


def _is_short_name(text: str) -> bool:
    return kind_of(text) == "unit" and len(text) > 2 and not is_unit_word(text)


def _project(line: Line, cells: list[GridCell], header: Header) -> tuple[Half | None, list[GridCell]]:
    """In a table of one project a row: the cells of the project that begins here, and the rest."""
    if not header.project:
        return None, cells
    if not line.packed and line.grid is not None and any(c.column >= header.anchor for c in cells if c.text):
        edge = max(r.column for r in header.project)
        first = [c for c in cells if c.column <= edge and not labels.level_of(c.text)]
    else:
        at = next((i for i, c in enumerate(cells) if (v := labels.level_of(c.text)) and v.sure), len(cells))
        first = cells[:at]
        if at == len(cells) and not (_is_project(cells, header) or _under_project(line, cells, header)):
            return None, cells
    if not any(c.text for c in first):
        return None, [c for c in cells if c not in first] or cells
    found, score = assign([c for c in first if c.text], header.project, None if line.packed else 0)
    kinds = by_kind(found, header.project)
    rest = [c for c in cells if c not in first]
    return (kinds if score > 0 else None), rest


def _aligned(cells: Sequence[GridCell], header: Header) -> bool:
    """Whether a row's cells stand under the heads: its first level label, or its last cell, does."""
    first = next((c for c in cells if (v := labels.level_of(c.text)) and v.sure), None)
    if first:
        return first.column in (header.anchor, header.anchor - 1)
    return max(c.column for c in cells if c.text) >= header.left[0].column


def _is_project(cells: Sequence[GridCell], header: Header) -> bool:
    filled = [c for c in cells if c.text]
    _, as_project = assign(filled, header.project, None)
    _, as_row = assign(filled, header.left, None)
    return as_project > as_row and len(filled) > 1


def _under_project(line: Line, cells: Sequence[GridCell], header: Header) -> bool:
    """Whether a row holds nothing but what stands under the heads of the project, and fits them where it stands."""
    columns = {role.column for role in header.project}
    filled = [c for c in cells if c.text]
    if line.packed or line.grid is None or not all(c.column in columns for c in filled):
        return False
    _, here = assign(filled, header.project, 0)
    _, anywhere = assign(filled, header.project, None)
    return here - 2 * len(filled) >= anywhere - _ROUNDING


def _cut(
    cells: list[GridCell], header: Header, split: int, labelled: bool, at: int | None
) -> tuple[list[GridCell], list[GridCell], Level | None, GridCell | None]:
    """The cells of the left and the right half."""
    if not header.right:
        return cells, [], None, None
    for i, cell in enumerate(cells):
        level = labels.level_of(cell.text)
        named = (
            labelled and i == 0 and _is_name_too(cell, level) and not _names_next(cells[i + 1 :]) if level else False
        )
        if level and level.sure and level.rank != 1 and not named:
            return cells[:i], cells[i + 1 :], level, cell
    if labelled and at is not None and at >= split and not any(c.column < at for c in cells if c.text):
        return [], cells, None, None
    edge = next((i for i, c in enumerate(cells) if c.column >= split), len(cells))
    filled = [i for i, c in enumerate(cells) if c.text]
    if len(filled) == 2 * _need(header) and edge not in range(filled[_need(header) - 1], filled[_need(header)] + 1):
        edge = filled[_need(header)]
    elif len(filled) == _need(header) + 1 and cells[filled[0]].text == cells[filled[-1]].text:
        edge = filled[-1]  # a name, its value, and the name of the right half, whose value was lost
    return cells[:edge], cells[edge:], None, None


def _is_name_too(cell: GridCell, level: Level) -> bool:
    """服务对象满意度 right behind 服务对象满意度指标 is the name of the left half, not the level of the right one."""
    return level.two == "服务对象满意度" and not cell.text.rstrip().endswith("指标")


def _names_next(cells: Sequence[GridCell]) -> bool:
    """Whether words follow where the value of a name would stand: the left half has been left blank."""
    behind = next((c for c in cells if c.text), None)
    return behind is not None and kind_of(behind.text) == "words"


def _need(header: Header) -> int:
    return sum(r.kind in ("name", "value") for r in header.left) or 2


def _shift(at: int | None, header: Header, cells: Sequence[GridCell]) -> int:
    """How far the row is moved: its label against 二级, a name left of its head where merged labels were left out; a
    first level alone stands under its own head."""
    if at is None:
        first = next((c for c in cells if c.text), None)
        name = header.left[0].column if header.left else 0
        if first is None or first.location.line is None:  # sheets and documents tell which cells are merged
            return 0
        return first.column - name if first.column < name and opens_row(first.text) else 0
    if at == header.one and not any(c.column == header.anchor and c.text for c in cells):
        return 0
    return at - header.anchor


def ends(line: Line) -> bool:
    """Whether a line stands below the indicators: sign-off, a total, a note, another column of the form."""
    first = next(iter(line.filled), None)
    if first is None:
        return False
    text = first.text
    if vocabulary()["remark"].match(labels.squeeze(text[: _LONG // 2])) or labels.matches("furniture", text):
        return True
    if labels.matches("stop", labels.bare(text)) or labels.is_title(text):
        return True
    if any(labels.closes(c.text) or _BOXES.search(c.text) for c in line.filled[:4]):
        return True
    heads = _CHAPTER.match(text) or _SECTION.fullmatch(text.strip())
    if line.packed and len(line.filled) == 1 and (heads or len(text) > _LONG):
        return labels.level_of(text) is None
    if any(kind_of(c.text) == "nature" for c in line.filled[1:]):
        return False  # 任务可行性, 定性, 可行: a row whose name reads like a column of the form
    label = text.partition(":")[0].partition("：")[0]
    key = labels.field_of(label)
    if key in ("sign_off", "section", "project", "money", "term"):
        return labels.level_of(text) is None
    several = len({c.text for c in line.filled}) > 2  # a merged cell may stand in each cell that it covers
    return (labels.goal_of(label) is not None or key is not None) and not several


def heads_list(lines: Sequence[Line], at: int) -> bool:
    """序号 | 培训机构 | 补助标准 | 合格人数: the heads of another table, none of them one of a form's, and below no
    values as indicators have."""
    first, *others = lines[at].filled or (None,)
    if first is None or len(others) < _LIST or labels.squeeze(first.text) not in _NUMBERS:
        return False
    kinds = {labels.head_of(c.text) for c in others}
    if kinds & {"name", "value", "level1", "level2"} or any(_COUNT.fullmatch(c.text.strip()) for c in others):
        return False
    if len(others) >= _WIDE_LIST and kinds <= {None, "note"}:
        return True
    below = (c.text for line in lines[at + 1 : at + 1 + _LIST] for c in line.filled)
    return not any(_SHARE.search(text) for text in below)


def is_row(line: Line) -> bool:
    """Whether a line opens with a level label, or has one in it: a row without heads above it."""
    first = line.filled[:3]
    levels = [level for c in first if (level := labels.level_of(c.text))]
    return bool(levels) and levels[0].sure and not is_header(line)
