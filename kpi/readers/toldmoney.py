"""The money of a report that tells it in a sentence: 全年预算数86万元，全年执行数80万元，执行率93%."""

from collections.abc import Sequence

from kpi.lazyre import later
from kpi.model import Funding, TargetTable
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
_LONGEST = 400  # characters of a paragraph


def with_told(tables: Sequence[TargetTable], lines: Sequence[Line]) -> list[TargetTable]:
    """The only form of a file with the budget that one sentence tells beside what was spent of it, where the form has
    no money of its own."""
    if len(tables) != 1 or tables[0].annual_funding or tables[0].period_funding:
        return list(tables)
    cells = [c for line in lines for c in line.filled if len(c.text) <= _LONGEST and "预算" in simplified(c.text)]
    told = [(cell, found) for cell in cells for found in _TOLD.finditer(simplified(cell.text))]
    if len({found["budget"] for _, found in told}) != 1:
        return list(tables)  # none, or those of several projects
    cell, found = told[0]
    place = cell.location.after(found.start("budget"))
    funding = Funding(money.amount(found["budget"], "元"), {}, place, found["budget"])
    places = {**tables[0].locations, "funding.annual.total": place}
    return [tables[0]._replace(annual_funding=funding, locations=places)]
