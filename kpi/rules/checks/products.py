"""What a unit cost comes to: which rows give its quantities, for how many months or days, and how exactly."""

from decimal import Decimal
from typing import NamedTuple

from kpi.rules.checks.amounts import UnitCost, half_step
from kpi.rules.checks.rows import subject_words
from kpi.rules.context import EntryContext, FormContext
from kpi.rules.term import one_year, years
from kpi.rules.text import grouped

PER_YEAR = {"年": Decimal(1), "季": Decimal(4), "月": Decimal(12), "周": Decimal(53), "天": Decimal(366)}


class Product(NamedTuple):
    """What one unit cost comes to. `low` and `high` differ where the form does not say for how many months or days."""

    cost: UnitCost
    used: tuple[EntryContext, ...]
    low: Decimal
    high: Decimal
    tolerance: Decimal

    def __str__(self) -> str:
        counts = "".join(f"×{grouped(row.value.figure or Decimal(0))}{row.value.unit}" for row in self.used)
        return f"{price_of(self.cost)}{counts}"


def price_of(cost: UnitCost) -> str:
    return f"{grouped(cost.price)}{cost.unit}"


def product_of(form: FormContext, cost: UnitCost, figures: list[EntryContext]) -> Product | None:
    """None where a quantity that the price is counted by is missing or ambiguous."""
    used = [row for unit in cost.per if (row := _counterpart(cost, unit, figures))]
    spans = [span for unit in cost.times if (span := _times(form, unit, cost, figures))]
    if len(used) < len(cost.per) or len(spans) < len(cost.times) or not (used or spans):
        return None
    count, low, high = Decimal(1), Decimal(1), Decimal(1)
    for row in used:
        count *= row.value.figure or Decimal(1)
    for least, most in spans:
        low, high = low * least, high * most
    tolerance = _tolerance(cost, used, count, high)
    return Product(cost, tuple(used), cost.price * count * low, cost.price * count * high, tolerance)


def _tolerance(cost: UnitCost, used: list[EntryContext], count: Decimal, times: Decimal) -> Decimal:
    """What the rounding of a price with decimals and of quantities in 万 may leave over; whole figures are exact."""
    slack = cost.half_step * count * times if "." in cost.row.entry.text else Decimal(0)
    for row in used:
        if row.value.magnitude and row.value.figure:
            slack += half_step(row.entry.text, row.value.magnitude) * cost.price * times * count / row.value.figure
    return slack


def _counterpart(cost: UnitCost, unit: str, figures: list[EntryContext]) -> EntryContext | None:
    """The one row counted in the unit; of several, the one whose name shares most with the cost's."""
    rows = [row for row in figures if row.value.unit == unit and row.value.figure]
    if len(rows) < 2:
        return rows[0] if rows else None
    about = subject_words(cost.row.indicator.name)
    scores = sorted(((len(about & subject_words(row.indicator.name)), n) for n, row in enumerate(rows)), reverse=True)
    return rows[scores[0][1]] if scores[0][0] > scores[1][0] else None


def _times(form: FormContext, unit: str, cost: UnitCost, figures: list[EntryContext]) -> tuple[Decimal, Decimal] | None:
    """How often the price recurs within the half's money: a figure of the form, else the bounds of a year."""
    stated = [row.value.figure for row in figures if row.value.unit == unit and row.value.figure]
    if len(stated) == 1:
        return stated[0], stated[0]
    most = PER_YEAR.get(unit)
    length = Decimal(1) if cost.row.half == "annual" or one_year(form.table) else years(form.table)
    if most is None or length is None:
        return None
    return (length, length) if unit == "年" else (Decimal(1), most * length)
