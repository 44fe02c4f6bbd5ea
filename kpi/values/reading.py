"""A whole text through the grammar, and the reading as a Value. Offsets are those of the normalised text."""

from typing import Any

from lark.exceptions import UnexpectedInput

from kpi.values.dates import Moment, date_span
from kpi.values.grammar import parser
from kpi.values.interval import Interval, Rejected, point
from kpi.values.value import Value

Node = Any  # what the grammar yields: a Moment, an Interval or an Amount


def to_value(reading: Node, text: str) -> Value:
    """What a rule of the grammar yielded, as users get it."""
    if isinstance(reading, Moment):
        return Value(text, "date", date=date_span(reading))
    one = reading if isinstance(reading, Interval) else point(reading)
    measure = one.measure
    unit = measure.unit if measure else None
    comparator = None if one.approximate and one.comparator == "=" else one.comparator
    return Value(
        text=text,
        kind="quantity",
        comparator=comparator,
        lower=one.lower,
        upper=one.upper,
        approximate=one.approximate,
        unit=unit.canonical if unit else None,
        dimension=unit.dimension if unit else one.dimension,
        unit_text=measure.text if measure else None,
        magnitude=one.magnitude,
        spelling=one.notes,
    )


def read(text: str) -> Value | UnexpectedInput | Rejected:
    """The reading of the whole text, or where and why the grammar stopped."""
    try:
        return to_value(parser().parse(text), text)
    except (UnexpectedInput, Rejected) as stopped:
        return stopped
