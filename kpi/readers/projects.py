"""Tables that hold one project after the other, each with its name, amount and goal left of its indicators."""

from collections.abc import Iterator

from kpi.lazyre import later
from kpi.model import Location, TargetTable, Unread
from kpi.readers import labels, money
from kpi.readers.blocks import Parts
from kpi.readers.fields import Amounts, Head
from kpi.readers.folding import fold
from kpi.readers.head import read_head
from kpi.readers.kinds import Half as Cells
from kpi.readers.pairs import Block
from kpi.readers.rows import read_row
from kpi.readers.table import table

#: 电子政务系统运行维护（金额158.00）
_PRICED = later(r"[(（](?:金额|预算|预算金额|资金)[:：]?\s*(?P<amount>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>万?元)?[)）]\s*$")


def projects(parts: Parts, cost_first: bool) -> Iterator[tuple[TargetTable, list[Unread]]]:
    """Tables that hold one project after the other, its name left of its indicators."""
    common = read_head(parts.head, parts.foot)
    carried: dict[str, str] = {}
    current: tuple[Cells, Block] | None = None
    for rows in parts.blocks:
        for line in fold(rows.lines, rows.header):
            body = read_row(line, rows.header, rows.header.split)
            if body is None:
                continue
            if current and body.project and _names(body.project, current[0]):
                current = ({**body.project, **current[0]}, current[1])
            elif body.project and _begins(body.project, current):
                yield from _finish(parts, common, current, carried)
                current = (body.project, Block(("annual",), cost_first))
            if current and (body.left or body.two):
                current[1].add(body)
    yield from _finish(parts, common, current, carried)


def _names(cells: Cells, current: Cells) -> bool:
    """Whether a name stands beside the second row of its project: in the middle of a merged cell."""
    return "project" in cells and "project" not in current and "goal" in current and "goal" not in cells


def _begins(cells: Cells, current: tuple[Cells, Block] | None) -> bool:
    name = cells.get("project")
    if name is None:
        return current is None
    return current is None or "project" not in current[0] or current[0]["project"].text != name.text


def _finish(
    parts: Parts, common: Head, current: tuple[Cells, Block] | None, carried: dict[str, str]
) -> Iterator[tuple[TargetTable, list[Unread]]]:
    if current is None:
        return
    cells, block = current
    carried.update({k: cells[k].text for k in ("owner", "category") if k in cells})
    if not any(i.level2 for i in block.indicators):
        if "project" in cells and "goal" not in cells:  # the unit whose projects follow
            carried["owner"] = cells["project"].text
        return
    head = Head(money_unit=common.money_unit, year=common.year, sign_off=common.sign_off)
    head.fields = dict(common.fields)
    places: dict[str, Location] = {}
    for kind, key in (("project", "project"), ("owner", "unit"), ("category", "attribute")):
        said = cells[kind].text if kind in cells else carried.get(kind, head.fields.get(key))
        if said is not None or key == "project":  # a list without such a column has no such field
            head.fields[key] = said or ""
        if kind in cells:
            places[key] = cells[kind].location
    if "goal" in cells:
        head.goals["annual"] = cells["goal"].text
        places["goals.annual"] = cells["goal"].location
    money_kind = "amount" if "amount" in cells else "whole"
    told = _PRICED.search(head.fields["project"])
    if money_kind not in cells and told and (unit := told["unit"] or common.money_unit):
        place = cells["project"].location.after(told.start("amount"))
        head.fields["project"] = head.fields["project"][: told.start()]
        head.funding["annual"] = Amounts(money.credible(told["amount"], unit), told["amount"], place)
        places["funding.annual.total"], head.money_unit = place, unit
    if money_kind in cells:
        cell = cells[money_kind]
        role = next((r.text for b in parts.blocks for r in b.header.project if r.kind == money_kind), "")
        unit = labels.money_unit(role) or common.money_unit
        head.funding["annual"] = Amounts(money.credible(cell.text, unit), cell.text, cell.location)
        places["funding.annual.total"] = cell.location
        head.money_unit = unit
    head.locations = places
    made = table(parts, head, block.indicators)
    yield made, [u._replace(project=made.project) for u in block.unread]
