"""Names and figures that are paired by their order: whether they can belong together, and the row that they make. One
pair that cannot is enough to doubt them all."""

from collections.abc import Mapping

from kpi.lazyre import HAN, later
from kpi.model import COST_LEVELS, EFFECT_LEVELS, Entry, Indicator
from kpi.readers.grid import GridCell
from kpi.readers.match import nouns

POINTS = later(r"\d{1,2}(?:\.\d{1,2})?")

_TIMED = later("[及按准]时|按期|如期|时间|时限|日期|期限|进度|时效|天数|工期|[年月日]底?前")
_MONEY = later("成本|费用|[费价]$|标准$|单价|补贴|补助|金额|资金|投入")
_SATISFIED = "满意"
_SHARES = ("%", "％")
_TWO = later(rf"(?:数量|率|面积|长度|个数|人数|满意度)(?={HAN}{{3,}}(?:数量|率|面积|长度|个数|人数|满意度)$)")


def is_measure(text: str) -> bool:
    """Whether a text ends as names of indicators do."""
    return nouns().search(text) is not None


def may_answer(name: str, value: str, result: str, level2: str) -> bool:
    """Whether a value can be that of a name under a level: shares for rates, money for costs, both or neither in %."""
    from kpi.names import read_name  # noqa: PLC0415 - few forms need it
    from kpi.values import parse  # noqa: PLC0415

    if _TWO.search(name) or name.endswith(("指标", "度度")):
        return False
    if is_share(value) != is_share(result) and value[:1].isdigit() and result[:1].isdigit():
        return False
    read, asks = parse(value), read_name(name, level2)
    figure = read.kind == "quantity" and read.dimension is not None
    return not (figure and asks.dimensions and not asks.fits(read.dimension or ""))


def may_stand(name: str, value: str, level2: str) -> bool:
    """Whether a name can be one of a level, where the level was given by its order alone."""
    if (_SATISFIED in name) != (level2 == "服务对象满意度"):
        return False
    if (level2 == "时效指标") != bool(_TIMED.search(name)) and "年" not in value and "月" not in value:
        return False
    money = "元" in value or bool(_MONEY.search(name))
    return (level2 in COST_LEVELS) == money or level2 in EFFECT_LEVELS


def is_share(text: str) -> bool:
    """Whether a figure is one in %."""
    return any(sign in text for sign in _SHARES)


def row_of(one: str, two: str, name: str, first: GridCell, cells: Mapping[str, GridCell]) -> Indicator:
    """The row of a name that begins in a cell, and of its cells by what they are: value, actual, weight, score."""
    entries = {
        kind: Entry(cell.text, name, cell.location, {"name": first.location, "value": cell.location})
        for kind, cell in cells.items()
        if kind in ("value", "actual")
    }
    weight, score = (cells[kind].text if kind in cells else None for kind in ("weight", "score"))
    value, actual = entries.get("value"), entries.get("actual")
    return Indicator(one, two, name, annual=value, actual=actual, weight=weight, score=score)
