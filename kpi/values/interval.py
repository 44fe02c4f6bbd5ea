"""What the rules of the grammar yield while a value is read, and the steps that put them together."""

import re
from decimal import Decimal
from typing import Any, NamedTuple

from kpi.values import numerals
from kpi.values.numerals import times
from kpi.values.units import Unit, compound, converted, table, unknown
from kpi.values.value import Bound, Comparator, Spelling

Notes = tuple[Spelling, ...]
_ONE = Decimal(1)


class Rejected(Exception):
    """The grammar allows it, its meaning does not: "95%-90%". `compound` means two thresholds, nothing wrong."""

    def __init__(self, code: str, offset: int, message: str = "") -> None:
        super().__init__(message)
        self.code, self.offset, self.message = code, offset, message


class Number(NamedTuple):
    """A figure before its unit. `unit` is set by a way of writing that names one (百分之五)."""

    value: Decimal
    offset: int
    magnitude: str | None = None
    approximate: bool = False
    notes: Notes = ()
    unit: "Measure | None" = None


class Measure(NamedTuple):
    """A unit as read: figures before it times `scale` are in `unit`."""

    unit: Unit
    text: str
    offset: int = 0
    scale: Decimal = _ONE
    notes: Notes = ()


class Amount(NamedTuple):
    """A number with its unit; `value` has the magnitude and the unit's scale applied."""

    value: Decimal
    number: Number
    measure: Measure | None
    notes: Notes = ()

    @property
    def unit(self) -> Unit | None:
        return self.measure.unit if self.measure else None


class Interval(NamedTuple):
    """The accepted figures of one claim."""

    lower: Bound | None
    upper: Bound | None
    measure: Measure | None
    comparator: Comparator | None = None
    approximate: bool = False
    magnitude: str | None = None
    notes: Notes = ()
    offset: int = 0
    dimension: str | None = None
    included: bool = False  # 大于95%(含)


def measure(text: str, offset: int) -> Measure:
    """A known unit as written."""
    spelled = table().spelled[text]
    code = "percent-word" if text.startswith("百分") else "unit-spelling"
    notes = (Spelling(code, offset, text),) if spelled.informal else ()
    return Measure(spelled.unit, text, offset, spelled.scale, notes)


def per(numerator: Measure | None, below: list[Measure], text: str, offset: int) -> Measure:
    """A unit over others. 人 over 次 is 人次: nobody means persons per time."""
    if numerator is None:
        return Measure(unknown("/" + "·".join(unit.unit.canonical for unit in below)), text, offset)
    joined = numerator.text + "次"
    if [unit.text for unit in below] == ["次"] and joined in table().spelled and text.endswith(("/次", "/1次")):
        known = table().spelled[joined].unit
        return Measure(known, text, offset, _ONE, (Spelling("unit-spelling", offset, text),))
    unit = compound(numerator.unit, _person_times([part for one in below for part in _parts(one)]))
    notes = numerator.notes + tuple(note for one in below for note in one.notes)
    many = len(below) > 1 or below[0].text in table().joined
    if many and "/" in text and "(" not in text and not text.endswith("·" + below[-1].text):
        notes += (Spelling("unit-spelling", offset, text),)
    return Measure(unit, text, offset, numerator.scale, notes)


def _person_times(units: list[Unit]) -> tuple[Unit, ...]:
    """人·次 below the line is 人次, as 户·次 is 户次: one of them each time."""
    times = next((unit for unit in units if unit.canonical == "次"), None)
    for unit in units if times else ():
        joined = table().spelled.get(unit.canonical + "次")
        if joined and unit is not times:
            return tuple(joined.unit if one is unit else one for one in units if one is not times)
    return tuple(units)


def _bracket_unit(text: str, offset: int) -> Measure | None:
    """A unit in brackets: 元, 元/人, 元/(人·年)."""
    words = re.split(r"[/·.]", text)
    if not all(word in table().spelled for word in words):
        return None
    first, *below = (measure(word, offset) for word in words)
    return per(first, below, text, offset) if below else first


