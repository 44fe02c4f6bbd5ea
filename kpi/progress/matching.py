"""Which line of the actuals tells of which indicator: by name within project and second level. Near names are
reported and never taken."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple, TypeVar

from kpi.model import COST_LEVELS, TargetTable
from kpi.names.clean import clean
from kpi.progress.actuals import ActualRow, Actuals, MoneyKind, MoneyRow

_JUNK = re.compile(r"[\s,，。；;、:：.·…!！?？“”\"'‘’《》〈〉\-—_/★☆*#()（）\[\]【】〔〕]+")
_ORDINAL = re.compile(r"^(?:(?:三级)?指标)?\s*[(（]?\d{1,2}[)）]?\s*[:：.、．](?!\d)|^指标\d{1,2}")
_CODED = re.compile(r"^[A-Za-z0-9]{6,}[-—_\s]*(?=[一-鿿])")  # a project's number before its name
_LONGEST = 400  # characters of a name that are looked at
_MOST_NEAR = 2000  # lines of one project that are looked through for near names
_NAMELESS = "没有写项目名称，而目标表有几个项目"
_OTHER = "目标表里没有项目“{}”"
Line = TypeVar("Line", ActualRow, MoneyRow)


class Near(NamedTuple):
    """A line and an indicator whose names are alike (`likeness` of 100) but not the same: for a person to settle."""

    row: ActualRow
    indicator: int
    likeness: int
    why: str


@dataclass(frozen=True, slots=True)
class Matched:
    """What the actuals say of one form. `rows`: by the indicator's number; `lost`: lines of this project that fit no
    indicator, each with the reason; `missing`: filled indicators without a line."""

    rows: Mapping[int, ActualRow]
    money: Mapping[MoneyKind, MoneyRow] = field(default_factory=dict)
    lost: tuple[tuple[ActualRow, str], ...] = ()
    missing: tuple[int, ...] = ()
    near: tuple[Near, ...] = ()


@dataclass(frozen=True, slots=True)
class Matching:
    """One Matched a form, in the order of the forms; `stray`: lines whose project no form has, each with the reason."""

    forms: tuple[Matched, ...]
    stray: tuple[tuple[ActualRow | MoneyRow, str], ...] = ()


def match(tables: Sequence[TargetTable], actuals: Actuals, *, near_from: int = 80) -> Matching:
    """The lines of `actuals` by form and indicator. `near_from`: likeness of 100 from which names are reported."""
    homes, stray = _homes(tables, actuals.rows)
    purses, unspent = _homes(tables, actuals.money)
    forms: list[Matched] = []
    taken: set[int] = set()
    for number, table in enumerate(tables):
        mine = [row for row in homes.get(number, ()) if id(row) not in taken]
        later = any(project_key(t.project) == project_key(table.project) for t in tables[number + 1 :])
        made = _form(table, mine, near_from, last=not later)
        taken |= {id(row) for row in made.rows.values()}
        forms.append(replace(made, money=_money(purses.get(number, []))))
    return Matching(tuple(forms), (*stray, *unspent))


def _homes(tables: Sequence[TargetTable], rows: Sequence[Line]) -> tuple[dict[int, list[Line]], list[tuple[Line, str]]]:
    """The lines by the number of the form whose project they name, and those of no form."""
    numbers: dict[str, list[int]] = {}
    for number, table in enumerate(tables):
        numbers.setdefault(project_key(table.project), []).append(number)
    homes: dict[int, list[Line]] = {}
    stray: list[tuple[Line, str]] = []
    for row in rows:
        key = project_key(row.project)
        alone = len(numbers) == 1 and (not key or "" in numbers)  # one side does not tell, and there is no choice
        at = list(range(len(tables))) if alone else numbers.get(key)
        if at:
            for number in at:
                homes.setdefault(number, []).append(row)
        else:
            stray.append((row, _OTHER.format(row.project) if key else _NAMELESS))
    return homes, stray


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
    for key_of, single in ((squashed, False), (_core, True)):
        waiting = [n for n, one in enumerate(table.indicators) if one.name.strip() and n not in found]
        if not left or not waiting:
            break
        left = _pass(table, left, waiting, found, key_of, single=single)
    missing = tuple(n for n, one in enumerate(table.indicators) if one.filled and n not in found)
    near = tuple(_near(table, missing, left, near_from)) if last else ()
    levels: dict[str, list[str]] = {}
    for one in table.indicators:
        levels.setdefault(squashed(one.name), []).append(one.level2)
    lost = tuple((row, _why(row, levels.get(squashed(row.name), ()))) for row in left) if last else ()
    return Matched(found, {}, lost, missing, near)


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
        at = [n for n in at if n not in found]
        several = len(levels) > 1 and not row.level2
        if not at or several or (single and (len(at) > 1 or rivals[key_of(row.name), row.level2] > 1)):
            left.append(row)
        else:
            found[at[0]] = row
    return left


def _same_level(said: str, level: str) -> bool:
    """成本指标 of the 2015 tree and 经济成本指标 of the 2021 tree hold the same rows."""
    return not said or said == level or (said in COST_LEVELS and level in COST_LEVELS)


def _why(row: ActualRow, levels: Sequence[str]) -> str:
    """Why a line fits no indicator. `levels`: where the form has indicators of this name."""
    if not levels:
        return "目标表里没有这个指标"
    if not any(_same_level(row.level2, level) for level in levels):
        return f"目标表里这个指标在“{levels[0]}”下"
    if len(set(levels)) > 1 and not row.level2:
        return "几个二级指标下都有这个指标，请写明二级指标"
    return "同一个指标写了不止一行"


def _near(
    table: TargetTable, missing: Sequence[int], rows: Sequence[ActualRow], near_from: int
) -> Iterator[Near]:
    """For each indicator without a line the line of the most similar name, if it is similar enough."""
    if not missing or not rows:
        return
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - few runs have anything left over

    some = rows[:_MOST_NEAR]
    names = [squashed(row.name) for row in some]
    for number in missing:
        name = squashed(table.indicators[number].name)
        best = process.extractOne(name, names, scorer=fuzz.ratio, score_cutoff=near_from) if name else None
        if best:
            row = some[best[2]]
            same = _same_level(row.level2, table.indicators[number].level2)
            like = "相同" if best[1] == 100 else "相近"
            yield Near(row, number, int(best[1]), f"名称{like}" if same else f"名称{like}，二级指标不同")


@lru_cache(maxsize=8192)
def squashed(name: str) -> str:
    """A name for comparing: half-width, without white space, punctuation, brackets and ordinals."""
    return _JUNK.sub("", _ORDINAL.sub("", unicodedata.normalize("NFKC", name[:_LONGEST]).strip()))


@lru_cache(maxsize=8192)
def _core(name: str) -> str:
    """A name without what is in brackets and without a threshold of its own (满意度(≥90%))."""
    return _JUNK.sub("", clean(name[:_LONGEST]).core)


def project_key(name: str) -> str:
    """A project's name for comparing, without the number that some systems print before it."""
    return _JUNK.sub("", _CODED.sub("", unicodedata.normalize("NFKC", name[:_LONGEST]).strip()))
