"""`kpi parse` as JSON: one object a value."""

import json
from collections.abc import Iterable

from kpi.reports.contract import DateSpan, End, ParsedValue, Problem
from kpi.reports.numbers import plain_number
from kpi.values import Bound, Value


def render_json(values: Iterable[Value]) -> str:
    """An array with one object a value."""
    rows = [_model(value).model_dump(exclude_unset=True) for value in values]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def render_jsonl(values: Iterable[Value]) -> str:
    """One object a line."""
    return "".join(_model(value).model_dump_json(exclude_unset=True) + "\n" for value in values)


def _model(value: Value) -> ParsedValue:
    model = ParsedValue(
        text=value.text,
        kind=value.kind,
        comparator=value.comparator,
        lower=_end(value.lower),
        upper=_end(value.upper),
        approximate=value.approximate,
        unit=value.unit,
        dimension=value.dimension,
        problems=[Problem(code=p.code, offset=p.offset, message=p.message) for p in value.problems],
    )
    return model.model_copy(update=_extras(value))


def _extras(value: Value) -> dict[str, object]:
    """The keys that only some kinds have."""
    extras: dict[str, object] = {}
    if value.date is not None:
        extras["date"] = DateSpan(start=value.date.start, end=value.date.end, named=value.date.named)
    if value.reference is not None:
        extras["reference"] = value.reference
    if value.parts:
        extras["parts"] = [_model(part) for part in value.parts]
    return extras


def _end(bound: Bound | None) -> End | None:
    return None if bound is None else End(value=plain_number(bound.value), inclusive=bound.inclusive)
