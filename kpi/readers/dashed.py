"""A report that lists its targets with dashes between their parts: 1.产出-数量目标-客运量-≥90万人次-目标已完成."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kpi.lazyre import later
from kpi.model import Indicator
from kpi.readers import labels
from kpi.readers.clauses import Item
from kpi.readers.grid import GridCell
from kpi.readers.pairing import is_share
from kpi.readers.profile import cost_parent
from kpi.readers.reportlevels import MOST, NUMBERED, made
from kpi.values.traditional import simplified

_DASH = r"\s*[-—–－]{1,2}\s*"
_FIRST = "投入|产出|效益|效果|过程|满意度"
_DONE = later(rf"{_DASH}(?P<told>(?:目标|指标|任务)?(?:已|未|基本|全部|部分)(?:完成|达成|实现|达标)[^-—–－]*)$")
_REACHED = later(r"实际(?:完成|达到)?(?:值|数)?[:：为]?\s*(?P<value>\d[^,，;；。]*)")
_LEAST = 3  # dashes of such a line
_DASHES = later("[-—–－]")


@cache
def _line() -> re.Pattern[str]:
    level = f"(?P<label>{labels.level_stems()}(?:指标|目标))"
    names = r"(?P<name>[^-—–－,，;；。]{2,40})"
    first = rf"\s*{NUMBERED}(?:{_FIRST})(?:指标|目标)?"
    return re.compile(rf"{first}{_DASH}{level}{_DASH}{names}{_DASH}(?P<rest>\S.*?)[;；。]?\s*")


def dashed_rows(cells: Sequence[GridCell]) -> list[Indicator]:
    """The rows of such lines, in their order; [] where there are none."""
    found = list(_told(cells))
    cost = cost_parent([level.two for level, _, _ in found])
    rows = []
    for level, item, cell in found:
        one, two = labels.canonical(level, cost if level.two == "成本指标" else level.one)
        rows.append(made(one, two or labels.second_alone(one), item, cell))
    return rows


def _told(cells: Sequence[GridCell]) -> Iterator[tuple[labels.Level, Item, GridCell]]:
    for cell in cells:
        if len(_DASHES.findall(cell.text)) < _LEAST:
            continue
        line = _line().fullmatch(simplified(cell.text[:MOST]))
        level = labels.level_of(line["label"].removesuffix("目标").removesuffix("指标") + "指标") if line else None
        if line is None or level is None:
            continue
        name, rest = cell.text[slice(*line.span("name"))].strip(), cell.text[slice(*line.span("rest"))]
        done = _DONE.search(rest)
        value = rest[: done.start()] if done else rest
        yield level, Item(name, value.strip(), _actual(done["told"], value) if done else "", line.start("name")), cell


def _actual(told: str, value: str) -> str:
    """What was reached; 实际完成100% of a number of things says how much of it, and not what."""
    found = _REACHED.search(told)
    reached = found["value"].strip() if found else ""
    return "" if is_share(reached) and not is_share(value) else reached
