"""How the budget is spent by a day: the rate of execution against the time, or against the lines of a profile."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from kpi.model import Execution as OwnExecution
from kpi.model import TargetTable
from kpi.progress.actuals import MoneyKind, MoneyRow
from kpi.progress.calendar import Span, last_of_month
from kpi.progress.figures import HUNDRED, percent, rounded, told, workable
from kpi.progress.matching import Matched
from kpi.progress.purse import Purse, Told, as_read, purse_of
from kpi.progress.settings import Settings
from kpi.progress.verdict import Light, band


class Execution(NamedTuple):
    """How the budget is spent, in 元. `rate`, `expected`: shares of 100; `line`: the month whose line holds; `over`:
    more was spent than the budget holds, as far as the file tells; `doubt`: why an amount cannot be used, a clause;
    `rows`: the lines of the file that tell the money; `adjusted`: 调整后预算数 where it differs from 年初预算数, by
    which the rate goes all the same; `written`: what stands there of the amounts that cannot be used."""

    budget: Decimal | None
    spent: Decimal | None
    rate: Decimal | None
    expected: Decimal | None
    light: Light
    message: str
    line: int | None = None
    over: bool = False
    doubt: str = ""
    rows: tuple[MoneyRow, ...] = ()
    adjusted: Decimal | None = None
    written: Mapping[MoneyKind, str] = MappingProxyType({})


def execution_of(table: TargetTable, matched: Matched, span: Span, as_of: date, settings: Settings) -> Execution:
    """The rate of execution against the time share, or against the lines that the profile draws."""
    purse = purse_of(table, matched)
    rows = tuple(one.row for one in purse.all if one.row is not None)
    expected = rounded(span.share(as_of) * 100)
    made = _doubtful(purse, expected) or _unknown(purse, expected) or _judged(purse, span, as_of, settings)
    return made._replace(rows=rows, adjusted=_adjusted(purse), written=MappingProxyType(dict(_written(table, purse))))


def _written(table: TargetTable, purse: Purse) -> Iterator[tuple[MoneyKind, str]]:
    """The amounts that cannot be used, with the unit by which they were read, so that they stay what they are."""
    own = table.execution or OwnExecution()
    kinds: tuple[tuple[MoneyKind, Told, Decimal | None], ...] = (
        ("spent", purse.spent, own.spent), ("budget", purse.budget, own.budget),
        ("adjusted", purse.adjusted, own.adjusted),
    )  # fmt: skip
    for kind, one, printed in kinds:
        if one.problem and one.row is not None:
            yield kind, as_read(one.row.text, table.money_unit)
        elif one.problem and printed is not None:
            yield kind, f"{told(printed)}元"


def _doubtful(purse: Purse, expected: Decimal) -> Execution | None:
    if not purse.doubts:
        return None
    why = "；".join(one.problem for one in purse.doubts)
    message = f"{why}，不能算执行率"
    return Execution(purse.budget.amount, purse.spent.amount, None, expected, "grey", message, doubt=why)


def _unknown(purse: Purse, expected: Decimal) -> Execution | None:
    spent, budget = purse.spent.amount, purse.budget.amount
    if spent is not None and budget and workable(spent) and workable(budget):
        return None
    if budget == 0 and spent and spent > 0 and workable(spent):
        over = f"预算数为零，执行数却是{told(spent)}元，执行数超过了预算数"
        return Execution(budget, spent, None, expected, "red", over, over=True)
    why = "没有写已执行的金额" if spent is None else "没有预算数" if budget is None else "预算数为零"
    why = "金额大得不像真的" if spent is not None and budget else why
    return Execution(budget, spent, None, expected, "grey", f"{why}，不能算执行率")


def _adjusted(purse: Purse) -> Decimal | None:
    """A nought among the amounts stands for a budget that was left as it is."""
    amount = purse.adjusted.amount
    return amount if amount and amount != purse.budget.amount else None


def _judged(purse: Purse, span: Span, as_of: date, settings: Settings) -> Execution:
    budget, spent = purse.budget.amount or Decimal(1), purse.spent.amount or Decimal(0)
    share = span.share(as_of)
    expected, rate = rounded(share * 100), percent(Fraction(spent), Fraction(budget))
    adjusted = _adjusted(purse)
    by = "（按年初预算数算）" if adjusted else ""
    if spent > (adjusted or budget):
        over = f"执行率{told(rate)}%{by}，执行数超过了{'调整后的' if adjusted else ''}预算数"
        return Execution(budget, spent, rate, expected, "red", over, over=True)
    if settings.lines:
        return _by_lines(budget, spent, by, span=span, as_of=as_of, settings=settings)
    raised = "，超过年初预算数，没有超过调整后的预算数" if spent > budget else ""
    message = f"执行率{told(rate)}%{by}，时间进度{told(expected)}%{raised}"
    due = Fraction(budget) * share
    light = _soft(band(Fraction(spent) / due * HUNDRED, settings.bands) if due else "green", span, as_of, settings)
    return Execution(budget, spent, rate, expected, light, message)


def _by_lines(
    budget: Decimal, spent: Decimal, by: str, *, span: Span, as_of: date, settings: Settings
) -> Execution:  # fmt: skip
    """Between two lines the last one passed holds; before the first there is none to fall short of."""
    rate = rounded(Fraction(spent) / Fraction(budget) * HUNDRED)
    passed = [month for month in settings.lines if last_of_month(span.end.year, month) <= as_of]
    if not passed:
        return Execution(budget, spent, rate, None, "green", f"执行率{told(rate)}%{by}，还没有到第一条进度线")
    month = max(passed)
    line = settings.lines[month]
    light: Light = "green" if rate >= line else "red"
    message = f"执行率{told(rate)}%{by}，{month}月底的进度线是{told(line)}%"
    return Execution(budget, spent, rate, line, _soft(light, span, as_of, settings), message, month)


def _soft(light: Light, span: Span, as_of: date, settings: Settings) -> Light:
    return "yellow" if light == "red" and settings.early(span, as_of) else light


def rate_of(execution: Execution) -> Fraction | None:
    """The exact rate."""
    if execution.rate is None or execution.spent is None or not execution.budget:
        return None
    return Fraction(execution.spent) / Fraction(execution.budget)
