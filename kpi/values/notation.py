"""A Value in the canonical notation: "≥95%", "≤20万元", "3360元/(人·年)", "2026年12月31日前"."""

import unicodedata
from decimal import Decimal

from kpi.lazyre import later
from kpi.values.numerals import EXACT, digits, magnitude, plain, quotient
from kpi.values.units import table
from kpi.values.value import Bound, DateSpan, Value

#: 3月 is March, three months are 3个月.
_COUNTED = {"月": "个月", "季度": "个季度"}
#: The signs as forms print them.
SIGNS = {">=": "≥", ">": ">", "=": "=", "<=": "≤", "<": "<"}
_SMALL = ("十", "百", "千")
_RATIO = later(r"(\d+(?:\.\d+)?)[:比](\d+(?:\.\d+)?)")


def _number(value: Decimal, name: str | None) -> str:
    """三百 is 300; 三千万 is 3000万."""
    name = None if name in _SMALL else name
    return plain(value.scaleb(-magnitude(name).adjusted(), EXACT)) + name if name else plain(value)


def _figure(value: Value, bound: Bound) -> str:
    if value.dimension == "ratio" and value.unit is None:
        return _ratio(value.text, bound.value)
    unit = _COUNTED.get(value.unit or "", value.unit or "")
    return _number(bound.value, None if _run_together(value.magnitude, unit) else value.magnitude) + unit


def _ratio(text: str, figure: Decimal) -> str:
    """1:18 stays 1:18: nobody would know 0.05556:1."""
    for above, below in _RATIO.findall(unicodedata.normalize("NFKC", text)):
        if digits(below) and quotient(digits(above), digits(below)) == figure:
            return f"{above}:{below}"
    return f"{plain(figure)}:1"


def _run_together(name: str | None, unit: str) -> bool:
    """Whether 千 before 赫兹 would be read as the unit 千赫."""
    joined = (name or "")[-1:] + unit
    return bool(name) and any(joined[:end] in table().spelled for end in range(2, len(joined) + 1))


def _quantity(value: Value) -> str:
    about = "约" if value.approximate else ""
    if value.comparator == "between":
        low, high = value.lower, value.upper
        if low is None or high is None:
            raise ValueError("a range has two ends")
        if low.inclusive and high.inclusive and low.value == -high.value and high.value > 0:
            return f"{about}±{_figure(value, high)}"
        if low.inclusive and high.inclusive and not (value.dimension == "ratio" and value.unit is None):
            return f"{about}{_figure(value, low)}-{_figure(value, high)}"
        left, right = ("≥" if low.inclusive else ">"), ("≤" if high.inclusive else "<")
        return f"{about}{left}{_figure(value, low)}且{right}{_figure(value, high)}"
    bound = value.lower or value.upper
    if bound is None:
        return value.text
    return f"{about}{SIGNS.get(value.comparator or '', '')}{_figure(value, bound)}"


def _day(text: str) -> str:
    year, month, day = ("", *text[2:].split("-")) if text.startswith("--") else text.split("-")
    return (f"{year}年" if year else "") + f"{int(month)}月{int(day)}日"


def _date(date: DateSpan, text: str) -> str:
    if date.named and (date.start or date.end):
        year = (date.end or date.start or "")[:4]
        return f"{year}年{date.named}" + ("" if date.start and date.end else "起" if date.start else "前")
    if date.named:
        return date.named
    if date.start and date.end:
        return _day(date.start) if date.start == date.end else f"{_day(date.start)}至{_day(date.end)}"
    if date.end:
        return f"{_day(date.end)}前"
    return f"{_day(date.start)}起" if date.start else text


def render(value: Value) -> str:
    """Canonical notation; parsing it gives the same reading. What is no figure and no date stays as written."""
    if value.kind == "quantity":
        return _quantity(value)
    if value.kind == "date" and value.date:
        return _date(value.date, value.text)
    return value.text
