"""A sheet as rows of grid cells: merged cells once with their spans, hidden rows and columns left out and told."""

import re
from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import pairwise

from kpi.model import Location, Unread
from kpi.readers.formats.sheet import Cells, Sheet, Span, letters
from kpi.readers.grid import GridCell, Row
from kpi.values.normal import MARKS

WIDEST = 64  # columns up to which the blank cells of a row are delivered, too
MOST_NOTES = 20  # of one kind on one sheet
_SAMPLE = 60  # characters of hidden text that a note shows
_ASIDE = re.compile(r"[(（\[【][^()（）]*[)）\]】]")
_WORDS = re.compile(rf"[^\W\d_]|[{MARKS}%％‰]")
_LINE = 30  # characters; a longer text alone in its row is running text
HIDDEN_ROWS = "第 {} 行被隐藏，没有读入；如属于目标表，请取消隐藏、保存后再检查。"
HIDDEN_COLUMNS = "第 {} 列被隐藏，没有读入；如属于目标表，请取消隐藏、保存后再检查。"
HIDDEN_SHEET = "工作表“{}”被隐藏，没有读入；如有目标表，请取消隐藏、保存后再检查。"
UNCOUNTED = "这一格是公式，文件里没有存下计算结果，请用 Excel 或 WPS 打开、保存一次后再检查。"
SIGNED = (
    "这一格带等号，存成了公式，文件里没有计算结果。本来要写的就是“{0}”的，请在前面打一个英文单引号（'{0}），存成文字；"
    "真是公式的，请用 Excel 或 WPS 打开、保存一次。改好后再检查。"
)
_SIGNED = re.compile(r"=\s*[\d０-９][^+*/^()!$]*")  # =4座, =95%以上: a target with its sign, no calculation
_FIGURE = re.compile(r"=\d+(?:\.\d+)?%?")  # =100%: the result is the figure itself, and is judged as it stands
COVERED = "这一格被合并单元格盖住，看不到，没有读入，请取消合并核对。"


def rows(sheet: Sheet, number: int) -> tuple[list[Row], list[Unread]]:
    """The rows of a sheet as grid `number`, and what was left out."""
    if sheet.hidden:
        return [], _whole(sheet)
    making = _Making(sheet)
    made = [
        row
        for at, cells in making.rows()
        if (row := row_of(cells, number, making.place(at, cells[0].column if cells else 0)))
    ]
    return made, making.notes()


def _whole(sheet: Sheet) -> list[Unread]:
    texts = [text for _, cells in sheet.rows[:_SAMPLE] for text in cells.values()]
    return [Unread(_sample(texts), Location(sheet=sheet.name), HIDDEN_SHEET.format(sheet.name))] if texts else []


def _sample(texts: Iterable[str]) -> str:
    whole = " ".join(" ".join(text.split()) for text in texts)
    return whole if len(whole) <= _SAMPLE else whole[:_SAMPLE] + "…"


def _uncounted(formula: str) -> str:
    """What to do about a formula without a result: no program counts one for a target that was typed with its sign."""
    return SIGNED.format(_sample([formula])) if _SIGNED.fullmatch(formula) else UNCOUNTED


class _Merges:
    """The merged cells that reach into the current row, found by column."""

    def __init__(self, merges: Iterable[Span]) -> None:
        self._coming = sorted((m for m in merges if m[:2] != m[2:] and _sound(m)), reverse=True)
        self._open: list[tuple[int, Span]] = []  # by left column
        self._ends: list[tuple[int, int, Span]] = []  # by last row

    def go_to(self, row: int) -> None:
        """Rows come in order. Of two merged cells that overlap the upper one counts."""
        while self._coming and self._coming[-1][0] <= row:
            span = self._coming.pop()
            self._close(span[0])
            if span[2] >= row and not self._meets(span):
                insort(self._open, (span[1], span))
                heappush(self._ends, (span[2], span[1], span))
        self._close(row)

    def _close(self, row: int) -> None:
        while self._ends and self._ends[0][0] < row:
            _, left, span = heappop(self._ends)
            self._open.pop(bisect_right(self._open, (left, span)) - 1)

    def __bool__(self) -> bool:
        return bool(self._open)

    def _meets(self, span: Span) -> bool:
        at = bisect_right(self._open, span[3], key=lambda o: o[0]) - 1
        return at >= 0 and self._open[at][1][3] >= span[1]

    def at(self, column: int) -> Span | None:
        at = bisect_right(self._open, column, key=lambda o: o[0]) - 1
        return self._open[at][1] if at >= 0 and self._open[at][1][3] >= column else None

    @property
    def columns(self) -> Iterator[int]:
        return (left for left, _ in self._open)


