"""How an indicator moves through the year: it grows, stands, is used up, falls due, or is told in words. To hold all
of them against the same share of the year is the classic mistake of monitoring."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from kpi.model import COST_LEVELS, Indicator
from kpi.names import NameReading
from kpi.progress.keys import core
from kpi.progress.reading import Aim, shown
from kpi.progress.settings import Words
from kpi.readers import labels
from kpi.values import Value
from kpi.values.normal import squeezed

Kind = Literal["cumulative", "level", "cap", "milestone", "qualitative"]
KINDS: tuple[Kind, ...] = ("cumulative", "level", "cap", "milestone", "qualitative")
_STANDING = ("ratio", "score")  # dimensions of what is measured as it stands
_GROWING = ("count", "length", "area", "volume", "mass", "energy", "money")
_USED = ("money", "count", "volume", "mass", "energy")
_YEARLY = ("年", "年度", "月")  # units of time that tell a length and are no sum of days


class Nature(NamedTuple):
    """`reason`: what decided, one clause."""

    kind: Kind
    reason: str


def stated(text: str, known: Mapping[str, frozenset[str]]) -> Kind | None:
    """The nature that a cell of the column 指标性质 names; None where it names another thing (正向, 定量)."""
    plain = squeezed(text)
    return next((kind for kind in KINDS if plain and plain in known.get(kind, ())), None)


def misnamed(text: str, taken: Kind, known: Mapping[str, frozenset[str]]) -> str:
    """What to say of a cell 指标性质 that was not followed; "" where it was, or names another thing (正向, 定量)."""
    kind = stated(text, known)
    if not squeezed(text) or kind == taken or (kind is None and labels.matches("nature", text)):
        return ""
    if (kind, taken) == ("cumulative", "cap"):  # a limit that is used up adds up, too
        return ""
    if kind is None:
        return f"指标性质“{shown(text)}”不认识，没有用上；请写累计、水平、上限、节点或定性"
    return f"指标性质“{shown(text)}”用不上：这个目标值不能这样比"


def nature_of(one: Indicator, value: Value, aim: Aim | None, asks: NameReading, words: Words) -> Nature:
    """The nature by the name and the target value."""
    if value.kind == "date":
        return _of_date(value)
    if aim is None:
        return Nature("qualitative", "目标值是文字" if value.kind != "empty" else "没有目标值")
    if _whole_term(one, aim, asks):
        return Nature("milestone", "期限按整个项目期，期末到期")
    if _capped(one, aim, asks, words):
        return Nature("cap", _why_capped(aim, one))
    if aim.upper is not None and aim.lower is None:
        return Nature("level", "目标值是上限，按现有水平比较")
    return _of_figure(one, aim, asks, words)


def _whole_term(one: Indicator, aim: Aim, asks: NameReading) -> bool:
    """完成时间 "1年": done by the end of it, whatever else the length may mean."""
    time = aim.value.dimension == "time" and aim.value.unit in _YEARLY
    return time and one.level2 == "时效指标" and asks.asks in ("deadline", None) and not aim.strict


def _of_date(value: Value) -> Nature:
    if value.date and value.date.end:
        return Nature("milestone", "目标值是完成时间")
    return Nature("qualitative", "目标值是时间要求，没有写明哪一天")


def _capped(one: Indicator, aim: Aim, asks: NameReading, words: Words) -> bool:
    """A limit that is used up as the year goes on: money to spend, cases that may happen; no rate, no unit price."""
    value = aim.value
    if asks.asks in ("unit-cost", "rate", "satisfaction", "score") or (value.dimension or "").count("/"):
        return False
    cost = value.dimension == "money" and one.level2 in COST_LEVELS and asks.polarity != "positive"
    if cost and (aim.reverse or aim.equal or aim.upper is not None):
        return True
    if aim.upper is None or (aim.lower is not None and not (aim.equal and aim.reverse)):
        return False
    return (value.dimension or _asked(asks)) in _USED and not _within(squeezed(one.name), words.level | words.average)


def _why_capped(aim: Aim, one: Indicator) -> str:
    spent = one.level2 in COST_LEVELS and aim.value.dimension == "money"
    return "成本是上限，随年内支出用掉" if spent else "越少越好，全年有上限"


def _asked(asks: NameReading) -> str | None:
    return "count" if asks.asks == "count" else "money" if asks.asks == "money" else None


def _of_figure(one: Indicator, aim: Aim, asks: NameReading, words: Words) -> Nature:
    name, value = squeezed(one.name), aim.value
    dimension = value.dimension
    if asks.asks in ("rate", "satisfaction", "score") or dimension in _STANDING or _graded(name, dimension, words):
        return _of_rate(name, words)
    if asks.asks == "unit-cost" or "/" in (dimension or "") or "/" in (value.unit or "")[1:]:
        yearly = (value.unit or "").endswith("/年") and dimension != "money/time"
        return Nature("cumulative", "按年计次，年内累计") if yearly else Nature("level", "是单位标准，按现有水平比较")
    earned = dimension == "money" and asks.polarity == "positive"  # 户均增收 adds up all the same
    if not earned and (word := _within(name, words.average)):
        return Nature("level", f"“{word}”是每一份、每一期的数，不逐步累计")
    if _on_roll(core(one.name), value, words):
        return Nature("level", "是在册的人数或户数")
    if (word := _within(name, words.level)) and not _within(name, words.adding):
        return Nature("level", f"“{word}”是某一时点的数")
    kept = _within(name, words.keeping) if dimension in ("area", "length") else ""
    if kept and not _within(name, words.adding):
        return Nature("level", f"“{kept}”的面积或长度是保有的数")
    if word := _kept_up(core(one.name), value, words):
        return Nature("level", f"“{word}”的是一年到头管着的数")
    if dimension == "time" and value.unit in _YEARLY:
        return Nature("level", "是时长，按现有水平比较")
    bare = dimension is None and value.unit is None and one.level2 == "数量指标"
    if (dimension == "count" or bare) and aim.lower == 1:
        return Nature("milestone", "全年只做一件，做完为止")
    return _by_dimension(one, dimension, asks)


def _kept_up(name: str, value: Value, words: Words) -> str:
    """The word by which a number of things is what is kept up all the year (管护公厕数量); "" where it is none."""
    if (value.unit or value.dimension) and value.unit not in words.upkeep_units:
        return ""
    works = _within(name, words.upkeep_works | words.adding)
    return _within(name, words.upkeep) if name.endswith(tuple(words.upkeep_endings)) and not works else ""


def _on_roll(name: str, value: Value, words: Words) -> bool:
    """Whether a name is nothing but people on a roll (聘用保洁人员数量): who was trained of them is none."""
    if value.unit not in words.roll_units:
        return False
    if name.startswith(tuple(words.roll_hired)):
        return True
    before = max((word for word in words.roll_before if name.startswith(word)), key=len, default="")
    who = name[len(before) :]
    while after := max((word for word in words.roll_after if who.endswith(word)), key=len, default=""):
        who = who[: -len(after)]
    return who in words.roll


def _of_rate(name: str, words: Words) -> Nature:
    ending = next((word for word in sorted(words.progress, key=len, reverse=True) if name.endswith(word)), "")
    if ending and not _within(name, words.timely):
        return Nature("cumulative", f"“{ending}”随年内进度增长")
    return Nature("level", "是比率（水平），按现有水平比较")


def _graded(name: str, dimension: str | None, words: Words) -> bool:
    """A name of progress without a unit (工程进度 80)."""
    return dimension is None and name.endswith(tuple(words.progress))


def _by_dimension(one: Indicator, dimension: str | None, asks: NameReading) -> Nature:
    if dimension in _GROWING or (dimension == "time" and asks.polarity != "reverse" and one.level2 != "时效指标"):
        return Nature("cumulative", "年内逐步累计")
    if dimension is None and (one.level2 in ("数量指标", "经济效益") or asks.asks in ("count", "quantity", "money")):
        return Nature("cumulative", "年内逐步累计")
    return Nature("level", "按现有水平比较")


def _within(name: str, words: frozenset[str]) -> str:
    """The longest of the words in the name; "" where there is none."""
    return max((word for word in words if word in name), key=lambda word: (len(word), word), default="")
