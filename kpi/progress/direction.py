"""What became of one target: tightened, loosened, changed or not comparable, by interval algebra alone.

Dates are read relative to the year of their own form: 12月底前 of two years is the same target.
"""

from decimal import Decimal
from typing import Literal, NamedTuple

from kpi.model import COST_LEVELS, Indicator
from kpi.names.table import table as names
from kpi.progress.figures import workable
from kpi.progress.keys import squashed
from kpi.progress.reading import SCALES, SLIP, aim_of, as_interval, asks, is_blank, reverse_of, shown
from kpi.values import Bound, DateSpan, Value, contains, parse, same
from kpi.values.normal import squeezed

Direction = Literal["tightened", "loosened", "changed", "incomparable"]
_WORDS = {"qualitative", "text"}  # kinds of value that are words, known or not (建立健全, 基本建立)
_RATES = ("rate", "satisfaction")  # what a name asks for
_FIRST = 4  # digits of a year
_WHOLE = 100  # per cent
_THIS, _FAR = 5000, 500  # stands for the form's own year; how far another year may lie from it


class Threshold(NamedTuple):
    """A target as printed, the indicator that it belongs to and the year of its form."""

    text: str
    indicator: Indicator
    year: int | None = None
    project: str = ""


def direction(old: Threshold, new: Threshold) -> Direction | None:
    """What became of `old`; None where both ask for the same."""
    if squeezed(old.text) == squeezed(new.text) or (is_blank(old.text) and is_blank(new.text)):
        return None
    if unclear(old, new):
        return "incomparable"
    first, second = _alike(_read(old), _read(new))
    first, second = _ended(first, old), _ended(second, new)
    if first.kind == second.kind == "date":
        return _dates(first, second)
    if first.kind != second.kind and not {first.kind, second.kind} <= _WORDS:
        return "incomparable"
    if first.kind != "quantity":
        alike = same(first, second) or squashed(old.text) == squashed(new.text) != ""
        return None if alike else _compound(old, new, first, second)
    if same(first, second):
        vague = parse(old.text).approximate != parse(new.text).approximate
        return "changed" if vague else None  # ≥95% and 约95%: nobody can tell any more when it is reached
    return _intervals(first, second)


def unclear(old: Threshold, new: Threshold) -> str:
    """Why two figures cannot be held against each other though nothing says that they are unlike, a clause: one has no
    unit, and in the other's it would be another world's (0.85 and 80%, 500000 and 50万元). "" where all is clear.
    """
    first, second = _read(old), _read(new)
    if not first.kind == second.kind == "quantity":
        return ""
    for bare, whole, side in ((first, second, old), (second, first, new)):
        if bare.unit is not None or bare.dimension is not None:
            continue
        edge, other = _edge(bare), _edge(whole)
        unitless = whole.unit is None and whole.dimension is None
        rate = whole.unit == "%" or (unitless and asks(side.indicator, side.project).asks in _RATES)
        if rate and 0 < edge <= 1 < other:
            return f"“{shown(side.text)}”没有写单位，看不出是百分之几"
        scaled = edge * SCALES.get(whole.magnitude or "", 1)
        money = whole.dimension == "money" or whole.magnitude is not None
        if money and edge > 0 < other and not 1 / SLIP < scaled / other < SLIP:
            doubt = "是元还是万元" if whole.dimension == "money" else f"有没有“{whole.magnitude}”"
            return f"“{shown(side.text)}”没有写单位，看不出{doubt}"
    return ""


def against_name(side: Threshold) -> str:
    """Whether the sign runs against what the name (or the form's own column) asks for, a clause that says how: 合格率
    "≤60%", 投诉率 "≥10%". Which of two such targets asks for more, nobody can tell. "" where it does not."""
    named, value = asks(side.indicator, side.project), parse(side.text)
    less = reverse_of(side.indicator, named)
    if less is None or not any(_opposed(part, side, less=less) for part in value.parts or (value,)):
        return ""
    printed = (side.indicator.polarity or "").strip()
    source = f"表中写的“{printed}”" if printed and (named.polarity == "reverse") != less else f"“{named.name.strip()}”"
    better = "越少越好" if less else "越多越好"
    return f"“{shown(side.text)}”的符号与{source}（{better}）相反，看不出是提高还是降低"


