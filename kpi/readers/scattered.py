"""A self-evaluation whose columns a copy has put one after the other: names in one place, their figures in another.

Read only where nothing is left to doubt: as many names as groups of value, result, points and score, a level for each,
and points that come to 100, with the 10 of the budget's execution or without."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from kpi.lazyre import HAN, later
from kpi.model import EFFECT_LEVELS, LEVEL2, Indicator
from kpi.readers import labels
from kpi.readers.gluedtext import says_state
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line
from kpi.readers.match import FIGURES, kind_of
from kpi.readers.pairing import POINTS, is_measure, may_answer, may_stand, row_of
from kpi.readers.profile import cost_parent

_REST = later(r"(?:标?[(（]\d{1,3}\s*分?\s*[)）]?|\(\d{1,3}分\s).*")  # 标(30 分), (10分 意度指标 )
_LETTERS = later(HAN)
_WORDS = later(f"{HAN}+")
_TIMED = later(r"\d+[年月日天个周]|^每[年月日天周季旬]|季度|[上下]半年|^(?:不|未|无)(?:发生|出现)$")
_OPEN_UNIT = later(r"\d.*[·/.]$")  # 375元/人· | 次
_UNIT = later(f"{HAN}{{1,2}}")
_OF_MONEY = later(r"\d[万亿]$")
_LEFT = later(r"[\d.,]+[%％]?")
_TOTAL = later(r"100(?:\.0+)?|[5-9]\d(?:\.\d+)?")
_TOTALS = 2  # all points, and the score
_KINDS = ("value", "actual", "weight", "score")
_WIDTH = len(_KINDS)
_LEAST = 3  # rows
_PIECE = 3  # characters: no more than these at the end of a name have come apart from it
_LEVEL = 3  # characters that a label has kept in front of the break in it
_FIRST = "指标1"  # the next one stands under the same level
_FULL = (Decimal(90), Decimal(100))  # points of all rows, without and with those of the execution


class _Name(NamedTuple):
    cells: tuple[GridCell, ...]
    level: labels.Level | None  # right in front of it
    behind: int  # how many groups stand in front of it
    beside: bool  # whether its own group follows right behind it

    @property
    def text(self) -> str:
        return "".join(cell.text for cell in self.cells)


_Group = tuple[GridCell, ...]
_Part = labels.Level | _Group | GridCell | None  # None: a label that parts what stands around it


def scattered(lines: Sequence[Line]) -> list[Indicator]:
    """The rows of such a form in order; [] where anything is left to doubt."""
    if not all(line.packed for line in lines if line.filled):
        return []
    cells = _below_heads([c for line in lines for c in line.filled])
    parts = list(_parts(cells))
    groups = [part for part in parts if isinstance(part, tuple) and not isinstance(part, labels.Level | GridCell)]
    names = list(_names(parts))
    if len(groups) < _LEAST or len(names) != len(groups) or not _adds_up(groups) or not _all_told(cells, groups):
        return []
    if any(name.beside and name.behind != at for at, name in enumerate(names)) or _goes_on_behind(parts):
        return []  # a name with its own figures stands at another place of the order
    levels = [name.level for name in names if name.level]  # each has its own, or they all stand in their order
    ordered = len(levels) != len(names)
    levels = [part for part in parts if isinstance(part, labels.Level)] if ordered else levels
    if len(levels) != len(names) or (ordered and sum(level.two in EFFECT_LEVELS for level in levels) > 1):
        return []
    rows = list(zip(levels, names, groups, strict=True))
    if not all(_fits(*row, ordered=ordered) for row in rows):
        return []
    cost = cost_parent([level.two for level in levels])
    return [_made(*row, cost) for row in rows]


def _fits(level: labels.Level, name: _Name, group: _Group, *, ordered: bool) -> bool:
    value, result = group[0].text, group[1].text
    stands = not ordered or may_stand(name.text, value, level.two)
    return stands and may_answer(labels.SLOT.sub("", name.text), value, result, level.two)


def _all_told(cells: Sequence[GridCell], groups: Sequence[_Group]) -> bool:
    """Whether no figure is left over but the totals, all points and the score: a page number or the figures of the
    execution among the rows would shift them."""
    taken = {id(cell) for group in groups for cell in group}
    others = [c.text for c in cells if id(c) not in taken and not labels.is_points(c.text)]
    loose = [text for text in others if _LEFT.fullmatch(text)]
    return len(loose) <= _TOTALS and all(map(_TOTAL.fullmatch, loose))


def _goes_on_behind(parts: Sequence[_Part]) -> bool:
    """指标1:维修验收 100% 100% 20 20 合格率: words behind the figures that end like a name, where names are counted."""
    counted = any(isinstance(part, GridCell) and labels.SLOT.match(part.text) for part in parts)
    for before, part in pairwise(parts):
        behind = isinstance(before, tuple) and not isinstance(before, labels.Level | GridCell)
        words = isinstance(part, GridCell) and not labels.SLOT.match(part.text)
        if counted and behind and words and isinstance(part, GridCell) and is_measure(part.text):
            return True
    return False


def _below_heads(cells: Sequence[GridCell]) -> Sequence[GridCell]:
    """The cells behind the first head of the indicators, up to the total."""
    start = next((k for k, c in enumerate(cells) if labels.head_of(c.text) in ("level1", "level2", "name")), len(cells))
    below = cells[start:]
    end = next((k for k, c in enumerate(below) if labels.matches("grand_total", c.text)), len(below))
    return below[:end]


def _parts(cells: Sequence[GridCell]) -> Iterator[_Part]:
    """Levels, groups and words in their order; heads and the labels of first levels leave a gap."""
    cells = list(_rejoined(list(_without_heads(cells))))
    at = 0
    while at < len(cells):
        text = cells[at].text
        broken = at + 1 < len(cells) and _broken_level(text, cells[at + 1].text)
        level = labels.level_of(text)
        if broken or labels.is_points(text) or _REST.fullmatch(text) or labels.is_block_label(text):
            yield None
            at += 2 if broken else 1
        elif level and level.sure:
            yield level if level.rank != 1 else None
            at += 1
        elif begun := _begun_level(text):
            yield begun
            at += 1
        elif _is_group(cells[at : at + _WIDTH]):
            yield tuple(cells[at : at + _WIDTH])
            at += _WIDTH
        else:
            yield cells[at] if _LETTERS.search(text) else None
            at += 1


def _without_heads(cells: Sequence[GridCell]) -> Iterator[GridCell]:
    head = ""
    for cell in cells:
        if labels.head_of(cell.text) or (head and labels.head_of(head + cell.text)) or labels.goal_of(cell.text):
            head = cell.text
            continue
        head = ""
        if labels.squeeze(cell.text) != "年度":  # 年度|指标值, the half of a head
            yield cell


def _rejoined(cells: Sequence[GridCell]) -> Iterator[GridCell]:
    """29.8万|元 as one, and 有效遏|制|有效遏|制 as a word said twice."""
    at = 0
    while at < len(cells):
        first, second, *_ = [cell.text for cell in cells[at : at + 2]] + [""]
        twice = [cell.text for cell in cells[at + 2 : at + _WIDTH]] == [first, second]
        if twice and len(second) <= _PIECE and _WORDS.fullmatch(first + second):
            yield from (cells[k]._replace(text=first + second) for k in (at, at + 2))
            at += _WIDTH
        elif (_OF_MONEY.search(first) and second == "元") or (_OPEN_UNIT.search(first) and _UNIT.fullmatch(second)):
            yield cells[at]._replace(text=first + second)
            at += 2
        else:
            yield cells[at]
            at += 1


def _broken_level(text: str, following: str) -> bool:
    """效益指 | 标(30 分): a first level on two lines."""
    return labels.is_level(text + following) and not labels.is_level(following)


def _begun_level(text: str) -> labels.Level | None:
    """服务对象满 | … | 意度指标: the first half of a second level tells which."""
    label = labels.bare(text)
    found = [two for two in LEVEL2 if len(label) > _LEVEL and two.startswith(label)]
    return labels.level_of(found[0] + "指标") if len(found) == 1 else None


def _is_group(cells: Sequence[GridCell]) -> bool:
    """Whether four cells are value, result, points and score: figures, or a word said twice, and points within them."""
    if len(cells) < _WIDTH:
        return False
    value, result, full, score = (cell.text for cell in cells)
    if not POINTS.fullmatch(full) or not POINTS.fullmatch(score) or Decimal(score) > Decimal(full):
        return False
    return value == result or (_may_be_value(value) and _may_be_value(result))


def _may_be_value(text: str) -> bool:
    """A figure, a state, or a time in words with or without one: 采血后7日内, 每季度, 四季度12月底."""
    told = _TIMED.search(text) is not None and not labels.SLOT.match(text)
    return kind_of(text) in FIGURES or says_state(text) or told


def _adds_up(groups: Sequence[_Group]) -> bool:
    return sum(Decimal(group[2].text) for group in groups) in _FULL


def _names(parts: Sequence[_Part]) -> Iterator[_Name]:
    """The words that are names; where names are counted (指标1:…), no others are."""
    counted = any(isinstance(part, GridCell) and labels.SLOT.match(part.text) for part in parts)
    made: list[_Name] = []
    level: labels.Level | None = None
    groups, joined = 0, False
    for part in parts:
        if isinstance(part, labels.Level):
            level, joined = part, False
        elif isinstance(part, GridCell):
            opens = labels.SLOT.match(part.text) is not None
            short = not counted and bool(made) and len(part.text) <= _PIECE and is_measure(part.text)
            short = short and not is_measure(made[-1].text)
            if made and (short or (counted and joined and not opens)):
                made[-1] = made[-1]._replace(cells=(*made[-1].cells, part))
            elif opens or not counted:
                more = counted and level is None and bool(made) and not part.text.startswith(_FIRST)
                made.append(_Name((part,), made[-1].level if more else level, groups, False))
                level, joined = None, True
        elif part is None:
            joined = False
        else:
            if joined and made:
                made[-1] = made[-1]._replace(beside=True)
            groups, joined = groups + 1, False
    yield from made


def _made(level: labels.Level, name: _Name, group: _Group, cost: str) -> Indicator:
    one, two = labels.canonical(level, cost if level.two == "成本指标" else level.one)
    return row_of(one, two, name.text, name.cells[0], dict(zip(_KINDS, group, strict=True)))