def _sound(span: Span) -> bool:
    return 0 <= span[0] <= span[2] and 0 <= span[1] <= span[3]


@dataclass(slots=True)
class _Making:
    """The rows of one sheet being made."""

    sheet: Sheet
    width: int = 0
    bottom: int = 0
    labels: tuple[str, ...] = ()
    lost_rows: list[tuple[int, Cells]] = field(default_factory=list)
    lost_columns: dict[int, list[str]] = field(default_factory=dict)
    covered: list[Unread] = field(default_factory=list)
    pending: dict[Span, str] = field(default_factory=dict)  # texts of merged cells whose first row is hidden

    def __post_init__(self) -> None:
        self.width = max((max(cells) + 1 for _, cells in self.sheet.rows), default=0)
        self.labels = tuple(letters(column) for column in range(min(self.width, WIDEST)))
        self.bottom = self.sheet.rows[-1][0] if self.sheet.rows else 0

    def place(self, row: int, column: int) -> Location:
        return Location(sheet=self.sheet.name, cell=f"{letters(column)}{row + 1}")

    def rows(self) -> Iterator[tuple[int, list[GridCell]]]:
        merges = _Merges(self.sheet.merges)
        for row, cells in _in_order(self.sheet):
            merges.go_to(row)
            if row in self.sheet.hidden_rows:
                self._hidden(row, cells, merges)
            else:
                yield row, self._row(row, cells, merges)

    def _hidden(self, row: int, cells: Cells, merges: _Merges) -> None:
        """A hidden row: what is merged with visible rows below is seen there."""
        lost: Cells = {}
        for column, text in cells.items():
            span = merges.at(column)
            if span and span[:2] == (row, column) and self.sheet.hidden_rows.after(row) <= span[2]:
                self.pending[span] = text
            elif span is None or span[:2] == (row, column):
                lost[column] = text
        if any(map(_says, lost.values())):
            self.lost_rows.append((row, lost))

    def _row(self, row: int, texts: Cells, merges: _Merges) -> list[GridCell]:
        if not merges and not self.sheet.hidden_columns and self.width <= WIDEST:
            return self._plain(row, texts)
        hidden = self.sheet.hidden_columns
        until = max(min(self.width, WIDEST), max(texts, default=-1) + 1)
        columns = range(until) if until <= WIDEST else sorted({*range(WIDEST), *texts, *merges.columns})
        cells: list[GridCell] = []
        for column in columns:
            span = merges.at(column)
            if span:
                cells += self._merged(row, column, span, texts)
            elif column in hidden:
                if column in texts:
                    self.lost_columns.setdefault(column, []).append(texts[column])
            else:
                cells.append(GridCell(texts.get(column, ""), column, self.place(row, column)))
        return cells

    def _plain(self, row: int, texts: Cells) -> list[GridCell]:
        name, number = self.sheet.name, row + 1
        return [
            GridCell(texts.get(column, ""), column, Location(sheet=name, cell=f"{label}{number}"))
            for column, label in enumerate(self.labels)
        ]

    def _merged(self, row: int, column: int, span: Span, texts: Cells) -> Iterator[GridCell]:
        """A merged cell stands in its first visible row and column, in the place of its first cell."""
        top, left, bottom, right = span
        text = texts.get(column, "")
        if (row, column) != (top, left) and text and text != self.pending.get(span):
            self._cover(row, column, text)
        if (row, column) == (top, left) and text:
            self.pending[span] = text
        first = self.sheet.hidden_columns.after(left), self.sheet.hidden_rows.after(top)
        if (column, row) != first:
            if (row, column) == (top, left) and text and first[0] > right:
                self.lost_columns.setdefault(column, []).append(text)
            return
        right, bottom = max(min(right, self.width - 1), left), max(min(bottom, self.bottom), top)
        wide = right - left + 1 - self.sheet.hidden_columns.count(left, right)
        high = bottom - top + 1 - self.sheet.hidden_rows.count(top, bottom)
        yield GridCell(self.pending.get(span, text), column, self.place(top, left), max(wide, 1), max(high, 1))

    def _cover(self, row: int, column: int, text: str) -> None:
        if len(self.covered) < MOST_NOTES:
            self.covered.append(Unread(_sample([text]), self.place(row, column), COVERED))

    def notes(self) -> list[Unread]:
        sheet = self.sheet
        counted = [
            Unread(text, self.place(row, column), _uncounted(text))
            for row, column, text in sheet.uncounted
            if row not in sheet.hidden_rows and not _FIGURE.fullmatch(text)
        ]  # fmt: skip
        columns = [
            Unread(_sample(texts), self.place(0, column), HIDDEN_COLUMNS.format(letters(column)))
            for column, texts in sorted(self.lost_columns.items())[:MOST_NOTES]
        ]
        return [*self._lost_rows(), *columns, *self.covered, *counted[: 10 * MOST_NOTES]]

    def _lost_rows(self) -> Iterator[Unread]:
        """One note for rows that are hidden together."""
        groups: list[tuple[int, int, GridCell, list[str]]] = []
        for row, cells in self.lost_rows:
            texts = [cells[column] for column in sorted(cells)]
            if groups and self.sheet.hidden_rows.count(groups[-1][0], row) == row - groups[-1][0] + 1:
                first, _, cell, before = groups[-1]
                groups[-1] = first, row, cell, [*before, *texts][:_SAMPLE]
            else:
                groups.append((row, row, GridCell(texts[0], min(cells), self.place(row, min(cells))), texts))
        for first, last, cell, texts in groups[:MOST_NOTES]:
            numbers = str(first + 1) if first == last else f"{first + 1}—{last + 1}"
            yield Unread(_sample(texts), cell.location, HIDDEN_ROWS.format(numbers))


