"""The project and the money of a form that tells them above its rows in one run: 412004 律师值班补贴24.00, behind the
code of the office that spends it. The rows may begin right behind the amount."""

from collections.abc import Sequence

from kpi.lazyre import later
from kpi.model import Funding, TargetTable, Unread
from kpi.readers import labels, money
from kpi.readers.grid import Row

_CODED = later(
    r"\s*(?P<code>\d{6})\s*[-_]?\s*(?P<name>[^\d\s:：|]{3,40}?)\s*(?P<amount>\d[\d,]*\.\d{2})\s*(?=$|(?:产出|成本|效益|满意度)指标)"
)
_LINES = 2  # of the office, and of its project
_UNIT = later(r"金额单位[:：]?\s*(?P<unit>万?元)")


def with_coded(
    tables: Sequence[TargetTable], rows: Sequence[Row], unread: Sequence[Unread]
) -> tuple[list[TargetTable], list[Unread]]:
    """The only form of a file, where it has neither a project nor money: the last such line above its rows names the
    project, those in front of it the office. What is `unread` of them is read."""
    if len(tables) != 1 or tables[0].project or tables[0].annual_funding or tables[0].period_funding:
        return list(tables), list(unread)
    table = tables[0]
    first = next((row.location.line for row in table.indicators if row.location), None)
    cells = [row.cells[0] for row in rows if len(row.cells) == 1]  # as they were printed
    above = [c for c in cells if first is not None and c.location.line is not None and c.location.line <= first]
    told = [(cell, found) for cell in above if (found := _CODED.match(cell.text))]
    unit = next((m["unit"] for cell in above if (m := _UNIT.search(cell.text))), "")
    if len(told) < _LINES or not unit or labels.is_known(told[-1][1]["name"]):
        return list(tables), list(unread)
    cell, found = told[-1]
    place = cell.location.after(found.start("amount"))
    places = {**table.locations, "project": cell.location.after(found.start("name")), "funding.annual.total": place}
    funding = Funding(money.amount(found["amount"], unit), {}, place, found["amount"])
    made = table._replace(project=found["name"], annual_funding=funding, money_unit=unit, locations=places)
    return [made], [one._replace(project=found["name"]) for one in unread if not _CODED.fullmatch(one.text)]
