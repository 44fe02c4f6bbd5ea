"""The rows of a text without separators, as pieces without white space in which every character knows its place."""

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from kpi.lazyre import HAN, later
from kpi.readers import labels
from kpi.readers.grid import GridCell, Row
from kpi.readers.lines import Line
from kpi.values.traditional import simplified

_COUNT = later(r"\s*(\d{1,3})、")
_PAGE = later(r"[-—–]?\s*第\s?\d{1,3}\s?页(?:[,，/]?\s?共\s?\d{1,3}\s?页)?\s*[-—–]?")  # amid the text
_HEADS = ("指标", "标值", "性质", "单位", "权重", "方向", "向性", "名称", "内容")
#: 三级指标*指标值*: columns that must be filled in. 完成时间*月 is a hole.
_STAR = later(rf"(?:{'|'.join(f'(?<={head})' for head in _HEADS)})[*＊](?={HAN})")
_ENDINGS = ("指标", "目标")
_SHORT = 10  # characters of a part of a label
_CHUNK = 120  # characters: a part that a viewer of documents cut, not an item of a list


class Piece:
    """A text without white space, and the place of each character in it. `text` is in simplified characters."""

    LONGEST: ClassVar[int] = 20_000  # characters of one row that are looked at

    def __init__(self, parts: Sequence[tuple[GridCell, int]]) -> None:
        """`parts`: cells that are one text, and from which character on each counts."""
        self.at: list[tuple[GridCell, int]] = []
        for cell, start in parts:
            raw = cell.text[: self.LONGEST]
            left_out = {i for page in _PAGE.finditer(raw, start) for i in range(*page.span())}
            left_out |= {star.start() for star in _STAR.finditer(raw, start)}
            self.at += [(cell, i) for i in range(start, len(raw)) if not raw[i].isspace() and i not in left_out]
        self.raw = "".join(cell.text[i] for cell, i in self.at)
        self.text = simplified(self.raw)

    def with_(self, below: "Piece") -> "Piece":
        """This line and the one below it as one."""
        whole = Piece(())
        whole.at = [*self.at, *below.at]
        whole.raw, whole.text = self.raw + below.raw, self.text + below.text
        return whole

    def upto(self, end: int) -> "Piece":
        """The line without what stands behind a place."""
        whole = Piece(())
        whole.at, whole.raw, whole.text = self.at[:end], self.raw[:end], self.text[:end]
        return whole

    def line(self, spans: Sequence[tuple[int, int]]) -> Line:
        """The spans as the cells of one line."""
        return Line(tuple(self.cell(k, a, b) for k, (a, b) in enumerate(spans)), None, packed=True)

    def cell(self, column: int, start: int, end: int) -> GridCell:
        """A span as a cell."""
        cell, offset = self.at[min(start, len(self.at) - 1)]
        return GridCell(self.raw[start:end].strip(":："), column, cell.location.after(offset))


def pieces(rows: Iterable[Row]) -> Iterator[Piece | Row]:
    """Each line of text as a piece; rows of cells as they are.

    Viewers of documents cut a text into numbered parts ("1、…", "2、…", wherever it happens to be): those are one."""
    rows = list(rows)
    at = 0
    while at < len(rows):
        chunk = _chunk(rows, at)
        if label := _label(rows, at):
            yield Piece([(row.cells[0], 0) for row in label])
            at += len(label)
            continue
        if len(chunk) > 1:
            yield Piece([(row.cells[0], found.end()) for row in chunk if (found := _COUNT.match(row.cells[0].text))])
        elif _is_text(rows[at]):
            piece = Piece([(rows[at].cells[0], 0)])
            if piece.text:
                yield piece
        else:
            yield rows[at]
        at += len(chunk)


def _is_text(row: Row) -> bool:
    return len(row.cells) == 1 and row.grid is None


def _chunk(rows: Sequence[Row], at: int) -> Sequence[Row]:
    """The rows that are one text in parts."""
    end, count = at, 1
    while end < len(rows) and _is_text(rows[end]):
        found = _COUNT.match(rows[end].cells[0].text)
        if not found or int(found.group(1)) != count:
            break
        end, count = end + 1, count + 1
    if end - at > 1 and len(rows[at].cells[0].text) >= _CHUNK:
        return rows[at:end]
    return rows[at : at + 1]


def _label(rows: Sequence[Row], at: int) -> Sequence[Row]:
    """The rows that only together are a level, and the row behind it: 社会效益 / 指标 / its indicator."""
    for width in (3, 2):
        parts = rows[at : at + width]
        if len(parts) == width and all(_is_text(row) and 0 < len(row.cells[0].text) <= _SHORT + 4 for row in parts):
            *front, last = (row.cells[0].text for row in parts)
            text = "".join(front)
            if _is_level(text, last) and (last in _ENDINGS or not _is_level("", text)):
                more = rows[at + width : at + width + 1]
                below = more if more and _is_text(more[0]) and not labels.is_level(more[0].cells[0].text) else ()
                return [*parts, *below]
    return ()


def _is_level(front: str, last: str) -> bool:
    """Whether the end of a text and what follows it are a level: 满意度指标服务对象 / 满意度指标."""
    ends = range(max(len(front) - _SHORT, 0), len(front)) if front else (0,)
    return any(labels.is_level(front[k:] + last) for k in ends)
