"""How a document must read after its changes, and what two readings are held against each other by."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Any

from kpi.fixes.edits import Target, spliced
from kpi.fixes.place import Placed
from kpi.model import Document, Entry, Indicator, Location, TargetTable

_LEFT_OUT = frozenset({"path", "location", "locations", "cells", "explain"})


def expected(document: Document, some: Sequence[Placed]) -> Document:
    """The document with the changes in its texts; the places stay as they are."""
    texts: dict[Target, str] = {}
    running: dict[Target, list[Placed]] = {}
    for one in some:
        if one.proposal.target.row >= 0:
            texts[one.proposal.target] = one.text
        else:
            running.setdefault(one.proposal.target, []).append(one)
    for target, mine in running.items():
        spans = sorted(span for one in mine for span in one.proposal.spans)
        texts[target] = spliced(mine[0].proposal.old, spans)
    tables = list(document.tables)
    for target, text in texts.items():
        tables[target.form] = _with(tables[target.form], target, text)
    return replace(document, tables=tuple(tables))


def _with(table: TargetTable, target: Target, text: str) -> TargetTable:
    if target.row >= 0:
        rows = list(table.indicators)
        rows[target.row] = _valued(rows[target.row], target.key, text)
        return replace(table, indicators=tuple(rows))
    kind, _, label = target.key.partition(".")
    if kind == "sections":
        return replace(table, sections=MappingProxyType({**table.sections, label: text}))
    if kind == "goals":
        return replace(table, **{f"{label}_goal": text})  # type: ignore[arg-type]
    return replace(table, project=text)


def _valued(row: Indicator, half: str, text: str) -> Indicator:
    def with_text(entry: Entry | None) -> Entry | None:
        return replace(entry, text=text) if entry else None

    if half == "period":
        return replace(row, period=with_text(row.period))
    return replace(row, annual=with_text(row.annual))


def reading(thing: Any) -> object:  # noqa: ANN401 - any part of a document
    """All that was read, without the places and without white space that two ways of reading differ in."""
    if isinstance(thing, str):
        return " ".join(thing.split())
    if isinstance(thing, Location):
        return None
    if is_dataclass(thing) and not isinstance(thing, type):
        return tuple(reading(getattr(thing, name)) for name in _names(type(thing)))
    if isinstance(thing, Mapping):
        return tuple((key, reading(value)) for key, value in thing.items())
    return tuple(map(reading, thing)) if isinstance(thing, tuple) else thing


@cache
def _names(kind: Any) -> tuple[str, ...]:  # noqa: ANN401
    return tuple(one.name for one in fields(kind) if one.name not in _LEFT_OUT)