def bracketed(inner: Interval, note: str, offset: int) -> Interval:
    """A figure whose unit stands in brackets behind: 100(%), 20(万元). Other brackets are remarks."""
    text = note[1:-1]
    bare = text if text in table().spelled else text.lstrip("十百千万亿")
    name = text[: len(text) - len(bare)]
    unit = _bracket_unit(bare, offset)
    if unit is None or (name and inner.magnitude):
        return inner
    factor = times(numerals.magnitude(name), unit.scale)

    def move(bound: Bound | None) -> Bound | None:
        return Bound(times(bound.value, factor), bound.inclusive) if bound else None

    return inner._replace(
        lower=move(inner.lower), upper=move(inner.upper), measure=unit._replace(notes=()),
        magnitude=name or inner.magnitude, notes=(*inner.notes, Spelling("bracketed-unit", offset, note)),
    )  # fmt: skip


def _parts(one: Measure) -> list[Unit]:
    """人年 below the line is 人 and 年."""
    spelled = table().spelled
    return [spelled[word].unit for word in table().joined.get(one.text, ())] or [one.unit]


def _kilo(number: Number, unit: Measure) -> tuple[Number, Measure]:
    """5千V says 5 千伏: the last 千 belongs to the unit where there is one of that name."""
    joined = table().spelled.get("千" + unit.unit.canonical)
    if joined is None or not number.magnitude or number.magnitude[-1] != "千" or unit.scale != 1:
        return number, unit
    number = number._replace(value=number.value.scaleb(-3, numerals.EXACT), magnitude=number.magnitude[:-1] or None)
    return number, unit._replace(unit=joined.unit, text="千" + unit.text)


def amount(number: Number, unit: Measure | None) -> Amount:
    """Number and unit together, in the canonical unit."""
    if number.unit is not None:
        if unit is not None:
            raise Rejected("two-units", unit.offset, f"“{unit.text}”多余：前面已经写明是百分比")
        return Amount(number.value, number, number.unit, number.notes)
    if unit is None:
        return Amount(number.value, number, None, number.notes)
    number, unit = _kilo(number, unit)
    scale = unit.scale
    if unit.text == "比例" and abs(number.value) <= 1:
        scale = Decimal(100)
    elif unit.text == "折" and number.value > 10:
        scale = _ONE
    return Amount(times(number.value, scale), number, unit, number.notes + unit.notes)


def point(one: Amount) -> Interval:
    bound = Bound(one.value)
    return Interval(
        bound, bound, one.measure, None, one.number.approximate, one.number.magnitude, one.notes, one.number.offset
    )


def _inherit(first: Amount, second: Amount) -> tuple[Amount, Amount]:
    """In "2-3万元" the first figure is in 万元, too; in "90%-95" the second is in %."""
    if first.measure is None and second.measure is not None and second.number.unit is None:
        number = first.number
        if number.magnitude is None and second.number.magnitude:
            raised = times(number.value, numerals.magnitude(second.number.magnitude))
            if raised <= second.number.value:
                number = number._replace(value=raised, magnitude=second.number.magnitude)
        first = amount(number, second.measure._replace(notes=()))
    elif first.measure is None and second.number.magnitude and first.number.magnitude is None:
        raised = times(first.value, numerals.magnitude(second.number.magnitude))
        first = first._replace(value=raised) if raised <= second.value else first
    elif second.measure is None and first.measure is not None:
        second = amount(second.number._replace(unit=None), first.measure._replace(notes=()))
    elif first.unit and second.unit and second.unit.canonical.startswith(f"{first.unit.canonical}/"):
        first = first._replace(measure=second.measure)  # 300元-500元/人
    return first, second


def between(first: Amount, second: Amount, closed: tuple[bool, bool] = (True, True)) -> Interval:
    """The interval from one amount to another."""
    first, second = _inherit(first, second)
    if first.unit != second.unit:
        same_base = first.unit and second.unit and first.unit.base == second.unit.base
        if not same_base or first.unit is None or second.unit is None:
            raise Rejected("compound", second.number.offset)
        first = first._replace(value=converted(first.value, first.unit, second.unit), measure=second.measure)
    if first.value > second.value:
        raise Rejected("reversed-range", second.number.offset, "区间的两端颠倒；这里应是比前面大的数")
    return Interval(
        Bound(first.value, closed[0]), Bound(second.value, closed[1]), second.measure, "between",
        first.number.approximate or second.number.approximate, second.number.magnitude,
        first.notes + second.notes, first.number.offset,
    )  # fmt: skip


def double_sign(offset: int) -> Rejected:
    """What is wrong with a sign behind ±."""
    return Rejected("double-sign", offset, "“±”后面又有正负号；这里应只写相差多少")


