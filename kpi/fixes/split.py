"""A new value over the cells of a row that has its sign, its figure and its unit apart."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kpi.values import Value, parse
from kpi.values.normal import MARKS

_SIGNS = "≥≤<>=≈"
_FIGURE = re.compile(r"\d[\d.,]*(?:[-~]\d[\d.,]*)?")
_FIELDS = ("kind", "comparator", "lower", "upper", "approximate", "unit", "dimension", "date")


class Apart(NamedTuple):
    """What stands in the cells of a value; "" where there is no such cell or nothing in it."""

    sign: str
    value: str
    unit: str

    @property
    def joined(self) -> str:
        """As the reader puts them together."""
        sign = "" if self.value[:1] in tuple(MARKS) else self.sign
        unit = "" if self.unit and self.value.endswith(self.unit) else self.unit
        return f"{sign}{self.value}{unit}"


def split(cells: Apart, new: str, *, room: bool = False) -> Apart | None:
    """The cells with `new` in them, as few of them changed as can be; None where it does not come apart. `room`: there
    is an empty cell for the sign."""
    wanted = parse(new)
    fitting = [way for way in _ways(cells, new, room) if way.value and same_reading(parse(way.joined), wanted)]
    return next((way for way in fitting if not parse(way.joined).spelling), fitting[0] if fitting else None)


def same_reading(a: Value, b: Value) -> bool:
    """Whether two values are understood alike, however they are written."""
    return all(getattr(a, name) == getattr(b, name) for name in _FIELDS) and len(a.parts) == len(b.parts)


def signed(text: str) -> bool:
    """Whether a text that was written well begins with a sign."""
    return text[:1] in tuple(_SIGNS)


def _ways(cells: Apart, new: str, room: bool) -> Iterator[Apart]:
    figure = _FIGURE.search(new)
    if figure:
        yield cells._replace(value=figure.group())
    head = new[0] if (cells.sign or room) and signed(new) else ""
    rest = new[len(head) :]
    sign = head or cells.sign
    if not cells.unit:
        yield Apart(sign, rest, "")
        return
    if rest.endswith(cells.unit):
        yield Apart(sign, rest[: -len(cells.unit)], cells.unit)
    inner = _FIGURE.search(rest)
    if inner and rest[inner.end() :]:
        yield Apart(sign, rest[: inner.end()], rest[inner.end() :])
