"""The recomputed figures of a self-evaluation in words, for every renderer for people."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kpi.progress.assess import Unmatched
from kpi.progress.evaluation import Evaluation, RowResult, Total
from kpi.progress.points import HUNDRED, cents
from kpi.reports.evaluate_outcome import EvaluateOutcome
from kpi.reports.footing import footing
from kpi.reports.numbers import plain_number, yuan
from kpi.reports.terms import spot
from kpi.reports.width import one_line

UNNAMED = "（未填项目名称）"
TITLE = "项目支出绩效自评表"


def points(number: Decimal | None) -> str:
    """Two decimals; "" where there are none."""
    return "" if number is None else format(cents(number), "f")


def figure(number: Decimal | None) -> str:
    return "" if number is None else plain_number(cents(number))


def share(number: Decimal | None) -> str:
    return "" if number is None else f"{figure(number)}%"


def money(number: Decimal | None) -> str:
    return "未填" if number is None else yuan(number)


def total(one: Total | None) -> str:
    """"95.50 分（优）", "89.50—99.50 分（良或优）"."""
    if one is None:
        return "表中没有分值，不计总分"
    if one.score is not None:
        scaled = f"，预算为 0，由 {points(one.unscaled)} 分折算" if one.unscaled is not None else ""
        return f"{points(one.score)} 分（{_graded(one)}{scaled}）"
    return f"{points(one.low)}—{points(one.high)} 分（{_graded(one)}，有的指标要由人评）"


def grades(one: Total) -> str:
    """"优", "良到优"; "" where the points are not out of 100."""
    return one.grade or ("" if not one.grade_low else f"{one.grade_low}到{one.grade_high}")


def _graded(one: Total) -> str:
    """The grade, and out of how many points where that is not 100."""
    full = figure(one.full)
    if not one.grade_low:
        return f"满分是 {full} 分，等次按 100 分划分，不评等次"
    return grades(one) if one.full.to_integral_value() == HUNDRED else f"{grades(one)}，表中分值合计 {full} 分"


def execution(one: Evaluation) -> str:
    """How the money was spent, and what that gives."""
    row = one.execution
    if row.no_budget:
        return "预算数为 0，预算执行率不计分"
    if row.budget is None and row.spent is None:
        return "表中没有预算执行情况"
    told = f"预算 {money(row.budget)}，执行 {money(row.spent)}"
    if row.rate is not None:
        told += f"，执行率 {share(row.rate)}"
    if row.score is not None:
        told += f"，得 {points(row.score)} 分（满分 {figure(row.points)}）"
    return told


def stated(one: Evaluation) -> str:
    """The totals that the form prints; "" where it prints none."""
    said = one.table.stated
    parts = [f"总分 {said.score}" if said and said.score else "", f"等次“{said.grade}”" if said and said.grade else ""]
    return "，".join(filter(None, parts))


def foot(evaluated: EvaluateOutcome) -> list[str]:
    """By which rules, what fitted nothing, and what took no part."""
    return [*footing(evaluated.outcome), *(text for title, some in leftovers(evaluated) for text in _told(title, some))]


def leftovers(evaluated: EvaluateOutcome) -> tuple[tuple[str, Sequence[Unmatched]], ...]:
    """What fitted nothing, under its heading."""
    made = evaluated.assessed
    return (
        ("对不上目标的完成情况", made.rows), ("没有完成值的指标", made.indicators), ("名称相近、请核对的", made.near),
    )  # fmt: skip


def leftover(one: Unmatched) -> str:
    """Whose it is, what it is, and why it fitted nothing."""
    return f"{' · '.join(one_line(part) for part in (one.project, one.level2, one.name) if part) or UNNAMED}：{one.why}"


def _told(title: str, some: Sequence[Unmatched]) -> Iterator[str]:
    for one in some:
        place = spot(one.location)
        yield f"{title}：{leftover(one)}" + (f"（{place}）" if place else "")


def row_score(row: RowResult) -> str:
    """The points of a row, or between which they lie."""
    if row.weight is None:
        return ""
    if row.score.score is not None:
        return points(row.score.score)
    return f"{points(row.score.low)}—{points(row.score.high)}"
