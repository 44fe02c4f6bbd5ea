"""Words that a viewer of documents sets over a page, which a copy of it takes along amid the text."""

from collections.abc import Iterable, Iterator

from kpi.lazyre import later
from kpi.readers.grid import Row

#: the last two groups: labels that have lost their lines around the mark (备注产出指标 … 数量指标慰问困难职工)
_MARK = later(
    r"(?P<before>(?:产出|效益|满意度)指标)?\s*(?:\u0eab\u0ecd\u0eaa\u0eb0\u0edd\u0eb8\u0e94|Baidu\s*Nhomakorabea)\s*"
    r"(?P<behind>(?:数量|质量|时效|成本|(?:经济|社会|生态)效益|可持续影响|服务对象满意度)指标)?"
)


def without_watermarks(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows, each line of text that holds such words as the lines that they stand between."""
    for row in rows:
        text = row.cells[0].text if row.cells else ""
        if len(row.cells) == 1 and row.grid is None and _MARK.search(text):
            yield from _parts(row, text)
        else:
            yield row


def _parts(row: Row, text: str) -> Iterator[Row]:
    cell, at = row.cells[0], 0
    for found in _MARK.finditer(text):
        spans = [(at, found.start()), found.span("before"), found.span("behind")]
        at = found.end()
        for start, end in spans:
            if text[max(start, 0) : max(end, 0)].strip():
                yield row._replace(cells=(cell._replace(text=text[start:end], location=cell.location.after(start)),))
    if text[at:].strip():
        yield row._replace(cells=(cell._replace(text=text[at:], location=cell.location.after(at)),))
