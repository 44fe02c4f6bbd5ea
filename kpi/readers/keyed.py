"""Lines that say of each cell what it is (指标类型:数量指标 指标名称:办案件数 指标值:≥280件), and lines that begin with
their second level (数量指标 清扫面积 ≥312万平方米) without heads above them."""

from collections import Counter
from collections.abc import Sequence

from kpi.lazyre import HAN, later
from kpi.readers import labels
from kpi.readers.grid import GridCell, Row
from kpi.readers.match import kind_of
from kpi.values.normal import MARKS

_KEY = later(rf"(?:^|(?<=[\s;；,，]))({HAN}{{2,8}})[:：]")
_COLON = later("[:：]")
_PAIR = later(
    rf"(?:[(（]?\d{{1,2}}[)）.、．]|指标\d{{1,2}}[:：])?\s*(?P<name>[^:：{MARKS}\d][^:：{MARKS}]{{1,38}}?)\s*(?:[:：]\s*|(?=[{MARKS}]|\d{{4}}年)|(?<=率)(?=\d))"
    r"(?P<value>[^:：]{1,40}?)[;；。]?"
)
_COUNTED = later(r"(?:指标|目标)\d{1,2}[:：]\s*(?P<name>\S.{1,38}?)(?:\s{2,}|\t)\s*(?P<value>\S.{0,30}?)[;；。]?")
_FIRST = later(r"^[一二]级(?:绩效)?指标[:：]\s*")
_LEAST = 3  # lines of one kind
_KEYS = 8
_LONGEST = 300  # characters of such a line
_MARKS = 2  # colons
_PARTS = 3  # level, name, value


