"""The money of a project: what the file of actual values tells, else what the form prints. An amount that only another
unit explains is no figure but a question: 元 and 万元 lie ten thousand times apart."""

from decimal import Decimal
from typing import NamedTuple

from kpi.model import TargetTable
from kpi.progress.actuals import MoneyKind, MoneyRow
from kpi.progress.figures import plain, workable
from kpi.progress.matching import Matched
from kpi.progress.reading import SLIP, formula, is_blank, shown
from kpi.readers import money
from kpi.values import parse

_TEN_THOUSAND = Decimal(10_000)
_NEAR = Decimal(2)  # times the budget, at most, of what was spent, once the unit is put right


class Told(NamedTuple):
    """One amount, in 元. `problem`: why it cannot be used, a clause; `row`: the line that tells it, where one does."""

    amount: Decimal | None = None
    problem: str = ""
    row: MoneyRow | None = None


class Purse(NamedTuple):
    """`budget`: 年初预算数, `adjusted`: 调整后预算数. An amount with a problem is None; `written`: what was spent by
    the letter of the sheet, where it is so much that it must be no such amount."""

    spent: Told
    budget: Told
    adjusted: Told
    written: Decimal | None = None

    @property
    def slip(self) -> bool:
        """Whether only another unit explains what was spent."""
        return bool(self.spent.problem) and self.written is not None

    @property
    def all(self) -> tuple[Told, ...]:
        return (self.spent, self.budget, self.adjusted)

    @property
    def doubts(self) -> tuple[Told, ...]:
        return tuple(one for one in self.all if one.problem)


def purse_of(table: TargetTable, matched: Matched) -> Purse:
    printed, own = budget_of(table), table.execution
    budget = _against(_told(table, matched, "budget", printed), printed, table.money_unit)
    adjusted = _told(table, matched, "adjusted", own.adjusted if own else None)
    adjusted = _against(adjusted, budget.amount or printed, table.money_unit)
    spent = _told(table, matched, "spent", own.spent if own else None)
    held = [one for one in (budget.amount, adjusted.amount) if one]
    sure = slipped(spent, max(held), table.money_unit) if held else spent
    much = held and slipped(Told(spent.amount), max(held), table.money_unit).problem
    return Purse(sure, budget, adjusted, spent.amount if much else None)


def budget_of(table: TargetTable) -> Decimal | None:
    """年初预算数 as the form prints it, else the money of the year."""
    if table.execution and table.execution.budget is not None:
        return table.execution.budget
    totals = [funding.total for funding in (table.annual_funding, table.period_funding) if funding]
    return next((total for total in totals if total is not None), None)


def _told(table: TargetTable, matched: Matched, kind: MoneyKind, printed: Decimal | None) -> Told:
    row = matched.money.get(kind)
    if row is None or is_blank(row.text):
        return Told(printed)
    amount = _whole(row.text, table.money_unit)
    if amount is None:
        return Told(None, row.name + (formula(row.text) or f"“{shown(row.text)}”读不出金额"), row)
    return Told(amount, "", row)


def _whole(text: str, unit: str) -> Decimal | None:
    """The amount of a cell that is one and nothing else (三百万元, 51.6), in 元: no share and no day."""
    value = parse(text)
    figure = value.point if value.kind == "quantity" else None
    if figure is None or figure < 0 or not workable(figure) or value.approximate:
        return None
    if value.dimension == "money" and value.unit == "元":
        return plain(figure)
    if value.unit is not None or value.dimension is not None:
        return None
    return plain(figure if value.magnitude else figure * money.scale(unit))


def _bare(text: str) -> bool:
    """Whether an amount names no unit of its own, so that the form's is taken."""
    value = parse(text)
    return value.dimension is None and value.magnitude is None


def as_read(text: str, unit: str) -> str:
    """An amount as it was written; a bare figure with the unit `unit` by which it was read."""
    return f"{text.strip()}{unit}" if parse(text).kind == "quantity" and _bare(text) else text.strip()


def _against(told: Told, printed: Decimal | None, unit: str) -> Told:
    """A budget of the list against the form's."""
    if told.row is None or not told.amount or not printed or not _far(told.amount, printed):
        return told
    more = told.amount > printed
    times = told.amount / printed if more else printed / told.amount
    slip = "元写成了万元" if more else "万元写成了元"
    guess = f"像是把{slip}" if SLIP * SLIP / _NEAR <= times <= SLIP * SLIP * _NEAR else "请核对金额"
    why = f"{_read(told, unit)}，而目标表的预算是{yuan(printed)}，{guess}；请写明单位"
    return Told(None, why, told.row)


def slipped(spent: Told, budget: Decimal, unit: str) -> Told:
    """What was spent against the budget. So little is a question only where no unit is written."""
    amount = spent.amount
    if not amount or not workable(amount) or not workable(budget):
        return spent
    if amount >= SLIP * budget:
        near = amount <= _TEN_THOUSAND * _NEAR * budget
        guess = "像是把元写成了万元" if near else "请核对金额"
        times = f"预算{yuan(budget)}的 {plain((amount / budget).to_integral_value()):f} 倍"
        return Told(None, f"{_read(spent, unit)}，是{times}，{guess}；请写明单位", spent.row)
    bare = spent.row is not None and _bare(spent.row.text)
    if bare and unit == "万元" and amount <= _TEN_THOUSAND and amount * SLIP < budget:
        why = f"{_read(spent, unit)}，只有预算{yuan(budget)}的{_share(amount, budget)}%"
        return Told(None, f"{why}，看不出是金额还是比率；请写明单位", spent.row)
    if bare and unit == "元" and amount * SLIP * 10 < budget and amount * _TEN_THOUSAND <= _NEAR * budget:
        why = f"{_read(spent, unit)}，只有预算{yuan(budget)}的{_share(amount, budget)}%，像是把万元写成了元；请写明单位"
        return Told(None, why, spent.row)
    return spent


def _share(part: Decimal, whole: Decimal) -> str:
    return f"{plain((part * 100 / whole).quantize(Decimal('1e-6'))):f}"


def _far(one: Decimal, other: Decimal) -> bool:
    return workable(one) and workable(other) and (one >= SLIP * other or other >= SLIP * one)


def _read(told: Told, unit: str) -> str:
    """How the amount was read."""
    amount = yuan(told.amount or Decimal(0))
    if told.row is None:
        return f"表中的执行数是{amount}"
    what = f"{told.row.name}“{shown(told.row.text)}”"
    if not _bare(told.row.text):
        return f"{what}是{amount}"
    return f"{what}没有写单位，按目标表的单位（{unit}）是{amount}"


def yuan(amount: Decimal) -> str:
    return f"{plain(amount):,f}元"
