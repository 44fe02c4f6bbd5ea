"""Values inside running text: the longest stretch, from each place where one can begin, that the grammar accepts."""

import re
from functools import cache
from typing import Any

from lark import Token
from lark.exceptions import UnexpectedInput
from lark.parsers.lalr_parser_state import ParserState

from kpi.lazyre import HAN
from kpi.values.dates import Moment
from kpi.values.grammar import alternatives, parser, words
from kpi.values.interval import Amount, Rejected, point
from kpi.values.lexer import compiled
from kpi.values.reading import read, to_value
from kpi.values.value import Value

Node = Any  # what the grammar yields
Found = tuple[int, int, Value]
#: No claim is longer; what follows a figure is looked at no further.
WINDOW = 48
_NO_ANCHOR_AFTER = re.compile(r"[0-9A-Za-z第.〔\[#]\Z")
_LONE_DIGIT = re.compile(r"[零一二两三四五六七八九十半百千万][^零一二两三四五六七八九十百千万0-9%]*\Z")
_FACTOR = rf"\d+(?:\.\d+)?(?:[A-Za-z]{{1,3}}|{HAN}{{1,2}})?"
_DOCUMENT_NUMBER = re.compile(
    r"[〔\[【(](?:19|20)\d\d[〕\]】)]\d+号|《[^》]{1,60}》|[A-Za-z]+/?[A-Za-z]?[+-]?\d[\d.:-]*|\d+[天日]?[×*xX]\d+(?:个?小时)?"
    rf"|{_FACTOR}(?:[×*]{_FACTOR})+"  # 1.2米×2.4米, 5人×12月: sizes and sums, no claims
)
_CLOCK = re.compile(r"\d{1,2}:[0-5]\d[-~至到]\d{1,2}:[0-5]\d|\d{1,2}:(?:0\d|[0-5]\d(?=[前后]))")
#: 每月合格率≥95%: nobody counts per cent a month.
_NO_SHARE = (None, "ratio", "temperature", "score")
#: 会议召开|5日前发通知: so many days ahead of something, and no day of the month.
_DAYS_AHEAD = re.compile(r"(\d{1,2}[日号])之?前")
_WORD = re.compile(f"(?![于在至到按间限]){HAN}")
_EACH_AND_VERB = re.compile(r"(?:每|[日周月年]均)[^每,;。、:()0-9]{2,12}\Z")


@cache
def idioms() -> re.Pattern[str]:
    """进一步, 一站式: words whose numerals count nothing."""
    return re.compile(alternatives(words()["idioms"].split()))


@cache
def _openings() -> tuple[re.Pattern[str], ...]:
    """What a value can begin with: the terminals that the grammar accepts first."""
    lark = parser()
    first = lark.parse_interactive("").accepts()  # type: ignore[no-untyped-call]
    return tuple(
        compiled(t.pattern.to_regexp()) for t in lark.terminals if t.name in first and t.name not in ("UNIT", "SLASH")
    )


class _Anchors:
    """Where values can begin in a text. Each opening is looked for once from each place, so a long text costs no more
    than its length."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.ahead = [(opening, opening.search(text)) for opening in _openings()]

    def after(self, position: int) -> re.Match[str] | None:
        """The first at or behind `position`."""
        best: re.Match[str] | None = None
        for index, (opening, found) in enumerate(self.ahead):
            if found and found.start() < position:
                found = opening.search(self.text, position)  # noqa: PLW2901 - what is ahead now
                self.ahead[index] = opening, found
            if found and (best is None or found.start() < best.start()):
                best = found
        return best


def _may_end(state: ParserState[Any]) -> bool:
    """Whether the grammar lets a value end here: the parser's own steps, without readings and without an exception for
    each of the many places where it does not."""
    states, stack = state.parse_conf.states, list(state.state_stack)
    while stack[-1] != state.parse_conf.end_state:
        _, rule = states[stack[-1]].get("$END", (None, None))
        if rule is None:
            return False
        if rule.expansion:
            del stack[-len(rule.expansion) :]
        stack.append(states[stack[-1]][rule.origin.name][1])
    return True


def _longest(text: str, start: int) -> tuple[int, Any] | None:
    """The end and the reading of the longest value that begins at `start`."""
    interactive = parser().parse_interactive(text[start : start + WINDOW])
    ends: list[tuple[Token, Any]] = []
    try:
        tokens = interactive.lexer_thread.lex(interactive.parser_state)  # type: ignore[no-untyped-call]
        for token in tokens:
            interactive.feed_token(token)
            if _may_end(interactive.parser_state):
                ends.append((token, interactive.copy(deepcopy_values=False)))  # type: ignore[no-untyped-call]
    except (UnexpectedInput, Rejected):
        pass
    for token, ahead in reversed(ends):  # most are read at their last end
        try:
            return start + (token.end_pos or 0), ahead.feed_eof(token)
        except (UnexpectedInput, Rejected):
            continue
    return None


def _credible(text: str, start: int, end: int, reading: Node) -> bool:
    """三支一扶 holds no figure: a lone Chinese digit without a sign counts only where it ends the text."""
    said = text[start:end]
    if not isinstance(reading, Moment) and _LONE_DIGIT.match(said):
        reading = point(reading) if isinstance(reading, Amount) else reading
        return reading.comparator is not None or (end == len(text) and reading.measure is not None)
    return not (end < len(text) and said[-1].isdigit() and (text[end].isascii() and text[end].isalnum()))


def _with_frequency(text: str, floor: int, found: Found) -> Found:
    """每周开放不少于56小时: a verb stands between 每周 and its figure, which is in 小时/周 all the same."""
    start, end, value = found
    lead = _EACH_AND_VERB.search(text, floor, start)
    if lead is None or not value.unit or "/" in value.unit or value.dimension in _NO_SHARE:
        return found
    for cut in range(lead.end() - 1, lead.start() + 1, -1):
        spread = read(text[lead.start() : cut] + text[start:end])
        if isinstance(spread, Value) and spread.unit and spread.unit.startswith(f"{value.unit}/"):
            shift = start - lead.start()
            notes = tuple(note._replace(offset=note.offset + shift) for note in value.spelling)
            whole = text[lead.start() : end]
            unit, dimension = spread.unit, spread.dimension
            read_as = value._replace(text=whole, unit=unit, unit_text=unit, dimension=dimension, spelling=notes)
            return lead.start(), end, read_as
    return found


def find(text: str) -> list[Found]:
    """Values in normalised text, in order, without overlaps."""
    found: list[Found] = []
    clocks = list(_CLOCK.finditer(text))
    covered = [match.span() for match in (*_DOCUMENT_NUMBER.finditer(text), *idioms().finditer(text), *clocks)]
    position = 0
    anchors = _Anchors(text)
    while anchor := anchors.after(position):
        start = anchor.start()
        position = max(start + 1, position + 1)
        blocked = next((end for begin, end in covered if begin <= start < end), None)
        if blocked is not None:
            position = blocked
            continue
        if start and _NO_ANCHOR_AFTER.search(text[start - 1]) and text[start].isalnum() and text[start].isascii():
            position = anchor.end() if anchor[0].isdigit() else position
            continue
        ahead = _DAYS_AHEAD.match(text, start) if start and _WORD.match(text, start - 1) else None
        best = _longest(text[: ahead.end(1)] if ahead else text, start)
        if best and any(start < clock.start() < best[0] for clock in clocks):
            continue
        if best and _credible(text, start, *best):
            end, reading = best
            floor = found[-1][1] if found else 0
            found.append(_with_frequency(text, floor, (start, end, to_value(reading, text[start:end]))))
            position = end
    return found
