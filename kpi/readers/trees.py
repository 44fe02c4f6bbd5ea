"""Several projects in one tree of levels (项目 | 指标值 | 绩效金额): each becomes a form of its own."""

from collections.abc import Sequence

from kpi.readers import labels, money
from kpi.readers.lines import Line

_HEADS = ("project", "value", "amount")
_ABOVE = 6  # lines between the title and the heads
_SEVERAL = 2


def by_project(lines: Sequence[Line]) -> list[Line]:
    """The lines, with the title and the heads of the tree once more in front of each project but the first."""
    start = next((at for at in range(len(lines) - 2) if _are_heads(lines[at : at + 3])), None)
    if start is None:
        return list(lines)
    projects = [at for at in range(start + 3, len(lines) - 2) if _is_project(lines[at : at + 3])]
    if len(projects) < _SEVERAL:
        return list(lines)
    above = (line for line in reversed(lines[max(start - _ABOVE, 0) : start]) if line.filled)
    title = next((line for line in above if labels.is_title(line.filled[0].text)), None)
    again = [*([title] if title else []), *lines[start : start + 3]]
    made: list[Line] = []
    for at, line in enumerate(lines):
        made += [*again, line] if at in projects[1:] else [line]
    return made


def _alone(line: Line) -> str:
    return line.filled[0].text.strip() if len(line.filled) == 1 else ""


def _are_heads(lines: Sequence[Line]) -> bool:
    texts = map(_alone, lines)
    return tuple("value" if labels.head_of(text) == "value" else labels.row_head_of(text) for text in texts) == _HEADS


def _is_project(lines: Sequence[Line]) -> bool:
    """“两癌”患病妇女救助 / 150000 / 产出指标: a name, its amount, and the first level below."""
    name, amount, level = map(_alone, lines)
    first = labels.level_of(level) if level else None
    named = bool(name) and not labels.is_known(name) and not money.is_amount(name)
    return named and money.is_amount(amount) and first is not None and first.sure and first.rank == 1
