"""A goal's figure and an indicator about the same thing that cannot both be meant."""

import re
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from kpi.rules.context import EntryContext, FormContext
from kpi.rules.finding import Evidence, Hit
from kpi.rules.pairing import (
    GOALS,
    Claim,
    about,
    apart,
    claims,
    equal,
    goal_half,
    measure,
    rows_of,
    same_thing,
    touches,
)
from kpi.rules.registry import Params, WordList, check
from kpi.rules.text import core, holds, pattern
from kpi.values import Value, comparable, contains, ratio

_YEAR = re.compile(r"((?:19|20)\d\d)年?")
_CHANGED_TO = re.compile("[到至达为]")


class Contradicted(Params):
    """`qualifiers`: words of a part, a stage or another year; `changes`: of a change and not of a level; `background`
    and `terms`: of no promise, `promises`: of one; `filler`: words that tell apart no two things; `anyone`: respondents
    that stand for everybody; `kinds`: dimensions that are looked at."""

    qualifiers: WordList
    changes: WordList
    background: WordList
    terms: WordList
    promises: WordList
    filler: WordList
    anyone: WordList
    kinds: tuple[str, ...]


Verdict = Literal["contradicts", "row-stricter"]
Sameness = Literal["sure", "likely"]


@check(
    "goal-contradicts-indicator",
    scope="form",
    params=Contradicted,
    facts="goal said stated of",
    cases="row-stricter likely",
)
def goal_contradicts_indicator(ctx: FormContext, params: Contradicted) -> Iterator[Hit]:
    """A goal's figure and a row about the same thing whose bounds cannot both be meant."""
    said = list(claims(ctx.table))
    levels = tuple(dict.fromkeys(row.level2 for row in ctx.table.indicators))
    for half in dict.fromkeys(claim.half for claim in said):
        against = goal_half(ctx.table, half)
        side = _Side(
            [claim for claim in said if claim.half == half], rows_of(ctx, against, levels) if against else [], params
        )
        for row in side.rows:
            yield from _contradictions(ctx, row, side)


class _Side(NamedTuple):
    """One goal's figures, the rows that they are held against, and by which words."""

    said: list[Claim]
    rows: list[EntryContext]
    params: Contradicted


def _contradictions(ctx: FormContext, row: EntryContext, side: _Side) -> Iterator[Hit]:
    """At most one a row: several figures about one thing are stages or parts, and nobody can say which is meant."""
    near = [claim for claim in side.said if equal(claim.value, row.value) or _may_clash(ctx, claim, row, side.params)]
    if not any(verdict(claim.value, row.value) for claim in near):
        return
    same = {claim: how for claim in near if (how := _sameness(ctx, claim, row, side))}
    if len({claim.value.figure for claim in same}) != 1:
        return
    claim, how = next(iter(same.items()))
    judged = verdict(claim.value, row.value)
    if judged is None or _another(ctx, claim, row, side):
        return
    yield Hit(
        {"goal": GOALS[claim.half], "said": claim.piece, "stated": row.entry.text, "of": row.indicator.name},
        case="row-stricter" if judged == "row-stricter" else "likely" if how == "likely" else None,
        half=row.half,
        indicator=row.indicator,
        value=row.entry.text,
        evidence=(Evidence(claim.clause, claim.place), Evidence(row.entry.text, row.entry.location)),
    )


def _sameness(ctx: FormContext, claim: Claim, row: EntryContext, side: _Side) -> Sameness | None:
    """Sure: no word tells them apart. Likely: neither the goal nor the form has another figure for the same rate, and
    the words of one only add to those of the other."""
    filler = ctx.words[side.params.filler]
    if same_thing(claim, row, filler):
        return "sure"
    rate = measure(core(row.indicator.name))
    if claim.value.dimension != "ratio" or sum(measure(core(other.indicator.name)) == rate for other in side.rows) > 1:
        return None
    if sum(measure(about(other, filler)) == rate for other in side.said) > 1:
        return None
    if claim.satisfaction:
        everybody = apart(claim, row, filler | ctx.words[side.params.anyone])
        found = apart(claim, row, filler)
        return "likely" if (everybody and everybody.nothing) or (found and found.adds) else None
    found = apart(claim, row, filler, ctx.table.project)
    return "likely" if found and not (found.said and found.named) else None


def _another(ctx: FormContext, claim: Claim, row: EntryContext, side: _Side) -> bool:
    """Another row is meant as well as this one; or the goal counts the whole of which the rows count the parts."""
    filler = ctx.words[side.params.filler]
    others = [other for other in side.rows if other.indicator is not row.indicator]
    if claim.value.dimension == "ratio":
        return any(same_thing(claim, other, filler) for other in others)
    return any(other.value.unit == row.value.unit and touches(claim, other.indicator.name, filler) for other in others)


def _may_clash(ctx: FormContext, claim: Claim, row: EntryContext, params: Contradicted) -> bool:
    """Comparable figures, none of them a part, a stage, a change or a fact."""
    if not comparable(claim.value, row.value) or (row.value.dimension or "") not in params.kinds:
        return False
    if row.asks.bounded and row.value.dimension == "ratio" and _beyond(row.value):
        return False  # ≥101% is wrong by itself, whatever the goal says
    around, words = claim.bare(f"{claim.mention.lead} {claim.mention.clause}"), ctx.words
    if holds(words[params.qualifiers], around) or _background(claim, words, params):
        return False
    if not (row.value.dimension or "").startswith("money") and holds(words[params.terms], around):
        return False
    if any(year != str(ctx.table.year) for year in _YEAR.findall(around)):
        return False
    changes = words[params.changes]
    return _change(claim.own, changes) == _change(row.indicator.name + row.entry.text, changes)


def _background(claim: Claim, words: Mapping[str, frozenset[str]], params: Contradicted) -> bool:
    """Whether the figure tells how things stand. Where its own words promise something (在辖区12个小区|新建亭14座),
    those of another figure in the clause do not matter."""
    promised = holds(words[params.promises], claim.own)
    around = claim.own if promised else claim.mention.clause
    return holds(words[params.background], claim.bare(f"{claim.mention.lead} {around}"))


def _beyond(value: Value) -> bool:
    figure = value.figure
    return figure is not None and (figure > 100 or (figure == 100 and value.comparator == ">"))


def _change(text: str, changes: frozenset[str]) -> bool:
    """增长5% is a change, 提高到95% a level."""
    found = list(pattern(changes).finditer(text))
    return bool(found) and not _CHANGED_TO.match(text[found[-1].end() : found[-1].end() + 1])


def verdict(goal: Value, row: Value) -> Verdict | None:
    """How two figures about one thing disagree. A bare figure is read as the bound that the other side states."""
    if goal.approximate or row.approximate or goal.figure is None or row.figure is None or equal(goal, row):
        return None
    up, down = (">=", ">"), ("<=", "<")
    quotient = ratio(goal, row)
    if quotient is None:
        return None
    if row.comparator in up and goal.comparator not in down:
        return "contradicts" if quotient > 1 else "row-stricter"
    if row.comparator in down and goal.comparator not in up:
        return "contradicts" if quotient < 1 else "row-stricter"
    if goal.comparator in (*up, *down) and row.point is not None:
        return "row-stricter" if contains(goal, row) else "contradicts"
    crossed = (goal.comparator in up) == (quotient < 1)
    return None if goal.comparator in (*up, *down) and crossed else "contradicts"
