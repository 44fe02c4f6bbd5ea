"""Rows made ready for recognition: lines split at blanks that separate labels, labels in pieces joined."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kpi.lazyre import later
from kpi.readers import headwords, labels, money
from kpi.readers.barred import unsplit
from kpi.readers.edges import without_edges
from kpi.readers.grid import GridCell, Row
from kpi.readers.keyed import keyed
from kpi.readers.readings import without_readings
from kpi.readers.rownumbers import without_numbers
from kpi.readers.watermarks import without_watermarks
from kpi.values.normal import MARKS

_SIGNED = later(rf"[{MARKS}]{{1,2}}"), later(r"\d\S*")
_MEASURES = later(r"(?:改进|整改)措施[:：]\S")
_REASON = later(r"^[^:：]{8,}[。;；]$")
_SHORT = 10  # characters of a label between amounts
_GOES_ON = ",，、;；"  # a cell does not end with these
_LONGEST = 20_000  # characters of one line that are divided at blanks
_ROLLED = 25  # cells of one line; more is a whole form
_BROKEN = 12  # lines of one cell
_BARS = 4  # bars of a line that are no blank cells
_HEADS = 3  # of one line, the name's among them
_HEADED_ROW = 8  # cells of a row; one that holds its heads and the first row below them has more
_HEADED = 2_000  # cells of one line; more is no line of heads
_PAIR = 2
_HALVES = 4  # cells: a label and an amount in each
_LONGEST_SOURCE = 12  # characters of what a source of money is called
_PIECES = 5  # 绩/效/指/标 and one to spare
_SCORED = later(r"标[(（]\d")
_ENDINGS = ("指标", "目标")
_MONEY = re.compile("资金|拨款|补助|结转|收入")
_YEAR = re.compile(r"20\d\d")
_PART = re.compile(r"\S+")


@dataclass(slots=True, eq=False)  # frozen, it would take twice as long to make; nobody changes one
class Line:
    """A row of cells. `packed`: the file gives no columns here, so a cell's place in the row says nothing."""

    cells: tuple[GridCell, ...]
    grid: int | None
    packed: bool
    filled: tuple[GridCell, ...] = ()  # the cells that hold text
    memo: dict[str, bool] = field(init=False, repr=False, compare=False, default_factory=dict)  # what is asked often

    def __post_init__(self) -> None:
        self.filled = tuple([c for c in self.cells if c.text])


def prepare(rows: Iterable[Row]) -> list[Line]:
    """All rows as lines."""
    from kpi.readers.gluedlook import is_glued  # noqa: PLC0415 - it makes lines, too
    from kpi.readers.rejoined import joined  # noqa: PLC0415

    rows = unsplit(without_numbers(without_readings(without_edges(without_watermarks(rows)))))
    if is_glued(rows):
        from kpi.readers.glued import unglued  # noqa: PLC0415 - a dozen modules, for few files

        return list(unglued(rows))
    return joined(list(_split(_unbroken(_single(list(_reasons(keyed(rows))))))))


def _reasons(rows: Iterable[Row]) -> Iterator[Row]:
    """8月强降雨，设备撤场。, and below it 改进措施:倒排工期: one cell of the reasons, a line of a page each."""
    last: Row | None = None
    for row in rows:
        goes_on = row.grid is None and len(row.cells) == 1 and _MEASURES.match(row.cells[0].text)
        if goes_on and last and last.grid is None and len(last.cells) == 1 and _REASON.search(last.cells[0].text):
            text = f"{last.cells[0].text}\n{row.cells[0].text}"
            last = last._replace(cells=(last.cells[0]._replace(text=text),))
            continue
        if last:
            yield last
        last = row
    if last:
        yield last


def _single(rows: Sequence[Row]) -> Iterator[Row]:
    """In a text of one cell and one bar a line, "good | |" is two cells, the second one blank; more bars only end a row
    whose merged cells have been left out."""
    for i, row in enumerate(rows):
        if len(row.cells) > 1 and row.grid is not None and _is_thin(row) and _stands_alone(rows, i):
            kept = row.cells if len(row.cells) < _BARS else row.cells[:1]
            yield from (row._replace(cells=(c._replace(column=0),)) for c in kept)
        else:
            yield row


