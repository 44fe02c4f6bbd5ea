"""What a check sees: the thing it judges, the form around it, and the words and profile of the ruleset."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from kpi.model import Document, Entry, Funding, Half, Indicator, TargetTable
from kpi.names import NameReading
from kpi.values import Value


class FormContext(NamedTuple):
    """One target form. `words`: word lists of the ruleset by name; `profile`: parameters of the form's tree by name."""

    document: Document
    table: TargetTable
    words: Mapping[str, frozenset[str]]
    profile: Mapping[str, Any]

    def total(self, half: Half) -> Decimal | None:
        """Funding of the half in 元; None where the form does not tell."""
        funding: Funding | None = self.table.funding(half)
        return funding.total if funding else None


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
