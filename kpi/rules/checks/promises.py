"""Figures that a goal promises and no indicator takes up."""

import re
from collections.abc import Iterator
from decimal import Decimal

from kpi.lazyre import later
from kpi.model import TargetTable, Unread
from kpi.rules.checks.promising import (
    EXTENTS,
    LEADS,
    LISTED,
    SEVERAL,
    Promising,
    derived,
    goes_on,
    is_promise,
    promises,
)
from kpi.rules.checks.rewriting import rewritten
from kpi.rules.checks.rows import BY_YEARS, breaks_off, entries, half_of, lost_rows, may_follow, used
from kpi.rules.checks.takenup import covered
from kpi.rules.context import FormContext
from kpi.rules.finding import Evidence, Hit, NotApplicable
from kpi.rules.pairing import Claim, claims, measure, telling, touches
from kpi.rules.registry import check
from kpi.rules.term import later_years
from kpi.rules.text import core, number
from kpi.values.value import Comparator

_HUNDRED = Decimal(100)
_FOR_OTHERS = later("受益|惠及|带动|就业|覆盖|服务|满意|参加|参与|接待|立案")  # these may stand among the effects
_NO_COUNTS = frozenset({"时效指标", "服务对象满意度"})
_FIGURES_OF = re.compile(r"\d+(?:\.\d+)?")


class Promised(Promising):
    """`longest_name`: characters of a name that is proposed."""

    longest_name: int = 20


@check("figure-without-indicator", scope="form", params=Promised, facts="figures rewrite")
def figure_without_indicator(ctx: FormContext, params: Promised) -> Iterator[Hit | NotApplicable]:
    """Promised figures of the goals whose object no row is about."""
    table = ctx.table
    if not any(used(row) for row in table.indicators):
        yield NotApplicable("没有读到已填写的绩效指标")
        return
    if later_years(table):
        yield BY_YEARS
        return
    said = list(claims(table))
    promised = [c for c in promises(ctx, said, params) if not derived(ctx, c, said, params)]
    open_ = [claim for claim in promised if not covered(ctx, claim, params) and _names_object(ctx, claim, params)]
    unread, stop = lost_rows(ctx), ctx.words[params.stop]  # among them may be the indicator
    # only the sentence tells that these are promised: any row about the like takes them up (年内开工8个 | 开工项目占比)
    unsure = [claim for claim in open_ if not is_promise(ctx, claim, params)]
    rows = [core(row.name) for row in table.indicators if used(row)]
    open_ = [one for one in open_ if one not in unsure or not any(touches(one, name, stop) for name in rows)]
    open_ = [claim for claim in open_ if not any(_may_hold(claim, part, stop) for part in unread)]
    open_ = [claim for claim in open_ if not _summed(ctx, claim, said)]
    if not open_:
        return
    cut = breaks_off(ctx)
    if cut:
        open_ = _behind_their_level(table, open_)
    if cut and not open_:
        yield NotApplicable(f"表在“{cut}”处中断，后面还有没有指标看不到")
        return
    figures = "、".join(dict.fromkeys(f"“{claim.piece}”" for claim in open_))
    yield Hit(
        {"figures": figures, "rewrite": _row(ctx, open_[0], params)},
        half=half_of(tuple(dict.fromkeys(claim.half for claim in open_))),
        evidence=tuple(Evidence(claim.piece, claim.place) for claim in open_),
    )


def _behind_their_level(table: TargetTable, open_: list[Claim]) -> list[Claim]:
    """The figures whose rows would stand in front of where the form breaks off: extents in front of the effects; counts
    of what is done, too, once the form has come from 数量 to 质量, 时效, 成本 or the effects."""
    levels = [row.level2 for row in table.indicators if used(row) and row.level2]
    behind = not may_follow(table, "产出指标")
    if "数量指标" not in levels or not (behind or levels[-1] in ("质量指标", "时效指标", "成本指标")):
        return [claim for claim in open_ if behind and claim.value.dimension in EXTENTS]
    done = [claim for claim in open_ if claim.value.dimension in ("count", *EXTENTS)]
    return [claim for claim in done if not _FOR_OTHERS.search(claim.piece)]


def _may_hold(claim: Claim, part: Unread, stop: frozenset[str]) -> bool:
    """Whether what is unread may be the indicator of a figure: a count is none of when something is done."""
    counts = (claim.value.dimension or "").startswith("count") and part.level2 in _NO_COUNTS
    figure = claim.value.figure
    stated = figure is not None and f"{number(figure)}" in _FIGURES_OF.findall(part.text.replace(",", ""))
    return not counts and (stated or bool(touches(claim, part.text, stop)))


def _summed(ctx: FormContext, claim: Claim, said: list[Claim]) -> bool:
    """彩超3台、心电图机6台 of 购置医疗设备数量 | ≥9台: a row has the whole of the list of which it is a part."""
    lists: list[list[Claim]] = []
    for one in said:
        if lists and goes_on(lists[-1][-1], one, LISTED):
            lists[-1].append(one)
        else:
            lists.append([one])
    parts = next(some for some in lists if claim in some)
    figures = [one.value.figure for one in parts if one.value.dimension == "count" and one.value.figure is not None]
    if len(parts) < SEVERAL or len(figures) < len(parts):
        return False
    whole, levels = sum(figures, Decimal(0)), tuple(dict.fromkeys(row.level2 for row in ctx.table.indicators))
    return any(row.value.figure == whole for half in ctx.table.halves for row in entries(ctx, half, levels))


def _names_object(ctx: FormContext, claim: Claim, params: Promised) -> bool:
    """达到95%: of what, nobody can tell, nor whether an indicator takes it up."""
    stop = ctx.words[params.stop]
    return bool(measure(claim.own) or telling(claim.own, stop) or telling(claim.mention.lead, stop))


def _row(ctx: FormContext, claim: Claim, params: Promised) -> str:
    """The indicator that the first figure would make; "" where the clause gives it no name."""
    value = claim.value
    name = LEADS.sub("", claim.mention.before.strip(" 、，,和及"))
    if not telling(name, ctx.words[params.stop]) or value.figure is None or len(name) > params.longest_name:
        return ""
    outcome = (value.dimension or "").startswith("money")
    level = "经济效益" if outcome else "质量指标" if value.dimension == "ratio" else "数量指标"
    level = "时效指标" if value.dimension == "time" else level
    level = "服务对象满意度" if claim.satisfaction else level
    none = value.figure == 0 and value.dimension != "ratio"  # 安全责任事故0起: what does not happen
    level = "社会效益" if none else level
    exact = none or (value.dimension == "ratio" and value.figure == _HUNDRED)
    sign: Comparator = "=" if exact else "<=" if value.comparator in ("<", "<=") else ">="
    return f"{level}“{name}”{rewritten(value, sign)}"
