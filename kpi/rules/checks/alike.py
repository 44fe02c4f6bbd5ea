"""Projects that are one: PFL002 (split or repeated), PFL008 (with different standards), PFL003 (copied text)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from kpi.model import Half, Indicator
from kpi.rules.blocking import Groups
from kpi.rules.checks.likeness import (
    Alike,
    Sentence,
    by_office,
    clusters,
    comparable,
    masked,
    named,
    others,
    sentences,
    shared_places,
)
from kpi.rules.context import FormContext, RunContext
from kpi.rules.finding import Evidence, Hit, NotApplicable
from kpi.rules.prose import Prose, quoted, sections
from kpi.rules.registry import WordList, check
from kpi.rules.text import core, pattern
from kpi.values import Value, parse

ONE_FORM = NotApplicable("只有一个项目，没有可以相互比较的")
_STANDARDS = ("ratio", "score")
_CLAUSE = re.compile(r"[，,。；;、\n]+")


@check("projects-alike", scope="run", mutual=True, params=Alike, facts="others count")
def projects_alike(run: RunContext, params: Alike) -> Iterator[Hit | NotApplicable]:
    """One finding a group, on its first form; what the forms share is quoted."""
    if len(comparable(run)) < 2:
        yield ONE_FORM
        return
    for group in clusters(run, params):
        facts = {"others": others(group), "count": str(len(group))}
        quotes = (*map(named, group), *shared_places(group, run, params))
        yield Hit(facts, evidence=quotes, table=group[0].table)


class Standard(NamedTuple):
    """A row of a form whose value is the same for every part of a project: a rate, a score, a price."""

    form: FormContext
    row: Indicator
    half: Half | Literal["both"]
    text: str
    value: Value

    @property
    def quote(self) -> Evidence:
        entry = self.row.annual if self.half == "annual" else self.row.period
        place = entry.location if entry else self.row.location
        return Evidence(f"{self.row.name}：{self.text}", place, self.form.document.path)


@check("like-projects-differ", scope="run", mutual=True, params=Alike, facts="other rows row value other_value")
def like_projects_differ(run: RunContext, params: Alike) -> Iterator[Hit | NotApplicable]:
    """Neighbours of a group whose rates and prices differ under one name; one finding a pair."""
    if len(comparable(run)) < 2:
        yield ONE_FORM
        return
    for group in clusters(run, params):
        for first, second in pairwise(group):
            pairs = list(_different(first, second))
            if pairs:
                mine, theirs = pairs[0]
                facts = {
                    "other": second.table.project, "row": mine.row.name, "value": mine.text,
                    "other_value": theirs.text, "rows": str(len(pairs)) if len(pairs) > 1 else "",
                }  # fmt: skip
                quotes = tuple(one.quote for pair in pairs for one in pair)
                yield Hit(
                    facts, evidence=quotes, table=first.table, indicator=mine.row, level2=mine.row.level2,
                    half=mine.half, value=mine.text,
                )  # fmt: skip


def _different(first: FormContext, second: FormContext) -> Iterator[tuple[Standard, Standard]]:
    theirs = _standards(second)
    for key, mine in _standards(first).items():
        other = theirs.get(key)
        if other and (mine.value.lower, mine.value.upper) != (other.value.lower, other.value.upper):
            yield mine, other


def _standards(form: FormContext) -> Mapping[tuple[str, str, str | None], Standard]:
    """The standards of a form by level, name and unit; of this year where the halves differ."""
    found: dict[tuple[str, str, str | None], Standard] = {}
    for row in form.table.indicators:
        for half, entry in row.entries():
            value = parse(entry.text)
            dimension = value.dimension or ""
            if value.kind == "quantity" and (dimension in _STANDARDS or dimension.startswith("money/")):
                key = (row.level2, core(row.name), value.unit)
                both = key in found and found[key].row is row and found[key].text == entry.text
                found[key] = Standard(form, row, "both" if both else half, entry.text, value)
    return found


class Copied(Alike):
    """`shared`: characters that two forms must have in common, and `part`: as a share of the shorter one's text; or a
    whole section of `section` characters, word for word. `always`: sections that are never copied from another
    project; of the rest of `basis` (measures) count the clauses without a word of the management of all projects
    (`general`), where they come to `specific` characters."""

    always: WordList
    general: WordList
    shared: int = 40
    part: float = 0.5
    section: int = 40
    specific: int = 32


@check("text-copied", scope="run", mutual=True, params=Copied, facts="others count label")
def text_copied(run: RunContext, params: Copied) -> Iterator[Hit | NotApplicable]:
    """Forms with half of their text, or a long section, in common, word for word; one finding a group."""
    forms = comparable(run)
    if len(forms) < 2:
        yield ONE_FORM
        return
    sections_of = _sections(forms, run, params)
    for group in _copies(forms, sections_of, run, params):
        quotes = tuple(dict.fromkeys((*shared_places(group, run, params), *_section_quotes(group, sections_of))))
        facts = {"others": others(group), "count": str(len(group)), "label": _label(quotes)}
        yield Hit(facts, evidence=quotes, table=group[0].table)


Held = Mapping[str, Sequence[tuple[FormContext, Prose]]]


def _sections(forms: Sequence[FormContext], run: RunContext, params: Copied) -> Held:
    """Who has each section that can be copied as a whole; goals are told by their sentences."""
    shared, general = pattern(run.words[params.basis]), pattern(run.words[params.general])
    holders: dict[str, list[tuple[FormContext, Prose]]] = {}
    for form in forms:
        texts: dict[str, Prose] = {}
        for one in sections(form.table, run.words[params.always]):
            measures = shared.search(one.label) is not None
            own = "".join(c for c in _CLAUSE.split(one.text) if not general.search(c)) if measures else one.text
            text = masked(own, form, run.words[params.periods])
            if len(text) >= (params.specific if measures else params.section):
                texts.setdefault(text, one)
        for text, one in texts.items():
            holders.setdefault(text, []).append((form, one))
    return {text: some for text, some in holders.items() if len(some) > 1}


def _section_quotes(group: Sequence[FormContext], held: Held) -> Iterator[Evidence]:
    members = {id(form) for form in group}
    for some in held.values():
        mine = [(form, one) for form, one in some if id(form) in members]
        if len(mine) > 1:
            yield from (quoted(one)._replace(document=form.document.path) for form, one in mine)


def _label(quotes: Sequence[Evidence]) -> str:
    return quotes[0].text.partition("：")[0] if quotes else ""


def _copies(
    forms: Sequence[FormContext], held: Held, run: RunContext, params: Copied
) -> Iterator[list[FormContext]]:
    """Groups of forms that share sentences; in a sentence that many share each is held against the one before."""
    told = {
        id(form): sentences(form, run.words[params.periods], run.words[params.basis], params.least) for form in forms
    }
    holders: dict[str, list[FormContext]] = {}
    for form in forms:
        for key in dict.fromkeys(sentence.key for sentence in told[id(form)]):
            holders.setdefault(key, []).append(form)
    shared: dict[tuple[int, int], int] = {}
    for key, some in holders.items():
        for group in by_office(some) if len(some) > 1 else ():
            for one, other in pairwise(group):
                pair = (id(one), id(other))
                shared[pair] = shared.get(pair, 0) + len(key)
    groups = Groups()
    for holders_of in held.values():
        for some in by_office(form for form, _ in holders_of):
            for one, other in pairwise(some):
                groups.join(id(one), id(other))
    for (first, second), length in shared.items():
        shorter = min(_length(told[first]), _length(told[second]))
        if length >= params.shared and length >= params.part * shorter:
            groups.join(first, second)
    found: dict[object, list[FormContext]] = {}
    for form in forms:
        found.setdefault(groups.top(id(form)), []).append(form)
    yield from (group for group in found.values() if len(group) > 1)


def _length(some: Sequence[Sentence]) -> int:
    return sum(len(key) for key in {sentence.key for sentence in some})
