"""A goal's figure and an indicator about the same thing that cannot both be meant."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from kpi.lazyre import HAN, later
from kpi.model import EFFECT_LEVELS, HALVES, Half
from kpi.rules.bare import bare, ending
from kpi.rules.checks import paces
from kpi.rules.checks.sameness import (
    counted_alike,
    gained,
    named_behind,
    part_above_whole,
    point_lost,
    ten_thousandfold,
    told_before,
    transposed,
    transposed_money,
)
from kpi.rules.checks.schedule import Words, planned_otherwise
from kpi.rules.checks.verdicts import verdict
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
    summed_rows,
    touches,
)
from kpi.rules.registry import Dimension, Params, WordList, check
from kpi.rules.term import window
from kpi.rules.text import core, holds, pattern, squash
from kpi.values import Value, comparable, parse, ratio

_EACH_KIND = later("各(?=[类项种])")  # 各类案件260件 are all of them
_PRICE = later(rf"每{HAN}{{1,3}}\d[\d.,]*\s*万?元")  # 对52万亩耕地按每亩84元: a price makes no part of the area
_LIMITED = later("(?:不超过|不高于|不低于|控制在|[≤<为是])+$")
_WORLDS = Decimal(100)  # times
_LEAST_NAME = 4  # a shorter name (死亡数) may be part of another one's
_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d\d)(?=\s*年|[-—–~至]\s*\d)")
_ZERO = rf"(?:[为是]|控制在|保持在?|达到)?(?:0|零)(?![\d.．%‰]|{HAN})"
_ALONE = rf"(?:(?<!{HAN})|(?<=确保|实现|做到|保持))"  # 较大|火灾死亡人数 is another number
_NONE = Decimal(0)
_TIMES = {"万": 10_000, "亿": 100_000_000}
_TOTALS = ("累计", "总计")
_NUMBER = "数量"
_TAIL = 2  # characters at the end of names of one kind (里程)
_ANYTHING = frozenset({"个", "项", "次", "处", "类", "批", "件", "场", "期", "份", "家", "户", "人次"})
_CONDITIONS = frozenset({"老旧", "破旧", "陈旧", "危旧", "旧", "新", "新型", "标准化", "规范化", "现代化", "普通"})
_CLOSE = Decimal(2)  # times
_MOST = 60  # figures of a goal of which one may be the product of two others
#: 两年后毕业生就业率95%: at another time than the row's.
_YEARS_ON = later("[一二两三五十\\d]年[后前]")
_STAGE = later("[一二三首]期")  # 建成公墓二期,新增墓穴600个: the second stage is what this year builds
_CHANGED_TO = later("[到至达为]")
_OWN_AREA = later("全([县市区旗州])")  # 全县, in a form of the county's own office
_OFFICE = later("(?:局|委|委员会|办|办公室|政府|中心支队)$")  # of the whole county, and no school or station of it


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


Sameness = Literal["sure", "likely"]


@check(
    "goal-contradicts-indicator",
    scope="form",
    params=Contradicted,
    facts="goal said stated of",
    cases="row-stricter likely units dates pace",
)
def goal_contradicts_indicator(ctx: FormContext, params: Contradicted) -> Iterator[Hit]:
    """A goal's figure and a row about the same thing whose bounds cannot both be meant."""
    said = list(claims(ctx.table))
    levels = tuple(dict.fromkeys(row.level2 for row in ctx.table.indicators))
    for half in dict.fromkeys(claim.half for claim in said):
        against = goal_half(ctx.table, half)
        filler = ctx.words[params.filler] | (ctx.words[params.years] if half == against == "period" else frozenset())
        rows = rows_of(ctx, against, levels) if against else []
        side = _Side([claim for claim in said if claim.half == half], rows, params, filler)
        for row in (*side.rows, *(summed_rows(ctx, against, levels) if against else ())):
            yield from _contradictions(ctx, row, side)
        pace = paces.Words(filler | ctx.words[params.paces], ctx.words[params.seasons], ctx.words[params.events])
        for claim, row in paces.outpaced(side.said, side.rows, pace):
            yield _told((GOALS[half], claim.piece), Evidence(claim.clause, claim.place), row, "pace")
    for half in HALVES:
        against = goal_half(ctx.table, half) if ctx.table.goal(half) else None
        for row in rows_of(ctx, against, levels) if against else ():
            yield from _zero(ctx, row, half)
    words = Words(ctx.words[params.plans], ctx.words[params.qualifiers], ctx.words[params.verbs])
    for row, plan in planned_otherwise(ctx, words):
        yield _told(("", plan.words), Evidence(plan.words, plan.place), row, "dates")


