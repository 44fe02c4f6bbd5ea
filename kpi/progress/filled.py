"""A target form with what a plain sheet says of it, so that it can be evaluated like a self-evaluation."""

from collections.abc import Iterator
from types import MappingProxyType
from typing import NamedTuple

from kpi.model import Entry, Execution, Indicator, TargetTable
from kpi.progress.actuals import ActualRow, MoneyRow
from kpi.progress.evaluation import WeightsFrom, is_evaluated
from kpi.progress.figures import plain
from kpi.progress.matching import Matched
from kpi.progress.points import points_of
from kpi.progress.purse import Purse, budget_of, purse_of
from kpi.progress.reading import is_blank
from kpi.progress.scheme import Scheme
from kpi.progress.usual import usual_weights

_OWN_WEIGHT = "清单里的分值是 {}，目标表是 {}，按目标表的算"


class Filled(NamedTuple):
    """`table`: the form with the sheet's columns; `told`: whether anything of it is told at all; `lost`: what the sheet
    says and could not be used, each with the reason."""

    table: TargetTable
    told: bool
    weights_from: WeightsFrom = ""
    lost: tuple[tuple[ActualRow | MoneyRow, str], ...] = ()


def filled(table: TargetTable, matched: Matched, columns: frozenset[str], scheme: Scheme) -> Filled:
    """A column that the sheet lacks is one that the form lacks, too."""
    purse = purse_of(table, matched)
    told = _told(table, matched, purse)
    if not told:
        return Filled(table, told)
    rows = tuple(_row(one, matched.rows.get(number), columns) for number, one in enumerate(table.indicators))
    source: WeightsFrom = "form" if _weighed(table.indicators) else "list" if _weighed(rows) else ""
    if not source and not any(points_of(one.score) is not None for one in rows):
        usual = usual_weights(table, scheme)
        rows = tuple(
            one._replace(weight=f"{plain(usual[number]):f}") if number in usual else one
            for number, one in enumerate(rows)
        )
        source = "usual" if usual else ""
    money = _execution(table, matched, purse)
    if money is None and source == "usual":  # the usual weights leave points for it, whether it is told or not
        money = Execution(budget=budget_of(table))
    made = table._replace(indicators=rows, execution=money)
    return Filled(made, told, source, tuple(_lost(table, matched, purse)))


def _told(table: TargetTable, matched: Matched, purse: Purse) -> bool:
    """Whether anything was achieved, scored or spent, as far as the sheet or the form tells."""
    rows = any(not is_blank(row.text) or not is_blank(row.score) for row in matched.rows.values())
    return rows or is_evaluated(table) or (purse.spent.amount is not None and not matched.apart)


def _weighed(rows: tuple[Indicator, ...]) -> bool:
    return any(points_of(one.weight) is not None for one in rows)


def _row(one: Indicator, row: ActualRow | None, columns: frozenset[str]) -> Indicator:
    actual = Entry(row.text, one.name, row.location) if row else None
    score = row.score if row else "" if "score" in columns else None
    reason = row.reason if row else "" if "reason" in columns else None
    weight = one.weight if points_of(one.weight) is not None or row is None else row.weight
    return one._replace(actual=actual or one.actual, score=score or one.score, reason=reason, weight=weight)


def _execution(table: TargetTable, matched: Matched, purse: Purse) -> Execution | None:
    """The money that the sheet tells, over what the form prints; the budget else is the year's funding."""
    if not matched.money:
        return table.execution
    own = table.execution or Execution()
    place = next(iter(matched.money.values())).location
    doubted = any(one.row is not None for one in purse.doubts) and not purse.slip
    spent = purse.written if purse.slip else purse.spent.amount  # evaluated, a slip is a question (EVL006)
    budget = purse.budget.amount if purse.budget.problem or purse.budget.amount is not None else budget_of(table)
    return own._replace(
        budget=budget, adjusted=purse.adjusted.amount, spent=None if doubted else spent, location=place,
        places=MappingProxyType({}),
    )


def _lost(table: TargetTable, matched: Matched, purse: Purse) -> Iterator[tuple[ActualRow | MoneyRow, str]]:
    said = (one for one in purse.doubts if one.row is not None and not (purse.slip and one is purse.spent))
    yield from ((one.row, one.problem) for one in said if one.row is not None)
    for number, row in matched.rows.items():
        own, told = points_of(table.indicators[number].weight), points_of(row.weight)
        if own is not None and told is not None and own != told:
            yield row, _OWN_WEIGHT.format(f"{plain(told):f}", f"{plain(own):f}")
