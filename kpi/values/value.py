"""What an indicator value is once understood: an interval with a unit, in exact decimals."""

from decimal import Decimal
from typing import Any, Literal, NamedTuple

Kind = Literal["quantity", "date", "qualitative", "reference", "compound", "text", "empty", "malformed"]
Comparator = Literal[">=", ">", "=", "<", "<=", "between"]


class Bound(NamedTuple):
    """One end of an interval, in the base unit (万、亿 applied)."""

    value: Decimal
    inclusive: bool = True


class DateSpan(NamedTuple):
    """ISO dates; "--12-31" where the year is open; `named` for festivals (春节) and repeated dates (每季度末)."""

    start: str | None = None
    end: str | None = None
    named: str | None = None


class Problem(NamedTuple):
    """Why a value is malformed: a stable code, the 0-based offset in the raw text, and one Chinese sentence that
    says what was found at which character and what could stand there."""

    code: str
    offset: int
    message: str


class Spelling(NamedTuple):
    """A way of writing that the reading does not depend on (full-width digits, ">=", 百分之…).

    `code`: fullwidth · ascii-sign · double-sign · chinese-numeral · percent-word · space · bracketed-unit ·
    unit-spelling · fraction-ratio.
    `offset` and `text` are those of the raw text.
    """

    code: str
    offset: int
    text: str


class Value(NamedTuple):
    """The reading of one indicator value. Bounds are the accepted interval; a null bound is open.

    `unit`: canonical spelling without magnitude (元, 人次, 元/(人·年)); `unit_text`: as written, without magnitude.
    `dimension`: money, ratio, count, time … or compound ("money/(count·time)"); None where the unit is unknown.
    """

    text: str
    kind: Kind
    comparator: Comparator | None = None
    lower: Bound | None = None
    upper: Bound | None = None
    approximate: bool = False
    unit: str | None = None
    dimension: str | None = None
    date: DateSpan | None = None
    reference: str | None = None
    parts: tuple["Value", ...] = ()
    problems: tuple[Problem, ...] = ()
    unit_text: str | None = None
    magnitude: str | None = None  # 万, 亿, 千, 百 as written before the unit
    spelling: tuple[Spelling, ...] = ()

    @property
    def point(self) -> Decimal | None:
        """The figure where both ends are the same inclusive number ("98%", "=100%"), else None."""
        if self.lower and self.upper and self.lower == self.upper and self.lower.inclusive:
            return self.lower.value
        return None

    @property
    def figure(self) -> Decimal | None:
        """The one number that the text states: the point, or the only bound; None for ranges and the rest."""
        if self.point is not None:
            return self.point
        if self.lower and self.upper:
            return None
        bound = self.lower or self.upper
        return bound.value if bound else None


def _no_order(_one: Value, _other: object) -> Any:  # noqa: ANN401 - NotImplemented
    return NotImplemented


for _order in ("__lt__", "__le__", "__gt__", "__ge__"):  # as a tuple it would go by its text: ≥9人 behind ≥10人
    setattr(Value, _order, _no_order)
