"""Which forms of a run are one project split or repeated, and what text they share.

Only forms of one office are held against each other: those of one document, or of one unit in one year. Townships that
all run the same scheme, and the same form of last year, are not a project filed twice.
"""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from kpi.rules.blocking import Groups, jaccard, near_pairs, shingles
from kpi.rules.context import FormContext, RunContext
from kpi.rules.finding import Evidence
from kpi.rules.offices import office_key
from kpi.rules.prose import Prose, prose, quoted
from kpi.rules.registry import Params, WordList
from kpi.rules.text import core, pattern, squash

_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_SENTENCE = re.compile(r"[^。;；!！\n]+")
_RUN = 3  # neighbouring characters of names that are compared: pairs are too common where thousands are
_LONGEST = 4_000  # characters of a text that are compared
_MOST_QUOTES = 3  # of one form


class Alike(Params):
    """`periods`: words that tell one half year, batch or year from another; `filler`: words of a name that do not tell
    projects apart. `names`: likeness of names from which on forms are compared, `rows`, `goals`: that their indicators
    and goals need; `some_rows`: where the names differ by filler only. `basis`: sections that projects share by right;
    `least`: characters of a sentence that can be copied."""

    periods: WordList
    filler: WordList
    basis: WordList
    names: Decimal = Decimal("0.6")
    rows: float = 0.8
    goals: float = 95
    some_rows: float = 0.4
    least: int = 12


class Sentence(NamedTuple):
    """A sentence of a form, its project's name put out, and the text that it stands in."""

    key: str
    place: Prose
    start: int
    end: int


_PERIOD = (
    r"(?:20\d\d年?[-—~至])?20\d\d(?:年度?)?|(?:第?[一二三四1234]季度|[上下]半年|春季|秋季)(?:学期)?"
    r"|\([^()]{1,8}(?:片区|片|区域)\)|\d{1,2}(?:[-—~至]\d{1,2})?月份?|第?[一二三四五六七八九十\d]{1,3}(?:批次?|期|阶段|标段)"
)


@lru_cache(maxsize=8)
def _periods(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"{_PERIOD}|{pattern(words).pattern}" if words else _PERIOD)


@lru_cache(maxsize=16384)
def timeless(name: str, periods: frozenset[str]) -> str:
    """A project's name without its year, half year, batch or part of the area (东片区)."""
    plain = "".join(unicodedata.normalize("NFKC", name[:_LONGEST]).split())
    return squash(_periods(periods).sub("", plain)).replace("(", "").replace(")", "")


def skeleton(name: str, periods: frozenset[str], filler: frozenset[str]) -> str:
    """What is left of a name without period and filler; with it where nothing else would be left."""
    bare = timeless(name, periods)
    return pattern(filler).sub("", bare) or bare


def comparable(run: RunContext) -> tuple[FormContext, ...]:
    """The forms of projects (of an office as a whole there is one). The same project in a second file of one office and
    year is that form again, in another format or version, and no other project."""
    first: dict[Hashable, int] = {}
    found = []
    for form in run.forms():
        table = form.table
        if table.form == "department" or not table.project.strip():
            continue
        key = (squash(table.project), table.form, table.year, office_key(table.unit or table.department or ""))
        if first.setdefault(key, id(form.document)) == id(form.document):
            found.append(form)
    return tuple(found)


def office_keys(form: FormContext) -> tuple[Hashable, ...]:
    """What a form shares with those that it is held against."""
    table = form.table
    unit = office_key(table.unit or table.department or "")
    named = ((table.form, table.year, unit),) if unit else ()
    return ((table.form, table.year, id(form.document)), *named)


def same_unit(one: FormContext, other: FormContext) -> bool:
    """Where both name a unit it is the same."""
    units = office_key(one.table.unit or ""), office_key(other.table.unit or "")
    return units[0] == units[1] or not all(units)


def by_office(forms: Iterable[FormContext]) -> list[list[FormContext]]:
    """Forms that may be held against each other, in groups of two or more."""
    some = list(forms)
    groups = Groups()
    for form in some:
        for key in office_keys(form):
            groups.join(key, ("form", id(form)))
    found: dict[Hashable, list[FormContext]] = {}
    for form in some:
        found.setdefault(groups.top(("form", id(form))), []).append(form)
    return [group for group in found.values() if len(group) > 1]


def row_keys(form: FormContext) -> frozenset[tuple[str, str]]:
    return frozenset((row.level2, core(row.name)) for row in form.table.indicators if row.name.strip())


def _row_likeness(one: FormContext, other: FormContext) -> float:
    mine, theirs = row_keys(one), row_keys(other)
    return len(mine & theirs) / len(mine | theirs) if mine and theirs else 0.0


def _goal_likeness(one: FormContext, other: FormContext, params: Alike, run: RunContext) -> float:
    texts = [masked(goal_of(form), form, run.words[params.periods]) for form in (one, other)]
    return fuzz.ratio(*texts) if all(texts) else 0.0


