"""Which rows of the budget tables are which forms' projects: by name, else by likeness."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from kpi.model import BudgetLine, TargetTable
from kpi.rules.checks.claims import funding_of
from kpi.rules.checks.closing import open_tables
from kpi.rules.checks.disclosure import budget_of, targets
from kpi.rules.checks.totals import Tables
from kpi.rules.context import DocumentContext
from kpi.rules.text import squash

_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_MOST = 400  # rows and forms without a name in common that are held against each other
_SURE = 97  # likeness of names


class Matched(NamedTuple):
    """`pairs`: a form with its rows in the budget tables; the rest has nothing on the other side."""

    pairs: tuple[tuple[TargetTable, tuple[BudgetLine, ...]], ...]
    forms: tuple[TargetTable, ...]
    rows: tuple[BudgetLine, ...]


class Listing(Tables):
    """`alike`: from which likeness on (0 to 100) two names are one, and `hinted`: where the amounts agree, too."""

    alike: float = 90
    hinted: float = 60


def match(forms: Sequence[TargetTable], rows: Sequence[BudgetLine], params: Listing) -> Matched:
    """By name; what is left by likeness, each row once."""
    by_name: dict[str, list[BudgetLine]] = {}
    for row in rows:
        by_name.setdefault(squash(row.name), []).append(row)
    pairs: list[tuple[TargetTable, tuple[BudgetLine, ...]]] = []
    left: list[TargetTable] = []
    taken: set[str] = set()
    for form in forms:
        name = squash(form.project)
        if name in by_name:
            pairs.append((form, tuple(by_name[name])))
            taken.add(name)
        else:
            left.append(form)
    free = {name: some for name, some in by_name.items() if name not in taken}
    missing: list[TargetTable] = []
    for form in left:
        best = _likest(form, free, params) if len(free) <= _MOST and len(left) <= _MOST else None
        if best is None:
            missing.append(form)
        else:
            pairs.append((form, tuple(free.pop(best))))
    return Matched(tuple(pairs), tuple(missing), tuple(some[0] for some in free.values()))


def _likest(form: TargetTable, free: dict[str, list[BudgetLine]], params: Listing) -> str | None:
    name, money = squash(form.project), funding_of(form)
    best, score = None, 0.0
    for other, rows in free.items():
        likeness = fuzz.ratio(name, other)
        same = money is not None and any(
            r.amount is not None and abs(r.amount - money) <= params.rounding for r in rows
        )
        within = min(len(name), len(other)) >= 6 and (name in other or other in name)
        enough = params.hinted if same else params.alike
        if (likeness >= enough or within) and _DIGITS.findall(name) == _DIGITS.findall(other) and likeness > score:
            best, score = other, likeness
    return best


def lists(
    ctx: DocumentContext, params: Listing, *, open_too: bool = False
) -> tuple[tuple[TargetTable, ...], tuple[BudgetLine, ...]]:
    """The forms, and the rows of tables that list projects (of this year or carried over) and close in themselves."""
    limits = params.limits(ctx)
    broken = set() if open_too else {gap.table for gap in open_tables(ctx.document, limits)}
    other = {word for word in limits.partial if "结转" not in word}
    rows = tuple(
        row
        for row in budget_of(ctx.document).projects
        if not row.table
        or ("项目" in row.table and row.table not in broken and not any(word in row.table for word in other))
    )
    return targets(ctx.document), rows


def same_name(form: TargetTable, rows: tuple[BudgetLine, ...]) -> bool:
    """Whether no other project can be meant: one name but for brackets and slips."""
    one, other = (re.sub("[()]", "", squash(name)) for name in (form.project, rows[0].name))
    return one == other or fuzz.ratio(one, other) >= _SURE
