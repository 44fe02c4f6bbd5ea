"""What stands at the head of a form, in a line: who, which year, how much money."""

from collections.abc import Iterator

from kpi.model import HALVES, TargetTable
from kpi.reports import terms
from kpi.reports.numbers import yuan
from kpi.reports.width import one_line

_BLANK = "未填写"


def facts(table: TargetTable) -> Iterator[str]:
    """Department, unit, year and tree of indicators, those that the form tells."""
    if table.department:
        yield f"主管部门：{one_line(table.department)}"
    if table.unit and table.unit not in (table.department or ""):  # one office is often both, with its code in one
        yield f"实施单位：{one_line(table.unit)}"
    if table.year:
        yield f"年度：{table.year}"
    yield f"表式：{terms.PROFILES.get(table.profile, table.profile)}"


def funding(table: TargetTable) -> str:
    """Both halves in 元 and 万元, said once where they are equal."""
    shown = {}
    for half in HALVES:
        money = table.funding(half)
        if money:
            shown[terms.HALVES[half]] = _BLANK if money.total is None else yuan(money.total)
    if not shown:
        return "表中没有资金栏"
    if len(shown) > 1 and len(set(shown.values())) == 1:
        amount = next(iter(shown.values()))
        return f"{'、'.join(shown)}均未填写" if amount == _BLANK else f"{'、'.join(shown)}均为 {amount}"
    return "；".join(f"{word}{amount}" if amount == _BLANK else f"{word} {amount}" for word, amount in shown.items())
