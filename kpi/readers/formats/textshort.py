"""Rows of bars that have broken behind one of their bars, or anywhere between bars at both ends: what stands on the
lines below makes up the bars that the rows around them have."""

from collections import Counter
from collections.abc import Mapping, Sequence

from kpi.readers.formats.textcells import LEVEL

_ROWS = 3  # rows of one width before it counts
_LINES = 20  # of one row
_LEVELS = 2


def short_rows(lines: Sequence[str], broken: Mapping[int, int]) -> dict[int, int]:
    """The first line of each such row that begins with its level, and the one behind its last. `broken`: the rows known
    to stand on several lines, which are left alone. {} where no width is that of most rows."""
    inside = {at for start, end in broken.items() for at in range(start, end)}
    levels = {at: _levels(line) for at, line in enumerate(lines) if "|" in line and "\t" not in line}
    rows = [at for at, told in levels.items() if told and _is_ended(lines[at])]
    # merged cells are left out, or rows are filled up with bars
    ways = [{at: lines[at].count("|") - filled * levels[at] for at in rows} for filled in (0, 1)]
    common = [Counter(bars.values()).most_common(1)[0] for bars in ways] if rows else [(0, 0)]
    way = max(range(len(common)), key=lambda k: common[k][1])
    width, most = common[way]
    if most < _ROWS:
        return {}
    found: dict[int, int] = {}
    for at in rows:
        short = at not in inside and ways[way][at] < width
        whole = width + way * levels[at]
        if short and (end := _end(lines, at, whole, levels)) and inside.isdisjoint(range(at, end)):
            found[at] = end
    return found


def _levels(line: str) -> int:
    """How many levels stand in front of a line's other cells."""
    cells = [cell.strip() for cell in line.strip().strip("|").split("|")][: _LEVELS + 1]
    return next((k for k, cell in enumerate(cells) if not LEVEL.search(cell.replace(" ", ""))), 0)


def _is_ended(line: str) -> bool:
    return line.rstrip().endswith("|")


def _end(lines: Sequence[str], at: int, bars: int, levels: Mapping[int, int]) -> int:
    """Behind the line that makes the bars up; 0 where there are more, a level stands between, or a line has none."""
    count = lines[at].count("|")
    for k in range(at + 1, min(at + _LINES, len(lines))):
        if levels.get(k, 1):
            return 0
        count += lines[k].count("|")
        if count >= bars:
            return k + 1 if count == bars and _is_ended(lines[k]) else 0
    return 0


def outer_rows(lines: Sequence[str]) -> dict[int, int]:
    """The same of a table with a bar at both ends of its rows: a line that begins with one and has fewer than the whole
    rows goes on in those below, each behind an open end or without a bar in front, until the bars are made up."""
    outer = [at for at, line in enumerate(lines) if "\t" not in line and line.startswith("|") and line.strip("| ")]
    ended = Counter(lines[at].count("|") for at in outer if _is_ended(lines[at]))
    bars = max((width for width, count in ended.items() if count >= _ROWS), default=0)
    if bars < _ROWS:
        return {}
    found: dict[int, int] = {}
    done = 0
    for at in outer:
        if at >= done and lines[at].count("|") < bars and (end := _made_up(lines, at, bars)):
            found[at] = done = end
    return found


def _made_up(lines: Sequence[str], at: int, bars: int) -> int:
    """Behind the line that makes a row of the bars; 0 where there is none, or a row of its own comes before."""
    count = lines[at].count("|")
    for k in range(at + 1, min(at + _LINES, len(lines))):
        goes_on = lines[k].strip() and not (_is_ended(lines[k - 1]) and lines[k].startswith("|"))
        count += lines[k].count("|")
        if not goes_on or count > bars:
            return 0
        if count == bars and _is_ended(lines[k]):
            return k + 1
    return 0
