"""Exact numbers as texts: decimal strings for JSON, amounts for people."""

from collections.abc import Iterator
from decimal import Decimal

_TEN_THOUSAND_PLACES = 4


def plain_number(number: Decimal) -> str:
    """Plain notation without trailing zeros: 2E+5 → "200000", 98.0 → "98", -0 → "0"."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def grouped(number: Decimal) -> str:
    """With thousands separators: 2793450.5 → "2,793,450.5"."""
    whole, _, part = plain_number(number).partition(".")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{int(whole.lstrip('-')):,}" + (f".{part}" if part else "")


def yuan(amount: Decimal) -> str:
    """An amount in 元 as a clerk reads it: "2,793,450 元（279.345 万元）"; small amounts without 万元."""
    text = f"{grouped(amount)} 元"
    if abs(amount) < Decimal(10_000):
        return text
    return f"{text}（{grouped(_shifted(amount))} 万元）"


def _shifted(amount: Decimal) -> Decimal:
    """Ten thousandth part by moving the point: a division would round to the context's precision."""
    sign, digits, exponent = amount.as_tuple()
    if not isinstance(exponent, int):
        return amount
    return Decimal((sign, digits, exponent - _TEN_THOUSAND_PLACES))


def share(word: str, right: int, of: int) -> Iterator[str]:
    """How often something was right, with its 95 % interval: "准确率 94 %（16/17，73 %～99 %）"; nothing of none."""
    from kpi.rules.accuracy import interval, percent  # noqa: PLC0415 - amounts need no rules

    if of:
        low, high = interval(right, of)
        yield f"{word} {percent(Decimal(right) / of)}（{right}/{of}，{percent(low)}～{percent(high)}）"