def keyed(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows with such lines as rows of cells, under a row of heads where lines name them."""
    return _led(_coloned(_below_levels(_labelled(rows))))


def _alone(row: Row) -> GridCell | None:
    return row.cells[0] if len(row.cells) == 1 and 0 < len(row.cells[0].text) <= _LONGEST else None


def _labelled(rows: Sequence[Row]) -> Sequence[Row]:
    keys = [_keys(row) for row in rows]
    counts = Counter(one for one in keys if one)
    told = {one for one, count in counts.items() if count >= _LEAST}
    if not told:
        return rows
    made: list[Row] = []
    last: tuple[str, ...] = ()
    for row, own in zip(rows, keys, strict=True):
        if own not in told:
            made.append(row)
            last = last if not row.cells[0].text else ()
            continue
        cell = row.cells[0]
        marks = list(_KEY.finditer(cell.text))
        if own != last:
            heads = (GridCell(_head(m[1]), k, cell.location.after(m.start())) for k, m in enumerate(marks))
            made.append(Row(tuple(heads), 0, row.location))
        ends = [*(m.start() for m in marks[1:]), len(cell.text)]
        cells = (
            GridCell(cell.text[m.end() : end].strip(" ;；,，"), k, cell.location.after(m.end()))
            for k, (m, end) in enumerate(zip(marks, ends, strict=True))
        )
        made.append(Row(tuple(cells), 0, row.location))
        last = own
    return made


def _head(key: str) -> str:
    """指标类型 in front of a name is that of its second level."""
    return "二级指标" if labels.head_of(key) == "level1" else key


def _keys(row: Row) -> tuple[str, ...]:
    """The labels of a line, where they are heads of indicators; () where it has no name and value among them."""
    cell = _alone(row)
    if cell is None or cell.text.count(":") + cell.text.count("：") < _MARKS:
        return ()
    found = tuple(m[1] for m in _KEY.finditer(cell.text))
    kinds = [labels.head_of(key) for key in found[:_KEYS]]
    return found if {"name", "value"} <= {*kinds} and None not in kinds else ()


def _led(rows: Sequence[Row]) -> Sequence[Row]:
    led = [_level_first(row) for row in rows]
    lines = sum(parts is not None for parts in led)
    refused = (row for row, parts in zip(rows, led, strict=True) if parts is None)
    if lines < _LEAST or any(map(_is_led, refused)) or any(map(_is_headed, rows)):
        return rows
    return _as_rows(rows, led)


def _coloned(rows: Sequence[Row]) -> Sequence[Row]:
    """数量指标:清扫面积:≥312万平方米, each on a line of its own."""
    parts = [_told(told) if cell and len(told := _colons(cell.text)) == _PARTS else None for cell in map(_alone, rows)]
    return _as_rows(rows, parts) if sum(part is not None for part in parts) >= _LEAST else rows


def _below_levels(rows: Sequence[Row]) -> Sequence[Row]:
    """清扫面积：≥312万平方米, each on a line of its own below the line of its second level; all of them or none."""
    parted: list[tuple[str, ...] | None] = []
    heads: set[int] = set()
    level, at, count = "", 0, 0
    for k, row in enumerate(rows):
        cell = _alone(row)
        text = _FIRST.sub("", cell.text.strip().rstrip(":：")) if cell else ""
        if pair := _pair_of(cell.text.strip()) if cell and level else None:
            parted.append((level, *pair))
            heads.add(at)
            count += 1
            continue
        told = labels.level_of(text) if text and labels.is_level(text) else None
        if level and told is None and "满意" not in level:
            return rows  # not each of its lines is one
        level, at = (text, k) if told and (told.rank != 1 or told.one == "满意度指标") else ("", k)
        parted.append(None)
    if count < _LEAST or any(map(_is_headed, rows)):
        return rows
    made = [_unheaded(row) for row in _as_rows(rows, parted)]
    return [row for k, row in enumerate(made) if k not in heads]


def _pair_of(text: str) -> tuple[str, str] | None:
    """Name and value of a line; what is counted may have any value behind two blanks (指标3：小景点、大民生    是)."""
    if counted := _COUNTED.fullmatch(text):
        return counted["name"], counted["value"]
    pair = _PAIR.fullmatch(text)
    told = pair and kind_of(pair["value"]) in ("value", "points") and labels.head_of(pair["name"]) is None
    return (pair["name"], pair["value"]) if pair and told else None


def _unheaded(row: Row) -> Row:
    """一级指标：产出指标: the level alone."""
    cell = _alone(row)
    lead = _FIRST.match(cell.text.strip()) if cell else None
    level = cell.text.strip()[lead.end() :].rstrip(":：") if cell and lead else ""
    if not cell or not labels.is_level(level):
        return row
    return row._replace(cells=(cell._replace(text=level, location=cell.location.after(cell.text.find(level))),))


def _colons(text: str) -> list[str]:
    return [part.strip() for part in _COLON.split(text, _PARTS)]


def _as_rows(rows: Sequence[Row], parted: Sequence[tuple[str, ...] | None]) -> list[Row]:
    made: list[Row] = []
    for row, parts in zip(rows, parted, strict=True):
        cell = row.cells[0]
        if parts is None:
            made.append(row)
            continue
        places = (cell.location.after(max(cell.text.find(part), 0)) for part in parts)
        cells = tuple(GridCell(part, k, at) for k, (part, at) in enumerate(zip(parts, places, strict=True), 1))
        made.append(Row(cells, 0, row.location))
    return made


def _has_marks(text: str) -> bool:
    """Whether a text holds a sign or a semicolon: more than a name."""
    return any(mark in text for mark in f"{MARKS};；")


def _is_led(row: Row) -> bool:
    """Whether a line begins with a second level and says more, but is no row of three parts."""
    cell = _alone(row)
    parts = cell.text.split() if cell else []
    return len(parts) > 1 and labels.is_level(parts[0]) and not labels.is_level(parts[1])


def _is_headed(row: Row) -> bool:
    words = (word for cell in row.cells[:_KEYS] if len(cell.text) < _LONGEST for word in cell.text.split()[:_KEYS])
    return any(labels.head_of(word) == "name" for word in words)


def _level_first(row: Row) -> tuple[str, ...] | None:
    """Level, name and value of a line; None for any other."""
    cell = _alone(row)
    return _told(cell.text.split()) if cell else None


def _told(parts: Sequence[str]) -> tuple[str, ...] | None:
    level = labels.level_of(parts[0]) if len(parts) >= _PARTS else None
    if level is None or not level.sure or (level.rank == 1 and level.one != "满意度指标"):
        return None
    if labels.SLOT.fullmatch(parts[1]):
        return None  # 数量指标:指标1:…: a list in running text
    values = [kind_of(part) in ("value", "number", "sign", "points") or _has_marks(part) for part in parts[1:]]
    last = values[-1] or kind_of(parts[-1]) in ("words", "unit")
    if labels.is_level(parts[1]) or any(values[:-1]) or not last:
        return None
    return parts[0], " ".join(parts[1:-1]), parts[-1]
