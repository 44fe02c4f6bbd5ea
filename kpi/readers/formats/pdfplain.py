"""Text outside ruled tables: paragraphs put together again, and tables where it stands in columns without rulings."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from kpi.readers import labels
from kpi.readers.formats.pdfglyphs import Glyph
from kpi.readers.formats.pdfspace import Box
from kpi.readers.formats.pdftext import Gaps, TextLine, even_gap, first_width, glue, lines_of, text_line

_COLUMN_GAP = 0.9  # of the size, beyond what parts the characters of the line: a wider gap parts columns
_BLOCK_GAP = 3.5  # of the size: lines further apart are not of one table
_FEWEST = 3  # lines with several parts that make a table
_LEADING = 1.25  # rows stand at least so much further apart than the lines of a cell


@dataclass(slots=True)
class Chunks:
    """A line of text, in parts where wide gaps part it."""

    parts: list[TextLine]

    @property
    def base(self) -> float:
        return self.parts[0].base

    @property
    def size(self) -> float:
        return max(p.size for p in self.parts)

    @property
    def box(self) -> Box:
        box = self.parts[0].box
        for part in self.parts[1:]:
            box = box.around(part.box)
        return box

    def whole(self) -> TextLine:
        """The parts as one line of text."""
        return replace(self.parts[0], text="  ".join(p.text for p in self.parts), box=self.box)


@dataclass(slots=True)
class Columned:
    """A table without rulings: its columns' edges, and each row's cells as (first column, last column, lines)."""

    edges: list[float]
    rows: list[list[tuple[int, int, list[TextLine]]]]
    box: Box


def chunked(glyphs: Sequence[Glyph], gaps: Gaps) -> list[Chunks]:
    """Running text as lines in parts."""
    return [Chunks([text_line(part, gaps) for part in _cut(line)]) for line in lines_of(glyphs)]


def _cut(line: list[Glyph]) -> list[list[Glyph]]:
    parts, even = [[line[0]]], even_gap(line)
    for a, b in pairwise(line):
        if b.x0 - a.x1 > even + _COLUMN_GAP * max(a.size, b.size):
            parts.append([])
        parts[-1].append(b)
    return parts


def blocks(lines: Sequence[Chunks], right: float) -> list[Columned | TextLine]:
    """Lines of running text, in order: tables where several lines stand in columns, paragraphs otherwise. `right`:
    where the text of the page ends."""
    found: list[Columned | TextLine] = []
    loose: list[Chunks] = []
    for block in _near(lines):
        table = _table(block)
        if table:
            found += _paragraphs(loose, right)
            loose = []
            found.append(table)
        else:
            loose += block
    return found + _paragraphs(loose, right)


def _near(lines: Sequence[Chunks]) -> list[list[Chunks]]:
    """Runs of lines that may be one table: near each other, and (but for stray ones) in several parts."""
    runs: list[list[Chunks]] = []
    for line in lines:
        last = runs[-1][-1] if runs else None
        if last and line.base - last.base < _BLOCK_GAP * max(line.size, last.size) and _alike(runs[-1], line):
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _alike(run: list[Chunks], line: Chunks) -> bool:
    """Whether a line may go on a run: a table takes single parts that stand inside one of its columns."""
    several = [r for r in run[-6:] if len(r.parts) > 1]
    if len(line.parts) > 1:
        return bool(several)
    if not several:
        return len(run[-1].parts) == 1
    part = line.parts[0].box
    return any(part.x0 < p.box.x1 and p.box.x0 < part.x1 for r in several for p in r.parts) and not any(
        sum(part.x0 < p.box.x1 and p.box.x0 < part.x1 for p in r.parts) > 1 for r in several
    )


def _table(block: list[Chunks]) -> Columned | None:
    several = [line for line in block if len(line.parts) > 1]
    if len(several) < _FEWEST:
        return None
    edges = _edges([p.box for line in several for p in line.parts], several)
    if len(edges) < 2:
        return None
    box = block[0].box
    for line in block[1:]:
        box = box.around(line.box)
    return Columned([box.x0, *edges[1:], box.x1], [_row(lines, edges) for lines in _rows(block)], box)


def _edges(boxes: Sequence[Box], several: Sequence[Chunks]) -> list[float]:
    """The left edges of the columns: white strips that (nearly) no part crosses."""
    limit = max(len(several) // 12, 0)
    events = sorted([(b.x0, 1) for b in boxes] + [(b.x1, -1) for b in boxes])
    edges, depth, gap_from = [events[0][0]], 0, None
    for x, step in events:
        before, depth = depth, depth + step
        if depth <= limit < before:
            gap_from = x
        elif before <= limit < depth and gap_from is not None and x - gap_from > 0.5:
            edges.append((gap_from + x) / 2)
            gap_from = None
    return edges


def _rows(block: list[Chunks]) -> list[list[Chunks]]:
    """Lines that are one row: where rows stand clearly further apart than the lines of one cell."""
    steps = [b.base - a.base for a, b in pairwise(block)]
    limit = _limit(sorted(steps))
    rows = [[block[0]]]
    for line, step in zip(block[1:], steps, strict=True):
        if step < limit:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _limit(steps: list[float]) -> float:
    """The step between two lines that begins a new row."""
    jumps = [(b / a, (a + b) / 2) for a, b in pairwise(steps) if a > 1]
    best = max(jumps, default=(0.0, 0.0))
    return best[1] if best[0] >= _LEADING else 0.0


def _row(lines: list[Chunks], edges: list[float]) -> list[tuple[int, int, list[TextLine]]]:
    cells: dict[int, tuple[int, list[TextLine]]] = {}
    for part in sorted((p for line in lines for p in line.parts), key=lambda p: p.base):
        first = max(bisect_right(edges, part.box.x0 + 1) - 1, 0)
        last = max(bisect_right(edges, part.box.x1 - 1) - 1, first)
        known = cells.get(first)
        cells[first] = (max(last, known[0]), [*known[1], part]) if known else (last, [part])
    return [(first, last, parts) for first, (last, parts) in sorted(cells.items())]


def _paragraphs(lines: Sequence[Chunks], right: float) -> list[Columned | TextLine]:
    """Lines of text, with those joined that only the page's width parted."""
    if not lines:
        return []
    left = median(line.box.x0 for line in lines)
    made: list[Columned | TextLine] = [lines[0].whole()]
    flowing = False
    for a, b in pairwise(lines):
        before = made[-1]
        flowing = _flows(a, b, left, right) and not _is_row(a.parts[0].text, b.parts[0].text, flowing)
        if flowing and isinstance(before, TextLine):
            text = before.text + _between(a.parts[0], b.parts[0], right) + b.parts[0].text
            made[-1] = replace(before, text=text, box=before.box.around(b.box))
        else:
            made.append(b.whole())
    return made


