"""How many places a fix is about: the same change in both halves of a row counts as one."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kpi.fixes.edits import Change, Fixed, Manual


class Places(NamedTuple):
    """Of some files: the changes, also those that could not be written; what is left to people; what would alter a
    meaning and was not asked for."""

    changes: int
    manual: int
    unsafe: int


def places(fixed: Iterable[Fixed]) -> Places:
    plans = [one.plan for one in fixed]
    return Places(
        sum(len(alike(plan.changes)) for plan in plans),
        sum(len(alike_manual(plan.manual)) for plan in plans),
        sum(plan.unsafe_rows for plan in plans),
    )


def made(fixed: Iterable[Fixed]) -> list[Fixed]:
    """The files whose changes are written, or could be."""
    return [one for one in fixed if not one.error and one.plan.changes]


def alike(changes: Iterable[Change]) -> list[Sequence[Change]]:
    """The changes of each place."""
    rows: dict[object, list[Change]] = {}
    for one in changes:
        where = one.where
        rows.setdefault((where.project, where.level2, where.name, one.old, one.new, one.rules), []).append(one)
    return list(rows.values())


def alike_manual(some: Iterable[Manual]) -> list[Sequence[Manual]]:
    rows: dict[object, list[Manual]] = {}
    for one in some:
        where = one.where
        rows.setdefault((where.project, where.level2, where.name, *one[1:]), []).append(one)
    return list(rows.values())