def _opposed(value: Value, side: Threshold, *, less: bool) -> bool:
    """A floor where less is better, a cap where more is. Of the costs a share may be capped (评审费率 ≤1.5‰), unless it
    is what is saved."""
    if value.kind != "quantity" or value.comparator not in ((">=", ">") if less else ("<=", "<")):
        return False
    capped = side.indicator.level2 in COST_LEVELS and not names().words["falls"].within(side.indicator.name)
    return less or not capped


def _edge(value: Value) -> Decimal:
    bound = value.lower or value.upper
    return bound.value if bound and workable(bound.value) else Decimal(0)


def _read(side: Threshold) -> Value:
    """The accepted values: a bare figure is a floor, or a cap where less is better."""
    value = parse(side.text)
    named = asks(side.indicator, side.project)
    aim = aim_of(value, side.indicator, named)
    if aim is not None:
        return as_interval(aim)._replace(approximate=False) if aim.bare else value
    return value._replace(date=_relative(value.date, side.year)) if value.date else value


def _ended(rate: Value, side: Threshold) -> Value:
    """A rate that ends at 100 % by its definition: "≥100%" is "=100%"."""
    if rate.unit != "%" or rate.upper is not None or rate.lower is None or rate.lower.value > _WHOLE:
        return rate
    if not asks(side.indicator, side.project).bounded:
        return rate
    return rate._replace(upper=Bound(Decimal(_WHOLE)))


def _alike(one: Value, other: Value) -> tuple[Value, Value]:
    """A unit that only one side prints holds for both; the magnitude is part of it."""
    if one.kind == other.kind == "quantity":
        if one.dimension is None and one.unit is None and other.unit is not None:
            return _with_unit(one, other), other
        if other.dimension is None and other.unit is None and one.unit is not None:
            return one, _with_unit(other, one)
    return one, other


def _with_unit(bare: Value, whole: Value) -> Value:
    scale = SCALES.get(whole.magnitude or "", 1)
    lower, upper = (
        bound._replace(value=bound.value * Decimal(scale)) if bound else None for bound in (bare.lower, bare.upper)
    )
    return bare._replace(lower=lower, upper=upper, unit=whole.unit, dimension=whole.dimension)


def _intervals(old: Value, new: Value) -> Direction | None:
    narrower, wider = contains(old, new), contains(new, old)
    if narrower is None or wider is None:
        return "incomparable"
    if narrower and wider:
        return None
    if narrower:
        return "tightened"
    return "loosened" if wider else "changed"


def _dates(old: Value, new: Value) -> Direction | None:
    """An earlier end is tighter; a beginning that moved as well is a change."""
    if old.date is None or new.date is None or not (old.date.end and new.date.end):
        return None if same(old, new) else "incomparable"
    if _placed(old.date.end) != _placed(new.date.end):
        return "incomparable"
    if same(parse(old.text), parse(new.text)):
        return None  # one day, as told from two years
    if old.date.end == new.date.end:
        return None if old.date.start == new.date.start or not (old.date.start and new.date.start) else "changed"
    return "tightened" if new.date.end < old.date.end else "loosened"


def _placed(day: str) -> bool:
    """Whether the day is told by the form's own year."""
    return int(day[:_FIRST]) > _THIS - _FAR


def _relative(span: DateSpan | None, year: int | None) -> DateSpan | None:
    """Days by their distance from the form's own year; a day without a year is one of it."""
    if span is None:
        return None
    return span._replace(start=_day(span.start, year), end=_day(span.end, year))


def _day(day: str | None, year: int | None) -> str | None:
    if day is None:
        return None
    if day.startswith("--"):
        return f"{_THIS}{day[1:]}"
    ahead = int(day[:_FIRST]) - (year or 0)
    return f"{_THIS + ahead:04d}{day[_FIRST:]}" if year is not None and abs(ahead) < _FAR else day


def _compound(old: Threshold, new: Threshold, first: Value, second: Value) -> Direction:
    """Several thresholds in one cell: each against its own."""
    if first.kind != "compound" or len(first.parts) != len(second.parts):
        return "changed"
    pairs = zip(first.parts, second.parts, strict=True)
    ways = [direction(old._replace(text=a.text), new._replace(text=b.text)) for a, b in pairs]
    found = {way for way in ways if way is not None}
    return found.pop() if len(found) == 1 else "changed"
