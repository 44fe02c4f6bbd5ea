"""The money of a report that tells it in a sentence: 全年预算数86万元，全年执行数80万元; 批复预算资金24万元."""

from collections.abc import Sequence
from itertools import pairwise

from kpi.lazyre import later
from kpi.model import Funding, Location, TargetTable
from kpi.readers import money
from kpi.readers.lines import Line
from kpi.values.traditional import simplified

_FIGURE = r"(?:为|是|共|计|共计)?[:：]?\s*(?P<{name}>\d[\d,]*(?:\.\d+)?\s*万?元)"
_TOLD = later(
    r"(?:年初|全年|年度|本年|当年|调整后?|项目)*预算(?:安排)?(?:资金)?(?:数|金额|总额)?"
    + _FIGURE.format(name="budget")
    + r"[,，;；、](?:已|实际|全年|年度|本年|当年|资金)*(?:执行|支出)(?:资金)?(?:数|金额|总额)?"
    + _FIGURE.format(name="spent")
)
#: …等文件审核,批复预算资金24万元: what was granted, and nothing of what was spent
_GRANTED = later(
    r"(?:批复|核定)(?:项目|年度|本项目)?预算(?:资金|经费|金额)?" + _FIGURE.format(name="budget") + r"(?=[,，。;；])"
)
_HEADS = later(r"[(（](?P<unit>万?元)[)）].{0,12}上年度?\S{0,6}\s+本年度?\S{0,6}$")
_SUMS = later(r"合\s*计\s+\d[\d,]*(?:\.\d+)?\s+(?P<now>\d[\d,]*(?:\.\d+)?)")
_LONGEST = 400  # characters of a paragraph


def with_told(tables: Sequence[TargetTable], lines: Sequence[Line]) -> list[TargetTable]:
    """The only form of a file with the budget that one sentence tells beside what was spent of it, where the form has
    no money of its own."""
    if len(tables) != 1 or any(money_of.total for money_of in _funds(tables[0])):
        return list(tables)
    if summed := _in_columns(lines):
        return [_with(tables[0], *summed)]
    if any(_funds(tables[0])):
        return list(tables)
    cells = [c for line in lines for c in line.filled if len(c.text) <= _LONGEST and "预算" in simplified(c.text)]
    told = [(cell, found) for cell in cells for found in _TOLD.finditer(simplified(cell.text))]
    told = told or [(cell, found) for cell in cells for found in _GRANTED.finditer(simplified(cell.text))]
    if len({found["budget"] for _, found in told}) != 1:
        return list(tables)  # none, or those of several projects
    cell, found = told[0]
    return [_with(tables[0], found["budget"], "元", cell.location.after(found.start("budget")))]


def _funds(table: TargetTable) -> list[Funding]:
    return [funding for funding in (table.annual_funding, table.period_funding) if funding]


def _with(table: TargetTable, amount: str, unit: str, place: Location) -> TargetTable:
    funding = Funding(money.amount(amount, unit), {}, place, amount)
    return table._replace(annual_funding=funding, locations={**table.locations, "funding.annual.total": place})


def _in_columns(lines: Sequence[Line]) -> tuple[str, str, Location] | None:
    """项目资金申请(万元) 项目 上年度安排资金 本年度申请资金, and below it 合计 0 48.6: what is asked for this year, its
    unit and its place; None without such a row."""
    for heads, row in pairwise([line for line in lines if line.filled]):
        said, told = (simplified(" ".join(c.text for c in line.filled)) for line in (heads, row))
        unit, found = _HEADS.search(said), _SUMS.fullmatch(told)
        if unit and found:
            return found["now"], unit["unit"], row.filled[-1].location
    return None
