"""A section that speaks of another project, one of the run or one of another trade, and shares nothing with its own."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from kpi.model import HALVES, Location, TargetTable
from kpi.rules.checks.counties import other_county
from kpi.rules.context import FormContext, RunContext
from kpi.rules.finding import Evidence, Hit
from kpi.rules.pairing import GOALS
from kpi.rules.registry import Params, WordList, check
from kpi.rules.segment import keywords
from kpi.rules.text import pattern, squash

_TITLE = re.compile(r"《[^《》]{0,80}》")
_CLAUSE = re.compile(r"[，,。；;、！!？?\s]+")
_LONGEST = 4000
_QUOTE = 60


class Borrowed(Params):
    """`sections`: words in the labels of the sections that are looked at; those with one of `measures`, which much the
    same words fill in any form, only for words of another trade. `stop`: words that name no object.

    A word belongs to another project where at most `holders` forms have it; what more than `holders` forms have tells
    projects apart no more. `weight`: how much of the section such words must make up, a word of n characters counting
    n-1 each time; `clauses`: how many of its clauses must hold one. `trades`: words of trades that have little to do
    with each other; `of_a_trade`: how many of them tell that a section is of one, `of_a_piece`: a clause or
    a row. `no_counties`: words that end in 县 and name none; `meeting`: words of what two counties do together,
    `becoming` of what a county is to be.
    `kin`: trades that are often one project; `touching`: those that often meet (a court's lessons at schools).
    """

    sections: WordList
    measures: WordList = "story-of-measures"
    stop: WordList
    no_counties: WordList
    meeting: WordList
    becoming: WordList = "county-becoming"
    holders: int = 2
    weight: int = 4
    clauses: int = 2
    shortest: int = 12
    trades: Mapping[str, tuple[str, ...]] = {}
    of_a_trade: int = 3
    of_a_piece: int = 2
    kin: tuple[tuple[str, ...], ...] = ()
    touching: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class _Part:
    """One text of a form: a section, a goal, the names and values of its indicators, its project's name."""

    label: str
    text: str
    place: Location


@dataclass(frozen=True)
class _Form:
    context: FormContext
    parts: tuple[_Part, ...]

    @property
    def name(self) -> str:
        return self.context.table.project

    @cached_property
    def whole(self) -> str:
        return "|".join(part.text for part in self.parts)

    @cached_property
    def subject(self) -> set[str]:
        """Pairs of characters of the name and of the indicators' names."""
        return _pairs("|".join((self.name, *(row.name for row in self.context.table.indicators))))

    def without(self, part: _Part) -> str:
        """All texts but one and its copies."""
        return "|".join(other.text for other in self.parts if other.text != part.text)


@check(
    "borrowed-text", scope="run", params=Borrowed, facts="sections seen other quote", cases="other-trade other-county",
)  # fmt: skip
def borrowed_text(ctx: RunContext, params: Borrowed) -> Iterator[Hit]:
    """Held against every other form of the run; cheap tests on pairs of characters come before any cutting of words."""
    stop = pattern(ctx.words[params.stop])
    looked_at = pattern(ctx.words[params.sections] | ctx.words[params.measures])
    forms = [_Form(form, tuple(_parts(form.table))) for form in ctx.forms() if form.table.form == "target"]
    index = _Index(forms, params.holders)
    doubtful = [(n, part) for n, form in enumerate(forms) for part in _strange(form, index, stop, looked_at, params)]
    pieces = [(n, told) for n, form in enumerate(forms) for told in _strayed(form, params)]
    pieces += [(n, told) for n, form in enumerate(forms) for told in _of_elsewhere(form, looked_at, ctx, params)]
    if doubtful or pieces:
        yield from _hits(index, doubtful, pieces, ctx.words, params)


def _parts(table: TargetTable) -> Iterator[_Part]:
    yield _Part("项目名称", _clean(table.project), table.location)
    for label, text in table.sections.items():
        yield _Part(label, _clean(text), table.locations.get(f"sections.{label}") or table.location)
    for half in HALVES:
        place = table.locations.get(f"goals.{half}") or table.location
        yield _Part(GOALS[half], _clean(table.goal(half) or ""), place)
    rows = (f"{row.name}，{entry.text}" for row in table.indicators for _, entry in row.entries())
    yield _Part("绩效指标", _clean("；".join(dict.fromkeys(rows))), table.location)


def _clean(text: str) -> str:
    """Titles of documents speak of whatever the document is about."""
    return _TITLE.sub("", text[:_LONGEST])


def _strange(
    form: _Form, index: "_Index", stop: re.Pattern[str], looked_at: re.Pattern[str], params: Borrowed
) -> Iterator[_Part]:
    """The sections that have no pair of characters with the project's name in common, those that many forms have aside
    (岗位 among projects of employment)."""
    named = _pairs(form.name, stop)
    own = {pair for pair in named if not index.common(pair)} or named
    for part in form.parts:
        long_enough = looked_at.search(part.label) and len(squash(part.text)) >= params.shortest
        if own and long_enough and not own & _pairs(part.text, stop):
            yield part


def _pairs(text: str, stop: re.Pattern[str] | None = None) -> set[str]:
    plain = squash(text)
    plain = stop.sub("|", plain) if stop else plain
    return {plain[i : i + 2] for i in range(len(plain) - 1) if plain[i : i + 2].isalpha()}


class _Told(NamedTuple):
    """A section, the words that are not its project's, and the project (or None) that they are of."""

    part: _Part
    words: list[str]
    other: int | None
    county: bool = False


def _hits(
    index: "_Index",
    doubtful: list[tuple[int, _Part]],
    pieces: list[tuple[int, _Told]],
    words: Mapping[str, frozenset[str]],
    params: Borrowed,
) -> Iterator[Hit]:
    forms, stop, measures = index.forms, words[params.stop], pattern(words[params.measures])
    told: dict[int, list[_Told]] = {}
    for number, part in doubtful:
        found = None if measures.search(part.label) else _foreign(index, number, part, stop, params)
        found = found or _other_trade(forms[number], part, params)
        if found:
            told.setdefault(number, []).append(found)
    for number, one in pieces:
        told.setdefault(number, [])
        if not any(one.part.text in other.part.text for other in told[number]):
            told[number].append(one)
    for number, places in told.items():
        yield _hit(forms, number, places)


def _hit(forms: list[_Form], number: int, places: list[_Told]) -> Hit:
    known = next((told.other for told in places if told.other is not None), None)
    facts = {
        "sections": "、".join(dict.fromkeys(_quoted(told.part.label) for told in places)),
        "seen": "、".join(dict.fromkeys(f"“{word}”" for told in places for word in told.words)),
        "other": "" if known is None else forms[known].name,
        "quote": places[0].part.text[:_QUOTE],
    }
    evidence = [Evidence(told.part.text, told.part.place) for told in places]
    if known is not None:
        context = forms[known].context
        evidence.append(Evidence(forms[known].name, context.table.location, context.document.path))
    case = None if known is not None else "other-county" if all(told.county for told in places) else "other-trade"
    return Hit(facts, case=case, table=forms[number].context.table, evidence=tuple(evidence))


def _quoted(label: str) -> str:
    """A label that quotes a row (指标“课程数”) is not quoted again."""
    return label if "“" in label else f"“{label}”"


def _other_trade(form: _Form, part: _Part, params: Borrowed) -> _Told | None:
    """Several words of one trade in the section, and none of it in all the rest of the form, nor the trade in its
    name."""
    rest = form.without(part)
    for trade, words in params.trades.items():
        seen = [word for word in words if word in part.text]
        if len(seen) >= params.of_a_trade and trade not in form.name and not any(word in rest for word in words):
            return _Told(part, seen, None)
    return None


def _of_elsewhere(form: _Form, looked_at: re.Pattern[str], ctx: RunContext, params: Borrowed) -> Iterator[_Told]:
    """Sections that speak of another county than the form's own."""
    lists = ctx.words[params.no_counties], ctx.words[params.meeting], ctx.words[params.becoming]
    for part in form.parts:
        if looked_at.search(part.label) and (name := other_county(form.context.table, part.text, *lists)):
            yield _Told(part, [name], None, county=True)


def _strayed(form: _Form, params: Borrowed) -> Iterator[_Told]:
    """Clauses of the goals and rows of indicators that speak of a trade which the rest of a form, plainly of another
    one, never mentions."""
    pieces = list(_pieces(form.context.table))
    whole = "|".join((form.whole, *dict.fromkeys(piece.text for piece in pieces)))
    seen = {trade: [word for word in words if word in whole] for trade, words in params.trades.items()}
    of_form = {trade for trade, words in seen.items() if len(words) >= params.of_a_trade or trade in form.name}
    for trade in (trade for trade, words in seen.items() if len(words) >= params.of_a_piece and of_form - {trade}):
        if any(trade in kin and of_form.intersection(kin) - {trade} for kin in params.kin) or trade in form.name:
            continue
        meets = any(trade in pair and of_form.intersection(pair) - {trade} for pair in params.touching)
        least = params.of_a_trade if meets else params.of_a_piece
        for piece in pieces:
            words = [word for word in seen[trade] if word in piece.text]
            if len(words) >= least and not any(_outside(word, piece.text, whole) for word in seen[trade]):
                yield _Told(piece, words, None)


def _outside(word: str, piece: str, whole: str) -> bool:
    """Whether a word stands elsewhere than in a piece and its copies (the same row in both halves)."""
    return word in whole.replace(piece, "|")


def _pieces(table: TargetTable) -> Iterator[_Part]:
    for half in HALVES:
        place = table.locations.get(f"goals.{half}") or table.location
        for clause in _CLAUSE.split(_clean(table.goal(half) or "")):
            if clause:
                yield _Part(GOALS[half], clause, place)
    for row in table.indicators:
        for text in dict.fromkeys((row.name, *row.columns.values())):
            if text:
                yield _Part(f"指标“{row.name}”", text, row.location or table.location)


class _Index:
    """Which forms hold a word: found by its pairs of characters, then looked up in their texts."""

    def __init__(self, forms: list[_Form], holders: int) -> None:
        self.forms = forms
        self._limit = holders
        self._having: dict[str, set[int]] = {}
        for number, form in enumerate(forms):
            for pair in _pairs(form.whole):
                self._having.setdefault(pair, set()).add(number)

    def holders(self, word: str) -> set[int]:
        sets = [self._having.get(word[i : i + 2], set()) for i in range(len(word) - 1)]
        return {n for n in set.intersection(*sets) if word in squash(self.forms[n].whole)} if sets else set()

    def common(self, word: str) -> bool:
        return len(self.holders(word)) > self._limit

    def any_rare(self, pairs: set[str]) -> bool:
        return any(1 < len(self._having.get(pair, ())) <= self._limit + 1 for pair in pairs)


def _foreign(index: _Index, number: int, part: _Part, stop: frozenset[str], params: Borrowed) -> _Told | None:
    """The project that a section seems to be about, and the words that say so; None where it may be its own."""
    form = index.forms[number]
    rest = form.without(part)
    if not index.any_rare(_pairs(part.text) - _pairs(rest)):
        return None
    said = keywords(part.text, stop)
    if any(word in rest and not index.common(word) for word in said):
        return None
    own = set(pattern(stop).sub("", form.name))
    by_form: dict[int, list[str]] = {}
    for word in sorted(said, key=lambda word: (-len(word), word)):
        holders = index.holders(word) - {number}
        if len(holders) > params.holders or own & set(word) or not _stranger(word, rest, index):
            continue
        for other in holders:
            if index.forms[other].name != form.name and _subject(word, index.forms[other], index):
                by_form.setdefault(other, []).append(word)
    held = (_Told(part, words, other) for other, words in sorted(by_form.items()))
    return next((one for one in held if _enough(one, index.forms[one.other or 0].name, params)), None)


def _stranger(word: str, rest: str, index: _Index) -> bool:
    """No pair of its characters stands in the rest of the form, but for those that many forms have."""
    return word not in rest and not any(pair in rest and not index.common(pair) for pair in _pairs(word))


def _subject(word: str, form: _Form, index: _Index) -> bool:
    """Whether a word of a form's texts belongs to its subject: the name or the indicators share a pair with it that
    few forms have."""
    pairs = {pair for pair in _pairs(word) if not index.common(pair)}
    return bool(pairs & form.subject)


def _enough(told: _Told, name: str, params: Borrowed) -> bool:
    """In so many clauses (化解矛盾纠纷 is a phrase in passing), and of such weight: the words, the longest first, are
    counted without overlaps; one of the other project's own name counts twice."""
    weight, text = 0, told.part.text
    clauses = [clause for clause in _CLAUSE.split(text) if any(word in clause for word in told.words)]
    for word in told.words:
        weight += text.count(word) * (len(word) - 1) * (2 if word in name else 1)
        text = text.replace(word, "|")
    return len(clauses) >= params.clauses and weight >= params.weight