def _between(a: TextLine, b: TextLine, right: float) -> str:
    """What joins two lines of a paragraph: a blank where the next word had room, between figures and whole labels."""
    last, first = a.text.rpartition(" ")[2], b.text.partition(" ")[0]
    figures = last[-1:].isdigit() and first[:1].isdigit() and last != a.text
    whole = labels.is_known(last) and labels.is_known(first)
    return " " if figures or whole or right - a.box.x1 > first_width(b) else glue(a.text, b.text)


def _flows(a: Chunks, b: Chunks, left: float, right: float) -> bool:
    """Whether a paragraph goes on: its line is full, the next is not set in and stands close below."""
    if len(a.parts) > 1 or len(b.parts) > 1 or abs(a.size - b.size) > 0.1 * a.size:
        return False
    size = a.size
    full = right - a.box.x1 < first_width(b.parts[0]) + 0.6 * size and a.box.x1 - a.box.x0 > 15 * size
    return full and b.box.x0 < left + 0.8 * size and b.base - a.base < 2.6 * size


def _is_row(a: str, b: str, flowing: bool) -> bool:
    """Whether a line that fills its width all the same ends there: the next opens with the label of a level, or it is
    a row of heads that begins with this line."""
    first, last = b.partition(" ")[0], a.rpartition(" ")[2]
    level = labels.level_of(first)
    heads = not flowing and last != a and labels.is_known(last) and not labels.is_known(first)
    return bool(level and level.sure) or heads
