"""Which form a line of the actuals belongs to, by the project that it names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from kpi.model import TargetTable
from kpi.progress.actuals import ActualRow, MoneyRow
from kpi.progress.keys import nearest, project_key

_NAMELESS = "没有写项目名称，而目标表有几个项目"
_OTHER = "目标表里没有项目“{}”"
_NEAR = "，名称相近的有“{}”，是同一个项目的请改成一样"
_NO_FORM = "没有绩效目标表可对"
Line = TypeVar("Line", ActualRow, MoneyRow)


@dataclass(frozen=True, slots=True)
class Homes(Generic[Line]):
    """`lines`: by the number of the form; `stray`: those of no form, each with the reason; `alike`: by the number of a
    form a project that no form has, and whose name is near its own."""

    lines: Mapping[int, Sequence[Line]]
    stray: Sequence[tuple[Line, str]] = ()
    alike: Mapping[int, str] = field(default_factory=dict)

    def of(self, number: int) -> Sequence[Line]:
        return self.lines.get(number, ())


def homes_of(tables: Sequence[TargetTable], rows: Sequence[Line], near_from: int) -> Homes[Line]:
    """The lines by the form whose project they name. `near_from`: likeness of 100 from which names are reported."""
    numbers: dict[str, list[int]] = {}
    for number, table in enumerate(tables):
        numbers.setdefault(project_key(table.project), []).append(number)
    lines: dict[int, list[Line]] = {}
    stray: list[tuple[Line, str]] = []
    reasons: dict[str, str] = {}
    alike: dict[int, str] = {}
    for row in rows:
        key = project_key(row.project)
        alone = len(numbers) == 1 and (not key or "" in numbers)  # one side does not tell, and there is no choice
        at = list(range(len(tables))) if alone else numbers.get(key)
        for number in at or ():
            lines.setdefault(number, []).append(row)
        if at:
            continue
        if row.project not in reasons:
            near = _nearest(key, list(numbers), near_from)
            forms = numbers[near] if near else []
            alike |= {number: row.project for number in forms if number not in alike}
            reasons[row.project] = _homeless(row.project, key, tables, forms)
        stray.append((row, reasons[row.project]))
    return Homes(lines, stray, alike)


def _homeless(project: str, key: str, tables: Sequence[TargetTable], near: Sequence[int]) -> str:
    """Why no form has the project; a name that may be the same one is told."""
    if not tables or not key:
        return _NAMELESS if tables else _NO_FORM
    return _OTHER.format(project) + (_NEAR.format(tables[near[0]].project) if near else "")


def _nearest(key: str, keys: Sequence[str], near_from: int) -> str | None:
    """The key most like it, if it is like enough."""
    best = nearest(key, keys, near_from) if any(keys) else None
    return keys[best[0]] if best else None
