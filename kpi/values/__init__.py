"""Text → Value. Knows nothing of forms."""

from kpi.values.algebra import achieved_by, comparable, contains, ratio, same, wan_apart
from kpi.values.notation import render
from kpi.values.parsing import find_values, parse
from kpi.values.units import Unit, unit
from kpi.values.value import Bound, DateSpan, Problem, Spelling, Value

__all__ = [
    "Bound", "DateSpan", "Problem", "Spelling", "Unit", "Value", "achieved_by", "comparable", "contains",
    "find_values", "parse", "ratio", "render", "same", "unit", "wan_apart",
]  # fmt: skip
