"""What a sentence computes from its own figures: growth, differences, shares. Each is computed again.

A sentence is held wrong only where no reading of it is right: every amount of the sentence is tried as the figure of
this year or of last year, and (with the totals of the tables) as the part's whole. Which amount a clause speaks
of is told by its words: where something else may stand between the amount and "比上年增加", nothing is said.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from kpi.lazyre import later
from kpi.rules.statements import Figure, Interval, amounts, around, last_digit, percent, wan
from kpi.rules.text import pattern

_MONEY = r"\d[\d,]{0,19}(?:\.\d{1,6})?(?:亿|万)?元"
_RATE = r"(\d{1,6}(?:\.\d{1,4})?)%"
_YEAR = re.compile(r"(?:19|20)\d\d(?:年度?)?")
_YEARS = re.compile(r"20\d\d(?=年)")
_CLAUSE = re.compile("[,;:、()]")
_LAST_YEAR = re.compile("(?:上年|去年)(?!度?(?:财政拨款)?结[转余])")  # what was carried over is this year's money
_REACH = 60  # characters before an amount that may name its year


class Words(NamedTuple):
    """Word lists: going up and down, what may stand between an amount and its change, names of the whole."""

    up: frozenset[str]
    down: frozenset[str]
    compare: frozenset[str]
    whole: frozenset[str]


class Said(NamedTuple):
    """A sentence (plain) of a report for a year, the amounts of the sentence before it in the same paragraph, all
    totals of the tables and `named`: the totals of a column by its name. `near`: how far off, as a share, a part may be
    that is said to be all of something and is not; further off it is about something else."""

    text: str
    year: int | None
    before: tuple[Figure, ...]
    totals: tuple[Interval, ...]
    named: Mapping[str, tuple[Interval, ...]]
    near: Decimal

    @property
    def figures(self) -> tuple[Figure, ...]:
        return amounts(self.text)


class Mistake(NamedTuple):
    """`case` of the rule and its facts; `at`: where in the sentence."""

    case: str
    facts: Mapping[str, str]
    at: int


@lru_cache(maxsize=32)
def _change(up: frozenset[str], down: frozenset[str]) -> re.Pattern[str]:
    """比上年增加5万元，增长20%: the verb, the amount, the second verb, the rate."""
    verb = pattern(up | down).pattern
    link = r"[,、;(]?(?:同比|环比|较上年|比上年|与上年相比)?"
    return re.compile(rf"({verb})了?(?:为)?({_MONEY}){link}({verb})(?:率|比例|幅度)?(?:为|了|达)?{_RATE}")


@lru_cache(maxsize=32)
def _from(up: frozenset[str], down: frozenset[str]) -> re.Pattern[str]:
    """较上年预算数30万元增加5万元: last year's amount, the verb, the amount."""
    return re.compile(rf"({_MONEY})(?:相比)?,?({pattern(up | down).pattern})了?({_MONEY})")


_SHARE = re.compile(
    rf"({_MONEY})[,、(]?占((?:[^%,。;、\d()]|\([^()\d]{{0,12}}\)){{0,40}}?)({_MONEY})?的?(?:比例|比重|比)?(?:为|是|达)?{_RATE}"
)


def growth(said: Said, words: Words, slack: Decimal) -> Iterator[Mistake]:
    """Growth rates: the change over last year's amount."""
    start = 0
    for found in _change(words.up, words.down).finditer(said.text):
        start, since = found.end(), start
        rises = found[1] in words.up
        if rises != (found[3] in words.up):
            yield Mistake("direction", {"said": found[0], "first": found[1], "second": found[3]}, found.start())
            continue
        change = next((figure for figure in said.figures if figure.start == found.start(2)), None)
        subject = _subject(said, words, since, found.start())
        if not change or not subject or not change.value:
            continue
        stated = _stated(found[4], slack)
        past = _is_past(said, subject)
        bases = [_base(one, change, rises, _is_past(said, one)) for one in said.figures if one is not change]
        bases += [_base(one, change, rises, False) for one in said.before]
        last = subject.value if past else subject.value - change.value if rises else subject.value + change.value
        if any(_share_meets(change.range, base, stated) for base in bases) or last <= 0:
            continue
        facts = {
            "said": found[0], "now": "" if past else subject.text, "last": wan(last), "change": change.text,
            "computed": percent(change.value * 100 / last), "stated": f"{found[4]}%",
            "why": "" if past else _wrong_base(change, subject, stated),
        }  # fmt: skip
        yield Mistake("growth", facts, found.start())


def _base(one: Figure, change: Figure, rises: bool, past: bool) -> Interval:
    """Last year's amount, by an amount of this year or of the last."""
    return one.range if past else _before(one.range, change.range, rises)


def _before(now: Interval, change: Interval, rises: bool) -> Interval:
    return now.minus(change) if rises else now.plus(change)


def _share_meets(part: Interval, whole: Interval, stated: Interval) -> bool:
    share = part.share(whole)
    return share is not None and share.meets(stated)


def _is_past(said: Said, figure: Figure) -> bool:
    """Whether the clause before an amount names last year: 上年100万元, 2026年100万元 in a report for 2027."""
    clause = _CLAUSE.split(said.text[max(0, figure.start - _REACH) : figure.start])[-1]
    years = [int(year) for year in _YEARS.findall(clause)]
    now = said.year or max(map(int, _YEARS.findall(said.text)), default=0)
    return _LAST_YEAR.search(clause) is not None or (bool(years) and max(years) < now)