def _zero(ctx: FormContext, row: EntryContext, half: Half) -> list[Hit]:
    """死亡人数为0 in the goal has no unit and is no figure of the text; the row of that very name allows some."""
    if row.value.comparator not in ("<=", "<", "=", None) or not row.value.figure or row.value.dimension == "ratio":
        return []
    goal, name = ctx.table.goal(half) or "", core(row.indicator.name)
    if len(name) < _LEAST_NAME or name not in goal:
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


@dataclass(frozen=True)
class _Side:
    """One goal's figures, the rows that they are held against, and by which words."""

    said: list[Claim]
    rows: list[EntryContext]
    params: Contradicted
    filler: frozenset[str]

    @cached_property
    def named(self) -> Counter[str]:
        """How many rows are about a rate, by its name."""
        return Counter(measure(core(row.indicator.name)) for row in self.rows)

    @cached_property
    def told(self) -> Counter[str]:
        """How many figures of the goal are about a rate."""
        return Counter(measure(about(claim, self.filler)) for claim in self.said)


def _contradictions(ctx: FormContext, row: EntryContext, side: _Side) -> Iterator[Hit]:
    """At most one a row: several figures about one thing are stages or parts, and nobody can say which is meant."""
    near = [claim for claim in side.said if equal(claim.value, row.value) or _may_clash(ctx, claim, row, side)]
    if not any(verdict(claim.value, row.value) for claim in near):
        return
    same = {claim: how for claim in near if (how := _sameness(ctx, claim, row, side))}
    if len({claim.value.figure for claim in same}) != 1:
        return
    claim, how = next(iter(same.items()))
    judged = verdict(claim.value, row.value)
    if judged is None or _another(ctx, claim, row, side):
        return
    case = "row-stricter" if judged == "row-stricter" else "likely" if how == "likely" else None
    case = "units" if _unit_slipped(claim.value, row.value) else case
    yield _told((GOALS[claim.half], claim.piece), Evidence(claim.clause, claim.place), row, case)


def _unit_slipped(said: Value, stated: Value) -> bool:
    """5500平方米 and 5500平方公里: one figure in units that are worlds apart."""
    times = ratio(said, stated) if said.figure and said.figure == stated.figure else None
    return times is not None and not 1 / _WORLDS < times < _WORLDS


def _sameness(ctx: FormContext, claim: Claim, row: EntryContext, side: _Side) -> Sameness | None:
    """Sure: no word tells them apart. Likely: neither the goal nor the form has another figure for the same rate, and
    the words of one only add to those of the other."""
    filler = side.filler
    if same_thing(claim, row, filler):
        return "sure"
    if transposed(claim, row) and counted_alike(claim, row, filler):
        return "likely"
    if claim.value.dimension != "ratio":
        return _same_count(ctx, claim, row, side)
    rate = measure(core(row.indicator.name))
    if side.named[rate] > 1 or side.told[rate] > 1:
        return None
    if claim.satisfaction:
        everybody = apart(claim, row, filler | ctx.words[side.params.anyone])
        found = apart(claim, row, filler)
        return "likely" if (everybody and everybody.nothing) or (found and found.adds) else None
    found = apart(claim, row, filler, ctx.table.project)
    return "likely" if found and not (found.said and found.named) else None


def _same_count(ctx: FormContext, claim: Claim, row: EntryContext, side: _Side) -> Sameness | None:
    """Likely, where the words between goal and row only tell where it stands or how one comes to have it."""
    filler = side.filler
    if any(same(claim, row, filler) for same in (point_lost, ten_thousandfold, named_behind, told_before)):
        return "likely"
    if gained(claim, row, filler, ctx.words[side.params.gaining]):
        alike = (one for one in side.said if one.value.unit == claim.value.unit)
        if sum(bool(touches(one, row.indicator.name, filler)) for one in alike) <= 1:
            return "likely"
    whole = part_above_whole(claim, row, filler) and not any(equal(one.value, row.value) for one in side.said)
    return "likely" if whole or _only_pair(claim, row, side) else None


