"""Weights: their sum, their signs, blanks, and parents against their children."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from kpi.model import Indicator
from kpi.rules.checks.rows import breaks_off, half_of, lost_rows, used, weight_of
from kpi.rules.context import FormContext
from kpi.rules.finding import Evidence, Hit, NotApplicable
from kpi.rules.registry import Params, check
from kpi.rules.text import number

_MUCH = Decimal("1.2")  # halves of the points
_MORE = Decimal("1.5")  # times what is printed; more than that was misread
_SEVERAL = 2  # first levels
_ZEROS = re.compile(r"[\s0.%]*")  # 经济成本指标 | 0 | 0.00% | 0: nobody set a target here
_TARGETS = "绩效指标"  # the points that a head prints for all rows


class WeightsWrong(Params):
    """`tolerance`: what the rounding of printed weights (3.33 × 3) may leave over."""

    tolerance: Decimal = Decimal("0.05")


@check(
    "weights-wrong",
    scope="form",
    params=WeightsWrong,
    facts="problem sum wanted rows advice shares",
    cases="sum blank not-positive parent share heads",
    figures="weight_sums",
)
def weights_wrong(ctx: FormContext, params: WeightsWrong) -> Iterator[Hit | NotApplicable]:
    """One finding per form: a weight that is no weight, else a parent unlike its children, else a sum that is off."""
    if over := _over_all(ctx.table.shares):
        yield over
        return
    rows = [i for i in ctx.table.indicators if i.weight is not None and (used(i) or i.weight.strip())]
    if not any(weight_of(i) is not None for i in rows):
        yield NotApplicable("表中没有权重（分值）")
        return
    cut = breaks_off(ctx)
    wanted = [Decimal(str(total)) for total in ctx.profile["weight_sums"]]
    if (told := ctx.table.shares.get(_TARGETS)) and Decimal(told) not in wanted:
        wanted.append(Decimal(told))  # 年度绩效指标完成情况(80分)
    if ctx.table.form != "target" and 2 * _sum(_leaves(rows)) < _MUCH * min(wanted):
        yield NotApplicable("各条的分值加起来只有一小半，表里另有分值没有读到")
        return  # 资金管理情况 has its points as well
    lost = lost_rows(ctx)  # among them may be rows with their weights
    begun = ctx.table.begun  # the rows before the file's first line have weights, too
    hit = _judge(rows, wanted, params.tolerance, cut is not None or bool(lost) or begun)
    if hit is None and (cut or lost):
        hit = _over_shares(ctx.table.shares, rows, wanted, params.tolerance)
    elif hit is None and not begun:
        hit = _unequal_shares(ctx.table.shares, rows, wanted, params.tolerance)
    if hit:
        yield Hit(hit.facts, hit.case, hit.evidence, half=half_of(ctx.table.halves))
    elif begun and _sum(_leaves(rows)) not in wanted:
        yield NotApplicable("文件从表的中间开始，前面的权重看不到")
    elif cut and _sum(_leaves(rows)) not in wanted:
        yield NotApplicable(f"表在“{cut}”处中断，权重读不全")
    elif lost and _sum(_leaves(rows)) not in wanted:
        yield NotApplicable("有没有读懂的行，权重读不全")


def _over_all(printed: Mapping[str, str]) -> Hit | None:
    """年度绩效目标(80分) over 产出指标(60分) and 效益指标(40分): the first levels have more than the head has."""
    whole = Decimal(printed.get(_TARGETS, "0"))
    levels = {level: Decimal(text) for level, text in printed.items() if level != _TARGETS}
    if not whole or len(levels) < _SEVERAL or sum(levels.values()) <= whole:
        return None
    told = "＋".join(f"{level}{number(points)}分" for level, points in levels.items())
    facts = {"problem": told, "sum": number(sum(levels.values(), Decimal(0))), "wanted": number(whole)}
    return Hit(facts, "heads", judged=(f"{facts['sum']}/{facts['wanted']}",))


def _judge(rows: list[Indicator], wanted: list[Decimal], tolerance: Decimal, cut: bool) -> Hit | None:
    bad = [
        i
        for i in rows
        if used(i) and not _ZEROS.fullmatch(i.name) and (weight := weight_of(i)) is not None and weight <= 0
    ]
    if bad:
        return _hit("not-positive", bad, rows, wanted)
    if _fits(_sum(rows), wanted, tolerance):
        return None  # a row and its 其中 may both have points
    if parents := _unequal_parents(rows, tolerance):
        return _hit("parent", parents, rows, wanted)
    if _fits(_sum(_leaves(rows)), wanted, tolerance):
        return None  # blanks under a merged weight cell are no blanks
    if cut and _sum(_leaves(rows)) < min(wanted):
        return None
    blanks = [i for i in _leaves(rows) if weight_of(i) is None]
    if blanks and 2 * len(blanks) <= len(rows) and _fits(_sum([i for i in rows if weight_of(i)]), wanted, tolerance):
        return None  # 其中 below their rows: the points are all told
    return _hit("blank", blanks, rows, wanted) if blanks else _hit("sum", [], rows, wanted)


def _hit(case: str, at: list[Indicator], rows: list[Indicator], wanted: list[Decimal]) -> Hit:
    total = _sum(_leaves(rows))
    facts = {
        "problem": "、".join(
            f"“{i.name}”（{i.weight.strip() if i.weight and i.weight.strip() else '空'}）" for i in at
        ),
        "sum": number(total),
        "wanted": "或".join(number(want) for want in wanted),
        "rows": " + ".join(number(weight_of(i) or Decimal(0)) for i in _leaves(rows)),
        "advice": "，或者".join(_moved(total, want) for want in sorted(wanted)),
        "shares": _shares(rows),
    }
    evidence = tuple(_place(i) for i in at or _leaves(rows))
    summed = (f"权重合计{number(total)}",) if case == "sum" else ()
    return Hit(facts, case, evidence, judged=(*(quote.text for quote in evidence), *summed))


def _unequal_shares(
    printed: Mapping[str, str], rows: list[Indicator], wanted: list[Decimal], tolerance: Decimal
) -> Hit | None:
    """产出指标(40分) over rows of 50 points: all first levels print their points, as many as the rows have in all, or
    as a form is to have (100, over rows of 90)."""
    points = {level: Decimal(text) for level, text in printed.items() if level != _TARGETS}
    leaves, total = _leaves(rows), sum(points.values(), Decimal(0))
    if {row.level1 for row in leaves} != {*points} or any(weight_of(row) is None for row in leaves):
        return None
    sums = {level: _sum([row for row in leaves if row.level1 == level]) for level in points}
    off = [level for level in points if abs(sums[level] - points[level]) > tolerance]
    if not off or (abs(_sum(leaves) - total) > tolerance and not _fits(total, wanted, tolerance)):
        return None
    return _of_shares(off, sums, points, rows, wanted)


def _over_shares(
    printed: Mapping[str, str], rows: list[Indicator], wanted: list[Decimal], tolerance: Decimal
) -> Hit | None:
    """产出指标(50分), and the rows of it that were read have 54 already, whatever is missing behind them."""
    points = {level: Decimal(text) for level, text in printed.items() if level != _TARGETS}
    told = [row for row in _leaves(rows) if weight_of(row) is not None]
    sums = {level: _sum([row for row in told if row.level1 == level]) for level in points}
    over = [level for level in points if points[level] + tolerance < sums[level] <= _MORE * points[level]]
    return _of_shares(over, sums, points, rows, wanted) if over else None


def _of_shares(
    off: list[str], sums: Mapping[str, Decimal], points: Mapping[str, Decimal], rows: list[Indicator],
    wanted: list[Decimal],
) -> Hit:  # fmt: skip
    hit = _hit("share", [row for row in _leaves(rows) if row.level1 in off], rows, wanted)
    told = "、".join(f"{level}印的是{number(points[level])}分，各条加起来是{number(sums[level])}分" for level in off)
    return hit._replace(facts={**hit.facts, "problem": told})


def _moved(total: Decimal, want: Decimal) -> str:
    gap = want - total
    return f"补{number(gap)}分到{number(want)}" if gap > 0 else f"减{number(-gap)}分到{number(want)}"


def _shares(rows: list[Indicator]) -> str:
    """What each first level has; "" where the rows tell no first level, or only one."""
    shares: dict[str, Decimal] = {}
    for row in _leaves(rows):
        shares[row.level1] = shares.get(row.level1, Decimal(0)) + (weight_of(row) or Decimal(0))
    told = len(shares) > 1 and all(shares)
    return "、".join(f"{level}{number(points)}分" for level, points in shares.items()) if told else ""


def _place(row: Indicator) -> Evidence:
    return Evidence(f"{row.name}：权重{(row.weight or '').strip() or '（空）'}", row.location)


def _leaves(rows: list[Indicator]) -> list[Indicator]:
    parents = {i.parent for i in rows if i.parent}
    return [i for i in rows if i.name not in parents]


def _sum(rows: list[Indicator]) -> Decimal:
    return sum((weight_of(i) or Decimal(0) for i in rows), Decimal(0))


def _fits(total: Decimal, wanted: list[Decimal], tolerance: Decimal) -> bool:
    """Also where weights are printed as shares of one."""
    return any(abs(total - want) <= tolerance or total * 100 == want for want in wanted)


def _unequal_parents(rows: list[Indicator], tolerance: Decimal) -> list[Indicator]:
    wrong = []
    for parent in rows:
        children = [i for i in rows if i.parent and i.parent == parent.name]
        own = weight_of(parent)
        several = len(children) > 1  # one 其中 may have points of its own
        if several and own is not None and all(weight_of(i) is not None for i in children):
            wrong += [parent] if abs(own - _sum(children)) > tolerance else []
    return wrong
