"""The day by which a form says that its work is finished: what is counted of that work is due by then and grows no
more."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from kpi.model import Indicator
from kpi.progress.calendar import Span
from kpi.progress.milestone import due_of
from kpi.progress.reading import without
from kpi.progress.settings import Words
from kpi.values import parse
from kpi.values.normal import squeezed

_TIMED, _COUNTED = "时效指标", "数量指标"


class Target(NamedTuple):
    """An indicator with its target and the days of the target's half."""

    indicator: Indicator
    text: str
    span: Span


class _Deadline(NamedTuple):
    """`work`: what is finished by the day; "" where it is the project as a whole."""

    work: str
    due: date


def deadlines(targets: Sequence[Target], year: int, words: Words) -> Mapping[int, date]:
    """For the indicators of 数量 whose work another row of the form says is finished on a day within the term: that
    day, by the place of the indicator in `targets`. Of several days the last one holds, of its own work before the
    project's.
    """
    found = [one for target in targets if (one := _of(target, year, words))]
    made = {}
    for number, target in enumerate(targets):
        if target.indicator.level2 != _COUNTED:
            continue
        name = squeezed(target.indicator.name)
        own = [one.due for one in found if one.work and set(one.work) <= set(name)]
        days = own or [one.due for one in found if not one.work]
        if days and target.span.start < (last := max(days)) < target.span.end:
            made[number] = last
    return made


def _of(target: Target, year: int, words: Words) -> _Deadline | None:
    name, text = squeezed(target.indicator.name), squeezed(target.text)
    if target.indicator.level2 != _TIMED or not any(word in name or word in text for word in words.finished):
        return None
    value = parse(target.text, year=year)
    if value.kind != "date":
        return None
    _, due = due_of(value, target.span)
    work = without(name, words.finished | words.whole)
    return _Deadline(work, due) if due and len(work) != 1 else None  # one character names nothing
