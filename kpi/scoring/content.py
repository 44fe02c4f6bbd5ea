"""What a form says, as digests short enough to stand in a workbook: is it still the form that was judged?"""

import re
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from typing import NamedTuple

from kpi.model import HALVES, Funding, Indicator, TargetTable
from kpi.rules.offices import office
from kpi.rules.sameforms import plain

_LABEL = "内容摘要："
_WHOLE, _PART = 8, 6  # hexadecimal digits
_MOST_ROWS = 150  # indicators that are listed one by one
_MOST_NAMED, _LONGEST = 3, 20  # of indicators in a sentence, and the characters of one
_WRITTEN = re.compile(
    rf"{_LABEL}([0-9a-f]{{{_WHOLE}}})" + rf"/([0-9a-f]{{{_PART}}})" * 4 + rf"/((?:[0-9a-f]{{{2 * _PART}}})*)"
)


class Content(NamedTuple):
    """Digests of a form. `whole`: of all that makes it another form than one of the same name, as
    `kpi.rules.sameforms` has it, but for the order of rows; `rows`: of every indicator its name and what it says, ()
    where they are too many."""

    whole: str
    money: str
    goals: str
    indicators: str
    others: str
    rows: tuple[tuple[str, str], ...]

    @property
    def written(self) -> str:
        """As it stands in a workbook."""
        rows = "".join(f"{name}{said}" for name, said in self.rows)
        return _LABEL + "/".join((*self[:5], rows))


def content_of(table: TargetTable) -> Content:
    rows = sorted(map(_row, table.indicators))
    money = repr([_money(table.funding(half)) for half in HALVES])
    goals = repr([plain(table.goal(half)) for half in HALVES])
    frame = repr((office(table.department or ""), plain(table.term), table.form))
    sections = repr(sorted((plain(label), plain(text)) for label, text in table.sections.items()))
    return Content(
        _digest(repr(rows) + money + goals + frame, _WHOLE), _digest(money), _digest(goals), _digest(repr(rows)),
        _digest(frame + sections), tuple(rows[:_MOST_ROWS]) if len(rows) <= _MOST_ROWS else (),
    )  # fmt: skip


def content_in(text: str) -> Content | None:
    """The content that a workbook tells; None for another text."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        return None
    whole, money, goals, indicators, others, rows = found.groups()
    pairs = (rows[at : at + 2 * _PART] for at in range(0, len(rows), 2 * _PART))
    return Content(whole, money, goals, indicators, others, tuple((pair[:_PART], pair[_PART:]) for pair in pairs))


def changes(before: Content, table: TargetTable) -> tuple[str, ...]:
    """What of a form is not as it was: 资金, 总体目标, which indicators, other fields."""
    now = content_of(table)
    return (
        *(["资金"] if before.money != now.money else []),
        *(["总体目标"] if before.goals != now.goals else []),
        *(_of_indicators(before, table) if before.indicators != now.indicators else ()),
        *(["其他栏目"] if before.others != now.others else []),
    )


def _of_indicators(before: Content, table: TargetTable) -> Iterator[str]:
    if not before.rows:
        yield "指标"
        return
    names, left = Counter(name for name, _ in before.rows), Counter(before.rows)
    changed, added = [], []
    for row in table.indicators:
        name, said = _row(row)
        if not names[name]:
            added.append(row)
            continue
        names[name] -= 1
        if not left[name, said]:
            changed.append(row)
        left[name, said] -= 1
    gone = sum(names.values())
    yield from (f"{word}{_named(rows)}" for word, rows in (("指标", changed), ("新增的指标", added)) if rows)
    if gone:
        yield f"删去的指标 {gone} 项"


def _named(rows: list[Indicator]) -> str:
    shown = "".join(f"“{_short(row.name)}”" for row in rows[:_MOST_NAMED])
    return shown + (f"等 {len(rows)} 项" if len(rows) > _MOST_NAMED else "")


def _short(name: str) -> str:
    said = plain(name)
    return said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…"


def _row(row: Indicator) -> tuple[str, str]:
    """What tells an indicator, and what it says."""
    texts = [(half, plain(entry.text)) for half, entry in row.entries()]
    return _digest(repr((plain(row.level2), plain(row.name)))), _digest(repr(texts))


def _money(funding: Funding | None) -> tuple[object, ...]:
    """The total, in whatever unit, and what comes from where; sources without money are written or not."""
    if funding is None:
        return ()
    if funding.total is None:
        return (plain(funding.text),)
    sources = sorted((plain(name), f"{amount.normalize():f}") for name, amount in funding.sources.items() if amount)
    return f"{funding.total.normalize():f}", sources


def _digest(text: str, digits: int = _PART) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=digits // 2).hexdigest()
