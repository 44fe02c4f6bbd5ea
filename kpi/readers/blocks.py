"""The parts of one form: the lines of its head, its blocks of indicator rows under their heads, its foot."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kpi.model import Half
from kpi.readers import labels
from kpi.readers.columns import Header, Role, header_of, mirrored, split_header
from kpi.readers.heads import heads_at, subheads_at
from kpi.readers.lines import Line
from kpi.readers.rows import ends, is_row

PLAIN = Header((Role("name", "", 2), Role("value", "", 3)), anchor=1)  # rows without heads above them


@dataclass(slots=True)
class RowBlock:
    """Rows under one row of heads. `hint`: the half that the words around it name."""

    header: Header
    lines: list[Line] = field(default_factory=list)
    hint: Half | None = None


@dataclass(slots=True)
class Parts:
    """A form taken apart."""

    head: list[Line] = field(default_factory=list)
    blocks: list[RowBlock] = field(default_factory=list)
    foot: list[Line] = field(default_factory=list)


def take_apart(lines: Sequence[Line]) -> Parts:
    """Sort the lines of a form."""
    parts, at, inside = Parts(), 0, False
    while at < len(lines):
        line = lines[at]
        cells, width = heads_at(lines, at)
        if width:
            before, cells = split_header(Line(cells, line.grid, line.packed))
            if before:
                parts.head.append(Line(before, line.grid, True))
            subheads = subheads_at(lines, at + width)
            header = header_of(cells, subheads, line.packed)
            parts.blocks.append(RowBlock(header, hint=_hint(header, parts)))
            parts.head += parts.foot  # between two blocks stand the goals of the second
            parts.foot, inside = [], True
            at += width + bool(subheads)
            continue
        inside = _sort(parts, line, inside)
        at += 1
    for block in parts.blocks:
        block.header = mirrored(block.header, block.lines)
    return parts


def _sort(parts: Parts, line: Line, inside: bool) -> bool:
    """Put one line where it belongs; returns whether it stands among the indicators."""
    if not inside and is_row(line):
        if not parts.blocks:
            parts.blocks.append(RowBlock(PLAIN))
        inside = True
    elif inside and (ends(line) or _leaves_grid(parts.blocks[-1], line)):
        inside = False
    if not inside:
        (parts.foot if parts.blocks else parts.head).append(line)
        return False
    half = next((labels.half_in(c.text) for c in line.filled[:1] if labels.is_block_label(c.text)), None)
    if half and parts.blocks[-1].lines and half != parts.blocks[-1].hint:
        parts.blocks.append(RowBlock(parts.blocks[-1].header, hint=half))
    elif half and not parts.blocks[-1].lines:
        parts.blocks[-1].hint = half
    parts.blocks[-1].lines.append(line)
    return True


def _leaves_grid(block: RowBlock, line: Line) -> bool:
    """Running text after rows of a grid: the table is over."""
    return line.grid is None and bool(block.lines) and block.lines[-1].grid is not None


def _hint(header: Header, parts: Parts) -> Half | None:
    values = {r.half for r in header.left if r.kind == "value"}
    own = header.half or (values.pop() if len(values) == 1 else None)
    if own or not parts.blocks:
        return own
    between = [c.text for line in parts.foot for c in line.filled]
    return next((h for t in reversed(between) if len(t) < 30 and labels.goal_of(t) and (h := labels.half_in(t))), None)