def _only_pair(claim: Claim, row: EntryContext, side: _Side) -> bool:
    """更新老旧渡船9艘, and 更新标准化渡船 ≥10艘: the only figures of the goal and of the rows in a unit that is counted
    in by few things, about the like, and not far apart."""
    unit = _counted_in(claim.value)
    found = apart(claim, row, side.filler, row.form.table.project) if unit and unit not in _ANYTHING else None
    if found is None or not (found.adds or (found.shared and (found.said | found.named) <= _CONDITIONS)):
        return False
    name = pattern(_CONDITIONS).sub("", bare(row.indicator.name)).removesuffix(_NUMBER)
    if not set(name) <= set(claim.goal):
        return False  # 县道桥梁, 乡道桥梁
    told = [one for one in side.said if _counted_in(one.value) == unit]
    stated = {id(one.indicator) for one in side.rows if _counted_in(one.value) == unit}
    times = ratio(claim.value, row.value)
    return len(told) == len(stated) == 1 and times is not None and 1 / _CLOSE <= times <= _CLOSE


def _counted_in(value: Value) -> str:
    """The unit of a count; 人 and 名 are one."""
    unit = value.unit if value.dimension == "count" else ""
    return "人" if unit == "名" else unit or ""


def _another(ctx: FormContext, claim: Claim, row: EntryContext, side: _Side) -> bool:
    """Another row is meant as well as this one; or the goal counts the whole of which the rows count the parts."""
    filler = ctx.words[side.params.filler]
    others = [other for other in side.rows if other.indicator is not row.indicator]
    if claim.value.dimension == "ratio":
        return any(same_thing(claim, other, filler) for other in others)
    if _sums_up(claim, row, others):
        return True
    if _by_name(claim, row):
        return False
    # 保障32人 is not the whole of which 宣传覆盖5.6万人 is a part
    alike = (other for other in others if other.value.unit == row.value.unit)
    parts = [one for one in alike if (ratio(claim.value, one.value) or 1) >= 1 and not _told_apart(one, claim, side)]
    return any(touches(claim, other.indicator.name, filler) for other in parts)


def _by_name(claim: Claim, row: EntryContext) -> bool:
    """检测水质样品500个, and 检测水质样品数量 ≥420个: right before the figure stands the row's whole name."""
    name = bare(row.indicator.name).removesuffix(_NUMBER)
    return len(name) >= _LEAST_NAME and squash(claim.mention.before).endswith(name)


def _sums_up(claim: Claim, row: EntryContext, others: list[EntryContext]) -> bool:
    """养护公路977公里, and rows for 县道, 乡道 and 村道养护里程 that make it up."""
    tail = bare(row.indicator.name)[-_TAIL:]
    units = (row.value.unit, None)  # 218公里 and 946, without its own
    kin = [one for one in others if one.value.unit in units and bare(one.indicator.name).endswith(tail)]
    figures = [one.value.figure for one in (row, *kin) if one.value.figure is not None]
    return len(figures) > 1 and sum(figures) == claim.value.figure


def _told_apart(row: EntryContext, claim: Claim, side: _Side) -> bool:
    """Whether the goal has another figure for a row: 定量检测4500批次、快速检测9万批次."""
    others = (one for one in side.said if one is not claim and equal(one.value, row.value))
    return any(same_thing(one, row, side.filler) for one in others)


