"""One goal's figures and the rows that they are held against: which are about one thing, and which about another."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import combinations
from typing import Literal, NamedTuple

from kpi.lazyre import later
from kpi.rules.bare import bare
from kpi.rules.checks.sameness import (
    LEAST_NAME,
    counted_alike,
    gained,
    handed_on,
    named_behind,
    part_above_whole,
    point_lost,
    ten_thousandfold,
    told_before,
    transposed,
)
from kpi.rules.context import EntryContext
from kpi.rules.pairing import Claim, about, apart, equal, measure, same_thing, touches
from kpi.rules.text import core, pattern, squash
from kpi.values import Value, ratio

_NUMBER = "数量"
_TAIL = 2  # characters at the end of names of one kind (里程)
_ANYTHING = frozenset({"个", "项", "次", "处", "类", "批", "件", "场", "期", "份", "家", "户", "人次"})
_SEVERAL = later("[、,，和及与]")
_CONDITIONS = frozenset({"老旧", "破旧", "陈旧", "危旧", "旧", "新", "新型", "标准化", "规范化", "现代化", "普通"})
_EXTENTS = frozenset({"area", "length", "volume", "mass"})
_CLOSE, _CLOSER = Decimal(2), Decimal("1.25")  # times
Sameness = Literal["sure", "likely"]


class Words(NamedTuple):
    """`filler`: words that tell apart no two things, `always` those of them that do so in the goal of either half;
    `anyone`: respondents that stand for everybody; `gaining`: verbs of how one comes to have something."""

    filler: frozenset[str]
    always: frozenset[str]
    anyone: frozenset[str]
    gaining: frozenset[str]


@dataclass(frozen=True)
class Side:
    """One goal's figures, the rows that they are held against, and by which words."""

    said: list[Claim]
    rows: list[EntryContext]
    words: Words

    @cached_property
    def named(self) -> Counter[str]:
        """How many rows are about a rate, by its name."""
        return Counter(measure(core(row.indicator.name)) for row in self.rows)

    @cached_property
    def told(self) -> Counter[str]:
        """How many figures of the goal are about a rate."""
        return Counter(measure(about(claim, self.words.filler)) for claim in self.said)


def sameness(claim: Claim, row: EntryContext, side: Side) -> Sameness | None:
    """Sure: no word tells them apart. Likely: neither the goal nor the form has another figure for the same rate, and
    the words of one only add to those of the other."""
    filler = side.words.filler
    if same_thing(claim, row, filler):
        return "sure"
    if transposed(claim, row) and counted_alike(claim, row, filler):
        return "likely"
    if claim.value.dimension != "ratio":
        return _same_count(claim, row, side)
    rate = measure(core(row.indicator.name))
    if side.named[rate] > 1 or side.told[rate] > 1:
        return None
    if claim.satisfaction:
        everybody = apart(claim, row, filler | side.words.anyone)
        found = apart(claim, row, filler)
        return "likely" if (everybody and everybody.nothing) or (found and found.adds) else None
    found = apart(claim, row, filler, row.form.table.project)
    return "likely" if found and not (found.said and found.named) else None


def _same_count(claim: Claim, row: EntryContext, side: Side) -> Sameness | None:
    """Likely, where the words between goal and row only tell where it stands or how one comes to have it."""
    filler = side.words.filler
    if any(same(claim, row, filler) for same in (point_lost, ten_thousandfold, named_behind, told_before)):
        return "likely"
    if handed_on(claim, row):
        return "likely"
    if gained(claim, row, filler, side.words.gaining):
        alike = (one for one in side.said if one.value.unit == claim.value.unit)
        if sum(bool(touches(one, row.indicator.name, filler)) for one in alike) <= 1:
            return "likely"
    if _ends_like(claim, row, side):
        return "likely"
    whole = part_above_whole(claim, row, filler) and not any(equal(one.value, row.value) for one in side.said)
    return "likely" if whole or _only_pair(claim, row, side) else None


def _only_pair(claim: Claim, row: EntryContext, side: Side) -> bool:
    """更新老旧渡船9艘, and 更新标准化渡船 ≥10艘; 保护烤烟等作物18万亩, and 防雹作业保护面积 ≥15万亩: the only figures
    of the goal and of the rows in an extent, or in a unit that is counted in by few things, about the like, and not far
    apart."""
    kind = _counted_in(claim.value)
    found = apart(claim, row, side.words.filler, row.form.table.project) if kind else None
    if found is None or not found.shared or (kind in _ANYTHING and found.named):
        return False
    opened = (found.said | found.named) <= _CONDITIONS | side.words.gaining
    if not (found.adds or opened):
        return False
    told = [one for one in side.said if _counted_in(one.value) == kind]
    stated = {id(one.indicator) for one in side.rows if _counted_in(one.value) == kind}
    times = ratio(claim.value, row.value)
    most = _CLOSER if kind in _ANYTHING else _CLOSE
    alone = len(told) == len(stated) == 1 and times is not None and 1 / most <= times <= most
    explained = not found.named and (claim.value.dimension in (*_EXTENTS, "time") or kind in _ANYTHING)
    return alone and (explained or opened or _says_no_more(claim, row))


