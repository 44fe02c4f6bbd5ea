"""Rows whose level label got lost on the way: the name, and the label that comes next, tell where they belong."""

from collections.abc import Sequence

from kpi.lazyre import later
from kpi.model import Indicator

_SATISFACTION = "服务对象满意度"
_ORDER = ("数量指标", "质量指标", "时效指标", "成本指标")
_BY_NAME = {
    "rate": "质量指标",
    "score": "质量指标",
    "deadline": "时效指标",
    "duration": "时效指标",
    "money": "成本指标",
}
#: What others spend less is a benefit, and no cost of the project.
_SAVED = later(r"降低|减少|节[约省支]|下降|压[减降缩]|少[花用支]")
_SPENT = later("成本|(?:补贴|补助|费用|经费|支出|资金)(?:总额|总数|金额)$")
_TIMELY = later(r"[及按准]时|按期|如期")
EXPLAIN = "开头{count}行缺二级指标名称，按指标名称和后面的“{next}”推定为{levels}"


def relabelled(indicators: Sequence[Indicator]) -> tuple[list[Indicator], str | None]:
    """The rows above the first label of a block with the level that they must have, and a sentence about it."""
    if not any(one.level2 not in ("", _SATISFACTION) for one in indicators):
        return [_named_for(one) for one in indicators], None
    count = next((i for i, one in enumerate(indicators) if one.level2), 0)
    if not count or any(one.level1 for one in indicators[:count]) or indicators[count].level2 not in _ORDER[1:]:
        return list(indicators), None
    after = indicators[count].level2
    floor, told = 0, []
    for one in indicators[:count]:
        floor = min(max(floor, _ORDER.index(_level(one.name))), _ORDER.index(after) - 1)
        told.append(one._replace(level1="产出指标", level2=_ORDER[floor]))
    levels = "、".join(dict.fromkeys(one.level2 for one in told))
    return [*told, *indicators[count:]], EXPLAIN.format(count=count, next=after, levels=levels)


def _level(name: str) -> str:
    from kpi.names import read_name  # noqa: PLC0415 - few forms need it

    return "时效指标" if _TIMELY.search(name) else _BY_NAME.get(read_name(name).asks or "", "数量指标")


def _named_for(one: Indicator) -> Indicator:
    """A form without levels: only satisfaction, and what is called a cost, say by their names where they belong."""
    from kpi.names import read_name  # noqa: PLC0415 - few forms need it

    asks = read_name(one.name).asks
    if asks == "satisfaction":
        return one._replace(level1="满意度指标", level2=_SATISFACTION)
    if _SPENT.search(one.name) and asks in ("money", "unit-cost") and not _SAVED.search(one.name):
        return one._replace(level1="成本指标", level2="成本指标")
    return one
