"""What a check sees: the thing it judges, the form around it, and the words and profile of the ruleset."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar, TypeVarTuple

from kpi.model import Document, Entry, Funding, Half, Indicator, Location, TargetTable
from kpi.names import NameReading
from kpi.values import Value

_Asked = TypeVarTuple("_Asked")
_Made = TypeVar("_Made")


class FormContext(NamedTuple):
    """One target form. `words`: word lists of the ruleset by name; `profile`: parameters of the form's tree by name."""

    document: Document
    table: TargetTable
    words: Mapping[str, frozenset[str]]
    profile: Mapping[str, Any]

    def total(self, half: Half) -> Decimal | None:
        """Funding of the half in 元: the total, or the one source with an amount where the total was left blank or is
        0; None where the form does not tell."""
        funding: Funding | None = self.table.funding(half)
        if funding and funding.total == 0 and len(told := [one for one in funding.sources.values() if one]) == 1:
            return told[0]
        if funding is None or funding.total is not None or funding.text.strip() or funding.location == Location():
            return funding.total if funding else None
        amounts = [amount for amount in funding.sources.values() if amount]
        return amounts[0] if len(amounts) == 1 else None


class _Same:
    """A form by its identity, which is kept alive with what was made of it: its dicts cannot be hashed."""

    __slots__ = ("form",)

    def __init__(self, form: FormContext) -> None:
        self.form = form

    def __hash__(self) -> int:
        return id(self.form)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.form is other.form


def per_form(make: Callable[[FormContext, *_Asked], _Made]) -> Callable[[FormContext, *_Asked], _Made]:
    """Made once of a form and what else it is asked with, for the last few forms: every row asks for it again."""

    @lru_cache(maxsize=8)
    def kept(same: _Same, asked: tuple[*_Asked]) -> _Made:
        return make(same.form, *asked)

    def made(form: FormContext, *asked: *_Asked) -> _Made:
        return kept(_Same(form), asked)

    return made


class EntryContext(NamedTuple):
    """One half of one indicator, with its value parsed and its name read."""

    form: FormContext
    indicator: Indicator
    half: Half
    entry: Entry
    value: Value
    asks: NameReading


class IndicatorContext(NamedTuple):
    """One indicator with both halves (`entries` holds one or two)."""

    form: FormContext
    indicator: Indicator
    entries: tuple[EntryContext, ...]
    asks: NameReading


class ProgressContext(NamedTuple):
    """One target form and what was achieved of it, worked out by `kpi.progress`: its figures are given, not judged."""

    form: FormContext
    progress: Any


class DocumentContext(NamedTuple):
    """One file with all its forms. `words`: word lists of the ruleset by name."""

    document: Document
    forms: tuple[FormContext, ...]
    words: Mapping[str, frozenset[str]]


class RunContext(NamedTuple):
    """All files of a run, in their order: one set, in which projects are held against each other."""

    documents: tuple[DocumentContext, ...]
    words: Mapping[str, frozenset[str]]

    def forms(self) -> Iterator[FormContext]:
        for document in self.documents:
            yield from document.forms
