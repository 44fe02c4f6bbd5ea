"""Amounts that stand one behind the other without anything between: budget, spent, points, rate, score."""

import re
from collections.abc import Iterator
from decimal import Decimal

from kpi.lazyre import later

_RUN = later(r"([\d.]{4,40})%(\d{1,2}(?:\.\d{1,2})?(?![\d.%]))?")
_AMOUNT = later(r"\d{1,9}\.\d\d")
_CENTS = later(
    r"(?P<amounts>(?:(?:0|[1-9]\d{0,8})\.\d\d){2,4})(?P<points>(?:5|10|15|20)分)"
    r"(?P<rate>\d{1,3}(?:\.\d{1,2})?%)(?P<score>\d{1,2}(?:\.\d{1,2})?分)?"
)
_NUMBER = later(r"(?:0|[1-9]\d{0,11})(?:\.\d{1,6})?")
_RATE = later(r"1\d\d(?:\.\d+)?|[1-9]\d?(?:\.\d+)?")
_PADDED = later(r"\.\d*0$")
_POINTS = ("5", "10", "15", "20", "")
_HUNDRED = Decimal(100)
_MOST_PLACES = 2  # of an amount in 万元, where more than one division fits


def divided(text: str, at: int, end: int) -> tuple[str, ...]:
    """The figures at the front of a text, where the rate among them proves one division; () where it proves none.

    310.2154.741050%5 is 310.2, 154.74, ten points, 50% and a score of five."""
    if cents := _CENTS.match(text, at, end):  # 60.0060.0060.0010分100%10分
        behind = [cents[part] for part in ("points", "rate", "score") if cents[part]]
        return (*_AMOUNT.findall(cents["amounts"]), *behind)
    run = _RUN.match(text, at, end)
    if not run:
        return ()
    proved = set(_proved(run.group(1)))
    proved = {parts for parts in proved if _places(parts[0]) == _places(parts[1])} or proved  # 84.6|84.6, not 84.684|.6
    if len(proved) != 1:
        return ()
    return _printed(proved.pop(), run)


def thrice(text: str, at: int, end: int) -> tuple[str, ...]:
    """The figures of a row of three amounts, 年初预算数, 全年预算数 and 全年执行数, where the rate proves one division;
    () where it proves none. 25252510100%10 is 25, 25, 25, ten points, 100% and a score of ten."""
    run = _RUN.match(text, at, end)
    if not run:
        return ()
    digits, proved = run.group(1), set()
    for first in range(1, len(digits) - 2):
        if _NUMBER.fullmatch(digits, 0, first):
            whole = digits[:first]
            proved |= {(whole, *parts) for parts in _proved(digits[first:])}
    proved = {p for p in proved if _places(p[0]) <= _MOST_PLACES} if len(proved) > 1 else proved
    same = {p for p in proved if p[0] == p[1]}  # a budget that was not changed
    if len(same or proved) != 1:
        return ()
    return _printed((same or proved).pop(), run)


def _printed(parts: tuple[str, ...], run: re.Match[str]) -> tuple[str, ...]:
    """The figures up to the rate, which is the last of the parts, and the score behind them, without the empty ones."""
    return tuple(part for part in (*parts[:-1], f"{parts[-1]}%", run[2] or "") if part)


def _proved(run: str) -> Iterator[tuple[str, str, str, str]]:
    """The divisions whose rate is what their amounts come to."""
    return (parts for parts in _divisions(run) if agree(parts[0], parts[1], parts[3]) and _alike(*parts[:2]))


def _divisions(run: str) -> Iterator[tuple[str, str, str, str]]:
    """Budget, spent, points and rate in every way that the run can be read."""
    for first in range(1, len(run) - 1):
        if not _NUMBER.fullmatch(run, 0, first):
            continue
        for second in range(first + 1, len(run)):
            if _NUMBER.fullmatch(run, first, second):
                for points in _POINTS:
                    if run.startswith(points, second) and _RATE.fullmatch(run, second + len(points)):
                        yield run[:first], run[first:second], points, run[second + len(points) :]


def _alike(budget: str, spent: str) -> bool:
    """Whoever pads with noughts pads all: 96.00 and 24.00, not 99.910 and 4.9."""
    padded = any(_PADDED.search(figure) for figure in (budget, spent))
    return not padded or _places(budget) == _places(spent)


def _places(figure: str) -> int:
    return len(figure.partition(".")[2])


def agree(budget: str, spent: str, rate: str) -> bool:
    """Whether a rate, in per cent and as exact as it is printed, is what was spent of a budget: rounded, or cut off."""
    whole, step = Decimal(budget), Decimal(1).scaleb(-len(rate.partition(".")[2]))
    over = Decimal(spent) / whole * _HUNDRED - Decimal(rate) if whole else Decimal(0)
    return bool(whole) and (-step / 2 <= over <= step / 2 or ("." in rate and 0 <= over < step))
