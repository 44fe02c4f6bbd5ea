"""Forms of one project name: two units may each keep 公厕. Which of them a line tells of, its unit says, or the form
that it stands in; the order of the lines says nothing."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kpi.model import TargetTable
from kpi.progress.actuals import ActualRow, MoneyRow
from kpi.progress.keys import project_key, squashed
from kpi.progress.reading import is_blank

_NO_UNIT = (
    "目标表里同名的项目有 {count} 张表（实施单位{own}），完成情况没有写实施单位，分不清是哪一张的；"
    "请加“实施单位”一列写明"
)
_SOME_BLANK = "目标表里同名的项目有 {count} 张表，完成情况有几行没有写实施单位，分不清是哪一张的；请写明"
_ALIKE = "目标表里同名的项目有 {count} 张表，看实施单位也分不清完成情况是哪一张的；请把项目名称改得不一样，两边一起改"
_OF_SEVERAL = "完成情况里这个项目有几个实施单位（{told}），目标表没有写是哪一个；请在目标表里写明"
_OTHER_UNIT = "完成情况里这个项目的实施单位是“{unit}”，目标表里的是{own}；是同一个单位的请改成一样"
_MOST_UNITS = 4  # that a sentence names
Line = ActualRow | MoneyRow


class Apart(NamedTuple):
    """The lines whose project has several forms, or several units. `forms`: the numbers of those that a line tells of,
    `why`: the reason where nobody knows, both by the identity of the line; `unsure`: by the number of a form the reason
    why nothing is known of it."""

    forms: Mapping[int, Sequence[int]]
    why: Mapping[int, str]
    unsure: Mapping[int, str]


class _Given(NamedTuple):
    """A line with the forms that it tells of; with a reason `why` where it is one of them and nobody knows which."""

    line: Line
    forms: Sequence[int]
    why: str = ""


def by_name(tables: Sequence[TargetTable]) -> Mapping[str, list[int]]:
    """The numbers of the forms by the key of their project's name."""
    numbers: dict[str, list[int]] = {}
    for number, table in enumerate(tables):
        numbers.setdefault(project_key(table.project), []).append(number)
    return numbers


def named_in(line: Line, numbers: Mapping[str, Sequence[int]]) -> Sequence[int]:
    """The forms of the project that a line names. Where one side names none, and there is no choice, it is that one."""
    key = project_key(line.project)
    if len(numbers) == 1 and (not key or "" in numbers):
        return next(iter(numbers.values()))
    return numbers.get(key, ())


def need_units(tables: Sequence[TargetTable]) -> bool:
    """Whether there are forms of one name that their units tell apart."""
    return any(len({_unit(tables[number]) for number in some}) > 1 for some in by_name(tables).values())


def one_unit(one: TargetTable, other: TargetTable) -> bool:
    """Whether two forms may be of one unit: it is the same, or either does not tell."""
    return not _unit(one) or not _unit(other) or _unit(one) == _unit(other)


def told_apart(tables: Sequence[TargetTable], lines: Iterable[Line]) -> Apart:
    numbers = by_name(tables)
    groups: dict[tuple[int, ...], list[Line]] = {}
    for line in lines:
        if at := named_in(line, numbers):
            groups.setdefault(tuple(at), []).append(line)
    forms: dict[int, Sequence[int]] = {}
    why: dict[int, str] = {}
    doubts: dict[int, str] = {}
    for at, some in groups.items():
        if _of_one(tables, at, some):
            continue
        for one in _given(tables, at, some):
            if one.why:
                why[id(one.line)] = one.why
                for number in one.forms:
                    doubts.setdefault(number, one.why)
            else:
                forms[id(one.line)] = one.forms
    told = {number for some in forms.values() for number in some}
    return Apart(forms, why, {number: reason for number, reason in doubts.items() if number not in told})


