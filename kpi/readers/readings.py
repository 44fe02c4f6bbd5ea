"""Readings that a web page puts behind its characters: 衛(wèi)片執(zhí)法. They are no part of what was published, but
they are printed: what is read is the text without them, and what the file prints of it is kept beside it."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from kpi.lazyre import HAN, later
from kpi.model import Entry, TargetTable
from kpi.readers.grid import Row

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_TONE = later(f"[{_TONED}]")
_READING = later(rf"(?<={HAN})[(（][a-zü]{{0,4}}[{_TONED}][a-zü]{{0,4}}[)）]")
_LEAST = 5  # of a file: one alone may tell how a rare name is read


def without_readings(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows of a file; where it spells out its characters throughout, without that."""
    if not _may_spell(rows):
        return rows
    spelled = [i for i, row in enumerate(rows) if any(_is_spelled(c.text) for c in row.cells)]
    if not spells_out([cell.text for i in spelled for cell in rows[i].cells]):
        return rows
    told = list(rows)
    for i in spelled:
        told[i] = rows[i]._replace(cells=tuple(cell._replace(text=plain(cell.text)) for cell in rows[i].cells))
    return told


def plain(text: str) -> str:
    """A text without readings."""
    return _READING.sub("", text)


def spells_out(texts: Sequence[str]) -> bool:
    """Whether these are texts of such a file."""
    return sum(len(_READING.findall(text)) for text in texts if _is_spelled(text)) >= _LEAST


def _may_spell(rows: Sequence[Row]) -> bool:
    return _TONE.search("\n".join([c.text for row in rows for c in row.cells])) is not None


def _is_spelled(text: str) -> bool:
    return ("(" in text or "（" in text) and not text.isascii() and _TONE.search(text) is not None


def printed(tables: Sequence[TargetTable], rows: Sequence[Row]) -> dict[str, str]:
    """What `rows` print for the names and values of the forms that were read from them without readings."""
    cells = [c.text for row in rows for c in row.cells if _is_spelled(c.text)] if _may_spell(rows) else []
    if not spells_out(cells):
        return {}
    whole = {plain(text): text for text in cells}
    never = {c.text for row in rows for c in row.cells if not _is_spelled(c.text)}
    run = "\n".join(whole)
    cells_of = list(whole.values())
    starts = list(accumulate((len(text) + 1 for text in whole), initial=0))
    found: dict[str, str] = {}
    for text in dict.fromkeys(one for table in tables for one in texts_of(table)):
        raw = whole.get(text, "")
        if not raw and len(text) > 1 and text not in never and (at := run.find(text)) >= 0:
            raw = _piece(text, cells_of[bisect_right(starts, at) - 1])
        if raw and raw != text:
            found[text] = raw
    return found


def texts_of(table: TargetTable) -> Iterator[str]:
    """The names, values and other texts of a form."""
    halves = (table.period_goal, table.annual_goal)
    yield from (text for text in (table.title, table.project, table.department, table.unit, *halves) if text)
    for row in table.indicators:
        cells = (*(entry for _, entry in row.entries()), *([row.actual] if row.actual else []))
        yield from (text for text in (row.name, row.parent, row.reason) if text)
        yield from (text for cell in cells for text in (cell.text, cell.name) if text)


def with_texts(table: TargetTable, said: Callable[[str], str]) -> TargetTable:
    """The form with each of those texts as `said` says it."""

    def told(text: str | None) -> str | None:
        return None if text is None else said(text)

    def cell(entry: Entry | None) -> Entry | None:
        return None if entry is None else entry._replace(text=said(entry.text), name=said(entry.name))

    rows = tuple(
        row._replace(name=said(row.name), parent=told(row.parent), reason=told(row.reason), period=cell(row.period),
            annual=cell(row.annual), actual=cell(row.actual),
        )
        for row in table.indicators
    )  # fmt: skip
    return table._replace(title=said(table.title), project=said(table.project), department=told(table.department),
        unit=told(table.unit), period_goal=told(table.period_goal), annual_goal=told(table.annual_goal),
        indicators=rows,
    )  # fmt: skip


def _piece(text: str, cell: str) -> str:
    """The part of a cell that is `text` without its readings; "" where there is none."""
    places: list[int] = []  # of each character without readings, in the cell
    at = 0
    for reading in _READING.finditer(cell):
        places += range(at, reading.start())
        at = reading.end()
    places += range(at, len(cell))
    start = "".join(cell[i] for i in places).find(text)
    if start < 0:
        return ""
    end = places[start + len(text) - 1] + 1
    behind = _READING.match(cell, end)
    return cell[places[start] : behind.end() if behind else end]