def _stands_alone(rows: Sequence[Row], i: int) -> bool:
    """Whether the rows around one hold a cell each."""
    around = [*rows[max(i - 2, 0) : i], *rows[i + 1 : i + 2]]
    thin = len(around) >= 2 + (i + 1 < len(rows)) and all(r.grid is not None and _is_thin(r) for r in around)
    return thin and all(len(r.cells) == 1 for r in around[1:])  # rows of two cells end every other line


def _is_thin(row: Row) -> bool:
    return not any(c.text for c in row.cells[1:])


def _unbroken(rows: Iterable[Row]) -> Iterator[Row]:
    """In a text of one cell and one bar a line, lines without a bar are the beginning of the cell that follows."""
    before: list[Row] = []
    barred = False
    for row in rows:
        if barred and row.grid is None and len(row.cells) == 1 and row.cells[0].text and len(before) < _BROKEN:
            before.append(row)
            continue
        single = row.grid is not None and len(row.cells) == 1
        title = max((k + 1 for k, r in enumerate(before) if labels.is_title(r.cells[0].text)), default=0)
        yield from before[:title]
        before = before[title:]
        if before and single and row.cells[0].text:
            text = "\n".join(r.cells[0].text for r in (*before, row))
            yield row._replace(cells=(before[0].cells[0]._replace(text=text),), location=before[0].location)
        else:
            yield from before
            yield row
        before, barred = [], single and row.location.line is not None
    yield from before


def _split(rows: Iterable[Row]) -> Iterator[Line]:
    spaced = rolled = False
    for row in rows:
        if len(row.cells) != 1:
            spaced = rolled = False
            yield from _row_apart(row)
            continue
        cell = row.cells[0]
        parts = _parts(cell.text) if len(cell.text) < _LONGEST else []
        kinds = headwords.heads_in([p for _, p in parts]) if len(parts) < _HEADED else []
        heads = sum(kind in ("level1", "level2", "name") for kind in kinds)
        heads += kinds.count("value") if kinds[:1] == ["level1"] and "name" in kinds else 0
        wide = heads == 1 and kinds[0] == "name" and sum(map(bool, kinds)) >= _HEADS  # the levels' heads broke off
        spaced = (spaced or heads > 1 or wide) and not labels.is_title(cell.text)
        whole = len(parts) < 2 or (labels.is_known(cell.text) and not spaced)
        cells = (cell,) if whole else _cells(cell, parts, spaced)
        rolled = spaced and (rolled or (heads > 1 and len(cells) > _ROLLED))
        yield from _unrolled(cells) if rolled else _heads_apart(cells, row.grid, heads > 1)


def _row_apart(row: Row) -> Iterator[Line]:
    """A row of cells; where it goes on behind its heads with the levels of the first row, that one stands by itself."""
    kinds = [labels.head_of(c.text) for c in row.cells] if len(row.cells) > _HEADED_ROW else []
    last = max((at for at, kind in enumerate(kinds) if kind), default=-1)
    told = len({"level1", "level2", "name"} & set(kinds)) == _HEADS and row.grid is not None
    if told and last + 2 < len(kinds) and all(labels.is_level(c.text) for c in row.cells[last + 1 : last + 3]):
        first = [c._replace(column=at) for at, c in enumerate(row.cells[last + 1 :])]
        yield Line(row.cells[: last + 1], row.grid, packed=False)
        yield Line(tuple(first), row.grid, packed=False)
    else:
        yield Line(row.cells, row.grid, packed=False)


def _heads_apart(cells: Sequence[GridCell], grid: int | None, headed: bool) -> Iterator[Line]:
    """A line of cells; where it holds heads and then a level, the first row stands behind its heads."""
    last = max((i for i, c in enumerate(cells) if labels.head_of(c.text)), default=-1) if headed else -1
    level = next((i for i, c in enumerate(cells) if i > last and labels.is_level(c.text)), None) if last > 0 else None
    if level is None or any(labels.is_level(c.text) for c in cells[: last + 1]):
        yield Line(tuple(cells), grid, packed=True)
        return
    yield Line(tuple(cells[:level]), grid, packed=True)
    yield Line(tuple(c._replace(column=k) for k, c in enumerate(cells[level:])), grid, packed=True)


