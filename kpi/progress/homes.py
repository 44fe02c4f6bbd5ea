"""Which form a line of the actuals belongs to, by the project that it names, and by its unit where several have it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from kpi.model import TargetTable
from kpi.progress.actuals import ActualRow, MoneyRow
from kpi.progress.keys import nearest, project_key
from kpi.progress.namesakes import Apart, by_name, named_in

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

    def last(self, count: int) -> frozenset[int]:
        """The forms after which no other one of the `count` could still take a line of theirs."""
        found: set[int] = set()
        later: set[int] = set()
        for number in reversed(range(count)):
            own = {id(row) for row in self.of(number)}
            if own.isdisjoint(later):
                found.add(number)
            later |= own
        return frozenset(found)


def homes_of(tables: Sequence[TargetTable], rows: Sequence[Line], near_from: int, apart: Apart) -> Homes[Line]:
    """The lines by the form whose project they name. `near_from`: likeness of 100 from which names are reported."""
    numbers = by_name(tables)
    lines: dict[int, list[Line]] = {}
    stray: list[tuple[Line, str]] = []
    reasons: dict[str, str] = {}
    alike: dict[int, str] = {}
    for row in rows:
        if why := apart.why.get(id(row)):
            stray.append((row, why))
            continue
        at = apart.forms.get(id(row)) or named_in(row, numbers)
        for number in at:
            lines.setdefault(number, []).append(row)
        if at:
            continue
        key = project_key(row.project)
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
