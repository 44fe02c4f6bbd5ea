"""A pace that the goal promises (每周巡河1次), and a row that counts fewer of them in the whole year."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from kpi.lazyre import later
from kpi.rules.context import EntryContext
from kpi.rules.pairing import Claim, same_thing
from kpi.rules.text import holds
from kpi.values import Value

#: How often a period comes in a year at the least: schools and offices have holidays.
_IN_A_YEAR = {"天": Decimal(200), "周": Decimal(40), "月": Decimal(10), "季": Decimal(4)}
_EACH = later("每(?:名|人|个|村|户|位|支|所|家)")
_OWN_PACE = later("每|[日周月季]均|每?[周月]度")  # 每周开放时长 is no figure of the year
_UP = (None, "=", ">=", ">")


class Words(NamedTuple):
    """`filler`: words that tell apart no two things; `seasons`: of a part of the year, in which a pace comes to nothing
    certain (汛期每天); `events`: units of what happens, since a number of things stays the same all year."""

    filler: frozenset[str]
    seasons: frozenset[str]
    events: frozenset[str]


def outpaced(
    said: Sequence[Claim], rows: Sequence[EntryContext], words: Words
) -> Iterator[tuple[Claim, EntryContext]]:
    """The goal's pace and a row about the same thing that asks for less than it comes to in a year."""
    for claim in said:
        least = None if holds(words.seasons, claim.mention.clause) else _of_a_year(claim.value, words.events)
        if least is None:
            continue
        yearly = claim._replace(mention=claim.mention._replace(value=least))
        for row in rows:
            fewer = row.value.unit == least.unit and row.value.comparator in _UP and _less(row.value, least)
            season = holds(words.seasons, row.indicator.name) or _OWN_PACE.search(_EACH.sub("", row.indicator.name))
            if fewer and not season and same_thing(yearly, row, words.filler):
                yield claim, row


def _of_a_year(value: Value, events: frozenset[str]) -> Value | None:
    """What a pace comes to in a year at the least: 40次 for 每周不少于1次."""
    unit, _, period = (value.unit or "").partition("/")
    times, floor = _IN_A_YEAR.get(period), value.lower
    if times is None or floor is None or value.approximate or unit not in events:
        return None
    dimension = (value.dimension or "").partition("/")[0]
    return value._replace(unit=unit, dimension=dimension, lower=floor._replace(value=floor.value * times), upper=None)


def _less(row: Value, least: Value) -> bool:
    return row.figure is not None and least.lower is not None and row.figure < least.lower.value