def _unrolled(cells: Sequence[GridCell]) -> Iterator[Line]:
    """A whole form on one line, or on a few: its heads are one line, every other cell is one of its own."""
    core = (i for i, c in enumerate(cells) if labels.head_of(c.text) in ("level1", "level2", "name"))
    first = next(core, len(cells))
    last = first
    while last < len(cells) and (_is_head(cells, first, last) or _is_slid(cells, first, last)):
        last += 1
    found = [k for k in range(first, last) if _is_head(cells, first, k)]
    heads, levels = [cells[k] for k in found], [cells[k] for k in range(first, last) if k not in found]
    places = last
    while places < len(cells) and headwords.is_place(cells[places].text):
        places += 1
    grades = last
    while grades < len(cells) and headwords.grade_of(cells[grades].text):
        grades += 1
    places = grades if grades - last > 1 else places
    if places - last > 1 and places < len(cells) and labels.is_level(cells[places].text):  # a column for each village
        heads, last = [*heads, *cells[last:places]], places
    for i, cell in enumerate(cells):
        if i == first:
            yield Line(tuple(c._replace(column=k) for k, c in enumerate(heads)), None, packed=True)
            yield from (Line((c._replace(column=0),), None, packed=True) for c in levels)
        elif not first < i < last:
            yield Line((cell._replace(column=0),), None, packed=True)


def _is_head(cells: Sequence[GridCell], first: int, at: int) -> bool:
    kinds = headwords.heads_in([c.text for c in cells[first : at + 1]])
    return kinds[-1] is not None and not labels.is_level(cells[at].text)


def _is_slid(cells: Sequence[GridCell], first: int, at: int) -> bool:
    """数量指标 amid the heads: the label of the first row, which a merged cell has moved up."""
    return at + 1 < len(cells) and labels.is_level(cells[at].text) and _is_head(cells, first, at + 1)


def _cells(cell: GridCell, parts: list[tuple[int, str]], spaced: bool) -> tuple[GridCell, ...]:
    if not spaced and len(parts) > 2 and labels.is_money_unit(parts[0][1]) and labels.is_total(parts[1][1]):
        unit, rest = _piece(cell, 0, *parts[0]), _cells(cell, parts[1:], spaced)
        return unit, *(c._replace(column=k) for k, c in enumerate(rest, 1))  # (万元) below 项目资金
    known = sum(_opens(p) for _, p in parts)
    if spaced or known > 1 or (known and _alternate([text for _, text in parts])) or _in_halves(parts):
        return tuple(_piece(cell, i, at, text) for i, (at, text) in enumerate(parts))
    if len(parts) <= _HALVES and _levelled([text for _, text in parts]):
        return tuple(_piece(cell, i, at, text) for i, (at, text) in enumerate(parts))
    if (known and _opens(parts[0][1])) or _priced(parts):
        if _figures([text for _, text in parts[1:]]):
            return tuple(_piece(cell, i, at, text) for i, (at, text) in enumerate(parts))
        if len(parts) > 2 and labels.is_total(parts[0][1]) and money.is_amount(parts[1][1]):  # then other cells
            return tuple(_piece(cell, i, at, text) for i, (at, text) in enumerate(parts))
        at = parts[1][0]
        return _piece(cell, 0, parts[0][0], parts[0][1]), _piece(cell, 1, at, cell.text[at:])
    return (cell,)


def _figures(texts: Sequence[str]) -> bool:
    """Amounts and shares, or amounts each behind a word: 25 25 100%, 6.84 到位数 6.84."""
    amounts = [money.is_amount(text) or text.endswith("%") or text in ("-", "—") for text in texts]
    if all(amounts):
        return True
    words = [text for text, amount in zip(texts, amounts, strict=True) if not amount]
    return (
        sum(amounts) > 1 and all(amounts[::2]) and all(len(word) <= _SHORT and word[0] not in "(（" for word in words)
    )


def _alternate(texts: Sequence[str]) -> bool:
    """Labels and amounts in turn: 预算执行率权重 10 当年预算 186.00 上级补助 0.00."""
    words = [text for text in texts[::2] if len(text) <= _LONGEST_SOURCE and not any(map(str.isdigit, text))]
    return len(texts) > _PAIR and 2 * len(words) == len(texts) and all(map(money.is_amount, texts[1::2]))


