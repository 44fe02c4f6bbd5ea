"""What the lines of a block have in common, learnt of each line once, however often it is asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kpi.readers import labels
from kpi.readers.labels import Level
from kpi.readers.lines import Line


@dataclass(slots=True, eq=False)
class Learnt:
    """`filled`: lines that hold text. `level`: the first sure one."""

    count: int = 0
    filled: int = 0
    single: bool = True  # each line that holds text is a cell by itself
    bare: bool = True  # each line is one cell, and the file gives no columns
    levels: bool = False  # a line opens with a level
    level: Level | None = None

    def of(self, lines: Sequence[Line]) -> "Learnt":
        """Learns of the lines that have come since."""
        for at in range(self.count, len(lines)):
            line = lines[at]
            self.bare = self.bare and line.packed and len(line.cells) == 1
            if not line.filled:
                continue
            self.filled += 1
            self.single = self.single and is_single(line)
            self.levels = self.levels or labels.is_level(line.cells[0].text)
            self.level = self.level or next(sure_levels(line), None)
        self.count = len(lines)
        return self


def is_single(line: Line) -> bool:
    return len(line.filled) == 1 and len(line.cells) == 1 and (line.packed or line.grid is not None)


def sure_levels(line: Line) -> Iterator[Level]:
    """The levels that a line opens with."""
    return (level for c in line.filled[:3] if (level := labels.level_of(c.text)) and level.sure)
