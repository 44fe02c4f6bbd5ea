"""The recomputed figures of a self-evaluation in words, for every renderer for people."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from kpi.model import Location
from kpi.progress.assess import Unmatched
from kpi.progress.evaluation import Evaluation
from kpi.progress.points import HUNDRED, cents
from kpi.progress.results import RowResult, Total
from kpi.reports.evaluate_outcome import EvaluateOutcome
from kpi.reports.footing import footing
from kpi.reports.numbers import plain_number, yuan
from kpi.reports.terms import SEVERITIES, obligation, several, spot, spots
from kpi.reports.width import one_line
from kpi.rules.finding import Finding

UNNAMED = "（未填项目名称）"
TITLE = "项目支出绩效自评表"
WANTED = "请写原因"
GRADE = "自评等次"
_NO_PLACE = "（原表没有偏差原因一栏）"
_PRINTED = re.compile(r"\d{1,3}(?:\.\d{1,6})?")
MONEY_HEADS = ("项目资金（元）", "年初预算数", "全年预算数", "全年执行数", "执行率", "分值", "自评得分", "说明")


def points(number: Decimal | None) -> str:
    """Two decimals; "" where there are none."""
    return "" if number is None else format(cents(number), "f")


def figure(number: Decimal | None) -> str:
    return "" if number is None else plain_number(cents(number))


def stated_points(row: RowResult) -> str:
    """As the form prints them, to the last nought: by how many decimals they have, rounding is told from a mistake."""
    return _as_printed(row.indicator.score, row.stated)


def _as_printed(text: str | None, points: Decimal | None) -> str:
    found = _PRINTED.match((text or "").strip())
    return found[0] if found and Decimal(found[0]) == points else figure(points)


def reason(one: Evaluation, row: RowResult) -> str:
    """What is written; that there is no place for it, where one would be due."""
    return row.reason or (_NO_PLACE if row.wanted and not one.awaits(row) else "")


def share(number: Decimal | None) -> str:
    return "" if number is None else f"{figure(number)}%"


def money(number: Decimal | None) -> str:
    return "未填" if number is None else yuan(number)


def total(one: Total, *, trial: bool) -> str:
    """"95.50 分（优）", "89.50—99.50 分（良或优）"; a trial is called one."""
    graded = f"{_of_full(one)}，按常用权重试算" if trial else _of_full(one)
    if one.score is not None:
        scaled = f"，预算为 0，由 {points(one.unscaled)} 分折算" if one.unscaled is not None else ""
        return f"{points(one.score)} 分（{graded}{scaled}）"
    return f"{points(one.low)}—{points(one.high)} 分（{graded}，有的指标没填或要由人评）"


def span(one: Total | None) -> str:
    """"95.50", "89.50—99.50"; "" where no total can be had."""
    if one is None:
        return ""
    return points(one.score) if one.score is not None else f"{points(one.low)}—{points(one.high)}"


def problem(finding: Finding) -> str:
    """A finding in one line."""
    where = places(finding)
    at = f"（{where}）" if where else ""
    head = f"{SEVERITIES[finding.severity]}{obligation(finding)} {finding.rule}"
    return f"{head}：{finding.message}{finding.suggestion}{at}"


def places(finding: Finding) -> str:
    """Where its evidence stands; what is in another file with the file's name."""
    by_file: dict[str, list[Location]] = {}
    for quote in finding.evidence:
        by_file.setdefault(quote.document or "", []).append(quote.location)
    told = (" ".join(filter(None, (one_line(name), spots(places)))) for name, places in by_file.items())
    return "；".join(filter(None, told))


def headline(one: Evaluation) -> str:
    """The total as a sentence that stands alone."""
    if one.total is not None:
        own = f"；由人评的按自评得分，是 {points(one.as_stated)} 分" if one.as_stated is not None else ""
        return f"重算总分 {total(one.total, trial=one.trial)}{own}"
    scored = any(row.stated is not None for row in one.rows)
    if scored and one.sums:
        return "表中没有分值一栏，各项得分没有重算，只核对了执行率得分和相加的总分"
    return "只写了得分，没有分值，没法重算；请补“分值”" if scored else "表中没有分值，不计总分"


def trial(one: Evaluation) -> str:
    """By which weights a trial was made; "" where the weights are the form's own or the list's."""
    if not one.trial:
        return ""
    points: dict[str, Decimal] = {}
    for row in one.rows:
        points[row.indicator.level1] = points.get(row.indicator.level1, Decimal(0)) + (row.weight or Decimal(0))
    parts = [f"{level.removesuffix('指标')} {figure(some)} 分" for level, some in points.items() if some]
    if one.execution.points:
        parts.append(f"预算执行率 {figure(one.execution.points)} 分")
    return f"表和清单里都没有分值，按常用权重试算：{'、'.join(parts)}，同一级内平均"


