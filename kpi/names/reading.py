"""The reading of an indicator's name: what figure it asks for, by the word at its end and what stands before that."""

from functools import lru_cache
from typing import NamedTuple

from kpi.lazyre import HAN, later
from kpi.names.clean import Cleaned, clean
from kpi.names.kinds import MONEY_COST, Parts, parts
from kpi.names.table import Asks, Polarity
from kpi.names.whole import covers_project

_KINDS: dict[Asks, str] = {
    "rate": "是比率",
    "satisfaction": "是满意度",
    "count": "是计数",
    "money": "是金额",
    "unit-cost": "是单位成本",
    "duration": "是时长",
    "deadline": "是完成时间",
    "frequency": "是频次",
    "quantity": "是数量",
    "score": "是得分",
}
#: "培训人数(年)" says which span is meant, not the unit.
_SPANS = ("年", "月", "日", "天", "周", "季度")


#: 实际完成飞行小时数/计划小时数, 已整改台数/问题台数
_SHARE = later(
    rf"{HAN}{{2,}}(?:[数额量]|面积)\s*[/÷]\s*(?:计划|应|总|全部|目标){HAN}{{2,}}(?:[数额量]|面积)"
    rf"|{HAN}{{2,}}?(?P<counted>{HAN}数)\s*[/÷]\s*{HAN}{{2,}}(?P=counted)"
)


class NameReading(NamedTuple):
    """What a name asks for. None and () mean that the name does not tell.

    `asks`: rate (…率, 占比) · satisfaction · count (…人数, …次数) · money · unit-cost (人均…标准) · duration (…天数,
    时限) · deadline (完成时间) · frequency · quantity (…面积, 里程, 重量: see `dimensions`) · score.
    `dimensions`: the dimensions of a fitting value, as in `Value.dimension` ("ratio", "money", "count", "time" …), and
    "date" for dates. A compound fits where its numerator does: "money" takes money/area too (see `fits`).
    `units`: canonical units that fit, the usual one first ("人次", "人"); () where any unit of the dimension will do.
    `bounded`: the rate cannot pass 100 % by its definition (合格率, 覆盖率; not 增长率, 负债率, 超额完成率).
    `polarity`: reverse where less is better (投诉率, 成本, 故障率), positive where more is (合格率, 下降率, 节约率).
    `absence`: the name asks for something not to happen (事故, 投诉, 违规): "0起" and "无" are good answers.
    `unit_hint`: a unit that the name itself carries: "收入(万元)" → "万元"; "满意度(≥**%)" → "%".
    `whole_project`: a cost name that means the whole project (项目成本, 总成本, 补助成本) and not one part of it.
    `reason`: the words that decided, for the message ("“完成率”是比率").
    """

    name: str
    asks: Asks | None = None
    dimensions: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    bounded: bool = False
    polarity: Polarity | None = None
    absence: bool = False
    unit_hint: str | None = None
    whole_project: bool = False
    reason: str = ""

    def fits(self, dimension: str | None) -> bool:
        """Whether a value of `dimension` ("date" for dates) answers the name; True where either does not tell."""
        if not self.dimensions or dimension is None:
            return True
        return dimension in self.dimensions or dimension.partition("/")[0] in self.dimensions


@lru_cache(maxsize=16384)
def read_name(name: str, level2: str = "", project: str = "") -> NameReading:
    """Read `name` in the light of its second-level label and of its project's name ("" where unknown)."""
    reading, core = _read(name, level2)
    if reading.asks != "money" or reading.polarity == "positive" or level2 not in ("", *MONEY_COST):
        return reading
    whole = covers_project(core, project)
    return reading._replace(whole_project=True) if whole else reading


@lru_cache(maxsize=8192)
def _read(name: str, level2: str) -> tuple[NameReading, str]:
    cleaned: Cleaned = clean(name)
    if _SHARE.fullmatch(cleaned.core):
        share = "一个数除以另一个数是比率"
        return NameReading(name, "rate", ("ratio",), ("%",), reason=share), cleaned.core
    found: Parts = parts(cleaned.core, level2)
    hint = None if cleaned.hint in _SPANS and "time" not in found.dimensions else cleaned.hint
    reading = NameReading(
        name=name,
        asks=found.asks,
        dimensions=found.dimensions,
        units=found.units,
        bounded=found.bounded,
        polarity=found.polarity,
        absence=found.absence,
        unit_hint=hint,
        reason=_reason(found),
    )
    return reading, cleaned.core


def _reason(found: Parts) -> str:
    """One clause for messages; "" where nothing was read from the name."""
    if not found.word:
        return ""
    if found.asks:
        return f"“{found.word}”{_KINDS[found.asks]}"
    if found.absence:
        return f"“{found.word}”是不该发生的事"
    return f"“{found.word}”" + {"positive": "越多越好", "reverse": "越少越好", None: "不说明要哪种数"}[found.polarity]
