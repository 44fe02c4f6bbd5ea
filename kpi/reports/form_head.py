"""What stands at the head of a form, in a line: who, which year, how much money."""

from collections.abc import Iterator

from kpi.model import HALVES, Funding, TargetTable
from kpi.reports import terms
from kpi.reports.numbers import yuan
from kpi.reports.width import one_line, shorten

_BLANK = "未填写"
_TEXT = 24  # columns of what stands where the total should


def facts(table: TargetTable) -> Iterator[str]:
    """Department, unit, year and tree of indicators, those that the form tells."""
    if table.department:
        yield f"主管部门：{one_line(table.department)}"
    if table.unit and table.unit not in (table.department or ""):  # one office is often both, with its code in one
        yield f"实施单位：{one_line(table.unit)}"
    if table.year:
        yield f"年度：{table.year}"
    yield f"表式：{terms.PROFILES.get(table.profile, table.profile)}"


def _words(money: Funding) -> str:
    """What stands in place of a total: nothing, or a text that tells none."""
    return f"写的是“{shorten(money.text, _TEXT)}”，没有读出总额" if money.text.strip() else _BLANK


def funding(table: TargetTable) -> str:
    """Both halves in 元 and 万元, said once where they are equal."""
    shown = {}
    for half in HALVES:
        money = table.funding(half)
        if money:
            shown[terms.HALVES[half]] = _words(money) if money.total is None else yuan(money.total)
    if not shown:
        return "表中没有资金栏"
    if len(shown) > 1 and len(set(shown.values())) == 1:
        amount = next(iter(shown.values()))
        return f"{'、'.join(shown)}均为 {amount}" if _is_figure(amount) else f"{'、'.join(shown)}均{amount}"
    return "；".join(f"{word} {amount}" if _is_figure(amount) else f"{word}{amount}" for word, amount in shown.items())


def _is_figure(text: str) -> bool:
    return text[:1] in "-0123456789"