def _wrong_base(change: Figure, subject: Figure, stated: Interval) -> str:
    return "像是除以了本年数" if _share_meets(change.range, subject.range, stated) else ""


def _subject(said: Said, words: Words, since: int, at: int) -> Figure | None:
    """The amount that a change speaks of: the first of its clause. None where something else may be meant."""
    since = max(since, said.text.rfind(";", 0, at) + 1)
    inside = [figure for figure in said.figures if since <= figure.start and figure.end <= at]
    between = said.text[inside[-1].end if inside else since : at]
    if not _only(between, words.compare):
        return None
    if inside:
        return next((figure for figure in inside if not _is_past(said, figure)), inside[0])
    return said.before[0] if said.before and not since else None


def _only(text: str, words: frozenset[str]) -> bool:
    """Whether nothing but such words, years and punctuation stands there."""
    return not pattern(words).sub("", _YEAR.sub("", text)).strip(",:、()“”")


def _stated(digits: str, slack: Decimal) -> Interval:
    return around(Decimal(digits), last_digit(digits) * slack)


def difference(said: Said, words: Words, slack: Decimal) -> Iterator[Mistake]:
    """This year's and last year's amounts are both there: their difference."""
    figures = {figure.start: (n, figure) for n, figure in enumerate(said.figures)}
    for found in _from(words.up, words.down).finditer(said.text):
        (n, last), (_, change) = figures.get(found.start(1), (0, None)), figures.get(found.start(3), (0, None))
        if not n or not last or not change:
            continue
        now = said.figures[n - 1]
        lead = said.text[now.end : last.start]
        if not _only(lead, words.compare) or not _YEARLY.search(lead):
            continue
        rises = found[2] in words.up
        if any(_moved(one.range, last.range, change.range, rises) for one in said.figures if one is not last):
            continue
        actual = now.value - last.value
        facts = {
            "said": found[0], "now": now.text, "last": last.text,
            "computed": f"{'增加' if actual >= 0 else '减少'}{wan(abs(actual))}", "stated": f"{found[2]}{change.text}",
        }  # fmt: skip
        yield Mistake("difference", facts, found.start())


_YEARLY = later(r"[比较与同].*(?:年|去年|上年)")


def _moved(now: Interval, last: Interval, change: Interval, rises: bool) -> bool:
    return (now.minus(last) if rises else last.minus(now)).meets(change)


def shares(said: Said, words: Words, slack: Decimal) -> Iterator[Mistake]:
    """Shares of a whole: the first amounts of the sentence, a total of the tables, or the whole that is named."""
    for found in _SHARE.finditer(said.text):
        part = next((figure for figure in said.figures if figure.start == found.start(1)), None)
        if part is None:
            continue
        wholes, exact = _wholes(said, words, found, part)
        stated = around(Decimal(found[4]), Decimal(0)) if exact else _stated(found[4], slack)
        if not wholes or any(_is_share(part.range, whole, stated, exact) for whole in wholes):
            continue
        whole = min(wholes, key=lambda one: abs((one.low + one.high) / 2 - part.value)) if exact else wholes[0]
        middle = (whole.low + whole.high) / 2
        if middle <= 0 or (exact and abs(middle - part.value) > said.near * middle):
            continue
        facts = {
            "said": found[0], "part": part.text, "whole": wan(middle), "stated": f"{found[4]}%",
            "computed": percent(part.value * 100 / middle), "of": _column(said, found[2]) or "",
        }  # fmt: skip
        yield Mistake("share", facts, found.start())


def _is_share(part: Interval, whole: Interval, stated: Interval, exact: bool) -> bool:
    if exact:
        return part.meets(whole)
    return _share_meets(part, whole, stated)


def _wholes(said: Said, words: Words, found: re.Match[str], part: Figure) -> tuple[tuple[Interval, ...], bool]:
    """What the part may be a share of, the likeliest first; and whether all of it is claimed (占项目支出总额的100%)."""
    name = found[2].strip("的了")
    if found[3]:
        return tuple(f.range for f in said.figures if f.start == found.start(3)), False
    column = _column(said, name)
    if column:
        return said.named[column], Decimal(found[4]) == 100
    if not _only(name, words.whole):
        return (), False
    earlier = [f for f in said.figures if f.end <= part.start and f.value >= part.value]
    if not earlier and said.text.startswith("其中"):
        earlier = [f for f in said.before if f.value >= part.value]
    if not earlier and name and any(part.range.meets(total) for total in said.totals):
        larger = (total for total in said.totals if total.high >= part.range.high)
        return tuple(sorted(larger, key=lambda total: total.high, reverse=True)), False
    if not earlier:
        return (), False
    return (*(f.range for f in (*earlier, *said.figures, *said.before) if f is not part), *said.totals), False


def _column(said: Said, name: str) -> str | None:
    """The column of the tables that a whole is named after (部门项目支出总额)."""
    return next((column for column in said.named if column in name), None)


def every(said: Said, words: Words, slack: Decimal) -> Iterable[Mistake]:
    """All mistakes of a sentence in their order."""
    found = (*growth(said, words, slack), *difference(said, words, slack), *shares(said, words, slack))
    return sorted(found, key=lambda one: one.at)
