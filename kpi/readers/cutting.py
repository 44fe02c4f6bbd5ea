"""Whether a file stops in the middle of a form's indicator rows, as copies of pages often do."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from kpi.model import LEVEL1, LEVEL2, Indicator
from kpi.readers import labels
from kpi.readers.blocks import Parts
from kpi.readers.lines import Line
from kpi.readers.rows import ends

_MOST_OF_ROWS = 0.8
_LEAST_ROWS = 3
_FEW = 12  # characters of a broken cell
_ENDS = "。.!！;；:：)）"
_OPEN, _SHUT = "(（【[“", ")）】]”"
_STATED: tuple[Callable[[Indicator], object], ...] = (
    lambda i: any(e.text for _, e in i.entries()),
    lambda i: i.actual and i.actual.text,
    lambda i: i.weight,
    lambda i: i.score,
)


def is_cut(parts: Parts, indicators: Sequence[Indicator]) -> bool:
    """Whether the form, the last of its file, ends inside its indicator rows."""
    if not parts.blocks:
        return False
    foot = [line for line in parts.foot if line.filled]
    if foot:
        return len(foot) == 1 and _is_rest(parts, foot[0])
    lines = [line for line in parts.blocks[-1].lines if line.filled]
    if not lines:
        return True  # nothing below the heads
    last = lines[-1]
    text = last.filled[-1].text
    if sum(text.count(c) for c in _OPEN) > sum(text.count(c) for c in _SHUT):
        return True
    widths = [len(line.cells) for line in lines[:-1] if not line.packed]
    short = last.packed or len(last.cells) < (max(set(widths), key=widths.count) if widths else 0)
    return short and (_is_label(last) or _lacks(indicators))


def _is_rest(parts: Parts, line: Line) -> bool:
    """A few words without an end, right behind the rows of a grid: the first cell of a row that broke off."""
    text = line.filled[-1].text
    rows = parts.blocks[-1].lines
    return (
        line.grid is None
        and len(line.filled) == 1
        and len(text) <= _FEW
        and bool(rows)
        and rows[-1].grid is not None
        and text[-1] not in _ENDS
        and not ends(line)
    )


def _is_label(line: Line) -> bool:
    """A level label, or the beginning of one, as the very last words."""
    text = labels.bare(line.filled[-1].text)
    level = labels.level_of(text)
    begun = len(text) > 1 and any(name.startswith(text) for name in (*LEVEL1, *LEVEL2))
    return (begun or bool(level and level.sure)) and line.cells[-1] is line.filled[-1]


def _lacks(indicators: Sequence[Indicator]) -> bool:
    """The last row has not what nearly all others have."""
    *others, last = indicators
    told = [one for one in others if one.name]
    if len(told) < _LEAST_ROWS:
        return False
    return any(
        not stated(last) and sum(bool(stated(one)) for one in told) >= _MOST_OF_ROWS * len(told) for stated in _STATED
    )


def mended(indicators: Sequence[Indicator], one_alone: bool) -> list[Indicator]:
    """In a row cut short behind its first level, what looks like a name and a value is a second level and a name."""
    *others, last = indicators
    if not one_alone or last.annual is None or labels.has_figure(last.annual.text) or not _lacks(indicators):
        return list(indicators)
    entry = replace(last.annual, name=last.annual.text, text="")
    return [*others, replace(last, name=last.annual.text, annual=entry)]
