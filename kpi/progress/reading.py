"""Target and actual value of one indicator, read so that they can be held against each other.

A bare figure as target is a floor, or a cap where less is better; an actual value without a unit takes the target's.
What cannot be compared stays so, with a question: unlike things are never guessed to be alike.
"""

import re
import unicodedata
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from kpi.model import COST_LEVELS, Indicator
from kpi.names import NameReading, read_name
from kpi.progress.figures import rounded, told, workable
from kpi.values import Bound, Value, comparable, find_values, parse
from kpi.values.units import unit_of

_BLANK = re.compile(r"(—|-|/|\\|–|―|﹣|\*|\s)*")
_SIGN = re.compile(r"^(?:[≥≤<>=＝≧≦＞＜═⩾⩽]+|不低于|不少于|不超过|不高于|大于等于|小于等于|大于|小于|等于|至少)\s*")
_ONE, _NOUGHT = Decimal(1), Bound(Decimal(0))
_SHOWN = 40  # characters of a cell in a message
SCALES = {"万": 10_000, "亿": 100_000_000, "千": 1000, "百": 100}
_WHOLE = Decimal(100)
_SHORTENED = Decimal("0.1")  # of a magnitude; less is told in plain units: 300000元 and not 0亿元
_COUNTED = ("count", "length", "area", "volume", "mass", "time")  # dimensions of what cannot be less than nought
_TIMES = ("场", "批", "班", "期", "轮", "趟")  # units that count times, as the same with 次 do
SLIP = Decimal(100)  # times another figure: only another unit explains it

Side = Literal["floor", "cap", "equal"]


class Aim(NamedTuple):
    """What a target asks for: at least `lower`, at most `upper`, in the base unit. `bare`: no sign stands there.

    `reverse`: less is better. `doubtful`: sign and name disagree, so that either reading is fair.
    """

    value: Value
    lower: Decimal | None
    upper: Decimal | None
    strict: bool = False
    equal: bool = False
    bare: bool = False
    reverse: bool = False
    doubtful: bool = False


def squeezed(text: str) -> str:
    """Text without white space, in half-width forms: what two cells are compared by."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def without_sign(text: str) -> str:
    return _SIGN.sub("", squeezed(text))


def is_blank(text: str | None) -> bool:
    return text is None or not text or (len(text) < 80 and bool(_BLANK.fullmatch(text)))


def is_timed(indicator: Indicator) -> bool:
    """Whether the indicator is one of time: that it was kept is an answer to "≤30天", as it is to a date."""
    return indicator.level2 == "时效指标"


def asks(indicator: Indicator, project: str = "") -> NameReading:
    return read_name(indicator.name, indicator.level2, project)


def reverse_of(indicator: Indicator, named: NameReading) -> bool | None:
    """Whether less is better by what the form prints, else by the name; None where neither tells."""
    printed = indicator.polarity or ""
    if "反向" in printed or "负向" in printed or "逆向" in printed:
        return True
    if "正向" in printed:
        return False
    return None if named.polarity is None else named.polarity == "reverse"


def aim_of(value: Value, indicator: Indicator, named: NameReading) -> Aim | None:
    """A quantity as an aim; None for other kinds of value."""
    if value.kind != "quantity":
        return None
    less = reverse_of(indicator, named)
    lower, upper = (bound.value if bound else None for bound in (value.lower, value.upper))
    strict = any(bound is not None and not bound.inclusive for bound in (value.lower, value.upper))
    if value.comparator in (">=", ">"):
        return Aim(value, lower, None, strict, doubtful=less is True)
    if value.comparator in ("<=", "<"):
        return Aim(value, None, upper, strict, reverse=True, doubtful=less is False)
    if value.comparator == "=":
        return Aim(value, lower, upper, equal=True, reverse=bool(less))
    if lower is not None and lower != upper:  # beyond a range is more than was asked for, or too much
        either = less is None and value.dimension != "count"
        return Aim(value, lower, upper, reverse=bool(less), doubtful=either)
    cost = indicator.level2 in COST_LEVELS and less is None
    if less or cost:
        return Aim(value, None, upper, bare=True, reverse=True, doubtful=cost)
    return Aim(value, lower, None, bare=True)


def goal_of(aim: Aim) -> Decimal | None:
    """The one figure that stands for the aim: the least that is asked for, else the most that may be."""
    return aim.lower if aim.lower is not None else aim.upper


def above(aim: Aim, figure: Decimal | Fraction) -> bool:
    """Whether a figure that misses the aim does so at its upper end."""
    if aim.upper is None or figure < aim.upper:
        return False
    return aim.lower is None or figure > aim.lower


def with_unit(figure: Decimal | None, target: Value) -> str:
    """A figure in the target's base unit, as the target prints its own: 1.2亿元 and not 120000000."""
    if figure is None:
        return ""
    if not workable(figure):
        return told(figure)
    unit = (target.unit_text or "").removesuffix("/年")
    scaled = rounded(Fraction(figure) / SCALES.get(target.magnitude or "", 1))
    if abs(figure) > 0 and abs(scaled) < _SHORTENED:
        return f"{told(figure)}{unit}"
    return f"{told(scaled)}{target.magnitude or ''}{unit}"


