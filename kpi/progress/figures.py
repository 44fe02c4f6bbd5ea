"""Exact shares: fractions while they are worked with, decimals of two places where they are shown and judged."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

HUNDRED = 100
_LARGEST = 30  # digits; no figure of a form has more


def rounded(number: Fraction) -> Decimal:
    """Half up (away from nought) to two decimals, in whole numbers: no context can round twice."""
    cents = (abs(number.numerator) * 2 * HUNDRED + number.denominator) // (2 * number.denominator)
    whole, part = divmod(cents, HUNDRED)
    text = f"{whole}.{part:02}".rstrip("0") if part else str(whole)
    return Decimal(f"-{text}" if number < 0 and cents else text)


def workable(number: Decimal | None) -> bool:
    """Whether a figure is one of this world; a slipped key may give it hundreds of digits."""
    if number is None:
        return True
    return number.is_finite() and number.adjusted() < _LARGEST and len(number.as_tuple().digits) < 2 * _LARGEST


def percent(part: Fraction, whole: Fraction) -> Decimal | None:
    """The share of 100; None of nothing."""
    return rounded(part / whole * HUNDRED) if whole else None


def plain(number: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent: what a report prints as it stands."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return Decimal("0" if text in ("-0", "") else text)


def told(number: Decimal | None) -> str:
    return "" if number is None else format(plain(number), "f")


def day(when: date) -> str:
    return f"{when.year}年{when.month}月{when.day}日"
