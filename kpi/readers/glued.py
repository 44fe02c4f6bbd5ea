"""Text that has lost its separators: the labels found in it, and what values look like, give the cells back."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise

from kpi.lazyre import HAN, later
from kpi.model import COST_LEVELS
from kpi.readers import labels
from kpi.readers.gluedasides import in_order
from kpi.readers.glueddoubt import is_doubtful
from kpi.readers.gluedhalves import apart, paired
from kpi.readers.gluedheads import LOOK, Heads, header, levels, runs
from kpi.readers.gluedlines import rejoined
from kpi.readers.gluedmarks import BARE, level_marks
from kpi.readers.gluedmoney import divided, thrice
from kpi.readers.gluedpieces import Piece, pieces
from kpi.readers.gluedreading import NAME, Span
from kpi.readers.gluedrows import is_mark, rows_of, says_nothing
from kpi.readers.gluedtext import state_behind, words
from kpi.readers.gluedvalues import goes_on, one_row
from kpi.readers.grid import ADRIFT, GLUED, NAME_COLUMN, Row
from kpi.readers.lines import Line
from kpi.values.traditional import simplified

_BLOCK = later(rf"(项目|年度)?绩效指标(?={HAN}{{2}}|$)")  # left of a block, amid its rows
_TWICE = later(r"(\d+?(?:\.\d+?)?)\1(?:\d{1,2}?)?\d{1,3}(?:\.\d+)?%|(\d+?(?:\.\d+?)?)\2(?![\d.%])")
_LEVEL_LIKE = later(rf"{HAN}{{2}}(?:指标|目标)(?![值)）完达的])|{HAN}{{2}}[(（]\d{{1,3}}分[)）]")
#: 项目年度绩效目标(定量指标)|制度指标|管理办法出台与否|15: a level of the form's own, a name and no value
_OWN_LEVEL = later(
    rf"(?:{HAN}{{2,10}}[(（]{HAN}{{2,6}}[)）])?(?P<level>{HAN}{{2,3}}指标)(?P<name>{HAN}{{4,24}})(?P<points>\d{{1,2}})"
)
_DATED = later(r"(?<!\d)20\d\d年度?[^,，。;；:：()（）\d]{0,24}$")  # 2027年省级水利 in front of 专项资金绩效目标表
_MISREAD_SLOT = later("(?:指标|目标)[LlI][:：]?")  # 指标1, its digit read as a letter
_SOURCES = later(rf"{HAN}{{2,10}}\d")  # 自筹资金1010100%合计5858100% behind the first source
_THREE_HEADS = later(r"年初预算数(?:全年|调整)预算数全年执行数?(?:分值)?执行率(?:得分)?$")
_HEADS = 40  # characters of heads in front of the total
#: the total, in front of what it is made of
_PARTS = later(r"(?<=元)[(（]其中[:：][^()（）]{2,80}[)）]")  # 1090万元(其中:上级资金:940万元;…)
_WHOLE = later(r"(?:[(（]万?元[)）])?\d[\d,]*(?:\.\d+)?(?:万?元)?(?![\d.,%％])")
_OF_WHICH = later(r"(?<=[\d元])其中[:：]?$")
_BEFORE = 40  # characters in front of a title
_LEAST_NAME = 4  # characters
_NEXT = 8  # lines
_FIGURE_ALONE = later(rf"\s*(?P<figure>\d{{2,8}}%?)\s*…*\s*(?:{HAN}{{2,16}}\Z)?")  # the file may end amid a label
_SEVERAL = 3  # levels
_BLOCK_POINTS = later(r"[(（]\d{1,3}分[)）]")
_FURTHER = later(r"\s*(?:\d{1,3}[.、])?项目名称[:：]?\S")
_LETTERS = later(f"{HAN}|[A-Za-z]")


def unglued(rows: Iterable[Row]) -> Iterator[Line]:
    """The rows of such a text as lines: label and value in pairs, the heads, one line an indicator."""
    heads: Heads | None = None
    last: tuple[Line, Heads] | None = None
    parts = list(rejoined(list(pieces(rows))))
    for number, piece in enumerate(parts):
        if isinstance(piece, Row):
            yield Line(piece.cells, piece.grid, packed=False)
            continue
        is_last = number == len(parts) - 1
        below = parts[number + 1 : number + _NEXT]
        levelled = any(isinstance(one, Piece) and levels().match(one.text) for one in below)
        at, size, all_runs = 0, len(piece.text), list(runs(piece.text))
        while at < size:
            found = next((run for run in all_runs if run.start >= at), None)
            if heads and not (found and found.start == at) and _goes_on(piece.text, at, levelled):
                end = _end_of_body(piece.text, at, found)
            elif found:
                yield from _head(piece, at, found.start)
                shown, heads, at = header(piece, found)
                last = shown, heads
                yield shown
                end = _end_of_body(piece.text, at, next((run for run in all_runs if run.start >= at), None))
            elif last and (again := _headless(piece.text, at)):
                yield from _head(piece, at, again)
                shown, heads = last
                yield shown
                at, end = again, _end_of_body(piece.text, again, None)
            else:
                heads = heads if labels.is_block_label(piece.text) else None
                yield from _head(piece, at, size)
                break
            rows_below = _body(piece, at, end, heads._replace(open=is_last and end == size), levelled)
            yield from (paired(rows_below) if heads.halves else rows_below)
            heads = heads if end == size else None
            at = end


def _goes_on(text: str, at: int, levelled: bool) -> bool:
    """Whether a text below the heads still holds indicators. `levelled`: a line below begins with a level."""
    if words("ends").match(text, at) or labels.matches("furniture", text[at : at + LOOK]):
        return False
    level = levels().search(text, at, at + LOOK)
    if level or levelled:
        return True
    return not (words("labels").match(text, at) or labels.is_block_label(text[at : at + LOOK]))


def _headless(text: str, at: int) -> int:
    """Where the rows of a further form begin with the heads of the form before it: 项目名称…得分10产出指标数量指标;
    0 where no such form begins."""
    if not _FURTHER.match(text, at):
        return 0
    marks = [mark.span() for mark in levels().finditer(text, at)]
    return next((a for (a, b), (c, _) in pairwise(marks) if b == c), 0)


def _end_of_body(text: str, at: int, found: Heads | None) -> int:
    """Where the indicators end: at a total, a note, the next form."""
    end = words("ends").search(text, at)
    return min([len(text), *([end.start()] if end else []), *([found.start] if found else [])])


def _head(piece: Piece, start: int, end: int) -> Iterator[Line]:
    """Labels and what follows each; a title on a line of its own."""
    for title in words("title").finditer(piece.text, start, end):
        before = _DATED.search(piece.text, max(title.start() - _BEFORE, start), title.start())
        begin = before.start() if before and "20" not in title.group() else title.start()
        yield from _fields(piece, start, begin)
        yield piece.line([(begin, title.end())])
        start = title.end()
    yield from _fields(piece, start, end)


def _fields(piece: Piece, start: int, end: int) -> Iterator[Line]:
    """Labels and what follows each, with nothing else between."""
    parts_of = [bracket.span() for bracket in _PARTS.finditer(piece.text, start, end)]
    found = [
        label
        for label in words("labels").finditer(piece.text, start, end)
        if not any(a < label.start() < b for a, b in parts_of)
    ]
    first = found[0].start() if found else end
    if first > start:
        yield piece.line([(start, first)])
    for k, label in enumerate(found):
        stop, after = label.end(), found[k + 1].start() if k + 1 < len(found) else end
        if k + 1 == len(found) and _BLOCK_POINTS.fullmatch(piece.text, stop, after) and labels.goal_of(label.group()):
            continue  # 年度绩效目标(80分) left of the heads: the points of all rows
        at = stop + (piece.text[stop : stop + 1] in ":：")
        parts = _three_amounts(piece.text, label, at, after) or divided(piece.text, at, after)
        twice = None if parts else _TWICE.match(piece.text, at, after)  # budget and result, one behind the other
        value = (at, at + len(twice.group(1) or twice.group(2))) if twice else (stop, after)
        whole = _WHOLE.match(piece.text, at, after) if labels.is_total(label.group()) and not parts else None
        if whole and whole.end() < after and not twice:
            yield piece.line([(label.start(), stop), whole.span()])
            yield piece.line([(whole.end(), after)])  # 其中:本级资金100万元: in words that the lists do not know
            continue
        ends = accumulate(map(len, parts), initial=at)
        values = list(pairwise(ends)) if parts else [_without_of_which(piece.text, *value)]
        yield piece.line([(label.start(), stop), *values] if after > stop else [(label.start(), stop)])
        if parts and (rest := values[-1][1]) < after and _SOURCES.match(piece.text, rest, after):
            yield piece.line([(rest, after)])  # nothing of it is known, and nothing is lost


def _three_amounts(text: str, label: re.Match[str], at: int, end: int) -> tuple[str, ...]:
    """The figures of the total where 年初, 全年 and 执行 head three columns of amounts."""
    before = text[max(0, label.start() - _HEADS) : label.start()]
    return thrice(text, at, end) if labels.is_total(label.group()) and _THREE_HEADS.search(before) else ()


def _without_of_which(text: str, start: int, end: int) -> tuple[int, int]:
    """1,290,000其中:|中央财政资金: the word belongs to what follows."""
    found = _OF_WHICH.search(text, start, end)
    return (start, found.start()) if found and found.start() > start else (start, end)


def _body(piece: Piece, start: int, end: int, heads: Heads, levelled: bool) -> Iterator[Line]:
    """The indicators from `start` on. `levelled`: whether a line below begins with a level."""
    found = level_marks(piece.text, start, end, halves=heads.halves)
    first = found[0].start() if found else end
    if start < first and not labels.is_block_label(piece.text[start:first]):
        if found and words("process").match(piece.text, start):
            pass  # how the project was decided on and run: no targets
        elif own := _OWN_LEVEL.fullmatch(piece.text, start, first) if "weight" in heads.kinds else None:
            yield _own_row(piece, own, heads.kinds)
        elif (found or levelled) and _LEVEL_LIKE.search(piece.text, start, first):  # one that the lists do not know
            yield Line((piece.cell(ADRIFT, start, first),), GLUED, packed=False)
        else:
            rows = list(_rows(piece, start, first, heads, []))
            whole = found or any(len(row.cells) > 1 or labels.TEMPLATE.fullmatch(row.cells[0].text) for row in rows)
            yield from (rows if whole else ())
    ahead: list[re.Match[str]] = []
    stops = [*(label.start() for label in found[1:]), end]
    figures = _figures_alone(piece.text, found, stops, heads.kinds)
    for k, (label, after) in enumerate(zip(found, stops, strict=False)):
        ahead.append(label)
        level = labels.level_of(label.group())
        if figure := figures.get(k):
            yield _line(piece, ahead, (figure,), heads)
            ahead = []
            continue
        rows = list(_rows(piece, label.end(), after, heads, ahead))
        if _only_adrift(rows):
            rows = [_with_labels(_line(piece, ahead, (), heads), rows)]
        if not rows and level and level.rank != 1 and not _heads_others(level, label.end(), found[k + 1 : k + 2]):
            rows = [_line(piece, ahead, (), heads)]
        if rows:
            yield from rows
            ahead = []
    if ahead and heads.open:  # the file breaks off behind a first level
        yield _line(piece, ahead, (), heads)
    stop = words("stop").match(piece.text, end)
    if stop:
        further = (words(key).search(piece.text, stop.end()) for key in ("title", "next"))
        rest = min((one.start() for one in further if one), default=len(piece.text))
        yield piece.line([stop.span(), (stop.end(), rest)])


def _figures_alone(
    text: str, found: Sequence[re.Match[str]], stops: Sequence[int], kinds: Sequence[str]
) -> Mapping[int, Span]:
    """数量指标92100质量指标92100…: the values of rows whose names the page has lost, by the label in front of each;
    none where the figures may be points, or only few labels have one."""
    if "value" not in kinds or not {"weight", "score", "number"}.isdisjoint(kinds):
        return {}
    told = [_FIGURE_ALONE.fullmatch(text, m.end(), stop) for m, stop in zip(found, stops, strict=False)]
    column = kinds.index("value")
    alone = {k: (column, *one.span("figure")) for k, one in enumerate(told) if one}
    return alone if len(alone) >= _SEVERAL and 2 * len(alone) > len(found) else {}


def _heads_others(level: labels.Level, end: int, following: Sequence[re.Match[str]]) -> bool:
    """成本指标 right in front of 经济成本指标: the first level of what follows, not one that nobody filled in."""
    second = labels.level_of(following[0].group()) if following and following[0].start() == end else None
    return level.rank != 2 and bool(second and second.two in COST_LEVELS[1:])


def _rows(piece: Piece, start: int, end: int, heads: Heads, ahead: Sequence[re.Match[str]]) -> Iterator[Line]:
    for block in [*_BLOCK.finditer(piece.text, start, end), None]:
        stop = at = block.start() if block else end
        rows = [
            row
            for a, b in (apart(piece.text, start, stop) if heads.halves else [(start, stop)])
            for row in rows_of(
                piece.text, a, b, heads.kinds, a_line=heads.lines, open_end=heads.open and b == len(piece.text)
            )
        ]
        if heads.lines and not heads.open and goes_on(piece.text, rows, stop, heads.kinds):
            whole = one_row(piece.text, start, stop)
            rows = [whole] if whole else []
        if rows:
            at = rows[-1][-1][2]
            for row in rows:
                if left := _left_over(piece, row):
                    for one in left:
                        yield _line(piece, ahead, (one,), heads)
                        ahead = ()
                    continue
                if is_doubtful(piece.text, row, heads.kinds):
                    yield Line((piece.cell(ADRIFT, row[0][1], row[-1][2]),), GLUED, packed=False)
                    continue
                yield _line(piece, ahead, row, heads)
                ahead = ()
        rest = start if not rows else at
        if _is_text(piece.text[rest:stop]):  # what belongs to no row is said to be unread
            yield Line((piece.cell(ADRIFT, rest, stop),), GLUED, packed=False)
        elif not (heads.open and stop == len(piece.text)):  # there, a name may follow on the next page
            for mark in labels.TEMPLATE.finditer(piece.text, rest, stop):
                yield _line(piece, ahead, ((NAME, *mark.span()),), heads)
                ahead = ()
        start = block.end() if block else end


def _own_row(piece: Piece, row: re.Match[str], kinds: Sequence[str]) -> Line:
    """A row under a level that the lists do not know: its name, the state that may end it, and its points."""
    start, end = row.span("name")
    behind = state_behind(row["name"], _LEAST_NAME) if "value" in kinds else 0
    state = start + behind if behind else end
    spans = {NAME_COLUMN - 1: row.span("level"), NAME_COLUMN: (start, state)}
    if behind:
        spans[NAME_COLUMN + 1 + kinds.index("value")] = (state, end)  # 资金管理办法|健全|10
    spans[NAME_COLUMN + 1 + kinds.index("weight")] = row.span("points")
    return Line(tuple(piece.cell(column, *spans[column]) for column in sorted(spans)), GLUED, packed=False)


def _left_over(piece: Piece, row: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """指标1:指标2:…… as a name: printed rows that nobody filled in, each by itself."""
    (column, start, end), *more = row
    marks = [] if more or column != NAME else [m.span() for m in labels.TEMPLATE.finditer(piece.text, start, end)]
    return [(NAME, a, b) for a, b in marks] if sum(b - a for a, b in marks) == end - start else []


def _only_adrift(rows: Sequence[Line]) -> bool:
    return bool(rows) and all(c.column == ADRIFT for row in rows for c in row.cells)


def _with_labels(labels_alone: Line, rows: Sequence[Line]) -> Line:
    """Words that are no row, behind the labels that stand in front of them."""
    return Line((*labels_alone.cells, *(c for row in rows for c in row.cells)), GLUED, packed=False)


def _is_text(text: str) -> bool:
    """Whether a text says anything: 指标1:指标2: are lines that nobody filled in, and so is 无 alone."""
    text = _MISREAD_SLOT.sub("", labels.SLOT.sub("", text))
    return bool(_LETTERS.search(text)) and not is_mark(text) and not says_nothing(text)


def _line(piece: Piece, ahead: Sequence[re.Match[str]], row: Sequence[tuple[int, int, int]], heads: Heads) -> Line:
    """One row: the labels in front of it, in full (时效 → 时效指标), and its cells below their heads."""
    first = NAME_COLUMN - min(len(ahead), 2)
    cells = [piece.cell(first + k, *mark.span()) for k, mark in enumerate(ahead[-2:])]
    cells = [c._replace(text=c.text + "指标") if BARE.fullmatch(simplified(c.text)) else c for c in cells]
    for column, a, b in row:
        cell = piece.cell(NAME_COLUMN if column == NAME else NAME_COLUMN + 1 + column, a, b)
        is_nature = column != NAME and heads.kinds[column] == "nature"
        cells.append(cell._replace(text=in_order(cell.text)) if is_nature else cell)
    if heads.halves:
        return Line(tuple(c._replace(column=k) for k, c in enumerate(cells)), None, packed=True)
    return Line(tuple(cells), GLUED, packed=False)