def impossible(figure: Decimal, text: str, target: Value, *, bounded: bool) -> str:
    """Why no such thing can have been achieved, one clause; "" where it can: no count is below nought, no rate that
    ends at 100 % by its definition is above it (`bounded`; of a task's progress more than all of it may be done)."""
    edges = [bound.value for bound in (target.lower, target.upper) if bound is not None]
    if figure < 0 and target.dimension in _COUNTED and all(edge >= 0 for edge in edges):
        return f"完成值“{shown(text)}”是负数，不会少于 0"
    if bounded and target.unit == "%" and figure > _WHOLE >= max(edges, default=_WHOLE):
        return f"完成值“{shown(text)}”超过了100%，这个比率按定义不会超过100%"
    return ""


class Actual(NamedTuple):
    """What was achieved as a figure in the target's unit; `problem` says in one clause why there is none.

    `wrong`: the actual value is in another unit or of another kind than the target asks for, or might be, so that
    people have to be asked; where it merely could not be read, they are not. `never`: it is a figure that no such thing
    can come to.
    """

    figure: Decimal | None = None
    problem: str = ""
    wrong: bool = False
    never: bool = False


def actual_of(text: str, target: Value, named: NameReading) -> Actual:
    """The figure of an actual value. A sign before it ("≥95%") says no more than the figure."""
    if squeezed(text) in ("无", "没有", "未发生", "零") and (named.absence or target.figure == 0):
        return Actual(Decimal(0))
    value = parse(without_sign(text))
    if value.kind != "quantity":
        found, told = _in_words(text, target)
        if found is None:
            return Actual(problem=f"完成值“{shown(text)}”里没有能与目标值比较的数", wrong=not told)
        value = found
    figure = value.figure  # 95%以上 says no more than 95%
    if figure is None:
        return Actual(problem=f"完成值“{shown(text)}”不是一个确定的数")
    if value.unit is None and value.dimension is None:
        return _bare(figure, text, target, named)
    if target.unit is None and target.dimension is None:
        return _united(figure / SCALES.get(value.magnitude or "", 1), text, target, value)
    if not _alike(target, value):
        why = f"目标值“{shown(target.text)}”与完成值“{shown(text)}”单位不同"
        unlike = comparable(target, value) is False or target.dimension == value.dimension == "count"
        return Actual(problem=why, wrong=unlike)
    return Actual(figure * _factor(value) / _factor(target))


def _alike(target: Value, value: Value) -> bool:
    """Figures of one unit. 人 are no 人次, but of what happens at times 40场 are 40场次."""
    units = {target.unit or "", value.unit or ""}
    return bool(comparable(target, value)) or any({one, f"{one}次"} == units for one in _TIMES)


def _in_words(text: str, target: Value) -> tuple[Value | None, bool]:
    """The one figure that a sentence tells in the target's unit; and whether it tells any figure."""
    if parse(text).kind in ("empty", "qualitative"):
        return None, False
    told = [value for _, _, value in find_values(text) if value.kind == "quantity"]
    fitting = [value for value in told if value.point is not None and _alike(target, value)]
    return (fitting[0] if len(fitting) == 1 else None), any(c.isdigit() for c in text)


def shown(text: str) -> str:
    """A cell's text short enough for a sentence."""
    one = " ".join(text.split())
    return one if len(one) <= _SHOWN else one[: _SHOWN - 1] + "…"


def _factor(value: Value) -> Decimal:
    unit = unit_of(value.unit, value.dimension) if value.unit else None
    return unit.factor if unit else _ONE


def _united(figure: Decimal, text: str, target: Value, value: Value) -> Actual:
    """A target without a unit takes that of the actual value (735 and 735人次), but not where that is absurd."""
    edge = (target.lower or target.upper or _NOUGHT).value
    fraction = value.dimension == "ratio" and 0 < edge <= 1 < figure
    slip = value.dimension == "money" and edge and figure and not 1 / SLIP < figure / edge < SLIP
    if fraction or slip:
        return Actual(problem=f"目标值“{shown(target.text)}”没有单位，与完成值“{shown(text)}”对不上", wrong=True)
    return Actual(figure)


def _bare(figure: Decimal, text: str, target: Value, named: NameReading) -> Actual:
    """An actual value without a unit takes the target's with its magnitude; a bare fraction of a rate is a question."""
    edge = target.lower or target.upper
    rate = target.unit == "%" or (target.unit is None and named.asks in ("rate", "satisfaction"))
    if rate and edge and 0 < figure <= 1 < edge.value:
        return Actual(problem=f"完成值“{shown(text)}”没有单位，看不出是百分之几", wrong=True)
    if target.magnitude is None or target.unit_text is None:
        return Actual(figure)
    scaled = parse(f"{figure:f}{target.magnitude}{target.unit_text}").point
    if scaled is None:
        return Actual(figure)
    if edge and edge.value and scaled / edge.value >= SLIP:
        either = f"{target.unit_text}还是{target.magnitude}{target.unit_text}"
        return Actual(problem=f"完成值“{shown(text)}”没有单位，看不出是{either}", wrong=True)
    return Actual(scaled)


def as_interval(aim: Aim) -> Value:
    """The aim as the interval of values that it accepts."""
    if not aim.bare:
        return aim.value
    lower = Bound(aim.lower) if aim.lower is not None else None
    upper = Bound(aim.upper) if aim.upper is not None else None
    return replace(aim.value, comparator="<=" if aim.reverse else ">=", lower=lower, upper=upper)


def text_of(one: Indicator | None) -> str:
    """The target of the year, else that of the whole term."""
    if one is None:
        return ""
    halves = [entry.text for entry in (one.annual, one.period) if entry]
    return next((text for text in halves if text.strip()), "")
