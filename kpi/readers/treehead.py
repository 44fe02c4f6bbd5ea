"""The project of a form that is one tree: 项目, 指标值, 绩效金额 as heads, then the unit, its project, the amount."""

from collections.abc import Sequence

from kpi.readers import labels, money
from kpi.readers.fields import Amounts, Head
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line

_HEADS = 5  # cells from 项目 to the last head
_MOST = 4  # cells below them: the units that the project belongs to, its name, its amount
_KINDS = frozenset(("project", "value", "amount"))


def of_tree(head: Head, lines: Sequence[Line]) -> None:
    """Give the head the project and its amount that stand right above the first level, where it has neither."""
    if "project" in head.fields or any(amounts.text for amounts in head.funding.values()):
        return
    cells = [c for line in lines for c in line.filled]
    starts = (at for at, c in enumerate(cells) if _kind(c) == "project")
    for at in starts:
        end = at
        while end < min(at + _HEADS, len(cells)) and _kind(cells[end]):
            end += 1
        below = cells[end:]
        if {_kind(c) for c in cells[at:end]} == _KINDS and 1 < len(below) <= _MOST and _is_priced(below):
            name, amount = below[-2:]
            head.fields["project"] = name.text
            head.funding["annual"] = Amounts(text=amount.text, location=amount.location, unit=head.money_unit)
            head.locations |= {"project": name.location, "funding.annual.total": amount.location}
            return


def _kind(cell: GridCell) -> str | None:
    return "value" if labels.head_of(cell.text) == "value" else labels.row_head_of(cell.text)


def _is_priced(cells: Sequence[GridCell]) -> bool:
    """Names, and one amount behind the last of them."""
    *names, amount = cells
    return money.is_amount(amount.text) and not any(money.is_amount(c.text) or labels.is_known(c.text) for c in names)
