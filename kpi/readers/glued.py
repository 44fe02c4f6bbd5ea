"""Text that has lost its separators: the labels found in it, and what values look like, give the cells back."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

from kpi.readers import labels
from kpi.readers.gluedheads import LOOK, NAME_COLUMN, Heads, header, levels, runs, runs_on, words
from kpi.readers.gluedmoney import divided
from kpi.readers.gluedpieces import Piece, pieces
from kpi.readers.gluedrows import NAME, rows_of
from kpi.readers.grid import GLUED, Row
from kpi.readers.lines import Line

_BLOCK = re.compile("(项目|年度)?绩效指标(?=[\u4e00-\u9fff]{2}|$)")  # left of a block, amid its rows
_BARE_WORD = re.compile("数量|质量|时效|成本|可持续性|可持续影响")
_BARE = re.compile(rf"(?<=[\d%元])({_BARE_WORD.pattern})(?=\D{{2}}|\d年)")  # 指标 left out behind a whole row
_TWICE = re.compile(r"(\d+?(?:\.\d+?)?)\1(?:\d{1,2}?)?\d{1,3}(?:\.\d+)?%|(\d+?(?:\.\d+?)?)\2(?!\d)")
_LEAST_PARTS = 3  # of a text with blanks inside its heads
_LEAST_RUN = 100  # characters of such a text: the whole form, or a page of it
_LEAST_BETWEEN = 3  # places between heads
_BRACKETED = 40  # characters that a bracket may hold


def is_glued(rows: Iterable[Row]) -> bool:
    """Whether the heads of a form stand in running text with nothing between them."""
    return any(
        len(row.cells) == 1 and row.grid is None and _is_run(row.cells[0].text[: Piece.LONGEST])
        for row in rows
        if "指" in row.cells[0].text and "标" in row.cells[0].text
    )


def _is_run(text: str) -> bool:
    """Heads in one word; or blanks inside the heads (一级 指标二级 指标) and hardly any between them."""
    parts = text.split()
    if any(next(runs(part), None) or runs_on(part) for part in parts if "指标" in part):
        return True
    if len(parts) < _LEAST_PARTS or len(text) < _LEAST_RUN:
        return False
    ends = set(accumulate(map(len, parts)))  # where white space stood
    for run in runs("".join(parts)):
        between = [start for start, _ in run.spans[1:]]
        if len(between) >= _LEAST_BETWEEN and 4 * sum(at in ends for at in between) <= len(between):
            return True
    return False


def unglued(rows: Iterable[Row]) -> Iterator[Line]:
    """The rows of such a text as lines: label and value in pairs, the heads, one line an indicator."""
    heads: Heads | None = None
    for piece in pieces(rows):
        if isinstance(piece, Row):
            yield Line(piece.cells, piece.grid, packed=False)
            continue
        at, size, all_runs = 0, len(piece.text), list(runs(piece.text))
        while at < size:
            found = next((run for run in all_runs if run.start >= at), None)
            if heads and not (found and found.start == at) and _goes_on(piece.text, at):
                end = _end_of_body(piece.text, at, found)
            elif found:
                yield from _head(piece, at, found.start)
                shown, heads, at = header(piece, found)
                yield shown
                end = _end_of_body(piece.text, at, next((run for run in all_runs if run.start >= at), None))
            else:
                heads = heads if labels.is_block_label(piece.text) else None
                yield from _head(piece, at, size)
                break
            yield from _body(piece, at, end, heads)
            heads = heads if end == size else None
            at = end


def _goes_on(text: str, at: int) -> bool:
    """Whether a text below the heads still holds indicators."""
    if words("ends").match(text, at) or labels.matches("furniture", text[at : at + LOOK]):
        return False
    level = levels().search(text, at, at + LOOK)
    return bool(level) or not (words("labels").match(text, at) or labels.is_block_label(text[at : at + LOOK]))


def _end_of_body(text: str, at: int, found: Heads | None) -> int:
    """Where the indicators end: at a total, a note, the next form."""
    end = words("ends").search(text, at)
    return min([len(text), *([end.start()] if end else []), *([found.start] if found else [])])


def _head(piece: Piece, start: int, end: int) -> Iterator[Line]:
    """Labels and what follows each; a title on a line of its own."""
    for title in words("title").finditer(piece.text, start, end):
        yield from _fields(piece, start, title.start())
        yield piece.line([title.span()])
        start = title.end()
    yield from _fields(piece, start, end)


def _fields(piece: Piece, start: int, end: int) -> Iterator[Line]:
    """Labels and what follows each, with nothing else between."""
    found = list(words("labels").finditer(piece.text, start, end))
    first = found[0].start() if found else end
    if first > start:
        yield piece.line([(start, first)])
    for k, label in enumerate(found):
        stop, after = label.end(), found[k + 1].start() if k + 1 < len(found) else end
        at = stop + (piece.text[stop : stop + 1] in ":：")
        twice = _TWICE.match(piece.text, at, after)  # budget and result, one behind the other
        value = (at, at + len(twice.group(1) or twice.group(2))) if twice else (stop, after)
        parts = () if twice else divided(piece.text, at, after)
        ends = accumulate(map(len, parts), initial=at)
        values = list(pairwise(ends)) if parts else [value]
        yield piece.line([(label.start(), stop), *values] if after > stop else [(label.start(), stop)])


def _body(piece: Piece, start: int, end: int, heads: Heads) -> Iterator[Line]:
    """The indicators from `start` on."""
    found = _level_marks(piece.text, start, end)
    first = found[0].start() if found else end
    if start < first and not labels.is_block_label(piece.text[start:first]):
        rows = list(_rows(piece, start, first, heads, []))
        yield from (rows if found or any(len(row.cells) > 1 for row in rows) else ())
    ahead: list[re.Match[str]] = []
    for k, label in enumerate(found):
        after = found[k + 1].start() if k + 1 < len(found) else end
        ahead.append(label)
        level = labels.level_of(label.group())
        rows = list(_rows(piece, label.end(), after, heads, ahead))
        if not rows and level and level.rank != 1:
            rows = [_line(piece, ahead, (), heads)]
        if rows:
            yield from rows
            ahead = []
    stop = words("stop").match(piece.text, end)
    if stop:
        rest = words("title").search(piece.text, stop.end())
        yield piece.line([stop.span(), (stop.end(), rest.start() if rest else len(piece.text))])


def _rows(piece: Piece, start: int, end: int, heads: Heads, ahead: Sequence[re.Match[str]]) -> Iterator[Line]:
    for block in [*_BLOCK.finditer(piece.text, start, end), None]:
        for row in rows_of(piece.text, start, block.start() if block else end, heads.kinds, heads.lines):
            yield _line(piece, ahead, row, heads)
            ahead = ()
        start = block.end() if block else end


def _line(piece: Piece, ahead: Sequence[re.Match[str]], row: Sequence[tuple[int, int, int]], heads: Heads) -> Line:
    """One row: the labels in front of it, in full (时效 → 时效指标), and its cells below their heads."""
    first = NAME_COLUMN - min(len(ahead), 2)
    cells = [piece.cell(first + k, *mark.span()) for k, mark in enumerate(ahead[-2:])]
    cells = [c._replace(text=c.text + "指标") if _BARE_WORD.fullmatch(c.text) else c for c in cells]
    for column, a, b in row:
        cells.append(piece.cell(NAME_COLUMN if column == NAME else NAME_COLUMN + 1 + column, a, b))
    if heads.halves:
        return Line(tuple(c._replace(column=k) for k, c in enumerate(cells)), None, packed=True)
    return Line(tuple(cells), GLUED, packed=False)


def _level_marks(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The level labels; without 指标 only those that the text does not also write in full."""
    marks = [m for m in levels().finditer(text, start, end) if not _in_brackets(text, m.start())]
    full = {word for word in ("数量", "质量", "时效", "成本", "可持续性", "可持续影响") if word + "指标" in text}
    covered = {at for m in marks for at in range(*m.span())}
    bare = [m for m in _BARE.finditer(text, start, end) if m.group() not in full and m.start() not in covered]
    return sorted([*marks, *bare], key=lambda m: m.start())


def _in_brackets(text: str, at: int) -> bool:
    """(经济效益、社会效益等方面的指标): words about levels, none of which begins a row."""
    before = text[max(at - _BRACKETED, 0) : at]
    return max(before.rfind("("), before.rfind("（")) > max(before.rfind(")"), before.rfind("）"))