def _ends_like(claim: Claim, row: EntryContext, side: Side) -> bool:
    """治理面积450亩, and 恢复治理面积 ≥430亩: right before the figure stands the end of one row's name only."""
    said, name = squash(claim.mention.before), bare(row.indicator.name)
    found = apart(claim, row, side.words.filler, row.form.table.project)
    if found is None or found.said or len(said) < LEAST_NAME or not name.endswith(said) or _SEVERAL.search(name):
        return False
    others = any(bare(one.indicator.name).endswith(said) for one in side.rows if one.indicator is not row.indicator)
    again = any(squash(one.mention.before).endswith(said) for one in side.said if one is not claim)
    times = ratio(claim.value, row.value)
    return not others and not again and times is not None and 1 / _CLOSE <= times <= _CLOSE


def _says_no_more(claim: Claim, row: EntryContext) -> bool:
    """县道桥梁 says more than 乡道桥梁; 便携式B超、心电图机 are two things."""
    name = pattern(_CONDITIONS).sub("", bare(row.indicator.name)).removesuffix(_NUMBER)
    return not _SEVERAL.search(name) and set(name) <= set(claim.clause)


def _counted_in(value: Value) -> str:
    """The unit of a count, of which 人 and 名 are one, or of a length of time; the dimension of an extent."""
    if value.dimension in _EXTENTS:
        return value.dimension or ""
    unit = value.unit if value.dimension in ("count", "time") else ""
    return "人" if unit == "名" else unit or ""


def another(claim: Claim, row: EntryContext, side: Side) -> bool:
    """Another row is meant as well as this one; or the goal counts the whole of which the rows count the parts."""
    filler = side.words.always
    others = [other for other in side.rows if other.indicator is not row.indicator]
    if claim.value.dimension == "ratio":
        return any(same_thing(claim, other, filler) for other in others)
    if _sums_up(claim, row, others):
        return True
    if _by_name(claim, row) or handed_on(claim, row):
        return False
    # 保障32人 is not the whole of which 宣传覆盖5.6万人 is a part
    alike = (other for other in others if other.value.unit == row.value.unit)
    parts = [one for one in alike if (ratio(claim.value, one.value) or 1) >= 1 and not _told_apart(one, claim, side)]
    return any(touches(claim, other.indicator.name, filler) for other in parts)


def _by_name(claim: Claim, row: EntryContext) -> bool:
    """检测水质样品500个, and 检测水质样品数量 ≥420个: right before the figure stands the row's whole name."""
    name = bare(row.indicator.name).removesuffix(_NUMBER)
    return len(name) >= LEAST_NAME and squash(claim.mention.before).endswith(name)


def _sums_up(claim: Claim, row: EntryContext, others: list[EntryContext]) -> bool:
    """养护公路977公里, and rows for 县道, 乡道 and 村道养护里程 that make it up."""
    tail = bare(row.indicator.name)[-_TAIL:]
    units = (row.value.unit, None)  # 218公里 and 946, without its own
    kin = [one for one in others if one.value.unit in units and bare(one.indicator.name).endswith(tail)]
    figures = [one.value.figure for one in (row, *kin) if one.value.figure is not None]
    return len(figures) > 1 and sum(figures) == claim.value.figure


def counts_both(row: EntryContext, said: list[Claim]) -> bool:
    """B超4台、心电图机6台, and 购置B超、心电图机 ≥10台: the row counts together what the goal counts apart."""
    if not _SEVERAL.search(row.indicator.name):
        return False
    figures = [one.value.figure for one in said if one.value.unit == row.value.unit and one.value.figure is not None]
    return any(one + other == row.value.figure for one, other in combinations(figures, 2))


def _told_apart(row: EntryContext, claim: Claim, side: Side) -> bool:
    """Whether the goal has another figure for a row: 定量检测4500批次、快速检测9万批次."""
    others = (one for one in side.said if one is not claim and equal(one.value, row.value))
    return any(same_thing(one, row, side.words.filler) for one in others)
