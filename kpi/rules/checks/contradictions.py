"""A goal's figure and an indicator about the same thing that cannot both be meant."""

import re
from collections.abc import Iterator
from decimal import Decimal

from kpi.lazyre import HAN
from kpi.model import HALVES, Half
from kpi.rules.checks import clashing, goalsides, paces, schedule
from kpi.rules.checks.goalsides import Side
from kpi.rules.checks.rows import BY_YEARS
from kpi.rules.checks.sameness import LEAST_NAME
from kpi.rules.checks.verdicts import verdict
from kpi.rules.context import EntryContext, FormContext
from kpi.rules.finding import Evidence, Hit, NotApplicable
from kpi.rules.pairing import GOALS, claims, equal, goal_half, rows_of, summed_rows
from kpi.rules.registry import Dimension, Params, WordList, check
from kpi.rules.term import later_years
from kpi.rules.text import core
from kpi.values import Value, ratio

_WORLDS = Decimal(100)  # times
_ZERO = rf"(?:[为是]|控制在|保持在?|达到)?(?:0|零)(?![\d.．%‰]|{HAN})"
_ALONE = rf"(?:(?<!{HAN})|(?<=确保|实现|做到|保持))"  # 较大|火灾死亡人数 is another number


class Contradicted(Params):
    """`qualifiers`: words of a part, a stage or another year, `years` those of them that are no such thing in the
    goal of the whole period, and `yearly` what makes one of a figure there; `scopes`: of the whole area of an
    office; `changes`: of a change and not of a level; `background` and `terms`: of no promise, `promises`: of one;
    `filler`: words that tell apart no two things, as do `gaining` verbs (聘用); `anyone`: respondents that stand for
    everybody; `seasons`: words of a part of the year, `paces` of how often something is done, `events` units of that;
    `prices` end what something costs (每餐价格);
    `plans`: words of the labels of sections that say when what is done, and `verbs` of its end; `kinds`: dimensions
    that are looked at."""

    qualifiers: WordList
    years: WordList = "figure-years"
    yearly: WordList = "figure-yearly"
    scopes: WordList
    changes: WordList
    background: WordList
    terms: WordList
    promises: WordList
    filler: WordList
    gaining: WordList = "gaining-verbs"
    anyone: WordList
    seasons: WordList = "part-year"
    paces: WordList = "pace-words"
    events: WordList = "event-units"
    plans: WordList
    verbs: WordList
    prices: WordList = "prices"
    kinds: tuple[Dimension, ...]


@check(
    "goal-contradicts-indicator",
    scope="form",
    params=Contradicted,
    facts="goal said stated of",
    cases="row-stricter likely units dates pace",
)
def goal_contradicts_indicator(ctx: FormContext, params: Contradicted) -> Iterator[Hit | NotApplicable]:
    """A goal's figure and a row about the same thing whose bounds cannot both be meant."""
    if later_years(ctx.table):
        yield BY_YEARS
        return
    said, clashes = list(claims(ctx.table)), _clashing(ctx, params)
    always = ctx.words[params.filler]
    levels = tuple(dict.fromkeys(row.level2 for row in ctx.table.indicators))
    for half in dict.fromkeys(claim.half for claim in said):
        against = goal_half(ctx.table, half)
        filler = always | (ctx.words[params.years] if half == against == "period" else frozenset())
        rows = rows_of(ctx, against, levels) if against else []
        words = goalsides.Words(filler, always, ctx.words[params.anyone], ctx.words[params.gaining])
        side = Side([claim for claim in said if claim.half == half], rows, words)
        for row in (*side.rows, *(summed_rows(ctx, against, levels) if against else ())):
            yield from _contradictions(row, side, clashes)
        pace = paces.Words(filler | ctx.words[params.paces], ctx.words[params.seasons], ctx.words[params.events])
        for claim, row in paces.outpaced(side.said, side.rows, pace):
            yield _told((GOALS[half], claim.piece), Evidence(claim.clause, claim.place), row, "pace")
    for half in HALVES:
        against = goal_half(ctx.table, half) if ctx.table.goal(half) else None
        for row in rows_of(ctx, against, levels) if against else ():
            yield from _zero(ctx, row, half)
    plans = schedule.Words(ctx.words[params.plans], ctx.words[params.qualifiers], ctx.words[params.verbs])
    for row, plan in schedule.planned_otherwise(ctx, plans):
        yield _told(("", plan.words), Evidence(plan.words, plan.place), row, "dates")


def _clashing(ctx: FormContext, params: Contradicted) -> clashing.Words:
    words = ctx.words
    return clashing.Words(
        qualifiers=words[params.qualifiers],
        years=words[params.years],
        yearly=words[params.yearly],
        scopes=words[params.scopes],
        changes=words[params.changes],
        background=words[params.background],
        terms=words[params.terms],
        promises=words[params.promises],
        prices=words[params.prices],
        kinds=params.kinds,
    )


def _zero(ctx: FormContext, row: EntryContext, half: Half) -> list[Hit]:
    """死亡人数为0 in the goal has no unit and is no figure of the text; the row of that very name allows some."""
    if row.value.comparator not in ("<=", "<", "=", None) or not row.value.figure or row.value.dimension == "ratio":
        return []
    goal, name = ctx.table.goal(half) or "", core(row.indicator.name)
    if len(name) < LEAST_NAME or name not in goal:
        return []
    found = re.search(f"{_ALONE}{re.escape(name)}{_ZERO}", goal)
    if not found:
        return []
    place = ctx.table.locations.get(f"goals.{half}") or ctx.table.location
    return [_told((GOALS[half], found[0]), Evidence(found[0], place), row, None)]


def _told(said: tuple[str, str], there: Evidence, row: EntryContext, case: str | None) -> Hit:
    return Hit(
        {"goal": said[0], "said": said[1], "stated": row.entry.text, "of": row.indicator.name},
        case=case,
        half=row.half,
        indicator=row.indicator,
        value=row.entry.text,
        evidence=(there, Evidence(row.entry.text, row.entry.location)),
    )


def _contradictions(row: EntryContext, side: Side, words: clashing.Words) -> Iterator[Hit]:
    """At most one a row: several figures about one thing are stages or parts, and nobody can say which is meant."""
    said = side.said
    near = [one for one in said if equal(one.value, row.value) or clashing.may_clash(one, row, said, words)]
    if not any(verdict(claim.value, row.value) for claim in near):
        return
    same = {claim: how for claim in near if (how := goalsides.sameness(claim, row, side))}
    if len({claim.value.figure for claim in same}) != 1:
        return
    claim, how = next(iter(same.items()))
    if goalsides.counts_both(row, said):
        return
    judged = verdict(claim.value, row.value)
    if judged is None or goalsides.another(claim, row, side):
        return
    case = "row-stricter" if judged == "row-stricter" else "likely" if how == "likely" else None
    case = "units" if _unit_slipped(claim.value, row.value) else case
    yield _told((GOALS[claim.half], claim.piece), Evidence(claim.clause, claim.place), row, case)


def _unit_slipped(said: Value, stated: Value) -> bool:
    """5500平方米 and 5500平方公里: one figure in units that are worlds apart."""
    times = ratio(said, stated) if said.figure and said.figure == stated.figure else None
    return times is not None and not 1 / _WORLDS < times < _WORLDS
