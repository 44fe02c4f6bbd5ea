"""Readings that a web page puts behind its characters: 衛(wèi)片執(zhí)法. They are no part of what was published."""

from collections.abc import Sequence

from kpi.lazyre import HAN, later
from kpi.readers.grid import Row

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_TONE = later(f"[{_TONED}]")
_READING = later(rf"(?<={HAN})[(（][a-zü]{{0,4}}[{_TONED}][a-zü]{{0,4}}[)）]")
_LEAST = 5  # of a file: one alone may tell how a rare name is read


def without_readings(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows of a file; where it spells out its characters throughout, without that."""
    spelled = [i for i, row in enumerate(rows) if any(not c.text.isascii() and _TONE.search(c.text) for c in row.cells)]
    found = sum(len(_READING.findall(cell.text)) for i in spelled for cell in rows[i].cells)
    if found < _LEAST:
        return rows
    told = list(rows)
    for i in spelled:
        cells = tuple(cell._replace(text=_READING.sub("", cell.text)) for cell in rows[i].cells)
        told[i] = rows[i]._replace(cells=cells)
    return told