def money_cells(one: Evaluation) -> tuple[str, ...]:
    """What stands under MONEY_HEADS. The recomputed points are words, not one figure more than there are heads: so the
    row can be read again."""
    money, printed = one.execution, one.table.execution
    first, all_year = (printed.budget, printed.adjusted) if printed else (money.budget, None)
    amounts = ("" if amount is None else plain_number(amount) for amount in (first, all_year, money.spent))
    again = f"重算得 {points(money.score)} 分" if money.score is not None else ""
    return (
        "年度资金总额", *amounts, share(money.rate), figure(money.points),
        _as_printed(printed.score if printed else None, money.stated), again,
    )  # fmt: skip


def grades(one: Total | None) -> str:
    """"优", "良到优"; "" where the points are not out of 100."""
    if one is None:
        return ""
    return one.grade or ("" if not one.grade_low else f"{one.grade_low}到{one.grade_high}")


def _of_full(one: Total) -> str:
    """The grade, and out of how many points where that is not 100."""
    full = figure(one.full)
    if not one.grade_low:
        return f"满分是 {full} 分，等次按 100 分划分，不评等次"
    return grades(one) if one.full.to_integral_value() == HUNDRED else f"{grades(one)}，表中分值加起来是 {full} 分"


def execution(one: Evaluation) -> str:
    """How the money was spent, and what that gives."""
    row = one.execution
    if row.no_budget:
        return "预算数为 0，预算执行率不计分"
    if row.budget is None and row.spent is None:
        return "表中没有预算执行情况"
    told = f"预算 {money(row.budget)}，执行 {money(row.spent)}"
    if row.rate is not None:
        told += f"，执行率 {share(row.rate)}{'，执行数超过了预算数' if row.over else ''}"
    if row.doubt:
        told += f"；{row.doubt}，没有算执行率"
    if row.score is not None:
        told += f"，得 {points(row.score)} 分（满分 {figure(row.points)}）"
    return told


def achievement(one: Evaluation) -> str:
    """指标得分率, and what it is made of where not all of it was worked out; "" where there is none."""
    if one.achievement is None:
        return ""
    own = f"（其中 {one.own_points} 项要由人评或算不出，按自评得分）" if one.own_points else ""
    return f"{share(one.achievement)}{own}"


def stated(one: Evaluation) -> str:
    """The totals that the form prints; "" where it prints none."""
    said = one.table.stated
    parts = [f"总分 {said.score}" if said and said.score else "", f"等次“{said.grade}”" if said and said.grade else ""]
    return "，".join(filter(None, parts))


def full_marks(one: Evaluation) -> str:
    """As the form prints them, right or wrong; else what its weights add up to."""
    said = one.table.stated
    return (said.full if said and said.full else "") or figure(one.total.full if one.total else None)


def stated_grade(one: Evaluation) -> str:
    return (one.table.stated.grade or "") if one.table.stated else ""


def foot(evaluated: EvaluateOutcome) -> list[str]:
    """By which rules, what fitted nothing, and what took no part."""
    trials = [f"“{one.table.project or UNNAMED}”：{said}" for _, one in evaluated.evaluations if (said := trial(one))]
    left = (text for title, some in leftovers(evaluated) for text in _told(title, some))
    return [*footing(evaluated.outcome), *trials, *left]


def leftovers(evaluated: EvaluateOutcome) -> tuple[tuple[str, Sequence[Unmatched]], ...]:
    """What fitted nothing, under its heading."""
    made = evaluated.assessed
    of = f"（{one_line(made.actual_in)}）" if made.actual_in else ""
    return (
        (f"对不上目标的完成情况{of}", _by_project(made.rows)), ("没有完成值的指标", made.indicators),
        (f"请核对的{of}", made.near),
    )  # fmt: skip


def _by_project(rows: Iterable[Unmatched]) -> tuple[Unmatched, ...]:
    """The rows of a project that no form has are one matter, told where the first stands."""
    groups: dict[str | int, list[Unmatched]] = {}
    for row in rows:
        groups.setdefault(row.project if row.homeless else id(row), []).append(row)
    return tuple(
        first._replace(level2="", name=several(first.name, 1 + len(more))) if more else first
        for first, *more in groups.values()
    )


def leftover(one: Unmatched) -> str:
    """Whose it is, what it is, and why it fitted nothing."""
    return f"{' · '.join(one_line(part) for part in (one.project, one.level2, one.name) if part) or UNNAMED}：{one.why}"


def _told(title: str, some: Sequence[Unmatched]) -> Iterator[str]:
    for one in some:
        place = spot(one.location)
        yield f"{title}：{leftover(one)}" + (f"（{place}）" if place else "")


def wrong(one: Evaluation) -> frozenset[int]:
    """The rows whose stated points a rule finds wrong: not those due, or outside the band that the row claims."""
    outside = {number for number, row in enumerate(one.rows) if row.score.outside and row.score.band}
    return one.wrong() | outside


def row_score(row: RowResult) -> str:
    """The points of a row, or between which they lie."""
    if row.weight is None:
        return ""
    if row.score.score is not None:
        return points(row.score.score)
    return f"{points(row.score.low)}—{points(row.score.high)}"
