"""The figure of an answer that says more than a figure (完成70公里，占任务的58%)."""

import re
from decimal import Decimal

from kpi.names import NameReading
from kpi.progress.actualvalue import Actual, actual_of, impossible, is_damaged
from kpi.progress.beside import not_done, turned, unlike
from kpi.progress.reading import Aim, shown, without_sign
from kpi.progress.settings import Words
from kpi.progress.words import tells_nothing
from kpi.values import Value, parse

_CLAUSE = re.compile(r"[，,；;。()（）]")
_LONGEST = 200  # characters of an answer that is looked into


def achieved(
    text: str, aim: Aim, named: NameReading, words: Words, *, bounded: bool, over: bool
) -> Actual:
    """What an answer tells of a target that is a figure, at mid-year as at the year's end. `bounded`: no more than
    100 % can be; `over`: the term is, and what a year holds (3次/年) is what was done (3次)."""
    target = aim.value
    found = figure_of(text, yearly(target), named, words)
    if found.figure is None and over:
        found = figure_of(text, target, named, words)
    if found.figure is None:
        return found
    why = impossible(found.figure, text, target, bounded=bounded)
    return Actual(problem=why, wrong=True, never=True) if why else found


def figure_of(text: str, target: Value, named: NameReading, words: Words) -> Actual:
    """The figure of an answer, or of its one clause that has a comparable one (完成70公里，占任务的58%)."""
    whole = actual_of(text, target, named)
    if whole.figure is None and is_damaged(text, parse(without_sign(text))):
        return whole
    if whole.figure is None and _nothing(text, target, named, words):
        return Actual(Decimal(0))
    if not_done(text, named, words):
        whole = Actual(problem=f"“{shown(text)}”说的不是已经完成的数", wrong=True)
    elif whole.figure is not None and (against := turned(text, target, named)) is not False:
        whole = Actual(-whole.figure) if against else Actual(problem=unlike(text), wrong=True)
    clauses = _CLAUSE.split(text) if whole.figure is None and len(text) <= _LONGEST else []
    if len(clauses) < 2:
        return whole
    told_of = [one.strip() for one in clauses if one.strip() and not _is_aside(one, named, words)]
    found = [one for one in (actual_of(clause, target, named) for clause in told_of) if one.figure is not None]
    return found[0] if len(found) == 1 else whole


def _is_aside(clause: str, named: NameReading, words: Words) -> bool:
    """占任务的58%, 还差40次: a clause whose figure is not what was done."""
    return any(word in clause for word in words.planned) or not_done(clause, named, words)


def _nothing(text: str, target: Value, named: NameReading, words: Words) -> bool:
    """Whether an answer in words says that nothing happened of what should not (零事故, 未发生投诉)."""
    nought = target.figure == 0 or (target.upper is not None and target.upper.value == 0)
    return (named.absence or nought) and tells_nothing(text, words)


def yearly(target: Value) -> Value:
    """4次/年 is held against 2次: the count of the year so far."""
    if target.unit and target.unit.endswith("/年") and target.unit_text:
        shorter = parse(target.text.replace("/年", "").replace("每年", ""))
        return shorter if shorter.kind == "quantity" else target
    return target
