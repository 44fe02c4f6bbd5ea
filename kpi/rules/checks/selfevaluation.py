"""A self-evaluation as a whole: targets and weights against the declared ones, money against achievement."""

from collections.abc import Iterator
from decimal import Decimal

from kpi.model import Indicator, Stated
from kpi.progress.evaluation import Evaluation
from kpi.progress.points import HUNDRED, points_of
from kpi.progress.reading import text_of
from kpi.progress.results import RowResult
from kpi.rules.checks.evaluation import money_place, percent, places
from kpi.rules.checks.selftotal import known_place
from kpi.rules.context import ProgressContext
from kpi.rules.finding import Evidence, Hit, NotApplicable
from kpi.rules.registry import Params, check
from kpi.rules.text import number

_WAYS = {
    "loosened": "比申报的要求低", "tightened": "比申报的要求高", "changed": "与申报的不同",
    "incomparable": "与申报的不是同一种要求",
}  # fmt: skip


class WeightsDiffer(Params):
    """`tolerance`: what the rounding of printed weights (3.33 × 3) may leave over."""

    tolerance: Decimal = Decimal("0.05")


@check(
    "target-changed", scope="evaluation", facts="target declared what", cases="lowered unlike left-out brought-in"
)
def target_changed(ctx: ProgressContext, params: Params) -> Iterator[Hit | NotApplicable]:
    """Targets of the self-evaluation that are not those of the target form: another value, or no such indicator."""
    result: Evaluation = ctx.progress
    if result.declared is None:
        yield NotApplicable("没有申报时的绩效目标表可比")
        return
    for row in result.rows:
        if row.way is None or row.declared is None:
            continue
        own = text_of(row.indicator)
        facts = {"target": own, "declared": text_of(row.declared), "what": _WAYS[row.way]}
        evidence = (*places(row)[:1], _quote(row.declared, result.declared_in))
        case = {"loosened": "lowered", "incomparable": "unlike"}.get(row.way)
        yield Hit(facts, case, evidence, half="annual", indicator=row.indicator, value=own)
    yield from _one_sided(result)


def _one_sided(result: Evaluation) -> Iterator[Hit]:
    """Indicators that only one of the two forms has."""
    for one in result.left_out:
        facts = {"target": "", "declared": text_of(one), "what": ""}
        yield Hit(facts, "left-out", (_quote(one, result.declared_in),), half="annual", indicator=one)
    for row in result.brought_in:
        own = text_of(row.indicator)
        facts = {"target": own, "declared": "", "what": ""}
        yield Hit(facts, "brought-in", places(row)[:1], half="annual", indicator=row.indicator, value=own)


def _quote(one: Indicator, path: str | None) -> Evidence:
    return Evidence(text_of(one), one.location, path)


@check("execution-achievement-gap", scope="evaluation", facts="achievement made rate gap limit", cases="ahead")
def execution_achievement_gap(ctx: ProgressContext, params: Params) -> Iterator[Hit | NotApplicable]:
    """Achievement and execution that lie far apart, either way."""
    result: Evaluation = ctx.progress
    gap = result.gap
    if gap is None or result.trial:
        why = "没有分值，得分是按常用权重试算的" if result.trial else "没有预算数、执行数或得分，算不出偏离"
        yield NotApplicable(why)
        return
    if abs(gap) <= result.scheme.gap:
        return
    facts = {
        "achievement": percent(result.achievement or Decimal(0)),
        "made": f"（其中 {own} 项按自评得分）" if (own := result.own_points) else "",
        "rate": percent(result.execution.rate or Decimal(0)),
        "gap": number(abs(gap).quantize(Decimal("0.01"))), "limit": number(result.scheme.gap),
    }  # fmt: skip
    place = (money_place(result, f"执行率 {facts['rate']}", ""),) if result.table.execution else ()
    yield Hit(facts, None if gap > 0 else "ahead", place, value=facts["rate"])


@check("weight-differs", scope="evaluation", params=WeightsDiffer, facts="weight declared sum full", cases="sum")
def weight_differs(ctx: ProgressContext, params: WeightsDiffer) -> Iterator[Hit | NotApplicable]:
    """Weights against the target form's (where both divide the same sum), and their sum against the printed one."""
    result: Evaluation = ctx.progress
    if result.total is None:
        yield NotApplicable("表中没有分值")
        return
    for row in _unlike(result, params.tolerance):
        declared = row.declared
        if declared is not None:
            facts = {"weight": (row.indicator.weight or "").strip(), "declared": (declared.weight or "").strip()}
            quote = Evidence(f"分值 {facts['declared']}", declared.location, result.declared_in)
            own = (Evidence(f"分值 {facts['weight']}", row.indicator.location), quote)
            yield Hit(facts, None, own, half="annual", indicator=row.indicator, value=facts["weight"])
    printed, full = result.table.stated, result.printed_full
    if printed is None or full is None or not result.whole:
        return
    sums = [one for one in (result.total.full, result.alone) if one is not None]
    if full == HUNDRED and _counts_execution(result):
        sums = sums[:1]  # 100 of the indicators and 10 more are 110, whatever is printed
    if all(abs(one - full) > params.tolerance for one in sums):
        facts = {"sum": number(result.total.full), "full": number(full)}
        yield Hit(facts, "sum", (_full_place(printed),), value=printed.full)


def _counts_execution(result: Evaluation) -> bool:
    """Whether the printed total holds the points of the execution as well: a form may print them beside it."""
    printed = result.printed_total
    return printed is None or printed != result.stated_rows or result.stated_sum == result.stated_rows


def _full_place(printed: Stated) -> Evidence:
    return Evidence(f"满分 {printed.full}", known_place(printed.full_location, printed))


def _unlike(result: Evaluation, tolerance: Decimal) -> Iterator[RowResult]:
    """Rows whose share of all points is not the declared one: a form may divide 90 what the other divided as 100."""
    both = [
        (row, own, theirs)
        for row in result.rows
        if row.declared is not None
        and (own := points_of(row.indicator.weight)) is not None
        and (theirs := points_of(row.declared.weight)) is not None
    ]
    ours, declared = sum((own for _, own, _ in both), Decimal(0)), sum((theirs for *_, theirs in both), Decimal(0))
    if not ours or not declared:
        return
    for row, own, theirs in both:
        if abs(own - theirs) > tolerance and abs(own * declared - theirs * ours) > tolerance * declared:
            yield row
