"""Text that has lost its separators: the labels found in it, and what values look like, give the cells back."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from kpi.readers import labels
from kpi.readers.gluedrows import rows_of
from kpi.readers.grid import GridCell, Row
from kpi.readers.lines import Line

_HEADS = re.compile(r"(一级(指标)?)?二级(指标|目标)?(内容)?(三级(指标|目标)|指标(内容|名称))")
_FIRST = re.compile(r"(一级(指标)?)?二级")
_LONGEST_HEAD = 24
_LONGEST = 20_000  # characters of one row that are looked at
_BARE_WORD = re.compile("数量|质量|时效|成本|可持续性|可持续影响")
_BARE = re.compile(rf"(?<=[\d%元])({_BARE_WORD.pattern})(?=\D{{2}}|\d年)")  # 指标 left out behind a whole row
_TWICE = re.compile(r"(\d+?(?:\.\d+?)?)\1(?:\d{1,2}?)?\d{1,3}(?:\.\d+)?%|(\d+?(?:\.\d+?)?)\2(?!\d)")


def is_glued(rows: Iterable[Row]) -> bool:
    """Whether the heads of a form stand in running text with nothing between them."""
    return any(
        len(row.cells) == 1 and any(_HEADS.search(part) for part in row.cells[0].text[:_LONGEST].split())
        for row in rows
        if "二级" in row.cells[0].text
    )


def unglued(rows: Iterable[Row]) -> Iterator[Line]:
    """The rows of such a text as lines: label and value in pairs, the heads, one line an indicator."""
    kinds: list[str] = []
    for row in rows:
        if len(row.cells) != 1 or row.grid is not None:
            yield Line(row.cells, row.grid, packed=False)
            continue
        piece = _Piece(row.cells[0])
        heads = _FIRST.search(piece.text)
        if heads and _HEADS.search(piece.text):
            yield from _head(piece, 0, heads.start())
            found, end = _columns(piece.text, heads.start())
            yield piece.line(found)
            kinds = [
                k for a, b in found if (k := labels.head_of(piece.text[a:b])) not in ("level1", "level2", "name", None)
            ]
            yield from _body(piece, end, kinds)
        elif (kinds and _levels().search(piece.text)) or (
            kinds and not _labels().match(piece.text) and not _stop().match(piece.text)
        ):
            yield from _body(piece, 0, kinds)
        else:
            kinds = [] if not labels.is_block_label(piece.text) else kinds
            yield from _head(piece, 0, len(piece.text))


class _Piece:
    """A row's text without white space, and the place of each character in it."""

    def __init__(self, cell: GridCell) -> None:
        self.cell = cell
        raw = cell.text[:_LONGEST]
        self.at = [i for i, ch in enumerate(raw) if not ch.isspace()]
        self.text = "".join(raw[i] for i in self.at)

    def line(self, spans: Sequence[tuple[int, int]]) -> Line:
        """The spans as the cells of one line."""
        cells = (self._cell(k, a, b) for k, (a, b) in enumerate(spans))
        return Line(tuple(cells), None, packed=True)

    def _cell(self, index: int, start: int, end: int) -> GridCell:
        place = self.cell.location
        if start < len(self.at):
            place = place.after(self.at[start])
        return GridCell(self.text[start:end].strip(":："), index, place)


def _head(piece: _Piece, start: int, end: int) -> Iterator[Line]:
    """Labels and what follows each."""
    found = list(_labels().finditer(piece.text, start, end))
    first = found[0].start() if found else end
    if first > start:
        yield piece.line([(start, first)])
    for k, label in enumerate(found):
        stop, after = label.end(), found[k + 1].start() if k + 1 < len(found) else end
        at = stop + (piece.text[stop : stop + 1] in ":：")
        twice = _TWICE.match(piece.text, at, after)  # budget and result, one behind the other
        value = (at, at + len(twice.group(1) or twice.group(2))) if twice else (stop, after)
        yield piece.line([(label.start(), stop), value] if after > stop else [(label.start(), stop)])


def _columns(text: str, at: int) -> tuple[list[tuple[int, int]], int]:
    """The heads that stand one after the other from `at` on, and where they end."""
    spans: list[tuple[int, int]] = []
    level = _levels().search(text, at)
    last = level.start() if level else len(text)
    while at < last:
        end = next((e for e in range(min(last, at + _LONGEST_HEAD), at + 1, -1) if _is_head(text[at:e])), None)
        if end is None:
            break
        spans.append((at, end))
        at = end
    return spans, at


def _is_head(text: str) -> bool:
    level = labels.level_of(text)
    return not (level and level.sure) and labels.head_of(text) is not None


def _body(piece: _Piece, start: int, kinds: list[str]) -> Iterator[Line]:
    """The indicators from `start` on, then whatever follows their end."""
    stop = _stop().search(piece.text, start)
    end = stop.start() if stop else len(piece.text)
    found = _level_marks(piece.text, start, end)
    ahead: list[tuple[int, int]] = []
    first = found[0].start() if found else end
    for span in rows_of(piece.text, start, first, kinds):
        yield piece.line(span)
    for k, label in enumerate(found):
        after = found[k + 1].start() if k + 1 < len(found) else end
        ahead.append(label.span())
        rows = rows_of(piece.text, label.end(), after, kinds)
        level = labels.level_of(label.group())
        if rows or (level and level.rank != 1):
            yield _spelt(piece.line([*ahead, *(rows[0] if rows else [(after, after)])]), len(ahead))
            yield from (piece.line(row) for row in rows[1:])
            ahead = []
    if stop:
        yield piece.line([stop.span(), (stop.end(), len(piece.text))])


def _spelt(line: Line, ahead: int) -> Line:
    """The labels in front of a row in full: 时效 → 时效指标."""
    cells = [
        c._replace(text=c.text + "指标") if i < ahead and _BARE_WORD.fullmatch(c.text) else c
        for i, c in enumerate(line.cells)
    ]
    return replace(line, cells=tuple(cells))


def _level_marks(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The level labels; without 指标 only those that the text does not also write in full."""
    marks = list(_levels().finditer(text, start, end))
    bare = [m for m in _BARE.finditer(text, start, end) if m.group() + "指标" not in text]
    inside = [m for m in bare if not any(a.start() <= m.start() < a.end() for a in marks)]
    return sorted([*marks, *inside], key=lambda m: m.start())


@cache
def _labels() -> re.Pattern[str]:
    stems = labels.vocabulary()["glued"]["labels"].pattern
    return re.compile(rf"(?:{stems})(?:[(（][^()（）\d]{{1,8}}[)）])?")


@cache
def _stop() -> re.Pattern[str]:
    pattern: re.Pattern[str] = labels.vocabulary()["glued"]["stop"]
    return pattern


@cache
def _levels() -> re.Pattern[str]:
    words = labels.vocabulary()
    stems = "|".join(rx.pattern for part in ("level2", "level1") for rx in words[part].values())
    return re.compile(
        rf"(?:{stems})(?:指标|目标|值)(?:等)?(?:[(（]\d+分?[)）])?"
        r"|(?:经济|社会|生态)效益(?=\D{3})|(?<=[^象众者人]满意度指标)服务对象满意度(?=\D{2})"
    )
