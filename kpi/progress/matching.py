"""Which line of the actuals tells of which indicator: by name within the form and its second level. Near names are
reported and never taken."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from kpi.model import COST_LEVELS, TargetTable
from kpi.progress.actuals import ActualRow, Actuals, MoneyKind, MoneyRow
from kpi.progress.homes import homes_of
from kpi.progress.keys import core, nearest, squashed
from kpi.progress.namesakes import told_apart
from kpi.progress.reading import is_blank, shown

_MOST_NEAR = 2000  # lines of one project that are looked through for near names
_TWICE = "{0}写了不止一行，用的是{1}“{2}”，{3}“{4}”没有用上"
_AGAIN = "同一个指标写了不止一行，用的是{0}“{1}”，{2}“{3}”没有用上"
_APART = "没有写项目名称，三级指标又没有一项对得上，没有当作这个项目的资金"


class Near(NamedTuple):
    """A line and an indicator whose names are alike (`likeness` of 100) but not the same: for a person to settle."""

    row: ActualRow
    indicator: int
    likeness: int
    why: str


@dataclass(frozen=True, slots=True)
class Matched:
    """What the actuals say of one form. `rows`: by the indicator's number; `lost`: lines of this project that fit no
    indicator, each with the reason. `lines`: how many lines were looked through; `named`: whether they name the
    project, or are taken for its own as there is no other; `alike`: a project of the file, and of no form,
    whose name is near this one's; `unsure`: why nobody knows whether lines of this name are this form's."""

    rows: Mapping[int, ActualRow]
    money: Mapping[MoneyKind, MoneyRow] = field(default_factory=dict)
    lost: tuple[tuple[ActualRow, str], ...] = ()
    near: tuple[Near, ...] = ()
    lines: int = 0
    named: bool = True
    alike: str = ""
    unsure: str = ""

    @property
    def apart(self) -> bool:
        """Whether there are lines for this form, and not one of them is of its indicators."""
        return self.lines > 0 and not self.rows


@dataclass(frozen=True, slots=True)
class Matching:
    """One Matched a form, in the order of the forms; `stray`: lines whose project no form has, each with the reason."""

    forms: tuple[Matched, ...]
    stray: tuple[tuple[ActualRow | MoneyRow, str], ...] = ()


def match(tables: Sequence[TargetTable], actuals: Actuals, *, near_from: int = 80) -> Matching:
    """The lines of `actuals` by form and indicator. `near_from`: likeness of 100 from which names are reported."""
    apart = told_apart(tables, [*actuals.rows, *actuals.money])
    rows = homes_of(tables, actuals.rows, near_from, apart)
    purses = homes_of(tables, actuals.money, near_from, apart)
    forms: list[Matched] = []
    taken: set[int] = set()
    last = rows.last(len(tables))
    for number, table in enumerate(tables):
        own = rows.of(number)
        made = _form(table, [row for row in own if id(row) not in taken], near_from, last=number in last)
        taken |= {id(row) for row in made.rows.values()}
        alike = rows.alike.get(number, "") or purses.alike.get(number, "")
        named = any(row.project.strip() for row in own)
        unsure = apart.unsure.get(number, "")
        forms.append(replace(made, lines=len(own), named=named, alike=alike, unsure=unsure))
    # Nothing but the money would be of this project: somebody took the wrong file.
    foreign = bool(tables) and all(one.apart and not one.named for one in forms)
    lost: dict[int, tuple[MoneyRow, str]] = {}
    for number, made in enumerate(forms):
        lost |= {id(row): (row, _APART) for row in purses.of(number) if foreign and not row.project.strip()}
        told = [row for row in purses.of(number) if id(row) not in lost]
        money = _money(told)
        lost |= {id(row): (row, _twice(row, money[row.kind])) for row in told if _other(row, money)}
        forms[number] = replace(made, money=money)
    return Matching(tuple(forms), (*rows.stray, *purses.stray, *lost.values()))


def _twice(row: MoneyRow, used: MoneyRow) -> str:
    return _TWICE.format(row.name, _at(used) or "先写的", shown(used.text), _at(row), shown(row.text))


def _other(row: MoneyRow, taken: Mapping[MoneyKind, MoneyRow]) -> bool:
    """Whether a line tells another amount than the one that was taken."""
    return bool(row.text) and squashed(row.text) != squashed(taken[row.kind].text)


def _money(rows: Sequence[MoneyRow]) -> dict[MoneyKind, MoneyRow]:
    """Of several figures for one thing the first that is filled holds."""
    money: dict[MoneyKind, MoneyRow] = {}
    for row in rows:
        if row.text:
            money.setdefault(row.kind, row)
    return money


def _form(table: TargetTable, rows: Sequence[ActualRow], near_from: int, *, last: bool) -> Matched:
    """`last`: no further form of the same project comes, which could still take a line."""
    found: dict[int, ActualRow] = {}
    left = list(rows)
    for key_of, single in ((squashed, False), (core, True)):
        waiting = [n for n, one in enumerate(table.indicators) if one.name.strip() and n not in found]
        if not left or not waiting:
            break
        left = _pass(table, left, waiting, found, key_of, single=single)
    missing = [n for n, one in enumerate(table.indicators) if one.filled and n not in found]
    near = tuple(_near(table, missing, left, near_from)) if last else ()
    levels: dict[str, list[str]] = {}
    for one in table.indicators:
        levels.setdefault(squashed(one.name), []).append(one.level2)
    used = [*found.values()]
    lost = tuple((row, _why(row, levels.get(squashed(row.name), ()), used)) for row in left) if last else ()
    return Matched(found, {}, lost, near)


def _pass(
    table: TargetTable, rows: Sequence[ActualRow], waiting: Sequence[int], found: dict[int, ActualRow],
    key_of: Callable[[str], str], *, single: bool,
) -> list[ActualRow]:  # fmt: skip
    """Gives lines to indicators of the same key, in order; returns those left. `single`: only where there is one of
    each."""
    by_key: dict[str, list[int]] = {}
    for number in waiting:
        by_key.setdefault(key_of(table.indicators[number].name), []).append(number)
    by_key.pop("", None)
    rivals = Counter((key_of(row.name), row.level2) for row in rows) if single else Counter[tuple[str, str]]()
    left = []
    for row in rows:
        at = [n for n in by_key.get(key_of(row.name), ()) if _same_level(row.level2, table.indicators[n].level2)]
        levels = {table.indicators[n].level2 for n in at}
        blank = next((n for n in at if n in found and _says_nothing(found[n])), None)
        at = [n for n in at if n not in found]
        several = len(levels) > 1 and not row.level2
        if not (at or several or single) and blank is not None and not _says_nothing(row):
            found[blank] = row  # the same indicator once more, filled in at last
        elif not at or several or (single and (len(at) > 1 or rivals[key_of(row.name), row.level2] > 1)):
            left.append(row)
        else:
            found[at[0]] = row
    return left


def _says_nothing(row: ActualRow) -> bool:
    return is_blank(row.text) and is_blank(row.score) and is_blank(row.reason)


def _same_level(said: str, level: str) -> bool:
    """成本指标 of the 2015 tree and 经济成本指标 of the 2021 tree hold the same rows."""
    return not said or said == level or (said in COST_LEVELS and level in COST_LEVELS)


def _why(row: ActualRow, levels: Sequence[str], used: Sequence[ActualRow]) -> str:
    """Why a line fits no indicator. `levels`: where the form has indicators of this name; `used`: the lines taken."""
    if not levels:
        return "目标表里没有这个指标"
    if not any(_same_level(row.level2, level) for level in levels):
        return f"目标表里这个指标在“{levels[0]}”下"
    if len(set(levels)) > 1 and not row.level2:
        return "几个二级指标下都有这个指标，请写明二级指标"
    name = squashed(row.name)
    one = next((one for one in used if squashed(one.name) == name and _same_level(row.level2, one.level2)), row)
    return _AGAIN.format(_at(one) or "先写的", shown(one.text) or "（空）", _at(row), shown(row.text) or "（空）")


def _at(row: ActualRow | MoneyRow) -> str:
    """Where a line stands, as short as tells it from another of the same list."""
    place = row.location
    line = place.line or place.row
    return f"{place.cell} 格的" if place.cell else f"第 {line} 行的" if line else ""


def _near(
    table: TargetTable, missing: Sequence[int], rows: Sequence[ActualRow], near_from: int
) -> Iterator[Near]:
    """For each indicator without a line the line of the most similar name, if it is similar enough."""
    some = rows[:_MOST_NEAR]
    names = [squashed(row.name) for row in some]
    for number in missing:
        best = nearest(squashed(table.indicators[number].name), names, near_from) if names else None
        if best:
            row = some[best[0]]
            same = _same_level(row.level2, table.indicators[number].level2)
            like = "相同" if best[1] == 100 else "相近"
            yield Near(row, number, best[1], f"名称{like}" if same else f"名称{like}，二级指标不同")
