"""An actual value as a figure in its target's unit. An actual value without a unit takes the target's. What cannot be
compared stays so, with a question: unlike things are never guessed to be alike."""

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from kpi.names import NameReading
from kpi.progress.reading import NOTHING, SCALES, SLIP, formula, shown, without_sign
from kpi.values import Bound, Value, comparable, find_values, parse
from kpi.values.normal import squeezed
from kpi.values.units import Unit, converted, unit_of

_NOUGHT = Bound(Decimal(0))
_WHOLE = Decimal(100)
_GROUPED = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?![\d,])")
_SPLIT = re.compile(r"\d,\d")
_COUNTED = ("count", "length", "area", "volume", "mass", "time")  # dimensions of what cannot be less than nought
_TIMES = ("场", "批", "班", "期", "轮", "趟")  # units that count times, as the same with 次 do


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
    if squeezed(text) in NOTHING and (named.absence or target.figure == 0):
        return Actual(Decimal(0))
    if said := formula(text):
        return Actual(problem=f"完成值{said}", wrong=True)
    value = parse(without_sign(text))
    if is_damaged(text, value):
        return Actual(problem=f"完成值“{shown(text)}”里的数写得不对，看不出是多少", wrong=True)
    if value.kind != "quantity":
        found, told = _in_words(text, target)
        if found is None:
            return Actual(problem=f"完成值“{shown(text)}”里没有能与目标值比较的数", wrong=not told)
        value = found
    figure = value.figure  # 95%以上 says no more than 95%
    if figure is None:
        return Actual(problem=f"完成值“{shown(text)}”不是一个确定的数", wrong=True)
    if value.unit is None and value.dimension is None:
        return _bare(figure, text, target, named, magnitude=value.magnitude)
    if target.unit is None and target.dimension is None:
        own = figure if target.magnitude else figure / SCALES.get(value.magnitude or "", 1)  # 200万 beside 195.5万元
        return _united(own, text, target, value)
    if figure == 0 and target.dimension == value.dimension == "count":
        return Actual(figure)  # none is none, of 次 as of 起
    if not _alike(target, value):
        why = f"目标值“{shown(target.text)}”与完成值“{shown(text)}”单位不同"
        unlike = comparable(target, value) is False or target.dimension == value.dimension == "count"
        return Actual(problem=why, wrong=unlike)
    unit, wanted = _unit(value), _unit(target)
    return Actual(converted(figure, unit, wanted) if unit and wanted else figure)


def is_damaged(text: str, value: Value) -> bool:
    """Whether a figure is torn, so that a part of it would be taken for the whole (1,80人次, 5000 0元)."""
    if value.kind == "quantity":
        return False
    plain = unicodedata.normalize("NFKC", text)
    return value.kind == "malformed" or _SPLIT.search(_GROUPED.sub("", plain)) is not None


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


def _united(figure: Decimal, text: str, target: Value, value: Value) -> Actual:
    """A target without a unit takes that of the actual value (735 and 735人次), but not where that is absurd."""
    edge = (target.lower or target.upper or _NOUGHT).value
    fraction = value.dimension == "ratio" and 0 < edge <= 1 < figure
    slip = value.dimension == "money" and edge and figure and not 1 / SLIP < figure / edge < SLIP
    if fraction or slip:
        return Actual(problem=f"目标值“{shown(target.text)}”没有单位，与完成值“{shown(text)}”对不上", wrong=True)
    return Actual(figure)


def _bare(figure: Decimal, text: str, target: Value, named: NameReading, *, magnitude: str | None) -> Actual:
    """An actual value without a unit takes the target's with its magnitude, unless it has one of its own (5.4万). A
    bare fraction of a rate is a question, and so is what only another unit explains (8500 of 20公里)."""
    edge = target.lower or target.upper
    rate = target.unit == "%" or (target.unit is None and named.asks in ("rate", "satisfaction"))
    if rate and edge and 0 < figure <= 1 < edge.value:
        return Actual(problem=f"完成值“{shown(text)}”没有单位，看不出是百分之几", wrong=True)
    if magnitude is not None:
        return Actual(figure)
    if target.magnitude is None or target.unit_text is None:
        return _far(figure, text, target) or Actual(figure)
    scaled = parse(f"{figure:f}{target.magnitude}{target.unit_text}").point
    if scaled is None:
        return Actual(figure)
    if edge and edge.value and scaled / edge.value >= SLIP:
        either = f"{target.unit_text}还是{target.magnitude}{target.unit_text}"
        return Actual(problem=f"完成值“{shown(text)}”没有单位，看不出是{either}", wrong=True)
    return Actual(scaled)


def _far(figure: Decimal, text: str, target: Value) -> Actual | None:
    """A bare figure that lies so far from the target that it is counted in another unit. Of things that are counted
    one by one there is no other unit; money may be told in 万元 as well."""
    edge = (target.lower or target.upper or _NOUGHT).value
    if target.unit is None or target.dimension in (None, "count", "ratio", "score") or edge <= 0 or figure <= 0:
        return None
    money = target.dimension == "money" and target.unit == "元" and figure * SLIP * 10 <= edge
    if figure < edge * SLIP and not money:
        return None
    why = f"完成值“{shown(text)}”没有写单位，按“{target.unit_text}”算与目标值相差上百倍"
    return Actual(problem=why, wrong=True)


def _unit(value: Value) -> Unit | None:
    return unit_of(value.unit, value.dimension) if value.unit else None