def tolerance(middle: Amount | None, spread: Amount) -> Interval:
    """100±5人; 100人±5% is 95 to 105; ±5% alone is around nought. Raises Rejected for ±-5."""
    if spread.value < 0:
        raise double_sign(spread.number.offset)
    if middle is None:
        middle = Amount(Decimal(0), Number(Decimal(0), spread.number.offset), spread.measure)
    relative = middle.unit and spread.unit and spread.unit.canonical == "%" != middle.unit.canonical
    if relative:
        width = times(middle.value, spread.value).scaleb(-2, numerals.EXACT)
        spread = spread._replace(value=width, measure=middle.measure)
    middle, spread = _inherit(middle, spread)
    low, high = numerals.EXACT.subtract(middle.value, spread.value), numerals.EXACT.add(middle.value, spread.value)
    return Interval(
        Bound(low), Bound(high), middle.measure, "between", False, middle.number.magnitude,
        middle.notes + spread.notes, middle.number.offset,
    )  # fmt: skip


_A_DATE = 100  # 2027年12月
_CLOCK = (("小时", "分"), ("小时", "分钟"))  # 1小时30分


def frequency(span: Amount, count: Amount) -> Interval:
    """一年一次, 1季度2次: so many in one stretch of time; 1年6个月 is one stretch of eighteen months."""
    one = span.measure
    years = one is not None and one.unit.canonical == "年" and span.value < _A_DATE
    if years and count.measure and count.measure.unit.canonical == "月":
        return point(count._replace(value=span.value * 12 + count.value))
    if one and count.measure and (one.unit.canonical, count.measure.text) in _CLOCK:
        minutes = count.measure._replace(unit=table().spelled["分钟"].unit)
        return point(count._replace(value=span.value * 60 + count.value, measure=minutes))
    if one is None or span.value != 1 or one.unit.dimension != "time" or count.measure is None:
        raise Rejected("compound", count.number.offset)
    unit = per(count.measure, [one], "", count.measure.offset)
    return point(count)._replace(measure=unit._replace(text=unit.unit.canonical))


def compare(sign: Comparator, inner: Interval, offset: int, written: str = "") -> Interval:
    """Put a sign before an interval that may have a limit word behind. `written`: the sign, where two are too many."""
    if inner.included and sign in (">", "<"):
        sign = ">=" if sign == ">" else "<="
    if inner.comparator == "between":
        if sign[0] == "<" and inner.lower and inner.upper and inner.lower.value == -inner.upper.value:
            return inner._replace(notes=(*inner.notes, Spelling("double-sign", offset, written)))  # ≤±3毫米
        raise Rejected("sign-before-range", offset, "区间前不用再写比较符号；这里应只写区间，或只写一个数")
    if inner.comparator is not None:
        if inner.comparator[0] != sign[0] and "=" not in (inner.comparator, sign):
            raise Rejected("contradictory-signs", offset, "前后的比较方向相反；只留一个")
        if written:
            inner = inner._replace(notes=(*inner.notes, Spelling("double-sign", offset, written)))
        return inner._replace(comparator=sign, **_ends(sign, (inner.lower or inner.upper)))
    return inner._replace(comparator=sign, **_ends(sign, inner.lower))


def _ends(sign: Comparator, bound: Bound | None) -> dict[str, Any]:
    if bound is None:  # pragma: no cover - an interval without comparator has both ends
        raise ValueError("no bound")
    end = Bound(bound.value, "=" in sign)
    return {"lower": end if sign[0] in ">=" else None, "upper": end if sign[0] in "<=" else None}


def joined(first: Interval, second: Interval) -> Interval:
    """≥90%且≤95% is one interval; anything else joined is several thresholds."""
    low, high = (first, second) if first.lower and not first.upper else (second, first)
    floor, ceiling = low.lower, high.upper
    if floor is None or ceiling is None or low.upper is not None or high.lower is not None:
        raise Rejected("compound", second.offset)
    if low.measure is None and high.measure is not None and high.measure.scale == 1:
        low = low._replace(measure=high.measure)
    if (low.measure and low.measure.unit) != (high.measure and high.measure.unit):
        raise Rejected("compound", second.offset)
    if floor.value > ceiling.value:
        raise Rejected("contradictory-signs", second.offset, "两个界限没有共同的数；下限应小于上限")
    return low._replace(
        upper=ceiling, comparator="between", approximate=low.approximate or high.approximate,
        notes=low.notes + high.notes,
    )  # fmt: skip
