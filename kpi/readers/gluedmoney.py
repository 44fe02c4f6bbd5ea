"""Amounts that stand one behind the other without anything between: budget, spent, points, rate, score."""

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


def divided(text: str, at: int, end: int) -> tuple[str, ...]:
    """The figures at the front of a text, where the rate among them proves one division; () where it proves none.

    310.2154.741050%5 is 310.2, 154.74, ten points, 50% and a score of five."""
    if cents := _CENTS.match(text, at, end):  # 60.0060.0060.0010分100%10分
        behind = [cents[part] for part in ("points", "rate", "score") if cents[part]]
        return (*_AMOUNT.findall(cents["amounts"]), *behind)
    run = _RUN.match(text, at, end)
    if not run:
        return ()
    proved = {parts for parts in _divisions(run.group(1)) if agree(parts[0], parts[1], parts[3]) and _alike(*parts[:2])}
    proved = {parts for parts in proved if _places(parts[0]) == _places(parts[1])} or proved  # 84.6|84.6, not 84.684|.6
    if len(proved) != 1:
        return ()
    budget, spent, points, rate = proved.pop()
    return tuple(part for part in (budget, spent, points, f"{rate}%", run.group(2) or "") if part)


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
    """Whether a rate, in per cent and as exact as it is printed, is what was spent of a budget."""
    whole = Decimal(budget)
    step = Decimal("0.5").scaleb(-len(rate.partition(".")[2]))
    return bool(whole) and abs(Decimal(spent) / whole * _HUNDRED - Decimal(rate)) <= step
