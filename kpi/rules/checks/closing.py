"""Whether the budget tables of a disclosure close: rows and levels against totals, tables against each other.

A table that does not close is reported and feeds nothing else. One that is off in many places, or by much, was most
likely not read whole: nothing is said of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from kpi.model import Budget, BudgetLine, Document, Location
from kpi.rules.checks.disclosure import Total, budget_of, half_of, totals
from kpi.rules.finding import Evidence
from kpi.rules.statements import wan

_MOST_GAPS = 2  # in one table
_LEVELS = (3, 5, 7)  # digits of a function's code: 类, 款, 项


class Gap(NamedTuple):
    """Two figures that should be one. `stated` is the total, `computed` what its parts (or another table) come to."""

    case: str
    table: str
    subject: str
    stated: Decimal
    computed: Decimal
    against: str
    evidence: tuple[Evidence, ...]

    @property
    def facts(self) -> dict[str, str]:
        return {
            "table": self.table, "subject": self.subject, "stated": wan(self.stated), "computed": wan(self.computed),
            "gap": wan(abs(self.stated - self.computed)), "against": self.against,
        }  # fmt: skip


class Limits(NamedTuple):
    """`rounding`: half a unit where a table does not tell; `near`: the greatest gap as a share of the total; `lossy`:
    readers that may lose a row, so that parts which come to too little prove nothing; `partial`: words of titles of
    project tables that hold some projects only; `this_year`: of tables without what was carried over."""

    rounding: Decimal
    near: Decimal
    lossy: frozenset[str]
    partial: frozenset[str]
    this_year: frozenset[str]


def open_tables(document: Document, limits: Limits) -> tuple[Gap, ...]:
    """The tables that do not close in themselves."""
    budget, lossy = budget_of(document), document.reader in limits.lossy
    found: list[Gap] = []
    for title, rows in _by_table(budget.projects).items():
        found += _project_rows(budget, title, rows, limits, lossy)
    for title, rows in _by_table(budget.functions).items():
        gaps = list(_levels(budget, title, rows, limits, lossy))
        found += gaps if len(gaps) <= _MOST_GAPS else []
    return (*found, *_sides(budget, limits))


def _by_table(rows: Sequence[BudgetLine]) -> Mapping[str, list[BudgetLine]]:
    found: dict[str, list[BudgetLine]] = {}
    for row in rows:
        found.setdefault(row.table, []).append(row)
    found.pop("", None)
    return found


def place_of(budget: Budget, key: str) -> Location:
    """Where a total stands."""
    return budget.places.get(key, Location())


def _total_evidence(budget: Budget, key: str, value: Decimal) -> Evidence:
    return Evidence(f"{key.replace('·', '的')}：{wan(value)}", place_of(budget, key))


def _project_rows(budget: Budget, title: str, rows: list[BudgetLine], limits: Limits, lossy: bool) -> Iterator[Gap]:
    """The projects against the total of their table, whichever of the rows are sums of others."""
    total = budget.totals.get(title)
    known = [row.amount for row in rows if row.amount is not None]
    if total is None or len(known) < 2 or any(_is_sum(row.name) for row in rows):
        return
    half = half_of(budget, title, limits.rounding)
    margin = half * (len(known) + 1)
    summed = sum(known, Decimal(0))
    if abs(summed - total) <= margin or abs(sum((known[n] for n in leaves(known, half)), Decimal(0)) - total) <= margin:
        return
    if abs(summed - total) > limits.near * abs(total) or (lossy and summed < total):
        return
    evidence = (_total_evidence(budget, title, total), *_ends(rows))
    yield Gap("rows", title, f"{len(rows)}个项目", total, summed, "", evidence)


def _is_sum(name: str) -> bool:
    return name.startswith("其中") or name.endswith(("小计", "合计", "总计"))


def leaves(known: Sequence[Decimal], half: Decimal) -> list[int]:
    """The numbers of the rows that are not sums of the rows right after them (a unit over its projects)."""
    left: list[int] = []
    for n, amount in enumerate(known):
        summed = Decimal(0)
        for count, row in enumerate(known[n + 1 :], start=1):
            summed += row
            if abs(summed - amount) <= half * (count + 1):
                break
            if summed > amount + half * (count + 1):
                left.append(n)
                break
        else:
            left.append(n)
    return left


def projects_of(rows: Sequence[BudgetLine], half: Decimal) -> list[BudgetLine]:
    """The rows that are projects: with an amount, and no sum of others."""
    known = [row for row in rows if row.amount is not None and not _is_sum(row.name)]
    return [known[n] for n in leaves([row.amount or Decimal(0) for row in known], half)]


def _ends(rows: Sequence[BudgetLine]) -> tuple[Evidence, ...]:
    return tuple(Evidence(row.name, row.location) for row in dict.fromkeys((rows[0], rows[-1])))


def _levels(budget: Budget, title: str, rows: list[BudgetLine], limits: Limits, lossy: bool) -> Iterator[Gap]:
    """Each function against those under it, and the top ones against the total of the table."""
    by_code = {row.code: row for row in rows if row.code}
    if len(by_code) < len(rows) or any(row.amount is None for row in rows):
        return  # several offices in one table, or columns of another kind
    half = half_of(budget, title, limits.rounding)
    flat = len({len(code) for code in by_code}) == 1  # only 项, without 类 and 款: all are parts of the total
    families: dict[str, list[BudgetLine]] = {}
    for code, row in by_code.items():
        families.setdefault("" if flat else _parent(code), []).append(row)
    for parent, children in families.items():
        stated = by_code[parent].amount if parent in by_code else budget.totals.get(title) if not parent else None
        computed = sum((child.amount or Decimal(0) for child in children), Decimal(0))
        if stated is None or abs(stated - computed) <= half * (len(children) + 1):
            continue
        if stated > computed and (lossy or stated - computed > limits.near * stated):
            continue  # a row may be missing; nothing that was read can be too much
        subject = f"{parent}{by_code[parent].name}" if parent else "合计"
        first = (
            Evidence(f"{subject}：{wan(stated)}", by_code[parent].location)
            if parent
            else _total_evidence(budget, title, stated)
        )
        yield Gap("levels", title, subject, stated, computed, "", (first, *_ends(children)))


def _parent(code: str) -> str:
    at = _LEVELS.index(len(code)) if len(code) in _LEVELS else 0
    return code[: _LEVELS[at - 1]] if at else ""


def _sides(budget: Budget, limits: Limits) -> Iterator[Gap]:
    """收入总计 against 支出总计, and 基本支出 with 项目支出 within their total."""
    for title in dict.fromkeys(key.partition("·")[0] for key in budget.totals):
        half = half_of(budget, title, limits.rounding)
        income, spending = (budget.totals.get(f"{title}·{side}") for side in ("收入总计", "支出总计"))
        if income and spending and half * 2 < abs(income - spending) <= limits.near * income:
            keys = (f"{title}·收入总计", income), (f"{title}·支出总计", spending)
            evidence = tuple(_total_evidence(budget, key, value) for key, value in keys)
            yield Gap("sides", title, "收入总计", income, spending, "支出总计", evidence)
        total = budget.totals.get(title)
        parts = [budget.totals.get(f"{title}·{column}") for column in ("基本支出", "项目支出")]
        if total and all(part is not None for part in parts):
            summed = sum((part for part in parts if part is not None), Decimal(0))
            if half * 3 < summed - total <= limits.near * total:  # less: other kinds of spending stand beside them
                evidence = (_total_evidence(budget, title, total),)
                yield Gap("columns", title, "合计", total, summed, "基本支出与项目支出之和", evidence)


def project_totals(budget: Budget, limits: Limits) -> tuple[Total, ...]:
    """The totals of the tables that list all projects of the year."""
    return tuple(
        total
        for total in totals(budget, limits.rounding)
        if not total.column
        and "项目" in total.table
        and not any(word in total.table for word in limits.partial)
        and any(row.table == total.table for row in budget.projects)
    )


def between_tables(document: Document, limits: Limits) -> Iterator[Gap]:
    """The project table against the 项目支出 columns of the tables by function.

    What was carried over from last year may stand in one and not in the other, and money of other funds: all of it is
    tried. A gap is told only against a column that is known to hold the same.
    """
    budget = budget_of(document)
    known = totals(budget, limits.rounding)
    carried = [total for total in known if total.column.startswith("上年") and total.value]
    sided = any(total.column.endswith("总计") for total in known)
    columns = [total for total in known if total.column == "项目支出" and not _other_fund(total.table)]
    tables = project_totals(budget, limits)
    if not tables or not columns or len(tables) > 1:
        return
    (table,) = tables
    general = next((t for t in known if t.table == table.table and t.column.startswith("一般公共预算")), None)
    mine = [table, *([general] if general else [])]
    for column in columns:
        reach = column.half + table.half
        ways = [column.value, *(column.value - last.value for last in carried)]
        if any(abs(one.value - way) <= reach * 2 for one in mine for way in ways):
            return
    comparable = [(column, own) for column in columns if (own := _same_scope(column, table, general))]
    comparable = [pair for pair in comparable if _without_last_year(pair[0].table, limits) or (sided and not carried)]
    if not comparable:
        return
    column, own = min(comparable, key=lambda pair: abs(pair[0].value - pair[1].value))
    if abs(column.value - own.value) <= limits.near * column.value:
        keys = ((own.table if not own.column else f"{own.table}·{own.column}"), f"{column.table}·{column.column}")
        evidence = tuple(_total_evidence(budget, key, budget.totals[key]) for key in keys)
        yield Gap("projects", table.table, "合计", own.value, column.value, column.name, evidence)


def _other_fund(title: str) -> bool:
    return any(word in title for word in ("政府性基金", "国有资本", "财政专户"))


def _without_last_year(title: str, limits: Limits) -> bool:
    return any(word in title for word in limits.this_year)


def _same_scope(column: Total, table: Total, general: Total | None) -> Total | None:
    """The total of the project table that holds the same money as a column of another table."""
    if "一般公共预算" in column.table:
        return general
    return None if "财政拨款" in column.table else table