def _may_clash(ctx: FormContext, claim: Claim, row: EntryContext, side: _Side) -> bool:
    """Comparable figures, none of them a part, a stage, a change or a fact."""
    params = side.params
    if not comparable(claim.value, row.value) or not (_looked_at(claim, row, params) or transposed_money(claim, row)):
        return False
    if _whole_of_columns(claim, row) or _is_result(claim, row):
        return False
    if row.asks.bounded and row.value.dimension == "ratio" and _beyond(row.value):
        return False  # ≥101% is wrong by itself, whatever the goal says
    around, words = claim.bare(f"{claim.mention.lead} {claim.mention.clause}"), ctx.words
    around = _EACH_KIND.sub("", around if "/" in (claim.value.unit or "") else _PRICE.sub("", around))
    # what the row's name or the project's says as well (平均修复时间, 免费筛查项目) makes no part of it
    spoken = row.indicator.name + ctx.table.project + ("".join(_TOTALS) if _product(claim, side.said) else "")
    period = claim.half == row.half == "period"
    whole = words[params.years] if period else frozenset[str]()
    parts = frozenset(word for word in words[params.qualifiers] if word not in spoken and word not in whole)
    if period:  # 全年会商52次 in the goal of three years
        parts |= frozenset(word for word in words[params.yearly] if word not in spoken)
    # 全县现有12座, and not 在全县新建12座; a rate of the whole county is not the town's in any case
    if row.value.dimension == "ratio" or not holds(words[params.promises], claim.own):
        parts |= frozenset(word for word in words[params.scopes] if word not in spoken and not _own_area(word, ctx))
    parts -= frozenset(word for word in parts if _STAGE.fullmatch(word) and word not in claim.mention.clause)
    if _YEARS_ON.search(around) or holds(parts, around) or _background(claim, words, params):
        return False
    terms = frozenset(word for word in words[params.terms] if word not in row.indicator.name)  # 建成标准厂房
    if not (row.value.dimension or "").startswith("money") and holds(terms, claim.mention.clause):
        return False
    last = allowed.end if period and (allowed := window(ctx.table)) else None  # 到2022年…达到93%: the end of the term
    if any(year not in (str(ctx.table.year), str(last.year if last else "")) for year in _YEAR.findall(around)):
        return False
    changes = words[params.changes]
    return _change(claim.own, changes) == _change(row.indicator.name + row.entry.text, changes)


def _is_result(claim: Claim, row: EntryContext) -> bool:
    """更新担架9副, and a row of 10副 of which 9副 were: the copy runs the goal and what came of it together."""
    actual = parse(row.indicator.actual.text) if row.indicator.actual else None
    if actual is None or actual.figure is None:
        return False
    figures = (actual.figure, actual.figure * _TIMES.get(row.value.magnitude or "", 1))  # 47.8 in a column of 万页
    return equal(actual, claim.value) or (actual.unit is None and claim.value.figure in figures)


def _whole_of_columns(claim: Claim, row: EntryContext) -> bool:
    """生产线3条, and a row with a column for each of three towns, 1条 | 1条 | 1条."""
    values = [parse(text) for text in row.indicator.columns.values() if text.strip()]
    units = (None, claim.value.unit) if row.asks.unit_hint else (claim.value.unit,)  # 设施(个): the name has it
    figures = [value.figure for value in values if value.figure is not None and value.unit in units]
    return len(figures) > 1 and sum(figures) == claim.value.figure


def _own_area(word: str, ctx: FormContext) -> bool:
    """Whether 全县 is the whole area of the office whose form it is, and not of one of its towns. 各乡镇 among those
    who carry it out are no office."""
    area = _OWN_AREA.search(word)
    told = [part for part in re.split("[、,，;；]", ctx.table.unit or "") if not part.strip().startswith("各")]
    office = next(filter(None, (part.strip() for part in (*told, ctx.table.department or ""))), "")
    of_town = any(word in office for word in ("镇", "乡", "街道"))
    return area is not None and area[1] in office and _OFFICE.search(office) is not None and not of_town


def _product(claim: Claim, said: list[Claim]) -> bool:
    """6期,每期50人,累计300人: the whole of this form's own parts, and not of several years."""
    if len(said) > _MOST or not any(word in claim.mention.clause for word in _TOTALS):
        return False
    figures = [(one.value.unit or "", one.value.figure or _NONE) for one in said]
    return any(
        each == f"{claim.value.unit}/{unit}" and times * size == claim.value.figure
        for unit, times in figures
        for each, size in figures
    )


def _looked_at(claim: Claim, row: EntryContext, params: Contradicted) -> bool:
    """Money in a goal is mostly the budget; that under an effect (停车收入) is a result like any other, a price that
    both name (每餐价格) a target."""
    dimension = row.value.dimension or ""
    priced = dimension == "money" and _priced(claim, row, row.form.words[params.prices])
    effect = dimension == "money" and row.indicator.level2 in EFFECT_LEVELS
    return dimension in params.kinds or effect or priced


def _priced(claim: Claim, row: EntryContext, prices: frozenset[str]) -> bool:
    before = _LIMITED.sub("", claim.mention.before.strip())
    price = ending(prices, before)
    return price != "" and before[-len(price) - 1 :] in row.indicator.name


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
