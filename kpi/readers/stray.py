"""A row too many below a form of two goals: the annual side, which repeats the last indicator of the other one."""

from collections.abc import Sequence

from kpi.model import Entry, Half, Indicator, Unread
from kpi.readers.columns import Header
from kpi.readers.fields import Head
from kpi.readers.pairs import Block
from kpi.readers.rows import Body

STRAY = "表尾多出的一行，与实施期的同名指标相同，已作为年度一侧读入，请核对年度指标是否缺行。"


def of_half(indicators: Sequence[Indicator], half: Half) -> list[Indicator]:
    """Indicators of one half, put under `half`."""
    moved = []
    for i in indicators:
        entry = i.period or i.annual
        moved.append(i._replace(period=entry if half == "period" else None, annual=entry if half == "annual" else None))
    return moved


def is_stray(block: Block, body: Body, header: Header, head: Head) -> bool:
    """In a form of two goals with one set of columns: a row left of all columns that repeats the last indicator."""
    if header.right or not head.two_goals or not block.indicators or body.two is None:
        return False
    last = block.indicators[-1]
    entry = last.annual or last.period
    name, value = body.left.get("name"), body.left.get("value")
    if not (entry and name and value) or name.column >= header.anchor:
        return False
    return (name.text, value.text) == (entry.name, entry.text) and body.two.two == last.level2


def overflow(block: Block, body: Body) -> None:
    """Make that row the annual side of the last indicator; the block's own rows are of the whole period."""
    name, value = body.left["name"], body.left["value"]
    entry = Entry(value.text, name.text, value.location, {"name": name.location, "value": value.location})
    *rest, last = of_half(block.indicators, "period")
    blank = [i._replace(annual=Entry("", "", i.location)) for i in rest]
    block.indicators = [*blank, last._replace(annual=entry)]
    block.unread.append(Unread(f"{name.text} {value.text}", value.location, STRAY, level2=last.level2))