def _says(text: str) -> bool:
    """Whether a hidden cell may be part of a form: a figure by itself, or words in brackets, only helps to reckon."""
    return bool(_WORDS.search(_ASIDE.sub("", text)))


def _in_order(sheet: Sheet) -> Iterable[tuple[int, Cells]]:
    """Rows from the top; those in which a merged cell from hidden rows comes to sight are there, too."""
    shown = {sheet.hidden_rows.after(m[0]) for m in sheet.merges if m[0] in sheet.hidden_rows and _sound(m)}
    if not shown and all(a[0] < b[0] for a, b in pairwise(sheet.rows)):
        return sheet.rows
    joined: dict[int, Cells] = {row: {} for row in shown}
    for row, cells in sheet.rows:
        joined.setdefault(row, {}).update(cells)
    return sorted(joined.items())


def row_of(cells: Sequence[GridCell], grid: int, place: Location) -> Row | None:
    """The cells as a row of the grid, or as a line of text where one stands alone at its left; None if all blank."""
    filled = [cell for cell in cells if cell.text]
    if not filled:
        return None
    plain = all(cell.colspan == cell.rowspan == 1 for cell in cells)
    if len(filled) == 1 and filled[0] is cells[0] and plain and (len(cells) == 1 or _is_writing(cells[0].text)):
        return Row((cells[0],), None, place)
    return Row(tuple(cells), grid, place)


def _is_writing(text: str) -> bool:
    """Whether a text says something by itself, as a title or a line of labels with their contents does."""
    label, mark, rest = text.replace(":", "：").partition("：")
    return len(text) > _LINE or len(text.split()) > 1 or bool(label and mark and rest.strip())
