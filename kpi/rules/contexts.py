"""Document → the contexts that checks are called with. Each value is parsed once, each name read once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kpi.model import EFFECT_LEVELS, LEVEL2, OWN_LEVEL, Document, Entry, Indicator, TargetTable
from kpi.names import NameReading, read_name
from kpi.rules.checks.rows import for_others
from kpi.rules.context import DocumentContext, EntryContext, FormContext, IndicatorContext
from kpi.rules.ruleset import Ruleset, Where
from kpi.values import parse

DEFAULT_PROFILE = "national"
_LEVELS = frozenset((*LEVEL2, *EFFECT_LEVELS))
Row = tuple[int, IndicatorContext | EntryContext]


@dataclass(frozen=True, eq=False)
class FormRows:
    """A form with its rows in printed order, each with its number; rows that say nothing are left out."""

    index: int
    context: FormContext
    rows: tuple[tuple[int, IndicatorContext], ...]
    _chosen: dict[tuple[bool, Where], Sequence[Row]] = field(default_factory=dict)

    @cached_property
    def levels(self) -> frozenset[str]:
        """The second levels that say anything."""
        return frozenset(_level(row) for _, row in self.rows)

    def chosen(self, where: Where, each_entry: bool) -> Sequence[Row]:
        """The rows that a rule looks at, or their entries, each with the number of its row. Many rules look at the
        same ones: they are chosen once."""
        key = (each_entry, where)
        found = self._chosen.get(key)
        if found is None:
            found = self._chosen[key] = tuple(self._choose(where, each_entry))
        return found

    def _choose(self, where: Where, each_entry: bool) -> Iterator[Row]:
        for number, row in self.rows:
            if where.levels and _level(row) not in where.levels:
                continue
            entries = [entry for entry in row.entries if not where.kinds or entry.value.kind in where.kinds]
            if each_entry:
                yield from ((number, entry) for entry in entries)
            elif entries:
                yield number, row

    @cached_property
    def row_of(self) -> Mapping[int, int]:
        """Number of an indicator by identity."""
        return {id(indicator): row for row, indicator in enumerate(self.context.table.indicators)}


def _level(row: IndicatorContext) -> str:
    """The second level as rules name it."""
    level = row.indicator.level2
    return level if not level or level in _LEVELS else OWN_LEVEL


@dataclass(frozen=True, eq=False)
class Prepared:
    """A document ready to be checked."""

    context: DocumentContext
    forms: tuple[FormRows, ...]

    @cached_property
    def form_of(self) -> Mapping[int, FormRows]:
        """A form by the identity of its table and of each of its indicators."""
        tables = {id(form.context.table): form for form in self.forms}
        return {**{id(i): form for form in self.forms for i in form.context.table.indicators}, **tables}


def prepare(document: Document, ruleset: Ruleset) -> Prepared:
    forms = tuple(_form(index, document, table, ruleset) for index, table in enumerate(document.tables))
    contexts = tuple(form.context for form in forms)
    return Prepared(DocumentContext(document, contexts, ruleset.words), forms)


def profile_of(table: TargetTable, ruleset: Ruleset) -> str:
    """The tree that a form is held against: the forced one, else what the form shows."""
    if ruleset.profile:
        return ruleset.profile
    return table.profile if table.profile in ruleset.profiles else DEFAULT_PROFILE


def _form(index: int, document: Document, table: TargetTable, ruleset: Ruleset) -> FormRows:
    profile: Mapping[str, Any] = ruleset.profile_data.get(profile_of(table, ruleset), {})
    context = FormContext(document, table, ruleset.words, profile)
    return FormRows(index, context, tuple(_rows(context)))


def _rows(form: FormContext) -> Iterator[tuple[int, IndicatorContext]]:
    last = form.table.torn_row
    for number, indicator in enumerate(form.table.indicators):
        if indicator.filled and not for_others(indicator) and not (indicator is last and _is_name_alone(indicator)):
            yield number, _row(form, indicator)


def _is_name_alone(indicator: Indicator) -> bool:
    """Of the row in which a file breaks off: the name is the last that is seen, and may go on."""
    behind = indicator.weight or indicator.score or (indicator.actual and indicator.actual.text)
    return not behind and not indicator.valued


def _asks(entry: Entry, indicator: Indicator, asks: NameReading, form: FormContext) -> NameReading:
    """What the name of one side asks for, which may not be that of the other (…持证上岗率, …持证上岗人数)."""
    if not entry.name.strip() or entry.name == indicator.name:
        return asks
    return read_name(entry.name, indicator.level2, form.table.project)


def _row(form: FormContext, indicator: Indicator) -> IndicatorContext:
    asks = read_name(indicator.name, indicator.level2, form.table.project)
    entries = tuple(
        EntryContext(form, indicator, half, entry, parse(entry.text), _asks(entry, indicator, asks, form))
        for half, entry in indicator.entries()
    )
    return IndicatorContext(form, indicator, entries, asks)
