"""A whole self-evaluation: rows, execution, total and grade recomputed from what the form says."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from kpi.model import Indicator, TargetTable
from kpi.progress.direction import Direction, Threshold, direction
from kpi.progress.evaluation import Evaluation
from kpi.progress.matching import Near
from kpi.progress.points import HUNDRED, cents, decimals_of, points_in, points_of, share
from kpi.progress.purse import Told, slipped
from kpi.progress.reading import is_blank, shown, text_of
from kpi.progress.remarks import remark
from kpi.progress.results import ExecutionResult, RowResult, Total
from kpi.progress.rowscore import Row, RowScore
from kpi.progress.scheme import Scheme
from kpi.progress.scores import score_row

_ZERO, _ONE = Decimal(0), Decimal(1)
_NINETY = Decimal("0.9")


def evaluate(
    table: TargetTable,
    scheme: Scheme,
    *,
    declared: TargetTable | None = None,
    pairs: Mapping[int, Indicator] | None = None,
    near: Sequence[Near] = (),
    declared_in: str | None = None,
    unread: bool = False,
) -> Evaluation:
    """The self-evaluation in `table`. `declared`: the target form it belongs to (of the file `declared_in`), `pairs`:
    its indicators by the number of the row in `table`; `near`: what is alike of the rest, and left to people. `unread`:
    something that may be of it could not be read."""
    pairs = pairs or {}
    filled = [(number, one) for number, one in enumerate(table.indicators) if one.filled]
    scale = _scale([one for _, one in filled])
    named = all(one.weight is None and points_in(one.name) is not None for _, one in filled)
    around = _Around(table, declared, scheme, scale, named)
    rows = tuple(_row(one, pairs.get(number), around) for number, one in filled)
    counted = _counted(rows)
    execution = _execution(table, scheme, _weights(counted))
    weighted = [row for row in counted if row.weight is not None]
    stated = [row.stated for row in weighted or counted]
    rows_sum = sum((one for one in stated if one is not None), _ZERO) if stated and None not in stated else None
    taken = {id(one) for one in pairs.values()}
    return Evaluation(
        table, rows, execution, _total(counted, execution, scheme), counted=counted,
        stated_sum=_with_execution(rows_sum, execution),
        stated_rows=rows_sum,
        achievement=_achievement(counted),
        scheme=scheme,
        declared=declared,
        declared_in=declared_in,
        missing=tuple(one for one in declared.indicators if one.filled and id(one) not in taken) if declared else (),
        near=_alike(near, declared),
        unread=unread,
        weights_from="form" if weighted else "",
        complete=not table.cut and len(weighted) in (0, len(counted)) and all(row.target.strip() for row in counted),
    )  # fmt: skip


def _alike(near: Sequence[Near], declared: TargetTable | None) -> tuple[tuple[Indicator, str], ...]:
    return tuple((declared.indicators[one.indicator], one.row.name) for one in near) if declared else ()


def _scale(indicators: Sequence[Indicator]) -> Decimal:
    """Weights that are printed as shares of one count a hundred times."""
    weights = [weight for one in indicators if (weight := points_of(one.weight)) is not None]
    return HUNDRED if weights and sum(weights, _ZERO) in (_ONE, _NINETY) else _ONE


class _Around(NamedTuple):
    """What every row is scored under. `scale`: by which its printed weight counts; `named`: the form has no column for
    weights, and its names end in theirs (复壮古树株数（20分）)."""

    table: TargetTable
    declared: TargetTable | None
    scheme: Scheme
    scale: Decimal
    named: bool = False


def _row(one: Indicator, declared: Indicator | None, around: _Around) -> RowResult:
    table, form, scheme, scale, named = around
    weight = points_in(one.name) if named else points_of(one.weight)
    if weight is None and declared is not None:
        weight = points_of(declared.weight)
    weight = None if weight is None else weight * scale
    stated = points_of(one.score)
    actual = one.actual.text if one.actual else None
    target, way = _target(one, declared, table, form)
    row = Row(one, target, actual, weight or _ZERO, stated)
    score = score_row(row, scheme, year=table.year, project=table.project)
    if way == "incomparable":
        score = _changed(score, text_of(one), target, row.weight)
    if weight is None:  # of how many points it had to be, the form does not say
        score = score._replace(score=None, outside=False)
    needs = needs_reason(score, weight, stated)
    reason = one.reason
    if reason is None and needs and table.stated:
        reason = table.stated.reason  # the one below all rows
    explained = reason is not None and not _says_nothing(reason, scheme)
    message = remark(row, score, scheme, weighted=weight is not None)
    return RowResult(one, target, actual, weight, stated, score, needs, reason, explained, message, declared, way)


def _target(
    one: Indicator, declared: Indicator | None, table: TargetTable, form: TargetTable | None
) -> tuple[str, Direction | None]:
    """The target to score against: the declared one where the form has lowered it or asks for something else."""
    own, theirs = text_of(one), text_of(declared) if declared else ""
    if not theirs.strip():
        return own, None
    if is_blank(own):
        return theirs, None
    year = form.year if form else None
    way = direction(
        Threshold(theirs, declared or one, year, table.project), Threshold(own, one, table.year, table.project)
    )
    return (theirs if way in ("loosened", "incomparable") else own), way


def _changed(score: RowScore, own: str, declared: str, weight: Decimal) -> RowScore:
    """A target of another kind than the declared one was scored against that; where this tells nothing, or only what
    the form states, nobody can."""
    if score.score is not None and score.method != "graded":
        return score
    why = f"自评表的目标“{shown(own)}”与申报的“{shown(declared)}”不是同一种要求，没有按它算分"
    return RowScore("unscored", None, _ZERO, weight, blank=score.blank, why=why)


def _says_nothing(reason: str, scheme: Scheme) -> bool:
    return is_blank(reason) or "".join(reason.split()).strip("。.;；") in scheme.nothing


def needs_reason(score: RowScore, weight: Decimal | None, stated: Decimal | None) -> bool:
    """Not met, far above, more than an "=" asks for, or met and yet scored low."""
    if score.met is False or score.over or score.far:
        return True
    whole = score.met and score.method != "graded" and weight is not None
    return bool(whole and stated is not None and weight and stated < weight and stated not in score.fair)


def _counted(rows: Sequence[RowResult]) -> tuple[RowResult, ...]:
    """Rows that count: of a row and its parts, both with points, the parts. Where no row says out of how many points,
    those that it has."""
    plain = all(row.weight is None for row in rows)
    weighted = {row.indicator.parent for row in rows if row.indicator.parent and (row.stated if plain else row.weight)}
    return tuple(row for row in rows if row.indicator.name not in weighted)


def _weights(rows: Sequence[RowResult]) -> Decimal | None:
    weights = [row.weight for row in rows if row.weight is not None]
    return sum(weights, _ZERO) if weights else None


def _execution(table: TargetTable, scheme: Scheme, weights: Decimal | None) -> ExecutionResult:
    """min(points, points × spent ÷ budget); without a budget it does not count, and what only another unit explains is
    a question."""
    row = table.execution
    if row is None:
        return ExecutionResult(None, None, None, None, None, None, None)
    budget = row.adjusted if row.adjusted is not None else row.budget
    points = points_of(row.points)
    if points is None and weights is not None and weights + scheme.execution_points <= HUNDRED:
        points = scheme.execution_points
    doubt = slipped(Told(row.spent), budget, table.money_unit).problem if budget and row.spent else ""
    rate = share(row.spent, budget) if budget and row.spent is not None and not doubt else None
    score, none = None, budget is not None and budget == 0
    if rate is not None and points is not None:
        score = cents(max(_ZERO, min(points, points * rate / HUNDRED)))
    return ExecutionResult(budget, row.spent, rate, points, score, points_of(row.score), _rate(row.rate), none, doubt)


def _rate(text: str | None) -> Decimal | None:
    """The rate as printed; without a sign only what cannot be a fraction."""
    rate = points_of(text)
    if rate is None or text is None:
        return None
    if "%" in text or "％" in text or rate > 2:
        return rate
    return rate * HUNDRED if decimals_of(text) > 1 and 0 < rate <= 1 else None


def _total(rows: Sequence[RowResult], execution: ExecutionResult, scheme: Scheme) -> Total | None:
    """The rounded rows are added. A budget of nought takes its points out and the rest is scaled up."""
    weights = _weights(rows)
    if weights is None:
        return None
    known = [row for row in rows if row.weight is not None]
    low = sum((row.score.low for row in known), _ZERO)
    high = sum((row.score.high for row in known), _ZERO)
    points = execution.points or _ZERO
    full, plain = weights + points, None
    if execution.no_budget and points and weights:
        plain = cents(low) if low == high else None
        low, high = low * full / weights, high * full / weights
    elif execution.score is not None:
        low, high = low + execution.score, high + execution.score
    elif points:
        high += points
    low, high = cents(low), cents(high)
    if full.to_integral_value() > HUNDRED:
        return Total(low, high, full, "", "", plain)
    return Total(low, high, full, scheme.grade(low), scheme.grade(high), plain)


def _with_execution(rows_sum: Decimal | None, execution: ExecutionResult) -> Decimal | None:
    if rows_sum is None or (execution.points is not None and execution.stated is None and not execution.no_budget):
        return None
    return rows_sum + (execution.stated or _ZERO)


def _achievement(rows: Sequence[RowResult]) -> Decimal | None:
    """Σ score ÷ Σ weight of the rows; what only people can score counts as the form states it. None where a row that
    counts has neither."""
    known = [(row.score.score if row.score.score is not None else row.stated, row.weight) for row in rows if row.weight]
    if not known or any(score is None for score, _ in known):
        return None
    weights = sum((weight for _, weight in known if weight), _ZERO)
    return share(sum((score for score, _ in known if score is not None), _ZERO), weights)
