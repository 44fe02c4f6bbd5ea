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


def _said(money: Funding) -> str:
    """The total behind a blank, or what stands in place of it: nothing, or a text that tells none."""
    if money.total is not None:
        return f" {yuan(money.total)}"
    return f"写的是“{shorten(money.text, _TEXT)}”，没有读出总额" if money.text.strip() else _BLANK


def funding(table: TargetTable) -> str:
    """Both halves in 元 and 万元, said once where they are equal."""
    halves = [(terms.HALVES[half], money) for half in HALVES if (money := table.funding(half))]
    if not halves:
        return "表中没有资金栏"
    said = [_said(money) for _, money in halves]
    if len(said) > 1 and len(set(said)) == 1:
        both = "、".join(word for word, _ in halves)
        return f"{both}{'均' if halves[0][1].total is None else '均为'}{said[0]}"
    return "；".join(f"{word}{text}" for (word, _), text in zip(halves, said, strict=True))
