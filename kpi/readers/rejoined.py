"""Labels that stand in pieces on several lines become one again."""

from collections.abc import Iterator, Sequence

from kpi.readers import labels
from kpi.readers.lines import Line

_PIECES = 5  # 绩/效/指/标 and one to spare


def joined(lines: Sequence[Line]) -> Iterator[Line]:
    """Single cells that only together are a label (产/出/指/标, 经济效益/指标) become one."""
    at = 0
    while at < len(lines):
        width = _label_width(lines, at)
        if width == 1 and (whole := _completed(lines, at)):
            yield whole
            width = 2
        elif width > 1:
            first = lines[at].cells[0]
            yield Line(
                (first._replace(text="".join(line.cells[0].text for line in lines[at : at + width])),), None, True
            )
        else:
            yield lines[at]
        at += width


def _completed(lines: Sequence[Line], at: int) -> Line | None:
    """A line whose last cell is a level with the cell of the next line: 绩效指标 项目完成 / 指标."""
    line, rest = lines[at], _piece_text(lines[at + 1]) if at + 1 < len(lines) else ""
    if not line.packed or len(line.cells) < 2 or not rest or not _ending(rest):
        return None
    *before, last = line.cells
    level, part = labels.level_of(last.text + rest), labels.level_of(last.text)
    if not (level and level.sure) or (part and part.sure):
        return None
    return Line((*before, last._replace(text=last.text + rest)), line.grid, True)


def _piece_text(line: Line) -> str:
    return line.cells[0].text if line.packed and len(line.cells) == 1 and len(line.cells[0].text) <= 10 else ""


def _label_width(lines: Sequence[Line], at: int) -> int:
    pieces = []
    for line in lines[at : at + _PIECES]:
        text = _piece_text(line)
        if not text:
            break
        pieces.append(text)
    if not pieces or (_known(pieces[0]) and len(pieces) > 1 and not _ending(pieces[1])):
        return 1
    for width in range(len(pieces), 1, -1):
        if any(_stands_alone(p) for p in pieces[1:width]):
            continue
        if _known("".join(pieces[:width])):
            return width
    return 1


def _stands_alone(text: str) -> bool:
    """A figure or a whole level label is never the rest of another label."""
    level = labels.level_of(text)
    return any(c.isdigit() for c in text) or bool(level and level.sure and level.two)


def _known(text: str) -> bool:
    return (
        labels.is_known(text)
        or labels.matches("money_heads", text)
        or labels.is_block_label(text)
        or labels.matches("stop", text)
    )


def _ending(text: str) -> bool:
    """The rest of a label that is one without it: 经济效益/指标, 项目资金/(万元)."""
    return text in ("指标", "目标", "名称") or labels.money_unit(text) is not None