def _of_one(tables: Sequence[TargetTable], numbers: Sequence[int], lines: Sequence[Line]) -> bool:
    """Whether all is of one project, though it may stand in several forms (a target form beside its 监控表)."""
    if len(numbers) > 1:
        return len({_unit(tables[number]) for number in numbers} - {""}) < 2 and not _differ(tables, numbers, lines)
    units = {project_key(line.unit) for line in lines if line.unit}
    return len(units) < 2 or not _overfull(tables, numbers, lines)


def _given(tables: Sequence[TargetTable], numbers: Sequence[int], lines: Sequence[Line]) -> Iterator[_Given]:
    has_units = any(line.unit for line in lines)
    parts: dict[tuple[int, ...], list[Line]] = {}
    for line in lines:
        own = [number for number in numbers if line.form is not None and tables[number] is line.form]
        at = own or (_of_unit(tables, numbers, line) if has_units else numbers)
        if at:
            parts.setdefault(tuple(at), []).append(line)
        elif line.unit:
            yield _Given(line, numbers, _OTHER_UNIT.format(unit=line.unit, own=_units(tables, numbers)))
        else:
            yield _Given(line, numbers, _SOME_BLANK.format(count=len(numbers)))
    for at, some in parts.items():
        why = _unclear(tables, at, some)
        yield from (_Given(line, at, why) for line in some)


def _of_unit(tables: Sequence[TargetTable], numbers: Sequence[int], line: Line) -> Sequence[int]:
    """The forms of the line's unit, else those that tell no unit."""
    key = project_key(line.unit)
    own = [number for number in numbers if _unit(tables[number]) == key]
    return own or ([number for number in numbers if not _unit(tables[number])] if key else [])


def _unclear(tables: Sequence[TargetTable], numbers: Sequence[int], lines: Sequence[Line]) -> str:
    """Why nobody knows of which form, or of which project, these lines tell; "" where there is but one."""
    if len({_unit(tables[number]) for number in numbers} - {""}) > 1:
        return _NO_UNIT.format(count=len(numbers), own=_units(tables, numbers))
    if len(numbers) > 1 and _differ(tables, numbers, lines):
        return _ALIKE.format(count=len(numbers))
    told = [line.unit for line in lines if line.unit]
    if len(set(map(project_key, told))) > 1 and _overfull(tables, numbers, lines):
        return _OF_SEVERAL.format(told=_quoted(told))
    return ""


def _differ(tables: Sequence[TargetTable], numbers: Sequence[int], lines: Sequence[Line]) -> bool:
    """Whether forms that no unit tells apart are of several projects all the same."""
    budgets = {amount for number in numbers if (amount := _budget(tables[number])) is not None}
    return len(budgets) > 1 or _overfull(tables, numbers, lines)


def _overfull(tables: Sequence[TargetTable], numbers: Sequence[int], lines: Sequence[Line]) -> bool:
    """Whether the lines say more than any one of the forms can hold: other values of the same thing."""
    values: dict[str, set[tuple[str, str]]] = {}
    for line in lines:
        if not is_blank(line.text):
            level = line.level2 if isinstance(line, ActualRow) else ""
            values.setdefault(squashed(line.name), set()).add((level, squashed(line.text)))
    holds = Counter[str]()
    for number in numbers:
        holds |= Counter(squashed(one.name) for one in tables[number].indicators)
    return any(len(told) > max(1, holds[name]) for name, told in values.items())


def _budget(table: TargetTable) -> object:
    """The year's money, where the form tells it."""
    if table.execution and table.execution.budget is not None:
        return table.execution.budget
    return table.annual_funding.total if table.annual_funding else None


def _unit(table: TargetTable) -> str:
    return project_key(table.unit or "")


def _units(tables: Sequence[TargetTable], numbers: Sequence[int]) -> str:
    return _quoted([tables[number].unit or "" for number in numbers])


def _quoted(names: Iterable[str]) -> str:
    some = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    more = " 等" if len(some) > _MOST_UNITS else ""
    return "".join(f"“{name}”" for name in some[:_MOST_UNITS]) + more