def _levelled(texts: Sequence[str]) -> bool:
    """质量指标 设备合格率: a level written in full, and a name behind it, and its value perhaps."""
    first, *rest = texts
    level = labels.level_of(first)
    named = (
        bool(rest)
        and rest[0][0] not in "(（"
        and not labels.is_level(rest[0])
        and not labels.head_of(rest[0])
        and not money.is_amount(rest[0])
    )
    return level is not None and level.rank != 1 and first.endswith("指标") and named


def _in_halves(parts: Sequence[tuple[int, str]]) -> bool:
    """单位自筹 0 单位自筹 0: a source of money and its amount, in either half of the form, or once for each of what was
    budgeted, paid in and spent."""
    texts = [text for _, text in parts]
    return len(texts) >= _HALVES and len(set(texts[::2])) == 1 and _alternate(texts)


def _opens(text: str) -> bool:
    return bool(labels.field_of(text) or labels.goal_of(text)) or labels.is_total(text) or text.startswith("其中")


def _priced(parts: list[tuple[int, str]]) -> bool:
    """A short label and an amount, or several where it is one of money: a source of money on a line of its own."""
    if len(parts) < _PAIR or len(parts[0][1]) > _LONGEST_SOURCE or re.search(r"\d", parts[0][1]):
        return False
    amounts = (money.is_amount(text) or text.endswith("%") for _, text in parts[1:])
    return all(amounts) if _MONEY.search(parts[0][1]) else len(parts) == _PAIR and money.is_amount(parts[1][1])


def _piece(cell: GridCell, index: int, at: int, text: str) -> GridCell:
    return GridCell(text, index, cell.location.after(at))


def _parts(text: str) -> list[tuple[int, str]]:
    """The blank-separated parts; blanks inside brackets do not separate."""
    parts: list[tuple[int, str]] = []
    depth = 0
    for match in _PART.finditer(text):
        part = match.group()
        before = parts[-1][1] if parts else ""
        goes_on = before[-1:] in _GOES_ON or (labels.SLOT.fullmatch(before) and not part[0].isdigit())
        of_year = part[0] == "年" and _YEAR.fullmatch(before)  # 2027 年渡口管护补助
        if parts and (depth > 0 or labels.is_money_unit(part) or goes_on or of_year):
            at = parts[-1][0]
            parts[-1] = (at, text[at : match.end()])
        else:
            parts.append((match.start(), part))
        depth += sum(part.count(c) for c in "(（【[") - sum(part.count(c) for c in ")）】]")
        depth = max(depth, 0)
    if len(parts) == len(_SIGNED) and all(look.fullmatch(part) for look, (_, part) in zip(_SIGNED, parts, strict=True)):
        return [(parts[0][0], text[parts[0][0] :])]  # ≥ 300元 as all of a line
    return _relabelled(parts)


def _relabelled(parts: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The parts, with labels in one again whose characters stand apart: 产 出 指 标, 绩 效 指 标."""
    made: list[tuple[int, str]] = []
    at = 0
    while at < len(parts):
        width = 1
        if len(parts[at][1]) == 1:
            texts = [text for _, text in parts[at : at + _PIECES]]
            count = next((k for k, text in enumerate(texts) if len(text) > 1), len(texts))
            count += count < len(texts) and bool(_SCORED.match(texts[count]))  # 产 出 指 标(40分)
            widths = range(count, 2, -1)
            width = next((w for w in widths if _whole("".join(text for _, text in parts[at : at + w]))), 1)
        elif [text for _, text in parts[at + 1 : at + 3]] == ["指", "标"] and labels.is_level(f"{parts[at][1]}指标"):
            width = 3  # 满意度 指 标
        elif at + 1 < len(parts) and parts[at + 1][1] in _ENDINGS and parts[at][1][-2:] not in _ENDINGS:
            whole = parts[at][1] + parts[at + 1][1]  # 一级 指标, 经济效益 指标
            width = 2 if labels.is_level(whole) or labels.head_of(whole) in ("level1", "level2", "name") else 1
        made.append((parts[at][0], "".join(text for _, text in parts[at : at + width])))
        at += width
    return made


def _whole(text: str) -> bool:
    return labels.is_level(text) or labels.is_block_label(text)