def goal_of(form: FormContext) -> str:
    return (form.table.annual_goal or form.table.period_goal or "")[:_LONGEST]


def masked(text: str, form: FormContext, periods: frozenset[str]) -> str:
    """A text without the name of its own project."""
    plain, name = squash(text[:_LONGEST]), squash(form.table.project)
    for own in (name, timeless(form.table.project, periods)):
        plain = plain.replace(own, "") if len(own) > 2 else plain
    return plain


def clusters(run: RunContext, params: Alike) -> list[list[FormContext]]:
    """The forms that are one project split or repeated, each group in document order."""
    forms = comparable(run)
    periods, filler = run.words[params.periods], run.words[params.filler]
    groups = Groups()
    for pair in _candidates(forms, periods, filler, params):
        if _is_alike(*pair, params, run):
            groups.join(id(pair[0]), id(pair[1]))
    found: dict[Hashable, list[FormContext]] = {}
    for form in forms:
        found.setdefault(groups.top(id(form)), []).append(form)
    return [group for group in found.values() if len(group) > 1]


def _candidates(
    forms: Sequence[FormContext], periods: frozenset[str], filler: frozenset[str], params: Alike
) -> Iterator[tuple[FormContext, FormContext]]:
    """Pairs of one office with one name but for period and filler, or with names that are near."""
    same: dict[str, list[FormContext]] = {}
    for form in forms:
        same.setdefault(skeleton(form.table.project, periods, filler), []).append(form)
    for some in same.values():
        for group in by_office(some):
            yield from _neighbours(group)
    for group in by_office(forms):
        names = [timeless(form.table.project, periods) for form in group]
        for first, second in near_pairs([shingles(name, _RUN) for name in names], params.names):
            yield group[first], group[second]


def _neighbours(group: Sequence[FormContext]) -> Iterator[tuple[FormContext, FormContext]]:
    """Each with the first, and with the one before: enough to join what belongs together."""
    for n in range(1, len(group)):
        yield group[0], group[n]
        if n > 1:
            yield group[n - 1], group[n]


def _is_alike(one: FormContext, other: FormContext, params: Alike, run: RunContext) -> bool:
    periods, filler = run.words[params.periods], run.words[params.filler]
    names = [timeless(form.table.project, periods) for form in (one, other)]
    if _DIGITS.findall(names[0]) != _DIGITS.findall(names[1]) or not same_unit(one, other):
        return False
    if names[0] == names[1]:
        return len(names[0]) > 2
    rows = _row_likeness(one, other)
    if skeleton(one.table.project, periods, filler) == skeleton(other.table.project, periods, filler):
        return rows >= params.some_rows
    near = jaccard(shingles(names[0], _RUN), shingles(names[1], _RUN)) >= params.names
    return near and rows >= params.rows and _goal_likeness(one, other, params, run) >= params.goals


def sentences(form: FormContext, periods: frozenset[str], basis: frozenset[str], least: int) -> tuple[Sentence, ...]:
    """The sentences of a form that can be copied: long enough, not those of sections that are shared by right."""
    return tuple(
        Sentence(key, place, found.start(), found.end())
        for place in prose(form.table, basis)
        for found in _SENTENCE.finditer(place.text[:_LONGEST])
        if len(key := masked(found[0], form, periods)) >= least
    )


def shared_places(forms: Sequence[FormContext], run: RunContext, params: Alike) -> tuple[Evidence, ...]:
    """Where forms say the same, the longest sentences first; a few quotes of each form."""
    told = [sentences(form, run.words[params.periods], run.words[params.basis], params.least) for form in forms]
    holders: dict[str, set[int]] = {}
    for n, some in enumerate(told):
        for one in some:
            holders.setdefault(one.key, set()).add(n)
    shared = [key for key, some in holders.items() if len(some) > 1]
    keep = set(sorted(shared, key=lambda key: (-len(holders[key]), -len(key)))[:_MOST_QUOTES])
    return tuple(
        quoted(one.place, one.start, one.end)._replace(document=form.document.path)
        for form, some in zip(forms, told, strict=True)
        for one in _once(sentence for sentence in some if sentence.key in keep)
    )


def _once(some: Iterable[Sentence]) -> Iterator[Sentence]:
    """Each sentence where it stands first, and one sentence a place."""
    keys, places = set(), set()
    for one in some:
        if one.key not in keys and one.place.key not in places:
            yield one
        keys.add(one.key)
        places.add(one.place.key)


def named(form: FormContext) -> Evidence:
    """A form by its name."""
    return Evidence(form.table.project, form.table.location, form.document.path)


def others(forms: Sequence[FormContext]) -> str:
    """“甲”“乙”: the other projects, in document order."""
    names = [f"“{form.table.project}”" for form in forms[1:4]]
    return "".join(names) + (f"等{len(forms) - 1}个项目" if len(forms) > 4 else "")
