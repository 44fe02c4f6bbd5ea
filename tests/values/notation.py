"""The short notation in which the cases tell a reading: ">= 95 %", "90..95 元", "date /2026-12-31"."""

from kpi.values import Bound, Value, parse
from kpi.values.numerals import plain


def _range(lower: Bound, upper: Bound) -> str:
    dots = ("" if lower.inclusive else "(") + ".." + ("" if upper.inclusive else ")")
    return f"{plain(lower.value)}{dots}{plain(upper.value)}"


def _quantity(value: Value) -> str:
    if value.comparator == "between":
        assert value.lower
        assert value.upper
        words = [_range(value.lower, value.upper)]
    else:
        bound = value.lower or value.upper
        assert bound
        ends = {">=": (True, False), ">": (True, False), "<=": (False, True), "<": (False, True)}
        assert (value.lower is not None, value.upper is not None) == ends.get(value.comparator or "", (True, True))
        assert bound.inclusive == (value.comparator not in (">", "<"))
        words = [value.comparator or "", plain(bound.value)]
    unit = "ratio" if value.dimension == "ratio" and value.unit is None else value.unit
    return " ".join(word for word in ["~" if value.approximate else "", *words, unit or ""] if word)


def told(text: str, year: int | None = None) -> str:
    value = parse(text, year=year)
    if value.kind == "quantity":
        return _quantity(value)
    if value.kind == "date":
        assert value.date
        ends = f"{value.date.start or ''}/{value.date.end or ''}"
        return " ".join(
            ["date", *([ends] if ends != "/" else []), *([f"@{value.date.named}"] if value.date.named else [])]
        )
    if value.kind == "malformed":
        return f"malformed {value.problems[0].code}@{value.problems[0].offset}"
    if value.kind == "reference":
        return " ".join(["reference", value.comparator or "-", value.reference or "-"])
    return f"compound {len(value.parts)}" if value.kind == "compound" else value.kind


def agrees(told_reading: str, wanted: str) -> bool:
    """A wanted reading may leave off the detail of a reference or of damage, or list kinds with |."""
    alternatives = wanted.split("|")
    if told_reading in alternatives:
        return True
    return any(word in ("reference", "malformed") and told_reading.split()[0] == word for word in alternatives)
