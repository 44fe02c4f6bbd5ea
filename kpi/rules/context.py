"""What a check sees: the thing it judges, the form around it, and the words and profile of the ruleset."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kpi.model import Document, Entry, Funding, Half, Indicator, TargetTable
from kpi.names import NameReading
from kpi.values import Value


@dataclass(frozen=True, slots=True)
class FormContext:
    """One target form. `words`: word lists of the ruleset by name; `profile`: parameters of the form's tree by name."""

    document: Document
    table: TargetTable
    words: Mapping[str, frozenset[str]]
    profile: Mapping[str, Any]

    def total(self, half: Half) -> Decimal | None:
        """Funding of the half in 元; None where the form does not tell."""
        funding: Funding | None = self.table.funding(half)
        return funding.total if funding else None


@dataclass(frozen=True, slots=True)
class EntryContext:
    """One half of one indicator, with its value parsed and its name read."""

    form: FormContext
    indicator: Indicator
    half: Half
    entry: Entry
    value: Value
    asks: NameReading


@dataclass(frozen=True, slots=True)
class IndicatorContext:
    """One indicator with both halves (`entries` holds one or two)."""

    form: FormContext
    indicator: Indicator
    entries: tuple[EntryContext, ...]
    asks: NameReading


@dataclass(frozen=True, slots=True)
class DocumentContext:
    """One file with all its forms."""

    document: Document
    forms: tuple[FormContext, ...]
