"""Money whose halves stand in two columns: 实施期资金 | 年度资金, or 金额(万元) | 其中:当年金额, over the rows of the
total and of its sources."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kpi.lazyre import later
from kpi.model import Half
from kpi.readers import labels, money
from kpi.readers.fields import Amounts, Head
from kpi.readers.grid import GridCell

_MONEY = r"(?:资金|金额|预算|投资|投入|安排)(?:数|总额|金额|规模)?(?:\([^()]*\))?"
_WHOLE = later(rf"(?:实施期|中长?期|全周期|项目期|总体|总)?{_MONEY}")
_YEAR = later(rf"(?:其中:?)?(?:当年|本年度?|年度|20\d\d年度?){_MONEY}")
_PAIR = 2


class Columns(NamedTuple):
    """The column of each half, in printed order, and the unit that the heads name."""

    halves: Mapping[int, Half]
    unit: str | None


def columns_of(cells: Sequence[GridCell]) -> Columns | None:
    """The columns that the last two cells of a row head; None where they are no such heads."""
    if len(cells) < _PAIR:
        return None
    first, second = (labels.squeeze(cell.text) for cell in cells[-_PAIR:])
    if not _WHOLE.fullmatch(first) or labels.half_in(first) == "annual" or not _YEAR.fullmatch(second):
        return None
    if any(labels.field_of(cell.text) not in (None, "money") or money.is_amount(cell.text) for cell in cells[:-_PAIR]):
        return None
    unit = labels.money_unit(cells[-_PAIR].text) or labels.money_unit(cells[-1].text)
    return Columns({cells[-_PAIR].column: "period", cells[-1].column: "annual"}, unit)


def take(columns: Columns, cells: Sequence[GridCell], head: Head) -> bool:
    """Take a row of the total or of a source in; False where the row is neither."""
    if not 1 < len(cells) <= 1 + _PAIR or any(cell.column not in columns.halves for cell in cells[1:]):
        return False
    label, *amounts = cells
    told = (money.is_amount(cell.text) or labels.matches("blank", cell.text) for cell in amounts)
    if label.column in columns.halves or not all(told):
        return False
    unit = columns.unit or head.money_unit
    by_half = {columns.halves[cell.column]: cell for cell in amounts}
    if labels.is_total(label.text):
        for half in columns.halves.values():
            cell = by_half.get(half, label._replace(text=""))
            head.funding[half] = Amounts(text=cell.text, location=cell.location, unit=unit, of_half=True)
            head.locations[f"funding.{half}.total"] = cell.location
        return True
    if not money.names_source(label.text):
        return False
    texts = [by_half[half].text if half in by_half else "" for half in columns.halves.values()]
    head.sources[labels.squeeze(label.text)] = [(text, unit) for text in texts]
    return True


def is_total_row(cells: Sequence[GridCell]) -> bool:
    """资金总额 | 900 | 300: a total with an amount behind it."""
    return len(cells) > 1 and labels.is_total(cells[0].text) and all(money.is_amount(c.text) for c in cells[1:])
